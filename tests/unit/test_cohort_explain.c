/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The trace of one learner: what became of each row and gain, the periods, and each design's view with its reason.
 */
#include "support/assert.h"

#include <stdlib.h>
#include <string.h>

#include "cohort/trace.h"

enum { MOST = 4 };

typedef struct {
    sg_config config;
    sg_register programs;
    sg_program program;
    sg_cohort_sources sources;
    bool has_services[1];
    sg_stored_enrollment rows[MOST];
    sg_stored_gain gains[MOST];
    sg_stored_service services[MOST];
    sg_stored_test tests[MOST];
    sg_stored_learner learner;
    sg_arena *arena;
    sg_explained_learner told;
} fixture;

static sg_day day_of(int year, int month, int day)
{
    sg_day out = SG_DAY_NONE;
    assert_true(sg_day_from_civil(year, month, day, &out));
    return out;
}

static sg_day as_of(void)
{
    return day_of(2025, 6, 30);
}

static int setup(void **state)
{
    static const char *const dimensions[] = {"sex", "entering_level"};
    fixture *f = calloc(1, sizeof *f);
    if (f == NULL || (f->arena = sg_arena_new()) == NULL)
        return -1;
    f->config.cohort.participant_hours = 12;
    f->config.cohort.exit_gap_days = 90;
    f->config.cohort.landmark_days = 30;
    f->config.cohort.follow_up_days = 180;
    f->config.cohort.entry_days = 21;
    f->config.cohort.iet = SG_GRADE_BIT_CLAIMED | SG_GRADE_BIT_SUPPORTED | SG_GRADE_BIT_CONFIRMED;
    f->config.analysis.common_types = 1U << SG_GAIN_EFL_TEST;
    f->config.analysis.dimensions = dimensions;
    f->config.analysis.n_dimensions = 2;
    f->sources.outcomes_up_to = f->sources.tests_up_to = SG_DAY_NONE;
    f->learner.enrollments = f->rows;
    f->learner.gains = f->gains;
    f->learner.services = f->services;
    f->learner.tests = f->tests;
    *state = f;
    return 0;
}

static int teardown(void **state)
{
    fixture *f = *state;
    sg_arena_free(f->arena);
    free(f);
    return 0;
}

static sg_stored_enrollment *add_row(fixture *f, sg_day first, sg_day last, int64_t hours)
{
    sg_stored_enrollment *row = &f->rows[f->learner.n_enrollments++];
    for (size_t i = 0; i < SG_N_ENROLLMENT_FIELDS; i++)
        row->number[i] = SG_BLANK;
    row->number[SG_ENROLLMENT_START_DATE] = first;
    row->number[SG_ENROLLMENT_END_DATE] = last;
    row->number[SG_ENROLLMENT_CONTACT_HOURS] = hours * INT64_C(1000000000);
    row->number[SG_ENROLLMENT_IET] = SG_IET_NO;
    row->cutoff = as_of();
    row->export_has_hours = true;
    return row;
}

static void add_gain(fixture *f, sg_day date, sg_gain_type type)
{
    f->gains[f->learner.n_gains++] = (sg_stored_gain){
        .date = date, .type = type, .cutoff = as_of(), .college = -1};
}

static void explain(fixture *f)
{
    static const char *const colleges[] = {"01"};
    SG_CLEANUP(sg_cohort_builder_cleanup) sg_cohort_builder *builder = NULL;
    SG_CLEANUP(sg_cohort_cleanup) sg_cohort *cohort = NULL;
    sg_err err = {0};
    sg_assert_ok(sg_cohort_builder_new(&f->config, as_of(), &builder, &err), &err);
    sg_cohort_builder_use(builder, &f->sources);
    sg_assert_ok(sg_cohort_builder_add(builder, &f->learner, &err), &err);
    sg_assert_ok(sg_cohort_builder_finish(builder, colleges, 1, &cohort, &err), &err);
    const sg_trace trace = {.builder = builder,
                            .config = &f->config,
                            .as_of = as_of(),
                            .colleges = cohort->colleges,
                            .n_colleges = 1,
                            .dimensions = cohort->dimensions,
                            .n_dimensions = cohort->n_dimensions,
                            .arena = f->arena};
    sg_assert_ok(sg_trace_learner(&trace, &f->learner, &f->told, &err), &err);
}

static const sg_explained_unit *unit_of(const fixture *f, sg_design design, int program_year)
{
    size_t at = 0;
    while (at < f->told.n_units &&
           (f->told.units[at].design != design || f->told.units[at].program_year != program_year))
        at++;
    assert_true(at < f->told.n_units);
    return &f->told.units[at];
}

