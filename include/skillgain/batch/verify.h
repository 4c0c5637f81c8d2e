/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Reference values computed anew: does this installation compute what it says? Each entry of a set goes through the functions that reports
 * use, and every value is compared within the entry's own tolerance.
 */
#ifndef SKILLGAIN_BATCH_VERIFY_H
#define SKILLGAIN_BATCH_VERIFY_H

#include "skillgain/base.h"

typedef struct {
    const char *section; /* "2.4b": how the methods of its entries begin */
    size_t n_entries, n_agree, n_unclaimed, n_values;
    double
        largest; /* deviation of a number, in units of its tolerance; infinite: one that must be exact is not */
} sg_verify_section;

/* An entry that disagrees, one that no function claims, or (is_corrected) one whose value is off by its own equation. */
typedef struct {
    const char *id, *method, *message;
    bool is_unclaimed, is_corrected;
} sg_verify_finding;

typedef struct {
    sg_verify_section *sections; /* in the order of the set */
    size_t n_sections;
    sg_verify_finding *findings;
    size_t n_findings, n_entries, n_agree, n_values;
} sg_verify_report;

/* The set in `folder` (expected.json and data/), NULL: the one that is part of the program. *out in the arena. An entry that can't be read
 * or computed is a finding; SG_FAILED only where the set itself can't be read. */
sg_status sg_verify(const char *folder, sg_arena *arena, sg_verify_report *out, sg_err *err) SG_MUST_CHECK;

#endif
