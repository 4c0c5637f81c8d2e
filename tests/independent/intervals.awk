# SPDX-License-Identifier: GPL-3.0-or-later
# From what count.sh prints: each rate with Wilson's interval, each difference of the arms and each level's gap to all others with
# Newcombe's (method 10), and whether a group is small (under 30). A line an estimate, its two groups as n1,x1,n0,x0 (a rate has one).
# E. B. Wilson, Probable inference, the law of succession, and statistical inference, JASA 22 (1927); R. G. Newcombe, Interval
# estimation for the difference between independent proportions, Statistics in Medicine 17 (1998). Wilson's limits are taken here as
# the roots of n (p - q)^2 = z^2 q (1 - q), by the stable form of the quadratic formula: q^2 (1 + c) - q (2 p + c) + p^2 = 0, c = z^2 / n.

function wilson(n, x,    c, p, b, root)     # sets low, high
{
    c = z * z / n
    p = x / n
    b = 2 * p + c
    root = sqrt(b * b - 4 * (1 + c) * p * p)
    high = x == n ? 1 : (b + root) / (2 * (1 + c))
    low = x == 0 ? 0 : 2 * p * p / (b + root)
}

function tell_rate(cell, subset, n, x)
{
    if (n == 0)
        return
    wilson(n, x)
    printf "%s,%s,rate,%d,%d,,,%.17g,%.17g,%.17g,%s\n", cell, subset, n, x, x / n, low, high, n < 30 ? "small_sample" : "ok"
}

function tell_difference(cell, subset, estimand, n1, x1, n0, x0,    low1, high1, p1, p0)
{
    if (n1 == 0 || n0 == 0)
        return
    wilson(n1, x1)
    low1 = low
    high1 = high
    wilson(n0, x0)
    p1 = x1 / n1
    p0 = x0 / n0
    printf "%s,%s,%s,%d,%d,%d,%d,%.17g,%.17g,%.17g,%s\n", cell, subset, estimand, n1, x1, n0, x0, p1 - p0,
        p1 - p0 - sqrt((p1 - low1) ^ 2 + (high - p0) ^ 2), p1 - p0 + sqrt((high1 - p1) ^ 2 + (p0 - low) ^ 2),
        n1 < 30 || n0 < 30 ? "small_sample" : "ok"
}

BEGIN {
    FS = ","
    z = 1.959963984540054
    print "program_year,variant,outcome,dimension,level,subset,estimand,n1,x1,n0,x0,estimate,low,high,status"
}

NR > 1 {
    sub(/\r$/, "")
    cell = $1 "," $2 "," $3 "," $4 "," $5
    if (cell != cells[n_cells])
        cells[++n_cells] = cell
    everyone[cell] = $1 "," $2 "," $3 ",all,all"
    n[cell, $6] += $7
    x[cell, $6] += $8
    n[cell, "all"] += $7
    x[cell, "all"] += $8
}

END {
    n_subsets = split("iet comparison all", subsets, " ")
    for (i = 1; i <= n_cells; i++) {
        cell = cells[i]
        others = everyone[cell]
        for (j = 1; j <= n_subsets; j++) {
            subset = subsets[j]
            tell_rate(cell, subset, n[cell, subset] + 0, x[cell, subset] + 0)
            tell_difference(cell, subset, "gap", n[cell, subset] + 0, x[cell, subset] + 0,
                n[others, subset] - n[cell, subset], x[others, subset] - x[cell, subset])
        }
        tell_difference(cell, "all", "risk_difference", n[cell, "iet"] + 0, x[cell, "iet"] + 0, n[cell, "comparison"] + 0,
            x[cell, "comparison"] + 0)
    }
}
