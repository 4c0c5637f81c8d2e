/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/content.h"
#include "store/import.h"
#include "store/stmt.h"

static void bind_fields(sg_query *query, const sg_columns *columns, const sg_record *row, int64_t college)
{
    const sg_field *fields = sg_kind_table(row->kind)->fields;
    int college_field = sg_kind_table(row->kind)->college;
    for (size_t i = 0; i < columns->n; i++) {
        int field = columns->field[i];
        if (field == college_field)
            sg_query_int_at(query, columns->parameter[i], college);
        else if (fields[field].type == SG_TYPE_TEXT)
            sg_query_text_at(query, columns->parameter[i], row->text[field]);
        else
            sg_query_int_at(query, columns->parameter[i], row->number[field]);
    }
}

sg_status sg_import_stage(sg_import *import, const sg_record *row, sg_err *err)
{
    const sg_columns *columns = &import->store->columns[row->kind];
    unsigned char digest[SG_ROW_DIGEST];
    sg_place place;
    if (sg_store_sql(row->kind)->insert == 0)
        return sg_fail(err, SG_FAILED, "the store has no table for rows of kind '%s'",
                       sg_kind_text(row->kind));
    sg_status status = sg_places_find(&import->places, import->store, row, &place, err);
    if (status == SG_OK)
        status = sg_row_digest(row, &import->room, digest, err);
    if (status != SG_OK)
        return status;
    SG_QUERY query = sg_query_of(import->store, sg_store_sql(row->kind)->stage);
    sg_query_blob_at(&query, columns->pseudonym, row->learner.bytes, sizeof row->learner.bytes);
    sg_query_blob_at(&query, columns->record_key, row->key, sizeof row->key);
    sg_query_blob_at(&query, columns->digest, digest, sizeof digest);
    sg_query_int_at(&query, columns->scope, place.scope_id);
    bind_fields(&query, columns, row, place.college_id);
    sg_query_text_at(&query, columns->custom, row->custom);
    import->weighed = false;
    return sg_query_run(&query, err);
}
