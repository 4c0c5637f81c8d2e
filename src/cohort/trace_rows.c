/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "after_exit.h"
#include "trace.h"

#include "service.h"

typedef struct {
    const sg_trace *trace;
    const sg_stored_learner *learner;
    const sg_participation *p;
    sg_explained_row *out; /* the next row */
    sg_str text;           /* of the row at hand */
} telling;

/* ---- what a row says ---- */

/* Texts of exports go to a terminal: what steers one is shown as a question mark. */
static void add_clean(sg_str *s, const char *text)
{
    for (; *text != '\0'; text++)
        sg_str_add_char(s, (unsigned char)*text < ' ' || *text == '\x7f' ? '?' : *text);
}

static void add_part(sg_str *s, const char *what, const char *value)
{
    if (value == NULL || *value == '\0')
        return;
    sg_str_add(s, s->length > 0 ? ", " : "");
    sg_str_add(s, what);
    add_clean(s, value);
}

static void add_code(sg_str *s, const char *what, const sg_code_list *list, int64_t value)
{
    if (value > 0)
        add_part(s, what, sg_code_text(list, value));
}

static void add_hours(sg_str *s, int64_t hours)
{
    sg_str text = {0};
    if (hours == SG_BLANK)
        return;
    sg_str_add_exact(&text, (double)hours / 1e9);
    sg_str_add(&text, " hours");
    add_part(s, "", sg_str_text(&text));
    sg_str_release(&text);
}

static void add_day(sg_str *s, const char *what, sg_day day)
{
    char text[SG_DAY_TEXT];
    if (day != SG_DAY_NONE)
        add_part(s, what, sg_day_format(day, text));
}

static void say_enrollment(sg_str *s, const sg_stored_enrollment *row)
{
    const int64_t *number = row->number;
    int64_t flag = number[SG_ENROLLMENT_IET];
    add_code(s, "", &sg_codes_component, number[SG_ENROLLMENT_COMPONENT]);
    add_part(s, "section ", row->section_id);
    add_part(s, "iet ", flag > 0 ? sg_code_text(&sg_codes_iet, flag) : "not said");
    add_part(s, "program ", row->iet_program_id);
    if (number[SG_ENROLLMENT_WORKPLACE_LITERACY] == SG_YES)
        add_part(s, "", "workplace literacy");
    add_hours(s, number[SG_ENROLLMENT_CONTACT_HOURS]);
    add_day(s, "completed ", sg_stored_row_day(row, SG_ENROLLMENT_COMPLETION_DATE));
    add_code(s, "entering level ", &sg_codes_entering_level, number[SG_ENROLLMENT_ENTERING_LEVEL]);
    add_day(s, "service planned for ", sg_stored_row_day(row, SG_ENROLLMENT_PLANNED_SERVICE_DATE));
    add_code(s, "exit reason ", &sg_codes_exit_reason, number[SG_ENROLLMENT_EXIT_REASON]);
}

/* ---- rows ---- */

const char *sg_trace_college(const sg_trace *trace, int college)
{
    return college < 0 || (size_t)college >= trace->n_colleges
               ? NULL
               : sg_arena_strdup(trace->arena, trace->colleges[college]);
}

static sg_status put(telling *t, sg_explained_row row, int college, sg_err *err)
{
    row.college = sg_trace_college(t->trace, college);
    row.text = sg_arena_strdup(t->trace->arena, sg_str_text(&t->text));
    if (t->text.failed || row.text == NULL || (college >= 0 && row.college == NULL))
        return sg_no_memory(err);
    *t->out++ = row;
    sg_str_reset(&t->text);
    return SG_OK;
}

/* The PoP, from 1, with a day of the enrollment on or behind `from`; 0: none. */
static size_t pop_with(const sg_participation *p, const sg_stored_enrollment *enrollment, sg_day from)
{
    for (size_t i = 0; i < p->n_pops; i++)
        for (size_t r = 0; r < p->pops[i].n_rows; r++)
            if (p->pops[i].rows[r].row == enrollment && p->pops[i].rows[r].last >= from)
                return i + 1;
    return 0;
}

static sg_fate fate_of(sg_row_verdict verdict)
{
    switch (verdict) {
    case SG_ROW_COUNTS: break;
    case SG_ROW_IMPOSSIBLE:
    case SG_ROW_WITHOUT_HOURS: return SG_FATE_NO_HOURS;
    case SG_ROW_AFTER_CUTOFF: return SG_FATE_AFTER_CUTOFF;
    case SG_ROW_BY_SERVICES: return SG_FATE_BY_SERVICES;
    case SG_ROW_NEVER_CAME: return SG_FATE_NEVER_CAME;
    case SG_ROW_WITHOUT_ENROLLMENT: return SG_FATE_NO_ENROLLMENT;
    }
    return SG_FATE_COUNTS;
}

static sg_status tell_enrollment(telling *t, size_t i, sg_err *err)
{
    const sg_stored_enrollment *row = &t->learner->enrollments[i];
    sg_explained_row out = {.kind = SG_KIND_ENROLLMENT,
                            .first = sg_stored_row_day(row, SG_ENROLLMENT_START_DATE),
                            .last = sg_stored_row_day(row, SG_ENROLLMENT_END_DATE),
                            .fate = fate_of((sg_row_verdict)t->p->verdicts[i]),
                            .pop = pop_with(t->p, row, SG_DAY_NONE)};
    if (out.fate == SG_FATE_COUNTS && !(row->number[SG_ENROLLMENT_CONTACT_HOURS] > 0))
        out.fate = SG_FATE_AS_GIVEN;
    say_enrollment(&t->text, row);
    return put(t, out, row->college, err);
}

