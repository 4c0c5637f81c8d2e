/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Federal facts of learners written by hand, through the whole cohort: the worked periods of participation of the Joint Performance
 * Guidance of June 2024 (attachments V and VI), its exclusions (attachment II), calendar quarters after exit.
 */
#include "support/assert.h"

#include <string.h>

#include "cohort/builder.h"

enum { MAX_ROWS = 4 };

typedef struct {
    const char *name;
    struct {
        const char *first, *last; /* last NULL: open */
        int hours;
        const char *exit_reason;
        const char *planned;
    } rows[MAX_ROWS];
    struct {
        const char *date;
        sg_gain_type type;
    } gains[MAX_ROWS];
    struct {
        const char *first, *last;
        sg_outcome_code code;
        int64_t value;
    } outcomes[MAX_ROWS];
    const char *as_of;
    const char *facts; /* a line each, see below */
} learner_case;

static sg_day day_of(const char *text)
{
    sg_day day = SG_DAY_NONE;
    if (!sg_day_parse(text, strlen(text), "%Y-%m-%d", &day))
        fail_msg("'%s' is no date", text);
    return day;
}

/* "2021 first stays gain": of which year, whether it is the learner's first PoP in it, excluded, left or still there, with a gain. */
static sg_status tell_year(void *context, const sg_pop_year *fact, sg_err *err)
{
    bool has_gain = false;
    (void)err;
    for (size_t t = 1; t <= SG_GAIN_SKILLS_PROGRESSION; t++)
        has_gain = has_gain || fact->gained[t] != SG_DAY_NONE;
    assert_true(fact->has_left != fact->is_enrolled);
    sg_str_printf(context, "%d %s%s %s%s%s\n", fact->program_year, fact->is_participant ? "" : "reportable ",
                  fact->is_first ? "first" : "later", fact->is_excluded ? "excluded " : "",
                  fact->has_left ? "left" : "stays", has_gain ? " gain" : "");
    return SG_OK;
}

/* "exit 2022-09-14 q2=pending q4=no earnings=1200". */
static sg_status tell_exit(void *context, const sg_pop_exit *fact, sg_err *err)
{
    static const char *const words[] = {"out", "pending", "no", "yes"};
    char day[SG_DAY_TEXT];
    (void)err;
    sg_str_printf(context, "exit %s q2=%s q4=%s", sg_day_format(fact->day, day), words[fact->employed_q2],
                  words[fact->employed_q4]);
    if (fact->earnings_q2 != SG_BLANK)
        sg_str_printf(context, " earnings=%lld", (long long)(fact->earnings_q2 / 1000000));
    sg_str_add_char(context, '\n');
    return SG_OK;
}

static size_t read_rows(const learner_case *learner, sg_stored_enrollment rows[MAX_ROWS])
{
    size_t n = 0;
    for (; n < MAX_ROWS && learner->rows[n].first != NULL; n++) {
        int64_t *number = rows[n].number;
        for (size_t f = 0; f < SG_N_ENROLLMENT_FIELDS; f++)
            number[f] = SG_BLANK;
        number[SG_ENROLLMENT_START_DATE] = day_of(learner->rows[n].first);
        if (learner->rows[n].last != NULL)
            number[SG_ENROLLMENT_END_DATE] = day_of(learner->rows[n].last);
        if (learner->rows[n].planned != NULL)
            number[SG_ENROLLMENT_PLANNED_SERVICE_DATE] = day_of(learner->rows[n].planned);
        if (learner->rows[n].exit_reason != NULL)
            number[SG_ENROLLMENT_EXIT_REASON] = sg_code_find(&sg_codes_exit_reason,
                                                             learner->rows[n].exit_reason);
        number[SG_ENROLLMENT_CONTACT_HOURS] = learner->rows[n].hours * INT64_C(1000000000);
        number[SG_ENROLLMENT_IET] = SG_IET_NO;
        rows[n].cutoff = day_of(learner->as_of);
        rows[n].export_has_hours = true;
    }
    return n;
}

