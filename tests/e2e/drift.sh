#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# A delivery beside the one before it: what has changed in sum is found, in numbers and without a learner's value; two deliveries that
# are alike are silent; what is kept of a batch in sum goes with it.
# shellcheck disable=SC2317 # functions are called by their names
# shellcheck source=tests/e2e/lib.sh
. "$(dirname -- "${BASH_SOURCE[0]}")/lib.sh"
need sqlite3

generate "$scratch/small" --learners 600 --no-dirt
exports=$scratch/small/exports
sed -i '/,ALT_ESL,/d' "$exports/enrollment.csv"
w=$scratch/w
new_workspace "$w"
run_ok "a first delivery is held against nothing" -C "$w" import --cutoff 2025-11-01 "$exports/enrollment.csv"
run_ok "nor is one of another kind" -C "$w" import --cutoff 2025-11-01 "$exports/gain.csv"
found() { "$SKILLGAIN" -C "$1" quarantine --all --csv --batch "$2" 2>>"$scratch/log" | awk -F, 'NR > 1 && $4 ~ /^R7[0-2]/ { print $4 ($7 == "" ? "" : ":" $7) }' | sort -u | paste -sd' '; }
check "nothing is said of them" test -z "$(found "$w" 1)$(found "$w" 2)"

field() { head -n 1 "$exports/enrollment.csv" | tr , '\n' | grep -nx "$1" | cut -d: -f1; }
hours=$(field contact_hours) level=$(field entering_level) sex=$(field sex) college=$(field college)
row='BEGIN { FS = OFS = "," } NR == 1 { print; next }'

