/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "skillgain/batch/explain.h"

#include <stdlib.h>
#include <string.h>

#include "explain_parts.h"
#include "ids.h"

/* The pseudonyms of all ids, those of one together. */
typedef struct {
    sg_id_pseudonyms all;
    sg_explained_id *ids;
    size_t *begin; /* by id: its first in all; one more behind the last */
    size_t n, ids_capacity, begin_capacity;
    size_t *number;       /* by place in all: equal pseudonyms have the same number */
    sg_pseudonym *unique; /* by number */
    size_t n_unique;
} asked;

static void release(asked *a)
{
    if (a->all.list)
        memset(a->all.list, 0, a->all.n * sizeof *a->all.list);
    if (a->unique)
        memset(a->unique, 0, a->n_unique * sizeof *a->unique);
    free(a->all.list);
    free(a->unique);
    free(a->ids);
    free(a->begin);
    free(a->number);
    *a = (asked){0};
}

/* ---- from ids to pseudonyms ---- */

static sg_status add_line(asked *a, const sg_workspace *w, const char *const *colleges, size_t n_colleges,
                          int64_t line, const char *text, size_t length, sg_err *err)
{
    sg_err why = {0};
    sg_status status;

    if (!sg_grow(&a->ids, &a->ids_capacity, a->n + 1, sizeof *a->ids) ||
        !sg_grow(&a->begin, &a->begin_capacity, a->n + 2, sizeof *a->begin))
        return sg_no_memory(err);
    a->ids[a->n] = (sg_explained_id){.line = line, .fate = SG_ID_ABSENT};
    a->begin[a->n] = a->all.n;
    status = sg_id_add(w, colleges, n_colleges, text, length, &a->all, &why);
    if (status == SG_USAGE)
        a->ids[a->n].fate = SG_ID_IMPOSSIBLE;
    else if (status != SG_OK)
        return sg_fail(err, status, "%s", why.message);
    a->begin[++a->n] = a->all.n;
    return SG_OK;
}

static sg_status add_ids(asked *a, const sg_workspace *w, const char *ids, sg_err *err)
{
    SG_CLEANUP(sg_arena_cleanup) sg_arena *arena = sg_arena_new();
    const char *const *colleges = NULL;
    size_t n_colleges = 0;
    sg_store *store;
    sg_status status = arena ? sg_workspace_need_store(w, &store, err) : sg_no_memory(err);

    if (status == SG_OK)
        status = sg_store_colleges(store, arena, &colleges, &n_colleges, err);
    for (int64_t line = 1; status == SG_OK && *ids; line++) {
        size_t length = strcspn(ids, "\n"), trimmed;

        (void)sg_text_trim(ids, length, &trimmed);
        if (trimmed)
            status = add_line(a, w, colleges, n_colleges, line, ids, length, err);
        ids += length + (ids[length] == '\n');
    }
    if (status == SG_OK && a->n == 0)
        status = sg_fail(err, SG_USAGE, "no ids came in: give them one a line");
    return status;
}

/* ---- each pseudonym once ---- */

typedef struct {
    const sg_pseudonym *learner;
    size_t place;
} numbering;

static int compare_numberings(const void *a, const void *b)
{
    const numbering *left = a, *right = b;
    int order = memcmp(left->learner, right->learner, sizeof *left->learner);

    return order ? order : (left->place > right->place) - (left->place < right->place);
}

static sg_status number_them(asked *a, sg_err *err)
{
    numbering *sorted = calloc(a->all.n + 1, sizeof *sorted);

    a->number = calloc(a->all.n + 1, sizeof *a->number);
    a->unique = calloc(a->all.n + 1, sizeof *a->unique);
    if (!sorted || !a->number || !a->unique) {
        free(sorted);
        return sg_no_memory(err);
    }
    for (size_t i = 0; i < a->all.n; i++)
        sorted[i] = (numbering){&a->all.list[i], i};
    qsort(sorted, a->all.n, sizeof *sorted, compare_numberings);
    for (size_t i = 0; i < a->all.n; i++) {
        if (i == 0 || memcmp(sorted[i].learner, sorted[i - 1].learner, sizeof *sorted->learner) != 0)
            a->unique[a->n_unique++] = *sorted[i].learner;
        a->number[sorted[i].place] = a->n_unique - 1;
    }
    free(sorted);
    return SG_OK;
}

/* The first pseudonym of an id is of the id as it was given: an id has come before where another has the same. */
static sg_status find_repeats(asked *a, sg_err *err)
{
    int64_t *line SG_AUTO_FREE = calloc(a->n_unique + 1, sizeof *line);

    if (!line)
        return sg_no_memory(err);
    for (size_t i = 0; i < a->n; i++) {
        int64_t *first = &line[a->number[a->begin[i]]];

        if (a->ids[i].fate == SG_ID_IMPOSSIBLE)
            continue;
        if (*first) {
            a->ids[i].fate = SG_ID_REPEATED;
            a->ids[i].first_line = *first;
        } else {
            *first = a->ids[i].line;
        }
    }
    return SG_OK;
}

/* ---- what the store has ---- */

