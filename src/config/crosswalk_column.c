/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>

#include "config/crosswalk_read.h"

enum { MOST_CUSTOM = 64 };

/* ---- values written in a crosswalk: constants and the targets of codes ---- */

static bool is_date(const sg_crosswalk *crosswalk, const char *text)
{
    for (size_t i = 0; i < crosswalk->n_dates; i++) {
        sg_day day;
        if (strcmp(crosswalk->dates[i], SG_DATES_EXCEL) != 0 &&
            sg_day_parse(text, strlen(text), crosswalk->dates[i], &day))
            return true;
    }
    return false;
}

static sg_status fail_code(const sg_reader *reader, const sg_yaml_node *node, const sg_field *field,
                           const char *text)
{
    sg_str advice = {0};
    sg_words_advise(sg_words_of_codes(field->codes), text, &advice);
    sg_status status = sg_reader_fail(reader, node, "'%s' has no code '%s'%s", field->name, text,
                                      sg_str_text(&advice));
    sg_str_release(&advice);
    return status;
}

static bool is_whole(const char *text)
{
    int64_t number;
    return sg_parse_int(text, strlen(text), 0, INT64_C(999999), &number);
}

static bool is_decimal(const char *text)
{
    int64_t number;
    return sg_parse_decimal(text, strlen(text), 6, &number);
}

/* Does a constant fit its field as a column's value would? */
static sg_status check_constant(const sg_reader *reader, const sg_yaml_node *node,
                                const sg_crosswalk *crosswalk, const sg_field *field, const char *text)
{
    const char *needed = NULL;
    switch (field->type) {
    case SG_TYPE_ID:
        return sg_reader_fail(reader, node, "'%s' cannot be the same in every row; name the export's column",
                              field->name);
    case SG_TYPE_CODE:
        return sg_code_find(field->codes, text) != SG_CODE_UNKNOWN ? SG_OK
                                                                   : fail_code(reader, node, field, text);
    case SG_TYPE_DATE:
    case SG_TYPE_BIRTH:
        needed = is_date(crosswalk, text) ? NULL : "a date in one of the forms of 'dates'";
        break;
    case SG_TYPE_HOURS:
    case SG_TYPE_NUMBER: needed = is_decimal(text) ? NULL : "a plain decimal"; break;
    case SG_TYPE_WHOLE: needed = is_whole(text) ? NULL : "a whole number"; break;
    case SG_TYPE_MONTH:
    case SG_TYPE_QUARTER:
        return sg_reader_fail(reader, node, "'%s' cannot be the same in every row; name the export's column",
                              field->name);
    case SG_TYPE_TEXT: break;
    }
    return needed == NULL ? SG_OK : sg_reader_fail(reader, node, "'%s' must be %s", field->name, needed);
}

static sg_status check_target(const sg_reader *reader, const sg_yaml_node *node, const sg_field *field)
{
    const char *to = node->text;
    if (field == NULL || field->type == SG_TYPE_TEXT || *to == '\0' || strcmp(to, "unknown") == 0)
        return SG_OK;
    if (field->type == SG_TYPE_CODE)
        return sg_code_find(field->codes, to) != SG_CODE_UNKNOWN ? SG_OK : fail_code(reader, node, field, to);
    return is_whole(to)
               ? SG_OK
               : sg_reader_fail(reader, node, "a code of '%s' must stand for a whole number", field->name);
}

/* ---- codes ---- */

static sg_status read_pair(const sg_reader *reader, const sg_yaml_node *node, const sg_field *field,
                           sg_code_pair *out)
{
    size_t length = 0;
    if (node->type != SG_YAML_TEXT || (node->plain && *node->text == '\0'))
        return sg_reader_fail(
            reader, node, "the code '%s' stands for nothing; write \"\" where it means missing", node->key);
    sg_status status = check_target(reader, node, field);
    if (status != SG_OK)
        return status;
    const char *from = sg_text_trim(node->key, strlen(node->key), &length);
    if (length > SG_TEXT_LONGEST || strlen(node->text) > SG_TEXT_LONGEST)
        return sg_reader_fail(reader, node, "a code has more than %d bytes", SG_TEXT_LONGEST);
    *out = (sg_code_pair){sg_arena_strndup(reader->arena, from, length), node->text};
    return out->from != NULL ? SG_OK : sg_no_memory(reader->err);
}

