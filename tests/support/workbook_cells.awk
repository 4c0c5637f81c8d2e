# SPDX-License-Identifier: GPL-3.0-or-later
# The cells of a workbook, one a line: sheet, cell, kind (s text, n number, f formula) and value, between tabulators. Reads its parts:
# xl/workbook.xml, xl/sharedStrings.xml and then all of xl/worksheets/ in their order (tests/support/workbook.sh).
BEGIN { RS = "<"; FS = ">"; OFS = "\t" }

function plain(text)
{
    gsub(/&quot;/, "\"", text)
    gsub(/&lt;/, "<", text)
    gsub(/&gt;/, ">", text)
    gsub(/&amp;/, "\\&", text)
    return text
}

function attribute(tag, name,    at)
{
    at = index(tag, " " name "=\"")
    if (!at) return ""
    tag = substr(tag, at + length(name) + 3)
    return substr(tag, 1, index(tag, "\"") - 1)
}

/^sheet / { names[++n_sheets] = plain(attribute($0, "name")) }
/^si>/ { text = "" }
/^t[ >]/ { text = text substr($0, index($0, ">") + 1) }
/^\/si>/ { strings[n_strings++] = plain(text) }
/^worksheet / { sheet = names[++at_sheet] }
/^c / { cell = attribute($1, "r"); kind = attribute($1, "t") == "s" ? "s" : "n" }
/^f>/ { print sheet, cell, "f", plain($2) }
/^v>/ { print sheet, cell, kind, kind == "s" ? strings[$2 + 0] : $2 }