static void rows_tell_what_became_of_them(void **state)
{
    fixture *f = *state;
    add_row(f, day_of(2023, 9, 1), day_of(2023, 12, 15), 60);
    add_row(f, day_of(2023, 9, 2), day_of(2023, 9, 30), 0);
    add_row(f, day_of(2025, 7, 1), day_of(2025, 9, 1), 20);
    add_row(f, day_of(2023, 9, 3), day_of(2023, 9, 30), 0)->export_has_hours = false;
    explain(f);
    static const sg_fate fates[] = {SG_FATE_COUNTS, SG_FATE_NO_HOURS, SG_FATE_AFTER_CUTOFF, SG_FATE_AS_GIVEN};
    assert_int_equal(f->told.n_rows, 4);
    for (size_t i = 0; i < 4; i++) {
        assert_int_equal(f->told.rows[i].fate, fates[i]);
        assert_int_equal(f->told.rows[i].pop, i == 0 || i == 3);
        assert_string_equal(f->told.rows[i].college, "01");
    }
}

static void services_tell_whose_they_are(void **state)
{
    fixture *f = *state;
    f->has_services[0] = true;
    f->sources.has_services = f->has_services;
    add_row(f, day_of(2023, 9, 1), day_of(2023, 12, 15), 60);
    add_row(f, day_of(2024, 9, 1), day_of(2024, 12, 15), 0)->export_has_hours = false;
    f->services[0] = (sg_stored_service){.first = day_of(2023, 9, 5),
                                         .last = day_of(2023, 9, 5),
                                         .hours = INT64_C(14000000000),
                                         .cutoff = as_of()};
    f->services[1] = f->services[0];
    f->services[1].first = f->services[1].last = day_of(2024, 3, 1);
    f->learner.n_services = 2;
    explain(f);
    assert_int_equal(f->told.rows[0].fate, SG_FATE_BY_SERVICES);
    assert_int_equal(f->told.rows[1].fate, SG_FATE_NEVER_CAME);
    assert_int_equal(f->told.rows[2].fate, SG_FATE_SERVICE_COUNTS);
    assert_int_equal(f->told.rows[3].fate, SG_FATE_NO_ENROLLMENT);
    assert_int_equal(f->told.n_pops, 1);
    assert_int_equal(f->told.pops[0].participant_day, day_of(2023, 9, 5));
}

static void gains_and_tests_tell_why_not(void **state)
{
    fixture *f = *state;
    add_row(f, day_of(2023, 9, 1), day_of(2023, 12, 15), 60);
    add_gain(f, day_of(2023, 12, 1), SG_GAIN_EFL_TEST);
    add_gain(f, day_of(2023, 12, 2), SG_GAIN_MILESTONE);
    add_gain(f, day_of(2024, 3, 1), SG_GAIN_EFL_TEST);
    add_gain(f, day_of(2025, 8, 1), SG_GAIN_EFL_TEST);
    for (int i = 0; i < 3; i++)
        f->tests[i] = (sg_stored_test){.instrument = "GOALS", .cutoff = as_of(), .college = -1};
    f->tests[0].date = day_of(2023, 9, 2);
    f->tests[1].date = day_of(2023, 12, 1);
    f->tests[2].date = day_of(2024, 3, 1);
    f->learner.n_tests = 3;
    explain(f);
    static const sg_fate fates[] = {SG_FATE_COUNTS,       SG_FATE_GAIN_COUNTS,  SG_FATE_GAIN_NOT_OPEN,
                                    SG_FATE_GAIN_OUTSIDE, SG_FATE_AFTER_CUTOFF, SG_FATE_TEST_FIRST,
                                    SG_FATE_TEST_COUNTS,  SG_FATE_TEST_OUTSIDE};
    assert_int_equal(f->told.n_rows, 8);
    for (size_t i = 0; i < 8; i++)
        assert_int_equal(f->told.rows[i].fate, fates[i]);
    assert_string_equal(unit_of(f, SG_DESIGN_LANDMARK, 2023)->outcomes, "msg_common, msg, efl_test");
}

static void a_gain_alone_and_a_gain_under_the_hours(void **state)
{
    fixture *f = *state;
    add_gain(f, day_of(2023, 9, 3), SG_GAIN_EFL_TEST);
    explain(f);
    assert_int_equal(f->told.rows[0].fate, SG_FATE_GAIN_ALONE);
    add_row(f, day_of(2023, 9, 1), day_of(2023, 9, 10), 6);
    explain(f);
    assert_int_equal(f->told.rows[1].fate, SG_FATE_GAIN_UNDER_HOURS);
    assert_int_equal(f->told.n_units, 0);
    assert_int_equal(f->told.pops[0].participant_day, SG_DAY_NONE);
    assert_int_equal(f->told.pops[0].hours, INT64_C(6000000000));
    assert_int_equal(f->told.pops[0].exit_known_on, day_of(2023, 9, 10) + 91);
    assert_true(f->told.pops[0].has_ended);
}

static void a_planned_service_bridges_a_gap(void **state)
{
    fixture *f = *state;
    add_row(f, day_of(2023, 9, 1), day_of(2023, 9, 10), 20)->number[SG_ENROLLMENT_PLANNED_SERVICE_DATE] =
        day_of(2023, 12, 1);
    add_row(f, day_of(2024, 1, 10), day_of(2024, 3, 1), 20);
    add_row(f, day_of(2024, 9, 1), day_of(2024, 9, 20), 20)->number[SG_ENROLLMENT_EXIT_REASON] = sg_code_find(
        &sg_codes_exit_reason, "02");
    explain(f);
    assert_int_equal(f->told.n_pops, 2);
    assert_int_equal(f->told.pops[0].bridged_from, day_of(2023, 9, 10));
    assert_int_equal(f->told.pops[0].bridged_to, day_of(2024, 1, 10));
    assert_int_equal(f->told.pops[1].bridged_from, SG_DAY_NONE);
    assert_string_equal(f->told.pops[1].exit_reason, "02");
    assert_int_equal(unit_of(f, SG_DESIGN_NAIVE, 2024)->state, SG_COHORT_EXIT_REASON);
}

