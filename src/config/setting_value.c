/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>

#include "config/setting.h"

/* One value on its way from the file into the configuration. */
typedef struct {
    const sg_reader *reader;
    const sg_setting *setting;
    const sg_yaml_node *node;
    sg_config *config;
} value;

static void *target(const value *v)
{
    return (char *)v->config + v->setting->offset;
}

static void put_number(const value *v, size_t n)
{
    size_t *number = (void *)((char *)v->config + v->setting->offset_n);
    *number = n;
}

/* ---- single values ---- */

static sg_status read_text(const value *v)
{
    const char **out = target(v);
    if (v->setting->low < 1 && v->node->type == SG_YAML_TEXT && !sg_yaml_is_empty(v->node) &&
        *v->node->text == '\0') {
        *out = "";
        return SG_OK;
    }
    return sg_read_text(v->reader, v->node, v->setting->key, out);
}

static sg_status read_path(const value *v)
{
    const char **out = target(v), *name = NULL;
    sg_status status = sg_read_text(v->reader, v->node, v->setting->key, &name);
    if (status != SG_OK)
        return status;
    *out = sg_path_join(v->reader->arena, v->config->folder, name);
    return *out != NULL ? SG_OK : sg_no_memory(v->reader->err);
}

static sg_status read_count(const value *v)
{
    return sg_read_int(v->reader, v->node, v->setting->key, (int64_t)v->setting->low,
                       (int64_t)v->setting->high, target(v));
}

static sg_status read_int(const value *v)
{
    int64_t number = 0;
    int *out = target(v);
    sg_status status = sg_read_int(v->reader, v->node, v->setting->key, (int64_t)v->setting->low,
                                   (int64_t)v->setting->high, &number);
    if (status == SG_OK)
        *out = (int)number; /* the table's ranges are those of an int */
    return status;
}

static sg_status read_yearly(const value *v)
{
    int *out = target(v);
    if (v->node->type != SG_YAML_TEXT || strcmp(v->node->text, "by_year") != 0)
        return read_int(v);
    *out = 0;
    return SG_OK;
}

static sg_status read_size(const value *v)
{
    int64_t bytes = 0, low = (int64_t)v->setting->low, high = (int64_t)v->setting->high, *out = target(v);
    sg_status status = sg_read_type(v->reader, v->node, v->setting->key, SG_YAML_TEXT);
    if (status != SG_OK)
        return status;
    if (!sg_parse_size(v->node->text, &bytes) || bytes < low || bytes > high)
        return sg_reader_fail(v->reader, v->node,
                              "'%s' must be a size from %lldKiB to %lldMiB, written like 64KiB or 1MiB",
                              v->setting->key, (long long)(low / 1024), (long long)(high / INT64_C(1048576)));
    *out = bytes;
    return SG_OK;
}

static bool is_in_range(const sg_setting *setting, double number)
{
    if (setting->open)
        return number > setting->low && number < setting->high;
    return number >= setting->low && number <= setting->high;
}

static sg_status read_fraction(const value *v)
{
    double number = 0, *out = target(v);
    const sg_setting *setting = v->setting;
    sg_status status = sg_read_type(v->reader, v->node, setting->key, SG_YAML_TEXT);
    if (status != SG_OK)
        return status;
    if (!sg_parse_double(v->node->text, strlen(v->node->text), &number) || !is_in_range(setting, number))
        return sg_reader_fail(v->reader, v->node, "'%s' must be a number %s %g and %s %g, written like 0.05",
                              setting->key, setting->open ? "above" : "not below", setting->low,
                              setting->open ? "below" : "not above", setting->high);
    *out = number;
    return SG_OK;
}

static sg_status read_bool(const value *v)
{
    return sg_read_bool(v->reader, v->node, v->setting->key, target(v));
}

/* ---- lists ---- */

/* The bits of SG_GRADE_BIT_... in their order. */
static sg_status read_grades(const value *v)
{
    static const char *const grades[] = {"confirmed", "supported", "claimed", NULL};
    return sg_read_word_bits(v->reader, v->node, v->setting->key, sg_words_of(grades), target(v));
}

static sg_status read_gain_types(const value *v)
{
    unsigned places = 0, *out = target(v);
    sg_status status = sg_read_word_bits(v->reader, v->node, v->setting->key,
                                         sg_words_of_codes(&sg_codes_gain_type), &places);
    if (status == SG_OK)
        *out = places << 1; /* the first type is 1 */
    return status;
}

static sg_status read_list(const value *v)
{
    const char *const **out = target(v);
    size_t n = 0;
    sg_status status = sg_read_texts(v->reader, v->node, v->setting->key, out, &n);
    if (status == SG_OK)
        put_number(v, n);
    return status;
}

