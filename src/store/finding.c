/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/finding.h"

#include <stdlib.h>
#include <string.h>

#include "store/stmt.h"

sg_status sg_findings_init(sg_findings *findings, sg_err *err)
{
    *findings = (sg_findings){.arena = sg_arena_new()};
    return findings->arena != NULL ? SG_OK : sg_no_memory(err);
}

void sg_findings_release(sg_findings *findings)
{
    sg_arena_free(findings->arena);
    free(findings->tallies);
    free(findings->kept);
    free(findings->texts);
    *findings = (sg_findings){0};
}

/* One more of the rule; how many there are now. NULL: out of memory. */
static const sg_rule_tally *count_rule(sg_findings *findings, const sg_rule *rule)
{
    size_t i = 0;
    while (i < findings->n_tallies && findings->tallies[i].rule != rule)
        i++;
    if (i == findings->n_tallies) {
        if (!sg_grow(&findings->tallies, &findings->tally_capacity, i + 1, sizeof *findings->tallies))
            return NULL;
        findings->tallies[findings->n_tallies++] = (sg_rule_tally){.rule = rule};
    }
    findings->tallies[i].n++;
    return &findings->tallies[i];
}

/* Fields and columns are few; the last ones are asked for again soonest. NULL: out of memory. */
static const char *keep_text(sg_findings *findings, const char *text)
{
    for (size_t i = findings->n_texts; i > 0; i--) {
        if (strcmp(findings->texts[i - 1], text) == 0)
            return findings->texts[i - 1];
    }
    const char *copy = sg_arena_strdup(findings->arena, text);
    if (copy == NULL ||
        !sg_grow(&findings->texts, &findings->text_capacity, findings->n_texts + 1, sizeof *findings->texts))
        return NULL;
    findings->texts[findings->n_texts++] = copy;
    return copy;
}

/* Hardly two are the same, and most findings have none. */
static const char *keep_detail(sg_findings *findings, const char *detail)
{
    return detail == NULL || *detail == '\0' ? "" : sg_arena_strdup(findings->arena, detail);
}

sg_status sg_findings_add(sg_findings *findings, const sg_finding *finding, sg_err *err)
{
    const sg_rule_tally *tally = count_rule(findings, finding->rule);
    if (tally == NULL)
        return sg_no_memory(err);
    if (tally->n > SG_KEPT_FINDINGS)
        return SG_OK;
    sg_kept_finding kept = {.rule = finding->rule,
                            .line = finding->line,
                            .field = keep_text(findings, finding->field != NULL ? finding->field : ""),
                            .column = keep_text(findings, finding->column != NULL ? finding->column : ""),
                            .detail = keep_detail(findings, finding->detail)};
    if (kept.field == NULL || kept.column == NULL || kept.detail == NULL ||
        !sg_grow(&findings->kept, &findings->kept_capacity, findings->n_kept + 1, sizeof *findings->kept))
        return sg_no_memory(err);
    findings->kept[findings->n_kept++] = kept;
    return SG_OK;
}

static sg_status enter_finding(const sg_kept_finding *kept, size_t ordinal, sg_store *store, int64_t batch,
                               sg_err *err)
{
    SG_QUERY query = sg_query_of(store, SG_SQL_FINDING_ADD);
    sg_query_int(&query, ":batch", batch);
    sg_query_int(&query, ":line", kept->line);
    sg_query_text(&query, ":rule", kept->rule->id);
    sg_query_text(&query, ":field", kept->field);
    sg_query_int(&query, ":ordinal", (int64_t)ordinal);
    sg_query_text(&query, ":column_name", kept->column);
    sg_query_text(&query, ":detail", kept->detail);
    sg_query_int(&query, ":refused", kept->rule->effect == SG_EFFECT_QUARANTINE);
    return sg_query_run(&query, err);
}

static sg_status enter_tally(const sg_rule_tally *tally, sg_store *store, int64_t batch, sg_err *err)
{
    SG_QUERY query = sg_query_of(store, SG_SQL_FINDING_COUNT_ADD);
    sg_query_int(&query, ":batch", batch);
    sg_query_text(&query, ":rule", tally->rule->id);
    sg_query_int(&query, ":n", tally->n);
    return sg_query_run(&query, err);
}

