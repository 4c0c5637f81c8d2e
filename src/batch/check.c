/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>

#include "skillgain/ingest.h"

#include "codes.h"
#include "gains.h"
#include "intake.h"
#include "workspace.h"

typedef struct {
    sg_pseudonym *list;
    size_t n, capacity;
} learners;

/* Whose rows are accepted and whose refused, while a file is read. */
typedef struct {
    sg_status (*each)(void *context, const sg_finding *finding, sg_err *err);
    void *context;
    learners accepted, refused;
    int64_t nobody_knows;
    sg_gain_years gains; /* of that kind only */
    sg_across *across;   /* NULL: not asked for */
    size_t file;         /* its number there */
    bool begun;
    const sg_crosswalks *crosswalks;
    const sg_crosswalk *crosswalk; /* the one that fits; NULL: not known yet */
    sg_kind kind;
    sg_arena *arena;                  /* of details */
    const char *known[SG_MAX_FIELDS]; /* codes, by field; NULL: not asked for yet */
    sg_unknown_list *unknown;
} checking;

static sg_status add_learner(learners *all, const sg_pseudonym *learner, sg_err *err)
{
    if (!sg_grow(&all->list, &all->capacity, all->n + 1, sizeof *all->list))
        return sg_no_memory(err);
    all->list[all->n++] = *learner;
    return SG_OK;
}

static sg_status begin(void *context, const sg_batch *batch, sg_err *err)
{
    checking *c = context;

    c->crosswalk = sg_find_crosswalk(c->crosswalks, batch->crosswalk);
    c->kind = batch->kind;
    if (!c->across)
        return SG_OK;
    c->begun = true;
    return sg_across_begin_file(c->across, batch->kind, &c->file, err);
}

/* What a refused file told is forgotten. */
static void end(const checking *c, const sg_batch *batch, bool refused)
{
    if (c->begun && refused)
        sg_across_drop_file(c->across);
    else if (c->begun)
        sg_across_end_file(c->across, c->file, batch->cutoff, batch->has_hours);
}

/* Which codes the field of the finding has, where it is about an unknown one; "" otherwise. */
static const char *known_codes(checking *c, const sg_finding *finding)
{
    int field = -1;

    if (!c->crosswalk || (strcmp(finding->rule->id, "R205") != 0 && strcmp(finding->rule->id, "R206") != 0))
        return "";
    for (size_t i = 0; i < sg_kind_table(c->kind)->n && field < 0; i++)
        if (!strcmp(sg_kind_table(c->kind)->fields[i].name, finding->field))
            field = (int)i;
    if (field < 0)
        return "";
    if (!c->known[field])
        c->known[field] = sg_known_codes(c->arena, c->crosswalk, c->kind, field);
    return c->known[field];
}

static sg_status take_finding(void *context, const sg_finding *finding, sg_err *err)
{
    checking *c = context;
    sg_finding told = *finding;
    const char *known = known_codes(c, finding);

    if (!known)
        return sg_no_memory(err);
    if (*known)
        told.detail = known;
    return c->each(c->context, &told, err);
}

static sg_status take_unknown(void *context, int field, const char *text, size_t length,
                              const sg_pseudonym *learner, sg_err *err)
{
    checking *c = context;

    return sg_unknown_add(&c->unknown, field, text, length, learner, err);
}

static sg_status take_row(void *context, const sg_record *row, int64_t replaces, sg_err *err)
{
    checking *c = context;
    sg_status status = add_learner(&c->accepted, &row->learner, err);

    (void)replaces; /* the row that it replaces has the same learner and key */
    if (status == SG_OK && row->kind == SG_KIND_GAIN && replaces < 0)
        status = sg_gain_years_add(&c->gains, &row->learner, (sg_day)row->number[SG_GAIN_FIELD_GAIN_DATE],
                                   err);
    if (status == SG_OK && c->across)
        status = sg_across_add(c->across, c->file, c->file, row, err);
    return status;
}

