/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "rule_id.h"
#include "value.h"

static int field_of(const char *race)
{
    static const struct {
        const char *race;
        int field;
    } fields[] = {{"american_indian", SG_ENROLLMENT_RACE_AMERICAN_INDIAN},
                  {"asian", SG_ENROLLMENT_RACE_ASIAN},
                  {"black", SG_ENROLLMENT_RACE_BLACK},
                  {"pacific_islander", SG_ENROLLMENT_RACE_PACIFIC_ISLANDER},
                  {"white", SG_ENROLLMENT_RACE_WHITE},
                  {"hispanic", SG_ENROLLMENT_HISPANIC}};
    for (size_t i = 0; i < sizeof fields / sizeof fields[0]; i++)
        if (strcmp(fields[i].race, race) == 0)
            return fields[i].field;
    return SG_NO_FIELD;
}

/* A code that stands for nothing (unknown) marks nothing. False: there is no such code. */
static bool mark(sg_row *row, const char *code, size_t length)
{
    const char *text = sg_text_trim(code, length, &length);
    const char *copy = sg_arena_strndup(row->arena, text, length);
    if (copy == NULL) {
        row->no_memory = true;
        return true;
    }
    if (*copy == '\0')
        return true;
    const sg_code_entry *entry = sg_code_table_find(&row->layout->race_codes, copy);
    int field = entry != NULL ? field_of(entry->to) : SG_NO_FIELD;
    if (field >= 0)
        row->record.number[field] = SG_YES;
    return entry != NULL;
}

void sg_row_take_races(sg_row *row)
{
    static const sg_column_source plain = {0};
    const sg_code_entry *code = NULL;
    if (row->layout->race_column < 0)
        return;
    bool known = true;
    const char *text = sg_value_text(row, row->layout->race_column, &plain, NULL, &code);
    while (text != NULL) {
        const char *end = strchr(text, row->layout->crosswalk->race_separator);
        known = mark(row, text, end != NULL ? (size_t)(end - text) : strlen(text)) && known;
        text = end != NULL ? end + 1 : NULL;
    }
    if (!known) /* told once, however many there are */
        sg_row_find_column(row, SG_RULE_CODE, row->layout->crosswalk->race_list.column);
}
