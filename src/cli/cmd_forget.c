/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "command.h"
#include "ids.h"

static const sg_arg options[] = {SG_NO_MORE_OPTIONS};

static void say(sg_str *text, const sg_forget_report *report)
{
    sg_str_printf(
        text, "forgotten: %lld of %lld ids had rows; %lld rows were taken out, past versions among them\n",
        (long long)report->known, (long long)report->asked, (long long)report->rows);
    sg_str_add(text, "  later deliveries can't bring them back: their rows are dropped and counted (R403)\n");
    if (report->kept)
        sg_str_printf(text,
                      "  %lld kept lines with refused rows are gone too, all that there were: whose they "
                      "are can't be told\n",
                      (long long)report->kept);
    if (report->archived)
        sg_str_printf(text,
                      "  the archive has %lld delivered files as they came: delete those that name the "
                      "learner, and see to the "
                      "backups\n",
                      (long long)report->archived);
    sg_str_add(text, "  drafts written before still count the learner: run 'skillgain report'\n");
}

static sg_status run(const sg_cli *cli, sg_err *err)
{
    SG_CLEANUP(sg_workspace_cleanup) sg_workspace *w = NULL;
    char *ids = NULL;
    sg_forget_report report = {0};
    sg_str text = {0};
    sg_status status = sg_workspace_open(cli->folder, SG_STORE_WRITE, &w, err);

    if (status == SG_OK)
        status = sg_ids_read("-", cli->arena, &ids, err);
    if (status == SG_OK && !*ids)
        status = sg_fail(err, SG_USAGE, "no ids came in: give them by standard input, one a line");
    if (status == SG_OK)
        status = sg_batch_forget(w, ids, &report, err);
    if (status != SG_OK)
        return status;
    say(&text, &report);
    status = sg_tell(cli, &text, status, err);
    sg_str_release(&text);
    return status;
}

const sg_command sg_command_forget = {
    .name = "forget",
    .summary = "take learners out of the store without a trace; ids come by standard input, one a line",
    .example = "skillgain forget < ids.txt",
    .options = options,
    .run = run,
};
