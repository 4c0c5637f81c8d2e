/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "writers.h"

/* An estimate that several entries show is one row, where it first appears. */
static bool was_before(const sg_table *table, size_t row, size_t entry, const char *id)
{
    for (size_t r = 0; r <= row; r++)
        for (size_t i = 0; i < table->rows[r].n && (r < row || i < entry); i++)
            if (sg_text_equal(table->rows[r].entries[i].result, id))
                return true;
    return false;
}

static bool shows_estimates(const sg_table *table)
{
    for (size_t r = 0; r < table->n_rows; r++)
        for (size_t i = 0; i < table->rows[r].n; i++)
            if (table->rows[r].entries[i].result)
                return true;
    return false;
}

static void add_result(sg_str *out, const sg_results *results, const char *id)
{
    const sg_estimate *e = sg_results_estimate(results, id);

    if (e)
        sg_csv_estimate(out, e);
}

static void write_estimates(const sg_table *table, const sg_results *results, sg_str *out)
{
    sg_csv_header(out);
    for (size_t r = 0; r < table->n_rows; r++)
        for (size_t i = 0; i < table->rows[r].n; i++) {
            const char *id = table->rows[r].entries[i].result;

            if (id && !was_before(table, r, i, id))
                add_result(out, results, id);
        }
}

/* A heading row becomes a first column, so that each row stands for itself. */
static void write_rows(const sg_table *table, sg_str *out)
{
    bool has_groups = table->n_rows && table->rows[0].group;
    const char *group = "";

    sg_str_add(out, has_groups ? "group," : "");
    for (size_t i = 0; i < table->n_columns; i++) {
        sg_str_add(out, i ? "," : "");
        sg_str_add_csv(out, table->columns[i].label);
    }
    sg_str_add_char(out, '\n');
    for (size_t r = 0; r < table->n_rows; r++) {
        const sg_row *row = &table->rows[r];

        if (row->group) {
            group = row->group;
            continue;
        }
        if (has_groups) {
            sg_str_add_csv(out, group);
            sg_str_add_char(out, ',');
        }
        for (size_t i = 0; i < row->n; i++) {
            sg_str_add(out, i ? "," : "");
            sg_str_add_csv(out, row->entries[i].raw ? row->entries[i].raw : row->entries[i].text);
        }
        sg_str_add_char(out, '\n');
    }
}

void sg_write_table_csv(const sg_table *table, const sg_results *results, sg_str *out)
{
    if (shows_estimates(table))
        write_estimates(table, results, out);
    else
        write_rows(table, out);
}

void sg_write_figure_csv(const sg_figure *figure, const sg_results *results, sg_str *out)
{
    sg_csv_header(out);
    for (size_t r = 0; r < figure->n_rows; r++)
        for (size_t i = 0; i < figure->rows[r].n_points; i++)
            if (figure->rows[r].points[i].result)
                add_result(out, results, figure->rows[r].points[i].result);
}
