/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "learner.h"

#include <stdlib.h>
#include <string.h>

#include "cohort/builder.h"
#include "support/assert.h"

enum { N_COLLEGES = 3 };
#define PLACES(array) (sizeof(array) / sizeof((array)[0]))

static sg_day day_of(const char *text, size_t length)
{
    sg_day day = SG_DAY_NONE;
    if (!sg_day_parse(text, length, "%Y-%m-%d", &day))
        fail_msg("'%.*s' is no date", (int)length, text);
    return day;
}

/* Words of a text, one after another, in the arena; NULL at the end. */
static char *next_word(const char **text, sg_arena *arena)
{
    *text += strspn(*text, " ");
    size_t length = strcspn(*text, " ");
    char *word = length > 0 ? sg_arena_strndup(arena, *text, length) : NULL;
    *text += length;
    return word;
}

/* "NAME=VALUE": the name, and in *value the rest; NULL at the end. */
static char *next_named(const char **text, sg_arena *arena, char **value)
{
    char *word = next_word(text, arena);
    if (word == NULL)
        return NULL;
    *value = strchr(word, '=');
    assert_non_null(*value);
    *(*value)++ = '\0';
    return word;
}

static int64_t number_of(const sg_field *field, const char *value)
{
    int64_t number = SG_BLANK;
    if (*value == '\0')
        return SG_BLANK;
    switch (field->type) {
    case SG_TYPE_CODE: return sg_code_find(field->codes, value);
    case SG_TYPE_DATE: return day_of(value, strlen(value));
    case SG_TYPE_HOURS: assert_true(sg_parse_decimal(value, strlen(value), 9, &number)); break;
    case SG_TYPE_WHOLE: assert_true(sg_parse_int(value, strlen(value), 0, 9999, &number)); break;
    case SG_TYPE_ID:
    case SG_TYPE_TEXT:
    case SG_TYPE_BIRTH:
    case SG_TYPE_MONTH:
    case SG_TYPE_QUARTER:
    case SG_TYPE_NUMBER: fail_msg("field '%s' is not for these tables", field->name);
    }
    return number;
}

static void set_value(sg_stored_enrollment *row, const char *name, const char *value)
{
    int field = sg_field_find(SG_KIND_ENROLLMENT, name);
    if (strcmp(name, "cutoff") == 0)
        row->cutoff = day_of(value, strlen(value));
    else if (strcmp(name, "export_has_hours") == 0)
        row->export_has_hours = strcmp(value, "no") != 0;
    else if (strcmp(name, "college_index") == 0)
        row->college = value[0] - '0';
    else if (strcmp(name, "custom") == 0)
        row->custom = value;
    else if (strcmp(name, "section_id") == 0)
        row->section_id = value;
    else if (strcmp(name, "iet_program_id") == 0)
        row->iet_program_id = value;
    else if (field == SG_ENROLLMENT_BIRTH_DATE) /* as an import hands it on: the age on the row's first day */
        row->number[SG_ENROLLMENT_AGE] = sg_age_on(day_of(value, strlen(value)),
                                                   (sg_day)row->number[SG_ENROLLMENT_START_DATE]);
    else if (field >= 0)
        row->number[field] = number_of(&sg_kind_table(SG_KIND_ENROLLMENT)->fields[field], value);
    else
        fail_msg("'%s' is no field", name);
}

static void read_row(const char *text, sg_arena *arena, sg_stored_enrollment *row)
{
    for (size_t i = 0; i < SG_N_ENROLLMENT_FIELDS; i++)
        row->number[i] = SG_BLANK;
    row->export_has_hours = true;
    set_value(row, "cutoff", "2025-06-30");
    set_value(row, "iet", "no");
    char *days = next_word(&text, arena), *hours = next_word(&text, arena);
    set_value(row, "start_date", sg_arena_strndup(arena, days, 10));
    assert_memory_equal(days + 10, "..", 2);
    set_value(row, "end_date", days + 12);
    set_value(row, "contact_hours", strcmp(hours, "-") == 0 ? "" : hours);
    for (char *value, *name = next_named(&text, arena, &value); name != NULL;
         name = next_named(&text, arena, &value))
        set_value(row, name, value);
}

static void set_service_value(sg_stored_service *service, const char *name, const char *value)
{
    if (strcmp(name, "cutoff") == 0)
        service->cutoff = day_of(value, strlen(value));
    else if (strcmp(name, "college_index") == 0)
        service->college = atoi(value);
    else if (strcmp(name, "section_id") == 0)
        service->section_id = value;
    else if (strcmp(name, "component") == 0)
        service->component = (uint8_t)sg_code_find(&sg_codes_component, value);
    else
        fail_msg("'%s' is nothing that a service says", name);
}