# ---------------------------------------------------------------- the table
# what is done to the export | the awk program | days after the cut-off of the first | what is found: rule, and field
while IFS='|' read -r what program days expected; do
    what=$(sed 's/^ *//; s/ *$//' <<<"$what") expected=$(sed 's/^ *//; s/ *$//' <<<"$expected")
    c=$scratch/case
    rm -rf "$c"
    cp -a "$w" "$c"
    program=${program//HOURS/$hours} program=${program//LEVEL/$level} program=${program//SEX/$sex} program=${program//COLLEGE/$college}
    awk "$row $program" "$exports/enrollment.csv" >"$scratch/next.csv"
    run_program -C "$c" import --cutoff "$(date -d "2025-11-01 + $((days)) days" +%F)" "$scratch/next.csv"
    said=$(found "$c" 3)
    check "$what: ${expected:-nothing}" test "$said" = "$expected"
done <<'TABLE'
nothing, a day later                 | { print } END { printf "\n" }                                        | 1  |
one row in a hundred less            | NR % 100 { print }                                                   | 1  |
the same day again                   | { print } END { printf "\n" }                                        | 0  | R702
a week before                        | NR % 2 { $SEX = ""; print }                                          | -7 | R701
a third of the rows                  | !(NR % 3 && $COLLEGE != "16") { print }                                          | 1  | R703 R707:college
three times the rows                 | { print; $5 = $5 "x"; print; $5 = $5 "y"; print }                    | 1  | R704 R707:college
a college is missing                 | $COLLEGE != "05" { print }                                           | 1  | R705:college
a college has a new code             | { sub(/^05$/, "55", $COLLEGE); print }                               | 1  | R705:college R706:college
hours are blank in one row of ten    | NR % 10 == 0 { $HOURS = "" } { print }                               | 1  | R711:contact_hours
hours are blank in one row of thirty | NR % 30 == 0 { $HOURS = "" } { print }                               | 1  |
an unknown sex in one row of ten     | NR % 10 == 0 { $SEX = "zzz-secret" } { print }                       | 1  | R712:sex R713:sex
ABE levels are one too high          | $LEVEL ~ /ABE[1-5]/ && NR % 4 { $LEVEL = "ABE6" } { print }          | 1  | R713:entering_level
a code that was never there          | NR == 7 { $LEVEL = "ALT_ESL" } { print }                             | 1  | R714:entering_level
TABLE

# ---------------------------------------------------------------- what is said
rm -rf "$c" && cp -a "$w" "$c"
awk "$row NR % 10 == 0 { \$$sex = \"zzz-secret\" } { print }" "$exports/enrollment.csv" >"$scratch/next.csv"
run_ok "a delivery with unknown codes is taken in" -C "$c" import --cutoff 2025-11-02 "$scratch/next.csv"
run_ok "a draft is written" -C "$c" report
"$SKILLGAIN" -C "$c" quarantine --all >"$scratch/all" 2>>"$scratch/log"
check "the finding says what is and what was" grep -qE 'R712.*\((10\.0|9\.9) % of [0-9,]+ rows, 0\.0 % of [0-9,]+ in batch 1\)' "$scratch/all"
check "the draft's quality page does" grep -qE 'sex: (10\.0|9\.9) % of [0-9,]+ rows, 0\.0 % of [0-9,]+ in batch 1' "$c/output/drafts/latest/quality.md"
check "no value of the file is in the findings, the drafts or the database" bash -c '! grep -rqF "zzz-secret" "$1" "$2/output" "$2"/skillgain.db*' - "$scratch/all" "$c"

# ---------------------------------------------------------------- thresholds
printf 'quality: {missing_rise: 0.2, mix_index: 1, volume_ratio: 4, least_rows: 10}\n' >>"$c/skillgain.yaml"
sed -i '/^quality:$/,/^[a-z#]/{/^quality:$/d;/^  /d}' "$c/skillgain.yaml"
run_ok "what was found of the batch is taken back with it" -C "$c" import --undo 3
run_ok "with other thresholds it comes again" -C "$c" import --cutoff 2025-11-02 "$scratch/next.csv"
check "and nothing is found" test -z "$(found "$c" 4)"

# ---------------------------------------------------------------- only the latest gain
g=$scratch/gains
new_workspace "$g"
awk "BEGIN { FS = \",\" } NR == 1 { print; next } { last[\$1] = \$0 } END { for (l in last) print last[l] }" "$sample/exports/gain.csv" >"$scratch/latest.csv"
expect_exit 4 "an export of one gain a learner that does not say so would be held" -C "$g" check "$scratch/latest.csv"
expect_message "with its rule" "R731" "gains: latest"
expect_exit 4 "and is held" -C "$g" import "$scratch/latest.csv"
expect_message "with what to do" HELD "say in the crosswalk"
check "of error level" test "$("$SKILLGAIN" -C "$g" quarantine --all --csv 2>>"$scratch/log" | grep -c ',R731,error,file held,')" = 1
check "none of its rows is in use" test "$(query "$g/skillgain.db" "SELECT count(*) FROM gain")" = 0
says() { { cat "$project/crosswalks/canonical-gain.yaml"; echo "gains: $1"; } >"$g/crosswalks/canonical-gain.yaml"; }
says latest
run_ok "a crosswalk that says 'gains: latest' lets it in" -C "$g" import --cutoff 2025-11-01 "$scratch/latest.csv"
check "and the store knows" test "$(query "$g/skillgain.db" "SELECT latest_gains FROM batch WHERE state = 'applied'")" = 1
check "without a finding" bash -c '! "$1" -C "$2" quarantine --all --csv --batch 2 | grep -q ",R73"' - "$SKILLGAIN" "$g"
run_ok "enrollments come beside it" -C "$g" import "$sample/exports/enrollment.csv"
expect_exit 2 "no draft is made of the latest gains" -C "$g" report
expect_message "and why is told" "gains: latest" "msg_common" "deliver them in full"
expect_exit 2 "nor by the night" -C "$g" run
check "which does not say that 'report' makes one" bash -c "! grep -q 'with a banner' '$scratch/said'"
printf 'no export\n' >"$g/inbox/other.csv"
expect_exit 3 "a night with a refused file" -C "$g" run
check "does not say so either" bash -c "! grep -q 'with a banner' '$scratch/said'"
rm -f "$g"/inbox/*
check "nor is one left behind" test ! -e "$g/output/drafts/latest"
run_program -C "$g" check "$sample/exports/gain.csv"
expect_message "of an export that has several gains a year it is a warning" "R732" "learners and program years"
says all
run_ok "a crosswalk that says 'gains: all' lets it in too" -C "$g" check "$scratch/latest.csv"
rm "$g/crosswalks/canonical-gain.yaml"
run_ok "an export of all gains needs say nothing" -C "$g" check "$sample/exports/gain.csv"
run_ok "once all gains were delivered" -C "$g" import "$sample/exports/gain.csv"
run_ok "there is a draft" -C "$g" report

# ---------------------------------------------------------------- taken back
profile() { query "$1/skillgain.db" "SELECT * FROM profile UNION ALL SELECT batch, 0, scope, 0, n FROM profile_scope ORDER BY 1, 2, 3, 4"; }
profile "$w" >"$scratch/profile.before"
check "a batch is kept in sum" test "$(wc -l <"$scratch/profile.before")" -gt 100
run_ok "the last batch is taken back" -C "$c" import --undo 4
check "what is kept in sum is that of before, to the last" diff "$scratch/profile.before" <(profile "$c")
run_ok "the same comes again" -C "$c" import --cutoff 2025-11-02 "$scratch/next.csv"
profile "$c" >"$scratch/profile.again"
run_ok "bytes that are known" -C "$c" import "$scratch/next.csv"
check "change nothing of it" diff "$scratch/profile.again" <(profile "$c")

# Unchanged rows, which are not read again, are counted as those that are.
fresh=$scratch/fresh
new_workspace "$fresh"
run_ok "the delivery alone in a new store" -C "$fresh" import --cutoff 2025-11-02 "$scratch/next.csv"
delivered() { query "$1/skillgain.db" "SELECT field, code, n FROM profile WHERE batch = $2 AND part = 1 ORDER BY field, code"; }
check "has the same counts" diff <(delivered "$c" 5) <(delivered "$fresh" 1)
finish
