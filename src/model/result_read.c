/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "result_json.h"

#include <math.h>
#include <string.h>

typedef struct {
    sg_arena *arena;
    const char *what; /* what is missing or of the wrong type; NULL: nothing */
} reading;

static const char *read_text(reading *r, const sg_json *object, const char *key)
{
    const char *text = sg_json_get_text(object, key);
    char *copy = text ? sg_arena_strdup(r->arena, text) : NULL;

    if (!copy) {
        r->what = key;
        return "";
    }
    return copy;
}

static void *read_array(reading *r, const sg_json *object, const char *key, size_t size, size_t *out_n)
{
    const sg_json *array = sg_json_get(object, key);
    size_t n = sg_json_size(array);
    void *items = sg_arena_alloc(r->arena, n ? n : 1, size);

    if (!array || !items)
        r->what = key;
    *out_n = items ? n : 0;
    return items;
}

static int64_t read_count(const sg_json *object, const char *key)
{
    const sg_json *value = sg_json_get(object, key);

    if (!value)
        return SG_COUNT_NONE;
    return sg_json_is_null(value) ? SG_COUNT_MASKED : sg_json_get_int(object, key, SG_COUNT_NONE);
}

static int read_one_of(reading *r, const sg_json *object, const char *key, const char *(*text_of)(int), int n)
{
    const char *text = sg_json_get_text(object, key);

    for (int i = 0; text && i < n; i++)
        if (!strcmp(text, text_of(i)))
            return i;
    r->what = key;
    return 0;
}

static const char *status_text(int i)
{
    return sg_result_status_text((sg_result_status)i);
}
static const char *judgement_text(int i)
{
    return sg_judgement_text((sg_judgement)i);
}
static const char *arm_text(int i)
{
    return sg_arm_subset_text((sg_arm_subset)i);
}
static const char *measure_text(int i)
{
    return sg_measure_text((sg_measure)i);
}
static const char *state_text(int i)
{
    return sg_batch_state_text((sg_batch_state)i);
}
static const char *kind_text(int i)
{
    return sg_kind_text((sg_kind)i);
}

static void read_estimate(reading *r, const sg_json *object, sg_estimate *e)
{
    e->program_year = (int)sg_json_get_int(object, "program_year", 0);
    for (size_t i = 0; i < sg_estimate_texts.n; i++)
        *(const char **)(void *)((char *)e + sg_estimate_texts.members[i].offset) = read_text(
            r, object, sg_estimate_texts.members[i].name);
    for (size_t i = 0; i < sg_estimate_reals.n; i++)
        *(double *)(void *)((char *)e + sg_estimate_reals.members[i].offset) = sg_json_get_real(
            object, sg_estimate_reals.members[i].name);
    for (size_t i = 0; i < sg_estimate_counts.n; i++)
        *(int64_t *)(void *)((char *)e + sg_estimate_counts.members[i].offset) = read_count(
            object, sg_estimate_counts.members[i].name);
    e->status = (sg_result_status)read_one_of(r, object, "status", status_text, SG_N_ESTIMATE_STATUSES);
    if (sg_json_get(object, "judgement"))
        e->judgement = (sg_judgement)read_one_of(r, object, "judgement", judgement_text, SG_N_JUDGEMENTS);
}

static void read_cell(reading *r, const sg_json *object, sg_cell *cell)
{
    cell->program_year = (int)sg_json_get_int(object, "program_year", 0);
    cell->college = read_text(r, object, "college");
    cell->variant = read_text(r, object, "variant");
    cell->outcome = read_text(r, object, "outcome");
    cell->dimension = read_text(r, object, "dimension");
    cell->level = read_text(r, object, "level");
    cell->arm = (sg_arm_subset)read_one_of(r, object, "arm", arm_text, SG_ARM_COMPARISON + 1);
    cell->measure = (sg_measure)read_one_of(r, object, "measure", measure_text, SG_N_MEASURES);
    cell->count = read_count(object, "count");
    if (cell->count == SG_COUNT_NONE)
        r->what = "count";
}

static void read_dimension(reading *r, const sg_json *object, sg_dimension *dimension)
{
    sg_level *levels = read_array(r, object, "levels", sizeof *levels, &dimension->n_levels);

    dimension->name = read_text(r, object, "name");
    dimension->label = read_text(r, object, "label");
    for (size_t i = 0; i < dimension->n_levels; i++) {
        const sg_json *level = sg_json_at(sg_json_get(object, "levels"), i);

        levels[i].name = read_text(r, level, "name");
        levels[i].label = read_text(r, level, "label");
    }
    dimension->levels = levels;
}

