/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Exits of periods made of days of service: the period ends with the last of them, whatever the enrollment's own end is.
 */
#include "support/assert.h"

#include "cohort/participation.h"
#include "cohort/year.h"

enum { MAX_SERVICES = 4 };

static sg_day day_of(int year, int month, int day)
{
    sg_day out = SG_DAY_NONE;
    assert_true(sg_day_from_civil(year, month, day, &out));
    return out;
}

typedef struct {
    sg_config config;
    sg_stored_enrollment row;
    sg_stored_service services[MAX_SERVICES];
    sg_stored_learner learner;
    sg_participation participation;
} fixture;

/* One enrollment from 1 September 2023, known of up to the cut-off, and a service of 20 hours on each of the days. */
static void find(fixture *f, sg_day end, const char *reason, sg_day cutoff, const sg_day *days, size_t n_days)
{
    sg_participation_seen seen = {0};
    sg_err err = {0};
    *f = (fixture){
        .row = {.cutoff = cutoff, .export_has_hours = true},
        .learner = {
            .enrollments = &f->row, .n_enrollments = 1, .services = f->services, .n_services = n_days}};
    f->config.cohort.participant_hours = 12;
    f->config.cohort.exit_gap_days = 90;
    for (size_t i = 0; i < SG_N_ENROLLMENT_FIELDS; i++)
        f->row.number[i] = SG_BLANK;
    f->row.number[SG_ENROLLMENT_START_DATE] = day_of(2023, 9, 1);
    if (end != SG_DAY_NONE)
        f->row.number[SG_ENROLLMENT_END_DATE] = end;
    if (reason != NULL)
        f->row.number[SG_ENROLLMENT_EXIT_REASON] = sg_code_find(&sg_codes_exit_reason, reason);
    for (size_t i = 0; i < n_days; i++)
        f->services[i] = (sg_stored_service){
            .first = days[i], .last = days[i], .hours = 20 * SG_HOUR, .cutoff = cutoff, .order = i};
    f->participation = (sg_participation){.config = &f->config, .as_of = cutoff};
    sg_assert_ok(sg_participation_find(&f->participation, &f->learner, &seen, &err), &err);
}

static bool has_ended(const fixture *f, size_t pop, sg_day as_of)
{
    return sg_pop_has_ended(&f->participation.pops[pop], &f->config, as_of);
}

static void an_open_enrollment_is_left_when_the_gap_after_its_last_service_is_over(void **state)
{
    const sg_day days[] = {day_of(2023, 9, 4), day_of(2023, 9, 29)};
    fixture f;
    (void)state;
    find(&f, SG_DAY_NONE, NULL, day_of(2024, 7, 31), days, 2);
    assert_int_equal(f.participation.n_pops, 1);
    assert_int_equal(f.participation.pops[0].last, days[1]);
    assert_true(has_ended(&f, 0, day_of(2024, 7, 31)));
    assert_false(sg_pop_is_cut(&f.participation.pops[0], &f.config, day_of(2024, 7, 31)));
    assert_int_equal(sg_pop_exit_known_on(&f.participation.pops[0], &f.config), days[1] + 91);
    sg_participation_release(&f.participation);
}

static void but_not_while_the_gap_is_open_when_the_college_was_last_heard_of(void **state)
{
    const sg_day days[] = {day_of(2023, 9, 4), day_of(2023, 9, 29)};
    fixture f;
    (void)state;
    find(&f, SG_DAY_NONE, NULL, days[1] + 90, days, 2);
    assert_true(sg_pop_is_cut(&f.participation.pops[0], &f.config, day_of(2024, 7, 31)));
    assert_false(has_ended(&f, 0, day_of(2024, 7, 31)));
    sg_participation_release(&f.participation);
    find(&f, SG_DAY_NONE, NULL, days[1] + 91, days, 2);
    assert_true(has_ended(&f, 0, day_of(2024, 7, 31)));
    sg_participation_release(&f.participation);
}

static void an_exit_reason_is_of_the_last_period_of_its_enrollment(void **state)
{
    const sg_day days[] = {day_of(2023, 9, 4), day_of(2023, 9, 29), day_of(2024, 5, 6), day_of(2024, 5, 17)};
    fixture f;
    (void)state;
    find(&f, day_of(2024, 5, 20), "01", day_of(2025, 7, 31), days, 4);
    assert_int_equal(f.participation.n_pops, 2);
    assert_int_equal(sg_pop_exclusion(&f.participation.pops[0], &f.config), SG_EXCLUDES_NOTHING);
    assert_int_equal(sg_pop_exclusion(&f.participation.pops[1], &f.config), SG_EXCLUDES_ALL);
    assert_true(has_ended(&f, 0, day_of(2025, 7, 31)));
    assert_true(has_ended(&f, 1, day_of(2025, 7, 31)));
    sg_participation_release(&f.participation);
}

static void each_reason_takes_out_what_the_guidance_says(void **state)
{
    static const struct {
        const char *reason;
        sg_exclusion excludes;
    } reasons[] = {{"00", SG_EXCLUDES_NOTHING}, {"01", SG_EXCLUDES_ALL},       {"02", SG_EXCLUDES_ALL},
                   {"03", SG_EXCLUDES_ALL},     {"04", SG_EXCLUDES_ALL},       {"05", SG_EXCLUDES_NOTHING},
                   {"06", SG_EXCLUDES_NOTHING}, {"07", SG_EXCLUDES_AFTER_EXIT}};
    const sg_day days[] = {day_of(2023, 9, 4)};
    (void)state;
    for (size_t i = 0; i < sizeof reasons / sizeof reasons[0]; i++) {
        fixture f;
        find(&f, day_of(2023, 9, 29), reasons[i].reason, day_of(2024, 7, 31), days, 1);
        assert_int_equal(sg_pop_exclusion(&f.participation.pops[0], &f.config), reasons[i].excludes);
        sg_participation_release(&f.participation);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_open_enrollment_is_left_when_the_gap_after_its_last_service_is_over),
        cmocka_unit_test(but_not_while_the_gap_is_open_when_the_college_was_last_heard_of),
        cmocka_unit_test(an_exit_reason_is_of_the_last_period_of_its_enrollment),
        cmocka_unit_test(each_reason_takes_out_what_the_guidance_says),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
