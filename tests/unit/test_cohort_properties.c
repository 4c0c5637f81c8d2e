/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What holds for every learner, tried on drawn ones: rows with and without services, a register, terms.
 */
#include "support/assert.h"

#include <string.h>

#include "cohort/builder.h"
#include "cohort/hours.h"
#include "support/dice.h"

enum {
    N_DRAWN = 3000,
    MAX_ROWS = 7,
    MAX_SERVICES = 1200,
    MAX_GAINS = 4,
    N_PROGRAMS = 4,
    N_TERMS = 6,
    N_COLLEGES = 3
};

typedef struct {
    dice chance;
    sg_day as_of, cutoff;
    sg_stored_enrollment rows[MAX_ROWS]; /* by first day, no two on one */
    sg_stored_service services[MAX_SERVICES];
    sg_stored_gain gains[MAX_GAINS];
    sg_stored_learner learner;
    sg_program programs[N_PROGRAMS];
    sg_register reg;
    bool has_services[N_COLLEGES];
    sg_day terms[N_TERMS];
    sg_config config;
} drawn;

static sg_day day_of(int year, int month, int day)
{
    sg_day out = SG_DAY_NONE;
    assert_true(sg_day_from_civil(year, month, day, &out));
    return out;
}

static int one_of(drawn *d, const int *choices, unsigned n)
{
    return choices[throw(&d->chance, n)];
}
#define ONE_OF(d, ...)                                                                                       \
    one_of(d, (const int[]){__VA_ARGS__}, (unsigned)(sizeof((const int[]){__VA_ARGS__}) / sizeof(int)))

static sg_day end_of(const drawn *d, const sg_stored_enrollment *row)
{
    int64_t end = row->number[SG_ENROLLMENT_END_DATE];
    return end == SG_BLANK || end > d->cutoff ? d->cutoff : (sg_day)end;
}

/* ---- drawing ---- */

/* So many hours a day, up to the cut-off; an identity of its own by its section. */
static void draw_row(drawn *d, sg_stored_enrollment *row, sg_day start, sg_day end)
{
    static const char *const sections[MAX_ROWS] = {"A", "B", "C", "D", "E", "F", "G"};
    static const char *const ids[] = {NULL, "N7", "W1"};
    for (size_t i = 0; i < SG_N_ENROLLMENT_FIELDS; i++)
        row->number[i] = SG_BLANK;
    row->number[SG_ENROLLMENT_START_DATE] = start;
    if (throw(&d->chance, 12) > 0)
        row->number[SG_ENROLLMENT_END_DATE] = end;
    row->number[SG_ENROLLMENT_IET] = ONE_OF(d, SG_IET_NO, SG_IET_NO, SG_IET_NO, SG_IET_NO, SG_IET_YES, 0);
    if (row->number[SG_ENROLLMENT_IET] == 0)
        row->number[SG_ENROLLMENT_IET] = SG_BLANK;
    row->number[SG_ENROLLMENT_COMPONENT] = 1 + throw(&d->chance, SG_COMPONENT_INTEGRATED);
    row->number[SG_ENROLLMENT_EXIT_REASON] = throw(&d->chance, 10) > 0 ? SG_BLANK : 1 + throw(&d->chance, 8);
    if (throw(&d->chance, 8) == 0)
        row->number[SG_ENROLLMENT_PLANNED_SERVICE_DATE] = end + (sg_day) throw(&d->chance, 100);
    row->college = (int) throw(&d->chance, N_COLLEGES);
    row->section_id = sections[row - d->rows];
    row->iet_program_id = ids[throw(&d->chance, 3)];
    row->cutoff = d->cutoff;
    row->export_has_hours = true;
    int64_t days = (int64_t)end_of(d, row) - start + 1;
    row->number[SG_ENROLLMENT_CONTACT_HOURS] = days > 0 ? days * (1 + throw(&d->chance, 3)) * SG_HOUR : 0;
}

