/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the sample generator knows of a made-up state, in plain numbers: its own types have the names of the library's. */
#ifndef SG_BENCH_COVERAGE_H
#define SG_BENCH_COVERAGE_H

#include <stdbool.h>
#include <stdint.h>

/* level, education, employment, age band, sex, race and ethnicity, then the flags */
enum { COVERAGE_CATEGORIES = 6, COVERAGE_FLAGS = 8, COVERAGE_COLLEGES = 16, COVERAGE_YEAR = 2024 };

/* A learner whom the landmark design follows in program year COVERAGE_YEAR. */
typedef struct {
    int college;
    bool iet, gained;       /* a like-for-like gain in the follow-up */
    double expected, never; /* its probability as the arm was, and had IET never come */
    int categories[COVERAGE_CATEGORIES];
    bool flags[COVERAGE_FLAGS];
} coverage_unit;

typedef void coverage_take(void *context, const coverage_unit *unit);

/* Draws a state from a seed; each college's rate of gains is multiplied by exp(N(0, spread)). */
void coverage_draw(uint64_t seed, unsigned learners, double spread, coverage_take *take, void *context);

#endif
