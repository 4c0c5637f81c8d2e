/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/packed.h"

#include <string.h>

/* The fixed part; texts of these lengths, -1: none, and n numbers behind their fields follow it. */
typedef struct {
    int32_t college, cutoff, program_length, custom_length;
    uint8_t has_hours, n_numbers;
} packed_head;

static int32_t length_of(const char *text)
{
    return text != NULL ? (int32_t)strlen(text) : -1;
}

static void add_text(sg_str *out, const char *text)
{
    if (text != NULL)
        sg_str_add(out, text);
}

void sg_pack_enrollment(sg_str *out, const sg_stored_enrollment *row)
{
    char numbers[SG_N_ENROLLMENT_FIELDS * (1 + sizeof row->number[0])];
    packed_head head = {row->college,           row->cutoff,           length_of(row->iet_program_id),
                        length_of(row->custom), row->export_has_hours, 0};
    size_t length = 0;
    for (size_t i = 0; i < SG_N_ENROLLMENT_FIELDS; i++) {
        if (row->number[i] == SG_BLANK)
            continue;
        numbers[length++] = (char)i;
        memcpy(numbers + length, &row->number[i], sizeof row->number[i]);
        length += sizeof row->number[i];
        head.n_numbers++;
    }
    sg_str_add_n(out, (const char *)&head, sizeof head);
    sg_str_add_n(out, numbers, length);
    add_text(out, row->iet_program_id);
    add_text(out, row->custom);
}

static bool take_text(const char **at, int32_t length, sg_arena *arena, const char **out)
{
    *out = NULL;
    if (length < 0)
        return true;
    *out = sg_arena_strndup(arena, *at, (size_t)length);
    *at += length;
    return *out != NULL;
}

bool sg_unpack_enrollment(const char *packed, sg_arena *arena, sg_stored_enrollment *out)
{
    packed_head head;
    const char *at = packed + sizeof head;
    memcpy(&head, packed, sizeof head);
    *out = (sg_stored_enrollment){
        .college = head.college, .cutoff = head.cutoff, .export_has_hours = head.has_hours != 0};
    for (size_t i = 0; i < SG_N_ENROLLMENT_FIELDS; i++)
        out->number[i] = SG_BLANK;
    for (int i = 0; i < head.n_numbers; i++, at += 1 + sizeof out->number[0])
        memcpy(&out->number[(unsigned char)*at], at + 1, sizeof out->number[0]);
    return take_text(&at, head.program_length, arena, &out->iet_program_id) &&
           take_text(&at, head.custom_length, arena, &out->custom);
}
