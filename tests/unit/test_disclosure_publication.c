/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Editions made of a small made-up result set, and leaks planted in them that the audit must find.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "disclosure/publication.h"
#include "support/assert.h"

static const sg_disclosure_policy policy = {.minimum_cell = 10, .minimum_outcome = 3, .minimum_interval = 5};

static const sg_level levels[] = {
    {"unknown", "Not reported"}, {"a", "A"}, {"b", "B"}, {"c", "C"}, {"d", "D"}};
static const sg_dimension dimensions[] = {{"letter", "Letter", levels, 5}};

/* iet n, x; comparison n, x; of everyone first, then of each level */
static const int64_t counts[][4] = {{329, 147, 1012, 338}, {12, 5, 40, 16},     {150, 70, 500, 170},
                                    {4, 2, 21, 8},         {143, 60, 420, 130}, {20, 10, 31, 14}};

enum { N_GROUPS = 6, CELLS_OF_GROUP = 6, TOTAL_PARTS = 8 };

static void add_cell(sg_results *r, const char *outcome, const char *level, sg_arm_subset arm,
                     sg_measure measure, int64_t count)
{
    r->cells[r->n_cells++] = (sg_cell){
        2024, "",      "landmark", outcome, *level ? "letter" : "all", *level ? level : "all",
        arm,  measure, count};
}

/* Another p for each level: 0.0123456 for everyone and level a, twice to four times that for the others. */
static double p_of(const char *level)
{
    return 0.0123456 * (!*level || *level == 'a' ? 1 : 2 + *level % 3);
}

static sg_estimate *add_estimate(sg_results *r, const char *level, const char *estimand,
                                 const char *reference, double value)
{
    sg_estimate *e = &r->estimates[r->n_estimates++];
    double none = nan("");

    *e = (sg_estimate){.program_year = 2024,
                       .college = "",
                       .outcome = "msg_common",
                       .dimension = *level ? "letter" : "all",
                       .level = *level ? level : "all",
                       .subset = "all",
                       .variant = "landmark",
                       .estimand = estimand,
                       .method = "newcombe",
                       .reference = reference,
                       .covariates = "",
                       .estimate = value,
                       .std_error = none,
                       .ci_low = value - 0.0512345,
                       .ci_high = value + 0.0512345,
                       .statistic = none,
                       .df = none,
                       .p_value = p_of(level),
                       .p_adjusted = 0.0223456,
                       .n_iet = 20,
                       .x_iet = 10,
                       .n_comparison = 31,
                       .x_comparison = 14,
                       .n_level = SG_COUNT_NONE,
                       .x_level = SG_COUNT_NONE,
                       .n_reference = SG_COUNT_NONE,
                       .x_reference = SG_COUNT_NONE,
                       .note = ""};
    e->id = sg_result_id(r->arena, e);
    return e;
}

static void set_facts(sg_results *r)
{
    static sg_year_facts years[] = {{2023, true, 300, 240, 0.8}, {2024, true, 412, 329, 329.0 / 412.0}};
    static sg_flow_step flow[] = {{2024, "landmark", "participant_years", "participant-years", 2000}};
    static sg_accepted_facts accepted[] = {
        {SG_KIND_GAIN, 20000, 4, 3, "gain.csv", "9 of 20 rows were refused"}};
    static const char *notes[] = {"3 gains were not counted"};
    sg_facts *f = &r->facts;

    f->version = f->agency = f->contact = f->common_types = f->iet_grades = f->reference = f->hours_note =
        f->banner = f->college = f->college_name = "";
    f->headline_variant = "landmark";
    f->headline_outcome = "msg_common";
    f->headline_year = 2024;
    f->confidence = 0.95;
    f->equivalence_margin = 0.05;
    f->years = years;
    f->n_years = 2;
    f->flow = flow;
    f->n_flow = 1;
    f->accepted = accepted;
    f->n_accepted = 1;
    f->notes = notes;
    f->n_notes = 1;
    memset(f->plan_sha256, 'a', SG_SHA256_TEXT - 1);
    memset(f->input_sha256, 'b', SG_SHA256_TEXT - 1);
}

