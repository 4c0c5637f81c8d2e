/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fact.h"

#include <assert.h>
#include <string.h>

static_assert(sizeof(sg_fact) == 64, "a fact is a cache line");

enum { FOLDED = 128 }; /* bytes of a text that tell it apart */

static uint32_t digest(const char *text, size_t length)
{
    static const sg_hash_key plain = {"skillgain cross"};
    uint32_t value = (uint32_t)sg_hash64(&plain, text, length);
    return value != 0 ? value : 1;
}

static uint32_t text_of(const char *text)
{
    return text != NULL ? digest(text, strlen(text)) : 0;
}

/* ASCII case ignored: "Reading" and "reading" are one subject. */
static uint32_t word_of(const char *text)
{
    char folded[FOLDED];
    size_t n = 0;
    if (text == NULL)
        return 0;
    for (; text[n] != '\0' && n < sizeof folded; n++)
        folded[n] = (char)(text[n] >= 'A' && text[n] <= 'Z' ? text[n] + ('a' - 'A') : text[n]);
    return digest(folded, n);
}

/* SOC and O*NET codes are one where they share the first seven places ("31-1131.00"); words are not compared with codes. */
static uint32_t occupation_of(const char *text)
{
    enum { SOC = 7, HYPHEN = 2 };
    if (text == NULL || *text < '0' || *text > '9')
        return 0;
    size_t n = strlen(text);
    return digest(text, n > SOC && text[HYPHEN] == '-' ? (size_t)SOC : n);
}

static sg_day day_of(const sg_record *row, int field)
{
    return row->number[field] == SG_BLANK ? SG_DAY_NONE : (sg_day)row->number[field];
}

/* A code, 0 where it is missing. */
static unsigned code_of(const sg_record *row, int field)
{
    return row->number[field] == SG_BLANK ? 0 : (unsigned)row->number[field];
}

static int32_t score_of(const sg_record *row, int field)
{
    enum { THOUSANDTH = 1000 };
    int64_t score = row->number[field];
    if (score == SG_BLANK || score / THOUSANDTH > INT32_MAX || score / THOUSANDTH <= INT32_MIN)
        return INT32_MIN;
    return (int32_t)(score / THOUSANDTH);
}

static unsigned age_of(const sg_record *row)
{
    enum { MOST = 127 };
    int64_t age = row->number[SG_ENROLLMENT_AGE];
    return age > 0 && age <= MOST ? (unsigned)age : 0;
}

static uint32_t instrument_of(const sg_instruments *instruments, const char *text)
{
    return word_of(sg_instrument_name(instruments, text));
}

static void take_score(const sg_score_level *found, sg_fact *out)
{
    out->score_status = (unsigned)found->status & 15U;
    out->top = found->highest & 15U;
}

/* Its subject is that of the class, not of the test, so that the score may be of any. */
static void take_pre_test(const sg_instruments *instruments, const sg_record *row, sg_fact *out)
{
    sg_score_level found = sg_score_level_of(instruments, row->text[SG_ENROLLMENT_INSTRUMENT], NULL,
                                             row->number[SG_ENROLLMENT_PRE_TEST_SCORE],
                                             day_of(row, SG_ENROLLMENT_PRE_TEST_DATE));
    out->as.enrollment.instrument = instrument_of(instruments, row->text[SG_ENROLLMENT_INSTRUMENT]);
    out->as.enrollment.test_day = day_of(row, SG_ENROLLMENT_PRE_TEST_DATE);
    out->as.enrollment.score = score_of(row, SG_ENROLLMENT_PRE_TEST_SCORE);
    take_score(&found, out);
}

static void take_enrollment(const sg_instruments *instruments, const sg_record *row, sg_fact *out)
{
    out->end = day_of(row, SG_ENROLLMENT_END_DATE);
    out->level = code_of(row, SG_ENROLLMENT_ENTERING_LEVEL) & 15U;
    out->codes.component = code_of(row, SG_ENROLLMENT_COMPONENT) & 7U;
    out->codes.iet = code_of(row, SG_ENROLLMENT_IET) & 3U;
    out->codes.workplace = code_of(row, SG_ENROLLMENT_WORKPLACE_LITERACY) & 3U;
    out->codes.sex = code_of(row, SG_ENROLLMENT_SEX) & 7U;
    out->codes.race = sg_dimension_level(sg_dimension_find("race_ethnicity"), row->number) & 15U;
    out->codes.prior = code_of(row, SG_ENROLLMENT_PRIOR_EDUCATION) & 15U;
    out->codes.employment = code_of(row, SG_ENROLLMENT_EMPLOYMENT_STATUS) & 7U;
    out->codes.exit_reason = code_of(row, SG_ENROLLMENT_EXIT_REASON) & 15U;
    out->codes.age = age_of(row) & 127U;
    out->as.enrollment.hours = row->number[SG_ENROLLMENT_CONTACT_HOURS];
    out->as.enrollment.section = text_of(row->text[SG_ENROLLMENT_SECTION_ID]);
    out->as.enrollment.program = text_of(row->text[SG_ENROLLMENT_IET_PROGRAM_ID]);
    out->as.enrollment.occupation = occupation_of(row->text[SG_ENROLLMENT_OCCUPATION]);
    out->as.enrollment.planned = day_of(row, SG_ENROLLMENT_PLANNED_SERVICE_DATE);
    out->as.enrollment.exit = day_of(row, SG_ENROLLMENT_EXIT_DATE);
    take_pre_test(instruments, row, out);
}

