/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/import.h"
#include "store/stmt.h"

typedef struct {
    sg_status (*each)(void *context, const sg_pseudonym *learner, sg_day day, bool *out_enough, sg_err *err);
    void *context;
    bool enough;
} visit;

static sg_status visit_row(sg_import *import, int64_t id, visit *v, sg_err *err)
{
    enum { LEARNER, GAIN_DATE };
    SG_QUERY query = sg_query_of(import->store, SG_SQL_GAIN_ROW);
    sg_pseudonym learner = {{0}};
    bool row = false;
    sg_query_int(&query, ":id", id);
    sg_status status = sg_query_next(&query, &row, err);
    if (status != SG_OK || !row)
        return status;
    sg_column_bytes(&query, LEARNER, learner.bytes, sizeof learner.bytes);
    return v->each(v->context, &learner, (sg_day)sg_column_int(&query, GAIN_DATE), &v->enough, err);
}

static sg_status visit_arrived(sg_import *import, visit *v, sg_err *err)
{
    sg_status status = SG_OK;
    for (size_t i = 0; i < import->n_arrivals && status == SG_OK && !v->enough; i++) {
        int64_t place = import->arrivals[i];
        if (place != SG_NO_ARRIVAL)
            status = visit_row(import, place < 0 ? import->known.all[~place].id : import->first_id + place, v,
                               err);
    }
    return status;
}

/* What a partial delivery does not bring again, it leaves as it is. */
static sg_status visit_others(sg_import *import, visit *v, sg_err *err)
{
    sg_status status = SG_OK;
    for (size_t i = 0; i < import->known.n && status == SG_OK && !v->enough; i++)
        if (!import->known.all[i].arrived)
            status = visit_row(import, import->known.all[i].id, v, err);
    return status;
}

sg_status sg_import_gains(sg_import *import, const sg_batch *batch,
                          sg_status (*each)(void *context, const sg_pseudonym *learner, sg_day day,
                                            bool *out_enough, sg_err *err),
                          void *context, sg_err *err)
{
    visit v = {.each = each, .context = context};
    if (batch->kind != SG_KIND_GAIN)
        return SG_OK;
    sg_status status = visit_arrived(import, &v, err);
    if (status == SG_OK && batch->delivery == SG_DELIVERY_DELTA)
        status = visit_others(import, &v, err);
    return status;
}
