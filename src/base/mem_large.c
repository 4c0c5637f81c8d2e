/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _DEFAULT_SOURCE /* madvise */
#include "skillgain/base/mem.h"

#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>

#include "base/mem_hook.h"

enum { LARGE_PAGE = 2 * 1024 * 1024 }; /* bytes, of the common processors */

void sg_mem_wish_large(void *block, size_t bytes)
{
    size_t before = (LARGE_PAGE - (uintptr_t)block % LARGE_PAGE) % LARGE_PAGE;
#ifdef MADV_HUGEPAGE
    if (bytes >= before + LARGE_PAGE) /* what it returns doesn't matter: without, all is only slower */
        (void)madvise((unsigned char *)block + before, (bytes - before) / LARGE_PAGE * LARGE_PAGE,
                      MADV_HUGEPAGE);
#else
    (void)before;
#endif
}

void *sg_large_calloc(size_t n, size_t size)
{
    void *table = sg_mem_fails() ? NULL : calloc(n, size);
    if (table != NULL)
        sg_mem_wish_large(table, n * size);
    return table;
}
