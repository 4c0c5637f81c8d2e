/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drafting.h"
#include "skillgain/report.h"

static sg_draft_options draft = {.pages = SG_REPORT_ALL, .formats = SG_FORMAT_ALL, .as_of = SG_DAY_NONE};

/* in the order of the bits of report.h */
static const char *const page_words[] = {"outcomes", "equity", "brief", "quality", "nrs", "programs", NULL};
static const char *const format_words[] = {"html", "md", "csv", "json", "xlsx", NULL};

static const sg_arg options[] = {
    {"--output", NULL, SG_ARG_TEXT, "DIR", "write the draft there: a new or empty folder", &draft.output,
     NULL},
    {"--program-year", NULL, SG_ARG_YEAR, "Y|all",
     "one program year, named by its first (default: all closed ones)", &draft.program_year, NULL},
    {"--college", NULL, SG_ARG_TEXT, "C", "one college by its code (default: the state)", &draft.college,
     NULL},
    {"--only", NULL, SG_ARG_WORDS, "LIST", "of outcomes,equity,brief,quality,nrs,programs", &draft.pages,
     page_words},
    {"--format", NULL, SG_ARG_WORDS, "LIST", "of html,md,csv,json,xlsx", &draft.formats, format_words},
    {"--as-of", NULL, SG_ARG_DATE, "DATE", "nothing after this day is known (default: the earliest cut-off)",
     &draft.as_of, NULL},
    {"--as-of-batch", NULL, SG_ARG_COUNT, "N", "the store as batch N left it: a past night, rebuilt",
     &draft.as_of_batch, NULL},
    SG_NO_MORE_OPTIONS,
};

void sg_say_draft(sg_str *out, const sg_output_report *report)
{
    static const char *const files[][2] = {
        {"brief", "brief.html"}, {"brief", "brief.md"}, {"workbook", "workbook.xlsx"}};

    sg_str_printf(out, "draft %s%s\n", report->folder, report->unchanged ? " (as it was)" : "");
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        sg_str path = {0};

        sg_str_printf(&path, "%s/%s", report->folder, files[i][1]);
        if (sg_path_exists(sg_str_text(&path)))
            sg_str_printf(out, "  %s: %s\n", files[i][0], sg_str_text(&path));
        sg_str_release(&path);
    }
    if (*report->banner)
        sg_str_printf(out, "  marked with a banner: %s\n", report->banner);
    if (*report->banner && report->in_use)
        sg_str_printf(out, "  made from: %s\n", report->in_use);
}

static sg_status run(const sg_cli *cli, sg_err *err)
{
    SG_CLEANUP(sg_workspace_cleanup) sg_workspace *w = NULL;
    sg_output_report report = {0};
    sg_str text = {0};
    sg_status status = sg_workspace_open(cli->folder, SG_STORE_WRITE, &w, err);

    draft.jobs = (int)cli->jobs;
    if (status == SG_OK)
        status = sg_batch_report(w, &draft, cli->arena, &report, err);
    if (status != SG_OK)
        return status;
    sg_say_draft(&text, &report);
    status = sg_tell(cli, &text, status, err);
    sg_str_release(&text);
    return status;
}

const sg_command sg_command_report = {
    .name = "report",
    .summary = "analyse the store and write a draft",
    .example = "skillgain report --program-year 2024 --only brief",
    .options = options,
    .run = run,
};