static sg_results *make_results(void)
{
    sg_results *r = sg_results_new();

    assert_non_null(r);
    set_facts(r);
    r->dimensions = dimensions;
    r->n_dimensions = 1;
    r->cells = sg_arena_alloc(r->arena, N_GROUPS * CELLS_OF_GROUP + TOTAL_PARTS, sizeof *r->cells);
    r->estimates = sg_arena_alloc(r->arena, 16, sizeof *r->estimates);
    for (size_t g = 0; g < N_GROUPS; g++) {
        const char *level = g ? levels[g - 1].name : "";

        add_cell(r, "", level, SG_ARM_ALL, SG_MEASURE_N, counts[g][0] + counts[g][2]);
        add_cell(r, "", level, SG_ARM_IET, SG_MEASURE_N, counts[g][0]);
        add_cell(r, "", level, SG_ARM_COMPARISON, SG_MEASURE_N, counts[g][2]);
        add_cell(r, "msg_common", level, SG_ARM_ALL, SG_MEASURE_X, counts[g][1] + counts[g][3]);
        add_cell(r, "msg_common", level, SG_ARM_IET, SG_MEASURE_X, counts[g][1]);
        add_cell(r, "msg_common", level, SG_ARM_COMPARISON, SG_MEASURE_X, counts[g][3]);
        add_estimate(r, level, "risk_difference", "", 0.1123456);
        if (g)
            add_estimate(r, level, "gap", "all_others", -0.0323456);
    }
    return r;
}

static sg_publication *make_edition(void)
{
    SG_CLEANUP(sg_results_cleanup) sg_results *r = make_results();
    sg_publication *p = NULL;
    sg_err err = {0};

    sg_assert_ok(sg_publication_edition(r, &policy, 2024, "2024-1", &p, &err), &err);
    return p;
}

static sg_cell *find_cell(sg_publication *p, const char *outcome, const char *level, sg_arm_subset arm)
{
    for (size_t i = 0; i < p->results->n_cells; i++) {
        sg_cell *cell = &p->results->cells[i];

        if (!strcmp(cell->outcome, outcome) && !strcmp(cell->level, level) && cell->arm == arm)
            return cell;
    }
    fail_msg("no cell of level %s", level);
    return NULL;
}

static sg_estimate *find_estimate(sg_publication *p, const char *level, const char *estimand)
{
    for (size_t i = 0; i < p->results->n_estimates; i++)
        if (!strcmp(p->results->estimates[i].level, level) &&
            !strcmp(p->results->estimates[i].estimand, estimand))
            return &p->results->estimates[i];
    fail_msg("no estimate of level %s", level);
    return NULL;
}

static void small_groups_and_their_company_are_hidden_the_rest_is_shown(void **state)
{
    sg_publication *p = make_edition();

    (void)state;
    /* b has 4 in arm IET; d, the next in size, goes with it */
    assert_int_equal(find_cell(p, "", "b", SG_ARM_IET)->count, SG_COUNT_MASKED);
    assert_int_equal(find_cell(p, "", "b", SG_ARM_ALL)->count, SG_COUNT_MASKED);
    assert_int_equal(find_cell(p, "", "d", SG_ARM_COMPARISON)->count, SG_COUNT_MASKED);
    assert_int_equal(find_cell(p, "", "a", SG_ARM_IET)->count, 150);
    assert_int_equal(find_cell(p, "msg_common", "c", SG_ARM_COMPARISON)->count, 130);
    assert_int_equal(find_cell(p, "", "all", SG_ARM_IET)->count, 329);
    sg_publication_free(p);
}

static void figures_of_hidden_groups_are_blank_and_say_suppressed(void **state)
{
    sg_publication *p = make_edition();
    const sg_estimate *hidden = find_estimate(p, "b", "risk_difference"),
                      *shown = find_estimate(p, "a", "risk_difference");

    (void)state;
    assert_int_equal(hidden->status, SG_ESTIMATE_SUPPRESSED);
    assert_true(isnan(hidden->estimate) && isnan(hidden->ci_low) && isnan(hidden->p_value));
    assert_int_equal(hidden->n_iet, SG_COUNT_MASKED);
    assert_int_equal(shown->status, SG_ESTIMATE_OK);
    sg_publication_free(p);
}

