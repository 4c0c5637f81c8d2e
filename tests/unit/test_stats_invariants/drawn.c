/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drawn.h"

#include <math.h>

#include "support/assert.h"

static const char *const LEVELS[N_LEVELS] = {"a", "b", "c"};

void take_rows(drawn *to, size_t n)
{
    to->variables[0] = (sg_variable){
        .name = "level", .levels = to->level, .level_names = LEVELS, .n_levels = N_LEVELS};
    to->variables[1] = (sg_variable){.name = "number", .numbers = to->number};
    to->sample = (sg_observations){.n_rows = n,
                                   .variables = to->variables,
                                   .n_variables = 2,
                                   .arm = to->arm,
                                   .success = to->success,
                                   .cluster = to->college,
                                   .n_clusters = N_COLLEGES + 1};
}

void take_row(drawn *to, size_t at, const drawn *from, size_t row)
{
    to->level[at] = from->level[row];
    to->number[at] = from->number[row];
    to->college[at] = from->college[row];
    to->arm[at] = from->arm[row];
    to->success[at] = from->success[row];
}

static void draw_rows(dice *d, drawn *m, size_t n)
{
    m->model = (sg_model){.arm = true, .cluster_effects = throw(d, 3) == 0};
    for (size_t i = 0; i < n; i++) {
        m->level[i] = throw(d, N_LEVELS);
        m->number[i] = throw(d, 4);
        m->college[i] = throw(d, N_COLLEGES);
        m->arm[i] = throw(d, 10) < 3 + m->level[i] ? 1 : 0;
        m->success[i] = throw(d, 10) < 3 + 2U * m->arm[i] + m->level[i] ? 1.0 : 0.0;
    }
    take_rows(m, n);
}

typedef enum {
    ONE_ARM,
    ALL_OR_NONE,
    OUTCOME_BY_LEVEL,
    ARM_BY_LEVEL,
    OUTCOME_BY_ARM,
    CONSTANT,
    DETERMINED,
    ONE_COLLEGE,
    ONE_PATTERN,
    UNKNOWN_OUTCOMES,
    COLLEGES_OF_ONE_ARM,
    FAR_FROM_ZERO,
    N_FAULTS
} fault;

static void spoil_row(drawn *m, size_t i, fault f, unsigned side)
{
    switch (f) {
    case ONE_ARM: m->arm[i] = (uint8_t)side; break;
    case ALL_OR_NONE: m->success[i] = side; break;
    case OUTCOME_BY_LEVEL: m->success[i] = m->level[i] == 1 ? side : m->success[i]; break;
    case ARM_BY_LEVEL: m->arm[i] = m->level[i] == 1 ? (uint8_t)side : m->arm[i]; break;
    case OUTCOME_BY_ARM: m->success[i] = m->arm[i] == side ? 1.0 : 0.0; break;
    case CONSTANT: m->number[i] = 2.5; break;
    case DETERMINED: m->number[i] = 1.0 + 0.1 * m->level[i] + side * m->arm[i]; break;
    case ONE_COLLEGE: m->college[i] = 2; break;
    case ONE_PATTERN:
        m->level[i] = 1;
        m->number[i] = 3.0;
        m->college[i] = 0;
        break;
    case UNKNOWN_OUTCOMES: m->success[i] = i % 5 == side ? nan("") : m->success[i]; break;
    case COLLEGES_OF_ONE_ARM: m->arm[i] = m->college[i] % 2 == side ? 1 : 0; break;
    case FAR_FROM_ZERO: m->number[i] = 1e6 + m->number[i]; break;
    case N_FAULTS: break;
    }
}

void draw_sample(dice *d, drawn *out)
{
    const size_t n = throw(d, MOST_DRAWN + 1);

    draw_rows(d, out, n);
    if (throw(d, 2) == 0) {
        const fault f = (fault) throw(d, N_FAULTS);
        const unsigned side = throw(d, 2);
        for (size_t i = 0; i < n; i++)
            spoil_row(out, i, f, side);
    }
}

void draw_good_sample(dice *d, drawn *out)
{
    draw_rows(d, out, MOST_DRAWN / 2 + throw(d, MOST_DRAWN / 2 + 1));
}

void shuffle(dice *d, size_t *order, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        const size_t at = throw(d, (unsigned)i + 1);
        order[i] = order[at];
        order[at] = i;
    }
}

void for_drawn(uint64_t seed, int n, drawn_check *check)
{
    dice d = {seed};
    drawn m;
    sg_arena *arena = sg_arena_new();

    assert_non_null(arena);
    for (int i = 0; i < n; i++) {
        draw_sample(&d, &m);
        check(&d, &m, arena);
        sg_arena_reset(arena);
    }
    sg_arena_free(arena);
}
