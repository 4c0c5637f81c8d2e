#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Refused rows as they came (quality.keep_rows): they are in the store and in the file that is asked for, and nowhere else; no more of them
# than is said; and they are gone without a trace when they should be. The learners are made up.
# shellcheck disable=SC2317,SC2016 # functions are called by their names; awk and private shells expand for themselves
# shellcheck source=tests/e2e/lib.sh
. "$(dirname -- "${BASH_SOURCE[0]}")/lib.sh"
need sqlite3

# ---------------------------------------------------------------- a delivery with refused rows of every sort

canary=Zyblattor
generate "$scratch/state" --learners 400 --no-dirt
sound=$scratch/state/exports
exports=$scratch/exports
mkdir "$exports"
awk -F, -v OFS=, -v name="$canary" -v quote='"' '
    function set(field, value) { $(place[field]) = value }
    NR == 1 { for (i = 1; i <= NF; i++) place[$i] = i; print $0, "full_name"; next }
    NR == 2 { gsub(/"[^"]*"/, "Reading"); pattern = $0 }
    { print $0, "Accepted Quorindel" }
    END {
        $0 = pattern; set("learner_id", "X1"); set("start_date", "soon"); set("iet", "perhaps"); print $0, name " One"
        $0 = pattern; set("learner_id", "X2"); set("start_date", "soon"); print $0, quote name ", " quote quote "Two" quote quote "\r\nof it" quote
        $0 = pattern; set("learner_id", "X3"); print $0, name, "Three", "more"
        $0 = pattern; set("learner_id", quote "X4" quote "x"); print $0, name " Four"
        $0 = pattern; set("learner_id", "=X5"); set("start_date", "soon"); print $0, name " Five"
        $0 = pattern; set("learner_id", "X6\377"); printf "%s,%s Six\r\n", $0, name
        print "X7", name
    }' "$sound/enrollment.csv" >"$exports/enrollment.csv"
cp "$sound/gain.csv" "$exports/"
first=$(($(wc -l <"$sound/enrollment.csv") + 1))    # the line of the first refused row
sed -n "$first,\$p" "$exports/enrollment.csv" >"$scratch/refused"

# What the file of rows should be.
expected()
{
    echo line,rules,row
    LC_ALL=C awk -v line="$first" -v quote='"' '
        function put(rules, row) { gsub(quote, quote quote, row); printf "%d,%s,%s%s%s\n", line, rules, quote, row, quote }
        NR == 1 { put("R202 R205", $0); line++ }
        NR == 2 { before = $0 }
        NR == 3 { put("R202", before "\n" $0); line += 2 }
        NR == 4 { put("R101", $0); line++ }
        NR == 5 { put("R102", $0); line++ }
        NR == 6 { put("R211 R202", "\047" $0); line++ }
        NR == 7 { sub(/\r$/, ""); put("R104", $0); line++ }
        NR == 8 { put("R101", $0) }' "$scratch/refused"
}
expected >"$scratch/expected"

w=$scratch/w
run_ok "a workspace" init "$w"
keep_rows()     # yes|no
{
    sed -i -E "s/^  #?keep_rows: (yes|no)/  keep_rows: $1/" "$w/skillgain.yaml"
    grep -q "^  keep_rows: $1" "$w/skillgain.yaml" || fail "the template has 'keep_rows'"
}
lines_kept() { query "$w/skillgain.db" "SELECT count(*) FROM kept_row"; }
newest() { query "$w/skillgain.db" "SELECT max(id) FROM batch WHERE kind = '${1:-enrollment}'"; }
canary_in()     # FILE|FOLDER...: files that have it, but for what was delivered
{
    grep -rlaF -e "$canary" -e "$(printf %s "$canary" | xxd -p)" --exclude-dir=inbox --exclude-dir=archive -- "$@" 2>/dev/null
}
in_database() { canary_in "$w"/skillgain.db*; }
night()         # CODE SENTENCE: with these exports
{
    deliver "$w" "$exports/enrollment.csv" "$exports/gain.csv"
    expect_exit "$1" "$2" -v -C "$w" run
}
rows=$scratch/rows.csv
refused_rows()  # CODE SENTENCE ARGUMENT...: nothing is written
{
    local code=$1 sentence=$2
    shift 2
    expect_exit "$code" "$sentence" -C "$w" quarantine "$@"
    check "$sentence: nothing is written" test ! -e "$rows"
}

# ---------------------------------------------------------------- no: as it is without asking

night 0 "a night that keeps none"
check "the rows were refused" test "$(query "$w/skillgain.db" "SELECT n_quarantined FROM batch WHERE id = $(newest)")" = 7
check "none is kept" test "$(lines_kept)" = 0
check "and no word of them is anywhere" test -z "$(canary_in "$w" "$scratch/log")"
refused_rows 2 "rows that are not kept can't be had" --batch "$(newest)" --rows "$rows"
expect_message "and it says which setting keeps them" "keep_rows" "yes"

# ---------------------------------------------------------------- yes

keep_rows yes
refused_rows 2 "those of a batch from before can't be had" --batch "$(newest)" --rows "$rows"
expect_message "and it says how they come in" "import --undo $(newest)"
run_ok "the batch is taken back" -C "$w" import --undo "$(newest)"
rm -rf "$w/output/drafts"
for jobs in 1 4; do
    deliver "$w" "$exports/enrollment.csv"
    run_ok "the file comes in again, with $jobs threads" -v --jobs "$jobs" -C "$w" run
    expect_message "and it says how many rows are kept" "7 of 7 refused rows are kept"
    check "lines are kept, each once" test "$(lines_kept)" = 7
    rm -f "$rows"
    umask 000
    run_ok "its refused rows are written" -C "$w" quarantine --batch "$(newest)" --rows "$rows"
    umask 022
    expect_message "and it says how many" "7 of 7 refused rows"
    check "each as it stood, with its line and rules" diff "$scratch/expected" "$rows"
    check "the file is its owner's alone" test "$(stat -c %a "$rows")" = 600
    [ "$jobs" = 4 ] || run_ok "and taken back once more" -C "$w" import --undo "$(newest)"
    [ "$jobs" = 4 ] || check "which takes its kept rows along" test "$(lines_kept)" = 0
done
check "an accepted row is not kept" test -z "$(grep -rlaF "Accepted Quorindel" "$w"/skillgain.db* "$rows")"
run_ok "a report" -v --log-format json -C "$w" report
run_ok "quarantine lists as ever" -C "$w" quarantine --all
run_ok "quarantine as CSV lists as ever" -C "$w" quarantine --csv
run_ok "status" -C "$w" status --json
check "the store and that file hold them, and nothing else does" \
    diff <(canary_in "$w" "$rows" "$scratch/log" "$scratch/said" | sort) <(printf '%s\n' "$rows" "$w/skillgain.db" | sort)

before=$(md5sum <"$rows")
expect_exit 2 "a file that is there is not replaced" -C "$w" quarantine --batch "$(newest)" --rows "$rows"
check "and stays as it is" test "$(md5sum <"$rows")" = "$before"
mv "$rows" "$scratch/elsewhere"
ln -s "$scratch/nowhere" "$rows"
expect_exit 2 "nor is a link followed" -C "$w" quarantine --batch "$(newest)" --rows "$rows"
check "whose end is not made" test ! -e "$scratch/nowhere"
rm "$rows"
refused_rows 2 "a batch must be named" --rows "$rows"
refused_rows 2 "there must be such a batch" --batch 99 --rows "$rows"
refused_rows 2 "lists are another thing" --batch "$(newest)" --csv --rows "$rows"
refused_rows 2 "a batch without refused rows has none" --batch "$(newest gain)" --rows "$rows"
expect_message "and it says so" "has no refused rows"

# ---------------------------------------------------------------- a held file, and the batch that it becomes

{ head -n 3 "$exports/enrollment.csv"; cat "$scratch/refused"; } >"$w/inbox/enrollment.csv"
keep_rows no
expect_exit 4 "a file with many refused rows is held" -C "$w" run
before=$(newest)
refused_rows 2 "its rows can't be had" --batch "$before" --rows "$rows"
keep_rows yes
expect_exit 4 "a night that keeps them holds it again" -C "$w" run
held=$(newest)
check "with its rows, as another batch" test "$(query "$w/skillgain.db" "SELECT count(*) FROM kept_row WHERE batch = $held AND $held > $before")" = 7
expect_exit 4 "and the next one too" -C "$w" run
check "but as the same" test "$(newest)" = "$held"
run_ok "its rows can be looked at" -C "$w" quarantine --batch "$held" --rows "$rows"
check "they are the same" diff <(cut -d, -f2- "$scratch/expected") <(cut -d, -f2- "$rows")
rm "$rows"
run_ok "it is accepted" -C "$w" import --accept "$held"
check "its kept rows are those of the new batch now" test "$(query "$w/skillgain.db" "SELECT group_concat(DISTINCT batch) FROM kept_row WHERE batch >= $held")" = "$(newest)"
run_ok "it is taken back" -C "$w" import --undo "$(newest)"
check "and they are gone" test "$(query "$w/skillgain.db" "SELECT count(*) FROM kept_row WHERE batch >= $held")" = 0
check "and none else was kept since they were not asked for" test "$(lines_kept)" = 0
run_ok "the whole file can be taken back" -C "$w" import --undo "$(query "$w/skillgain.db" "SELECT max(id) FROM batch WHERE kind = 'enrollment' AND state = 'applied'")"
run_ok "to come in again" -C "$w" import "$exports/enrollment.csv"
check "with its rows" test "$(lines_kept)" = 7

# ---------------------------------------------------------------- forgetting

echo "somebody nobody knows" | "$SKILLGAIN" -C "$w" forget >"$scratch/said" 2>&1
expect_message "forgetting says that they go" "7 kept lines with refused rows are gone"
check "none is kept any more" test "$(lines_kept)" = 0
check "and none of their bytes is left" test -z "$(in_database)"
printf 'X1\n' | "$SKILLGAIN" -C "$w" forget >"$scratch/said" 2>&1
sed "s/$canary One/$canary 1/" "$exports/enrollment.csv" >"$w/inbox/enrollment.csv"
run_ok "a night after it" -C "$w" run
expect_message "it keeps the others again" "6 of 7 refused rows are kept"
check "but not the row of who was forgotten" test -z "$(grep -laF "$canary 1" "$w"/skillgain.db*)"

# ---------------------------------------------------------------- no longer

check "rows are kept" test "$(lines_kept)" = 6
keep_rows no
run_ok "a look at the store" -C "$w" status
check "leaves them" test "$(lines_kept)" = 6
refused_rows 2 "they can't be had any more" --batch "$(newest)" --rows "$rows"
dump_store "$w/skillgain.db" | grep -v "^kept_row" >"$scratch/before"
run_ok "the next command that writes" -C "$w" run
check "takes them out" test "$(lines_kept)" = 0
check "without a trace" test -z "$(in_database)"
check "and nothing else" diff <(grep -v '^run|' "$scratch/before") <(dump_store "$w/skillgain.db" | grep -v '^run|')

# ---------------------------------------------------------------- no more of them than is said

keep_rows yes
sed -i 's/^  max_quarantined:.*/  max_quarantined: 1/' "$w/skillgain.yaml"
{ head -n 50 "$exports/gain.csv"; seq 10100; } >"$w/inbox/gain.csv"
run_ok "ten thousand refused rows and more" -C "$w" run
expect_message "it says how many of them are kept" "10,000 of 10,100 refused rows are kept"
run_ok "they are written" -C "$w" quarantine --batch "$(newest gain)" --rows "$rows"
expect_message "and that there were more" "10000 of 10100 refused rows" "the first 10000 lines"
check "the first ones" diff <(seq 10000 | sed 's/.*/"&"/') <(sed 1d "$rows" | cut -d, -f3)
finish
