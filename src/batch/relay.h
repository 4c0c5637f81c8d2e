/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Relay: a sink that hands what it is given to another one on a thread of its own, in the same order, so that a file is read and
 * written at the same time. What the other sink makes of it is the same as without; its first failure is told at the next call.
 */
#ifndef SG_BATCH_RELAY_H
#define SG_BATCH_RELAY_H

#include "skillgain/base.h"
#include "skillgain/model.h"

typedef struct sg_relay sg_relay;

/* The inner sink outlives the relay; its begin, known, known_by_key and unwanted are called on the caller's thread, all others on the
 * relay's. */
sg_status sg_relay_new(const sg_sink *inner, sg_relay **out, sg_err *err) SG_MUST_CHECK;
sg_sink sg_relay_sink(sg_relay *relay);
/* Waits until everything was handed on; the first failure, if there was one. */
sg_status sg_relay_finish(sg_relay *relay, sg_err *err) SG_MUST_CHECK;
void sg_relay_free(sg_relay *relay); /* finishes first */
SG_DEFINE_CLEANUP(sg_relay, sg_relay, sg_relay_free)

#endif
