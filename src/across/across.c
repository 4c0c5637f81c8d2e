/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Facts are added as rows come, and sorted once, by learner; each learner's are then looked at together.
 */
#include "skillgain/across.h"

#include <stdlib.h>
#include <string.h>

#include "learner.h"

enum { BYTES = 256 };

/* Whose a fact is: the first eight bytes of a keyed digest tell learners apart as well as all of it. */
typedef struct {
    uint64_t learner, key;
    uint32_t fact;
} fact_ref;

/* What is given back where a file is dropped. */
typedef struct {
    size_t n_facts, n_programs, n_covered;
    sg_coverage *coverage;
    size_t capacity;
} saved_state;

struct sg_across {
    sg_scene scene;
    sg_fact *facts;
    fact_ref *refs; /* as many as facts */
    size_t n, fact_capacity, ref_capacity;
    unsigned first_byte, last_byte; /* of the learners of this part */
    bool later_part;                /* the register and what was delivered are known already */
    saved_state saved;
    sg_found_list found;
};

/* ---- life ---- */

sg_status sg_across_new(const sg_across_options *options, sg_across **out, sg_err *err)
{
    sg_across *across = calloc(1, sizeof *across);
    if (across == NULL)
        return sg_no_memory(err);
    across->scene.options = *options;
    across->last_byte = BYTES - 1;
    across->found.most_listed = options->most_listed;
    sg_status status = sg_backdrop_init(&across->scene.backdrop, err);
    if (status != SG_OK) {
        sg_across_free(across);
        return status;
    }
    *out = across;
    return SG_OK;
}

void sg_across_free(sg_across *across)
{
    if (across == NULL)
        return;
    sg_backdrop_release(&across->scene.backdrop);
    sg_found_release(&across->found);
    free(across->scene.files);
    free(across->facts);
    free(across->refs);
    free(across->saved.coverage);
    free(across);
}

/* ---- files ---- */

static sg_status save_state(sg_across *across, sg_err *err)
{
    saved_state *saved = &across->saved;
    const sg_backdrop *backdrop = &across->scene.backdrop;
    if (!sg_grow(&saved->coverage, &saved->capacity, backdrop->n, sizeof *saved->coverage))
        return sg_no_memory(err);
    memcpy(saved->coverage, backdrop->coverage, backdrop->n * sizeof *saved->coverage);
    saved->n_covered = backdrop->n;
    saved->n_facts = across->n;
    saved->n_programs = backdrop->n_programs;
    return SG_OK;
}

sg_status sg_across_begin_file(sg_across *across, sg_kind kind, size_t *out, sg_err *err)
{
    sg_scene *scene = &across->scene;
    if (!sg_grow(&scene->files, &scene->file_capacity, scene->n_files + 1, sizeof *scene->files))
        return sg_no_memory(err);
    sg_status status = save_state(across, err);
    if (status != SG_OK)
        return status;
    *out = scene->n_files;
    scene->files[scene->n_files++] = (sg_across_file){.kind = kind, .cutoff = SG_DAY_NONE, .has_hours = true};
    return SG_OK;
}

void sg_across_end_file(sg_across *across, size_t file, sg_day cutoff, bool has_hours)
{
    across->scene.files[file].cutoff = cutoff;
    across->scene.files[file].has_hours = has_hours;
}

void sg_across_drop_file(sg_across *across)
{
    sg_backdrop *backdrop = &across->scene.backdrop;
    across->scene.n_files--;
    across->n = across->saved.n_facts;
    backdrop->n_programs = across->saved.n_programs;
    memcpy(backdrop->coverage, across->saved.coverage, across->saved.n_covered * sizeof *backdrop->coverage);
    for (size_t i = across->saved.n_covered; i < backdrop->n; i++)
        sg_coverage_clear(&backdrop->coverage[i]);
}

/* ---- rows ---- */

static uint64_t number_of(const unsigned char *bytes)
{
    uint64_t number = 0;
    for (size_t i = 0; i < sizeof number; i++) /* the first byte counts most: parts are by it */
        number = number << 8 | bytes[i];
    return number;
}

static unsigned first_byte_of(uint64_t learner)
{
    return (unsigned)(learner >> 56);
}

/* Half of the learners wait for the next part. */
static void narrow(sg_across *across)
{
    size_t kept = 0;
    across->last_byte = across->first_byte + (across->last_byte - across->first_byte) / 2;
    for (size_t i = 0; i < across->n; i++) {
        if (first_byte_of(across->refs[i].learner) > across->last_byte)
            continue;
        across->facts[kept] = across->facts[i];
        across->refs[kept] = across->refs[i];
        across->refs[kept].fact = (uint32_t)kept;
        kept++;
    }
    across->n = kept;
}

