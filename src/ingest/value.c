/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "value.h"

#include <stdio.h>
#include <string.h>

#include "identifier.h"
#include "rule_id.h"

enum {
    HOURS_DECIMALS = 9,
    NUMBER_DECIMALS = 6,
    MAX_HOURS = 9999,
    MAX_WHOLE = 99999, /* of a program year or an age: anything longer is neither */
    YEAR_DIGITS = 4,
    BLANK_OF_1900 = -25567 /* 1900-01-01, which a system writes for a date that it doesn't have */
};
static const int64_t hour = 1000000000; /* 10^HOURS_DECIMALS */

/* ---- text ---- */

/* No white space, and no part of a character that is. */
static bool is_plain(char c)
{
    return c > ' ' && c < 0x7f;
}

/* The cell without blanks at its ends; NULL: out of memory. */
static const char *trimmed_cell(sg_row *row, int column)
{
    const sg_piece *cell = &row->raw->fields[column];
    size_t length = cell->length;
    if (length > 0 && is_plain(cell->text[0]) && is_plain(cell->text[length - 1])) /* almost always */
        return cell->text;
    const char *text = sg_text_trim(cell->text, cell->length, &length);
    if (text[length] == '\0') /* nothing was cut off its end */
        return text;
    return sg_arena_strndup(row->arena, text, length);
}

const char *sg_value_text(sg_row *row, int column, const sg_column_source *source, const sg_code_table *codes,
                          const sg_code_entry **out_code)
{
    const char *text = source->value;
    *out_code = NULL;
    if (column >= 0) {
        text = trimmed_cell(row, column);
        if (text == NULL) {
            row->no_memory = true;
            return NULL;
        }
    }
    if (codes != NULL && text != NULL)
        *out_code = sg_code_table_find(codes, text);
    if (*out_code != NULL && column >= 0)
        return (*out_code)->missing ? NULL : (*out_code)->to;
    return text == NULL || sg_is_missing(text) ? NULL : text;
}

/* ---- dates ---- */

/* The forms that a date may have here. */
typedef struct {
    const char *const *forms;
    size_t n;
} date_forms;

static date_forms forms_of(const sg_crosswalk *crosswalk, const sg_column_source *source)
{
    if (source->dates != NULL)
        return (date_forms){source->dates, source->n_dates};
    return (date_forms){crosswalk->dates, crosswalk->n_dates};
}

/* A serial day of a spreadsheet's 1900 system: 1 is 1900-01-01, and 60 the 29 February 1900 that never was, so that all later days
 * are one off. Only whole days of this and the last century are taken. */
static bool parse_serial(const char *text, size_t length, sg_day *out)
{
    enum { BEFORE_FIRST = -25569, LEAST = 61, MOST = 73050 /* 2099-12-31 */ };
    int64_t serial = 0;
    if (!sg_parse_int(text, length, LEAST, MOST, &serial))
        return false;
    *out = (sg_day)(serial + BEFORE_FIRST);
    return true;
}

static bool parse_date(date_forms dates, const char *text, size_t length, sg_day *out)
{
    for (size_t i = 0; i < dates.n; i++) {
        bool serial = *dates.forms[i] != '%' && strcmp(dates.forms[i], SG_DATES_EXCEL) == 0;
        if (serial ? parse_serial(text, length, out) : sg_day_parse(text, length, dates.forms[i], out))
            return true;
    }
    return false;
}

static bool is_civil(sg_day day, int year, int month, int day_of_month)
{
    sg_day other = SG_DAY_NONE;
    return sg_day_from_civil(year, month, day_of_month, &other) && other == day;
}

/* 1753-01-01 and 9999-12-31 are beyond our calendar: they are tried as the same day of a year within it. */
static bool is_beyond_missing(date_forms dates, const char *text, size_t length)
{
    static const struct {
        const char *year, *instead;
        int number, month, day;
    } days[] = {{"1753", "2753", 2753, 1, 1}, {"9999", "2999", 2999, 12, 31}};
    char other[64];
    for (size_t i = 0; i < sizeof days / sizeof days[0] && length < sizeof other; i++) {
        const char *year = strstr(text, days[i].year);
        sg_day day = SG_DAY_NONE;
        if (year == NULL)
            continue;
        memcpy(other, text, length);
        memcpy(other + (year - text), days[i].instead, YEAR_DIGITS);
        if (parse_date(dates, other, length, &day) &&
            is_civil(day, days[i].number, days[i].month, days[i].day))
            return true;
    }
    return false;
}