/* Gaps about as long as the one that ends a PoP, rows that overlap, rows after the as-of date and the cut-off. */
static void draw_rows(drawn *d)
{
    sg_day start = day_of(2021, 5, 1) + (sg_day) throw(&d->chance, 1100);
    d->learner.n_enrollments = 1 + throw(&d->chance, MAX_ROWS - 1);
    for (size_t i = 0; i < d->learner.n_enrollments; i++) {
        sg_day end = start + (sg_day) throw(&d->chance, throw(&d->chance, 3) > 0 ? 120 : 400);
        draw_row(d, &d->rows[i], start, end);
        sg_day next = end + ONE_OF(d, 1, 2, 30, 89, 90, 91, 92, 150);
        start = throw(&d->chance, 3) > 0 || next <= start ? start + 1 + (sg_day) throw(&d->chance, 40) : next;
    }
}

static void draw_gains(drawn *d)
{
    sg_day first = (sg_day)d->rows[0].number[SG_ENROLLMENT_START_DATE];
    d->learner.n_gains = throw(&d->chance, MAX_GAINS + 1);
    for (size_t i = 0; i < d->learner.n_gains; i++)
        d->gains[i] = (sg_stored_gain){.date = first + (sg_day) throw(&d->chance, 500),
                                       .type = (sg_gain_type)(1 + throw(&d->chance, 9)),
                                       .cutoff = d->cutoff,
                                       .college = -1};
}

static void draw_register(drawn *d)
{
    static const char *const ids[N_PROGRAMS] = {"N7", "N7", "W1", "W1"};
    for (int i = 0; i < N_PROGRAMS; i++) {
        sg_day from = day_of(2021, 1, 1) + (sg_day) throw(&d->chance, 900);
        d->programs[i] = (sg_program){.id = ids[i],
                                      .college = i % 2 + (int) throw(&d->chance, 2) * (i % 2),
                                      .first = throw(&d->chance, 2) > 0 ? from : SG_DAY_NONE,
                                      .last = throw(&d->chance, 2) > 0 ? from + 500 : INT32_MAX,
                                      .approved_from = from + (sg_day) throw(&d->chance, 300) - 150,
                                      .approved_to = throw(&d->chance, 2) > 0 ? from + 700 : INT32_MAX};
    }
    d->reg = (sg_register){.all = d->programs, .n = throw(&d->chance, 4) > 0 ? N_PROGRAMS : 0};
}

static void draw_config(drawn *d)
{
    static const unsigned arms[] = {SG_GRADE_BIT_CONFIRMED | SG_GRADE_BIT_SUPPORTED | SG_GRADE_BIT_CLAIMED,
                                    SG_GRADE_BIT_CONFIRMED};
    for (int i = 0; i < N_TERMS; i++) /* August and January */
        d->terms[i] = day_of(2021 + (i + 1) / 2, i % 2 == 0 ? 8 : 1, 1) + (sg_day) throw(&d->chance, 30);
    d->config = (sg_config){.cohort = {.participant_hours = 12,
                                       .exit_gap_days = 90,
                                       .landmark_days = 30,
                                       .entry_days = 21,
                                       .follow_up_days = 180,
                                       .gain_grace_days = ONE_OF(d, 0, 0, 0, 10),
                                       .iet = arms[throw(&d->chance, 3) == 0],
                                       .terms = d->terms,
                                       .n_terms = N_TERMS}};
    d->config.analysis.common_types = 1U << SG_GAIN_EFL_TEST | 1U << SG_GAIN_DIPLOMA;
}

static void draw(drawn *d, uint64_t seed)
{
    *d = (drawn){.chance = {seed}};
    d->cutoff = day_of(2025, 6, 30);
    d->as_of = throw(&d->chance, 3) > 0 ? d->cutoff : day_of(2022, 7, 1) + (sg_day) throw(&d->chance, 900);
    d->learner = (sg_stored_learner){.enrollments = d->rows, .services = d->services, .gains = d->gains};
    draw_rows(d);
    draw_gains(d);
    draw_register(d);
    draw_config(d);
}

static void add_service(drawn *d, const sg_stored_enrollment *row, sg_day day, int64_t hours)
{
    assert_true(d->learner.n_services < MAX_SERVICES);
    d->services[d->learner.n_services++] = (sg_stored_service){.first = day,
                                                               .last = day,
                                                               .hours = hours,
                                                               .college = row->college,
                                                               .section_id = row->section_id,
                                                               .cutoff = d->cutoff};
    d->has_services[row->college] = true;
}

