/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdlib.h>

#include <gsl/gsl_randist.h>
#include <gsl/gsl_rng.h>

#include "numeric.h"
#include "skillgain/base/mem.h"
#include "skillgain/stats/resampling.h"

/* Learners stratum by stratum, in their order; from[k] is where stratum k begins. */
typedef struct {
    double *y;
    bool *iet;
    size_t *from;
    sg_stratum *strata;
    size_t n, n_strata;
} shuffled;

static void release(shuffled *s)
{
    free(s->y);
    free(s->iet);
    free(s->from);
    free(s->strata);
}

static bool make(size_t n, size_t n_strata, shuffled *out)
{
    size_t capacity[4] = {0};

    out->n = n;
    out->n_strata = n_strata;
    return sg_grow(&out->y, &capacity[0], n + 1, sizeof *out->y) &&
           sg_grow(&out->iet, &capacity[1], n + 1, sizeof *out->iet) &&
           sg_grow(&out->from, &capacity[2], n_strata + 2, sizeof *out->from) &&
           sg_grow(&out->strata, &capacity[3], n_strata + 1, sizeof *out->strata);
}

static void fill(const sg_labelled *l, shuffled *out)
{
    for (size_t i = 0; i < l->n; i++)
        out->from[l->strata[i] + 1]++;
    for (size_t k = 0; k < l->n_strata; k++)
        out->from[k + 1] += out->from[k];
    for (size_t i = 0; i < l->n; i++) {
        const size_t at = out->from[l->strata[i]]++;
        out->y[at] = l->y[i];
        out->iet[at] = l->iet[i];
    }
    for (size_t k = l->n_strata; k > 0; k--)
        out->from[k] = out->from[k - 1];
    out->from[0] = 0;
}

/* Counts a stratum as it is labelled now. */
static sg_stratum count_stratum(const shuffled *s, size_t k)
{
    sg_stratum count = {{0}, {0}};

    for (size_t i = s->from[k]; i < s->from[k + 1]; i++) {
        sg_counts *arm = s->iet[i] ? &count.iet : &count.comparison;
        arm->n++;
        arm->x += s->y[i] > 0.0 ? 1 : 0;
    }
    return count;
}

static bool has_both(const sg_stratum *stratum)
{
    return stratum->iet.n > 0 && stratum->comparison.n > 0;
}

static double statistic_of(const shuffled *s)
{
    return sg_mh_risk_difference(s->strata, s->n_strata, 0.95).estimate;
}

/* Each replicate shuffles the labels as they were given, not those that the last one left. */
static double shuffle_all(gsl_rng *generator, shuffled *s, const bool *labels)
{
    for (size_t i = 0; i < s->n; i++)
        s->iet[i] = labels[i];
    for (size_t k = 0; k < s->n_strata; k++) {
        if (!has_both(&s->strata[k]))
            continue;
        gsl_ran_shuffle(generator, s->iet + s->from[k], s->from[k + 1] - s->from[k], sizeof *s->iet);
        s->strata[k] = count_stratum(s, k);
    }
    return statistic_of(s);
}

static sg_status shuffle_often(shuffled *s, const sg_stream *stream, double *values, size_t n_values,
                               double seen, double *out_count, sg_err *err)
{
    static const double EQUAL_WITHIN = 1e-12;
    SG_AUTO_FREE bool *labels = NULL;
    size_t capacity = 0;
    gsl_rng *generator = gsl_rng_alloc(gsl_rng_mt19937);

    if (generator == NULL)
        return sg_no_memory(err);
    if (!sg_grow(&labels, &capacity, s->n + 1, sizeof *labels)) {
        gsl_rng_free(generator);
        return sg_no_memory(err);
    }
    for (size_t i = 0; i < s->n; i++)
        labels[i] = s->iet[i];
    *out_count = 0.0;
    for (size_t i = 0; i < n_values; i++) {
        gsl_rng_set(generator, sg_stream_seed(stream, i));
        values[i] = shuffle_all(generator, s, labels);
        *out_count += fabs(values[i]) >= fabs(seen) - EQUAL_WITHIN ? 1.0 : 0.0;
    }
    gsl_rng_free(generator);
    return SG_OK;
}

static sg_status run(const sg_labelled *l, const sg_stream *stream, double *values, size_t n_values,
                     sg_permutation *out, sg_err *err)
{
    shuffled s = {.n = 0};
    sg_status status = SG_OK;

    if (make(l->n, l->n_strata, &s)) {
        fill(l, &s);
        for (size_t k = 0; k < s.n_strata; k++)
            s.strata[k] = count_stratum(&s, k);
        out->statistic = statistic_of(&s);
        if (!isnan(out->statistic))
            status = shuffle_often(&s, stream, values, n_values, out->statistic, &out->count, err);
    } else {
        status = sg_no_memory(err);
    }
    release(&s);
    if (status != SG_OK || isnan(out->statistic))
        return status;
    const double rounds = (double)n_values + 1.0;
    out->p = (1.0 + out->count) / rounds;
    out->error = sqrt(out->p * (1.0 - out->p) / rounds);
    out->status = SG_EST_OK;
    out->note = "";
    return SG_OK;
}

sg_status sg_permutation_test(const sg_labelled *learners, const sg_stream *stream, double *values,
                              size_t n_values, sg_permutation *out, sg_err *err)
{
    const double blank = nan("");

    *out = (sg_permutation){blank, blank, blank, blank, SG_EST_NOT_ESTIMABLE, "no stratum has both arms"};
    return run(learners, stream, values, n_values, out, err);
}
