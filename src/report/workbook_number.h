/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What pages print, read back as numbers: "62.4% (58.1% to 66.5%)" is three of them. A workbook shows what the pages show, with
 * the digits that they show.
 */
#ifndef SKILLGAIN_SRC_REPORT_WORKBOOK_NUMBER_H
#define SKILLGAIN_SRC_REPORT_WORKBOOK_NUMBER_H

#include "skillgain/model.h"

typedef enum { SG_NUMBER_PLAIN, SG_NUMBER_SIGNED, SG_NUMBER_PERCENT } sg_number_form;

typedef struct {
    double value; /* of per cent the share: 0.624 */
    int digits;   /* decimals as printed */
    sg_number_form form;
    bool is_even; /* printed as 0: neither side of it is told by a sign */
} sg_number;

typedef struct {
    sg_number value, low, high;
    bool has_interval;
} sg_printed;

/* The whole of text is a number as pages print them, with or without an interval behind it; else false. */
bool sg_printed_read(const char *text, sg_printed *out);

/* Puts the full figures of the estimate that the text shows in the place of the printed ones. One that would not print as the
 * text has it (a count beside an estimate, say) stays as printed. e may be NULL. */
void sg_printed_refine(sg_printed *printed, const sg_estimate *e);

/* The number format of a cell: "0.0%", "#,##0"; good until the next call with that buffer. */
enum { SG_NUMBER_FORMAT = 48 };
const char *sg_number_format(const sg_number *number, char buffer[SG_NUMBER_FORMAT]);

#endif
