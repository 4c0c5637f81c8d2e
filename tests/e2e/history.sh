#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# What the store remembers and what it can give up: a batch taken back exactly, a past night rebuilt, a learner forgotten without a
# trace; and a delivery of which little is new ends in the same store as one that is read anew.
# shellcheck disable=SC2317 # functions are called by their names
# shellcheck source=tests/e2e/lib.sh
. "$(dirname -- "${BASH_SOURCE[0]}")/lib.sh"
need sqlite3 xxd

generate "$scratch/small" --learners 300 --no-dirt
exports=$scratch/small/exports
w=$scratch/w
new_workspace "$w"
deliver "$w" "$exports/enrollment.csv" "$exports/gain.csv"
run_ok "a first night" -C "$w" run
first=$(readlink "$w/output/drafts/latest")
cp -a "$w" "$scratch/after-first"

# ---------------------------------------------------------------- the next night: rows changed, added, withdrawn
# Rows 11 and 42 lie in scopes that have many others.
sed -e '11d;42d' -e '7s/,[a-z_]*,no,/,integrated,yes,/' -e '/,ABE6,/s/,TABE_11_12,/,CASAS_GOALS,/' "$exports/enrollment.csv" >"$scratch/next.csv"
sed -n 11p "$exports/enrollment.csv" | sed 's/,E[0-9]*,/,E9999999,/' >>"$scratch/next.csv"
deliver "$w" "$scratch/next.csv"
run_ok "a night of which little is new" -C "$w" run
check "most rows are as before, some are not" test "$(query "$w/skillgain.db" "SELECT n_unchanged > 9 * n_added + n_changed AND n_changed > 0 AND n_withdrawn > 0 FROM batch WHERE id = 3")" = 1
second=$(readlink "$w/output/drafts/latest")
check "its draft is another" test "$first" != "$second"

check "rows with findings are known by their texts like others" test "$(query "$scratch/after-first/skillgain.db" \
    "SELECT count(*) > 0 AND count(raw) = count(*) FROM enrollment WHERE verdict IS NOT NULL")" = 1
check "their findings are told on the second night too" test "$(query "$w/skillgain.db" "SELECT count(*) > 0 FROM finding f
    JOIN finding g ON g.batch = 1 AND g.rule = f.rule AND g.line = f.line AND g.field = f.field WHERE f.batch = 3 AND f.rule LIKE 'R3%'")" = 1

# The same deliveries where no line is known by its text, because each was read before by a crosswalk of another name.
slow=$scratch/slow
cp -a "$scratch/after-first" "$slow"
sqlite3 "$slow/skillgain.db" "UPDATE enrollment SET raw = NULL"
deliver "$slow" "$scratch/next.csv"
run_ok "the same night with every line read anew" -C "$slow" run
# The text of a row that has ended is asked for by nobody.
for db in "$w" "$slow"; do
    sqlite3 "$db/skillgain.db" "UPDATE enrollment SET raw = NULL WHERE id IN (SELECT row FROM row_end WHERE kind = 0)"
done
check "what is known by its text and what is read anew end in the same store" same_store "$w/skillgain.db" "$slow/skillgain.db"
check "and in the same outputs" same_files "$w/output" "$slow/output"
check "one thread makes the same store" bash -c '
    cp -a "$1/after-first" "$1/one" && cp "$1/next.csv" "$1/one/inbox/" && "$2" -C "$1/one" --jobs 1 run >/dev/null' - "$scratch" "$SKILLGAIN"
sqlite3 "$scratch/one/skillgain.db" "UPDATE enrollment SET raw = NULL WHERE id IN (SELECT row FROM row_end WHERE kind = 0)"
check "one thread, the same dump" same_store "$w/skillgain.db" "$scratch/one/skillgain.db"

# ---------------------------------------------------------------- a past night
run_ok "the first night is rebuilt from the store" -C "$w" report --as-of-batch 2 --output "$scratch/rebuilt"
check "it is the draft of that night to the byte" diff -r "$w/output/drafts/$first" "$scratch/rebuilt"
check "'latest' stays where it is" test "$(readlink "$w/output/drafts/latest")" = "$second"
expect_exit 2 "a batch that never was can't be asked for" -C "$w" report --as-of-batch 99
expect_message "it says so" "no batch 99"

