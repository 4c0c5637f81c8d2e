/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Private to store: the rows of a learner other than enrollments, which are small enough to wait for their order as they are: how each
 * kind is made of a row, and in which order a learner's stand.
 */
#ifndef SG_STORE_EVENT_H
#define SG_STORE_EVENT_H

#include "skillgain/store/learner.h"
#include "store/lexicon.h"
#include "store/reach.h"
#include "store/rows.h"

/* The kinds of such rows, in the order of sg_kind. */
#define SG_FIRST_EVENT_KIND SG_KIND_GAIN
enum { SG_N_EVENT_KINDS = SG_KIND_OUTCOME - SG_KIND_GAIN + 1 };

typedef union {
    sg_stored_gain gain;
    sg_stored_test test;
    sg_stored_service service;
    sg_stored_outcome outcome;
} sg_event;

size_t sg_event_size(sg_kind kind);

/* The row at hand, without its order. */
sg_status sg_event_take(const sg_rows *rows, sg_batch_reach known, sg_lexicon *lexicon, sg_event *out,
                        sg_err *err) SG_MUST_CHECK;

void sg_event_set_order(sg_kind kind, void *event, uint64_t order);

/* Sorts n events of one kind and learner. */
void sg_event_sort(sg_kind kind, void *events, size_t n);

#endif