static void read_service(const char *text, sg_arena *arena, sg_stored_service *service)
{
    char *day = next_word(&text, arena), *hours = next_word(&text, arena), *value = NULL;
    service->cutoff = day_of("2025-06-30", 10);
    assert_true(sg_parse_decimal(hours, strlen(hours), 9, &service->hours));
    for (char *name = next_named(&text, arena, &value); name != NULL; name = next_named(&text, arena, &value))
        set_service_value(service, name, value);
    if (strlen(day) == 10) {
        service->first = service->last = day_of(day, 10);
        return;
    }
    sg_str first = {0};
    sg_str_printf(&first, "%s-01", day);
    service->first = day_of(sg_str_text(&first), 10);
    int year = 0, month = 0, of_next = 0; /* 31 days on it is the next month, however long this one is */
    sg_day_to_civil(service->first + 31, &year, &month, &of_next);
    service->last = service->first + 31 - of_next;
    sg_str_release(&first);
}

/* "FROM..TO", either may be left out. */
static void read_span(const char *text, sg_day *from, sg_day *to)
{
    const char *dots = strstr(text, "..");
    assert_non_null(dots);
    *from = dots > text ? day_of(text, 10) : SG_DAY_NONE;
    *to = dots[2] != '\0' ? day_of(dots + 2, 10) : INT32_MAX;
}

static void read_program(const char *text, sg_arena *arena, sg_program *program)
{
    char *value = NULL;
    program->id = next_word(&text, arena);
    read_span(next_word(&text, arena), &program->first, &program->last);
    read_span(next_word(&text, arena), &program->approved_from, &program->approved_to);
    const char *name = next_named(&text, arena, &value);
    if (name != NULL) {
        assert_string_equal(name, "college_index");
        program->college = atoi(value);
    }
}

static void read_gain(const char *text, sg_arena *arena, sg_stored_gain *gain)
{
    char *date = next_word(&text, arena), *type = next_word(&text, arena), *cutoff = next_word(&text, arena);
    gain->date = day_of(date, strlen(date));
    gain->type = (sg_gain_type)sg_code_find(&sg_codes_gain_type, type);
    assert_true(gain->type > 0);
    gain->cutoff = cutoff != NULL ? day_of(cutoff + strlen("cutoff="), 10) : day_of("2025-06-30", 10);
}

static void set_test_value(sg_stored_test *test, const char *name, const char *value)
{
    if (strcmp(name, "cutoff") == 0)
        test->cutoff = day_of(value, strlen(value));
    else if (strcmp(name, "level") == 0)
        test->level = (uint8_t)sg_code_find(&sg_codes_entering_level, value);
    else if (strcmp(name, "instrument") == 0)
        test->instrument = value;
    else if (strcmp(name, "score") == 0)
        test->score = atoi(value) * (int64_t)SG_SCORE_UNIT;
    else
        fail_msg("'%s' is nothing that a test says", name);
}

static void read_test(const char *text, sg_arena *arena, sg_stored_test *test)
{
    char *date = next_word(&text, arena), *subject = next_word(&text, arena), *value = NULL;
    *test = (sg_stored_test){.date = day_of(date, strlen(date)),
                             .subject = strcmp(subject, "-") == 0 ? NULL : subject,
                             .score = SG_BLANK,
                             .cutoff = day_of("2025-06-30", 10)};
    for (char *name = next_named(&text, arena, &value); name != NULL; name = next_named(&text, arena, &value))
        set_test_value(test, name, value);
}

#define POINTS(n) ((int64_t)(n)*SG_SCORE_UNIT)
#define STARTS(n)                                                                                            \
    {                                                                                                        \
        POINTS(n), POINTS((n) + 10), POINTS((n) + 20), POINTS((n) + 30), POINTS((n) + 40), POINTS((n) + 50)  \
    }

static const sg_instruments *instruments_made_up(void)
{
    static sg_test_edition editions[] = {
        {.subject = "reading", .floor = POINTS(100), .ceiling = POINTS(159), .starts = STARTS(100)},
        {.subject = "math", .floor = POINTS(200), .ceiling = POINTS(259), .starts = STARTS(200)}};
    static const sg_instruments instruments = {editions, PLACES(editions)};
    for (size_t i = 0; i < PLACES(editions); i++) {
        editions[i].instrument = "MADE_UP";
        editions[i].first_level = SG_LEVEL_ABE1;
        editions[i].from = day_of("2023-01-01", 10);
        editions[i].to = day_of("2024-12-31", 10);
    }
    return &instruments;
}

