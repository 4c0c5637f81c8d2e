/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "workbook_book.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "workbook_check.h"

const char sg_notes_name[] = "Notes", sg_figures_name[] = "Figure data";

enum {
    LETTER = 1,         /* paper */
    MAX_TEXT = 32000,   /* bytes; a cell holds 32,767 characters */
    MAX_FOOT = 180,     /* bytes; a footer holds 255 characters */
    MAX_PROPERTY = 200, /* bytes; a property holds 255 characters */
    MAX_BYTES = 1 << 28,
    LEAST_WIDTH = 8,
    MOST_WIDTH = 60,
    LEAST_HEAD = 10,
    LINE_POINTS = 15
};

static void keep(sg_book *book, lxw_error error)
{
    if (book->error == LXW_NO_ERROR)
        book->error = error;
}

static bool is_sound(const sg_book *book)
{
    return book->error == LXW_NO_ERROR;
}

char *sg_book_clean(sg_book *book, const char *text, size_t most)
{
    sg_str clean = {0};
    char *copy = NULL;

    sg_text_clean(&clean, text);
    if (clean.length > most) {
        size_t length = most;

        while (length && ((unsigned char)clean.text[length] & 0xC0U) == 0x80U)
            length--;
        clean.text[length] = '\0';
    }
    if (!clean.failed)
        copy = sg_arena_strdup(book->doc->arena, sg_str_text(&clean));
    if (!copy)
        keep(book, LXW_ERROR_MEMORY_MALLOC_FAILED);
    sg_str_release(&clean);
    return copy;
}

/* ---- opening and closing ---- */

typedef struct {
    double size;
    bool bold, wrap, right, indented; /* indented: apart from a number to the left */
    lxw_color_t colour, ground;
} look;

static void make_style(sg_book *book, sg_style style, const look *l)
{
    lxw_format *format = workbook_add_format(book->file);

    if (!format) {
        keep(book, LXW_ERROR_MEMORY_MALLOC_FAILED);
        return;
    }
    format_set_font_size(format, l->size);
    format_set_align(format, LXW_ALIGN_VERTICAL_TOP);
    if (l->bold)
        format_set_bold(format);
    if (l->wrap)
        format_set_text_wrap(format);
    if (l->right)
        format_set_align(format, LXW_ALIGN_RIGHT);
    if (l->indented)
        format_set_indent(format, 1);
    if (l->colour)
        format_set_font_color(format, l->colour);
    if (l->ground) {
        format_set_bg_color(format, l->ground);
        format_set_bottom(format, LXW_BORDER_THIN);
    }
    book->styles[style] = format;
}

static void make_styles(sg_book *book)
{
    static const look looks[SG_N_STYLES] = {
        [SG_STYLE_TITLE] = {.size = 14, .bold = true},
        [SG_STYLE_MARK] = {.size = 11, .bold = true, .colour = 0x9C0006},
        [SG_STYLE_HEADING] = {.size = 12, .bold = true},
        [SG_STYLE_PLAIN] = {.size = 11},
        [SG_STYLE_WRAPPED] = {.size = 11, .wrap = true},
        [SG_STYLE_HEAD] = {.size = 11, .bold = true, .wrap = true, .indented = true, .ground = 0xE3E7EB},
        [SG_STYLE_HEAD_NUMBER] = {.size = 11, .bold = true, .wrap = true, .right = true, .ground = 0xE3E7EB},
        [SG_STYLE_TEXT] = {.size = 11, .wrap = true, .indented = true},
        [SG_STYLE_STANDS_IN] = {.size = 11, .right = true},
        [SG_STYLE_LINK] = {.size = 11, .colour = 0x0A5A9C}};

    for (int i = 0; i < SG_N_STYLES && is_sound(book); i++)
        make_style(book, (sg_style)i, &looks[i]);
    if (is_sound(book))
        format_set_underline(book->styles[SG_STYLE_LINK], LXW_UNDERLINE_SINGLE);
}

/* Nothing of the clock, and nobody but the agency. */
static void set_properties(sg_book *book)
{
    enum { SECONDS = 86400 };
    const sg_facts *facts = book->page->facts;
    lxw_doc_properties properties = {
        .title = sg_book_clean(book, sg_say_plain(book->doc, "workbook/title", SG_NO_VALUES), MAX_PROPERTY),
        .author = sg_book_clean(book, facts->agency, MAX_PROPERTY),
        /* 0 would be the present moment */
        .created = facts->as_of > 0 ? (time_t)facts->as_of * SECONDS : SECONDS};

    if (is_sound(book))
        keep(book, workbook_set_properties(book->file, &properties));
}

sg_status sg_book_open(sg_book *book, const sg_page *page, sg_document *doc, const char *folder, sg_err *err)
{
    lxw_workbook_options options = {.tmpdir = sg_arena_strdup(doc->arena, folder)};

    *book = (sg_book){.page = page, .doc = doc, .path = sg_path_join(doc->arena, folder, ".workbook.xlsx")};
    if (!book->path || !options.tmpdir)
        return sg_no_memory(err);
    book->file = workbook_new_opt(book->path, &options);
    if (!book->file)
        return sg_no_memory(err);
    make_styles(book);
    set_properties(book);
    return SG_OK;
}

