/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fixture_amounts.h"

#include <math.h>
#include <string.h>

#include "support/assert.h"

typedef struct {
    sg_results *results;
    int year;
    const char *variant;
} place;

static sg_estimate *add_estimate(const place *b, const char *outcome, const char *dimension,
                                 const char *level, const char *subset, const char *estimand,
                                 const char *method)
{
    return sg_fixture_add(b->results, &(sg_estimate){.program_year = b->year,
                                                     .outcome = outcome,
                                                     .dimension = dimension,
                                                     .level = level,
                                                     .subset = subset,
                                                     .variant = b->variant,
                                                     .estimand = estimand,
                                                     .method = method,
                                                     .reference = ""});
}

static void add_times(const place *b)
{
    static const char outcome[] = "time_to_credential", method[] = "kaplan_meier";
    sg_estimate *iet = add_estimate(b, outcome, "all", "all", "iet", "median", method);
    sg_estimate *other = add_estimate(b, outcome, "all", "all", "comparison", "median", method);
    sg_estimate *means = add_estimate(b, outcome, "all", "all", "all", "rmst_difference", method);

    iet->n_iet = means->n_iet = 1100;
    other->n_comparison = means->n_comparison = 3100;
    sg_fixture_set(iet, 120, 100, 150, iet->n_iet);
    other->status = SG_ESTIMATE_NOT_ESTIMABLE;
    sg_fixture_set(means, -12.4, -20, -4.9, iet->n_iet);
}

/* The variant as it goes on: with the arm of each day. */
static void add_varying(const place *b, const char *outcome, const char *design, bool shares)
{
    static const char *const subsets[] = {"iet", "comparison"};
    const place by_day = {b->results, b->year,
                          sg_arena_printf(b->results->arena, "%s,%s", b->variant, design)};
    sg_estimate *test = add_estimate(&by_day, outcome, "all", "all", "all", "hazard_equality", "mantel_byar");

    assert_non_null(by_day.variant);
    sg_fixture_set(test, 1.372, nan(""), nan(""), 1150);
    test->p_value = 0.0123;
    test->n_iet = 1150;
    test->x_iet = 480;
    test->n_comparison = 3101;
    test->x_comparison = 1002;
    for (int arm = 0; shares && arm < 2; arm++) {
        sg_estimate *share = add_estimate(&by_day, outcome, "all", "all", subsets[arm],
                                          "cumulative_incidence", "kaplan_meier");

        *(arm == 0 ? &share->n_iet : &share->n_comparison) = 1150;
        sg_fixture_set(share, 0.421 - 0.1 * arm, 0.40, 0.45, 1150);
    }
}

static void add_earnings(const place *b)
{
    sg_estimate *iet = add_estimate(b, "earnings_q2", "all", "all", "iet", "median", "order_statistic");
    sg_estimate *other = add_estimate(b, "earnings_q2", "all", "all", "comparison", "median",
                                      "order_statistic");
    sg_estimate *shift = add_estimate(b, "earnings_q2", "all", "all", "all", "shift", "hodges_lehmann");

    iet->n_iet = shift->n_iet = 412;
    other->n_comparison = shift->n_comparison = 5;
    sg_fixture_set(iet, 6549.41, 6100.5, 7000, iet->n_iet);
    sg_fixture_set(other, 4210.5, nan(""), nan(""), other->n_comparison);
    sg_fixture_set(shift, 2100, -40.4, 4100, other->n_comparison);
}

static void add_scores(const place *b)
{
    static const char outcome[] = "score_gain", dimension[] = "instrument*subject",
                      level[] = "TABE_11_12*reading";
    sg_estimate *iet = add_estimate(b, outcome, dimension, level, "iet", "mean", "welch");
    sg_estimate *other = add_estimate(b, outcome, dimension, level, "comparison", "mean", "welch");
    sg_estimate *between = add_estimate(b, outcome, dimension, level, "all", "mean_difference", "welch");

    iet->n_iet = between->n_iet = 310;
    other->n_comparison = between->n_comparison = 1;
    sg_fixture_set(iet, 12.34, 10.05, 14.6, iet->n_iet);
    sg_fixture_set(other, -3, nan(""), nan(""), other->n_comparison);
    between->status = SG_ESTIMATE_NOT_ESTIMABLE;
}

static void add_dose(const place *b, const char *outcome)
{
    static const char *const subsets[] = {"iet", "comparison"};

    for (int arm = 0; arm < 2; arm++) {
        sg_estimate *mean = add_estimate(b, outcome, "all", "all", subsets[arm], "mean", "welch");
        sg_estimate *median = add_estimate(b, outcome, "all", "all", subsets[arm], "median",
                                           "order_statistic");

        *(arm == 0 ? &mean->n_iet : &mean->n_comparison) = 1240;
        sg_fixture_set(mean, 61.26 - arm, 60.5, 62, 1240);
        sg_fixture_set(median, 48.5, 47, 50 + arm, 1240);
    }
}

static void add_completed(const place *b)
{
    sg_estimate *iet = add_estimate(b, "completed", "all", "all", "iet", "rate", "wilson");
    sg_estimate *other = add_estimate(b, "completed", "all", "all", "comparison", "rate", "wilson");

    iet->n_iet = iet->n_level = 1239;
    iet->x_iet = iet->x_level = 517;
    other->n_comparison = other->n_level = 3017;
    other->x_comparison = other->x_level = 911;
    sg_fixture_set(iet, 0.4173, 0.39, 0.445, 1239);
    sg_fixture_set(other, 0.302, 0.286, 0.3186, 3017);
}

void sg_fixture_amounts(sg_results *results, int year, const char *variant, bool completion)
{
    const place b = {results, year, variant};

    add_earnings(&b);
    add_times(&b);
    add_scores(&b);
    add_dose(&b, "contact_hours");
    add_dose(&b, "weeks_attended");
    if (completion)
        add_completed(&b);
    if (strcmp(variant, "naive") == 0) /* it follows nobody */
        return;
    add_varying(&b, "time_to_gain", "arm:time_varying", false);
    add_varying(&b, "time_to_credential", "arm:time_varying", true);
    add_varying(&b, "time_to_credential", "comparison:sequential", true);
}
