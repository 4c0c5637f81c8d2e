/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "skillgain/stats/resampling.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <gsl/gsl_randist.h>
#include <gsl/gsl_rng.h>

#include "bootstrap.h"
#include "figure.h"
#include "numeric.h"
#include "sample.h"
#include "skillgain/base/mem.h"

/* ---- 12.1 streams ---- */

uint64_t sg_stream_hash(const char *analysis_id)
{
    uint64_t hash = 0xCBF29CE484222325U;

    for (const char *at = analysis_id; *at != '\0'; at++) {
        hash ^= (unsigned char)*at;
        hash *= 0x100000001B3U;
    }
    return hash;
}

uint32_t sg_stream_seed(const sg_stream *stream, uint64_t replicate)
{
    uint64_t z = (stream->master ^ sg_stream_hash(stream->analysis_id)) +
                 (replicate + 1U) * 0x9E3779B97F4A7C15U;

    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9U;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBU;
    z ^= z >> 31;
    return z >> 32 != 0 ? (uint32_t)(z >> 32) : 1;
}

static gsl_rng *new_generator(const sg_stream *stream, uint64_t replicate)
{
    gsl_rng *generator = gsl_rng_alloc(gsl_rng_mt19937);

    if (generator != NULL)
        gsl_rng_set(generator, sg_stream_seed(stream, replicate));
    return generator;
}

sg_status sg_stream_draw(const sg_stream *stream, uint64_t replicate, const sg_stream_draws *draws,
                         sg_err *err)
{
    gsl_rng *generator = new_generator(stream, replicate);

    if (generator == NULL)
        return sg_no_memory(err);
    for (size_t i = 0; i < draws->n_raw; i++)
        draws->raw[i] = (uint32_t)gsl_rng_get(generator);
    for (size_t i = 0; i < draws->n_below; i++)
        draws->below_values[i] = (uint32_t)gsl_rng_uniform_int(generator, draws->below);
    for (size_t i = 0; i < draws->n_order; i++)
        draws->order[i] = (uint32_t)i;
    if (draws->n_order > 0)
        gsl_ran_shuffle(generator, draws->order, draws->n_order, sizeof *draws->order);
    gsl_rng_free(generator);
    return SG_OK;
}

/* ---- replicates ---- */

/* One draw of all; NaN: an arm was missing. */
typedef double drawing(gsl_rng *generator, const void *of);

/* What is drawn from, and how. */
typedef struct {
    const sg_stream *stream;
    drawing *draw;
    const void *of;
} source;

/* Fills the values; above one replicate in a hundred drawn again: false. */
static sg_status fill_values(const source *from, double *values, size_t n, size_t *out_redrawn, sg_err *err)
{
    gsl_rng *generator = gsl_rng_alloc(gsl_rng_mt19937);

    *out_redrawn = 0;
    if (generator == NULL)
        return sg_no_memory(err);
    for (size_t i = 0; i < n && 100 * *out_redrawn <= n; i++) {
        gsl_rng_set(generator, sg_stream_seed(from->stream, i));
        values[i] = from->draw(generator, from->of);
        while (isnan(values[i]) && 100 * *out_redrawn <= n) {
            (*out_redrawn)++;
            values[i] = from->draw(generator, from->of);
        }
    }
    gsl_rng_free(generator);
    return SG_OK;
}

static sg_status run_bootstrap(const source *from, const sg_sample *jackknife, double conf, double *values,
                               size_t n_values, sg_bootstrap *out, sg_err *err)
{
    sg_status status = fill_values(from, values, n_values, &out->redrawn, err);

    out->note = "too many replicates without one of the arms";
    if (status != SG_OK || 100 * out->redrawn > n_values)
        return status;
    return sg_finish_bootstrap((sg_sample){.values = values, .n = n_values}, jackknife, conf, out, err);
}

/* ---- 12.2 ---- */

typedef struct {
    const sg_stratum *clusters;
    size_t n;
} cluster_list;

static void add_cluster(sg_stratum *sum, const sg_stratum *cluster, int64_t times)
{
    sum->iet.x += times * cluster->iet.x;
    sum->iet.n += times * cluster->iet.n;
    sum->comparison.x += times * cluster->comparison.x;
    sum->comparison.n += times * cluster->comparison.n;
}

static double difference_of(const sg_stratum *sum)
{
    if (sum->iet.n == 0 || sum->comparison.n == 0)
        return nan("");
    return (double)sum->iet.x / (double)sum->iet.n - (double)sum->comparison.x / (double)sum->comparison.n;
}

