/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "skillgain/stats/jackknife.h"

#include "figure.h"
#include "robust.h"
#include "skillgain/base/task.h"

typedef struct {
    const sg_observations *sample;
    sg_estimator *estimator;
    void *context;
    size_t n, n_clusters, n_tasks;
    uint32_t *clusters; /* those that have learners */
    double *whole,
        *parts; /* n: of the sample; n_clusters by n: without each cluster, NaN where there is no estimate */
} jackknife;

/* The clusters that have learners. present: n_clusters of the sample. */
static size_t list_clusters(const sg_observations *sample, bool *present, uint32_t *out)
{
    size_t n = 0;

    for (size_t row = 0; sample->cluster != NULL && row < sample->n_rows; row++)
        present[sample->cluster[row]] |= sg_row_counts(sample, row);
    for (size_t cluster = 0; cluster < sample->n_clusters; cluster++) {
        if (present[cluster])
            out[n++] = (uint32_t)cluster;
    }
    return n;
}

static sg_status leave_out(const jackknife *j, size_t at, sg_arena *arena, sg_err *err)
{
    double *part = j->parts + at * j->n;
    sg_observations rest = {0};
    const char *obstacle = NULL;

    for (size_t i = 0; i < j->n; i++)
        part[i] = nan("");
    sg_status status = sg_observations_without(j->sample, j->clusters[at], arena, &rest, err);
    if (status == SG_OK)
        status = j->estimator(&rest, j->context, arena, part, &obstacle, err);
    for (size_t i = 0; i < j->n && obstacle != NULL; i++)
        part[i] = nan("");
    return status;
}

/* Every n_tasks-th cluster from that of the task on, with one scratch arena. */
static sg_status leave_some_out(void *context, size_t task, sg_err *err)
{
    const jackknife *j = context;
    SG_CLEANUP(sg_arena_cleanup) sg_arena *arena = sg_arena_new();
    sg_status status = arena != NULL ? SG_OK : sg_no_memory(err);

    for (size_t at = task; at < j->n_clusters && status == SG_OK; at += j->n_tasks) {
        sg_arena_reset(arena);
        status = leave_out(j, at, arena, err);
    }
    return status;
}

/* The sum of squared distances of figure i from the whole's; NaN: not known without one of the clusters. */
static double sum_squares(const jackknife *j, size_t i)
{
    double squares = 0.0;

    for (size_t at = 0; at < j->n_clusters; at++) {
        const double distance = j->parts[at * j->n + i] - j->whole[i];
        squares += isfinite(distance) ? distance * distance : nan("");
    }
    return squares;
}

static size_t find_failed(const jackknife *j)
{
    for (size_t at = 0; at < j->n_clusters; at++) {
        for (size_t i = 0; i < j->n; i++) {
            if (isfinite(j->whole[i]) && !isfinite(j->parts[at * j->n + i]))
                return j->clusters[at];
        }
    }
    return SIZE_MAX;
}

static void make_figures(const jackknife *j, double conf, sg_figure *out)
{
    const double g = (double)j->n_clusters;

    for (size_t i = 0; i < j->n; i++) {
        const double squares = j->n_clusters > 1 ? sum_squares(j, i) : 0.0;
        if (!isfinite(j->whole[i]))
            out[i] = sg_figure_refused("no estimate was found");
        else if (isnan(squares))
            out[i] = sg_figure_refused("no estimate without one of the clusters");
        else
            out[i] = sg_figure_t(j->whole[i], j->n_clusters < 2 ? nan("") : sqrt((g - 1.0) / g * squares),
                                 g - 1.0, conf);
    }
}

static sg_status run(jackknife *j, double conf, int jobs, sg_figure *out, size_t *out_failed, sg_err *err)
{
    SG_CLEANUP(sg_arena_cleanup) sg_arena *arena = sg_arena_new();
    const char *obstacle = sg_obstacle_conf(conf);
    sg_status status = arena != NULL ? SG_OK : sg_no_memory(err);

    if (status == SG_OK && obstacle == NULL)
        status = j->estimator(j->sample, j->context, arena, j->whole, &obstacle, err);
    if (status != SG_OK)
        return status;
    for (size_t i = 0; i < j->n && obstacle != NULL; i++)
        out[i] = sg_figure_refused(obstacle);
    if (obstacle != NULL)
        return SG_OK;
    j->n_tasks = (size_t)jobs < j->n_clusters ? (size_t)jobs : j->n_clusters;
    if (j->n_clusters > 1)
        status = sg_tasks_run(jobs, j->n_tasks, leave_some_out, j, err);
    if (status != SG_OK)
        return status;
    if (j->n_clusters > 1)
        *out_failed = find_failed(j);
    make_figures(j, conf, out);
    return SG_OK;
}

sg_status sg_jackknife(const sg_observations *sample, sg_estimator *estimator, void *context,
                       const sg_jackknife_plan *plan, size_t n, sg_figure *out, size_t *out_failed,
                       sg_err *err)
{
    SG_CLEANUP(sg_arena_cleanup) sg_arena *arena = sg_arena_new();
    jackknife j = {.sample = sample, .estimator = estimator, .context = context, .n = n};
    bool *present = NULL;

    if (arena == NULL)
        return sg_no_memory(err);
    *out_failed = SIZE_MAX;
    present = sg_arena_alloc(arena, sample->n_clusters + 1, sizeof *present);
    j.clusters = sg_arena_alloc(arena, sample->n_clusters + 1, sizeof *j.clusters);
    if (present == NULL || j.clusters == NULL)
        return sg_no_memory(err);
    if (sg_observations_obstacle(sample) == NULL)
        j.n_clusters = list_clusters(sample, present, j.clusters);
    j.whole = sg_arena_alloc(arena, n + 1, sizeof *j.whole);
    j.parts = sg_arena_alloc(arena, j.n_clusters * n + 1, sizeof *j.parts);
    if (j.whole == NULL || j.parts == NULL)
        return sg_no_memory(err);
    for (size_t i = 0; i < n; i++)
        j.whole[i] = nan("");
    return run(&j, plan->conf, plan->jobs, out, out_failed, err);
}
