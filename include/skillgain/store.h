/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * store: the SQLite database of a workspace: batches, rows with their history, quarantine, editions. Statements come from sql/,
 * are prepared at open, and every value is bound. An import is one transaction: all of it or none.
 *
 * History: a row is valid from the batch that brought it (batch_from) to the batch that changed or withdrew it (batch_to, NULL
 * while it is current), so that any past night can be rebuilt.
 */
#ifndef SKILLGAIN_STORE_H
#define SKILLGAIN_STORE_H

#include "skillgain/base.h"
#include "skillgain/model.h"
#include "skillgain/store/learner.h"

typedef enum { SG_STORE_READ, SG_STORE_WRITE } sg_store_mode;

/* Opens the database of mode 0600, for SG_STORE_WRITE creating and migrating it. Checks application id, schema version and
 * soundness: a damaged one, one of a newer version or a foreign file is refused with what to do. */
sg_status sg_store_open(const char *path, sg_store_mode mode, sg_store **out, sg_err *err) SG_MUST_CHECK;
void sg_store_close(sg_store *store);
/* Reads every page, once, and refuses a database whose pages contradict each other. Opening does it too, but for a large database that
 * is opened to write and was closed in order: then whoever reads it all asks for it. */
sg_status sg_store_check_sound(sg_store *store, sg_err *err) SG_MUST_CHECK;
SG_DEFINE_CLEANUP(sg_store, sg_store, sg_store_close)

/* Remembers the key's check value at first use; another key later is SG_USAGE. */
sg_status sg_store_check_key(sg_store *store, const sg_key *key, sg_err *err) SG_MUST_CHECK;

/* ---- one import ---- */

typedef struct sg_import sg_import; /* an open transaction */

sg_status sg_import_begin(sg_store *store, sg_import **out, sg_err *err) SG_MUST_CHECK;
/* So many threads may read what the store has already; at first 1. */
void sg_import_set_jobs(sg_import *import, int jobs);
/* A sink that stages rows and findings in the open transaction. What its refused rows may stand for is not withdrawn: the row of
 * their key; where only the learner is known, all rows of the learner; where nothing is, every row. */
sg_sink sg_import_sink(sg_import *import);
/* What applying the staged rows would do: fills counts.added, changed, unchanged, withdrawn, spared, and *out_held with a reason
 * (else "") where a full delivery empties a scope, withdraws more than 20 % of one or has hours in no row, and where any delivery
 * lacks a field that the one before it had: the newest in use of its kind, of its colleges if one is. */
sg_status sg_import_weigh(sg_import *import, sg_batch *batch, char out_held[SG_ERR_MESSAGE],
                          sg_err *err) SG_MUST_CHECK;
/* Applies the staged rows and commits. Deliveries count in order of cut-off: rows of a scope for which a full delivery of a
 * later cut-off is in use do not replace anything. Sets batch->id and state, and notes the kind as seen at that time. */
sg_status sg_import_apply(sg_import *import, sg_batch *batch, int64_t seen_unix_seconds,
                          sg_err *err) SG_MUST_CHECK;
/* Of a weighed import, the current rows of its kind in scopes that it does not speak of: they stay as they are. */
int64_t sg_import_kept_outside(const sg_import *import);
/* Of a weighed import, what it is held against: the delivery in use of its kind and sort (full, partial), with a scope in common, of
 * the latest cut-off. Aggregates only. */
typedef struct {
    const char *code; /* NULL: one that must not be named, for it may be something else */
    int64_t now, then;
} sg_college_rows;
typedef struct {
    sg_batch before;      /* id 0: there is none, and only `now` and `known` say something */
    sg_profile now, then; /* of the rows of both files */
    bool known[SG_MAX_FIELDS][SG_PROFILE_CODES]; /* codes that some delivery in use of the kind had */
    const sg_college_rows *colleges;             /* of both, in the arena, by code */
    size_t n_colleges;
} sg_comparison;
sg_status sg_import_compare(sg_import *import, const sg_batch *batch, sg_arena *arena, sg_comparison *out,
                            sg_err *err) SG_MUST_CHECK;
