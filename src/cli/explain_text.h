/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What explain tells, as text: of each learner first the answer (in which tables, or why in none), then what it rests on; behind the last one
 * the rules that were spoken of.
 */
#ifndef SKILLGAIN_SRC_CLI_EXPLAIN_TEXT_H
#define SKILLGAIN_SRC_CLI_EXPLAIN_TEXT_H

#include "skillgain/batch/explain.h"

void sg_explain_text(sg_str *out, const sg_config *config, const sg_id_explanations *all);

#endif
