/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Well-formed markup: libxml2's writer with a failure that sticks, so that a page is built first and asked once.
 */
#ifndef SKILLGAIN_SRC_REPORT_XML_H
#define SKILLGAIN_SRC_REPORT_XML_H

#include <libxml/xmlwriter.h>

#include "document.h"

typedef struct {
    xmlTextWriterPtr writer;
    xmlBufferPtr buffer;
    bool failed;
} sg_xml;

sg_status sg_xml_open(sg_xml *xml, sg_err *err) SG_MUST_CHECK;
/* What was written goes to *out; everything is released, also after a failure. */
sg_status sg_xml_close(sg_xml *xml, sg_str *out, sg_err *err) SG_MUST_CHECK;

void sg_xml_start(sg_xml *xml, const char *name);
void sg_xml_attribute(sg_xml *xml, const char *name, const char *value); /* value NULL: none is written */
void sg_xml_number(sg_xml *xml, const char *name, double value);         /* one decimal */
void sg_xml_text(sg_xml *xml, const char *text);
void sg_xml_raw(sg_xml *xml, const char *markup); /* our own markup only */
void sg_xml_end(sg_xml *xml);                     /* with an end tag, also where it is empty */
void sg_xml_end_void(sg_xml *xml);                /* <meta/> and the like */
/* <name class="class_name">text</name>; class_name NULL: without */
void sg_xml_element(sg_xml *xml, const char *name, const char *class_name, const char *text);

/* The figure at this place of a page, or as the root of a file. */
void sg_svg_draw(sg_xml *xml, const sg_figure *figure);

#endif
