/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Identifiers: what an id must not hold, because then it looks like another one and is not, or was mangled
 * on its way.
 */
#ifndef SG_INGEST_IDENTIFIER_H
#define SG_INGEST_IDENTIFIER_H

#include "skillgain/base.h"
#include "skillgain/config.h"

enum { SG_ID_BYTES = 64 }; /* of a learner's id */

/* Of valid UTF-8: does it hold what can't be seen (controls, zero-width and directional marks, fillers, blanks that are not plain) or
 * what looks like an ASCII character and is none (full-width and other forms, dashes; letters of other alphabets where the whole id could
 * be taken for Latin)? */
bool sg_identifier_is_deceptive(const char *text);

bool sg_is_ascii(const char *text);

/* ="00123", 1.23E+05, #N/A or #####: made by a spreadsheet. */
bool sg_identifier_is_spreadsheet(const char *text);

/* The id in the one form in which ids are compared: NFC, ASCII letters cased as the crosswalk says. NULL:
 * out of memory. */
const char *sg_identifier_canonical(sg_arena *arena, const char *text, sg_id_case id_case);

#endif
