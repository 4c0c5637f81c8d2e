/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Arguments as data: a command's options are a table from which parsing, checks and help all come.
 */
#ifndef SKILLGAIN_SRC_CLI_ARGS_H
#define SKILLGAIN_SRC_CLI_ARGS_H

#include "skillgain/base.h"

typedef enum {
    SG_ARG_FLAG,  /* bool */
    SG_ARG_TEXT,  /* const char * */
    SG_ARG_TEXTS, /* sg_arg_texts: given once or more */
    SG_ARG_COUNT, /* int64_t, 1 or more */
    SG_ARG_DATE,  /* sg_day: YYYY-MM-DD */
    SG_ARG_YEAR,  /* int: a program year, or "all" = 0 */
    SG_ARG_WORDS  /* unsigned: bits of a comma-separated list of `words` */
} sg_arg_type;

enum { SG_ARG_MOST_TEXTS = 32 };
typedef struct {
    const char *texts[SG_ARG_MOST_TEXTS];
    size_t n;
} sg_arg_texts;

typedef struct {
    const char *name;  /* "--as-of" */
    const char *alias; /* "-q", or NULL */
    sg_arg_type type;
    const char *value; /* in the help: "DATE"; NULL for a flag */
    const char *help;
    void *out;
    const char *const *words; /* SG_ARG_WORDS: bit i is words[i]; NULL ends */
} sg_arg;

/* Sets what argv[first..argc) says and moves what is no option to operands (argv order; "--" ends options). The tables of n_tables are
 * looked through in turn, each ended by a NULL name. *out_n_operands counts them. */
sg_status sg_args_parse(int argc, char **argv, int first, const sg_arg *const *tables, size_t n_tables,
                        char **operands, size_t *out_n_operands, sg_err *err) SG_MUST_CHECK;

/* The options of a table, a line each. */
void sg_args_help(sg_str *out, const sg_arg *table);

#endif
