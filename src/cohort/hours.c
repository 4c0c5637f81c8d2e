/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hours.h"

enum { DIGIT_BITS = 32 }; /* shares are compared by digits of this size; a count of days is far below 2^32 */

static size_t bit_length(uint64_t value)
{
    size_t bits = 0;
    for (; value > 0; value >>= 1)
        bits++;
    return bits;
}

/*
 * Is the sum of n shares, each in (0, 1), at least `need`? Exact, without a common denominator (which no integer type
 * would hold): both sides are multiplied by 2^32 again and again, the whole parts of the shares going over to the other
 * side. The shares that are left are together below n, so the question is settled as soon as the other side is outside
 * (0, n). A difference other than zero is at least 1 / (product of all days); once it has been multiplied by more than
 * n * product and the question is still open, the two are equal.
 */
static bool shares_reach(sg_share *shares, size_t n, int64_t need)
{
    size_t bits = bit_length(n);
    for (size_t i = 0; i < n; i++)
        bits += bit_length(shares[i].days);
    for (size_t done = 0; need > 0 && need < (int64_t)n; done += DIGIT_BITS) {
        if (done >= bits)
            return true;
        need *= INT64_C(1) << DIGIT_BITS;
        for (size_t i = 0; i < n; i++) {
            uint64_t scaled = shares[i].rest << DIGIT_BITS;
            need -= (int64_t)(scaled / shares[i].days);
            shares[i].rest = scaled % shares[i].days;
        }
    }
    return need <= 0;
}

/* Rows that have begun by the end of the day give hours * (days begun) / (days) each. */
static bool is_reached_by(const sg_counted_row *rows, size_t n, sg_day day, int64_t hours, sg_share *shares)
{
    size_t n_shares = 0;
    int64_t need = hours;
    for (size_t i = 0; i < n && rows[i].first <= day; i++) {
        int64_t begun = (int64_t)day - rows[i].first + 1;
        uint64_t days = (uint64_t)rows[i].spread_days;
        uint64_t given = (uint64_t)rows[i].hours * (begun < rows[i].spread_days ? (uint64_t)begun : days);
        need -= (int64_t)(given / days);
        if (given % days > 0)
            shares[n_shares++] = (sg_share){given % days, days};
    }
    return shares_reach(shares, n_shares, need);
}

/* The sum never falls, so the first day is found by halving. */
sg_day sg_hours_reached(const sg_counted_row *rows, size_t n, sg_day last, int64_t hours, sg_share *shares)
{
    if (!is_reached_by(rows, n, last, hours, shares))
        return SG_DAY_NONE;
    sg_day low = rows[0].first, high = last;
    while (low < high) {
        sg_day middle = low + (high - low) / 2;
        if (is_reached_by(rows, n, middle, hours, shares))
            high = middle;
        else
            low = middle + 1;
    }
    return low;
}
