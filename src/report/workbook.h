/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * workbook.xlsx: the notes first, then a sheet a table of the pages, with a native chart for each of its figures, in drafts a sheet a
 * federal table and one of tie-outs, and last what the charts are drawn from. No formulas: texts are texts, figures are numbers.
 */
#ifndef SKILLGAIN_SRC_REPORT_WORKBOOK_H
#define SKILLGAIN_SRC_REPORT_WORKBOOK_H

#include "output.h"
#include "page.h"

/* docs: the pages as built, in their order. Nothing where the output has no workbook. Same publication, same bytes (of one
 * version of libxlsxwriter). */
sg_status sg_write_workbook(sg_output *output, const sg_page *page, const sg_document *const *docs,
                            size_t n_docs, sg_err *err) SG_MUST_CHECK;

#endif
