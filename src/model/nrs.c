/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "skillgain/model/nrs.h"

const char *sg_nrs_number(sg_nrs_id id)
{
    static const char *const numbers[SG_N_NRS_TABLES] = {
        [SG_NRS_1] = "1",   [SG_NRS_2] = "2",   [SG_NRS_2A] = "2A", [SG_NRS_3] = "3",  [SG_NRS_4] = "4",
        [SG_NRS_4A] = "4A", [SG_NRS_4B] = "4B", [SG_NRS_4C] = "4C", [SG_NRS_5] = "5",  [SG_NRS_5A] = "5A",
        [SG_NRS_6] = "6",   [SG_NRS_9] = "9",   [SG_NRS_10] = "10", [SG_NRS_11] = "11"};
    return numbers[id];
}

/* The digits one by one, as on paper: the rest stays below `of`, so that ten times it fits. */
void sg_nrs_print_share(int64_t value, int64_t of, int decimals, sg_nrs_rounding rounding, sg_str *out)
{
    int64_t whole = value / of, rest = value % of, fraction = 0, one = 1;
    for (int i = 0; i < decimals; i++) {
        rest *= 10;
        fraction = fraction * 10 + rest / of;
        rest %= of;
        one *= 10;
    }
    if (rounding == SG_NRS_ROUND && rest >= of - rest)
        fraction++;
    whole += fraction / one;
    fraction %= one;
    if (decimals > 0)
        sg_str_printf(out, "%lld.%0*lld", (long long)whole, decimals, (long long)fraction);
    else
        sg_str_printf(out, "%lld", (long long)whole);
}

void sg_nrs_print(const sg_nrs_table *table, const sg_nrs_cell *cell, sg_str *out)
{
    enum { HOURS_DECIMALS = 1, DOLLARS_DECIMALS = 2 };
    static const int64_t hour = INT64_C(1000000000), dollar = INT64_C(1000000);
    switch (cell->form) {
    case SG_NRS_BLANK: return;
    case SG_NRS_COUNT: sg_str_printf(out, "%lld", (long long)cell->value); return;
    case SG_NRS_HOURS: sg_nrs_print_share(cell->value, hour, HOURS_DECIMALS, SG_NRS_ROUND, out); return;
    case SG_NRS_SHARE:
        if (cell->of > 0)
            sg_nrs_print_share(cell->value, cell->of, table->decimals, table->rounding, out);
        return;
    case SG_NRS_DOLLARS:
        if (cell->of > 0)
            sg_nrs_print_share(cell->value, cell->of * dollar, DOLLARS_DECIMALS, SG_NRS_ROUND, out);
        return;
    }
}

size_t sg_nrs_broken(const sg_nrs *nrs)
{
    size_t n = 0;
    for (size_t i = 0; i < nrs->n_tie_outs; i++)
        n += !nrs->tie_outs[i].holds;
    return n;
}
