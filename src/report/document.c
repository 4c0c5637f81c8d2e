/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "document.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum { FIRST_CAPACITY = 4 };

sg_document *sg_document_new(sg_arena *arena)
{
    sg_document *doc = sg_arena_alloc(arena, 1, sizeof *doc);

    if (doc)
        doc->arena = arena;
    return doc;
}

sg_status sg_document_check(const sg_document *doc, sg_err *err)
{
    if (doc->problem[0])
        return sg_fail(err, SG_FAILED, "page '%s': %s", doc->name ? doc->name : "", doc->problem);
    return doc->failed ? sg_no_memory(err) : SG_OK;
}

/* Room for one more element in an array of the arena; the old array stays in the arena until that is freed. */
static void *push(sg_document *doc, void *array_pointer, size_t *n, size_t *capacity, size_t size)
{
    char *array;

    if (doc->failed)
        return NULL;
    memcpy(&array, array_pointer, sizeof array);
    if (*n == *capacity) {
        size_t wanted = *capacity ? *capacity * 2 : FIRST_CAPACITY;
        char *larger = sg_arena_alloc(doc->arena, wanted, size);

        if (!larger) {
            doc->failed = true;
            return NULL;
        }
        if (*n)
            memcpy(larger, array, *n * size);
        array = larger;
        *capacity = wanted;
        memcpy(array_pointer, &array, sizeof array);
    }
    return array + (*n)++ * size;
}

static void *make(sg_document *doc, size_t n, size_t size)
{
    void *object = doc->failed ? NULL : sg_arena_alloc(doc->arena, n, size);

    doc->failed = doc->failed || !object;
    return object;
}

sg_block *sg_document_block(sg_document *doc, sg_block_kind kind, const char *title)
{
    sg_block *block = make(doc, 1, sizeof *block);
    sg_block **place = block ? push(doc, &doc->blocks, &doc->n_blocks, &doc->capacity, sizeof(sg_block *))
                             : NULL;

    if (!place)
        return NULL;
    block->kind = kind;
    block->title = title;
    *place = block;
    return block;
}

void sg_document_heading(sg_document *doc, int level, const char *title)
{
    sg_block *block = sg_document_block(doc, SG_BLOCK_HEADING, title);

    if (block)
        block->level = level;
}

sg_item *sg_block_item(sg_document *doc, sg_block *block, const char *term)
{
    sg_item *item = block ? push(doc, &block->items, &block->n_items, &block->capacity, sizeof *item) : NULL;

    if (item)
        item->term = term;
    return item;
}

void sg_spans_add(sg_document *doc, sg_spans *spans, sg_span span)
{
    sg_span *place = push(doc, &spans->items, &spans->n, &spans->capacity, sizeof *place);

    if (place)
        *place = span;
}

void sg_spans_text(sg_document *doc, sg_spans *spans, const char *text)
{
    sg_spans_add(doc, spans, (sg_span){.text = text});
}

/* ---- tables ---- */

sg_table *sg_document_table(sg_document *doc, const char *name, const char *caption, const sg_column *columns,
                            size_t n_columns)
{
    sg_block *block = sg_document_block(doc, SG_BLOCK_TABLE, NULL);
    sg_table *table = block ? make(doc, 1, sizeof *table) : NULL;

    if (!table)
        return NULL;
    *table = (sg_table){.name = name,
                        .caption = caption,
                        .columns = columns,
                        .n_columns = n_columns,
                        .number = ++doc->n_tables};
    block->table = table;
    return table;
}

static sg_row *add_row(sg_document *doc, sg_table *table)
{
    return table ? push(doc, &table->rows, &table->n_rows, &table->capacity, sizeof(sg_row)) : NULL;
}

void sg_table_group(sg_document *doc, sg_table *table, const char *title)
{
    sg_row *row = add_row(doc, table);

    if (row)
        row->group = title;
}

sg_row *sg_table_row(sg_document *doc, sg_table *table)
{
    sg_row *row = add_row(doc, table);

    if (row)
        row->entries = make(doc, table->n_columns, sizeof *row->entries);
    if (!row || !row->entries)
        return NULL;
    row->room = table->n_columns;
    return row;
}

