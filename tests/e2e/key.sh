#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# The key: a night without it, with another one or with one that others can reach ends before anything is read or changed; and a
# new key in place of an old one, by the steps of the README, gives the same figures of other pseudonyms.
# shellcheck disable=SC2317,SC2016 # functions are called by their names; private shells expand for themselves
# shellcheck source=tests/e2e/lib.sh
. "$(dirname -- "${BASH_SOURCE[0]}")/lib.sh"
need sqlite3

generate "$scratch/state" --learners 300 --no-dirt
exports=$scratch/state/exports
old=$scratch/old
run_ok "a workspace" init "$old"
check "its key is its owner's alone" test "$(stat -c %a "$old/key")" = 600
check "and has 32 bytes, in hexadecimal digits" grep -qxE '[0-9a-f]{64}' "$old/key"
deliver "$old" "$exports/enrollment.csv" "$exports/gain.csv"
run_ok "a first night" -C "$old" run
sed -e '11d;42d' -e '/,ABE6,/s/,TABE_11_12,/,CASAS_GOALS,/' "$exports/enrollment.csv" >"$old/inbox/enrollment.csv"
run_ok "a second night" -C "$old" run

# ---------------------------------------------------------------- keys that are refused

cp "$old/key" "$scratch/key"
dump_store "$old/skillgain.db" >"$scratch/before"
refused()       # SENTENCE TEXT: no command takes the key as it now is, and nothing changes
{
    local command
    for command in run report status; do
        expect_exit 2 "$1: $command" -C "$old" "$command"
        expect_message "$1: $command says why" "$2"
    done
    check "$1: no digit of a key is told" bash -c '! grep -qF "$1" "$2"' - "$(cut -c 1-12 "$scratch/key")" "$scratch/said"
    check "$1: the store is as it was" diff "$scratch/before" <(dump_store "$old/skillgain.db")
    rm -rf "$old/key"
    install -m 600 "$scratch/key" "$old/key"
}
rm "$old/key"
refused "no key" key
tr 0-9a-f 1-9a-f0 <"$scratch/key" | install -m 600 /dev/stdin "$old/key"
refused "another key" "another key"
chmod 640 "$old/key"
refused "a key that others can read" "chmod 600"
mv "$old/key" "$old/elsewhere"
ln -s elsewhere "$old/key"
refused "a key behind a link" "symbolic link"
head -c 62 "$scratch/key" | install -m 600 /dev/stdin "$old/key"
refused "a key of 31 bytes" damaged
run_ok "the right key is taken again" -C "$old" status

# ---------------------------------------------------------------- a new key, by the steps of the README

new=$scratch/new
run_ok "a workspace with a key of its own" init "$new"
cp "$old/skillgain.yaml" "$new/skillgain.yaml"
[ -z "$(ls "$old/crosswalks")" ] || cp "$old"/crosswalks/* "$new/crosswalks/"
for file in "$old"/archive/*; do
    name=${file##*/}
    cp -p "$file" "$new/inbox/${name#*-}"
    run_program -C "$new" import "$new/inbox/${name#*-}"
    expect_code 0 "'$name' comes in anew"
done
run_ok "a draft of the new store" -C "$new" report
check "the keys differ" bash -c '! cmp -s "$1/key" "$2/key"' - "$old" "$new"
# Learners lie in the order of their pseudonyms, and sums of doubles know the order of their terms in the last digits.
same_figures()
{
    paste -d '\n' "$1/output/drafts/latest/results.csv" "$2/output/drafts/latest/results.csv" | awk -F, '
        NR % 2 { split($0, left); n = NF; next }
        { if (n != NF) { print "line " NR / 2 " has another number of fields"; bad = 1; next }
          for (i = 1; i <= NF; i++) {
              if (left[i] == $i) continue
              distance = left[i] - $i; if (distance < 0) distance = -distance
              size = $i < 0 ? -$i : $i + 0
              if ($i !~ /^-?[0-9]+[.][0-9]/ || distance > 1e-12 * (size > 1 ? size : 1)) {
                  print "line " NR / 2 ": " left[i] " is " $i; bad = 1 } } }
        END { exit bad || NR < 100 }'
}
check "the figures are the same" same_figures "$old" "$new"
pseudonyms() { query "$1/skillgain.db" "SELECT hex(learner) FROM enrollment UNION SELECT hex(learner) FROM gain ORDER BY 1"; }
check "there are as many learners" test "$(pseudonyms "$old" | wc -l)" = "$(pseudonyms "$new" | wc -l)"
check "no pseudonym is an old one" test -z "$(comm -12 <(pseudonyms "$old") <(pseudonyms "$new"))"
cp "$new/key" "$scratch/key" # for what follows
dump_store "$old/skillgain.db" >"$scratch/before"
install -m 600 "$new/key" "$old/key"
refused "the new key on the old store" "another key"
finish
