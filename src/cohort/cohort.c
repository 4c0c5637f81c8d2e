/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "skillgain/cohort.h"

const char *sg_design_text(sg_design design)
{
    static const char *const texts[SG_N_DESIGNS] = {
        [SG_DESIGN_LANDMARK] = "landmark", [SG_DESIGN_NAIVE] = "naive", [SG_DESIGN_TERM] = "term"};
    return texts[design];
}

const char *sg_cohort_state_id(sg_cohort_state state)
{
    static const char *const ids[SG_N_COHORT_STATES] = {
#define STATE_ID(name, id, text) id,
        SG_COHORT_STATE_LIST(STATE_ID)
#undef STATE_ID
    };
    return ids[state];
}

const char *sg_cohort_state_text(sg_cohort_state state)
{
    static const char *const texts[SG_N_COHORT_STATES] = {
#define STATE_TEXT(name, id, text) text,
        SG_COHORT_STATE_LIST(STATE_TEXT)
#undef STATE_TEXT
    };
    return texts[state];
}

const char *sg_iet_grade_text(sg_iet_grade grade)
{
    static const char *const texts[SG_N_GRADES] = {
        [SG_GRADE_NONE] = "none",           [SG_GRADE_CLAIMED] = "claimed",
        [SG_GRADE_SUPPORTED] = "supported", [SG_GRADE_CONFIRMED] = "confirmed",
        [SG_GRADE_UNKNOWN] = "unknown",
    };
    return texts[grade];
}

unsigned sg_gained_of(sg_outcome_bits bits)
{
    return bits >> SG_GAINED_SHIFT & SG_GAINED_MASK;
}

sg_design sg_cohort_headline(const sg_cohort *cohort)
{
    return cohort->n_designs > SG_DESIGN_TERM ? SG_DESIGN_TERM : SG_DESIGN_LANDMARK;
}

void sg_cohort_free(sg_cohort *cohort)
{
    if (cohort != NULL)
        sg_arena_free(cohort->arena);
}
