# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=bash
# What the checks share. Each prints its findings as FILE:LINE: TEXT and ends by `finish`.
set -u
export LC_ALL=C
cd "$(dirname -- "${BASH_SOURCE[0]}")/../.." || exit 1
findings=0

finding()       # TEXT
{
    printf '%s\n' "$1"
    findings=$((findings + 1))
}

findings_of()   # the lines of standard input, each a finding
{
    local line
    while IFS= read -r line; do
        finding "$line"
    done
}

finish()
{
    [ "$findings" = 0 ]
    exit
}

files()         # what git has or would take; in an unpacked release, all but the build
{
    if git rev-parse --git-dir >/dev/null 2>&1; then
        git ls-files --cached --others --exclude-standard
    else
        find . -path ./build -prune -o -type f -print | sed 's,^\./,,'
    fi | while IFS= read -r file; do [ ! -f "$file" ] || printf '%s\n' "$file"; done | sort
}

c_files()       # FOLDER...
{
    local present=()
    for folder in "$@"; do [ ! -d "$folder" ] || present+=("$folder"); done
    find "${present[@]}" -name '*.[ch]' | sort
}

code_of()       # FILE: line for line, comments and the insides of literals made blank
{
    awk -f tests/lint/strip.awk "$1"
}
