/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * All learners pass through the builder, as for a cohort; those asked for are kept and looked at once more when every college's offers and
 * last day are known.
 */
#include <stdlib.h>
#include <string.h>

#include "build.h"
#include "trace.h"

typedef struct {
    const sg_pseudonym *learner;
    size_t place; /* among those asked for */
} wish;

typedef struct {
    sg_stored_learner learner; /* in the arena of rows */
    size_t place;
    sg_pop_year *years; /* there, too */
    size_t n_years;
    sg_pop_exit *exits;
    size_t n_exits;
} kept_learner;

typedef struct {
    sg_cohort_builder *builder;
    wish *wishes; /* by pseudonym */
    size_t n_wishes;
    kept_learner *kept;
    size_t n, capacity;
    sg_explained_learner *explained; /* by place in kept */
    sg_arena *rows;
    sg_kind kind; /* of the rows that are looked for */
    unsigned given;
    bool is_asked_for; /* the learner who passes, whose federal facts are kept */
    sg_pop_year *years;
    size_t n_years, years_capacity;
    sg_pop_exit *exits;
    size_t n_exits, exits_capacity;
} explaining;

static int compare_wishes(const void *a, const void *b)
{
    return memcmp(((const wish *)a)->learner, ((const wish *)b)->learner, sizeof(sg_pseudonym));
}

static const wish *find_wish(const explaining *e, const sg_pseudonym *learner)
{
    const wish wanted = {learner, 0};
    return e->n_wishes == 0 ? NULL
                            : bsearch(&wanted, e->wishes, e->n_wishes, sizeof *e->wishes, compare_wishes);
}

/* ---- keeping a learner beyond the callback ---- */

static bool keep_text(sg_arena *arena, const char **text)
{
    return *text == NULL || (*text = sg_arena_strdup(arena, *text)) != NULL;
}

static void *keep_rows(sg_arena *arena, const void *rows, size_t n, size_t size)
{
    void *copy = sg_arena_alloc(arena, n + 1, size);
    if (copy != NULL && n > 0)
        memcpy(copy, rows, n * size);
    return copy;
}

static bool keep_enrollments(sg_arena *arena, sg_stored_learner *learner)
{
    sg_stored_enrollment *rows = keep_rows(arena, learner->enrollments, learner->n_enrollments, sizeof *rows);
    bool ok = rows != NULL;
    for (size_t i = 0; ok && i < learner->n_enrollments; i++)
        ok = keep_text(arena, &rows[i].section_id) && keep_text(arena, &rows[i].iet_program_id) &&
             keep_text(arena, &rows[i].custom);
    learner->enrollments = rows;
    return ok;
}

static bool keep_gains(sg_arena *arena, sg_stored_learner *learner)
{
    sg_stored_gain *rows = keep_rows(arena, learner->gains, learner->n_gains, sizeof *rows);
    bool ok = rows != NULL;
    for (size_t i = 0; ok && i < learner->n_gains; i++)
        ok = keep_text(arena, &rows[i].subject) && keep_text(arena, &rows[i].instrument);
    learner->gains = rows;
    return ok;
}

static bool keep_tests(sg_arena *arena, sg_stored_learner *learner)
{
    sg_stored_test *rows = keep_rows(arena, learner->tests, learner->n_tests, sizeof *rows);
    bool ok = rows != NULL;
    for (size_t i = 0; ok && i < learner->n_tests; i++)
        ok = keep_text(arena, &rows[i].instrument) && keep_text(arena, &rows[i].form) &&
             keep_text(arena, &rows[i].subject);
    learner->tests = rows;
    return ok;
}

static bool keep_services(sg_arena *arena, sg_stored_learner *learner)
{
    sg_stored_service *rows = keep_rows(arena, learner->services, learner->n_services, sizeof *rows);
    bool ok = rows != NULL;
    for (size_t i = 0; ok && i < learner->n_services; i++)
        ok = keep_text(arena, &rows[i].section_id);
    learner->services = rows;
    return ok;
}

static bool keep_outcomes(sg_arena *arena, sg_stored_learner *learner)
{
    sg_stored_outcome *rows = keep_rows(arena, learner->outcomes, learner->n_outcomes, sizeof *rows);
    bool ok = rows != NULL;
    for (size_t i = 0; ok && i < learner->n_outcomes; i++)
        ok = keep_text(arena, &rows[i].credential_type);
    learner->outcomes = rows;
    return ok;
}

static bool keep_learner(sg_arena *arena, sg_stored_learner *learner)
{
    return keep_enrollments(arena, learner) && keep_gains(arena, learner) && keep_tests(arena, learner) &&
           keep_services(arena, learner) && keep_outcomes(arena, learner);
}

/* ---- federal facts ---- */

