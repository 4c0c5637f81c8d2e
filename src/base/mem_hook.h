/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Private to base and its tests: makes a chosen allocation fail. Every allocation of an arena, a growing array, a string
 * builder or a digest asks here first.
 */
#ifndef SG_BASE_MEM_HOOK_H
#define SG_BASE_MEM_HOOK_H

#include <stdbool.h>
#include <stddef.h>

/* nth > 0: the nth allocation from here fails, once. nth < 0: the -nth and all after it. 0: none (so it starts). */
void sg_mem_fail_at(long nth);

/* Counts one allocation: true if it is to fail. */
bool sg_mem_fails(void);

/* Asks for large pages where the block is large. */
void sg_mem_wish_large(void *block, size_t bytes);

#endif
