/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "command.h"

static bool dry_run;

static const sg_arg options[] = {
    {"--dry-run", NULL, SG_ARG_FLAG, NULL, "protect and audit, write nothing", &dry_run, NULL},
    SG_NO_MORE_OPTIONS,
};

static sg_status run(const sg_cli *cli, sg_err *err)
{
    SG_CLEANUP(sg_workspace_cleanup) sg_workspace *w = NULL;
    sg_edition_report edition = {0};
    sg_str text = {0};
    sg_status status = sg_workspace_open(cli->folder, SG_STORE_WRITE, &w, err);

    if (status == SG_OK)
        status = sg_batch_release(w, dry_run, cli->arena, &edition, err);
    if (status != SG_OK)
        return status;
    sg_str_printf(&text, "%s %s: ", dry_run ? "an edition could be made:" : "edition", edition.name);
    sg_str_add_count(&text, edition.shown);
    sg_str_add(&text, " counts shown, ");
    sg_str_add_count(&text, edition.masked);
    sg_str_add(&text, " hidden, audit passed\n");
    if (!dry_run)
        sg_str_printf(&text, "  %s\n  brief: %s/brief.html\n", edition.output.folder, edition.output.folder);
    status = sg_tell(cli, &text, status, err);
    sg_str_release(&text);
    return status;
}

const sg_command sg_command_release = {
    .name = "release",
    .summary = "make an edition for publication from the newest draft: protect, audit, enter in the ledger",
    .example = "skillgain -C college-data release --dry-run",
    .options = options,
    .run = run,
};
