/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "compare_data.h"

#include <math.h>
#include <string.h>

#include "compare_column.h"
#include "skillgain/base/text.h"

typedef struct {
    const sg_frame *frame; /* the whole table */
    const sg_compare_request *request;
    sg_compare_data *data;
    sg_compare_result *result;
    size_t *row; /* of the table, of each that is used */
    const char **notes;
    bool lacks_memory; /* for a note */
    sg_err *err;
} preparation;

enum { OTHER_NOTES = 9 }; /* beside one a covariate */

/* NULL: out of memory, which sg_compare_prepare tells. */
static void add_note(preparation *p, const char *sentence)
{
    if (!sentence)
        p->lacks_memory = true;
    else if (p->result->n_notes < OTHER_NOTES + p->request->covariates.n)
        p->notes[p->result->n_notes++] = sentence;
}

/* ---- rows ---- */

typedef struct {
    double *arm, *y;
    sg_frame_column time, cluster; /* texts NULL: none is wanted */
} row_columns;

static sg_status find_row_columns(preparation *p, row_columns *out)
{
    const sg_compare_request *r = p->request;
    sg_status status = sg_compare_yes_no(p->frame, r->arm, "arm", &out->arm, NULL, p->err);

    if (status == SG_OK)
        status = sg_compare_yes_no(p->frame, r->outcome, "outcome", &out->y, &p->data->is_share, p->err);
    if (status == SG_OK && r->time)
        status = sg_compare_column(p->frame, r->time, &out->time, p->err);
    if (status == SG_OK && r->time && !out->time.numbers)
        status = sg_fail(p->err, SG_USAGE, "time '%s' has values that are no numbers", r->time);
    if (status == SG_OK && r->cluster)
        status = sg_compare_column(p->frame, r->cluster, &out->cluster, p->err);
    return status;
}

static bool is_used(preparation *p, const row_columns *c, size_t row)
{
    if (isnan(c->arm[row])) {
        p->result->without_arm++;
        return false;
    }
    if (isnan(c->y[row]) || (c->time.texts && isnan(c->time.numbers[row])) ||
        (c->cluster.texts && !*c->cluster.texts[row])) {
        p->result->without_outcome++;
        return false;
    }
    return true;
}

static sg_status take_rows(preparation *p, const row_columns *c)
{
    sg_compare_data *d = p->data;
    size_t n_rows = p->frame->n_rows;

    p->row = sg_arena_alloc(d->arena, n_rows + 1, sizeof *p->row);
    d->arm = sg_arena_alloc(d->arena, n_rows + 1, sizeof *d->arm);
    d->y = sg_arena_alloc(d->arena, n_rows + 1, sizeof *d->y);
    d->time = c->time.texts ? sg_arena_alloc(d->arena, n_rows + 1, sizeof *d->time) : NULL;
    if (!p->row || !d->arm || !d->y || (c->time.texts && !d->time))
        return sg_no_memory(p->err);
    for (size_t row = 0; row < n_rows; row++) {
        if (!is_used(p, c, row))
            continue;
        p->row[d->n] = row;
        d->arm[d->n] = c->arm[row] == 1;
        d->y[d->n] = c->y[row];
        if (d->time)
            d->time[d->n] = c->time.numbers[row];
        d->n++;
    }
    p->result->learners = (int64_t)n_rows;
    p->result->used = (int64_t)d->n;
    if (p->result->without_arm)
        add_note(p, sg_arena_printf(d->arena, "left out: %lld rows whose arm is not known",
                                    (long long)p->result->without_arm));
    if (p->result->without_outcome)
        add_note(p,
                 sg_arena_printf(d->arena, "left out: %lld rows whose outcome, time or cluster is not known",
                                 (long long)p->result->without_outcome));
    return SG_OK;
}

/* ---- levels ---- */

/* The used rows of a column, as a frame of its own, so that its levels can be told. */
static sg_status pick_texts(preparation *p, const char *const *texts, const char **out)
{
    for (size_t i = 0; i < p->data->n; i++)
        out[i] = *texts[p->row[i]] ? texts[p->row[i]] : "unknown";
    return SG_OK;
}