static sg_status take_refused(void *context, const sg_refused_row *row, sg_err *err)
{
    checking *c = context;

    c->nobody_knows += !row->learner_known;
    return row->learner_known ? add_learner(&c->refused, &row->learner, err) : SG_OK;
}

static int compare(const void *a, const void *b)
{
    return memcmp(a, b, sizeof(sg_pseudonym));
}

/* Sorted, each once. */
static void settle(learners *all)
{
    size_t n = 0;

    if (all->n > 1)
        qsort(all->list, all->n, sizeof *all->list, compare);
    for (size_t i = 0; i < all->n; i++)
        if (n == 0 || compare(&all->list[n - 1], &all->list[i]) != 0)
            all->list[n++] = all->list[i];
    all->n = n;
}

static sg_check_effect effect_of(checking *c, sg_kind kind)
{
    sg_check_effect effect = {.nobody_knows = c->nobody_knows};

    if (kind >= SG_N_KINDS || sg_kind_table(kind)->learner < 0)
        return effect;
    settle(&c->accepted);
    settle(&c->refused);
    effect.learners = (int64_t)c->accepted.n;
    for (size_t i = 0; i < c->refused.n; i++)
        effect.lost += c->accepted.n == 0 || bsearch(&c->refused.list[i], c->accepted.list, c->accepted.n,
                                                     sizeof(sg_pseudonym), compare) == NULL;
    return effect;
}

static sg_status judge_gains(checking *c, sg_batch *batch, char held[SG_ERR_MESSAGE], sg_err *err)
{
    char detail[SG_GAINS_DETAIL];
    sg_finding finding;

    sg_gains_judge(&c->gains, batch, detail, &finding);
    if (!finding.rule)
        return SG_OK;
    sg_hold_also(held, sg_gains_hold(&finding));
    batch->counts.warnings++;
    return c->each(c->context, &finding, err);
}

sg_status sg_batch_check(sg_workspace *workspace, const sg_import_options *options, const char *path,
                         sg_status (*each)(void *context, const sg_finding *finding, sg_err *err),
                         void *context, sg_check_report *out, sg_err *err)
{
    SG_CLEANUP(sg_crosswalks_cleanup) sg_crosswalks *own = NULL;
    SG_CLEANUP(sg_arena_cleanup) sg_arena *arena = sg_arena_new();
    checking c = {.each = each, .context = context, .across = options->across, .arena = arena};
    const sg_sink sink = {.context = &c,
                          .begin = begin,
                          .finding = take_finding,
                          .row = take_row,
                          .unknown = take_unknown,
                          .refused = take_refused};
    sg_ingest_options o;
    sg_status status = arena ? SG_OK : sg_no_memory(err);

    *out = (sg_check_report){0};
    if (status == SG_OK && options->crosswalk)
        status = sg_crosswalks_load_file(options->crosswalk, &own, err);
    if (status != SG_OK)
        return status;
    const sg_crosswalks only = options->only ? sg_only(options->only) : (sg_crosswalks){0};
    o = sg_intake_options(workspace, options, own ? own : only.n ? &only : workspace->crosswalks);
    c.crosswalks = o.crosswalks;
    status = sg_ingest_file(path, &o, &sink, &out->batch, err);
    end(&c, &out->batch, status != SG_OK);
    out->file = c.file;
    sg_set_file_name(&out->batch, path);
    out->effect = effect_of(&c, out->batch.kind);
    sg_unknown_tell(c.unknown, out->batch.kind < SG_N_KINDS && sg_kind_table(out->batch.kind)->learner >= 0,
                    out->unknown, &out->n_unknown);
    free(c.accepted.list);
    free(c.refused.list);
    if (status == SG_OK)
        status = judge_gains(&c, &out->batch, out->held, err);
    sg_gain_years_release(&c.gains);
    if (status == SG_OK)
        (void)sg_too_many_refused(workspace->config, &out->batch, out->held);
    return status;
}
