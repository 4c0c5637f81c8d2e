/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Levels: in which level of each configured dimension a participant-year is at its time zero (Counting 9). Built-in dimensions
 * come with their levels; those of a dimension that a crosswalk made are found while the learners pass, and sorted at the end.
 */
#ifndef SG_COHORT_LEVEL_H
#define SG_COHORT_LEVEL_H

#include "pop.h"
#include "skillgain/config.h"

typedef struct sg_levels sg_levels;

sg_status sg_levels_new(const sg_config *config, sg_levels **out, sg_err *err) SG_MUST_CHECK;
void sg_levels_free(sg_levels *levels);

size_t sg_levels_dimensions(const sg_levels *levels);

/* A delivered row passes, counted or not: which further dimensions there are at all. */
sg_status sg_levels_note(sg_levels *levels, const sg_stored_enrollment *row, sg_err *err) SG_MUST_CHECK;

/* The level in a built-in dimension that is none of overlapping groups: that of the PoP's first row with a value that starts on or before
 * the day; an entering level that none gives is that of tests by the day (placement.h); 0: none. */
uint8_t sg_pop_level(const sg_pop *pop, const sg_dimension *dimension, sg_day day);

/* The level by dimension, from the first row with a value that starts on or before the day: places in order of their finding
 * for dimensions that a crosswalk made. */
sg_status sg_levels_at(sg_levels *levels, const sg_pop *pop, sg_day day, uint8_t *out_levels,
                       sg_err *err) SG_MUST_CHECK;

/* The level in one dimension (its place) that is none of overlapping groups, and the PoP's row that it is from; *out_row n_rows: none,
 * or a level above 0 is from tests. */
sg_status sg_levels_from(sg_levels *levels, size_t dimension, const sg_pop *pop, sg_day day,
                         uint8_t *out_level, size_t *out_row, sg_err *err) SG_MUST_CHECK;

/* The dimensions in the arena, with all levels. Fails (SG_USAGE) on a configured dimension that is nowhere. */
sg_status sg_levels_finish(sg_levels *levels, sg_arena *arena, const sg_dimension **out,
                           sg_err *err) SG_MUST_CHECK;

/* The place among the sorted levels of one that sg_levels_at gave; after sg_levels_finish. */
uint8_t sg_levels_sorted(const sg_levels *levels, size_t dimension, uint8_t level);

#endif
