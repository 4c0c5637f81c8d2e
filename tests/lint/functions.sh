#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# No function beyond 60 lines, no source beyond 500, no header beyond 200. A function is what stands between a brace
# in the first column and its end, which is how this project is formatted.
# shellcheck source=tests/lint/lib.sh
. "$(dirname -- "${BASH_SOURCE[0]}")/lib.sh"

while IFS= read -r file; do
    findings_of < <(awk -v file="$file" '
        /^[A-Za-z_].*\(/ { head = FNR }
        /^\{/ { open = FNR }
        /^\}/ { if (open && FNR - open + 1 > 60) printf "%s:%d: a function of %d lines (at most 60)\n", file, head, FNR - open + 1
                open = 0 }' "$file")
    lines=$(wc -l <"$file")
    case $file in *.c) most=500 ;; *) most=200 ;; esac
    [ "$lines" -le "$most" ] || finding "$file:1: $lines lines (at most $most)"
done < <(c_files src include tests sample-data)
finish
