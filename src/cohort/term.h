/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Terms: the term design (design.md section 3.2), sequential comparisons stacked over the terms (Danaei, Garcia Rodriguez, Cantero et
 * al., Statistical Methods in Medical Research 22, 2013, on sequential trials).
 *
 * At a term's first day T a participant is a unit who has reached the 12th hour and is still participating. Until the last day of entry,
 * T + entry_days, everyone's IET is seen; from then on everyone's gains are: that day is time zero in both arms. So whoever left, or
 * gained, in between is in neither arm; counting them from T on would give the comparison arm all those who left before they could
 * have entered, and IET the days that nobody can enter without having stayed.
 *
 * In: never in IET before T, in this or an earlier PoP; no gain that counts from the PoP's first day to time zero; still participating on
 * time zero; an IET program at the college of the PoP, by the register or because somebody is in IET there between T and time zero.
 * Arm by the PoP's enrollments that start by time zero; where it is unknown whether a learner was in IET before, so is the arm.
 */
#ifndef SG_COHORT_TERM_H
#define SG_COHORT_TERM_H

#include "participation.h"
#include "year.h"

/* The unit of a PoP (with the others of its learner) in the term that starts on a day on which it participates; program_year of `year` is
 * that of the day. */
sg_year_view sg_term_view(const sg_participant_year *year, const sg_participation *learner, sg_day term);

/* ---- which college offers IET in which term ---- */

/* Zero-initialise. */
typedef struct {
    uint8_t *by_college; /* [college][term]: 1 where somebody is in IET there */
    size_t n_colleges, capacity;
} sg_offers;

void sg_offers_release(sg_offers *offers);

/* Looks at the learner's IET in each term, whatever its grade and whether or not the learner is a participant: it is offered at the
 * college of the PoP, and at that of each row that claims it. */
sg_status sg_offers_note(sg_offers *offers, const sg_participation *learner, sg_err *err) SG_MUST_CHECK;

/* Of a unit that is in but for the offer, which is judged last but for the window: the state once every college's IET is known. */
sg_cohort_state sg_offers_judge(const sg_offers *offers, const sg_participation *learner, size_t college,
                                size_t term, sg_cohort_state state);

bool sg_offers_has(const sg_offers *offers, const sg_config *config, const sg_register *programs,
                   size_t college, size_t term);

#endif
