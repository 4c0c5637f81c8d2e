/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drafting.h"
#include "skillgain/report.h"

static bool dry_run;

static const sg_arg options[] = {
    {"--dry-run", NULL, SG_ARG_FLAG, NULL, "say what would happen and write nothing", &dry_run, NULL},
    SG_NO_MORE_OPTIONS,
};

static void say_dry_file(sg_str *out, const sg_file_report *file)
{
    if (file->known)
        sg_str_printf(out, "known    %s\n", file->path);
    else if (file->status != SG_OK)
        sg_str_printf(out, "%s %s: %s\n", file->status == SG_HELD ? "hold    " : "refuse  ", file->path,
                      file->message);
    else {
        sg_str_printf(out, "import   %s as %s: ", file->path, sg_kind_text(file->batch.kind));
        sg_say_counts(out, &file->batch.counts);
        sg_str_add_char(out, '\n');
    }
}

/* Why there is none, and what `report` would make one of. */
static void say_no_draft(sg_str *out, const sg_night_report *night, bool has_latest)
{
    sg_str_printf(out, "no draft was written%s\n",
                  has_latest ? "; the latest one stays as it is" : ", and there is none yet");
    if (night->may_report)
        sg_str_printf(out, "  'skillgain report' makes one with a banner, of %s\n", night->in_use);
}

static void say_night(sg_str *out, const sg_night_report *night, bool has_latest)
{
    for (size_t i = 0; i < night->n_files; i++)
        for (const sg_file_report *file = &night->files[i]; file; file = file->also)
            if (dry_run)
                say_dry_file(out, file);
            else
                sg_say_file(out, file);
    if (night->n_files == 0)
        sg_str_add(out, "nothing new in the inbox\n");
    for (size_t i = 0; i < night->n_waiting; i++)
        sg_str_printf(out, "HELD     %s\n  %s\n", night->waiting[i].what, night->waiting[i].way);
    for (size_t i = 0; i < night->n_missing; i++)
        sg_str_printf(out, "MISSING  %s\n", night->missing[i]);
    if (night->reported)
        sg_say_draft(out, &night->draft);
    else if (!dry_run)
        say_no_draft(out, night, has_latest);
}

static sg_status run(const sg_cli *cli, sg_err *err)
{
    SG_CLEANUP(sg_workspace_cleanup) sg_workspace *w = NULL;
    sg_draft_options draft = {
        .pages = SG_REPORT_ALL, .formats = SG_FORMAT_ALL, .as_of = SG_DAY_NONE, .jobs = (int)cli->jobs};
    sg_night_report night = {0};
    sg_str text = {0};
    sg_status status = sg_workspace_open(cli->folder, dry_run ? SG_STORE_READ : SG_STORE_WRITE, &w, err);

    if (status != SG_OK)
        return status;
    status = sg_batch_run(w, &draft, dry_run, cli->arena, &night, err);
    if (night.files) {
        say_night(&text, &night, sg_path_exists(sg_workspace_latest(w)));
        status = sg_tell(cli, &text, status, err);
    }
    sg_str_release(&text);
    return status;
}

const sg_command sg_command_run = {
    .name = "run",
    .summary = "the nightly batch: import what is new in the inbox, then write a draft",
    .example = "skillgain -C college-data run",
    .options = options,
    .run = run,
};
