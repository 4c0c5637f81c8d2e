/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Memory that is short is a status: whichever allocation fails, each family of statistics says so, and gives the same once there is enough. */
#include "support/assert.h"

#include <string.h>

#include "base/mem_hook.h"
#include "skillgain/base/mem.h"
#include "skillgain/stats.h"
#include "support/dice.h"

enum { N = 60, N_COLLEGES = 6, REPLICATES = 20, ALL_UP_TO = 150, STEP = 17, MOST = 100000 };

static struct {
    sg_observations sample;
    sg_variable variables[2];
    uint8_t arm[N];
    double success[N], number[N];
    uint32_t level[N], college[N];
    size_t strata[N];
    bool iet[N];
    sg_spell spells[N];
    sg_stratum tables[N_COLLEGES];
} made;

static const sg_model MODEL = {.arm = true}, BY_ARM = {.arm = true, .by_arm = 1};
static const sg_aipw_options CLIP = {0.01, 0.99, SG_SEPARATED_FIRTH};
static const sg_jackknife_plan ONE_BY_ONE = {0.95, 1};
static const sg_stream STREAM = {3, "memory"};
static double values[2][REPLICATES];

static int make(void **state)
{
    static const char *const LEVELS[] = {"a", "b", "c"};
    dice d = {77};

    (void)state;
    sg_stats_init();
    for (size_t i = 0; i < N; i++) {
        made.level[i] = throw(&d, 3);
        made.number[i] = throw(&d, 4);
        made.college[i] = (uint32_t)(i % N_COLLEGES);
        made.arm[i] = throw(&d, 2) == 0 ? 1 : 0;
        made.success[i] = throw(&d, 10) < 4 + 2U * made.arm[i] ? 1.0 : 0.0;
        made.strata[i] = made.college[i];
        made.iet[i] = made.arm[i] == 1;
        made.spells[i] = (sg_spell){.stop = 1 + throw(&d, 20), .event = made.success[i] > 0.0};
        sg_counts *arm = made.iet[i] ? &made.tables[i % N_COLLEGES].iet
                                     : &made.tables[i % N_COLLEGES].comparison;
        arm->n++;
        arm->x += made.success[i] > 0.0 ? 1 : 0;
    }
    made.variables[0] = (sg_variable){
        .name = "level", .levels = made.level, .level_names = LEVELS, .n_levels = 3};
    made.variables[1] = (sg_variable){.name = "number", .numbers = made.number};
    made.sample = (sg_observations){.n_rows = N,
                                    .variables = made.variables,
                                    .n_variables = 2,
                                    .arm = made.arm,
                                    .success = made.success,
                                    .cluster = made.college,
                                    .n_clusters = N_COLLEGES};
    return 0;
}

/* ---- a family at a time; what it found as one number ---- */

typedef sg_status family(sg_arena *arena, double *out, sg_err *err);

static sg_status run_exact(sg_arena *arena, double *out, sg_err *err)
{
    sg_cmh_exact r;
    const sg_status status = sg_cmh_exact_test(made.tables, N_COLLEGES, &r, err);

    (void)arena;
    *out = status == SG_OK ? r.p : 0.0;
    return status;
}

static sg_status run_logit(sg_arena *arena, double *out, sg_err *err)
{
    sg_logit_result r;
    const sg_status status = sg_logit(&made.sample, &MODEL, 0.95, arena, &r, err);

    *out = status == SG_OK ? r.coefficients[1].model.estimate : 0.0;
    return status;
}

static sg_status run_firth(sg_arena *arena, double *out, sg_err *err)
{
    sg_firth_result r;
    const sg_status status = sg_firth(&made.sample, &MODEL, 0.95, arena, &r, err);

    *out = status == SG_OK ? r.coefficients[1].low : 0.0;
    return status;
}

static sg_status run_separation(sg_arena *arena, double *out, sg_err *err)
{
    sg_separation r;
    const sg_status status = sg_check_separation(&made.sample, &MODEL, &r, err);

    (void)arena;
    *out = status == SG_OK ? r.learners : 0.0;
    return status;
}

static sg_status run_diagnostics(sg_arena *arena, double *out, sg_err *err)
{
    sg_diagnostics d;
    sg_inflations r;
    sg_status status = sg_logit_diagnostics(&made.sample, &MODEL, 0.95, arena, &d, err);

    if (status == SG_OK)
        status = sg_logit_inflation(&made.sample, &MODEL, arena, &r, err);
    *out = status == SG_OK ? d.brier + r.terms[0].inflation : 0.0;
    return status;
}

static sg_status run_gcomp(sg_arena *arena, double *out, sg_err *err)
{
    sg_gcomp_result r;
    const sg_status status = sg_gcomp(&made.sample, &MODEL, SG_TARGET_IET, 0.95, arena, &r, err);

    *out = status == SG_OK ? r.difference.low : 0.0;
    return status;
}

