/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * YAML as a tree of texts, lists and maps, each with its line. A small, safe part of the language: one document, no
 * anchors, aliases or tags, no key twice in a map, no control characters, a bounded depth. What a text means (a number,
 * yes or no) is for the reader of the key to say. The only place that knows libyaml.
 */
#ifndef SG_CONFIG_YAML_H
#define SG_CONFIG_YAML_H

#include <stdbool.h>
#include <stddef.h>

#include "skillgain/base.h"

enum { SG_YAML_BYTES = 1024 * 1024, SG_YAML_DEPTH = 8 };

typedef enum { SG_YAML_TEXT, SG_YAML_LIST, SG_YAML_MAP } sg_yaml_type;

typedef struct sg_yaml_node {
    sg_yaml_type type;
    int line;                          /* on which it begins, or its key, from 1 */
    const char *key;                   /* of a member of a map, else NULL */
    const char *text;                  /* SG_YAML_TEXT only */
    bool plain;                        /* not quoted: may be the empty value */
    struct sg_yaml_node *first, *next; /* members in the file's order, siblings */
    size_t n;                          /* members */
} sg_yaml_node;

/* The text as a tree in the arena. `file` is for messages. A text without any value gives an empty map. */
sg_status sg_yaml_parse(sg_arena *arena, const char *file, const char *text, size_t length,
                        const sg_yaml_node **out, sg_err *err) SG_MUST_CHECK;

const sg_yaml_node *sg_yaml_member(const sg_yaml_node *map, const char *key); /* NULL: none, or not a map */

bool sg_yaml_is_empty(const sg_yaml_node *node); /* nothing behind the colon, ~ or null */

/* The same values in the same order; quotes and lines don't matter. */
bool sg_yaml_equal(const sg_yaml_node *a, const sg_yaml_node *b);

#endif
