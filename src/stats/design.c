/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "skillgain/stats/design.h"

#include <math.h>

#include <gsl/gsl_cdf.h>

#include "figure.h"
#include "numeric.h"
#include "skillgain/base/mem.h"

/* ---- 10.3 ---- */

typedef struct {
    double p0, n1, n0, z, z_power;
} power_task;

/* How far the power at p1 is above the one wanted, on the normal scale. */
static double excess_power(double p1, void *context)
{
    const power_task *t = context;
    const double pooled = (t->n1 * p1 + t->n0 * t->p0) / (t->n1 + t->n0);
    const double null_error = sqrt(pooled * (1.0 - pooled) * (1.0 / t->n1 + 1.0 / t->n0));
    const double error = sqrt(p1 * (1.0 - p1) / t->n1 + t->p0 * (1.0 - t->p0) / t->n0);

    return (fabs(p1 - t->p0) - t->z * null_error) / error - t->z_power;
}

sg_detectable sg_detectable_difference(double p0, int64_t n1, int64_t n0, double alpha, double power)
{
    static const double EDGE = 1e-12;
    const double blank = nan("");
    power_task task = {.p0 = p0,
                       .n1 = (double)n1,
                       .n0 = (double)n0,
                       .z = sg_normal_z(1.0 - alpha),
                       .z_power = power > 0.0 && power < 1.0 ? gsl_cdf_ugaussian_Pinv(power) : blank};

    if (!(p0 > 0.0 && p0 < 1.0) || n1 < 1 || n0 < 1 || isnan(task.z) || isnan(task.z_power))
        return (sg_detectable){blank, blank, blank, SG_EST_NOT_ESTIMABLE, "a rate or a size that cannot be"};
    return (sg_detectable){.up = sg_find_root(excess_power, &task, p0, 1.0 - EDGE) - p0,
                           .down = sg_find_root(excess_power, &task, EDGE, p0) - p0,
                           .h = (task.z + task.z_power) * sqrt(1.0 / task.n1 + 1.0 / task.n0),
                           .status = SG_EST_OK,
                           .note = ""};
}

/* t_{1-alpha/2} + t_power */
static double multiplier(double alpha, double power, double df)
{
    if (!(df > 0.0) || !(power > 0.0 && power < 1.0))
        return nan("");
    return sg_student_t(1.0 - alpha, df) + gsl_cdf_tdist_Pinv(power, df);
}

sg_detectable_clustered sg_detectable_in_colleges(const sg_cluster_design *d, double alpha, double power)
{
    const double arms = d->share_iet * (1.0 - d->share_iet), j = d->colleges;
    const double learners = (1.0 - d->rho) * (1.0 - d->r2_learners) / (arms * j * d->per_college);
    const double colleges = d->rho * (1.0 - d->r2_colleges);
    const double blank = nan("");

    if (!(arms > 0.0) || !(d->per_college > 0.0) || !(j > 0.0) || !(d->rho >= 0.0 && d->rho <= 1.0))
        return (sg_detectable_clustered){blank, blank, blank};
    return (sg_detectable_clustered){
        .within_colleges = multiplier(alpha, power, j - 1.0) * sqrt(colleges * d->omega / j + learners),
        .colleges_assigned = multiplier(alpha, power, j - 2.0) * sqrt(colleges / (arms * j) + learners),
        .design_effect = 1.0 + (d->per_college - 1.0) * d->rho};
}

/* ---- 10.5 ---- */

typedef struct {
    double n, mean;
    sg_sum sum, squares;
} cluster_sums;

static void sum_clusters(const double *values, const size_t *cluster, size_t n, size_t n_clusters,
                         cluster_sums *sums)
{
    for (size_t i = 0; i < n; i++) {
        sums[cluster[i]].n += 1.0;
        sg_sum_add(&sums[cluster[i]].sum, values[i]);
    }
    for (size_t k = 0; k < n_clusters; k++)
        sums[k].mean = sg_sum_value(&sums[k].sum) / sums[k].n;
    for (size_t i = 0; i < n; i++) {
        const double off = values[i] - sums[cluster[i]].mean;
        sg_sum_add(&sums[cluster[i]].squares, off * off);
    }
}

