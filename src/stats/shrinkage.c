/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "skillgain/stats/shrinkage.h"

#include <math.h>
#include <stdlib.h>

#include <gsl/gsl_cdf.h>

#include "figure.h"
#include "numeric.h"
#include "skillgain/base/mem.h"

/* ---- 11.2 ---- */

/* Weights 1/(v + tau2), and what they give. */
typedef struct {
    double sum, squares, mean;
} weighted;

static weighted weigh(const sg_shrunk_logit *g, size_t n, double tau2)
{
    sg_sum sum = {0}, squares = {0}, values = {0};

    for (size_t i = 0; i < n; i++) {
        const double w = 1.0 / (g[i].v + tau2);
        sg_sum_add(&sum, w);
        sg_sum_add(&squares, w * w);
        sg_sum_add(&values, w * g[i].y);
    }
    const double total = sg_sum_value(&sum);
    return (weighted){.sum = total, .squares = sg_sum_value(&squares), .mean = sg_sum_value(&values) / total};
}

static double find_q(const sg_shrunk_logit *g, size_t n, double mean)
{
    sg_sum sum = {0};

    for (size_t i = 0; i < n; i++)
        sg_sum_add(&sum, (g[i].y - mean) * (g[i].y - mean) / g[i].v);
    return sg_sum_value(&sum);
}

/* One step of the fixed point. */
static double next_tau2(const sg_shrunk_logit *g, size_t n, double tau2)
{
    const weighted w = weigh(g, n, tau2);
    sg_sum sum = {0};

    for (size_t i = 0; i < n; i++) {
        const double one = 1.0 / (g[i].v + tau2), off = g[i].y - w.mean;
        sg_sum_add(&sum, one * one * (off * off - g[i].v));
    }
    return fmax(0.0, sg_sum_value(&sum) / w.squares + 1.0 / w.sum);
}

static bool find_tau2(const sg_shrunk_logit *g, size_t n, double *tau2)
{
    enum { MOST_STEPS = 1000 };
    static const double SETTLED = 1e-12;

    for (int i = 0; i < MOST_STEPS; i++) {
        const double next = next_tau2(g, n, *tau2);
        const double change = fabs(next - *tau2);
        *tau2 = next;
        if (change <= SETTLED)
            return true;
    }
    return false;
}

static void shrink_each(sg_shrunk_logit *g, size_t n, const sg_logit_shrinkage *fit, double weight)
{
    for (size_t i = 0; i < n; i++) {
        const double l = fit->tau2 / (fit->tau2 + g[i].v);
        g[i].shrunk = fit->mu + l * (g[i].y - fit->mu);
        g[i].std_error = sqrt(l * g[i].v + (1.0 - l) * (1.0 - l) / weight);
        g[i].rate = 1.0 / (1.0 + exp(-g[i].shrunk));
    }
}

static const char *take_logits(const sg_counts *groups, size_t n, sg_shrunk_logit *out)
{
    const double blank = nan("");
    const char *obstacle = n < 2 ? "fewer than two groups" : NULL;

    for (size_t i = 0; i < n; i++) {
        const double x = (double)groups[i].x + 0.5, rest = (double)(groups[i].n - groups[i].x) + 0.5;
        if (groups[i].x < 0 || groups[i].x > groups[i].n)
            obstacle = "counts that cannot be";
        out[i] = (sg_shrunk_logit){.y = log(x / rest),
                                   .v = 1.0 / x + 1.0 / rest,
                                   .shrunk = blank,
                                   .std_error = blank,
                                   .rate = blank};
    }
    return obstacle;
}

sg_logit_shrinkage sg_shrink_logits(const sg_counts *groups, size_t n, sg_shrunk_logit *out_groups)
{
    const double blank = nan(""), k = (double)n;
    const char *obstacle = take_logits(groups, n, out_groups);
    sg_logit_shrinkage fit = {blank, blank, blank, blank, blank, blank, SG_EST_NOT_ESTIMABLE, obstacle};

    if (obstacle != NULL)
        return fit;
    const weighted fixed = weigh(out_groups, n, 0.0);
    fit.q = find_q(out_groups, n, fixed.mean);
    fit.tau2_dl = fmax(0.0, (fit.q - (k - 1.0)) / (fixed.sum - fixed.squares / fixed.sum));
    fit.mu_dl = weigh(out_groups, n, fit.tau2_dl).mean;
    fit.tau2 = fit.tau2_dl;
    fit.note = "the steps of the variance do not end";
    if (!find_tau2(out_groups, n, &fit.tau2))
        return fit;
    const weighted last = weigh(out_groups, n, fit.tau2);
    fit.mu = last.mean;
    fit.mu_error = 1.0 / sqrt(last.sum);
    shrink_each(out_groups, n, &fit, last.sum);
    fit.status = SG_EST_OK;
    fit.note = "";
    return fit;
}

