/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Figures as native charts. What they are drawn from stands on a sheet of its own, so that a hidden figure is a blank there, with its
 * mark beside it: a mark in a table would be drawn as 0.
 */
#include <string.h>

#include "workbook_parts.h"

enum {
    FIGURE_COLUMN,
    PAGE_COLUMN,
    SERIES_COLUMN,
    GROUP_COLUMN,
    SIZE_COLUMN,
    VALUE_COLUMN,
    LOW_COLUMN,
    HIGH_COLUMN,
    PRINTED_COLUMN,
    N_COLUMNS
};
enum { HEAD_ROW = 4, FIRST_ROW };

static size_t n_series(const sg_figure *figure)
{
    return figure->n_rows ? figure->rows[0].n_points : 0;
}

static const char *series_name(const sg_figure *figure, size_t series)
{
    if (n_series(figure) == 1)
        return figure->axis;
    return figure->rows[0].points[series].accent ? "IET learners" : "Other learners";
}

/* ---- where they stand ---- */

void sg_book_place_figures(sg_book *book, const sg_document *const *docs, size_t n_docs)
{
    lxw_row_t row = FIRST_ROW;

    for (size_t d = 0; d < n_docs; d++)
        for (size_t i = 0; i < docs[d]->n_blocks; i++) {
            const sg_figure *figure = docs[d]->blocks[i]->figure;

            if (!figure || !n_series(figure))
                continue;
            if (!sg_grow(&book->figures, &book->figures_capacity, book->n_figures + 1,
                         sizeof *book->figures)) {
                book->error = LXW_ERROR_MEMORY_MALLOC_FAILED;
                return;
            }
            book->figures[book->n_figures++] = (sg_figure_place){figure, docs[d]->label, row};
            row += (lxw_row_t)(figure->n_rows * n_series(figure));
        }
}

/* ---- the sheet ---- */

static void add_numbers(sg_book *book, lxw_worksheet *sheet, lxw_row_t row, const sg_point *point)
{
    sg_printed printed;

    /* "IET 62.4% (58.1 to 66.5)" */
    if (point->hidden ||
        !sg_printed_read(point->printed + strcspn(point->printed, "+0123456789\xE2"), &printed))
        return;
    sg_printed_refine(&printed, sg_results_estimate(book->page->results, point->result ? point->result : ""));
    sg_book_number(book, sheet, row, VALUE_COLUMN, &printed.value);
    sg_book_number(book, sheet, row, LOW_COLUMN, &printed.low);
    sg_book_number(book, sheet, row, HIGH_COLUMN, &printed.high);
}

static void add_row(sg_book *book, lxw_worksheet *sheet, lxw_row_t at, const char *const texts[N_COLUMNS],
                    sg_style style)
{
    for (int i = 0; i < N_COLUMNS; i++)
        if (texts[i]) {
            sg_book_text(book, sheet, at, (lxw_col_t)i, texts[i], style);
            (void)sg_book_fit(book, (lxw_col_t)i, texts[i]);
        }
}

static void add_figure(sg_book *book, lxw_worksheet *sheet, const sg_figure_place *place)
{
    const sg_figure *figure = place->figure;
    lxw_row_t at = place->first;

    for (size_t s = 0; s < n_series(figure); s++)
        for (size_t r = 0; r < figure->n_rows; r++, at++) {
            const sg_figure_row *row = &figure->rows[r];
            const char *const texts[N_COLUMNS] = {[FIGURE_COLUMN] = figure->title,
                                                  [PAGE_COLUMN] = place->page,
                                                  [SERIES_COLUMN] = series_name(figure, s),
                                                  [GROUP_COLUMN] = row->label,
                                                  [SIZE_COLUMN] = row->size ? row->size : "",
                                                  [PRINTED_COLUMN] = row->points[s].printed};

            add_row(book, sheet, at, texts, SG_STYLE_TEXT);
            add_numbers(book, sheet, at, &row->points[s]);
        }
}

