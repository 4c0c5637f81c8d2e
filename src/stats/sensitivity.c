/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "skillgain/stats/sensitivity.h"

#include <math.h>

#include <gsl/gsl_cdf.h>

#include "figure.h"
#include "numeric.h"
#include "skillgain/stats/two_by_two.h"

/* ---- 10.1 ---- */

static double as_risk_ratio(sg_effect_measure measure, bool is_rare, double value)
{
    switch (measure) {
    case SG_MEASURE_ODDS_RATIO: return is_rare ? value : sqrt(value);
    case SG_MEASURE_HAZARD_RATIO:
        return is_rare ? value : (1.0 - pow(0.5, sqrt(value))) / (1.0 - pow(0.5, sqrt(1.0 / value)));
    case SG_MEASURE_DIFFERENCE: return exp(0.91 * value);
    case SG_MEASURE_RISK_RATIO: break;
    }
    return value;
}

static double e_of(double ratio)
{
    const double r = ratio < 1.0 ? 1.0 / ratio : ratio;

    return r + sqrt(r * (r - 1.0));
}

/* The limit nearer to 1. */
static double e_of_interval(double ratio, double low, double high)
{
    if (low <= 1.0 && high >= 1.0)
        return 1.0;
    return e_of(ratio >= 1.0 ? low : high);
}

sg_e_value sg_e_value_of(sg_effect_measure measure, bool is_rare, double estimate, double low, double high,
                         double target)
{
    const bool is_difference = measure == SG_MEASURE_DIFFERENCE;
    const double values[4] = {estimate, low, high, target};
    sg_e_value out = {.note = "a ratio that cannot be", .status = SG_EST_NOT_ESTIMABLE};
    double ratios[4] = {0.0};

    for (size_t i = 0; i < 4; i++)
        ratios[i] = as_risk_ratio(measure, is_rare, values[i]);
    if (is_difference) {
        const double error = (high - low) / (2.0 * sg_normal_z(0.95));
        ratios[1] = exp(0.91 * estimate - 1.78 * error);
        ratios[2] = exp(0.91 * estimate + 1.78 * error);
    }
    out.ratio = ratios[0];
    out.ratio_low = ratios[1];
    out.ratio_high = ratios[2];
    out.of_estimate = nan("");
    out.of_limit = nan("");
    for (size_t i = 0; i < 4; i++) {
        if (!isfinite(ratios[i]) || !(ratios[i] > 0.0))
            return out;
    }
    out.of_estimate = e_of(ratios[0] / ratios[3]);
    out.of_limit = e_of_interval(ratios[0] / ratios[3], ratios[1] / ratios[3], ratios[2] / ratios[3]);
    out.status = SG_EST_OK;
    out.note = "";
    return out;
}

/* ---- 10.2 ---- */

double sg_rosenbaum_p(int64_t discordant, int64_t treated_successes, double gamma)
{
    static const int64_t MOST = 2000000000; /* what GSL's binomial takes */

    if (!(gamma >= 1.0) || treated_successes < 0 || treated_successes > discordant || discordant > MOST)
        return nan("");
    if (treated_successes == 0)
        return 1.0;
    return gsl_cdf_binomial_Q((unsigned)(treated_successes - 1), gamma / (1.0 + gamma), (unsigned)discordant);
}

typedef struct {
    int64_t discordant, treated_successes;
    double alpha;
} rosenbaum_task;

static double above_alpha(double log_gamma, void *context)
{
    const rosenbaum_task *task = context;

    return sg_rosenbaum_p(task->discordant, task->treated_successes, exp(log_gamma)) - task->alpha;
}

double sg_rosenbaum_gamma(int64_t discordant, int64_t treated_successes, double alpha)
{
    static const double MOST = 1e4;
    rosenbaum_task task = {discordant, treated_successes, alpha};

    if (!(sg_rosenbaum_p(discordant, treated_successes, 1.0) <= alpha))
        return nan("");
    return exp(sg_find_root(above_alpha, &task, 0.0, log(MOST)));
}

/* ---- 10.4 ---- */

static double difference_of(double x1, double n1, double x0, double n0)
{
    return x1 / n1 - x0 / n0;
}

/* The least number of IET's missing outcomes against the finding that removes it. */
static void find_tip(sg_incomplete iet, sg_counts comparison, double conf, sg_missing_bounds *out)
{
    const bool is_negative = out->complete < 0.0;

    for (int64_t against = 0; against <= iet.missing; against++) {
        const sg_counts filled = {.x = iet.known.x + (is_negative ? against : iet.missing - against),
                                  .n = iet.known.n + iet.missing};
        const sg_figure rd = sg_rd_newcombe(filled, comparison, conf);
        const double limit = is_negative ? rd.high : rd.low;
        if (rd.status != SG_EST_OK || (is_negative ? limit < 0.0 : limit > 0.0))
            continue;
        out->tip = (double)against;
        out->tip_difference = rd.estimate;
        out->tip_limit = limit;
        out->note = "";
        return;
    }
}

sg_missing_bounds sg_bounds_of_missing(sg_incomplete iet, sg_incomplete comparison, double conf)
{
    const char *obstacle = sg_obstacle_pair(iet.known, comparison.known, &sg_words_arms);
    const double blank = nan("");
    sg_missing_bounds out = {blank, blank, blank, blank, blank, blank, blank, SG_EST_NOT_ESTIMABLE, obstacle};

    if (obstacle == NULL && (iet.missing < 0 || comparison.missing < 0))
        out.note = obstacle = "counts that cannot be";
    if (obstacle == NULL)
        out.note = obstacle = sg_obstacle_conf(conf);
    if (obstacle != NULL)
        return out;
    const double x1 = (double)iet.known.x, n1 = (double)iet.known.n, m1 = (double)iet.missing;
    const double x0 = (double)comparison.known.x, n0 = (double)comparison.known.n;
    const double m0 = (double)comparison.missing;
    out.complete = difference_of(x1, n1, x0, n0);
    out.worst = difference_of(x1, n1 + m1, x0 + m0, n0 + m0);
    out.best = difference_of(x1 + m1, n1 + m1, x0, n0 + m0);
    out.assumed_successes = floor(m0 * x0 / n0 + 0.5);
    out.status = SG_EST_OK;
    out.note = "no pattern of the missing outcomes removes it";
    const sg_counts filled = {.x = comparison.known.x + (int64_t)out.assumed_successes,
                              .n = comparison.known.n + comparison.missing};
    find_tip(iet, filled, conf, &out);
    return out;
}
