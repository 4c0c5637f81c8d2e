/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What adapters of trends, values, times and resampling take: lists, a place a cell or a learner. For trends "score", "x", "n" and, by
 * strata, "strata"; for values "y1", "y0"; for times "time", "event" and, where the arms are compared, "arm", "strata", "start"; for
 * learners "y", "arm", "strata".
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "oracle_tally.h"

static const char USUAL_TIME[] = "msg_day or 365";

/* ---- 3 ---- */

/* A level's score: its place in `order`, else the number that it is, else its place in byte order. */
static sg_status score_levels(const sg_oracle_case *c, const sg_frame_levels *levels, double *out,
                              sg_err *err)
{
    const sg_json *order = sg_json_get(c->params, "order");
    bool numeric = true;

    for (size_t i = 0; i < levels->n; i++)
        numeric = sg_parse_double(levels->names[i], strlen(levels->names[i]), &out[i]) && numeric;
    for (size_t i = 0; i < levels->n && order != NULL; i++) {
        size_t place = 0;
        while (place < sg_json_size(order) &&
               !sg_text_equal(sg_json_text(sg_json_at(order, place)), levels->names[i]))
            place++;
        if (place == sg_json_size(order))
            return sg_fail(err, SG_FAILED, "level '%s' has no place in 'order'", levels->names[i]);
        out[i] = (double)place;
    }
    for (size_t i = 0; i < levels->n && order == NULL && !numeric; i++)
        out[i] = (double)i;
    return SG_OK;
}

/* Each level of each stratum, the levels of the first stratum first. */
typedef struct {
    sg_frame_levels levels, strata, cells;
    double *scores;
} score_cells;

static sg_status find_cells(sg_oracle_case *c, sg_frame *rows, score_cells *out, sg_err *err)
{
    sg_status status = sg_oracle_levels(
        rows, sg_oracle_or(sg_oracle_text(c, "level"), sg_oracle_text(c, "score")), &out->levels, err);

    if (status == SG_OK)
        status = sg_oracle_levels(rows, sg_oracle_text(c, "stratum"), &out->strata, err);
    if (status != SG_OK)
        return status;
    const size_t k = out->levels.n, n = k * out->strata.n;
    size_t *of_row = sg_arena_alloc(c->arena, rows->n_rows + 1, sizeof *of_row);
    const char **names = sg_arena_alloc(c->arena, n + 1, sizeof *names);
    out->scores = sg_arena_alloc(c->arena, n + 1, sizeof *out->scores);
    if (of_row == NULL || names == NULL || out->scores == NULL)
        return sg_no_memory(err);
    for (size_t i = 0; i < rows->n_rows; i++)
        of_row[i] = out->strata.of_row[i] * k + out->levels.of_row[i];
    status = score_levels(c, &out->levels, out->scores, err);
    for (size_t i = 0; i < n; i++) {
        names[i] = out->strata.names[i / k];
        out->scores[i] = out->scores[i % k];
    }
    out->cells = (sg_frame_levels){.names = names, .n = n, .of_row = of_row};
    return status;
}

sg_status sg_oracle_list_scores(sg_oracle_case *c, sg_err *err)
{
    const char *success = sg_oracle_text(c, "success");
    const double arm = sg_json_get_real(c->params, "arm");
    const sg_oracle_columns columns = {
        .outcome = sg_oracle_or(success, sg_oracle_or(sg_oracle_text(c, "outcome"), "msg")),
        .size = success != NULL ? sg_oracle_text_of_kin(c, "n") : NULL};
    sg_frame rows = c->rows;
    score_cells cells = {.scores = NULL};
    sg_oracle_tally t = {0};
    sg_status status = SG_OK;

    if (!isnan(arm))
        status = sg_oracle_select(&c->rows, sg_oracle_or(sg_oracle_text_of_kin(c, "treatment"), "iet"), arm,
                                  &rows, err);
    if (status == SG_OK)
        status = find_cells(c, &rows, &cells, err);
    if (status == SG_OK)
        status = sg_oracle_take_tally(&rows, &cells.cells, &columns, &t, err);
    if (status == SG_OK)
        status = sg_oracle_put_texts(c, "strata", cells.cells.names, cells.cells.n, err);
    if (status == SG_OK)
        status = sg_oracle_put_numbers(c, "score", cells.scores, cells.cells.n, err);
    if (status == SG_OK)
        status = sg_oracle_put_numbers(c, "x", t.x[0], cells.cells.n, err);
    return status == SG_OK ? sg_oracle_put_numbers(c, "n", t.n[0], cells.cells.n, err) : status;
}

