/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Filters: clauses that are parted by ';' or ','. "all rows" and "file order" keep all; "x not missing" and "x known" keep the rows with
 * a value, "no gain by day 30" those whose msg_day is missing or later; "x = ..." makes a column where none is called x, and
 * else keeps the rows that it holds for, as does another comparison. "landmark set" is short for LANDMARK.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "oracle.h"

static const char LANDMARK[] = "msg known, exit_day >= 30, no gain by day 30; arm = iet_start_day <= 30";

typedef struct {
    sg_frame *frame;
    bool *keep;
    const char *missing_of;
} filtering;

/* Texts behind which nothing follows. */
static bool takes_end(const char *text, const char *end, size_t *out_length)
{
    const size_t length = strlen(text), n = strlen(end);

    if (length <= n || strcmp(text + length - n, end) != 0)
        return false;
    *out_length = length - n;
    return true;
}

static void keep_where(const filtering *f, const double *holds)
{
    for (size_t i = 0; i < f->frame->n_rows; i++)
        f->keep[i] = f->keep[i] && holds[i] > 0.0;
}

static sg_status keep_known(const filtering *f, const char *name, sg_err *err)
{
    const sg_frame_column *column = NULL;
    const sg_status status = sg_oracle_column(f->frame, name, &column, err);

    if (status != SG_OK || (f->missing_of != NULL && strcmp(f->missing_of, name) == 0))
        return status;
    for (size_t i = 0; i < f->frame->n_rows; i++)
        f->keep[i] = f->keep[i] && *column->texts[i] != '\0';
    return SG_OK;
}

static sg_status keep_without_gain(const filtering *f, const char *day, sg_err *err)
{
    const double *gain = NULL;
    double limit = 0.0;
    const sg_status status = sg_oracle_numbers(f->frame, "msg_day", &gain, err);

    if (status != SG_OK)
        return status;
    if (!sg_parse_double(day, strlen(day), &limit))
        return sg_fail(err, SG_FAILED, "'%s' is no day", day);
    for (size_t i = 0; i < f->frame->n_rows; i++)
        f->keep[i] = f->keep[i] && (isnan(gain[i]) || gain[i] > limit);
    return SG_OK;
}

/* "name = ...", no column being called so: *out_name, else NULL. */
static sg_status find_definition(const filtering *f, const char *clause, const char **out_name,
                                 const char **out_text, sg_err *err)
{
    const char *sign = strchr(clause, '=');

    *out_name = NULL;
    if (sign == NULL || sign == clause || strchr("<>", sign[-1]) != NULL)
        return SG_OK;
    size_t n = 0, n_behind = 0;
    const char *from = sg_text_trim(clause, (size_t)(sign - clause), &n);
    const char *behind = sg_text_trim(sign + 1, strlen(sign + 1), &n_behind);
    const char *name = sg_arena_strndup(f->frame->arena, from, n);
    *out_text = sg_arena_strndup(f->frame->arena, behind, n_behind);
    if (name == NULL || *out_text == NULL)
        return sg_no_memory(err);
    *out_name = sg_frame_find(f->frame, name) == NULL ? name : NULL;
    return SG_OK;
}

static sg_status put_alias(sg_frame *frame, const char *name, const sg_frame_column *column, sg_err *err)
{
    return column->numbers != NULL ? sg_frame_put_numbers(frame, name, column->numbers, err)
                                   : sg_frame_put_texts(frame, name, column->texts, err);
}

static sg_status take_comparison(const filtering *f, const char *clause, sg_err *err)
{
    const char *name = NULL, *text = NULL;
    const sg_frame_column *column = NULL;
    sg_status status = find_definition(f, clause, &name, &text, err);

    if (status == SG_OK)
        status = sg_oracle_evaluate(f->frame, name != NULL ? text : clause, &column, err);
    if (status != SG_OK)
        return status;
    if (column == NULL || (name == NULL && column->numbers == NULL))
        return sg_fail(err, SG_FAILED, "the filter says '%s', which is not understood", clause);
    if (name != NULL)
        return put_alias(f->frame, name, column, err);
    keep_where(f, column->numbers);
    return SG_OK;
}

