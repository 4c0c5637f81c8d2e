#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Who may read what, under a umask that would let everybody in: all of a workspace is its owner's alone, but for editions, which are
# made for others. And no memory of the program can be dumped to a file.
# shellcheck disable=SC2317 # functions are called by their names
# shellcheck source=tests/e2e/lib.sh
. "$(dirname -- "${BASH_SOURCE[0]}")/lib.sh"
need sqlite3

generate "$scratch/state" --learners 1200 --no-dirt
umask 000
w=$scratch/w
run_ok "a workspace" init "$w"
sed -i '/^  dimensions:/,/single_parent\]/c\  dimensions: [race_ethnicity, sex]' "$w/skillgain.yaml"
name_agency "$w"
chmod 600 "$w/skillgain.yaml" # sed has made it anew
deliver "$w" "$scratch/state/exports/enrollment.csv" "$scratch/state/exports/gain.csv"

check "nothing that init made is open to others" test -z "$(find "$w" -path "$w/inbox/*" -prune -o -perm /077 -print)"

# ---- while it runs: standard input keeps an import under way
mkfifo "$scratch/pipe"
"$SKILLGAIN" -C "$w" import - <"$scratch/pipe" >"$scratch/said" 2>&1 &
pid=$!
exec 9>"$scratch/pipe"
head -n 1500 "$scratch/state/exports/enrollment.csv" >&9
for ((i = 0; i < 100; i++)); do
    [ -e "$w/skillgain.db" ] && [ -e "$w/.lock" ] && break
    sleep 0.1
done
check "a database and a lock are there while it runs" test -e "$w/skillgain.db" -a -e "$w/.lock"
check "what is there while it runs is open to nobody else" test -z "$(find "$w" -path "$w/inbox/*" -prune -o -perm /077 -print)"
core=$(awk '/^Max core file size/ { print $5 "/" $6 }' "/proc/$pid/limits")
check "its core file may have no byte" test "$core" = 0/0
exec 9>&-
wait "$pid"
check "it ends well" grep -q '^IMPORTED' "$scratch/said"

run_ok "a night" -C "$w" run
"$SKILLGAIN" -C "$w" run >/dev/null 2>&1 # a database that is there already is written by a log
run_ok "an edition" -C "$w" release
check "database, lock, key, drafts and archive are open to nobody else" \
    test -z "$(find "$w" \( -path "$w/inbox/*" -o -path "$w/archive/*" -o -path "$w/output/editions" \) -prune -o ! -type l -perm /077 -print)"
edition=$(find "$w/output/editions" -mindepth 1 -maxdepth 1 -type d)
check "there is an edition" test -n "$edition"
check "others may read it" test -z "$(find "$edition" \( -type f ! -perm 644 -o -type d ! -perm 755 \) -printf "%m %P\n")"
check "and nobody else may write anything" test -z "$(find "$w/output" ! -type l -perm /022)"

# ---- while a database that is there is written, its log
second=$scratch/second.csv
sed 's/,ABE2,/,ABE3,/' "$scratch/state/exports/enrollment.csv" >"$second"
"$SKILLGAIN" -C "$w" import - <"$scratch/pipe" >"$scratch/said" 2>&1 &
pid=$!
exec 9>"$scratch/pipe"
head -n 1500 "$second" >&9
for ((i = 0; i < 100; i++)); do
    [ -e "$w/skillgain.db-wal" ] && break
    sleep 0.1
done
check "the database's log is there" test -e "$w/skillgain.db-wal"
check "log and index of the log are open to nobody else" test -z "$(find "$w" -name 'skillgain.db*' -perm /077)"
exec 9>&-
wait "$pid"

# ---- dumps
if command -v strace >/dev/null && strace -qq -o /dev/null true 2>/dev/null; then
    ASAN_OPTIONS+=:detect_leaks=0
    strace -f -qq -e trace=prctl,openat -e signal=none -o "$scratch/calls" "$SKILLGAIN" -C "$w" status >/dev/null 2>&1
    undumpable=$(grep -nE 'prctl\(PR_SET_DUMPABLE, (SUID_DUMP_DISABLE|0)' "$scratch/calls" | head -n 1 | cut -d: -f1)
    first_file=$(grep -n 'skillgain\.yaml' "$scratch/calls" | head -n 1 | cut -d: -f1)
    check "it can't be dumped before it has read its first file" test "${undumpable:-999999}" -lt "${first_file:-0}"
else
    skip "it can't be dumped" "strace is not installed or not allowed"
fi
finish
