/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "command.h"

static sg_arg_texts exports;

static const sg_arg options[] = {
    {"--from", NULL, SG_ARG_TEXTS, "FILE",
     "guess a crosswalk from this export (may be given again; in a workspace that exists, too)", &exports,
     NULL},
    SG_NO_MORE_OPTIONS,
};

static void say_workspace(sg_str *out, const char *folder)
{
    sg_str_printf(out, "new workspace in '%s'\n", folder);
    sg_str_add(
        out,
        "  skillgain.yaml  set the agency's name and contact, the colleges and the rest\n"
        "  crosswalks/     one YAML file an export layout that is not one of the shipped ones\n"
        "  inbox/          put the exports here and run 'skillgain run'\n"
        "  key             makes learners' pseudonyms: keep it secret and in your backups; without it the\n"
        "                  history of every learner is lost\n");
}

static void say_guess(sg_str *out, const char *folder, const sg_guess_report *report)
{
    const sg_guess *guess = &report->guess;

    sg_str_printf(out, "GUESSED  %s: %s; %zu of %zu columns, by its %s", report->export_path,
                  sg_kind_text(guess->kind), guess->n_taken, guess->n_columns, guess->whole ? "" : "first ");
    sg_str_add_count(out, guess->n_rows);
    sg_str_printf(out, " rows\n  written: %s\n", report->written);
    if (guess->n_warnings)
        sg_str_add(out, "  look at:\n");
    for (size_t i = 0; i < guess->n_warnings; i++)
        sg_str_printf(out, "    %s\n", guess->warnings[i]);
    if (guess->n_lacking)
        sg_str_printf(out, "  next: put in what is lacking, then skillgain -C %s check %s\n", folder,
                      report->export_path);
    else
        sg_str_printf(out, "  next: read it, then skillgain -C %s check %s\n", folder, report->export_path);
}

static void say_report(sg_str *out, const char *folder, const sg_guess_report *report)
{
    if (report->status == SG_REFUSED)
        sg_str_printf(out, "REFUSED  %s: %s\n", report->export_path, report->message);
    else if (report->status != SG_OK)
        sg_str_printf(out, "FAILED   %s: %s\n", report->export_path, report->message);
    else if (report->guess.fits)
        sg_str_printf(
            out, "FITS     %s: crosswalk '%s' reads it, with every column that is known; none was written\n",
            report->export_path, report->guess.fits);
    else
        say_guess(out, folder, report);
}

/* What can't be written for one export does not keep the others from theirs. */
static sg_status guess_crosswalks(const sg_cli *cli, const char *folder, sg_str *text, sg_err *err)
{
    sg_guess_report *reports = NULL;
    sg_status status = sg_workspace_guess(folder, exports.texts, exports.n, cli->arena, &reports, err);

    for (size_t i = 0; reports && i < exports.n; i++)
        say_report(text, folder, &reports[i]);
    return status;
}

static sg_status run(const sg_cli *cli, sg_err *err)
{
    const char *folder = cli->n_operands ? cli->operands[0] : cli->folder;
    const char *config = sg_path_join(cli->arena, folder, "skillgain.yaml");
    bool is_there = exports.n && config && sg_path_exists(config);
    sg_str text = {0};
    sg_status status = is_there ? SG_OK : sg_workspace_create(folder, err);

    if (!config)
        return sg_no_memory(err);
    if (status != SG_OK)
        return status;
    if (!is_there)
        say_workspace(&text, folder);
    if (exports.n)
        status = guess_crosswalks(cli, folder, &text, err);
    status = sg_tell(cli, &text, status, err);
    sg_str_release(&text);
    return status;
}

const sg_command sg_command_init = {
    .name = "init",
    .operands = "[DIR]",
    .summary = "make a new workspace: skillgain.yaml, inbox, crosswalks, the key",
    .example = "skillgain init college-data --from enrollment.csv --from gain.csv",
    .options = options,
    .most = 1,
    .run = run,
};
