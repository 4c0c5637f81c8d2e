/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Record text: the text of the record under way as it came, collected only where somebody will ask for it, and no more of it than a
 * record may have.
 */
#ifndef SG_INGEST_RECORD_TEXT_H
#define SG_INGEST_RECORD_TEXT_H

#include "skillgain/base.h"

typedef struct {
    bool wanted;
    size_t most; /* bytes; the rest of a longer text, which only one with broken quotes can be, is left out */
    sg_str text;
} sg_record_text;

void sg_record_text_add(sg_record_text *record, const char *text, size_t length);
void sg_record_text_reset(sg_record_text *record);
void sg_record_text_release(sg_record_text *record);

/* All of it but the line end behind it, valid until the next change; NULL: not wanted. */
const char *sg_record_text_get(const sg_record_text *record, size_t *out_length);

/* The first line of *text, without its end, whose length is returned; *text and *length go behind it. LF, CRLF and CR end a line. */
size_t sg_record_text_line(const char **text, size_t *length);

#endif