static sg_status code_texts(preparation *p, const char *name, const char *const *texts,
                            sg_compare_levels *out)
{
    sg_arena *arena = p->data->arena;
    sg_frame rows = {.arena = arena, .n_rows = p->data->n};
    sg_frame_column column = {.name = name, .texts = texts};
    uint32_t *of_row = sg_arena_alloc(arena, p->data->n + 1, sizeof *of_row);
    sg_frame_levels levels;
    sg_status status = of_row ? sg_frame_find_levels(&rows, &column, &levels, p->err) : sg_no_memory(p->err);

    if (status != SG_OK)
        return status;
    for (size_t i = 0; i < p->data->n; i++)
        of_row[i] = (uint32_t)levels.of_row[i];
    *out = (sg_compare_levels){.name = name, .levels = levels.names, .n = levels.n, .of_row = of_row};
    return SG_OK;
}

static sg_status code_column(preparation *p, const sg_frame_column *column, sg_compare_levels *out)
{
    const char **texts = sg_arena_alloc(p->data->arena, p->data->n + 1, sizeof *texts);
    sg_status status = texts ? pick_texts(p, column->texts, texts) : sg_no_memory(p->err);

    return status == SG_OK ? code_texts(p, column->name, texts, out) : status;
}

static sg_status check_levels(const preparation *p, const char *what, const sg_compare_levels *levels)
{
    if (levels->n > SG_COMPARE_MOST_LEVELS)
        return sg_fail(p->err, SG_USAGE,
                       "%s '%s' has %zu different values, more than %d: is it the right column?", what,
                       levels->name, levels->n, (int)SG_COMPARE_MOST_LEVELS);
    return SG_OK;
}

/* The number of each level, where the whole column is of numbers and none is missing. */
static sg_status score_levels(preparation *p, const sg_frame_column *column, sg_compare_levels *levels)
{
    double *scores = column->numbers ? sg_arena_alloc(p->data->arena, levels->n + 1, sizeof *scores) : NULL;

    if (!column->numbers)
        return SG_OK;
    if (!scores)
        return sg_no_memory(p->err);
    for (size_t i = 0; i < p->data->n; i++) {
        scores[levels->of_row[i]] = column->numbers[p->row[i]];
        if (isnan(column->numbers[p->row[i]]))
            return SG_OK;
    }
    levels->scores = scores;
    return SG_OK;
}

static sg_status take_groups(preparation *p)
{
    const sg_compare_names *names = &p->request->groups;
    sg_compare_levels *groups = sg_arena_alloc(p->data->arena, names->n + 1, sizeof *groups);
    sg_status status = groups ? SG_OK : sg_no_memory(p->err);

    for (size_t i = 0; status == SG_OK && i < names->n; i++) {
        sg_frame_column column;

        status = sg_compare_column(p->frame, names->names[i], &column, p->err);
        if (status == SG_OK)
            status = code_column(p, &column, &groups[i]);
        if (status == SG_OK)
            status = check_levels(p, "group", &groups[i]);
        if (status == SG_OK)
            status = score_levels(p, &column, &groups[i]);
    }
    p->data->groups = groups;
    p->data->n_groups = names->n;
    return status;
}

/* A stratum is a combination of levels: its text is theirs, with a character between that no text has. */
static sg_status join_strata(preparation *p, const char **texts)
{
    const sg_compare_names *names = &p->request->strata;

    for (size_t k = 0; k < names->n; k++) {
        sg_frame_column column;
        sg_status status = sg_compare_column(p->frame, names->names[k], &column, p->err);

        if (status != SG_OK)
            return status;
        for (size_t i = 0; i < p->data->n; i++) {
            const char *text = column.texts[p->row[i]];

            texts[i] = k ? sg_arena_printf(p->data->arena, "%s\x1f%s", texts[i], text) : text;
            if (!texts[i])
                return sg_no_memory(p->err);
        }
    }
    return SG_OK;
}

static sg_status take_strata(preparation *p)
{
    const char **texts = sg_arena_alloc(p->data->arena, p->data->n + 1, sizeof *texts);
    sg_status status = texts ? SG_OK : sg_no_memory(p->err);

    if (!p->request->strata.n)
        return status;
    if (status == SG_OK)
        status = join_strata(p, texts);
    return status == SG_OK ? code_texts(p, "strata", texts, &p->data->strata) : status;
}

