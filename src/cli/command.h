/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Commands: one record and one file each. The table in main.c gives dispatch and help.
 */
#ifndef SKILLGAIN_SRC_CLI_COMMAND_H
#define SKILLGAIN_SRC_CLI_COMMAND_H

#include "args.h"
#include "skillgain/batch.h"

/* What every command knows. */
typedef struct {
    const char *folder; /* the workspace, from -C */
    bool quiet, verbose, no_progress, help, version;
    const char *log_format;
    int64_t jobs;
    sg_arena *arena; /* of the whole run */
    char **operands;
    size_t n_operands;
} sg_cli;

#define SG_NO_MORE_OPTIONS                                                                                   \
    {                                                                                                        \
        NULL, NULL, SG_ARG_FLAG, NULL, NULL, NULL, NULL                                                      \
    }

typedef struct {
    const char *name;
    const char *operands; /* in the help: "FILE..." */
    const char *summary;
    const char *example;
    const sg_arg *options; /* ended by a NULL name */
    size_t least, most;    /* operands */
    sg_status (*run)(const sg_cli *cli, sg_err *err);
} sg_command;

extern const sg_command sg_command_init, sg_command_check, sg_command_import, sg_command_report,
    sg_command_run, sg_command_release, sg_command_status, sg_command_quarantine, sg_command_rules,
    sg_command_forget, sg_command_explain, sg_command_compare, sg_command_verify;

/* Results go to standard output; a failed write is an error of the command, but for a reader who has gone. */
sg_status sg_out(const sg_str *text, sg_err *err) SG_MUST_CHECK;

/* What a command did: to standard output, and under --quiet only where something went wrong, to standard error. Returns the worse
 * of status and what became of the writing. */
sg_status sg_tell(const sg_cli *cli, const sg_str *text, sg_status status, sg_err *err) SG_MUST_CHECK;

/* What became of a file, in two lines, and its totals. */
void sg_say_file(sg_str *out, const sg_file_report *file);
/* "12,345 read = 12,300 stored + 40 refused + 5 dropped" */
void sg_say_counts(sg_str *out, const sg_batch_counts *counts);

#endif