static sg_status run_gaps(sg_arena *arena, double *out, sg_err *err)
{
    sg_gap_differences r;
    sg_figure again[2];
    sg_status status = sg_gap_difference(&made.sample, &BY_ARM, 0.95, arena, &r, err);

    if (status == SG_OK)
        status = sg_gap_difference_jackknife(&made.sample, &BY_ARM, &ONE_BY_ONE, r.n_levels, again, err);
    *out = status == SG_OK ? again[0].estimate : 0.0;
    return status;
}

static sg_status run_linear(sg_arena *arena, double *out, sg_err *err)
{
    sg_linear_result r;
    const sg_status status = sg_linear(&made.sample, &MODEL, 0.95, arena, &r, err);

    *out = status == SG_OK ? r.coefficients[1].cr2.df : 0.0;
    return status;
}

static sg_status run_wild(sg_arena *arena, double *out, sg_err *err)
{
    sg_wild_result r;
    const sg_status status = sg_wild_cluster(&made.sample, &MODEL, 1, 0, 1, &r, err);

    (void)arena;
    *out = status == SG_OK ? r.p : 0.0;
    return status;
}

static sg_status run_propensity(sg_arena *arena, double *out, sg_err *err)
{
    sg_propensity_result r;
    const sg_status status = sg_propensity(&made.sample, &MODEL, 0.95, arena, &r, err);

    *out = status == SG_OK ? r.auc.estimate : 0.0;
    return status;
}

static sg_status run_weights(sg_arena *arena, double *out, sg_err *err)
{
    sg_weighting_result r;
    const sg_status status = sg_weighting(&made.sample, &MODEL, SG_ESTIMAND_ATT, 0.95, arena, &r, err);

    *out = status == SG_OK ? r.difference.low : 0.0;
    return status;
}

static sg_status run_aipw(sg_arena *arena, double *out, sg_err *err)
{
    sg_aipw_result r;
    const sg_status status = sg_aipw(&made.sample, &MODEL, &CLIP, 0.95, arena, &r, err);

    *out = status == SG_OK ? r.att.low : 0.0;
    return status;
}

static sg_status run_matching(sg_arena *arena, double *out, sg_err *err)
{
    const sg_match_task task = {.n = N,
                                .logit = made.number,
                                .arm = made.arm,
                                .outcome = made.success,
                                .exact = made.level,
                                .caliper = 1.0,
                                .ratio = 2};
    const sg_balance_data data = {.n = N, .values = made.number, .arm = made.arm};
    sg_match_result r;
    sg_balance b;
    sg_status status = sg_match(&task, 0.95, arena, &r, err);

    if (status == SG_OK)
        status = sg_balance_of(&data, &b, err);
    *out = status == SG_OK ? r.difference.estimate + b.ks : 0.0;
    return status;
}

static sg_status run_jackknife(sg_arena *arena, double *out, sg_err *err)
{
    sg_gcomp_jackknife_result g;
    sg_aipw_jackknife_result a;
    sg_figure w, b[5];
    size_t failed;
    sg_status status = sg_gcomp_jackknife(&made.sample, &MODEL, SG_TARGET_IET, &ONE_BY_ONE, &g, err);

    (void)arena;
    if (status == SG_OK)
        status = sg_weighting_jackknife(&made.sample, &MODEL, SG_ESTIMAND_ATT, &ONE_BY_ONE, &w, &failed, err);
    if (status == SG_OK)
        status = sg_aipw_jackknife(&made.sample, &MODEL, &CLIP, &ONE_BY_ONE, &a, err);
    if (status == SG_OK)
        status = sg_logit_jackknife(&made.sample, &MODEL, &ONE_BY_ONE, 5, b, err);
    *out = status == SG_OK ? g.difference.std_error + w.std_error + a.att.std_error + b[1].std_error : 0.0;
    return status;
}

static sg_status run_model_bootstrap(sg_arena *arena, double *out, sg_err *err)
{
    const sg_model_bootstrap_plan plan = {SG_ESTIMAND_ATT, &STREAM, 0.9, REPLICATES, 1};
    sg_observations patterns;
    sg_model_bootstrap r;
    sg_status status = sg_observations_aggregate(&made.sample, arena, &patterns, err);

    if (status == SG_OK)
        status = sg_bootstrap_model(&patterns, &MODEL, &plan, values[0], values[1], &r, err);
    *out = status == SG_OK ? r.difference.low : 0.0;
    return status;
}

static sg_status run_resampling(sg_arena *arena, double *out, sg_err *err)
{
    const sg_labelled learners = {made.success, made.iet, made.strata, N, N_COLLEGES};
    const sg_sample y1 = {made.number, N / 2}, y0 = {made.number + N / 2, N / 2};
    sg_bootstrap clusters, arms;
    sg_permutation p;
    sg_status status = sg_bootstrap_clusters(made.tables, N_COLLEGES, &STREAM, 0.9, values[0], REPLICATES,
                                             &clusters, err);

    (void)arena;
    if (status == SG_OK)
        status = sg_bootstrap_arms(y1, y0, &STREAM, 0.9, values[0], REPLICATES, &arms, err);
    if (status == SG_OK)
        status = sg_permutation_test(&learners, &STREAM, values[0], REPLICATES, &p, err);
    *out = status == SG_OK ? clusters.low + arms.low + p.p : 0.0;
    return status;
}

