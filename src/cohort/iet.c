/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "iet.h"

enum { N_COMPONENTS = SG_IET_COMPONENTS };
static const size_t ANY_ROW = SIZE_MAX;

typedef struct {
    const sg_pop *pop;
    const sg_register *programs;
    sg_day from, to;
} row_scope;

/* Where components overlap. */
typedef struct {
    sg_day day; /* SG_DAY_NONE: nowhere */
    const char *program;
    sg_registered registered;
} overlap;

static bool is_in_scope(const row_scope *scope, size_t i)
{
    const sg_counted_row *row = &scope->pop->rows[i];
    return row->range_first <= scope->to && row->range_last >= scope->from;
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
 * The first day on which the three components are running, among the rows of this program and those that name none. The first
 * such day is the start of a row: with the rows by start, a component is running on that day exactly where the latest end
 * seen so far is not before it. within: a row, by its place, on one of whose days that has to be; or ANY_ROW.
 */
static sg_day overlap_of_program(const row_scope *scope, const char *program, size_t within)
{
    const sg_counted_row *rows = scope->pop->rows;
    sg_day until[N_COMPONENTS] = {SG_DAY_NONE, SG_DAY_NONE, SG_DAY_NONE};
    for (size_t i = 0; i < scope->pop->n_rows; i++) {
        const sg_counted_row *row = &scope->pop->rows[i];
        const char *own = program_of(scope, i);
        if (!is_in_scope(scope, i) || (own != NULL && !sg_text_equal(own, program)))
            continue;
        for (size_t c = 0; c < N_COMPONENTS; c++)
            if (row_is(row, (int64_t)c + SG_COMPONENT_ADULT_EDUCATION) && row->range_last > until[c])
                until[c] = row->range_last;
        if (all_reach(until, row->first) &&
            (within == ANY_ROW || (i >= within && row->first <= rows[within].range_last)))
            return row->first;
    }
    return SG_DAY_NONE;
}

static sg_registered judge_row(const row_scope *scope, size_t i)
{
    const sg_counted_row *row = &scope->pop->rows[i];
    return sg_register_judge(scope->programs, program_of(scope, i), row->row->college,
                             sg_stored_row_day(row->row, SG_ENROLLMENT_START_DATE), row->range_last);
}

/* Each program by itself; the rows that name none are tried with every one, and alone. The register must have the program as a row names it
 * that is part of the overlap: the first that it has, else the one that comes nearest. */
static overlap find_overlap(const row_scope *scope)
{
    overlap best = {.day = overlap_of_program(scope, NULL, ANY_ROW), .registered = SG_REGISTERED_NOWHERE};
    if (best.day != SG_DAY_NONE && scope->programs != NULL && scope->programs->n > 0)
        best.registered = SG_REGISTERED_NO_PROGRAM;
    for (size_t i = 0; i < scope->pop->n_rows && best.registered != SG_REGISTERED; i++) {
        const char *program = program_of(scope, i);
        sg_day day = program == NULL || !is_in_scope(scope, i) ? SG_DAY_NONE
                                                               : overlap_of_program(scope, program, i);
        if (day == SG_DAY_NONE)
            continue;
        sg_registered registered = judge_row(scope, i);
        if (best.day == SG_DAY_NONE || registered > best.registered)
            best = (overlap){day, program, registered};
    }
    return best;
}

static bool is_claim(int64_t flag)
{
    return flag == SG_IET_YES || flag == SG_IET_CREDENTIAL;
}

bool sg_iet_overlaps_in(const sg_pop *pop, const char *program, sg_day from, sg_day to)
{
    const row_scope scope = {pop, NULL, from, to};
    return overlap_of_program(&scope, program, ANY_ROW) != SG_DAY_NONE;
}

sg_iet_claim sg_iet_claim_in(const sg_pop *pop, sg_day from, sg_day to)
{
    row_scope scope = {pop, NULL, from, to};
    sg_iet_claim claim = SG_CLAIM_NO;
    for (size_t i = 0; i < pop->n_rows; i++) {
        if (!is_in_scope(&scope, i))
            continue;
        int64_t flag = pop->rows[i].row->number[SG_ENROLLMENT_IET];
        if (is_claim(flag))
            return SG_CLAIM_YES;
        if (flag != SG_IET_NO)
            claim = SG_CLAIM_BLANK;
    }
    return claim;
}

/* Overlapping components outrank every flag; a claim outranks a blank; a blank outranks a no. */
static sg_iet_grade grade_of(const row_scope *scope, const overlap *found)
{
    static const sg_iet_grade claimed[SG_N_CLAIMS] = {[SG_CLAIM_NO] = SG_GRADE_NONE,
                                                      [SG_CLAIM_YES] = SG_GRADE_CLAIMED,
                                                      [SG_CLAIM_BLANK] = SG_GRADE_UNKNOWN};
    if (found->day != SG_DAY_NONE)
        return found->registered == SG_REGISTERED ? SG_GRADE_CONFIRMED : SG_GRADE_SUPPORTED;
    return claimed[sg_iet_claim_in(scope->pop, scope->from, scope->to)];
}

sg_iet_grade sg_iet_grade_in(const sg_pop *pop, const sg_register *programs, sg_day from, sg_day to)
{
    row_scope scope = {pop, programs, from, to};
    overlap found = find_overlap(&scope);
    return grade_of(&scope, &found);
}

static void add_row(sg_iet_evidence *e, const sg_counted_row *row)
{
    int64_t flag = row->row->number[SG_ENROLLMENT_IET];
    e->claims = e->claims || is_claim(flag);
    e->denies = e->denies || flag == SG_IET_NO;
    e->is_silent = e->is_silent || (!is_claim(flag) && flag != SG_IET_NO);
    for (size_t c = 0; c < N_COMPONENTS; c++) {
        if (!row_is(row, (int64_t)c + SG_COMPONENT_ADULT_EDUCATION))
            continue;
        if (e->first[c] == SG_DAY_NONE || row->range_first < e->first[c])
            e->first[c] = row->range_first;
        if (row->range_last > e->last[c])
            e->last[c] = row->range_last;
    }
}

sg_iet_evidence sg_iet_evidence_in(const sg_pop *pop, const sg_register *programs, sg_day from, sg_day to)
{
    row_scope scope = {pop, programs, from, to};
    overlap found = find_overlap(&scope);
    sg_iet_evidence e = {.grade = grade_of(&scope, &found),
                         .overlap = found.day,
                         .program = found.program,
                         .registered = found.registered};
    for (size_t c = 0; c < N_COMPONENTS; c++)
        e.first[c] = e.last[c] = SG_DAY_NONE;
    for (size_t i = 0; i < pop->n_rows; i++)
        if (is_in_scope(&scope, i))
            add_row(&e, &pop->rows[i]);
    return e;
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

bool sg_iet_is(sg_iet_grade grade)
{
    return grade == SG_GRADE_CLAIMED || grade == SG_GRADE_SUPPORTED || grade == SG_GRADE_CONFIRMED;
}

bool sg_iet_opens_types(const sg_pop *pop, const sg_register *programs)
{
    for (size_t i = 0; i < pop->n_rows; i++)
        if (pop->rows[i].row->number[SG_ENROLLMENT_WORKPLACE_LITERACY] == SG_YES)
            return true;
    return sg_iet_is(sg_iet_grade_in(pop, programs, pop->first, pop->last));
}
