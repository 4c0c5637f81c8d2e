/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "generate_export.h"

#include <string.h>

enum { ID, CODE, DATE, HOURS, NUMBER, YEAR, ENROLLMENT, SECTION, PROGRAM };

typedef struct {
    const char *canonical;
    const char *vendor;
    int kind;
    const sg_code *codes;
    const char *vendor_missing; /* how the vendor's system writes that there is nothing */
} sg_column;

static const sg_column enrollment_columns[SG_E_COLUMNS] = {
    {"learner_id", "Student ID", ID, NULL, ""},
    {"college", "Site", CODE, sg_college_codes, ""},
    {"start_date", "Class Start", DATE, NULL, ""},
    {"end_date", "Class End", DATE, NULL, ""},
    {"enrollment_id", "Enrollment No", ENROLLMENT, NULL, ""},
    {"section_id", "Class ID", SECTION, NULL, ""},
    {"component", "Track", CODE, sg_component_codes, ""},
    {"iet", "IETP", CODE, sg_iet_codes, ""},
    {"iet_program_id", "IETP Program", PROGRAM, NULL, ""},
    {"workplace_literacy", "Workplace Literacy", CODE, sg_flag_codes, "9"},
    {"contact_hours", "Attendance Hours", HOURS, NULL, ""},
    {"program_year", "Fiscal Year", YEAR, NULL, ""},
    {"entering_level", "Entry NRS Level", CODE, sg_level_codes, "Unknown"},
    {"pre_test_date", "Pre Test Date", DATE, NULL, "01/01/1900"},
    {"pre_test_score", "Pre Test Scale Score", NUMBER, NULL, "NULL"},
    {"instrument", "Assessment", CODE, sg_instrument_codes, "N/A"},
    {"birth_date", "DOB", DATE, NULL, ""},
    {"sex", "Gender", CODE, sg_sex_codes, ""},
    {"hispanic", "Ethnicity Hispanic", CODE, sg_flag_codes, "9"},
    {"race_white", "Race White", CODE, sg_flag_codes, "9"},
    {"race_black", "Race Black", CODE, sg_flag_codes, "9"},
    {"race_asian", "Race Asian", CODE, sg_flag_codes, "9"},
    {"race_american_indian", "Race American Indian", CODE, sg_flag_codes, "9"},
    {"race_pacific_islander", "Race Pacific Islander", CODE, sg_flag_codes, "9"},
    {"prior_education", "Highest Education", CODE, sg_education_codes, "Unknown"},
    {"employment_status", "Labor Force Status", CODE, sg_employment_codes, "Unknown"},
    {"english_learner", "ELL", CODE, sg_flag_codes, "9"},
    {"disability", "Disability", CODE, sg_flag_codes, "9"},
    {"low_income", "Low Income", CODE, sg_flag_codes, "9"},
    {"single_parent", "Single Parent", CODE, sg_flag_codes, "9"},
    {"justice_involved", "Ex-Offender", CODE, sg_flag_codes, "9"},
    {"refugee", "Refugee", CODE, sg_flag_codes, "9"},
    {"internationally_trained", "Internationally Trained", CODE, sg_flag_codes, "9"},
    {"veteran", "Veteran", CODE, sg_flag_codes, "9"},
    {"planned_service_date", "Next Service", DATE, NULL, ""},
    {"exit_reason", "Separation Reason", CODE, sg_exit_codes, ""},
    {"prior_participation", "Returning", CODE, sg_flag_codes, "9"},
};

static const sg_column gain_columns[SG_G_COLUMNS] = {
    {"learner_id", "Student ID", ID, NULL, ""},
    {"gain_date", "MSG Date", DATE, NULL, ""},
    {"gain_type", "MSG Type", CODE, sg_gain_codes, ""},
    {"college", "Site", CODE, sg_college_codes, ""},
    {"subject", "Subject Area", CODE, sg_subject_codes, "N/A"},
    {"level_from", "Level Before", CODE, sg_level_codes, "N/A"},
    {"level_to", "Level After", CODE, sg_level_codes, "N/A"},
    {"program_year", "Fiscal Year", YEAR, NULL, ""},
};