static sg_status run_survival(sg_arena *arena, double *out, sg_err *err)
{
    SG_CLEANUP(sg_curve_release) sg_curve curve = {0};
    double times[N], at[1] = {7.5}, first[1], second[1], *const shares[2] = {first, second};
    int causes[N];
    sg_log_rank t;
    sg_status status = sg_kaplan_meier(made.spells, N, 0.95, &curve, err);

    (void)arena;
    for (size_t i = 0; i < N; i++) {
        times[i] = made.spells[i].stop;
        causes[i] = made.spells[i].event ? 1 : 0;
    }
    if (status == SG_OK)
        status = sg_log_rank_test(made.spells, made.iet, made.strata, N, N_COLLEGES, &t, err);
    if (status == SG_OK)
        status = sg_cumulative_incidence(times, causes, N, at, 1, shares, err);
    *out = status == SG_OK ? sg_curve_median(&curve).estimate + t.expected + first[0] : 0.0;
    return status;
}

static sg_status run_amounts(sg_arena *arena, double *out, sg_err *err)
{
    const sg_sample y1 = {made.number, N / 2}, y0 = {made.number + N / 2, N / 2};
    sg_mann_whitney m;
    sg_figure b;
    sg_hodges_lehmann h;
    sg_median median;
    sg_intraclass icc;
    sg_status status = sg_mann_whitney_test(y1, y0, &m, err);

    (void)arena;
    if (status == SG_OK)
        status = sg_brunner_munzel(y1, y0, 0.95, &b, err);
    if (status == SG_OK)
        status = sg_hodges_lehmann_shift(y1, y0, 0.95, &h, err);
    if (status == SG_OK)
        status = sg_median_of(y1, 0.95, &median, err);
    if (status == SG_OK)
        status = sg_intraclass_correlation(made.number, made.strata, N, N_COLLEGES, &icc, err);
    *out = status == SG_OK ? m.u + b.estimate + h.shift.low + median.median.estimate + icc.icc : 0.0;
    return status;
}

static sg_status run_observations(sg_arena *arena, double *out, sg_err *err)
{
    sg_observations patterns, two_armed, complete;
    double missing[2];
    sg_status status = sg_observations_complete(&made.sample, 0.4, arena, &complete, missing, err);

    if (status == SG_OK)
        status = sg_observations_two_armed(&complete, arena, &two_armed, err);
    if (status == SG_OK)
        status = sg_observations_aggregate(&two_armed, arena, &patterns, err);
    *out = status == SG_OK ? (double)patterns.n_rows : 0.0;
    return status;
}

/* ---- every allocation ---- */

/* Every one of the first, then one in STEP: what goes round a loop is the same each time. */
static void check_family(const char *name, family *run)
{
    double want, got = 0.0;
    long nth;
    sg_arena *arena = sg_arena_new();
    sg_err err = {0};

    assert_non_null(arena);
    sg_assert_ok(run(arena, &want, &err), &err);
    sg_arena_free(arena);
    for (nth = 1; nth < MOST; nth += nth < ALL_UP_TO ? 1 : STEP) {
        arena = sg_arena_new();
        assert_non_null(arena);
        sg_mem_fail_at(nth);
        const sg_status status = run(arena, &got, &err);
        sg_mem_fail_at(0);
        sg_arena_free(arena);
        if (status == SG_OK)
            break;
        if (status != SG_NO_MEMORY)
            fail_msg("%s, allocation %ld: another status: %s", name, nth, err.message);
    }
    if (nth == 1 || nth >= MOST)
        fail_msg("%s: %ld allocations", name, nth);
    sg_assert_close(got, want, 0.0, 0.0); /* the one that had enough */
}

static void memory_that_is_short_is_a_status_of_every_family(void **state)
{
    static const struct {
        const char *name;
        family *run;
    } families[] = {{"observations", run_observations},
                    {"exact test in strata", run_exact},
                    {"logit", run_logit},
                    {"firth", run_firth},
                    {"separation", run_separation},
                    {"diagnostics", run_diagnostics},
                    {"gcomp", run_gcomp},
                    {"gaps", run_gaps},
                    {"linear", run_linear},
                    {"wild", run_wild},
                    {"propensity", run_propensity},
                    {"weights", run_weights},
                    {"aipw", run_aipw},
                    {"matching", run_matching},
                    {"jackknife", run_jackknife},
                    {"model bootstrap", run_model_bootstrap},
                    {"resampling", run_resampling},
                    {"survival", run_survival},
                    {"amounts", run_amounts}};

    (void)state;
    for (size_t i = 0; i < sizeof families / sizeof *families; i++)
        check_family(families[i].name, families[i].run);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(memory_that_is_short_is_a_status_of_every_family),
    };
    return cmocka_run_group_tests(tests, make, NULL);
}
