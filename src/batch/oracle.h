/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Reference values ("oracles"): a file expected.json of entries and the data sets that they name. From an entry to what its
 * adapter (stats/adapter.h) takes. What entries mean by their parameters says tests/oracles/README.md.
 */
#ifndef SKILLGAIN_SRC_BATCH_ORACLE_H
#define SKILLGAIN_SRC_BATCH_ORACLE_H

#include "skillgain/base.h"
#include "skillgain/model/frame.h"
#include "skillgain/stats/adapter.h"

/* ---- the set (oracle_set.c) ---- */

typedef struct {
    const char *name;
    sg_frame frame;
} sg_oracle_data;

typedef struct {
    sg_arena *arena;    /* of the data sets */
    const char *folder; /* NULL: the set that is part of the program */
    sg_json *root;
    const sg_json *entries;
    sg_oracle_data *data;
    size_t n_data, capacity;
} sg_oracle_set;

sg_status sg_oracle_open(sg_arena *arena, const char *folder, sg_oracle_set *out, sg_err *err) SG_MUST_CHECK;
void sg_oracle_close(sg_oracle_set *set);

/* A data set by the name that an entry has for it, read once; good until the next one is asked for. */
sg_status sg_oracle_data_of(sg_oracle_set *set, const char *name, const sg_frame **out,
                            sg_err *err) SG_MUST_CHECK;

/* ---- one entry ---- */

enum { SG_ORACLE_PARAMS = 48 };

typedef struct {
    sg_oracle_set *set;
    const sg_json *entry, *params;
    sg_arena *arena; /* of this entry */
    sg_frame rows;   /* n_columns 0: none */
    sg_stats_param items[SG_ORACLE_PARAMS];
    size_t n_items;
} sg_oracle_case;

/* All of an entry: its parameters as they stand, its rows, and what is counted of these. SG_FAILED: the entry cannot be
 * read so. */
sg_status sg_oracle_read(sg_oracle_set *set, const sg_json *entry, sg_arena *arena, sg_oracle_case *out,
                         sg_err *err) SG_MUST_CHECK;

/* A text parameter; NULL: there is none. */
const char *sg_oracle_text(const sg_oracle_case *c, const char *name);

/* The same, or what another entry of this data set has under that name: of the entry that has most else in common. NULL: none has
 * it. */
const char *sg_oracle_text_of_kin(const sg_oracle_case *c, const char *name);

/* Puts a list of numbers or texts. A list of numbers that the entry has by itself is compared with it; SG_FAILED where
 * they differ. */
sg_status sg_oracle_put_numbers(sg_oracle_case *c, const char *name, const double *numbers, size_t n,
                                sg_err *err) SG_MUST_CHECK;
sg_status sg_oracle_put_texts(sg_oracle_case *c, const char *name, const char *const *texts, size_t n,
                              sg_err *err) SG_MUST_CHECK;

/* ---- expressions (oracle_expression.c) ---- */

/* What a text says of the columns: a name, a number, "a|b", "a <= 30", "a = x", "a+b", "a-1", "a mod 2", "a, 365 when no gain", "a
 * or b", the lower-case name of a level (1 where it is). *out is NULL where it can't be understood so. */
sg_status sg_oracle_evaluate(sg_frame *frame, const char *text, const sg_frame_column **out,
                             sg_err *err) SG_MUST_CHECK;

/* A column as numbers, or SG_FAILED with its name. */
sg_status sg_oracle_numbers(sg_frame *frame, const char *text, const double **out, sg_err *err) SG_MUST_CHECK;
sg_status sg_oracle_column(sg_frame *frame, const char *text, const sg_frame_column **out,
                           sg_err *err) SG_MUST_CHECK;

/* ---- rows (oracle_rows.c) ---- */

/* The rows of the entry's data set that its filter keeps, with the columns that filter and parameters make. missing_of: rows without a
 * value there stay in, whatever the filter says of it; NULL. */
sg_status sg_oracle_rows(sg_oracle_case *c, const char *missing_of, sg_frame *out, sg_err *err) SG_MUST_CHECK;

/* ---- what is counted and listed (oracle_counts.c, oracle_lists.c) ---- */

sg_status sg_oracle_count(sg_oracle_case *c, const char *method, sg_err *err) SG_MUST_CHECK;
sg_status sg_oracle_list_scores(sg_oracle_case *c, sg_err *err) SG_MUST_CHECK;
sg_status sg_oracle_list_values(sg_oracle_case *c, sg_err *err) SG_MUST_CHECK;
sg_status sg_oracle_list_times(sg_oracle_case *c, sg_err *err) SG_MUST_CHECK;
sg_status sg_oracle_list_units(sg_oracle_case *c, sg_err *err) SG_MUST_CHECK;

#endif
