/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Enrollment rows that count: which of a learner's stored rows are part of a period of participation, and on which days
 * (design.md section 6, Counting 1).
 */
#ifndef SG_COHORT_ROW_H
#define SG_COHORT_ROW_H

#include "skillgain/config.h"
#include "skillgain/store.h"

/* What an enrollment gives: its whole span with its hours, or where services of it were delivered, the days of one of them. */
typedef struct {
    const sg_stored_enrollment *row;
    sg_day first, last;  /* its days, both included, cut to the delivery's cut-off and the as-of date */
    int64_t hours;       /* 10^-9 hours */
    int64_t spread_days; /* the hours are spread equally over so many days from the first */
    bool hours_as_given; /* the export has no hours: enrollment is taken as participation */
    bool is_open;        /* the enrollment has no end, or one that is not known of yet */
    bool
        goes_on; /* it gives days to a later PoP, too (sg_pop_first sets it where its days end with the PoP) */
    sg_day range_first,
        range_last; /* of all that the enrollment gives to the same PoP (sg_pop_first sets it) */
} sg_counted_row;

/* Of an enrollment or, the last three, as far as services decide (service.h, participation.h). */
typedef enum {
    SG_ROW_COUNTS,
    SG_ROW_WITHOUT_HOURS,
    SG_ROW_AFTER_CUTOFF,
    SG_ROW_IMPOSSIBLE,
    SG_ROW_BY_SERVICES,       /* an enrollment that counts by the days and hours of its services */
    SG_ROW_NEVER_CAME,        /* neither hours nor services, at a college that delivers services */
    SG_ROW_WITHOUT_ENROLLMENT /* a service that belongs to no enrollment */
} sg_row_verdict;

/* The enrollment as a whole. Writes *out for SG_ROW_COUNTS only. SG_ROW_IMPOSSIBLE: it ends before it starts, which no import lets in. */
sg_row_verdict sg_row_count(const sg_stored_enrollment *row, sg_day as_of, const sg_config *config,
                            sg_counted_row *out);

/* 10^-9 hours that make a participant of who begins on the day. */
int64_t sg_participant_hours(const sg_config *config, sg_day first);

/* The last day on which anything of the enrollment can be known of. */
sg_day sg_row_horizon(const sg_stored_enrollment *row, sg_day as_of);

/* The day on which the learner completed the program that the row is of: SG_DAY_NONE where the row has none, one before its start or behind both
 * its end and its exit date (R328, R329), or one that is not known of yet. */
sg_day sg_row_completion(const sg_stored_enrollment *row, sg_day as_of);

/* A day that the row has a value for, SG_DAY_NONE where it is blank. */
sg_day sg_stored_row_day(const sg_stored_enrollment *row, sg_enrollment_field field);

#endif
