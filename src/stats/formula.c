/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "formula.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "skillgain/base/parse.h"

enum { MOST_TERMS = 100 };

const char *sg_param_text(const sg_stats_params *params, const char *name)
{
    const sg_stats_param *param = sg_param_find(params, name);

    return param != NULL && param->texts != NULL && param->n == 1 ? param->texts[0] : NULL;
}

static const char *none_is_null(const char *text)
{
    return text != NULL && strcmp(text, "none") != 0 ? text : NULL;
}

sg_status sg_formula_parts_of(const sg_stats_params *params, sg_formula_parts *out, sg_err *err)
{
    *out = (sg_formula_parts){.formula = sg_param_text(params, "formula"),
                              .outcome = sg_param_text(params, "outcome"),
                              .treatment = sg_param_text(params, "treatment"),
                              .cluster = none_is_null(sg_param_text(params, "cluster")),
                              .weights = none_is_null(sg_param_text(params, "weights"))};
    if (out->formula == NULL)
        return sg_fail(err, SG_FAILED, "parameter 'formula' is missing or not a text");
    return SG_OK;
}

/* ---- columns ---- */

typedef struct {
    const char *const *texts;
    const double *numbers;
    size_t n;
} column;

static bool find_column(const sg_stats_params *params, const char *name, column *out)
{
    const sg_frame_column *found = params->rows != NULL ? sg_frame_find(params->rows, name) : NULL;
    const sg_stats_param *param = sg_param_find(params, name);

    if (found != NULL)
        *out = (column){found->texts, found->numbers, params->rows->n_rows};
    else if (params->rows == NULL && param != NULL && param->numbers != NULL)
        *out = (column){NULL, param->numbers, param->n};
    else
        return false;
    return true;
}

/* 0/1 columns that balance is told of though no formula names them. */
static const struct {
    const char *name, *column, *value;
} MADE[] = {{"black", "race_eth", "Black"}, {"ell", "program", "ELL"}};

static sg_status make_flags(const sg_stats_params *params, const char *name, sg_arena *arena, column *out,
                            sg_err *err)
{
    column source;

    for (size_t i = 0; i < sizeof MADE / sizeof *MADE; i++) {
        if (strcmp(MADE[i].name, name) != 0 || !find_column(params, MADE[i].column, &source) ||
            source.texts == NULL)
            continue;
        double *flags = sg_arena_alloc(arena, source.n + 1, sizeof *flags);
        if (flags == NULL)
            return sg_no_memory(err);
        for (size_t row = 0; row < source.n; row++)
            flags[row] = strcmp(source.texts[row], MADE[i].value) == 0 ? 1.0 : 0.0;
        *out = (column){NULL, flags, source.n};
        return SG_OK;
    }
    return sg_fail(err, SG_FAILED, "the data set has no column '%s'", name);
}

static sg_status take_numbers(const sg_stats_params *params, const char *name, sg_arena *arena, column *out,
                              sg_err *err)
{
    if (!find_column(params, name, out)) {
        const sg_status status = make_flags(params, name, arena, out, err);
        if (status != SG_OK)
            return status;
    }
    if (out->numbers == NULL)
        return sg_fail(err, SG_FAILED, "column '%s' has values that are no numbers", name);
    return SG_OK;
}

sg_status sg_formula_numbers(const sg_stats_params *params, const char *name, sg_arena *arena,
                             const double **out, size_t *out_n, sg_err *err)
{
    column found = {0};
    const sg_status status = take_numbers(params, name, arena, &found, err);

    if (status == SG_OK) {
        *out = found.numbers;
        *out_n = found.n;
    }
    return status;
}

/* ---- the terms ---- */

typedef struct {
    const char *name; /* as the formula has it: "factor(year)" */
    const char *column;
    bool is_factor, by_arm;
} term;

typedef struct {
    const sg_stats_params *params;
    const sg_formula_parts *parts;
    sg_arena *arena;
    const char *outcome;
    term terms[MOST_TERMS];
    size_t n_terms, n_rows;
    bool arm, clusters;
    sg_variable *variables;
    column *columns; /* of each variable, then those beside them */
    sg_formula_data *out;
    sg_err *err;
} reading;

static const char *trim(sg_arena *arena, const char *text, size_t length)
{
    while (length > 0 && *text == ' ') {
        text++;
        length--;
    }
    while (length > 0 && text[length - 1] == ' ')
        length--;
    return sg_arena_strndup(arena, text, length);
}

static bool is_same(const char *a, const char *b)
{
    return a != NULL && b != NULL && strcmp(a, b) == 0;
}

