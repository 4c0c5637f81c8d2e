/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * batch, waiting: deliveries that are not in use and wait for a person, in the words in which every command tells of them.
 */
#ifndef SKILLGAIN_BATCH_WAITING_H
#define SKILLGAIN_BATCH_WAITING_H

#include "skillgain/base.h"
#include "skillgain/model.h"

typedef struct sg_workspace sg_workspace; /* configuration, key, lock, open store */

/* A held or refused file that no later one has taken the place of. */
typedef struct {
    sg_batch batch;
    bool has_in_use;  /* an earlier delivery of its kind is in use */
    const char *what; /* that it waits, and what figures are made from meanwhile */
    const char *way;  /* what a person can do */
} sg_waiting;

/* The newest of each kind, and of those whose header told none; texts in the arena. */
sg_status sg_batch_waiting(const sg_workspace *workspace, sg_arena *arena, sg_waiting **out, size_t *out_n,
                           sg_err *err) SG_MUST_CHECK;

#endif
