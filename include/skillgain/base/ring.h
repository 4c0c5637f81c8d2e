/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Ring: work in pieces, handed in order from the thread that makes it to another one that takes it. The pieces' places, numbered from
 * 0, are the caller's; it fills one, hands it over, and fills the next one, while those before are taken.
 */
#ifndef SKILLGAIN_BASE_RING_H
#define SKILLGAIN_BASE_RING_H

#include <stddef.h>

#include "skillgain/base/err.h"
#include "skillgain/base/mem.h"

typedef struct sg_ring sg_ring;

/* Takes the piece at a place, on the ring's thread. It is called for every piece, also after a failure, which it is told as `failed`:
 * then it only empties the place. */
typedef sg_status (*sg_ring_take)(void *context, size_t place, bool failed, sg_err *err);

/* n_places: 2 or more. No thread yet. */
sg_status sg_ring_new(size_t n_places, sg_ring_take take, void *context, sg_ring **out,
                      sg_err *err) SG_MUST_CHECK;
/* Starts the thread. SG_FAILED: the system gives none. */
sg_status sg_ring_start(sg_ring *ring, sg_err *err) SG_MUST_CHECK;
size_t sg_ring_place(const sg_ring *ring); /* that the caller fills: empty after each hand-over */
/* Hands the filled place over and waits for an empty one. The first failure of the other thread, if there was one. */
sg_status sg_ring_hand_over(sg_ring *ring, sg_err *err) SG_MUST_CHECK;
/* Hands over the last place, if it is filled, waits until all is taken and ends the thread; the first failure. Fine twice, and without
 * a thread. */
sg_status sg_ring_finish(sg_ring *ring, bool filled, sg_err *err) SG_MUST_CHECK;
void sg_ring_free(sg_ring *ring); /* ends the thread first */
SG_DEFINE_CLEANUP(sg_ring, sg_ring, sg_ring_free)

#endif
