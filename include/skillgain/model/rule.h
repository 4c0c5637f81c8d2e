/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Rules: the import checks, each with a stable id. An id is never used again for something else.
 */
#ifndef SKILLGAIN_MODEL_RULE_H
#define SKILLGAIN_MODEL_RULE_H

#include <stddef.h>

typedef enum { SG_SEVERITY_ERROR, SG_SEVERITY_WARNING, SG_SEVERITY_NOTICE } sg_severity;

/* what happens to the row (or file) that the rule finds */
typedef enum {
    SG_EFFECT_REFUSE_FILE, /* nothing of the file is stored */
    SG_EFFECT_HOLD_FILE,   /* nothing of it is in use before a person has accepted it */
    SG_EFFECT_QUARANTINE,  /* the row is refused, listed, counted */
    SG_EFFECT_DROP,        /* the row carries nothing (blank line, repeated header, total): counted */
    SG_EFFECT_COLLAPSE,    /* an exact repeat of an accepted row: counted once */
    SG_EFFECT_KEEP         /* the row is stored; the field is taken as missing, or the fact is only listed */
} sg_effect;

typedef struct {
    const char *id; /* "R104" */
    sg_severity severity;
    sg_effect effect;
    const char *scope;  /* a kind, or "any" */
    const char *text;   /* what is wrong, without a learner's value */
    const char *fix;    /* what to do */
    const char *source; /* section, element or guidance that it comes from */
} sg_rule;

/* The catalogue, sorted by id. */
const sg_rule *sg_rules(size_t *out_n);
const sg_rule *sg_rule_find(const char *id); /* NULL: no such rule */

const char *sg_severity_text(sg_severity severity);
const char *sg_effect_text(sg_effect effect);

/* Identifies the catalogue's content: a record checked under another version is checked anew. */
int sg_rule_set_version(void);

#endif
