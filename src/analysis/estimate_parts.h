/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What estimates are made of: rates, differences and gaps of groups, and the correction of a family of them.
 */
#ifndef SKILLGAIN_SRC_ANALYSIS_ESTIMATE_PARTS_H
#define SKILLGAIN_SRC_ANALYSIS_ESTIMATE_PARTS_H

#include "estimates.h"
#include "skillgain/stats.h"

/* What the estimates of one group have in common. */
typedef struct {
    const sg_estimate_task *task;
    sg_estimate_list *list;
    const char *outcome, *dimension, *level;
} sg_estimate_place;

sg_counts sg_group_of(const sg_group_count *count, sg_arm_subset subset, sg_outcome outcome);
int64_t sg_least(int64_t a, int64_t b);

sg_estimate *sg_add_at(const sg_estimate_place *p, sg_arm_subset subset); /* NULL: out of memory */
sg_status sg_add_rate(const sg_estimate_place *p, sg_arm_subset subset, sg_counts group,
                      sg_err *err) SG_MUST_CHECK;
/* Rates, differences and the test of one group. */
sg_status sg_add_group(const sg_estimate_place *p, const sg_group_count *count, sg_outcome outcome,
                       sg_err *err) SG_MUST_CHECK;

void sg_set_arms(sg_estimate *e, sg_counts iet, sg_counts comparison);

/* The estimates that are one family of p-values; NULL: any. */
typedef struct {
    const char *estimand, *outcome, *method, *subset;
    bool holm; /* else Benjamini and Hochberg */
    bool
        large_only; /* its p is of the normal law alone: small samples are no members, or theirs would lend others weight */
} sg_p_family;

/* Sets p_adjusted of those of the list from `first` on. */
sg_status sg_adjust_family(sg_estimate_list *list, size_t first, const sg_p_family *family,
                           sg_err *err) SG_MUST_CHECK;

/* The gaps of every level of dimension d, in each arm and in both, and the difference of the arms' gaps. */
sg_status sg_add_gaps(const sg_estimate_place *at, size_t d, sg_outcome outcome, sg_err *err) SG_MUST_CHECK;

/* Access: of the units compared, those in arm IET; of those with a program within reach; and who had one within reach at all. */
typedef enum {
    SG_ACCESS_IET,
    SG_ACCESS_IET_WITHIN_REACH,
    SG_ACCESS_WITHIN_REACH,
    SG_N_ACCESSES
} sg_access_kind;

extern const char *const sg_access_names[SG_N_ACCESSES];
sg_counts sg_access_counts(const sg_group_count *count, sg_access_kind kind);
/* How many of them can be told: reach needs the register. */
int sg_access_kinds(const sg_estimate_task *task);
/* The rate of every level of dimension d, and its gap to everyone else. */
sg_status sg_add_access(const sg_estimate_task *task, size_t d, sg_access_kind kind, sg_estimate_list *out,
                        sg_err *err) SG_MUST_CHECK;

#endif