static sg_status take_year(void *context, const sg_pop_year *fact, sg_err *err)
{
    explaining *e = context;
    e->given |= fact->given;
    if (!e->is_asked_for)
        return SG_OK;
    if (!sg_grow(&e->years, &e->years_capacity, e->n_years + 1, sizeof *e->years))
        return sg_no_memory(err);
    e->years[e->n_years] = *fact;
    memset(&e->years[e->n_years++].pseudonym, 0, sizeof fact->pseudonym);
    return SG_OK;
}

static sg_status take_exit(void *context, const sg_pop_exit *fact, sg_err *err)
{
    explaining *e = context;
    e->given |= fact->given;
    if (!e->is_asked_for)
        return SG_OK;
    if (!sg_grow(&e->exits, &e->exits_capacity, e->n_exits + 1, sizeof *e->exits))
        return sg_no_memory(err);
    e->exits[e->n_exits] = *fact;
    memset(&e->exits[e->n_exits++].pseudonym, 0, sizeof fact->pseudonym);
    return SG_OK;
}

static bool keep_facts(const explaining *e, kept_learner *kept)
{
    kept->years = keep_rows(e->rows, e->years, e->n_years, sizeof *e->years);
    kept->n_years = e->n_years;
    kept->exits = keep_rows(e->rows, e->exits, e->n_exits, sizeof *e->exits);
    kept->n_exits = e->n_exits;
    return kept->years != NULL && kept->exits != NULL;
}

static sg_status take_learner(void *context, const sg_stored_learner *learner, sg_err *err)
{
    explaining *e = context;
    const wish *found = find_wish(e, &learner->pseudonym);
    e->is_asked_for = found != NULL;
    e->n_years = e->n_exits = 0;
    sg_status status = sg_cohort_builder_add(e->builder, learner, err);
    if (status != SG_OK || found == NULL)
        return status;
    if (!sg_grow(&e->kept, &e->capacity, e->n + 1, sizeof *e->kept))
        return sg_no_memory(err);
    e->kept[e->n] = (kept_learner){.learner = *learner, .place = found->place};
    if (!keep_learner(e->rows, &e->kept[e->n].learner) || !keep_facts(e, &e->kept[e->n]))
        return sg_no_memory(err);
    e->n++;
    return SG_OK;
}

/* ---- which batch brought a row ---- */

/* As the store makes it of a row's key. */
static uint64_t order_of(const sg_record *row)
{
    uint64_t order = 0;
    for (int i = 0; i < SG_RECORD_KEY_BYTES; i++)
        order = order << 8 | row->key[i];
    return order;
}

/* Rows of a learner stand by kind, in the order of sg_trace_learner. */
static sg_explained_row *find_row(const kept_learner *kept, sg_explained_row *rows, sg_kind kind,
                                  uint64_t order)
{
    const sg_stored_learner *l = &kept->learner;
    size_t at = 0;
#define LOOK(kind_of, n_of, list)                                                                            \
    for (size_t i = 0; i < l->n_of; i++, at++)                                                               \
        if (kind == (kind_of) && l->list[i].order == order)                                                  \
            return &rows[at];
    LOOK(SG_KIND_ENROLLMENT, n_enrollments, enrollments)
    LOOK(SG_KIND_SERVICE, n_services, services)
    LOOK(SG_KIND_GAIN, n_gains, gains)
    LOOK(SG_KIND_TEST, n_tests, tests)
    LOOK(SG_KIND_OUTCOME, n_outcomes, outcomes)
#undef LOOK
    return NULL;
}

static int compare_places(const void *a, const void *b)
{
    size_t left = ((const kept_learner *)a)->place, right = ((const kept_learner *)b)->place;
    return (left > right) - (left < right);
}

static sg_status note_origin(void *context, const sg_record *record, int64_t batch, int64_t known_by,
                             sg_err *err)
{
    explaining *e = context;
    const wish *found = find_wish(e, &record->learner);
    (void)known_by;
    (void)err;
    if (found == NULL)
        return SG_OK;
    const kept_learner wanted = {.place = found->place};
    const kept_learner *kept = e->n == 0 ? NULL
                                         : bsearch(&wanted, e->kept, e->n, sizeof *e->kept, compare_places);
    if (kept == NULL)
        return SG_OK;
    sg_explained_row *row = find_row(kept, e->explained[kept - e->kept].rows, e->kind, order_of(record));
    if (row != NULL) {
        row->batch = batch;
        row->line = record->line;
    }
    return SG_OK;
}

static sg_status note_origins(explaining *e, sg_store *store, sg_err *err)
{
    static const sg_kind kinds[] = {SG_KIND_ENROLLMENT, SG_KIND_SERVICE, SG_KIND_GAIN, SG_KIND_TEST,
                                    SG_KIND_OUTCOME};
    sg_status status = SG_OK;
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0] && status == SG_OK; i++) {
        e->kind = kinds[i];
        status = sg_store_records(store, kinds[i], note_origin, e, err);
    }
    return status;
}