static sg_status add_term(reading *r, const char *text, size_t length, bool by_arm)
{
    static const char FACTOR[] = "factor(";
    term t = {.name = trim(r->arena, text, length), .by_arm = by_arm};

    if (t.name == NULL)
        return sg_no_memory(r->err);
    const size_t n = strlen(t.name), prefix = sizeof FACTOR - 1;
    t.is_factor = n > prefix + 1 && strncmp(t.name, FACTOR, prefix) == 0 && t.name[n - 1] == ')';
    t.column = t.is_factor ? sg_arena_strndup(r->arena, t.name + prefix, n - prefix - 1) : t.name;
    if (t.column == NULL)
        return sg_no_memory(r->err);
    if (is_same(t.column, r->parts->treatment))
        r->arm = true;
    else if (is_same(t.column, r->parts->cluster))
        r->clusters = true;
    else if (n == 0 || r->n_terms == MOST_TERMS)
        return sg_fail(r->err, SG_FAILED, "formula '%s': an empty term, or too many", r->parts->formula);
    else
        r->terms[r->n_terms++] = t;
    return SG_OK;
}

static sg_status read_terms(reading *r, const char *text)
{
    sg_status status = SG_OK;

    while (status == SG_OK) {
        const size_t length = strcspn(text, "+");
        const char *star = memchr(text, '*', length);
        if (star == NULL) {
            status = add_term(r, text, length, false);
        } else { /* one side of it is the arm; the other is there by itself and times the arm */
            const size_t first = (size_t)(star - text);
            status = add_term(r, text, first, true);
            if (status == SG_OK)
                status = add_term(r, star + 1, length - first - 1, true);
        }
        if (text[length] == '\0')
            break;
        text += length + 1;
    }
    return status;
}

static sg_status read_formula(reading *r)
{
    const char *formula = r->parts->formula, *tilde = strchr(formula, '~');

    if (tilde == NULL)
        return sg_fail(r->err, SG_FAILED, "formula '%s' has no '~'", formula);
    const char *left = trim(r->arena, formula, (size_t)(tilde - formula));
    if (left == NULL)
        return sg_no_memory(r->err);
    r->outcome = r->parts->outcome != NULL ? r->parts->outcome : left;
    return read_terms(r, tilde + 1);
}

/* ---- the sample ---- */

static int compare_texts(const void *left, const void *right)
{
    const char *const *a = left, *const *b = right;

    return strcmp(*a, *b);
}

/* The different texts of the rows in byte order, and each row's place among them. */
static sg_status code_column(reading *r, const char *name, const char *const *texts, sg_variable *out)
{
    const size_t n = r->out->sample.n_rows;
    const char **names = sg_arena_alloc(r->arena, n + 1, sizeof *names);
    uint32_t *levels = sg_arena_alloc(r->arena, n + 1, sizeof *levels);
    size_t n_names = 0;

    if (names == NULL || levels == NULL)
        return sg_no_memory(r->err);
    for (size_t i = 0; i < n; i++)
        names[i] = texts[r->out->row[i]];
    if (n > 1)
        qsort(names, n, sizeof *names, compare_texts);
    for (size_t i = 0; i < n; i++) {
        if (n_names == 0 || strcmp(names[n_names - 1], names[i]) != 0)
            names[n_names++] = names[i];
    }
    for (size_t i = 0; i < n; i++) {
        const char *const *found = bsearch(&texts[r->out->row[i]], names, n_names, sizeof *names,
                                           compare_texts);
        levels[i] = (uint32_t)(found - (const char *const *)names);
    }
    *out = (sg_variable){.name = name, .levels = levels, .level_names = names, .n_levels = n_names};
    return SG_OK;
}

static double *pick_numbers(reading *r, const double *numbers)
{
    double *picked = sg_arena_alloc(r->arena, r->out->sample.n_rows + 1, sizeof *picked);

    for (size_t i = 0; picked != NULL && i < r->out->sample.n_rows; i++)
        picked[i] = numbers[r->out->row[i]];
    return picked;
}

static bool is_missing(const column *c, size_t row)
{
    return c->texts != NULL ? *c->texts[row] == '\0' : isnan(c->numbers[row]);
}

enum { OUTCOME, TREATMENT, CLUSTER, N_BESIDE };

/* All columns that are used, and the rows in which none of them is missing. */
static sg_status find_rows(reading *r)
{
    const char *const names[N_BESIDE] = {r->outcome, r->parts->treatment, r->parts->cluster};
    const size_t n_columns = r->n_terms + N_BESIDE;

    r->columns = sg_arena_alloc(r->arena, n_columns, sizeof *r->columns);
    if (r->columns == NULL)
        return sg_no_memory(r->err);
    for (size_t i = 0; i < n_columns; i++) {
        const char *name = i < r->n_terms ? r->terms[i].column : names[i - r->n_terms];
        if (name == NULL)
            continue;
        if (!find_column(r->params, name, &r->columns[i]))
            return sg_fail(r->err, SG_FAILED, "the data set has no column '%s'", name);
        r->n_rows = r->columns[i].n;
    }
    r->out->row = sg_arena_alloc(r->arena, r->n_rows + 1, sizeof *r->out->row);
    if (r->out->row == NULL)
        return sg_no_memory(r->err);
    size_t n = 0;
    for (size_t row = 0; row < r->n_rows; row++) {
        bool complete = true;
        for (size_t i = 0; i < n_columns; i++)
            complete = complete &&
                       (r->columns[i].n == 0 || (row < r->columns[i].n && !is_missing(&r->columns[i], row)));
        if (complete)
            r->out->row[n++] = row;
    }
    r->out->sample.n_rows = n;
    return SG_OK;
}

