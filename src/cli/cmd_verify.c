/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "command.h"
#include "skillgain/batch/verify.h"

static const sg_arg options[] = {SG_NO_MORE_OPTIONS};

static void say_section(sg_str *out, const sg_verify_section *s)
{
    sg_str_printf(out, "%-8s %7zu %7zu %7zu  ", s->section, s->n_entries, s->n_agree, s->n_values);
    if (s->n_unclaimed == s->n_entries)
        sg_str_add(out, "not computed\n");
    else if (isinf(s->largest))
        sg_str_add(out, "not exact\n");
    else
        sg_str_printf(out, "%.3g\n", s->largest);
}

static void say_report(sg_str *out, const sg_verify_report *report)
{
    sg_str_add(out, "section  entries   agree  values  largest deviation, in tolerances\n");
    for (size_t i = 0; i < report->n_sections; i++)
        say_section(out, &report->sections[i]);
    for (size_t i = 0; i < report->n_findings; i++) {
        const sg_verify_finding *f = &report->findings[i];
        sg_str_printf(out, "%s %s (%s): %s\n", f->is_corrected ? "corrected" : "disagrees", f->id, f->method,
                      f->message);
    }
    sg_str_printf(out, "%zu of %zu entries agree, %zu values compared\n", report->n_agree, report->n_entries,
                  report->n_values);
}

static sg_status run(const sg_cli *cli, sg_err *err)
{
    sg_verify_report report = {0};
    sg_str text = {0};
    sg_status status = sg_verify(cli->n_operands > 0 ? cli->operands[0] : NULL, cli->arena, &report, err);

    if (status != SG_OK)
        return status;
    say_report(&text, &report);
    if (report.n_agree < report.n_entries)
        status = sg_fail(err, SG_FAILED, "%zu of %zu reference values' entries disagree",
                         report.n_entries - report.n_agree, report.n_entries);
    status = sg_tell(cli, &text, status, err);
    sg_str_release(&text);
    return status;
}

const sg_command sg_command_verify = {
    .name = "verify",
    .operands = "[DIR]",
    .summary = "compute reference values anew: does this installation compute what it says?",
    .example = "skillgain verify",
    .options = options,
    .least = 0,
    .most = 1,
    .run = run,
};
