/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The rows of a comparison of a prepared table, in three forms. */
#ifndef SKILLGAIN_SRC_CLI_COMPARE_TEXT_H
#define SKILLGAIN_SRC_CLI_COMPARE_TEXT_H

#include "skillgain/analysis/compare.h"

/* For reading: what was compared, what was left out, then a line a figure, everyone first. */
void sg_compare_text(sg_str *out, const sg_compare_request *request, const sg_compare_result *result);
/* The columns of results.csv but for those that need a store (id, program_year, college). */
void sg_compare_csv(sg_str *out, const sg_compare_result *result);
sg_status sg_compare_json(sg_str *out, const sg_compare_request *request, const sg_compare_result *result,
                          sg_err *err) SG_MUST_CHECK;

#endif
