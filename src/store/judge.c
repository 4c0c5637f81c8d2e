/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <string.h>

#include "store/import.h"
#include "store/stmt.h"

/* The columns of weigh_losses. */
enum { PROGRAM_YEAR, COLLEGE, CODE, ROWS, LOST };

enum { LONGEST_CODE = 64 }; /* of a college, in a reason */

static void add_scope(sg_str *out, int64_t year, int64_t college, const char *code)
{
    if (year == SG_SCOPE_ANY && college == SG_SCOPE_ANY) {
        sg_str_add(out, "the store");
        return;
    }
    if (college == SG_SCOPE_BLANK)
        sg_str_add(out, "no named college");
    else if (college != SG_SCOPE_ANY && code != NULL && strlen(code) <= LONGEST_CODE)
        sg_str_printf(out, "college '%s'", code);
    else if (college != SG_SCOPE_ANY)
        sg_str_add(out, "a college");
    if (year == SG_SCOPE_ANY)
        return;
    sg_str_add(out, college != SG_SCOPE_ANY ? " in " : "");
    if (year == SG_SCOPE_BLANK)
        sg_str_add(out, "no program year");
    else
        sg_str_printf(out, "program year %lld", (long long)year);
}

static void word_heaviest(sg_str *out, sg_query *query, const sg_batch *batch)
{
    int64_t lost = sg_column_int(query, LOST), rows = sg_column_int(query, ROWS);
    if (lost == rows)
        sg_str_add(out, "the full delivery withdraws all ");
    else
        sg_str_printf(out, "the full delivery withdraws %lld of the ", (long long)lost);
    sg_str_printf(out, "%lld %s rows of ", (long long)rows, sg_kind_text(batch->kind));
    add_scope(out, sg_column_int(query, PROGRAM_YEAR), sg_column_int(query, COLLEGE),
              sg_column_text(query, CODE));
}

sg_status sg_import_judge(sg_import *import, const sg_batch *batch, char out[SG_ERR_MESSAGE], sg_err *err)
{
    SG_QUERY query = sg_query_of(import->store, SG_SQL_WEIGH_LOSSES);
    sg_str reason = {0};
    int64_t n = 0;
    bool row = false;
    sg_query_int(&query, ":by_year", sg_cuts_by(batch, SG_SCOPE_PROGRAM_YEAR));
    sg_query_int(&query, ":by_college", sg_cuts_by(batch, SG_SCOPE_COLLEGE));
    sg_query_int(&query, ":any", SG_SCOPE_ANY);
    sg_status status = sg_query_next(&query, &row, err);
    for (; status == SG_OK && row; n++) {
        if (n == 0)
            word_heaviest(&reason, &query, batch);
        status = sg_query_next(&query, &row, err);
    }
    if (n > 1)
        sg_str_printf(&reason, ", and as much of %lld other scope%s", (long long)(n - 1), n > 2 ? "s" : "");
    if (n > 0)
        sg_str_add(&reason, "; more than 20 % is held: see whether the export is whole, then accept the "
                            "batch or deliver anew");
    if (status == SG_OK && reason.failed)
        status = sg_no_memory(err);
    if (status == SG_OK)
        (void)snprintf(out, SG_ERR_MESSAGE, "%s", sg_str_text(&reason)); /* its parts are bounded: it fits */
    sg_str_release(&reason);
    return status;
}
