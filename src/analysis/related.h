/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Related dimensions: two of which some levels of the one hold exactly the people of some levels of the other (a coarse grouping
 * of a fine one, ESL levels and English learners). Their tables can be subtracted from each other, so that an edition, which
 * protects each dimension by itself, can hold only one of them. An overlapping dimension is made of others, and so related in any case.
 */
#ifndef SKILLGAIN_SRC_ANALYSIS_RELATED_H
#define SKILLGAIN_SRC_ANALYSIS_RELATED_H

#include "skillgain/analysis.h"

/* Sets facts.related: the dimensions that are related to an earlier one in the compared population of the headline year. */
sg_status sg_related_find(const sg_cohort *cohort, sg_results *results, sg_err *err) SG_MUST_CHECK;

#endif
