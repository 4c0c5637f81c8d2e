/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "skillgain/store/kept.h"

#include "findings.h"

static bool as_csv, all;
static int64_t batch;
static const char *rows_file;

static const sg_arg options[] = {
    {"--batch", NULL, SG_ARG_COUNT, "N", "of this batch (default: of all)", &batch, NULL},
    {"--all", NULL, SG_ARG_FLAG, NULL, "warnings and notices too, not only refused rows", &all, NULL},
    {"--csv", NULL, SG_ARG_FLAG, NULL, "as CSV", &as_csv, NULL},
    {"--rows", NULL, SG_ARG_TEXT, "FILE",
     "of a batch, into a new file: the rows themselves, if quality.keep_rows is yes", &rows_file, NULL},
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

static sg_status check_batch(sg_store *store, sg_batch *out, sg_err *err)
{
    bool found = false;
    sg_status status = batch && store ? sg_store_get_batch(store, batch, out, &found, err) : SG_OK;

    if (status == SG_OK && batch && !found)
        return sg_fail(err, SG_USAGE, "there is no batch %lld; 'skillgain status' lists them",
                       (long long)batch);
    return status;
}

/* ---- the rows themselves ---- */

/* Always in quotes, byte for byte but for two things: a quote within is doubled, and what a spreadsheet would take for a formula begins
 * with an apostrophe. */
static void add_row(sg_str *out, const char *text, size_t length)
{
    sg_str_add_char(out, '"');
    if (length > 0 && text[0] && strchr("=+-@\t\r\n", text[0]))
        sg_str_add_char(out, '\'');
    for (size_t i = 0; i < length; i++) {
        if (text[i] == '"')
            sg_str_add_char(out, '"');
        sg_str_add_char(out, text[i]);
    }
    sg_str_add(out, "\"\n");
}

static sg_status add_kept(void *context, const sg_kept_row *row, sg_err *err)
{
    listing *l = context;

    (void)err;
    sg_str_printf(&l->out, "%lld,%s,", (long long)row->line, row->rules);
    add_row(&l->out, row->text, row->length);
    l->n += row->n_rows;
    return SG_OK;
}

static sg_status check_options(const sg_config *config, sg_err *err)
{
    if (!batch || as_csv || all)
        return sg_fail(err, SG_USAGE,
                       "'--rows' goes with '--batch' and with nothing else: 'skillgain quarantine --batch N "
                       "--rows FILE'");
    if (!config->quality.keep_rows)
        return sg_fail(err, SG_USAGE,
                       "this workspace keeps no refused rows: set 'quality.keep_rows' to 'yes' in "
                       "skillgain.yaml, and those of later imports are kept");
    return SG_OK;
}

static sg_status fail_none(const sg_batch *of, sg_err *err)
{
    if (of->counts.quarantined == 0)
        return sg_fail(err, SG_USAGE, "batch %lld has no refused rows", (long long)of->id);
    return sg_fail(err, SG_USAGE,
                   "none of the %lld refused rows of batch %lld are kept: they came while "
                   "'quality.keep_rows' was 'no', or went when a learner was forgotten or the file was taken "
                   "in as another batch; 'skillgain import --undo %lld' and an import of its file bring them "
                   "back, where the batch is in use",
                   (long long)of->counts.quarantined, (long long)of->id, (long long)of->id);
}

static void say_written(sg_str *out, const sg_batch *of, int64_t n)
{
    sg_str_printf(out,
                  "%s: %lld of %lld refused rows of batch %lld; they tell of learners: delete it after use\n",
                  rows_file, (long long)n, (long long)of->counts.quarantined, (long long)of->id);
    if (n < of->counts.quarantined)
        sg_str_printf(out,
                      "  of a batch the first %d lines are kept, and at most %d MiB; none of a learner who "
                      "was forgotten\n",
                      SG_MOST_KEPT_LINES, SG_MOST_KEPT_BYTES >> 20);
}

static sg_status write_rows(const sg_cli *cli, sg_store *store, const sg_batch *of, sg_err *err)
{
    listing l = {0};
    sg_str said = {0};
    sg_status status;

    sg_str_add(&l.out, "line,rules,row\n");
    status = sg_store_kept_rows(store, of->id, add_kept, &l, err);
    if (status == SG_OK && l.n == 0)
        status = fail_none(of, err);
    if (status == SG_OK && l.out.failed)
        status = sg_no_memory(err);
    if (status == SG_OK)
        status = sg_file_write_new(rows_file, l.out.text, l.out.length, 0600, err);
    if (status == SG_OK) {
        say_written(&said, of, l.n);
        status = sg_tell(cli, &said, status, err);
    }
    sg_str_release(&l.out);
    sg_str_release(&said);
    return status;
}

/* ---- the command ---- */

static sg_status run(const sg_cli *cli, sg_err *err)
{
    SG_CLEANUP(sg_workspace_cleanup) sg_workspace *w = NULL;
    listing l = {0};
    sg_batch of = {0};
    sg_status status = sg_workspace_open(cli->folder, SG_STORE_READ, &w, err);

    if (status == SG_OK && rows_file)
        status = check_options(sg_workspace_config(w), err);
    if (status == SG_OK)
        status = check_batch(sg_workspace_store(w), &of, err);
    if (status != SG_OK)
        return status;
    if (rows_file)
        return write_rows(cli, sg_workspace_store(w), &of, err);
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
    .summary = "the refused rows: file, line, column, rule and fix; never a value, but with --rows",
    .example = "skillgain quarantine --batch 3 --csv > refused.csv",
    .options = options,
    .run = run,
};
