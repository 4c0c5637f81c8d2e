/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "explain_json.h"

#include <string.h>

#include "explain_parts.h"

static const double nano = 1e9; /* billionths of an hour in one */

static void set_day(sg_json *object, const char *key, sg_day day)
{
    char text[SG_DAY_TEXT];

    sg_json_set_text(object, key, day == SG_DAY_NONE ? NULL : sg_day_format(day, text));
}

/* 0: null */
static void set_number(sg_json *object, const char *key, int64_t number)
{
    if (number)
        sg_json_set_int(object, key, number);
    else
        sg_json_set_null(object, key);
}

/* "a, b" as a list */
static void set_list(sg_json *object, const char *key, const char *items)
{
    sg_json *list = sg_json_array();

    while (*items) {
        SG_CLEANUP(sg_str_release) sg_str item = {0};
        size_t length = strcspn(items, ",");

        sg_str_add_n(&item, items, length);
        sg_json_append_text(list, sg_str_text(&item));
        items += length;
        items += strspn(items, ", ");
    }
    sg_json_set(object, key, list);
}

/* ---- what the store has, and periods ---- */

static sg_json *row_json(const sg_explained_row *row)
{
    sg_json *object = sg_json_object();

    sg_json_set_text(object, "kind", sg_kind_text(row->kind));
    set_day(object, "first", row->first);
    set_day(object, "last", row->last);
    sg_json_set_text(object, "college", row->college);
    sg_json_set_text(object, "says", row->text);
    sg_json_set_text(object, "fate", sg_fate_id(row->fate));
    sg_json_set_text(object, "rule", sg_counting_rule_of(sg_fate_rule(row->fate))->id);
    set_number(object, "period", (int64_t)row->pop);
    set_number(object, "batch", row->batch);
    set_number(object, "line", row->line);
    return object;
}

static sg_json *pop_json(const sg_explained_pop *pop)
{
    sg_json *object = sg_json_object();

    set_day(object, "first", pop->first);
    set_day(object, "last", pop->last);
    set_day(object, "participant_day", pop->participant_day);
    sg_json_set_real(object, "hours", (double)pop->hours / nano);
    sg_json_set_bool(object, "hours_as_given", pop->hours_as_given);
    set_day(object, "exit_known_on", pop->exit_known_on);
    sg_json_set_bool(object, "has_ended", pop->has_ended);
    sg_json_set_text(object, "exit_reason", pop->exit_reason);
    sg_json_set_bool(object, "opens_iet_types", pop->opens_iet_types);
    set_day(object, "bridged_from", pop->bridged_from);
    set_day(object, "bridged_to", pop->bridged_to);
    return object;
}

/* ---- designs ---- */

static sg_json *evidence_json(const sg_explained_unit *unit)
{
    static const char *const components[SG_IET_COMPONENTS] = {"adult_education", "workforce_preparation",
                                                              "workforce_training"};
    static const char *const registered[] = {
        [SG_REGISTERED_NOWHERE] = "no_register",        [SG_REGISTERED_NO_PROGRAM] = "no_program_named",
        [SG_REGISTERED_UNKNOWN] = "not_at_the_college", [SG_REGISTERED_NOT_APPROVED] = "not_approved",
        [SG_REGISTERED_NOT_RUNNING] = "not_running",    [SG_REGISTERED] = "registered",
    };
    const sg_iet_evidence *e = &unit->evidence;
    sg_json *object = sg_json_object();

    set_day(object, "first", unit->evidence_first);
    set_day(object, "last", unit->evidence_last);
    sg_json_set_bool(object, "claims", e->claims);
    sg_json_set_bool(object, "denies", e->denies);
    sg_json_set_bool(object, "is_silent", e->is_silent);
    for (size_t c = 0; c < SG_IET_COMPONENTS; c++) {
        sg_json *days = sg_json_object();

        set_day(days, "first", e->first[c]);
        set_day(days, "last", e->last[c]);
        sg_json_set(object, components[c], days);
    }
    set_day(object, "overlap", e->overlap);
    sg_json_set_text(object, "program", e->overlap == SG_DAY_NONE ? NULL : e->program);
    sg_json_set_text(object, "register", e->overlap == SG_DAY_NONE ? NULL : registered[e->registered]);
    return object;
}