static void read_years(reading *r, const sg_json *object, sg_facts *facts)
{
    facts->years = read_array(r, object, "years", sizeof *facts->years, &facts->n_years);
    for (size_t i = 0; i < facts->n_years; i++) {
        const sg_json *year = sg_json_at(sg_json_get(object, "years"), i);

        facts->years[i].program_year = (int)sg_json_get_int(year, "program_year", 0);
        facts->years[i].closed = sg_json_get_bool(year, "closed", false);
        facts->years[i].iet_naive = read_count(year, "iet_naive");
        facts->years[i].iet_headline = read_count(year, "iet_headline");
        facts->years[i].coverage = sg_json_get_real(year, "coverage");
    }
}

static void read_flow(reading *r, const sg_json *object, sg_facts *facts)
{
    facts->flow = read_array(r, object, "flow", sizeof *facts->flow, &facts->n_flow);
    for (size_t i = 0; i < facts->n_flow; i++) {
        const sg_json *step = sg_json_at(sg_json_get(object, "flow"), i);

        facts->flow[i].program_year = (int)sg_json_get_int(step, "program_year", 0);
        facts->flow[i].variant = read_text(r, step, "variant");
        facts->flow[i].step = read_text(r, step, "step");
        facts->flow[i].text = read_text(r, step, "text");
        facts->flow[i].n = sg_json_get_int(step, "n", 0);
    }
}

static sg_day read_day(const sg_json *object, const char *key)
{
    const char *text = sg_json_get_text(object, key);
    sg_day day;

    return text && sg_day_parse(text, strlen(text), "%Y-%m-%d", &day) ? day : SG_DAY_NONE;
}

static void read_deliveries(reading *r, const sg_json *object, sg_facts *facts)
{
    facts->deliveries = read_array(r, object, "deliveries", sizeof *facts->deliveries, &facts->n_deliveries);
    for (size_t i = 0; i < facts->n_deliveries; i++) {
        const sg_json *item = sg_json_at(sg_json_get(object, "deliveries"), i);
        sg_delivery_facts *delivery = &facts->deliveries[i];
        const char *file = read_text(r, item, "file");
        size_t length = strlen(file);

        if (length >= sizeof delivery->file_name)
            length = sizeof delivery->file_name - 1;
        memcpy(delivery->file_name, file, length);
        /* the last is none, of a refused file that told no kind */
        delivery->kind = (sg_kind)read_one_of(r, item, "kind", kind_text, SG_N_KINDS + 1);
        delivery->state = (sg_batch_state)read_one_of(r, item, "state", state_text, SG_N_BATCH_STATES);
        delivery->cutoff = read_day(item, "cutoff");
        for (size_t m = 0; m < sg_batch_count_members.n; m++)
            *(int64_t *)(void *)((char *)&delivery->counts + sg_batch_count_members.members[m].offset) =
                sg_json_get_int(item, sg_batch_count_members.members[m].name, 0);
    }
}

/* There only where there are some. */
static void read_accepted(reading *r, const sg_json *object, sg_facts *facts)
{
    if (!sg_json_get(object, "accepted"))
        return;
    facts->accepted = read_array(r, object, "accepted", sizeof *facts->accepted, &facts->n_accepted);
    for (size_t i = 0; i < facts->n_accepted; i++) {
        const sg_json *item = sg_json_at(sg_json_get(object, "accepted"), i);
        sg_accepted_facts *accepted = &facts->accepted[i];
        bool is_whole = sg_json_get(item, "batch") != NULL;

        accepted->kind = (sg_kind)read_one_of(r, item, "kind", kind_text, SG_N_KINDS);
        accepted->day = read_day(item, "day");
        accepted->batch = sg_json_get_int(item, "batch", 0);
        accepted->held = sg_json_get_int(item, "held", 0);
        accepted->file = is_whole ? read_text(r, item, "file") : "";
        accepted->reason = is_whole ? read_text(r, item, "reason") : "";
    }
}

static void read_findings(reading *r, const sg_json *object, sg_facts *facts)
{
    facts->findings = read_array(r, object, "findings", sizeof *facts->findings, &facts->n_findings);
    for (size_t i = 0; i < facts->n_findings; i++) {
        const sg_json *item = sg_json_at(sg_json_get(object, "findings"), i);

        facts->findings[i].rule = sg_rule_find(read_text(r, item, "rule"));
        facts->findings[i].file_name = read_text(r, item, "file");
        facts->findings[i].n = sg_json_get_int(item, "n", 0);
        facts->findings[i].detail = sg_json_get(item, "detail") ? read_text(r, item, "detail") : "";
        if (!facts->findings[i].rule)
            r->what = "rule";
    }
}

static const char *yearly_text(int rule)
{
    return sg_yearly_id((sg_yearly_rule)rule);
}

