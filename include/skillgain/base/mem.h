/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Memory: an arena for each lifetime (run, file, row, report), freed whole; a growth helper for arrays that
 * own themselves; cleanup attributes for locals that hold a resource. Allocation failure is a normal result.
 */
#ifndef SKILLGAIN_BASE_MEM_H
#define SKILLGAIN_BASE_MEM_H

#include <stdbool.h>
#include <stddef.h>

#include "skillgain/base/err.h"

typedef struct sg_arena sg_arena;

sg_arena *sg_arena_new(void); /* NULL: out of memory */
void sg_arena_free(sg_arena *arena);
void sg_arena_reset(sg_arena *arena); /* all objects gone, blocks kept */

/* Zeroed, aligned for any type, valid until reset or free. NULL: out of memory or overflow. */
void *sg_arena_alloc(sg_arena *arena, size_t n, size_t size);
void *sg_arena_take(sg_arena *arena, size_t n,
                    size_t size); /* the same, but not zeroed: for what is filled at once */
char *sg_arena_strdup(sg_arena *arena, const char *text);
char *sg_arena_strndup(sg_arena *arena, const char *text, size_t length);
char *sg_arena_printf(sg_arena *arena, const char *format, ...) SG_PRINTF(2, 3);

/* Makes room for `need` elements of `size` bytes in the malloc'd array *data of *capacity elements (doubling, a
 * large one growing by a quarter; new elements are zeroed). The array is untouched on failure. */
bool sg_grow(void *data_pointer, size_t *capacity, size_t need, size_t size) SG_MUST_CHECK;

/* Once, at the program's start: from now on a large array grows where it is, by new pages, and not by being copied. */
void sg_mem_start(void);

/* As calloc, for a table that is looked up at random: where it is large, in large pages, because most of the time of a look-up is the
 * way to its page. The caller frees it. */
void *sg_large_calloc(size_t n, size_t size);

void sg_free_pointer(void *pointer); /* frees *(void **)pointer: for SG_AUTO_FREE */

#define SG_CLEANUP(function) __attribute__((cleanup(function)))
#define SG_AUTO_FREE SG_CLEANUP(sg_free_pointer)

/* Defines static inline void NAME_cleanup(TYPE **), for SG_CLEANUP(NAME_cleanup). */
/* NOLINTBEGIN(bugprone-macro-parentheses): a type can't stand in parentheses */
#define SG_DEFINE_CLEANUP(type, name, free_function)                                                         \
    static inline void name##_cleanup(type **pointer)                                                        \
    {                                                                                                        \
        free_function(*pointer);                                                                             \
    }
/* NOLINTEND(bugprone-macro-parentheses) */

SG_DEFINE_CLEANUP(sg_arena, sg_arena, sg_arena_free)

#endif
