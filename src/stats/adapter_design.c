/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Adapters of sensitivity and design, section 10. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "adapter.h"
#include "skillgain/base/mem.h"
#include "skillgain/stats/design.h"
#include "skillgain/stats/sensitivity.h"

#define ADD SG_ADD_NUMBERS

/* Scalars by name, all of them needed. */
typedef struct {
    const char *name;
    double *to;
} scalar;

static sg_status read_scalars(const sg_stats_params *params, const scalar *scalars, size_t n, sg_err *err)
{
    sg_status status = SG_OK;

    for (size_t i = 0; i < n && status == SG_OK; i++) {
        const sg_stats_param *param = NULL;
        status = sg_param_numbers(params, scalars[i].name, 1, &param, err);
        if (status == SG_OK)
            *scalars[i].to = param->numbers[0];
    }
    return status;
}

static sg_status read_count(const sg_stats_params *params, const char *name, int64_t *out, sg_err *err)
{
    const sg_stats_param *param = NULL;
    const sg_status status = sg_param_numbers(params, name, 1, &param, err);

    return status == SG_OK ? sg_param_count(param, 0, out, err) : status;
}

/* ---- 10.1 ---- */

static sg_status find_measure(const sg_stats_params *params, sg_effect_measure *out, sg_err *err)
{
    static const char *const NAMES[] = {"RR", "OR", "HR", "SMD"};
    static const sg_effect_measure MEASURES[] = {SG_MEASURE_RISK_RATIO, SG_MEASURE_ODDS_RATIO,
                                                 SG_MEASURE_HAZARD_RATIO, SG_MEASURE_DIFFERENCE};
    const sg_stats_param *measure = NULL;
    const sg_status status = sg_param_texts(params, "measure", 1, &measure, err);

    if (status != SG_OK)
        return status;
    for (size_t i = 0; i < sizeof NAMES / sizeof *NAMES; i++) {
        if (strcmp(NAMES[i], measure->texts[0]) == 0) {
            *out = MEASURES[i];
            return SG_OK;
        }
    }
    return sg_fail(err, SG_FAILED, "parameter 'measure' is none of RR, OR, HR, SMD");
}

sg_status sg_adapt_e_value(const sg_stats_params *params, sg_stats_values *out, sg_err *err)
{
    sg_effect_measure measure = SG_MEASURE_RISK_RATIO;
    double estimate = 0.0, low = 0.0, high = 0.0, rare = 0.0, target = 0.0;
    const scalar scalars[] = {{"est", &estimate}, {"lo", &low}, {"hi", &high}};
    sg_status status = find_measure(params, &measure, err);

    if (status == SG_OK)
        status = read_scalars(params, scalars, 3, err);
    if (status == SG_OK)
        status = sg_param_number_or(params, "outcome_rare", 0.0, &rare, err);
    if (status == SG_OK)
        status = sg_param_number_or(params, "true", measure == SG_MEASURE_DIFFERENCE ? 0.0 : 1.0, &target,
                                    err);
    if (status != SG_OK)
        return status;
    const sg_e_value e = sg_e_value_of(measure, rare > 0.0, estimate, low, high, target);
    return ADD({"rr", e.ratio}, {"rr_lo", e.ratio_low}, {"rr_hi", e.ratio_high}, {"e_point", e.of_estimate},
               {"e_ci", e.of_limit});
}

/* ---- 10.2 ---- */

sg_status sg_adapt_rosenbaum(const sg_stats_params *params, sg_stats_values *out, sg_err *err)
{
    int64_t discordant = 0, treated = 0;
    const sg_stats_param *gamma = NULL;
    double alpha = 0.0;
    sg_status status = read_count(params, "discordant", &discordant, err);

    if (status == SG_OK)
        status = read_count(params, "treated_success", &treated, err);
    if (status == SG_OK)
        status = sg_param_numbers(params, "gamma", 0, &gamma, err);
    if (status == SG_OK)
        status = sg_param_number_or(params, "alpha", 0.05, &alpha, err);
    if (status != SG_OK)
        return status;
    sg_stats_item *p = sg_value_add(out, "p_upper", gamma->n);
    if (p == NULL)
        return sg_no_memory(err);
    for (size_t i = 0; i < gamma->n; i++)
        p[i] = sg_item_number(sg_rosenbaum_p(discordant, treated, gamma->numbers[i]));
    return ADD({"gamma_at_alpha", sg_rosenbaum_gamma(discordant, treated, alpha)});
}

/* ---- 10.3 ---- */

