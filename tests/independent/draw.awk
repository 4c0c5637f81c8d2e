# SPDX-License-Identifier: GPL-3.0-or-later
# What the scripts that make up states share: draws that are the same in every awk, and days.

function start_draws(number,    i)  # near seeds must not begin alike
{
    seed = (number * 7919 + 104729) % 2147483647
    for (i = 0; i < 20; i++)
        draw(2)
}

function draw(n)            # 0 .. n - 1
{
    seed = (seed * 16807) % 2147483647
    return int(seed / 2147483647 * n)
}

function one_of(list,    words, n)
{
    n = split(list, words, " ")
    return words[1 + draw(n)]
}

function day_of(y, m, d)    # days since 0000-03-01
{
    y -= m <= 2
    return 365 * y + int(y / 4) - int(y / 100) + int(y / 400) + int((153 * (m + (m > 2 ? -3 : 9)) + 2) / 5) + d - 1
}

function date_of(day,    y, m, d)
{
    y = int(day / 365.2425)
    while (day_of(y + 1, 3, 1) <= day)
        y++
    while (day_of(y, 3, 1) > day)
        y--
    day -= day_of(y, 3, 1)
    m = int((5 * day + 2) / 153)
    d = day - int((153 * m + 2) / 5) + 1
    m += m < 10 ? 3 : -9
    return sprintf("%04d-%02d-%02d", m <= 2 ? y + 1 : y, m, d)
}

function plain(text)
{
    if (text == ".")
        return ""
    gsub(/%20/, " ", text)
    gsub(/%2C/, ",", text)
    return text
}
