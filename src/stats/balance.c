/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "skillgain/stats/balance.h"

#include <math.h>
#include <stdlib.h>

#include "numeric.h"
#include "skillgain/base/mem.h"

static const double COX = 1.65, SMALL = 0.05, LARGE = 0.25;

static double count_of(const sg_balance_data *data, size_t i)
{
    return data->count != NULL ? data->count[i] : 1.0;
}

static double weight_of(const sg_balance_data *data, size_t i)
{
    return count_of(data, i) * (data->weight != NULL ? data->weight[i] : 1.0);
}

/* ---- an arm ---- */

/* Of the learners of an arm: by count, by weight, and by count among those that have weight. */
typedef struct {
    double learners, weight, mean_plain, mean, variance_plain, variance;
} arm_moments;

typedef double row_measure(const sg_balance_data *data, size_t i);

static double sum_over(const sg_balance_data *data, unsigned arm, row_measure *measure, double center,
                       int power)
{
    sg_sum sum = {0};

    for (size_t i = 0; i < data->n; i++) {
        double term = measure(data, i);
        if (data->arm[i] != arm || !(term > 0.0))
            continue;
        for (int p = 0; p < power; p++)
            term *= data->values[i] - center;
        sg_sum_add(&sum, term);
    }
    return sg_sum_value(&sum);
}

/* Counts of the learners that have weight. */
static double count_weighted(const sg_balance_data *data, size_t i)
{
    return weight_of(data, i) > 0.0 ? count_of(data, i) : 0.0;
}

/* sum w~^2 over learners. */
static double sum_squares(const sg_balance_data *data, unsigned arm, double total)
{
    sg_sum sum = {0};

    for (size_t i = 0; i < data->n; i++) {
        if (data->arm[i] != arm || !(count_of(data, i) > 0.0))
            continue;
        const double share = weight_of(data, i) / count_of(data, i) / total;
        sg_sum_add(&sum, count_of(data, i) * share * share);
    }
    return sg_sum_value(&sum);
}

static arm_moments measure_arm(const sg_balance_data *data, unsigned arm, row_measure *plain)
{
    arm_moments m = {.learners = sum_over(data, arm, plain, 0.0, 0),
                     .weight = sum_over(data, arm, weight_of, 0.0, 0)};

    m.mean_plain = sum_over(data, arm, plain, 0.0, 1) / m.learners;
    m.mean = sum_over(data, arm, weight_of, 0.0, 1) / m.weight;
    m.variance_plain = sum_over(data, arm, plain, m.mean_plain, 2) / (m.learners - 1.0);
    m.variance = sum_over(data, arm, weight_of, m.mean, 2) / m.weight /
                 (1.0 - sum_squares(data, arm, m.weight));
    return m;
}

static const char *find_obstacle(const sg_balance_data *data, bool *out_binary)
{
    double weight[2] = {0.0};

    *out_binary = true;
    for (size_t i = 0; i < data->n; i++) {
        const double w = weight_of(data, i), value = data->values[i];
        if (!(w >= 0.0 && isfinite(w)))
            return "a weight below 0 or not finite";
        if (!(count_of(data, i) > 0.0))
            continue;
        if (!isfinite(value))
            return "a value is missing or not finite";
        if (data->arm[i] > 1)
            return "an arm is neither 0 nor 1";
        *out_binary = *out_binary && (fpclassify(value) == FP_ZERO || !(fabs(value - 1.0) > 0.0));
        weight[data->arm[i]] += w;
    }
    if (!(weight[1] > 0.0))
        return "no IET learners";
    return weight[0] > 0.0 ? NULL : "no comparison learners";
}

/* ---- the greatest distance ---- */

typedef struct {
    double value, share;
} step;

static int compare_steps(const void *left, const void *right)
{
    const step *a = left, *b = right;

    return (a->value > b->value) - (a->value < b->value);
}

static sg_status find_distance(const sg_balance_data *data, const arm_moments arms[2], double *out,
                               sg_err *err)
{
    SG_AUTO_FREE step *steps = NULL;
    size_t capacity = 0, n = 0;
    sg_sum sum = {0};

    if (!sg_grow(&steps, &capacity, data->n + 1, sizeof *steps))
        return sg_no_memory(err);
    for (size_t i = 0; i < data->n; i++) {
        const double share = weight_of(data, i) / arms[data->arm[i]].weight;
        if (share > 0.0)
            steps[n++] = (step){data->values[i], data->arm[i] == 1 ? share : -share};
    }
    qsort(steps, n, sizeof *steps, compare_steps);
    *out = 0.0;
    for (size_t i = 0; i < n; i++) {
        sg_sum_add(&sum, steps[i].share);
        if (i + 1 == n || steps[i + 1].value > steps[i].value)
            *out = fmax(*out, fabs(sg_sum_value(&sum)));
    }
    return SG_OK;
}

