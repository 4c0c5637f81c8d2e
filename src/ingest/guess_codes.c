/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <string.h>

#include "guess.h"

enum { GROUP = 64 };

static const sg_code_list *list_of(const sg_field *field)
{
    return field->type == SG_TYPE_CODE ? field->codes : NULL;
}

static bool is_folded(const char *text, const char *folded)
{
    sg_str own = {0};
    if (text == NULL)
        return false;
    sg_synonym_fold(&own, text, strlen(text));
    bool same = !own.failed && sg_text_equal(sg_str_text(&own), folded);
    sg_str_release(&own);
    return same;
}

/* By the list's own codes and labels. */
static const char *find_own(const sg_code_list *list, const char *folded)
{
    for (size_t i = 0; list != NULL && i < list->n; i++)
        if (is_folded(list->codes[i].code, folded) || is_folded(list->codes[i].label, folded))
            return list->codes[i].code;
    return NULL;
}

static const char *find_in_group(const sg_synonyms *synonyms, const char *group, const char *folded)
{
    for (size_t i = 0; i < synonyms->n; i++) {
        const sg_synonym *synonym = &synonyms->all[i];
        if (strcmp(synonym->group, group) == 0 &&
            (strcmp(synonym->word, folded) == 0 || is_folded(synonym->target, folded)))
            return synonym->target;
    }
    return NULL;
}

static bool has_group(const sg_synonyms *synonyms, const char *group)
{
    for (size_t i = 0; i < synonyms->n; i++)
        if (strcmp(synonyms->all[i].group, group) == 0)
            return true;
    return false;
}

/* The group of the field's own name stands before that of its list. */
static void name_group(const sg_synonyms *synonyms, const sg_field *field, char group[GROUP])
{
    (void)snprintf(group, GROUP, "codes %s", field->name);
    if (list_of(field) != NULL && !has_group(synonyms, group))
        (void)snprintf(group, GROUP, "codes %s", list_of(field)->name);
}

static const char *find_folded(const sg_synonyms *synonyms, const sg_field *field, const char *folded)
{
    char group[GROUP];
    const char *code = find_own(list_of(field), folded);
    if (*folded == '\0')
        return NULL;
    name_group(synonyms, field, group);
    if (code == NULL)
        code = find_in_group(synonyms, group, folded);
    return code != NULL ? code : find_in_group(synonyms, "codes", folded);
}

/* "1 employed" is looked for without its number too. */
static const char *behind_number(const char *folded)
{
    size_t digits = strspn(folded, "0123456789");
    return digits > 0 && digits <= 2 && folded[digits] == ' ' ? folded + digits + 1 : "";
}

static bool has_value(const sg_guess_column *column, const char *value)
{
    for (size_t i = 0; i < column->n_values; i++)
        if (strcmp(column->values[i].text, value) == 0)
            return true;
    return false;
}

/* Of flags: some systems write 1 for yes, 2 for no and 0 for unknown. */
static const char *code_of_one_two(const sg_field *field, const sg_guess_column *column, const char *value)
{
    if (list_of(field) != &sg_codes_yes_no || strcmp(field->name, "migrant") == 0 || !has_value(column, "2"))
        return NULL;
    if (strcmp(value, "2") == 0)
        return "no";
    return strcmp(value, "0") == 0 ? "unknown" : NULL;
}

const char *sg_guess_code(const sg_synonyms *synonyms, const sg_field *field, const sg_guess_column *column,
                          const char *value)
{
    const char *code = code_of_one_two(field, column, value);
    sg_str folded = {0};
    if (code != NULL)
        return code;
    sg_synonym_fold(&folded, value, strlen(value));
    code = find_folded(synonyms, field, sg_str_text(&folded));
    if (code == NULL)
        code = find_folded(synonyms, field, behind_number(sg_str_text(&folded)));
    sg_str_release(&folded);
    return code;
}

bool sg_guess_has_codes(const sg_field *field)
{
    return field->type == SG_TYPE_CODE ||
           (field->type == SG_TYPE_TEXT &&
            (strcmp(field->name, "instrument") == 0 || strcmp(field->name, "subject") == 0));
}

int64_t sg_guess_coded(const sg_synonyms *synonyms, const sg_field *field, const sg_guess_column *column)
{
    int64_t n = 0;
    for (size_t i = 0; i < column->n_values; i++)
        if (sg_guess_code(synonyms, field, column, column->values[i].text) != NULL)
            n += column->values[i].n;
    return n;
}

/* Are all parts of the value races? */
static bool is_race_list(const sg_synonyms *synonyms, const sg_guess_column *column, const char *value,
                         char separator)
{
    const sg_field *race = &sg_kind_table(SG_KIND_ENROLLMENT)->fields[SG_ENROLLMENT_RACE];
    for (const char *at = value; at != NULL;) {
        char part[256];
        const char *stop = strchr(at, separator);
        size_t length = stop != NULL ? (size_t)(stop - at) : strlen(at);
        if (length == 0 || length >= sizeof part)
            return false;
        memcpy(part, at, length);
        part[length] = '\0';
        if (sg_guess_code(synonyms, race, column, part) == NULL)
            return false;
        at = stop != NULL ? stop + 1 : NULL;
    }
    return true;
}

char sg_guess_race_separator(const sg_synonyms *synonyms, const sg_guess_column *column, int64_t *out_coded)
{
    static const char separators[] = {',', ';', '|', '+'};
    const sg_field *race = &sg_kind_table(SG_KIND_ENROLLMENT)->fields[SG_ENROLLMENT_RACE];
    for (size_t s = 0; s < sizeof separators; s++) {
        int64_t n = 0;
        bool any = false;
        for (size_t i = 0; i < column->n_values; i++) {
            const char *value = column->values[i].text;
            bool several = strchr(value, separators[s]) != NULL &&
                           sg_guess_code(synonyms, race, column, value) == NULL &&
                           is_race_list(synonyms, column, value, separators[s]);
            any = any || several;
            if (several || sg_guess_code(synonyms, race, column, value) != NULL)
                n += column->values[i].n;
        }
        if (any) {
            *out_coded = n;
            return separators[s];
        }
    }
    return '\0';
}