# ---------------------------------------------------------------- a batch taken back
expect_exit 2 "a batch that others were weighed against can't be taken back" -C "$w" import --undo 1
expect_message "it names the later one" "batch 3"
run_ok "the newest batch is taken back" -C "$w" import --undo 3
expect_message "it says what to do next" UNDONE "skillgain report"
same_rows()
{
    for db in "$w" "$scratch/after-first"; do
        query "$db/skillgain.db" "SELECT quote(id), quote(digest), batch, scope, line FROM enrollment UNION ALL
            SELECT 'gain', quote(digest), batch, scope, line FROM gain UNION ALL SELECT 'end', row, batch, kind, 0 FROM row_end
            UNION ALL SELECT 'spoken', scope, batch, 0, 0 FROM delivery_scope ORDER BY 1, 2" >"$scratch/rows.$(basename "$db")"
    done
    cmp "$scratch/rows.w" "$scratch/rows.after-first"
}
check "the rows are those of before, to the last" same_rows
run_ok "the night after" -C "$w" run
check "its draft has the figures of the first night" cmp "$w/output/drafts/latest/results.csv" "$w/output/drafts/$first/results.csv"
deliver "$w" "$scratch/next.csv"
run_ok "the same file can come again" -C "$w" run
check "and ends in the figures that it had" cmp "$w/output/drafts/latest/results.csv" "$slow/output/drafts/latest/results.csv"
expect_exit 2 "a batch taken back can't be taken back twice" -C "$w" import --undo 3
expect_exit 2 "'--undo' stands alone" -C "$w" import --undo 4 "$scratch/next.csv"

# ---------------------------------------------------------------- a learner forgotten
id=$(sed -n '30p' "$exports/enrollment.csv" | cut -d, -f1)
other=$(sed -n '60p' "$exports/enrollment.csv" | cut -d, -f1)
row=$(grep -n "^$id," "$exports/enrollment.csv" | head -n 1 | cut -d: -f1)
pseudonym=$(query "$scratch/after-first/skillgain.db" "SELECT hex(learner) FROM enrollment WHERE batch = 1 AND line = $row")
rows_of() { query "$1/skillgain.db" "SELECT (SELECT count(*) FROM enrollment WHERE hex(learner) = '$2') + (SELECT count(*) FROM gain WHERE hex(learner) = '$2')"; }
found_in_files() # the bytes of the pseudonym, in any file beside the database
{
    local file
    for file in "$w"/skillgain.db*; do xxd -p -c 0 "$file" | grep -qi "$pseudonym" && echo "$file"; done
    return 0
}
check "the learner has rows, past ones too" test "$(rows_of "$w" "$pseudonym")" -gt 1
check "the search finds the pseudonym where it is" test -n "$(found_in_files)"
before=$(query "$w/skillgain.db" "SELECT count(*) FROM enrollment")
said=$(printf '%s\n%s\n' "$id" "nobody-has-this-id" | "$SKILLGAIN" -C "$w" forget 2>&1)
check "forgetting ends well" grep -q "1 of 2 ids had rows" <<<"$said"
check "what it says has no id" bash -c '! grep -qF -e "$1" <<<"$2"' - "$id" "$said"
check "no row of the learner is left" test "$(rows_of "$w" "$pseudonym")" = 0
check "no byte of the pseudonym is left in the database, its log or its free pages" test -z "$(found_in_files)"
check "rows of others stay" test "$(query "$w/skillgain.db" "SELECT count(*) FROM enrollment")" -gt $((before - 20))
check "no line of row_end is left without its row" test "$(query "$w/skillgain.db" "SELECT count(*) FROM row_end x WHERE kind = 0 AND NOT EXISTS (SELECT 1 FROM enrollment e WHERE e.id = x.row)")" = 0
cat "$exports/enrollment.csv" >"$scratch/again.csv"
echo >>"$scratch/again.csv"
deliver "$w" "$scratch/again.csv"
run_ok "a later delivery of everybody" -C "$w" run
check "does not bring the learner back" test "$(rows_of "$w" "$pseudonym")" = 0
check "the rows are dropped and counted" test "$(query "$w/skillgain.db" "SELECT n FROM finding_count WHERE rule = 'R403' ORDER BY batch DESC LIMIT 1")" -ge 1
check "others come as ever" grep -q "^$other," "$exports/enrollment.csv"
expect_exit 2 "nothing to forget is a mistake" -C "$w" forget
run_ok "the store is sound" -C "$w" status

# ---------------------------------------------------------------- standard input, and gzip
p=$scratch/piped
new_workspace "$p"
pipe() { said=$("$SKILLGAIN" -C "$p" import - 2>&1 <"$1"); }
gzip -c "$exports/enrollment.csv" >"$scratch/enrollment.csv.gz"
pipe "$exports/gain.csv"
check "an export comes by standard input" grep -q "^IMPORTED" <<<"$said"
pipe "$exports/gain.csv"
check "the same again is known" grep -q "^KNOWN" <<<"$said"
pipe "$scratch/enrollment.csv.gz"
check "one that is compressed is taken in as what it holds" grep -q "^IMPORTED" <<<"$said"
piped_rows() { query "$1/skillgain.db" "SELECT digest FROM enrollment WHERE batch = $2 ORDER BY digest"; }
check "the rows are those of the file" test "$(piped_rows "$p" 2)" = "$(piped_rows "$scratch/after-first" 1)"
finish
