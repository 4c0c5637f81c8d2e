/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * IET as claimed and as records show it: the matrix of the two, and what is known of each program (34 CFR 463.35 to 463.38). Drafts only.
 */
#ifndef SKILLGAIN_MODEL_IET_H
#define SKILLGAIN_MODEL_IET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef enum { SG_CLAIM_NO, SG_CLAIM_YES, SG_CLAIM_BLANK, SG_N_CLAIMS } sg_iet_claim;
typedef enum { SG_DERIVED_NONE, SG_DERIVED_SUPPORTED, SG_DERIVED_CONFIRMED, SG_N_DERIVED } sg_iet_derived;

/* Participant-years of a college (that of the PoP's first row) and program year by flag and by components. */
typedef struct {
    int program_year;
    const char *college; /* its code */
    int64_t n[SG_N_CLAIMS][SG_N_DERIVED];
} sg_iet_matrix;

/* name, what it is: those that records can show, and those that a register can only attest, in the order of its fields */
#define SG_IET_SHOWN_LIST(X)                                                                                 \
    X(COMPONENTS, "Three components")                                                                        \
    X(SIMULTANEOUS, "At the same time")                                                                      \
    X(OCCUPATION, "A specific occupation")                                                                   \
    X(CREDENTIAL, "A credential as its aim")                                                                 \
    X(APPROVAL, "Approved when learners began")
#define SG_IET_ATTESTED_LIST(X)                                                                              \
    X(INTENSITY, "Intensity and quality")                                                                    \
    X(RESEARCH, "Rests on research")                                                                         \
    X(MATERIALS, "Occupational materials")                                                                   \
    X(OBJECTIVES, "One set of learning objectives")                                                          \
    X(PATHWAY, "Part of a career pathway")                                                                   \
    X(STANDARDS, "Content standards")

typedef enum {
#define SG_IET_CRITERION_ENUM(name, text) SG_CRITERION_##name,
    SG_IET_SHOWN_LIST(SG_IET_CRITERION_ENUM) SG_IET_ATTESTED_LIST(SG_IET_CRITERION_ENUM)
#undef SG_IET_CRITERION_ENUM
        SG_N_CRITERIA
} sg_iet_criterion;

typedef enum { SG_CRITERION_UNKNOWN, SG_CRITERION_MET, SG_CRITERION_NOT_MET } sg_criterion_state;

enum { SG_N_IET_HOURS = 4 }; /* adult education, workforce preparation, workforce training, integrated */

/* A program that enrollments name, at a college in a program year. */
typedef struct {
    int program_year;
    const char *id, *college;
    bool registered;
    const char *name; /* of the register; "" where it has none */
    sg_criterion_state criteria[SG_N_CRITERIA];
    int64_t learners;              /* participant-years with an enrollment that names it */
    int64_t overlapping;           /* of them those whose three components overlap in it */
    int64_t outside_approval;      /* of them those of whom the register does not confirm it */
    int64_t hours[SG_N_IET_HOURS]; /* 10^-9 hours of the enrollments that name it, by component */
    int64_t followed, gained_common,
        gained_any; /* of them in the naive design: in it, and with a gain there */
} sg_iet_program;

typedef struct {
    sg_iet_matrix *matrix; /* by program year, college */
    size_t n_matrix;
    sg_iet_program *programs; /* by program year, college, id */
    size_t n_programs;
} sg_iet_facts;

#endif
