/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The NRS tables as files: a folder a program year, a file a table, and the tie-outs of all of them.
 */
#ifndef SKILLGAIN_SRC_REPORT_NRS_CSV_H
#define SKILLGAIN_SRC_REPORT_NRS_CSV_H

#include "output.h"
#include "page.h"

/* Nothing where the page's output has none. */
sg_status sg_write_nrs(sg_output *output, const sg_page *page, sg_err *err) SG_MUST_CHECK;

#endif
