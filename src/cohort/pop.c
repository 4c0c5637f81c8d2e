/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pop.h"

static sg_day later(sg_day a, sg_day b)
{
    return a > b ? a : b;
}

/* All that one enrollment gives to the PoP, from its row at `at` on, as one range. */
static void set_range(sg_counted_row *rows, size_t n, size_t at)
{
    sg_day last = rows[at].last;
    for (size_t i = at + 1; i < n; i++)
        if (rows[i].row == rows[at].row)
            last = later(last, rows[i].last);
    for (size_t i = n; i-- > at;)
        if (rows[i].row == rows[at].row) {
            rows[i].range_first = rows[at].first;
            rows[i].range_last = last;
        }
}

static void set_ranges(sg_counted_row *rows, size_t n)
{
    for (size_t i = 0; i < n; i++)
        rows[i].range_last = SG_DAY_NONE;
    for (size_t i = 0; i < n; i++)
        if (rows[i].range_last == SG_DAY_NONE)
            set_range(rows, n, i);
}

/* Only services leave a gap within one enrollment: what it says of its end is of the last PoP that it gives days to. */
static void set_goes_on(const sg_pop *pop, sg_counted_row *rows, size_t n)
{
    for (size_t i = 0; i < pop->n_rows; i++)
        for (size_t k = pop->n_rows; k < n && rows[i].last == pop->last && !rows[i].goes_on; k++)
            rows[i].goes_on = rows[k].row == rows[i].row;
}

int sg_exit_gap(const sg_config *config, sg_day served)
{
    return sg_config_yearly_on(config, SG_YEARLY_EXIT_GAP_DAYS, served);
}

/* A planned service keeps the PoP open but is no day of it; SG_DAY_NONE is before every day. */
sg_pop sg_pop_first(sg_counted_row *rows, size_t n, const sg_config *config)
{
    sg_pop pop = {.rows = rows, .first = rows[0].first, .last = rows[0].last, .participant_day = SG_DAY_NONE};
    sg_day served = SG_DAY_NONE;
    for (; pop.n_rows < n; pop.n_rows++) {
        const sg_counted_row *row = &rows[pop.n_rows];
        if (pop.n_rows > 0 && row->first > served &&
            (int64_t)row->first - served > sg_exit_gap(config, served))
            break;
        pop.last = later(pop.last, row->last);
        served = later(served,
                       later(row->last, sg_stored_row_day(row->row, SG_ENROLLMENT_PLANNED_SERVICE_DATE)));
    }
    set_ranges(rows, pop.n_rows);
    set_goes_on(&pop, rows, n);
    return pop;
}
