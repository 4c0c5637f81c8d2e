#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Makes the exports that go wrong, and the table of what is expected of them, from tests/corpus/cases: make.sh [FOLDER]
# FOLDER/exports and FOLDER/expected.csv are written (default: beside this script). The same cases make the same bytes on every
# machine; README.md says what a case looks like.
# shellcheck disable=SC2206,SC2154 # splitting is meant; the templates are in templates.sh
set -euf # no names of files are meant
export LC_ALL=C
home=$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")
to=${1-$home}
exports=$to/exports
table=$to/expected.csv
mkdir -p "$exports"
find "$exports" -type f -delete

# shellcheck source=tests/corpus/templates.sh
. "$home/templates.sh"

die()           # SENTENCE
{
    echo "$file, line $line: $1" >&2
    exit 1
}

trim()          # TEXT: into $trimmed, without blanks at its ends
{
    trimmed=${1#"${1%%[! ]*}"}
    trimmed=${trimmed%"${trimmed##*[! ]}"}
}

# ---------------------------------------------------------------- the bytes

# The template's spare row with VALUE in the column COLUMN, into $row.
put_value()     # TEMPLATE COLUMN VALUE
{
    local IFS=, names values i found=
    names=(${head_of[$1]})
    values=(${row_of[$1]})
    for i in "${!names[@]}"; do
        [ "${names[i]}" = "$2" ] || continue
        values[i]=$3
        found=yes
    done
    [ -n "$found" ] || die "template '$1' has no column '$2'"
    for ((i = ${#values[@]}; i < ${#names[@]}; i++)); do values[i]=; done
    row="${values[*]}"
}

write_export()  # NAME RECIPE TEXT
{
    local template=${2%%.*} out=$exports/$1 row=$3
    case $2 in
    text) printf '%b' "$3" >"$out"; return ;;
    made) "make_${3//-/_}" >"$out"; return ;;
    *.*) put_value "$template" "${2#*.}" "$3" ;;
    esac
    [ -n "${head_of[$template]-}" ] || die "there is no template '$template'"
    {
        printf '%s\n' "${head_of[$template]}"
        printf '%b' "${good_of[$template]}"
        [ -z "$row" ] || printf '%b\n' "$row"
    } >"$out"
}

# ---------------------------------------------------------------- the table

quote()         # TEXT...: as fields of a CSV line, behind what is in $csv
{
    local text
    for text; do
        csv+=${csv:+,}\"${text//\"/\"\"}\"
    done
}

# Short for what a row behind the template's three good ones comes to: take, hold, drop; then findings.
# Else status, stored, repeated, replaced, refused and dropped; then findings; then a part of the refusal's message.
write_expected() # NAME CLASS OUTCOME CONTENTS REASON
{
    local csv='' word counts findings='' message='' status=ok rest read=0 n
    rest=$3
    case $rest in *' ~ '*) message=${rest#*' ~ '} rest=${rest%%' ~ '*} ;; esac
    case $rest in *': '*) findings=${rest#*': '} rest=${rest%%': '*} ;; esac
    counts=(${rest%:})
    word=${counts[0]-}
    case $word in
    take) counts=(4 0 0 0 0) ;;
    hold) counts=(3 0 0 1 0) ;;
    drop) counts=(3 0 0 0 1) ;;
    ok) counts=("${counts[@]:1}") ;;
    refuse) status=refused counts=("${counts[@]:1}") ;;
    *) die "'$word' is no outcome" ;;
    esac
    [ "$status" = ok ] || [ ${#counts[@]} -gt 0 ] || counts=(0 0 0 0 0)
    [ ${#counts[@]} = 5 ] || die "an outcome has five counts"
    for n in "${counts[@]}"; do read=$((read + n)); done
    quote "$1" "$2" "$4" "$status" "$read" "${counts[@]}" "$findings" "$message" "$5"
    printf '%s\n' "$csv" >>"$table"
}

# ---------------------------------------------------------------- the cases

printf '%s\n' file,class,contents,status,read,stored,repeated,replaced,refused,dropped,findings,message,reason >"$table"
for class in code date encoding file header id injection lines number quote rows shape size; do
    file=$home/cases/$class.txt
    line=0
    while IFS= read -r text; do
        line=$((line + 1))
        case $text in '' | '#'*) continue ;; esac
        parts=()
        while case $text in *' | '*) true ;; *) false ;; esac; do
            trim "${text%%' | '*}"
            parts+=("$trimmed")
            text=${text#*' | '}
        done
        trim "$text"
        parts+=("$trimmed")
        [ ${#parts[@]} = 6 ] || die "a case has six parts"
        name=${parts[0]}
        case $name in "$class"-*) ;; *) die "'$name' is of another class" ;; esac
        case $name in *.gz) ;; *) name+=.csv ;; esac
        [ ! -e "$exports/$name" ] || die "there are two cases '$name'"
        write_export "$name" "${parts[1]}" "${parts[2]}"
        write_expected "$name" "$class" "${parts[3]}" "${parts[4]}" "${parts[5]}"
    done <"$file"
done
