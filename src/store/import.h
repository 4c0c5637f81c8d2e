/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Private to store: an import under way: rows staged in temporary tables, findings in memory, all else to come.
 */
#ifndef SG_STORE_IMPORT_H
#define SG_STORE_IMPORT_H

#include "store/finding.h"
#include "store/place.h"

struct sg_import {
    sg_store *store;
    sg_findings findings;
    sg_places places;
    sg_str room;     /* of the digest of a row */
    bool weighed;    /* the temporary tables say what applying would do */
    bool unreadable; /* a refused row may be anybody's */
    const char *absent
        [SG_MAX_FIELDS]; /* by field, the column that the crosswalk names and the file lacks; NULL: none */
};

/* The parameters that say what of a scope counts: :by_year, :by_college, :any. A partial delivery speaks of the program years at
 * colleges that it has rows of. */
bool sg_cuts_by(const sg_batch *batch, sg_scope_column column);

sg_status sg_import_stage(sg_import *import, const sg_record *row, sg_err *err) SG_MUST_CHECK;

sg_status sg_import_note_refused(sg_import *import, const sg_refused_row *row, sg_err *err) SG_MUST_CHECK;
/* Takes from the withdrawals what the refused rows may stand for, and counts it. */
sg_status sg_import_spare(sg_import *import, int64_t *out_n, sg_err *err) SG_MUST_CHECK;

/* Why a person should see the delivery, once it is weighed, before it is applied: what it withdraws, which fields it lacks that the
 * one before it had, hours that are none. "" where nothing is amiss. */
sg_status sg_import_judge(sg_import *import, const sg_batch *batch, char out[SG_ERR_MESSAGE],
                          sg_err *err) SG_MUST_CHECK;

#endif