static sg_config config_of(const learner_case *learner)
{
    static const char *const times[] = {"time_to_gain"};
    sg_config config = {0};
    config.analysis.outcomes = times;
    config.analysis.n_outcomes = learner->changes[0] != NULL;
    config.rules = learner->rules;
    config.instruments = *instruments_made_up();
    config.cohort.participant_hours = learner->rules != NULL ? 0 : 12;
    config.cohort.exit_gap_days = learner->rules != NULL ? 0 : 90;
    config.cohort.placement_by_tests = learner->by_tests;
    config.cohort.landmark_days = 30;
    config.cohort.entry_days = 21;
    config.cohort.follow_up_days = 180;
    config.cohort.gain_grace_days = learner->grace_days;
    config.cohort.iet = SG_GRADE_BIT_CONFIRMED | SG_GRADE_BIT_SUPPORTED | SG_GRADE_BIT_CLAIMED;
    if (learner->arms != 0)
        config.cohort.iet = learner->arms;
    config.analysis.common_types = 1U << SG_GAIN_EFL_TEST | 1U << SG_GAIN_EFL_HSE_SUBTEST |
                                   1U << SG_GAIN_DIPLOMA;
    if (learner->common_types != 0)
        config.analysis.common_types = learner->common_types;
    config.analysis.dimensions = &learner->dimension;
    config.analysis.n_dimensions = learner->dimension != NULL;
    return config;
}

/* What the case says, read. */
typedef struct {
    sg_stored_enrollment rows[PLACES(((learner_case *)0)->rows)], others[PLACES(((learner_case *)0)->others)],
        current[N_COLLEGES];
    sg_stored_gain gains[PLACES(((learner_case *)0)->gains)];
    sg_stored_test tests[PLACES(((learner_case *)0)->tests)];
    sg_stored_service services[PLACES(((learner_case *)0)->services)];
    sg_program programs[PLACES(((learner_case *)0)->programs)];
    sg_day terms[PLACES(((learner_case *)0)->terms)];
    bool has_services[N_COLLEGES];
    sg_stored_learner learner, other;
    sg_register reg;
    sg_config config;
} read_case;

static void read_learner(const learner_case *learner, sg_arena *arena, read_case *out)
{
    sg_stored_learner *stored = &out->learner;
    *stored = (sg_stored_learner){
        .enrollments = out->rows, .gains = out->gains, .services = out->services, .tests = out->tests};
    for (; learner->rows[stored->n_enrollments] != NULL; stored->n_enrollments++)
        read_row(learner->rows[stored->n_enrollments], arena, &out->rows[stored->n_enrollments]);
    for (; learner->gains[stored->n_gains] != NULL; stored->n_gains++)
        read_gain(learner->gains[stored->n_gains], arena, &out->gains[stored->n_gains]);
    for (; learner->tests[stored->n_tests] != NULL; stored->n_tests++)
        read_test(learner->tests[stored->n_tests], arena, &out->tests[stored->n_tests]);
    for (; learner->services[stored->n_services] != NULL; stored->n_services++) {
        sg_stored_service *service = &out->services[stored->n_services];
        read_service(learner->services[stored->n_services], arena, service);
        if (service->college >= 0)
            out->has_services[service->college] = true;
    }
}

static void read_all(const learner_case *learner, sg_arena *arena, read_case *out)
{
    read_learner(learner, arena, out);
    for (int i = 0; i < N_COLLEGES && learner->all_deliver_services; i++)
        out->has_services[i] = true;
    out->other.enrollments = out->others;
    for (; learner->others[out->other.n_enrollments] != NULL; out->other.n_enrollments++)
        read_row(learner->others[out->other.n_enrollments], arena, &out->others[out->other.n_enrollments]);
    out->reg.all = out->programs;
    for (; learner->programs[out->reg.n] != NULL; out->reg.n++)
        read_program(learner->programs[out->reg.n], arena, &out->programs[out->reg.n]);
    out->config = config_of(learner);
    out->config.cohort.terms = out->terms;
    for (size_t i = 0; learner->terms[i] != NULL; i++)
        out->terms[out->config.cohort.n_terms++] = day_of(learner->terms[i], 10);
}

/* Another learner without hours, who counts nowhere: by these rows the colleges are delivered up to 2025-06-30. */
static void add_current_colleges(sg_cohort_builder *builder, read_case *all, sg_arena *arena)
{
    sg_stored_learner learner = {.enrollments = all->current, .n_enrollments = N_COLLEGES};
    sg_err err = {0};
    for (int i = 0; i < N_COLLEGES; i++) {
        read_row("2025-06-30.. 0", arena, &all->current[i]);
        all->current[i].college = i;
    }
    sg_assert_ok(sg_cohort_builder_add(builder, &learner, &err), &err);
}

