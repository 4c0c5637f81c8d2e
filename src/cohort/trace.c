/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "trace.h"

#include <stdlib.h>
#include <string.h>

#include "change.h"
#include "iet.h"
#include "placement.h"

const sg_counting_rule *sg_counting_rule_of(sg_counting rule)
{
    static const sg_counting_rule rules[SG_N_COUNTING] = {
#define RULE(name, id, text, source) {id, text, source},
        SG_COUNTING_LIST(RULE)
#undef RULE
    };
    return &rules[rule];
}

static const struct {
    const char *id, *text;
    sg_counting rule;
} fates[SG_N_FATES] = {
#define FATE(name, id, rule, text) {id, text, SG_COUNTING_##rule},
    SG_FATE_LIST(FATE)
#undef FATE
};

const char *sg_fate_id(sg_fate fate)
{
    return fates[fate].id;
}

const char *sg_fate_text(sg_fate fate)
{
    return fates[fate].text;
}

sg_counting sg_fate_rule(sg_fate fate)
{
    return fates[fate].rule;
}

/* ---- periods ---- */

/* That the rows are of one PoP in spite of such a gap is the planned service's doing. */
static void find_bridge(const sg_pop *pop, const sg_config *config, sg_explained_pop *out)
{
    sg_day last = pop->rows[0].last;
    out->bridged_from = out->bridged_to = SG_DAY_NONE;
    for (size_t i = 1; i < pop->n_rows; i++) {
        const sg_counted_row *row = &pop->rows[i];
        int64_t gap = (int64_t)row->first - last;
        bool is_wider = out->bridged_from == SG_DAY_NONE || gap > out->bridged_to - out->bridged_from;
        if (gap > sg_exit_gap(config, last) && is_wider) {
            out->bridged_from = last;
            out->bridged_to = row->first;
        }
        last = row->last > last ? row->last : last;
    }
}

static sg_explained_pop explain_pop(const sg_trace *trace, const sg_pop *pop)
{
    int64_t reason = sg_pop_exit_reason(pop);
    sg_explained_pop out = {.first = pop->first,
                            .last = pop->last,
                            .participant_day = pop->participant_day,
                            .opens_iet_types = pop->opens_iet_types,
                            .exit_reason = reason > 0 ? sg_code_text(&sg_codes_exit_reason, reason) : NULL};
    for (size_t i = 0; i < pop->n_rows; i++) {
        out.hours += pop->rows[i].hours;
        out.hours_as_given = out.hours_as_given || pop->rows[i].hours_as_given;
    }
    out.exit_known_on = sg_pop_exit_known_on(pop, trace->config);
    out.has_ended = sg_pop_has_ended(pop, trace->config, trace->as_of);
    find_bridge(pop, trace->config, &out);
    return out;
}

/* ---- units ---- */

typedef struct {
    const sg_trace *trace;
    const sg_participation *p;
    sg_explained_unit *units;
    size_t n, capacity;
    sg_str text;
} gathering;

static const char *keep_text(gathering *g)
{
    const char *kept = g->text.failed ? NULL : sg_arena_strdup(g->trace->arena, sg_str_text(&g->text));
    sg_str_reset(&g->text);
    return kept;
}

/* Those that need tests are left out where none were delivered, as in the results. */
static const char *list_outcomes(gathering *g, const sg_judged_unit *judged)
{
    bool has_tests = judged->unit->year.sources->tests_up_to != SG_DAY_NONE;
    for (int i = 0; i < SG_N_SHARE_OUTCOMES; i++) {
        sg_outcome outcome = (sg_outcome)i;
        if (sg_outcome_is_yes(judged->outcomes.bits, outcome) &&
            (has_tests || sg_outcome_kind(outcome) != SG_KIND_TEST))
            sg_str_printf(&g->text, "%s%s", g->text.length > 0 ? ", " : "", sg_outcome_text(outcome));
    }
    return keep_text(g);
}

static void add_level(sg_str *out, const sg_dimension *dimension, size_t level)
{
    sg_str_printf(out, "%s%s=%s", out->length > 0 ? ", " : "", dimension->name,
                  dimension->levels[level].name);
}

static const char *list_levels(gathering *g, const uint8_t *levels)
{
    for (size_t d = 0; d < g->trace->n_dimensions; d++) {
        const sg_dimension *dimension = &g->trace->dimensions[d];
        for (size_t l = 0; l < dimension->n_levels; l++)
            if (sg_dimension_holds(dimension, levels[d], l))
                add_level(&g->text, dimension, l);
    }
    return keep_text(g);
}

static sg_status find_entering(const sg_trace *trace, const sg_cohort_unit *unit, sg_explained_unit *out,
                               sg_err *err)
{
    const sg_pop *pop = unit->year.pop;
    out->entering_row = out->entering_test = SG_DAY_NONE;
    for (size_t d = 0; d < trace->n_dimensions; d++) {
        if (!sg_text_equal(trace->dimensions[d].name, "entering_level"))
            continue;
        uint8_t level = 0;
        size_t row = 0;
        sg_status status = sg_levels_from(sg_cohort_builder_levels(trace->builder), d, pop,
                                          unit->view.time_zero, &level, &row, err);
        if (status != SG_OK)
            return status;
        out->entering_level = sg_dimension_find("entering_level")->levels[level].name;
        if (row < pop->n_rows)
            out->entering_row = sg_stored_row_day(pop->rows[row].row, SG_ENROLLMENT_START_DATE);
        else
            (void)sg_pop_placement(pop, unit->view.time_zero, &out->entering_test);
    }
    return SG_OK;
}

