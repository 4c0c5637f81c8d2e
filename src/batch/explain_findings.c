/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>

#include "explain_parts.h"

/* A row of a learner who was asked for, by the line that brought it. */
typedef struct {
    sg_kind kind;
    int64_t batch, line;
    size_t learner, row;
} place;

typedef struct {
    size_t learner;
    sg_explained_finding finding;
} match;

typedef struct {
    const sg_batch *files; /* by number in the audit */
    const place *places;
    size_t n_places;
    match *matches;
    size_t n, capacity;
} matching;

static int compare(int64_t a, int64_t b)
{
    return (a > b) - (a < b);
}

static int compare_places(const void *a, const void *b)
{
    const place *left = a, *right = b;
    int order = compare(left->kind, right->kind);

    if (!order)
        order = compare(left->batch, right->batch);
    return order ? order : compare(left->line, right->line);
}

static place *list_places(const sg_explanation *found, size_t *out_n)
{
    size_t n = 0;
    place *places;

    for (size_t i = 0; i < found->n; i++)
        n += found->learners[i].n_rows;
    places = calloc(n + 1, sizeof *places);
    *out_n = 0;
    for (size_t i = 0; places && i < found->n; i++)
        for (size_t r = 0; r < found->learners[i].n_rows; r++) {
            const sg_explained_row *row = &found->learners[i].rows[r];

            if (row->batch)
                places[(*out_n)++] = (place){row->kind, row->batch, row->line, i, r};
        }
    if (places && *out_n > 1)
        qsort(places, *out_n, sizeof *places, compare_places);
    return places;
}

static sg_status take_finding(void *context, const sg_across_finding *finding, sg_err *err)
{
    matching *m = context;
    const place wanted = {.kind = finding->kind, .batch = m->files[finding->file].id, .line = finding->line};
    const place *at = m->n_places == 0
                          ? NULL
                          : bsearch(&wanted, m->places, m->n_places, sizeof *m->places, compare_places);

    if (!at)
        return SG_OK;
    if (!sg_grow(&m->matches, &m->capacity, m->n + 1, sizeof *m->matches))
        return sg_no_memory(err);
    m->matches[m->n++] = (match){at->learner, {finding->rule, at->row, finding->field}};
    return SG_OK;
}

static sg_status give_findings(const matching *m, size_t learner, sg_told_learner *told, sg_arena *arena,
                               sg_err *err)
{
    sg_explained_finding *own;
    size_t n = 0;

    for (size_t i = 0; i < m->n; i++)
        n += m->matches[i].learner == learner;
    own = sg_arena_alloc(arena, n + 1, sizeof *own);
    if (!own)
        return sg_no_memory(err);
    for (size_t i = 0; i < m->n; i++) {
        if (m->matches[i].learner != learner)
            continue;
        own[told->n_findings] = m->matches[i].finding;
        own[told->n_findings].field = sg_arena_strdup(arena, m->matches[i].finding.field);
        if (!own[told->n_findings++].field)
            return sg_no_memory(err);
    }
    told->findings = own;
    return SG_OK;
}

sg_status sg_explain_findings(const sg_workspace *workspace, const sg_explanation *found,
                              sg_told_learner *told, sg_arena *arena, sg_err *err)
{
    SG_CLEANUP(sg_across_cleanup) sg_across *across = NULL;
    matching m = {0};
    size_t n_files;
    place *places = NULL;
    sg_status status = sg_batch_across_stored(workspace, 0, arena, &across, &m.files, &n_files, err);

    if (status != SG_OK)
        return status;
    places = list_places(found, &m.n_places);
    m.places = places;
    status = places ? sg_across_findings(across, take_finding, &m, err) : sg_no_memory(err);
    for (size_t i = 0; status == SG_OK && i < found->n; i++)
        status = give_findings(&m, i, &told[i], arena, err);
    free(places);
    free(m.matches);
    return status;
}
