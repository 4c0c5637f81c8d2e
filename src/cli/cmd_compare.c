/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "command.h"
#include "compare_text.h"
#include "skillgain/ingest/frame.h"

static const char *groups, *covariates, *strata, *methods, *estimand = "att", *caliper, *table,
                                                           *format = "text", *confidence;
static int64_t ratio = 1, seed = 20240701, replicates = 1999;
static sg_compare_request request = {.caliper = 0.2, .caliper_in_sd = true, .confidence = 0.95};

static const sg_arg options[] = {
    {"--arm", NULL, SG_ARG_TEXT, "COL", "1, yes or iet: an IET learner; or a condition: 'COL=LEVEL', 'COL>2'",
     &request.arm, NULL},
    {"--outcome", NULL, SG_ARG_TEXT, "COL", "1 or 0, a condition as above, or an amount", &request.outcome,
     NULL},
    {"--group", NULL, SG_ARG_TEXT, "COL,...", "also by level of these", &groups, NULL},
    {"--covariates", NULL, SG_ARG_TEXT, "COL,...",
     "to account for; 'factor(COL)': numbers as categories; the cluster's column: effects of the clusters",
     &covariates, NULL},
    {"--cluster", NULL, SG_ARG_TEXT, "COL", "learners of one cluster (college) are not independent",
     &request.cluster, NULL},
    {"--strata", NULL, SG_ARG_TEXT, "COL,...", "like with like within these; exact in matching", &strata,
     NULL},
    {"--time", NULL, SG_ARG_TEXT, "COL", "time to the outcome, or of follow-up without it", &request.time,
     NULL},
    {"--methods", NULL, SG_ARG_TEXT, "LIST|all|list", "by name (default: those that lead); 'list' tells them",
     &methods, NULL},
    {"--estimand", NULL, SG_ARG_TEXT, "att|ate|ato", "for whom: IET learners (default), all, the overlap",
     &estimand, NULL},
    {"--caliper", NULL, SG_ARG_TEXT, "none|X|Xsd",
     "of matching: on the logit of the score, or in its standard deviations (default 0.2sd)", &caliper, NULL},
    {"--ratio", NULL, SG_ARG_COUNT, "K", "of match_k, which needs 2 or more: controls for each IET learner",
     &ratio, NULL},
    {"--confidence", NULL, SG_ARG_TEXT, "C", "of the intervals (default 0.95)", &confidence, NULL},
    {"--seed", NULL, SG_ARG_COUNT, "N", "of resampling", &seed, NULL},
    {"--replicates", NULL, SG_ARG_COUNT, "N", "of resampling (default 1999)", &replicates, NULL},
    {"--table", NULL, SG_ARG_TEXT, "X1,N1,X0,N0", "no file: X1 of N1 in IET, X0 of N0 in the comparison",
     &table, NULL},
    {"--format", NULL, SG_ARG_TEXT, "text|csv|json", "csv and json with 17 digits", &format, NULL},
    SG_NO_MORE_OPTIONS,
};

/* ---- options ---- */

/* "a,b,c"; NULL: none. */
static sg_status split_list(const sg_cli *cli, const char *option, const char *text, sg_compare_names *out,
                            sg_err *err)
{
    const char **names = sg_arena_alloc(cli->arena, text ? strlen(text) + 1 : 1, sizeof *names);

    if (!names)
        return sg_no_memory(err);
    *out = (sg_compare_names){names, 0};
    while (text) {
        size_t length = strcspn(text, ",");

        names[out->n] = sg_arena_strndup(cli->arena, text, length);
        if (!names[out->n])
            return sg_no_memory(err);
        if (!length)
            return sg_fail(err, SG_USAGE, "'%s': an empty name in the list", option);
        out->n++;
        text = text[length] ? text + length + 1 : NULL;
    }
    return SG_OK;
}

static sg_status read_lists(const sg_cli *cli, sg_err *err)
{
    sg_status status = split_list(cli, "--group", groups, &request.groups, err);

    if (status == SG_OK)
        status = split_list(cli, "--covariates", covariates, &request.covariates, err);
    if (status == SG_OK)
        status = split_list(cli, "--strata", strata, &request.strata, err);
    return status == SG_OK ? split_list(cli, "--methods", methods, &request.methods, err) : status;
}

static sg_status read_caliper(sg_err *err)
{
    size_t length;

    if (!caliper)
        return SG_OK;
    request.caliper_in_sd = false;
    if (strcmp(caliper, "none") == 0) {
        request.caliper = HUGE_VAL;
        return SG_OK;
    }
    length = strlen(caliper);
    if (length > 2 && strcmp(caliper + length - 2, "sd") == 0) {
        request.caliper_in_sd = true;
        length -= 2;
    }
    if (!sg_parse_double(caliper, length, &request.caliper) || !(request.caliper > 0))
        return sg_fail(err, SG_USAGE, "'--caliper %s': neither 'none' nor a number above 0, as 0.1 or 0.2sd",
                       caliper);
    return SG_OK;
}

