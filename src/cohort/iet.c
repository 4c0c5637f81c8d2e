/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "iet.h"

enum { N_COMPONENTS = 3 }; /* adult education, workforce preparation, workforce training: the places from 1 */

typedef struct {
    const sg_pop *pop;
    sg_day from, to;
} row_scope;

static bool is_in_scope(const row_scope *scope, size_t i)
{
    const sg_counted_row *row = &scope->pop->rows[i];
    return row->first <= scope->to && row->last >= scope->from;
}

static const char *program_of(const row_scope *scope, size_t i)
{
    return scope->pop->rows[i].row->iet_program_id;
}

static bool row_is(const sg_counted_row *row, int64_t component)
{
    int64_t value = row->row->number[SG_ENROLLMENT_COMPONENT];
    return value == component || value == SG_COMPONENT_INTEGRATED;
}

static bool all_reach(const sg_day until[N_COMPONENTS], sg_day day)
{
    for (size_t c = 0; c < N_COMPONENTS; c++)
        if (until[c] < day)
            return false;
    return true;
}

/*
 * Are the three components running on one common day, among the rows of this program and those that name none? The first
 * such day is the start of a row: with the rows by start, a component is running on that day exactly where the latest end
 * seen so far is not before it.
 */
static bool program_overlaps(const row_scope *scope, const char *program)
{
    sg_day until[N_COMPONENTS] = {SG_DAY_NONE, SG_DAY_NONE, SG_DAY_NONE};
    for (size_t i = 0; i < scope->pop->n_rows; i++) {
        const sg_counted_row *row = &scope->pop->rows[i];
        const char *own = program_of(scope, i);
        if (!is_in_scope(scope, i) || (own != NULL && !sg_text_equal(own, program)))
            continue;
        for (size_t c = 0; c < N_COMPONENTS; c++)
            if (row_is(row, (int64_t)c + SG_COMPONENT_ADULT_EDUCATION) && row->last > until[c])
                until[c] = row->last;
        if (all_reach(until, row->first))
            return true;
    }
    return false;
}

/* Each program by itself; the rows that name none are tried with every one, and alone. */
static bool scope_overlaps(const row_scope *scope)
{
    if (program_overlaps(scope, NULL))
        return true;
    for (size_t i = 0; i < scope->pop->n_rows; i++) {
        const char *program = program_of(scope, i);
        if (program != NULL && program_overlaps(scope, program))
            return true;
    }
    return false;
}

static bool is_claim(int64_t flag)
{
    return flag == SG_IET_YES || flag == SG_IET_CREDENTIAL;
}

/* Overlapping components outrank every flag; a claim outranks a blank; a blank outranks a no. */
sg_iet_grade sg_iet_grade_in(const sg_pop *pop, sg_day from, sg_day to)
{
    row_scope scope = {pop, from, to};
    if (scope_overlaps(&scope))
        return SG_GRADE_SUPPORTED;
    sg_iet_grade grade = SG_GRADE_NONE;
    for (size_t i = 0; i < pop->n_rows; i++) {
        if (!is_in_scope(&scope, i))
            continue;
        int64_t flag = pop->rows[i].row->number[SG_ENROLLMENT_IET];
        if (is_claim(flag))
            return SG_GRADE_CLAIMED;
        if (flag != SG_IET_NO)
            grade = SG_GRADE_UNKNOWN;
    }
    return grade;
}

sg_arm sg_iet_arm(sg_iet_grade grade, unsigned arms)
{
    static const unsigned bits[SG_N_GRADES] = {
        [SG_GRADE_CLAIMED] = SG_GRADE_BIT_CLAIMED,
        [SG_GRADE_SUPPORTED] = SG_GRADE_BIT_SUPPORTED,
        [SG_GRADE_CONFIRMED] = SG_GRADE_BIT_CONFIRMED,
    };
    if (grade == SG_GRADE_NONE)
        return SG_ARM_IS_COMPARISON;
    return (bits[grade] & arms) != 0 ? SG_ARM_IS_IET : SG_ARM_NEITHER;
}

bool sg_iet_opens_types(const sg_pop *pop)
{
    for (size_t i = 0; i < pop->n_rows; i++)
        if (pop->rows[i].row->number[SG_ENROLLMENT_WORKPLACE_LITERACY] == SG_YES)
            return true;
    sg_iet_grade grade = sg_iet_grade_in(pop, pop->first, pop->last);
    return grade == SG_GRADE_SUPPORTED || grade == SG_GRADE_CLAIMED;
}