/* Of some enrollments: on some days, in halves of an hour, some of them not of any enrollment. */
static void draw_services(drawn *d)
{
    for (size_t i = 0; i < d->learner.n_enrollments; i++) {
        const sg_stored_enrollment *row = &d->rows[i];
        sg_day day = (sg_day)row->number[SG_ENROLLMENT_START_DATE] - 3 + (sg_day) throw(&d->chance, 9);
        if (throw(&d->chance, 3) == 0)
            continue;
        for (int n = 0; n < 60 && day <= end_of(d, row) + 2; n++) {
            add_service(d, row, day, throw(&d->chance, 9) * SG_HOUR / 2);
            day += ONE_OF(d, 1, 2, 7, 7, 7, 14, 14, 30, 91);
        }
    }
}

/* ---- counting ---- */

static sg_cohort *count(drawn *d)
{
    static const char *const colleges[N_COLLEGES] = {"01", "02", "03"};
    const sg_cohort_sources sources = {
        .programs = &d->reg, .has_services = d->has_services, .outcomes_up_to = SG_DAY_NONE};
    sg_cohort_builder *builder = NULL;
    sg_cohort *cohort = NULL;
    sg_err err = {0};
    sg_assert_ok(sg_cohort_builder_new(&d->config, d->as_of, &builder, &err), &err);
    sg_cohort_builder_use(builder, &sources);
    sg_assert_ok(sg_cohort_builder_add(builder, &d->learner, &err), &err);
    sg_assert_ok(sg_cohort_builder_finish(builder, colleges, N_COLLEGES, &cohort, &err), &err);
    sg_cohort_builder_free(builder);
    return cohort;
}

static void assert_same(const sg_cohort *a, const sg_cohort *b)
{
    for (size_t i = 0; i < SG_N_DESIGNS; i++) {
        const sg_cohort_view *left = &a->designs[i], *right = &b->designs[i];
        assert_int_equal(left->n, right->n);
        for (size_t k = 0; k < left->n; k++) {
            assert_int_equal(left->program_year[k], right->program_year[k]);
            assert_int_equal(left->college[k], right->college[k]);
            assert_int_equal(left->state[k], right->state[k]);
            assert_int_equal(left->grade[k], right->grade[k]);
            assert_int_equal(left->arm[k], right->arm[k]);
            assert_int_equal(left->outcomes[k], right->outcomes[k]);
            if (left->gain_days != NULL)
                assert_int_equal(left->gain_days[k], right->gain_days[k]);
        }
    }
}

/* ---- properties ---- */

static void shuffle(drawn *d)
{
    for (size_t i = d->learner.n_services; i > 1; i--) {
        size_t k = throw(&d->chance, (unsigned)i);
        sg_stored_service service = d->services[k];
        d->services[k] = d->services[i - 1];
        d->services[i - 1] = service;
    }
}

/* Enrollments and gains are by day whatever was delivered first; that exports may come in any order is tested end to end, too. */
static void services_may_come_in_any_order(void **state)
{
    static drawn d;
    size_t n_units = 0;
    (void)state;
    for (uint64_t seed = 0; seed < N_DRAWN; seed++) {
        draw(&d, seed);
        draw_services(&d);
        sg_cohort *before = count(&d);
        shuffle(&d);
        sg_cohort *after = count(&d);
        assert_same(before, after);
        n_units += before->designs[SG_DESIGN_TERM].n;
        sg_cohort_free(before);
        sg_cohort_free(after);
    }
    assert_true(n_units > N_DRAWN / 4);
}

/* The hours of a day are whole, so that nothing is lost in taking them apart: the same 12th hour, and with it all the rest. */
static void a_service_a_day_counts_as_the_span_does(void **state)
{
    static drawn d;
    size_t n_units = 0;
    (void)state;
    for (uint64_t seed = 0; seed < N_DRAWN / 4; seed++) {
        draw(&d, seed);
        sg_cohort *spans = count(&d);
        for (size_t i = 0; i < d.learner.n_enrollments; i++) {
            const sg_stored_enrollment *row = &d.rows[i];
            sg_day first = (sg_day)row->number[SG_ENROLLMENT_START_DATE], last = end_of(&d, row);
            int64_t a_day = last >= first ? row->number[SG_ENROLLMENT_CONTACT_HOURS] / (last - first + 1) : 0;
            if (last - first > 400 || throw(&d.chance, 4) == 0)
                continue; /* its span beside the services of others */
            for (sg_day day = first; day <= last && d.learner.n_services < MAX_SERVICES; day++)
                add_service(&d, row, day, a_day);
        }
        if (d.learner.n_services < MAX_SERVICES) {
            sg_cohort *days = count(&d);
            assert_same(spans, days);
            n_units += days->designs[SG_DESIGN_TERM].n;
            sg_cohort_free(days);
        }
        sg_cohort_free(spans);
    }
    assert_true(n_units > N_DRAWN / 16);
}

