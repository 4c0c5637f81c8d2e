# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=bash
# A workbook and CSV files as cells, so that one can be held against the other.
support=$(dirname -- "${BASH_SOURCE[0]}")

workbook_cells()    # FILE: sheet, cell, kind and value of each
{
    unzip -p "$1" xl/workbook.xml xl/sharedStrings.xml >"$1.parts" && unzip -p "$1" 'xl/worksheets/sheet*.xml' >>"$1.parts" &&
        awk -f "$support/workbook_cells.awk" "$1.parts"
    local rc=$?
    rm -f -- "$1.parts"
    return "$rc"
}

# Numbers alike, however many digits either has; "41.9 %" is a share.
even_numbers()      # of lines whose last field, behind a tabulator, is a value
{
    awk 'BEGIN { FS = OFS = "\t" }
        $NF ~ /^-?[0-9]+(\.[0-9]+)?(E-?[0-9]+)? ?%$/ { sub(/ ?%$/, "", $NF); $NF /= 100 }
        $NF ~ /^-?[0-9.]+(E-?[0-9]+)?$/ { $NF = sprintf("%.10g", $NF) } { print }'
}