static void tell_learner(const learner_case *learner, sg_str *out)
{
    sg_stored_enrollment rows[MAX_ROWS] = {0};
    sg_stored_gain gains[MAX_ROWS] = {0};
    sg_stored_outcome outcomes[MAX_ROWS] = {0};
    sg_stored_learner stored = {.enrollments = rows, .gains = gains, .outcomes = outcomes};
    sg_config config = {0};
    sg_federal_sink sink = {out, NULL, tell_year, tell_exit};
    sg_day as_of = day_of(learner->as_of);
    SG_CLEANUP(sg_cohort_builder_cleanup) sg_cohort_builder *builder = NULL;
    sg_err err = {0};
    stored.n_enrollments = read_rows(learner, rows);
    for (; learner->gains[stored.n_gains].date != NULL; stored.n_gains++)
        gains[stored.n_gains] = (sg_stored_gain){.date = day_of(learner->gains[stored.n_gains].date),
                                                 .type = learner->gains[stored.n_gains].type,
                                                 .cutoff = as_of};
    for (size_t i = 0; i < MAX_ROWS && learner->outcomes[i].first != NULL; i++, stored.n_outcomes++)
        outcomes[i] = (sg_stored_outcome){.code = learner->outcomes[i].code,
                                          .first = day_of(learner->outcomes[i].first),
                                          .last = day_of(learner->outcomes[i].last),
                                          .value = learner->outcomes[i].value,
                                          .cutoff = as_of};
    config.cohort.participant_hours = 12;
    config.cohort.exit_gap_days = 90;
    config.cohort.landmark_days = 30;
    config.cohort.follow_up_days = 180;
    sg_assert_ok(sg_cohort_builder_new(&config, as_of, &builder, &err), &err);
    sg_cohort_builder_use(builder, &(sg_cohort_sources){.outcomes_up_to = as_of, .tests_up_to = SG_DAY_NONE});
    sg_cohort_builder_tell(builder, &sink, -1);
    sg_assert_ok(sg_cohort_builder_add(builder, &stored, &err), &err);
}

static void facts_are(void **state)
{
    const learner_case *learner = *state;
    sg_str told = {0};
    tell_learner(learner, &told);
    assert_string_equal(sg_str_text(&told), learner->facts);
    sg_str_release(&told);
}

#define EXCLUSION(reason, facts)                                                                             \
    {                                                                                                        \
        .name = "exit reason " reason,                                                                       \
        .rows = {{.first = "2022-09-01", .last = "2023-02-10", .hours = 120, .exit_reason = reason}},        \
        .gains = {{"2022-12-01", SG_GAIN_EFL_TEST}}, .as_of = "2023-09-30", facts                            \
    }
#define IN .facts = "2022 first left gain\nexit 2023-02-10 q2=pending q4=pending\n"
#define OUT_OF_ALL .facts = "2022 first excluded left gain\n"
#define OUT_AFTER_EXIT .facts = "2022 first left gain\n"

