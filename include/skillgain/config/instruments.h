/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The table of instruments, crosswalks/instruments.csv: which score is which level. sg_config_load reads it.
 */
#ifndef SKILLGAIN_CONFIG_INSTRUMENTS_H
#define SKILLGAIN_CONFIG_INSTRUMENTS_H

#include "skillgain/base.h"
#include "skillgain/model.h"

/* Such a table from its text, in the arena; `file` is for messages, which name the line too. Two editions of a subject that are
 * approved on one day, and a name of two instruments or of two subjects of one, are refused: SG_USAGE. */
sg_status sg_instruments_read(sg_arena *arena, const char *file, const char *text, size_t length,
                              sg_instruments *out, sg_err *err) SG_MUST_CHECK;

/* FOLDER/instruments.csv, else the shipped table. *out_digest: of the workspace's own file; NULL: the shipped one. All in the arena.
 * SG_USAGE with file, line and what to do where it is not in order. */
sg_status sg_instruments_load(sg_arena *arena, const char *folder, sg_instruments *out,
                              const char **out_digest, sg_err *err) SG_MUST_CHECK;

#endif
