#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# A file that comes again where something else is asked of it: another kind, by a mended crosswalk, without a record's column; and an id
# that differs from another's by its case alone.
# shellcheck source=tests/e2e/lib.sh
. "$(dirname -- "${BASH_SOURCE[0]}")/lib.sh"
need sqlite3

count()         # TABLE WORKSPACE: its rows that are in use
{
    query "$2/skillgain.db" "SELECT count(*) FROM $1 WHERE $(is_current "$1")"
}

# ---------------------------------------------------------------- the same bytes as another kind
w=$scratch/kinds
"$SKILLGAIN" init -q "$w" >/dev/null
cat >"$w/crosswalks/e.yaml" <<'YAML'
name: wide-enrollment
kind: enrollment
also: [wide-gain]
columns: {learner_id: ID, college: Site, start_date: Start, contact_hours: Hours}
YAML
cat >"$w/crosswalks/g.yaml" <<'YAML'
name: wide-gain
kind: gain
columns: {learner_id: ID, college: Site}
records:
- {gain_date: Test Gain, gain_type: {value: efl_test}, level_to: New Level}
- {gain_date: Credential Date, gain_type: {value: diploma}}
YAML
{
    echo "ID,Site,Start,Hours,Test Gain,New Level,Credential Date"
    echo "A1,N,2025-01-02,10,2025-02-01,ABE2,2025-03-01"
    echo "A2,N,2025-01-02,10,,,"
} >"$scratch/wide.csv"
run_ok "the enrollments of a wide export" -C "$w" import --kind enrollment "$scratch/wide.csv"
run_ok "its gains, asked for by kind" -C "$w" import --kind gain "$scratch/wide.csv"
check "the gains are in the store" test "$(count gain "$w")" = 2
run_ok "the gains once more" -C "$w" import --kind gain "$scratch/wide.csv"
expect_message "they are known now" KNOWN
expect_exit 2 "a kind that is none, of bytes that are in the store" -C "$w" import --kind foo "$scratch/wide.csv"
expect_message "it names the kinds" "no kind of export"

# ---------------------------------------------------------------- a record's column is lost
{
    echo "ID,Site,Test Gain,New Level,Credential Date"
    for i in $(seq 100 199); do
        [ "$i" -lt 115 ] && day=2025-02-03 || day=
        echo "L$i,N,2025-02-01,ABE2,$day"
    done
} >"$scratch/gains.csv"
sed '1s/Credential Date/Credential Dt/' "$scratch/gains.csv" >"$scratch/gains-2.csv"
g=$scratch/records
"$SKILLGAIN" init -q "$g" >/dev/null
cp "$w/crosswalks/g.yaml" "$g/crosswalks/"
run_ok "gains of two records a line" -C "$g" import --cutoff 2025-02-09 "$scratch/gains.csv"
check "both records are in the store" test "$(count gain "$g")" = 115
expect_exit 4 "the same without the day of the second record" -C "$g" import --cutoff 2025-02-10 "$scratch/gains-2.csv"
expect_message "it says which" HELD "day of record 2"
check "none of them is withdrawn" test "$(count gain "$g")" = 115

# ---------------------------------------------------------------- by a mended crosswalk of another name
m=$scratch/mended
"$SKILLGAIN" init -q "$m" >/dev/null
printf 'ID,C,S,H1,H2\nA,N,2025-01-02,10,20\n' >"$scratch/hours.csv"
mapping() { printf 'name: %s\nkind: enrollment\ncolumns: {learner_id: ID, college: C, start_date: S, contact_hours: %s}\n' "$1" "$2"; }
hours() { query "$m/skillgain.db" "SELECT contact_hours / 1000000000 FROM enrollment WHERE $(is_current enrollment)"; }
mapping first H1 >"$m/crosswalks/first.yaml"
run_ok "by the first crosswalk" -C "$m" import "$scratch/hours.csv"
check "10 hours" test "$(hours)" = 10
rm "$m/crosswalks/first.yaml"
run_ok "the crosswalk is gone, and no other reads the file" -C "$m" import "$scratch/hours.csv"
expect_message "what is in stays" KNOWN
mapping second H2 >"$m/crosswalks/second.yaml"
run_ok "by another one" -C "$m" import "$scratch/hours.csv"
check "20 hours" test "$(hours)" = 20

