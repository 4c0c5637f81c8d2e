/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "register.h"

#include <stdlib.h>
#include <string.h>

typedef struct {
    sg_register *programs;
    const char *const *colleges;
    size_t n_colleges, capacity;
} loading;

static int compare_codes(const void *a, const void *b)
{
    return strcmp(a, *(const char *const *)b);
}

static int find_college(const loading *l, const char *code)
{
    const char *const *found = code == NULL || l->n_colleges == 0
                                   ? NULL
                                   : bsearch(code, l->colleges, l->n_colleges, sizeof *l->colleges,
                                             compare_codes);
    return found != NULL ? (int)(found - l->colleges) : -1;
}

static sg_day day_or(const sg_record *row, int field, sg_day instead)
{
    return row->number[field] == SG_BLANK ? instead : (sg_day)row->number[field];
}

static bool copy_text(const sg_register *programs, const char *text, const char **out)
{
    *out = text != NULL ? sg_arena_strdup(programs->arena, text) : NULL;
    return text == NULL || *out != NULL;
}

/* A program of a college without enrollments has no learner. */
static sg_status take_program(void *context, const sg_record *row, int64_t batch, int64_t known_by,
                              sg_err *err)
{
    loading *l = context;
    sg_register *programs = l->programs;
    int college = find_college(l, row->text[SG_PROGRAM_COLLEGE]);
    const char *id = row->text[SG_PROGRAM_IET_PROGRAM_ID], *language = row->text[SG_PROGRAM_LANGUAGE];
    (void)batch;
    (void)known_by;
    if (college < 0 || id == NULL)
        return SG_OK;
    if (!sg_grow(&programs->all, &l->capacity, programs->n + 1, sizeof *programs->all))
        return sg_no_memory(err);
    int64_t lowest = row->number[SG_PROGRAM_LOWEST_ENTERING_LEVEL];
    sg_program program = {.id = sg_arena_strdup(programs->arena, id),
                          .college = college,
                          .first = day_or(row, SG_PROGRAM_START_DATE, SG_DAY_NONE),
                          .last = day_or(row, SG_PROGRAM_END_DATE, INT32_MAX),
                          .approved_from = day_or(row, SG_PROGRAM_APPROVED_FROM, SG_DAY_NONE),
                          .approved_to = day_or(row, SG_PROGRAM_APPROVED_TO, INT32_MAX),
                          .lowest_level = lowest > 0 ? (uint8_t)lowest : 0,
                          .language = language != NULL ? sg_arena_strdup(programs->arena, language) : NULL};
    bool copied = copy_text(programs, row->text[SG_PROGRAM_NAME], &program.name) &&
                  copy_text(programs, row->text[SG_PROGRAM_OCCUPATION], &program.occupation) &&
                  copy_text(programs, row->text[SG_PROGRAM_CREDENTIAL], &program.credential);
    for (int i = 0; i < 6; i++) {
        int64_t said = row->number[SG_PROGRAM_INTENSITY + i];
        program.attestations[i] = said > 0 ? (int8_t)said : 0;
    }
    if (!copied || program.id == NULL || (language != NULL && program.language == NULL))
        return sg_no_memory(err);
    programs->all[programs->n++] = program;
    return SG_OK;
}

static int compare_programs(const void *a, const void *b)
{
    const sg_program *left = a, *right = b;
    int order = strcmp(left->id, right->id);
    if (order == 0)
        order = (left->college > right->college) - (left->college < right->college);
    return order != 0 ? order : (left->first > right->first) - (left->first < right->first);
}

sg_status sg_register_load(sg_register *programs, sg_store *store, const char *const *colleges,
                           size_t n_colleges, sg_err *err)
{
    loading l = {programs, colleges, n_colleges, 0};
    programs->arena = sg_arena_new();
    if (programs->arena == NULL)
        return sg_no_memory(err);
    sg_status status = sg_store_records(store, SG_KIND_PROGRAM, take_program, &l, err);
    if (status == SG_OK && programs->n > 1)
        qsort(programs->all, programs->n, sizeof *programs->all, compare_programs);
    return status;
}

void sg_register_release(sg_register *programs)
{
    sg_arena_free(programs->arena);
    free(programs->all);
    *programs = (sg_register){0};
}

/* The first row of the program at the college, or where it would be. */
static size_t find_first(const sg_register *programs, const char *id, int college)
{
    const sg_program wanted = {.id = id, .college = college, .first = SG_DAY_NONE};
    size_t low = 0, high = programs->n;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (compare_programs(&programs->all[middle], &wanted) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

const sg_program *sg_register_find(const sg_register *programs, const char *id, int college)
{
    const sg_program *found = NULL;
    for (size_t i = programs != NULL ? find_first(programs, id, college) : 0;
         programs != NULL && i < programs->n && programs->all[i].college == college &&
         strcmp(programs->all[i].id, id) == 0;
         i++)
        found = &programs->all[i];
    return found;
}

sg_registered sg_register_judge(const sg_register *programs, const char *id, int college, sg_day start,
                                sg_day last)
{
    if (programs == NULL || programs->n == 0)
        return SG_REGISTERED_NOWHERE;
    if (id == NULL)
        return SG_REGISTERED_NO_PROGRAM;
    sg_registered best = SG_REGISTERED_UNKNOWN;
    for (size_t i = find_first(programs, id, college); i < programs->n; i++) {
        const sg_program *program = &programs->all[i];
        if (program->college != college || strcmp(program->id, id) != 0)
            break;
        if (start < program->approved_from || start > program->approved_to)
            best = best < SG_REGISTERED_NOT_APPROVED ? SG_REGISTERED_NOT_APPROVED : best;
        else if (program->first > last || start > program->last)
            best = SG_REGISTERED_NOT_RUNNING;
        else
            return SG_REGISTERED;
    }
    return best;
}

static sg_day latest(sg_day a, sg_day b, sg_day c)
{
    sg_day later = a > b ? a : b;
    return later > c ? later : c;
}

static sg_day earliest(sg_day a, sg_day b, sg_day c)
{
    sg_day earlier = a < b ? a : b;
    return earlier < c ? earlier : c;
}

bool sg_program_is_open(const sg_program *program, sg_day from, sg_day to)
{
    return latest(program->first, program->approved_from, from) <=
           earliest(program->last, program->approved_to, to);
}

bool sg_register_offers(const sg_register *programs, int college, sg_day from, sg_day to)
{
    for (size_t i = 0; programs != NULL && i < programs->n; i++)
        if (programs->all[i].college == college && sg_program_is_open(&programs->all[i], from, to))
            return true;
    return false;
}
