/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the adjusted estimates of a prepared table have in common: which standard error leads, and what a fit has to be told of. */
#ifndef SKILLGAIN_SRC_ANALYSIS_COMPARE_INFERENCE_H
#define SKILLGAIN_SRC_ANALYSIS_COMPARE_INFERENCE_H

#include "comparison.h"

/* Enough clusters with both arms for the jackknife over them (6 of them, and IET learners spread as over 4 equal ones); else the standard
 * error of single learners leads, and the estimate is a small sample. */
typedef struct {
    bool has_clusters, jackknife;
    bool of_arms; /* the fit is that of the score: what may be separated are the arms, not the outcomes */
} sg_compare_inference;
sg_status sg_compare_find_inference(sg_comparison *c, sg_compare_inference *out) SG_MUST_CHECK;

/* The jackknife's figure; where it could not do without a cluster, the note says without which. */
sg_status sg_compare_name_cluster(sg_comparison *c, sg_figure *figure, size_t failed) SG_MUST_CHECK;

/* A row of an adjusted estimate with its covariates; few clusters, Firth's fit and few events by columns are noted and make it a small
 * sample where they should. */
sg_status sg_compare_add_adjusted(sg_comparison *c, sg_compare_place place, const char *estimand,
                                  const char *method, const sg_figure *figure, const sg_fit_report *fit,
                                  const sg_compare_inference *inference) SG_MUST_CHECK;

#endif
