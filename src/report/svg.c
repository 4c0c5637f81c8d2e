/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A figure: a row a group, with a dot and its interval an arm. What is hidden has no place on the axis: its row is hatched. The
 * IET arm is filled and coloured, the other hollow, so that it reads in black and white, too.
 */
#include <math.h>
#include <string.h>

#include "gen/text_catalog.h"
#include "svg_text.h"
#include "writers.h"
#include "xml.h"

/* in user units; the page scales the whole */
enum {
    WIDTH = 750,
    PLOT_LEFT = 226,
    PLOT_RIGHT = 516,
    PRINTED_LEFT = 530,
    LINE_HEIGHT = 17,
    POINT_HEIGHT = 20,
    ROW_PADDING = 12,
    HEAD_LINE = 18,
    AXIS_HEIGHT = 46,
    SIDES_HEIGHT = 18,
    LABEL_WIDTH = PLOT_LEFT - 12,
    DOT = 5,
    HATCH_HEIGHT = 10
};

typedef struct {
    sg_xml *xml;
    const sg_figure *figure;
    double top, bottom; /* of the plot */
} drawing;

static double place_of(const sg_figure *f, double value)
{
    double inside = fmin(fmax(value, f->low), f->high);

    return PLOT_LEFT + (inside - f->low) / (f->high - f->low) * (PLOT_RIGHT - PLOT_LEFT);
}

/* ---- shapes ---- */

static void draw_line(const drawing *d, const char *class_name, double x1, double y1, double x2, double y2)
{
    sg_xml_start(d->xml, "line");
    sg_xml_attribute(d->xml, "class", class_name);
    sg_xml_number(d->xml, "x1", x1);
    sg_xml_number(d->xml, "y1", y1);
    sg_xml_number(d->xml, "x2", x2);
    sg_xml_number(d->xml, "y2", y2);
    sg_xml_end_void(d->xml);
}

static void draw_text(const drawing *d, const char *class_name, const char *anchor, double x, double y,
                      const char *text)
{
    sg_xml_start(d->xml, "text");
    sg_xml_attribute(d->xml, "class", class_name);
    sg_xml_attribute(d->xml, "text-anchor", anchor);
    sg_xml_number(d->xml, "x", x);
    sg_xml_number(d->xml, "y", y);
    sg_xml_text(d->xml, text);
    sg_xml_end(d->xml);
}

static void draw_dot(const drawing *d, bool accent, double x, double y)
{
    sg_xml_start(d->xml, "circle");
    sg_xml_attribute(d->xml, "class", accent ? "fig-dot fig-accent" : "fig-dot");
    sg_xml_number(d->xml, "cx", x);
    sg_xml_number(d->xml, "cy", y);
    sg_xml_number(d->xml, "r", DOT);
    sg_xml_end_void(d->xml);
}

static void draw_box(const drawing *d, const char *class_name, const char *fill, double x, double y,
                     double width, double height)
{
    sg_xml_start(d->xml, "rect");
    sg_xml_attribute(d->xml, "class", class_name);
    sg_xml_attribute(d->xml, "fill", fill);
    sg_xml_number(d->xml, "x", x);
    sg_xml_number(d->xml, "y", y);
    sg_xml_number(d->xml, "width", width);
    sg_xml_number(d->xml, "height", height);
    sg_xml_end_void(d->xml);
}

static void draw_hatched(const drawing *d, double y)
{
    sg_str fill = {0};

    sg_str_printf(&fill, "url(#%s-hatch)", d->figure->name);
    draw_box(d, "fig-hidden", sg_str_text(&fill), PLOT_LEFT, y - HATCH_HEIGHT / 2.0, PLOT_RIGHT - PLOT_LEFT,
             HATCH_HEIGHT);
    d->xml->failed = d->xml->failed || fill.failed;
    sg_str_release(&fill);
}

/* ---- rows ---- */

static const sg_font label_font = {.size = 13.5, .bold = true}, size_font = {.size = 12.5};

static const char *size_of(const sg_figure_row *row)
{
    return row->size ? row->size : "";
}

static int lines_of(const sg_figure_row *row)
{
    return sg_text_lines(row->label, &label_font, LABEL_WIDTH) +
           sg_text_lines(size_of(row), &size_font, LABEL_WIDTH);
}

static double height_of(const sg_figure_row *row)
{
    double text = lines_of(row) * LINE_HEIGHT, points = (double)row->n_points * POINT_HEIGHT;

    return fmax(text, points) + ROW_PADDING;
}

