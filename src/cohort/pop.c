/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pop.h"

static sg_day later(sg_day a, sg_day b)
{
    return a > b ? a : b;
}

/* A planned service keeps the PoP open but is no day of it; SG_DAY_NONE is before every day. */
sg_pop sg_pop_first(const sg_counted_row *rows, size_t n, int exit_gap_days)
{
    sg_pop pop = {.rows = rows, .first = rows[0].first, .last = rows[0].last, .participant_day = SG_DAY_NONE};
    sg_day served = SG_DAY_NONE;
    for (; pop.n_rows < n; pop.n_rows++) {
        const sg_counted_row *row = &rows[pop.n_rows];
        if (pop.n_rows > 0 && (int64_t)row->first - served > exit_gap_days)
            break;
        pop.last = later(pop.last, row->last);
        served = later(served,
                       later(row->last, sg_stored_row_day(row->row, SG_ENROLLMENT_PLANNED_SERVICE_DATE)));
    }
    return pop;
}