static learner_case cases[] = {
    /* ---- the guidance's examples ---- */
    {.name = "August 2021 to September 2022: one exit, MSG in both years",
     .rows = {{.first = "2021-08-02", .last = "2022-09-14", .hours = 409}},
     .gains = {{"2022-08-20", SG_GAIN_EFL_TEST}},
     .as_of = "2023-06-30",
     .facts = "2021 first stays\n2022 first left gain\nexit 2022-09-14 q2=pending q4=pending\n"},
    {.name = "two PoPs in a year: two entries, both exits",
     .rows = {{.first = "2021-09-01", .last = "2021-11-20", .hours = 60},
              {.first = "2022-03-01", .last = "2022-05-20", .hours = 60}},
     .as_of = "2022-12-31",
     .facts = "2021 first left\n2021 later left\nexit 2021-11-20 q2=no q4=pending\n"
              "exit 2022-05-20 q2=pending q4=pending\n"},
    {.name = "August 2021 to November 2022: one PoP, reported in both years, exit once",
     .rows = {{.first = "2021-08-02", .last = "2022-11-10", .hours = 466}},
     .as_of = "2023-06-30",
     .facts = "2021 first stays\n2022 first left\nexit 2022-11-10 q2=pending q4=pending\n"},
    {.name = "two gain types and one after re-entry: denominator 2, numerator 2, exit of the first PoP only",
     .rows = {{.first = "2022-10-02", .last = "2023-02-10", .hours = 132},
              {.first = "2023-06-11", .last = NULL, .hours = 40}},
     .gains = {{"2022-12-01", SG_GAIN_EFL_TEST},
               {"2023-01-20", SG_GAIN_DIPLOMA},
               {"2023-06-28", SG_GAIN_EFL_TEST}},
     .as_of = "2023-06-30",
     .facts = "2022 first left gain\n2022 later stays gain\nexit 2023-02-10 q2=pending q4=pending\n"},
    {.name = "two entries, one exit in a year",
     .rows = {{.first = "2022-08-01", .last = "2022-10-31", .hours = 60},
              {.first = "2023-03-01", .last = "2023-08-20", .hours = 60}},
     .as_of = "2024-01-31",
     .facts = "2022 first left\n2022 later stays\n2023 first left\nexit 2022-10-31 q2=no q4=pending\n"
              "exit 2023-08-20 q2=pending q4=pending\n"},
    {.name = "exit in November: the second quarter ends on 30 June, the fourth on 31 December",
     .rows = {{.first = "2021-09-01", .last = "2021-11-20", .hours = 60}},
     .outcomes = {{"2022-06-30", "2022-06-30", SG_OUTCOME_CODE_EMPLOYED_Q2, SG_BLANK},
                  {"2022-12-31", "2022-12-31", SG_OUTCOME_CODE_EMPLOYED_Q4, 1000000}},
     .as_of = "2023-06-30",
     .facts = "2021 first left\nexit 2021-11-20 q2=yes q4=yes\n"},
    {.name = "exit in November: a day later is another quarter, and no match is not employed once wages are "
             "known",
     .rows = {{.first = "2021-09-01", .last = "2021-11-20", .hours = 60}},
     .outcomes = {{"2022-07-01", "2022-07-01", SG_OUTCOME_CODE_EMPLOYED_Q2, SG_BLANK},
                  {"2023-01-01", "2023-03-31", SG_OUTCOME_CODE_EMPLOYED_Q4, 1000000}},
     .as_of = "2023-06-30",
     .facts = "2021 first left\nexit 2021-11-20 q2=no q4=no\n"},
    {.name = "a day before the wages of the fourth quarter are known, it waits",
     .rows = {{.first = "2021-09-01", .last = "2021-11-20", .hours = 60}},
     .as_of = "2023-06-29",
     .facts = "2021 first left\nexit 2021-11-20 q2=no q4=pending\n"},
    {.name = "who earned was employed",
     .rows = {{.first = "2021-09-01", .last = "2021-11-20", .hours = 60}},
     .outcomes = {{"2022-04-01", "2022-06-30", SG_OUTCOME_CODE_EARNINGS_Q2, 1200000000}},
     .as_of = "2022-09-30",
     .facts = "2021 first left\nexit 2021-11-20 q2=yes q4=pending earnings=1200\n"},

    /* ---- exits that are not known ---- */
    {.name = "ninety days after the last day an exit is not known yet",
     .rows = {{.first = "2022-09-01", .last = "2023-04-01", .hours = 60}},
     .as_of = "2023-06-30",
     .facts = "2022 first stays\n"},
    {.name = "on the ninety-first it is",
     .rows = {{.first = "2022-09-01", .last = "2023-03-31", .hours = 60}},
     .as_of = "2023-06-30",
     .facts = "2022 first left\nexit 2023-03-31 q2=pending q4=pending\n"},
    {.name = "a planned service holds it up",
     .rows = {{.first = "2022-09-01", .last = "2023-01-31", .hours = 60, .planned = "2023-04-15"}},
     .as_of = "2023-06-30",
     .facts = "2022 first stays\n"},
    {.name = "twelve hours are not carried over a gap: two reportable PoPs, one person",
     .rows = {{.first = "2022-09-01", .last = "2022-09-06", .hours = 6},
              {.first = "2023-02-01", .last = "2023-02-06", .hours = 6}},
     .as_of = "2023-06-30",
     .facts = "2022 reportable first left\n2022 reportable later left\n"},
    {.name = "who is a participant in the year is no reportable individual of it",
     .rows = {{.first = "2022-09-01", .last = "2022-09-06", .hours = 6},
              {.first = "2023-02-01", .last = "2023-03-06", .hours = 60}},
     .as_of = "2023-06-30",
     .facts = "2022 reportable later left\n2022 first left\nexit 2023-03-06 q2=pending q4=pending\n"},

    /* ---- exclusions: 923 = 01-04 out of everything, 07 of what comes after exit, 05 and 06 are not of Title II ---- */
    EXCLUSION("00", IN),
    EXCLUSION("01", OUT_OF_ALL),
    EXCLUSION("02", OUT_OF_ALL),
    EXCLUSION("03", OUT_OF_ALL),
    EXCLUSION("04", OUT_OF_ALL),
    EXCLUSION("05", IN),
    EXCLUSION("06", IN),
    EXCLUSION("07", OUT_AFTER_EXIT),
};

