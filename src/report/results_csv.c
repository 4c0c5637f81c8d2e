/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "writers.h"

typedef enum { COLUMN_TEXT, COLUMN_FIGURE, COLUMN_COUNT, COLUMN_YEAR, COLUMN_STATUS } column_kind;

/* The columns of results.csv, in their order. */
#define COLUMN(kind, member)                                                                                 \
    {                                                                                                        \
#member, COLUMN_##kind, offsetof(sg_estimate, member)                                                \
    }
static const struct {
    const char *name;
    column_kind kind;
    size_t offset;
} columns[] = {
    COLUMN(TEXT, id),           COLUMN(YEAR, program_year),  COLUMN(TEXT, college),
    COLUMN(TEXT, outcome),      COLUMN(TEXT, dimension),     COLUMN(TEXT, level),
    COLUMN(TEXT, subset),       COLUMN(TEXT, variant),       COLUMN(TEXT, estimand),
    COLUMN(TEXT, method),       COLUMN(TEXT, reference),     COLUMN(TEXT, covariates),
    COLUMN(FIGURE, estimate),   COLUMN(FIGURE, std_error),   COLUMN(FIGURE, ci_low),
    COLUMN(FIGURE, ci_high),    COLUMN(FIGURE, statistic),   COLUMN(FIGURE, df),
    COLUMN(FIGURE, p_value),    COLUMN(FIGURE, p_adjusted),  COLUMN(COUNT, n_iet),
    COLUMN(COUNT, x_iet),       COLUMN(COUNT, n_comparison), COLUMN(COUNT, x_comparison),
    COLUMN(COUNT, n_level),     COLUMN(COUNT, x_level),      COLUMN(COUNT, n_reference),
    COLUMN(COUNT, x_reference), COLUMN(STATUS, status),      COLUMN(TEXT, note),
};
enum { N_COLUMNS = sizeof columns / sizeof *columns };

static void add_count(sg_str *out, int64_t count)
{
    if (count >= 0)
        sg_str_printf(out, "%lld", (long long)count);
    else if (count == SG_COUNT_MASKED)
        sg_str_add_char(out, '*');
}

static void add_field(sg_str *out, const sg_estimate *e, column_kind kind, const void *field)
{
    switch (kind) {
    case COLUMN_TEXT: sg_str_add_csv(out, *(const char *const *)field); break;
    case COLUMN_FIGURE: sg_str_add_exact(out, *(const double *)field); break;
    case COLUMN_COUNT: add_count(out, *(const int64_t *)field); break;
    case COLUMN_YEAR: sg_str_printf(out, "%d", *(const int *)field); break;
    case COLUMN_STATUS: sg_str_add(out, sg_result_status_text(e->status)); break;
    }
}

void sg_csv_header(sg_str *out)
{
    for (size_t i = 0; i < N_COLUMNS; i++)
        sg_str_printf(out, "%s%s", i ? "," : "", columns[i].name);
    sg_str_add_char(out, '\n');
}

void sg_csv_estimate(sg_str *out, const sg_estimate *e)
{
    for (size_t i = 0; i < N_COLUMNS; i++) {
        if (i)
            sg_str_add_char(out, ',');
        add_field(out, e, columns[i].kind, (const char *)e + columns[i].offset);
    }
    sg_str_add_char(out, '\n');
}

void sg_write_results_csv(const sg_results *results, sg_str *out)
{
    sg_csv_header(out);
    for (size_t i = 0; i < results->n_estimates; i++)
        sg_csv_estimate(out, &results->estimates[i]);
}
