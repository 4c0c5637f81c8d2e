/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/packed.h"

#include <string.h>

/* The fixed part; n numbers behind their fields follow it. */
typedef struct {
    int32_t college, cutoff;
    uint32_t section, program, custom; /* among the words */
    uint8_t has_hours, n_numbers;
} packed_head;

sg_status sg_pack_enrollment(sg_str *out, sg_lexicon *lexicon, const sg_stored_enrollment *row, sg_err *err)
{
    char numbers[SG_N_ENROLLMENT_FIELDS * (1 + sizeof row->number[0])];
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
        memcpy(numbers + length, &row->number[i], sizeof row->number[i]);
        length += sizeof row->number[i];
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
    *out = (sg_stored_enrollment){.college = head.college,
                                  .section_id = sg_lexicon_text(lexicon, head.section),
                                  .iet_program_id = sg_lexicon_text(lexicon, head.program),
                                  .custom = sg_lexicon_text(lexicon, head.custom),
                                  .cutoff = head.cutoff,
                                  .export_has_hours = head.has_hours != 0};
    for (size_t i = 0; i < SG_N_ENROLLMENT_FIELDS; i++)
        out->number[i] = SG_BLANK;
    for (int i = 0; i < head.n_numbers; i++, at += 1 + sizeof out->number[0])
        memcpy(&out->number[(unsigned char)*at], at + 1, sizeof out->number[0]);
}
