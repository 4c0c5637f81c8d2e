#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Rules across rows and files: planted faults are found by `check` on the files together and by `check --stored` at the same lines,
# alone they are not, the sample gives no absurd counts, drafts count what is stored, and a past night's draft stays what it was.
# shellcheck disable=SC2317,SC2016 # functions are called by their names; awk expands for itself
# shellcheck source=tests/e2e/lib.sh
. "$(dirname -- "${BASH_SOURCE[0]}")/lib.sh"
need sqlite3

across()        # FINDINGS-CSV: FILE,LINE,RULE of the rules on several rows, sorted
{
    awk -F, 'NR > 1 && $4 ~ /^R6/ { n = split($2, path, "/"); print path[n] "," $3 "," $4 }' "$1" | sort
}

# ---------------------------------------------------------------- planted faults

d=$scratch/planted
mkdir "$d"
cat >"$d/enrollment.csv" <<'CSV'
learner_id,college,start_date,end_date,section_id,component,iet,iet_program_id,contact_hours,sex,entering_level,pre_test_date
1,01,2024-09-01,2024-12-20,A,adult_education,no,,60,female,ABE2,2024-09-01
2,01,2024-09-01,2024-12-20,A,adult_education,yes,P9,60,male,ABE2,
3,01,2024-09-01,2024-12-20,A,adult_education,no,,60,female,ABE3,
3,02,2024-10-01,2024-12-20,B,adult_education,no,,60,male,ABE3,
4,01,2024-09-01,2024-12-20,A,adult_education,no,,60,female,ABE2,
5,02,2024-09-01,2024-12-20,B,adult_education,yes,P1,60,,ABE2,
9,01,2025-06-01,2025-06-30,A,adult_education,no,,20,female,ABE2,
CSV
cat >"$d/gain.csv" <<'CSV'
learner_id,gain_date,gain_type,college,subject,level_from,level_to
1,2024-11-01,efl_test,01,reading,ABE2,ABE3
7,2024-11-01,diploma,01,,,
1,2025-05-01,diploma,01,,,
4,2024-11-01,milestone,01,,,
CSV
cat >"$d/test.csv" <<'CSV'
learner_id,test_date,instrument,form,subject,scale_score,level,college
1,2024-09-01,TABE_11_12,11,reading,450,ABE2,01
1,2024-11-01,TABE_11_12,12,reading,455,ABE2,01
8,2024-12-01,TABE_11_12,12,reading,455,ABE2,01
CSV
cat >"$d/program.csv" <<'CSV'
iet_program_id,college,occupation,approved_from
P1,01,31-1131,2023-07-01
CSV
cat >"$d/service.csv" <<'CSV'
learner_id,month,hours,college
1,2024-09,40,01
1,2024-12,20,01
2,2024-09,10,01
2,2024-12,20,01
CSV
cat >"$d/outcome.csv" <<'CSV'
learner_id,outcome,outcome_date,quarter,college
3,employed_q2,,2024Q3,01
6,credential,2024-12-01,,01
CSV
cat >"$scratch/expected" <<'CSV'
enrollment.csv,3,R651
enrollment.csv,3,R663
enrollment.csv,4,R663
enrollment.csv,5,R631
enrollment.csv,5,R634
enrollment.csv,6,R663
enrollment.csv,7,R652
gain.csv,2,R613
gain.csv,3,R601
gain.csv,4,R602
gain.csv,5,R604
outcome.csv,2,R673
outcome.csv,3,R671
test.csv,4,R621
CSV
w=$scratch/w
new_workspace "$w"
"$SKILLGAIN" -C "$w" check --csv --cutoff 2025-06-30 "$d"/*.csv >"$scratch/together.csv" 2>>"$scratch/log"
check "the planted faults are found in the files together, and nothing else" diff "$scratch/expected" <(across "$scratch/together.csv")
"$SKILLGAIN" -C "$w" check --csv --cutoff 2025-06-30 "$d/program.csv" "$d/test.csv" "$d/service.csv" "$d/outcome.csv" "$d/gain.csv" "$d/enrollment.csv" \
    >"$scratch/reversed.csv" 2>>"$scratch/log"
check "in whatever order they are given" diff "$scratch/expected" <(across "$scratch/reversed.csv")
alone()
{
    local file
    for file in gain test service outcome program; do
        "$SKILLGAIN" -C "$w" check --csv --cutoff 2025-06-30 "$d/$file.csv" >"$scratch/alone.csv" 2>>"$scratch/log"
        [ -z "$(across "$scratch/alone.csv")" ] || { echo "$file: $(across "$scratch/alone.csv")"; return 1; }
    done
}
check "a file alone is not blamed for what was not delivered with it" alone
{ cat "$d/enrollment.csv"; printf '"10,01,2024-09-01\n'; } >"$scratch/torn.csv"
"$SKILLGAIN" -C "$w" check --csv --cutoff 2025-06-30 "$scratch/torn.csv" "$d/gain.csv" >"$scratch/with_torn.csv" 2>>"$scratch/log"
check "a file that is refused whole is as good as not given" test -z "$(across "$scratch/with_torn.csv")"
expect_exit 3 "and is refused as text too" -C "$w" check "$scratch/torn.csv" "$d/gain.csv"
expect_message "of the others it is said that not all was looked at" "not all was looked at: a file was refused"
check "not that there is nothing" bash -c "! grep -q 'nothing found' '$scratch/said'"
expect_exit 3 "such a file alone" -C "$w" check "$scratch/torn.csv"
expect_message "was not looked at" "not looked at: a file was refused"
check "as text, with places" grep -q 'gain.csv:3' <("$SKILLGAIN" -C "$w" check "$d/enrollment.csv" "$d/gain.csv" 2>&1)
check "as JSON, in an object behind the files" grep -qE '"across":\[.*"rule":"R601","severity":"warning","effect":"row kept","kind":"gain","n":1,"first_places":\[\{"file":"[^"]*gain.csv","line":3\}\]' \
    <("$SKILLGAIN" -C "$w" check --format json --cutoff 2025-06-30 "$d/enrollment.csv" "$d/gain.csv" 2>>"$scratch/log" | tr -d '\n' | sed 's/": */":/g; s/, *"/,"/g; s/\([[{]\) */\1/g; s/ *\([]}]\)/\1/g')
