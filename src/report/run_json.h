/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * run.json, the last file but SHA256SUMS.
 */
#ifndef SKILLGAIN_SRC_REPORT_RUN_JSON_H
#define SKILLGAIN_SRC_REPORT_RUN_JSON_H

#include "output.h"
#include "page.h"

sg_status sg_write_run(sg_output *output, const sg_page *page, sg_err *err) SG_MUST_CHECK;

#endif