static sg_status tell_service(telling *t, size_t i, sg_err *err)
{
    const sg_stored_service *row = &t->learner->services[i];
    sg_explained_row out = {.kind = SG_KIND_SERVICE,
                            .first = row->first,
                            .last = row->last,
                            .fate = fate_of((sg_row_verdict)t->p->verdicts[t->learner->n_enrollments + i])};
    if (out.fate == SG_FATE_COUNTS) {
        int at = sg_service_enrollment(t->learner, row);
        out.fate = SG_FATE_SERVICE_COUNTS;
        out.pop = at < 0 ? 0 : pop_with(t->p, &t->learner->enrollments[at], row->first);
    }
    add_code(&t->text, "", &sg_codes_component, row->component);
    add_part(&t->text, "section ", row->section_id);
    add_hours(&t->text, row->hours);
    return put(t, out, row->college, err);
}

static sg_fate fate_of_gain(const telling *t, const sg_stored_gain *gain, size_t *out_pop)
{
    size_t at = 0;
    sg_gain_verdict verdict = sg_gain_judge_all(gain, t->p->pops, t->p->n_pops, t->trace->as_of,
                                                t->trace->config, &at);
    *out_pop = 0;
    switch (verdict) {
    case SG_GAIN_AFTER_CUTOFF: return SG_FATE_AFTER_CUTOFF;
    case SG_GAIN_NOT_OPEN: return SG_FATE_GAIN_NOT_OPEN;
    case SG_GAIN_OUTSIDE_POP:
        return t->learner->n_enrollments == 0 ? SG_FATE_GAIN_ALONE : SG_FATE_GAIN_OUTSIDE;
    case SG_GAIN_COUNTS: break;
    }
    *out_pop = at + 1;
    return t->p->pops[at].participant_day == SG_DAY_NONE ? SG_FATE_GAIN_UNDER_HOURS : SG_FATE_GAIN_COUNTS;
}

static sg_status tell_gain(telling *t, size_t i, sg_err *err)
{
    const sg_stored_gain *row = &t->learner->gains[i];
    sg_explained_row out = {.kind = SG_KIND_GAIN, .first = row->date, .last = row->date};
    out.fate = fate_of_gain(t, row, &out.pop);
    add_code(&t->text, "", &sg_codes_gain_type, row->type);
    add_part(&t->text, "", row->subject);
    add_code(&t->text, "from ", &sg_codes_entering_level, row->level_from);
    add_code(&t->text, "to ", &sg_codes_entering_level, row->level_to);
    return put(t, out, row->college, err);
}

/* Of the PoPs the one for which it comes nearest to counting. */
static sg_fate fate_of_test(const telling *t, size_t at, size_t *out_pop)
{
    sg_fate fate = SG_FATE_TEST_OUTSIDE;
    *out_pop = 0;
    for (size_t i = 0; i < t->p->n_pops; i++)
        switch (sg_test_judge(t->learner, at, &t->p->pops[i], t->trace->as_of)) {
        case SG_TEST_AFTER_CUTOFF: return SG_FATE_AFTER_CUTOFF;
        case SG_TEST_COUNTS: *out_pop = i + 1; return SG_FATE_TEST_COUNTS;
        case SG_TEST_IS_FIRST:
            *out_pop = i + 1;
            fate = SG_FATE_TEST_FIRST;
            break;
        case SG_TEST_OUTSIDE_POP: break;
        }
    return fate;
}

static sg_status tell_test(telling *t, size_t i, sg_err *err)
{
    const sg_stored_test *row = &t->learner->tests[i];
    sg_explained_row out = {.kind = SG_KIND_TEST, .first = row->date, .last = row->date};
    out.fate = fate_of_test(t, i, &out.pop);
    add_part(&t->text, "", row->instrument);
    add_part(&t->text, "form ", row->form);
    add_part(&t->text, "", row->subject);
    add_code(&t->text, "level ", &sg_codes_entering_level, row->level);
    return put(t, out, row->college, err);
}

static sg_status tell_outcome(telling *t, size_t i, sg_err *err)
{
    const sg_stored_outcome *row = &t->learner->outcomes[i];
    sg_explained_row out = {.kind = SG_KIND_OUTCOME, .first = row->first, .last = row->last};
    out.fate = sg_outcome_row_is_known(row, t->trace->as_of) ? SG_FATE_KNOWN : SG_FATE_AFTER_CUTOFF;
    add_code(&t->text, "", &sg_codes_outcome, row->code);
    add_part(&t->text, "", row->credential_type);
    if (row->value == 0)
        add_part(&t->text, "", "no");
    return put(t, out, row->college, err);
}

sg_status sg_trace_rows(const sg_trace *trace, const sg_stored_learner *learner, const sg_participation *p,
                        sg_explained_row *out, sg_err *err)
{
    telling t = {.trace = trace, .learner = learner, .p = p, .out = out};
    const struct {
        size_t n;
        sg_status (*tell)(telling *t, size_t i, sg_err *err);
    } kinds[] = {{learner->n_enrollments, tell_enrollment},
                 {learner->n_services, tell_service},
                 {learner->n_gains, tell_gain},
                 {learner->n_tests, tell_test},
                 {learner->n_outcomes, tell_outcome}};
    sg_status status = SG_OK;
    for (size_t k = 0; k < sizeof kinds / sizeof kinds[0]; k++)
        for (size_t i = 0; i < kinds[k].n && status == SG_OK; i++)
            status = kinds[k].tell(&t, i, err);
    sg_str_release(&t.text);
    return status;
}
