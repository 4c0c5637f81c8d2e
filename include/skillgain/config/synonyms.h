/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What exports call things: crosswalks/synonyms.txt, by which a crosswalk is guessed.
 */
#ifndef SKILLGAIN_CONFIG_SYNONYMS_H
#define SKILLGAIN_CONFIG_SYNONYMS_H

#include "skillgain/base.h"

typedef struct {
    const char *group;  /* "fields", "fields KIND", "codes", "codes LIST", "never" or "short" */
    const char *target; /* our field or code; of "never": what it is instead; of "short": the whole word */
    const char *word;   /* folded */
    int place;          /* among the words of its target, from 0: the surer first */
} sg_synonym;

typedef struct {
    const sg_synonym *all; /* in the file's order */
    size_t n;
} sg_synonyms;

/* In the arena. SG_FAILED where the shipped file is not in order. */
sg_status sg_synonyms_load(sg_arena *arena, sg_synonyms *out, sg_err *err) SG_MUST_CHECK;

/* The first of the group that is this folded word; NULL: none. */
const sg_synonym *sg_synonyms_find(const sg_synonyms *synonyms, const char *group, const char *word);

/* Do the words stand in the header, as whole words one after another? Both folded. */
bool sg_synonym_stands_in(const char *header, const char *words);

/* What is never taken in by which a folded header is called, or which stands in it; NULL: nothing. */
const sg_synonym *sg_synonyms_never(const sg_synonyms *synonyms, const char *header);

/* Adds the text as words are compared: small ASCII letters and digits, signs and white space made one blank, "StudentID" and "IETProgram"
 * taken apart. */
void sg_synonym_fold(sg_str *out, const char *text, size_t length);

#endif
