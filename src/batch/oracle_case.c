/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "oracle.h"

const char *sg_oracle_text(const sg_oracle_case *c, const char *name)
{
    return sg_json_get_text(c->params, name);
}

/* ---- what is not said, by the entries beside ---- */

/* How many parameters of the other entry are the same texts. */
static int count_common(const sg_oracle_case *c, const sg_json *other)
{
    int n = 0;

    for (const char *key = sg_json_next_key(other, NULL); key != NULL; key = sg_json_next_key(other, key)) {
        const char *own = sg_json_get_text(c->params, key), *its = sg_json_get_text(other, key);
        n += own != NULL && its != NULL && strcmp(own, its) == 0 ? 1 : 0;
    }
    return n;
}

const char *sg_oracle_text_of_kin(const sg_oracle_case *c, const char *name)
{
    const char *best = sg_oracle_text(c, name), *data = sg_json_get_text(c->entry, "dataset");
    int most = -1;

    if (best != NULL)
        return best;
    for (size_t i = 0; i < sg_json_size(c->set->entries); i++) {
        const sg_json *other = sg_json_at(c->set->entries, i), *params = sg_json_get(other, "params");
        const char *its_data = sg_json_get_text(other, "dataset"), *its = sg_json_get_text(params, name);
        if (its == NULL || its_data == NULL || strcmp(its_data, data) != 0)
            continue;
        const int common = count_common(c, params);
        if (common > most) {
            most = common;
            best = its;
        }
    }
    return best;
}

/* ---- putting ---- */

static sg_stats_param *find_item(sg_oracle_case *c, const char *name)
{
    for (size_t i = 0; i < c->n_items; i++) {
        if (strcmp(c->items[i].name, name) == 0)
            return &c->items[i];
    }
    return NULL;
}

static sg_status put(sg_oracle_case *c, sg_stats_param param, sg_err *err)
{
    sg_stats_param *item = find_item(c, param.name);

    if (item == NULL && c->n_items == SG_ORACLE_PARAMS)
        return sg_fail(err, SG_FAILED, "more than %d parameters", SG_ORACLE_PARAMS);
    if (item == NULL)
        item = &c->items[c->n_items++];
    *item = param;
    return SG_OK;
}

static bool are_same(const sg_stats_param *item, const double *numbers, size_t n)
{
    bool same = item->n == n;

    for (size_t i = 0; i < n && same; i++)
        same = fabs(item->numbers[i] - numbers[i]) <= 0.0;
    return same;
}

sg_status sg_oracle_put_numbers(sg_oracle_case *c, const char *name, const double *numbers, size_t n,
                                sg_err *err)
{
    const sg_stats_param *item = find_item(c, name);
    const bool is_given = item != NULL && item->numbers != NULL &&
                          sg_json_is_array(sg_json_get(c->params, name));

    if (is_given || (item != NULL && item->numbers != NULL && item->n == 1 && n == 1))
        return are_same(item, numbers, n)
                   ? SG_OK
                   : sg_fail(err, SG_FAILED, "the data set gives another '%s' than the entry", name);
    double *copy = sg_arena_alloc(c->arena, n + 1, sizeof *copy);
    if (copy == NULL)
        return sg_no_memory(err);
    if (n > 0)
        memcpy(copy, numbers, n * sizeof *copy);
    return put(c, (sg_stats_param){.name = name, .numbers = copy, .n = n}, err);
}

sg_status sg_oracle_put_texts(sg_oracle_case *c, const char *name, const char *const *texts, size_t n,
                              sg_err *err)
{
    const char **copy = sg_arena_alloc(c->arena, n + 1, sizeof *copy);

    if (copy == NULL)
        return sg_no_memory(err);
    if (n > 0)
        memcpy(copy, texts, n * sizeof *copy);
    return put(c, (sg_stats_param){.name = name, .texts = copy, .n = n}, err);
}

/* ---- what stands in the entry ---- */

/* The i-th element; a scalar has itself alone. */
static const sg_json *element(const sg_json *value, size_t i)
{
    return sg_json_is_array(value) ? sg_json_at(value, i) : value;
}

