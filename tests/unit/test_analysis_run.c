/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A run as a whole: which years and colleges, what is told of them, and the same bytes whatever the threads. */
#include "support/assert.h"

#include <math.h>
#include <string.h>

#include "base/mem_hook.h"
#include "skillgain/analysis.h"
#include "support/made_cohort.h"

static const sg_made_row iet = {.arm = SG_ARM_IS_IET, .grade = SG_GRADE_CLAIMED, .gained = SG_GAINED_COMMON},
                         comparison = {.arm = SG_ARM_IS_COMPARISON, .gained = SG_GAINED_OTHER},
                         unknown = {.grade = SG_GRADE_UNKNOWN};

static sg_made_row with_state(sg_made_row row, sg_cohort_state state)
{
    row.state = state;
    return row;
}

static sg_results *analyse(const sg_made *made, sg_analysis_options options)
{
    sg_results *results = NULL;
    sg_err err = {0};

    sg_assert_ok(sg_analysis_run(&made->cohort, &made->config, &options, &results, &err), &err);
    return results;
}

static void expect_refusal(const sg_made *made, sg_analysis_options options, const char *part)
{
    sg_results *results = NULL;
    sg_err err = {0};

    sg_assert_status(sg_analysis_run(&made->cohort, &made->config, &options, &results, &err), SG_USAGE, &err);
    sg_assert_contains(err.message, part);
    assert_null(results);
}

/* Three years, of which 2024 is open on 30 June 2024. */
static sg_made *make_years(void)
{
    sg_made *made = sg_made_new();

    sg_made_add(made, 50, 2022, 0, iet);
    sg_made_add(made, 60, 2022, 1, comparison);
    sg_made_add(made, 5, 2022, 0, unknown);
    sg_made_add_two(made, 30, 2023, 0, iet, iet);
    sg_made_add_two(made, 10, 2023, 0, with_state(iet, SG_COHORT_LEFT_EARLY), iet);
    sg_made_add_two(made, 40, 2023, 0, comparison, comparison);
    sg_made_add(made, 7, 2024, 0, with_state(iet, SG_COHORT_OPEN_YEAR));
    sg_made_add(made, 9, 2024, 1, with_state(comparison, SG_COHORT_OPEN_YEAR));
    return made;
}

/* ---- related dimensions ---- */

static sg_made_row of_levels(sg_made_row row, uint8_t hue, uint8_t coast)
{
    row.hue = hue;
    row.coast = coast;
    return row;
}

/* Coast east is cyan and amber, and nothing else: a coarse grouping of a fine one. */
static void a_dimension_made_of_anothers_groups_is_told_of(void **state)
{
    sg_made *made = sg_made_new();
    sg_results *results;

    (void)state;
    sg_made_add(made, 20, 2023, 0, of_levels(iet, SG_HUE_CYAN, SG_COAST_EAST));
    sg_made_add(made, 20, 2023, 0, of_levels(comparison, SG_HUE_AMBER, SG_COAST_EAST));
    sg_made_add(made, 20, 2023, 0, of_levels(comparison, SG_HUE_BLUE, SG_COAST_SEA));
    results = analyse(made, (sg_analysis_options){.banner = "", .jobs = 1});
    assert_int_equal(results->facts.n_related, 1);
    assert_string_equal(results->facts.related[0], "coast");
    sg_results_free(results);
    sg_made_free(made);
}

/* One blue learner in the east ties all groups together: no sum of hues is a coast. */
static void dimensions_that_cross_are_not_related(void **state)
{
    sg_made *made = sg_made_new();
    sg_results *results;

    (void)state;
    sg_made_add(made, 20, 2023, 0, of_levels(iet, SG_HUE_CYAN, SG_COAST_EAST));
    sg_made_add(made, 1, 2023, 0, of_levels(comparison, SG_HUE_BLUE, SG_COAST_EAST));
    sg_made_add(made, 20, 2023, 0, of_levels(comparison, SG_HUE_BLUE, SG_COAST_SEA));
    results = analyse(made, (sg_analysis_options){.banner = "", .jobs = 1});
    assert_int_equal(results->facts.n_related, 0);
    sg_results_free(results);
    sg_made_free(made);
}

