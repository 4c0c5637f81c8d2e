#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# explain: what it tells of every learner of two made-up states, summed, is the flow of the draft; it names nobody and writes nothing.
# shellcheck disable=SC2317 # functions are called by their names
# shellcheck source=tests/e2e/lib.sh
. "$(dirname -- "${BASH_SOURCE[0]}")/lib.sh"
need sqlite3 awk
second=$project/tests/independent/second_state

explain()       # WORKSPACE NAME [OPTION...]: the ids of NAME.ids explained into NAME.out, messages into NAME.err
{
    local w=$1 name=$2
    shift 2
    rc=0
    "$SKILLGAIN" -C "$w" explain --learner-from "$scratch/$name.ids" "$@" >"$scratch/$name.out" 2>"$scratch/$name.err" </dev/null || rc=$?
    cat "$scratch/$name.err" >"$scratch/said"
    after_run
}

# Year, design, step and count: of the units told, with the steps that the flow has.
told_flow()     # FILE
{
    awk '/^    [0-9][0-9][0-9][0-9]-[0-9][0-9] (landmark|naive|term)[^:]*: (in|out), / {
            year = substr($1, 1, 4); design = $2; sub(/:$/, "", design)
            rest = $0; sub(/^[^:]*: /, "", rest)
            n[year "|" design "|" (design == "term" ? "at_term_starts" : "participant_years")]++
            split(rest, part, ", ")
            if (part[1] == "out") { n[year "|" design "|" part[2]]++; next }
            n[year "|" design "|in"]++
            sub(/^arm /, "", part[2])
            grade = part[3]; sub(/^IET grade /, "", grade); sub(/;.*/, "", grade)
            n[year "|" design "|" (part[2] != "neither arm" ? part[2] : grade == "unknown" ? "unknown" : "other_grade")]++
        }
        END { for (key in n) print key "|" n[key] }' "$1" | sort
}

draft_flow()    # DRAFT
{
    sqlite3 :memory: "SELECT json_extract(value, '\$.program_year'), json_extract(value, '\$.variant'), json_extract(value, '\$.step'),
        json_extract(value, '\$.n') FROM json_each(CAST(readfile('$1/results.json') AS TEXT), '\$.facts.flow')
        WHERE json_extract(value, '\$.n') > 0" | sort
}

same_flow()     # NAME DRAFT LEAST
{
    told_flow "$scratch/$1.out" >"$scratch/$1.told"
    draft_flow "$2" >"$scratch/$1.flow"
    [ "$(wc -l <"$scratch/$1.flow")" -ge "$3" ] || { echo "the flow has too few steps"; return 1; }
    diff "$scratch/$1.flow" "$scratch/$1.told"
}

