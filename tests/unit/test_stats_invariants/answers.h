/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What each model says of the arms on a sample, in one form. */
#ifndef SG_TEST_STATS_INVARIANTS_ANSWERS_H
#define SG_TEST_STATS_INVARIANTS_ANSWERS_H

#include "drawn.h"

/* What becomes of an estimate when the arms are swapped; OTHER_LEARNERS: it is of the IET learners, who are others then. */
typedef enum { TURNS, INVERTS, STAYS, OTHER_LEARNERS } swap_rule;

typedef struct {
    const char *name, *note;
    sg_estimate_status status;
    swap_rule swap;
    bool penalised;   /* Firth's fit is in it */
    bool may_be_sure; /* its standard error may be 0 */
    double estimate, low, high, learners;
    double by_learners,
        by_clusters; /* standard errors that take learners, or clusters, to be drawn; NaN: none */
} answer;

/* The last is the area under the curve, which counts ties, and what ties is a matter of rounding: it is compared with nothing. */
enum { N_ANSWERS = 11, N_COMPARED = 10 };
void ask(const sg_observations *sample, const sg_model *model, sg_arena *arena, answer *out);
/* By itself, as its limits take long. */
answer ask_firth(const sg_observations *sample, const sg_model *model, sg_arena *arena);

#endif
