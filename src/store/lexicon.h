/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Private to store: the texts of many rows, each distinct one once. A text has a number, by which a packed row names it.
 */
#ifndef SG_STORE_LEXICON_H
#define SG_STORE_LEXICON_H

#include "skillgain/base.h"

/* Zero-initialise. */
typedef struct {
    sg_arena *arena;
    const char **all; /* by number; [0] is NULL, for no text */
    size_t n, capacity;
    uint32_t *slots; /* numbers by hash, 0: free */
    size_t n_slots;  /* a power of two */
} sg_lexicon;

void sg_lexicon_release(sg_lexicon *lexicon);

/* The number of a text, which is copied where it is new; 0 for NULL. */
sg_status sg_lexicon_add(sg_lexicon *lexicon, const char *text, uint32_t *out, sg_err *err) SG_MUST_CHECK;

/* Valid until release. */
const char *sg_lexicon_text(const sg_lexicon *lexicon, uint32_t number);

#endif