static sg_entry *next_entry(sg_row *row)
{
    assert(!row || row->n < row->room);
    return row ? &row->entries[row->n++] : NULL;
}

void sg_row_add(sg_row *row, const char *text, const char *result)
{
    sg_entry *entry = next_entry(row);

    if (entry)
        *entry = (sg_entry){.text = text, .result = result};
}

void sg_row_add_raw(sg_row *row, const char *text, const char *raw)
{
    sg_entry *entry = next_entry(row);

    if (entry)
        *entry = (sg_entry){.text = text, .raw = raw};
}

/* ---- figures ---- */

sg_figure *sg_document_figure(sg_document *doc, const char *name, const char *title)
{
    sg_block *block = sg_document_block(doc, SG_BLOCK_FIGURE, NULL);
    sg_figure *figure = block ? make(doc, 1, sizeof *figure) : NULL;

    if (!figure)
        return NULL;
    figure->name = name;
    figure->title = title;
    figure->number = ++doc->n_figures;
    block->figure = figure;
    return figure;
}

sg_figure_row *sg_figure_row_add(sg_document *doc, sg_figure *figure, const char *label, const char *size)
{
    sg_figure_row *row = figure ? push(doc, &figure->rows, &figure->n_rows, &figure->capacity, sizeof *row)
                                : NULL;

    if (row)
        *row = (sg_figure_row){.label = label, .size = size};
    return row;
}

void sg_figure_point(sg_figure_row *row, const sg_point *point)
{
    if (row && row->n_points < sizeof row->points / sizeof *row->points)
        row->points[row->n_points++] = *point;
}

/* ---- texts ---- */

const char *sg_document_keep(sg_document *doc, sg_str *text)
{
    const char *kept = text->failed || doc->failed ? NULL : sg_arena_strdup(doc->arena, sg_str_text(text));

    doc->failed = doc->failed || !kept;
    sg_str_release(text);
    return kept ? kept : "";
}

const char *sg_document_printf(sg_document *doc, const char *format, ...)
{
    va_list args, again;
    char *text = NULL;
    int length;

    va_start(args, format);
    va_copy(again, args);
    length = vsnprintf(NULL, 0, format, args);
    if (length >= 0)
        text = make(doc, (size_t)length + 1, 1);
    if (text && vsnprintf(text, (size_t)length + 1, format, again) != length)
        text = NULL;
    va_end(again);
    va_end(args);
    return text ? text : "";
}

/* Length of the UTF-8 character at text, 0 where there is none. */
static size_t character_length(const char *text)
{
    size_t length = 1;

    if ((unsigned char)*text < 0x80)
        return 1;
    while (length < 4 && ((unsigned char)text[length] & 0xC0U) == 0x80U)
        length++;
    return sg_utf8_valid(text, length, NULL) ? length : 0;
}

/* Characters that well-formed markup can't hold or that change how what follows is read: U+202A-E, U+2066-9, U+FFFE, U+FFFF, C1. */
static bool is_unsafe(const char *text, size_t length)
{
    const unsigned char *c = (const unsigned char *)text;

    if (length == 1)
        return c[0] < 0x20 || c[0] == 0x7F;
    if (length == 2)
        return c[0] == 0xC2 && c[1] < 0xA0;
    if (length != 3)
        return false;
    if (c[0] == 0xE2 && c[1] == 0x80)
        return (c[2] >= 0xAA && c[2] <= 0xAE) || c[2] == 0xA8 || c[2] == 0xA9;
    if (c[0] == 0xE2 && c[1] == 0x81)
        return c[2] >= 0xA6 && c[2] <= 0xA9;
    return c[0] == 0xEF && c[1] == 0xBF && c[2] >= 0xBE;
}

void sg_text_clean(sg_str *out, const char *text)
{
    while (text && *text) {
        size_t length = character_length(text);

        if (*text == '\n' || *text == '\r' || *text == '\t')
            sg_str_add_char(out, ' ');
        else if (!length || is_unsafe(text, length))
            sg_str_add(out, "\xEF\xBF\xBD");
        else
            sg_str_add_n(out, text, length);
        text += length ? length : 1;
    }
}
