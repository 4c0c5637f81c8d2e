/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "xml.h"

#include <string.h>

static const xmlChar *as_xml(const char *text)
{
    return (const xmlChar *)text;
}

sg_status sg_xml_open(sg_xml *xml, sg_err *err)
{
    *xml = (sg_xml){.buffer = xmlBufferCreate()};
    if (xml->buffer)
        xml->writer = xmlNewTextWriterMemory(xml->buffer, 0);
    if (xml->writer)
        return SG_OK;
    xmlBufferFree(xml->buffer);
    return sg_no_memory(err);
}

sg_status sg_xml_close(sg_xml *xml, sg_str *out, sg_err *err)
{
    bool failed = xml->failed || xmlTextWriterFlush(xml->writer) < 0;

    xmlFreeTextWriter(xml->writer);
    if (!failed)
        sg_str_add(out, (const char *)xmlBufferContent(xml->buffer));
    xmlBufferFree(xml->buffer);
    *xml = (sg_xml){0};
    return failed || out->failed ? sg_no_memory(err) : SG_OK;
}

static void keep(sg_xml *xml, int written)
{
    xml->failed = xml->failed || written < 0;
}

void sg_xml_start(sg_xml *xml, const char *name)
{
    keep(xml, xmlTextWriterStartElement(xml->writer, as_xml(name)));
}

void sg_xml_attribute(sg_xml *xml, const char *name, const char *value)
{
    sg_str clean = {0};

    if (!value)
        return;
    sg_text_clean(&clean, value);
    xml->failed = xml->failed || clean.failed;
    if (!xml->failed)
        keep(xml, xmlTextWriterWriteAttribute(xml->writer, as_xml(name), as_xml(sg_str_text(&clean))));
    sg_str_release(&clean);
}

void sg_xml_number(sg_xml *xml, const char *name, double value)
{
    sg_str text = {0};

    sg_str_add_fixed(&text, value, 1);
    sg_xml_attribute(xml, name, sg_str_text(&text));
    sg_str_release(&text);
}

void sg_xml_text(sg_xml *xml, const char *text)
{
    sg_str clean = {0};

    sg_text_clean(&clean, text);
    xml->failed = xml->failed || clean.failed;
    if (!xml->failed)
        keep(xml, xmlTextWriterWriteString(xml->writer, as_xml(sg_str_text(&clean))));
    sg_str_release(&clean);
}

void sg_xml_raw(sg_xml *xml, const char *markup)
{
    keep(xml, xmlTextWriterWriteRaw(xml->writer, as_xml(markup)));
}

void sg_xml_end(sg_xml *xml)
{
    keep(xml, xmlTextWriterFullEndElement(xml->writer));
}

void sg_xml_end_void(sg_xml *xml)
{
    keep(xml, xmlTextWriterEndElement(xml->writer));
}

void sg_xml_element(sg_xml *xml, const char *name, const char *class_name, const char *text)
{
    sg_xml_start(xml, name);
    sg_xml_attribute(xml, "class", class_name);
    sg_xml_text(xml, text);
    sg_xml_end(xml);
}