static void set_followed(sg_json *object, const sg_explained_unit *unit)
{
    static const char *const reaches[] = {
        [SG_REACH_UNKNOWN] = "unknown", [SG_REACH_NONE] = "none", [SG_REACH_WITHIN] = "within"};

    set_day(object, "time_zero", unit->time_zero);
    set_day(object, "window_first", unit->window_first);
    set_day(object, "window_last", unit->window_last);
    set_list(object, "outcomes", unit->outcomes);
    set_number(object, "gain_days", unit->gain_days);
    set_number(object, "credential_days", unit->credential_days);
    set_day(object, "in_iet_from", unit->changed[SG_CHANGED_TO_IET]);
    set_day(object, "in_neither_from", unit->changed[SG_CHANGED_TO_NEITHER]);
    set_day(object, "in_sequence_from", unit->changed[SG_CHANGED_TO_SEQUENTIAL]);
    sg_json_set_text(object, "levels", unit->levels);
    set_day(object, "entering_row", unit->entering_row);
    set_day(object, "entering_test", unit->entering_test);
    sg_json_set_text(object, "reach", reaches[unit->reach]);
}

static sg_json *unit_json(const sg_explained_unit *unit)
{
    static const char *const arms[] = {
        [SG_ARM_NEITHER] = NULL, [SG_ARM_IS_IET] = "iet", [SG_ARM_IS_COMPARISON] = "comparison"};
    sg_json *object = sg_json_object();

    sg_json_set_text(object, "design", sg_design_text(unit->design));
    sg_json_set_int(object, "program_year", unit->program_year);
    set_day(object, "term", unit->term);
    sg_json_set_int(object, "period", (int64_t)unit->pop);
    sg_json_set_text(object, "college", unit->college);
    sg_json_set_text(object, "state", sg_cohort_state_id(unit->state));
    sg_json_set_text(object, "state_text", sg_cohort_state_text(unit->state));
    set_day(object, "college_stopped_on", unit->college_stopped ? unit->college_last_day : SG_DAY_NONE);
    sg_json_set_text(object, "grade", sg_iet_grade_text(unit->grade));
    sg_json_set_text(object, "arm", arms[unit->arm]);
    sg_json_set(object, "evidence", evidence_json(unit));
    set_followed(object, unit);
    sg_json_set_text(object, "rule", sg_counting_rule_of(sg_explain_rule_of(unit))->id);
    return object;
}

/* ---- federal tables ---- */

static sg_json *cell_json(const sg_explained_cell *cell)
{
    const char letter[] = {cell->column, '\0'};
    sg_json *object = sg_json_object();

    sg_json_set_text(object, "column", letter);
    sg_json_set_text(object, "label", cell->label);
    if (cell->form == SG_NRS_COUNT)
        sg_json_set_int(object, "count", cell->value);
    else if (cell->form == SG_NRS_HOURS)
        sg_json_set_real(object, "hours", (double)cell->value / nano);
    else
        sg_json_set_bool(object, "in_median", true);
    return object;
}

/* The row of the cells from *at, which goes on behind them. */
static sg_json *table_row_json(const sg_told_learner *told, size_t *at)
{
    const sg_explained_cell *first = &told->cells[*at];
    sg_json *object = sg_json_object(), *cells = sg_json_array();

    for (; *at < told->n_cells && sg_explain_same_row(first, &told->cells[*at]); ++*at)
        sg_json_append(cells, cell_json(&told->cells[*at]));
    sg_json_set_text(object, "heading", first->heading);
    sg_json_set_text(object, "row", first->row);
    sg_json_set(object, "cells", cells);
    return object;
}

static sg_json *table_json(const sg_told_learner *told, size_t *at)
{
    const sg_explained_cell *first = &told->cells[*at];
    sg_json *object = sg_json_object(), *rows = sg_json_array();

    while (*at < told->n_cells && sg_explain_same_table(first, &told->cells[*at]))
        sg_json_append(rows, table_row_json(told, at));
    sg_json_set_int(object, "program_year", first->program_year);
    sg_json_set_text(object, "table", first->table);
    sg_json_set_text(object, "title", first->title);
    sg_json_set(object, "rows", rows);
    return object;
}

static sg_json *federal_json(const sg_told_learner *told)
{
    sg_json *tables = sg_json_array();

    for (size_t at = 0; at < told->n_cells;)
        sg_json_append(tables, table_json(told, &at));
    return tables;
}

/* ---- findings ---- */