# ---------------------------------------------------------------- the content of an earlier delivery, in whose place another came
o=$scratch/overtaken
"$SKILLGAIN" init -q "$o" >/dev/null
cat >"$o/crosswalks/dated.yaml" <<'YAML'
name: dated
kind: enrollment
cutoff: {filename: "%Y-%m-%d"}
columns: {learner_id: ID, college: C, start_date: S, contact_hours: H}
YAML
hours() { query "$o/skillgain.db" "SELECT contact_hours / 1000000000 FROM enrollment WHERE $(is_current enrollment)"; }
cutoff() { query "$o/skillgain.db" "SELECT date(max(cutoff) * 86400, 'unixepoch') FROM batch WHERE state = 'applied'"; }
printf 'ID,C,S,H\nA,N,2025-01-02,10\n' >"$scratch/r-2025-02-01.csv"
printf 'ID,C,S,H\nA,N,2025-01-02,99\n' >"$scratch/r-2025-02-02.csv"
run_ok "a delivery" -C "$o" import "$scratch/r-2025-02-01.csv"
run_ok "a wrong one" -C "$o" import "$scratch/r-2025-02-02.csv"
check "its hours count" test "$(hours)" = 99
cp "$scratch/r-2025-02-01.csv" "$scratch/r-2025-02-03.csv"
run_ok "the first one's content, of a later day" -C "$o" import "$scratch/r-2025-02-03.csv"
check "it counts again" test "$(hours)" = 10
cp "$scratch/r-2025-02-01.csv" "$scratch/r-2025-02-04.csv"
run_ok "nothing new, of a later day" -C "$o" import "$scratch/r-2025-02-04.csv"
check "the delivery is complete up to that day" test "$(cutoff)" = 2025-02-04
run_ok "the same file again" -C "$o" import "$scratch/r-2025-02-04.csv"
expect_message "is known" KNOWN
run_ok "the wrong one once more" -C "$o" import "$scratch/r-2025-02-02.csv"
check "it is older, and changes nothing" test "$(hours)" = 10
expect_message "and says so" R701 "complete up to a later day"
run_ok "the wrong one, as of the same day" -C "$o" import --cutoff 2025-02-04 "$scratch/r-2025-02-02.csv"
check "the last that came counts" test "$(hours)" = 99
run_ok "the right one, as of that day too" -C "$o" import "$scratch/r-2025-02-04.csv"
check "it counts once more" test "$(hours)" = 10

# ---------------------------------------------------------------- check tells of each column, and why a file is refused
u=$scratch/codes
"$SKILLGAIN" init -q "$u" >/dev/null
{
    echo "learner_id,college,start_date,contact_hours,sex,employment_status"
    for i in 1 2 3; do echo "L$i,N,2025-01-0$i,10,fem,working"; done
    echo "L4,N,2025-01-04,10,female,working"
} >"$scratch/codes.csv"
run_ok "codes that are none in two columns" -C "$u" check "$scratch/codes.csv"
expect_message "the one is counted" "R206  3 (75.0 % of the rows)" "(column 'sex')"
expect_message "and the other" "R206  4 (100.0 % of the rows)" "(column 'employment_status')"
{
    echo "learner_id,college,gain_date,gain_type"
    for i in 1 2 3; do echo "L$i,N,2025-01-0$i,Level up"; done
} >"$scratch/none.csv"
expect_exit 3 "a file of which no row can be taken" -C "$u" check "$scratch/none.csv"
expect_message "its findings are told" "R205  3" "(column 'gain_type')"
run_program -C "$u" check --format json "$scratch/none.csv"
check "and in JSON, with the reason" grep -q '"refused_for": *"' "$scratch/said"
expect_message "of each column" '"column"' '"gain_type"' '"R205"'

# ---------------------------------------------------------------- ids that differ by case
printf 'learner_id,college,start_date,contact_hours\nab12,N,2025-01-02,10\nAB12,N,2025-01-02,10\nAb12,N,2025-01-03,10\n' >"$scratch/case.csv"
c=$scratch/case
"$SKILLGAIN" init -q "$c" >/dev/null
run_ok "three learners" -C "$c" import "$scratch/case.csv"
printf 'ab12\n' | "$SKILLGAIN" -C "$c" forget >/dev/null
check "one is forgotten, and nobody else" test "$(count enrollment "$c")" = 2
n=$scratch/nocase
"$SKILLGAIN" init -q "$n" >/dev/null
printf 'name: nocase\nkind: enrollment\nlearner_case: upper\ncolumns: {learner_id: ID, college: C, start_date: S, contact_hours: H}\n' >"$n/crosswalks/nocase.yaml"
printf 'ID,C,S,H\nab12,N,2025-01-02,10\nAB12,N,2025-01-03,10\n' >"$scratch/nocase.csv"
run_ok "one learner where case is nothing" -C "$n" import "$scratch/nocase.csv"
printf 'ab12\n' | "$SKILLGAIN" -C "$n" forget >/dev/null
check "is forgotten in whatever case it is asked for" test "$(count enrollment "$n")" = 0

finish