/* ---- years and colleges ---- */

static size_t count_of_year(const sg_results *results, int year)
{
    size_t n = 0;

    for (size_t i = 0; i < results->n_estimates; i++)
        n += results->estimates[i].program_year == year;
    for (size_t i = 0; i < results->n_cells; i++)
        n += results->cells[i].program_year == year;
    return n;
}

static size_t flow_of_year(const sg_results *results, int year)
{
    size_t n = 0;

    for (size_t i = 0; i < results->facts.n_flow; i++)
        n += results->facts.flow[i].program_year == year;
    return n;
}

static void closed_years_have_results_and_open_ones_their_flow_alone(void **state)
{
    sg_made *made = make_years();
    sg_results *results = analyse(made, (sg_analysis_options){.banner = "", .jobs = 1});

    (void)state;
    assert_true(count_of_year(results, 2022) > 0);
    assert_int_equal(count_of_year(results, 2022), count_of_year(results, 2023));
    assert_int_equal(count_of_year(results, 2024), 0);
    assert_true(flow_of_year(results, 2024) > 0);
    assert_int_equal(results->facts.n_years, 3);
    for (size_t i = 0; i < 3; i++) {
        assert_int_equal(results->facts.years[i].program_year, 2022 + i);
        assert_int_equal(results->facts.years[i].closed, i < 2);
    }
    assert_int_equal(results->facts.headline_year, 2023);
    sg_results_free(results);
    sg_made_free(made);
}

static void a_year_is_closed_on_its_thirtieth_of_june_and_not_the_day_before(void **state)
{
    sg_made *made = make_years();
    sg_results *results;

    (void)state;
    made->cohort.as_of--;
    results = analyse(made, (sg_analysis_options){.banner = "", .jobs = 1});
    assert_true(count_of_year(results, 2022) > 0);
    assert_int_equal(count_of_year(results, 2023), 0);
    assert_int_equal(results->facts.headline_year, 2022);
    sg_results_free(results);
    sg_made_free(made);
}

static void one_program_year_can_be_asked_for_and_an_absent_one_is_refused(void **state)
{
    sg_made *made = make_years();
    sg_results *results = analyse(made, (sg_analysis_options){.program_year = 2022, .banner = "", .jobs = 1});

    (void)state;
    assert_true(count_of_year(results, 2022) > 0);
    assert_int_equal(count_of_year(results, 2023), 0);
    assert_int_equal(results->facts.n_years, 1);
    assert_int_equal(results->facts.headline_year, 2022);
    sg_results_free(results);
    results = analyse(made, (sg_analysis_options){.program_year = 2024, .banner = "", .jobs = 1});
    assert_int_equal(results->n_cells + results->n_estimates, 0);
    assert_int_equal(results->facts.headline_year, 0);
    sg_results_free(results);
    expect_refusal(made, (sg_analysis_options){.program_year = 2021, .banner = "", .jobs = 1}, "2021");
    sg_made_free(made);
}

static void a_college_is_named_and_one_that_is_not_there_is_refused(void **state)
{
    static const sg_college_name names[] = {{"A1", "Alder College"}, {"B 2", "Birch \"North\" College"}};
    sg_made *made = make_years();
    sg_results *results;

    (void)state;
    made->config.colleges = names;
    made->config.n_colleges = 2;
    results = analyse(made, (sg_analysis_options){.college = "B 2", .banner = "", .jobs = 1});
    assert_string_equal(results->facts.college, "B 2");
    assert_string_equal(results->facts.college_name, "Birch \"North\" College");
    /* it has comparison learners of 2022 alone: no headline */
    assert_int_equal(results->facts.headline_year, 0);
    sg_results_free(results);
    expect_refusal(made, (sg_analysis_options){.college = "B", .banner = "", .jobs = 1}, "'B'");
    expect_refusal(made, (sg_analysis_options){.college = "", .banner = "", .jobs = 1}, "''");
    sg_made_free(made);
}

