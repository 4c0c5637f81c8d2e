#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# workbook.xlsx holds what the CSV files of the same output hold, cell for cell, in a draft and in an edition; of nothing else, with no
# formula, and with the same bytes whatever the clock, the time zone and the number of threads.
# shellcheck disable=SC2317 # functions are called by their names
# shellcheck source=tests/e2e/lib.sh
. "$(dirname -- "${BASH_SOURCE[0]}")/lib.sh"
# shellcheck source=tests/support/workbook.sh
. "$project/tests/support/workbook.sh"
need unzip sqlite3

w=$scratch/w
new_workspace "$w"
run_ok "the register is imported" -C "$w" import --cutoff 2026-01-15 "$sample/exports/program.csv"
deliver "$w" "$sample"/exports/{enrollment,gain,test}.csv
run_ok "the night ends well" -C "$w" run
run_ok "the draft is released" -C "$w" release
draft=$w/output/drafts/latest
edition=$w/output/editions/2024-1

# ---------------------------------------------------------------- cells

# "outcomes-sex" as its sheet is called: by the first 31 characters, cut at a word.
sheet_of()          # TABLE
{
    awk -v name="$1" 'BEGIN {
        gsub(/[-_]/, " ", name); name = toupper(substr(name, 1, 1)) substr(name, 2)
        if (length(name) > 31) { name = substr(name, 1, 31); while (name !~ / $/) name = substr(name, 1, length(name) - 1)
            name = substr(name, 1, length(name) - 1) }
        print name }'
}

cells_of()          # CELLS SHEET: cell and value
{
    awk -F '\t' -v OFS='\t' -v sheet="$2" '$1 == sheet { print $2, $4 }' "$1"
}

same_lines()        # FILE FILE: neither is empty
{
    [ -s "$1" ] && [ -s "$2" ] && diff "$1" "$2" | cut -c 1-200 && cmp -s "$1" "$2"
}

# A table without estimates: the fields of the CSV are the cells from the fifth row on, to its last row.
same_table()        # CELLS CSV SHEET
{
    local last
    last=$(($(wc -l <"$2") + 4))
    sed '1s/^group,/Part,/' "$2" | awk -v down=4 -f "$support/csv_cells.awk" | even_numbers | sort >"$scratch/csv"
    cells_of "$1" "$3" | awk -F '\t' -v last="$last" '{ row = $1; sub(/^[A-Z]+/, "", row); row += 0; if (row >= 5 && row <= last && $2 != "") print }' |
        even_numbers | sort >"$scratch/sheet"
    same_lines "$scratch/csv" "$scratch/sheet"
}

# A table of estimates: the figures of each (in points where they are differences) are among its cells, and a masked one is none. The
# difference of gaps has an interval, the gaps beside it have none there.
same_estimates()    # CELLS CSV SHEET
{
    cells_of "$1" "$3" | awk -F '\t' '$2 ~ /^-?[0-9.]+(E-?[0-9]+)?$/ { printf "%.9g\n", $2 }' | sort -u >"$scratch/sheet"
    awk -f "$support/csv_cells.awk" "$2" | awk -F '\t' -v bare="$(case $3 in *ifference\ of\ gaps) echo 1 ;; esac)" '
        { row = $1; sub(/^[A-Z]+/, "", row); row += 0; column = $1; sub(/[0-9]+$/, "", column) }
        row > 1 && column == "I" { estimand[row] = $2 }
        row > 1 && (column == "M" || ((column == "O" || column == "P") && !(bare && estimand[row] == "gap"))) { n++; figure[n] = $2; of[n] = row }
        END { for (i = 1; i <= n; i++) printf "%.9g\n", figure[i] * (estimand[of[i]] ~ /^(risk_difference|gap|gap_closure)$/ ? 100 : 1) }' |
        sort -u >"$scratch/csv"
    [ -s "$scratch/csv" ] || ! grep -qv 'suppressed\|^id,' "$2" || { echo "no figures"; return 1; }
    [ -z "$(comm -23 "$scratch/csv" "$scratch/sheet")" ] || { comm -23 "$scratch/csv" "$scratch/sheet"; return 1; }
}

