/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "command.h"
#include "explain_json.h"
#include "explain_text.h"
#include "ids.h"

static const char *from, *format = "text";
static sg_day as_of = SG_DAY_NONE;

static const sg_arg options[] = {
    {"--learner-from", NULL, SG_ARG_TEXT, "F",
     "a file of ids, one a line, as exports have them; '-': standard input", &from, NULL},
    {"--as-of", NULL, SG_ARG_DATE, "DATE", "nothing after this day is known (default: the earliest cut-off)",
     &as_of, NULL},
    {"--format", NULL, SG_ARG_TEXT, "text|json", "form of the answers (default: text)", &format, NULL},
    SG_NO_MORE_OPTIONS,
};

static sg_status run(const sg_cli *cli, sg_err *err)
{
    SG_CLEANUP(sg_workspace_cleanup) sg_workspace *w = NULL;
    sg_id_explanations all = {0};
    sg_str text = {0};
    char *ids = NULL;
    sg_status status;

    if (cli->n_operands)
        return sg_fail(err, SG_USAGE,
                       "'explain' takes no arguments but options: ids would be seen by others, give them by "
                       "'--learner-from F'; results can't be explained by their ids yet");
    if (!from)
        return sg_fail(err, SG_USAGE,
                       "'explain' wants '--learner-from F': a file of learners' ids, one a line, or '-'");
    if (strcmp(format, "text") != 0 && strcmp(format, "json") != 0)
        return sg_fail(err, SG_USAGE, "'--format' is text or json");
    status = sg_workspace_open(cli->folder, SG_STORE_READ, &w, err);
    if (status == SG_OK)
        status = sg_ids_read(from, cli->arena, &ids, err);
    if (status == SG_OK)
        status = sg_batch_explain(w, ids, as_of, cli->arena, &all, err);
    if (status != SG_OK)
        return status;
    if (!strcmp(format, "json"))
        status = sg_explain_json(&text, sg_workspace_config(w), &all, err);
    else
        sg_explain_text(&text, sg_workspace_config(w), &all);
    if (status == SG_OK)
        status = sg_out(&text, err);
    sg_str_release(&text);
    return status;
}

const sg_command sg_command_explain = {
    .name = "explain",
    .summary = "where learners are counted, and why or why not; learners are told by their line in the file",
    .example = "skillgain explain --learner-from ids.txt",
    .options = options,
    .most = SIZE_MAX, /* refused here, where none is repeated */
    .run = run,
};
