/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * For the tests of guessing: a guess from a text, read back by the program's own reader of crosswalks. All rows are made up.
 */
#ifndef SG_TEST_INGEST_GUESS_H
#define SG_TEST_INGEST_GUESS_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "support/assert.h"

#include "config/crosswalk_read.h"
#include "ingest/guess.h"

typedef struct {
    sg_arena *arena;
    sg_crosswalks *shipped;
    sg_guess guess;
    sg_err err;
} trial;

static inline int open_trial(void **state)
{
    trial *t = calloc(1, sizeof *t);
    assert_non_null(t);
    t->arena = sg_arena_new();
    assert_non_null(t->arena);
    sg_assert_ok(sg_crosswalks_load("/no/such/folder", &t->shipped, &t->err), &t->err);
    *state = t;
    return 0;
}

static inline int close_trial(void **state)
{
    trial *t = *state;
    sg_crosswalks_free(t->shipped);
    sg_arena_free(t->arena);
    free(t);
    return 0;
}

static inline sg_status run_bytes(trial *t, const char *name, const char *bytes, size_t n)
{
    const sg_ingest_options options = {
        .crosswalks = t->shipped, .limits = {.field_bytes = 65536, .record_bytes = 1048576, .columns = 2000}};
    const sg_head head = {bytes, n, true};
    t->err = (sg_err){0};
    return sg_guess_from_head(name, &options, &head, t->arena, &t->guess, &t->err);
}

/* The program's own reader takes what was written; where a required field is lacking, it says that. */
static inline sg_status read_back(trial *t, sg_crosswalk *out)
{
    const sg_reader reader = {t->arena, "guess.yaml", &t->err};
    const sg_yaml_node *root = NULL;
    *out = (sg_crosswalk){.file = "guess.yaml"};
    sg_status status = sg_yaml_parse(t->arena, "guess.yaml", t->guess.text, strlen(t->guess.text), &root,
                                     &t->err);
    return status == SG_OK ? sg_crosswalk_read(&reader, root, out) : status;
}

static inline void guess(trial *t, const char *name, const char *text)
{
    sg_crosswalk crosswalk;
    sg_assert_ok(run_bytes(t, name, text, strlen(text)), &t->err);
    assert_null(t->guess.fits);
    assert_non_null(t->guess.text);
    sg_status status = read_back(t, &crosswalk);
    if (t->guess.n_lacking == 0)
        sg_assert_ok(status, &t->err);
    else
        sg_assert_contains(t->err.message, "'columns' must map");
}

static inline void expect(const trial *t, const char *line)
{
    sg_assert_contains(t->guess.text, line);
}

static inline void expect_not(const trial *t, const char *part)
{
    if (strstr(t->guess.text, part) != NULL)
        fail_msg("'%s' is in:\n%s", part, t->guess.text);
}

static inline void expect_warning(const trial *t, const char *part)
{
    for (size_t i = 0; i < t->guess.n_warnings; i++)
        if (strstr(t->guess.warnings[i], part) != NULL)
            return;
    fail_msg("there is no warning '%s' for:\n%s", part, t->guess.text);
}

static inline void expect_no_warning(const trial *t)
{
    if (t->guess.n_warnings > 0)
        fail_msg("it warns: %s", t->guess.warnings[0]);
}

#define GUESS_CASE(function) cmocka_unit_test_setup_teardown(function, open_trial, close_trial)

#endif
