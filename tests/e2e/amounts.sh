#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Times and amounts of a whole night, held against figures that SQL works out by itself. Of the sample those learners are taken of whom that is easy: one
# enrollment, within program year 2023, so that it is the period of participation and the
# naive window has all of it. BEST Plus has no reading scale in the table of instruments, as the sample has it, and no two tests of listening. Who of them is in IET and what they earned is made up here.
# shellcheck source=tests/e2e/lib.sh
. "$(dirname -- "${BASH_SOURCE[0]}")/lib.sh"
need sqlite3

db=$scratch/truth.db
sqlite3 "$db" 2>"$scratch/warnings" <<SQL || fail "the sample can be read"
.mode csv
.import $sample/exports/enrollment.csv e
.import $sample/exports/test.csv t
.import $sample/exports/gain.csv g
CREATE TABLE one AS SELECT e.* FROM e JOIN (SELECT learner_id FROM e GROUP BY 1 HAVING count(*) = 1) USING (learner_id)
    WHERE length(learner_id) = 8 AND start_date BETWEEN '2023-07-01' AND '2024-06-30' AND end_date BETWEEN start_date AND '2024-06-30'
        AND component = 'adult_education' AND exit_reason = '00' AND planned_service_date = ''
        AND workplace_literacy = 'no' AND CAST(contact_hours AS REAL) BETWEEN 12 AND 500 AND program_year = '2023';
UPDATE one SET iet = CASE WHEN CAST(learner_id AS INT) % 4 = 0 THEN 'yes' ELSE 'no' END;
ALTER TABLE one ADD COLUMN completion_date TEXT;
UPDATE one SET completion_date = CASE WHEN college = '03' THEN '' WHEN CAST(learner_id AS INT) % 5 = 0 THEN end_date
    WHEN CAST(learner_id AS INT) % 5 = 1 THEN start_date WHEN CAST(learner_id AS INT) % 5 = 2 THEN date(start_date, '-1 day')
    WHEN CAST(learner_id AS INT) % 5 = 3 THEN date(end_date, '+1 day') ELSE '' END;
CREATE TABLE earned AS SELECT learner_id, college, iet, 3000 + CAST(substr(learner_id, 3) AS INT) * 37 % 5003 AS dollars,
        CAST(substr(end_date, 1, 4) AS INT) * 4 + (CAST(substr(end_date, 6, 2) AS INT) - 1) / 3 + 2 AS quarter
    FROM one WHERE CAST(learner_id AS INT) % 3 > 0;
CREATE TABLE scored AS SELECT t.learner_id, one.iet, t.instrument, t.subject, test_date AS day, max(CAST(scale_score AS INT)) AS score
    FROM (SELECT * FROM t WHERE test_date LIKE '20__-__-__' AND scale_score GLOB '[1-9][0-9][0-9]'
        AND (instrument NOT LIKE 'TABE%' OR CAST(scale_score AS INT) BETWEEN 300 AND 800)
        AND instrument <> 'BEST_PLUS_2') t JOIN one USING (learner_id)
    WHERE test_date BETWEEN start_date AND end_date GROUP BY 1, 2, 3, 4, 5;
CREATE TABLE gained AS SELECT a.iet, a.instrument, a.subject, b.score - a.score AS points FROM scored a JOIN scored b USING (learner_id, instrument, subject)
    WHERE b.day > a.day AND NOT EXISTS (SELECT 1 FROM scored c WHERE c.learner_id = a.learner_id AND c.instrument = a.instrument
        AND c.subject = a.subject AND (c.day < a.day OR c.day > b.day));
.headers on
.once $scratch/enrollment.csv
SELECT * FROM one;
.once $scratch/test.csv
SELECT t.* FROM t JOIN one USING (learner_id);
.once $scratch/gain.csv
SELECT g.* FROM g JOIN one USING (learner_id);
.once $scratch/outcome.csv
SELECT learner_id, 'earnings_q2' AS outcome, '' AS outcome_date, printf('%dQ%d', quarter / 4, quarter % 4 + 1) AS quarter, dollars AS value, college FROM earned
    UNION ALL SELECT learner_id, 'credential', date(start_date, '+90 days'), '', '1', college FROM one WHERE CAST(learner_id AS INT) % 7 = 0;
SQL
w=$scratch/w
new_workspace "$w"
asked=msg_common,earnings_q2,employed_q2,credential,time_to_credential,score_gain,contact_hours,weeks_attended,completed
sed -i "s/^colleges:/analysis:\n  outcomes: [$asked]\ncolleges:/" "$w/skillgain.yaml"
for kind in enrollment gain test outcome; do
    run_ok "the $kind export is taken in" -C "$w" import --kind $kind --cutoff 2025-12-31 "$scratch/$kind.csv"
done
run_ok "a draft is made" -C "$w" report
draft=$(readlink -f "$w/output/drafts/latest" || true)
[ -d "$draft" ] || draft=$(find "$w/output/drafts" -mindepth 1 -maxdepth 1 -type d | head -n 1)
sqlite3 "$db" ".mode csv" ".import $draft/results.csv r"

