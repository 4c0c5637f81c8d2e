/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "rule_id.h"
#include "value.h"

static const struct {
    const char *race;
    int field;
} fields[] = {{"american_indian", SG_ENROLLMENT_RACE_AMERICAN_INDIAN},
              {"asian", SG_ENROLLMENT_RACE_ASIAN},
              {"black", SG_ENROLLMENT_RACE_BLACK},
              {"pacific_islander", SG_ENROLLMENT_RACE_PACIFIC_ISLANDER},
              {"white", SG_ENROLLMENT_RACE_WHITE},
              {"hispanic", SG_ENROLLMENT_HISPANIC}};
enum { N_FIELDS = sizeof fields / sizeof fields[0] };

static int field_of(const char *race)
{
    for (size_t i = 0; i < N_FIELDS; i++)
        if (strcmp(fields[i].race, race) == 0)
            return fields[i].field;
    return SG_NO_FIELD;
}

/* What a list has said. */
typedef struct {
    bool foreign; /* a code that the crosswalk does not know */
    bool silent;  /* a code that stands for nothing */
    bool race;    /* a race was marked, Hispanic apart */
} told;

static void mark(sg_row *row, const char *code, size_t length, told *out)
{
    const char *text = sg_text_trim(code, length, &length);
    const char *copy = sg_arena_strndup(row->arena, text, length);
    if (copy == NULL) {
        row->no_memory = true;
        return;
    }
    if (*copy == '\0')
        return;
    const sg_code_entry *entry = sg_code_table_find(&row->layout->race_codes, copy);
    int field = entry != NULL ? field_of(entry->to) : SG_NO_FIELD;
    out->foreign = out->foreign || entry == NULL;
    out->silent = out->silent || (entry != NULL && field < 0);
    out->race = out->race || (field >= 0 && field != (int)SG_ENROLLMENT_HISPANIC);
    if (field >= 0)
        row->record.number[field] = SG_YES;
}

/* Whether the crosswalk's list can name this race at all. */
static bool can_name(const sg_crosswalk *crosswalk, const char *race)
{
    for (size_t i = 0; i < crosswalk->race_list.n_codes; i++)
        if (strcmp(crosswalk->race_list.codes[i].to, race) == 0)
            return true;
    return false;
}

/* A list that names a race, and nothing that is not understood, says no to those that it could have named: the same answers as from a
 * column a race. */
static void deny_others(sg_row *row)
{
    for (size_t i = 0; i < N_FIELDS; i++)
        if (row->record.number[fields[i].field] == SG_BLANK &&
            can_name(row->layout->crosswalk, fields[i].race))
            row->record.number[fields[i].field] = SG_NO;
}

void sg_row_take_races(sg_row *row)
{
    static const sg_column_source plain = {0};
    const sg_code_entry *code = NULL;
    told list = {0};
    if (row->layout->race_column < 0)
        return;
    const char *text = sg_value_text(row, row->layout->race_column, &plain, NULL, &code);
    while (text != NULL) {
        const char *end = strchr(text, row->layout->crosswalk->race_separator);
        mark(row, text, end != NULL ? (size_t)(end - text) : strlen(text), &list);
        text = end != NULL ? end + 1 : NULL;
    }
    if (list.foreign) /* told once, however many there are */
        sg_row_find_column(row, SG_RULE_CODE, row->layout->crosswalk->race_list.column);
    if (list.race && !list.foreign && !list.silent)
        deny_others(row);
}
