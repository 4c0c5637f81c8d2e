/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A cohort made by hand, with a configuration to analyse it by: two dimensions, two colleges, and as many participant-years
 * of a kind as a test wants. Whatever goes wrong here fails the test.
 */
#ifndef SG_TEST_SUPPORT_MADE_COHORT_H
#define SG_TEST_SUPPORT_MADE_COHORT_H

#include "skillgain/cohort.h"

/* Levels of `hue`, in an order that is not that of their bytes; nobody need be in one. */
enum { SG_HUE_UNKNOWN, SG_HUE_CYAN, SG_HUE_AMBER, SG_HUE_BLUE, SG_HUE_DUN, SG_N_HUES };
/* Levels of `coast`: "unknown", "east", "sea/land". */
enum { SG_COAST_UNKNOWN, SG_COAST_EAST, SG_COAST_SEA, SG_N_COASTS };
enum { SG_MADE_HUE, SG_MADE_COAST, SG_MADE_DIMENSIONS };
/* landmark and naive: it has no terms */
enum { SG_MADE_DESIGNS = 2 };
enum { SG_MADE_MAX_ROWS = 4000, SG_MADE_MAX_REFERENCES = 3 };

/* A participant-year in one design; all zero: in the population, in neither arm, no gain, levels unknown. */
typedef struct {
    sg_cohort_state state;
    sg_iet_grade grade;
    sg_arm arm;
    unsigned gained; /* SG_GAINED_... */
    uint8_t hue, coast;
} sg_made_row;

typedef struct {
    sg_cohort cohort; /* its arena is the cohort's own */
    int16_t *program_year;
    uint16_t *college;
    sg_config config; /* no agency, landmark 30 days, 95 %, all_others, msg_common and msg */
    sg_reference_choice references[SG_MADE_MAX_REFERENCES];
} sg_made;

/* An empty one, as of 30 June 2024. */
sg_made *sg_made_new(void);
void sg_made_free(sg_made *made);

/* n participant-years, alike in both designs. Years are added in ascending order. */
void sg_made_add(sg_made *made, size_t n, int program_year, int college, sg_made_row row);
/* n participant-years with a row of their own in each design. */
void sg_made_add_two(sg_made *made, size_t n, int program_year, int college, sg_made_row landmark,
                     sg_made_row naive);
/* n participant-years of an arm and hue in 2023, x of them with a common gain, all of college 0 and coast east. */
void sg_made_add_group(sg_made *made, sg_arm arm, uint8_t hue, size_t x, size_t n);

/* Sets the reference of a dimension ("": the general one). */
void sg_made_refer(sg_made *made, const char *dimension, const char *reference);

#endif
