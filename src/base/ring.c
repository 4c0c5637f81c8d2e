/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "skillgain/base/ring.h"

#include <pthread.h>
#include <stdlib.h>

#include "base/mem_hook.h"

struct sg_ring {
    sg_ring_take take;
    void *context;
    size_t n_places, filling;
    pthread_t thread;
    bool started;

    pthread_mutex_t mutex; /* of what follows */
    pthread_cond_t filled, emptied;
    size_t first, n_full; /* of the places that were handed over */
    bool hungry;          /* the other thread waits for places to take */
    bool closed;          /* no more will come */
    sg_status status;     /* of the other thread */
    sg_err err;
};

/* Whoever must wait waits for a quarter of the places, so that the two threads wake each other seldom. */
static size_t quarter(const sg_ring *ring)
{
    return ring->n_places < 4 ? 1 : ring->n_places / 4;
}

/* ---- the other thread ---- */

/* The next full place; false: there will be none. */
static bool wait_for_full(sg_ring *ring, size_t *out_place, bool *out_failed)
{
    (void)pthread_mutex_lock(&ring->mutex); /* an error here is a mistake of programmers, and so below */
    ring->hungry = ring->n_full == 0;
    while (ring->hungry && ring->n_full < quarter(ring) && !ring->closed)
        (void)pthread_cond_wait(&ring->filled, &ring->mutex);
    ring->hungry = false;
    bool full = ring->n_full > 0;
    *out_place = ring->first;
    *out_failed = ring->status != SG_OK;
    (void)pthread_mutex_unlock(&ring->mutex);
    return full;
}

static void give_back(sg_ring *ring, sg_status status, const sg_err *err)
{
    (void)pthread_mutex_lock(&ring->mutex);
    ring->first = (ring->first + 1) % ring->n_places;
    ring->n_full--;
    if (ring->status == SG_OK && status != SG_OK) {
        ring->status = status;
        ring->err = *err;
    }
    if (ring->n_full + quarter(ring) <= ring->n_places)
        (void)pthread_cond_signal(&ring->emptied);
    (void)pthread_mutex_unlock(&ring->mutex);
}

static void *work(void *context)
{
    sg_ring *ring = context;
    size_t place = 0;
    bool failed = false;
    while (wait_for_full(ring, &place, &failed)) {
        sg_err err = {0};
        sg_status status = ring->take(ring->context, place, failed, &err);
        give_back(ring, status, &err);
    }
    return NULL;
}

/* ---- the caller ---- */

static sg_status failure(const sg_ring *ring, sg_err *err)
{
    return ring->status == SG_OK ? SG_OK : sg_fail(err, ring->status, "%s", ring->err.message);
}

size_t sg_ring_place(const sg_ring *ring)
{
    return ring->filling;
}

sg_status sg_ring_hand_over(sg_ring *ring, sg_err *err)
{
    (void)pthread_mutex_lock(&ring->mutex);
    ring->n_full++;
    ring->filling = (ring->filling + 1) % ring->n_places;
    if (ring->hungry && ring->n_full >= quarter(ring))
        (void)pthread_cond_signal(&ring->filled);
    if (ring->n_full == ring->n_places)
        while (ring->n_full + quarter(ring) > ring->n_places)
            (void)pthread_cond_wait(&ring->emptied, &ring->mutex);
    sg_status status = failure(ring, err);
    (void)pthread_mutex_unlock(&ring->mutex);
    return status;
}

sg_status sg_ring_start(sg_ring *ring, sg_err *err)
{
    if (pthread_create(&ring->thread, NULL, work, ring) != 0)
        return sg_fail(err, SG_FAILED, "the system gives no thread: try again with --jobs 1");
    ring->started = true;
    return SG_OK;
}

static void join(sg_ring *ring, bool filled)
{
    if (!ring->started)
        return;
    (void)pthread_mutex_lock(&ring->mutex);
    ring->n_full += filled;
    ring->closed = true;
    (void)pthread_cond_signal(&ring->filled);
    (void)pthread_mutex_unlock(&ring->mutex);
    (void)pthread_join(ring->thread, NULL);
    ring->started = false;
}

sg_status sg_ring_finish(sg_ring *ring, bool filled, sg_err *err)
{
    join(ring, filled);
    return failure(ring, err);
}

sg_status sg_ring_new(size_t n_places, sg_ring_take take, void *context, sg_ring **out, sg_err *err)
{
    sg_ring *ring = sg_mem_fails() ? NULL : calloc(1, sizeof *ring);
    if (ring == NULL)
        return sg_no_memory(err);
    ring->take = take;
    ring->context = context;
    ring->n_places = n_places;
    (void)pthread_mutex_init(&ring->mutex, NULL); /* with the default attributes neither can fail here */
    (void)pthread_cond_init(&ring->filled, NULL);
    (void)pthread_cond_init(&ring->emptied, NULL);
    *out = ring;
    return SG_OK;
}

void sg_ring_free(sg_ring *ring)
{
    if (ring == NULL)
        return;
    join(ring, false); /* a failure was told by whoever finished it */
    (void)pthread_mutex_destroy(&ring->mutex);
    (void)pthread_cond_destroy(&ring->filled);
    (void)pthread_cond_destroy(&ring->emptied);
    free(ring);
}
