/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Row: one record of fields to one typed record, with what the rules have found in it. All rules run on
 * each row, so that whoever mends the export sees everything at once.
 */
#ifndef SG_INGEST_ROW_H
#define SG_INGEST_ROW_H

#include "entry.h"
#include "layout.h"
#include "table_reader.h"

enum { SG_ROW_FINDINGS = 2 * SG_MAX_FIELDS }; /* no rule set finds as many in one row */

typedef struct {
    /* of the file */
    const sg_layout *layout;
    const sg_kind_fields *table;
    sg_day today;
    const sg_key *key;
    const sg_hash_key *key_of_rows;
    sg_str *form;              /* working space of digests */
    const sg_entries *entries; /* where the key of the row will be looked for */
    sg_arena *arena;           /* of the row: reset with each */

    /* of the row */
    const sg_raw_record *raw;
    sg_record record;
    sg_refused_row known;      /* of a refused row, whose it is as far as it can be told */
    const char *learner_id;    /* canonical; NULL: missing or refused. Leaves ingest only as a pseudonym */
    const char *enrollment_id; /* NULL: blank */
    sg_day birth;              /* SG_DAY_NONE: blank or refused */
    sg_day cutoff;             /* of the cut-off column; SG_DAY_NONE: none, blank or refused */
    sg_row_finding findings[SG_ROW_FINDINGS];
    size_t n_findings;
    bool refused;        /* by at least one rule */
    bool passing;        /* a finding hangs on the day of import: another day may not find it */
    bool lacks_required; /* a required field is missing or refused */
    bool no_memory;
} sg_row;

/* Reads raw (shape SG_RECORD_FIELDS, as many fields as the header, valid UTF-8) into the row. SG_NO_MEMORY
 * is the only failure. record.learner, record.key and record.digest are made where nothing refuses the row, known where something
 * does. */
sg_status sg_row_read(sg_row *row, const sg_raw_record *raw, sg_err *err) SG_MUST_CHECK;

/* Of a line with several records: whether the one of the row's layout is there. The arena is not reset. no_memory tells of a failure. */
bool sg_row_is_there(sg_row *row, const sg_raw_record *raw);

/* Notes a finding: of a field (-1: of the row as a whole), or of a column of the export that is no field. */
void sg_row_find(sg_row *row, const char *rule, int field);
/* The same of a finding that a later day may not find any more. */
void sg_row_find_today(sg_row *row, const char *rule, int field);
void sg_row_find_column(sg_row *row, const char *rule, const char *column);

/* The first day of the row: start_date or gain_date; SG_DAY_NONE: missing. */
sg_day sg_row_day(const sg_row *row);
sg_day sg_row_end_day(const sg_row *row); /* end_date of an enrollment, else SG_DAY_NONE */

/* ---- the steps of sg_row_read ---- */

void sg_row_take_values(sg_row *row); /* value.c: one field at a time */
void sg_row_check(sg_row *row);       /* check.c: fields against each other */
void sg_row_identify(sg_row *row);    /* identity.c: pseudonym, key, digest */
void sg_row_identify_refused(
    sg_row *row);                       /* identity.c: what of the pseudonym and the key was read soundly */
const char *sg_row_custom(sg_row *row); /* custom.c: the further dimensions in their stored form, or NULL */

#endif
