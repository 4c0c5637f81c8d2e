/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * ingest: bytes of an export to typed, checked rows. Reads, decodes, parses, maps by a crosswalk, checks every rule and hands
 * rows and findings to a sink; it does not know what becomes of them. A bad row is a finding; a file whose structure can't be
 * trusted is SG_REFUSED (its sink must then forget everything it was handed).
 */
#ifndef SKILLGAIN_INGEST_H
#define SKILLGAIN_INGEST_H

#include "skillgain/base.h"
#include "skillgain/config.h"
#include "skillgain/model.h"

typedef struct {
    const sg_crosswalks *crosswalks; /* candidates; with one only, it is taken if it fits */
    const char *kind;                /* only crosswalks of this kind, or NULL */
    const sg_key *key;               /* for pseudonyms and record keys */
    sg_input_limits limits;
    int jobs; /* threads: with two or more, lines are split on one and rows checked on another one, unless the sink keeps texts */
    sg_day today;   /* the day of import: no cut-off is later */
    int stale_days; /* a file whose latest day lies further before its cut-off is told so; 0: none is */
    sg_day cutoff;  /* given by the caller, or SG_DAY_NONE: by the crosswalk's rule */
} sg_ingest_options;

/* Takes one file ("-": standard input). *out: everything of sg_batch but id, state, imported_on, and the counts that only the store
 * knows (stored = rows handed to the sink and not replaced since). On SG_REFUSED err says file, line, what and fix, and *out
 * holds what is known. The sink sees rows in file order. A later row of the same key replaces the earlier one: the sink gets
 * both, in order, and the finding. An exact repeat is a finding only. With two jobs or more its callbacks come from another thread, one
 * after the other, but known, which the caller's thread asks meanwhile. */
sg_status sg_ingest_file(const char *path, const sg_ingest_options *options, const sg_sink *sink,
                         sg_batch *out, sg_err *err) SG_MUST_CHECK;

/* The crosswalk by which sg_ingest_file would read the file, one of the options'; NULL: its header fits none, or can't be read, of which
 * sg_ingest_file tells more. *out_cutoff: the file's cut-off, as far as the options or its name tell it; else SG_DAY_NONE. Reads no
 * further than it must. */
sg_status sg_ingest_choose(const char *path, const sg_ingest_options *options, const sg_crosswalk **out,
                           sg_day *out_cutoff, sg_err *err) SG_MUST_CHECK;

/* The pseudonyms that an id may have in the store, for one scope ("": state-wide, else a college): as given, and in capital or small
 * letters where these are asked for (by sg_id_case). At most three, *out_n, in `out`. SG_USAGE where no export
 * could have such an id. */
enum { SG_ID_FORMS = 3 };
sg_status sg_ingest_pseudonyms(const sg_key *key, const char *scope, const char *id, size_t length,
                               const bool cases[SG_ID_FORMS], sg_pseudonym out[SG_ID_FORMS], size_t *out_n,
                               sg_err *err) SG_MUST_CHECK;

/* A first crosswalk for an export, guessed from its header and the values of its first rows. */
typedef struct {
    const char *
        fits; /* the crosswalk that reads the file already, with every column that would be guessed; NULL: none */
    const char *name; /* of the guessed one: from the file's name */
    const char *
        text; /* the YAML file: every guess with its reason; no value but codes of columns known as columns of codes */
    sg_kind kind;
    size_t n_columns, n_taken; /* of the header, and those that are mapped */
    size_t n_lacking; /* required fields without a column: the text loads only when they are put in */
    int64_t n_rows;   /* that were looked at */
    bool whole;       /* these are all rows */
    const char *const *warnings; /* what a person must look at, a sentence each */
    size_t n_warnings;
} sg_guess;

/* Of options, crosswalks (those that may fit already) and limits count. "-": standard input, of which a part is read. The same bytes give
 * the same text. Everything in the arena. SG_REFUSED: the file is no table, or its first line no header; err says which, and what to do. */
sg_status sg_ingest_guess(const char *path, const sg_ingest_options *options, sg_arena *arena, sg_guess *out,
                          sg_err *err) SG_MUST_CHECK;

#endif
