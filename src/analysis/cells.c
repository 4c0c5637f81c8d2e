/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cells.h"

#include <string.h>

enum { ARMS = 3 };

/* Of a group and arm: its size; of each outcome x, and where not all are known of n; the four parts of the any-type outcome. */
static size_t cells_of_arm(const sg_outcome_list *outcomes)
{
    return 1 + 2 * outcomes->n + 4;
}

static sg_arm_count arm_count(const sg_group_count *group, sg_arm_subset arm)
{
    sg_arm_count both = group->iet;

    if (arm == SG_ARM_IET)
        return group->iet;
    if (arm == SG_ARM_COMPARISON)
        return group->comparison;
    for (int g = 0; g < 4; g++)
        both.gained[g] += group->comparison.gained[g];
    for (int o = 0; o < SG_N_SHARE_OUTCOMES; o++) {
        both.known[o] += group->comparison.known[o];
        both.yes[o] += group->comparison.yes[o];
    }
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

/* Not everyone's answer may be known, or exist. */
static bool has_own_size(sg_outcome outcome)
{
    return outcome >= SG_OUTCOME_GAIN_GIVEN_TESTED;
}

static void add_outcome_cells(cell_writer *w, sg_outcome outcome, sg_arm_subset arm,
                              const sg_arm_count *count)
{
    const char *name = sg_outcome_text(outcome);

    if (has_own_size(outcome))
        add_cell(w, name, arm, SG_MEASURE_N, sg_arm_known(count, outcome));
    add_cell(w, name, arm, SG_MEASURE_X, sg_arm_x(count, outcome));
    if (outcome == SG_OUTCOME_MSG)
        add_parts(w, arm, count);
}

/* The cells of a group, arm by arm; outcome NULL: its sizes. */
static void add_group(cell_writer *w, const char *dimension, const char *level, const sg_group_count *group,
                      const sg_outcome *outcome)
{
    w->key.dimension = dimension;
    w->key.level = level;
    for (int arm = 0; arm < ARMS; arm++) {
        sg_arm_count count = arm_count(group, (sg_arm_subset)arm);

        if (outcome)
            add_outcome_cells(w, *outcome, (sg_arm_subset)arm, &count);
        else
            add_cell(w, "", (sg_arm_subset)arm, SG_MEASURE_N, sg_arm_n(&count));
    }
}

static void add_outcome(cell_writer *w, const sg_cohort *cohort, const sg_year_count *count,
                        const sg_outcome *outcome)
{
    add_group(w, "all", "all", &count->total, outcome);
    for (size_t d = 0; d < cohort->n_dimensions; d++)
        for (size_t l = 0; l < cohort->dimensions[d].n_levels; l++)
            add_group(w, cohort->dimensions[d].name, cohort->dimensions[d].levels[l].name,
                      &count->levels[d][l], outcome);
}

static void sort_by_name(sg_outcome_list *outcomes)
{
    for (size_t i = 1; i < outcomes->n; i++)
        for (size_t j = i;
             j > 0 && strcmp(sg_outcome_text(outcomes->all[j - 1]), sg_outcome_text(outcomes->all[j])) > 0;
             j--) {
            sg_outcome later = outcomes->all[j - 1];

            outcomes->all[j - 1] = outcomes->all[j];
            outcomes->all[j] = later;
        }
}

/* The sizes first, then the outcomes in the order of their names' bytes. */
sg_status sg_cells_make(const sg_cohort *cohort, const sg_outcome_list *outcomes, const sg_year_count *counts,
                        size_t n, sg_results *results, sg_err *err)
{
    cell_writer w = {.results = results};
    sg_outcome_list by_name = *outcomes;
    size_t groups = 1;

    sort_by_name(&by_name);

    for (size_t d = 0; d < cohort->n_dimensions; d++)
        groups += cohort->dimensions[d].n_levels;
    results->cells = sg_arena_alloc(results->arena, n * groups * ARMS * cells_of_arm(outcomes) + 1,
                                    sizeof *results->cells);
    if (!results->cells)
        return sg_no_memory(err);
    for (size_t i = 0; i < n; i++) {
        if (!counts[i].closed)
            continue;
        w.key.program_year = counts[i].program_year;
        w.key.college = results->facts.college;
        w.key.variant = sg_design_text(counts[i].design);
        add_outcome(&w, cohort, &counts[i], NULL);
        for (size_t o = 0; o < by_name.n; o++)
            add_outcome(&w, cohort, &counts[i], &by_name.all[o]);
    }
    return SG_OK;
}