static sg_status add_fact(sg_across *across, const sg_fact *fact, const sg_record *row, sg_err *err)
{
    uint64_t learner = number_of(row->learner.bytes);
    if (first_byte_of(learner) < across->first_byte || first_byte_of(learner) > across->last_byte)
        return SG_OK;
    if (across->n == UINT32_MAX ||
        !sg_grow(&across->facts, &across->fact_capacity, across->n + 1, sizeof *fact) ||
        !sg_grow(&across->refs, &across->ref_capacity, across->n + 1, sizeof *across->refs))
        return sg_no_memory(err);
    across->facts[across->n] = *fact;
    across->refs[across->n] = (fact_ref){
        .learner = learner, .key = number_of(row->key), .fact = (uint32_t)across->n};
    across->n++;
    while (across->scene.options.most_rows > 0 && across->n > across->scene.options.most_rows &&
           across->last_byte > across->first_byte)
        narrow(across);
    return SG_OK;
}

static sg_status add_program(sg_across *across, const sg_record *row, sg_err *err)
{
    sg_program program;
    if (across->later_part)
        return SG_OK;
    sg_program_of(row, &program);
    sg_status status = sg_backdrop_college(&across->scene.backdrop, row->text[SG_PROGRAM_COLLEGE],
                                           &program.college, err);
    return status == SG_OK ? sg_backdrop_add_program(&across->scene.backdrop, &program, err) : status;
}

/* Takes the cut-off of the newest file in, which may have been known only behind its rows. */
static void settle_newest(const sg_scene *scene, sg_coverage *coverage)
{
    if (coverage->newest > 0 && scene->files[coverage->newest - 1].cutoff > coverage->complete)
        coverage->complete = scene->files[coverage->newest - 1].cutoff;
    coverage->newest = 0;
}

static void note_file(const sg_scene *scene, sg_coverage *coverage, size_t file)
{
    if (coverage->newest == file + 1)
        return;
    settle_newest(scene, coverage);
    coverage->newest = (uint32_t)file + 1;
}

sg_status sg_across_add(sg_across *across, size_t file, size_t known_by, const sg_record *row, sg_err *err)
{
    sg_backdrop *backdrop = &across->scene.backdrop;
    const sg_kind_fields *table = sg_kind_table(row->kind);
    sg_fact fact;
    if (row->kind == SG_KIND_PROGRAM)
        return add_program(across, row, err);
    if (table->learner < 0)
        return SG_OK;
    sg_fact_of(across->scene.options.instruments, row, &fact);
    fact.file = (uint32_t)file;
    sg_status status = sg_backdrop_college(backdrop, table->college >= 0 ? row->text[table->college] : NULL,
                                           &fact.college, err);
    if (status != SG_OK)
        return status;
    if (!across->later_part)
        sg_backdrop_cover(backdrop, fact.college, row->kind, fact.day);
    if (!across->later_part && row->kind == SG_KIND_ENROLLMENT)
        note_file(&across->scene, &backdrop->coverage[fact.college], known_by);
    return add_fact(across, &fact, row, err);
}

/* ---- learners ---- */

static int compare_refs(const void *a, const void *b)
{
    const fact_ref *left = a, *right = b;
    return (left->learner > right->learner) - (left->learner < right->learner);
}

/* An id that stands for very many rows is nobody's; comparing them with each other would take for ever and mean nothing. */
static bool is_somebody(const sg_learner_rows *learner)
{
    enum { MOST_ROWS = 1000, MOST_SERVICES = 20000 };
    return learner->n_of[SG_KIND_SERVICE] <= MOST_SERVICES &&
           learner->n_all - learner->n_of[SG_KIND_SERVICE] <= MOST_ROWS;
}

static sg_status examine_learner(sg_across *across, sg_learner_rows *learner, sg_err *err)
{
    static void (*const parts[])(const sg_learner_rows *, sg_across_sink *) = {
        sg_across_gains, sg_across_scores,   sg_across_enrollments,
        sg_across_hours, sg_across_programs, sg_across_outcomes};
    sg_across_sink sink = {.findings = &across->found, .facts = across->facts};
    sg_status status = sg_learner_settle(learner, err);
    if (status != SG_OK)
        return status;
    if (!is_somebody(learner))
        sg_find(&sink, SG_ACROSS_MANY_ROWS, learner->all[0],
                sg_kind_table((sg_kind)learner->all[0]->kind)->learner);
    for (size_t i = 0; i < sizeof parts / sizeof parts[0] && is_somebody(learner); i++)
        parts[i](learner, &sink);
    return sink.status == SG_OK ? SG_OK : sg_no_memory(err);
}

static sg_status examine_all(sg_across *across, sg_learner_rows *learner, sg_err *err)
{
    sg_status status = SG_OK;
    for (size_t i = 0, n; i < across->n && status == SG_OK; i += n) {
        for (n = 0; i + n < across->n && across->refs[i + n].learner == across->refs[i].learner; n++) {
            if (!sg_grow(&learner->keyed, &learner->keyed_capacity, n + 1, sizeof *learner->keyed))
                return sg_no_memory(err);
            const fact_ref *ref = &across->refs[i + n];
            learner->keyed[n] = (sg_keyed_fact){.fact = &across->facts[ref->fact], .key = ref->key};
        }
        learner->n_keyed = n;
        status = examine_learner(across, learner, err);
    }
    return status;
}

