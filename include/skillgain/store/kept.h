/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * store, kept rows: what was refused of a file, as it was delivered, where 'quality.keep_rows' asks for it. These are the only values of
 * learners in the store that are no code, number or day, and nobody can tell whose they are: so they are bounded, they never leave the
 * store but into a file that is asked for, and they go when their batch is taken back, when its file comes into use as another batch, when
 * any learner is forgotten, and when the configuration no longer asks for them.
 */
#ifndef SKILLGAIN_STORE_KEPT_H
#define SKILLGAIN_STORE_KEPT_H

#include "skillgain/store.h"

/* Of a batch the first lines that fit are kept: so many, with so many bytes in all. */
enum { SG_MOST_KEPT_LINES = 10000, SG_MOST_KEPT_BYTES = 16 << 20 };

/* A line of a batch's file, with the line breaks within quotes, on which a row was refused. Valid until the callback returns. */
typedef struct {
    int64_t line;
    int64_t n_rows;    /* refused ones: of a line that is several rows there may be more than one */
    const char *rules; /* by which they were refused, their ids with blanks between them */
    const char *text;  /* as sg_sink.kept has it; NULL: empty */
    size_t length;
} sg_kept_row;

/* From here on the import's sink takes the texts of refused rows, which come into the store with a batch that is applied or held. To be
 * called before the sink is asked for. */
sg_status sg_import_keep_rows(sg_import *import, sg_err *err) SG_MUST_CHECK;
/* Refused rows whose lines it keeps; the others found no room, or are a forgotten learner's. */
int64_t sg_import_rows_kept(const sg_import *import);

/* Those of a batch, by line. */
sg_status sg_store_kept_rows(sg_store *store, int64_t batch,
                             sg_status (*each)(void *context, const sg_kept_row *row, sg_err *err),
                             void *context, sg_err *err) SG_MUST_CHECK;
/* Lines that are kept of a batch (0: of all). */
sg_status sg_store_count_kept(sg_store *store, int64_t batch, int64_t *out, sg_err *err) SG_MUST_CHECK;
/* Takes them all out and leaves no byte of them in pages, free pages or the log; what was interrupted is done by the next call. Where there
 * are none, nothing is written. */
sg_status sg_store_drop_kept(sg_store *store, sg_err *err) SG_MUST_CHECK;

#endif
