/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "codes.h"

#include <stdlib.h>
#include <string.h>

/* Fewer rows or learners may be one person's: a name, an id, a note in a column that was shifted. */
enum { MOST_COUNTED = 512, LEAST_ROWS = 10, LEAST_LEARNERS = 3, MOST_DIGITS = 4, MOST_KNOWN = 16 };

typedef struct {
    sg_unknown_code code;
    sg_pseudonym learners[LEAST_LEARNERS];
    size_t n_learners;
} counted_code;

struct sg_unknown_list {
    counted_code codes[MOST_COUNTED];
    size_t n;
};

/* ---- what is known ---- */

static const char *known_code(const sg_crosswalk *crosswalk, const sg_field *field, int at, size_t i)
{
    const sg_column_source *source = &crosswalk->fields[at];

    if (crosswalk->n_records && !sg_source_is_given(source)) /* each record may have others */
        return NULL;
    if (source->n_codes)
        return i < source->n_codes ? source->codes[i].from : NULL;
    return field->type == SG_TYPE_CODE && i < field->codes->n ? field->codes->codes[i].code : NULL;
}

const char *sg_known_codes(sg_arena *arena, const sg_crosswalk *crosswalk, sg_kind kind, int field)
{
    const sg_field *type = &sg_kind_table(kind)->fields[field];
    const char *text = "", *code;
    size_t n = 0;

    for (; text && (code = known_code(crosswalk, type, field, n)) != NULL; n++)
        if (n < MOST_KNOWN && *code)
            text = sg_arena_printf(arena, "%s%s%s", text, *text ? ", " : "known: ", code);
    return text && n > MOST_KNOWN ? sg_arena_printf(arena, "%s and %zu more", text, n - MOST_KNOWN) : text;
}

/* ---- what is unknown ---- */

/* Short, no number that somebody may be known by, and nothing that a terminal takes for an order. */
static bool is_label(const char *text, size_t length)
{
    size_t digits = 0;

    for (size_t i = 0; i < length; i++) {
        bool is_digit = text[i] >= '0' && text[i] <= '9';

        digits = is_digit ? digits + 1 : 0;
        if (digits > MOST_DIGITS || (unsigned char)text[i] < ' ' || (unsigned char)text[i] >= 0x7f)
            return false;
    }
    return length > 0 && length < sizeof((sg_unknown_code *)NULL)->text;
}

static counted_code *find_code(sg_unknown_list *list, int field, const char *text, size_t length)
{
    counted_code *fresh;

    for (size_t i = 0; i < list->n; i++) {
        const sg_unknown_code *code = &list->codes[i].code;

        if (code->field == field && strlen(code->text) == length && memcmp(code->text, text, length) == 0)
            return &list->codes[i];
    }
    if (list->n == MOST_COUNTED)
        return NULL;
    fresh = &list->codes[list->n++];
    fresh->code.field = field;
    memcpy(fresh->code.text, text, length);
    return fresh;
}

static void note_learner(counted_code *counted, const sg_pseudonym *learner)
{
    for (size_t i = 0; i < counted->n_learners; i++)
        if (memcmp(&counted->learners[i], learner, sizeof *learner) == 0)
            return;
    if (counted->n_learners < LEAST_LEARNERS)
        counted->learners[counted->n_learners++] = *learner;
}

sg_status sg_unknown_add(sg_unknown_list **list, int field, const char *text, size_t length,
                         const sg_pseudonym *learner, sg_err *err)
{
    counted_code *counted;
    const char *label = sg_text_trim(text, length, &length);

    if (!*list)
        *list = calloc(1, sizeof **list);
    if (!*list)
        return sg_no_memory(err);
    counted = is_label(label, length) ? find_code(*list, field, label, length) : NULL;
    if (!counted)
        return SG_OK;
    counted->code.n++;
    if (learner)
        note_learner(counted, learner);
    return SG_OK;
}

static int compare_codes(const void *a, const void *b)
{
    const sg_unknown_code *left = a, *right = b;

    if (left->n != right->n)
        return left->n > right->n ? -1 : 1;
    return left->field != right->field ? (left->field > right->field) - (left->field < right->field)
                                       : strcmp(left->text, right->text);
}

void sg_unknown_tell(sg_unknown_list *list, bool is_of_learners, sg_unknown_code out[SG_UNKNOWN_CODES],
                     size_t *out_n)
{
    sg_unknown_code told[MOST_COUNTED];
    size_t n = 0;

    for (size_t i = 0; list && i < list->n; i++)
        if (list->codes[i].code.n >= LEAST_ROWS &&
            (!is_of_learners || list->codes[i].n_learners >= LEAST_LEARNERS))
            told[n++] = list->codes[i].code;
    free(list);
    if (n > 1)
        qsort(told, n, sizeof *told, compare_codes);
    *out_n = n < SG_UNKNOWN_CODES ? n : SG_UNKNOWN_CODES;
    if (*out_n)
        memcpy(out, told, *out_n * sizeof *out);
}
