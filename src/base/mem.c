/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "skillgain/base/mem.h"

#include <assert.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem_hook.h"

/* Under a sanitizer each object has a block of just its size, so that a byte read beside it is seen. */
#if defined(__SANITIZE_ADDRESS__)
#define BLOCK_PER_OBJECT 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define BLOCK_PER_OBJECT 1
#endif
#endif
#ifndef BLOCK_PER_OBJECT
#define BLOCK_PER_OBJECT 0
#endif

enum {
    FIRST_BLOCK = 8 * 1024,      /* small: many arenas hold one row or one message */
    LARGEST_BLOCK = 1024 * 1024, /* blocks double up to this; a larger object has its own */
    FIRST_CAPACITY = 8,          /* of a growing array */
    LARGE_ARRAY = 4 * 1024 * 1024
};

struct block {
    struct block *next;
    size_t size; /* of data, bytes */
    size_t used;
    size_t
        touched; /* of data: what lies behind has never been handed out, and is zero as the system gave it */
    max_align_t data[];
};

struct sg_arena {
    struct block *first;
    struct block *current; /* what is before it is full, what is behind it empty */
    size_t next_size;
};

/* The allocation hook of tests. It counts for all threads, so it can't live in an arena. */
static _Atomic long failing_allocation;

void sg_mem_fail_at(long nth)
{
    atomic_store(&failing_allocation, nth);
}

bool sg_mem_fails(void)
{
    long left = atomic_load_explicit(&failing_allocation, memory_order_relaxed);
    while (left != 0 && left != -1) {
        long next = left > 0 ? left - 1 : left + 1;
        if (atomic_compare_exchange_weak(&failing_allocation, &left, next))
            return left == 1;
    }
    return left == -1;
}

sg_arena *sg_arena_new(void)
{
    sg_arena *arena = sg_mem_fails() ? NULL : calloc(1, sizeof *arena);
    if (arena != NULL)
        arena->next_size = FIRST_BLOCK;
    return arena;
}

static void free_blocks(sg_arena *arena)
{
    struct block *block = arena->first;
    while (block != NULL) {
        struct block *next = block->next;
        free(block);
        block = next;
    }
    arena->first = NULL;
    arena->current = NULL;
}

void sg_arena_free(sg_arena *arena)
{
    if (arena == NULL)
        return;
    free_blocks(arena);
    free(arena);
}

void sg_arena_reset(sg_arena *arena)
{
    if (arena == NULL)
        return;
    if (BLOCK_PER_OBJECT)
        free_blocks(arena);
    for (struct block *block = arena->first; block != NULL; block = block->next)
        block->used = 0;
    arena->current = arena->first;
}

/* Rounded up by less than a quarter, so that what is a little larger after a reset finds room where it was before. */
static size_t round_up(size_t bytes)
{
    size_t step = 1;
    while (step <= bytes / 8)
        step *= 2;
    return bytes <= SIZE_MAX - step ? (bytes + step - 1) / step * step : bytes;
}

/* A block for `bytes` and more, behind the current one, which it becomes. */
static struct block *add_block(sg_arena *arena, size_t bytes)
{
    size_t size = bytes;
    if (!BLOCK_PER_OBJECT)
        size = bytes < arena->next_size ? arena->next_size : round_up(bytes);
    if (size > SIZE_MAX - sizeof(struct block) || sg_mem_fails())
        return NULL;
    struct block *block = calloc(1, sizeof *block + size);
    if (block == NULL)
        return NULL;
    struct block **link = arena->current != NULL ? &arena->current->next : &arena->first;
    *block = (struct block){.next = *link, .size = size};
    *link = block;
    arena->current = block;
    if (arena->next_size < LARGEST_BLOCK)
        arena->next_size *= 2;
    return block;
}

/* The next block that has room, if any. Only blocks kept by a reset stand behind the current one. */
static struct block *find_room(sg_arena *arena, size_t bytes)
{
    struct block *block = arena->current;
    while (block != NULL && block->size - block->used < bytes)
        block = block->next;
    if (block != NULL)
        arena->current = block;
    return block;
}