static const char *outcome_at(const void *context, size_t index)
{
    (void)context;
    return index < SG_N_OUTCOMES ? sg_outcome_text((sg_outcome)index) : NULL;
}

static sg_status read_outcomes(const value *v)
{
    const sg_words outcomes = {NULL, outcome_at};
    unsigned places = 0; /* asked only for what it refuses: the order as configured is kept */
    sg_status status = sg_read_word_bits(v->reader, v->node, v->setting->key, outcomes, &places);
    return status == SG_OK ? read_list(v) : status;
}

static sg_status read_dimensions(const value *v)
{
    sg_status status = sg_read_type(v->reader, v->node, v->setting->key, SG_YAML_LIST);
    for (const sg_yaml_node *item = v->node->first; item != NULL && status == SG_OK; item = item->next) {
        status = sg_read_type(v->reader, item, v->setting->key, SG_YAML_TEXT);
        if (status == SG_OK && (!sg_is_name(item->text, false) || strcmp(item->text, "all") == 0))
            status = sg_reader_fail(
                v->reader, item,
                "'%s': '%s' is no name of a dimension; names have lower-case letters, digits and '_',"
                " and 'all' means everyone",
                v->setting->key, item->text);
    }
    return status == SG_OK ? read_list(v) : status;
}

/* ---- maps ---- */

static int compare_colleges(const void *a, const void *b)
{
    const sg_college_name *left = a, *right = b;
    return strcmp(left->code, right->code);
}

static sg_status read_colleges(const value *v)
{
    const sg_college_name **out = target(v);
    sg_status status = sg_read_type(v->reader, v->node, v->setting->key, SG_YAML_MAP);
    if (status != SG_OK)
        return status;
    sg_college_name *colleges = sg_arena_alloc(v->reader->arena, v->node->n + 1, sizeof *colleges);
    size_t n = 0;
    if (colleges == NULL)
        return sg_no_memory(v->reader->err);
    for (const sg_yaml_node *item = v->node->first; item != NULL; item = item->next, n++) {
        size_t length;
        (void)sg_text_trim(item->key, strlen(item->key), &length);
        if (length == 0 || length != strlen(item->key) || length > SG_TEXT_LONGEST)
            return sg_reader_fail(v->reader, item,
                                  "'%s': a college's code is empty, too long or has blanks around it",
                                  v->setting->key);
        colleges[n].code = item->key;
        status = sg_read_text(v->reader, item, item->key, &colleges[n].name);
        if (status != SG_OK)
            return status;
    }
    qsort(colleges, n, sizeof *colleges, compare_colleges);
    *out = colleges;
    put_number(v, n);
    return SG_OK;
}

static sg_status read_duration(const value *v, const sg_yaml_node *item, int64_t *out)
{
    enum { HOUR = 3600, YEAR = 366 * 24 * HOUR };
    sg_status status = sg_read_type(v->reader, item, item->key, SG_YAML_TEXT);
    if (status != SG_OK)
        return status;
    if (!sg_parse_duration(item->text, out) || *out < HOUR || *out > YEAR)
        return sg_reader_fail(v->reader, item,
                              "'%s.%s' must be a time from 1h to 366d, written like 36h or 7d",
                              v->setting->key, item->key);
    return SG_OK;
}

/* What the map does not name is not expected. */
static sg_status read_expect(const value *v)
{
#define KIND_TEXT(name, text) text,
    static const char *const names[] = {SG_KIND_LIST(KIND_TEXT) NULL};
    int64_t seconds[SG_N_KINDS] = {0};
    sg_status status = sg_read_type(v->reader, v->node, v->setting->key, SG_YAML_MAP);
    for (const sg_yaml_node *item = v->node->first; item != NULL && status == SG_OK; item = item->next) {
        sg_kind kind;
        if (!sg_kind_find(item->key, &kind))
            return sg_reader_fail_key(v->reader, item, sg_words_of(names));
        status = read_duration(v, item, &seconds[kind]);
    }
    if (status == SG_OK)
        memcpy(target(v), seconds, sizeof seconds);
    return status;
}

/* ---- references ---- */

static bool is_choice(const char *text)
{
    static const char *const choices[] = {"all_others", "overall", "highest", "largest", NULL};
    double rate;
    if (sg_words_find(sg_words_of(choices), text) >= 0)
        return true;
    return sg_parse_double(text, strlen(text), &rate) && rate >= 0 && rate <= 1;
}