static void figures_are_rounded_to_what_is_printed(void **state)
{
    sg_publication *p = make_edition();
    const sg_estimate *e = find_estimate(p, "a", "risk_difference");

    (void)state;
    sg_assert_close(e->estimate, 0.11, 1e-15, 0);  /* least n below 300: whole per cent */
    sg_assert_close(e->p_value, 0.0123, 1e-15, 0); /* three significant digits */
    sg_publication_free(p);
}

/* Shown: a with 0.0123456, unknown and c with 0.0246912; hidden: b and d, with whatever they had: a 1 each. Benjamini-Hochberg over the
 * five: 0.0246912 * 5 / 3 for each of the three. */
static void hidden_groups_count_as_differing_in_nothing(void **state)
{
    sg_publication *p = make_edition();

    (void)state;
    sg_assert_close(find_estimate(p, "a", "risk_difference")->p_adjusted, 0.0412, 1e-15, 0);
    sg_assert_close(find_estimate(p, "c", "gap")->p_adjusted, 0.0412, 1e-15, 0);
    sg_assert_close(find_estimate(p, "all", "risk_difference")->p_adjusted, 0.0123, 1e-15, 0);
    assert_true(isnan(find_estimate(p, "b", "gap")->p_adjusted));
    sg_publication_free(p);
}

static void the_smallest_p_values_survive_the_rounding_and_the_audit(void **state)
{
    SG_CLEANUP(sg_results_cleanup) sg_results *r = make_results();
    sg_publication *p = NULL;
    sg_err err = {0};

    (void)state;
    for (size_t i = 0; i < r->n_estimates; i++)
        r->estimates[i].p_value = 1.23456e-120;
    sg_assert_ok(sg_publication_edition(r, &policy, 2024, "2024-1", &p, &err), &err);
    sg_assert_close(find_estimate(p, "a", "gap")->p_value, 1.23e-120, 0, 1e-12);
    sg_assert_ok(sg_publication_audit(p, &err), &err);
    sg_publication_free(p);
}

static void facts_of_the_night_stay_inside(void **state)
{
    sg_publication *p = make_edition();
    const sg_facts *f = &sg_publication_results(p)->facts;

    (void)state;
    assert_int_equal(f->n_flow + f->n_deliveries + f->n_findings + f->n_notes, 0);
    assert_string_equal(f->input_sha256, "");
    assert_int_equal(f->n_accepted, 1); /* that, but neither which nor why */
    assert_int_equal(f->accepted[0].kind, SG_KIND_GAIN);
    assert_int_equal(f->accepted[0].day, 20000);
    assert_int_equal(f->accepted[0].batch + f->accepted[0].held, 0);
    assert_string_equal(f->accepted[0].file, "");
    assert_string_equal(f->accepted[0].reason, "");
    assert_int_equal(f->n_years, 1);
    assert_int_equal(f->years[0].iet_naive, SG_COUNT_NONE);
    sg_assert_close(f->years[0].coverage, 0.7, 1e-15, 0); /* 329 of 412 is 0.799: at least 70 per cent */
    sg_publication_free(p);
}

static void a_sound_edition_passes_the_audit(void **state)
{
    sg_publication *p = make_edition();
    sg_err err = {0};

    (void)state;
    sg_assert_ok(sg_publication_audit(p, &err), &err);
    sg_publication_free(p);
}

/* ---- planted leaks ---- */

static void leak_a_count(sg_publication *p)
{
    find_cell(p, "", "b", SG_ARM_IET)->count = 4;
}
static void leak_the_count_of_both_arms(sg_publication *p)
{
    find_cell(p, "", "b", SG_ARM_ALL)->count = 25;
}
static void leak_an_estimate(sg_publication *p)
{
    find_estimate(p, "b", "gap")->estimate = -0.03;
}
static void leak_an_estimates_count(sg_publication *p)
{
    find_estimate(p, "b", "gap")->x_iet = 2;
}
static void leak_a_status(sg_publication *p)
{
    find_estimate(p, "b", "risk_difference")->status = SG_ESTIMATE_OK;
}
static void leak_the_flow(sg_publication *p)
{
    p->results->facts.n_flow = 1;
}
static void leak_what_was_accepted(sg_publication *p)
{
    p->results->facts.accepted[0].reason = "9 of 20 rows were refused";
}
static void leak_the_input(sg_publication *p)
{
    p->results->facts.input_sha256[0] = 'x';
}

