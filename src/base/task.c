/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "skillgain/base/task.h"

#include <pthread.h>
#include <stdatomic.h>

enum { MAX_THREADS = 64 };

typedef struct {
    atomic_size_t next;
    size_t n;
    sg_status (*work)(void *context, size_t i, sg_err *err);
    void *context;
    pthread_mutex_t lock; /* of what follows */
    size_t failed;        /* n: none */
    sg_status status;
    sg_err err;
} task_queue;

static void note_failure(task_queue *queue, size_t i, sg_status status, const sg_err *err)
{
    (void)pthread_mutex_lock(&queue->lock);
    if (i < queue->failed) {
        queue->failed = i;
        queue->status = status;
        queue->err = *err;
    }
    (void)pthread_mutex_unlock(&queue->lock);
}

static void *work_off(void *argument)
{
    task_queue *queue = argument;

    for (;;) {
        size_t i = atomic_fetch_add(&queue->next, 1);
        sg_err err = {0};
        sg_status status;

        if (i >= queue->n)
            return NULL;
        status = queue->work(queue->context, i, &err);
        if (status != SG_OK)
            note_failure(queue, i, status, &err);
    }
}

sg_status sg_tasks_run(int jobs, size_t n, sg_status (*work)(void *context, size_t i, sg_err *err),
                       void *context, sg_err *err)
{
    task_queue queue = {.n = n, .work = work, .context = context, .failed = n, .status = SG_OK};
    pthread_t threads[MAX_THREADS];
    int started = 0;

    atomic_init(&queue.next, 0);
    if (pthread_mutex_init(&queue.lock, NULL) != 0)
        return sg_no_memory(err);
    while (started < jobs - 1 && started < MAX_THREADS && (size_t)started + 1 < n &&
           pthread_create(&threads[started], NULL, work_off, &queue) == 0)
        started++;
    (void)work_off(&queue);
    for (int i = 0; i < started; i++)
        (void)pthread_join(threads[i], NULL);
    (void)pthread_mutex_destroy(&queue.lock);
    if (queue.status != SG_OK && err)
        *err = queue.err;
    return queue.status;
}