# The cells of a draft's federal tables, as a table `cell` of the database: program year, table, row, column, value as printed.
draft_cells()   # DRAFT DATABASE
{
    local file year i fields=c1 columns=''
    for i in {2..30}; do
        fields=$fields,c$i
        columns="$columns UNION ALL SELECT r, c1, $i, c$i FROM line"
    done
    echo "CREATE TABLE cell (program_year, tab, line, row, letter, value);" | sqlite3 "$2" || return
    for file in "$1"/nrs/*/table-*.csv; do
        year=$(basename -- "$(dirname -- "$file")")
        sqlite3 "$2" 2>/dev/null <<SQL || return
CREATE TEMP TABLE raw ($fields);
.import --csv '$file' raw
CREATE TEMP TABLE line AS SELECT rowid AS r, * FROM raw WHERE rowid > (SELECT rowid FROM raw WHERE c1 = '(A)')
    AND rowid < coalesce((SELECT min(rowid) FROM raw WHERE c1 = 'Note'), 1000);
CREATE TEMP TABLE head AS SELECT * FROM raw WHERE c1 = '(A)';
CREATE TEMP TABLE letter AS $(for i in {2..30}; do [ "$i" = 2 ] || echo "UNION ALL"; echo "SELECT $i AS i, substr(c$i, 2, 1) AS letter FROM head"; done);
INSERT INTO cell SELECT '$year', (SELECT substr(c1, 7) FROM raw WHERE rowid = 1), r, c1, letter, value
FROM (SELECT NULL AS r, NULL AS c1, NULL AS i, NULL AS value WHERE 0 $columns) JOIN letter USING (i) WHERE value <> '' AND letter <> '';
SQL
    done
}

# Those of all learners, added up: whole numbers on both sides are the same. In a table rows may have the same name.
same_cells()    # NAME DRAFT LEAST
{
    local db=$scratch/$1.cells.db
    rm -f "$db"
    draft_cells "$2" "$db" || { echo "the tables can't be read"; return 1; }
    sqlite3 -bail "$db" <<SQL
CREATE TABLE told AS SELECT t.value ->> 'program_year' AS program_year, t.value ->> 'table' AS tab, r.value ->> 'row' AS row,
    c.value ->> 'column' AS letter, sum(c.value ->> 'count') AS n
FROM json_each(CAST(readfile('$scratch/$1.json') AS TEXT), '\$.ids') AS i, json_each(i.value, '\$.learners') AS l,
    json_each(l.value, '\$.federal_tables') AS t, json_each(t.value, '\$.rows') AS r, json_each(r.value, '\$.cells') AS c
WHERE c.value ->> 'count' IS NOT NULL GROUP BY 1, 2, 3, 4;
CREATE TABLE printed AS SELECT CAST(program_year AS INTEGER) AS program_year, tab, row, letter, sum(value) AS n
FROM cell WHERE value NOT GLOB '*[^0-9]*' AND value <> '0' GROUP BY 1, 2, 3, 4;
SELECT 'in the tables alone', * FROM (SELECT * FROM printed EXCEPT SELECT * FROM told) LIMIT 10;
SELECT 'told alone', * FROM (SELECT * FROM told EXCEPT SELECT * FROM printed) LIMIT 10;
SELECT 'too few', count(*) FROM told HAVING count(*) < $3;
SQL
}

# Batch, line and rule of each finding across rows, but those of the register, which are nobody's.
same_findings() # WORKSPACE NAME LEAST
{
    "$SKILLGAIN" -C "$1" check --stored --format csv | awk -F, -v register="$(sqlite3 "$1/skillgain.db" "SELECT id FROM batch WHERE kind = 'program'")" \
        'NR > 1 && $1 != register { print $1 "|" $3 "|" $4 }' | sort >"$scratch/$2.found"
    sqlite3 :memory: "SELECT f.value ->> 'batch', f.value ->> 'line', f.value ->> 'rule'
        FROM json_each(CAST(readfile('$scratch/$2.json') AS TEXT), '\$.ids') AS i, json_each(i.value, '\$.learners') AS l,
            json_each(l.value, '\$.findings') AS f" | sort >"$scratch/$2.findings"
    [ "$(wc -l <"$scratch/$2.found")" -ge "$3" ] || { echo "there are too few"; return 1; }
    diff "$scratch/$2.found" "$scratch/$2.findings"
}

as_json()       # WORKSPACE NAME [OPTION...]
{
    explain "$@" --format json
    mv "$scratch/$2.out" "$scratch/$2.json"
}

# Learners' ids as words; pseudonyms as the store has them. What a total and a repeated header have in the column of ids is no id;
# one as short as a number of a line or of days would be found everywhere.
names_nobody()  # WORKSPACE IDS FILE...
{
    local w=$1 ids=$scratch/own.ids
    grep -vixE 'total|learner_id|.{1,4}' "$2" >"$ids"
    shift 2
    sqlite3 -readonly "$w/skillgain.db" "SELECT DISTINCT lower(hex(learner)) FROM enrollment" >"$scratch/pseudonyms" || return 1
    if [ "$(wc -l <"$scratch/pseudonyms")" -lt 100 ] || [ "$(wc -l <"$ids")" -lt 100 ]; then
        echo "there are too few to look for"
        return 1
    fi
    ! grep -hiFwf "$ids" -- "$@" && ! grep -hiFf "$scratch/pseudonyms" -- "$@"
}

digest_of()     # WORKSPACE: every file, its bytes
{
    (cd "$1" && find . -type f -print0 | sort -z | xargs -0 sha256sum)
}

# ---------------------------------------------------------------- two states

w=$scratch/w
new_workspace "$w"
run_program -C "$w" import --cutoff 2026-01-15 "$sample/exports/program.csv"
deliver "$w" "$sample"/exports/{enrollment,gain,test}.csv
run_ok "the sample's night" -C "$w" run
cut -d, -f1 "$sample/exports/enrollment.csv" | sed '1d; s/"//g' | awk 'NF && !seen[$0]++' >"$scratch/sample.ids"
digest_of "$w" >"$scratch/before"
explain "$w" sample
expect_code 0 "every learner of the sample is explained"
check "nothing is written" diff "$scratch/before" <(digest_of "$w")
check "the sample: what is told, summed, is the flow" same_flow sample "$w/output/drafts/latest" 40
check "the sample: whom tests place is told so" grep -qE "; entering level by the test of 20[0-9-]+ \[C15\]" "$scratch/sample.out"
check "the sample: no id and no pseudonym is told" names_nobody "$w" "$scratch/sample.ids" "$scratch/sample.out" "$scratch/sample.err"

s=$scratch/s
run_program init "$s"
install -m 644 "$second/workspace/skillgain.yaml" "$s/skillgain.yaml"
run_program -C "$s" import --cutoff 2024-12-31 --crosswalk "$second/workspace/enrollment.yaml" "$second/enrollment.csv"
run_program -C "$s" import --cutoff 2024-12-20 "$second/gain.csv"
run_program -C "$s" import --cutoff 2024-12-10 "$second/service.csv"
run_program -C "$s" import --cutoff 2024-12-31 "$second/program.csv"
run_ok "the second state's draft" -C "$s" report
cut -d, -f1 "$second/enrollment.csv" | sed '1d; s/"//g' | awk 'NF && !seen[$0]++' >"$scratch/second.ids"
explain "$s" second
expect_code 0 "every learner of the second state is explained"
check "the second state: what is told, summed, is the flow, terms and services too" same_flow second "$s/output/drafts/latest" 60
for word in 'does not count: it has no hours' 'counts by the days and hours of its services' 'belongs to no enrollment' \
    'outside every period of participation' 'open to IET and workplace literacy only' 'dated after the cut-off' \
    'are never reached: reportable individual only' 'the register confirms it' 'are bridged by a planned one'; do
    check "it is told: $word" grep -qF -- "$word" "$scratch/second.out"
done
as_json "$s" second
expect_code 0 "every learner of the second state is explained as JSON"
check "the federal cells of all learners, added up, are the tables" same_cells second "$s/output/drafts/latest" 300
check "JSON tells no id and no pseudonym" names_nobody "$s" "$scratch/second.ids" "$scratch/second.json"
cp "$scratch/second.json" "$scratch/once.json"
as_json "$s" second
check "and is the same bytes again" cmp "$scratch/once.json" "$scratch/second.json"
cat "$second/enrollment.csv" "$second/gain.csv" "$second/service.csv" | cut -d, -f1 | sed 's/"//g' | awk 'NF && !seen[$0]++' >"$scratch/all.ids"
as_json "$s" all
check "what the rules across rows say is told, each finding once" same_findings "$s" all 100
run_ok "an earlier as-of date, a draft" -C "$s" report --as-of 2023-12-31 --output "$scratch/earlier"
explain "$s" second --as-of 2023-12-31
cp "$scratch/second.out" "$scratch/second.out.text"
check "an earlier as-of date: the flow again" same_flow second "$scratch/earlier" 30
as_json "$s" second --as-of 2023-12-31
check "an earlier as-of date: the tables again" same_cells second "$scratch/earlier" 200
check "text and JSON tell of the same comparisons" test \
    "$(grep -cE '^    [0-9]{4}-[0-9]{2} (landmark|naive|term)[^:]*: (in|out), ' "$scratch/second.out.text")" = \
    "$(grep -c '"design": ' "$scratch/second.json")"

# ---------------------------------------------------------------- lines of the list

first=$(head -n 1 "$scratch/sample.ids")
printf '\n%s\r\n  %s  \nnobody-of-this-name\n%s\n' "$first" "$(sed -n 2p "$scratch/sample.ids")" "$first" >"$scratch/few.ids"
explain "$w" few
expect_code 0 "a few learners are explained"
check "each line has its answer" test "$(grep -c '^learner on line' "$scratch/few.out")" = 4
check "blank lines are passed over, and lines counted" grep -q '^learner on line 2: ' "$scratch/few.out"
check "who is not there is said so" grep -qx 'learner on line 4: the store has no learner with this id' "$scratch/few.out"
check "that refused rows are not searched is said, and what lists them" grep -q "^refused rows are not searched, .*: 'skillgain quarantine' lists them" "$scratch/few.out"
cp -a "$w" "$scratch/refusing"
sed '2,60s/^[^,]*,/,/' "$sample/exports/enrollment.csv" >"$scratch/refusing/inbox/enrollment.csv"
printf 'quality: {max_quarantined: 0}\n' >>"$scratch/refusing/skillgain.yaml"
run_program -C "$scratch/refusing" run
printf '%s\n' "$first" >"$scratch/there.ids"
explain "$scratch/refusing" few
check "nor are rows of what is held" grep -q "^rows of held deliveries are not in the store: 'skillgain status'" "$scratch/few.out"
explain "$scratch/refusing" there
check "neither is said where everyone is there" test "$(grep -c 'not searched\|held deliveries' "$scratch/there.out")" = 0
explain "$w" few
check "who is there twice is said so" grep -qx 'learner on line 5: the same id as on line 2' "$scratch/few.out"
check "standard input says the same" diff "$scratch/few.out" <("$SKILLGAIN" -C "$w" explain --learner-from - <"$scratch/few.ids")
check "rules come with their source" grep -qF '(34 CFR 463.150(a))' "$scratch/few.out"
check "so does the value that counted in a year" grep -qE '^  exit_gap_days, from 20[0-9]{2}-[0-9]{2}: 90 days \(34 CFR 463\.150\(c\).*; V\)$' \
    "$scratch/few.out"
cp "$w/skillgain.yaml" "$scratch/yaml"
printf '\ncohort: {exit_gap_days: 60}\n' >>"$w/skillgain.yaml"
explain "$w" few
check "a value of the workspace's own is said so" grep -qE '^  exit_gap_days, from .*: 60 days \(the workspace.s key cohort\.exit_gap_days\)$' \
    "$scratch/few.out"
cp "$scratch/yaml" "$w/skillgain.yaml"
printf '%s\n' "$first" | "$SKILLGAIN" -C "$w" forget >/dev/null
printf '%s\n' "$first" >"$scratch/gone.ids"
explain "$w" gone
check "who was forgotten is said so" grep -q '^learner on line 1: was forgotten' "$scratch/gone.out"

# ---------------------------------------------------------------- refusals

expect_exit 2 "without a list it says what it wants" -C "$w" explain
expect_message "and names the option" "--learner-from F"
expect_exit 2 "an id among the arguments is no way" -C "$w" explain "$first"
check "and is not repeated" test "$(grep -c -- "$first" "$scratch/said")" = 0
expect_exit 2 "a form that there is not" -C "$w" explain --learner-from "$scratch/few.ids" --format xml
expect_exit 1 "a list that is not there" -C "$w" explain --learner-from "$scratch/absent.ids"
: >"$scratch/empty.ids"
expect_exit 2 "a list without ids" -C "$w" explain --learner-from "$scratch/empty.ids"
expect_exit 2 "an as-of date after the deliveries" -C "$w" explain --learner-from "$scratch/few.ids" --as-of 2030-01-01
n=$scratch/n
new_workspace "$n"
expect_exit 2 "nothing was imported yet" -C "$n" explain --learner-from "$scratch/few.ids"
run_program -C "$n" import --cutoff 2026-01-15 "$sample/exports/gain.csv"
expect_exit 1 "without enrollments there is no cut-off" -C "$n" explain --learner-from "$scratch/few.ids"
expect_message "and it says which export to take in" "no enrollment export is in the store"
finish