static sg_status add_hours(void *context, const sg_pop_year *fact, sg_err *err)
{
    (void)err;
    ((int64_t *)context)[fact->program_year - 2021] += fact->hours;
    return SG_OK;
}

static sg_status no_exit(void *context, const sg_pop_exit *fact, sg_err *err)
{
    (void)context;
    (void)fact;
    (void)err;
    return SG_OK;
}

/* 1 June to 10 July is 40 days; a third of an hour is no whole unit on a day. */
static void hours_of_years_add_up_to_those_of_the_row(void **state)
{
    int64_t hours[2] = {0};
    sg_stored_enrollment row = {.cutoff = day_of("2023-06-30"), .export_has_hours = true};
    sg_stored_learner stored = {.enrollments = &row, .n_enrollments = 1};
    sg_config config = {0};
    sg_federal_sink sink = {hours, NULL, add_hours, no_exit};
    SG_CLEANUP(sg_cohort_builder_cleanup) sg_cohort_builder *builder = NULL;
    sg_err err = {0};
    (void)state;
    for (size_t f = 0; f < SG_N_ENROLLMENT_FIELDS; f++)
        row.number[f] = SG_BLANK;
    row.number[SG_ENROLLMENT_START_DATE] = day_of("2022-06-01");
    row.number[SG_ENROLLMENT_END_DATE] = day_of("2022-07-10");
    row.number[SG_ENROLLMENT_CONTACT_HOURS] = INT64_C(50333333333);
    config.cohort.participant_hours = 12;
    config.cohort.exit_gap_days = 90;
    sg_assert_ok(sg_cohort_builder_new(&config, day_of("2023-06-30"), &builder, &err), &err);
    sg_cohort_builder_tell(builder, &sink, -1);
    sg_assert_ok(sg_cohort_builder_add(builder, &stored, &err), &err);
    assert_int_equal(hours[0], INT64_C(50333333333) * 30 / 40);
    assert_int_equal(hours[0] + hours[1], INT64_C(50333333333));
}

/* ---- the year after exit ---- */

static sg_status no_year(void *context, const sg_pop_year *fact, sg_err *err)
{
    (void)context;
    (void)fact;
    (void)err;
    return SG_OK;
}

static sg_status take_credential(void *context, const sg_pop_exit *fact, sg_err *err)
{
    (void)err;
    *(sg_indicator *)context = fact->credential;
    return SG_OK;
}

