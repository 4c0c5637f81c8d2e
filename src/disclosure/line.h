/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The lines of a one-way table by arm: a level's participant-years, with and without the outcome, in each arm.
 */
#ifndef SKILLGAIN_SRC_DISCLOSURE_LINE_H
#define SKILLGAIN_SRC_DISCLOSURE_LINE_H

#include "skillgain/model.h"

enum { SG_SIDE_N, SG_SIDE_X, SG_SIDE_F, SG_N_SIDES };
enum { SG_LINE_IET, SG_LINE_COMPARISON, SG_N_LINE_ARMS };

/* Counts by arm and side: participant-years, those with the outcome, those without. */
typedef struct {
    int64_t count[SG_N_LINE_ARMS][SG_N_SIDES];
    bool hidden;
} sg_line;

/* Reads the line of a level (dimension "all", level "all": the totals) of a year, outcome and variant; hidden where its counts
 * are masked. False where the results have no such cells. */
bool sg_line_read(const sg_results *results, int program_year, const char *variant, const char *outcome,
                  const char *dimension, const char *level, sg_line *out);

/* Participant-years of both arms. */
int64_t sg_line_size(const sg_line *line);

#endif
