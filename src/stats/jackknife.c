/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "skillgain/stats/jackknife.h"

#include "figure.h"
#include "robust.h"

typedef struct {
    const sg_observations *sample;
    sg_estimator *estimator;
    void *context;
    size_t n, n_clusters, n_failed_cluster;
    double *whole, *part,
        *squares; /* n of each: on the sample, on the rest of it, sum of squared distances */
    bool *failed;
    sg_arena *arena; /* scratch: reset for each cluster */
} jackknife;

static bool is_elsewhere(const sg_observations *sample, size_t row, void *context)
{
    const size_t *cluster = context;

    return sample->cluster[row] != *cluster;
}

/* The clusters that have learners. */
static size_t count_clusters(const sg_observations *sample, bool *present)
{
    size_t n = 0;

    for (size_t row = 0; sample->cluster != NULL && row < sample->n_rows; row++) {
        if (!sg_row_counts(sample, row) || present[sample->cluster[row]])
            continue;
        present[sample->cluster[row]] = true;
        n++;
    }
    return n;
}

static sg_status leave_out(jackknife *j, size_t cluster, sg_err *err)
{
    sg_observations rest = {0};
    const char *obstacle = NULL;

    sg_arena_reset(j->arena);
    sg_status status = sg_observations_select(j->sample, is_elsewhere, &cluster, j->arena, &rest, err);
    for (size_t i = 0; i < j->n; i++)
        j->part[i] = nan("");
    if (status == SG_OK)
        status = j->estimator(&rest, j->context, j->arena, j->part, &obstacle, err);
    if (status != SG_OK)
        return status;
    for (size_t i = 0; i < j->n; i++) {
        const double distance = j->part[i] - j->whole[i];
        if (obstacle == NULL && isfinite(distance)) {
            j->squares[i] += distance * distance;
            continue;
        }
        j->failed[i] = true;
        if (j->n_failed_cluster == SIZE_MAX && isfinite(j->whole[i]))
            j->n_failed_cluster = cluster;
    }
    return SG_OK;
}

static void make_figures(const jackknife *j, double conf, sg_figure *out)
{
    const double g = (double)j->n_clusters;

    for (size_t i = 0; i < j->n; i++) {
        if (!isfinite(j->whole[i]))
            out[i] = sg_figure_refused("no estimate was found");
        else if (j->failed[i])
            out[i] = sg_figure_refused("no estimate without one of the clusters");
        else
            out[i] = sg_figure_t(j->whole[i],
                                 j->n_clusters < 2 ? nan("") : sqrt((g - 1.0) / g * j->squares[i]), g - 1.0,
                                 conf);
    }
}

static sg_status run(jackknife *j, double conf, const bool *present, sg_figure *out, sg_err *err)
{
    const char *obstacle = sg_obstacle_conf(conf);
    sg_status status = SG_OK;

    if (obstacle == NULL)
        status = j->estimator(j->sample, j->context, j->arena, j->whole, &obstacle, err);
    if (status != SG_OK)
        return status;
    for (size_t i = 0; i < j->n && obstacle != NULL; i++)
        out[i] = sg_figure_refused(obstacle);
    if (obstacle != NULL)
        return SG_OK;
    for (size_t cluster = 0; j->n_clusters > 1 && cluster < j->sample->n_clusters && status == SG_OK;
         cluster++) {
        if (present[cluster])
            status = leave_out(j, cluster, err);
    }
    if (status == SG_OK)
        make_figures(j, conf, out);
    return status;
}

sg_status sg_jackknife(const sg_observations *sample, sg_estimator *estimator, void *context, double conf,
                       size_t n, sg_figure *out, size_t *out_failed, sg_err *err)
{
    SG_CLEANUP(sg_arena_cleanup) sg_arena *own = sg_arena_new();
    SG_CLEANUP(sg_arena_cleanup) sg_arena *scratch = sg_arena_new();
    jackknife j = {.sample = sample, .estimator = estimator, .context = context, .n = n, .arena = scratch};
    bool *present = NULL;

    if (own == NULL || scratch == NULL)
        return sg_no_memory(err);
    j.n_failed_cluster = SIZE_MAX;
    j.whole = sg_arena_alloc(own, n + 1, sizeof *j.whole);
    j.part = sg_arena_alloc(own, n + 1, sizeof *j.part);
    j.squares = sg_arena_alloc(own, n + 1, sizeof *j.squares);
    j.failed = sg_arena_alloc(own, n + 1, sizeof *j.failed);
    present = sg_arena_alloc(own, sample->n_clusters + 1, sizeof *present);
    if (j.whole == NULL || j.part == NULL || j.squares == NULL || j.failed == NULL || present == NULL)
        return sg_no_memory(err);
    for (size_t i = 0; i < n; i++)
        j.whole[i] = nan("");
    if (sg_observations_obstacle(sample) == NULL)
        j.n_clusters = count_clusters(sample, present);
    const sg_status status = run(&j, conf, present, out, err);
    if (status == SG_OK)
        *out_failed = j.n_failed_cluster;
    return status;
}
