/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Gathering: the amounts that are asked for (skillgain/cohort/amount.h), put beside the columns while the units pass.
 */
#ifndef SG_COHORT_GATHER_H
#define SG_COHORT_GATHER_H

#include "column.h"
#include "outcome.h"
#include "score.h"
#include "unit.h"

typedef struct {
    const sg_config *config;
    unsigned wanted; /* by sg_amounts_wanted */
    sg_test_scales scales;
} sg_gathering;

sg_gathering sg_gathering_of(const sg_config *config);
void sg_gathering_release(sg_gathering *gathering);

/* Before the learner's units. */
sg_status sg_gather_learner(sg_gathering *gathering, const sg_stored_learner *learner,
                            sg_err *err) SG_MUST_CHECK;
/* The unit that the columns have reserved. Only one in the comparison has amounts, as far as it is known now: later a unit can only be
 * taken out of it. */
sg_status sg_gather_unit(const sg_gathering *gathering, const sg_cohort_unit *unit,
                         const sg_unit_outcomes *outcomes, sg_columns *columns, sg_err *err) SG_MUST_CHECK;
/* Sets the cohort's scales. */
sg_status sg_gather_scales(const sg_gathering *gathering, sg_cohort *cohort, sg_err *err) SG_MUST_CHECK;

#endif
