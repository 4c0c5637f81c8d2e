/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "findings.h"

static bool as_csv, all;
static int64_t batch;

static const sg_arg options[] = {
    {"--batch", NULL, SG_ARG_COUNT, "N", "of this batch (default: of all)", &batch, NULL},
    {"--all", NULL, SG_ARG_FLAG, NULL, "warnings and notices too, not only refused rows", &all, NULL},
    {"--csv", NULL, SG_ARG_FLAG, NULL, "as CSV", &as_csv, NULL},
    SG_NO_MORE_OPTIONS,
};

typedef struct {
    sg_str out;
    int64_t n;
} listing;

static sg_status add_finding(void *context, const sg_stored_finding *finding, sg_err *err)
{
    listing *l = context;
    sg_listed_finding listed = {finding->batch, finding->file_name, finding->line,  finding->rule,
                                finding->field, finding->column,    finding->detail};

    (void)err;
    if (as_csv)
        sg_findings_csv_row(&l->out, &listed);
    else
        sg_findings_text_row(&l->out, &listed);
    l->n++;
    return SG_OK;
}

static sg_status check_batch(sg_store *store, sg_err *err)
{
    sg_batch found_batch;
    bool found = false;
    sg_status status = batch && store ? sg_store_get_batch(store, batch, &found_batch, &found, err) : SG_OK;

    if (status == SG_OK && batch && !found)
        return sg_fail(err, SG_USAGE, "there is no batch %lld; 'skillgain status' lists them",
                       (long long)batch);
    return status;
}

static sg_status run(const sg_cli *cli, sg_err *err)
{
    SG_CLEANUP(sg_workspace_cleanup) sg_workspace *w = NULL;
    listing l = {0};
    sg_status status = sg_workspace_open(cli->folder, SG_STORE_READ, &w, err);

    if (status != SG_OK)
        return status;
    status = check_batch(sg_workspace_store(w), err);
    if (status != SG_OK)
        return status;
    if (as_csv)
        sg_findings_csv_header(&l.out);
    if (sg_workspace_store(w))
        status = sg_store_findings(sg_workspace_store(w), batch, !all, add_finding, &l, err);
    if (status == SG_OK && !l.n && !as_csv)
        sg_str_add(&l.out, all ? "no findings\n" : "no refused rows\n");
    if (status == SG_OK)
        status = sg_out(&l.out, err);
    sg_str_release(&l.out);
    return status;
}

const sg_command sg_command_quarantine = {
    .name = "quarantine",
    .summary = "the refused rows: file, line, column, rule and fix; never a value",
    .example = "skillgain quarantine --batch 3 --csv > refused.csv",
    .options = options,
    .run = run,
};