/* Of a weighed import of gains (of other kinds: nothing), each row of the file, in its order; behind those of a partial delivery, the
 * rows that it leaves as they are. Until *out_enough. */
sg_status sg_import_gains(sg_import *import, const sg_batch *batch,
                          sg_status (*each)(void *context, const sg_pseudonym *learner, sg_day day,
                                            bool *out_enough, sg_err *err),
                          void *context, sg_err *err) SG_MUST_CHECK;
/* Stores the batch (held or refused, with its reason) and its findings but none of its rows; commits. */
sg_status sg_import_set_aside(sg_import *import, sg_batch *batch, sg_err *err) SG_MUST_CHECK;
/* Ends the import whatever its stage; what was not committed is rolled back. NULL is fine. */
void sg_import_end(sg_import *import);
SG_DEFINE_CLEANUP(sg_import, sg_import, sg_import_end)

/* Takes a batch that is in use back, exactly: the store is what it was before it came, but for the batch itself, which is kept as
 * undone. The newest of its kind only (SG_USAGE), for the later ones were weighed against it. A held batch is marked so too, and waits no
 * longer. */
sg_status sg_store_undo(sg_store *store, int64_t batch, sg_batch *out, sg_err *err) SG_MUST_CHECK;

/* Takes out every row of these learners, past versions too, and leaves no byte of their pseudonyms in pages, free pages or the log; a
 * digest of each pseudonym is kept so that no later delivery brings them back. *out_rows: how many rows that were. */
sg_status sg_store_forget(sg_store *store, const sg_pseudonym *learners, size_t n, int64_t *out_rows,
                          sg_err *err) SG_MUST_CHECK;

/* out[i]: was this learner forgotten? */
sg_status sg_store_are_forgotten(sg_store *store, const sg_pseudonym *learners, size_t n, bool *out,
                                 sg_err *err) SG_MUST_CHECK;

/* ---- what is in it ---- */

/* The newest batch of the kind (SG_N_KINDS: of any) with this file content, *found false where there is none. */
sg_status sg_store_find_batch(sg_store *store, const char *sha256, sg_kind kind, sg_batch *out, bool *found,
                              sg_err *err) SG_MUST_CHECK;
/* Whether a batch has a file of this size: only then its content can be known. */
sg_status sg_store_knows_size(sg_store *store, int64_t bytes, bool *out, sg_err *err) SG_MUST_CHECK;
/* *out: a later batch in use spoke of a program year at a college of which this one spoke, so that the content of this one, delivered
 * again, would be news. */
sg_status sg_store_is_overtaken(sg_store *store, int64_t batch, bool *out, sg_err *err) SG_MUST_CHECK;
sg_status sg_store_get_batch(sg_store *store, int64_t id, sg_batch *out, bool *found,
                             sg_err *err) SG_MUST_CHECK;
/* All batches by id, in the arena. */
sg_status sg_store_batches(sg_store *store, sg_arena *arena, sg_batch **out, size_t *out_n,
                           sg_err *err) SG_MUST_CHECK;

/* The batches in use that a person took in although they were held, each until all it spoke of has been delivered anew in full; by id, in
 * the arena. */
sg_status sg_store_accepted(sg_store *store, sg_arena *arena, sg_batch **out, size_t *out_n,
                            sg_err *err) SG_MUST_CHECK;

/* A delivery in use that keeps only the latest gain of a learner (gains: latest), where no full delivery of all gains has come for
 * its scopes since: its id and file; *out_id 0: none, and every gain is there. */
sg_status sg_store_latest_gains(sg_store *store, int64_t *out_id, char out_file[SG_NAME_MAX],
                                sg_err *err) SG_MUST_CHECK;

