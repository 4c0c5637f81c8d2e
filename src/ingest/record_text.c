/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "record_text.h"

void sg_record_text_add(sg_record_text *record, const char *text, size_t length)
{
    if (!record->wanted)
        return;
    size_t room = record->most - record->text.length;
    sg_str_add_n(&record->text, text, length < room ? length : room);
}

void sg_record_text_reset(sg_record_text *record)
{
    sg_str_reset(&record->text);
}

void sg_record_text_release(sg_record_text *record)
{
    sg_str_release(&record->text);
}

const char *sg_record_text_get(const sg_record_text *record, size_t *out_length)
{
    const char *text = sg_str_text(&record->text);
    size_t length = record->text.length;
    *out_length = 0;
    if (!record->wanted)
        return NULL;
    if (length > 0 && text[length - 1] == '\n')
        length--;
    if (length > 0 && text[length - 1] == '\r')
        length--;
    *out_length = length;
    return text;
}

size_t sg_record_text_line(const char **text, size_t *length)
{
    const char *at = *text;
    size_t n = 0, behind;
    while (n < *length && at[n] != '\n' && at[n] != '\r')
        n++;
    behind = n;
    if (behind < *length)
        behind += at[n] == '\r' && n + 1 < *length && at[n + 1] == '\n' ? 2 : 1;
    *text = at + behind;
    *length -= behind;
    return n;
}
