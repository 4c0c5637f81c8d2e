/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/event.h"

#include <stdlib.h>
#include <string.h>

size_t sg_event_size(sg_kind kind)
{
    switch (kind) {
    case SG_KIND_GAIN: return sizeof(sg_stored_gain);
    case SG_KIND_TEST: return sizeof(sg_stored_test);
    case SG_KIND_SERVICE: return sizeof(sg_stored_service);
    case SG_KIND_OUTCOME: return sizeof(sg_stored_outcome);
    case SG_KIND_ENROLLMENT:
    case SG_KIND_PROGRAM:
    case SG_KIND_CONTEXT:
    case SG_N_KINDS: break;
    }
    return 0;
}

/* ---- of a row ---- */

typedef struct {
    const sg_rows *rows;
    sg_batch_reach known;
    sg_lexicon *lexicon;
} source;

static int college_of(const source *s)
{
    return s->rows->college != NULL ? s->rows->college->index : -1;
}

static uint8_t code_of(const source *s, int field)
{
    int64_t code = s->rows->row.number[field];
    return code > 0 && code <= UINT8_MAX ? (uint8_t)code : 0;
}

static sg_status text_of(const source *s, int field, const char **out, sg_err *err)
{
    uint32_t word = 0;
    sg_status status = sg_lexicon_add(s->lexicon, s->rows->row.text[field], &word, err);
    *out = status == SG_OK ? sg_lexicon_text(s->lexicon, word) : NULL;
    return status;
}

static sg_day day_of(const source *s, int field)
{
    int64_t day = s->rows->row.number[field];
    return day == SG_BLANK ? SG_DAY_NONE : (sg_day)day;
}

/* A day, or where that is blank the months that begin on the day of another field. */
static void span_of(const source *s, int day_field, int months_field, int months, sg_day *first, sg_day *last)
{
    *first = *last = day_of(s, day_field);
    if (*first != SG_DAY_NONE)
        return;
    *first = *last = day_of(s, months_field);
    sg_day next = *first != SG_DAY_NONE ? sg_month_after(*first, months) : SG_DAY_NONE;
    if (next != SG_DAY_NONE)
        *last = next - 1;
}

static sg_status take_gain(const source *s, sg_stored_gain *out, sg_err *err)
{
    const int64_t *number = s->rows->row.number;
    *out = (sg_stored_gain){.date = day_of(s, SG_GAIN_FIELD_GAIN_DATE),
                            .type = (sg_gain_type)number[SG_GAIN_FIELD_GAIN_TYPE],
                            .cutoff = s->known.cutoff,
                            .college = college_of(s),
                            .level_from = code_of(s, SG_GAIN_FIELD_LEVEL_FROM),
                            .level_to = code_of(s, SG_GAIN_FIELD_LEVEL_TO),
                            .pre_score = number[SG_GAIN_FIELD_PRE_SCORE],
                            .post_score = number[SG_GAIN_FIELD_POST_SCORE]};
    sg_status status = text_of(s, SG_GAIN_FIELD_SUBJECT, &out->subject, err);
    return status == SG_OK ? text_of(s, SG_GAIN_FIELD_INSTRUMENT, &out->instrument, err) : status;
}

static sg_status take_test(const source *s, sg_stored_test *out, sg_err *err)
{
    *out = (sg_stored_test){.date = day_of(s, SG_TEST_TEST_DATE),
                            .score = s->rows->row.number[SG_TEST_SCALE_SCORE],
                            .level = code_of(s, SG_TEST_LEVEL),
                            .college = college_of(s),
                            .cutoff = s->known.cutoff};
    sg_status status = text_of(s, SG_TEST_INSTRUMENT, &out->instrument, err);
    if (status == SG_OK)
        status = text_of(s, SG_TEST_FORM, &out->form, err);
    return status == SG_OK ? text_of(s, SG_TEST_SUBJECT, &out->subject, err) : status;
}

static sg_status take_service(const source *s, sg_stored_service *out, sg_err *err)
{
    *out = (sg_stored_service){.hours = s->rows->row.number[SG_SERVICE_HOURS],
                               .college = college_of(s),
                               .component = code_of(s, SG_SERVICE_COMPONENT),
                               .cutoff = s->known.cutoff};
    span_of(s, SG_SERVICE_SERVICE_DATE, SG_SERVICE_MONTH, 1, &out->first, &out->last);
    return text_of(s, SG_SERVICE_SECTION_ID, &out->section_id, err);
}