sg_value_state sg_value_date(const sg_crosswalk *crosswalk, const sg_column_source *source, const char *text,
                             sg_day *out)
{
    const date_forms dates = forms_of(crosswalk, source);
    size_t length = strlen(text);
    sg_day day = SG_DAY_NONE;
    if (!parse_date(dates, text, length, &day))
        return is_beyond_missing(dates, text, length) ? SG_VALUE_MISSING : SG_VALUE_BAD;
    if (day == BLANK_OF_1900)
        return SG_VALUE_MISSING;
    *out = day;
    return SG_VALUE_TAKEN;
}

/* ---- one taker a field type: puts the value into the row, or notes what is wrong ---- */

typedef struct {
    int field;
    const sg_field *type;
    const sg_column_source *source;
    const char *text;
    const sg_code_entry *code; /* the one it came through; NULL: none */
} given_value;

typedef sg_value_state (*taker)(sg_row *row, const given_value *given);

static sg_value_state find(sg_row *row, const char *rule, const given_value *given)
{
    sg_row_find(row, rule, given->field);
    return SG_VALUE_BAD;
}

static bool check_identifier(sg_row *row, const given_value *given)
{
    size_t before = row->n_findings;
    if (sg_identifier_is_deceptive(given->text))
        sg_row_find(row, SG_RULE_INVISIBLE, given->field);
    if (sg_identifier_is_spreadsheet(given->text))
        sg_row_find(row, SG_RULE_SPREADSHEET, given->field);
    return row->n_findings == before;
}

static sg_value_state take_id(sg_row *row, const given_value *given)
{
    bool sound = check_identifier(row, given);
    const char *id = sg_identifier_canonical(row->arena, given->text, row->layout->crosswalk->id_case);
    if (id == NULL) {
        row->no_memory = true;
        return SG_VALUE_BAD;
    }
    if (strlen(id) > SG_ID_BYTES)
        return find(row, SG_RULE_LONG_ID, given);
    if (!sound)
        return SG_VALUE_BAD;
    row->learner_id = id;
    return SG_VALUE_TAKEN;
}

static sg_value_state take_text(sg_row *row, const given_value *given)
{
    const char *text = given->text;
    bool foreign = given->source->n_codes > 0 && given->code == NULL;
    if (foreign && (given->type->flags & SG_FIELD_REQUIRED) != 0)
        return find(row, SG_RULE_STRICT_CODE, given); /* a site that nobody mapped; other texts are free */
    if (row->layout->is_identifier[given->field] && !check_identifier(row, given))
        return SG_VALUE_BAD;
    if (!sg_is_ascii(text))
        text = sg_identifier_canonical(row->arena, text, SG_CASE_KEEP);
    if (text == NULL) {
        row->no_memory = true;
        return SG_VALUE_BAD;
    }
    if (row->record.kind == SG_KIND_ENROLLMENT && given->field == SG_ENROLLMENT_ENROLLMENT_ID)
        row->enrollment_id = text;
    else
        row->record.text[given->field] = text;
    return SG_VALUE_TAKEN;
}

static sg_value_state take_date(sg_row *row, const given_value *given)
{
    sg_day day = SG_DAY_NONE;
    sg_value_state state = sg_value_date(row->layout->crosswalk, given->source, given->text, &day);
    if (state == SG_VALUE_BAD)
        return find(row, SG_RULE_DATE, given);
    if (state == SG_VALUE_TAKEN)
        row->record.number[given->field] = day;
    return state;
}

static sg_value_state take_birth(sg_row *row, const given_value *given)
{
    sg_day day = SG_DAY_NONE;
    sg_value_state state = sg_value_date(row->layout->crosswalk, given->source, given->text, &day);
    if (state == SG_VALUE_BAD)
        return find(row, SG_RULE_DATE, given);
    if (state == SG_VALUE_TAKEN && day > row->today)
        return find(row, SG_RULE_FUTURE_BIRTH, given);
    row->birth = day;
    return state;
}