static double draw_clusters(gsl_rng *generator, const void *of)
{
    const cluster_list *list = of;
    sg_stratum sum = {{0}, {0}};

    for (size_t i = 0; i < list->n; i++)
        add_cluster(&sum, &list->clusters[gsl_rng_uniform_int(generator, list->n)], 1);
    return difference_of(&sum);
}

static const char *find_cluster_obstacle(const sg_stratum *clusters, size_t n, double conf, size_t n_values)
{
    const char *obstacle = sg_obstacle_conf(conf);

    if (n < 2)
        obstacle = "fewer than two clusters";
    if (n_values < 2)
        obstacle = "fewer than two replicates";
    for (size_t i = 0; i < n; i++) {
        if (clusters[i].iet.x < 0 || clusters[i].iet.x > clusters[i].iet.n || clusters[i].comparison.x < 0 ||
            clusters[i].comparison.x > clusters[i].comparison.n)
            obstacle = "counts that cannot be";
    }
    return obstacle;
}

sg_status sg_bootstrap_clusters(const sg_stratum *clusters, size_t n, const sg_stream *stream, double conf,
                                double *values, size_t n_values, sg_bootstrap *out, sg_err *err)
{
    const cluster_list list = {.clusters = clusters, .n = n};
    const char *obstacle = find_cluster_obstacle(clusters, n, conf, n_values);
    SG_AUTO_FREE double *left_out = NULL;
    size_t capacity = 0;
    sg_stratum sum = {{0}, {0}};

    *out = sg_bootstrap_refused(obstacle);
    if (obstacle != NULL)
        return SG_OK;
    for (size_t i = 0; i < n; i++)
        add_cluster(&sum, &clusters[i], 1);
    out->estimate = difference_of(&sum);
    out->note = "no IET learners, or no comparison learners";
    if (isnan(out->estimate))
        return SG_OK;
    if (!sg_grow(&left_out, &capacity, n, sizeof *left_out))
        return sg_no_memory(err);
    for (size_t i = 0; i < n; i++) {
        sg_stratum rest = sum;
        add_cluster(&rest, &clusters[i], -1);
        left_out[i] = difference_of(&rest);
    }
    return run_bootstrap(&(source){stream, draw_clusters, &list}, &(sg_sample){.values = left_out, .n = n},
                         conf, values, n_values, out, err);
}

/* ---- 12.3 ---- */

typedef struct {
    sg_sample y1, y0;
} arm_pair;

static double draw_mean(gsl_rng *generator, sg_sample y)
{
    sg_sum sum = {0};

    for (size_t i = 0; i < y.n; i++)
        sg_sum_add(&sum, y.values[gsl_rng_uniform_int(generator, y.n)]);
    return sg_sum_value(&sum) / (double)y.n;
}

static double draw_arms(gsl_rng *generator, const void *of)
{
    const arm_pair *arms = of;
    const double mean1 = draw_mean(generator, arms->y1);

    return mean1 - draw_mean(generator, arms->y0);
}

/* The difference without each learner, those of IET first. */
static void leave_out(const arm_pair *arms, double *out)
{
    const double n1 = (double)arms->y1.n, n0 = (double)arms->y0.n;
    const double mean1 = sg_mean_of(arms->y1), mean0 = sg_mean_of(arms->y0);

    for (size_t i = 0; i < arms->y1.n; i++)
        out[i] = (mean1 * n1 - arms->y1.values[i]) / (n1 - 1.0) - mean0;
    for (size_t i = 0; i < arms->y0.n; i++)
        out[arms->y1.n + i] = mean1 - (mean0 * n0 - arms->y0.values[i]) / (n0 - 1.0);
}

sg_status sg_bootstrap_arms(sg_sample y1, sg_sample y0, const sg_stream *stream, double conf, double *values,
                            size_t n_values, sg_bootstrap *out, sg_err *err)
{
    const arm_pair arms = {.y1 = y1, .y0 = y0};
    const char *obstacle = sg_obstacle_samples(y1, y0, 2);
    SG_AUTO_FREE double *left_out = NULL;
    size_t capacity = 0;

    if (obstacle == NULL)
        obstacle = n_values < 2 ? "fewer than two replicates" : sg_obstacle_conf(conf);
    *out = sg_bootstrap_refused(obstacle);
    if (obstacle != NULL)
        return SG_OK;
    if (!sg_grow(&left_out, &capacity, y1.n + y0.n, sizeof *left_out))
        return sg_no_memory(err);
    out->estimate = sg_mean_of(y1) - sg_mean_of(y0);
    leave_out(&arms, left_out);
    return run_bootstrap(&(source){stream, draw_arms, &arms},
                         &(sg_sample){.values = left_out, .n = y1.n + y0.n}, conf, values, n_values, out,
                         err);
}