/* Learners by number of their pseudonym; NULL: the store has none. */
static sg_status give_learners(asked *a, const sg_told_learner *told, size_t n, sg_arena *arena, sg_err *err)
{
    const sg_told_learner **by_number SG_AUTO_FREE = calloc(a->n_unique + 1, sizeof *by_number);

    if (!by_number)
        return sg_no_memory(err);
    for (size_t i = 0; i < n; i++)
        by_number[told[i].counted->wanted] = &told[i];
    for (size_t i = 0; i < a->n; i++) {
        size_t most = a->begin[i + 1] - a->begin[i];
        const sg_told_learner **own;

        if (a->ids[i].fate != SG_ID_ABSENT)
            continue;
        own = sg_arena_alloc(arena, most + 1, sizeof *own);
        if (!own)
            return sg_no_memory(err);
        for (size_t p = a->begin[i]; p < a->begin[i + 1]; p++) {
            const sg_told_learner *learner = by_number[a->number[p]];
            bool is_new = learner != NULL;

            for (size_t k = 0; k < a->ids[i].n && is_new; k++)
                is_new = own[k] != learner;
            if (is_new)
                own[a->ids[i].n++] = learner;
        }
        a->ids[i].learners = own;
        if (a->ids[i].n)
            a->ids[i].fate = SG_ID_EXPLAINED;
    }
    return SG_OK;
}

static sg_status tell_forgotten(asked *a, sg_store *store, sg_err *err)
{
    bool *forgotten SG_AUTO_FREE = calloc(a->n_unique + 1, sizeof *forgotten);
    sg_status status = forgotten ? sg_store_are_forgotten(store, a->unique, a->n_unique, forgotten, err)
                                 : sg_no_memory(err);

    for (size_t i = 0; status == SG_OK && i < a->n; i++)
        for (size_t p = a->begin[i]; p < a->begin[i + 1] && a->ids[i].fate == SG_ID_ABSENT; p++)
            if (forgotten[a->number[p]])
                a->ids[i].fate = SG_ID_FORGOTTEN;
    return status;
}

/* What the cohort, the federal tables and the rules across rows say of each learner. */
static sg_status tell_learners(const sg_explanation *found, const sg_workspace *w, sg_arena *arena,
                               const sg_told_learner **out, sg_err *err)
{
    sg_told_learner *told = sg_arena_alloc(arena, found->n + 1, sizeof *told);
    sg_status status = told ? SG_OK : sg_no_memory(err);

    for (size_t i = 0; status == SG_OK && i < found->n; i++)
        told[i].counted = &found->learners[i];
    if (status == SG_OK)
        status = sg_explain_tables(found, w->config->rules, told, arena, err);
    if (status == SG_OK)
        status = sg_explain_findings(w, found, told, arena, err);
    *out = told;
    return status;
}

static sg_status find_unsearched(const sg_workspace *w, sg_arena *arena, sg_id_explanations *out, sg_err *err)
{
    sg_batch *batches;
    sg_waiting *waiting;
    size_t n = 0, n_waiting = 0;
    sg_status status = sg_store_batches(w->store, arena, &batches, &n, err);

    for (size_t i = 0; status == SG_OK && i < n; i++)
        out->has_refused = out->has_refused ||
                           (batches[i].state == SG_BATCH_APPLIED && batches[i].counts.quarantined > 0);
    if (status == SG_OK)
        status = sg_batch_waiting(w, arena, &waiting, &n_waiting, err);
    for (size_t i = 0; status == SG_OK && i < n_waiting; i++)
        out->has_held = out->has_held || waiting[i].batch.state == SG_BATCH_HELD;
    return status;
}

static sg_status explain(asked *a, const sg_workspace *w, sg_day as_of, sg_arena *arena,
                         sg_id_explanations *out, sg_err *err)
{
    sg_explanation found;
    const sg_told_learner *told = NULL;
    sg_explained_id *ids;
    sg_status status = number_them(a, err);

    if (status == SG_OK)
        status = find_repeats(a, err);
    if (status == SG_OK)
        status = sg_cohort_explain(w->store, w->config, as_of, a->unique, a->n_unique, arena, &found, err);
    if (status == SG_OK)
        status = tell_learners(&found, w, arena, &told, err);
    if (status == SG_OK)
        status = give_learners(a, told, found.n, arena, err);
    if (status == SG_OK)
        status = tell_forgotten(a, w->store, err);
    if (status != SG_OK)
        return status;
    ids = sg_arena_alloc(arena, a->n, sizeof *ids);
    if (!ids)
        return sg_no_memory(err);
    memcpy(ids, a->ids, a->n * sizeof *ids);
    *out = (sg_id_explanations){.ids = ids, .n = a->n, .as_of = found.as_of, .headline = found.headline};
    return find_unsearched(w, arena, out, err);
}

sg_status sg_batch_explain(const sg_workspace *workspace, const char *ids, sg_day as_of, sg_arena *arena,
                           sg_id_explanations *out, sg_err *err)
{
    asked a = {0};
    sg_status status = add_ids(&a, workspace, ids, err);

    *out = (sg_id_explanations){.as_of = SG_DAY_NONE};
    if (status == SG_OK)
        status = explain(&a, workspace, as_of, arena, out, err);
    release(&a);
    return status;
}
