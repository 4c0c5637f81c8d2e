/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "generate_export.h"

#include "generate_layout.h"

#include <string.h>

enum { ID, CODE, DATE, HOURS, NUMBER, YEAR, ENROLLMENT, SECTION, PROGRAM };

typedef struct {
    int type;
    const sg_code *codes;
} sg_column;

/* Enrollments, and behind them the gains of a wide row. */
static const sg_column wide_columns[SG_W_COLUMNS] = {
    [SG_E_LEARNER] = {ID, NULL},
    [SG_E_COLLEGE] = {CODE, sg_college_codes},
    [SG_E_START] = {DATE, NULL},
    [SG_E_END] = {DATE, NULL},
    [SG_E_NUMBER] = {ENROLLMENT, NULL},
    [SG_E_SECTION] = {SECTION, NULL},
    [SG_E_COMPONENT] = {CODE, sg_component_codes},
    [SG_E_IET] = {CODE, sg_iet_codes},
    [SG_E_PROGRAM] = {PROGRAM, NULL},
    [SG_E_WORKPLACE] = {CODE, sg_flag_codes},
    [SG_E_HOURS] = {HOURS, NULL},
    [SG_E_YEAR] = {YEAR, NULL},
    [SG_E_LEVEL] = {CODE, sg_level_codes},
    [SG_E_PRETEST_DATE] = {DATE, NULL},
    [SG_E_PRETEST_SCORE] = {NUMBER, NULL},
    [SG_E_INSTRUMENT] = {CODE, sg_instrument_codes},
    [SG_E_BIRTH] = {DATE, NULL},
    [SG_E_SEX] = {CODE, sg_sex_codes},
    [SG_E_HISPANIC] = {CODE, sg_flag_codes},
    [SG_E_RACE + SG_WHITE] = {CODE, sg_flag_codes},
    [SG_E_RACE + SG_BLACK] = {CODE, sg_flag_codes},
    [SG_E_RACE + SG_ASIAN] = {CODE, sg_flag_codes},
    [SG_E_RACE + SG_INDIAN] = {CODE, sg_flag_codes},
    [SG_E_RACE + SG_ISLANDER] = {CODE, sg_flag_codes},
    [SG_E_EDUCATION] = {CODE, sg_education_codes},
    [SG_E_EMPLOYMENT] = {CODE, sg_employment_codes},
    [SG_E_FLAGS + SG_ENGLISH] = {CODE, sg_flag_codes},
    [SG_E_FLAGS + SG_DISABILITY] = {CODE, sg_flag_codes},
    [SG_E_FLAGS + SG_LOW_INCOME] = {CODE, sg_flag_codes},
    [SG_E_FLAGS + SG_SINGLE_PARENT] = {CODE, sg_flag_codes},
    [SG_E_FLAGS + SG_JUSTICE] = {CODE, sg_flag_codes},
    [SG_E_FLAGS + SG_REFUGEE] = {CODE, sg_flag_codes},
    [SG_E_FLAGS + SG_INTERNATIONAL] = {CODE, sg_flag_codes},
    [SG_E_FLAGS + SG_VETERAN] = {CODE, sg_flag_codes},
    [SG_E_PLANNED] = {DATE, NULL},
    [SG_E_EXIT] = {CODE, sg_exit_codes},
    [SG_E_PRIOR] = {CODE, sg_flag_codes},
    [SG_W_TEST_DATE] = {DATE, NULL},
    [SG_W_TEST_SUBJECT] = {CODE, sg_subject_codes},
    [SG_W_TEST_FROM] = {CODE, sg_level_codes},
    [SG_W_TEST_TO] = {CODE, sg_level_codes},
    [SG_W_CREDIT_DATE] = {DATE, NULL},
    [SG_W_ENTRY_DATE] = {DATE, NULL},
    [SG_W_SUBTEST_DATE] = {DATE, NULL},
    [SG_W_SUBTEST_SUBJECT] = {CODE, sg_subject_codes},
    [SG_W_DIPLOMA] = {CODE, sg_gain_codes},
    [SG_W_DIPLOMA_DATE] = {DATE, NULL},
    [SG_W_SECONDARY_DATE] = {DATE, NULL},
    [SG_W_POSTSECONDARY_DATE] = {DATE, NULL},
    [SG_W_MILESTONE_DATE] = {DATE, NULL},
    [SG_W_PROGRESSION_DATE] = {DATE, NULL},
};

static const sg_column gain_columns[SG_G_COLUMNS] = {
    [SG_G_LEARNER] = {ID, NULL},
    [SG_G_DATE] = {DATE, NULL},
    [SG_G_TYPE] = {CODE, sg_gain_codes},
    [SG_G_COLLEGE] = {CODE, sg_college_codes},
    [SG_G_SUBJECT] = {CODE, sg_subject_codes},
    [SG_G_FROM] = {CODE, sg_level_codes},
    [SG_G_TO] = {CODE, sg_level_codes},
    [SG_G_YEAR] = {YEAR, NULL},
};

