#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# SQL: each file opens with a comment that says what it is for; tables are STRICT; nothing selects by '*'; a query is one
# statement with named parameters.
# shellcheck source=tests/lint/lib.sh
. "$(dirname -- "${BASH_SOURCE[0]}")/lib.sh"

bare()          # FILE: without comments and literals, line for line
{
    sed -E "s/--.*//; s/'[^']*'/''/g" "$1"
}

for file in sql/schema/*.sql sql/query/*.sql; do
    [ -f "$file" ] || continue
    head -n 1 "$file" | grep -q '^--' || finding "$file:1: does not begin with a comment ('-- ...')"
    findings_of < <(bare "$file" | grep -niE 'select[[:space:]]+([a-z_]+\.)?\*' |
        sed "s,^\([0-9]*\):.*,$file:\1: names no columns (select *),")
    case $file in
    sql/query/*)
        ! bare "$file" | tr '\n' ' ' | grep -q ';[[:space:]]*[^[:space:]]' || finding "$file:1: more than one statement"
        findings_of < <(bare "$file" | grep -nE '\?|\$[A-Za-z]|@[A-Za-z]' |
            sed "s,^\([0-9]*\):.*,$file:\1: a parameter that is not of the form :name,")
        ;;
    sql/schema/*)
        findings_of < <(bare "$file" | tr '\n' ' ' | tr ';' '\n' | grep -iE '^[[:space:]]*create[[:space:]]+table' |
            grep -viE '\)[^)]*strict[^)]*$' | sed -E "s,^[[:space:]]*([A-Za-z]+ +[A-Za-z]+ +[A-Za-z_]+).*,$file:1: \1 is not STRICT,")
        ;;
    esac
done
finish
