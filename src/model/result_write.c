/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "result_json.h"

#include <math.h>

static const char *text_at(const void *object, size_t offset)
{
    return *(const char *const *)(const void *)((const char *)object + offset);
}

static double real_at(const void *object, size_t offset)
{
    return *(const double *)(const void *)((const char *)object + offset);
}

static int64_t count_at(const void *object, size_t offset)
{
    return *(const int64_t *)(const void *)((const char *)object + offset);
}

/* 0 is a count; blank is left out; masked is null and says so. */
static void set_count(sg_json *object, const char *key, int64_t count)
{
    if (count >= 0) {
        sg_json_set_int(object, key, count);
    } else if (count == SG_COUNT_MASKED) {
        sg_json_set_null(object, key);
        sg_json_set_bool(object, "suppressed", true);
    }
}

sg_json *sg_estimate_to_json(const sg_estimate *e)
{
    sg_json *object = sg_json_object();

    if (e->program_year)
        sg_json_set_int(object, "program_year", e->program_year);
    for (size_t i = 0; i < sg_estimate_texts.n; i++) {
        const char *text = text_at(e, sg_estimate_texts.members[i].offset);

        if (text)
            sg_json_set_text(object, sg_estimate_texts.members[i].name, text);
    }
    for (size_t i = 0; i < sg_estimate_reals.n; i++) {
        double value = real_at(e, sg_estimate_reals.members[i].offset);

        if (isfinite(value))
            sg_json_set_real(object, sg_estimate_reals.members[i].name, value);
    }
    for (size_t i = 0; i < sg_estimate_counts.n; i++)
        set_count(object, sg_estimate_counts.members[i].name,
                  count_at(e, sg_estimate_counts.members[i].offset));
    sg_json_set_text(object, "status", sg_result_status_text(e->status));
    if (e->judgement != SG_JUDGED_NONE)
        sg_json_set_text(object, "judgement", sg_judgement_text(e->judgement));
    return object;
}

static sg_json *cell_json(const sg_cell *cell)
{
    sg_json *object = sg_json_object();

    sg_json_set_int(object, "program_year", cell->program_year);
    sg_json_set_text(object, "college", cell->college);
    sg_json_set_text(object, "variant", cell->variant);
    sg_json_set_text(object, "outcome", cell->outcome);
    sg_json_set_text(object, "dimension", cell->dimension);
    sg_json_set_text(object, "level", cell->level);
    sg_json_set_text(object, "arm", sg_arm_subset_text(cell->arm));
    sg_json_set_text(object, "measure", sg_measure_text(cell->measure));
    set_count(object, "count", cell->count);
    return object;
}

static sg_json *dimension_json(const sg_dimension *dimension)
{
    sg_json *object = sg_json_object();
    sg_json *levels = sg_json_array();

    sg_json_set_text(object, "name", dimension->name);
    sg_json_set_text(object, "label", dimension->label);
    for (size_t i = 0; i < dimension->n_levels; i++) {
        sg_json *level = sg_json_object();

        sg_json_set_text(level, "name", dimension->levels[i].name);
        sg_json_set_text(level, "label", dimension->levels[i].label);
        sg_json_append(levels, level);
    }
    sg_json_set(object, "levels", levels);
    return object;
}

static sg_json *years_json(const sg_facts *facts)
{
    sg_json *array = sg_json_array();

    for (size_t i = 0; i < facts->n_years; i++) {
        sg_json *year = sg_json_object();

        sg_json_set_int(year, "program_year", facts->years[i].program_year);
        sg_json_set_bool(year, "closed", facts->years[i].closed);
        set_count(year, "iet_naive", facts->years[i].iet_naive);
        set_count(year, "iet_headline", facts->years[i].iet_headline);
        sg_json_set_real(year, "coverage", facts->years[i].coverage);
        sg_json_append(array, year);
    }
    return array;
}

static sg_json *flow_json(const sg_facts *facts)
{
    sg_json *array = sg_json_array();

    for (size_t i = 0; i < facts->n_flow; i++) {
        sg_json *step = sg_json_object();

        sg_json_set_int(step, "program_year", facts->flow[i].program_year);
        sg_json_set_text(step, "variant", facts->flow[i].variant);
        sg_json_set_text(step, "step", facts->flow[i].step);
        sg_json_set_text(step, "text", facts->flow[i].text);
        sg_json_set_int(step, "n", facts->flow[i].n);
        sg_json_append(array, step);
    }
    return array;
}

static sg_json *deliveries_json(const sg_facts *facts)
{
    sg_json *array = sg_json_array();

    for (size_t i = 0; i < facts->n_deliveries; i++) {
        const sg_delivery_facts *delivery = &facts->deliveries[i];
        sg_json *object = sg_json_object();
        char cutoff[SG_DAY_TEXT];

        sg_json_set_text(object, "kind", sg_kind_text(delivery->kind));
        sg_json_set_text(object, "file", delivery->file_name);
        sg_json_set_text(object, "state", sg_batch_state_text(delivery->state));
        sg_json_set_text(object, "cutoff", sg_day_format(delivery->cutoff, cutoff));
        for (size_t m = 0; m < sg_batch_count_members.n; m++)
            sg_json_set_int(object, sg_batch_count_members.members[m].name,
                            count_at(&delivery->counts, sg_batch_count_members.members[m].offset));
        sg_json_append(array, object);
    }
    return array;
}

