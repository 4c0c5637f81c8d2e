/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _DEFAULT_SOURCE /* madvise */
#include "skillgain/base/mem.h"

#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>

#include "base/mem_hook.h"

enum { LARGE_PAGE = 2 * 1024 * 1024 }; /* bytes, of the common processors */

void *sg_large_calloc(size_t n, size_t size)
{
    if (sg_mem_fails())
        return NULL;
    void *table = calloc(n, size);
#ifdef MADV_HUGEPAGE
    uintptr_t first = ((uintptr_t)table + LARGE_PAGE - 1) & ~(uintptr_t)(LARGE_PAGE - 1);
    size_t before = (size_t)(first - (uintptr_t)table), bytes = n * size;
    if (table != NULL && bytes >= before + LARGE_PAGE)
        (void)madvise((unsigned char *)table + before, (bytes - before) / LARGE_PAGE * LARGE_PAGE,
                      MADV_HUGEPAGE); /* a wish: without it the table is only slower */
#endif
    return table;
}