static const sg_column test_columns[SG_T_COLUMNS] = {
    {"learner_id", "Student ID", ID, NULL, ""},
    {"test_date", "Test Date", DATE, NULL, ""},
    {"instrument", "Assessment", CODE, sg_instrument_codes, ""},
    {"form", "Form", CODE, sg_form_codes, ""},
    {"subject", "Subject Area", CODE, sg_subject_codes, ""},
    {"scale_score", "Scale Score", NUMBER, NULL, ""},
    {"level", "NRS Level", CODE, sg_level_codes, ""},
    {"college", "Site", CODE, sg_college_codes, ""},
};

/* The vendor's columns come in another order, with a remark that is nobody's business and must not be stored. */
enum { REMARK = -1 };
static const int vendor_enrollment_order[] = {SG_E_NUMBER,
                                              SG_E_LEARNER,
                                              SG_E_BIRTH,
                                              SG_E_SEX,
                                              SG_E_HISPANIC,
                                              SG_E_RACE + SG_INDIAN,
                                              SG_E_RACE + SG_ASIAN,
                                              SG_E_RACE + SG_BLACK,
                                              SG_E_RACE + SG_ISLANDER,
                                              SG_E_RACE + SG_WHITE,
                                              SG_E_COLLEGE,
                                              SG_E_YEAR,
                                              SG_E_SECTION,
                                              SG_E_COMPONENT,
                                              SG_E_IET,
                                              SG_E_PROGRAM,
                                              SG_E_WORKPLACE,
                                              SG_E_START,
                                              SG_E_END,
                                              SG_E_HOURS,
                                              REMARK,
                                              SG_E_LEVEL,
                                              SG_E_INSTRUMENT,
                                              SG_E_PRETEST_DATE,
                                              SG_E_PRETEST_SCORE,
                                              SG_E_EDUCATION,
                                              SG_E_EMPLOYMENT,
                                              SG_E_FLAGS + SG_ENGLISH,
                                              SG_E_FLAGS + SG_DISABILITY,
                                              SG_E_FLAGS + SG_LOW_INCOME,
                                              SG_E_FLAGS + SG_SINGLE_PARENT,
                                              SG_E_FLAGS + SG_JUSTICE,
                                              SG_E_FLAGS + SG_REFUGEE,
                                              SG_E_FLAGS + SG_INTERNATIONAL,
                                              SG_E_FLAGS + SG_VETERAN,
                                              SG_E_PRIOR,
                                              SG_E_PLANNED,
                                              SG_E_EXIT};
static const int vendor_gain_order[] = {SG_G_COLLEGE, SG_G_LEARNER, SG_G_YEAR, SG_G_TYPE,
                                        SG_G_DATE,    SG_G_SUBJECT, SG_G_FROM, SG_G_TO};
static const int vendor_test_order[] = {SG_T_COLLEGE, SG_T_LEARNER, SG_T_DATE,  SG_T_INSTRUMENT,
                                        SG_T_FORM,    SG_T_SUBJECT, SG_T_LEVEL, SG_T_SCORE};

static const struct {
    const char *name;
    const sg_column *columns;
    int n_columns;
    const int *vendor_order;
    int n_vendor;
} kinds[SG_KINDS] = {
    {"enrollment", enrollment_columns, SG_E_COLUMNS, vendor_enrollment_order, SG_E_COLUMNS + 1},
    {"gain", gain_columns, SG_G_COLUMNS, vendor_gain_order, SG_G_COLUMNS},
    {"test", test_columns, SG_T_COLUMNS, vendor_test_order, SG_T_COLUMNS},
};

int sg_export_columns(int kind)
{
    return kinds[kind].n_columns;
}

const char *sg_export_name(int kind)
{
    return kinds[kind].name;
}

const char *sg_export_column_name(int kind, int column)
{
    return kinds[kind].columns[column].canonical;
}

