/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "line.h"

static bool read_count(const sg_results *results, const sg_cell *key, int64_t *out)
{
    const sg_cell *cell = sg_results_cell(results, key);

    if (cell)
        *out = cell->count;
    return cell != NULL;
}

bool sg_line_read(const sg_results *results, int program_year, const char *variant, const char *outcome,
                  const char *dimension, const char *level, sg_line *out)
{
    static const sg_arm_subset arms[SG_N_LINE_ARMS] = {SG_ARM_IET, SG_ARM_COMPARISON};
    sg_cell key = {.program_year = program_year,
                   .college = "",
                   .variant = variant,
                   .dimension = dimension,
                   .level = level};
    sg_line line = {0};

    for (int a = 0; a < SG_N_LINE_ARMS; a++) {
        int64_t *count = line.count[a];

        key.arm = arms[a];
        key.outcome = "";
        key.measure = SG_MEASURE_N;
        if (!read_count(results, &key, &count[SG_SIDE_N]))
            return false;
        key.outcome = outcome;
        key.measure = SG_MEASURE_X;
        if (!read_count(results, &key, &count[SG_SIDE_X]))
            return false;
        line.hidden = line.hidden || count[SG_SIDE_N] < 0 || count[SG_SIDE_X] < 0;
        count[SG_SIDE_F] = count[SG_SIDE_N] - count[SG_SIDE_X];
    }
    *out = line;
    return true;
}

int64_t sg_line_size(const sg_line *line)
{
    return line->count[SG_LINE_IET][SG_SIDE_N] + line->count[SG_LINE_COMPARISON][SG_SIDE_N];
}