same()          # SENTENCE SQL-OF-RESULTS SQL-OF-TRUTH
{
    sqlite3 "$db" "$2" >"$scratch/found"
    sqlite3 "$db" "$3" >"$scratch/true"
    if [ -s "$scratch/true" ] && cmp -s "$scratch/found" "$scratch/true"; then
        pass "$1 ($(wc -l <"$scratch/true") rows)"
    else
        fail "$1" "$(diff "$scratch/found" "$scratch/true" | head -n 20)"
    fi
}
arm="CASE iet WHEN 'yes' THEN 'iet' ELSE 'comparison' END"
n="CASE subset WHEN 'iet' THEN n_iet ELSE n_comparison END"
naive="program_year = '2023' AND variant = 'naive'"
same "earnings: the median of each arm" \
    "SELECT subset, printf('%.4f', estimate) FROM r WHERE $naive AND outcome = 'earnings_q2' AND estimand = 'median' ORDER BY 1" \
    "WITH v AS (SELECT $arm AS arm, dollars AS v FROM earned) SELECT arm, m FROM (SELECT arm, printf('%.4f', avg(v)) AS m
        FROM (SELECT arm, v, row_number() OVER (PARTITION BY arm ORDER BY v) AS i, count(*) OVER (PARTITION BY arm) AS n FROM v)
        WHERE 2 * i BETWEEN n AND n + 2 GROUP BY arm) ORDER BY 1"
same "earnings: of how many" "SELECT subset, $n FROM r WHERE $naive AND outcome = 'earnings_q2' AND estimand = 'median' ORDER BY 1" \
    "SELECT $arm, count(*) FROM earned GROUP BY 1 ORDER BY 1"
same "who earned was employed, and nobody else here" \
    "SELECT subset, x_level FROM r WHERE $naive AND outcome = 'employed_q2' AND estimand = 'rate' AND dimension = 'all' AND subset <> 'all' ORDER BY 1" \
    "SELECT $arm, count(*) FROM earned GROUP BY 1 ORDER BY 1"
same "score gains: n and mean of each scale and arm" \
    "SELECT level, subset, $n, printf('%.6f', estimate) FROM r WHERE $naive AND outcome = 'score_gain' AND estimand = 'mean' AND CAST($n AS INT) > 0 ORDER BY 1, 2" \
    "SELECT instrument || '*' || subject, $arm, count(*), printf('%.6f', avg(points)) FROM gained GROUP BY 1, 2 ORDER BY 1, 2"
same "score gains: the difference is that of the means" \
    "SELECT level, printf('%.6f', estimate) FROM r WHERE $naive AND outcome = 'score_gain' AND estimand = 'mean_difference' AND estimate <> '' ORDER BY 1" \
    "SELECT instrument || '*' || subject, printf('%.6f', avg(points) FILTER (WHERE iet = 'yes') - avg(points) FILTER (WHERE iet = 'no')) FROM gained
        GROUP BY 1 HAVING min(count(*) FILTER (WHERE iet = 'yes'), count(*) FILTER (WHERE iet = 'no')) > 1 ORDER BY 1"
same "dose: the mean hours of each arm" \
    "SELECT subset, $n, printf('%.6f', estimate) FROM r WHERE $naive AND outcome = 'contact_hours' AND estimand = 'mean' ORDER BY 1" \
    "SELECT $arm, count(*), printf('%.6f', avg(contact_hours)) FROM one GROUP BY 1 ORDER BY 1"
# weeks from 1 July on in which there is a day of the span
same "dose: the mean weeks of each arm" \
    "SELECT subset, $n, printf('%.6f', estimate) FROM r WHERE $naive AND outcome = 'weeks_attended' AND estimand = 'mean' ORDER BY 1" \
    "SELECT $arm, count(*), printf('%.6f', avg(CAST((julianday(end_date) - julianday('2023-07-01')) / 7 AS INT)
        - CAST((julianday(start_date) - julianday('2023-07-01')) / 7 AS INT) + 1)) FROM one GROUP BY 1 ORDER BY 1"
# a day outside the enrollment is none, and college 03 tells of nobody
same "dose: who completed, of whom it is known" \
    "SELECT subset, $n, x_level FROM r WHERE $naive AND outcome = 'completed' AND estimand = 'rate' ORDER BY 1" \
    "SELECT $arm, count(*), sum(completion_date BETWEEN start_date AND end_date) FROM one WHERE college IN (SELECT college FROM one
        WHERE completion_date BETWEEN start_date AND end_date) GROUP BY 1 ORDER BY 1"
check "college 03 has learners, of whom it is not known" test "$(sqlite3 "$db" "SELECT count(*) FROM one WHERE college = '03'")" -gt 0
same "days to a credential are of those of whom it is known" \
    "SELECT n_iet, n_comparison FROM r WHERE program_year = '2023' AND variant = 'landmark' AND outcome = 'time_to_credential' AND estimand = 'rmst_difference'" \
    "SELECT n_iet, n_comparison FROM r WHERE program_year = '2023' AND variant = 'landmark' AND outcome = 'credential' AND estimand = 'risk_difference' AND dimension = 'all'"
check "there are credentials within follow-up" test "$(sqlite3 "$db" "SELECT sum(x_level) FROM r WHERE variant = 'landmark' AND outcome = 'credential'
    AND estimand = 'rate' AND dimension = 'all' AND subset = 'all'")" -gt 5
for title in "Times and amounts" "Earnings in the second quarter after exit" "first recognised credential" "Points gained on the scales" "Contact hours" "Completed the program"; do
    check "the outcomes page has: $title" grep -q "$title" "$draft/outcomes.html"
done
check "their tables are files, too" test -s "$draft/tables/outcomes-medians.csv" -a -s "$draft/tables/outcomes-scores.csv" -a -s "$draft/tables/outcomes-dose.csv"
finish
