/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Tasks: n independent pieces of work on a few threads. Each piece writes to its own place; what they make is put together
 * afterwards in their order, so that the result does not depend on the number of threads.
 */
#ifndef SKILLGAIN_BASE_TASK_H
#define SKILLGAIN_BASE_TASK_H

#include <stddef.h>

#include "skillgain/base/err.h"

/* Calls work(context, i) once for each i < n, on `jobs` threads (the caller's is one of them). Where threads can't be had, fewer
 * do the work. The first failure by order of i is returned; the others are done all the same. */
sg_status sg_tasks_run(int jobs, size_t n, sg_status (*work)(void *context, size_t i, sg_err *err),
                       void *context, sg_err *err) SG_MUST_CHECK;

#endif