static sg_status read_estimand(sg_err *err)
{
    static const char *const names[] = {
        [SG_COMPARE_ATT] = "att", [SG_COMPARE_ATE] = "ate", [SG_COMPARE_ATO] = "ato"};

    for (int i = 0; i < 3; i++) {
        if (strcmp(names[i], estimand) == 0) {
            request.estimand = (sg_compare_estimand)i;
            return SG_OK;
        }
    }
    return sg_fail(err, SG_USAGE, "'--estimand %s': one of att, ate, ato", estimand);
}

static sg_status read_options(const sg_cli *cli, sg_err *err)
{
    sg_status status = read_lists(cli, err);

    if (status == SG_OK)
        status = read_caliper(err);
    if (status == SG_OK)
        status = read_estimand(err);
    if (status == SG_OK && confidence &&
        !sg_parse_double(confidence, strlen(confidence), &request.confidence))
        status = sg_fail(err, SG_USAGE, "'--confidence %s': not a number between 0 and 1", confidence);
    if (status == SG_OK && strcmp(format, "text") != 0 && strcmp(format, "csv") != 0 &&
        strcmp(format, "json") != 0)
        status = sg_fail(err, SG_USAGE, "'--format %s': one of text, csv, json", format);
    request.ratio = (size_t)ratio;
    request.seed = (uint64_t)seed;
    request.n_replicates = (size_t)replicates;
    request.jobs = (int)cli->jobs;
    return status;
}

/* ---- what is compared ---- */

static sg_status compare_file(const sg_cli *cli, const char *path, sg_compare_result *out, sg_err *err)
{
    enum { MOST_BYTES = 1 << 30 };
    sg_frame *frame = sg_arena_alloc(cli->arena, 1, sizeof *frame);
    char *text;
    size_t length;
    sg_status status;

    if (!request.arm || !request.outcome)
        return sg_fail(err, SG_USAGE, "'compare' wants '--arm COL' and '--outcome COL', columns of the file");
    status = frame ? sg_file_read(cli->arena, path, MOST_BYTES, &text, &length, err) : sg_no_memory(err);
    if (status == SG_OK)
        status = sg_frame_read(cli->arena, text, length, frame, err);
    if (status == SG_OK)
        status = sg_compare(frame, &request, out, err);
    return status == SG_OK ? SG_OK : sg_wrap(err, status, "'%s'", path);
}

static sg_status read_table(sg_compare_table *out, sg_err *err)
{
    int64_t *const numbers[] = {&out->x1, &out->n1, &out->x0, &out->n0};
    const char *at = table;

    for (int i = 0; i < 4; i++) {
        size_t length = strcspn(at, ",");

        if (!sg_parse_int(at, length, 0, INT64_C(1) << 40, numbers[i]) || (at[length] == ',') != (i < 3))
            return sg_fail(err, SG_USAGE, "'--table %s': four whole numbers X1,N1,X0,N0, as 42,90,120,400",
                           table);
        at += length + 1;
    }
    if (out->x1 > out->n1 || out->x0 > out->n0)
        return sg_fail(err, SG_USAGE, "'--table %s': more with the outcome than there are learners", table);
    return SG_OK;
}

static sg_status compare(const sg_cli *cli, sg_compare_result *out, sg_err *err)
{
    sg_compare_table counts;
    sg_status status;

    if (!table == !cli->n_operands)
        return sg_fail(err, SG_USAGE, "'compare' wants a file or '--table X1,N1,X0,N0'");
    if (!table)
        return compare_file(cli, cli->operands[0], out, err);
    status = read_table(&counts, err);
    return status == SG_OK ? sg_compare_single(&counts, &request, cli->arena, out, err) : status;
}

static void list_methods(sg_str *out)
{
    const sg_compare_method *m;

    sg_str_add(out, "method              needs                   leads\n");
    for (size_t i = 0; (m = sg_compare_method_at(i)) != NULL; i++)
        sg_str_printf(out, "%-19s %-23s %s\n", m->name, m->needs, m->leads ? "yes" : "");
    sg_str_add(out, "Of ipw_... and aipw_... those of the estimand lead.\n");
}

static sg_status run(const sg_cli *cli, sg_err *err)
{
    sg_compare_result result = {0};
    sg_str text = {0};
    sg_status status = read_options(cli, err);

    if (status == SG_OK && methods && strcmp(methods, "list") == 0) {
        list_methods(&text);
    } else {
        if (status == SG_OK)
            status = compare(cli, &result, err);
        if (status != SG_OK)
            return status;
        if (strcmp(format, "csv") == 0)
            sg_compare_csv(&text, &result);
        else if (strcmp(format, "json") == 0)
            status = sg_compare_json(&text, &request, &result, err);
        else
            sg_compare_text(&text, &request, &result);
    }
    if (status == SG_OK)
        status = sg_out(&text, err);
    sg_str_release(&text);
    return status;
}

const sg_command sg_command_compare = {
    .name = "compare",
    .operands = "[FILE.csv]",
    .summary = "the statistics on a prepared file, one row a learner, or on a single two-by-two table",
    .example = "skillgain compare learners.csv --arm iet --outcome msg --group race --covariates age,level "
               "--cluster "
               "college",
    .options = options,
    .least = 0,
    .most = 1,
    .run = run,
};