/* ---- all together ---- */

static sg_status make_wishes(explaining *e, const sg_pseudonym *wanted, size_t n, sg_err *err)
{
    e->wishes = sg_arena_alloc(e->rows, n + 1, sizeof *e->wishes);
    if (e->wishes == NULL)
        return sg_no_memory(err);
    for (size_t i = 0; i < n; i++)
        e->wishes[i] = (wish){&wanted[i], i};
    e->n_wishes = n;
    if (n > 1)
        qsort(e->wishes, n, sizeof *e->wishes, compare_wishes);
    return SG_OK;
}

static sg_status give_facts(const kept_learner *kept, sg_explained_learner *out, sg_arena *arena, sg_err *err)
{
    out->years = keep_rows(arena, kept->years, kept->n_years, sizeof *kept->years);
    out->n_years = kept->n_years;
    out->exits = keep_rows(arena, kept->exits, kept->n_exits, sizeof *kept->exits);
    out->n_exits = kept->n_exits;
    return out->years != NULL && out->exits != NULL ? SG_OK : sg_no_memory(err);
}

static sg_status trace_all(explaining *e, const sg_trace *trace, sg_explanation *out, sg_err *err)
{
    sg_status status = SG_OK;
    e->explained = sg_arena_alloc(trace->arena, e->n + 1, sizeof *e->explained);
    if (e->explained == NULL)
        return sg_no_memory(err);
    if (e->n > 1)
        qsort(e->kept, e->n, sizeof *e->kept, compare_places);
    for (size_t i = 0; i < e->n && status == SG_OK; i++) {
        status = sg_trace_learner(trace, &e->kept[i].learner, &e->explained[i], err);
        e->explained[i].wanted = e->kept[i].place;
        if (status == SG_OK)
            status = give_facts(&e->kept[i], &e->explained[i], trace->arena, err);
    }
    out->given = e->given;
    out->learners = e->explained;
    out->n = e->n;
    return status;
}

static sg_status explain_all(explaining *e, sg_store *store, const sg_config *config, sg_arena *arena,
                             sg_explanation *out, sg_err *err)
{
    SG_CLEANUP(sg_register_release) sg_register programs = {0};
    SG_CLEANUP(sg_cohort_cleanup) sg_cohort *cohort = NULL;
    sg_college_codes colleges = {NULL, 0};
    sg_cohort_sources sources = {.outcomes_up_to = SG_DAY_NONE, .tests_up_to = SG_DAY_NONE};
    sg_status status = sg_cohort_load_sources(store, e->rows, &colleges, &programs, &sources, err);
    if (status != SG_OK)
        return status;
    const sg_federal_sink sink = {e, NULL, take_year, take_exit};
    sg_cohort_builder_use(e->builder, &sources);
    sg_cohort_builder_tell(e->builder, &sink, -1);
    status = sg_store_read(store, take_learner, e, err);
    if (status == SG_OK)
        status = sg_cohort_builder_finish(e->builder, colleges.codes, colleges.n, &cohort, err);
    if (status != SG_OK)
        return status;
    out->headline = sg_cohort_headline(cohort);
    const sg_trace trace = {.builder = e->builder,
                            .config = config,
                            .as_of = out->as_of,
                            .colleges = cohort->colleges,
                            .n_colleges = cohort->n_colleges,
                            .dimensions = cohort->dimensions,
                            .n_dimensions = cohort->n_dimensions,
                            .arena = arena};
    status = trace_all(e, &trace, out, err);
    return status == SG_OK ? note_origins(e, store, err) : status;
}

sg_status sg_cohort_explain(sg_store *store, const sg_config *config, sg_day as_of,
                            const sg_pseudonym *wanted, size_t n, sg_arena *arena, sg_explanation *out,
                            sg_err *err)
{
    SG_CLEANUP(sg_cohort_builder_cleanup) sg_cohort_builder *builder = NULL;
    SG_CLEANUP(sg_arena_cleanup) sg_arena *rows = sg_arena_new();
    explaining e = {.rows = rows};
    *out = (sg_explanation){.as_of = SG_DAY_NONE};
    if (rows == NULL)
        return sg_no_memory(err);
    sg_status status = sg_cohort_choose_as_of(store, as_of, &out->as_of, err);
    if (status == SG_OK)
        status = sg_cohort_builder_new(config, out->as_of, &builder, err);
    if (status == SG_OK)
        status = make_wishes(&e, wanted, n, err);
    if (status != SG_OK)
        return status;
    e.builder = builder;
    status = explain_all(&e, store, config, arena, out, err);
    free(e.kept);
    free(e.years);
    free(e.exits);
    return status;
}
