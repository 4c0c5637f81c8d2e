/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sums of squared scores, by learner and by cluster, for logits and least squares alike. */
#ifndef SKILLGAIN_SRC_STATS_ROBUST_H
#define SKILLGAIN_SRC_STATS_ROBUST_H

#include "fit.h"

/* Of one learner of row i: w (1 - mu) with the outcome, -w mu without. */
typedef struct {
    double with, without;
} sg_residuals;
static inline sg_residuals sg_fit_residuals(const sg_fit *fit, const sg_design *design, size_t i)
{
    return (sg_residuals){design->weight[i] * (1.0 - fit->mu[i]), -design->weight[i] * fit->mu[i]};
}

/* The leverage of one learner of each row. */
void sg_fit_leverages(const sg_fit *fit, const sg_design *design, double *out);

/* sum s s' over learners, s divided by 1 - h where by_leverage: n_columns by n_columns. The arena is scratch. */
sg_status sg_meat_learners(const sg_fit *fit, const sg_design *design, sg_response response, bool by_leverage,
                           sg_arena *arena, double *out, sg_err *err) SG_MUST_CHECK;

/* Adds to out, n_clusters lines of n_columns, the scores of each cluster. */
void sg_cluster_scores(const sg_fit *fit, const sg_design *design, sg_response response, double *out);

/* sum S S' over the clusters. */
void sg_meat_clusters(const double *scores, size_t n_clusters, size_t n_columns, double *out);

/* How many clusters have learners in the response. */
sg_status sg_clusters_present(const sg_design *design, sg_response response, sg_arena *arena, size_t *out,
                              sg_err *err) SG_MUST_CHECK;

/* out = factor B M B; scratch of n_columns by n_columns. */
void sg_sandwich(const double *bread, const double *meat, size_t n_columns, double factor, double *scratch,
                 double *out);

/* The covariance of the coefficients from clusters: B (sum S S') B G/(G-1), in the arena; NULL in *out where there
 * are fewer than two. *out_g: G. */
sg_status sg_cluster_covariance(const sg_fit *fit, const sg_design *design, sg_response response,
                                sg_arena *arena, double **out, size_t *out_g, sg_err *err) SG_MUST_CHECK;

/* t with df degrees of freedom (infinite: normal): the two-sided p, and the quantile of a two-sided interval. */
double sg_t_p(double t, double df);
double sg_t_quantile(double conf, double df);

#endif
