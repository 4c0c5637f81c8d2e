/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Private to across: the colleges, by number, and from which day to which each kind was delivered for each; and the register. A rule
 * asks here whether what it would miss was delivered at all.
 */
#ifndef SG_ACROSS_BACKDROP_H
#define SG_ACROSS_BACKDROP_H

#include "fact.h"

typedef struct {
    sg_day first, last; /* the days on which rows begin; SG_DAY_NONE: there are none */
} sg_span;

typedef struct {
    sg_span kinds[SG_N_KINDS];
    sg_day complete; /* the latest cut-off of the enrollments; SG_DAY_NONE: none is known */
    uint32_t newest; /* the file whose cut-off is not in `complete` yet, plus one; 0: none */
} sg_coverage;

typedef struct {
    sg_arena *arena; /* the codes */
    const char **codes;
    sg_coverage *coverage; /* by college; of 0, of all together */
    size_t n, code_capacity, coverage_capacity;
    uint32_t *slots; /* hash table of numbers */
    size_t n_slots;
    sg_program *programs;
    size_t n_programs, program_capacity;
    bool sorted;
} sg_backdrop;

sg_status sg_backdrop_init(sg_backdrop *backdrop, sg_err *err) SG_MUST_CHECK;
void sg_backdrop_release(sg_backdrop *backdrop);
/* The college's number; 0 for NULL, and for those past the 65,535th, which are then not told apart from blank. */
sg_status sg_backdrop_college(sg_backdrop *backdrop, const char *code, uint16_t *out,
                              sg_err *err) SG_MUST_CHECK;
/* To that of a college of which nothing was delivered. */
void sg_coverage_clear(sg_coverage *coverage);
void sg_backdrop_cover(sg_backdrop *backdrop, uint16_t college, sg_kind kind, sg_day day);
sg_status sg_backdrop_add_program(sg_backdrop *backdrop, const sg_program *program,
                                  sg_err *err) SG_MUST_CHECK;

/* Where no row of the kind is of the college: SG_DAY_NONE in both. */
sg_span sg_backdrop_span(const sg_backdrop *backdrop, uint16_t college, sg_kind kind);
/* The programs of this id: *out_n of them from the returned place, of all colleges. */
const sg_program *sg_backdrop_programs(sg_backdrop *backdrop, uint32_t program, size_t *out_n);

#endif
