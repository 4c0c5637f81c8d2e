/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Private to store: an import under way. Rows that are new or changed are entered at once, under the batch's id, while the file is
 * still being read; what they mean for those before them is weighed when the last one is in and the cut-off is known. Findings wait
 * in memory.
 */
#ifndef SG_STORE_IMPORT_H
#define SG_STORE_IMPORT_H

#include "store/finding.h"
#include "store/kept.h"
#include "store/known.h"
#include "store/place.h"
#include "store/reach.h"
#include "store/verdict.h"

/* A row that this import entered; its id is import->first_id + its place. */
typedef struct {
    uint32_t scope;
    uint32_t old; /* the place, from 1, of the known row whose key it has; 0: none */
    bool dropped; /* a later row of the file stands for it */
    bool takes_effect;
} sg_new_row;

/* A known row and the digest of the text that delivered it this time. It waits here, for readers on another thread look rows up by the
 * one that they had. */
typedef struct {
    uint32_t place;
    uint64_t raw;
    int64_t verdict; /* its id, or SG_BLANK */
} sg_new_text;

/* What is known of a scope of rows, by its id. */
typedef struct {
    sg_day cutoff; /* of the last full delivery that spoke of it; SG_EARLIEST: none */
    bool delivered;
    int64_t n_rows, n_lost;
} sg_scope_reach;

/* What came of a scope of rows, by its id. */
typedef struct {
    bool any;
    int64_t n_rows; /* those apart that a later row of the file stands for */
} sg_scope_arrivals;

enum { SG_CACHE_LINES = 128 }; /* bytes: one line, and the one that is fetched with it */

struct sg_import {
    sg_store *store;
    int jobs;
    sg_findings findings;
    sg_waiting_rows waiting;
    sg_places places;
    bool begun; /* the kind is known, and its rows */
    bool weighed;
    bool unreadable; /* a refused row may be anybody's */
    sg_kind kind;
    int64_t batch, first_id;

    sg_new_row *news;
    size_t n_news, news_capacity;
    /* by the number of a row (sg_sink.row): the place of a new one, or ~place of a known one; SG_NO_ARRIVAL: replaced since */
    int64_t *arrivals;
    size_t n_arrivals, arrival_capacity;
    sg_new_text *raws; /* of known rows that were delivered by another text than before */
    size_t n_raws, raw_capacity;
    sg_scope_arrivals *arrived; /* by scope */
    size_t n_arrived, arrived_capacity;
    uint64_t *refused_keys;
    size_t n_refused_keys, refused_key_capacity;
    sg_pseudonym *refused_learners; /* of whom no more is known than that a row of theirs was refused */
    size_t n_refused_learners, refused_learner_capacity;

    /* what other threads read for every row and nobody writes meanwhile, on lines of the processor's cache of its own */
    unsigned char before[SG_CACHE_LINES];
    sg_known_rows known;
    sg_verdict_list verdicts;
    sg_pseudonym *forgotten; /* sorted digests */
    size_t n_forgotten, forgotten_capacity;
    unsigned char between[SG_CACHE_LINES];
    sg_known_cursor cursor; /* of the one thread that looks lines up */
    unsigned char behind[SG_CACHE_LINES];

    /* weighed */
    sg_scope_reach *scopes; /* by id */
    size_t n_scopes, scope_capacity;
    uint32_t *withdrawn; /* places of known rows */
    size_t n_withdrawn, withdrawn_capacity;
    int64_t kept_outside;

    sg_profile fresh;              /* of the rows that this import entered, replaced ones apart */
    sg_profile delivered, current; /* weighed: of the file, and of the kind once it is applied */

    const char *absent
        [SG_MAX_FIELDS]; /* by field, the column that the crosswalk names and the file lacks; NULL: none */
};

enum { SG_NO_ARRIVAL = INT32_MIN };

uint64_t sg_key_number(const unsigned char key[SG_RECORD_KEY_BYTES]);

/* The parameters that say what of a scope counts: :by_year, :by_college, :any. A partial delivery speaks of the program years at
 * colleges that it has rows of. */
bool sg_cuts_by(const sg_batch *batch, sg_scope_column column);

/* arrival.c: the callbacks of the sink that bring rows. */
sg_status sg_import_take_begin(void *context, const sg_batch *batch, sg_err *err);
sg_status sg_import_take_row(void *context, const sg_record *row, int64_t replaces, sg_err *err);
sg_status sg_import_take_verdict(void *context, uint32_t number, const sg_row_finding *findings, size_t n,
                                 sg_err *err);
bool sg_import_find_known(void *context, uint64_t raw, sg_known_row *out);
bool sg_import_find_known_key(void *context, const unsigned char key[SG_RECORD_KEY_BYTES], sg_known_row *out);
sg_status sg_import_take_same(void *context, const sg_known_row *row, int64_t replaces, sg_err *err);
sg_status sg_import_take_refused(void *context, const sg_refused_row *row, sg_err *err);
bool sg_import_is_forgotten(void *context, const sg_pseudonym *learner);
/* Loads what an import of this kind needs, once. */
sg_status sg_import_need(sg_import *import, sg_kind kind, sg_err *err) SG_MUST_CHECK;

/* weigh.c: the rows that take effect, the rows that are withdrawn, and the counts of both. */
sg_status sg_import_weigh_rows(sg_import *import, const sg_batch *batch, sg_batch_counts *counts,
                               sg_err *err) SG_MUST_CHECK;

/* profile.c: counts of the file and of the current rows after it; a row that a later one of the file stands for is not counted. */
sg_status sg_import_uncount(sg_import *import, int64_t row, sg_err *err) SG_MUST_CHECK;
sg_status sg_import_weigh_profile(sg_import *import, sg_err *err) SG_MUST_CHECK;
sg_status sg_import_enter_profile(sg_import *import, sg_err *err) SG_MUST_CHECK;

/* apply.c: enters all that the batch, whose id is known, changes beside the rows that are in already. */
sg_status sg_import_apply_rows(sg_import *import, const sg_batch *batch, sg_err *err) SG_MUST_CHECK;

/* Why a person should see the delivery, once it is weighed, before it is applied: what it withdraws, which fields it lacks that the
 * one before it had, hours that are none. "" where nothing is amiss. */
sg_status sg_import_judge(sg_import *import, const sg_batch *batch, char out[SG_ERR_MESSAGE],
                          sg_err *err) SG_MUST_CHECK;

#endif
