/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "row.h"
#include "rule_id.h"

/* Keys are compared with those of other machines' stores only after a copy of the database, so that their byte order is fixed. */
static void add_number(sg_str *form, int64_t number)
{
    unsigned char bytes[8];
    for (int i = 0; i < 8; i++)
        bytes[i] = (unsigned char)((uint64_t)number >> (8 * i) & 0xff);
    sg_str_add_n(form, (const char *)bytes, sizeof bytes);
}

/* A canonical form: each part behind its length, so that ("ab", "c") and ("a", "bc") differ, and blank is a
 * value of its own. */
static void add_text(sg_str *form, const char *text)
{
    size_t length = text != NULL ? strlen(text) : 0;
    add_number(form, text != NULL ? (int64_t)length : -1);
    sg_str_add_n(form, text, length);
}

static void add_learner(sg_str *form, const sg_row *row)
{
    sg_str_add_n(form, (const char *)row->record.learner.bytes, sizeof row->record.learner.bytes);
}

/* Of design.md section 6, Rows: the kind's key fields but the learner's id. An enrollment's own id, where it has one, stands for
 * all of them but the college. */
static bool is_in_key(const sg_row *row, int field)
{
    bool has_own_id = row->record.kind == SG_KIND_ENROLLMENT && row->enrollment_id != NULL;
    if (field == row->table->learner || (row->table->fields[field].flags & SG_FIELD_KEY) == 0)
        return false;
    return !has_own_id || field == (int)SG_ENROLLMENT_COLLEGE || field == (int)SG_ENROLLMENT_ENROLLMENT_ID;
}

static void add_key(sg_str *form, const sg_row *row)
{
    const sg_record *record = &row->record;
    for (int i = 0; i < (int)row->table->n; i++) {
        if (!is_in_key(row, i))
            continue;
        if (row->table->fields[i].type != SG_TYPE_TEXT)
            add_number(form, record->number[i]);
        else if (record->kind == SG_KIND_ENROLLMENT && i == (int)SG_ENROLLMENT_ENROLLMENT_ID)
            add_text(form, row->enrollment_id);
        else
            add_text(form, record->text[i]);
    }
}

/* The id is what stood in the field, of which the pseudonym is made already. */
static bool is_made_ahead(const sg_row *row)
{
    int column = row->layout->field_column[row->table->learner];
    return row->raw->learner != NULL && strcmp(row->raw->fields[column].text, row->learner_id) == 0;
}

static void make_learner(sg_row *row)
{
    const char *scope = row->layout->crosswalk->learners_by_college ? row->record.text[row->table->college]
                                                                    : "";
    if (row->table->learner < 0)
        return;
    if (is_made_ahead(row))
        row->record.learner = *row->raw->learner;
    else
        sg_pseudonym_make(row->key, scope, row->learner_id, strlen(row->learner_id), &row->record.learner);
}

static void make_key(sg_row *row)
{
    sg_str *form = row->form;
    uint64_t key = 0;
    sg_str_reset(form);
    add_learner(form, row);
    add_key(form, row);
    if (form->failed)
        row->no_memory = true;
    else
        key = sg_hash64(row->key_of_rows, form->text, form->length);
    sg_entries_prepare(row->entries, key);
    for (size_t i = 0; i < sizeof row->record.key; i++)
        row->record.key[i] = (unsigned char)(key >> (8 * i) & 0xff);
}

void sg_row_identify(sg_row *row)
{
    make_learner(row);
    make_key(row);
    if (sg_record_pack(&row->record, row->form, NULL) != SG_OK)
        row->no_memory = true;
}

/* ---- of a refused row ---- */

/* Whether a finding leaves the first day in doubt: of two days, or of a day and an age, that contradict each other, either may be
 * the wrong one. */
static bool doubts_start(const sg_row_finding *finding)
{
    return finding->field == SG_ENROLLMENT_START_DATE ||
           strcmp(finding->rule, SG_RULE_END_BEFORE_START) == 0 || strcmp(finding->rule, SG_RULE_AGE) == 0;
}

/* Whether a finding leaves in doubt which row of the learner it is. */
static bool doubts_key(const sg_row *row, const sg_row_finding *finding)
{
    bool is_key = finding->field >= 0 && (row->table->fields[finding->field].flags & SG_FIELD_KEY) != 0;
    if (row->record.kind != SG_KIND_ENROLLMENT)
        return is_key;
    if (row->enrollment_id != NULL) /* it stands for the others */
        return finding->field == SG_ENROLLMENT_COLLEGE;
    return is_key || doubts_start(finding);
}

static bool is_learner_known(const sg_row *row)
{
    if (row->table->learner < 0)
        return true; /* nobody's */
    return row->learner_id != NULL &&
           (!row->layout->crosswalk->learners_by_college || row->record.text[row->table->college] != NULL);
}

void sg_row_identify_refused(sg_row *row)
{
    sg_refused_row *known = &row->known;
    *known = (sg_refused_row){.kind = row->record.kind, .learner_known = is_learner_known(row)};
    if (!known->learner_known)
        return;
    make_learner(row);
    known->learner = row->record.learner;
    known->key_known = true;
    for (size_t i = 0; i < row->n_findings; i++)
        known->key_known = known->key_known && !doubts_key(row, &row->findings[i]);
    if (known->key_known)
        make_key(row);
    memcpy(known->key, row->record.key, sizeof known->key);
}