same_tables()       # CELLS FOLDER: every table but the morning page's, which quality-deliveries repeats
{
    local csv name wrong=0 n=0
    for csv in "$2"/tables/*.csv; do
        name=$(basename -- "$csv" .csv)
        case $name in figure-* | deliveries) continue ;; esac
        n=$((n + 1))
        if head -n 1 "$csv" | grep -q '^id,program_year,'; then
            same_estimates "$1" "$csv" "$(sheet_of "$name")" || { echo "^ $name"; wrong=1; }
        else
            same_table "$1" "$csv" "$(sheet_of "$name")" || { echo "^ $name"; wrong=1; }
        fi
    done
    [ "$n" -ge "$3" ] && [ "$wrong" = 0 ]
}

same_forms()        # CELLS FOLDER: every federal table, cell by cell; the line that is blank in the form has the way back to the notes
{
    local csv year number wrong=0 n=0
    for csv in "$2"/nrs/*/table-*.csv; do
        year=$(basename -- "$(dirname -- "$csv")")
        number=$(basename -- "$csv" .csv | sed 's/table-//' | tr '[:lower:]' '[:upper:]')
        awk -f "$support/csv_cells.awk" "$csv" | even_numbers | sort >"$scratch/csv"
        cells_of "$1" "PY $year table $number" | grep -v '^A6	' | even_numbers | sort >"$scratch/sheet"
        same_lines "$scratch/csv" "$scratch/sheet" || { echo "^ $csv"; wrong=1; }
        n=$((n + 1))
    done
    [ "$n" -ge 42 ] && [ "$wrong" = 0 ]
}

same_ties()         # CELLS FOLDER: both sides of each, whether it holds
{
    cells_of "$1" "Nrs tie outs" | awk -F '\t' '{ row = $1; sub(/^[A-Z]+/, "", row); row += 0; column = $1; sub(/[0-9]+$/, "", column)
        if (row >= 6) cell[row, column] = $2 }
        END { for (row = 6; (row, "B") in cell; row++) print substr(cell[row, "A"], 4, 4), cell[row, "B"], cell[row, "D"], cell[row, "F"], cell[row, "G"] }' >"$scratch/sheet"
    awk -f "$support/csv_cells.awk" "$2/nrs/tie-outs.csv" | awk -F '\t' '{ row = $1; sub(/^[A-Z]+/, "", row); row += 0; column = $1; sub(/[0-9]+$/, "", column)
        cell[row, column] = $2 }
        END { for (row = 2; (row, "A") in cell; row++) print cell[row, "A"], cell[row, "B"], cell[row, "E"], cell[row, "F"], cell[row, "G"] }' >"$scratch/csv"
    same_lines "$scratch/csv" "$scratch/sheet"
}

# What charts are drawn from: the figures of the estimates in each file of a figure, and for a hidden one its mark and a blank.
same_figures()      # CELLS FOLDER
{
    cells_of "$1" "Figure data" | awk -F '\t' '$1 ~ /^[FGH][0-9]/ && $2 ~ /^-?[0-9]/ { printf "%.9g\n", $2 }' | sort -u >"$scratch/sheet"
    for csv in "$2"/tables/figure-*.csv; do awk -f "$support/csv_cells.awk" "$csv" | awk -F '\t' '
        { row = $1; sub(/^[A-Z]+/, "", row); row += 0; column = $1; sub(/[0-9]+$/, "", column) }
        row > 1 && column == "I" { estimand[row] = $2 }
        row > 1 && (column == "M" || column == "O" || column == "P") { n++; figure[n] = $2; of[n] = row }
        END { for (i = 1; i <= n; i++) printf "%.9g\n", figure[i] * (estimand[of[i]] == "risk_difference" ? 100 : 1) }'; done |
        sort -u >"$scratch/csv"
    same_lines "$scratch/csv" "$scratch/sheet" &&
        cells_of "$1" "Figure data" | awk -F '\t' '{ row = $1; sub(/^[A-Z]+/, "", row); row += 0; column = $1; sub(/[0-9]+$/, "", column); cell[row, column] = $2 }
            END { for (row = 6; (row, "A") in cell; row++) {
                has = cell[row, "I"] ~ /[0-9]/
                if (has != ((row, "F") in cell) || has != ((row, "H") in cell)) { print "row " row; wrong = 1 } }
                exit wrong || row < 50 }'
}

