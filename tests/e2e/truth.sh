#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Does the analysis find what was planted? sample-data/truth.csv holds, from the generator's own implementation of the counting
# rules, the true difference for each group and design; here it is held against results.csv of a night on the sample.
# shellcheck disable=SC2317 # functions are called by their names
# shellcheck source=tests/e2e/lib.sh
. "$(dirname -- "${BASH_SOURCE[0]}")/lib.sh"
need sqlite3

w=$scratch/w
new_workspace "$w"
full_sample "$w"
run_ok "the night ends well" -C "$w" run
db=$scratch/truth.db
sqlite3 "$db" <<SQL || fail "truth.csv and results.csv can be read"
.mode csv
.import $sample/truth.csv planted
.import $w/output/drafts/latest/results.csv result
CREATE TABLE difference AS
SELECT program_year, variant AS design, outcome, dimension, level, status, CAST(estimate AS REAL) AS estimate,
       CAST(ci_low AS REAL) AS low, CAST(ci_high AS REAL) AS high, ci_low = '' AS blank, n_iet, x_iet, n_comparison, x_comparison
FROM result
WHERE estimand = 'risk_difference' AND method = 'newcombe' AND subset = 'all' AND college = '' AND variant IN ('landmark', 'naive');
CREATE TABLE truth AS
SELECT program_year, design, outcome, dimension, level, estimand, CAST(value AS REAL) AS value,
       n_iet, x_iet, n_comparison, x_comparison
FROM planted;
CREATE VIEW pair AS
SELECT t.*, d.status, d.estimate, d.low, d.high, d.blank, d.program_year IS NULL AS lost,
       d.n_iet || ' ' || d.x_iet || ' ' || d.n_comparison || ' ' || d.x_comparison AS found_counts,
       t.n_iet || ' ' || t.x_iet || ' ' || t.n_comparison || ' ' || t.x_comparison AS true_counts
FROM truth t LEFT JOIN difference d USING (program_year, design, outcome, dimension, level);
SQL

none()          # SENTENCE SQL: rows that contradict it
{
    local rows
    rows=$(query "$db" "$2")
    if [ -z "$rows" ]; then pass "$1"; else fail "$1" "$(wc -l <<<"$rows") rows contradict it, the first of them:
$(head -n 10 <<<"$rows")"; fi
}
at_least()      # SENTENCE LEAST SQL
{
    local value
    value=$(query "$db" "$3")
    if [ "${value:-0}" -ge "$2" ]; then pass "$1 ($value)"; else fail "$1" "it is ${value:-nothing}, not $2 or more"; fi
}

at_least "there are planted differences to look for" 800 "SELECT count(*) FROM pair WHERE estimand = 'crude' AND design IN ('landmark', 'naive')"
none "each planted group has its row in results.csv" \
    "SELECT program_year, design, outcome, dimension, level FROM pair WHERE lost AND estimand = 'crude' AND design IN ('landmark', 'naive')"
none "each group of results.csv with learners in both arms is among the planted" \
    "SELECT * FROM difference d WHERE n_iet > 0 AND n_comparison > 0 AND NOT EXISTS (SELECT 1 FROM truth t WHERE t.program_year = d.program_year
        AND t.design = d.design AND t.outcome = d.outcome AND t.dimension = d.dimension AND t.level = d.level)"
none "n and x of both arms are the planted ones, exactly, in both designs" \
    "SELECT program_year, design, outcome, dimension, level, found_counts, 'planted', true_counts FROM pair
     WHERE design IN ('landmark', 'naive') AND found_counts IS NOT true_counts"

for outcome in msg_common msg; do
    none "$outcome, everyone: the planted difference is within the interval in every year" \
        "SELECT program_year, value, low, high FROM pair WHERE estimand = 'crude' AND design = 'landmark' AND outcome = '$outcome'
         AND dimension = 'all' AND (lost OR blank OR value NOT BETWEEN low AND high)"
    at_least "$outcome, everyone: that is of three years" 3 \
        "SELECT count(*) FROM pair WHERE estimand = 'crude' AND design = 'landmark' AND outcome = '$outcome' AND dimension = 'all' AND NOT blank"
    groups="FROM pair WHERE estimand = 'crude' AND design = 'landmark' AND outcome = '$outcome' AND dimension <> 'all' AND NOT blank
            AND CAST(n_iet AS INT) >= 30 AND CAST(n_comparison AS INT) >= 30"
    echo "        $outcome, groups of 30 and more in both arms: $(query "$db" "SELECT sum(value BETWEEN low AND high) || ' of ' || count(*) $groups") within"
    at_least "$outcome, groups: at least 90 of 100 planted differences are within their 95 % intervals" 90 \
        "SELECT CAST(100.0 * sum(value BETWEEN low AND high) / count(*) AS INT) $groups"
    at_least "$outcome, groups: there are enough of them to tell" 60 "SELECT count(*) $groups"
    none "$outcome, groups: no interval is so wide that anything would be within" \
        "SELECT program_year, dimension, level, low, high $groups AND (high - low > 0.6 OR low < -1 OR high > 1 OR low >= high)"
done

none "naive: the estimate is the planted crude difference, bias and all" \
    "SELECT program_year, outcome, dimension, level, estimate, value FROM pair
     WHERE estimand = 'crude' AND design = 'naive' AND NOT blank AND abs(estimate - value) > 0.000001"
none "naive, everyone: what IET changed lies below the interval in every year" \
    "SELECT program_year, value, low, high FROM pair WHERE estimand = 'att' AND design = 'naive' AND outcome = 'msg_common'
     AND dimension = 'all' AND (lost OR blank OR value >= low)"
none "naive, everyone: the estimate exceeds what IET changed by the planted bias" \
    "SELECT a.program_year, a.estimate, a.value, b.value FROM pair a JOIN pair b USING (program_year, design, outcome, dimension, level)
     WHERE a.estimand = 'att' AND b.estimand = 'bias' AND a.design = 'naive' AND a.dimension = 'all'
     AND (b.value < 0.03 OR abs(a.estimate - a.value - b.value) > 0.000002)"
none "the naive estimate exceeds the landmark one in every year" \
    "SELECT n.program_year FROM difference n JOIN difference l USING (program_year, outcome, dimension, level)
     WHERE n.design = 'naive' AND l.design = 'landmark' AND outcome = 'msg_common' AND dimension = 'all' AND n.estimate <= l.estimate"
finish