/* *out_dirty: how many of its first bytes have been in use before, all others being zero. */
static void *take(sg_arena *arena, size_t n, size_t size, size_t *out_dirty)
{
    const size_t unit = sizeof(max_align_t);
    if (arena == NULL || (size != 0 && n > (SIZE_MAX - unit) / size))
        return NULL;
    size_t bytes = n * size > 0 ? n * size : 1;
    size_t room = BLOCK_PER_OBJECT ? bytes : (bytes + unit - 1) / unit * unit;
    struct block *block = BLOCK_PER_OBJECT ? NULL : find_room(arena, room);
    if (block == NULL)
        block = add_block(arena, room);
    else if (sg_mem_fails())
        return NULL;
    if (block == NULL)
        return NULL;
    unsigned char *object = (unsigned char *)block->data + block->used;
    *out_dirty = block->touched > block->used ? block->touched - block->used : 0;
    if (*out_dirty > room)
        *out_dirty = room;
    block->used += room;
    if (block->touched < block->used)
        block->touched = block->used;
    return object;
}

void *sg_arena_alloc(sg_arena *arena, size_t n, size_t size)
{
    size_t dirty = 0;
    void *object = take(arena, n, size, &dirty);
    if (object != NULL)
        memset(object, 0, dirty);
    return object;
}

void *sg_arena_take(sg_arena *arena, size_t n, size_t size)
{
    size_t dirty = 0;
    return take(arena, n, size, &dirty);
}

char *sg_arena_strndup(sg_arena *arena, const char *text, size_t length)
{
    if (text == NULL || length == SIZE_MAX)
        return NULL;
    char *copy = sg_arena_alloc(arena, length + 1, 1);
    if (copy != NULL)
        memcpy(copy, text, length);
    return copy;
}

char *sg_arena_strdup(sg_arena *arena, const char *text)
{
    return text != NULL ? sg_arena_strndup(arena, text, strlen(text)) : NULL;
}

char *sg_arena_printf(sg_arena *arena, const char *format, ...)
{
    va_list args, again;
    va_start(args, format);
    va_copy(again, args);
    int length = vsnprintf(NULL, 0, format, args);
    va_end(args);
    char *text = length >= 0 ? sg_arena_alloc(arena, (size_t)length + 1, 1) : NULL;
    if (text != NULL && vsnprintf(text, (size_t)length + 1, format, again) != length)
        text = NULL;
    va_end(again);
    return text;
}

/* At least `need`, where that can be counted in bytes; doubled, but a large array grows by a quarter, for half of it may lie idle. */
static size_t grown_capacity(size_t capacity, size_t need, size_t size)
{
    size_t grown = capacity > FIRST_CAPACITY ? capacity : FIRST_CAPACITY;
    while (grown < need && grown <= SIZE_MAX / 2)
        grown += grown < LARGE_ARRAY / size ? grown : grown / 4 + 1;
    return grown < need || grown > SIZE_MAX / size ? need : grown;
}

bool sg_grow(void *data_pointer, size_t *capacity, size_t need, size_t size)
{
    assert(size > 0);
    if (need <= *capacity)
        return true;
    size_t grown = grown_capacity(*capacity, need, size);
    if (grown > PTRDIFF_MAX / size || sg_mem_fails())
        return false;
    void *data = NULL; /* copied, because the pointer behind data_pointer is of a type unknown here */
    memcpy(&data, data_pointer, sizeof data);
    data = realloc(data, grown * size);
    if (data == NULL)
        return false;
    sg_mem_wish_large(data, grown * size);
    memset((unsigned char *)data + *capacity * size, 0, (grown - *capacity) * size);
    memcpy(data_pointer, &data, sizeof data);
    *capacity = grown;
    return true;
}

void sg_free_pointer(void *pointer)
{
    void *data = NULL;
    memcpy(&data, pointer, sizeof data);
    free(data);
}