static size_t length_of(const sg_json *value)
{
    return sg_json_is_array(value) ? sg_json_size(value) : 1;
}

static sg_status put_given_texts(sg_oracle_case *c, const char *name, const sg_json *value, sg_err *err)
{
    const size_t n = length_of(value);
    const char **texts = sg_arena_alloc(c->arena, n + 1, sizeof *texts);

    if (texts == NULL)
        return sg_no_memory(err);
    for (size_t i = 0; i < n; i++) {
        texts[i] = sg_json_text(element(value, i));
        if (texts[i] == NULL)
            return sg_fail(err, SG_FAILED, "parameter '%s' is not all texts", name);
    }
    return put(c, (sg_stats_param){.name = name, .texts = texts, .n = n}, err);
}

static sg_status put_given_table(sg_oracle_case *c, const char *name, const sg_json *value, sg_err *err)
{
    const size_t n_rows = sg_json_size(value), n_columns = sg_json_size(sg_json_at(value, 0));
    double *numbers = sg_arena_alloc(c->arena, n_rows * n_columns + 1, sizeof *numbers);

    if (numbers == NULL)
        return sg_no_memory(err);
    for (size_t i = 0; i < n_rows; i++) {
        if (sg_json_size(sg_json_at(value, i)) != n_columns)
            return sg_fail(err, SG_FAILED, "parameter '%s' has rows of different lengths", name);
        for (size_t k = 0; k < n_columns; k++)
            numbers[i * n_columns + k] = sg_json_real(sg_json_at(sg_json_at(value, i), k));
    }
    return put(c,
               (sg_stats_param){.name = name, .numbers = numbers, .n = n_rows * n_columns, .n_rows = n_rows},
               err);
}

/* A truth is a number: 0 or 1. */
static sg_status put_given_numbers(sg_oracle_case *c, const char *name, const sg_json *value, sg_err *err)
{
    const size_t n = length_of(value);
    const bool is_truth = sg_json_get_bool(c->params, name, true) == sg_json_get_bool(c->params, name, false);
    double *numbers = sg_arena_alloc(c->arena, n + 1, sizeof *numbers);

    if (numbers == NULL)
        return sg_no_memory(err);
    for (size_t i = 0; i < n; i++)
        numbers[i] = sg_json_real(element(value, i));
    if (is_truth)
        numbers[0] = sg_json_get_bool(c->params, name, false) ? 1.0 : 0.0;
    return put(c, (sg_stats_param){.name = name, .numbers = numbers, .n = n}, err);
}

static sg_status put_given(sg_oracle_case *c, sg_err *err)
{
    sg_status status = SG_OK;

    for (const char *key = sg_json_next_key(c->params, NULL); key != NULL && status == SG_OK;
         key = sg_json_next_key(c->params, key)) {
        const sg_json *value = sg_json_get(c->params, key);
        if (sg_json_text(element(value, 0)) != NULL)
            status = put_given_texts(c, key, value, err);
        else if (sg_json_is_array(sg_json_at(value, 0)))
            status = put_given_table(c, key, value, err);
        else
            status = put_given_numbers(c, key, value, err);
    }
    return status;
}

sg_status sg_oracle_read(sg_oracle_set *set, const sg_json *entry, sg_arena *arena, sg_oracle_case *out,
                         sg_err *err)
{
    const char *data = sg_json_get_text(entry, "dataset"), *method = sg_json_get_text(entry, "method");

    *out = (sg_oracle_case){
        .set = set, .entry = entry, .params = sg_json_get(entry, "params"), .arena = arena};
    if (data == NULL || method == NULL || out->params == NULL)
        return sg_fail(err, SG_FAILED, "the entry lacks 'method', 'dataset' or 'params'");
    sg_status status = put_given(out, err);
    if (status != SG_OK || strcmp(data, "inline") == 0)
        return status;
    status = sg_oracle_rows(out, NULL, &out->rows, err);
    return status == SG_OK ? sg_oracle_count(out, method, err) : status;
}
