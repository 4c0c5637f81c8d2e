/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Arms that change within follow-up, made by hand; the expected values are those of R's survival 3.5-3 on the same rows: statistic and p of
 * coxph(ties = "exact")$score, the ratio exp(U/V) of coxph.detail at 0, shares of survfit(conf.type = "log-log") on day 180.
 */
#include "support/assert.h"

#include <math.h>
#include <string.h>

#include "skillgain/analysis.h"
#include "support/made_cohort.h"

enum { MOST_UNITS = 12 };

/* One unit; 0: there is no such change or credential. Changes are told as the day, seq_at_zero as the sequential arm from time zero on. */
typedef struct {
    sg_arm arm;
    int gain; /* as the column has it: below 0, how long without one */
    int credential, iet, neither, sequential;
    bool seq_at_zero;
} made_unit;

typedef struct {
    sg_made *made;
    sg_amount changes[2 * MOST_UNITS], credentials[MOST_UNITS];
    sg_results *results;
} fixture;

static void add_amount(sg_amount *items, size_t *n, size_t unit, uint32_t scale, int days)
{
    items[(*n)++] = (sg_amount){.value = days, .unit = (uint32_t)unit, .scale = scale};
}

static void make(fixture *f, const made_unit *units, size_t n, const char *const *outcome)
{
    const sg_analysis_options options = {.banner = "", .jobs = 1};
    size_t n_changes = 0, n_credentials = 0;
    sg_err err = {0};

    f->made = sg_made_new();
    for (size_t i = 0; i < n; i++) {
        sg_made_add(f->made, 1, 2023, 0, (sg_made_row){.arm = units[i].arm});
        if (units[i].iet > 0)
            add_amount(f->changes, &n_changes, i, SG_CHANGED_TO_IET, units[i].iet);
        if (units[i].neither > 0)
            add_amount(f->changes, &n_changes, i, SG_CHANGED_TO_NEITHER, units[i].neither);
        if (units[i].sequential > 0 || units[i].seq_at_zero)
            add_amount(f->changes, &n_changes, i, SG_CHANGED_TO_SEQUENTIAL, units[i].sequential);
        if (units[i].credential > 0)
            add_amount(f->credentials, &n_credentials, i, 0, units[i].credential);
    }
    sg_cohort_view *view = &f->made->cohort.designs[SG_DESIGN_LANDMARK];
    for (size_t i = 0; i < n; i++) {
        view->gain_days[i] = (int16_t)units[i].gain;
        view->outcomes[i] |= SG_OUTCOME_KNOWN_BIT(SG_OUTCOME_CREDENTIAL);
    }
    view->amounts[SG_AMOUNT_CHANGE] = (sg_amounts){f->changes, n_changes};
    view->amounts[SG_AMOUNT_CREDENTIAL_DAYS] = (sg_amounts){f->credentials, n_credentials};
    f->made->config.analysis.outcomes = outcome;
    f->made->config.analysis.n_outcomes = 1;
    f->made->cohort.outcomes_up_to = f->made->cohort.as_of;
    sg_assert_ok(sg_analysis_run(&f->made->cohort, &f->made->config, &options, &f->results, &err), &err);
}

static void release(fixture *f)
{
    sg_results_free(f->results);
    sg_made_free(f->made);
}

/* NULL: there is none. */
static const sg_estimate *find(const fixture *f, const char *variant, const char *subset,
                               const char *estimand)
{
    for (size_t i = 0; i < f->results->n_estimates; i++) {
        const sg_estimate *e = &f->results->estimates[i];

        if (!strcmp(e->variant, variant) && !strcmp(e->subset, subset) && !strcmp(e->estimand, estimand))
            return e;
    }
    return NULL;
}

typedef struct {
    double ratio, statistic, p_value;
    int64_t n_iet, x_iet, n_comparison, x_comparison;
} wanted_test;

static void test_is(const fixture *f, const char *variant, wanted_test want)
{
    const sg_estimate *e = find(f, variant, "all", "hazard_equality");

    assert_non_null(e);
    assert_string_equal(e->method, "mantel_byar");
    sg_assert_close(e->estimate, want.ratio, 1e-9, 0);
    sg_assert_close(e->statistic, want.statistic, 1e-9, 0);
    sg_assert_close(e->p_value, want.p_value, 1e-9, 0);
    assert_int_equal(e->n_iet, want.n_iet);
    assert_int_equal(e->x_iet, want.x_iet);
    assert_int_equal(e->n_comparison, want.n_comparison);
    assert_int_equal(e->x_comparison, want.x_comparison);
    assert_int_equal(e->status, SG_ESTIMATE_SMALL_SAMPLE);
}

