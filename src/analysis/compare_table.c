/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Two arms and a share: of everyone, and of each level of a group with its gap. */
#include <math.h>
#include <stdlib.h>

#include "comparison.h"
#include "estimate_parts.h"

/* ---- one table ---- */

static sg_status add_rate(sg_comparison *c, sg_compare_place place, const char *method, sg_counts counts)
{
    double conf = c->request->confidence;
    sg_figure figure = *method == 'w' ? sg_rate_wilson(counts, conf) : sg_rate_clopper_pearson(counts, conf);
    sg_estimate *e = sg_compare_add_figure(c, place, "rate", method, &figure, counts.n);

    if (!e)
        return sg_no_memory(c->err);
    e->n_level = counts.n;
    e->x_level = counts.x;
    return SG_OK;
}

static sg_status add_rates(sg_comparison *c, sg_compare_place place, sg_compare_arms arms)
{
    static const char *const methods[] = {"wilson", "clopper_pearson"};
    sg_status status = SG_OK;

    for (size_t i = 0; i < 2; i++) {
        if (!sg_compare_wants(c, methods[i]))
            continue;
        place.subset = SG_ARM_IET;
        if (status == SG_OK)
            status = add_rate(c, place, methods[i], arms.iet);
        place.subset = SG_ARM_COMPARISON;
        if (status == SG_OK)
            status = add_rate(c, place, methods[i], arms.comparison);
    }
    return status;
}

typedef sg_figure two_arm_method(sg_counts iet, sg_counts comparison, double conf);

static sg_figure number_needed(sg_counts iet, sg_counts comparison, double conf)
{
    sg_needed needed = sg_number_needed(iet, comparison, conf);
    double blank = nan("");
    sg_figure f = {blank, blank, blank, blank, blank, blank, blank, needed.status, needed.note};

    if (needed.status != SG_EST_OK)
        return f;
    if (!isfinite(needed.number)) {
        f.status = SG_EST_NOT_ESTIMABLE;
        f.note = "no difference: no number of learners";
        return f;
    }
    f.estimate = needed.number;
    f.low = isfinite(needed.at_low) ? needed.at_low : blank;
    f.high = isfinite(needed.at_high) ? needed.at_high : blank;
    if (needed.through_infinity) {
        f.note =
            "the difference may be 0: the numbers are those up to ci_low and those from ci_high on, through "
            "infinity, and none between";
    } else { /* the larger the difference, the fewer are needed */
        f.low = needed.at_high;
        f.high = needed.at_low;
    }
    return f;
}

/* An infinite estimate or limit is blank, and the note says so. */
static void blank_infinite(sg_figure *f)
{
    if (isinf(f->high)) {
        f->high = nan("");
        f->note = *f->note ? f->note : "no upper limit";
    }
    if (isinf(f->estimate)) {
        f->status = SG_EST_NOT_ESTIMABLE;
        f->note = "infinite";
    }
}

static sg_status add_pair(sg_comparison *c, sg_compare_place place, const char *estimand, const char *method,
                          two_arm_method *run, sg_compare_arms arms)
{
    sg_figure figure = run(arms.iet, arms.comparison, c->request->confidence);
    sg_estimate *e;

    blank_infinite(&figure);
    e = sg_compare_add_figure(c, place, estimand, method, &figure, sg_least(arms.iet.n, arms.comparison.n));
    if (!e)
        return sg_no_memory(c->err);
    sg_set_arms(e, arms.iet, arms.comparison);
    if (run == sg_rd_newcombe && e->status != SG_ESTIMATE_NOT_ESTIMABLE)
        e->p_value = sg_p_2x2(arms.iet, arms.comparison).p_value; /* the p that is printed, by rule 1.9 */
    return SG_OK;
}

static sg_status add_pairs(sg_comparison *c, sg_compare_place place, sg_compare_arms arms)
{
    static const struct {
        const char *method, *estimand;
        two_arm_method *run;
    } pairs[] = {{"newcombe", "risk_difference", sg_rd_newcombe},
                 {"miettinen_nurminen", "risk_difference", sg_rd_miettinen_nurminen},
                 {"log", "risk_ratio", sg_rr_log},
                 {"log", "odds_ratio", sg_or_log},
                 {"score", "risk_ratio", sg_rr_score},
                 {"fisher", "odds_ratio", sg_odds_ratio_conditional},
                 {"cohen_h", "cohen_h", sg_cohen_h},
                 {"newcombe", "number_needed", number_needed}};
    sg_status status = SG_OK;

    for (size_t i = 0; status == SG_OK && i < sizeof pairs / sizeof *pairs; i++) {
        /* the conditional odds ratio goes with an explicit wish for Fisher's test, not with the rule that may choose it */
        bool wanted = pairs[i].run == sg_odds_ratio_conditional ? sg_compare_wants_more(c, pairs[i].method)
                                                                : sg_compare_wants(c, pairs[i].method);

        if (wanted)
            status = add_pair(c, place, pairs[i].estimand, pairs[i].method, pairs[i].run, arms);
    }
    return status;
}