/* ---- covariates ---- */

/* "factor(COL)": the column's name; NULL: it is none. */
static const char *factor_of(preparation *p, const char *text)
{
    static const char prefix[] = "factor(";
    size_t n = strlen(text), n_prefix = sizeof prefix - 1;

    if (!sg_text_starts(text, prefix) || n < n_prefix + 2 || text[n - 1] != ')')
        return NULL;
    return sg_arena_strndup(p->data->arena, text + n_prefix, n - n_prefix - 1);
}

static sg_status take_numbers(preparation *p, const sg_frame_column *column, sg_variable *out)
{
    double *numbers = sg_arena_alloc(p->data->arena, p->data->n + 1, sizeof *numbers);

    if (!numbers)
        return sg_no_memory(p->err);
    for (size_t i = 0; i < p->data->n; i++)
        numbers[i] = column->numbers[p->row[i]];
    *out = (sg_variable){.name = column->name, .numbers = numbers};
    return SG_OK;
}

/* The most frequent level, the first of equals: the one that has no column. */
static sg_status most_frequent(preparation *p, const sg_compare_levels *levels, size_t *out)
{
    size_t *n = sg_arena_alloc(p->data->arena, levels->n + 1, sizeof *n);

    if (!n)
        return sg_no_memory(p->err);
    for (size_t i = 0; i < p->data->n; i++)
        n[levels->of_row[i]]++;
    *out = 0;
    for (size_t l = 1; l < levels->n; l++)
        if (n[l] > n[*out])
            *out = l;
    return SG_OK;
}

static sg_status take_factor(preparation *p, const char *name, const sg_frame_column *column,
                             sg_variable *out)
{
    sg_compare_levels levels;
    size_t reference = 0;
    sg_status status = code_column(p, column, &levels);

    if (status == SG_OK)
        status = check_levels(p, "covariate", &levels);
    if (status == SG_OK)
        status = most_frequent(p, &levels, &reference);
    if (status == SG_OK)
        *out = (sg_variable){.name = name,
                             .levels = levels.of_row,
                             .level_names = levels.levels,
                             .n_levels = levels.n,
                             .reference = reference};
    return status;
}

static sg_status take_covariate(preparation *p, const char *name, sg_variable *out)
{
    const char *factor = factor_of(p, name);
    sg_frame_column column;
    sg_status status = sg_compare_column(p->frame, factor ? factor : name, &column, p->err);

    if (status != SG_OK)
        return status;
    return column.numbers && !factor ? take_numbers(p, &column, out) : take_factor(p, name, &column, out);
}

static sg_status take_covariates(preparation *p)
{
    const sg_compare_names *names = &p->request->covariates;
    sg_variable *variables = sg_arena_alloc(p->data->arena, names->n + 1, sizeof *variables);
    sg_status status = variables ? SG_OK : sg_no_memory(p->err);

    for (size_t i = 0; status == SG_OK && i < names->n; i++) {
        const char *name = names->names[i], *factor = factor_of(p, name);

        if (p->request->cluster && strcmp(factor ? factor : name, p->request->cluster) == 0)
            p->data->model.cluster_effects = true;
        else
            status = take_covariate(p, name, &variables[p->data->learners.n_variables++]);
    }
    p->data->learners.variables = variables;
    return status;
}

/* ---- the sample of models ---- */

static const double MOST_MISSING = 0.4, MUCH_MISSING = 0.2; /* statistics.md 0.3 */

static sg_status complete(preparation *p)
{
    sg_compare_data *d = p->data;
    size_t n = d->learners.n_variables;
    double *missing = sg_arena_alloc(d->arena, n + 1, sizeof *missing);
    sg_observations completed;
    sg_status status = missing ? sg_observations_complete(&d->learners, MOST_MISSING, d->arena, &completed,
                                                          missing, p->err)
                               : sg_no_memory(p->err);

    if (status != SG_OK)
        return status;
    for (size_t i = 0; i < n; i++)
        if (missing[i] > 0)
            add_note(p, sg_arena_printf(d->arena, "covariate '%s': %.1f %% missing, %s",
                                        d->learners.variables[i].name, 100 * missing[i],
                                        missing[i] > MOST_MISSING ? "too much: it is left out"
                                        : missing[i] > MUCH_MISSING
                                            ? "the median in their place: much, see what it does"
                                            : "the median in their place and a column that says so"));
    d->learners = completed;
    return SG_OK;
}