static sg_status make_variables(reading *r)
{
    sg_observations *sample = &r->out->sample;
    sg_variable *variables = sg_arena_alloc(r->arena, r->n_terms + 1, sizeof *variables);
    sg_status status = SG_OK;

    if (variables == NULL)
        return sg_no_memory(r->err);
    for (size_t i = 0; i < r->n_terms && status == SG_OK; i++) {
        const term *t = &r->terms[i];
        if (t->by_arm)
            r->out->model.by_arm = i + 1;
        if (!t->is_factor && r->columns[i].numbers != NULL) {
            variables[i] = (sg_variable){.name = t->name, .numbers = pick_numbers(r, r->columns[i].numbers)};
            status = variables[i].numbers != NULL ? SG_OK : sg_no_memory(r->err);
        } else if (r->columns[i].texts == NULL) {
            status = sg_fail(r->err, SG_FAILED, "a factor of a column that has no texts");
        } else {
            status = code_column(r, t->name, r->columns[i].texts, &variables[i]);
        }
    }
    sample->variables = variables;
    sample->n_variables = r->n_terms;
    return status;
}

static sg_status make_arm_and_outcome(reading *r)
{
    const column *treatment = &r->columns[r->n_terms + TREATMENT],
                 *outcome = &r->columns[r->n_terms + OUTCOME];
    sg_observations *sample = &r->out->sample;
    uint8_t *arm = sg_arena_alloc(r->arena, sample->n_rows + 1, sizeof *arm);

    if (outcome->numbers == NULL || (r->parts->treatment != NULL && treatment->numbers == NULL))
        return sg_fail(r->err, SG_FAILED, "the outcome or the treatment is not a number");
    sample->success = pick_numbers(r, outcome->numbers);
    if (arm == NULL || sample->success == NULL)
        return sg_no_memory(r->err);
    for (size_t i = 0; i < sample->n_rows && r->parts->treatment != NULL; i++)
        arm[i] = treatment->numbers[r->out->row[i]] > 0.0 ? 1 : 0;
    sample->arm = arm;
    return SG_OK;
}

/* "1 + age mod 2" */
static sg_status make_weights(reading *r)
{
    const char *text = r->parts->weights, *plus = strchr(text, '+'), *mod = strstr(text, " mod ");
    column source = {0};

    if (plus == NULL || mod == NULL || mod < plus)
        return sg_fail(r->err, SG_FAILED, "weights '%s': neither 'none' nor 'A + column mod B'", text);
    const char *base = trim(r->arena, text, (size_t)(plus - text));
    const char *name = trim(r->arena, plus + 1, (size_t)(mod - plus - 1));
    const char *divisor = trim(r->arena, mod + 5, strlen(mod + 5));
    double *weights = sg_arena_alloc(r->arena, r->out->sample.n_rows + 1, sizeof *weights);
    double a = 0.0, b = 0.0;
    if (base == NULL || name == NULL || divisor == NULL || weights == NULL)
        return sg_no_memory(r->err);
    if (!sg_parse_double(base, strlen(base), &a) || !sg_parse_double(divisor, strlen(divisor), &b) ||
        !(b > 0.0))
        return sg_fail(r->err, SG_FAILED, "weights '%s': no numbers", text);
    const sg_status status = take_numbers(r->params, name, r->arena, &source, r->err);
    if (status != SG_OK)
        return status;
    for (size_t i = 0; i < r->out->sample.n_rows; i++)
        weights[i] = a + fmod(source.numbers[r->out->row[i]], b);
    r->out->sample.weight = weights;
    return SG_OK;
}

static sg_status make_clusters(reading *r)
{
    const column *c = &r->columns[r->n_terms + CLUSTER];
    sg_variable coded = {0};

    if (c->texts == NULL)
        return sg_fail(r->err, SG_FAILED, "a cluster that has no texts");
    const sg_status status = code_column(r, r->parts->cluster, c->texts, &coded);
    if (status == SG_OK) {
        r->out->sample.cluster = coded.levels;
        r->out->sample.n_clusters = coded.n_levels;
    }
    return status;
}

sg_status sg_formula_read(const sg_stats_params *params, const sg_formula_parts *parts, sg_arena *arena,
                          sg_formula_data *out, sg_err *err)
{
    sg_formula_data data = {0};
    reading r = {.params = params, .parts = parts, .arena = arena, .out = &data, .err = err};
    sg_status status = read_formula(&r);

    if (status == SG_OK)
        status = find_rows(&r);
    if (status == SG_OK)
        status = make_variables(&r);
    if (status == SG_OK)
        status = make_arm_and_outcome(&r);
    if (status == SG_OK && parts->weights != NULL)
        status = make_weights(&r);
    if (status == SG_OK && parts->cluster != NULL)
        status = make_clusters(&r);
    if (status != SG_OK)
        return status;
    data.model.arm = r.arm;
    data.model.cluster_effects = r.clusters;
    *out = data;
    return SG_OK;
}
