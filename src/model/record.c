/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "skillgain/model/record.h"

#include <string.h>

const char *sg_batch_state_text(sg_batch_state state)
{
    static const char *const texts[SG_N_BATCH_STATES] = {
#define SG_BATCH_STATE_TEXT(name, text) [SG_BATCH_##name] = (text),
        SG_BATCH_STATE_LIST(SG_BATCH_STATE_TEXT)
#undef SG_BATCH_STATE_TEXT
    };
    return (unsigned)state < SG_N_BATCH_STATES ? texts[state] : "";
}

/* Seven bits a byte, the lowest first; small numbers of either sign are short. */
static size_t put_varint(unsigned char *out, uint64_t value)
{
    size_t n = 0;
    for (; value >= 0x80; value >>= 7)
        out[n++] = (unsigned char)(value | 0x80);
    out[n++] = (unsigned char)value;
    return n;
}

static uint64_t zigzag(int64_t value)
{
    return (uint64_t)value << 1 ^ (value < 0 ? UINT64_MAX : 0);
}

static void add_text(sg_str *out, unsigned char place, const char *text)
{
    unsigned char head[11] = {place};
    size_t length = strlen(text);
    sg_str_add_n(out, (const char *)head, 1 + put_varint(head + 1, length));
    sg_str_add_n(out, text, length);
}

static void add_numbers(sg_str *out, const sg_record *record, const sg_kind_fields *table)
{
    unsigned char bytes[SG_MAX_FIELDS * 11];
    size_t n = 0;
    for (size_t i = 0; i < table->n; i++) {
        if (record->number[i] == SG_BLANK || (table->fields[i].flags & SG_FIELD_UNSTORED) != 0)
            continue;
        bytes[n++] = (unsigned char)i;
        n += put_varint(bytes + n, zigzag(record->number[i]));
    }
    sg_str_add_n(out, (const char *)bytes, n);
}

sg_status sg_record_digest(const sg_record *record, sg_str *room, uint64_t *out, sg_err *err)
{
    enum { CUSTOM = 255, TEXTS = 128 };
    static const sg_hash_key plain = {"skillgain row 1"};
    const sg_kind_fields *table = sg_kind_table(record->kind);
    unsigned char kind = (unsigned char)record->kind;
    sg_str_reset(room);
    sg_str_add_n(room, (const char *)&kind, 1);
    sg_str_add_n(room, (const char *)record->learner.bytes, sizeof record->learner.bytes);
    sg_str_add_n(room, (const char *)record->key, sizeof record->key);
    add_numbers(room, record, table);
    for (size_t i = 0; i < table->n; i++)
        if (record->text[i] != NULL && (table->fields[i].flags & SG_FIELD_UNSTORED) == 0)
            add_text(room, (unsigned char)(TEXTS + i), record->text[i]);
    if (record->custom != NULL)
        add_text(room, CUSTOM, record->custom);
    if (room->failed)
        return sg_no_memory(err);
    *out = sg_hash64(&plain, room->text, room->length);
    return SG_OK;
}
