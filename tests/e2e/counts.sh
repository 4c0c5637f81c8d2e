#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Is what the program counts what the rules say? tests/independent counts the same exports by SQL alone, written from the rules
# and not from the program; each count, limit and status of results.csv is held against it, and it itself against answers
# worked out by hand. Two made-up states, and each once more in another way.
# shellcheck source=tests/e2e/lib.sh
. "$(dirname -- "${BASH_SOURCE[0]}")/lib.sh"
need sqlite3 awk
independent=$project/tests/independent
second=$independent/second_state

# ---------------------------------------------------------------- the second implementation

count_by_sql()  # NAME FOLDER CUTOFF_ENROLLMENT CUTOFF_GAIN: NAME.csv, NAME.intervals and NAME.count.db in scratch
{
    local name=$1 said
    if said=$("$independent/count.sh" "${@:2:3}" "$scratch/$name.count.db" 2>&1 >"$scratch/$name.csv") &&
        awk -f "$independent/intervals.awk" "$scratch/$name.csv" >"$scratch/$name.intervals"; then
        pass "$name: counted by SQL"
    else
        fail "$name: counted by SQL" "$said"
    fi
}

nothing_in()    # SENTENCE DATABASE SQL: rows that contradict it
{
    local rows
    if ! rows=$(sqlite3 -bail "$2" <<<"$3" 2>&1); then
        fail "$1" "$rows"
    elif [ -z "$rows" ]; then
        pass "$1"
    else
        fail "$1" "$(wc -l <<<"$rows") rows contradict it, the first of them:
$(head -n 20 <<<"$rows")"
    fi
}

# ---------------------------------------------------------------- the program against it

agree()         # SENTENCE DATABASE WHAT
{
    nothing_in "$1" "$2" "SELECT place, 'expected ' || expected, 'found ' || found FROM difference WHERE what = '$3' ORDER BY place;"
}

compare()       # NAME FOLDER: the draft in FOLDER with what was counted by SQL
{
    local name=$1 db=$scratch/$1.compare.db estimates cells steps
    if ! sqlite3 -bail "$db" >"$scratch/compared" 2>&1 <<SQL
.import --csv $scratch/$name.intervals said
.import --csv $2/results.csv result
CREATE TABLE results AS SELECT CAST(readfile('$2/results.json') AS TEXT) AS json;
ATTACH '$scratch/$name.count.db' AS counted;
.read $independent/compare.sql
SQL
    then
        fail "$name: the draft can be compared" "$(head -n 20 "$scratch/compared")"
        return
    fi
    IFS='|' read -r estimates cells steps < <(sqlite3 "$db" "SELECT * FROM compared")
    if [ "$estimates" -lt 1000 ] || [ "$cells" -lt 1000 ] || [ "$steps" -lt 20 ]; then
        fail "$name: there is enough to compare" "$estimates estimates, $cells cells, $steps steps of the flow"
    fi
    agree "$name: nobody is missing in results.csv" "$db" missing
    agree "$name: nobody is in results.csv alone" "$db" alone
    agree "$name: every count is the same (of $estimates rates, differences and gaps)" "$db" counts
    agree "$name: every estimate and limit is the same" "$db" figures
    agree "$name: small groups are marked, others are not" "$db" status
    agree "$name: every cell of results.json is the same ($cells)" "$db" cells
    agree "$name: every step of the flow is the same ($steps)" "$db" flow
}

night()         # NAME WORKSPACE FOLDER CUTOFF_ENROLLMENT CUTOFF_GAIN [OPTION...]: the exports of FOLDER into a draft
{
    local name=$1 w=$2 exports=$3 cutoff_enrollment=$4 cutoff_gain=$5
    shift 5
    run_ok "$name: the enrollment export is taken in" -C "$w" import --cutoff "$cutoff_enrollment" "$@" "$exports/enrollment.csv"
    run_ok "$name: the gain export is taken in" -C "$w" import --cutoff "$cutoff_gain" "$exports/gain.csv"
    [ ! -e "$exports/service.csv" ] ||
        run_ok "$name: the service export is taken in" -C "$w" import --cutoff "$cutoff_service" "$exports/service.csv"
    [ ! -e "$exports/program.csv" ] ||
        run_ok "$name: the register is taken in" -C "$w" import --cutoff "$cutoff_enrollment" "$exports/program.csv"
    run_ok "$name: a draft is written" -C "$w" report
}

