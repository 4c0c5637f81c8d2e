/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The writers: a document as HTML or Markdown, a figure as SVG, tables and results as CSV. They escape everything, always, and
 * decide nothing.
 */
#ifndef SKILLGAIN_SRC_REPORT_WRITERS_H
#define SKILLGAIN_SRC_REPORT_WRITERS_H

#include "document.h"
#include "skillgain/disclosure.h"

sg_status sg_write_html(const sg_document *doc, sg_str *out, sg_err *err) SG_MUST_CHECK;
sg_status sg_write_markdown(const sg_document *doc, sg_str *out, sg_err *err) SG_MUST_CHECK;
/* The figure as a file of its own. */
sg_status sg_write_svg(const sg_figure *figure, sg_str *out, sg_err *err) SG_MUST_CHECK;

/* results.csv (design.md section 7). */
void sg_write_results_csv(const sg_results *results, sg_str *out);
/* What a table or figure shows: a row an estimate in the columns of results.csv, in order of appearance; a table that shows
 * no estimates, its own rows. */
void sg_write_table_csv(const sg_table *table, const sg_results *results, sg_str *out);
void sg_write_figure_csv(const sg_figure *figure, const sg_results *results, sg_str *out);

void sg_csv_header(sg_str *out);                         /* the columns of results.csv */
void sg_csv_estimate(sg_str *out, const sg_estimate *e); /* one row of it */

#endif
