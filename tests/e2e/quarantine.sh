#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Of the sample's exports exactly the planted dirt is found, line by line (sample-data/dirt.csv), and every row is accounted for.
# shellcheck disable=SC2317,SC2016 # functions are called by their names; awk and private shells expand for themselves
# shellcheck source=tests/e2e/lib.sh
. "$(dirname -- "${BASH_SOURCE[0]}")/lib.sh"
need sqlite3

w=$scratch/canonical
new_workspace "$w"
full_sample "$w"
run_ok "the night ends well" -C "$w" run

# ---------------------------------------------------------------- line by line

planted()       # EXPECT...: FILE,LINE of the enrollment and gain exports
{
    awk -F, -v expect=" $* " 'NR > 1 && $1 != "test.csv" && index(expect, " " $5 " ") { print $1 "," $2 }' "$sample/dirt.csv" | sort
}
found()         # AWK-CONDITION on the findings as CSV: batch,file,line,rule,severity,effect,field,column,text,detail,fix
{
    awk -F, "NR > 1 && ($1)"' { print $2 "," $3 }' "$scratch/findings.csv" | sort -u
}
"$SKILLGAIN" -C "$w" quarantine --csv >"$scratch/refused.csv" 2>>"$scratch/log"
"$SKILLGAIN" -C "$w" quarantine --all --csv >"$scratch/findings.csv" 2>>"$scratch/log"
check "there is dirt of every kind to be found" test "$(planted refused | wc -l)" -ge 30 -a "$(planted warning | wc -l)" -ge 8 -a "$(planted stored | wc -l)" -ge 4
may_be_refused()
{
    comm -23 <(awk -F, 'NR > 1 { print $2 "," $3 }' "$scratch/refused.csv" | sort -u) <(planted refused refused_or_stored) | grep . && return 1
    comm -13 <(awk -F, 'NR > 1 { print $2 "," $3 }' "$scratch/refused.csv" | sort -u) <(planted refused) | grep . && return 1
    return 0
}
check "the refused rows are the planted ones, by file and line, and no other" may_be_refused
check "'quarantine' alone lists what refuses a row, and all of it" diff <(found '$6 == "row refused"') <(awk -F, 'NR > 1 { print $2 "," $3 }' "$scratch/refused.csv" | sort -u)
right_fields()
{
    awk -F, 'NR == FNR { if (FNR > 1 && $4 != "") field[$1 "," $2] = $4; next }
             FNR > 1 && ($2 "," $3) in field && $7 != field[$2 "," $3] { print $2 ":" $3 " has " $7 ", planted was " field[$2 "," $3]; bad = 1 }
             END { exit bad }' "$sample/dirt.csv" "$scratch/refused.csv"
}
check "each with the field that was damaged" right_fields
check "the rows kept with a warning are the planted ones" diff <(planted warning) <(found '$4 == "R206"')
check "the exact repeats are the planted ones" diff <(planted collapsed) <(found '$4 == "R401"')
check "the replaced rows are the planted ones" diff <(planted replaced) <(found '$4 == "R402"')
check "the repeated headers and totals are the planted ones" \
    diff <(awk -F, '$1 != "test.csv" && ($3 == "repeated_header" || $3 == "trailing_total") { print $1 "," $2 }' "$sample/dirt.csv" | sort) <(found '$6 == "row dropped"')
check "the rows after the cut-off are the planted ones" \
    diff <(awk -F, '$3 ~ /after_cutoff$/ { print $1 "," $2 }' "$sample/dirt.csv" | sort) <(found '$4 == "R501" || $4 == "R502"')

# ---------------------------------------------------------------- every row accounted for

