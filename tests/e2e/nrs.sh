#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# The federal tables: in every draft, tied out, the same for any number of threads, and never in an edition.
# shellcheck disable=SC2317 # functions are called by their names
# shellcheck source=tests/e2e/lib.sh
. "$(dirname -- "${BASH_SOURCE[0]}")/lib.sh"

w=$scratch/w
tables="1 2 2a 3 4 4a 4b 4c 5 5a 6 9 10 11"

has_all_tables() # FOLDER YEAR...
{
    local folder=$1 year table
    shift
    for year; do
        for table in $tables; do
            [ -s "$folder/nrs/$year/table-$table.csv" ] || { echo "no nrs/$year/table-$table.csv"; return 1; }
        done
    done
}

all_hold()      # FOLDER
{
    local lines held
    lines=$(($(wc -l <"$1/nrs/tie-outs.csv") - 1))
    held=$(grep -c ',yes,0,$' "$1/nrs/tie-outs.csv")
    echo "$held of $lines"
    [ "$lines" -gt 100 ] && [ "$held" = "$lines" ]
}

# A table without what is quoted, which no label and figure asked for here is.
unquoted()      # FILE
{
    sed 's/"[^"]*"/quoted/g' "$1"
}

# The cell of a table: the row that begins with LABEL, the letter of its column.
cell()          # FILE LABEL LETTER
{
    unquoted "$1" | awk -F, -v label="$2" -v letter="($3)" '
        $1 == "(A)" { for (i = 1; i <= NF; i++) if ($i == letter) at = i }
        at && $1 == label { print $at; found = 1; exit }
        END { exit !found }'
}

expect_cell()   # WANT FILE LABEL LETTER
{
    local got
    got=$(cell "$2" "$3" "$4") || { echo "$2 has no $3, $4"; return 1; }
    [ "$got" = "$1" ] || { echo "$2, $3, $4: '$got', not '$1'"; return 1; }
}