static void a_colleges_code_is_in_its_ids_percent_encoded(void **state)
{
    const sg_analysis_options options = {.college = "B 2", .banner = "", .jobs = 1};
    sg_made *made = sg_made_new();
    sg_results *results = NULL;
    sg_err err = {0};

    (void)state;
    sg_made_add(made, 3, 2023, 1, (sg_made_row){.arm = SG_ARM_IS_IET});
    sg_assert_ok(sg_analysis_run(&made->cohort, &made->config, &options, &results, &err), &err);
    assert_non_null(sg_results_estimate(results, "2023@B%202/msg_common/all/iet/rate/wilson/landmark"));
    for (size_t i = 0; i < results->n_estimates; i++)
        assert_string_equal(results->estimates[i].college, "B 2");
    sg_results_free(results);
    sg_made_free(made);
}

static void a_year_with_one_arm_does_not_lead(void **state)
{
    sg_made *made = sg_made_new();
    sg_results *results;

    (void)state;
    sg_made_add(made, 5, 2022, 0, iet);
    sg_made_add(made, 5, 2022, 0, comparison);
    sg_made_add(made, 500, 2023, 0, iet);
    results = analyse(made, (sg_analysis_options){.banner = "", .jobs = 1});
    assert_int_equal(results->facts.headline_year, 2022);
    assert_string_equal(results->facts.headline_variant, "landmark");
    assert_string_equal(results->facts.headline_outcome, "msg_common");
    sg_results_free(results);
    sg_made_free(made);
}

static void a_cohort_without_anybody_gives_empty_results(void **state)
{
    sg_made *made = sg_made_new();
    sg_results *results = analyse(made, (sg_analysis_options){.banner = "", .jobs = 3});

    (void)state;
    assert_int_equal(results->n_cells + results->n_estimates + results->facts.n_years + results->facts.n_flow,
                     0);
    assert_int_equal(results->facts.headline_year, 0);
    assert_int_equal(results->n_dimensions, SG_MADE_DIMENSIONS);
    sg_results_free(results);
    sg_made_free(made);
}

/* ---- facts ---- */

static int64_t flow(const sg_results *results, int year, const char *variant, const char *step)
{
    for (size_t i = 0; i < results->facts.n_flow; i++) {
        const sg_flow_step *f = &results->facts.flow[i];

        if (f->program_year == year && !strcmp(f->variant, variant) && !strcmp(f->step, step))
            return f->n;
    }
    return -1;
}

static void the_flow_accounts_for_every_participant_year(void **state)
{
    static const struct {
        const char *variant, *step;
        int64_t n;
    } want[] = {{"landmark", "participant_years", 37},
                {"landmark", "exit_reason", 1},
                {"landmark", "other_year", 2},
                {"landmark", "left_before_landmark", 3},
                {"landmark", "gain_before_landmark", 4},
                {"landmark", "window_incomplete", 5},
                {"landmark", "in", 22},
                {"landmark", "iet", 8},
                {"landmark", "comparison", 9},
                {"landmark", "unknown", 3},
                {"landmark", "other_grade", 2},
                {"naive", "participant_years", 37},
                {"naive", "in", 37},
                {"naive", "iet", 8},
                {"naive", "comparison", 9},
                {"naive", "unknown", 3},
                {"naive", "other_grade", 17},
                {"naive", "exit_reason", -1},
                {"landmark", "open_year", -1}};
    static const sg_cohort_state out[] = {SG_COHORT_EXIT_REASON, SG_COHORT_OTHER_YEAR, SG_COHORT_LEFT_EARLY,
                                          SG_COHORT_GAINED_EARLY, SG_COHORT_INCOMPLETE};
    const sg_made_row claimed = {.grade = SG_GRADE_CLAIMED};
    sg_made *made = sg_made_new();
    sg_results *results;

    (void)state;
    for (size_t i = 0; i < sizeof out / sizeof *out; i++)
        sg_made_add_two(made, i + 1, 2023, 0, with_state(claimed, out[i]), claimed);
    sg_made_add(made, 8, 2023, 0, iet);
    sg_made_add(made, 9, 2023, 0, comparison);
    sg_made_add(made, 3, 2023, 0, unknown);
    sg_made_add(made, 2, 2023, 0, claimed);
    results = analyse(made, (sg_analysis_options){.banner = "", .jobs = 1});
    for (size_t i = 0; i < sizeof want / sizeof *want; i++)
        if (flow(results, 2023, want[i].variant, want[i].step) != want[i].n)
            fail_msg("%s %s is %lld, not %lld", want[i].variant, want[i].step,
                     (long long)flow(results, 2023, want[i].variant, want[i].step), (long long)want[i].n);
    sg_results_free(results);
    sg_made_free(made);
}

