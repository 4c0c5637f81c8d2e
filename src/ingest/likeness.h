/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Likeness: which learners of a file have ids that look the same and are not: another case, O for 0, I or l for 1, leading zeros, blanks
 * and hyphens, accents. An id's skeleton (the idea is that of Unicode UTS #39) is what is left when all of this is taken away. Letters
 * of other alphabets that could be taken for Latin ones do not come so far: see identifier.h. Only lines leave this part.
 */
#ifndef SG_INGEST_LIKENESS_H
#define SG_INGEST_LIKENESS_H

#include "skillgain/base.h"

enum { SG_LIKE_FORM = 32 }; /* bytes, with the NUL */

/* A row whose id has the form of the first: the same characters in the same places, and digits where it has digits. Such ids can't
 * look like each other. */
typedef struct {
    uint64_t number; /* of the digits */
    uint32_t line;
} sg_like_plain;

/* Any other row. */
typedef struct {
    uint64_t skeleton; /* keyed digest, its last bits telling where blanks and hyphens stood */
    uint32_t line;
    uint32_t
        learner; /* enough of the pseudonym to tell learners of one skeleton apart; even: of a plain id */
} sg_like_row;

/* Of rows of one learner that follow each other the first. */
typedef struct {
    char form[SG_LIKE_FORM]; /* of the first id, '0' for each digit; "": it has none */
    sg_like_plain *plain;
    size_t n_plain, plain_capacity;
    sg_like_row *odd;
    size_t n_odd, odd_capacity;
    uint64_t last; /* of the learner of the row before */
    sg_hash_key key;
    sg_str room; /* working space */
} sg_likeness;

/* Zero-initialise. */
void sg_likeness_init(sg_likeness *likeness, const sg_key *key);
void sg_likeness_release(sg_likeness *likeness);

/* id: canonical; scope: within which ids are unique, "" or a college. */
sg_status sg_likeness_add(sg_likeness *likeness, const char *scope, const char *id,
                          const sg_pseudonym *learner, int64_t line, sg_err *err) SG_MUST_CHECK;

typedef struct {
    uint32_t first, line; /* the first line of the one, that of the other */
} sg_like_pair;
/* After the last row, once: of the learners that look alike the later one with the first, by line, in a malloc'd array. */
sg_status sg_likeness_pairs(sg_likeness *likeness, sg_like_pair **out, size_t *out_n,
                            sg_err *err) SG_MUST_CHECK;

/* What is left of an id; *out_shape: where blanks and hyphens stood, 0: there are none. Appended. False: out of memory. */
bool sg_identifier_skeleton(const char *id, sg_str *out, unsigned *out_shape) SG_MUST_CHECK;

#endif
