/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The 12th-hour day against sums made another way: over a common denominator, day by day.
 */
#include "support/assert.h"

#include "cohort/hours.h"

enum { MAX_ROWS = 80, TARGET_HOURS = 12 };

static sg_share shares[MAX_ROWS];

static sg_counted_row make_row(sg_day first, int64_t days, int64_t hours)
{
    return (sg_counted_row){
        .first = first, .last = (sg_day)(first + days - 1), .hours = hours, .spread_days = days};
}

static sg_day reach(const sg_counted_row *rows, size_t n, sg_day last)
{
    return sg_hours_reached(rows, n, last, TARGET_HOURS * SG_HOUR, shares);
}

static void hours_at_once_are_reached_on_the_first_day(void **state)
{
    (void)state;
    sg_counted_row row = make_row(100, 1, 12 * SG_HOUR);
    assert_int_equal(reach(&row, 1, 100), 100);
}

static void a_billionth_of_an_hour_short_is_never_reached(void **state)
{
    (void)state;
    sg_counted_row row = make_row(100, 7, 12 * SG_HOUR - 1);
    assert_int_equal(reach(&row, 1, 106), SG_DAY_NONE);
}

/* Of 24 hours over 10 days 12 are there at the end of day 5; seen from day 4 they are not. */
static void days_behind_the_last_known_one_give_no_hours(void **state)
{
    (void)state;
    sg_counted_row row = make_row(100, 10, 24 * SG_HOUR);
    assert_int_equal(reach(&row, 1, 104), 104);
    assert_int_equal(reach(&row, 1, 103), SG_DAY_NONE);
}

/*
 * Thirty pairs of rows, each pair over as many days as one of thirty primes: on the tenth day a pair has given
 * 10 (a + b) / p units, a whole number because a + b is 1 000 003 p, though neither row's share is. The product of the
 * primes has far over 64 bits. One row of a day fills the sum up to 12 hours exactly, or a unit less.
 */
static size_t make_prime_pairs(sg_counted_row *rows, int64_t short_of)
{
    static const int primes[] = {101, 103, 107, 109, 113, 127, 131, 137, 139, 149, 151, 157, 163, 167, 173,
                                 179, 181, 191, 193, 197, 199, 211, 223, 227, 229, 233, 239, 241, 251, 257};
    size_t n = 0;
    for (size_t i = 0; i < sizeof primes / sizeof primes[0]; i++) {
        int64_t whole = INT64_C(1000003) * primes[i], part = whole / 3 + (int64_t)i + 1;
        rows[n++] = make_row(1000, primes[i], part);
        rows[n++] = make_row(1000, primes[i], whole - part);
    }
    int64_t by_day_ten = 10 * INT64_C(1000003) * 30;
    rows[n++] = make_row(1005, 1, 12 * SG_HOUR - by_day_ten - short_of);
    return n;
}

static void a_sum_over_thirty_primes_is_equal_to_the_last_unit(void **state)
{
    (void)state;
    sg_counted_row rows[MAX_ROWS];
    size_t n = make_prime_pairs(rows, 0);
    assert_int_equal(reach(rows, n, 1256), 1009);
}

static void a_unit_less_over_thirty_primes_is_a_day_later(void **state)
{
    (void)state;
    sg_counted_row rows[MAX_ROWS];
    size_t n = make_prime_pairs(rows, 1);
    assert_int_equal(reach(rows, n, 1256), 1010);
}

/* A repeatable sequence of numbers below `below`. */
static int64_t draw(uint64_t *seed, int64_t below)
{
    *seed = *seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (int64_t)((*seed >> 33) % (uint64_t)below);
}

/* Days of each row divide 27720, so over 27720 every share is a whole number. */
static sg_day reach_by_days(const sg_counted_row *rows, size_t n, sg_day last, int64_t target)
{
    for (sg_day day = rows[0].first; day <= last; day++) {
        int64_t sum = 0;
        for (size_t i = 0; i < n; i++)
            for (sg_day at = rows[i].first; at <= rows[i].last && at <= day; at++)
                sum += rows[i].hours * (27720 / rows[i].spread_days);
        if (sum >= target * 27720)
            return day;
    }
    return SG_DAY_NONE;
}

static void drawn_rows_give_the_day_of_a_common_denominator(void **state)
{
    (void)state;
    static const int64_t days[] = {1, 2, 3, 5, 7, 8, 9, 11, 12, 22, 28, 45, 63, 77, 99};
    uint64_t seed = 20240701;
    size_t n_reached = 0, n_exact = 0;
    for (int trial = 0; trial < 3000; trial++) {
        sg_counted_row rows[6];
        size_t n = 1 + (size_t)draw(&seed, 6);
        sg_day first = 500, last = 0;
        for (size_t i = 0; i < n; i++) {
            rows[i] = make_row(first, days[draw(&seed, 15)],
                               1 + draw(&seed, 12)); /* few units: sums that are equal are common */
            last = rows[i].last > last ? rows[i].last : last;
            first += (sg_day)draw(&seed, 10);
        }
        int64_t target = 1 + draw(&seed, 24);
        sg_day want = reach_by_days(rows, n, last, target);
        assert_int_equal(sg_hours_reached(rows, n, last, target, shares), want);
        n_reached += want != SG_DAY_NONE;
        n_exact += want != SG_DAY_NONE && reach_by_days(rows, n, last, target + 1) != want;
    }
    assert_in_range(n_reached, 1000, 2900);
    assert_in_range(n_exact, 500, 2900);
}

/* The largest row that an import lets in: 9999 hours from 1800 to 2999, 438 291 days of 400 years three times. */
static void the_longest_row_does_not_overflow(void **state)
{
    (void)state;
    sg_counted_row row = make_row(-62091, 438291, 9999 * SG_HOUR);
    /* 12 / 9999 of 438291 days are 525.999...: 12 * 438291 = 5259492, 526 * 9999 = 5259474, 527 * 9999 = 5269473 */
    assert_int_equal(reach(&row, 1, row.last), -62091 + 526);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(hours_at_once_are_reached_on_the_first_day),
        cmocka_unit_test(a_billionth_of_an_hour_short_is_never_reached),
        cmocka_unit_test(days_behind_the_last_known_one_give_no_hours),
        cmocka_unit_test(a_sum_over_thirty_primes_is_equal_to_the_last_unit),
        cmocka_unit_test(a_unit_less_over_thirty_primes_is_a_day_later),
        cmocka_unit_test(drawn_rows_give_the_day_of_a_common_denominator),
        cmocka_unit_test(the_longest_row_does_not_overflow),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