static bool is_in_comparison(const sg_cohort_view *view, int year)
{
    for (size_t i = 0; i < view->n; i++)
        if (view->program_year[i] == year && view->state[i] == SG_COHORT_IN &&
            view->arm[i] == SG_ARM_IS_COMPARISON)
            return true;
    return false;
}

static void put_iet_first(drawn *d)
{
    memmove(d->rows + 1, d->rows, d->learner.n_enrollments * sizeof *d->rows);
    d->learner.n_enrollments++;
    sg_day first = (sg_day)d->rows[1].number[SG_ENROLLMENT_START_DATE] - 1 - (sg_day) throw(&d->chance, 200);
    draw_row(d, &d->rows[0], first, first + (sg_day) throw(&d->chance, 150));
    d->rows[0].number[SG_ENROLLMENT_IET] = SG_IET_YES;
    d->rows[0].section_id = "IET";
}

/* In the naive design it may: there the row can make a participant of an earlier PoP, which then stands for the year. */
static void earlier_iet_moves_nobody_into_the_comparison(void **state)
{
    static drawn d;
    size_t n_moved_out = 0;
    (void)state;
    for (uint64_t seed = 0; seed < N_DRAWN; seed++) {
        draw(&d, seed);
        draw_services(&d);
        sg_cohort *before = count(&d);
        put_iet_first(&d);
        sg_cohort *after = count(&d);
        for (int year = 2018; year < 2026; year++) {
            assert_false(is_in_comparison(&after->designs[SG_DESIGN_TERM], year));
            n_moved_out += is_in_comparison(&before->designs[SG_DESIGN_TERM], year);
            if (is_in_comparison(&after->designs[SG_DESIGN_LANDMARK], year))
                assert_true(is_in_comparison(&before->designs[SG_DESIGN_LANDMARK], year));
        }
        sg_cohort_free(before);
        sg_cohort_free(after);
    }
    assert_true(n_moved_out > N_DRAWN / 100);
}

static bool has_year(const sg_cohort_view *view, int year)
{
    for (size_t i = 0; i < view->n; i++)
        if (view->program_year[i] == year)
            return true;
    return false;
}

/* Who participates at a term's start participates in its program year, in this PoP or in an earlier one that stands for the year. */
static void a_unit_of_a_term_has_a_participant_year(void **state)
{
    static drawn d;
    size_t n_in[3] = {0};
    (void)state;
    for (uint64_t seed = 0; seed < N_DRAWN; seed++) {
        draw(&d, seed);
        if (throw(&d.chance, 2) > 0)
            draw_services(&d);
        sg_cohort *cohort = count(&d);
        const sg_cohort_view *terms = &cohort->designs[SG_DESIGN_TERM];
        for (size_t i = 0; i < terms->n; i++) {
            assert_true(has_year(&cohort->designs[SG_DESIGN_NAIVE], terms->program_year[i]));
            assert_true(has_year(&cohort->designs[SG_DESIGN_LANDMARK], terms->program_year[i]));
            n_in[terms->arm[i]] += terms->state[i] == SG_COHORT_IN;
        }
        sg_cohort_free(cohort);
    }
    for (size_t arm = 0; arm < 3; arm++) /* else the dice have not met the rules */
        assert_true(n_in[arm] > N_DRAWN / 150);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(services_may_come_in_any_order),
        cmocka_unit_test(a_service_a_day_counts_as_the_span_does),
        cmocka_unit_test(earlier_iet_moves_nobody_into_the_comparison),
        cmocka_unit_test(a_unit_of_a_term_has_a_participant_year),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
