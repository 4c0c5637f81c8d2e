/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The plan's digest: another one for every key that decides what is compared, for whom and by which method. */
#include "support/assert.h"

#include <string.h>

#include "base/mem_hook.h"
#include "skillgain/analysis.h"
#include "support/made_cohort.h"

static void set_hours(sg_config *c)
{
    c->cohort.participant_hours++;
}

static void set_gap(sg_config *c)
{
    c->cohort.exit_gap_days++;
}

static void set_landmark(sg_config *c)
{
    c->cohort.landmark_days++;
}

static void set_follow_up(sg_config *c)
{
    c->cohort.follow_up_days++;
}

static void set_grace(sg_config *c)
{
    c->cohort.gain_grace_days++;
}

static void set_grades(sg_config *c)
{
    c->cohort.iet = SG_GRADE_BIT_CONFIRMED;
}

static void set_outcomes(sg_config *c)
{
    c->analysis.n_outcomes = 1;
}

static void set_types(sg_config *c)
{
    c->analysis.common_types |= 1U << SG_GAIN_MILESTONE;
}

static void set_dimensions(sg_config *c)
{
    static const char *const names[] = {"sex"};

    c->analysis.dimensions = names;
    c->analysis.n_dimensions = 1;
}

static void set_reference(sg_config *c)
{
    static const sg_reference_choice choice = {"sex", "overall"};

    c->analysis.references = &choice;
    c->analysis.n_references = 1;
}

static void set_margin(sg_config *c)
{
    c->analysis.equivalence_margin = 0.04;
}

static void set_confidence(sg_config *c)
{
    c->analysis.confidence = 0.9;
}

static void set_minimum_cell(sg_config *c)
{
    c->disclosure.minimum_cell++;
}

static void set_minimum_outcome(sg_config *c)
{
    c->disclosure.minimum_outcome++;
}

static void set_minimum_interval(sg_config *c)
{
    c->disclosure.minimum_interval++;
}

static void plan_of(const sg_config *config, char out[SG_SHA256_TEXT])
{
    sg_err err = {0};

    sg_assert_ok(sg_plan_digest(config, out, &err), &err);
    assert_int_equal(strlen(out), SG_SHA256_TEXT - 1);
}

static void every_key_of_the_plan_has_its_own_digest(void **state)
{
    static void (*const changes[])(sg_config *) = {
        set_hours,  set_gap,        set_landmark,     set_follow_up,       set_grace,
        set_grades, set_outcomes,   set_types,        set_dimensions,      set_reference,
        set_margin, set_confidence, set_minimum_cell, set_minimum_outcome, set_minimum_interval};
    enum { N = sizeof changes / sizeof *changes };
    sg_made *made = sg_made_new();
    char digests[N + 1][SG_SHA256_TEXT];

    (void)state;
    plan_of(&made->config, digests[N]);
    for (size_t i = 0; i < N; i++) {
        sg_config changed = made->config;

        changes[i](&changed);
        plan_of(&changed, digests[i]);
        for (size_t other = 0; other < i; other++)
            assert_string_not_equal(digests[i], digests[other]);
        assert_string_not_equal(digests[i], digests[N]);
    }
    sg_made_free(made);
}

static void the_plan_is_neither_the_agencys_name_nor_the_people(void **state)
{
    sg_made *made = sg_made_new();
    char before[SG_SHA256_TEXT], after[SG_SHA256_TEXT];
    const sg_analysis_options options = {.college = "A1", .banner = "forced", .jobs = 2};
    sg_results *results = NULL;
    sg_err err = {0};

    (void)state;
    sg_made_add(made, 5, 2023, 0, (sg_made_row){.arm = SG_ARM_IS_IET, .gained = SG_GAINED_COMMON});
    plan_of(&made->config, before);
    made->config.agency = "Another System";
    made->config.contact = "research@example.org";
    made->config.archive = true;
    made->config.expect_seconds[SG_KIND_GAIN] = 1;
    plan_of(&made->config, after);
    assert_string_equal(before, after);
    sg_assert_ok(sg_analysis_run(&made->cohort, &made->config, &options, &results, &err), &err);
    assert_string_equal(results->facts.plan_sha256, before);
    sg_results_free(results);
    sg_made_free(made);
}

static void a_plan_that_memory_does_not_suffice_for_has_no_digest(void **state)
{
    sg_made *made = sg_made_new();
    char digest[SG_SHA256_TEXT] = "as before";
    sg_err err = {0};

    (void)state;
    sg_mem_fail_at(1);
    sg_assert_status(sg_plan_digest(&made->config, digest, &err), SG_NO_MEMORY, &err);
    sg_mem_fail_at(0);
    assert_string_equal(digest, "as before");
    sg_made_free(made);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_key_of_the_plan_has_its_own_digest),
        cmocka_unit_test(the_plan_is_neither_the_agencys_name_nor_the_people),
        cmocka_unit_test(a_plan_that_memory_does_not_suffice_for_has_no_digest),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
