/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/verdict.h"

#include <stdlib.h>
#include <string.h>

void sg_verdict_list_release(sg_verdict_list *list)
{
    sg_arena_free(list->arena);
    free(list->findings);
    free(list->first);
    free(list->ids);
    *list = (sg_verdict_list){0};
}

/* ---- what the store has ---- */

/* `first` has a place for each verdict and one that ends the last. */
static bool begin_verdict(sg_verdict_list *list)
{
    if (!sg_grow(&list->first, &list->first_capacity, list->n + 3, sizeof *list->first))
        return false;
    list->n++;
    list->first[list->n] = list->first[list->n + 1] = list->n_findings;
    return true;
}

static bool add_finding(sg_verdict_list *list, const char *rule, int field, const char *column)
{
    sg_row_finding finding = {.rule = sg_arena_strdup(list->arena, rule),
                              .field = field,
                              .column = sg_arena_strdup(list->arena, column)};
    if (finding.rule == NULL || finding.column == NULL ||
        !sg_grow(&list->findings, &list->findings_capacity, list->n_findings + 1, sizeof *list->findings))
        return false;
    list->findings[list->n_findings++] = finding;
    list->first[list->n + 1] = list->n_findings;
    return true;
}

sg_status sg_verdict_list_load(sg_verdict_list *list, sg_store *store, sg_err *err)
{
    enum { VERDICT, RULE, FIELD, COLUMN };
    SG_QUERY query = sg_query_of(store, SG_SQL_VERDICT_LIST);
    bool at_row = false;
    list->arena = sg_arena_new();
    if (!sg_grow(&list->first, &list->first_capacity, 2, sizeof *list->first))
        return sg_no_memory(err);
    sg_status status = sg_query_next(&query, &at_row, err);
    while (status == SG_OK && at_row) {
        size_t id = (size_t)sg_column_int(&query, VERDICT);
        bool fits = true;
        while (list->n < id && fits) /* numbered without gaps */
            fits = begin_verdict(list);
        if (!fits || !add_finding(list, sg_column_text(&query, RULE), (int)sg_column_int(&query, FIELD),
                                  sg_column_text(&query, COLUMN)))
            return sg_no_memory(err);
        status = sg_query_next(&query, &at_row, err);
    }
    list->last_id = (int64_t)list->n;
    return status;
}

bool sg_verdict_list_find(const sg_verdict_list *list, uint32_t id, const sg_row_finding **out, size_t *out_n)
{
    *out = NULL;
    *out_n = 0;
    if (id == 0)
        return true;
    if (id > list->n)
        return false;
    *out = list->findings + list->first[id];
    *out_n = list->first[id + 1] - list->first[id];
    return true;
}

/* ---- of the file under way ---- */

static bool is_same(const sg_row_finding *a, const sg_row_finding *b)
{
    return a->field == b->field && strcmp(a->rule, b->rule) == 0 && strcmp(a->column, b->column) == 0;
}

/* 0: there is none yet. */
static uint32_t find_equal(const sg_verdict_list *list, const sg_row_finding *findings, size_t n)
{
    for (size_t id = 1; id <= list->n; id++) {
        const sg_row_finding *old = list->findings + list->first[id];
        bool same = list->first[id + 1] - list->first[id] == n;
        for (size_t i = 0; i < n && same; i++)
            same = is_same(&old[i], &findings[i]);
        if (same)
            return (uint32_t)id;
    }
    return 0;
}

static sg_status add_verdict(sg_store *store, int64_t id, const sg_row_finding *findings, size_t n,
                             sg_err *err)
{
    sg_status status = SG_OK;
    for (size_t i = 0; i < n && status == SG_OK; i++) {
        SG_QUERY query = sg_query_of(store, SG_SQL_VERDICT_ADD);
        sg_query_int(&query, ":verdict", id);
        sg_query_int(&query, ":ordinal", (int64_t)i);
        sg_query_text(&query, ":rule", findings[i].rule);
        sg_query_int(&query, ":field", findings[i].field);
        sg_query_text(&query, ":column_name", findings[i].column);
        status = sg_query_run(&query, err);
    }
    return status;
}

sg_status sg_verdict_list_enter(sg_verdict_list *list, sg_store *store, uint32_t number,
                                const sg_row_finding *findings, size_t n, sg_err *err)
{
    if (!sg_grow(&list->ids, &list->ids_capacity, (size_t)number + 1, sizeof *list->ids))
        return sg_no_memory(err);
    list->n_ids = number + 1 > list->n_ids ? number + 1 : list->n_ids;
    list->ids[number] = find_equal(list, findings, n);
    if (list->ids[number] != 0)
        return SG_OK;
    list->ids[number] = (uint32_t)++list->last_id;
    return add_verdict(store, list->last_id, findings, n, err);
}

int64_t sg_verdict_list_id(const sg_verdict_list *list, uint32_t number)
{
    return number > 0 && number < list->n_ids ? (int64_t)list->ids[number] : SG_BLANK;
}