static sg_status copy_program(const sg_trace *trace, sg_iet_evidence *evidence, sg_err *err)
{
    if (evidence->program == NULL)
        return SG_OK;
    evidence->program = sg_arena_strdup(trace->arena, evidence->program);
    return evidence->program != NULL ? SG_OK : sg_no_memory(err);
}

static sg_explained_unit unit_of(const gathering *g, const sg_judged_unit *judged)
{
    const sg_cohort_unit *unit = judged->unit;
    const sg_year_view *view = &unit->view;
    const sg_pop *pop = unit->year.pop;
    bool has_term = unit->design == SG_DESIGN_TERM;
    return (sg_explained_unit){
        .design = unit->design,
        .program_year = unit->year.program_year,
        .term = has_term ? g->trace->config->cohort.terms[unit->term] : SG_DAY_NONE,
        .college = sg_trace_college(g->trace, pop->rows[0].row->college),
        .state = judged->state,
        .college_stopped = judged->college_stopped,
        .college_last_day = judged->college_last_day,
        .grade = view->grade,
        .arm = view->arm,
        .evidence = sg_iet_evidence_in(pop, unit->year.sources->programs, view->grade_first,
                                       view->scope_last),
        .evidence_first = view->grade_first,
        .evidence_last = view->scope_last,
        .time_zero = view->time_zero,
        .window_first = view->window_first,
        .window_last = view->window_last,
        .gain_days = judged->outcomes.gain_days,
        .credential_days = judged->outcomes.credential_days,
        .reach = judged->reach,
    };
}

/* Of whom the results follow changes: the comparison arm where units are followed from a day on. */
static void find_changes(const sg_cohort_unit *unit, sg_explained_unit *out)
{
    bool follows = out->design != SG_DESIGN_NAIVE && out->state == SG_COHORT_IN &&
                   out->arm == SG_ARM_IS_COMPARISON;
    sg_arm_changes changes = {{SG_NO_CHANGE, SG_NO_CHANGE, SG_NO_CHANGE}};
    if (follows)
        changes = sg_arm_changes_of(unit);
    for (int to = 0; to < SG_N_CHANGED_ARMS; to++)
        out->changed[to] = changes.days[to] == SG_NO_CHANGE ? SG_DAY_NONE
                                                            : unit->view.time_zero + changes.days[to];
}

static sg_status gather_unit(void *context, const sg_judged_unit *judged, sg_err *err)
{
    gathering *g = context;
    if (!sg_grow(&g->units, &g->capacity, g->n + 1, sizeof *g->units))
        return sg_no_memory(err);
    sg_explained_unit *out = &g->units[g->n];
    *out = unit_of(g, judged);
    out->pop = judged->pop + 1;
    find_changes(judged->unit, out);
    out->outcomes = list_outcomes(g, judged);
    out->levels = list_levels(g, judged->levels);
    if (out->college == NULL || out->outcomes == NULL || out->levels == NULL)
        return sg_no_memory(err);
    g->n++;
    sg_status status = copy_program(g->trace, &out->evidence, err);
    return status == SG_OK ? find_entering(g->trace, judged->unit, out, err) : status;
}

/* ---- the learner ---- */

static sg_status copy_facts(gathering *g, const sg_stored_learner *learner, sg_explained_learner *out,
                            sg_err *err)
{
    size_t n_rows = learner->n_enrollments + learner->n_services + learner->n_gains + learner->n_tests +
                    learner->n_outcomes;
    sg_arena *arena = g->trace->arena;
    sg_explained_row *rows = sg_arena_alloc(arena, n_rows + 1, sizeof *rows);
    sg_explained_pop *pops = sg_arena_alloc(arena, g->p->n_pops + 1, sizeof *pops);
    sg_explained_unit *units = sg_arena_alloc(arena, g->n + 1, sizeof *units);
    if (rows == NULL || pops == NULL || units == NULL)
        return sg_no_memory(err);
    for (size_t i = 0; i < g->p->n_pops; i++)
        pops[i] = explain_pop(g->trace, &g->p->pops[i]);
    if (g->n > 0)
        memcpy(units, g->units, g->n * sizeof *units);
    *out = (sg_explained_learner){.rows = rows,
                                  .n_rows = n_rows,
                                  .pops = pops,
                                  .n_pops = g->p->n_pops,
                                  .units = units,
                                  .n_units = g->n};
    return sg_trace_rows(g->trace, learner, g->p, rows, err);
}

sg_status sg_trace_learner(const sg_trace *trace, const sg_stored_learner *learner, sg_explained_learner *out,
                           sg_err *err)
{
    gathering g = {.trace = trace};
    sg_status status = sg_cohort_builder_judge(trace->builder, learner, gather_unit, &g, &g.p, err);
    if (status == SG_OK)
        status = copy_facts(&g, learner, out, err);
    sg_str_release(&g.text);
    free(g.units);
    return status;
}
