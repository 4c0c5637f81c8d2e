/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _DEFAULT_SOURCE /* madvise */
#include "skillgain/base/mem.h"

#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#ifdef __GLIBC__ /* known from here on */
#include <malloc.h>
#endif

#include "base/mem_hook.h"

enum { PAGE = 4096, LARGE_PAGE = 2 * 1024 * 1024 }; /* bytes, of the common processors */

void sg_mem_start(void)
{
#ifdef __GLIBC__
    (void)mallopt(M_MMAP_THRESHOLD, 2 * LARGE_PAGE); /* 0 would mean that all is only slower */
#endif
}

/* The whole of the pages that the block has for itself, so that the kernel can move it in one piece when it grows. What is returned
 * doesn't matter: without large pages all is only slower. */
void sg_mem_wish_large(void *block, size_t bytes)
{
#if defined(__GLIBC__) && defined(MADV_HUGEPAGE)
    size_t before = (uintptr_t)block % PAGE;
    if (bytes >= 2 * LARGE_PAGE)
        (void)madvise((unsigned char *)block - before,
                      (before + malloc_usable_size(block) + PAGE - 1) / PAGE * PAGE, MADV_HUGEPAGE);
#else
    (void)block;
    (void)bytes;
#endif
}

void *sg_large_calloc(size_t n, size_t size)
{
    void *table = sg_mem_fails() ? NULL : calloc(n, size);
    if (table != NULL)
        sg_mem_wish_large(table, n * size);
    return table;
}
