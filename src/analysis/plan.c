/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "skillgain/analysis.h"
#include "skillgain/version.h"

static void add_int(sg_str *plan, const char *key, int64_t value)
{
    sg_str_printf(plan, "%s=%lld\n", key, (long long)value);
}

static void add_real(sg_str *plan, const char *key, double value)
{
    sg_str_printf(plan, "%s=", key);
    sg_str_add_exact(plan, value);
    sg_str_add_char(plan, '\n');
}

static void add_names(sg_str *plan, const char *key, const char *const *names, size_t n)
{
    sg_str_printf(plan, "%s=", key);
    for (size_t i = 0; i < n; i++)
        sg_str_printf(plan, "%s%s", i ? "," : "", names[i]);
    sg_str_add_char(plan, '\n');
}

/* Of the rules that change with the program year each line; the workspace's own value of one stands before them. */
static void add_rules(sg_str *plan, const sg_config *config)
{
    const sg_yearly_rules *rules = config->rules ? config->rules : &sg_yearly_shipped;

    for (size_t i = 0; i < rules->n; i++)
        sg_str_printf(plan, "rule.%s.%d.%d=%u\n", sg_yearly_id(rules->lines[i].rule), rules->lines[i].first,
                      rules->lines[i].last, rules->lines[i].value);
}

static void add_keys(sg_str *plan, const sg_config *config)
{
    add_int(plan, "cohort.participant_hours", config->cohort.participant_hours);
    add_int(plan, "cohort.exit_gap_days", config->cohort.exit_gap_days);
    add_int(plan, "cohort.iet", config->cohort.iet);
    for (size_t i = 0; i < config->cohort.n_terms; i++)
        add_int(plan, "cohort.terms", config->cohort.terms[i]);
    add_int(plan, "cohort.entry_days", config->cohort.entry_days);
    add_int(plan, "cohort.landmark_days", config->cohort.landmark_days);
    add_int(plan, "cohort.follow_up_days", config->cohort.follow_up_days);
    add_int(plan, "cohort.gain_grace_days", config->cohort.gain_grace_days);
    add_names(plan, "analysis.outcomes", config->analysis.outcomes, config->analysis.n_outcomes);
    add_int(plan, "analysis.common_types", config->analysis.common_types);
    add_names(plan, "analysis.dimensions", config->analysis.dimensions, config->analysis.n_dimensions);
    for (size_t i = 0; i < config->analysis.n_references; i++)
        sg_str_printf(plan, "analysis.reference.%s=%s\n", config->analysis.references[i].dimension,
                      config->analysis.references[i].reference);
    add_real(plan, "analysis.equivalence_margin", config->analysis.equivalence_margin);
    add_real(plan, "analysis.confidence", config->analysis.confidence);
    add_int(plan, "disclosure.minimum_cell", config->disclosure.minimum_cell);
    add_int(plan, "disclosure.minimum_outcome", config->disclosure.minimum_outcome);
    add_int(plan, "disclosure.minimum_interval", config->disclosure.minimum_interval);
}

sg_status sg_plan_digest(const sg_config *config, char out[SG_SHA256_TEXT], sg_err *err)
{
    sg_str plan = {0};
    bool whole;

    sg_str_printf(&plan, "version=%s\nrules=%d\n", SG_VERSION, sg_rule_set_version());
    add_rules(&plan, config);
    add_keys(&plan, config);
    whole = !plan.failed;
    if (whole)
        sg_sha256_of(plan.text, plan.length, out);
    sg_str_release(&plan);
    return whole ? SG_OK : sg_no_memory(err);
}