void sg_book_figure_data(sg_book *book)
{
    static const char *const heads[N_COLUMNS] = {
        [FIGURE_COLUMN] = "Figure", [PAGE_COLUMN] = "Page", [SERIES_COLUMN] = "Series",
        [GROUP_COLUMN] = "Group",   [SIZE_COLUMN] = "Size", [VALUE_COLUMN] = "Value",
        [LOW_COLUMN] = "Low",       [HIGH_COLUMN] = "High", [PRINTED_COLUMN] = "As printed"};
    const char *what = sg_say_plain(book->doc, "workbook/figures", SG_NO_VALUES);
    const sg_figure_place *last = book->n_figures ? &book->figures[book->n_figures - 1] : NULL;
    lxw_worksheet *sheet = last ? sg_book_sheet(book, sg_figures_name, what, "") : NULL;

    if (!sheet)
        return;
    sg_book_text(book, sheet, 0, 0, what, SG_STYLE_TITLE);
    sg_book_text(book, sheet, 1, 0, sg_publication_mark(book->page->publication), SG_STYLE_MARK);
    sg_book_text(book, sheet, 2, 0, sg_say_plain(book->doc, "workbook/figures_blank", SG_NO_VALUES),
                 SG_STYLE_PLAIN);
    sg_book_link(book, sheet, 3, 0, sg_notes_name, "Notes and list of sheets");
    add_row(book, sheet, HEAD_ROW, heads, SG_STYLE_HEAD);
    for (size_t i = 0; i < book->n_figures; i++)
        add_figure(book, sheet, &book->figures[i]);
    (void)sg_book_columns(book, sheet, N_COLUMNS, HEAD_ROW);
    worksheet_freeze_panes(sheet, FIRST_ROW, 0);
    (void)worksheet_repeat_rows(sheet, HEAD_ROW, HEAD_ROW);
    (void)worksheet_autofilter(sheet, HEAD_ROW, 0,
                               last->first + (lxw_row_t)(last->figure->n_rows * n_series(last->figure)) - 1,
                               N_COLUMNS - 1);
}

/* ---- charts ---- */

static lxw_chart_series *add_series(lxw_chart *chart, const sg_figure_place *place, size_t series,
                                    lxw_col_t column, const char *name)
{
    lxw_row_t n = (lxw_row_t)place->figure->n_rows, first = place->first + (lxw_row_t)series * n;
    lxw_chart_series *s = chart_add_series(chart, NULL, NULL);

    if (!s)
        return NULL;
    chart_series_set_categories(s, sg_figures_name, first, GROUP_COLUMN, first + n - 1, GROUP_COLUMN);
    chart_series_set_values(s, sg_figures_name, first, column, first + n - 1, column);
    chart_series_set_name(s, name);
    return s;
}

static const lxw_color_t accent = 0x0A5A9C, soft = 0x59636E, pale = 0xC9D1D9;

/* A bar a group and arm; the IET arm filled, the other pale, so that it reads in black and white, too. */
static bool draw_bars(lxw_chart *chart, const sg_figure_place *place)
{
    for (size_t i = 0; i < n_series(place->figure); i++) {
        bool is_iet = place->figure->rows[0].points[i].accent;
        lxw_chart_fill fill = {.color = is_iet ? accent : pale};
        lxw_chart_line line = {.color = is_iet ? accent : soft, .width = 0.75F};
        lxw_chart_series *series = add_series(chart, place, i, VALUE_COLUMN, series_name(place->figure, i));

        if (!series)
            return false;
        chart_series_set_fill(series, &fill);
        chart_series_set_line(series, &line);
    }
    chart_axis_set_reverse(chart->y_axis); /* the first group on top */
    chart_axis_set_label_position(chart->x_axis, LXW_CHART_AXIS_LABEL_POSITION_HIGH);
    chart_set_series_gap(chart, 60);
    chart_legend_set_position(chart, LXW_CHART_LEGEND_BOTTOM);
    return true;
}