static const sg_column test_columns[SG_T_COLUMNS] = {
    [SG_T_LEARNER] = {ID, NULL},
    [SG_T_DATE] = {DATE, NULL},
    [SG_T_INSTRUMENT] = {CODE, sg_instrument_codes},
    [SG_T_FORM] = {CODE, sg_form_codes},
    [SG_T_SUBJECT] = {CODE, sg_subject_codes},
    [SG_T_SCORE] = {NUMBER, NULL},
    [SG_T_LEVEL] = {CODE, sg_level_codes},
    [SG_T_COLLEGE] = {CODE, sg_college_codes},
};

static const struct {
    const char *name;
    const sg_column *columns;
} kinds[SG_KINDS] = {
    {"enrollment", wide_columns}, {"gain", gain_columns}, {"test", test_columns}, {"pirl", wide_columns}};

const char *sg_export_name(int kind)
{
    return kinds[kind].name;
}

const char *sg_export_column_name(int kind, int column)
{
    const sg_layout *layout = sg_layout_get(SG_CANONICAL, kind);
    for (int i = 0; i < layout->kinds[kind].n; i++)
        if (layout->kinds[kind].columns[i].column == column)
            return layout->kinds[kind].columns[i].header;
    return "";
}

/* ---- a record as text ---- */

typedef struct {
    const sg_layout *layout;
    char bytes[4096]; /* the longest record is below 2,000 bytes */
    size_t length;
    long n_breaks;
} sg_text;

static void put_byte(sg_text *text, char byte)
{
    if (text->length < sizeof text->bytes)
        text->bytes[text->length++] = byte;
}

static void put_plain(sg_text *text, const char *value)
{
    for (; *value != '\0'; value++)
        put_byte(text, *value);
}

static void put_quoted(sg_text *text, const char *value)
{
    if (strpbrk(value, "\"\n") == NULL && strchr(value, text->layout->separator) == NULL) {
        put_plain(text, value);
        return;
    }
    put_byte(text, '"');
    for (; *value != '\0'; value++) {
        if (*value == '"')
            put_byte(text, '"');
        text->n_breaks += *value == '\n';
        put_byte(text, *value);
    }
    put_byte(text, '"');
}

static void put_number(sg_text *text, int value, int n_digits)
{
    char digits[12];
    int n = 0;
    for (; value > 0 || n < n_digits; value /= 10)
        digits[n++] = (char)('0' + value % 10);
    while (n > 0)
        put_byte(text, digits[--n]);
}

/* Day 1 of a spreadsheet is 1 January 1900, and it has a 29 February of that year. */
static int serial_of(int day)
{
    return day - sg_day_of(1900, 3, 1) + 61;
}

static void put_date(sg_text *text, int form, int day)
{
    static const struct {
        char between;
        bool year_last;
    } forms[] = {[SG_ISO] = {'-', false}, [SG_US] = {'/', true}, [SG_COMPACT] = {'\0', false}};
    int dates = text->layout->dates;
    char between = forms[dates].between;
    int year;
    int month;
    int day_of_month;
    if (form == SG_SERIAL) {
        put_number(text, serial_of(day), 1);
        return;
    }
    sg_day_split(day, &year, &month, &day_of_month);
    if (!forms[dates].year_last)
        put_number(text, year, 4);
    if (between != '\0' && !forms[dates].year_last)
        put_byte(text, between);
    put_number(text, month, 2);
    if (between != '\0')
        put_byte(text, between);
    put_number(text, day_of_month, 2);
    if (!forms[dates].year_last)
        return;
    put_byte(text, between);
    put_number(text, year, 4);
}

/* A hundredth of an hour is six tenths of a minute. */
static void put_hours(sg_text *text, int form, int hundredths)
{
    int parts = form == SG_MINUTES ? hundredths * 6 : hundredths;
    int whole = form == SG_MINUTES ? 10 : 100;
    put_number(text, parts / whole, 1);
    if (parts % whole == 0)
        return;
    put_byte(text, '.');
    put_number(text, parts % whole, form == SG_MINUTES ? 1 : 2);
}

static void put_prefixed(sg_text *text, char prefix, int value, int n_digits)
{
    put_byte(text, prefix);
    put_number(text, value, n_digits);
}

static void put_value(sg_text *text, const sg_column *column, int layout, const sg_shown *shown, int value)
{
    if (value == SG_NONE)
        put_plain(text, shown->missing);
    else if (column->type == CODE)
        put_quoted(text, sg_code_in(&column->codes[value], layout));
    else if (column->type == YEAR)
        put_plain(text, sg_code_in(&sg_year_codes[value - SG_FIRST_YEAR], layout));
    else if (column->type == DATE)
        put_date(text, shown->form, value);
    else if (column->type == HOURS)
        put_hours(text, shown->form, value);
    else if (column->type == ENROLLMENT)
        put_prefixed(text, 'E', value, 7);
    else if (column->type == SECTION)
        put_prefixed(text, 'S', value, 9);
    else if (column->type == PROGRAM)
        put_plain(text, sg_program_id(value));
    else
        put_number(text, value, column->type == ID ? 8 : 1);
}

