/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bootstrap.h"

#include <math.h>
#include <stdlib.h>

#include <gsl/gsl_cdf.h>

#include "numeric.h"
#include "sample.h"

sg_bootstrap sg_bootstrap_refused(const char *note)
{
    const double blank = nan("");

    return (sg_bootstrap){
        blank, blank, blank, blank, blank, blank, blank, blank, blank, blank, blank, 0, SG_EST_NOT_ESTIMABLE,
        note};
}

/* The order statistic (B+1)q of sorted values, linear between neighbours. */
static double order_statistic(const double *sorted, size_t n, double q)
{
    const double place = fmin(fmax(((double)n + 1.0) * q, 1.0), (double)n), below = floor(place);
    const size_t at = (size_t)below - 1;

    return at + 1 < n ? sorted[at] + (place - below) * (sorted[at + 1] - sorted[at]) : sorted[at];
}

static double share_below(const double *sorted, size_t n, double estimate)
{
    static const double EQUAL_WITHIN = 1e-12;
    double below = 0.0;

    for (size_t i = 0; i < n; i++)
        below += fabs(sorted[i] - estimate) <= EQUAL_WITHIN ? 0.5 : sorted[i] < estimate ? 1.0 : 0.0;
    return below / (double)n;
}

static double acceleration_of(const sg_sample *jackknife)
{
    const double mean = sg_mean_of(*jackknife);
    sg_sum squares = {0}, cubes = {0};

    for (size_t i = 0; i < jackknife->n; i++) {
        const double d = mean - jackknife->values[i];
        sg_sum_add(&squares, d * d);
        sg_sum_add(&cubes, d * d * d);
    }
    const double sum = sg_sum_value(&squares);
    return sum > 0.0 ? sg_sum_value(&cubes) / (6.0 * pow(sum, 1.5)) : nan("");
}

static double corrected_place(const sg_bootstrap *b, double q)
{
    const double z = b->z0 + gsl_cdf_ugaussian_Pinv(q);

    return gsl_cdf_ugaussian_P(b->z0 + z / (1.0 - b->acceleration * z));
}

sg_status sg_finish_bootstrap(sg_sample values, const sg_sample *jackknife, double conf, sg_bootstrap *out,
                              sg_err *err)
{
    const double tail = (1.0 - conf) / 2.0;
    double *sorted = NULL;
    const sg_status status = sg_sort_copy(values, &sorted, err);

    if (status != SG_OK)
        return status;
    out->mean = sg_mean_of(values);
    out->std_error = sqrt(sg_variance_of(values));
    out->low = order_statistic(sorted, values.n, tail);
    out->high = order_statistic(sorted, values.n, 1.0 - tail);
    out->status = SG_EST_OK;
    out->note = "";
    const double below = share_below(sorted, values.n, out->estimate);
    out->acceleration = acceleration_of(jackknife);
    if (below > 0.0 && below < 1.0 && !isnan(out->acceleration)) {
        out->z0 = gsl_cdf_ugaussian_Pinv(below);
        out->bca_low_at = corrected_place(out, tail);
        out->bca_high_at = corrected_place(out, 1.0 - tail);
        out->bca_low = order_statistic(sorted, values.n, out->bca_low_at);
        out->bca_high = order_statistic(sorted, values.n, out->bca_high_at);
    } else {
        out->note = "no bias-corrected limits";
    }
    free(sorted);
    return SG_OK;
}