expect_exit 2 "'--stored' takes no files" -C "$w" check --stored "$d/gain.csv"
expect_message "and says so" "'--stored' takes no files"
expect_exit 2 "without files there is nothing to check" -C "$w" check
expect_exit 2 "nor is there in a store that was never filled" -C "$w" check --stored

# ---------------------------------------------------------------- stored

run_ok "the planted files are imported" -C "$w" import --cutoff 2025-06-30 "$d"/*.csv
"$SKILLGAIN" -C "$w" check --stored --csv >"$scratch/stored.csv" 2>>"$scratch/log"
check "of what is stored the same is found at the same lines" diff "$scratch/expected" <(across "$scratch/stored.csv")
check "with the batch of each" awk -F, 'NR > 1 && $1 !~ /^[1-9]/ { exit 1 }' "$scratch/stored.csv"

# ---------------------------------------------------------------- colleges that deliver up to different days

w=$scratch/days
new_workspace "$w"
header=learner_id,college,start_date,end_date,contact_hours
printf '%s\n' "$header" 1,01,2024-09-01,2025-02-20,60 >"$scratch/south.csv"
printf '%s\n' "$header" 2,02,2024-09-01,2025-06-20,60 >"$scratch/north.csv"
printf '%s\n' learner_id,gain_date,gain_type,college 3,2025-05-01,diploma,01 4,2025-05-01,diploma,02 5,2025-05-01,diploma, >"$scratch/days.csv"
run_ok "one college's enrollments are complete early" -C "$w" import --cutoff 2025-03-01 "$scratch/south.csv"
run_ok "the other's late" -C "$w" import --cutoff 2025-06-30 "$scratch/north.csv"
run_ok "gains come of both" -C "$w" import --cutoff 2025-06-30 "$scratch/days.csv"
told_of_days()
{
    "$SKILLGAIN" -C "$w" check --stored --csv >"$scratch/stored.csv" 2>>"$scratch/log"
    across "$scratch/stored.csv" | grep R601
}
check "only of the late one a gain without enrollment is told" test "$(told_of_days)" = days.csv,3,R601
echo >>"$scratch/south.csv"
run_ok "the early one's come again, unchanged and complete" -C "$w" import --cutoff 2025-06-30 "$scratch/south.csv"
check "now of every gain" test "$(told_of_days | tr '\n' ' ')" = "days.csv,2,R601 days.csv,3,R601 days.csv,4,R601 "

# ---------------------------------------------------------------- the sample, and a past night

w=$scratch/sample
new_workspace "$w"
deliver "$w" "$sample"/exports/*.csv
run_ok "the sample's night ends well" -C "$w" run
"$SKILLGAIN" -C "$w" check --stored --csv >"$scratch/stored.csv" 2>>"$scratch/log"
"$SKILLGAIN" -C "$w" check --csv "$sample"/exports/*.csv >"$scratch/together.csv" 2>>"$scratch/log"
check "of the sample, files and store say the same" diff <(across "$scratch/together.csv") <(across "$scratch/stored.csv")
check "the gains of unknown learners are the planted ones" \
    diff <(awk -F, '$3 == "gain_of_unknown_learner" { print $1 "," $2 ",R601" }' "$sample/dirt.csv" | sort) <(across "$scratch/stored.csv" | grep ',R601$')
# in a register and a state that were made with care, no rule speaks of one row in ten of its kind
rare()
{
    across "$scratch/stored.csv" | awk -F, '{ n[$1 "," $3]++ } END { for (i in n) print i "," n[i] }' |
        while IFS=, read -r file rule n; do
            [ "$n" -le $(($(wc -l <"$sample/exports/$file") / 10)) ] || { echo "$rule speaks of $n rows of $file"; return 1; }
        done
}
check "no rule speaks of more than a tenth of the sample's rows of its kind" rare
counted()       # DRAFT: RULE,N
{
    awk -F, 'NR > 1 && $1 ~ /^R6/ { print $1 "," $4 }' "$1/tables/quality-findings.csv"
}
check "the draft counts what 'check --stored' lists" \
    diff <(across "$scratch/stored.csv" | cut -d , -f 3 | sort | uniq -c | awk '{ print $2 "," $1 }') <(counted "$w/output/drafts/latest")
last=$(sqlite3 "$w/skillgain.db" 'SELECT max(id) FROM batch')
cp -rL "$w/output/drafts/latest" "$scratch/before"
sed '1a 99999999,2023-07-21,efl_test,09,reading,ABE2,ABE3,2023' "$sample/exports/gain.csv" >"$scratch/gain.csv"
run_ok "a gain of nobody comes" -C "$w" import "$scratch/gain.csv"
run_ok "the next draft" -C "$w" report --output "$scratch/after"
check "counts it" diff <(counted "$scratch/before" | awk -F, '$1 == "R601" { print $2 + 1 }') <(counted "$scratch/after" | awk -F, '$1 == "R601" { print $2 }')
run_ok "the night before, rebuilt" -C "$w" report --as-of-batch "$last" --output "$scratch/again"
check "is what it was, byte for byte" diff -r "$scratch/before" "$scratch/again"
finish