sg_status sg_adapt_detectable(const sg_stats_params *params, sg_stats_values *out, sg_err *err)
{
    sg_cluster_design d = {.colleges = 0.0};
    double p0 = 0.0, alpha = 0.0, power = 0.0;
    int64_t n1 = 0, n0 = 0;
    const scalar scalars[] = {{"p0", &p0},
                              {"alpha", &alpha},
                              {"power", &power},
                              {"clusters", &d.colleges},
                              {"per_cluster", &d.per_college},
                              {"share_iet", &d.share_iet},
                              {"icc", &d.rho},
                              {"omega", &d.omega},
                              {"r2_level1", &d.r2_learners},
                              {"r2_level2", &d.r2_colleges}};
    sg_status status = read_scalars(params, scalars, sizeof scalars / sizeof *scalars, err);

    if (status == SG_OK)
        status = read_count(params, "n1", &n1, err);
    if (status == SG_OK)
        status = read_count(params, "n0", &n0, err);
    if (status != SG_OK)
        return status;
    const sg_detectable least = sg_detectable_difference(p0, n1, n0, alpha, power);
    const sg_detectable_clustered clustered = sg_detectable_in_colleges(&d, alpha, power);
    return ADD({"mde_up", least.up}, {"mde_down", least.down}, {"mde_h", least.h},
               {"mdes_individual_within_college", clustered.within_colleges},
               {"mdes_college_assigned", clustered.colleges_assigned},
               {"design_effect", clustered.design_effect});
}

/* ---- 10.4 ---- */

static sg_status read_incomplete(const sg_stats_params *params, const char *name, sg_incomplete *out,
                                 sg_err *err)
{
    const sg_stats_param *triple = NULL;
    sg_status status = sg_param_numbers(params, name, 3, &triple, err);

    if (status == SG_OK)
        status = sg_param_count(triple, 0, &out->known.x, err);
    if (status == SG_OK)
        status = sg_param_count(triple, 1, &out->known.n, err);
    return status == SG_OK ? sg_param_count(triple, 2, &out->missing, err) : status;
}

sg_status sg_adapt_missing(const sg_stats_params *params, sg_stats_values *out, sg_err *err)
{
    sg_incomplete iet = {.missing = 0}, comparison = {.missing = 0};
    double conf = 0.0;
    sg_status status = read_incomplete(params, "iet", &iet, err);

    if (status == SG_OK)
        status = read_incomplete(params, "non", &comparison, err);
    if (status == SG_OK)
        status = sg_param_number_or(params, "conf", sg_usual_conf, &conf, err);
    if (status != SG_OK)
        return status;
    const sg_missing_bounds b = sg_bounds_of_missing(iet, comparison, conf);
    return ADD({"rd_complete", b.complete}, {"worst", b.worst}, {"best", b.best}, {"tip_failures", b.tip},
               {"tip_rd", b.tip_difference}, {"tip_lower", b.tip_limit},
               {"tip_assumed_comparison_successes", b.assumed_successes});
}

/* ---- 10.5, 10.6 ---- */

sg_status sg_adapt_intraclass(const sg_stats_params *params, sg_stats_values *out, sg_err *err)
{
    const sg_stats_param *y = NULL, *units = NULL;
    SG_AUTO_FREE size_t *cluster = NULL;
    size_t capacity = 0;
    sg_intraclass icc = {0};
    sg_status status = sg_param_numbers(params, "y", 0, &y, err);

    if (status == SG_OK)
        status = sg_param_texts(params, "strata", y->n, &units, err);
    if (status == SG_OK && !sg_grow(&cluster, &capacity, y->n, sizeof *cluster))
        status = sg_no_memory(err);
    if (status == SG_OK)
        status = sg_intraclass_correlation(y->numbers, cluster, y->n, sg_param_number_texts(units, cluster),
                                           &icc, err);
    return status != SG_OK ? status
                           : ADD({"k", icc.clusters}, {"n0", icc.n0}, {"msb", icc.between},
                                 {"msw", icc.within}, {"icc", icc.icc}, {"design_effect", icc.design_effect},
                                 {"mean_cluster", icc.mean_size}, {"cv_size", icc.cv_size});
}

sg_status sg_adapt_cluster_correction(const sg_stats_params *params, sg_stats_values *out, sg_err *err)
{
    double g = 0.0, clusters = 0.0, icc = 0.0;
    int64_t n1 = 0, n0 = 0;
    const scalar scalars[] = {{"g", &g}, {"clusters", &clusters}, {"icc", &icc}};
    sg_status status = read_scalars(params, scalars, 3, err);

    if (status == SG_OK)
        status = read_count(params, "n1", &n1, err);
    if (status == SG_OK)
        status = read_count(params, "n0", &n0, err);
    if (status != SG_OK)
        return status;
    const sg_cluster_correction c = sg_correct_for_clusters(g, n1, n0, clusters, icc);
    return ADD({"t_naive", c.t_naive}, {"t_corrected", c.corrected.statistic}, {"df", c.corrected.df},
               {"p", c.corrected.p_value});
}