static void analyse_variance(const cluster_sums *sums, size_t n_clusters, double n, sg_intraclass *out)
{
    sg_sum total = {0}, within = {0}, between = {0}, sizes = {0}, spread = {0};
    double k = 0.0;

    for (size_t i = 0; i < n_clusters; i++)
        sg_sum_add(&total, sg_sum_value(&sums[i].sum));
    const double mean = sg_sum_value(&total) / n;
    for (size_t i = 0; i < n_clusters; i++) {
        if (!(sums[i].n > 0.0))
            continue;
        k += 1.0;
        sg_sum_add(&within, sg_sum_value(&sums[i].squares));
        sg_sum_add(&between, sums[i].n * (sums[i].mean - mean) * (sums[i].mean - mean));
        sg_sum_add(&sizes, sums[i].n * sums[i].n);
    }
    out->clusters = k;
    out->mean_size = n / k;
    out->note = k < 2.0 ? "fewer than two clusters" : "one learner a cluster";
    if (k < 2.0 || !(n > k))
        return;
    for (size_t i = 0; i < n_clusters; i++)
        sg_sum_add(&spread,
                   sums[i].n > 0.0 ? (sums[i].n - out->mean_size) * (sums[i].n - out->mean_size) : 0.0);
    out->cv_size = sqrt(sg_sum_value(&spread) / (k - 1.0)) / out->mean_size;
    out->n0 = (n - sg_sum_value(&sizes) / n) / (k - 1.0);
    out->between = sg_sum_value(&between) / (k - 1.0);
    out->within = sg_sum_value(&within) / (n - k);
    out->note = "no variation";
    if (!(out->between + (out->n0 - 1.0) * out->within > 0.0))
        return;
    out->icc = (out->between - out->within) / (out->between + (out->n0 - 1.0) * out->within);
    out->design_effect = 1.0 + (out->n0 - 1.0) * fmax(0.0, out->icc);
    out->status = SG_EST_OK;
    out->note = "";
}

sg_status sg_intraclass_correlation(const double *values, const size_t *cluster, size_t n, size_t n_clusters,
                                    sg_intraclass *out, sg_err *err)
{
    const double blank = nan("");
    SG_AUTO_FREE cluster_sums *sums = NULL;
    size_t capacity = 0;

    *out = (sg_intraclass){blank,
                           blank,
                           blank,
                           blank,
                           blank,
                           blank,
                           blank,
                           blank,
                           SG_EST_NOT_ESTIMABLE,
                           n == 0 ? "no learners" : "a value that is no number"};
    if (n == 0)
        return SG_OK;
    for (size_t i = 0; i < n; i++) {
        if (!isfinite(values[i]))
            return SG_OK;
    }
    if (!sg_grow(&sums, &capacity, n_clusters + 1, sizeof *sums))
        return sg_no_memory(err);
    sum_clusters(values, cluster, n, n_clusters, sums);
    analyse_variance(sums, n_clusters, (double)n, out);
    return SG_OK;
}

/* ---- 10.6 ---- */

sg_cluster_correction sg_correct_for_clusters(double g, int64_t n1, int64_t n0, double clusters, double rho)
{
    const double total = (double)n1 + (double)n0, n = total / clusters;
    sg_cluster_correction out = {.corrected = sg_test_refused("welch", "sizes that cannot be"),
                                 .t_naive = nan("")};

    if (n1 < 1 || n0 < 1 || !(clusters >= 2.0 && clusters < total) || !(rho >= 0.0 && rho < 1.0) ||
        !isfinite(g))
        return out;
    const double left = (total - 2.0) - 2.0 * (n - 1.0) * rho, other = 1.0 - rho;
    out.t_naive = g * sqrt((double)n1 * (double)n0 / total);
    out.corrected.statistic = out.t_naive * sqrt(left / ((total - 2.0) * (1.0 + (n - 1.0) * rho)));
    out.corrected.df = left * left /
                       ((total - 2.0) * other * other + n * (total - 2.0 * n) * rho * rho +
                        2.0 * (total - 2.0 * n) * rho * other);
    out.corrected.p_value = sg_student_p(out.corrected.statistic, out.corrected.df);
    if (isnan(out.corrected.p_value))
        return out;
    out.corrected.status = SG_EST_OK;
    out.corrected.note = "";
    return out;
}
