/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The HTML writer's state, shared by its two files.
 */
#ifndef SKILLGAIN_SRC_REPORT_HTML_H
#define SKILLGAIN_SRC_REPORT_HTML_H

#include "xml.h"

typedef struct {
    sg_xml xml;
    const sg_document *doc;
    bool in_section;
    int n_boxes; /* so far, for ids */
} sg_html;

void sg_html_break(sg_html *w);
void sg_html_table(sg_html *w, const sg_table *table);
void sg_html_figure(sg_html *w, const sg_figure *figure);

#endif