/* Minutes as hours, the last decimal rounded half away from zero. */
static bool parse_minutes(const char *text, size_t length, int64_t *out)
{
    enum { MINUTE_DECIMALS = 6, MINUTES = 60 };
    static const int64_t scale = 1000; /* 10^(HOURS_DECIMALS - MINUTE_DECIMALS) */
    int64_t minutes = 0;
    if (!sg_parse_decimal(text, length, MINUTE_DECIMALS, &minutes) || minutes < 0 ||
        minutes > (int64_t)MAX_HOURS * MINUTES * (hour / scale))
        return false;
    *out = (minutes * scale + MINUTES / 2) / MINUTES;
    return true;
}

/* "1:30" is an hour and a half. */
static bool parse_clock(const char *text, size_t length, int64_t *out)
{
    enum { MINUTES = 60 };
    const char *colon = memchr(text, ':', length);
    int64_t hours = 0, minutes = 0;
    if (colon == NULL || length - (size_t)(colon - text) != 3 ||
        !sg_parse_int(text, (size_t)(colon - text), 0, MAX_HOURS, &hours) ||
        !sg_parse_int(colon + 1, 2, 0, MINUTES - 1, &minutes))
        return false;
    *out = hours * hour + (minutes * hour + MINUTES / 2) / MINUTES;
    return true;
}

static sg_value_state take_hours(sg_row *row, const given_value *given)
{
    size_t length = strlen(given->text);
    int64_t hours = 0;
    bool parsed = false;
    switch (given->source->unit) {
    case SG_UNIT_MINUTES: parsed = parse_minutes(given->text, length, &hours); break;
    case SG_UNIT_CLOCK: parsed = parse_clock(given->text, length, &hours); break;
    case SG_UNIT_NONE:
    case SG_UNIT_HOURS: parsed = sg_parse_decimal(given->text, length, HOURS_DECIMALS, &hours); break;
    }
    if (!parsed || hours < 0 || hours > MAX_HOURS * hour)
        return find(row, SG_RULE_HOURS, given);
    row->record.number[given->field] = hours;
    return SG_VALUE_TAKEN;
}

static sg_value_state take_number(sg_row *row, const given_value *given)
{
    if (!sg_parse_decimal(given->text, strlen(given->text), NUMBER_DECIMALS,
                          &row->record.number[given->field]))
        return find(row, SG_RULE_NUMBER, given);
    return SG_VALUE_TAKEN;
}

static sg_value_state take_whole(sg_row *row, const given_value *given)
{
    if (!sg_parse_int(given->text, strlen(given->text), -MAX_WHOLE, MAX_WHOLE,
                      &row->record.number[given->field]))
        return find(row, SG_RULE_NUMBER, given);
    return SG_VALUE_TAKEN;
}

static sg_value_state take_code(sg_row *row, const given_value *given)
{
    /* where codes are declared, no others are meant */
    int64_t value = given->code != NULL ? given->code->value : SG_CODE_UNKNOWN;
    if (value == SG_CODE_UNKNOWN) {
        bool strict = (given->type->flags & (SG_FIELD_STRICT | SG_FIELD_REQUIRED)) != 0;
        (void)find(row, strict ? SG_RULE_STRICT_CODE : SG_RULE_CODE, given); /* a code all the same */
    }
    row->record.number[given->field] = value;
    return SG_VALUE_TAKEN;
}

/* "2024-09", "202409", "09/2024": its first day. */
static sg_value_state take_month(sg_row *row, const given_value *given)
{
    static const struct {
        const char *form, *day;
    } forms[] = {{"%Y-%m-%d", "-01"}, {"%Y%m%d", "01"}, {"%m/%Y/%d", "/01"}};
    char text[16];
    sg_day day = SG_DAY_NONE;
    for (size_t i = 0; i < sizeof forms / sizeof forms[0] && strlen(given->text) < sizeof text - 4; i++) {
        int length = snprintf(text, sizeof text, "%s%s", given->text, forms[i].day);
        if (!sg_day_parse(text, (size_t)length, forms[i].form, &day))
            continue;
        row->record.number[given->field] = day;
        return SG_VALUE_TAKEN;
    }
    return find(row, SG_RULE_DATE, given);
}