static void iet_tells_its_evidence(void **state)
{
    fixture *f = *state;
    static const sg_registered verdicts[] = {SG_REGISTERED, SG_REGISTERED_NOT_APPROVED,
                                             SG_REGISTERED_NOT_RUNNING, SG_REGISTERED_UNKNOWN};
    for (int c = 0; c < 3; c++) {
        sg_stored_enrollment *row = add_row(f, day_of(2023, 9, 1 + c), day_of(2023, 12, 15), 20);
        row->number[SG_ENROLLMENT_COMPONENT] = SG_COMPONENT_ADULT_EDUCATION + c;
        row->number[SG_ENROLLMENT_ENTERING_LEVEL] = c == 1 ? 3 : SG_BLANK;
        row->iet_program_id = "WELD";
    }
    f->programs = (sg_register){.all = &f->program, .n = 1};
    f->sources.programs = &f->programs;
    for (size_t i = 0; i < 4; i++) {
        f->program = (sg_program){.id = i == 3 ? "NURSE" : "WELD",
                                  .first = i == 2 ? day_of(2024, 6, 1) : SG_DAY_NONE,
                                  .last = INT32_MAX,
                                  .approved_from = i == 1 ? day_of(2023, 10, 1) : SG_DAY_NONE,
                                  .approved_to = INT32_MAX};
        explain(f);
        const sg_explained_unit *unit = unit_of(f, SG_DESIGN_LANDMARK, 2023);
        assert_int_equal(unit->evidence.registered, verdicts[i]);
        assert_int_equal(unit->grade, i == 0 ? SG_GRADE_CONFIRMED : SG_GRADE_SUPPORTED);
        assert_int_equal(unit->evidence.overlap, day_of(2023, 9, 3));
        assert_string_equal(unit->evidence.program, "WELD");
        assert_true(unit->evidence.denies && !unit->evidence.claims && !unit->evidence.is_silent);
        assert_int_equal(unit->arm, SG_ARM_IS_IET);
        assert_string_equal(unit->entering_level, "ABE3");
        assert_int_equal(unit->entering_row, day_of(2023, 9, 2));
    }
}

static void designs_tell_their_states(void **state)
{
    fixture *f = *state;
    static sg_day terms[1];
    terms[0] = day_of(2024, 9, 15);
    f->config.cohort.terms = terms;
    f->config.cohort.n_terms = 1;
    add_row(f, day_of(2024, 9, 1), day_of(2025, 6, 30), 600);
    explain(f);
    assert_int_equal(unit_of(f, SG_DESIGN_LANDMARK, 2024)->state, SG_COHORT_IN);
    assert_int_equal(unit_of(f, SG_DESIGN_NAIVE, 2024)->arm, SG_ARM_IS_COMPARISON);
    assert_int_equal(unit_of(f, SG_DESIGN_TERM, 2024)->state, SG_COHORT_NO_OFFER);
    assert_int_equal(unit_of(f, SG_DESIGN_TERM, 2024)->term, terms[0]);
    f->rows[0].cutoff = day_of(2024, 12, 1); /* the college's last day */
    explain(f);
    const sg_explained_unit *unit = unit_of(f, SG_DESIGN_LANDMARK, 2024);
    assert_int_equal(unit->state, SG_COHORT_INCOMPLETE);
    assert_true(unit->college_stopped);
    assert_int_equal(unit->college_last_day, day_of(2024, 12, 1));
}

static void every_rule_has_its_text_and_source(void **state)
{
    (void)state;
    for (int i = 0; i < SG_N_COUNTING; i++) {
        const sg_counting_rule *rule = sg_counting_rule_of((sg_counting)i);
        assert_true(rule->id[0] == 'C' && *rule->text != '\0' && *rule->source != '\0');
    }
    for (int i = 0; i < SG_N_FATES; i++) {
        assert_true(*sg_fate_text((sg_fate)i) != '\0' && sg_fate_rule((sg_fate)i) < SG_N_COUNTING);
        for (int k = 0; k < i; k++)
            assert_string_not_equal(sg_fate_id((sg_fate)i), sg_fate_id((sg_fate)k));
    }
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(rows_tell_what_became_of_them),   TEST(services_tell_whose_they_are),
        TEST(gains_and_tests_tell_why_not),    TEST(a_gain_alone_and_a_gain_under_the_hours),
        TEST(a_planned_service_bridges_a_gap), TEST(iet_tells_its_evidence),
        TEST(designs_tell_their_states),       cmocka_unit_test(every_rule_has_its_text_and_source),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
