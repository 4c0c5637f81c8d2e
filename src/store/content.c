/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/content.h"

#include <string.h>

_Static_assert(SG_ROW_DIGEST == sizeof(sg_pseudonym), "both are 128 bits of BLAKE2b");

/* Lengths and numbers in eight bytes, the highest first: the same on every machine. */
static void add_int(sg_str *s, int64_t value)
{
    char bytes[8];
    uint64_t bits = (uint64_t)value;
    for (int i = 0; i < 8; i++)
        bytes[i] = (char)(unsigned char)(bits >> (56 - 8 * i) & 0xff);
    sg_str_add_n(s, bytes, sizeof bytes);
}

static void add_text(sg_str *s, const char *text)
{
    size_t length = strlen(text);
    add_int(s, (int64_t)length);
    sg_str_add_n(s, text, length);
}

static void add_field(sg_str *s, const sg_field *field, int64_t number, const char *text)
{
    if ((field->flags & SG_FIELD_UNSTORED) != 0)
        return;
    if (field->type == SG_TYPE_TEXT && text != NULL) {
        add_text(s, field->name);
        sg_str_add_char(s, 't');
        add_text(s, text);
    } else if (field->type != SG_TYPE_TEXT && number != SG_BLANK) {
        add_text(s, field->name);
        sg_str_add_char(s, 'n');
        add_int(s, number);
    }
}

sg_status sg_row_digest(const sg_record *row, sg_str *room, unsigned char out[SG_ROW_DIGEST], sg_err *err)
{
    /* Pseudonyms need a secret key; here BLAKE2b is a digest like any other. */
    static const sg_key no_key;
    const sg_kind_fields *table = sg_kind_table(row->kind);
    sg_pseudonym digest;
    sg_str_reset(room);
    sg_str_add_n(room, (const char *)row->learner.bytes, sizeof row->learner.bytes);
    sg_str_add_n(room, (const char *)row->key, sizeof row->key);
    for (size_t i = 0; i < table->n; i++)
        add_field(room, &table->fields[i], row->number[i], row->text[i]);
    if (row->custom != NULL) {
        add_text(room, "custom");
        sg_str_add_char(room, 'c');
        add_text(room, row->custom);
    }
    if (room->failed)
        return sg_no_memory(err);
    sg_pseudonym_make(&no_key, table->name, room->text, room->length, &digest);
    memcpy(out, digest.bytes, SG_ROW_DIGEST);
    return SG_OK;
}