/* "2024Q3", "2024-Q3": the first day of the calendar quarter. */
static sg_value_state take_quarter(sg_row *row, const given_value *given)
{
    const char *at = strpbrk(given->text, "Qq");
    int64_t year = 0, quarter = 0;
    sg_day day = SG_DAY_NONE;
    size_t length = at != NULL ? (size_t)(at - given->text) : 0;
    length -= length > 0 && (given->text[length - 1] == '-' || given->text[length - 1] == ' ');
    if (at == NULL || length != YEAR_DIGITS || !sg_parse_int(given->text, length, 1900, 2999, &year) ||
        !sg_parse_int(at + 1, strlen(at + 1), 1, 4, &quarter) ||
        !sg_day_from_civil((int)year, (int)(3 * quarter - 2), 1, &day))
        return find(row, SG_RULE_DATE, given);
    row->record.number[given->field] = day;
    return SG_VALUE_TAKEN;
}

static const taker takers[] = {
    [SG_TYPE_ID] = take_id,           [SG_TYPE_TEXT] = take_text,   [SG_TYPE_DATE] = take_date,
    [SG_TYPE_BIRTH] = take_birth,     [SG_TYPE_HOURS] = take_hours, [SG_TYPE_NUMBER] = take_number,
    [SG_TYPE_WHOLE] = take_whole,     [SG_TYPE_CODE] = take_code,   [SG_TYPE_MONTH] = take_month,
    [SG_TYPE_QUARTER] = take_quarter,
};

static void take_field(sg_row *row, size_t i)
{
    given_value given = {
        .field = (int)i, .type = &row->table->fields[i], .source = &row->layout->crosswalk->fields[i]};
    sg_value_state state = SG_VALUE_MISSING;
    given.text = sg_value_text(row, row->layout->field_column[i], given.source, &row->layout->codes[i],
                               &given.code);
    if (given.text != NULL)
        state = takers[given.type->type](row, &given);
    if ((given.type->flags & SG_FIELD_REQUIRED) == 0 || state == SG_VALUE_TAKEN)
        return;
    /* also where it is taken as missing for what else was found */
    if (state == SG_VALUE_MISSING || !row->lacks_required)
        sg_row_find(row, SG_RULE_MISSING, given.field);
}

static bool is_given(sg_row *row, size_t i)
{
    const sg_column_source *source = &row->layout->crosswalk->fields[i];
    const sg_code_entry *code = NULL;
    sg_day day = SG_DAY_NONE;
    const char *text = sg_value_text(row, row->layout->field_column[i], source, &row->layout->codes[i],
                                     &code);
    return text != NULL && (row->table->fields[i].type != SG_TYPE_DATE ||
                            sg_value_date(row->layout->crosswalk, source, text, &day) != SG_VALUE_MISSING);
}

bool sg_row_is_there(sg_row *row, const sg_raw_record *raw)
{
    bool there = true;
    row->raw = raw;
    row->no_memory = false;
    for (size_t i = 0; i < row->table->n && there; i++)
        there = (row->layout->own >> i & 1) == 0 || is_given(row, i);
    return there;
}

static void take_cutoff(sg_row *row)
{
    static const sg_column_source plain = {0};
    const sg_code_entry *code = NULL;
    sg_day day = SG_DAY_NONE;
    if (row->layout->cutoff_column < 0)
        return;
    const char *text = sg_value_text(row, row->layout->cutoff_column, &plain, NULL, &code);
    sg_value_state state = SG_VALUE_MISSING;
    if (text != NULL)
        state = sg_value_date(row->layout->crosswalk, &plain, text, &day);
    if (state == SG_VALUE_MISSING)
        return;
    if (state == SG_VALUE_TAKEN && day <= row->today)
        row->cutoff = day;
    else
        sg_row_find_column(row, SG_RULE_CUTOFF_VALUE, row->layout->crosswalk->cutoff_text);
}

void sg_row_take_values(sg_row *row)
{
    for (size_t i = 0; i < row->table->n; i++)
        if (row->layout->field_column[i] >= 0 || row->layout->crosswalk->fields[i].value != NULL ||
            (row->table->fields[i].flags & SG_FIELD_REQUIRED) != 0)
            take_field(row, i);
    sg_row_take_races(row);
    take_cutoff(row);
}