for kind in draft edition; do
    folder=$draft least=40
    [ "$kind" = draft ] || folder=$edition least=30
    check "$kind: the workbook can be read" workbook_cells "$folder/workbook.xlsx"
    workbook_cells "$folder/workbook.xlsx" >"$scratch/$kind.cells"
    check "$kind: the checksums list it" grep -q '  workbook\.xlsx$' "$folder/SHA256SUMS"
    check "$kind: the tables are those of tables/" same_tables "$scratch/$kind.cells" "$folder" "$least"
    check "$kind: the charts are drawn from the figures of tables/" same_figures "$scratch/$kind.cells" "$folder"
    check "$kind: no cell holds a formula" test 0 = "$(cut -f 3 "$scratch/$kind.cells" | grep -c f)"
    check "$kind: the first sheet is the notes, and they list every other sheet" test \
        "$(cut -f 1 "$scratch/$kind.cells" | uniq | tail -n +2 | sort)" = \
        "$(cells_of "$scratch/$kind.cells" Notes | awk -F '\t' '$1 ~ /^A[0-9]/ { if (listed) print $2; if ($2 == "Sheet") listed = 1 }' | sort)"
    check "$kind: each figure is a chart with a text in its place" test "$(find "$folder/figures" -name '*.svg' | wc -l)" = \
        "$(unzip -p "$folder/workbook.xlsx" 'xl/drawings/drawing*.xml' | grep -o '<xdr:cNvPr id="[0-9]*" name="Chart [0-9]*" descr="[^"][^"]*"' | wc -l)"
    check "$kind: made by the agency, on the as-of date" grep -q \
        '<dc:creator>Example Technical College System (made-up data)</dc:creator>.*2026-01-15T00:00:00Z.*2026-01-15T00:00:00Z' \
        <(unzip -p "$folder/workbook.xlsx" docProps/core.xml)
done
check "draft: federal tables are cell by cell those of nrs/" same_forms "$scratch/draft.cells" "$draft"
check "draft: the tie-outs are those of nrs/" same_ties "$scratch/draft.cells" "$draft"

# ---------------------------------------------------------------- what an edition must not hold

check "edition: no sheet of drafts alone" test 0 = "$(cut -f 1 "$scratch/edition.cells" | sort -u | grep -ciE '^(py |nrs|quality|iet|.*naive)')"
check "edition: nothing says what is restricted" test 0 = "$(grep -c 'RESTRICTED\|input_sha256' "$scratch/edition.cells")"
check "edition: the masked lines are masked" test 100 -lt "$(awk -F '\t' '$4 == "*"' "$scratch/edition.cells" | grep -vc '^Notes')"

# A group that is masked in a table has no figure there in any column but marks, where the draft has its counts.
no_figures_where_masked()
{
    awk -F '\t' '$2 ~ /^[A-Z]+[0-9]+$/ && $1 ~ /^(Outcomes|Gaps|Access)/ { row = $2; sub(/^[A-Z]+/, "", row); key = $1 "\t" row
            if (FILENAME ~ /edition/) { if ($4 == "*") masked[key]++; if ($3 == "n") figures[key]++ }
            else if ($3 == "n") draft[key]++ }
        END { for (key in masked) { n++; if (figures[key]) { print key; wrong = 1 } } exit wrong || n < 15 }' \
        "$scratch/edition.cells" "$scratch/draft.cells"
}
check "edition: a masked line has no figure at all" no_figures_where_masked

# ---------------------------------------------------------------- which bytes, and when

TZ=Asia/Kolkata run_ok "another time zone, another number of threads" -C "$w" --jobs 1 report --output "$scratch/again"
check "the same bytes in another time zone" cmp "$draft/workbook.xlsx" "$scratch/again/workbook.xlsx"
run_ok "the workbook alone" -C "$w" --jobs 2 report --format xlsx --output "$scratch/alone"
check "the same bytes where it is made alone" cmp "$draft/workbook.xlsx" "$scratch/alone/workbook.xlsx"
check "and nothing beside it but what every output has" test "$(names_in "$scratch/alone" | tr '\n' ' ')" = \
    ". ./SHA256SUMS ./run.json ./workbook.xlsx "
run_ok "no workbook where none is asked for" -C "$w" report --format html,csv --output "$scratch/without"
check "and there is none" test ! -e "$scratch/without/workbook.xlsx"
run_ok "one page's tables alone" -C "$w" report --only outcomes --format xlsx --output "$scratch/outcomes"
check "and no others" test 0 = "$(workbook_cells "$scratch/outcomes/workbook.xlsx" | cut -f 1 | sort -u | grep -vcE '^(Notes|Outcomes|Figure data)')"
finish
