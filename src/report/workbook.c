/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "workbook.h"

#include "workbook_parts.h"

static void add_pages(sg_book *book, const sg_document *const *docs, size_t n_docs)
{
    for (size_t d = 0; d < n_docs; d++)
        for (size_t i = 0; i < docs[d]->n_blocks; i++)
            if (docs[d]->blocks[i]->table)
                sg_book_table(book, docs[d]->blocks[i]->table, docs[d]->label);
}

static sg_status write_book(sg_book *book, const sg_document *const *docs, size_t n_docs, sg_str *out,
                            sg_err *err)
{
    lxw_worksheet *notes = sg_book_sheet(book, sg_notes_name, NULL, "");
    sg_status status;

    sg_book_place_figures(book, docs, n_docs);
    add_pages(book, docs, n_docs);
    sg_book_nrs(book);
    sg_book_figure_data(book);
    sg_book_notes(book, notes);
    status = sg_document_check(book->doc, err);
    return status == SG_OK ? sg_book_close(book, out, err) : status;
}

sg_status sg_write_workbook(sg_output *output, const sg_page *page, const sg_document *const *docs,
                            size_t n_docs, sg_err *err)
{
    sg_page own = *page;
    sg_document *doc;
    sg_str bytes = {0};
    sg_book book;
    sg_status status;

    if (!(page->formats & SG_FORMAT_XLSX))
        return SG_OK;
    doc = sg_document_new(output->arena);
    if (!doc)
        return sg_no_memory(err);
    doc->name = "workbook";
    own.doc = doc;
    own.level = sg_print_percent(&own, own.facts->confidence, 0);
    status = sg_book_open(&book, &own, doc, output->folder, err);
    if (status == SG_OK)
        status = write_book(&book, docs, n_docs, &bytes, err);
    sg_book_release(&book);
    if (status == SG_OK)
        status = sg_output_add(output, "workbook.xlsx", &bytes, err);
    sg_str_release(&bytes);
    return status;
}