static void drop_a_level(sg_publication *p)
{
    *find_cell(p, "", "b", SG_ARM_IET) = *find_cell(p, "", "a", SG_ARM_IET);
}

/* As corrected over all five groups: a reader could take the hidden ones out of it. */
static void leak_a_correction(sg_publication *p)
{
    find_estimate(p, "a", "gap")->p_adjusted = 0.0309;
}

/* Every count of a hidden line put back: the line that went with it can be worked out. */
static void leak_the_company(sg_publication *p)
{
    for (size_t g = 1; g < N_GROUPS; g++) {
        const char *level = levels[g - 1].name;

        if (!strcmp(level, "b"))
            continue;
        find_cell(p, "", level, SG_ARM_ALL)->count = counts[g][0] + counts[g][2];
        find_cell(p, "", level, SG_ARM_IET)->count = counts[g][0];
        find_cell(p, "", level, SG_ARM_COMPARISON)->count = counts[g][2];
        find_cell(p, "msg_common", level, SG_ARM_ALL)->count = counts[g][1] + counts[g][3];
        find_cell(p, "msg_common", level, SG_ARM_IET)->count = counts[g][1];
        find_cell(p, "msg_common", level, SG_ARM_COMPARISON)->count = counts[g][3];
    }
    for (size_t i = 0; i < p->results->n_estimates; i++)
        if (strcmp(p->results->estimates[i].level, "b") != 0)
            p->results->estimates[i].status = SG_ESTIMATE_OK;
}

static void show_a_small_group_everywhere(sg_publication *p)
{
    find_cell(p, "", "a", SG_ARM_IET)->count = 6;
}

static void show_the_any_type_outcome_by_group(sg_publication *p)
{
    find_cell(p, "msg_common", "a", SG_ARM_ALL)->outcome = "msg";
}

static void every_planted_leak_is_refused(void **state)
{
    static const struct {
        const char *what;
        void (*plant)(sg_publication *p);
    } leaks[] = {{"a count", leak_a_count},
                 {"the count of both arms", leak_the_count_of_both_arms},
                 {"an estimate", leak_an_estimate},
                 {"an estimate's count", leak_an_estimates_count},
                 {"a status", leak_a_status},
                 {"a correction over hidden groups", leak_a_correction},
                 {"the flow", leak_the_flow},
                 {"what was accepted", leak_what_was_accepted},
                 {"the input digest", leak_the_input},
                 {"a level dropped", drop_a_level},
                 {"the company of a small group", leak_the_company},
                 {"a small group", show_a_small_group_everywhere},
                 {"the any-type outcome by group", show_the_any_type_outcome_by_group}};

    (void)state;
    for (size_t i = 0; i < sizeof leaks / sizeof *leaks; i++) {
        sg_publication *p = make_edition();
        sg_err err = {0};

        leaks[i].plant(p);
        if (sg_publication_audit(p, &err) != SG_DISCLOSURE)
            fail_msg("the audit let through: %s", leaks[i].what);
        sg_publication_free(p);
    }
}

/* The chosen level has no gap row of its own: with a hidden line in the dimension that would tell which one was chosen. */
static void gaps_to_a_level_that_the_data_chose_are_left_out_where_lines_are_hidden(void **state)
{
    SG_CLEANUP(sg_results_cleanup) sg_results *r = make_results();
    sg_publication *p = NULL;
    sg_err err = {0};

    (void)state;
    for (size_t i = 0; i < r->n_estimates; i++)
        if (!strcmp(r->estimates[i].estimand, "gap"))
            r->estimates[i].reference = "highest";
    sg_assert_ok(sg_publication_edition(r, &policy, 2024, "2024-1", &p, &err), &err);
    for (size_t i = 0; i < p->results->n_estimates; i++)
        assert_string_not_equal(p->results->estimates[i].estimand, "gap");
    sg_publication_free(p);
}