static void read_rules(reading *r, const sg_json *object, sg_facts *facts)
{
    facts->rules = read_array(r, object, "rules", sizeof *facts->rules, &facts->n_rules);
    for (size_t i = 0; i < facts->n_rules; i++) {
        const sg_json *item = sg_json_at(sg_json_get(object, "rules"), i);

        facts->rules[i].rule = (sg_yearly_rule)read_one_of(r, item, "rule", yearly_text, SG_N_YEARLY);
        facts->rules[i].first = (int)sg_json_get_int(item, "first", 0);
        facts->rules[i].last = (int)sg_json_get_int(item, "last", 0);
        facts->rules[i].value = read_text(r, item, "value");
        facts->rules[i].source = read_text(r, item, "source");
        facts->rules[i].sure = read_text(r, item, "sure");
    }
}

static const char **read_texts(reading *r, const sg_json *object, const char *key, size_t *out_n)
{
    const char **texts = read_array(r, object, key, sizeof *texts, out_n);

    for (size_t i = 0; i < *out_n; i++) {
        const char *text = sg_json_text(sg_json_at(sg_json_get(object, key), i));

        texts[i] = text ? sg_arena_strdup(r->arena, text) : NULL;
        if (!texts[i]) {
            r->what = key;
            texts[i] = "";
        }
    }
    return texts;
}

static void read_digest(reading *r, const sg_json *object, const char *key, bool required,
                        char out[SG_SHA256_TEXT])
{
    const char *text = sg_json_get_text(object, key);

    if (text && strlen(text) == SG_SHA256_TEXT - 1)
        memcpy(out, text, SG_SHA256_TEXT);
    else if (required)
        r->what = key;
}

static void read_facts(reading *r, const sg_json *object, sg_facts *facts)
{
    for (size_t i = 0; i < sg_fact_texts.n; i++)
        *(const char **)(void *)((char *)facts + sg_fact_texts.members[i].offset) = read_text(
            r, object, sg_fact_texts.members[i].name);
    for (size_t i = 0; i < sg_fact_ints.n; i++)
        *(int *)(void *)((char *)facts + sg_fact_ints.members[i].offset) = (int)sg_json_get_int(
            object, sg_fact_ints.members[i].name, 0);
    facts->as_of = read_day(object, "as_of");
    facts->confidence = sg_json_get_real(object, "confidence");
    facts->equivalence_margin = sg_json_get_real(object, "equivalence_margin");
    read_digest(r, object, "plan_sha256", true, facts->plan_sha256);
    read_digest(r, object, "input_sha256", false, facts->input_sha256);
    read_years(r, object, facts);
    read_flow(r, object, facts);
    read_deliveries(r, object, facts);
    read_accepted(r, object, facts);
    read_findings(r, object, facts);
    read_rules(r, object, facts);
    facts->gaps = read_texts(r, object, "gaps", &facts->n_gaps);
    facts->notes = read_texts(r, object, "notes", &facts->n_notes);
    facts->related = read_texts(r, object, "related", &facts->n_related);
}

static void read_all(reading *r, const sg_json *json, sg_results *results)
{
    sg_dimension *dimensions = read_array(r, json, "dimensions", sizeof *dimensions, &results->n_dimensions);

    for (size_t i = 0; i < results->n_dimensions; i++)
        read_dimension(r, sg_json_at(sg_json_get(json, "dimensions"), i), &dimensions[i]);
    results->dimensions = dimensions;
    results->cells = read_array(r, json, "cells", sizeof *results->cells, &results->n_cells);
    for (size_t i = 0; i < results->n_cells; i++)
        read_cell(r, sg_json_at(sg_json_get(json, "cells"), i), &results->cells[i]);
    results->estimates = read_array(r, json, "estimates", sizeof *results->estimates, &results->n_estimates);
    for (size_t i = 0; i < results->n_estimates; i++)
        read_estimate(r, sg_json_at(sg_json_get(json, "estimates"), i), &results->estimates[i]);
    read_facts(r, sg_json_get(json, "facts"), &results->facts);
}

sg_status sg_results_from_json(const sg_json *json, sg_results **out, sg_err *err)
{
    SG_CLEANUP(sg_results_cleanup) sg_results *results = sg_results_new();
    reading r = {0};

    if (!results)
        return sg_no_memory(err);
    if (sg_json_get_int(json, "format", 0) != 1)
        return sg_fail(err, SG_FAILED,
                       "'results.json' has a form that this version does not read; make a new draft");
    r.arena = results->arena;
    read_all(&r, json, results);
    if (r.what)
        return sg_fail(err, SG_FAILED, "'results.json' is damaged at '%s'; make a new draft", r.what);
    *out = results;
    results = NULL;
    return SG_OK;
}
