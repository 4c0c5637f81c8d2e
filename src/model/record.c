/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "skillgain/model/record.h"

#include <stddef.h>
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

static int64_t unzigzag(uint64_t value)
{
    return (int64_t)(value >> 1 ^ ((value & 1) != 0 ? UINT64_MAX : 0));
}

enum { TEXTS = 128, CUSTOM = 255, MOST_BYTES = 10 /* of a varint */ };

static void add_text(sg_str *out, unsigned char place, const char *text)
{
    sg_str_add_n(out, (const char *)&place, 1);
    sg_str_add_n(out, text, strlen(text) + 1);
}

/* The numbers and then the texts of these fields, bit by field. */
static void pack_fields(const sg_record *record, uint64_t fields, sg_str *out)
{
    const sg_field *table = sg_kind_table(record->kind)->fields;
    unsigned char numbers[SG_MAX_FIELDS * (1 + MOST_BYTES)];
    uint64_t texts = 0;
    size_t n = 0;
    for (; fields != 0; fields &= fields - 1) {
        unsigned i = (unsigned)__builtin_ctzll(fields);
        if (record->text[i] != NULL && (table[i].flags & SG_FIELD_UNSTORED) == 0)
            texts |= UINT64_C(1) << i;
        if (record->number[i] == SG_BLANK || (table[i].flags & SG_FIELD_UNSTORED) != 0)
            continue;
        numbers[n++] = (unsigned char)i;
        n += put_varint(numbers + n, zigzag(record->number[i]));
    }
    sg_str_add_n(out, (const char *)numbers, n);
    for (; texts != 0; texts &= texts - 1) {
        unsigned i = (unsigned)__builtin_ctzll(texts);
        add_text(out, (unsigned char)(TEXTS + i), record->text[i]);
    }
}

static void pack_values(const sg_record *record, size_t *out_n_column_bytes, sg_str *out)
{
    const sg_kind_fields *table = sg_kind_table(record->kind);
    const uint64_t all = UINT64_MAX >> (SG_MAX_FIELDS - table->n);
    const size_t start = out->length;
    pack_fields(record, table->columns, out);
    *out_n_column_bytes = out->length - start;
    pack_fields(record, all & ~table->columns, out);
    if (record->custom != NULL)
        add_text(out, CUSTOM, record->custom);
}

sg_status sg_record_pack(sg_record *record, sg_str *room, sg_err *err)
{
    static const sg_hash_key plain = {"skillgain row 2"};
    unsigned char kind = (unsigned char)record->kind;
    sg_str_reset(room);
    sg_str_add_n(room, (const char *)&kind, 1);
    sg_str_add_n(room, (const char *)record->learner.bytes, sizeof record->learner.bytes);
    sg_str_add_n(room, (const char *)record->key, sizeof record->key);
    const size_t start = room->length;
    pack_values(record, &record->n_column_bytes, room);
    if (room->failed)
        return sg_no_memory(err);
    record->packed = (const unsigned char *)room->text + start;
    record->n_packed = room->length - start;
    record->digest = sg_hash64(&plain, room->text, room->length);
    return SG_OK;
}

/* How many bytes the varint has; 0: it does not end where it may. */
static size_t get_varint(const unsigned char *bytes, size_t length, uint64_t *out)
{
    *out = 0;
    for (size_t n = 0; n < length && n < MOST_BYTES; n++) {
        *out |= (uint64_t)(bytes[n] & 0x7f) << (7 * n);
        if (bytes[n] < 0x80)
            return n + 1;
    }
    return 0;
}

static size_t take_text(const unsigned char *bytes, size_t length, size_t n_fields, sg_record *out)
{
    const unsigned char *end = memchr(bytes + 1, '\0', length - 1);
    size_t field = (size_t)bytes[0] - TEXTS;
    if (end == NULL || (bytes[0] != CUSTOM && field >= n_fields))
        return 0;
    *(bytes[0] == CUSTOM ? &out->custom : &out->text[field]) = (const char *)bytes + 1;
    return (size_t)(end - bytes) + 1;
}

static size_t take_number(const unsigned char *bytes, size_t length, size_t n_fields, sg_record *out)
{
    uint64_t value;
    size_t n = bytes[0] < n_fields ? get_varint(bytes + 1, length - 1, &value) : 0;
    if (n == 0)
        return 0;
    out->number[bytes[0]] = unzigzag(value);
    return 1 + n;
}

bool sg_record_unpack(const unsigned char *bytes, size_t length, sg_record *out)
{
    size_t n_fields = sg_kind_table(out->kind)->n, n = 1;
    for (size_t at = 0; at < length && n > 0; at += n)
        n = (bytes[at] < TEXTS ? take_number : take_text)(bytes + at, length - at, n_fields, out);
    return n > 0;
}

void sg_record_clear(sg_record *record, sg_kind kind)
{
    size_t n = sg_kind_table(kind)->n;
    memset(record, 0, offsetof(sg_record, number));
    record->kind = kind;
    for (size_t i = 0; i < n; i++)
        record->number[i] = SG_BLANK;
    memset(record->text, 0, n * sizeof record->text[0]);
    record->custom = NULL;
    record->packed = NULL;
}