/* ---- results ---- */

static double ratio_or_nan(double a, double b)
{
    return b > 0.0 && isfinite(b) && isfinite(a) ? a / b : nan("");
}

sg_status sg_balance_of(const sg_balance_data *data, sg_balance *out, sg_err *err)
{
    const double blank = nan("");
    sg_balance balance = {.status = SG_EST_OK, .note = ""};
    const char *obstacle = find_obstacle(data, &balance.is_binary);

    if (obstacle != NULL) {
        *out = (sg_balance){SG_EST_NOT_ESTIMABLE, obstacle, blank, blank, blank, blank, blank, blank, false};
        return SG_OK;
    }
    arm_moments arms[2];
    for (unsigned arm = 0; arm < 2; arm++) {
        arms[arm] = measure_arm(data, arm, count_of);
        if (balance.is_binary)
            arms[arm].variance_plain = arms[arm].mean_plain * (1.0 - arms[arm].mean_plain);
    }
    const double difference = arms[1].mean - arms[0].mean;
    balance.mean1 = arms[1].mean;
    balance.mean0 = arms[0].mean;
    balance.by_treated = ratio_or_nan(difference, sqrt(arms[1].variance_plain));
    balance.by_pooled = ratio_or_nan(difference,
                                     sqrt((arms[1].variance_plain + arms[0].variance_plain) / 2.0));
    balance.variance_ratio = balance.is_binary ? blank : ratio_or_nan(arms[1].variance, arms[0].variance);
    const sg_status status = find_distance(data, arms, &balance.ks, err);
    if (status == SG_OK)
        *out = balance;
    return status;
}

static double cox_index(const arm_moments arms[2])
{
    const double p1 = arms[1].mean, p0 = arms[0].mean;

    if (!(p1 > 0.0 && p1 < 1.0 && p0 > 0.0 && p0 < 1.0))
        return nan("");
    return log(p1 / (1.0 - p1) / (p0 / (1.0 - p0))) / COX;
}

static double standard_difference(const arm_moments arms[2])
{
    const double n1 = arms[1].learners, n0 = arms[0].learners;
    const double squares = (n1 > 1.0 ? (n1 - 1.0) * arms[1].variance_plain : 0.0) +
                           (n0 > 1.0 ? (n0 - 1.0) * arms[0].variance_plain : 0.0);

    return ratio_or_nan(arms[1].mean - arms[0].mean, sqrt(squares / (n1 + n0 - 2.0)));
}

sg_wwc_baseline sg_wwc_baseline_of(const sg_balance_data *data)
{
    bool binary = false;
    const char *obstacle = find_obstacle(data, &binary);
    arm_moments arms[2];

    if (obstacle != NULL)
        return (sg_wwc_baseline){SG_EST_NOT_ESTIMABLE, obstacle, nan(""), SG_WWC_NOT_SATISFIED};
    for (unsigned arm = 0; arm < 2; arm++)
        arms[arm] = measure_arm(data, arm, count_weighted);
    const double n = arms[1].learners + arms[0].learners;
    const double effect = (1.0 - 3.0 / (4.0 * n - 9.0)) *
                          (binary ? cox_index(arms) : standard_difference(arms));
    if (!isfinite(effect))
        return (sg_wwc_baseline){SG_EST_NOT_ESTIMABLE, binary ? "a rate of 0 or 1" : "no spread", nan(""),
                                 SG_WWC_NOT_SATISFIED};
    const sg_wwc_verdict verdict = fabs(effect) <= SMALL   ? SG_WWC_SATISFIED
                                   : fabs(effect) <= LARGE ? SG_WWC_ADJUSTMENT_REQUIRED
                                                           : SG_WWC_NOT_SATISFIED;
    return (sg_wwc_baseline){SG_EST_OK, "", effect, verdict};
}

const char *sg_wwc_verdict_name(sg_wwc_verdict verdict)
{
    static const char *const NAMES[] = {"satisfied", "adjustment_required", "not_satisfied"};

    return NAMES[verdict];
}
