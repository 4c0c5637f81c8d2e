/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a full delivery lacks is withdrawn, but for what its refused rows may stand for: a refused row replaces nothing, and so it
 * takes nothing away.
 */
#include "store/import.h"
#include "store/stmt.h"

sg_status sg_import_note_refused(sg_import *import, const sg_refused_row *row, sg_err *err)
{
    import->weighed = false;
    if (!row->learner_known) {
        import->unreadable = true;
        return SG_OK;
    }
    SG_QUERY query = sg_query_of(import->store, SG_SQL_STAGE_REFUSED);
    sg_query_blob(&query, ":pseudonym", row->learner.bytes, sizeof row->learner.bytes);
    sg_query_blob(&query, ":record_key", row->key, row->key_known ? sizeof row->key : 0);
    return sg_query_run(&query, err);
}

sg_status sg_import_spare(sg_import *import, int64_t *out_n, sg_err *err)
{
    SG_QUERY query = sg_query_of(import->store, SG_SQL_WEIGH_SPARED);
    sg_query_int(&query, ":unreadable", import->unreadable);
    sg_status status = sg_query_run(&query, err);
    if (status == SG_OK)
        *out_n = sqlite3_changes64(import->store->db);
    return status;
}