static sg_status aggregate(preparation *p)
{
    sg_compare_data *d = p->data;
    sg_observations two_armed = d->learners;
    sg_cluster_counts counts;
    sg_status status = SG_OK;

    if (d->model.cluster_effects) {
        status = sg_clusters_count(&d->learners, &counts, p->err);
        if (status == SG_OK)
            status = sg_observations_two_armed(&d->learners, d->arena, &two_armed, p->err);
        if (status == SG_OK && counts.learners_one_armed > 0) {
            p->result->one_armed = (int64_t)counts.learners_one_armed;
            add_note(p, sg_arena_printf(d->arena,
                                        "models leave %lld learners out, in clusters with one arm alone",
                                        (long long)p->result->one_armed));
        }
    }
    return status == SG_OK ? sg_observations_aggregate(&two_armed, d->arena, &d->patterns, p->err) : status;
}

/* How many learners of each arm the models are of. */
static void count_modelled(preparation *p)
{
    const sg_observations *rows = &p->data->patterns;

    for (size_t i = 0; i < rows->n_rows; i++) {
        sg_counts *arm = rows->arm[i] ? &p->data->modelled_iet : &p->data->modelled_comparison;

        arm->n += (int64_t)rows->count[i];
        arm->x += (int64_t)rows->success[i];
    }
    if (p->request->covariates.n)
        add_note(p, sg_arena_printf(
                        p->data->arena, "models are of %lld learners, %lld in IET and %lld others",
                        (long long)(p->data->modelled_iet.n + p->data->modelled_comparison.n),
                        (long long)p->data->modelled_iet.n, (long long)p->data->modelled_comparison.n));
}

static void tell_what_all_lacks(preparation *p)
{
    const sg_compare_request *r = p->request;

    for (size_t i = 0; i < r->methods.n; i++)
        if (strcmp(r->methods.names[i], "all") == 0 && r->covariates.n && r->ratio < 2)
            add_note(p, "match_k is not among all methods: it needs '--ratio 2' or more");
}

static sg_status make_sample(preparation *p)
{
    sg_compare_data *d = p->data;
    sg_status status;

    d->learners.n_rows = d->n;
    d->learners.arm = d->arm;
    d->learners.success = d->y;
    d->learners.cluster = d->clusters.n ? d->clusters.of_row : NULL;
    d->learners.n_clusters = d->clusters.n;
    d->model.arm = true;
    if (!d->is_share && (p->request->covariates.n || p->request->strata.n || p->request->cluster))
        add_note(p, "the outcome is an amount: covariates, strata and clusters play no part");
    if (!d->is_share || !d->n)
        return SG_OK; /* the models are of shares */
    status = complete(p);
    if (status == SG_OK)
        status = aggregate(p);
    if (status == SG_OK) {
        count_modelled(p);
        tell_what_all_lacks(p);
    }
    return status;
}

sg_status sg_compare_prepare(const sg_frame *frame, const sg_compare_request *request, sg_compare_data *data,
                             sg_compare_result *result, sg_err *err)
{
    preparation p = {.frame = frame, .request = request, .data = data, .result = result, .err = err};
    row_columns columns = {0};
    sg_status status;

    data->arena = frame->arena;
    p.notes = sg_arena_alloc(data->arena, OTHER_NOTES + request->covariates.n, sizeof *p.notes);
    if (!p.notes)
        return sg_no_memory(err);
    result->notes = p.notes;
    status = find_row_columns(&p, &columns);
    if (status == SG_OK)
        status = take_rows(&p, &columns);
    if (status == SG_OK && request->cluster)
        status = code_column(&p, &columns.cluster, &data->clusters);
    if (status == SG_OK && request->cluster)
        status = check_levels(&p, "cluster", &data->clusters);
    if (status == SG_OK)
        status = take_groups(&p);
    if (status == SG_OK)
        status = take_strata(&p);
    if (status == SG_OK)
        status = take_covariates(&p);
    if (status == SG_OK)
        status = make_sample(&p);
    return status == SG_OK && p.lacks_memory ? sg_no_memory(err) : status;
}
