/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Is a workbook whole? The library that writes it makes each part in a temporary file and does not look whether the disk took it.
 */
#ifndef SKILLGAIN_SRC_REPORT_WORKBOOK_CHECK_H
#define SKILLGAIN_SRC_REPORT_WORKBOOK_CHECK_H

#include <stddef.h>

#include "skillgain/base.h"

/* A part of the archive, unpacked; not ended by a NUL. What it returns ends the walk where it is not SG_OK. */
typedef struct {
    const char *name;
    size_t name_length;
    const char *text;
    size_t length;
} sg_workbook_part;
typedef sg_status (*sg_part_taker)(void *taker, const sg_workbook_part *part, sg_err *err);

/* Gives each part to `take`. SG_FAILED where the archive or one of them is damaged. */
sg_status sg_workbook_unpack(const void *bytes, size_t length, sg_part_taker take, void *taker,
                             sg_err *err) SG_MUST_CHECK;

/* SG_FAILED, with the part's name, where one of the archive is damaged or no well-formed XML. */
sg_status sg_workbook_check(const void *bytes, size_t length, sg_err *err) SG_MUST_CHECK;

#endif
