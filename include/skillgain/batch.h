/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * batch: the night: lock, imports in order, analysis, draft, edition, with outputs that appear whole or not at all. Whatever moment it is
 * killed at, the next run ends where an undisturbed one ends.
 */
#ifndef SKILLGAIN_BATCH_H
#define SKILLGAIN_BATCH_H

#include "skillgain/across.h"
#include "skillgain/base.h"
#include "skillgain/batch/waiting.h"
#include "skillgain/config.h"
#include "skillgain/ingest.h"
#include "skillgain/model.h"
#include "skillgain/store.h"

/* New workspace: skillgain.yaml, inbox/, crosswalks/, output/, key. An existing one is left as it is (SG_USAGE). */
sg_status sg_workspace_create(const char *folder, sg_err *err) SG_MUST_CHECK;
/* What became of an export for which a crosswalk was to be guessed. */
typedef struct {
    const char *export_path;
    sg_status status;
    const char *message; /* where status is not SG_OK */
    sg_guess guess;      /* where it is */
    const char *written; /* the new crosswalk; NULL: one fits already */
} sg_guess_report;
/* Guesses a crosswalk for each export and writes it into the workspace's folder of crosswalks. A file that is there is left as it is
 * (SG_USAGE). *out, one an export, in the arena; the worst status is returned. */
sg_status sg_workspace_guess(const char *folder, const char *const *exports, size_t n_exports,
                             sg_arena *arena, sg_guess_report **out, sg_err *err) SG_MUST_CHECK;
/* mode WRITE takes the lock (SG_BUSY where another run holds it) and creates the store. */
sg_status sg_workspace_open(const char *folder, sg_store_mode mode, sg_workspace **out,
                            sg_err *err) SG_MUST_CHECK;
void sg_workspace_close(sg_workspace *workspace);
SG_DEFINE_CLEANUP(sg_workspace, sg_workspace, sg_workspace_close)
const sg_config *sg_workspace_config(const sg_workspace *workspace);
sg_store *sg_workspace_store(
    const sg_workspace *workspace); /* NULL: opened for reading, and nothing was ever imported */
const char *sg_workspace_latest(const sg_workspace *workspace); /* path of drafts/latest */

/* A warning of a delivery as a whole; texts in the arena. */
typedef struct {
    const sg_rule *rule;
    const char *field, *detail; /* "": none */
} sg_file_note;

/* What became of one file. */
typedef struct sg_file_report {
    const char *path;
    sg_status status; /* SG_OK, SG_REFUSED, SG_HELD, or a failure */
    bool known;       /* the same bytes were taken in before: nothing changed */
    sg_batch batch;
    int64_t kept_outside;      /* rows of earlier deliveries in scopes that a full one did not speak of */
    int64_t rows_kept;         /* refused ones, as they were delivered: skillgain/store/kept.h */
    const char *message;       /* of a refused, held or failed file, else "" */
    const sg_file_note *notes; /* of a file that was taken in */
    size_t n_notes;
    const struct sg_file_report
        *also; /* of the same file, read by a further crosswalk; NULL: there is none */
} sg_file_report;

typedef struct {
    const char *kind;      /* NULL: by header */
    const char *crosswalk; /* a crosswalk file, NULL: the workspace's */
    sg_crosswalk *only;    /* of the workspace's this one; NULL: by the header */
    sg_day cutoff;         /* SG_DAY_NONE: by the crosswalk */
    int jobs;              /* more than 1: files are read and written at the same time */
    sg_across
        *across; /* sg_batch_check adds the file's accepted rows to it, unless it is refused; NULL: not */
} sg_import_options;

/* How the file is to be read: in one way, with these options, or, where the crosswalk that its header fits names others (`also`) that fit
 * it too, by each of them, itself first. *out_n is at least 1. What is wrong with the file is for its reading to tell. */
void sg_batch_ways(const sg_workspace *workspace, const sg_import_options *options, const char *path,
                   sg_import_options out[SG_N_KINDS], size_t *out_n);

/* Each in the order given; one transaction a file and way of reading it. *out in the arena. */
sg_status sg_batch_import(sg_workspace *workspace, const sg_import_options *options, char *const *paths,
                          size_t n_paths, sg_arena *arena, sg_file_report **out, sg_err *err) SG_MUST_CHECK;
/* Takes in a held file: `path`, or (NULL) the file of its name in the inbox, with the content that was held. */
sg_status sg_batch_accept(sg_workspace *workspace, int64_t batch, const char *path, sg_arena *arena,
                          sg_file_report *out, sg_err *err) SG_MUST_CHECK;
/* Takes a batch that is in use back, exactly; the newest of its kind only. One that is held is dropped: it waits no longer, and its file
 * goes from the inbox to the archive, where that is kept. *out as it is now. */
sg_status sg_batch_undo(sg_workspace *workspace, int64_t batch, sg_arena *arena, sg_batch *out,
                        sg_err *err) SG_MUST_CHECK;

