/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "command.h"

static sg_import_options import_options = {.cutoff = SG_DAY_NONE};
static int64_t accepted, undone;

static const sg_arg options[] = {
    {"--kind", NULL, SG_ARG_TEXT, "KIND", "enrollment or gain (default: by the header)", &import_options.kind,
     NULL},
    {"--crosswalk", NULL, SG_ARG_TEXT, "FILE", "map columns by this crosswalk", &import_options.crosswalk,
     NULL},
    {"--cutoff", NULL, SG_ARG_DATE, "DATE", "the day up to which the delivery is complete",
     &import_options.cutoff, NULL},
    {"--accept", NULL, SG_ARG_COUNT, "BATCH",
     "take in a held file; its file is in the inbox, or named after the batch", &accepted, NULL},
    {"--undo", NULL, SG_ARG_COUNT, "BATCH",
     "take a batch back, exactly: the newest of its kind; or drop a held one", &undone, NULL},
    SG_NO_MORE_OPTIONS,
};

static sg_status say(const sg_cli *cli, const sg_file_report *files, size_t n, sg_status status, sg_err *err)
{
    sg_str text = {0};

    for (size_t i = 0; i < n; i++)
        for (const sg_file_report *file = &files[i]; file; file = file->also)
            sg_say_file(&text, file);
    status = sg_tell(cli, &text, status, err);
    sg_str_release(&text);
    return status;
}

static sg_status accept_batch(const sg_cli *cli, sg_workspace *w, sg_err *err)
{
    sg_file_report report = {0};
    sg_status status;

    if (cli->n_operands > 1)
        return sg_fail(err, SG_USAGE, "'--accept' takes one file at most");
    if (import_options.kind || import_options.crosswalk || import_options.cutoff != SG_DAY_NONE)
        return sg_fail(err, SG_USAGE,
                       "'--accept' takes the file as it was held; leave the other options out");
    status = sg_batch_accept(w, accepted, cli->n_operands ? cli->operands[0] : NULL, cli->arena, &report,
                             err);
    if (!report.path)
        return status;
    return say(cli, &report, 1, status, err);
}

static void say_undone(sg_str *out, const sg_workspace *w, const sg_batch *batch)
{
    const sg_config *config = sg_workspace_config(w);

    if (batch->accepted || !*batch->reason) { /* what was held has a reason, and is no acceptance */
        sg_str_printf(
            out,
            "UNDONE   batch %lld, '%s': the store is as it was before it came\n"
            "  its file can be imported again; drafts written since still show it: run 'skillgain report'\n",
            (long long)batch->id, batch->file_name);
        return;
    }
    sg_str_printf(
        out,
        "DROPPED  batch %lld, '%s': it was held, and nothing of it was in use; figures stay those of "
        "what is\n",
        (long long)batch->id, batch->file_name);
    if (!config->archive)
        sg_str_printf(out, "  take its file out of '%s', or the next run holds it again\n", config->inbox);
}

static sg_status undo_batch(const sg_cli *cli, sg_workspace *w, sg_err *err)
{
    sg_batch batch;
    sg_str text = {0};
    sg_status status;

    if (cli->n_operands || accepted || import_options.kind || import_options.crosswalk ||
        import_options.cutoff != SG_DAY_NONE)
        return sg_fail(err, SG_USAGE, "'--undo' takes a batch and nothing else");
    status = sg_batch_undo(w, undone, cli->arena, &batch, err);
    if (status != SG_OK)
        return status;
    say_undone(&text, w, &batch);
    status = sg_tell(cli, &text, status, err);
    sg_str_release(&text);
    return status;
}

static sg_status run(const sg_cli *cli, sg_err *err)
{
    SG_CLEANUP(sg_workspace_cleanup) sg_workspace *w = NULL;
    sg_file_report *files = NULL;
    sg_status status;

    if (!accepted && !undone && !cli->n_operands)
        return sg_fail(err, SG_USAGE, "which files? 'skillgain import FILE...'");
    status = sg_workspace_open(cli->folder, SG_STORE_WRITE, &w, err);
    if (status != SG_OK)
        return status;
    if (undone)
        return undo_batch(cli, w, err);
    if (accepted)
        return accept_batch(cli, w, err);
    import_options.jobs = (int)cli->jobs;
    status = sg_batch_import(w, &import_options, cli->operands, cli->n_operands, cli->arena, &files, err);
    return files ? say(cli, files, cli->n_operands, status, err) : status;
}

const sg_command sg_command_import = {
    .name = "import",
    .operands = "[FILE...]",
    .summary = "take exports into the store, each whole or not at all",
    .example = "skillgain import --cutoff 2025-07-15 enrollment.csv gain.csv",
    .options = options,
    .most = 1000,
    .run = run,
};
