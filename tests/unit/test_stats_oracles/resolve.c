/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "resolve.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "dataset.h"
#include "support/assert.h"

enum { MOST_PARAMS = 32, MOST_GROUPS = 64 };

typedef struct {
    sg_arena *arena;
    json_t *params;
    const dataset *data; /* NULL: all is inline */
    sg_stats_param items[MOST_PARAMS];
    size_t n;
} resolution;

/* ---- what is inline ---- */

static void *take_memory(resolution *r, size_t n, size_t size)
{
    void *memory = sg_arena_alloc(r->arena, n, size);

    assert_non_null(memory);
    return memory;
}

static double number_of(const json_t *value)
{
    return json_is_null(value) ? nan("") : json_number_value(value);
}

static bool is_text(const json_t *value)
{
    return json_is_string(value) || (json_is_array(value) && json_is_string(json_array_get(value, 0)));
}

/* The i-th element; a scalar has itself alone. */
static json_t *element(json_t *value, size_t i)
{
    return json_is_array(value) ? json_array_get(value, i) : value;
}

static size_t length_of(const json_t *value)
{
    return json_is_array(value) ? json_array_size(value) : 1;
}

static void add_param(resolution *r, sg_stats_param param)
{
    assert_true(r->n < MOST_PARAMS);
    r->items[r->n++] = param;
}

static void add_inline_texts(resolution *r, const char *name, json_t *value)
{
    const size_t n = length_of(value);
    const char **texts = take_memory(r, n, sizeof *texts);

    for (size_t i = 0; i < n; i++)
        texts[i] = json_string_value(element(value, i));
    add_param(r, (sg_stats_param){.name = name, .texts = texts, .n = n});
}

static void add_inline_numbers(resolution *r, const char *name, json_t *value)
{
    const bool is_table = json_is_array(value) && json_is_array(json_array_get(value, 0));
    const size_t n_rows = is_table ? json_array_size(value) : 0;
    const size_t n_columns = is_table ? json_array_size(json_array_get(value, 0)) : length_of(value);
    const size_t n = is_table ? n_rows * n_columns : n_columns;
    double *numbers = take_memory(r, n, sizeof *numbers);

    for (size_t i = 0; i < n; i++)
        numbers[i] = number_of(is_table ? json_array_get(json_array_get(value, i / n_columns), i % n_columns)
                                        : element(value, i));
    add_param(r, (sg_stats_param){.name = name, .numbers = numbers, .n = n, .n_rows = n_rows});
}

static void add_inline(resolution *r)
{
    const char *name = NULL;
    json_t *value = NULL;

    json_object_foreach(r->params, name, value)
    {
        if (is_text(value))
            add_inline_texts(r, name, value);
        else
            add_inline_numbers(r, name, value);
    }
}

/* ---- what is counted ---- */

static const char *text_param(const resolution *r, const char *name)
{
    return json_string_value(json_object_get(r->params, name)); /* NULL: none */
}

/* A counted list: added, or compared with the inline one of that name. */
static void add_counted(resolution *r, const char *name, const double *numbers, size_t n)
{
    for (size_t i = 0; i < r->n; i++) {
        if (strcmp(r->items[i].name, name) != 0)
            continue;
        assert_int_equal(r->items[i].n, n);
        for (size_t k = 0; k < n; k++)
            sg_assert_close(numbers[k], r->items[i].numbers[k], 0.0, 0.0);
        return;
    }
    double *copy = take_memory(r, n, sizeof *copy);
    memcpy(copy, numbers, n * sizeof *copy);
    add_param(r, (sg_stats_param){.name = name, .numbers = copy, .n = n});
}

static bool keeps(const resolution *r, size_t row)
{
    const char *filter = text_param(r, "filter");

    return filter == NULL || dataset_keeps(r->data, filter, row);
}

typedef struct {
    const char *names[MOST_GROUPS];
    size_t n;
    double x[2][MOST_GROUPS], count[2][MOST_GROUPS]; /* by arm */
} group_counts;

static size_t find_name(const char *const *names, size_t n, const char *name)
{
    size_t i = 0;

    while (i < n && strcmp(names[i], name) != 0)
        i++;
    return i;
}

static int compare_names(const void *left, const void *right)
{
    const char *const *a = left, *const *b = right;

    return strcmp(*a, *b);
}

/* The values of a column among the rows that are kept, in byte order. */
static size_t list_names(const resolution *r, const char *column, const char **names)
{
    size_t n = 0;

    for (size_t row = 0; row < r->data->n_rows; row++) {
        if (!keeps(r, row))
            continue;
        const char *value = dataset_value(r->data, column, row);
        if (find_name(names, n, value) < n)
            continue;
        assert_true(n < MOST_GROUPS);
        names[n++] = value;
    }
    qsort(names, n, sizeof *names, compare_names);
    return n;
}

/* By group and arm; treatment NULL: all of it in arm 0. */
static void count_groups(const resolution *r, const char *group, const char *treatment, group_counts *out)
{
    const char *outcome = text_param(r, "outcome");

    out->n = list_names(r, group, out->names);
    for (size_t row = 0; row < r->data->n_rows; row++) {
        if (!keeps(r, row))
            continue;
        const size_t at = find_name(out->names, out->n, dataset_value(r->data, group, row));
        const size_t arm = treatment != NULL && dataset_flag(r->data, treatment, row) ? 1 : 0;
        out->count[arm][at] += 1.0;
        out->x[arm][at] += dataset_flag(r->data, outcome, row) ? 1.0 : 0.0;
    }
}