/* ---- 11.3 ---- */

static double limit_at(double probability, double theta, unsigned n)
{
    unsigned low = 0, high = n; /* F(n) = 1 */

    while (low < high) {
        const unsigned middle = low + (high - low) / 2;
        if (gsl_cdf_binomial_P(middle, theta, n) >= probability)
            high = middle;
        else
            low = middle + 1;
    }
    const double at = gsl_cdf_binomial_P(low, theta, n);
    const double before = low > 0 ? gsl_cdf_binomial_P(low - 1, theta, n) : 0.0;
    const double limit = ((double)low - (at - probability) / (at - before)) / (double)n;
    return fmin(1.0, fmax(0.0, limit));
}

static int compare_numbers(const void *left, const void *right)
{
    const double *a = left, *b = right;

    return *a < *b ? -1 : *a > *b;
}

/* The mean square of the sorted scores, the outermost tenth at each end moved inward. */
static double dispersion_of(const double *sorted, size_t k)
{
    const size_t q = k / 10;
    sg_sum sum = {0};

    for (size_t i = 0; i < k; i++) {
        const double z = fmin(fmax(sorted[i], sorted[q]), sorted[k - 1 - q]);
        sg_sum_add(&sum, z * z);
    }
    return sg_sum_value(&sum) / (double)k;
}

static sg_funnel_group place_group(sg_counts group, double theta, sg_funnel *out)
{
    const double blank = nan(""), n = (double)group.n, p = (double)group.x / n;
    sg_funnel_group g = {blank, blank, blank, blank, blank, blank};

    if (group.n == 0)
        return g;
    g.z = (p - theta) / sqrt(theta * (1.0 - theta) / n);
    g.low95 = limit_at(0.025, theta, (unsigned)group.n);
    g.high95 = limit_at(0.975, theta, (unsigned)group.n);
    g.low998 = limit_at(0.001, theta, (unsigned)group.n);
    g.high998 = limit_at(0.999, theta, (unsigned)group.n);
    out->outside95 += p < g.low95 || p > g.high95 ? 1.0 : 0.0;
    out->outside998 += p < g.low998 || p > g.high998 ? 1.0 : 0.0;
    return g;
}

static const char *find_theta(const sg_counts *groups, size_t n, double *out)
{
    static const int64_t MOST = 2000000000; /* what GSL's binomial takes */
    double x = 0.0, size = 0.0;

    for (size_t i = 0; i < n; i++) {
        if (groups[i].x < 0 || groups[i].x > groups[i].n || groups[i].n > MOST)
            return "counts that cannot be";
        x += (double)groups[i].x;
        size += (double)groups[i].n;
    }
    *out = x / size;
    if (!(size > 0.0))
        return "no learners";
    return x > 0.0 && x < size ? NULL : x > 0.0 ? "all have the outcome" : "nobody has the outcome";
}

sg_status sg_funnel_of(const sg_counts *groups, size_t n, sg_funnel_group *out_groups, sg_funnel *out,
                       sg_err *err)
{
    const double blank = nan("");
    SG_AUTO_FREE double *scores = NULL;
    size_t capacity = 0, k = 0;
    double theta = 0.0;
    const char *obstacle = find_theta(groups, n, &theta);

    *out = (sg_funnel){blank, blank, blank, blank, SG_EST_NOT_ESTIMABLE, obstacle};
    for (size_t i = 0; i < n; i++)
        out_groups[i] = (sg_funnel_group){blank, blank, blank, blank, blank, blank};
    if (obstacle != NULL)
        return SG_OK;
    if (!sg_grow(&scores, &capacity, n, sizeof *scores))
        return sg_no_memory(err);
    *out = (sg_funnel){.theta = theta, .status = SG_EST_OK, .note = ""};
    for (size_t i = 0; i < n; i++) {
        out_groups[i] = place_group(groups[i], theta, out);
        if (groups[i].n > 0)
            scores[k++] = out_groups[i].z;
    }
    qsort(scores, k, sizeof *scores, compare_numbers);
    out->phi = dispersion_of(scores, k);
    for (size_t i = 0; i < n; i++)
        out_groups[i].z_adjusted = out_groups[i].z / (out->phi > 1.0 ? sqrt(out->phi) : 1.0);
    return SG_OK;
}
