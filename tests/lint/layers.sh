#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# The layer rule: which part may include which, where each foreign library has its home, who may print, end the program
# or ask the clock, and which functions nobody calls. The table is the one of src/README.md.
# shellcheck source=tests/lint/lib.sh
. "$(dirname -- "${BASH_SOURCE[0]}")/lib.sh"

declare -A USES=(
    [base]=""
    [model]="base"
    [config]="model base"
    [ingest]="config model base"
    [store]="model base"
    [across]="model base"
    [stats]="model base"
    [cohort]="store config model base"
    [nrs]="cohort config model base"
    [analysis]="cohort stats config model base"
    [disclosure]="stats model base"
    [report]="disclosure model base"
    [batch]="report disclosure analysis nrs cohort stats across store ingest config model base"
    [cli]="batch report disclosure analysis nrs cohort stats across store ingest config model base"
)
# header (a pattern) and the parts that may include it
HOMES='
sqlite3.h       store
csv.h           ingest
zlib.h          ingest report
gsl/*           stats
yaml.h          config
jansson.h       base
sodium.h        base
openssl/*       base
utf8proc.h      base
libxml/*        report
xlsxwriter.h    report
glpk.h          disclosure
cmocka.h        -
gen/sql_catalog.h   store
gen/text_catalog.h  config report batch cli
skillgain/version.h analysis report batch cli
'

is_among()      # WORD "WORDS"
{
    case " $2 " in *" $1 "*) return 0 ;; esac
    return 1
}

part_of()       # FILE under src or include/skillgain: its part in REPLY (a process for each include would take minutes)
{
    REPLY=${1#src/}
    REPLY=${REPLY#include/skillgain/}
    REPLY=${REPLY%%/*}
    REPLY=${REPLY%.h}
}

check_foreign() # WHERE PART HEADER: is it one of HOMES, and is this its home?
{
    local pattern homes
    while read -r pattern homes; do
        [ -n "$pattern" ] || continue
        # shellcheck disable=SC2254 # a pattern is meant
        case $3 in
        $pattern)
            case $1 in include/*) finding "$1: <$3>: no public header shows a foreign or generated one" ;; esac
            is_among "$2" "$homes" || finding "$1: $2 includes '$3', whose home is: $homes"
            return 0
            ;;
        esac
    done <<<"$HOMES"
    return 1
}

check_include() # FILE LINE HEADER QUOTED(0|1)
{
    local where="$1:$2" part other header=$3
    part_of "$1"
    part=$REPLY
    if check_foreign "$where" "$part" "$header"; then return; fi
    case $header in
    *..*) finding "$where: '$header': a path that goes up" ;;
    skillgain/*)
        part_of "include/$header"
        other=$REPLY
        [ -f "include/$header" ] || finding "$where: '$header' does not exist"
        # The public face of cohort is seen by analysis, which must not see the store through it.
        if [ "$other" = store ] && [[ $1 == include/skillgain/cohort* ]]; then
            finding "$where: the header of cohort is seen by analysis: name the store's type, do not include it"
        fi
        [ "$other" = "$part" ] || is_among "$other" "${USES[$part]}" ||
            finding "$where: $part may not use $other (it may use: ${USES[$part]:-nothing of ours})"
        ;;
    *)
        [ "$4" = 1 ] || return 0
        # A private header: beside the file, or by its part's name; never another part's.
        if [[ $header == */* ]]; then
            [ "${header%%/*}" = "$part" ] || finding "$where: '$header' is private to ${header%%/*}"
        elif [ ! -f "${1%/*}/$header" ]; then
            finding "$where: '$header' is not beside the file"
        fi
        ;;
    esac
}

check_includes()    # FILE CODE
{
    local line header quoted
    while IFS=: read -r line header; do
        quoted=0
        case $header in \"*) quoted=1 ;; esac
        header=${header//[\"<>]/}
        check_include "$1" "$line" "$header" "$quoted"
    done < <(sed -nE '=;s/^[ \t]*#[ \t]*include[ \t]*(["<][^">]*[">]).*/include \1/p' <<<"$2" |
        awk '/^[0-9]+$/ { line = $0; next } { print line ":" $2 }')
}

# name, pattern (extended, on code without comments and literals), parts or files where it is allowed
calls()
{
    cat <<'LIST'
ends the program|(exit|_exit|_Exit|abort|quick_exit)[ ]*\(|cli
prints|(printf|vprintf|puts|putchar|perror|psignal)[ ]*\(|cli
writes to a standard stream|(stdout|stderr|stdin)([^A-Za-z0-9_]|$)|cli base/log.c
asks the environment|(getenv|secure_getenv|setenv|unsetenv|putenv)[ ]*\(|cli
asks the clock|(time|localtime|localtime_r|gmtime|gmtime_r|clock_gettime|gettimeofday|clock)[ ]*\(|base/day.c base/log.c batch cli
sets or asks the locale|(setlocale|localeconv|newlocale|uselocale)[ ]*\(|
draws hidden randomness|(rand|srand|random|srandom|drand48)[ ]*\(|
is unsafe or gives no error|(strcpy|strcat|sprintf|vsprintf|gets|strncat|strtok|atoi|atol|atoll|atof|sscanf|alloca)[ ]*\(|
reads a number without base/parse|(strtod|strtof|strtold|strtol|strtoll|strtoul|strtoull)[ ]*\(|base/parse.c base/text.c config
starts a shell or a guessable file|(system|popen|mktemp|tmpnam|tempnam|tmpfile)[ ]*\(|
LIST
}

CALLS=$(calls | sed -E 's/^([^|]*)\|(.*)\|([^|]*)$/\1~\2~\3/')
ANY_CALL=$(cut -d '~' -f 2 <<<"$CALLS" | paste -s -d '|')

check_calls()       # FILE CODE
{
    local what pattern allowed place=${1#src/} line
    grep -qE "(^|[^A-Za-z0-9_])($ANY_CALL)" <<<"$2" || return 0     # most files have none
    while IFS='~' read -r what pattern allowed; do
        is_among "$place" "$allowed" && continue
        is_among "${place%%/*}" "$allowed" && continue
        while IFS=: read -r line _; do
            finding "$1:$line: $what$([ -z "$allowed" ] || echo " (allowed in: $allowed)")"
        done < <(grep -nE "(^|[^A-Za-z0-9_])$pattern" <<<"$2")
    done <<<"$CALLS"
}

while IFS= read -r file; do
    case $file in src/tools/* | include/skillgain.h | include/skillgain/version.h) continue ;; esac
    part_of "$file"
    part=$REPLY
    if [ -z "${USES[$part]+known}" ]; then
        finding "$file:1: '$part' is no part of this program"
        continue
    fi
    code=$(code_of "$file")
    check_includes "$file" "$code"
    check_calls "$file" "$code"
done < <(c_files src include)
finish