sg_status sg_findings_enter(const sg_findings *findings, sg_store *store, int64_t batch, sg_err *err)
{
    sg_status status = SG_OK;
    for (size_t i = 0; status == SG_OK && i < findings->n_kept; i++)
        status = enter_finding(&findings->kept[i], i, store, batch, err);
    for (size_t i = 0; status == SG_OK && i < findings->n_tallies; i++)
        status = enter_tally(&findings->tallies[i], store, batch, err);
    return status;
}

/* ---- what is in the database ---- */

sg_status sg_store_findings(sg_store *store, int64_t batch, bool only_refused,
                            sg_status (*each)(void *context, const sg_stored_finding *finding, sg_err *err),
                            void *context, sg_err *err)
{
    enum { BATCH, LINE, FILE_NAME, RULE, FIELD, COLUMN, DETAIL };
    SG_QUERY query = sg_query_of(store, SG_SQL_FINDING_LIST);
    bool row = false;
    sg_query_int(&query, ":batch", batch);
    sg_query_int(&query, ":only_refused", only_refused);
    sg_status status = sg_query_next(&query, &row, err);
    while (status == SG_OK && row) {
        sg_stored_finding finding = {.batch = sg_column_int(&query, BATCH),
                                     .line = sg_column_int(&query, LINE),
                                     .file_name = sg_column_text(&query, FILE_NAME),
                                     .rule = sg_column_text(&query, RULE),
                                     .field = sg_column_text(&query, FIELD),
                                     .column = sg_column_text(&query, COLUMN),
                                     .detail = sg_column_text(&query, DETAIL)};
        if (query.failure == SQLITE_OK)
            status = each(context, &finding, err);
        if (status == SG_OK)
            status = sg_query_next(&query, &row, err);
    }
    return status;
}

/* A rule of another version of the catalogue is listed by its id; of its text nothing is known any more. */
static const sg_rule *rule_of(sg_arena *arena, const char *id)
{
    const sg_rule *known = sg_rule_find(id);
    if (known != NULL)
        return known;
    sg_rule *rule = sg_arena_alloc(arena, 1, sizeof *rule);
    if (rule == NULL)
        return NULL;
    *rule = (sg_rule){.id = sg_arena_strdup(arena, id),
                      .severity = SG_SEVERITY_NOTICE,
                      .effect = SG_EFFECT_KEEP,
                      .scope = "any",
                      .text = "a rule of another version of skillgain",
                      .fix = "see the rules of the version that took the file in",
                      .source = "another version"};
    return rule->id != NULL ? rule : NULL;
}

static bool read_count(sg_query *query, sg_arena *arena, sg_finding_facts *out)
{
    enum { FILE_NAME, RULE, N, DETAIL };
    const char *file_name = sg_column_text(query, FILE_NAME), *rule = sg_column_text(query, RULE);
    const char *detail = sg_column_text(query, DETAIL);
    if (file_name == NULL || rule == NULL)
        return false;
    *out = (sg_finding_facts){.rule = rule_of(arena, rule),
                              .file_name = sg_arena_strdup(arena, file_name),
                              .n = sg_column_int(query, N),
                              .detail = detail != NULL ? sg_arena_strdup(arena, detail) : ""};
    return out->rule != NULL && out->file_name != NULL && out->detail != NULL;
}

sg_status sg_store_finding_counts(sg_store *store, sg_arena *arena, sg_finding_facts **out, size_t *out_n,
                                  sg_err *err)
{
    SG_QUERY query = sg_query_of(store, SG_SQL_FINDING_COUNTS);
    sg_finding_facts *list SG_AUTO_FREE = NULL;
    size_t capacity = 0, n = 0;
    bool row = false;
    sg_query_int(&query, ":any", SG_SCOPE_ANY);
    sg_query_int(&query, ":as_of", store->as_of);
    sg_status status = sg_query_next(&query, &row, err);
    while (status == SG_OK && row) {
        if (!sg_grow(&list, &capacity, n + 1, sizeof *list) || !read_count(&query, arena, &list[n]))
            return sg_no_memory(err);
        n++;
        status = sg_query_next(&query, &row, err);
    }
    if (status != SG_OK)
        return status;
    sg_finding_facts *kept = sg_arena_alloc(arena, n, sizeof *kept);
    if (kept == NULL)
        return sg_no_memory(err);
    if (n > 0)
        memcpy(kept, list, n * sizeof *kept);
    *out = kept;
    *out_n = n;
    return SG_OK;
}