static sg_status take_outcome(const source *s, sg_stored_outcome *out, sg_err *err)
{
    *out = (sg_stored_outcome){.code = (sg_outcome_code)s->rows->row.number[SG_OUTCOME_FIELD_OUTCOME],
                               .value = s->rows->row.number[SG_OUTCOME_FIELD_VALUE],
                               .college = college_of(s),
                               .cutoff = s->known.cutoff};
    span_of(s, SG_OUTCOME_FIELD_OUTCOME_DATE, SG_OUTCOME_FIELD_QUARTER, 3, &out->first, &out->last);
    return text_of(s, SG_OUTCOME_FIELD_CREDENTIAL_TYPE, &out->credential_type, err);
}

sg_status sg_event_take(const sg_rows *rows, sg_batch_reach known, sg_lexicon *lexicon, sg_event *out,
                        sg_err *err)
{
    const source s = {rows, known, lexicon};
    switch (rows->row.kind) {
    case SG_KIND_GAIN: return take_gain(&s, &out->gain, err);
    case SG_KIND_TEST: return take_test(&s, &out->test, err);
    case SG_KIND_SERVICE: return take_service(&s, &out->service, err);
    case SG_KIND_OUTCOME: return take_outcome(&s, &out->outcome, err);
    case SG_KIND_ENROLLMENT:
    case SG_KIND_PROGRAM:
    case SG_KIND_CONTEXT:
    case SG_N_KINDS: break;
    }
    return sg_fail(err, SG_FAILED, "rows of kind '%s' are not of a learner's events",
                   sg_kind_text(rows->row.kind));
}

void sg_event_set_order(sg_kind kind, void *event, uint64_t order)
{
    if (kind == SG_KIND_GAIN)
        ((sg_stored_gain *)event)->order = order;
    else if (kind == SG_KIND_TEST)
        ((sg_stored_test *)event)->order = order;
    else if (kind == SG_KIND_SERVICE)
        ((sg_stored_service *)event)->order = order;
    else
        ((sg_stored_outcome *)event)->order = order;
}

/* ---- in order ---- */

#define COMPARE(a, b) (((a) > (b)) - ((a) < (b)))

static int compare_texts(const char *a, const char *b)
{
    if (a == b)
        return 0;
    if (a == NULL || b == NULL)
        return a == NULL ? -1 : 1;
    return strcmp(a, b);
}

static int compare_gains(const void *a, const void *b)
{
    const sg_stored_gain *left = a, *right = b;
    int order = COMPARE(left->date, right->date);
    if (order == 0)
        order = COMPARE(left->type, right->type);
    if (order == 0)
        order = COMPARE(left->cutoff, right->cutoff);
    return order != 0 ? order : COMPARE(left->order, right->order);
}

static int compare_tests(const void *a, const void *b)
{
    const sg_stored_test *left = a, *right = b;
    int order = COMPARE(left->date, right->date);
    if (order == 0)
        order = compare_texts(left->instrument, right->instrument);
    if (order == 0)
        order = compare_texts(left->subject, right->subject);
    return order != 0 ? order : COMPARE(left->order, right->order);
}

static int compare_services(const void *a, const void *b)
{
    const sg_stored_service *left = a, *right = b;
    int order = COMPARE(left->first, right->first);
    if (order == 0)
        order = COMPARE(left->last, right->last);
    return order != 0 ? order : COMPARE(left->order, right->order);
}

static int compare_outcomes(const void *a, const void *b)
{
    const sg_stored_outcome *left = a, *right = b;
    int order = COMPARE(left->code, right->code);
    if (order == 0)
        order = COMPARE(left->first, right->first);
    if (order == 0)
        order = COMPARE(left->last, right->last);
    return order != 0 ? order : COMPARE(left->order, right->order);
}

void sg_event_sort(sg_kind kind, void *events, size_t n)
{
    if (n < 2)
        return;
    if (kind == SG_KIND_GAIN)
        qsort(events, n, sizeof(sg_stored_gain), compare_gains);
    else if (kind == SG_KIND_TEST)
        qsort(events, n, sizeof(sg_stored_test), compare_tests);
    else if (kind == SG_KIND_SERVICE)
        qsort(events, n, sizeof(sg_stored_service), compare_services);
    else
        qsort(events, n, sizeof(sg_stored_outcome), compare_outcomes);
}