/* ---- 4 ---- */

/* The known values where the flag is `wanted`. */
static sg_status put_values(sg_oracle_case *c, const char *name, const double *values, const double *flags,
                            double wanted, sg_err *err)
{
    double *kept = sg_arena_alloc(c->arena, c->rows.n_rows + 1, sizeof *kept);
    size_t n = 0;

    if (kept == NULL)
        return sg_no_memory(err);
    for (size_t i = 0; i < c->rows.n_rows; i++) {
        if (fabs(flags[i] - wanted) <= 0.0 && !isnan(values[i]))
            kept[n++] = values[i];
    }
    return sg_oracle_put_numbers(c, name, kept, n, err);
}

sg_status sg_oracle_list_values(sg_oracle_case *c, sg_err *err)
{
    const char *arm1 = sg_oracle_text(c, "arm1"), *arm0 = sg_oracle_text(c, "arm0");
    const char *treatment = sg_oracle_or(sg_oracle_text(c, "treatment"), "iet");
    const double *values = NULL, *in1 = NULL, *in0 = NULL;
    sg_status status = sg_oracle_numbers(&c->rows, sg_oracle_text(c, "variable"), &values, err);

    if (status == SG_OK)
        status = sg_oracle_numbers(&c->rows, sg_oracle_or(arm1, treatment), &in1, err);
    if (status == SG_OK)
        status = sg_oracle_numbers(&c->rows, sg_oracle_or(arm0, treatment), &in0, err);
    if (status == SG_OK)
        status = put_values(c, "y1", values, in1, 1.0, err);
    return status == SG_OK ? put_values(c, "y0", values, in0, arm0 != NULL ? 1.0 : 0.0, err) : status;
}

/* ---- 5 ---- */

/* Rows of a learner whose arm changes: (0, s] in the comparison, (s, T] in IET, from the day s on which IET starts; T or later,
 * and no start: one row in the comparison; 0: one in IET. */
typedef struct {
    double *start, *time, *event, *arm;
    size_t n;
} spells;

static void add_spell(spells *s, double start, double time, double event, double arm)
{
    s->start[s->n] = start;
    s->time[s->n] = time;
    s->event[s->n] = event;
    s->arm[s->n] = arm;
    s->n++;
}

static void split_learner(spells *s, double iet_from, double time, double event)
{
    if (isnan(iet_from) || iet_from >= time) {
        add_spell(s, 0.0, time, event, 0.0);
    } else if (iet_from <= 0.0) {
        add_spell(s, 0.0, time, event, 1.0);
    } else {
        add_spell(s, 0.0, iet_from, 0.0, 0.0);
        add_spell(s, iet_from, time, event, 1.0);
    }
}

static bool make_spells(sg_arena *arena, size_t n, spells *out)
{
    out->start = sg_arena_alloc(arena, n + 1, sizeof(double));
    out->time = sg_arena_alloc(arena, n + 1, sizeof(double));
    out->event = sg_arena_alloc(arena, n + 1, sizeof(double));
    out->arm = sg_arena_alloc(arena, n + 1, sizeof(double));
    return out->start != NULL && out->time != NULL && out->event != NULL && out->arm != NULL;
}

/* wanted: the arm whose rows alone are listed; NaN: those of both, and which. */
static sg_status put_spells(sg_oracle_case *c, const spells *all, double wanted, bool with_start, sg_err *err)
{
    spells kept = {0};
    sg_status status = make_spells(c->arena, all->n, &kept) ? SG_OK : sg_no_memory(err);

    for (size_t i = 0; i < all->n && status == SG_OK; i++) {
        if (isnan(wanted) || fabs(all->arm[i] - wanted) <= 0.0)
            add_spell(&kept, all->start[i], all->time[i], all->event[i], all->arm[i]);
    }
    if (status == SG_OK)
        status = sg_oracle_put_numbers(c, "time", kept.time, kept.n, err);
    if (status == SG_OK)
        status = sg_oracle_put_numbers(c, "event", kept.event, kept.n, err);
    if (status == SG_OK && with_start)
        status = sg_oracle_put_numbers(c, "start", kept.start, kept.n, err);
    return status == SG_OK && isnan(wanted) ? sg_oracle_put_numbers(c, "arm", kept.arm, kept.n, err) : status;
}