count()         # FILE COLUMN: of the batch, as the program tells it
{
    "$SKILLGAIN" -C "$w" status --json | tr -d ' \n' | grep -oE "\{[^{}]*\"file\":\"$1\"[^{}]*\}" | grep -oE "\"$2\":[0-9]+" | cut -d : -f 2
}
planted_of()    # FILE EXPECT
{
    awk -F, -v file="$1" -v expect="$2" 'NR > 1 && $1 == file && $5 == expect' "$sample/dirt.csv" | wc -l
}
for file in enrollment.csv gain.csv; do
    lines=$(($(wc -l <"$sample/exports/$file") - 1))
    either=$(comm -12 <(awk -F, -v f="$file" 'NR > 1 && $2 == f { print $2 "," $3 }' "$scratch/refused.csv" | sort -u) <(planted refused_or_stored) | wc -l)
    check "$file: every line is a row read" test "$(count "$file" rows)" = "$lines"
    check "$file: as many refused as planted" test "$(count "$file" refused)" = $(($(planted_of "$file" refused) + either))
    check "$file: as many dropped as planted" test "$(count "$file" dropped)" = "$(planted_of "$file" dropped)"
    check "$file: as many repeated as planted" test "$(count "$file" repeated)" = "$(planted_of "$file" collapsed)"
    check "$file: as many replaced as planted" test "$(count "$file" replaced)" = "$(planted_of "$file" replaced)"
    check "$file: what was read is stored, repeated, replaced, refused or dropped" test "$(count "$file" rows)" = \
        $(($(count "$file" stored) + $(count "$file" repeated) + $(count "$file" replaced) + $(count "$file" refused) + $(count "$file" dropped)))
    check "$file: as many rows are in the store as it says" \
        test "$(count "$file" stored)" = "$(query "$w/skillgain.db" "SELECT count(*) FROM ${file%.csv} WHERE $(is_current "${file%.csv}")")"
done
expect_exit 0 "'check' on the same files ends well" -C "$w" check --format csv "$sample/exports/enrollment.csv" "$sample/exports/gain.csv"
# of a CSV of findings: file, line and rule, of those that are said of the files together (R6), or of the others
told() { awk -F, -v across="$2" 'FNR > 1 && ($4 ~ /^R6/) == across { sub(/.*\//, "", $2); print $2 "," $3 "," $4 }' "$1" | sort; }
cp "$scratch/said" "$scratch/checked.csv"
check "it finds the same and stores nothing" diff <(told "$scratch/findings.csv" 0) <(told "$scratch/checked.csv" 0)
expect_exit 0 "'check --stored' ends well" -C "$w" check --stored --format csv
check "rules across rows find the same in the store" diff <(told "$scratch/said" 1) <(told "$scratch/checked.csv" 1)
check "and there are some" test "$(told "$scratch/checked.csv" 1 | wc -l)" -gt 100
check "they are kept of no batch" test -z "$(told "$scratch/findings.csv" 1)"

# ---------------------------------------------------------------- nobody reads on

mkfifo "$scratch/pipe"
into_nowhere()  # ARGUMENT...: into a pipe whose reader has gone
{
    rc=0
    exec 8<>"$scratch/pipe"
    exec 9>"$scratch/pipe"
    exec 8<&-
    "$SKILLGAIN" "$@" >&9 2>"$scratch/said" </dev/null || rc=$?
    exec 9>&-
    after_run
}
for command in "quarantine --all --csv" "status" "rules" "--help"; do
    # shellcheck disable=SC2086 # words of a command
    into_nowhere -C "$w" $command
    expect_code 0 "'$command': that nobody reads on is no error"
    check "'$command': and nothing is said of it" test ! -s "$scratch/said"
done
printf 'learner_id,college\n' >"$scratch/torn.csv"
into_nowhere -C "$w" check "$scratch/torn.csv"
expect_code 3 "what the command comes to is told by its exit code all the same"
rc=0
"$SKILLGAIN" -C "$w" status >/dev/full 2>"$scratch/said" || rc=$?
after_run
expect_code 1 "a full disk is an error still"
expect_message "and is said so" "standard output can't be written"
finish