static sg_json *finding_json(const sg_told_learner *told, const sg_explained_finding *finding)
{
    const sg_explained_row *row = &told->counted->rows[finding->row];
    sg_json *object = sg_json_object();

    sg_json_set_text(object, "rule", finding->rule->id);
    sg_json_set_text(object, "severity", sg_severity_text(finding->rule->severity));
    sg_json_set_text(object, "kind", sg_kind_text(row->kind));
    sg_json_set_text(object, "field", finding->field);
    sg_json_set_int(object, "batch", row->batch);
    sg_json_set_int(object, "line", row->line);
    sg_json_set_text(object, "text", finding->rule->text);
    sg_json_set_text(object, "fix", finding->rule->fix);
    return object;
}

/* ---- the whole ---- */

static sg_json *learner_json(const sg_told_learner *told)
{
    const sg_explained_learner *learner = told->counted;
    sg_json *object = sg_json_object(), *units = sg_json_array(), *pops = sg_json_array();
    sg_json *rows = sg_json_array(), *findings = sg_json_array();

    for (size_t i = 0; i < learner->n_units; i++)
        sg_json_append(units, unit_json(&learner->units[i]));
    for (size_t i = 0; i < learner->n_pops; i++)
        sg_json_append(pops, pop_json(&learner->pops[i]));
    for (size_t i = 0; i < learner->n_rows; i++)
        sg_json_append(rows, row_json(&learner->rows[i]));
    for (size_t i = 0; i < told->n_findings; i++)
        sg_json_append(findings, finding_json(told, &told->findings[i]));
    sg_json_set(object, "comparisons", units);
    sg_json_set(object, "periods", pops);
    sg_json_set(object, "rows", rows);
    sg_json_set(object, "federal_tables", federal_json(told));
    sg_json_set(object, "findings", findings);
    return object;
}

static sg_json *id_json(const sg_explained_id *id)
{
    static const char *const fates[SG_N_ID_FATES] = {[SG_ID_EXPLAINED] = "explained",
                                                     [SG_ID_ABSENT] = "absent",
                                                     [SG_ID_FORGOTTEN] = "forgotten",
                                                     [SG_ID_REPEATED] = "repeated",
                                                     [SG_ID_IMPOSSIBLE] = "impossible"};
    sg_json *object = sg_json_object(), *learners = sg_json_array();

    sg_json_set_int(object, "line", id->line);
    sg_json_set_text(object, "answer", fates[id->fate]);
    set_number(object, "same_as_line", id->fate == SG_ID_REPEATED ? id->first_line : 0);
    for (size_t i = 0; i < id->n; i++)
        sg_json_append(learners, learner_json(id->learners[i]));
    sg_json_set(object, "learners", learners);
    return object;
}

static sg_json *rules_json(void)
{
    sg_json *rules = sg_json_array();

    for (int i = 0; i < SG_N_COUNTING; i++) {
        const sg_counting_rule *rule = sg_counting_rule_of((sg_counting)i);
        sg_json *object = sg_json_object();

        sg_json_set_text(object, "id", rule->id);
        sg_json_set_text(object, "text", rule->text);
        sg_json_set_text(object, "source", rule->source);
        sg_json_append(rules, object);
    }
    return rules;
}

sg_status sg_explain_json(sg_str *out, const sg_config *config, const sg_id_explanations *all, sg_err *err)
{
    sg_json *root = sg_json_object(), *ids = sg_json_array();
    int year = sg_program_year(all->as_of);
    sg_status status;

    set_day(root, "as_of", all->as_of);
    sg_json_set_text(root, "headline", sg_design_text(all->headline));
    sg_json_set_int(root, "participant_hours", sg_config_yearly(config, SG_YEARLY_PARTICIPANT_HOURS, year));
    sg_json_set_int(root, "exit_gap_days", sg_config_yearly(config, SG_YEARLY_EXIT_GAP_DAYS, year));
    sg_json_set_int(root, "follow_up_days", config->cohort.follow_up_days);
    for (size_t i = 0; i < all->n; i++)
        sg_json_append(ids, id_json(&all->ids[i]));
    sg_json_set_bool(root, "refused_rows_not_searched", all->has_refused);
    sg_json_set_bool(root, "held_rows_not_searched", all->has_held);
    sg_json_set(root, "ids", ids);
    sg_json_set(root, "rules", rules_json());
    status = sg_json_write(root, out, err);
    sg_json_free(root);
    return status;
}
