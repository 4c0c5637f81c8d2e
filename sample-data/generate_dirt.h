/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Realistic dirt, planted beside the clean records so that no count of the truth moves: a damaged copy follows its clean
 * record, an earlier version precedes it, a stranger has too few hours to count, an unknown code stands where another
 * row of the spell gives the value. dirt.csv says where each piece is and what must become of it.
 */
#ifndef SKILLGAIN_GENERATE_DIRT_H
#define SKILLGAIN_GENERATE_DIRT_H

#include "generate_export.h"

typedef struct {
    sg_rng rngs[SG_KINDS];
    bool wanted;
    unsigned ghosts;       /* strangers so far */
    FILE *lists[SG_KINDS]; /* temporary; one an export, so that dirt.csv is in order of file and line */
    int n_shown[SG_KINDS]; /* kinds of dirt that have had their first showing */
    long counts[SG_KINDS];
} sg_dirt;

bool sg_dirt_open(sg_dirt *dirt, uint64_t seed, bool wanted); /* false: no temporary file */
void sg_dirt_close(sg_dirt *dirt);

/* Writes the record, and perhaps dirt with it. first: the first record of its spell, which must stay whole. */
void sg_dirt_write(sg_dirt *dirt, sg_export *export, const sg_record *record, bool first);
void sg_dirt_total(sg_dirt *dirt, sg_export *export, long long hours);
bool sg_dirt_list(sg_dirt *dirt, FILE *file);

/* The id of the learner or stranger with this index: a permutation of the eight-digit numbers. */
int sg_number_of(unsigned index);

#endif