/* 2022: 50 of 50; 2023: 30 of 40; 2024: none by either design, as long as it is open. */
static void coverage_is_the_headlines_share_of_all_iet_learners(void **state)
{
    sg_made *made = make_years();
    sg_results *results = analyse(made, (sg_analysis_options){.banner = "", .jobs = 1});
    const sg_year_facts *years = results->facts.years;

    (void)state;
    assert_int_equal(years[0].iet_headline, 50);
    assert_int_equal(years[0].iet_naive, 50);
    sg_assert_close(years[0].coverage, 1, 0, 0);
    assert_int_equal(years[1].iet_headline, 30);
    assert_int_equal(years[1].iet_naive, 40);
    sg_assert_close(years[1].coverage, 0.75, 0, 0);
    assert_true(isnan(years[2].coverage));
    sg_results_free(results);
    sg_made_free(made);
}

static void the_settings_are_told_as_they_were_used(void **state)
{
    sg_made *made = make_years();
    sg_results *results;
    const sg_facts *facts;

    (void)state;
    made->config.agency = "Example System";
    made->config.cohort.iet = SG_GRADE_BIT_CONFIRMED | SG_GRADE_BIT_CLAIMED;
    made->config.analysis.confidence = 0.9;
    made->cohort.hours_taken_as_given = true;
    results = analyse(made, (sg_analysis_options){.banner = "the newest file is held", .jobs = 1});
    facts = &results->facts;
    assert_string_equal(facts->agency, "Example System");
    assert_string_equal(facts->common_types, "efl_test, diploma");
    assert_string_equal(facts->iet_grades, "confirmed, claimed");
    assert_string_equal(facts->reference, "all_others");
    assert_string_equal(facts->banner, "the newest file is held");
    sg_assert_contains(facts->hours_note, "no hours at all");
    sg_assert_close(facts->confidence, 0.9, 0, 0);
    assert_int_equal(facts->as_of, made->cohort.as_of);
    assert_int_equal(facts->landmark_days, 30);
    assert_int_equal(facts->follow_up_days, 180);
    sg_results_free(results);
    sg_made_free(made);
}

static bool has_text(const char *const *texts, size_t n, const char *part)
{
    for (size_t i = 0; i < n; i++)
        if (strstr(texts[i], part))
            return true;
    return false;
}

static void what_was_read_and_not_counted_is_told(void **state)
{
    sg_made *made = make_years();
    sg_results *results;
    const sg_facts *facts;

    (void)state;
    made->cohort.seen.rows_without_hours = 3;
    made->cohort.seen.gains_without_enrollment = 17;
    results = analyse(made, (sg_analysis_options){.banner = "", .jobs = 1});
    facts = &results->facts;
    assert_int_equal(facts->n_notes, 2);
    assert_true(has_text(facts->notes, facts->n_notes,
                         "Enrollment rows without hours, ignored for spans, IET flags and levels: 3."));
    assert_true(
        has_text(facts->notes, facts->n_notes, "Gains of learners without any enrollment, not counted: 17."));
    sg_results_free(results);
    sg_made_free(made);
}

static void an_outcome_that_could_not_be_computed_is_told_where_it_was_asked_for(void **state)
{
    static const char *const asked[] = {"msg_common", "credential"};
    sg_made *made = make_years();
    sg_results *results;

    (void)state;
    made->config.analysis.outcomes = asked;
    results = analyse(made, (sg_analysis_options){.banner = "", .jobs = 1});
    assert_true(has_text(results->facts.gaps, results->facts.n_gaps, "outcome credential was not computed"));
    assert_false(has_text(results->facts.gaps, results->facts.n_gaps, "time_to_gain"));
    sg_results_free(results);
    sg_made_free(made);
}

