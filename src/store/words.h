/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Private to store: the texts of many rows, each distinct one once. A text has a number, by which a packed row names it.
 */
#ifndef SG_STORE_WORDS_H
#define SG_STORE_WORDS_H

#include "skillgain/base.h"

/* Zero-initialise. */
typedef struct {
    sg_arena *arena;
    const char **all; /* by number; [0] is NULL, for no text */
    size_t n, capacity;
    uint32_t *slots; /* numbers by hash, 0: free */
    size_t n_slots;  /* a power of two */
} sg_words;

void sg_words_release(sg_words *words);

/* The number of a text, which is copied where it is new; 0 for NULL. */
sg_status sg_words_add(sg_words *words, const char *text, uint32_t *out, sg_err *err) SG_MUST_CHECK;

/* Valid until release. */
const char *sg_words_text(const sg_words *words, uint32_t number);

#endif
