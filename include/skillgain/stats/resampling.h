/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Section 12: bootstrap and permutation, the same on every machine and for any number of threads: replicate r (from 0) of an analysis has a generator of its own. State = (master XOR
 * FNV-1a-64 of the analysis's id) + (r+1) 0x9E3779B97F4A7C15; z = state; z = (z^(z>>30)) 0xBF58476D1CE4E5B9; z = (z^(z>>27)) 0x94D049BB133111EB; z ^= z>>31; seed = z>>32, 1 where that
 * is 0, of GSL's mt19937. Draws by gsl_rng_uniform_int, shuffles by gsl_ran_shuffle. Learners and clusters come in canonical order.
 */
#ifndef SKILLGAIN_STATS_RESAMPLING_H
#define SKILLGAIN_STATS_RESAMPLING_H

#include "skillgain/stats/amounts.h"
#include "skillgain/stats/stratified.h"

typedef struct {
    uint64_t master;
    const char *analysis_id;
} sg_stream;

uint64_t sg_stream_hash(const char *analysis_id); /* FNV-1a, 64 bits */
uint32_t sg_stream_seed(const sg_stream *stream, uint64_t replicate);

/* What the generator of a replicate gives: n_raw numbers, then n_below ones below `below`, then the shuffled order of n_order things. SG_NO_MEMORY. */
typedef struct {
    uint32_t *raw, *below_values, *order;
    size_t n_raw, n_below, n_order;
    uint32_t below;
} sg_stream_draws;
sg_status sg_stream_draw(const sg_stream *stream, uint64_t replicate, const sg_stream_draws *draws,
                         sg_err *err) SG_MUST_CHECK;

/* Percentile limits: the order statistics (B+1)q, linear between neighbours, clamped to 1..B. BCa: z0 = Phi^-1((below + equal/2)/B), equal within 1e-12; acceleration sum d^3/(6 (sum
 * d^2)^1.5), d = mean - value of the leave-one-out estimates; q' = Phi(z0 + (z0 + z_q)/(1 - a(z0 + z_q))). All replicates on one side, or leave-one-out estimates that are all equal: no
 * BCa. A replicate without one of the arms is drawn again from its own generator, and counted; above 1 %: not estimable. Too short by design with few colleges: a check
 * beside the jackknife. Efron 1987, JASA 82:171. */
typedef struct {
    double estimate, mean, std_error, low, high;
    double z0, acceleration, bca_low_at, bca_high_at, bca_low, bca_high;
    size_t redrawn;
    sg_estimate_status status;
    const char *note;
} sg_bootstrap;

/* 12.2 The risk difference, whole clusters drawn: as many as there are, of all. values: a place for each replicate, filled in their order. Fewer than two
 * clusters, or replicates: not estimable. */
sg_status sg_bootstrap_clusters(const sg_stratum *clusters, size_t n, const sg_stream *stream, double conf,
                                double *values, size_t n_values, sg_bootstrap *out,
                                sg_err *err) SG_MUST_CHECK;

/* 12.3 The difference of means (rates, of values 0 and 1): n1 draws among IET, then n0 among the comparison. Fewer than two in an arm: not estimable. */
sg_status sg_bootstrap_arms(sg_sample y1, sg_sample y0, const sg_stream *stream, double conf, double *values,
                            size_t n_values, sg_bootstrap *out, sg_err *err) SG_MUST_CHECK;

/* 12.4 The difference of Mantel and Haenszel (2.2) with the arms of each stratum shuffled, strata in the order of their numbers, those with one arm left out; y 0
 * or 1. p = (1 + count)/(B+1), count those with |T*| >= |T| - 1e-12; error sqrt(p(1-p)/(B+1)). 2.4b is its exact limit. No stratum with both arms: not
 * estimable. */
typedef struct {
    double statistic, count, p, error;
    sg_estimate_status status;
    const char *note;
} sg_permutation;
typedef struct {
    const double *y;
    const bool *iet;
    const size_t *strata; /* below n_strata */
    size_t n, n_strata;
} sg_labelled;
sg_status sg_permutation_test(const sg_labelled *learners, const sg_stream *stream, double *values,
                              size_t n_values, sg_permutation *out, sg_err *err) SG_MUST_CHECK;

#endif