/* What is told of a credential on that day, of who was in training for one from 1 September 2023 to the exit. */
static sg_indicator credential_of(const sg_yearly_rules *rules, const char *exit, const char *credential)
{
    sg_stored_enrollment row = {.cutoff = day_of("2026-06-30"), .export_has_hours = true};
    const sg_stored_outcome outcome = {.code = SG_OUTCOME_CODE_CREDENTIAL,
                                       .first = day_of(credential),
                                       .last = day_of(credential),
                                       .value = SG_BLANK,
                                       .cutoff = row.cutoff};
    const sg_stored_learner stored = {
        .enrollments = &row, .n_enrollments = 1, .outcomes = &outcome, .n_outcomes = 1};
    const sg_config config = {.rules = rules};
    sg_indicator told = SG_INDICATOR_OUT;
    const sg_federal_sink sink = {&told, NULL, no_year, take_credential};
    SG_CLEANUP(sg_cohort_builder_cleanup) sg_cohort_builder *builder = NULL;
    sg_err err = {0};
    for (size_t f = 0; f < SG_N_ENROLLMENT_FIELDS; f++)
        row.number[f] = SG_BLANK;
    row.number[SG_ENROLLMENT_START_DATE] = day_of("2023-09-01");
    row.number[SG_ENROLLMENT_END_DATE] = day_of(exit);
    row.number[SG_ENROLLMENT_CONTACT_HOURS] = INT64_C(100000000000);
    row.number[SG_ENROLLMENT_IET] = SG_IET_CREDENTIAL;
    sg_assert_ok(sg_cohort_builder_new(&config, row.cutoff, &builder, &err), &err);
    sg_cohort_builder_use(builder,
                          &(sg_cohort_sources){.outcomes_up_to = row.cutoff, .tests_up_to = SG_DAY_NONE});
    sg_cohort_builder_tell(builder, &sink, -1);
    sg_assert_ok(sg_cohort_builder_add(builder, &stored, &err), &err);
    return told;
}

/* Made up: from 2024 on a year is one by the calendar. The quarter of 10 November is followed by four to 31 December of the next year. */
static void within_a_year_after_exit_is_as_the_year_of_the_exit_has_it(void **state)
{
    static const sg_yearly_line lines[] = {
        {SG_YEARLY_PARTICIPANT_HOURS, 0, 0, 12, "made up", "D"},
        {SG_YEARLY_EXIT_GAP_DAYS, 0, 0, 90, "made up", "D"},
        {SG_YEARLY_CREDENTIAL_WINDOW, 0, 2023, SG_WINDOW_FOUR_QUARTERS, "made up", "D"},
        {SG_YEARLY_CREDENTIAL_WINDOW, 2024, 0, SG_WINDOW_ONE_YEAR, "made up", "D"},
    };
    static const sg_yearly_rules rules = {lines, sizeof lines / sizeof lines[0]};
    (void)state;
    assert_int_equal(credential_of(&rules, "2023-11-10", "2024-12-31"), SG_INDICATOR_YES);
    assert_int_equal(credential_of(&rules, "2023-11-10", "2025-01-01"), SG_INDICATOR_NO);
    assert_int_equal(credential_of(&rules, "2024-11-10", "2025-11-10"), SG_INDICATOR_YES);
    assert_int_equal(credential_of(&rules, "2024-11-10", "2025-11-11"), SG_INDICATOR_NO);
    assert_int_equal(credential_of(NULL, "2024-11-10", "2025-12-31"), SG_INDICATOR_YES);
    assert_int_equal(credential_of(NULL, "2024-11-10", "2026-01-01"), SG_INDICATOR_NO);
}

static void the_year_after_29_february_ends_on_28_february(void **state)
{
    static const sg_yearly_line lines[] = {
        {SG_YEARLY_PARTICIPANT_HOURS, 0, 0, 12, "made up", "D"},
        {SG_YEARLY_EXIT_GAP_DAYS, 0, 0, 90, "made up", "D"},
        {SG_YEARLY_CREDENTIAL_WINDOW, 0, 0, SG_WINDOW_ONE_YEAR, "made up", "D"},
    };
    static const sg_yearly_rules rules = {lines, sizeof lines / sizeof lines[0]};
    (void)state;
    assert_int_equal(credential_of(&rules, "2024-02-29", "2025-02-28"), SG_INDICATOR_YES);
    assert_int_equal(credential_of(&rules, "2024-02-29", "2025-03-01"), SG_INDICATOR_NO);
}

/* ---- distance ---- */

static sg_status count_distance(void *context, const sg_pop_year *fact, sg_err *err)
{
    (void)err;
    *(unsigned *)context += (fact->kinds & SG_FEDERAL_DISTANCE) != 0 ? 1 : 0;
    return SG_OK;
}