/* A delivery of this kind was seen now, its bytes being known already: for freshness only, never in outputs. */
sg_status sg_store_note_seen(sg_store *store, sg_kind kind, int64_t unix_seconds, sg_err *err) SG_MUST_CHECK;
sg_status sg_store_last_seen(sg_store *store, sg_kind kind, int64_t *out_unix_seconds,
                             sg_err *err) SG_MUST_CHECK; /* 0: never */

typedef struct {
    int64_t batch, line;
    const char *file_name, *rule, *field, *column, *detail; /* valid until the callback returns */
} sg_stored_finding;
/* Findings of a batch (0: of all), by batch, line, rule, field. only_refused: those that refused a row. */
sg_status sg_store_findings(sg_store *store, int64_t batch, bool only_refused,
                            sg_status (*each)(void *context, const sg_stored_finding *finding, sg_err *err),
                            void *context, sg_err *err) SG_MUST_CHECK;
/* Findings of the batches in use, counted by batch and rule, in the arena. */
sg_status sg_store_finding_counts(sg_store *store, sg_arena *arena, sg_finding_facts **out, size_t *out_n,
                                  sg_err *err) SG_MUST_CHECK;

/* The current rows of any kind in the order in which they came, each with the batch that brought it (row->line is a line of that
 * batch's file) and the one up to whose cut-off it is known: the last that contained its scope. Texts are valid until the callback
 * returns. */
sg_status sg_store_records(sg_store *store, sg_kind kind,
                           sg_status (*each)(void *context, const sg_record *row, int64_t batch,
                                             int64_t known_by, sg_err *err),
                           void *context, sg_err *err) SG_MUST_CHECK;
/* From here on what is read is the state after this batch, as that night had it (INT64_MAX: the present). Of a store opened to
 * read. */
void sg_store_set_as_of(sg_store *store, int64_t batch);
/* College codes by index, sorted by code; valid until the store is closed or written. */
sg_status sg_store_colleges(sg_store *store, sg_arena *arena, const char *const **out, size_t *out_n,
                            sg_err *err) SG_MUST_CHECK;
/* By that index: has the college current rows of a kind? In the arena. */
sg_status sg_store_delivering(sg_store *store, sg_kind kind, sg_arena *arena, const bool **out,
                              sg_err *err) SG_MUST_CHECK;
/* The latest cut-off of the applied batches of a kind; SG_DAY_NONE: none. */
sg_status sg_store_cutoff(sg_store *store, sg_kind kind, sg_day *out, sg_err *err) SG_MUST_CHECK;
/* Digest of the current rows and batches in use: independent of ids, pages, order and time of import. */
sg_status sg_store_digest(sg_store *store, char out[SG_SHA256_TEXT], sg_err *err) SG_MUST_CHECK;

/* ---- runs and editions ---- */

typedef struct {
    char draft[SG_NAME_MAX]; /* folder name */
    char input_sha256[SG_SHA256_TEXT];
    int64_t unix_seconds;
} sg_run_record;
sg_status sg_store_add_run(sg_store *store, const sg_run_record *run, sg_err *err) SG_MUST_CHECK;
sg_status sg_store_last_run(sg_store *store, sg_run_record *out, bool *found, sg_err *err) SG_MUST_CHECK;

typedef struct {
    int program_year, number;
    char name[SG_NAME_MAX];            /* "2024-1" */
    char draft_sha256[SG_SHA256_TEXT]; /* of the draft's results.json */
    char results_sha256[SG_SHA256_TEXT];
    int64_t cells_shown, cells_masked;
} sg_edition;
/* The state of a cell in an edition, for the ledger: its key as text and the published count, SG_COUNT_MASKED. */
typedef struct {
    const char *key;
    int64_t count;
} sg_ledger_cell;
sg_status sg_store_add_edition(sg_store *store, const sg_edition *edition, const sg_ledger_cell *cells,
                               size_t n_cells, sg_err *err) SG_MUST_CHECK;
sg_status sg_store_editions(sg_store *store, sg_arena *arena, sg_edition **out, size_t *out_n,
                            sg_err *err) SG_MUST_CHECK;

#endif