# Every line of every file has the same number of fields.
is_rectangular() # FOLDER
{
    local file
    for file in "$1"/nrs/2*/*.csv; do
        unquoted "$file" | awk -F, -v file="$file" 'NR == 1 { n = NF } NF != n { print file ":" NR ": " NF " fields, not " n; bad = 1 }
            END { exit bad }' || return 1
    done
}

# Table 4 recounted from its own rows, by another program.
adds_up()       # FILE
{
    unquoted "$1" | awk -F, '
        function sum(letters,   i, n) { for (i = 1; i <= length(letters); i++) n += $at[substr(letters, i, 1)]; return n }
        $1 == "(A)" { for (i = 1; i <= NF; i++) at[substr($i, 2, 1)] = i; next }
        !("B" in at) || $1 == "" || $1 == "Note" { next }
        {
            if (sum("B") != sum("CEFGHI")) { print "B of " $1; bad = 1 }
            under = sum("B") - sum("C")
            want = under ? sprintf("%d.%04d", int(sum("EFG") / under), int(sum("EFG") * 10000 / under) % 10000) : ""
            if ($at["J"] != want) { print "J of " $1 ": " $at["J"] ", not " want; bad = 1 }
        }
        $1 !~ /Total/ { for (c in at) total[c] += $at[c]; rows++ }
        $1 == "Grand Total" { for (c in at) if (index("BCEFGHIKLMN", c) && $at[c] != total[c]) { print "total of " c; bad = 1 } seen = $at["B"] }
        END { exit bad || rows < 12 || seen <= 0 }'
}

same_nrs()      # FOLDER FOLDER
{
    same_files "$1/nrs" "$2/nrs"
}

nothing_federal_in() # FOLDER
{
    ! (cd "$1" && find .) | grep -i nrs && ! grep -rliE 'federal tables|table-4a|tie-out|tie out' "$1"
}

participant_years() # DRAFT: of PY 2024 as the flow of the naive design has them
{
    awk -F, '/^"?PY 2024-25, design naive/ && /participant-years/ { print $NF; exit }' "$1/tables/quality-flow.csv"
}

new_workspace "$w"
full_sample "$w"
deliver "$w" "$sample/exports/test.csv"
run_ok "the sample's night ends well" -C "$w" run
draft=$w/output/drafts/latest

check "the draft has every table of every year" has_all_tables "$draft" 2022 2023 2024 2025
check "every tie-out holds" all_hold "$draft"
check "a table is a table to any reader" is_rectangular "$draft"
check "Table 4 of each year adds up, and its shares are cut off at four decimals" adds_up "$draft/nrs/2024/table-4.csv"
for year in 2022 2023 2025; do
    check "so does that of $year" adds_up "$draft/nrs/$year/table-4.csv"
done
check "the page says that they tie out" grep -q "tie-outs between the federal tables hold" "$draft/quality.html"
check "the morning page links to the tables" grep -q 'href="nrs.html"' "$draft/index.html"
check "SHA256SUMS has them" grep -q ' nrs/2024/table-4a.csv$' "$draft/SHA256SUMS"
check "without an outcome export, rows after exit are blank" \
    expect_cell "" "$draft/nrs/2024/table-5.csv" "Employment in the second quarter after exit" B
check "and the table says for want of what" grep -q "blank for want of an outcome export" "$draft/nrs/2024/table-5.csv"
check "without distance hours, Table 4C is blank" expect_cell "" "$draft/nrs/2024/table-4c.csv" "Grand Total" B

beside=$(sed -n 's/^Note,"No entering level.*: \([0-9,]*\)\."*,*$/\1/p' "$draft/nrs/2024/table-4.csv")
total=$(cell "$draft/nrs/2024/table-4.csv" "Grand Total" B)
check "participants of the federal tables are the naive design's participant-years" \
    test "$((total + ${beside:-0}))" = "$(participant_years "$draft")"

run_ok "the federal tables alone" -C "$w" --jobs 1 report --only nrs --output "$scratch/one"
run_ok "the federal tables alone, with two threads" -C "$w" --jobs 2 report --only nrs --output "$scratch/two"
check "they are the same bytes for any number of threads" same_files "$scratch/one" "$scratch/two"
check "and those of the whole draft" same_nrs "$scratch/one" "$draft"
check "there is no other page" test ! -e "$scratch/one/brief.html" -a ! -e "$scratch/one/quality.html"
run_ok "one college and year alone" -C "$w" report --only nrs --college 01 --program-year 2023 --output "$scratch/college"
check "has that year alone" test -e "$scratch/college/nrs/2023" -a ! -e "$scratch/college/nrs/2024"
check "and ties out" grep -q ',yes,0,$' "$scratch/college/nrs/tie-outs.csv"
check "in every line" test "$(grep -c ',NO,' "$scratch/college/nrs/tie-outs.csv")" = 0

run_ok "an edition is released" -C "$w" release
check "nothing federal is in it" nothing_federal_in "$w/output/editions"

# Outcomes, made for the test: who left in the autumn of 2023 is employed in the second quarter after.
printf 'learner_id,outcome,quarter,value,college\n' >"$scratch/outcome.csv"
awk -F, 'NR > 1 && $4 >= "2023-10-01" && $4 <= "2023-12-31" && !seen[$1]++ {
    print $1 ",earnings_q2,2024Q2," 4000 + ++n % 7 "," $2 }' "$sample/exports/enrollment.csv" >>"$scratch/outcome.csv"
echo "00000000,employed_q4,2026Q1,1,01" >>"$scratch/outcome.csv" # the export reaches so far
deliver "$w" "$scratch/outcome.csv"
run_ok "a night with outcomes" -C "$w" run
q2=$(cell "$draft/nrs/2024/table-5.csv" "Employment in the second quarter after exit" C)
check "there are figures after exit" test "${q2:-0}" -gt 20
check "and still every tie-out holds" all_hold "$draft"
finish
