# SPDX-License-Identifier: GPL-3.0-or-later
# C code with comments and the insides of string and character literals made blank; lines stay where they are.
# Include lines are kept whole.
!in_comment && /^[ \t]*#[ \t]*include/ { print; next }
{
    out = ""
    n = length($0)
    for (i = 1; i <= n; i++) {
        c = substr($0, i, 1)
        two = substr($0, i, 2)
        if (in_comment) {
            if (two == "*/") { in_comment = 0; i++ }
            out = out " "
        } else if (quote != "") {
            if (c == "\\") i++
            else if (c == quote) { quote = ""; out = out c }
        } else if (two == "/*") {
            in_comment = 1; i++
            out = out " "
        } else if (two == "//") {
            break
        } else {
            if (c == "\"" || c == "\047") quote = c
            out = out c
        }
    }
    quote = ""
    print out
}
