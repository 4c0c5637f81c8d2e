/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "found.h"

#include <stdlib.h>

void sg_found_release(sg_found_list *findings)
{
    free(findings->all);
    *findings = (sg_found_list){0};
}

sg_status sg_found_note(sg_found_list *findings, const sg_found *found, sg_err *err)
{
    if (!sg_grow(&findings->all, &findings->capacity, findings->n + 1, sizeof *findings->all))
        return sg_no_memory(err);
    findings->all[findings->n++] = *found;
    return SG_OK;
}

static int compare_numbers(int64_t a, int64_t b)
{
    return (a > b) - (a < b);
}

/* By rule and row, of which the lowest field comes first. */
static int compare_rows(const void *a, const void *b)
{
    const sg_found *left = a, *right = b;
    int order = compare_numbers(left->rule, right->rule);
    if (order == 0)
        order = compare_numbers(left->row, right->row);
    return order != 0 ? order : compare_numbers(left->field, right->field);
}

/* By rule and file, so that what is kept of each stands together. What is equal here is told in the same words. */
static int compare_told(const void *a, const void *b)
{
    const sg_found *left = a, *right = b;
    int order = compare_numbers(left->rule, right->rule);
    if (order == 0)
        order = compare_numbers(left->file, right->file);
    if (order == 0)
        order = compare_numbers(left->line, right->line);
    return order != 0 ? order : compare_numbers(left->field, right->field);
}

static bool same_list(const sg_found *a, const sg_found *b)
{
    return a->rule == b->rule && a->file == b->file;
}

/* What is new, each once; the lowest field stands for a rule that named several. */
static void count_new(sg_found_list *findings)
{
    sg_found *all = findings->all;
    size_t kept = findings->n_settled;
    qsort(all + kept, findings->n - kept, sizeof *all, compare_rows);
    for (size_t i = kept; i < findings->n; i++) {
        if (kept > findings->n_settled && all[kept - 1].rule == all[i].rule &&
            all[kept - 1].row == all[i].row)
            continue;
        findings->counts[all[i].rule]++;
        all[kept++] = all[i];
    }
    findings->n = kept;
}

static void keep_lowest(sg_found_list *findings)
{
    sg_found *all = findings->all;
    size_t kept = 0, of_list = 0;
    for (size_t i = 0; i < findings->n; i++) {
        of_list = kept > 0 && same_list(&all[kept - 1], &all[i]) ? of_list + 1 : 1;
        if (of_list <= findings->most_listed)
            all[kept++] = all[i];
    }
    findings->n = kept;
}

void sg_found_settle(sg_found_list *findings)
{
    if (findings->n == findings->n_settled)
        return;
    count_new(findings);
    qsort(findings->all, findings->n, sizeof *findings->all, compare_told);
    if (findings->most_listed > 0)
        keep_lowest(findings);
    findings->n_settled = findings->n;
}