static void share_is(const fixture *f, const char *variant, const char *subset, const double want[4])
{
    const sg_estimate *e = find(f, variant, subset, "cumulative_incidence");

    assert_non_null(e);
    sg_assert_close(e->estimate, want[0], 1e-9, 0);
    sg_assert_close(e->ci_low, want[1], 1e-9, 0);
    sg_assert_close(e->ci_high, want[2], 1e-9, 0);
    sg_assert_close(e->std_error, want[3], 1e-9, 0);
}

/*
 * IET: (0,10] gain, (0,40] gain, (0,60], (30,90], (30,50] gain. Comparison: (0,20] gain, (0,30], (0,30], (0,30] gain on the day of the change, (0,25],
 * (0,70] gain.
 */
static void before_iet_a_learner_is_of_the_comparison_arm(void **state)
{
    static const char *const outcome[] = {"time_to_gain"};
    static const made_unit units[] = {
        {.arm = SG_ARM_IS_IET, .gain = 10},
        {.arm = SG_ARM_IS_IET, .gain = 40},
        {.arm = SG_ARM_IS_IET, .gain = -60},
        {.arm = SG_ARM_IS_IET, .gain = 0}, /* left on time zero: never at risk */
        {.arm = SG_ARM_IS_COMPARISON, .gain = 20},
        {.arm = SG_ARM_IS_COMPARISON, .gain = -90, .iet = 30},
        {.arm = SG_ARM_IS_COMPARISON, .gain = 50, .iet = 30},
        {.arm = SG_ARM_IS_COMPARISON, .gain = 30, .iet = 30},
        {.arm = SG_ARM_IS_COMPARISON, .gain = -180, .neither = 25},
        {.arm = SG_ARM_IS_COMPARISON, .gain = 0},
        {.arm = SG_ARM_IS_COMPARISON, .gain = 70, .sequential = 15},
        {.arm = SG_ARM_NEITHER, .gain = 5},
    };
    fixture f = {0};

    (void)state;
    make(&f, units, sizeof units / sizeof *units, outcome);
    test_is(&f, "landmark,arm:time_varying",
            (wanted_test){exp(0.0333333333333333 / 1.22944444444444), 0.000903750564844, 0.976017252191, 5, 3,
                          6, 3});
    assert_null(find(&f, "landmark,arm:time_varying", "iet", "cumulative_incidence"));
    assert_null(find(&f, "landmark,comparison:sequential", "all", "hazard_equality"));
    release(&f);
}

/*
 * IET: (0,100] credential, (0,180], (0,180], (60,120] credential. Comparison: (0,20] and (20,150] credential, (0,180], (0,40] and (40,60], (0,50] credential. In
 * sequence of these: (20,150] credential, (0,180], (40,60].
 */
static void training_behind_adult_education_is_an_arm_of_its_own(void **state)
{
    static const char *const outcome[] = {"time_to_credential"};
    static const made_unit units[] = {
        {.arm = SG_ARM_IS_IET, .credential = 100},
        {.arm = SG_ARM_IS_IET},
        {.arm = SG_ARM_IS_IET},
        {.arm = SG_ARM_IS_COMPARISON, .credential = 150, .sequential = 20},
        {.arm = SG_ARM_IS_COMPARISON, .seq_at_zero = true},
        {.arm = SG_ARM_IS_COMPARISON, .credential = 120, .sequential = 40, .iet = 60},
        {.arm = SG_ARM_IS_COMPARISON, .credential = 50},
    };
    fixture f = {0};

    (void)state;
    make(&f, units, sizeof units / sizeof *units, outcome);
    test_is(&f, "landmark,arm:time_varying",
            (wanted_test){0.815474658566, 0.0398256296051, 0.841821899715, 4, 2, 4, 2});
    share_is(&f, "landmark,arm:time_varying", "iet", (double[]){0.5, 0.15513871881, 0.942152917005, 0.25});
    share_is(&f, "landmark,arm:time_varying", "comparison",
             (double[]){0.625, 0.191998927519, 0.989028878425, 0.286410980935});
    test_is(&f, "landmark,comparison:sequential",
            (wanted_test){1.38765199214, 0.0764430577223, 0.782176825526, 4, 2, 3, 1});
    share_is(&f, "landmark,comparison:sequential", "comparison",
             (double[]){0.5, 0.0895899151633, 0.994016912361, 0.353553390593});
    release(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(before_iet_a_learner_is_of_the_comparison_arm),
        cmocka_unit_test(training_behind_adult_education_is_an_arm_of_its_own),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
