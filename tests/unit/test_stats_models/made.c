/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "unit/test_stats_models/made.h"

#include <math.h>

static uint64_t state;

double draw(void)
{
    state = state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (double)(state >> 11) / 9007199254740992.0;
}

static const char *const LEVELS[3] = {"a", "b", "c"};

void connect(made *m, size_t n)
{
    m->variables[0] = (sg_variable){
        .name = "level", .levels = m->level, .level_names = LEVELS, .n_levels = 3};
    m->variables[1] = (sg_variable){.name = "number", .numbers = m->number};
    m->sample = (sg_observations){.n_rows = n,
                                  .variables = m->variables,
                                  .n_variables = 2,
                                  .arm = m->arm,
                                  .success = m->success,
                                  .cluster = m->college,
                                  .n_clusters = N_COLLEGES};
}

void make_data(made *m, unsigned seed, size_t n)
{
    state = 1000003U * (uint64_t)seed + 7;
    for (size_t i = 0; i < n; i++) {
        m->level[i] = (uint32_t)(3.0 * draw());
        m->number[i] = floor(4.0 * draw());
        m->college[i] = (uint32_t)((double)N_COLLEGES * draw());
        m->arm[i] = draw() < 0.3 + 0.1 * m->level[i] ? 1 : 0;
        m->success[i] = draw() < 0.3 + 0.2 * m->arm[i] + 0.05 * m->number[i] ? 1.0 : 0.0;
    }
    connect(m, n);
}

void take_row(made *to, size_t at, const made *from, size_t row)
{
    to->level[at] = from->level[row];
    to->number[at] = from->number[row];
    to->college[at] = from->college[row];
    to->arm[at] = from->arm[row];
    to->success[at] = from->success[row];
}

const sg_model WITH_ARM = {.arm = true}, SCORE = {.arm = false};
const sg_aipw_options USUAL = {0.01, 0.99, SG_SEPARATED_FIRTH};