/* In how many program years, of two, a learner of 100 hours is one at a distance; given: in hundredths of an hour. */
static unsigned years_at_a_distance(int64_t given)
{
    sg_stored_enrollment row = {.cutoff = day_of("2025-06-30"), .export_has_hours = true};
    const sg_stored_learner stored = {.enrollments = &row, .n_enrollments = 1};
    const sg_config config = {.cohort = {.participant_hours = 12, .exit_gap_days = 90}};
    unsigned years = 0;
    const sg_federal_sink sink = {&years, NULL, count_distance, no_exit};
    SG_CLEANUP(sg_cohort_builder_cleanup) sg_cohort_builder *builder = NULL;
    sg_err err = {0};
    for (size_t f = 0; f < SG_N_ENROLLMENT_FIELDS; f++)
        row.number[f] = SG_BLANK;
    row.number[SG_ENROLLMENT_START_DATE] = day_of("2024-05-12");
    row.number[SG_ENROLLMENT_END_DATE] = day_of("2025-03-07");
    row.number[SG_ENROLLMENT_CONTACT_HOURS] = INT64_C(100000000000);
    row.number[SG_ENROLLMENT_DISTANCE_HOURS] = given * INT64_C(10000000);
    sg_assert_ok(sg_cohort_builder_new(&config, row.cutoff, &builder, &err), &err);
    sg_cohort_builder_use(builder,
                          &(sg_cohort_sources){.outcomes_up_to = SG_DAY_NONE, .tests_up_to = SG_DAY_NONE});
    sg_cohort_builder_tell(builder, &sink, -1);
    sg_assert_ok(sg_cohort_builder_add(builder, &stored, &err), &err);
    return years;
}

/* More than half, whichever days the hours are split over. */
static void half_of_the_hours_is_not_most_of_them(void **state)
{
    (void)state;
    assert_int_equal(years_at_a_distance(5000), 0);
    assert_int_equal(years_at_a_distance(5001), 2);
    assert_int_equal(years_at_a_distance(4999), 0);
}

/* ---- subjects ---- */

static sg_status take_fact(void *context, const sg_pop_year *fact, sg_err *err)
{
    (void)err;
    *(sg_pop_year *)context = *fact;
    return SG_OK;
}

/* Of a gain by test in this subject (NULL: blank). */
static void expect_areas(const char *subject, bool language, bool mathematics)
{
    sg_stored_enrollment rows[MAX_ROWS] = {0};
    const learner_case learner = {.as_of = "2024-06-30",
                                  .rows = {{"2023-09-01", "2023-12-29", .hours = 120}}};
    const sg_stored_gain gain = {
        .date = day_of("2023-12-01"), .type = SG_GAIN_EFL_TEST, .subject = subject, .cutoff = INT32_MAX};
    const sg_stored_learner stored = {
        .enrollments = rows, .n_enrollments = read_rows(&learner, rows), .gains = &gain, .n_gains = 1};
    const sg_config config = {.cohort = {.participant_hours = 12, .exit_gap_days = 90}};
    sg_pop_year fact = {0};
    const sg_federal_sink sink = {&fact, NULL, take_fact, no_exit};
    SG_CLEANUP(sg_cohort_builder_cleanup) sg_cohort_builder *builder = NULL;
    sg_err err = {0};
    sg_assert_ok(sg_cohort_builder_new(&config, rows[0].cutoff, &builder, &err), &err);
    sg_cohort_builder_use(builder,
                          &(sg_cohort_sources){.outcomes_up_to = SG_DAY_NONE, .tests_up_to = SG_DAY_NONE});
    sg_cohort_builder_tell(builder, &sink, -1);
    sg_assert_ok(sg_cohort_builder_add(builder, &stored, &err), &err);
    assert_int_equal(fact.gained[SG_GAIN_EFL_TEST], gain.date);
    assert_int_equal(fact.gained_language, language);
    assert_int_equal(fact.gained_mathematics, mathematics);
}

static void a_gain_by_test_without_a_subject_is_in_neither_area(void **state)
{
    (void)state;
    expect_areas("Reading", true, false);
    expect_areas("Math", false, true);
    expect_areas(NULL, false, false);
}