/* A dot a group between the ends of its interval, which a line joins where the program draws such lines. */
static bool draw_dots(lxw_chart *chart, const sg_figure_place *place)
{
    static const lxw_col_t columns[] = {LOW_COLUMN, VALUE_COLUMN, HIGH_COLUMN};
    static const char *const names[] = {"low", NULL, "high"};
    lxw_chart_line none = {.none = LXW_TRUE}, range = {.color = accent, .width = 1.5F};
    lxw_chart_line edge = {.color = accent};
    lxw_chart_fill fill = {.color = accent};

    for (size_t i = 0; i < sizeof columns / sizeof *columns; i++) {
        lxw_chart_series *series = add_series(chart, place, 0, columns[i],
                                              names[i] ? names[i] : place->figure->axis);

        if (!series)
            return false;
        chart_series_set_line(series, &none);
        chart_series_set_marker_type(series, names[i] ? LXW_CHART_MARKER_LONG_DASH : LXW_CHART_MARKER_CIRCLE);
        chart_series_set_marker_size(series, 8);
        chart_series_set_marker_fill(series, &fill);
        chart_series_set_marker_line(series, &edge);
    }
    chart_set_high_low_lines(chart, &range);
    chart_axis_set_label_position(chart->x_axis, LXW_CHART_AXIS_LABEL_POSITION_LOW);
    chart_legend_set_position(chart, LXW_CHART_LEGEND_NONE);
    return true;
}

/* Bars lie: their groups stand on the axis named y. */
static void set_axes(lxw_chart *chart, const sg_figure *figure, const char *name)
{
    bool lies = n_series(figure) > 1;
    lxw_chart_axis *groups = lies ? chart->y_axis : chart->x_axis;
    lxw_chart_axis *values = lies ? chart->x_axis : chart->y_axis;
    double scale = figure->is_difference ? 1 : 100;
    lxw_chart_font small = {.size = 9}, title = {.size = 11, .bold = LXW_TRUE};

    chart_axis_set_min(values, figure->low / scale);
    chart_axis_set_max(values, figure->high / scale);
    chart_axis_set_major_unit(values, figure->step / scale);
    chart_axis_set_num_format(values, figure->is_difference ? "+0;\"\xE2\x88\x92\"0;0" : "0%");
    chart_axis_set_name(values, figure->axis);
    chart_axis_set_name_font(values, &small);
    chart_axis_set_num_font(values, &small);
    chart_axis_set_num_font(groups, &small);
    chart_title_set_name(chart, name);
    chart_title_set_name_font(chart, &title);
}

enum { MOST_ALTERNATIVE = 8000, MOST_TITLE = 250 }; /* bytes */

/* Pixels. */
enum {
    WIDTH = 720,
    HEIGHT = 330,
    BAR_HEIGHT = 17,
    AROUND_BARS = 150,
    ROW_HEIGHT = 20,
    DEFAULT_WIDTH = 480,
    DEFAULT_HEIGHT = 288
};

static int height_of(const sg_figure *figure)
{
    int bars = AROUND_BARS + (int)(figure->n_rows * (n_series(figure) + 1)) * BAR_HEIGHT;

    return n_series(figure) > 1 && bars > HEIGHT ? bars : HEIGHT;
}

static bool add_chart(sg_book *book, lxw_worksheet *sheet, lxw_row_t row, lxw_col_t col,
                      const sg_figure_place *place)
{
    const sg_figure *figure = place->figure;
    bool is_pair = n_series(figure) > 1;
    lxw_chart *chart = workbook_add_chart(book->file, is_pair ? LXW_CHART_BAR : LXW_CHART_LINE);
    lxw_chart_options options = {.x_scale = WIDTH / (double)DEFAULT_WIDTH,
                                 .y_scale = height_of(figure) / (double)DEFAULT_HEIGHT,
                                 .description = sg_book_clean(book, figure->description, MOST_ALTERNATIVE)};
    const char *name = sg_book_clean(book, figure->title, MOST_TITLE);

    if (!chart || !options.description || !name || !(is_pair ? draw_bars : draw_dots)(chart, place))
        return false;
    set_axes(chart, figure, name);
    return worksheet_insert_chart_opt(sheet, row, col, chart, &options) == LXW_NO_ERROR;
}

void sg_book_charts(sg_book *book, lxw_worksheet *sheet, lxw_row_t row, lxw_col_t col, const sg_table *table)
{
    for (size_t i = 0; book->error == LXW_NO_ERROR && i < book->n_figures; i++) {
        const sg_figure_place *place = &book->figures[i];

        if (strcmp(place->figure->table, table->name) != 0)
            continue;
        if (!add_chart(book, sheet, row, col, place))
            book->error = LXW_ERROR_MEMORY_MALLOC_FAILED;
        row += (lxw_row_t)(height_of(place->figure) / ROW_HEIGHT + 2);
    }
}
