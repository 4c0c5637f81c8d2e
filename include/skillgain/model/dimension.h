/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Dimensions: what people are grouped by. Level 0 of each is `unknown`; it is a level like any other and never left out.
 */
#ifndef SKILLGAIN_MODEL_DIMENSION_H
#define SKILLGAIN_MODEL_DIMENSION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "skillgain/model/field.h"

typedef struct {
    const char *name;  /* "black" */
    const char *label; /* "Black or African American" */
} sg_level;

typedef struct {
    const char *name;       /* "race_ethnicity" */
    const char *label;      /* "Race and ethnicity" */
    const sg_level *levels; /* levels[0] is unknown */
    size_t n_levels;
} sg_dimension;

enum { SG_MAX_LEVELS = 255 };

/* A built-in dimension: levels made from one enrollment field (or, for race_ethnicity and age_band, by rule). NULL: none. */
const sg_dimension *sg_dimension_find(const char *name);
const sg_dimension *sg_dimensions(size_t *out_n);

/* The level of a row, by its typed fields (sg_record.number): 0 where the row has no value. `age_band` is made from
 * SG_ENROLLMENT_AGE; race_ethnicity: Hispanic yes outranks race; hispanic blank with a race marked is that race; more than one
 * race is two_or_more; none marked is unknown (design.md section 6, counting 9). */
uint8_t sg_dimension_level(const sg_dimension *dimension, const int64_t *number);

/*
 * An overlapping dimension: a person may be in several of its levels, each of which but the last is a group made of another dimension's
 * levels (`mission_group`: the groups that the mission names). Its level is a word of bits, bit i for level i + 1; the last level is
 * `none`: in no group, which must be known of each; 0: unknown. Its levels don't add up to everyone.
 */
bool sg_dimension_overlaps(const sg_dimension *dimension);

/* The dimension that the group of level i + 1 is made of; NULL behind the last group. */
const sg_dimension *sg_dimension_part(const sg_dimension *dimension, size_t i);
/* Is who is in this level of that dimension in the group? */
bool sg_dimension_part_holds(const sg_dimension *dimension, size_t i, uint8_t level);

/* Is a unit with this level (of an overlapping dimension: these bits) in level `at`? */
bool sg_dimension_holds(const sg_dimension *dimension, uint8_t level, size_t at);

#endif