static void take_gain(const sg_instruments *instruments, const sg_record *row, sg_fact *out)
{
    out->level = code_of(row, SG_GAIN_FIELD_LEVEL_FROM) & 15U;
    out->as.gain.level_to = (uint8_t)code_of(row, SG_GAIN_FIELD_LEVEL_TO);
    out->as.gain.type = (uint8_t)code_of(row, SG_GAIN_FIELD_GAIN_TYPE);
    out->as.gain.subject = word_of(row->text[SG_GAIN_FIELD_SUBJECT]);
    out->as.gain.instrument = instrument_of(instruments, row->text[SG_GAIN_FIELD_INSTRUMENT]);
}

static void take_test(const sg_instruments *instruments, const sg_record *row, sg_fact *out)
{
    sg_score_level found = sg_score_level_of(instruments, row->text[SG_TEST_INSTRUMENT],
                                             row->text[SG_TEST_SUBJECT], row->number[SG_TEST_SCALE_SCORE],
                                             day_of(row, SG_TEST_TEST_DATE));
    out->level = code_of(row, SG_TEST_LEVEL) & 15U;
    out->as.test.subject = word_of(row->text[SG_TEST_SUBJECT]);
    out->as.test.instrument = instrument_of(instruments, row->text[SG_TEST_INSTRUMENT]);
    out->as.test.form = text_of(row->text[SG_TEST_FORM]);
    out->as.test.score = score_of(row, SG_TEST_SCALE_SCORE);
    out->as.test.bottom = found.lowest;
    take_score(&found, out);
    if (out->level == 0 && found.lowest == found.highest)
        out->level = out->top;
}

/* The last day of a span of whole months from this one, which is the first of a month. */
static sg_day last_of_months(sg_day first, int months)
{
    int year = 0, month = 0, day = 0;
    sg_day next = SG_DAY_NONE;
    sg_day_to_civil(first, &year, &month, &day);
    month += months;
    year += month > 12;
    month -= month > 12 ? 12 : 0;
    return sg_day_from_civil(year, month, 1, &next) ? next - 1 : first;
}

/* What has no day of its own has those of its month or quarter. */
static void take_span(const sg_record *row, int day_field, int span_field, int months, sg_fact *out)
{
    out->day = out->end = day_of(row, day_field);
    if (out->day != SG_DAY_NONE)
        return;
    out->day = day_of(row, span_field);
    out->end = out->day != SG_DAY_NONE ? last_of_months(out->day, months) : SG_DAY_NONE;
}

static void take_service(const sg_record *row, sg_fact *out)
{
    take_span(row, SG_SERVICE_SERVICE_DATE, SG_SERVICE_MONTH, 1, out);
    out->as.service.hours = row->number[SG_SERVICE_HOURS] > 0 ? row->number[SG_SERVICE_HOURS] : 0;
    out->as.service.section = text_of(row->text[SG_SERVICE_SECTION_ID]);
}

static void take_outcome(const sg_record *row, sg_fact *out)
{
    enum { QUARTER_MONTHS = 3 };
    take_span(row, SG_OUTCOME_FIELD_OUTCOME_DATE, SG_OUTCOME_FIELD_QUARTER, QUARTER_MONTHS, out);
    out->as.outcome.code = (uint8_t)code_of(row, SG_OUTCOME_FIELD_OUTCOME);
}

void sg_fact_of(const sg_instruments *instruments, const sg_record *row, sg_fact *out)
{
    int day = sg_kind_table(row->kind)->day;
    memset(out, 0, sizeof *out);
    out->kind = (unsigned)row->kind & 15U;
    out->line = (uint32_t)row->line; /* a file has fewer lines than 2^32 */
    out->day = out->end = day >= 0 ? day_of(row, day) : SG_DAY_NONE;
    if (row->kind == SG_KIND_ENROLLMENT)
        take_enrollment(instruments, row, out);
    else if (row->kind == SG_KIND_GAIN)
        take_gain(instruments, row, out);
    else if (row->kind == SG_KIND_TEST)
        take_test(instruments, row, out);
    else if (row->kind == SG_KIND_SERVICE)
        take_service(row, out);
    else if (row->kind == SG_KIND_OUTCOME)
        take_outcome(row, out);
}

void sg_program_of(const sg_record *row, sg_program *out)
{
    *out = (sg_program){.program = text_of(row->text[SG_PROGRAM_IET_PROGRAM_ID]),
                        .occupation = occupation_of(row->text[SG_PROGRAM_OCCUPATION]),
                        .lowest_level = (uint8_t)code_of(row, SG_PROGRAM_LOWEST_ENTERING_LEVEL),
                        .first = day_of(row, SG_PROGRAM_START_DATE),
                        .last = day_of(row, SG_PROGRAM_END_DATE),
                        .approved_from = day_of(row, SG_PROGRAM_APPROVED_FROM),
                        .approved_to = day_of(row, SG_PROGRAM_APPROVED_TO)};
}