/* 1.9: each group's arms. */
static void add_groups_by_arm(resolution *r, const char *group, const char *treatment)
{
    group_counts counts = {.n = 0};

    count_groups(r, group, treatment, &counts);
    const char **names = take_memory(r, counts.n, sizeof *names);
    memcpy(names, counts.names, counts.n * sizeof *names);
    add_param(r, (sg_stats_param){.name = "groups", .texts = names, .n = counts.n});
    add_counted(r, "x1", counts.x[1], counts.n);
    add_counted(r, "n1", counts.count[1], counts.n);
    add_counted(r, "x0", counts.x[0], counts.n);
    add_counted(r, "n0", counts.count[0], counts.n);
}

/* 1.2 to 1.8: the arms of all rows that are kept. */
static void add_arms(resolution *r, const char *treatment)
{
    double x[2] = {0.0}, n[2] = {0.0};

    for (size_t row = 0; row < r->data->n_rows; row++) {
        if (!keeps(r, row))
            continue;
        const size_t arm = dataset_flag(r->data, treatment, row) ? 1 : 0;
        n[arm] += 1.0;
        x[arm] += dataset_flag(r->data, text_param(r, "outcome"), row) ? 1.0 : 0.0;
    }
    add_counted(r, "x1", &x[1], 1);
    add_counted(r, "n1", &n[1], 1);
    add_counted(r, "x0", &x[0], 1);
    add_counted(r, "n0", &n[0], 1);
}

/* 8.4: the groups that the entry names, which are all there are. */
static void add_levels(resolution *r, const char *group)
{
    group_counts counts = {.n = 0};
    json_t *groups = json_object_get(r->params, "groups");

    count_groups(r, group, NULL, &counts);
    assert_int_equal(counts.n, json_array_size(groups));
    for (size_t i = 0; i < counts.n; i++)
        assert_string_equal(counts.names[i], json_string_value(json_array_get(groups, i)));
    add_counted(r, "success", counts.x[0], counts.n);
    add_counted(r, "n", counts.count[0], counts.n);
}

/* 8.5: of the column that holds both names, the arm being "iet". */
static void add_gap_pairs(resolution *r, const char *group, const char *reference)
{
    static const char *const NAMES[2][2] = {{"group_non", "group_iet"}, {"reference_non", "reference_iet"}};
    const char *const levels[2] = {group, reference};
    group_counts counts = {.n = 0};

    count_groups(r, "race_eth", "iet", &counts);
    for (size_t i = 0; i < 2; i++) {
        const size_t at = find_name(counts.names, counts.n, levels[i]);
        assert_true(at < counts.n);
        for (size_t arm = 0; arm < 2; arm++)
            add_counted(r, NAMES[i][arm], (const double[]){counts.x[arm][at], counts.count[arm][at]}, 2);
    }
}

/* 1.8: a table of two columns of the data set. */
static void add_table(resolution *r, const char *rows, const char *columns)
{
    const char *row_names[MOST_GROUPS], *column_names[MOST_GROUPS];
    const size_t n_rows = list_names(r, rows, row_names), n_columns = list_names(r, columns, column_names);
    double *table = take_memory(r, n_rows * n_columns, sizeof *table);

    for (size_t row = 0; row < r->data->n_rows; row++) {
        if (!keeps(r, row))
            continue;
        const size_t at = find_name(row_names, n_rows, dataset_value(r->data, rows, row));
        table[at * n_columns + find_name(column_names, n_columns, dataset_value(r->data, columns, row))] +=
            1.0;
    }
    add_param(r, (sg_stats_param){
                     .name = "table_by_row", .numbers = table, .n = n_rows * n_columns, .n_rows = n_rows});
}

static void add_counts_of_data(resolution *r)
{
    const char *group = text_param(r, "group"), *treatment = text_param(r, "treatment");
    const char *rows = text_param(r, "rows"), *reference = text_param(r, "reference");

    if (rows != NULL)
        add_table(r, rows, text_param(r, "columns"));
    else if (group != NULL && treatment != NULL)
        add_groups_by_arm(r, group, treatment);
    else if (treatment != NULL)
        add_arms(r, treatment);
    else if (json_object_get(r->params, "groups") != NULL)
        add_levels(r, group);
    else
        add_gap_pairs(r, group, reference);
}

sg_stats_params oracle_parameters(sg_arena *arena, json_t *entry)
{
    const char *name = json_string_value(json_object_get(entry, "dataset"));
    resolution r = {.arena = arena, .params = json_object_get(entry, "params")};

    assert_true(name != NULL && json_is_object(r.params));
    add_inline(&r);
    if (strcmp(name, "inline") != 0) {
        r.data = dataset_read(arena, name);
        add_counts_of_data(&r);
    }
    sg_stats_param *items = take_memory(&r, r.n, sizeof *items);
    memcpy(items, r.items, r.n * sizeof *items);
    return (sg_stats_params){.items = items, .n = r.n};
}