/* 5.6, and the curves beside it. */
static sg_status list_spells(sg_oracle_case *c, sg_err *err)
{
    const double *iet_from = NULL, *time = NULL, *event = NULL;
    spells all = {0};
    sg_status status = sg_oracle_numbers(&c->rows, "iet_start_day", &iet_from, err);

    if (status == SG_OK)
        status = sg_oracle_numbers(&c->rows, USUAL_TIME, &time, err);
    if (status == SG_OK)
        status = sg_oracle_numbers(&c->rows, sg_oracle_or(sg_oracle_text(c, "event"), "msg"), &event, err);
    if (status == SG_OK && !make_spells(c->arena, 2 * c->rows.n_rows, &all))
        status = sg_no_memory(err);
    for (size_t i = 0; i < c->rows.n_rows && status == SG_OK; i++)
        split_learner(&all, iet_from[i], fmax(time[i], 0.5), event[i]);
    return status == SG_OK ? put_spells(c, &all, sg_json_get_real(c->params, "arm"), true, err) : status;
}

/* The strata of a log-rank test that says so in its name only: the college, else the first column of texts. */
static sg_status put_strata(sg_oracle_case *c, sg_err *err)
{
    const sg_frame_column *column = sg_frame_find(&c->rows,
                                                  sg_oracle_or(sg_oracle_text(c, "stratum"), "college"));

    for (size_t i = 0; i < c->rows.n_columns && column == NULL; i++) {
        if (c->rows.columns[i].numbers == NULL)
            column = &c->rows.columns[i];
    }
    if (column == NULL)
        return sg_fail(err, SG_FAILED, "no column has strata");
    return sg_oracle_put_texts(c, "strata", column->texts, c->rows.n_rows, err);
}

/* 5.5: 1 a gain, 2 an exit without one. */
static sg_status list_causes(sg_oracle_case *c, sg_err *err)
{
    const double *time = NULL, *event = NULL;
    double *cause = sg_arena_alloc(c->arena, c->rows.n_rows + 1, sizeof *cause);
    sg_status status = sg_oracle_numbers(
        &c->rows, sg_oracle_or(sg_oracle_text(c, "time"), "msg_day or exit_day"), &time, err);

    if (status == SG_OK)
        status = sg_oracle_numbers(&c->rows, "msg", &event, err);
    if (status == SG_OK && cause == NULL)
        status = sg_no_memory(err);
    for (size_t i = 0; i < c->rows.n_rows && status == SG_OK && cause != NULL; i++)
        cause[i] = event[i] > 0.0 ? 1.0 : 2.0;
    if (status == SG_OK)
        status = sg_oracle_put_numbers(c, "time", time, c->rows.n_rows, err);
    return status == SG_OK ? sg_oracle_put_numbers(c, "cause", cause, c->rows.n_rows, err) : status;
}

sg_status sg_oracle_list_times(sg_oracle_case *c, sg_err *err)
{
    const char *method = sg_json_get_text(c->entry, "method");
    const double *time = NULL, *event = NULL, *arm = NULL;
    spells all = {0};

    if (sg_oracle_text(c, "rows") != NULL)
        return list_spells(c, err);
    if (sg_oracle_text(c, "cause") != NULL)
        return list_causes(c, err);
    sg_status status = sg_oracle_numbers(&c->rows, sg_oracle_or(sg_oracle_text(c, "time"), USUAL_TIME), &time,
                                         err);
    if (status == SG_OK)
        status = sg_oracle_numbers(&c->rows, sg_oracle_or(sg_oracle_text(c, "event"), "msg"), &event, err);
    if (status == SG_OK)
        status = sg_oracle_numbers(&c->rows, sg_oracle_or(sg_oracle_text_of_kin(c, "arm"), "iet"), &arm, err);
    if (status == SG_OK && !make_spells(c->arena, c->rows.n_rows, &all))
        status = sg_no_memory(err);
    for (size_t i = 0; i < c->rows.n_rows && status == SG_OK; i++)
        add_spell(&all, 0.0, time[i], event[i], arm[i]);
    if (status == SG_OK && strstr(method, "stratified") != NULL)
        status = put_strata(c, err);
    return status == SG_OK ? put_spells(c, &all, sg_json_get_real(c->params, "arm"), false, err) : status;
}

