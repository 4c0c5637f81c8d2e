/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "skillgain/stats/equity.h"

#include <math.h>

#include "figure.h"
#include "numeric.h"

static const sg_pair_words WORDS_LEVEL = {.first_empty = "no learners in the level",
                                          .second_empty = "no learners in the reference"};

/* ---- 8.4 ---- */

sg_figure sg_gap(sg_counts level, sg_counts reference, double conf)
{
    return sg_newcombe(level, reference, conf, &WORDS_LEVEL);
}

sg_figure sg_gap_overall(sg_counts level, sg_counts everyone, double conf)
{
    static const sg_pair_words WORDS = {.first_empty = "no learners in the level",
                                        .second_empty = "everyone is in the level"};
    const sg_counts rest = {.x = everyone.x - level.x, .n = everyone.n - level.n};
    sg_figure figure = sg_newcombe(level, rest, conf, &WORDS);

    if (figure.status != SG_EST_OK)
        return figure;
    const double share_of_rest = (double)rest.n / (double)everyone.n;
    figure.estimate *= share_of_rest;
    figure.low *= share_of_rest;
    figure.high *= share_of_rest;
    return figure;
}

sg_figure sg_gap_number(sg_counts level, double number, double conf)
{
    const char *obstacle = sg_obstacle_one(level, WORDS_LEVEL.first_empty);
    sg_figure figure = sg_figure_blank();

    if (obstacle == NULL)
        obstacle = sg_obstacle_conf(conf);
    if (obstacle == NULL && !(number >= 0.0 && number <= 1.0))
        obstacle = "a reference outside 0 to 1";
    if (obstacle != NULL)
        return sg_figure_refused(obstacle);
    const sg_limits limits = sg_wilson_of(level, sg_normal_z(conf));
    figure.estimate = limits.p - number;
    figure.low = limits.low - number;
    figure.high = limits.high - number;
    if (number > 0.0 && number < 1.0) {
        figure.statistic = figure.estimate / sqrt(number * (1.0 - number) / (double)level.n);
        figure.p_value = sg_normal_p(figure.statistic);
    }
    return figure;
}

/* Compared by cross products, which are exact: two levels of one rate stay equal. */
static bool is_higher(sg_counts a, sg_counts b)
{
    return (double)a.x * (double)b.n > (double)b.x * (double)a.n;
}

size_t sg_gap_highest(const sg_counts *levels, size_t n, int64_t minimum_n)
{
    size_t best = n;

    for (size_t i = 0; i < n; i++) {
        if (levels[i].n < 1 || levels[i].n < minimum_n)
            continue;
        if (best == n || is_higher(levels[i], levels[best]))
            best = i;
    }
    return best;
}

/* ---- 8.5 ---- */

enum { N_RATES = 4 };

/* In the order of the coefficients: level and reference in IET, level and reference in the comparison. */
static const double SIGN[N_RATES] = {1.0, -1.0, -1.0, 1.0};

static const char *closure_obstacle(const sg_counts groups[N_RATES], double conf)
{
    static const char *const EMPTY[N_RATES] = {
        "no IET learners in the level", "no IET learners in the reference",
        "no comparison learners in the level", "no comparison learners in the reference"};

    for (size_t i = 0; i < N_RATES; i++) {
        const char *note = sg_obstacle_one(groups[i], EMPTY[i]);
        if (note != NULL)
            return note;
    }
    return sg_obstacle_conf(conf);
}

/* Down to the lower limit a rate goes where it counts positive, and up to the upper one where it counts
 * negative. */
static void find_closure(const sg_limits rates[N_RATES], sg_figure *out)
{
    sg_sum estimate = {0}, below = {0}, above = {0};

    for (size_t i = 0; i < N_RATES; i++) {
        const double down = rates[i].p - rates[i].low, up = rates[i].high - rates[i].p;
        const double to_low = SIGN[i] > 0.0 ? down : up, to_high = SIGN[i] > 0.0 ? up : down;
        sg_sum_add(&estimate, SIGN[i] * rates[i].p);
        sg_sum_add(&below, to_low * to_low);
        sg_sum_add(&above, to_high * to_high);
    }
    out->estimate = sg_sum_value(&estimate);
    out->low = fmax(-2.0, out->estimate - sqrt(sg_sum_value(&below)));
    out->high = fmin(2.0, out->estimate + sqrt(sg_sum_value(&above)));
}

static void test_closure(const sg_limits rates[N_RATES], const sg_counts groups[N_RATES], sg_figure *out)
{
    sg_sum variance = {0};

    for (size_t i = 0; i < N_RATES; i++)
        sg_sum_add(&variance, rates[i].p * (1.0 - rates[i].p) / (double)groups[i].n);
    if (!(sg_sum_value(&variance) > 0.0)) {
        out->note = "no variation";
        return;
    }
    out->std_error = sqrt(sg_sum_value(&variance));
    out->statistic = out->estimate / out->std_error;
    out->p_value = sg_normal_p(out->statistic);
}

sg_gap_change sg_gap_closure(sg_counts level_iet, sg_counts reference_iet, sg_counts level_comparison,
                             sg_counts reference_comparison, double conf)
{
    const sg_counts groups[N_RATES] = {level_iet, reference_iet, level_comparison, reference_comparison};
    const double blank = nan(""), z = sg_normal_z(conf);
    const char *obstacle = closure_obstacle(groups, conf);
    sg_gap_change out = {
        .closure = sg_figure_blank(), .gap_iet = blank, .gap_comparison = blank, .relative = blank};
    sg_limits rates[N_RATES];

    if (obstacle != NULL) {
        out.closure = sg_figure_refused(obstacle);
        return out;
    }
    for (size_t i = 0; i < N_RATES; i++)
        rates[i] = sg_wilson_of(groups[i], z);
    find_closure(rates, &out.closure);
    test_closure(rates, groups, &out.closure);
    out.gap_iet = rates[0].p - rates[1].p;
    out.gap_comparison = rates[2].p - rates[3].p;
    if (fabs(out.gap_comparison) > 0.0)
        out.relative = 1.0 - out.gap_iet / out.gap_comparison;
    out.relative_is_told = out.gap_comparison < 0.0 &&
                           sg_gap(level_comparison, reference_comparison, conf).high < 0.0;
    return out;
}
