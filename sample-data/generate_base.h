/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Days and random numbers for the sample generator. The generator is an independent party: it shares no code with
 * the library, so that its truth can contradict the analysis.
 */
#ifndef SKILLGAIN_GENERATE_BASE_H
#define SKILLGAIN_GENERATE_BASE_H

#include <limits.h>
#include <stdbool.h>
#include <stdint.h>

#define SG_NONE INT_MIN /* no date, no code, no number */

/* Days since 1970-01-01, proleptic Gregorian; the date must be on the calendar. */
int sg_day_of(int year, int month, int day);
void sg_day_split(int day, int *year, int *month, int *day_of_month);
int sg_year_of_program(int day);        /* 1 July to 30 June, named by its first year */
int sg_program_first(int program_year); /* its 1 July */
int sg_program_last(int program_year);  /* its 30 June */
int sg_age_at(int birth, int day);      /* 29 February comes of age on 1 March in common years */

static inline int sg_earlier(int a, int b)
{
    return a < b ? a : b;
}

static inline int sg_later(int a, int b)
{
    return a > b ? a : b;
}

typedef struct {
    uint64_t s[4];
} sg_rng; /* xoshiro256**, seeded by splitmix64 */

/* Streams of one seed are independent: each learner has its own, so a learner is the same in a sample of any size. */
void sg_rng_seed(sg_rng *rng, uint64_t seed, uint64_t stream);
double sg_rng_unit(sg_rng *rng);                    /* in (0, 1) */
int sg_rng_between(sg_rng *rng, int low, int high); /* both included */
bool sg_rng_chance(sg_rng *rng, double probability);
double sg_rng_exponential(sg_rng *rng);                             /* mean 1 */
int sg_rng_pick(sg_rng *rng, const double *weights, int n_weights); /* weights need not sum to 1 */

#endif
