/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "facts.h"

/* The workspace's own value, once for all years. */
static sg_rule_facts own_fact(sg_yearly_rule rule, sg_arena *arena)
{
    return (sg_rule_facts){
        .rule = rule,
        .source = sg_arena_printf(arena, "the workspace's key cohort.%s", sg_yearly_id(rule)),
        .sure = ""};
}

static bool is_of_the_run(const sg_facts *facts, const sg_yearly_line *line)
{
    for (size_t i = 0; i < facts->n_years; i++)
        if (sg_yearly_holds(line, facts->years[i].program_year))
            return true;
    return false;
}

static sg_status add(sg_results *results, sg_rule_facts fact, unsigned value, sg_err *err)
{
    sg_str text = {0};

    sg_yearly_print(fact.rule, value, &text);
    fact.source = fact.source ? sg_arena_strdup(results->arena, fact.source) : NULL;
    fact.sure = sg_arena_strdup(results->arena, fact.sure);
    fact.value = text.failed ? NULL : sg_arena_strdup(results->arena, sg_str_text(&text));
    sg_str_release(&text);
    if (!fact.value || !fact.source || !fact.sure)
        return sg_no_memory(err);
    results->facts.rules[results->facts.n_rules++] = fact;
    return SG_OK;
}

/* Of one rule. */
static sg_status add_rule(const sg_config *config, sg_yearly_rule rule, sg_results *results, sg_err *err)
{
    const sg_yearly_rules *rules = config->rules ? config->rules : &sg_yearly_shipped;
    sg_status status = SG_OK;

    if (sg_config_is_own(config, rule))
        return add(results, own_fact(rule, results->arena), (unsigned)sg_config_yearly(config, rule, 0), err);
    for (size_t i = 0; status == SG_OK && i < rules->n; i++) {
        const sg_yearly_line *line = &rules->lines[i];

        if (line->rule == rule && is_of_the_run(&results->facts, line))
            status = add(results,
                         (sg_rule_facts){.rule = rule,
                                         .first = line->first,
                                         .last = line->last,
                                         .source = line->source,
                                         .sure = line->sure},
                         line->value, err);
    }
    return status;
}

sg_status sg_rule_facts_make(const sg_config *config, sg_results *results, sg_err *err)
{
    const sg_yearly_rules *rules = config->rules ? config->rules : &sg_yearly_shipped;
    sg_facts *facts = &results->facts;
    int year = facts->headline_year ? facts->headline_year : sg_program_year(facts->as_of);
    sg_status status = SG_OK;

    facts->participant_hours = sg_config_yearly(config, SG_YEARLY_PARTICIPANT_HOURS, year);
    facts->exit_gap_days = sg_config_yearly(config, SG_YEARLY_EXIT_GAP_DAYS, year);
    facts->rules = sg_arena_alloc(results->arena, rules->n + SG_N_YEARLY, sizeof *facts->rules);
    if (!facts->rules)
        return sg_no_memory(err);
    for (int rule = 0; status == SG_OK && rule < SG_N_YEARLY; rule++)
        status = add_rule(config, (sg_yearly_rule)rule, results, err);
    return status;
}
