/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Units: in which program years and terms a learner is a unit of each design (Counting 4; term.h), and how the design sees it.
 */
#ifndef SG_COHORT_UNIT_H
#define SG_COHORT_UNIT_H

#include "participation.h"
#include "term.h"
#include "year.h"

typedef struct {
    sg_participant_year year;
    sg_design design;
    size_t term; /* of the term design: its place in the configuration */
    sg_year_view
        view; /* before it is known what the other learners tell: offers of IET, and where a college stopped */
} sg_cohort_unit;

typedef sg_status (*sg_unit_sink)(void *context, const sg_cohort_unit *unit, sg_err *err);

/* Each unit of the learner whose PoPs were found: participant-years by year, each in landmark and in naive, then those of terms, by PoP
 * and term. */
sg_status sg_units_each(const sg_participation *learner, const sg_stored_learner *stored,
                        const sg_cohort_sources *sources, sg_unit_sink each, void *context,
                        sg_err *err) SG_MUST_CHECK;

#endif
