/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What `report` and `run` say of a draft.
 */
#ifndef SKILLGAIN_SRC_CLI_DRAFTING_H
#define SKILLGAIN_SRC_CLI_DRAFTING_H

#include "command.h"

void sg_say_draft(sg_str *out, const sg_output_report *draft);

#endif
