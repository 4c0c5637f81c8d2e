/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "command.h"

static const sg_arg options[] = {SG_NO_MORE_OPTIONS};

static sg_status run(const sg_cli *cli, sg_err *err)
{
    sg_str text = {0};
    size_t n;
    const sg_rule *rules = sg_rules(&n);
    sg_status status;

    (void)cli;
    for (size_t i = 0; i < n; i++)
        sg_str_printf(&text, "%s  %-7s  %-11s  %s\n      effect: %s\n      fix: %s\n      source: %s\n",
                      rules[i].id, sg_severity_text(rules[i].severity), rules[i].scope, rules[i].text,
                      sg_effect_text(rules[i].effect), rules[i].fix, rules[i].source);
    status = sg_out(&text, err);
    sg_str_release(&text);
    return status;
}

const sg_command sg_command_rules = {
    .name = "rules",
    .summary = "every import rule: id, severity, what is wrong, what happens, how to mend it",
    .example = "skillgain rules",
    .options = options,
    .run = run,
};