static sg_json *accepted_json(const sg_facts *facts)
{
    sg_json *array = sg_json_array();

    for (size_t i = 0; i < facts->n_accepted; i++) {
        const sg_accepted_facts *accepted = &facts->accepted[i];
        sg_json *object = sg_json_object();
        char day[SG_DAY_TEXT];

        sg_json_set_text(object, "kind", sg_kind_text(accepted->kind));
        sg_json_set_text(object, "day", sg_day_format(accepted->day, day));
        if (accepted->batch) {
            sg_json_set_int(object, "batch", accepted->batch);
            sg_json_set_int(object, "held", accepted->held);
            sg_json_set_text(object, "file", accepted->file);
            sg_json_set_text(object, "reason", accepted->reason);
        }
        sg_json_append(array, object);
    }
    return array;
}

static sg_json *findings_json(const sg_facts *facts)
{
    sg_json *array = sg_json_array();

    for (size_t i = 0; i < facts->n_findings; i++) {
        sg_json *object = sg_json_object();

        sg_json_set_text(object, "rule", facts->findings[i].rule->id);
        sg_json_set_text(object, "file", facts->findings[i].file_name);
        sg_json_set_int(object, "n", facts->findings[i].n);
        if (facts->findings[i].detail && *facts->findings[i].detail)
            sg_json_set_text(object, "detail", facts->findings[i].detail);
        sg_json_append(array, object);
    }
    return array;
}

static sg_json *rules_json(const sg_facts *facts)
{
    sg_json *array = sg_json_array();

    for (size_t i = 0; i < facts->n_rules; i++) {
        const sg_rule_facts *rule = &facts->rules[i];
        sg_json *object = sg_json_object();

        sg_json_set_text(object, "rule", sg_yearly_id(rule->rule));
        sg_json_set_int(object, "first", rule->first);
        sg_json_set_int(object, "last", rule->last);
        sg_json_set_text(object, "value", rule->value);
        sg_json_set_text(object, "source", rule->source);
        sg_json_set_text(object, "sure", rule->sure);
        sg_json_append(array, object);
    }
    return array;
}

static sg_json *texts_json(const char *const *texts, size_t n)
{
    sg_json *array = sg_json_array();

    for (size_t i = 0; i < n; i++)
        sg_json_append_text(array, texts[i]);
    return array;
}

static sg_json *facts_json(const sg_facts *facts)
{
    sg_json *object = sg_json_object();
    char as_of[SG_DAY_TEXT];

    for (size_t i = 0; i < sg_fact_texts.n; i++)
        sg_json_set_text(object, sg_fact_texts.members[i].name,
                         text_at(facts, sg_fact_texts.members[i].offset));
    for (size_t i = 0; i < sg_fact_ints.n; i++)
        sg_json_set_int(object, sg_fact_ints.members[i].name,
                        *(const int *)(const void *)((const char *)facts + sg_fact_ints.members[i].offset));
    sg_json_set_text(object, "as_of", sg_day_format(facts->as_of, as_of));
    sg_json_set_real(object, "confidence", facts->confidence);
    sg_json_set_real(object, "equivalence_margin", facts->equivalence_margin);
    sg_json_set_text(object, "plan_sha256", facts->plan_sha256);
    if (facts->input_sha256[0])
        sg_json_set_text(object, "input_sha256", facts->input_sha256);
    sg_json_set(object, "years", years_json(facts));
    sg_json_set(object, "flow", flow_json(facts));
    sg_json_set(object, "deliveries", deliveries_json(facts));
    if (facts->n_accepted)
        sg_json_set(object, "accepted", accepted_json(facts));
    sg_json_set(object, "findings", findings_json(facts));
    sg_json_set(object, "rules", rules_json(facts));
    sg_json_set(object, "gaps", texts_json(facts->gaps, facts->n_gaps));
    sg_json_set(object, "notes", texts_json(facts->notes, facts->n_notes));
    sg_json_set(object, "related", texts_json(facts->related, facts->n_related));
    return object;
}

sg_status sg_results_to_json(const sg_results *results, sg_json **out, sg_err *err)
{
    sg_json *root = sg_json_object();
    sg_json *dimensions = sg_json_array();
    sg_json *cells = sg_json_array();
    sg_json *estimates = sg_json_array();

    for (size_t i = 0; i < results->n_dimensions; i++)
        sg_json_append(dimensions, dimension_json(&results->dimensions[i]));
    for (size_t i = 0; i < results->n_cells; i++)
        sg_json_append(cells, cell_json(&results->cells[i]));
    for (size_t i = 0; i < results->n_estimates; i++)
        sg_json_append(estimates, sg_estimate_to_json(&results->estimates[i]));
    sg_json_set_int(root, "format", 1);
    sg_json_set(root, "facts", facts_json(&results->facts));
    sg_json_set(root, "dimensions", dimensions);
    sg_json_set(root, "cells", cells);
    sg_json_set(root, "estimates", estimates);
    if (!root)
        return sg_no_memory(err);
    *out = root;
    return SG_OK;
}