/* Free text as an adviser types it: commas, quotes, accents, a line break. Chosen by the learner's number, so that
 * all layouts stay in step. */
static const char *remark_for(int number)
{
    static const char *const remarks[] = {"evenings only", "prefers \"old\" building", "call back, then mail",
                                          "línea 2 ocupada", "came twice;\nsee paper file"};
    return number % 9 < 5 ? remarks[number % 9] : "";
}

static void put_races(sg_text *text, int layout, const int *races)
{
    int n = 0;
    for (int i = 0; i < SG_RACES; i++)
        if (races[i] == 1) {
            put_plain(text, n++ > 0 ? " / " : "");
            put_plain(text, sg_code_in(&sg_race_codes[i], layout));
        }
}

/* ---- a text as bytes ---- */

/* The texts here have no character beyond U+00FF, which Windows-1252 shares with Unicode from U+00A0 on. */
static void write_encoded(const sg_text *text, FILE *file)
{
    bool wide = text->layout->encoding == SG_UTF16;
    for (size_t i = 0; i < text->length; i++) {
        unsigned char byte = (unsigned char)text->bytes[i];
        if (byte >= 0xC0 && i + 1 < text->length)
            byte = (unsigned char)((byte & 3U) << 6 | ((unsigned char)text->bytes[++i] & 63U));
        (void)fputc(byte, file); /* ferror is asked once, when the file is closed */
        if (wide)
            (void)fputc(0, file);
    }
}

static void finish_line(sg_export *export, sg_text *text)
{
    int encoding = text->layout->encoding;
    put_plain(text, text->layout->line_end);
    if (encoding == SG_UTF8 || encoding == SG_UTF8_MARKED)
        (void)fwrite(text->bytes, 1, text->length, export->file); /* as above */
    else
        write_encoded(text, export->file);
    export->line += 1 + text->n_breaks;
}

void sg_export_begin(sg_export *export)
{
    const sg_layout *layout = sg_layout_get(export->layout, export->kind);
    if (layout->encoding == SG_UTF8_MARKED)
        fputs("\xEF\xBB\xBF", export->file); /* a byte-order mark, as spreadsheets write it */
    if (layout->encoding == SG_UTF16)
        fputs("\xFF\xFE", export->file);
    sg_export_header(export);
}

/* ---- records ---- */

static sg_text text_of(const sg_export *export)
{
    return (sg_text){.layout = sg_layout_get(export->layout, export->kind), .length = 0};
}

void sg_export_header(sg_export *export)
{
    sg_text text = text_of(export);
    for (int i = 0; i < text.layout->kinds[export->kind].n; i++) {
        if (i > 0)
            put_byte(&text, text.layout->separator);
        put_quoted(&text, text.layout->kinds[export->kind].columns[i].header);
    }
    finish_line(export, &text);
}

void sg_export_write(sg_export *export, const sg_record *record, const sg_damage *damage)
{
    sg_text text = text_of(export);
    int dropped = damage == NULL ? 0 : damage->n_dropped;
    for (int i = 0; i < text.layout->kinds[export->kind].n - dropped; i++) {
        const sg_shown *shown = &text.layout->kinds[export->kind].columns[i];
        int at = shown->column;
        if (i > 0)
            put_byte(&text, text.layout->separator);
        if (at == SG_REMARK)
            put_quoted(&text, remark_for(record->values[SG_E_LEARNER]));
        else if (at == SG_RACE_LIST)
            put_races(&text, export->layout, &record->values[SG_E_RACE]);
        else if (damage != NULL && damage->column == at)
            put_quoted(&text, damage->text);
        else
            put_value(&text, &kinds[export->kind].columns[at], export->layout, shown, record->values[at]);
    }
    finish_line(export, &text);
    export->n_records++;
}

void sg_export_blank(sg_export *export)
{
    sg_text text = text_of(export);
    finish_line(export, &text);
}

void sg_export_total(sg_export *export, long long hours)
{
    sg_text text = text_of(export);
    for (int i = 0; i < text.layout->kinds[export->kind].n; i++) {
        const sg_shown *shown = &text.layout->kinds[export->kind].columns[i];
        char number[32];
        long long whole = shown->form == SG_MINUTES ? hours * 6 / 10 : hours / 100;
        (void)snprintf(number, sizeof number, "%lld.%02lld", whole,
                       shown->form == SG_MINUTES ? 0 : hours % 100); /* 32 bytes hold any long long */
        if (i == 0)
            put_plain(&text, "Total");
        else
            put_byte(&text, text.layout->separator);
        if (export->kind == SG_ENROLLMENT && shown->column == SG_E_HOURS)
            put_plain(&text, number);
    }
    finish_line(export, &text);
}