/* ---- the same bytes ---- */

static void write_json(const sg_results *results, sg_str *out)
{
    sg_json *json = NULL;
    sg_err err = {0};

    sg_assert_ok(sg_results_to_json(results, &json, &err), &err);
    sg_assert_ok(sg_json_write(json, out, &err), &err);
    sg_json_free(json);
}

/* The results own all they tell: what they were made from is gone before they are written. */
static void the_number_of_threads_changes_no_byte(void **state)
{
    static const int jobs[] = {1, 2, 7};
    sg_str text[3] = {{0}, {0}, {0}};

    (void)state;
    for (size_t i = 0; i < 3; i++) {
        sg_made *made = make_years();
        sg_results *results;

        sg_made_refer(made, "coast", "largest");
        results = analyse(made, (sg_analysis_options){.banner = "", .jobs = jobs[i]});
        sg_made_free(made);
        write_json(results, &text[i]);
        sg_results_free(results);
        assert_true(text[i].length > 10000);
        assert_string_equal(text[i].text, text[0].text);
    }
    for (size_t i = 0; i < 3; i++)
        sg_str_release(&text[i]);
}

static void any_allocation_may_fail_and_is_told(void **state)
{
    sg_made *made = sg_made_new();
    const sg_analysis_options options = {.banner = "", .jobs = 1};
    sg_results *results;
    sg_str want = {0}, got = {0};
    long nth = 0;

    (void)state;
    sg_made_add(made, 2, 2023, 0, iet);
    sg_made_add(made, 3, 2023, 0, comparison);
    results = analyse(made, options);
    write_json(results, &want);
    sg_results_free(results);
    for (sg_status status = SG_NO_MEMORY; status != SG_OK;) {
        sg_err err = {0};

        results = NULL;
        nth +=
            nth < 300
                ? 1
                : 41; /* the first come once a run; of the rest, many for each estimate, a sample will do */
        sg_mem_fail_at(nth);
        status = sg_analysis_run(&made->cohort, &made->config, &options, &results, &err);
        if (status == SG_OK)
            break;
        sg_assert_status(status, SG_NO_MEMORY, &err);
        assert_null(results);
    }
    sg_mem_fail_at(0);
    assert_true(nth > 1000);
    write_json(results, &got);
    assert_string_equal(got.text, want.text);
    sg_str_release(&got);
    sg_str_release(&want);
    sg_results_free(results);
    sg_made_free(made);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_dimension_made_of_anothers_groups_is_told_of),
        cmocka_unit_test(dimensions_that_cross_are_not_related),
        cmocka_unit_test(closed_years_have_results_and_open_ones_their_flow_alone),
        cmocka_unit_test(a_year_is_closed_on_its_thirtieth_of_june_and_not_the_day_before),
        cmocka_unit_test(one_program_year_can_be_asked_for_and_an_absent_one_is_refused),
        cmocka_unit_test(a_college_is_named_and_one_that_is_not_there_is_refused),
        cmocka_unit_test(a_colleges_code_is_in_its_ids_percent_encoded),
        cmocka_unit_test(a_year_with_one_arm_does_not_lead),
        cmocka_unit_test(a_cohort_without_anybody_gives_empty_results),
        cmocka_unit_test(the_flow_accounts_for_every_participant_year),
        cmocka_unit_test(coverage_is_the_headlines_share_of_all_iet_learners),
        cmocka_unit_test(the_settings_are_told_as_they_were_used),
        cmocka_unit_test(what_was_read_and_not_counted_is_told),
        cmocka_unit_test(an_outcome_that_could_not_be_computed_is_told_where_it_was_asked_for),
        cmocka_unit_test(the_number_of_threads_changes_no_byte),
        cmocka_unit_test(any_allocation_may_fail_and_is_told),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