void sg_book_release(sg_book *book)
{
    if (book->file)
        lxw_workbook_free(book->file);
    book->file = NULL;
    free(book->told);
    free(book->numbers);
    free(book->figures);
    if (book->path)
        (void)unlink(book->path);
}

static sg_status fail(const sg_book *book, lxw_error error, sg_err *err)
{
    if (error == LXW_ERROR_MEMORY_MALLOC_FAILED)
        return sg_no_memory(err);
    return sg_fail(err, SG_FAILED, "'%s' could not be written: %s Is there space left on the disk?",
                   book->path, lxw_strerror(error));
}

sg_status sg_book_close(sg_book *book, sg_str *out, sg_err *err)
{
    lxw_error error = book->error;
    size_t length = 0;
    char *bytes;
    sg_status status;

    if (error != LXW_NO_ERROR)
        return fail(book, error, err);
    error = workbook_close(book->file);
    book->file = NULL; /* gone with its closing, also where that failed */
    if (error != LXW_NO_ERROR)
        return fail(book, error, err);
    status = sg_file_read(book->doc->arena, book->path, MAX_BYTES, &bytes, &length, err);
    if (status == SG_OK)
        status = sg_workbook_check(bytes, length, err);
    if (status == SG_OK)
        sg_str_add_n(out, bytes, length);
    return status;
}

/* ---- sheets ---- */

static bool is_taken(const sg_book *book, const char *name)
{
    for (size_t i = 0; i < book->n_told; i++)
        if (sg_text_equal_ascii(book->told[i].name, name))
            return true;
    return false;
}

/* "outcomes-entering_level" as "Outcomes entering level": at most 31 characters, cut at a word, and no other sheet's. */
static void name_sheet(const sg_book *book, const char *name, char out[SG_SHEET_NAME])
{
    size_t length = 0;

    for (; name[length] && length < SG_SHEET_NAME - 1; length++)
        out[length] = (char)(name[length] == '_' || name[length] == '-' ? ' ' : name[length]);
    if (name[length])
        for (size_t end = length; end > SG_SHEET_NAME / 2; end--)
            if (out[end - 1] == ' ') {
                length = end - 1;
                break;
            }
    out[length] = '\0';
    if (out[0] >= 'a' && out[0] <= 'z')
        out[0] = (char)(out[0] - 'a' + 'A');
    for (unsigned n = 2; is_taken(book, out); n++) {
        char number[12];
        int digits = snprintf(number, sizeof number, " %u", n);
        size_t room = SG_SHEET_NAME - 1 - (size_t)digits;

        memcpy(out + (length < room ? length : room), number, (size_t)digits + 1);
    }
}

static void set_up_print(sg_book *book, lxw_worksheet *sheet)
{
    const char *mark = sg_book_clean(book, sg_publication_mark(book->page->publication), MAX_FOOT);
    sg_str foot = {0};

    sg_str_add(&foot, "&L");
    for (const char *c = mark ? mark : ""; *c; c++)
        sg_str_add_n(&foot, *c == '&' ? "&&" : c, *c == '&' ? 2 : 1);
    sg_str_add(&foot, "&R&A, &P / &N");
    if (foot.failed)
        keep(book, LXW_ERROR_MEMORY_MALLOC_FAILED);
    else
        keep(book, worksheet_set_footer(sheet, sg_str_text(&foot)));
    sg_str_release(&foot);
    worksheet_set_landscape(sheet);
    worksheet_set_paper(sheet, LETTER);
    worksheet_fit_to_pages(sheet, 1, 0);
}

lxw_worksheet *sg_book_sheet(sg_book *book, const char *name, const char *what, const char *page_title)
{
    lxw_worksheet *sheet;
    sg_sheet_told *told;

    if (!is_sound(book) ||
        !sg_grow(&book->told, &book->told_capacity, book->n_told + 1, sizeof *book->told)) {
        keep(book, LXW_ERROR_MEMORY_MALLOC_FAILED);
        return NULL;
    }
    told = &book->told[book->n_told];
    *told = (sg_sheet_told){.what = what, .page = page_title};
    name_sheet(book, name, told->name);
    book->n_told++;
    sheet = workbook_add_worksheet(book->file, told->name);
    if (!sheet) {
        keep(book, LXW_ERROR_MEMORY_MALLOC_FAILED);
        return NULL;
    }
    memset(book->widths, 0, sizeof book->widths);
    memset(book->heads, 0, sizeof book->heads);
    set_up_print(book, sheet);
    return sheet;
}

/* ---- cells ---- */

