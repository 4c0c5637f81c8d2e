/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>

#include "cells.h"
#include "estimates.h"
#include "facts.h"
#include "iet_facts.h"
#include "related.h"
#include "skillgain/stats.h"

/* One piece of work: a year and design, and a dimension (n_dimensions: everyone). */
typedef struct {
    sg_estimate_task task;
    size_t dimension;
    sg_estimate_list list;
} piece;

static sg_status work_piece(void *context, size_t i, sg_err *err)
{
    piece *p = &((piece *)context)[i];

    if (p->dimension == p->task.cohort->n_dimensions)
        return sg_estimate_everyone(&p->task, &p->list, err);
    return sg_estimate_dimension(&p->task, p->dimension, &p->list, err);
}

/* What there is to do: the pieces' task, but for its count. */
typedef struct {
    sg_estimate_task task;
    const sg_year_count *counts;
    size_t n_counts;
} agenda;

static size_t plan_pieces(const agenda *a, piece *pieces)
{
    size_t n = 0;

    for (size_t c = 0; c < a->n_counts; c++)
        for (size_t d = 0; a->counts[c].closed && d <= a->task.cohort->n_dimensions; d++) {
            pieces[n] = (piece){.task = a->task, .dimension = d};
            pieces[n++].task.count = &a->counts[c];
        }
    return n;
}

static int compare_ids(const void *a, const void *b)
{
    const sg_estimate *x = a, *y = b;

    return strcmp(x->id, y->id);
}

static sg_status gather(const piece *pieces, size_t n, sg_results *results, sg_err *err)
{
    size_t total = 0;

    for (size_t i = 0; i < n; i++)
        total += pieces[i].list.n;
    results->estimates = sg_arena_alloc(results->arena, total + 1, sizeof *results->estimates);
    if (!results->estimates)
        return sg_no_memory(err);
    for (size_t i = 0; i < n; i++)
        for (size_t e = 0; e < pieces[i].list.n; e++) {
            sg_estimate *estimate = &results->estimates[results->n_estimates++];

            *estimate = pieces[i].list.items[e];
            estimate->id = sg_result_id(results->arena, estimate);
            if (!estimate->id)
                return sg_no_memory(err);
        }
    qsort(results->estimates, results->n_estimates, sizeof *results->estimates, compare_ids);
    return SG_OK;
}

/* Estimates borrow names of the cohort and configuration: results own theirs. */
static sg_status own_texts(sg_results *results, sg_err *err)
{
    for (size_t i = 0; i < results->n_estimates; i++) {
        sg_estimate *e = &results->estimates[i];

        e->level = sg_arena_strdup(results->arena, e->level);
        e->dimension = sg_arena_strdup(results->arena, e->dimension);
        e->reference = sg_arena_strdup(results->arena, e->reference);
        if (!e->level || !e->dimension || !e->reference)
            return sg_no_memory(err);
    }
    for (size_t i = 0; i < results->n_cells; i++) {
        sg_cell *cell = &results->cells[i];

        cell->dimension = sg_arena_strdup(results->arena, cell->dimension);
        cell->level = sg_arena_strdup(results->arena, cell->level);
        if (!cell->dimension || !cell->level)
            return sg_no_memory(err);
    }
    return SG_OK;
}

static sg_status estimate_all(const agenda *a, int jobs, sg_results *results, sg_err *err)
{
    piece *pieces = calloc(a->n_counts * (a->task.cohort->n_dimensions + 1) + 1, sizeof *pieces);
    size_t n;
    sg_status status;

    if (!pieces)
        return sg_no_memory(err);
    n = plan_pieces(a, pieces);
    status = sg_tasks_run(jobs, n, work_piece, pieces, err);
    if (status == SG_OK)
        status = gather(pieces, n, results, err);
    for (size_t i = 0; i < n; i++)
        sg_estimate_list_release(&pieces[i].list);
    free(pieces);
    return status;
}

sg_status sg_analysis_run(const sg_cohort *cohort, const sg_config *config,
                          const sg_analysis_options *options, sg_results **out, sg_err *err)
{
    SG_CLEANUP(sg_results_cleanup) sg_results *results = sg_results_new();
    sg_year_count *counts = NULL;
    sg_outcome_list outcomes;
    size_t n = 0;
    sg_status status;

    if (!results)
        return sg_no_memory(err);
    sg_outcomes_choose(cohort, config, &outcomes);
    status = sg_facts_settings(cohort, config, options, results, err);
    if (status == SG_OK)
        status = sg_count_years(cohort, &outcomes, options, results->arena, &counts, &n, err);
    if (status == SG_OK)
        status = sg_facts_counts(cohort, config, counts, n, results, err);
    if (status == SG_OK)
        status = sg_iet_facts_copy(cohort, options, results, err);
    if (status == SG_OK)
        status = sg_related_find(cohort, results, err);
    if (status == SG_OK)
        status = sg_cells_make(cohort, &outcomes, counts, n, results, err);
    sg_stats_init();
    if (status == SG_OK) {
        const agenda a = {.task = {cohort, config, &outcomes, NULL, results->facts.college},
                          .counts = counts,
                          .n_counts = n};

        status = estimate_all(&a, options->jobs, results, err);
    }
    if (status == SG_OK)
        status = sg_facts_settle(results, err);
    if (status == SG_OK)
        status = own_texts(results, err);
    if (status != SG_OK)
        return status;
    sg_results_judge(results);
    *out = results;
    results = NULL;
    return SG_OK;
}
