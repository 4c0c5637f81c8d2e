/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * An outside reader's attack on one-way tables: every table that agrees with what is published is counted out, and the least and
 * greatest value that a hidden count takes in any of them is what the reader knows.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "disclosure/protect.h"

enum { MAX_LINES = 5 };

static const sg_disclosure_policy small_policy = {
    .minimum_cell = 4, .minimum_outcome = 3, .minimum_interval = 3};
static const sg_disclosure_policy usual_policy = {
    .minimum_cell = 10, .minimum_outcome = 3, .minimum_interval = 5};

/* splitmix64 (Steele, Lea, Flood 2014) */
static uint64_t next_random(uint64_t *state)
{
    uint64_t z = (*state += UINT64_C(0x9E3779B97F4A7C15));

    z = (z ^ (z >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94D049BB133111EB);
    return z ^ (z >> 31);
}

static sg_line line_of(int64_t iet_x, int64_t iet_f, int64_t comparison_x, int64_t comparison_f)
{
    sg_line line = {
        .count = {{iet_x + iet_f, iet_x, iet_f}, {comparison_x + comparison_f, comparison_x, comparison_f}}};

    return line;
}

/* The least and greatest value of cell [line][arm][side] over all tables with the published totals: the counts of x and f of the
 * hidden lines in that arm are free but for their sums. Enumerates every split of the sums over the hidden lines. */
typedef struct {
    int64_t low, high;
} range;

static void split(int64_t left, size_t lines, size_t target, size_t at, int64_t value, range *seen)
{
    if (at + 1 == lines) {
        int64_t chosen = at == target ? left : value;

        if (chosen < seen->low)
            seen->low = chosen;
        if (chosen > seen->high)
            seen->high = chosen;
        return;
    }
    for (int64_t v = 0; v <= left; v++)
        split(left - v, lines, target, at + 1, at == target ? v : value, seen);
}

static range attack(const sg_line *lines, size_t n, size_t target_line, int arm, int side, int64_t known_line)
{
    range seen = {INT64_MAX, INT64_MIN};
    int64_t sum = 0;
    size_t hidden = 0, target = 0;

    for (size_t i = 0; i < n; i++) {
        if (!lines[i].hidden || (int64_t)i == known_line)
            continue;
        if (i == target_line)
            target = hidden;
        sum += lines[i].count[arm][side];
        hidden++;
    }
    split(sum, hidden, target, 0, 0, &seen);
    return seen;
}

static void expect_safe(const sg_line *lines, size_t n, const sg_disclosure_policy *policy)
{
    size_t hidden = 0;

    for (size_t i = 0; i < n; i++)
        hidden += lines[i].hidden;
    for (size_t i = 0; i < n; i++) {
        if (!lines[i].hidden) {
            assert_false(sg_line_is_small(&lines[i], policy));
            continue;
        }
        assert_true(hidden > 1 || n == 1);
        for (int arm = 0; arm < SG_N_LINE_ARMS; arm++)
            for (int side = SG_SIDE_X; side < SG_N_SIDES; side++) {
                range r = attack(lines, n, i, arm, side, -1);

                assert_true(r.low <= lines[i].count[arm][side] && lines[i].count[arm][side] <= r.high);
                if (hidden < n && lines[i].count[arm][SG_SIDE_N] > 0)
                    assert_true(r.high - r.low >= policy->minimum_interval);
            }
    }
}

static void no_hidden_count_is_told_within_the_policys_interval_on_random_tables(void **state)
{
    uint64_t seed = 20240701;

    (void)state;
    for (int round = 0; round < 4000; round++) {
        sg_line lines[MAX_LINES];
        size_t n = 2 + next_random(&seed) % (MAX_LINES - 1);

        for (size_t i = 0; i < n; i++) {
            uint64_t top = 1 + next_random(&seed) % 16;

            lines[i] = line_of((int64_t)(next_random(&seed) % top), (int64_t)(next_random(&seed) % top),
                               (int64_t)(next_random(&seed) % top), (int64_t)(next_random(&seed) % top));
        }
        sg_protect_lines(lines, n, &small_policy);
        expect_safe(lines, n, &small_policy);
    }
}

/* Whoever is the only one or one of two in a hidden group knows that group: the others must still not be told exactly. */
static void an_insider_of_a_tiny_group_learns_no_other_group_exactly(void **state)
{
    uint64_t seed = 7;

    (void)state;
    for (int round = 0; round < 3000; round++) {
        sg_line lines[MAX_LINES];
        size_t hidden = 0;

        for (size_t i = 0; i < MAX_LINES; i++)
            lines[i] = line_of((int64_t)(next_random(&seed) % 14), (int64_t)(next_random(&seed) % 14),
                               (int64_t)(next_random(&seed) % 14), (int64_t)(next_random(&seed) % 14));
        lines[0] = line_of(1, 0, 8, 9);
        sg_protect_lines(lines, MAX_LINES, &small_policy);
        for (size_t i = 0; i < MAX_LINES; i++)
            hidden += lines[i].hidden;
        assert_true(lines[0].hidden);
        for (size_t i = 1; i < MAX_LINES && hidden < MAX_LINES; i++)
            for (int arm = 0; lines[i].hidden && arm < SG_N_LINE_ARMS; arm++) {
                range r = attack(lines, MAX_LINES, i, arm, SG_SIDE_X, 0);

                if (lines[i].count[arm][SG_SIDE_N] > 0)
                    assert_true(r.high > r.low);
            }
    }
}

static void one_small_group_takes_the_next_smallest_with_it(void **state)
{
    sg_line lines[] = {line_of(40, 60, 300, 500), line_of(3, 4, 50, 60), line_of(20, 25, 90, 110)};

    (void)state;
    sg_protect_lines(lines, 3, &usual_policy);
    assert_false(lines[0].hidden);
    assert_true(lines[1].hidden);
    assert_true(lines[2].hidden);
}

static void a_table_of_large_groups_hides_nothing(void **state)
{
    sg_line lines[] = {line_of(40, 60, 300, 500), line_of(30, 40, 50, 60), line_of(0, 0, 0, 0)};

    (void)state;
    sg_protect_lines(lines, 3, &usual_policy);
    for (size_t i = 0; i < 3; i++)
        assert_false(lines[i].hidden);
}

static void all_with_or_all_without_the_outcome_is_hidden_even_in_a_large_group(void **state)
{
    sg_line all = line_of(50, 0, 300, 500), none = line_of(0, 50, 300, 500), enough = line_of(3, 7, 300, 500);

    (void)state;
    assert_true(sg_line_is_small(&all, &usual_policy));
    assert_true(sg_line_is_small(&none, &usual_policy));
    assert_false(sg_line_is_small(&enough, &usual_policy));
}

static void two_levels_one_small_hide_both(void **state)
{
    sg_line lines[] = {line_of(40, 60, 300, 500), line_of(2, 1, 5, 6)};

    (void)state;
    sg_protect_lines(lines, 2, &usual_policy);
    assert_true(lines[0].hidden);
    assert_true(lines[1].hidden);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_hidden_count_is_told_within_the_policys_interval_on_random_tables),
        cmocka_unit_test(an_insider_of_a_tiny_group_learns_no_other_group_exactly),
        cmocka_unit_test(one_small_group_takes_the_next_smallest_with_it),
        cmocka_unit_test(a_table_of_large_groups_hides_nothing),
        cmocka_unit_test(all_with_or_all_without_the_outcome_is_hidden_even_in_a_large_group),
        cmocka_unit_test(two_levels_one_small_hide_both),
    };

    return cmocka_run_group_tests_name("disclosure_protect", tests, NULL, NULL);
}