static sg_status take_clause(const filtering *f, const char *clause, sg_err *err)
{
    static const char NO_GAIN[] = "no gain by day ";
    size_t length = 0;

    if (*clause == '\0' || strcmp(clause, "all rows") == 0 || strcmp(clause, "file order") == 0)
        return SG_OK;
    if (strncmp(clause, NO_GAIN, sizeof NO_GAIN - 1) == 0)
        return keep_without_gain(f, clause + sizeof NO_GAIN - 1, err);
    if (!takes_end(clause, " not missing", &length) && !takes_end(clause, " known", &length))
        return take_comparison(f, clause, err);
    const char *name = sg_arena_strndup(f->frame->arena, clause, length);
    return name == NULL ? sg_no_memory(err) : keep_known(f, name, err);
}

/* "landmark day 30: ...": a title. */
static const char *behind_title(const char *text)
{
    const char *colon = strchr(text, ':');

    return strncmp(text, "landmark day ", 13) == 0 && colon != NULL ? colon + 1 : text;
}

static sg_status take_filter(const filtering *f, const char *filter, sg_err *err)
{
    const char *at = behind_title(strcmp(filter, "landmark set") == 0 ? LANDMARK : filter);

    for (;;) {
        const size_t piece = strcspn(at, ";,");
        size_t n = 0;
        const char *from = sg_text_trim(at, piece, &n);
        const char *clause = sg_arena_strndup(f->frame->arena, from, n);
        if (clause == NULL)
            return sg_no_memory(err);
        const sg_status status = take_clause(f, clause, err);
        if (status != SG_OK || at[piece] == '\0')
            return status;
        at += piece + 1;
    }
}

/* Parameters that name columns: what they say otherwise becomes a column of that name, where it can be understood so. */
static sg_status make_columns(const sg_oracle_case *c, sg_frame *frame, sg_err *err)
{
    static const char *const NAMES[] = {"outcome",   "treatment", "stratum", "cluster",  "group",
                                        "covariate", "weights",   "event",   "variable", "score",
                                        "success",   "level",     "n",       "arm",      "time",
                                        "enrolled",  "arm1",      "arm0",    "rows",     "columns"};

    for (size_t i = 0; i < sizeof NAMES / sizeof *NAMES; i++) {
        const char *text = sg_oracle_text(c, NAMES[i]);
        const sg_frame_column *column = NULL;
        if (text == NULL || strcmp(text, "none") == 0)
            continue;
        sg_status status = sg_oracle_evaluate(frame, text, &column, err);
        if (status == SG_OK && column != NULL && sg_frame_find(frame, text) == NULL)
            status = put_alias(frame, text, column, err);
        if (status != SG_OK)
            return status;
    }
    return SG_OK;
}

/* The data set with columns of its own, in the arena of the entry. */
static sg_status copy_data(const sg_oracle_case *c, sg_frame *out, sg_err *err)
{
    const char *name = sg_json_get_text(c->entry, "dataset");
    const sg_frame *data = NULL;
    const sg_status status = sg_oracle_data_of(c->set, name, &data, err);

    if (status != SG_OK)
        return status;
    *out = *data;
    out->arena = c->arena;
    out->columns = sg_arena_alloc(c->arena, data->n_columns, sizeof *out->columns);
    if (out->columns == NULL)
        return sg_no_memory(err);
    memcpy(out->columns, data->columns, data->n_columns * sizeof *out->columns);
    return SG_OK;
}

sg_status sg_oracle_rows(sg_oracle_case *c, const char *missing_of, sg_frame *out, sg_err *err)
{
    const char *filter = sg_oracle_text(c, "filter");
    sg_frame all = {0};
    sg_status status = copy_data(c, &all, err);

    if (status != SG_OK)
        return status;
    const filtering f = {.frame = &all,
                         .keep = sg_arena_alloc(c->arena, all.n_rows + 1, sizeof(bool)),
                         .missing_of = missing_of};
    if (f.keep == NULL)
        return sg_no_memory(err);
    for (size_t i = 0; i < all.n_rows; i++)
        f.keep[i] = true;
    if (filter != NULL)
        status = take_filter(&f, filter, err);
    if (status == SG_OK)
        status = make_columns(c, &all, err);
    return status == SG_OK ? sg_frame_select(&all, f.keep, out, err) : status;
}
