/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cells.h"

enum {
    ARMS = 3,
    /* of a group and arm: n; x of each outcome; the four parts of the any-type outcome */
    CELLS_OF_ARM = 1 + SG_N_OUTCOMES + 4
};

static sg_arm_count arm_count(const sg_group_count *group, sg_arm_subset arm)
{
    sg_arm_count both = group->iet;

    if (arm == SG_ARM_IET)
        return group->iet;
    if (arm == SG_ARM_COMPARISON)
        return group->comparison;
    for (int g = 0; g < 4; g++)
        both.gained[g] += group->comparison.gained[g];
    return both;
}

typedef struct {
    sg_results *results;
    sg_cell key; /* program_year, college, variant, dimension, level */
} cell_writer;

static void add_cell(cell_writer *w, const char *outcome, sg_arm_subset arm, sg_measure measure,
                     int64_t count)
{
    sg_cell *cell = &w->results->cells[w->results->n_cells++];

    *cell = w->key;
    cell->outcome = outcome;
    cell->arm = arm;
    cell->measure = measure;
    cell->count = count;
}

static void add_parts(cell_writer *w, sg_arm_subset arm, const sg_arm_count *count)
{
    const char *msg = sg_outcome_text(SG_OUTCOME_MSG);

    add_cell(w, msg, arm, SG_MEASURE_COMMON_ONLY, count->gained[SG_GAINED_COMMON]);
    add_cell(w, msg, arm, SG_MEASURE_BOTH, count->gained[SG_GAINED_COMMON | SG_GAINED_OTHER]);
    add_cell(w, msg, arm, SG_MEASURE_OTHER_ONLY, count->gained[SG_GAINED_OTHER]);
    add_cell(w, msg, arm, SG_MEASURE_NO_GAIN, count->gained[0]);
}

/* The cells of a group and outcome, arm by arm; those of outcome "" are its sizes. */
static void add_group(cell_writer *w, const char *dimension, const char *level, const sg_group_count *group,
                      const char *outcome)
{
    w->key.dimension = dimension;
    w->key.level = level;
    for (int arm = 0; arm < ARMS; arm++) {
        sg_arm_count count = arm_count(group, (sg_arm_subset)arm);

        if (!*outcome) {
            add_cell(w, "", (sg_arm_subset)arm, SG_MEASURE_N, sg_arm_n(&count));
            continue;
        }
        for (int o = 0; o < SG_N_OUTCOMES; o++)
            if (outcome == sg_outcome_text((sg_outcome)o))
                add_cell(w, outcome, (sg_arm_subset)arm, SG_MEASURE_X, sg_arm_x(&count, (sg_outcome)o));
        if (outcome == sg_outcome_text(SG_OUTCOME_MSG))
            add_parts(w, (sg_arm_subset)arm, &count);
    }
}

static void add_outcome(cell_writer *w, const sg_cohort *cohort, const sg_year_count *count,
                        const char *outcome)
{
    add_group(w, "all", "all", &count->total, outcome);
    for (size_t d = 0; d < cohort->n_dimensions; d++)
        for (size_t l = 0; l < cohort->dimensions[d].n_levels; l++)
            add_group(w, cohort->dimensions[d].name, cohort->dimensions[d].levels[l].name,
                      &count->levels[d][l], outcome);
}

/* The sizes first, then the outcomes in the order of their names' bytes. */
static void add_year(cell_writer *w, const sg_cohort *cohort, const sg_year_count *count)
{
    static const sg_outcome by_name[SG_N_OUTCOMES] = {SG_OUTCOME_MSG, SG_OUTCOME_MSG_COMMON};

    add_outcome(w, cohort, count, "");
    for (size_t o = 0; o < SG_N_OUTCOMES; o++)
        add_outcome(w, cohort, count, sg_outcome_text(by_name[o]));
}

sg_status sg_cells_make(const sg_cohort *cohort, const sg_year_count *counts, size_t n, sg_results *results,
                        sg_err *err)
{
    cell_writer w = {.results = results};
    size_t groups = 1;

    for (size_t d = 0; d < cohort->n_dimensions; d++)
        groups += cohort->dimensions[d].n_levels;
    results->cells = sg_arena_alloc(results->arena, n * groups * ARMS * CELLS_OF_ARM + 1,
                                    sizeof *results->cells);
    if (!results->cells)
        return sg_no_memory(err);
    for (size_t i = 0; i < n; i++) {
        if (!counts[i].closed)
            continue;
        w.key.program_year = counts[i].program_year;
        w.key.college = results->facts.college;
        w.key.variant = sg_design_text(counts[i].design);
        add_year(&w, cohort, &counts[i]);
    }
    return SG_OK;
}
