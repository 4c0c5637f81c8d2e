/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <string.h>

#include "store/college.h"
#include "store/import.h"
#include "store/stmt.h"

/* The columns of weigh_losses. */
enum { PROGRAM_YEAR, COLLEGE, CODE, ROWS, LOST };

enum { LONGEST_COLUMN = 24, NAMED_FIELDS = 3 };

/* Reasons are joined by semicolons. */
static const char *begin_part(const sg_str *reason)
{
    return reason->length > 0 ? "; " : "";
}

/* ---- withdrawals ---- */

static void add_scope(sg_str *out, int64_t year, int64_t college, const char *code, bool may_name)
{
    if (year == SG_SCOPE_ANY && college == SG_SCOPE_ANY) {
        sg_str_add(out, "the store");
        return;
    }
    if (college == SG_SCOPE_BLANK)
        sg_str_add(out, "no named college");
    else if (college != SG_SCOPE_ANY && sg_college_may_be_named(code, may_name))
        sg_str_printf(out, "college '%s'", code);
    else if (college != SG_SCOPE_ANY)
        sg_str_add(out, "one college");
    if (year == SG_SCOPE_ANY)
        return;
    sg_str_add(out, college != SG_SCOPE_ANY ? " in " : "");
    if (year == SG_SCOPE_BLANK)
        sg_str_add(out, "no program year");
    else
        sg_str_printf(out, "program year %lld", (long long)year);
}

static void word_heaviest(sg_str *out, sg_query *query, const sg_batch *batch, bool may_name)
{
    int64_t lost = sg_column_int(query, LOST), rows = sg_column_int(query, ROWS);
    if (lost == rows)
        sg_str_add(out, "the full delivery withdraws all ");
    else
        sg_str_printf(out, "the full delivery withdraws %lld of the ", (long long)lost);
    sg_str_printf(out, "%lld %s rows of ", (long long)rows, sg_kind_text(batch->kind));
    add_scope(out, sg_column_int(query, PROGRAM_YEAR), sg_column_int(query, COLLEGE),
              sg_column_text(query, CODE), may_name);
}

static sg_status judge_losses(sg_import *import, const sg_batch *batch, sg_str *reason, sg_err *err)
{
    SG_QUERY query = sg_query_of(import->store, SG_SQL_WEIGH_LOSSES);
    int64_t n = 0;
    bool row = false, may_name = false;
    sg_query_int(&query, ":by_year", sg_cuts_by(batch, SG_SCOPE_PROGRAM_YEAR));
    sg_query_int(&query, ":by_college", sg_cuts_by(batch, SG_SCOPE_COLLEGE));
    sg_query_int(&query, ":any", SG_SCOPE_ANY);
    sg_status status = sg_colleges_may_be_named(import->store, &may_name, err);
    if (status == SG_OK)
        status = sg_query_next(&query, &row, err);
    for (; status == SG_OK && row; n++) {
        if (n == 0)
            word_heaviest(reason, &query, batch, may_name);
        status = sg_query_next(&query, &row, err);
    }
    if (n > 1)
        sg_str_printf(reason, ", and as much of %lld other scope%s", (long long)(n - 1), n > 2 ? "s" : "");
    if (n > 0)
        sg_str_add(reason, " (more than 20 % is held)");
    return status;
}

/* ---- fields ---- */

static sg_status find_forerunner(sg_import *import, const sg_batch *batch, sg_batch *out, sg_err *err)
{
    enum { ID, FIELDS, RECORDS };
    SG_QUERY query = sg_query_of(import->store, SG_SQL_WEIGH_FIELDS);
    bool row = false;
    sg_query_text(&query, ":kind", sg_kind_text(batch->kind));
    sg_query_int(&query, ":any", SG_SCOPE_ANY);
    sg_status status = sg_query_next(&query, &row, err);
    while (status == SG_OK && row) {
        out->id = sg_column_int(&query, ID);
        out->fields = (uint64_t)sg_column_int(&query, FIELDS);
        out->records = (uint64_t)sg_column_int(&query, RECORDS);
        status = sg_query_next(&query, &row, err);
    }
    return status;
}

static void name_lost(sg_str *reason, const sg_import *import, sg_kind kind, uint64_t lost,
                      uint64_t lost_records)
{
    size_t n = 0;
    for (size_t i = 0; i < sg_kind_table(kind)->n; i++) {
        const char *column = import->absent[i];
        if ((lost >> i & 1) == 0 || n++ >= NAMED_FIELDS)
            continue;
        sg_str_printf(reason, "%s%s", n > 1 ? ", " : " ", sg_kind_table(kind)->fields[i].name);
        if (column != NULL && strlen(column) <= LONGEST_COLUMN)
            sg_str_printf(reason, " (column '%s')", column);
        else if (column == NULL)
            sg_str_add(reason, " (not in the crosswalk)");
    }
    for (size_t i = 0; i < 64; i++)
        if ((lost_records >> i & 1) != 0 && n++ < NAMED_FIELDS)
            sg_str_printf(reason, "%s the day of record %zu of the crosswalk", n > 1 ? "," : "", i + 1);
    if (n > NAMED_FIELDS)
        sg_str_printf(reason, " and %zu more", n - NAMED_FIELDS);
}

static sg_status judge_fields(sg_import *import, const sg_batch *batch, sg_str *reason, sg_err *err)
{
    sg_batch before = {0};
    sg_status status = find_forerunner(import, batch, &before, err);
    uint64_t lost = before.fields & ~batch->fields;
    /* a crosswalk without records is another one: nothing follows from what it lacks */
    uint64_t lost_records = batch->records != 0 ? before.records & ~batch->records : 0;
    if (status != SG_OK || (lost == 0 && lost_records == 0))
        return status;
    sg_str_printf(reason, "%sthe file lacks fields that batch %lld had:", begin_part(reason),
                  (long long)before.id);
    name_lost(reason, import, batch->kind, lost, lost_records);
    return SG_OK;
}

sg_status sg_import_judge(sg_import *import, const sg_batch *batch, char out[SG_ERR_MESSAGE], sg_err *err)
{
    sg_str reason = {0};
    sg_status status = judge_losses(import, batch, &reason, err);
    if (status == SG_OK)
        status = judge_fields(import, batch, &reason, err);
    if (reason.length > 0)
        sg_str_add(&reason, "; see whether the export is whole, then accept the batch or deliver anew");
    if (status == SG_OK && reason.failed)
        status = sg_no_memory(err);
    if (status == SG_OK)
        (void)snprintf(out, SG_ERR_MESSAGE, "%s", sg_str_text(&reason)); /* its parts are bounded: it fits */
    sg_str_release(&reason);
    return status;
}
