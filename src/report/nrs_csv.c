/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nrs_csv.h"

#include "nrs_layout.h"
#include "writers.h"

/* A table under way: every line has as many fields as the form has columns, so that any reader takes the file. */
typedef struct {
    sg_str *out;
    size_t n_columns; /* of figures */
    size_t n;         /* fields of the line so far */
} csv;

static void add_field(void *taker, const char *text, sg_nrs_field kind)
{
    csv *c = taker;

    sg_str_add(c->out, c->n++ > 0 ? "," : "");
    if (kind == SG_NRS_FIGURE)
        sg_str_add(c->out, text);
    else
        sg_str_add_csv(c->out, text);
}

static void end_line(void *taker)
{
    csv *c = taker;
    size_t last = c->n_columns; /* the fields are last + 1: so many commas */

    for (size_t i = c->n > 0 ? c->n - 1 : 0; i < last; i++)
        sg_str_add_char(c->out, ',');
    sg_str_add_char(c->out, '\n');
    c->n = 0;
}

static void write_table(sg_document *doc, const sg_page *page, const sg_nrs_table *table, sg_str *out)
{
    csv c = {.out = out, .n_columns = table->n_columns};

    sg_nrs_lay_out(doc, page, table, &(sg_nrs_lines){add_field, end_line, &c});
}

static void write_tie_out(const sg_nrs_tie_out *tie, sg_str *out)
{
    sg_str_printf(out, "%d,%s,", tie->program_year, tie->id);
    sg_str_add_csv(out, tie->text);
    sg_str_printf(out, ",%s,%lld,%lld,%s,%lld,", tie->is_at_most ? "at most" : "equal", (long long)tie->left,
                  (long long)tie->right, tie->holds ? "yes" : "NO", (long long)tie->n_breaking);
    for (size_t i = 0; i < tie->n_named; i++) {
        sg_str_add(out, i ? " " : "");
        for (size_t b = 0; b < SG_PSEUDONYM_BYTES; b++)
            sg_str_printf(out, "%02x", (unsigned)tie->named[i].bytes[b]);
    }
    sg_str_add_char(out, '\n');
}

static void write_tie_outs(const sg_nrs *nrs, sg_str *out)
{
    sg_str_add(out, "program_year,id,tie_out,relation,left,right,holds,pops_breaking,learners\n");
    for (size_t i = 0; i < nrs->n_tie_outs; i++)
        write_tie_out(&nrs->tie_outs[i], out);
}

/* ---- files ---- */

static sg_status make_folder(const sg_output *output, const char *name, sg_err *err)
{
    const char *path = name ? sg_path_join(output->arena, output->folder, name) : NULL;

    return path ? sg_folder_make(path, 0700, err) : sg_no_memory(err);
}

static sg_status add_table(sg_output *output, const sg_page *page, const sg_nrs_table *table, sg_str *text,
                           sg_err *err)
{
    sg_document *doc = sg_document_new(output->arena);
    const char *name = sg_nrs_file_name(output->arena, table);
    sg_status status;

    if (!doc || !name)
        return sg_no_memory(err);
    sg_str_reset(text);
    write_table(doc, page, table, text);
    status = sg_document_check(doc, err);
    if (status == SG_OK && table->id == 0)
        status = make_folder(output, sg_arena_printf(output->arena, "nrs/%d", table->program_year), err);
    return status == SG_OK ? sg_output_add(output, name, text, err) : status;
}

sg_status sg_write_nrs(sg_output *output, const sg_page *page, sg_err *err)
{
    const sg_nrs *nrs = page->results->nrs;
    sg_str text = {0};
    sg_status status;

    if (!(page->pages & SG_REPORT_NRS) || !(page->formats & SG_FORMAT_CSV))
        return SG_OK;
    status = make_folder(output, "nrs", err);
    for (size_t i = 0; status == SG_OK && i < nrs->n_tables; i++)
        status = add_table(output, page, &nrs->tables[i], &text, err);
    if (status == SG_OK) {
        sg_str_reset(&text);
        write_tie_outs(nrs, &text);
        status = sg_output_add(output, "nrs/tie-outs.csv", &text, err);
    }
    sg_str_release(&text);
    return status;
}
