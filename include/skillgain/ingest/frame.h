/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Prepared tables, which need no crosswalk: columns under a line of names. */
#ifndef SKILLGAIN_INGEST_FRAME_H
#define SKILLGAIN_INGEST_FRAME_H

#include "skillgain/model/frame.h"

/* Comma-separated UTF-8 text: the first line has the names, each other one a row with as many fields; blank lines are passed
 * over, blanks around a field are not part of it. *out in the arena. SG_REFUSED, with the line: fields more or
 * fewer, a name that is empty or stands twice, broken quotes, bytes that are no UTF-8. */
sg_status sg_frame_read(sg_arena *arena, const char *text, size_t length, sg_frame *out,
                        sg_err *err) SG_MUST_CHECK;

#endif
