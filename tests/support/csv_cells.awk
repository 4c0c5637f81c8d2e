# SPDX-License-Identifier: GPL-3.0-or-later
# The fields of a CSV file as cells, one a line: A1 and value between a tabulator; blank ones are left out. -v down=N: so many rows further down.
function column(n,    name)
{
    for (; n > 0; n = int((n - 1) / 26)) name = sprintf("%c", 65 + (n - 1) % 26) name
    return name
}

# What a field holds: no quotes around, and without the apostrophe that keeps a text from being a formula.
function told(field)
{
    if (field ~ /^"/) {
        field = substr(field, 2, length(field) - 2)
        gsub(/""/, "\"", field)
    }
    if (field ~ /^'[-=+@]/) field = substr(field, 2)
    return field
}

{
    n = 0
    rest = $0
    do {
        if (match(rest, /^"([^"]|"")*"/)) length_now = RLENGTH
        else length_now = index(rest ",", ",") - 1
        field = told(substr(rest, 1, length_now))
        n++
        if (field != "") printf "%s%d\t%s\n", column(n), NR + down, field
        more = length_now < length(rest)
        rest = substr(rest, length_now + 2)
    } while (more)
}