/* ---- placement ---- */

/* The level in the tables, and how many periods are noted as placed by tests, of an enrollment with this level and a test of ABE3 in it. */
static uint8_t placed_level(int64_t given, int64_t *out_by_tests)
{
    sg_stored_enrollment row = {.cutoff = day_of("2024-06-30"), .export_has_hours = true};
    const sg_stored_test test = {.date = day_of("2023-11-01"),
                                 .subject = "reading",
                                 .level = 3,
                                 .score = SG_BLANK,
                                 .cutoff = row.cutoff};
    const sg_stored_learner stored = {.enrollments = &row, .n_enrollments = 1, .tests = &test, .n_tests = 1};
    const sg_config config = {.cohort = {.landmark_days = 30, .follow_up_days = 180}};
    static const char *const colleges[] = {"01"};
    sg_pop_year fact = {0};
    const sg_federal_sink sink = {&fact, NULL, take_fact, no_exit};
    SG_CLEANUP(sg_cohort_builder_cleanup) sg_cohort_builder *builder = NULL;
    SG_CLEANUP(sg_cohort_cleanup) sg_cohort *cohort = NULL;
    sg_err err = {0};
    for (size_t f = 0; f < SG_N_ENROLLMENT_FIELDS; f++)
        row.number[f] = SG_BLANK;
    row.number[SG_ENROLLMENT_START_DATE] = day_of("2023-09-01");
    row.number[SG_ENROLLMENT_END_DATE] = day_of("2023-12-29");
    row.number[SG_ENROLLMENT_CONTACT_HOURS] = INT64_C(100000000000);
    row.number[SG_ENROLLMENT_ENTERING_LEVEL] = given;
    sg_assert_ok(sg_cohort_builder_new(&config, row.cutoff, &builder, &err), &err);
    sg_cohort_builder_use(builder,
                          &(sg_cohort_sources){.outcomes_up_to = SG_DAY_NONE, .tests_up_to = INT32_MAX});
    sg_cohort_builder_tell(builder, &sink, -1);
    sg_assert_ok(sg_cohort_builder_add(builder, &stored, &err), &err);
    sg_assert_ok(sg_cohort_builder_finish(builder, colleges, 1, &cohort, &err), &err);
    *out_by_tests = cohort->seen.pops_placed_by_tests;
    return fact.entering_level;
}

static void the_tables_place_by_tests_whom_no_enrollment_places(void **state)
{
    int64_t by_tests = 0;
    (void)state;
    assert_int_equal(placed_level(SG_BLANK, &by_tests), 3);
    assert_int_equal(by_tests, 1);
    assert_int_equal(placed_level(SG_CODE_UNKNOWN, &by_tests), 3);
    assert_int_equal(placed_level(5, &by_tests), 5);
    assert_int_equal(by_tests, 0);
}

int main(void)
{
    enum { N_CASES = sizeof cases / sizeof cases[0] };
    static struct CMUnitTest tests[N_CASES + 6];
    for (size_t i = 0; i < N_CASES; i++)
        tests[i] = (struct CMUnitTest){cases[i].name, facts_are, NULL, NULL, &cases[i]};
    tests[N_CASES] = (struct CMUnitTest)cmocka_unit_test(hours_of_years_add_up_to_those_of_the_row);
    tests[N_CASES + 1] = (struct CMUnitTest)cmocka_unit_test(
        within_a_year_after_exit_is_as_the_year_of_the_exit_has_it);
    tests[N_CASES + 2] = (struct CMUnitTest)cmocka_unit_test(the_year_after_29_february_ends_on_28_february);
    tests[N_CASES + 3] = (struct CMUnitTest)cmocka_unit_test(
        the_tables_place_by_tests_whom_no_enrollment_places);
    tests[N_CASES + 4] = (struct CMUnitTest)cmocka_unit_test(half_of_the_hours_is_not_most_of_them);
    tests[N_CASES + 5] = (struct CMUnitTest)cmocka_unit_test(
        a_gain_by_test_without_a_subject_is_in_neither_area);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