void sg_book_text(sg_book *book, lxw_worksheet *sheet, lxw_row_t row, lxw_col_t col, const char *text,
                  sg_style style)
{
    const char *clean = sheet ? sg_book_clean(book, text, MAX_TEXT) : NULL;

    if (clean && is_sound(book))
        keep(book, worksheet_write_string(sheet, row, col, clean, book->styles[style]));
}

static lxw_format *number_style(sg_book *book, const char *text)
{
    lxw_format *format;

    for (size_t i = 0; i < book->n_numbers; i++)
        if (!strcmp(book->numbers[i].text, text))
            return book->numbers[i].format;
    format = workbook_add_format(book->file);
    if (!format ||
        !sg_grow(&book->numbers, &book->numbers_capacity, book->n_numbers + 1, sizeof *book->numbers)) {
        keep(book, LXW_ERROR_MEMORY_MALLOC_FAILED);
        return NULL;
    }
    format_set_num_format(format, text);
    format_set_align(format, LXW_ALIGN_VERTICAL_TOP);
    memcpy(book->numbers[book->n_numbers].text, text, strlen(text) + 1);
    book->numbers[book->n_numbers++].format = format;
    return format;
}

void sg_book_number(sg_book *book, lxw_worksheet *sheet, lxw_row_t row, lxw_col_t col,
                    const sg_number *number)
{
    char text[SG_NUMBER_FORMAT];
    lxw_format *format = sheet && is_sound(book) ? number_style(book, sg_number_format(number, text)) : NULL;

    if (format)
        keep(book, worksheet_write_number(sheet, row, col, number->value, format));
}

void sg_book_link(sg_book *book, lxw_worksheet *sheet, lxw_row_t row, lxw_col_t col, const char *to,
                  const char *text)
{
    char url[SG_SHEET_NAME + 20];

    if (!sheet || !is_sound(book))
        return;
    (void)snprintf(url, sizeof url, "internal:'%s'!A1", to);
    keep(book, worksheet_write_url(sheet, row, col, url, book->styles[SG_STYLE_LINK]));
    sg_book_text(book, sheet, row, col, text, SG_STYLE_LINK);
}

static size_t characters(const char *text)
{
    size_t n = 0;

    for (; *text; text++)
        n += ((unsigned char)*text & 0xC0U) != 0x80U;
    return n;
}

void sg_book_paragraph(sg_book *book, lxw_worksheet *sheet, lxw_row_t row, lxw_col_t n, size_t n_wide,
                       const char *text)
{
    size_t n_lines = characters(text) / (n_wide ? n_wide : 1) + 1;

    if (!sheet || !is_sound(book))
        return;
    if (n > 1)
        keep(book, worksheet_merge_range(sheet, row, 0, row, (lxw_col_t)(n - 1), "",
                                         book->styles[SG_STYLE_WRAPPED]));
    sg_book_text(book, sheet, row, 0, text, SG_STYLE_WRAPPED);
    sg_book_height(book, sheet, row, n_lines);
}

void sg_book_height(sg_book *book, lxw_worksheet *sheet, lxw_row_t row, size_t n_lines)
{
    if (sheet && is_sound(book) && n_lines > 1)
        keep(book, worksheet_set_row(sheet, row, (double)(n_lines * LINE_POINTS), NULL));
}

/* ---- widths ---- */

static void need(sg_book *book, lxw_col_t col, size_t width)
{
    if (col < SG_MOST_COLUMNS && width > book->widths[col])
        book->widths[col] = width < MOST_WIDTH ? width : MOST_WIDTH;
}

size_t sg_book_fit(sg_book *book, lxw_col_t col, const char *text)
{
    size_t n = characters(text);

    need(book, col, n);
    return n > MOST_WIDTH ? n / MOST_WIDTH + 1 : 1;
}

void sg_book_fit_head(sg_book *book, lxw_col_t col, const char *text)
{
    size_t whole = characters(text);

    if (col < SG_MOST_COLUMNS && whole > book->heads[col])
        book->heads[col] = whole;
    for (size_t length = strcspn(text, " "); *text; length = strcspn(text, " ")) {
        need(book, col, length + 2);
        text += length + strspn(text + length, " ");
    }
    need(book, col, whole < LEAST_HEAD ? whole + 2 : whole / 3 + 2);
}

size_t sg_book_columns(sg_book *book, lxw_worksheet *sheet, lxw_col_t n, lxw_row_t heads)
{
    size_t all = 0, n_lines = 1;

    for (lxw_col_t i = 0; sheet && i < n && i < SG_MOST_COLUMNS; i++) {
        size_t width = book->widths[i] < LEAST_WIDTH ? LEAST_WIDTH : book->widths[i] + 2;
        size_t lines = book->heads[i] > width ? book->heads[i] * 4 / (width * 3) + 1 : 1;

        keep(book, worksheet_set_column(sheet, i, i, (double)width, NULL));
        all += width;
        n_lines = lines > n_lines ? lines : n_lines;
    }
    sg_book_height(book, sheet, heads, n_lines);
    return all;
}