/* Returns the base line of the last line. */
static double draw_lines(const drawing *d, const char *class_name, const sg_font *font, const char *text,
                         double y)
{
    while (*text) {
        size_t length = sg_text_line(text, font, LABEL_WIDTH);
        sg_str line = {0};

        sg_str_add_n(&line, text, length);
        draw_text(d, class_name, NULL, 0, y += LINE_HEIGHT, sg_str_text(&line));
        d->xml->failed = d->xml->failed || line.failed;
        sg_str_release(&line);
        text = sg_text_after_line(text, length);
    }
    return y;
}

static void draw_label(const drawing *d, const sg_figure_row *row, double y)
{
    y = draw_lines(d, "fig-label", &label_font, row->label, y);
    (void)draw_lines(d, "fig-size", &size_font, size_of(row), y);
}

static void draw_point(const drawing *d, const sg_point *point, double y)
{
    if (point->hidden) {
        draw_hatched(d, y);
    } else {
        draw_line(d, point->accent ? "fig-whisker fig-accent" : "fig-whisker",
                  place_of(d->figure, point->low), y, place_of(d->figure, point->high), y);
        draw_dot(d, point->accent, place_of(d->figure, point->value), y);
    }
    draw_text(d, point->accent ? "fig-printed fig-accent-text" : "fig-printed", NULL, PRINTED_LEFT, y + 4.5,
              point->printed);
}

static void draw_row(const drawing *d, const sg_figure_row *row, double y)
{
    double height = height_of(row);
    double first = y + (height - (double)row->n_points * POINT_HEIGHT) / 2 + POINT_HEIGHT / 2.0;

    draw_line(d, "fig-rule", 0, y, WIDTH, y);
    draw_label(d, row, y + (height - lines_of(row) * LINE_HEIGHT) / 2 - 4);
    for (size_t i = 0; i < row->n_points; i++)
        draw_point(d, &row->points[i], first + (double)i * POINT_HEIGHT);
}

/* ---- around the rows ---- */

static void draw_ticks(const drawing *d)
{
    const sg_figure *f = d->figure;

    for (int i = 0; f->low + i * f->step <= f->high + f->step / 1000; i++) {
        double value = f->low + i * f->step, x = place_of(f, value);
        sg_str label = {0};

        sg_str_add(&label, f->is_difference && value > f->step / 1000 ? "+" : "");
        sg_str_add(&label, value < -f->step / 1000 ? "\xE2\x88\x92" : "");
        sg_str_add_fixed(&label, fabs(value), 0);
        sg_str_add(&label, f->is_difference ? "" : "%");
        draw_line(d, "fig-grid", x, d->top, x, d->bottom);
        draw_text(d, "fig-tick", "middle", x, d->bottom + 18, sg_str_text(&label));
        d->xml->failed = d->xml->failed || label.failed;
        sg_str_release(&label);
    }
    draw_text(d, "fig-tick", "middle", (PLOT_LEFT + PLOT_RIGHT) / 2.0, d->bottom + 38, f->axis);
}

/* What lies to either side of 0, and 0 itself. */
static void draw_sides(const drawing *d)
{
    const sg_figure *f = d->figure;

    if (!f->is_difference)
        return;
    draw_line(d, "fig-zero", place_of(f, 0), d->top, place_of(f, 0), d->bottom);
    if (f->below)
        draw_text(d, "fig-tick", NULL, PLOT_LEFT, d->bottom + 56, f->below);
    if (f->above)
        draw_text(d, "fig-tick", "end", PLOT_RIGHT, d->bottom + 56, f->above);
}

/* Does the label stand to the left of its line? The lower one's does, so that two labels never meet. */
static bool label_is_left(const sg_figure *f, size_t i)
{
    if (f->n_lines < 2)
        return false;
    return i == 0 ? f->lines[0].at < f->lines[1].at : f->lines[1].at <= f->lines[0].at;
}

/* The lines that every group is held against, each with its label above the plot. */
static void draw_references(const drawing *d)
{
    for (size_t i = 0; i < d->figure->n_lines; i++) {
        const sg_figure_line *line = &d->figure->lines[i];
        double x = place_of(d->figure, line->at), y = d->top - HEAD_LINE;
        bool left = label_is_left(d->figure, i);

        draw_line(d, line->accent ? "fig-state fig-accent" : "fig-state", x, y, x, d->bottom);
        draw_text(d, line->accent ? "fig-size fig-accent-text" : "fig-size", left ? "end" : NULL,
                  left ? x - 6 : x + 6, y + 11, line->label);
    }
}