typedef struct {
    int64_t asked, known; /* ids that were given, and those that had rows */
    int64_t rows;         /* taken out, past versions among them */
    int64_t kept;         /* lines with refused rows, all that were kept: whose they are can't be told */
    int64_t archived; /* files of the archive, which are the deliverer's own and still have what they had */
} sg_forget_report;
/* Forgets the learners of these ids, an id a line (not in arguments, which others can see), in every college and in every case that a
 * crosswalk may give an id. */
sg_status sg_batch_forget(sg_workspace *workspace, const char *ids, sg_forget_report *out,
                          sg_err *err) SG_MUST_CHECK;

/* What the refused rows of a file cost: learners with a row that is accepted, those whose every row is refused, and refused rows of which
 * it can't be told whose they are. A repeat or a replaced row is a row of its learner. */
typedef struct {
    int64_t learners, lost, nobody_knows;
} sg_check_effect;

/* A code that nothing stands for, and how many rows have it. Only where it is no single person's: a short label, in many rows, of several
 * learners. */
typedef struct {
    int field; /* of the kind */
    char text[48];
    int64_t n;
} sg_unknown_code;
enum { SG_UNKNOWN_CODES = 32 };

typedef struct {
    sg_batch batch;                            /* as of an import */
    sg_unknown_code unknown[SG_UNKNOWN_CODES]; /* the most frequent first */
    size_t n_unknown;
    sg_check_effect effect;
    char held[SG_ERR_MESSAGE]; /* why an import would hold the file, else "" */
    size_t file;               /* its number in options->across */
} sg_check_report;

/* Every import rule on one file, nothing stored: findings go to `each`; those of unknown codes have in their detail which are known. */
sg_status sg_batch_check(sg_workspace *workspace, const sg_import_options *options, const char *path,
                         sg_status (*each)(void *context, const sg_finding *finding, sg_err *err),
                         void *context, sg_check_report *out, sg_err *err) SG_MUST_CHECK;

/* For the rules across rows and files, by the workspace's keys: empty, for the files of sg_batch_check. Caller frees. */
sg_status sg_batch_across_files(const sg_workspace *workspace, sg_across **out, sg_err *err) SG_MUST_CHECK;
/* The same over the current rows of the store, examined. most_listed: as in sg_across_options. *out_files: the batch of each file
 * number, *out_n of them, in the arena. SG_USAGE where nothing was ever imported. Caller frees *out. */
sg_status sg_batch_across_stored(const sg_workspace *workspace, size_t most_listed, sg_arena *arena,
                                 sg_across **out, const sg_batch **out_files, size_t *out_n,
                                 sg_err *err) SG_MUST_CHECK;

typedef struct {
    const char *
        output; /* folder of the draft, new or empty; NULL: one of its own in the workspace's output/drafts */
    int program_year;    /* 0: all */
    const char *college; /* NULL: the state */
    unsigned pages, formats;
    sg_day as_of;        /* SG_DAY_NONE: the earliest cut-off */
    int64_t as_of_batch; /* the store as this batch left it; 0: as it is. drafts/latest stays where it is */
    int jobs;
} sg_draft_options;

typedef struct {
    const char *folder; /* of the draft or edition */
    bool unchanged;     /* it was there already, byte for byte */
    const char *banner; /* "" */
    const char
        *in_use; /* by sg_batch_report: the newest delivery of each kind behind its figures; else NULL */
} sg_output_report;

sg_status sg_batch_report(sg_workspace *workspace, const sg_draft_options *options, sg_arena *arena,
                          sg_output_report *out, sg_err *err) SG_MUST_CHECK;

typedef struct {
    sg_file_report *files; /* of the inbox, by name */
    size_t n_files;
    const char **missing; /* expected kinds that never came or are too old, a sentence each */
    size_t n_missing;
    sg_waiting *waiting; /* held ones of earlier nights */
    size_t n_waiting;
    bool reported;
    bool may_report;    /* no draft was tried, and sg_batch_report would find all that one needs */
    const char *in_use; /* then: what it would be made from */
    sg_output_report draft;
} sg_night_report;

/* Expected kinds that never came, or too long ago at this time: a sentence each. One that is held came. */
sg_status sg_batch_missing(sg_workspace *workspace, int64_t unix_seconds, sg_arena *arena, const char ***out,
                           size_t *out_n, sg_err *err) SG_MUST_CHECK;

/* The nightly batch. The worst status of its parts is returned; *out is filled as far as it came. dry_run: nothing is written. */
sg_status sg_batch_run(sg_workspace *workspace, const sg_draft_options *options, bool dry_run,
                       sg_arena *arena, sg_night_report *out, sg_err *err) SG_MUST_CHECK;

typedef struct {
    const char *name;
    int64_t shown, masked;
    sg_output_report output;
} sg_edition_report;

/* An edition of the newest draft's latest closed program year; a second one of a year is SG_DISCLOSURE. */
sg_status sg_batch_release(sg_workspace *workspace, bool dry_run, sg_arena *arena, sg_edition_report *out,
                           sg_err *err) SG_MUST_CHECK;

#endif
