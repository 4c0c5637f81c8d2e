/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "oracle_tally.h"

#include <math.h>

const char *sg_oracle_or(const char *text, const char *usual)
{
    return text != NULL ? text : usual;
}

sg_status sg_oracle_levels(sg_frame *rows, const char *group, sg_frame_levels *out, sg_err *err)
{
    static const char *const ONE[] = {""};
    const sg_frame_column *column = NULL;

    if (group != NULL) {
        const sg_status status = sg_oracle_column(rows, group, &column, err);
        return status == SG_OK ? sg_frame_find_levels(rows, column, out, err) : status;
    }
    const size_t *of_row = sg_arena_alloc(rows->arena, rows->n_rows + 1, sizeof *of_row);
    if (of_row == NULL)
        return sg_no_memory(err);
    *out = (sg_frame_levels){.names = ONE, .n = 1, .of_row = of_row};
    return SG_OK;
}

typedef struct {
    const double *arm, *outcome, *size, *times; /* NULL: arm 0, none, 1, 1 */
} row_numbers;

static sg_status find_numbers(sg_frame *rows, const sg_oracle_columns *columns, row_numbers *out, sg_err *err)
{
    const sg_frame_column *times = sg_frame_find(rows, "Freq");
    sg_status status = sg_oracle_numbers(rows, columns->outcome, &out->outcome, err);

    if (status == SG_OK && columns->treatment != NULL)
        status = sg_oracle_numbers(rows, columns->treatment, &out->arm, err);
    if (status == SG_OK && columns->size != NULL)
        status = sg_oracle_numbers(rows, columns->size, &out->size, err);
    out->times = times != NULL ? times->numbers : NULL;
    return status;
}

static bool is_flag(double number)
{
    return fabs(number) <= 0.0 || fabs(number - 1.0) <= 0.0;
}

static sg_status tally_row(const row_numbers *numbers, size_t row, size_t level, sg_oracle_tally *out,
                           sg_err *err)
{
    const double arm = numbers->arm != NULL ? numbers->arm[row] : 0.0;
    const double times = numbers->times != NULL ? numbers->times[row] : 1.0;
    const double outcome = numbers->outcome[row];

    if (!is_flag(arm) || (numbers->size == NULL && !isnan(outcome) && !is_flag(outcome)))
        return sg_fail(err, SG_FAILED, "row %zu: an arm or an outcome is neither 0 nor 1", row + 1);
    if (isnan(outcome)) {
        out->missing[level] += times;
        return SG_OK;
    }
    const size_t side = arm > 0.0 ? 1 : 0;
    out->x[side][level] += outcome * times;
    out->n[side][level] += (numbers->size != NULL ? numbers->size[row] : 1.0) * times;
    return SG_OK;
}

sg_status sg_oracle_take_tally(sg_frame *rows, const sg_frame_levels *levels,
                               const sg_oracle_columns *columns, sg_oracle_tally *out, sg_err *err)
{
    row_numbers numbers = {0};
    double **lists[] = {&out->x[0], &out->x[1], &out->n[0], &out->n[1], &out->missing};
    sg_status status = find_numbers(rows, columns, &numbers, err);

    for (size_t i = 0; i < sizeof lists / sizeof *lists && status == SG_OK; i++) {
        *lists[i] = sg_arena_alloc(rows->arena, levels->n + 1, sizeof(double));
        if (*lists[i] == NULL)
            status = sg_no_memory(err);
    }
    for (size_t row = 0; row < rows->n_rows && status == SG_OK; row++)
        status = tally_row(&numbers, row, levels->of_row[row], out, err);
    return status;
}

sg_status sg_oracle_select(sg_frame *rows, const char *column, double value, sg_frame *out, sg_err *err)
{
    const double *numbers = NULL;
    const sg_status status = sg_oracle_numbers(rows, column, &numbers, err);
    bool *keep = sg_arena_alloc(rows->arena, rows->n_rows + 1, sizeof *keep);

    if (status != SG_OK)
        return status;
    if (keep == NULL)
        return sg_no_memory(err);
    for (size_t i = 0; i < rows->n_rows; i++)
        keep[i] = fabs(numbers[i] - value) <= 0.0;
    return sg_frame_select(rows, keep, out, err);
}