static sg_cohort *build_cohort(const learner_case *learner, sg_arena *arena)
{
    static const char *const colleges[N_COLLEGES] = {"01", "02", "03"};
    read_case all = {0};
    read_all(learner, arena, &all);
    sg_day as_of = day_of(learner->as_of != NULL ? learner->as_of : "2025-06-30", 10);
    sg_cohort_builder *builder = NULL;
    sg_cohort *cohort = NULL;
    sg_err err = {0};
    sg_assert_ok(sg_cohort_builder_new(&all.config, as_of, &builder, &err), &err);
    const sg_cohort_sources sources = {
        .programs = &all.reg, .has_services = all.has_services, .outcomes_up_to = SG_DAY_NONE};
    sg_cohort_builder_use(builder, &sources);
    sg_assert_ok(sg_cohort_builder_add(builder, &all.learner, &err), &err);
    if (all.other.n_enrollments > 0)
        sg_assert_ok(sg_cohort_builder_add(builder, &all.other, &err), &err);
    if (!learner->colleges_stopped)
        add_current_colleges(builder, &all, arena);
    sg_assert_ok(sg_cohort_builder_finish(builder, colleges, N_COLLEGES, &cohort, &err), &err);
    sg_cohort_builder_free(builder);
    return cohort;
}

static void write_view(const sg_cohort *cohort, sg_design design, size_t at, sg_str *out)
{
    static const char *const states[] = {
#define STATE_ID(name, id, text) id,
        SG_COHORT_STATE_LIST(STATE_ID)
#undef STATE_ID
    };
    static const char *const arms[] = {"neither", "iet", "comparison"};
    static const char *const gained[] = {"-", "common", "other", "both"};
    const sg_cohort_view *view = &cohort->designs[design];
    sg_str_printf(out, "%s %s %s", states[view->state[at]], arms[view->arm[at]],
                  sg_iet_grade_text((sg_iet_grade)view->grade[at]));
    if (view->state[at] == SG_COHORT_IN)
        sg_str_printf(out, " %s", gained[sg_gained_of(view->outcomes[at])]);
    if (cohort->n_dimensions > 0)
        sg_str_printf(out, " =%s", cohort->dimensions[0].levels[view->levels[0][at]].name);
}

static void check_years(const sg_cohort *cohort, const learner_case *learner)
{
    sg_str got = {0};
    for (size_t i = 0; i < cohort->n; i++) {
        sg_str_reset(&got);
        sg_str_printf(&got, "%d: ", cohort->program_year[i]);
        write_view(cohort, SG_DESIGN_LANDMARK, i, &got);
        sg_str_add(&got, "; ");
        write_view(cohort, SG_DESIGN_NAIVE, i, &got);
        assert_non_null(learner->years[i]);
        assert_string_equal(sg_str_text(&got), learner->years[i]);
    }
    assert_null(learner->years[cohort->n]);
    sg_str_release(&got);
}

static void check_units(const sg_cohort *cohort, const learner_case *learner)
{
    const sg_cohort_view *view = &cohort->designs[SG_DESIGN_TERM];
    sg_str got = {0};
    for (size_t i = 0; i < view->n; i++) {
        sg_str_reset(&got);
        sg_str_printf(&got, "%d: ", view->program_year[i]);
        write_view(cohort, SG_DESIGN_TERM, i, &got);
        assert_non_null(learner->units[i]);
        assert_string_equal(sg_str_text(&got), learner->units[i]);
    }
    assert_null(learner->units[view->n]);
    sg_str_release(&got);
}

static void write_changes(const sg_cohort_view *view, size_t at, sg_str *out)
{
    static const char *const arms[SG_N_CHANGED_ARMS] = {"iet", "neither", "sequential"};
    const sg_amounts *changes = &view->amounts[SG_AMOUNT_CHANGE];
    sg_str_printf(out, "%d: ", view->gain_days[at]);
    const size_t start = out->length;
    for (size_t i = sg_amounts_from(changes, at); i < changes->n && changes->items[i].unit == at; i++)
        sg_str_printf(out, "%s%s %g", out->length > start ? ", " : "", arms[changes->items[i].scale],
                      changes->items[i].value);
    if (out->length == start)
        sg_str_add_char(out, '-');
}

static void check_changes(const sg_cohort *cohort, const learner_case *learner)
{
    const sg_cohort_view *view = &cohort->designs[sg_cohort_headline(cohort)];
    sg_str got = {0};
    for (size_t i = 0; i < view->n; i++) {
        sg_str_reset(&got);
        write_changes(view, i, &got);
        assert_non_null(learner->changes[i]);
        assert_string_equal(sg_str_text(&got), learner->changes[i]);
    }
    assert_null(learner->changes[view->n]);
    sg_str_release(&got);
}

void test_learner(void **state)
{
    const learner_case *learner = *state;
    sg_arena *arena = sg_arena_new();
    sg_cohort *cohort = build_cohort(learner, arena);
    if (learner->changes[0] != NULL) {
        check_changes(cohort, learner);
    } else {
        if (learner->terms[0] == NULL || learner->years[0] != NULL)
            check_years(cohort, learner);
        check_units(cohort, learner);
    }
    sg_cohort_free(cohort);
    sg_arena_free(arena);
}
