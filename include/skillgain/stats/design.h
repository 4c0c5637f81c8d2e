/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Section 10.3, 10.5, 10.6: what differences learners in clusters (colleges) can show. */
#ifndef SKILLGAIN_STATS_DESIGN_H
#define SKILLGAIN_STATS_DESIGN_H

#include "skillgain/stats/figure.h"

/* 10.3 The least differences that a study of this size would find with this power, above and below p0: p1 - p0 where Phi((|p1-p0| - z s0)/s) is the power, s0 the pooled
 * and s the unpooled s.e.; NaN where no p1 in (0, 1) has it. h: (z + z_power) sqrt(1/n1 + 1/n0). alpha is two-sided. Not for the power of
 * what was found. */
typedef struct {
    double up, down, h;
    sg_estimate_status status;
    const char *note;
} sg_detectable;
sg_detectable sg_detectable_difference(double p0, int64_t n1, int64_t n0, double alpha, double power);

/* J colleges of n learners each, the share P of them in IET: rho the intra-class correlation, omega the share of the variance between colleges that
 * lies in their differences, R1, R2 the variance explained among learners and among colleges. */
typedef struct {
    double colleges, per_college, share_iet, rho, omega, r2_learners, r2_colleges;
} sg_cluster_design;

/* In standard deviations. IET and comparison in each college: M sqrt(rho omega (1-R2)/J + (1-rho)(1-R1)/(P(1-P) J n)), M = t_{1-alpha/2} + t_power with J-1 degrees of
 * freedom; whole colleges assigned: M sqrt(rho(1-R2)/(P(1-P) J) + (1-rho)(1-R1)/(P(1-P) J n)) with J-2. design_effect 1 + (n-1) rho. NaN: too few colleges, or
 * a share outside (0, 1). Bloom 2006; Dong, Maynard 2013. */
typedef struct {
    double within_colleges, colleges_assigned, design_effect;
} sg_detectable_clustered;
sg_detectable_clustered sg_detectable_in_colleges(const sg_cluster_design *design, double alpha,
                                                  double power);

/* 10.5 One-way analysis of variance over n_clusters clusters, cluster[i] < n_clusters being that of values[i]: n0 = (N - sum n_g^2/N)/(k-1), icc = (MSB -
 * MSW)/(MSB + (n0-1) MSW), design effect 1 + (n0-1) max(0, icc); mean and coefficient of variation (n-1) of the clusters' sizes. Fewer than two clusters with
 * learners, or no learner beyond one in each; no variation at all: not estimable. SG_NO_MEMORY. */
typedef struct {
    double clusters, n0, between, within, icc, design_effect, mean_size, cv_size;
    sg_estimate_status status;
    const char *note;
} sg_intraclass;
sg_status sg_intraclass_correlation(const double *values, const size_t *cluster, size_t n, size_t n_clusters,
                                    sg_intraclass *out, sg_err *err) SG_MUST_CHECK;

/* 10.6 A comparison that was reported as if its learners were not in m clusters: t = g sqrt(n1 n0/N), n = N/m, corrected t sqrt([(N-2) - 2(n-1) rho]/[(N-2)(1 +
 * (n-1) rho)]) with h = [(N-2) - 2(n-1) rho]^2/[(N-2)(1-rho)^2 + n(N-2n) rho^2 + 2(N-2n) rho (1-rho)] degrees of freedom. Hedges 2007, JEBS 32:151; WWC
 * Handbook 5.0. */
typedef struct {
    sg_test corrected; /* method "welch" */
    double t_naive;
} sg_cluster_correction;
sg_cluster_correction sg_correct_for_clusters(double g, int64_t n1, int64_t n0, double clusters, double rho);

#endif
