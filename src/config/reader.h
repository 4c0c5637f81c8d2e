/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Values of a YAML tree, read with their checks. Each message has the file, the line, the key and what is allowed.
 */
#ifndef SG_CONFIG_READER_H
#define SG_CONFIG_READER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "config/words.h"
#include "config/yaml.h"

enum { SG_TEXT_LONGEST = 256 };

typedef struct {
    sg_arena *arena;
    const char *file; /* for messages */
    sg_err *err;
} sg_reader;

/* "'file' line N: message", SG_USAGE. */
sg_status sg_reader_fail(const sg_reader *reader, const sg_yaml_node *node, const char *format, ...)
    SG_PRINTF(3, 4);

/* "unknown key 'x'", with the nearest of the words, or all of them where they are few. */
sg_status sg_reader_fail_key(const sg_reader *reader, const sg_yaml_node *node, sg_words words);

/* `what` names the value in messages: "cohort.landmark_days". */
sg_status sg_read_type(const sg_reader *reader, const sg_yaml_node *node, const char *what,
                       sg_yaml_type type) SG_MUST_CHECK;
/* A text of at most SG_TEXT_LONGEST bytes, trimmed, not empty. */
sg_status sg_read_text(const sg_reader *reader, const sg_yaml_node *node, const char *what,
                       const char **out) SG_MUST_CHECK;
/* One of the words, by its place. */
sg_status sg_read_word(const sg_reader *reader, const sg_yaml_node *node, const char *what, sg_words words,
                       int *out) SG_MUST_CHECK;
sg_status sg_read_bool(const sg_reader *reader, const sg_yaml_node *node, const char *what,
                       bool *out) SG_MUST_CHECK;
sg_status sg_read_int(const sg_reader *reader, const sg_yaml_node *node, const char *what, int64_t low,
                      int64_t high, int64_t *out) SG_MUST_CHECK;
/* A list of different words, at least one: bit i of *out for the word i. At most 32 words. */
sg_status sg_read_word_bits(const sg_reader *reader, const sg_yaml_node *node, const char *what,
                            sg_words words, unsigned *out) SG_MUST_CHECK;
/* A list of different texts, trimmed, not empty; an empty list is accepted. */
sg_status sg_read_texts(const sg_reader *reader, const sg_yaml_node *node, const char *what,
                        const char *const **out, size_t *out_n) SG_MUST_CHECK;

/* [a-z0-9_]+, or with '-' too, of at most 64 bytes. */
bool sg_is_name(const char *text, bool dash);

#endif
