/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * How much room text takes in a figure. SVG breaks no lines, and the reader's font is not known here: widths are those of the
 * widest of the usual system fonts, so that a line that fits by them fits in all.
 */
#ifndef SKILLGAIN_SRC_REPORT_SVG_TEXT_H
#define SKILLGAIN_SRC_REPORT_SVG_TEXT_H

#include "skillgain/base.h"

typedef struct {
    double size; /* in user units */
    bool bold;
} sg_font;

double sg_text_width(const char *text, size_t length, const sg_font *font);
/* Bytes of the first line of a text: up to the last blank that fits into the room, else as many characters as fit, at least one. */
size_t sg_text_line(const char *text, const sg_font *font, double room);
/* What follows a line: the blank between is passed over. */
const char *sg_text_after_line(const char *text, size_t line);
int sg_text_lines(const char *text, const sg_font *font, double room);

#endif