/* ---- 10.5, 12 ---- */

typedef struct {
    const char *id;
    size_t row;
} learner;

static int compare_learners(const void *left, const void *right)
{
    const learner *a = left, *b = right;
    const int order = strcmp(a->id, b->id);

    if (order != 0)
        return order;
    return a->row < b->row ? -1 : a->row > b->row;
}

/* The canonical order: by learner's id, unless the filter says "file order" or there is none. */
static sg_status order_rows(const sg_oracle_case *c, size_t *out, sg_err *err)
{
    const char *filter = sg_oracle_text(c, "filter");
    const sg_frame_column *id = sg_frame_find(&c->rows, "learner_id");
    learner *learners = sg_arena_alloc(c->arena, c->rows.n_rows + 1, sizeof *learners);

    if (learners == NULL)
        return sg_no_memory(err);
    for (size_t i = 0; i < c->rows.n_rows; i++)
        learners[i] = (learner){.id = id != NULL ? id->texts[i] : "", .row = i};
    if (filter == NULL || strstr(filter, "file order") == NULL)
        qsort(learners, c->rows.n_rows, sizeof *learners, compare_learners);
    for (size_t i = 0; i < c->rows.n_rows; i++)
        out[i] = learners[i].row;
    return SG_OK;
}

static sg_status put_ordered(sg_oracle_case *c, const char *name, const double *numbers, const size_t *order,
                             sg_err *err)
{
    double *list = sg_arena_alloc(c->arena, c->rows.n_rows + 1, sizeof *list);

    if (list == NULL)
        return sg_no_memory(err);
    for (size_t i = 0; i < c->rows.n_rows; i++)
        list[i] = numbers[order[i]];
    return sg_oracle_put_numbers(c, name, list, c->rows.n_rows, err);
}

static sg_status put_units(sg_oracle_case *c, const char *text, const size_t *order, sg_err *err)
{
    const sg_frame_column *column = NULL;
    const sg_status status = sg_oracle_column(&c->rows, text, &column, err);
    const char **list = sg_arena_alloc(c->arena, c->rows.n_rows + 1, sizeof *list);

    if (status != SG_OK)
        return status;
    if (list == NULL)
        return sg_no_memory(err);
    for (size_t i = 0; i < c->rows.n_rows; i++)
        list[i] = column->texts[order[i]];
    return sg_oracle_put_texts(c, "strata", list, c->rows.n_rows, err);
}

sg_status sg_oracle_list_units(sg_oracle_case *c, sg_err *err)
{
    const char *units = sg_oracle_or(sg_oracle_text(c, "cluster"), sg_oracle_text(c, "stratum"));
    const char *treatment = sg_oracle_text(c, "treatment");
    const double *outcome = NULL, *arm = NULL;
    size_t *order = sg_arena_alloc(c->arena, c->rows.n_rows + 1, sizeof *order);

    if (order == NULL)
        return sg_no_memory(err);
    sg_status status = order_rows(c, order, err);

    if (status == SG_OK)
        status = sg_oracle_numbers(&c->rows, sg_oracle_or(sg_oracle_text(c, "outcome"), "msg"), &outcome,
                                   err);
    if (status == SG_OK)
        status = put_ordered(c, "y", outcome, order, err);
    if (status == SG_OK && treatment != NULL)
        status = sg_oracle_numbers(&c->rows, treatment, &arm, err);
    if (status == SG_OK && treatment != NULL)
        status = put_ordered(c, "arm", arm, order, err);
    return status == SG_OK && units != NULL ? put_units(c, units, order, err) : status;
}