/* ---- tests of one table ---- */

static sg_status add_independence(sg_comparison *c, sg_compare_place place, sg_compare_arms arms,
                                  const char *method, const sg_test *test)
{
    sg_status status = sg_compare_add_test(c, place, "independence", method, test,
                                           sg_least(arms.iet.n, arms.comparison.n));

    if (status == SG_OK)
        sg_set_arms(&c->list->items[c->list->n - 1], arms.iet, arms.comparison);
    return status;
}

static sg_status add_chi_square(sg_comparison *c, sg_compare_place place, sg_compare_arms arms)
{
    sg_chi_square x = sg_chi_square_2x2(arms.iet, arms.comparison);
    const struct {
        const char *method;
        double statistic, p;
    } tests[] = {{"pearson", x.x2, x.p}, {"yates", x.x2_yates, x.p_yates}, {"n1_chisq", x.x2_n1, x.p_n1}};
    sg_status status = SG_OK;

    for (size_t i = 0; status == SG_OK && i < 3; i++) {
        sg_test test = {tests[i].p, tests[i].statistic, 1, tests[i].method, x.status, x.note};

        if (sg_compare_wants_more(c, tests[i].method))
            status = add_independence(c, place, arms, tests[i].method, &test);
    }
    return status;
}

static sg_status add_fisher(sg_comparison *c, sg_compare_place place, sg_compare_arms arms)
{
    sg_fisher_p p = sg_fisher(arms.iet, arms.comparison);
    double blank = nan("");
    sg_test two_sided = {p.p_two_sided, blank, blank, "fisher", p.status, p.note},
            mid = {p.p_mid_central, blank, blank, "fisher_midp", p.status, p.note};
    sg_status status = SG_OK;

    if (sg_compare_wants_more(c, "fisher"))
        status = add_independence(c, place, arms, "fisher", &two_sided);
    if (status == SG_OK && sg_compare_wants(c, "fisher_midp"))
        status = add_independence(c, place, arms, "fisher_midp", &mid);
    return status;
}

static sg_status add_unconditional(sg_comparison *c, sg_compare_place place, sg_compare_arms arms)
{
    sg_status status = SG_OK;

    if (sg_compare_wants(c, "boschloo")) {
        sg_test test = sg_boschloo(arms.iet, arms.comparison);

        status = add_independence(c, place, arms, "boschloo", &test);
    }
    if (status == SG_OK && sg_compare_wants(c, "barnard")) {
        sg_test test = sg_barnard(arms.iet, arms.comparison, SG_TIES_COUNT);

        status = add_independence(c, place, arms, "barnard", &test);
    }
    return status;
}

/* Where no test was named, the one that is printed (rule 1.9 of the list of methods). */
static sg_status add_tests(sg_comparison *c, sg_compare_place place, sg_compare_arms arms)
{
    sg_status status = SG_OK;

    if (!c->request->methods.n) {
        sg_test test = sg_p_2x2(arms.iet, arms.comparison);

        return add_independence(c, place, arms, test.method, &test);
    }
    status = add_chi_square(c, place, arms);
    if (status == SG_OK)
        status = add_fisher(c, place, arms);
    return status == SG_OK ? add_unconditional(c, place, arms) : status;
}

sg_status sg_compare_table_rows(sg_comparison *c, sg_compare_place place, sg_compare_arms arms)
{
    sg_status status = add_rates(c, place, arms);

    if (status == SG_OK)
        status = add_pairs(c, place, arms);
    return status == SG_OK ? add_tests(c, place, arms) : status;
}

sg_status sg_compare_shares(sg_comparison *c)
{
    sg_compare_place everyone = {NULL, NULL, SG_ARM_ALL};

    return sg_compare_table_rows(c, everyone, sg_compare_count_all(c));
}
