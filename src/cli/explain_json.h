/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What explain tells, as JSON: the facts of the text. An object with `ids`, one a line of the list that is not blank; names of its keys
 * stand in the README.
 */
#ifndef SKILLGAIN_SRC_CLI_EXPLAIN_JSON_H
#define SKILLGAIN_SRC_CLI_EXPLAIN_JSON_H

#include "skillgain/batch/explain.h"

sg_status sg_explain_json(sg_str *out, const sg_config *config, const sg_id_explanations *all,
                          sg_err *err) SG_MUST_CHECK;

#endif
