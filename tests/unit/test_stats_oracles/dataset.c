/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dataset.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <csv.h>

#include "support/assert.h"

enum { MOST_CELLS = 100000, READ_SIZE = 4096 };

/* ---- reading ---- */

typedef struct {
    sg_arena *arena;
    const char **cells;
    size_t n_cells, n_columns;
} reading;

static void take_field(void *text, size_t length, void *context)
{
    reading *r = context;

    assert_true(r->n_cells < MOST_CELLS);
    r->cells[r->n_cells] = sg_arena_strndup(r->arena, text, length);
    assert_non_null(r->cells[r->n_cells]);
    r->n_cells++;
}

static void take_row(int last, void *context)
{
    reading *r = context;

    (void)last;
    if (r->n_columns == 0)
        r->n_columns = r->n_cells;
    assert_int_equal(r->n_cells % r->n_columns, 0);
}

static void parse_file(FILE *file, reading *r)
{
    struct csv_parser parser;
    char buffer[READ_SIZE];
    size_t length = 0;

    assert_int_equal(csv_init(&parser, CSV_STRICT | CSV_STRICT_FINI), 0);
    while ((length = fread(buffer, 1, sizeof buffer, file)) > 0)
        assert_int_equal(csv_parse(&parser, buffer, length, take_field, take_row, r), length);
    assert_int_equal(csv_fini(&parser, take_field, take_row, r), 0);
    csv_free(&parser);
}

dataset *dataset_read(sg_arena *arena, const char *name)
{
    const char *path = sg_arena_printf(arena, "tests/oracles/data/%s", name);
    reading r = {.arena = arena, .cells = sg_arena_alloc(arena, MOST_CELLS, sizeof *r.cells)};
    dataset *data = sg_arena_alloc(arena, 1, sizeof *data);

    assert_true(path != NULL && r.cells != NULL && data != NULL);
    FILE *file = fopen(path, "rb");
    if (file == NULL)
        fail_msg("'%s' cannot be opened; run the test in the project's folder", path);
    parse_file(file, &r);
    assert_int_equal(fclose(file), 0);
    assert_true(r.n_columns > 0);
    *data = (dataset){.names = r.cells,
                      .cells = r.cells + r.n_columns,
                      .n_columns = r.n_columns,
                      .n_rows = r.n_cells / r.n_columns - 1,
                      .arena = arena};
    return data;
}

/* ---- columns ---- */

static const char *cell_of(const dataset *data, const char *column, size_t length, size_t row)
{
    for (size_t i = 0; i < data->n_columns; i++) {
        if (strlen(data->names[i]) == length && memcmp(data->names[i], column, length) == 0)
            return data->cells[row * data->n_columns + i];
    }
    fail_msg("the data set has no column '%.*s'", (int)length, column);
    return "";
}

static const char *plain_value(const dataset *data, const char *column, size_t row)
{
    return cell_of(data, column, strlen(column), row);
}

static bool is_missing(const dataset *data, const char *column, size_t row)
{
    return *plain_value(data, column, row) == '\0';
}

static double number_of(const dataset *data, const char *column, size_t row)
{
    const char *text = plain_value(data, column, row);
    char *end = NULL;
    const double number = strtod(text, &end);

    assert_true(end != text && *end == '\0');
    return number;
}

static bool is_by_day_30(const dataset *data, const char *column, size_t row)
{
    return !is_missing(data, column, row) && number_of(data, column, row) <= 30.0;
}

static const char *flag_text(bool flag)
{
    return flag ? "1" : "0";
}

const char *dataset_value(const dataset *data, const char *column, size_t row)
{
    if (strcmp(column, "arm") == 0)
        return flag_text(is_by_day_30(data, "iet_start_day", row));
    if (strcmp(column, "spont") == 0)
        return flag_text(number_of(data, "spontaneous", row) > 0.0);
    const char *bar = strchr(column, '|');
    if (bar == NULL)
        return plain_value(data, column, row);
    const char *joined = sg_arena_printf(data->arena, "%s|%s",
                                         cell_of(data, column, (size_t)(bar - column), row),
                                         dataset_value(data, bar + 1, row));
    assert_non_null(joined);
    return joined;
}

bool dataset_flag(const dataset *data, const char *column, size_t row)
{
    const char *text = dataset_value(data, column, row);

    if (strcmp(text, "0") != 0 && strcmp(text, "1") != 0)
        fail_msg("column '%s', row %zu: neither 0 nor 1", column, row + 1);
    return *text == '1';
}

/* ---- filters ---- */

static bool keep_all(const dataset *data, size_t row)
{
    (void)data;
    (void)row;
    return true;
}

static bool keep_known(const dataset *data, size_t row)
{
    return !is_missing(data, "msg", row);
}

static bool keep_known_iet(const dataset *data, size_t row)
{
    return keep_known(data, row) && dataset_flag(data, "iet", row);
}

static bool keep_landmark(const dataset *data, size_t row)
{
    return keep_known(data, row) && number_of(data, "exit_day", row) >= 30.0 &&
           !is_by_day_30(data, "msg_day", row);
}

bool dataset_keeps(const dataset *data, const char *filter, size_t row)
{
    static const struct {
        const char *text;
        bool (*keeps)(const dataset *data, size_t row);
    } filters[] = {
        {"all rows", keep_all},
        {"msg not missing", keep_known},
        {"msg not missing ; iet = 1", keep_known_iet},
        {"landmark day 30: msg known, exit_day >= 30, no gain by day 30; arm = iet_start_day <= 30",
         keep_landmark},
        {"spont = spontaneous>0", keep_all},
    };

    for (size_t i = 0; i < sizeof filters / sizeof *filters; i++) {
        if (strcmp(filters[i].text, filter) == 0)
            return filters[i].keeps(data, row);
    }
    fail_msg("no rule for the filter '%s'", filter);
    return false;
}