sg_status sg_crosswalk_read_codes(const sg_reader *reader, const sg_yaml_node *node, const sg_field *field,
                                  sg_column_source *source)
{
    sg_status status = sg_read_type(reader, node, "codes", SG_YAML_MAP);
    if (status != SG_OK)
        return status;
    if (field != NULL && field->type != SG_TYPE_CODE && field->type != SG_TYPE_TEXT &&
        field->type != SG_TYPE_WHOLE)
        return sg_reader_fail(reader, node, "'%s' has no codes; leave 'codes' out", field->name);
    if (node->n == 0)
        return sg_reader_fail(reader, node, "'codes' is empty; leave it out where the export has our codes");
    sg_code_pair *pairs = sg_arena_alloc(reader->arena, node->n, sizeof *pairs);
    size_t n = 0;
    if (pairs == NULL)
        return sg_no_memory(reader->err);
    for (const sg_yaml_node *item = node->first; item != NULL; item = item->next, n++) {
        status = read_pair(reader, item, field, &pairs[n]);
        if (status != SG_OK)
            return status;
        for (size_t i = 0; i < n; i++) {
            if (strcmp(pairs[i].from, pairs[n].from) == 0)
                return sg_reader_fail(reader, item, "the code '%s' is there twice", pairs[n].from);
        }
    }
    source->codes = pairs;
    source->n_codes = n;
    return SG_OK;
}

/* ---- where a value comes from ---- */

static sg_status check_source_keys(const sg_reader *reader, const sg_yaml_node *node, sg_words words)
{
    for (const sg_yaml_node *item = node->first; item != NULL; item = item->next) {
        if (sg_words_find(words, item->key) < 0)
            return sg_reader_fail_key(reader, item, words);
    }
    return SG_OK;
}

/* H or [H, I]: names that the column may have, the first that the file has counts */
static sg_status read_names(const sg_reader *reader, const sg_yaml_node *node, const char *what,
                            sg_column_source *source)
{
    const char *const *names = NULL;
    size_t n = 0;
    if (node->type != SG_YAML_LIST)
        return sg_read_text(reader, node, what, &source->column);
    sg_status status = sg_read_texts(reader, node, what, &names, &n);
    if (status == SG_OK && n == 0)
        status = sg_reader_fail(reader, node, "'%s' names no column", what);
    if (status != SG_OK)
        return status;
    source->column = names[0];
    source->others = names + 1;
    source->n_others = n - 1;
    return SG_OK;
}

static sg_status read_unit(const sg_reader *reader, const sg_yaml_node *node, const sg_field *field,
                           sg_column_source *source)
{
    static const char *const units[] = {"hours", "minutes", "h:mm", NULL};
    int found = 0;
    if (field == NULL || field->type != SG_TYPE_HOURS)
        return sg_reader_fail(reader, node, "'unit' belongs to fields of hours; leave it out");
    sg_status status = sg_read_word(reader, node, "unit", sg_words_of(units), &found);
    if (status == SG_OK)
        source->unit = (sg_unit)(SG_UNIT_HOURS + found);
    return status;
}

static sg_status read_own_dates(const sg_reader *reader, const sg_yaml_node *node, const sg_field *field,
                                sg_column_source *source)
{
    if (field == NULL || (field->type != SG_TYPE_DATE && field->type != SG_TYPE_BIRTH))
        return sg_reader_fail(reader, node, "'dates' of a column belongs to dates; leave it out");
    return sg_crosswalk_read_dates(reader, node, &source->dates, &source->n_dates);
}

