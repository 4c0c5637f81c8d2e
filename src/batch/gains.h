/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Gains: whether an export keeps every gain of a learner or only the latest one, which can't show the outcome msg_common (design.md
 * section 3.1). It is told by the learners who have two gains in one program year.
 */
#ifndef SG_BATCH_GAINS_H
#define SG_BATCH_GAINS_H

#include "skillgain/model.h"

typedef struct {
    uint64_t learner; /* and program year; 0: free */
    sg_day day;       /* of the first gain */
    bool several;     /* on different days */
} sg_gain_year;

/* Zero-initialise; 16 bytes and a half a learner and program year. */
typedef struct {
    sg_gain_year *slots; /* a hash table; its size is a power of two */
    size_t n_slots;
    int64_t n;         /* learners and program years */
    int64_t n_again;   /* rows beyond the first of each */
    int64_t n_several; /* learners and program years with gains on different days */
} sg_gain_years;

void sg_gain_years_release(sg_gain_years *years);
sg_status sg_gain_years_add(sg_gain_years *years, const sg_pseudonym *learner, sg_day day,
                            sg_err *err) SG_MUST_CHECK;

/* What a delivery of gains says of its crosswalk's key `gains`: the finding (its rule NULL: none; its detail in `detail`). */
enum { SG_GAINS_DETAIL = 96 };
void sg_gains_judge(const sg_gain_years *years, const sg_batch *batch, char detail[SG_GAINS_DETAIL],
                    sg_finding *out);
/* Why a finding of the two holds its file; "" where it does not. */
const char *sg_gains_hold(const sg_finding *finding);

#endif
