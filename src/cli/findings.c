/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "findings.h"

#include <string.h>

void sg_findings_csv_header(sg_str *out)
{
    sg_str_add(out, "batch,file,line,rule,severity,effect,field,column,text,detail,fix\n");
}

void sg_findings_csv_row(sg_str *out, const sg_listed_finding *finding)
{
    const sg_rule *rule = sg_rule_find(finding->rule);
    const char *const texts[] = {finding->rule,
                                 rule ? sg_severity_text(rule->severity) : "",
                                 rule ? sg_effect_text(rule->effect) : "",
                                 finding->field,
                                 finding->column,
                                 rule ? rule->text : "",
                                 finding->detail ? finding->detail : "",
                                 rule ? rule->fix : ""};

    if (finding->batch)
        sg_str_printf(out, "%lld", (long long)finding->batch);
    sg_str_add_char(out, ',');
    sg_str_add_csv(out, finding->file_name);
    sg_str_printf(out, ",%lld", (long long)finding->line);
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        sg_str_add_char(out, ',');
        sg_str_add_csv(out, texts[i]);
    }
    sg_str_add_char(out, '\n');
}

void sg_findings_text_row(sg_str *out, const sg_listed_finding *finding)
{
    const sg_rule *rule = sg_rule_find(finding->rule);

    sg_str_add(out, finding->file_name);
    if (finding->line)
        sg_str_printf(out, ":%lld", (long long)finding->line);
    sg_str_printf(out, ": %s %s", rule ? sg_severity_text(rule->severity) : "", finding->rule);
    if (*finding->column)
        sg_str_printf(out, " column '%s'", finding->column);
    if (rule)
        sg_str_printf(out, ": %s", rule->text);
    if (finding->detail && *finding->detail)
        sg_str_printf(out, " (%s)", finding->detail);
    if (rule)
        sg_str_printf(out, "; %s", rule->fix);
    sg_str_add_char(out, '\n');
}
