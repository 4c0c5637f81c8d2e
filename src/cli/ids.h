/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Ids of learners come by a file or by standard input, never by arguments, which others can see.
 */
#ifndef SKILLGAIN_SRC_CLI_IDS_H
#define SKILLGAIN_SRC_CLI_IDS_H

#include "skillgain/base.h"

/* The text of a file, or ("-") of standard input, in the arena. More than a mebibyte is SG_USAGE. */
sg_status sg_ids_read(const char *from, sg_arena *arena, char **out, sg_err *err) SG_MUST_CHECK;

#endif