/* H or [H, I] or {column: H, codes: {...}, unit: minutes, dates: [...]} */
static sg_status read_column(const sg_reader *reader, const sg_yaml_node *node, const sg_field *field,
                             sg_column_source *source)
{
    if (node->type != SG_YAML_MAP)
        return read_names(reader, node, node->key, source);
    const sg_yaml_node *column = sg_yaml_member(node, "column"), *codes = sg_yaml_member(node, "codes"),
                       *unit = sg_yaml_member(node, "unit"), *dates = sg_yaml_member(node, "dates");
    if (column == NULL)
        return sg_reader_fail(reader, node, "'%s' needs the key 'column': the export's header", node->key);
    sg_status status = read_names(reader, column, "column", source);
    if (status == SG_OK && codes != NULL)
        status = sg_crosswalk_read_codes(reader, codes, field, source);
    if (status == SG_OK && unit != NULL)
        status = read_unit(reader, unit, field, source);
    if (status == SG_OK && dates != NULL)
        status = read_own_dates(reader, dates, field, source);
    return status;
}

static sg_status read_constant(const sg_reader *reader, const sg_yaml_node *node,
                               const sg_crosswalk *crosswalk, const sg_field *field, sg_column_source *source)
{
    const sg_yaml_node *value = sg_yaml_member(node, "value");
    if (node->n != 1)
        return sg_reader_fail(reader, node, "'%s' has 'value', a constant, so it can have no other key",
                              node->key);
    sg_status status = sg_read_text(reader, value, "value", &source->value);
    return status == SG_OK ? check_constant(reader, value, crosswalk, field, source->value) : status;
}

sg_status sg_crosswalk_read_field(const sg_reader *reader, const sg_yaml_node *node, sg_crosswalk *crosswalk)
{
    static const char *const source_keys[] = {"column", "codes", "value", "unit", "dates", NULL};
    const sg_kind_fields *table = sg_kind_table(crosswalk->kind);
    int at = sg_field_find(crosswalk->kind, node->key);
    if (at < 0) {
        const char *nearest = sg_words_nearest(sg_words_of_fields(table), node->key);
        if (nearest != NULL)
            return sg_reader_fail(reader, node, "'%s' is no field of kind %s; did you mean '%s'?", node->key,
                                  table->name, nearest);
        return sg_reader_fail(
            reader, node,
            "'%s' is no field of kind %s; the shipped crosswalk 'canonical-%s' names them all; any"
            " other column can be kept under 'dimensions'",
            node->key, table->name, table->name);
    }
    sg_column_source source = {.line = node->line};
    sg_status status = SG_OK;
    if (node->type == SG_YAML_MAP)
        status = check_source_keys(reader, node, sg_words_of(source_keys));
    if (status == SG_OK && sg_yaml_member(node, "value") != NULL)
        status = read_constant(reader, node, crosswalk, &table->fields[at], &source);
    else if (status == SG_OK)
        status = read_column(reader, node, &table->fields[at], &source);
    if (status == SG_OK)
        crosswalk->fields[at] = source;
    return status;
}

static bool is_race_by_parts(const sg_yaml_node *node, sg_kind kind)
{
    return kind == SG_KIND_ENROLLMENT && strcmp(node->key, "race") == 0 &&
           (sg_yaml_member(node, "columns") != NULL || sg_yaml_member(node, "list") != NULL);
}

sg_status sg_crosswalk_read_columns(const sg_reader *reader, const sg_yaml_node *node,
                                    sg_crosswalk *crosswalk)
{
    const sg_yaml_node *race = NULL;
    sg_status status = sg_read_type(reader, node, "columns", SG_YAML_MAP);
    for (const sg_yaml_node *item = node->first; item != NULL && status == SG_OK; item = item->next) {
        if (is_race_by_parts(item, crosswalk->kind))
            race = item;
        else
            status = sg_crosswalk_read_field(reader, item, crosswalk);
    }
    /* last, so that a race_... field of its own is known by then and not overwritten */
    if (status == SG_OK && race != NULL)
        status = sg_crosswalk_read_race(reader, race, crosswalk);
    return status;
}

/* ---- further dimensions ---- */

static sg_status check_dimension_name(const sg_reader *reader, const sg_yaml_node *node,
                                      const sg_crosswalk *crosswalk)
{
    if (!sg_is_name(node->key, false) || strcmp(node->key, "all") == 0)
        return sg_reader_fail(
            reader, node,
            "'%s' is no name of a dimension; names have lower-case letters, digits and '_', and 'all' means"
            " everyone",
            node->key);
    if (sg_dimension_find(node->key) != NULL || sg_field_find(crosswalk->kind, node->key) >= 0)
        return sg_reader_fail(reader, node, "'%s' is a field or dimension of its own; map it under 'columns'",
                              node->key);
    return SG_OK;
}