typedef struct {
    char bytes[4096]; /* the longest record is below 1,000 bytes */
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
    if (strpbrk(value, ",\"\n") == NULL) {
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

static void put_date(sg_text *text, int layout, int day)
{
    int year;
    int month;
    int day_of_month;
    sg_day_split(day, &year, &month, &day_of_month);
    if (layout == SG_CANONICAL)
        put_number(text, year, 4);
    if (layout == SG_CANONICAL)
        put_byte(text, '-');
    put_number(text, month, 2);
    put_byte(text, layout == SG_CANONICAL ? '-' : '/');
    put_number(text, day_of_month, 2);
    if (layout == SG_VENDOR)
        put_byte(text, '/');
    if (layout == SG_VENDOR)
        put_number(text, year, 4);
}

static void put_hours(sg_text *text, int hundredths)
{
    put_number(text, hundredths / 100, 1);
    if (hundredths % 100 == 0)
        return;
    put_byte(text, '.');
    put_number(text, hundredths % 100, 2);
}

static void put_prefixed(sg_text *text, char prefix, int value, int n_digits)
{
    put_byte(text, prefix);
    put_number(text, value, n_digits);
}

static const char *code_text(const sg_code *code, int layout)
{
    return layout == SG_CANONICAL ? code->canonical : code->vendor;
}

static void put_value(sg_text *text, const sg_column *column, int layout, int value)
{
    if (value == SG_NONE)
        put_plain(text, layout == SG_VENDOR ? column->vendor_missing : "");
    else if (column->kind == CODE)
        put_quoted(text, code_text(&column->codes[value], layout));
    else if (column->kind == YEAR)
        put_plain(text, code_text(&sg_year_codes[value - SG_FIRST_YEAR], layout));
    else if (column->kind == DATE)
        put_date(text, layout, value);
    else if (column->kind == HOURS)
        put_hours(text, value);
    else if (column->kind == ENROLLMENT)
        put_prefixed(text, 'E', value, 7);
    else if (column->kind == SECTION)
        put_prefixed(text, 'S', value, 9);
    else if (column->kind == PROGRAM)
        put_plain(text, sg_program_id(value));
    else
        put_number(text, value, column->kind == ID ? 8 : 1);
}

/* Free text as an adviser types it: commas, quotes, accents, a line break. Chosen by the learner's number, so that
 * both layouts stay in step. */
static const char *remark_for(int number)
{
    static const char *const remarks[] = {"evenings only", "prefers \"old\" building", "call back, then mail",
                                          "línea 2 ocupada", "came twice;\nsee paper file"};
    return number % 9 < 5 ? remarks[number % 9] : "";
}

static void finish_line(sg_export *export, sg_text *text)
{
    if (export->layout == SG_VENDOR)
        put_byte(text, '\r');
    put_byte(text, '\n');
    (void)fwrite(text->bytes, 1, text->length,
                 export->file); /* ferror is asked once, when the file is closed */
    export->line += 1 + text->n_breaks;
}

static int n_shown(const sg_export *export)
{
    return export->layout == SG_CANONICAL ? kinds[export->kind].n_columns : kinds[export->kind].n_vendor;
}

static int shown_column(const sg_export *export, int position)
{
    return export->layout == SG_CANONICAL ? position : kinds[export->kind].vendor_order[position];
}

void sg_export_header(sg_export *export)
{
    sg_text text = {.length = 0};
    for (int i = 0; i < n_shown(export); i++) {
        int at = shown_column(export, i);
        const sg_column *columns = kinds[export->kind].columns;
        if (i > 0)
            put_byte(&text, ',');
        if (at == REMARK)
            put_plain(&text, "Remark");
        else
            put_plain(&text, export->layout == SG_CANONICAL ? columns[at].canonical : columns[at].vendor);
    }
    finish_line(export, &text);
}

void sg_export_write(sg_export *export, const sg_record *record, const sg_damage *damage)
{
    sg_text text = {.length = 0};
    int dropped = damage == NULL ? 0 : damage->n_dropped;
    for (int i = 0; i < n_shown(export) - dropped; i++) {
        int at = shown_column(export, i);
        if (i > 0)
            put_byte(&text, ',');
        if (at == REMARK)
            put_quoted(&text, remark_for(record->values[SG_E_LEARNER]));
        else if (damage != NULL && damage->column == at)
            put_quoted(&text, damage->text);
        else
            put_value(&text, &kinds[export->kind].columns[at], export->layout, record->values[at]);
    }
    finish_line(export, &text);
    export->n_records++;
}

void sg_export_blank(sg_export *export)
{
    sg_text text = {.length = 0};
    finish_line(export, &text);
}

void sg_export_total(sg_export *export, long long hours)
{
    sg_text text = {.length = 0};
    char number[32];
    (void)snprintf(number, sizeof number, "%lld.%02lld", hours / 100,
                   hours % 100); /* 32 bytes hold any long long */
    for (int i = 0; i < n_shown(export); i++) {
        int at = shown_column(export, i);
        put_plain(&text, i == 0 ? "Total" : ",");
        if (export->kind == SG_ENROLLMENT && at == SG_E_HOURS)
            put_plain(&text, number);
    }
    finish_line(export, &text);
}
