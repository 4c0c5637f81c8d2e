/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tables.h"

#include "support/assert.h"

enum { LARGEST_SMALL = 6 };

/* Splitmix64. */
static uint64_t draw(source *s)
{
    uint64_t z = s->at += UINT64_C(0x9E3779B97F4A7C15);

    z = (z ^ (z >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94D049BB133111EB);
    return z ^ (z >> 31);
}

int64_t draw_to(source *s, int64_t most)
{
    return (int64_t)(draw(s) % (uint64_t)(most + 1));
}

/* One arm in three is small; in one of eight it is nobody or everybody. */
static sg_counts draw_counts(source *s, int64_t most)
{
    const int64_t size = draw_to(s, 2) == 0 ? 12 : most;
    const int64_t n = 1 + draw_to(s, size - 1), edge = draw_to(s, 15);

    return (sg_counts){.x = edge == 0 ? 0 : edge == 1 ? n : draw_to(s, n), .n = n};
}

table draw_table(source *s, int64_t most)
{
    static const double LEVELS[] = {0.8, 0.9, 0.95, 0.99};
    table t;

    t.iet = draw_counts(s, most); /* one after the other: an initialiser has no order */
    t.comparison = draw_counts(s, most);
    t.conf = LEVELS[draw_to(s, 3)];
    return t;
}

void for_tables(uint64_t seed, int n, int64_t most, void (*check)(const table *t))
{
    source s = {.at = seed};

    for (int i = 0; i < n; i++) {
        const table t = draw_table(&s, most);
        check(&t);
    }
}

void for_small_tables(void (*check)(const table *t))
{
    for (int64_t n1 = 1; n1 <= LARGEST_SMALL; n1++) {
        for (int64_t n0 = 1; n0 <= LARGEST_SMALL; n0++) {
            for (int64_t i = 0; i < (n1 + 1) * (n0 + 1); i++) {
                const table t = {.iet = {i / (n0 + 1), n1}, .comparison = {i % (n0 + 1), n0}, .conf = 0.95};
                check(&t);
            }
        }
    }
}

double rate_of(sg_counts c)
{
    return (double)c.x / (double)c.n;
}

void check_mirrored(const sg_figure *f, const sg_figure *g, double tolerance)
{
    assert_int_equal(f->status, SG_EST_OK);
    assert_int_equal(g->status, SG_EST_OK);
    sg_assert_close(f->estimate, -g->estimate, tolerance, 0.0);
    sg_assert_close(f->low, -g->high, tolerance, 0.0);
    sg_assert_close(f->high, -g->low, tolerance, 0.0);
}