/* Its table and that of the dimension it is made of could be subtracted from each other. */
static void a_related_dimension_is_hidden_whole_and_the_audit_wants_it_so(void **state)
{
    static const char *related[] = {"letter"};
    SG_CLEANUP(sg_results_cleanup) sg_results *r = make_results();
    sg_publication *p = NULL;
    sg_err err = {0};

    (void)state;
    r->facts.related = related;
    r->facts.n_related = 1;
    sg_assert_ok(sg_publication_edition(r, &policy, 2024, "2024-1", &p, &err), &err);
    for (size_t i = 0; i < p->results->n_cells; i++)
        if (!strcmp(p->results->cells[i].dimension, "letter"))
            assert_int_equal(p->results->cells[i].count, SG_COUNT_MASKED);
    sg_assert_ok(sg_publication_audit(p, &err), &err);
    sg_publication_free(p);
    p = make_edition();
    p->results->facts.related = related;
    p->results->facts.n_related = 1;
    sg_assert_status(sg_publication_audit(p, &err), SG_DISCLOSURE, &err);
    sg_publication_free(p);
}

static void a_state_with_a_tiny_arm_gets_no_edition(void **state)
{
    SG_CLEANUP(sg_results_cleanup) sg_results *r = make_results();
    sg_publication *p = NULL;
    sg_err err = {0};

    (void)state;
    for (size_t i = 0; i < r->n_cells; i++)
        if (!strcmp(r->cells[i].dimension, "all") && r->cells[i].arm == SG_ARM_IET)
            r->cells[i].count = r->cells[i].measure == SG_MEASURE_N ? 9 : 4;
    sg_assert_status(sg_publication_edition(r, &policy, 2024, "2024-1", &p, &err), SG_DISCLOSURE, &err);
    assert_null(p);
}

static void results_survive_the_way_to_json_and_back(void **state)
{
    SG_CLEANUP(sg_results_cleanup) sg_results *r = make_results();
    SG_CLEANUP(sg_results_cleanup) sg_results *back = NULL;
    sg_json *first = NULL, *second = NULL;
    sg_str a = {0}, b = {0};
    sg_err err = {0};

    (void)state;
    r->cells[3].count = SG_COUNT_MASKED;
    sg_assert_ok(sg_results_to_json(r, &first, &err), &err);
    sg_assert_ok(sg_results_from_json(first, &back, &err), &err);
    sg_assert_ok(sg_results_to_json(back, &second, &err), &err);
    sg_assert_ok(sg_json_write(first, &a, &err), &err);
    sg_assert_ok(sg_json_write(second, &b, &err), &err);
    assert_string_equal(sg_str_text(&a), sg_str_text(&b));
    assert_int_equal(back->cells[3].count, SG_COUNT_MASKED);
    assert_int_equal(back->n_estimates, r->n_estimates);
    sg_json_free(first);
    sg_json_free(second);
    sg_str_release(&a);
    sg_str_release(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(small_groups_and_their_company_are_hidden_the_rest_is_shown),
        cmocka_unit_test(figures_of_hidden_groups_are_blank_and_say_suppressed),
        cmocka_unit_test(figures_are_rounded_to_what_is_printed),
        cmocka_unit_test(hidden_groups_count_as_differing_in_nothing),
        cmocka_unit_test(the_smallest_p_values_survive_the_rounding_and_the_audit),
        cmocka_unit_test(facts_of_the_night_stay_inside),
        cmocka_unit_test(a_sound_edition_passes_the_audit),
        cmocka_unit_test(every_planted_leak_is_refused),
        cmocka_unit_test(gaps_to_a_level_that_the_data_chose_are_left_out_where_lines_are_hidden),
        cmocka_unit_test(a_related_dimension_is_hidden_whole_and_the_audit_wants_it_so),
        cmocka_unit_test(a_state_with_a_tiny_arm_gets_no_edition),
        cmocka_unit_test(results_survive_the_way_to_json_and_back),
    };

    return cmocka_run_group_tests_name("disclosure_publication", tests, NULL, NULL);
}
