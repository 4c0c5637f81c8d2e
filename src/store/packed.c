/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/packed.h"

#include <string.h>

/* The fixed part; n numbers behind their fields follow it. */
typedef struct {
    int32_t college, cutoff;
    uint32_t section, program, custom; /* among the words */
    uint8_t has_hours, n_numbers;
} packed_head;

/* Seven bits a byte, the low ones first, a sign by zigzag: most numbers are codes and days. */
static size_t put_number(char *out, int64_t number)
{
    uint64_t rest = (uint64_t)number << 1 ^ (uint64_t)(number >> 63);
    size_t n = 0;
    for (; rest >= 128; rest >>= 7)
        out[n++] = (char)((rest & 127) | 128);
    out[n++] = (char)rest;
    return n;
}

static int64_t take_number(const char **at)
{
    uint64_t number = 0;
    unsigned char byte;
    int shift = 0;
    do {
        byte = (unsigned char)*(*at)++;
        number |= (uint64_t)(byte & 127) << shift;
        shift += 7;
    } while (byte >= 128);
    return (int64_t)(number >> 1) ^ -(int64_t)(number & 1);
}

sg_status sg_pack_enrollment(sg_str *out, sg_lexicon *lexicon, const sg_stored_enrollment *row, sg_err *err)
{
    enum { LONGEST = 10 }; /* a number of 64 bits */
    char numbers[SG_N_ENROLLMENT_FIELDS * (1 + LONGEST)];
    packed_head head = {.college = row->college, .cutoff = row->cutoff, .has_hours = row->export_has_hours};
    size_t length = 0;
    sg_status status = sg_lexicon_add(lexicon, row->section_id, &head.section, err);
    if (status == SG_OK)
        status = sg_lexicon_add(lexicon, row->iet_program_id, &head.program, err);
    if (status == SG_OK)
        status = sg_lexicon_add(lexicon, row->custom, &head.custom, err);
    if (status != SG_OK)
        return status;
    for (size_t i = 0; i < SG_N_ENROLLMENT_FIELDS; i++) {
        if (row->number[i] == SG_BLANK)
            continue;
        numbers[length++] = (char)i;
        length += put_number(numbers + length, row->number[i]);
        head.n_numbers++;
    }
    sg_str_add_n(out, (const char *)&head, sizeof head);
    sg_str_add_n(out, numbers, length);
    return out->failed ? sg_no_memory(err) : SG_OK;
}

void sg_unpack_enrollment(const char *packed, const sg_lexicon *lexicon, sg_stored_enrollment *out)
{
    packed_head head;
    const char *at = packed + sizeof head;
    memcpy(&head, packed, sizeof head);
    out->college = head.college;
    out->section_id = sg_lexicon_text(lexicon, head.section);
    out->iet_program_id = sg_lexicon_text(lexicon, head.program);
    out->custom = sg_lexicon_text(lexicon, head.custom);
    out->cutoff = head.cutoff;
    out->export_has_hours = head.has_hours != 0;
    for (size_t i = 0; i < SG_N_ENROLLMENT_FIELDS; i++)
        out->number[i] = SG_BLANK;
    for (int i = 0; i < head.n_numbers; i++) {
        size_t field = (unsigned char)*at++;
        out->number[field] = take_number(&at);
    }
}