static void find_horizon(sg_scene *scene)
{
    enum { ROOM = 1000 }; /* so that days may be added to it */
    scene->horizon = SG_DAY_NONE;
    for (size_t i = 0; i < scene->n_files; i++)
        if (scene->files[i].kind == SG_KIND_ENROLLMENT && scene->files[i].cutoff > scene->horizon)
            scene->horizon = scene->files[i].cutoff;
    if (scene->horizon == SG_DAY_NONE)
        scene->horizon = INT32_MAX - ROOM;
}

/* Who has no college may be of any: the earliest of their days is the one up to which all are complete. */
static void find_complete(sg_scene *scene)
{
    sg_coverage *coverage = scene->backdrop.coverage;
    for (size_t i = 0; i < scene->backdrop.n; i++) {
        settle_newest(scene, &coverage[i]);
        if (coverage[i].complete != SG_DAY_NONE &&
            (coverage[0].complete == SG_DAY_NONE || coverage[i].complete < coverage[0].complete))
            coverage[0].complete = coverage[i].complete;
    }
}

sg_status sg_across_examine(sg_across *across, bool *out_more, sg_err *err)
{
    SG_CLEANUP(sg_learner_release) sg_learner_rows learner = {.scene = &across->scene};
    find_horizon(&across->scene);
    find_complete(&across->scene);
    if (across->n > 1)
        qsort(across->refs, across->n, sizeof *across->refs, compare_refs);
    sg_status status = examine_all(across, &learner, err);
    if (status != SG_OK)
        return status;
    sg_found_settle(&across->found);
    across->n = 0;
    across->later_part = true;
    *out_more = across->last_byte < BYTES - 1;
    across->first_byte = across->last_byte + 1;
    across->last_byte = BYTES - 1;
    return SG_OK;
}

/* ---- what was found ---- */

static const char *const rule_ids[SG_N_ACROSS] = {
#define RULE_ID(name, id, kind) [SG_ACROSS_##name] = (id),
    SG_ACROSS_RULES(RULE_ID)
#undef RULE_ID
};
static const sg_kind rule_kinds[SG_N_ACROSS] = {
#define RULE_KIND(name, id, kind) [SG_ACROSS_##name] = SG_KIND_##kind,
    SG_ACROSS_RULES(RULE_KIND)
#undef RULE_KIND
};

typedef struct {
    sg_found found;
    sg_kind kind;
} placed;

static int compare_placed(const void *a, const void *b)
{
    const placed *left = a, *right = b;
    int64_t order = (int64_t)left->kind - (int64_t)right->kind;
    if (order == 0)
        order = (int64_t)left->found.file - (int64_t)right->found.file;
    if (order == 0)
        order = (int64_t)left->found.line - (int64_t)right->found.line;
    if (order == 0)
        order = (int64_t)left->found.rule - (int64_t)right->found.rule;
    if (order == 0)
        order = (int64_t)left->found.field - (int64_t)right->found.field;
    return (order > 0) - (order < 0);
}

sg_status sg_across_findings(sg_across *across,
                             sg_status (*each)(void *context, const sg_across_finding *finding, sg_err *err),
                             void *context, sg_err *err)
{
    size_t n = across->found.n;
    placed *all SG_AUTO_FREE = calloc(n > 0 ? n : 1, sizeof *all);
    sg_status status = SG_OK;
    if (all == NULL)
        return sg_no_memory(err);
    for (size_t i = 0; i < n; i++)
        all[i] = (placed){across->found.all[i], across->scene.files[across->found.all[i].file].kind};
    qsort(all, n, sizeof *all, compare_placed);
    for (size_t i = 0; i < n && status == SG_OK; i++) {
        const sg_found *found = &all[i].found;
        const sg_across_finding finding = {.rule = sg_rule_find(rule_ids[found->rule]),
                                           .kind = all[i].kind,
                                           .file = found->file,
                                           .line = found->line,
                                           .field = sg_kind_table(all[i].kind)->fields[found->field].name};
        status = each(context, &finding, err);
    }
    return status;
}

sg_status sg_across_counts(const sg_across *across, sg_arena *arena, sg_across_count **out, size_t *out_n,
                           sg_err *err)
{
    sg_across_count *counts = sg_arena_alloc(arena, SG_N_ACROSS, sizeof *counts);
    size_t n = 0;
    if (counts == NULL)
        return sg_no_memory(err);
    for (size_t i = 0; i < SG_N_ACROSS; i++)
        if (across->found.counts[i] > 0)
            counts[n++] = (sg_across_count){sg_rule_find(rule_ids[i]), rule_kinds[i],
                                            across->found.counts[i]};
    *out = counts;
    *out_n = n;
    return SG_OK;
}