/* A column that names, numbers or finds a person is no group of learners, whatever a crosswalk asks. */
static sg_status check_is_no_person(const sg_reader *reader, const sg_yaml_node *node,
                                    const sg_synonyms *synonyms, const sg_column_source *source)
{
    sg_status status = SG_OK;
    for (size_t i = 0; i <= source->n_others && status == SG_OK; i++) {
        const char *column = i == 0 ? source->column : source->others[i - 1];
        const sg_synonym *never = NULL;
        sg_str folded = {0};
        sg_synonym_fold(&folded, column, strlen(column));
        if (folded.failed)
            status = sg_no_memory(reader->err);
        else
            never = sg_synonyms_never(synonyms, sg_str_text(&folded));
        sg_str_release(&folded);
        if (never != NULL)
            status = sg_reader_fail(reader, node, "'%s' is %s, which is never taken in: take '%s' out",
                                    column, never->target, node->key);
    }
    return status;
}

static int compare_custom(const void *a, const void *b)
{
    const sg_custom_source *left = a, *right = b;
    return strcmp(left->name, right->name);
}

static sg_status read_custom(const sg_reader *reader, const sg_yaml_node *node, sg_crosswalk *crosswalk)
{
    static const char *const source_keys[] = {"column", "codes", NULL};
    SG_CLEANUP(sg_arena_cleanup) sg_arena *arena = sg_arena_new();
    sg_synonyms synonyms;
    sg_custom_source *custom = sg_arena_alloc(reader->arena, node->n + 1, sizeof *custom);
    size_t n = 0;
    if (custom == NULL || arena == NULL)
        return sg_no_memory(reader->err);
    sg_status status = sg_synonyms_load(arena, &synonyms, reader->err);
    for (const sg_yaml_node *item = node->first; item != NULL && status == SG_OK; item = item->next, n++) {
        custom[n] = (sg_custom_source){item->key, {.line = item->line}};
        status = check_dimension_name(reader, item, crosswalk);
        if (status == SG_OK && item->type == SG_YAML_MAP)
            status = check_source_keys(reader, item, sg_words_of(source_keys));
        if (status == SG_OK)
            status = read_column(reader, item, NULL, &custom[n].source);
        if (status == SG_OK)
            status = check_is_no_person(reader, item, &synonyms, &custom[n].source);
    }
    if (status != SG_OK)
        return status;
    qsort(custom, n, sizeof *custom, compare_custom);
    crosswalk->custom = custom;
    crosswalk->n_custom = n;
    return SG_OK;
}

sg_status sg_crosswalk_read_dimensions(const sg_reader *reader, const sg_yaml_node *node,
                                       sg_crosswalk *crosswalk)
{
    sg_status status = sg_read_type(reader, node, "dimensions", SG_YAML_MAP);
    if (status != SG_OK)
        return status;
    if (crosswalk->kind != SG_KIND_ENROLLMENT || node->n > MOST_CUSTOM)
        return sg_reader_fail(reader, node,
                              "'dimensions' belongs to crosswalks of kind enrollment, at most %d of them",
                              (int)MOST_CUSTOM);
    return read_custom(reader, node, crosswalk);
}

sg_status sg_crosswalk_read_numbers(const sg_reader *reader, const sg_yaml_node *node,
                                    sg_crosswalk *crosswalk)
{
    sg_status status = sg_read_type(reader, node, "numbers", SG_YAML_MAP);
    if (status != SG_OK)
        return status;
    if (crosswalk->kind != SG_KIND_CONTEXT || node->n > MOST_CUSTOM)
        return sg_reader_fail(reader, node,
                              "'numbers' belongs to crosswalks of kind context, at most %d of them",
                              (int)MOST_CUSTOM);
    crosswalk->custom_numbers = true;
    return read_custom(reader, node, crosswalk);
}