second_workspace() # FOLDER
{
    run_program init "$1"
    [ "$rc" = 0 ] || fail "a workspace is made" "$(cat "$scratch/said")"
    install -m 644 "$second/workspace/skillgain.yaml" "$1/skillgain.yaml"
}

# ---------------------------------------------------------------- the second implementation itself

# R. G. Newcombe, Statistics in Medicine 17 (1998): 857-872, table I (methods 3), and 873-890, table II (method 10).
cat >"$scratch/published" <<'CSV'
program_year,variant,outcome,dimension,level,arm,n,x
1,v,o,d,l,comparison,148,15
1,v,o,d,l,iet,263,81
2,v,o,d,l,comparison,29,1
2,v,o,d,l,iet,20,0
3,v,o,d,l,comparison,80,48
3,v,o,d,l,iet,70,56
4,v,o,d,l,comparison,10,3
4,v,o,d,l,iet,10,9
CSV
published=$(awk -f "$independent/intervals.awk" "$scratch/published" | awk -F, '
    $1 < 3 && $6 != "all" && $7 == "rate" || $1 > 2 && $7 == "risk_difference" { printf "%s %.4f %.4f\n", $1 $6, $13, $14 }')
check "the intervals by awk are those of Newcombe's tables" diff <(echo "$published") - <<'END'
1iet 0.2553 0.3662
1comparison 0.0624 0.1605
2iet 0.0000 0.1611
2comparison 0.0061 0.1718
3all 0.0524 0.3339
4all 0.1705 0.8090
END

mkdir "$scratch/written"
check "the second state is written" "$independent/make_second_state.sh" "$scratch/written"
for file in enrollment.csv gain.csv service.csv program.csv expected.csv levels.csv README.md; do
    check "the second state's $file is what its script writes" cmp "$second/$file" "$scratch/written/$file"
done

terms=$(sed -n 's/^ *terms: \[\(.*\)\]$/\1/p' "$second/workspace/skillgain.yaml" | tr -d ,)
cutoff_service=2024-12-10
count_by_sql sample "$sample/exports" 2026-01-15 2026-01-15
TERMS=$terms CUTOFF_SERVICE=$cutoff_service count_by_sql second "$second" 2024-12-31 2024-12-20

# A learner of the list is known by the label of any of its rows. Of those for whom terms were worked out all are looked at.
nothing_in "the SQL counts each learner made up by hand as worked out by hand" "$scratch/second.count.db" "
.import --csv $second/expected.csv expected
CREATE TABLE label AS SELECT DISTINCT learner_id AS learner, case_label FROM enrollment_checked WHERE case_label LIKE 'T%';
CREATE TABLE found AS
    SELECT case_label, CAST(program_year AS TEXT) AS program_year, variant, state, iif(state = 'in', arm, '') AS arm,
        iif(state = 'in', CAST(msg_common AS TEXT), '') AS msg_common, iif(state = 'in', CAST(msg AS TEXT), '') AS msg
    FROM counted JOIN label USING (learner)
    WHERE variant <> 'term' OR case_label IN (SELECT learner FROM expected WHERE variant = 'term');
SELECT 'by hand', * FROM (SELECT * FROM expected WHERE program_year <> 'none' EXCEPT SELECT * FROM found);
SELECT 'by SQL', * FROM (SELECT * FROM found EXCEPT SELECT * FROM expected);
SELECT 'too few' WHERE (SELECT count(*) FROM found) < 200;
SELECT 'not confirmed', variant FROM counted JOIN label USING (learner) WHERE case_label = 'T131' AND grade <> 'confirmed';"
# Else the draws don't meet the rules: each state of the term design, each grade, services that belong to no enrollment.
nothing_in "the second state has enough of everything" "$scratch/second.count.db" "
CREATE TABLE met AS
    SELECT state AS what, count(*) AS n FROM counted WHERE variant = 'term' GROUP BY state
    UNION ALL SELECT grade || ' at terms', count(*) FROM counted WHERE variant = 'term' AND state = 'in' GROUP BY grade
    UNION ALL SELECT grade, count(DISTINCT learner) FROM counted WHERE variant = 'naive' GROUP BY grade
    UNION ALL SELECT 'learners with services', count(DISTINCT learner_id) FROM fitting JOIN service_row USING (sid)
    UNION ALL SELECT 'services of no enrollment', count(*) FROM service_row WHERE sid NOT IN (SELECT sid FROM fitting)
    UNION ALL SELECT 'enrollments in two PoPs', count(*) FROM stay WHERE goes_on;
SELECT least.key, 'at least ' || value, n FROM json_each('{\"in\": 150, \"open_year\": 50, \"exit_reason\": 15, \"iet_before_term\": 100,
    \"left_before_follow_up\": 20, \"gain_before_follow_up\": 80, \"no_iet_offered\": 15, \"window_incomplete\": 30, \"claimed at terms\": 10,
    \"supported at terms\": 8, \"confirmed at terms\": 4, \"none at terms\": 100, \"unknown at terms\": 15, \"claimed\": 100, \"supported\": 50,
    \"confirmed\": 25, \"none\": 300, \"unknown\": 25, \"learners with services\": 250, \"services of no enrollment\": 1000,
    \"enrollments in two PoPs\": 30}') AS least
    LEFT JOIN met ON what = least.key WHERE coalesce(n, 0) < value;"
nothing_in "and gives them the levels worked out by hand" "$scratch/second.count.db" "
.import --csv $second/levels.csv level_by_hand
SELECT * FROM (SELECT * FROM level_by_hand
    EXCEPT SELECT case_label, CAST(program_year AS TEXT), variant, dimension, level FROM counted_level JOIN label USING (learner));
SELECT 'too few' WHERE (SELECT count(*) FROM level_by_hand) < 20;"
nothing_in "the SQL refuses, drops and collapses of the sample what its list of dirt says" "$scratch/sample.count.db" "
.import --csv $sample/dirt.csv dirt
CREATE TABLE fared AS
    SELECT 'enrollment.csv' AS file, substr(verdict, 1, instr(verdict || ':', ':') - 1) AS fate FROM enrollment_checked
        WHERE verdict <> 'accepted'
    UNION ALL SELECT 'enrollment.csv', fate FROM enrollment_keyed WHERE fate <> 'stored'
    UNION ALL SELECT 'gain.csv', substr(verdict, 1, instr(verdict || ':', ':') - 1) FROM gain_checked WHERE verdict <> 'accepted'
    UNION ALL SELECT 'gain.csv', fate FROM gain_keyed WHERE fate <> 'stored';
SELECT 'not as listed', file, count(*), fate FROM fared
    GROUP BY file, fate HAVING count(*) <> (SELECT count(*) FROM dirt WHERE dirt.file = fared.file AND expect = fate);
SELECT 'not found', file, expect FROM dirt WHERE file IN ('enrollment.csv', 'gain.csv')
    AND expect IN ('refused', 'dropped', 'collapsed', 'replaced')
    AND NOT EXISTS (SELECT 1 FROM fared WHERE fared.file = dirt.file AND fate = expect);"
nothing_in "the SQL counts the sample as its generator does" "$scratch/sample.count.db" "
.import --csv $sample/truth.csv truth
CREATE TABLE found AS
    SELECT CAST(program_year AS TEXT) AS program_year, variant, outcome, dimension, level,
        CAST(sum(n * (arm = 'iet')) AS TEXT) AS n_iet, CAST(sum(x * (arm = 'iet')) AS TEXT) AS x_iet,
        CAST(sum(n * (arm = 'comparison')) AS TEXT) AS n_comparison, CAST(sum(x * (arm = 'comparison')) AS TEXT) AS x_comparison
    FROM answer GROUP BY program_year, variant, outcome, dimension, level;
CREATE TABLE planted AS
    SELECT DISTINCT program_year, design, outcome, dimension, level, n_iet, x_iet, n_comparison, x_comparison FROM truth
    WHERE design IN ('landmark', 'naive');
SELECT 'generator', * FROM (SELECT * FROM planted EXCEPT SELECT * FROM found);
SELECT 'SQL', * FROM (SELECT * FROM found WHERE '0' NOT IN (n_iet, n_comparison) EXCEPT SELECT * FROM planted);"

# ---------------------------------------------------------------- the program, state by state

w=$scratch/sample
new_workspace "$w"
night sample "$w" "$sample/exports" 2026-01-15 2026-01-15
compare sample "$w/output/drafts/latest"

# The same store seen from an earlier day: rows and gains are cut there, a year is open again.
ASOF=2025-03-14 count_by_sql earlier "$sample/exports" 2026-01-15 2026-01-15
run_ok "earlier: a draft as of 2025-03-14" -C "$w" report --as-of 2025-03-14 --output "$scratch/earlier"
compare earlier "$scratch/earlier"

w=$scratch/second
second_workspace "$w"
night second "$w" "$second" 2024-12-31 2024-12-20 --crosswalk "$second/workspace/enrollment.yaml"
compare second "$w/output/drafts/latest"

# As of a day amid services, and only what is confirmed is IET.
TERMS=$terms CUTOFF_SERVICE=$cutoff_service ASOF=2023-07-12 GRADES=confirmed count_by_sql confirmed "$second" 2024-12-31 2024-12-20
sed -i 's/^cohort:$/cohort:\n  iet: [confirmed]/' "$w/skillgain.yaml"
run_ok "confirmed: a draft as of 2023-07-12" -C "$w" report --as-of 2023-07-12 --output "$scratch/confirmed"
compare confirmed "$scratch/confirmed"

# An export without columns for hours: enrollment is participation, but at colleges that deliver services a no-show where it has none.
mkdir "$scratch/no-hours.exports"
awk -v part=enrollment -v hours=none -v terms="$terms" -f "$independent/draw.awk" -f "$second/make.awk" "$second/tricky.txt" |
    sed 's/,contact_hours,distance_hours,/,left_blank,blank_too,/' >"$scratch/no-hours.exports/enrollment.csv"
cp "$second/gain.csv" "$second/program.csv" "$scratch/no-hours.exports/"
awk -F, '$5 != "01" && $5 != "03"' "$second/service.csv" >"$scratch/no-hours.exports/service.csv"
TERMS=$terms CUTOFF_SERVICE=$cutoff_service count_by_sql no-hours "$scratch/no-hours.exports" 2024-12-31 2024-12-20
w=$scratch/no-hours
second_workspace "$w"
night no-hours "$w" "$scratch/no-hours.exports" 2024-12-31 2024-12-20 --crosswalk "$second/workspace/enrollment.yaml"
compare no-hours "$w/output/drafts/latest"

# The drawn learners alone, no two rows of a key, from the first row to the last and from the last to the first.
for way in forward backward; do
    mkdir "$scratch/$way.exports"
    for kind in enrollment gain service program; do
        head -n 1 "$second/$kind.csv" >"$scratch/$way.exports/$kind.csv"
        grep "$([ $kind = program ] && echo ^IET || echo ^4)" "$second/$kind.csv" |
            awk -F, -v kind="$kind" 'kind != "service" || !seen[$1, $2, $3, $5, $6, $7]++' |
            if [ $way = forward ]; then cat; else tac; fi >>"$scratch/$way.exports/$kind.csv"
    done
    second_workspace "$scratch/$way"
    sed -i 's/, case_label\]/]/' "$scratch/$way/skillgain.yaml"
    night $way "$scratch/$way" "$scratch/$way.exports" 2024-12-31 2024-12-20 --crosswalk "$second/workspace/enrollment.yaml"
done
check "in whichever order rows are delivered, the results are the same bytes" \
    cmp "$scratch/forward/output/drafts/latest/results.csv" "$scratch/backward/output/drafts/latest/results.csv"

finish
