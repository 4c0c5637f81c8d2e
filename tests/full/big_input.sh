#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Very large and very bad input by standard input: refused or handled within memory and time, and the limits of a whole file at the
# limit and one beyond it. Peak memory is what the kernel says of the process while it runs.
# shellcheck disable=SC2317 # functions are called by their names
# shellcheck source=tests/e2e/lib.sh
. "$(dirname -- "${BASH_SOURCE[0]}")/../e2e/lib.sh"
case $variant in release | debug) ;; *) echo "skipped: a sanitizer's memory is not the program's"; exit 77 ;; esac

head=learner_id,college,start_date,end_date,contact_hours,iet,entering_level,sex
row=001,01,2024-09-02,2024-12-13,40,no,ABE3,female
w=$scratch/office

# Imports what MAKER prints; KIB: the most memory; SECONDS: the most time, on a machine that has nothing else to do (three times as
# much is allowed here).
import_stream() # NAME EXIT KIB SECONDS MAKER...
{
    local name=$1 code=$2 most=$3 seconds=$4 peak=0 now begun=$SECONDS pid
    shift 4
    rm -rf "$w"
    new_workspace "$w"
    "$SKILLGAIN" -C "$w" import --kind enrollment - < <("$@" 2>/dev/null) >"$scratch/said" 2>&1 &
    pid=$!
    while now=$(awk '/^VmHWM/ { print $2 }' "/proc/$pid/status" 2>/dev/null) && [ -n "$now" ]; do
        peak=$now
        sleep 0.02
    done
    rc=0
    wait "$pid" || rc=$?
    after_run
    begun=$((SECONDS - begun))
    echo "        $name: $begun s, $((peak / 1024)) MiB, $(wc -c <"$scratch/said") bytes said"
    expect_code "$code" "$name"
    check "$name: memory up to $((most / 1024)) MiB" test "$peak" -le "$most" -a "$peak" -gt 0
    check "$name: time up to three times $seconds s" test "$begun" -le $((3 * seconds))
    check "$name: what is said and logged is up to 1 MiB" test "$(cat "$scratch/said" "$w"/logs/* 2>/dev/null | wc -c)" -le 1048576
}

bytes()         # COUNT CHARACTER
{
    head -c "$1" /dev/zero | tr '\0' "$2"
}
lines()         # COUNT LINE
{
    yes -- "$2" | head -n "$1"
}
long_field()    { printf '%s,note\n%s,' "$head" "$row"; bytes "$1" x; printf '\n'; }
long_quoted()   { printf '%s,note\n%s,"' "$head" "$row"; bytes "$1" x; printf '"\n'; }
many_columns()  { printf %s "$head"; bytes 1000000 ,; printf '\n%s\n' "$row"; }
many_fields()   { printf '%s\n%s' "$head" "$row"; bytes 1000000 ,; printf '\n'; }
copies()        { printf '%s\n' "$head"; lines "$1" "$row"; }
empty_lines()   { printf '%s\n%s\n%s\n%s\n' "$head" "$row" "${row/001/002}" "${row/001/003}"; lines 1000000 ''; }
bad_lines()     { printf '%s\n%s\n%s\n%s\n' "$head" "$row" "${row/001/002}" "${row/001/003}"; lines 1000000 "$1"; }
blank_start()   { lines 1000000 ''; printf '%s\n%s\n' "$head" "$row"; }

mib=1024
million=1000000
import_stream "a field of 64 MiB" 3 $((256 * mib)) 20 long_field $((64 << 20))
expect_message "it is refused by its limit" "'limits.record'"
import_stream "a quoted field of 64 MiB" 3 $((256 * mib)) 20 long_quoted $((64 << 20))
import_stream "a field of 2 GiB and 16 bytes" 3 $((256 * mib)) 30 long_field $(((2 << 30) + 16))
import_stream "a million columns" 3 $((256 * mib)) 20 many_columns
expect_message "they are refused by their limit" "'limits.columns'"
import_stream "a row of a million fields" 3 $((256 * mib)) 20 many_fields
import_stream "a million copies of a row" 0 $((256 * mib)) 20 copies $million
expect_message "they are counted once" "1,000,000 rows = 1 stored + 999,999 repeated"
import_stream "a million empty lines" 0 $((256 * mib)) 20 empty_lines
expect_message "they are dropped" "1,000,000 dropped"
import_stream "a million bad dates" 4 $((256 * mib)) 20 bad_lines 004,01,2024-02-30,,40,no,ABE3,female
expect_message "they are counted" "1000000 of 1000003 rows were refused"
import_stream "a million lines with broken quotes" 4 $((256 * mib)) 20 bad_lines '0"0"4,01,2024-02-03,,40,no,ABE3,female'
import_stream "a million lines of two fields" 4 $((256 * mib)) 20 bad_lines 'a,b'
import_stream "a million empty lines and then a header" 0 $((256 * mib)) 20 blank_start

# ---------------------------------------------------------------- limits of a whole file

import_stream "ten million rows" 0 $((256 * mib)) 60 copies 10000000
expect_message "they are counted once" "10,000,000 rows = 1 stored + 9,999,999 repeated"
import_stream "ten million rows and one" 3 $((256 * mib)) 60 copies 10000001
expect_message "they are refused by their limit" "more than 10000000 rows"

# Rows of 65,536 bytes: the last one is cut so that the file has exactly so many bytes.
of_size()       # BYTES
{
    { printf '%s,note\n' "$head"; yes -- "$row,$(bytes $((65536 - ${#row} - 2)) x)"; } | head -c "$1"
}
import_stream "a file of 2 GiB" 0 $((256 * mib)) 60 of_size $((2 << 30))
import_stream "a file of 2 GiB and a byte" 3 $((256 * mib)) 60 of_size $(((2 << 30) + 1))
expect_message "it is refused by its limit" "larger than 2 GiB"
finish
