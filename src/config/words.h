/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Sets of words that a key or value may be: looked up, listed in a message, or the nearest one suggested.
 */
#ifndef SG_CONFIG_WORDS_H
#define SG_CONFIG_WORDS_H

#include <stddef.h>

#include "skillgain/base.h"
#include "skillgain/model.h"

typedef struct {
    const void *set;
    const char *(*at)(const void *set, size_t index); /* NULL behind the last */
} sg_words;

sg_words sg_words_of(const char *const *texts); /* ends with NULL */
sg_words sg_words_of_codes(const sg_code_list *list);
sg_words sg_words_of_fields(const sg_kind_fields *fields);
sg_words sg_words_of_levels(const sg_dimension *dimension);

int sg_words_find(sg_words words, const char *text); /* -1: none */

/* The word that was probably meant: few letters away, capitals apart. NULL: none is near. */
const char *sg_words_nearest(sg_words words, const char *text);

/* "a, b, c" */
void sg_words_list(sg_words words, sg_str *out);

/* What to say behind an unknown word: "did you mean 'x'?", else "allowed: a, b, c" where the list is short, else "". */
void sg_words_advise(sg_words words, const char *text, sg_str *out);

#endif
