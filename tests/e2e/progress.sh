#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# The progress line: on a terminal only, with rows, rate, share and the time left, erased at the end; not where it is not wanted.
# shellcheck disable=SC2317,SC2016 # functions are called by their names; private shells expand for themselves
# shellcheck source=tests/e2e/lib.sh
. "$(dirname -- "${BASH_SOURCE[0]}")/lib.sh"
need script

generate "$scratch/state" --learners 3000 --no-dirt
export=$scratch/state/exports/enrollment.csv
w=$scratch/w
new_workspace "$w"

on_terminal()   # COMMAND: as a shell has it; what the terminal was sent is in $scratch/seen
{
    script -qec "$1" "$scratch/typescript" </dev/null >/dev/null 2>&1
    tr '\r' '\n' <"$scratch/typescript" | sed 's/\x1b\[K//g' >"$scratch/seen"
    cat "$scratch/seen" >>"$scratch/log"
}
line='^enrollment\.csv: [0-9,]+ rows'
shows()         # PATTERN: the file's bytes, to explain a failure
{
    grep -qE "$1" "$scratch/seen" || { cat -A "$scratch/seen"; return 1; }
}
erased()        # after the last line that was drawn, before anything else is said
{
    tr -d '\n' <"$scratch/typescript" | grep -qaP 'enrollment\.csv: [0-9,]+ rows[^\r]*\r\x1b\[K(?!enrollment)'
}
shows_none()
{
    ! grep -E ' rows(, [0-9]|$| read)' "$scratch/seen"
}

for command in check import; do
    on_terminal "'$SKILLGAIN' -C '$w' $command '$export'"
    check "$command shows how far it is on a terminal" shows "$line, 0 %"
    check "$command erases the line at the end" erased
    on_terminal "'$SKILLGAIN' --no-progress -C '$w' $command '$export'"
    check "$command shows none with --no-progress" shows_none
    on_terminal "'$SKILLGAIN' -q -C '$w' $command '$export'"
    check "$command shows none with --quiet" shows_none
    on_terminal "'$SKILLGAIN' -C '$w' $command '$export' 2>&1 | cat"
    check "$command shows none in a pipe" shows_none
    on_terminal "'$SKILLGAIN' -C '$w' $command '$export' 2>'$scratch/stderr'"
    check "$command shows none in a file" test ! -s "$scratch/stderr"
done
deliver "$w" "$scratch/state/exports/gain.csv"
on_terminal "'$SKILLGAIN' -C '$w' run"
check "run shows it too" shows '^gain\.csv: [0-9,]+ rows, 0 %'
check "and that rows are being stored" shows '^gain\.csv: [0-9,]+ rows read, storing them'

# By a slow pipe: rows and rate, and no share of what is not known.
on_terminal "(head -c 300000 '$export'; sleep 1; tail -c +300001 '$export') | '$SKILLGAIN' -C '$w' check -"
check "of standard input rows and rate are shown" shows '^standard input: [0-9,]+ rows, [0-9]+\.[0-9] MB/s$'
check "and no share" bash -c '! grep "^standard input.*%" "$1"' - "$scratch/seen"

if command -v strace >/dev/null && strace -qq -o /dev/null true 2>/dev/null; then
    ASAN_OPTIONS+=:detect_leaks=0
    gzip -c "$export" >"$scratch/state/exports/enrollment.csv.gz"
    # a file that is read slowly: 0.6 s for each piece, of 256 KiB
    slowly="strace -f -qq -o /dev/null -e trace=read -e inject=read:delay_exit=600000"
    on_terminal "$slowly -P '$export' '$SKILLGAIN' -C '$w' check '$export'"
    check "of a file rows, rate, share and the time left" shows "$line, [0-9]+\.[0-9] MB/s, [1-9][0-9]* %, [0-9]+ s left\$"
    drawn=$(grep -cE "$line" "$scratch/seen")
    check "the line is drawn a few times, not for every row ($drawn)" test "$drawn" -ge 2 -a "$drawn" -le 20
    on_terminal "$slowly -P '$export.gz' '$SKILLGAIN' -C '$w' check '$export.gz'"
    check "of a compressed file the share is that of its own bytes" shows '^enrollment\.csv\.gz: [0-9,]+ rows, [0-9]+\.[0-9] MB/s, 100 %$'
else
    skip "rate, share and time left of a slow file" "strace is not installed or not allowed"
fi
finish