static void write_titles(const drawing *d)
{
    sg_str id = {0};

    sg_str_printf(&id, "%s-title", d->figure->name);
    sg_xml_start(d->xml, "title");
    sg_xml_attribute(d->xml, "id", sg_str_text(&id));
    sg_xml_text(d->xml, d->figure->title);
    sg_xml_end(d->xml);
    sg_str_reset(&id);
    sg_str_printf(&id, "%s-desc", d->figure->name);
    sg_xml_start(d->xml, "desc");
    sg_xml_attribute(d->xml, "id", sg_str_text(&id));
    sg_xml_text(d->xml, d->figure->description);
    sg_xml_end(d->xml);
    d->xml->failed = d->xml->failed || id.failed;
    sg_str_release(&id);
}

static void write_hatch(const drawing *d)
{
    sg_str id = {0};

    sg_str_printf(&id, "%s-hatch", d->figure->name);
    sg_xml_start(d->xml, "defs");
    sg_xml_start(d->xml, "pattern");
    sg_xml_attribute(d->xml, "id", sg_str_text(&id));
    sg_xml_attribute(d->xml, "width", "6");
    sg_xml_attribute(d->xml, "height", "6");
    sg_xml_attribute(d->xml, "patternUnits", "userSpaceOnUse");
    sg_xml_attribute(d->xml, "patternTransform", "rotate(45)");
    draw_line(d, "fig-hatch", 0, 0, 0, 6);
    sg_xml_end(d->xml);
    sg_xml_end(d->xml);
    d->xml->failed = d->xml->failed || id.failed;
    sg_str_release(&id);
}

static bool has_hidden(const sg_figure *figure)
{
    for (size_t r = 0; r < figure->n_rows; r++)
        for (size_t i = 0; i < figure->rows[r].n_points; i++)
            if (figure->rows[r].points[i].hidden)
                return true;
    return false;
}

static void start_svg(const drawing *d, double height)
{
    sg_str text = {0};

    sg_xml_start(d->xml, "svg");
    sg_xml_attribute(d->xml, "xmlns", "http://www.w3.org/2000/svg");
    sg_xml_attribute(d->xml, "class", "fig");
    sg_xml_attribute(d->xml, "role", "img");
    sg_str_printf(&text, "0 0 %d ", WIDTH);
    sg_str_add_fixed(&text, height, 0);
    sg_xml_attribute(d->xml, "viewBox", sg_str_text(&text));
    sg_str_reset(&text);
    sg_str_printf(&text, "%s-title", d->figure->name);
    sg_xml_attribute(d->xml, "aria-labelledby", sg_str_text(&text));
    sg_str_reset(&text);
    sg_str_printf(&text, "%s-desc", d->figure->name);
    sg_xml_attribute(d->xml, "aria-describedby", sg_str_text(&text));
    sg_xml_raw(d->xml, "\n");
    d->xml->failed = d->xml->failed || text.failed;
    sg_str_release(&text);
}

static double height_below(const sg_figure *figure)
{
    return AXIS_HEIGHT + (figure->below || figure->above ? SIDES_HEIGHT : 0);
}

static void draw_figure(sg_xml *xml, const sg_figure *figure, const char *style)
{
    drawing d = {.xml = xml, .figure = figure, .top = (figure->n_lines ? HEAD_LINE : 0) + 6};
    double y = d.top;

    d.bottom = d.top;
    for (size_t i = 0; i < figure->n_rows; i++)
        d.bottom += height_of(&figure->rows[i]);
    start_svg(&d, d.bottom + height_below(figure));
    write_titles(&d);
    if (style) {
        sg_xml_start(xml, "style");
        sg_xml_raw(xml, style);
        sg_xml_end(xml);
    }
    if (has_hidden(figure))
        write_hatch(&d);
    draw_box(&d, "fig-ground", NULL, 0, 0, WIDTH, d.bottom + height_below(figure));
    draw_ticks(&d);
    draw_sides(&d);
    draw_references(&d);
    for (size_t i = 0; i < figure->n_rows; i++) {
        sg_xml_raw(xml, "\n");
        draw_row(&d, &figure->rows[i], y);
        y += height_of(&figure->rows[i]);
    }
    draw_line(&d, "fig-axis", PLOT_LEFT, d.bottom, PLOT_RIGHT, d.bottom);
    sg_xml_end(xml);
    sg_xml_raw(xml, "\n");
}

void sg_svg_draw(sg_xml *xml, const sg_figure *figure)
{
    draw_figure(xml, figure, NULL);
}

sg_status sg_write_svg(const sg_figure *figure, sg_str *out, sg_err *err)
{
    const sg_embedded *style = sg_embedded_find("reports/figure.css");
    sg_xml xml;
    sg_status status;

    if (!style)
        return sg_fail(err, SG_FAILED, "'reports/figure.css' is not part of this program; build it anew");
    status = sg_xml_open(&xml, err);
    if (status != SG_OK)
        return status;
    sg_xml_raw(&xml, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    draw_figure(&xml, figure, style->bytes);
    return sg_xml_close(&xml, out, err);
}