static sg_status read_reference(const value *v, const sg_yaml_node *node, const char *dimension,
                                sg_reference_choice *out)
{
    const sg_dimension *built_in = sg_dimension_find(dimension);
    double number;
    out->dimension = dimension;
    sg_status status = sg_read_text(v->reader, node, v->setting->key, &out->reference);
    if (status != SG_OK || is_choice(out->reference))
        return status;
    if (sg_parse_double(out->reference, strlen(out->reference), &number))
        return sg_reader_fail(v->reader, node, "'%s' as a number is a rate from 0 to 1", v->setting->key);
    if (built_in == NULL || sg_words_find(sg_words_of_levels(built_in), out->reference) >= 0)
        return SG_OK;
    sg_str advice = {0};
    sg_words_advise(sg_words_of_levels(built_in), out->reference, &advice);
    status = sg_reader_fail(
        v->reader, node,
        "'%s' for '%s' cannot be '%s': neither all_others, overall, highest, largest, a rate from 0 to"
        " 1 nor a level%s",
        v->setting->key, dimension, out->reference, sg_str_text(&advice));
    sg_str_release(&advice);
    return status;
}

static sg_status read_references(const value *v)
{
    const sg_reference_choice **out = target(v);
    bool by_dimension = v->node->type == SG_YAML_MAP;
    size_t n = by_dimension ? v->node->n : 1;
    sg_reference_choice *choices = sg_arena_alloc(v->reader->arena, n + 1, sizeof *choices);
    if (choices == NULL)
        return sg_no_memory(v->reader->err);
    sg_status status = SG_OK;
    if (!by_dimension)
        status = read_reference(v, v->node, "", &choices[0]);
    const sg_yaml_node *item = by_dimension ? v->node->first : NULL;
    for (size_t i = 0; item != NULL && status == SG_OK; item = item->next, i++)
        status = read_reference(v, item, item->key, &choices[i]);
    if (status != SG_OK)
        return status;
    *out = choices;
    put_number(v, n);
    return SG_OK;
}

/* ---- days ---- */

static sg_status read_day(const value *v, const sg_yaml_node *node, const sg_day *before, sg_day *out)
{
    const char *text = NULL;
    sg_status status = sg_read_text(v->reader, node, v->setting->key, &text);
    if (status != SG_OK)
        return status;
    if (!sg_day_parse(text, strlen(text), "%Y-%m-%d", out))
        return sg_reader_fail(v->reader, node, "'%s' has '%s', which is no day; write it like 2024-08-26",
                              v->setting->key, text);
    if (before != NULL && *out <= *before)
        return sg_reader_fail(v->reader, node,
                              "'%s' has '%s' behind a day that is not before it; write the days in order",
                              v->setting->key, text);
    return SG_OK;
}

static sg_status read_days(const value *v)
{
    const sg_day **out = target(v);
    sg_status status = sg_read_type(v->reader, v->node, v->setting->key, SG_YAML_LIST);
    if (status == SG_OK && v->node->n > SG_MOST_TERMS)
        return sg_reader_fail(v->reader, v->node, "'%s' has more than %d days; leave out the oldest",
                              v->setting->key, SG_MOST_TERMS);
    sg_day *days = status == SG_OK ? sg_arena_alloc(v->reader->arena, v->node->n + 1, sizeof *days) : NULL;
    if (status == SG_OK && days == NULL)
        return sg_no_memory(v->reader->err);
    size_t n = 0;
    for (const sg_yaml_node *item = v->node->first; item != NULL && status == SG_OK; item = item->next, n++)
        status = read_day(v, item, n > 0 ? &days[n - 1] : NULL, &days[n]);
    if (status != SG_OK)
        return status;
    *out = days;
    put_number(v, n);
    return SG_OK;
}

typedef sg_status (*read_rule)(const value *v);

static const read_rule rules[] = {
    [SG_SETTING_TEXT] = read_text,
    [SG_SETTING_PATH] = read_path,
    [SG_SETTING_INT] = read_int,
    [SG_SETTING_YEARLY] = read_yearly,
    [SG_SETTING_COUNT] = read_count,
    [SG_SETTING_SIZE] = read_size,
    [SG_SETTING_FRACTION] = read_fraction,
    [SG_SETTING_BOOL] = read_bool,
    [SG_SETTING_GRADES] = read_grades,
    [SG_SETTING_GAIN_TYPES] = read_gain_types,
    [SG_SETTING_OUTCOMES] = read_outcomes,
    [SG_SETTING_DIMENSIONS] = read_dimensions,
    [SG_SETTING_REFERENCES] = read_references,
    [SG_SETTING_COLLEGES] = read_colleges,
    [SG_SETTING_EXPECT] = read_expect,
    [SG_SETTING_DAYS] = read_days,
};

sg_status sg_setting_read(const sg_reader *reader, const sg_setting *setting, const sg_yaml_node *node,
                          sg_config *config)
{
    const value v = {reader, setting, node, config};
    return rules[setting->type](&v);
}
