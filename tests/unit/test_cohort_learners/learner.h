/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Learners written by hand, and what the counting rules make of them: a table a rule. Everything is text.
 *
 * A row: "START..END HOURS NAME=VALUE ...", END and HOURS may be left out ("2023-09-01.. -"). NAME is a canonical field, or
 *     export_has_hours=no, cutoff=DATE, college_index=N, custom=TEXT. Unless given: iet=no, cutoff=2025-06-30.
 *     The colleges go on delivering other learners up to 2025-06-30, unless the learner's rows are their last.
 * A gain: "DATE TYPE", then perhaps "cutoff=DATE".
 * A test: "DATE SUBJECT NAME=VALUE ...", by date; SUBJECT "-" is none; NAME is level, instrument, score, cutoff. Of the instruments there
 *     is one, MADE_UP, approved in 2023 and 2024: reading from 100 (ABE1) in steps of 10, math from 200 so.
 * A service: "DATE HOURS NAME=VALUE ..." or "YEAR-MONTH HOURS NAME=VALUE ...", by first day; NAME is section_id, component, cutoff or
 *     college_index (-1: it names none). Colleges of which there are services deliver them.
 * A program of the register: "ID START..END APPROVED_FROM..APPROVED_TO", then perhaps "college_index=N"; by id, college and start.
 *     Days may be left out.
 * A participant-year: "YEAR: STATE ARM GRADE[ GAINED][ LEVEL]; ...", landmark first, then naive. GAINED only for those in:
 *     "-", "common", "other" or "both"; LEVEL where the learner has a dimension: "=24".
 * Changes of arm of a unit, of the term design where there are terms, else of landmark: "GAIN_DAYS: ARM DAYS, ...", "-" for none. A case with changes is
 *     looked at for these alone.
 * A unit of the term design: as a participant-year, of one design. Where there are terms and no years, years are not looked at.
 */
#ifndef SG_TEST_COHORT_LEARNER_H
#define SG_TEST_COHORT_LEARNER_H

#include <stdbool.h>
#include <stddef.h>

#include "skillgain/model.h"

typedef struct {
    const char *name; /* a sentence */
    const char *rows[8];
    const char *gains[8];
    const char *tests[8];
    const char *services[16];
    const char *programs[6];
    const char *years[8];
    const char *terms[6];
    const char *units[8];
    const char *changes[8];
    const char *others[5];     /* rows of another learner, who reaches no 12 hours */
    bool all_deliver_services; /* the colleges deliver services, of others too */
    const char *dimension;
    const char *as_of;     /* NULL: 2025-06-30 */
    bool colleges_stopped; /* the learner's rows are the last of the colleges */
    int grace_days;
    bool by_tests;                /* cohort.placement_by_tests */
    unsigned arms;                /* SG_GRADE_BIT_..., 0: all */
    unsigned common_types;        /* bits of sg_gain_type, 0: the default */
    const sg_yearly_rules *rules; /* NULL: 12 hours and 90 days in every year, else the rules shipped */
} learner_case;

typedef struct {
    learner_case *cases;
    size_t n;
} learner_table;

#define LEARNER_TABLE(cases)                                                                                 \
    {                                                                                                        \
        (cases), sizeof(cases) / sizeof((cases)[0])                                                          \
    }

extern const learner_table learners_pops, learners_hours, learners_years, learners_iet, learners_gains,
    learners_levels, learners_services, learners_register, learners_terms, learners_offers, learners_yearly,
    learners_placement, learners_changes;

void test_learner(void **state); /* *state: a learner_case */

#endif
