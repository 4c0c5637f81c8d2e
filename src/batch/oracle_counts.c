/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What adapters of counts take, from the rows of an entry; levels in byte order. */
#include <math.h>
#include <string.h>

#include "oracle_tally.h"

typedef struct {
    sg_frame_levels levels;
    sg_oracle_tally counts;
} tally;

static sg_status take_tally(sg_frame *rows, const char *group, const sg_oracle_columns *columns, tally *out,
                            sg_err *err)
{
    const sg_status status = sg_oracle_levels(rows, group, &out->levels, err);

    return status == SG_OK ? sg_oracle_take_tally(rows, &out->levels, columns, &out->counts, err) : status;
}

/* ---- arms, strata, groups by arm ---- */

static sg_status put_arms(sg_oracle_case *c, const tally *t, sg_err *err)
{
    const struct {
        const char *name;
        const double *numbers;
    } lists[] = {
        {"x1", t->counts.x[1]}, {"n1", t->counts.n[1]}, {"x0", t->counts.x[0]}, {"n0", t->counts.n[0]}};
    sg_status status = SG_OK;

    for (size_t i = 0; i < 4 && status == SG_OK; i++)
        status = sg_oracle_put_numbers(c, lists[i].name, lists[i].numbers, t->levels.n, err);
    return status;
}

/* name: what the levels are called; NULL: not at all. */
static sg_status count_by(sg_oracle_case *c, const char *group, const char *name, sg_err *err)
{
    const sg_oracle_columns columns = {.treatment = sg_oracle_or(sg_oracle_text(c, "treatment"), "iet"),
                                       .outcome = sg_oracle_or(sg_oracle_text(c, "outcome"), "msg")};
    tally t = {0};
    sg_status status = take_tally(&c->rows, group, &columns, &t, err);

    if (status == SG_OK && name != NULL)
        status = sg_oracle_put_texts(c, name, t.levels.names, t.levels.n, err);
    return status == SG_OK ? put_arms(c, &t, err) : status;
}

static sg_status count_arms(sg_oracle_case *c, sg_err *err)
{
    return count_by(c, NULL, NULL, err);
}

/* A file with a row a stratum. */
static sg_status sum_strata(sg_oracle_case *c, sg_err *err)
{
    tally t = {0};
    sg_status status = SG_OK;

    for (size_t arm = 0; arm < 2 && status == SG_OK; arm++) {
        const sg_oracle_columns columns = {.outcome = sg_oracle_text(c, arm == 1 ? "x1" : "x0"),
                                           .size = sg_oracle_text(c, arm == 1 ? "n1" : "n0")};
        tally one = {0};
        status = take_tally(&c->rows, sg_oracle_text(c, "stratum"), &columns, &one, err);
        t.levels = one.levels;
        t.counts.x[arm] = one.counts.x[0];
        t.counts.n[arm] = one.counts.n[0];
    }
    if (status == SG_OK && sg_oracle_text(c, "stratum") != NULL)
        status = sg_oracle_put_texts(c, "strata", t.levels.names, t.levels.n, err);
    return status == SG_OK ? put_arms(c, &t, err) : status;
}

static sg_status count_strata(sg_oracle_case *c, sg_err *err)
{
    if (sg_oracle_text(c, "x1") != NULL)
        return sum_strata(c, err);
    return count_by(c, sg_oracle_text(c, "stratum"), "strata", err);
}

static sg_status count_groups(sg_oracle_case *c, sg_err *err)
{
    return count_by(c, sg_oracle_text(c, "group"), "groups", err);
}

static sg_status count_colleges(sg_oracle_case *c, sg_err *err)
{
    return count_by(c, sg_oracle_or(sg_oracle_text_of_kin(c, "cluster"), "college"), "strata", err);
}

/* ---- levels ---- */

static sg_status check_groups(const sg_json *given, const sg_frame_levels *levels, sg_err *err)
{
    bool same = sg_json_size(given) == levels->n;

    for (size_t i = 0; i < levels->n && same; i++)
        same = sg_text_equal(sg_json_text(sg_json_at(given, i)), levels->names[i]);
    return same ? SG_OK
                : sg_fail(err, SG_FAILED, "'groups' are not the levels of the data set in byte order");
}

static sg_status put_levels(sg_oracle_case *c, const tally *t, const char *x_name, const char *n_name,
                            sg_err *err)
{
    const sg_json *given = sg_json_get(c->params, "groups");
    sg_status status = given != NULL ? check_groups(given, &t->levels, err)
                                     : sg_oracle_put_texts(c, "groups", t->levels.names, t->levels.n, err);

    if (status == SG_OK)
        status = sg_oracle_put_numbers(c, x_name, t->counts.x[0], t->levels.n, err);
    return status == SG_OK ? sg_oracle_put_numbers(c, n_name, t->counts.n[0], t->levels.n, err) : status;
}

static sg_status count_levels(sg_oracle_case *c, sg_err *err)
{
    const char *outcome = sg_oracle_or(sg_oracle_text(c, "outcome"), "msg");
    const sg_oracle_columns columns = {.outcome = sg_oracle_or(sg_oracle_text(c, "success"), outcome),
                                       .size = sg_oracle_text(c, "n")};
    tally t = {0};
    const sg_status status = take_tally(&c->rows, sg_oracle_or(sg_oracle_text(c, "group"), "college"),
                                        &columns, &t, err);

    return status == SG_OK ? put_levels(c, &t, "success", "n", err) : status;
}

/* 0: of one arm, those without an outcome among them. */
static sg_status count_rates(sg_oracle_case *c, sg_err *err)
{
    const sg_oracle_columns columns = {.outcome = sg_oracle_or(sg_oracle_text(c, "outcome"), "msg")};
    const char *treatment = sg_oracle_or(sg_oracle_text_of_kin(c, "treatment"), "iet");
    sg_frame all = {0}, rows = {0};
    tally t = {0};
    sg_status status = sg_oracle_rows(c, columns.outcome, &all, err);

    if (status == SG_OK)
        status = sg_oracle_select(&all, treatment, sg_json_get_real(c->params, "arm"), &rows, err);
    if (status == SG_OK)
        status = take_tally(&rows, sg_oracle_text(c, "group"), &columns, &t, err);
    if (status == SG_OK)
        status = put_levels(c, &t, "success", "n", err);
    return status == SG_OK ? sg_oracle_put_numbers(c, "missing", t.counts.missing, t.levels.n, err) : status;
}

/* 8.7: who is in, of those who could be. */
static sg_status count_access(sg_oracle_case *c, sg_err *err)
{
    const sg_oracle_columns columns = {
        .outcome = sg_oracle_or(
            sg_oracle_or(sg_oracle_text(c, "enrolled"), sg_oracle_text_of_kin(c, "treatment")), "iet")};
    tally t = {0};
    const sg_status status = take_tally(&c->rows, sg_oracle_text(c, "group"), &columns, &t, err);

    return status == SG_OK ? put_levels(c, &t, "iet", "eligible", err) : status;
}

/* ---- 8.5: the two levels, in the column that has both ---- */

static size_t find_name(const sg_frame_levels *levels, const char *name)
{
    size_t i = 0;

    while (i < levels->n && strcmp(levels->names[i], name) != 0)
        i++;
    return i;
}

static sg_status put_pairs(sg_oracle_case *c, const tally *t, const size_t at[2], sg_err *err)
{
    static const char *const NAMES[2][2] = {{"group_non", "group_iet"}, {"reference_non", "reference_iet"}};
    sg_status status = SG_OK;

    for (size_t i = 0; i < 2; i++) {
        for (size_t arm = 0; arm < 2 && status == SG_OK; arm++) {
            const double pair[2] = {t->counts.x[arm][at[i]], t->counts.n[arm][at[i]]};
            status = sg_oracle_put_numbers(c, NAMES[i][arm], pair, 2, err);
        }
    }
    return status;
}

static sg_status count_gap_pairs(sg_oracle_case *c, sg_err *err)
{
    const char *group = sg_oracle_text(c, "group"), *reference = sg_oracle_text(c, "reference");
    const sg_oracle_columns columns = {
        .treatment = sg_oracle_or(sg_oracle_text_of_kin(c, "treatment"), "iet"),
        .outcome = sg_oracle_or(sg_oracle_text(c, "outcome"), "msg")};

    if (group == NULL || reference == NULL)
        return sg_fail(err, SG_FAILED, "'group' or 'reference' is missing");
    for (size_t i = 0; i < c->rows.n_columns; i++) {
        tally t = {0};
        sg_status status = sg_oracle_levels(&c->rows, c->rows.columns[i].name, &t.levels, err);
        if (status != SG_OK)
            return status;
        const size_t at[2] = {find_name(&t.levels, group), find_name(&t.levels, reference)};
        if (at[0] == t.levels.n || at[1] == t.levels.n)
            continue;
        status = sg_oracle_take_tally(&c->rows, &t.levels, &columns, &t.counts, err);
        return status == SG_OK ? put_pairs(c, &t, at, err) : status;
    }
    return sg_fail(err, SG_FAILED, "no column has both '%s' and '%s'", group, reference);
}

/* ---- 1.8: a table of two columns ---- */

static sg_status count_table(sg_oracle_case *c, sg_err *err)
{
    sg_frame_levels down = {0}, across = {0};
    sg_status status = sg_oracle_levels(&c->rows, sg_oracle_text(c, "rows"), &down, err);

    if (status == SG_OK)
        status = sg_oracle_levels(&c->rows, sg_oracle_text(c, "columns"), &across, err);
    if (status != SG_OK)
        return status;
    const sg_frame_column *times = sg_frame_find(&c->rows, "Freq");
    const size_t n = down.n * across.n;
    double *table = sg_arena_alloc(c->arena, n + 1, sizeof *table);
    if (table == NULL)
        return sg_no_memory(err);
    for (size_t i = 0; i < c->rows.n_rows; i++)
        table[down.of_row[i] * across.n + across.of_row[i]] += times != NULL && times->numbers != NULL
                                                                   ? times->numbers[i]
                                                                   : 1.0;
    status = sg_oracle_put_numbers(c, "table_by_row", table, n, err);
    if (status == SG_OK)
        c->items[c->n_items - 1].n_rows = down.n;
    return status;
}

/* ---- by method ---- */

sg_status sg_oracle_count(sg_oracle_case *c, const char *method, sg_err *err)
{
    static const struct {
        const char *method; /* how it begins; the first that fits */
        sg_status (*count)(sg_oracle_case *c, sg_err *err);
    } WAYS[] = {
        {"0 counts", count_strata},
        {"0 rates", count_rates},
        {"1.8 Pearson chi-square r x c", count_table},
        {"1.9 ", count_groups},
        {"1.", count_arms},
        {"2.", count_strata},
        {"3.", sg_oracle_list_scores},
        {"4.", sg_oracle_list_values},
        {"5.", sg_oracle_list_times},
        {"6.0 ", count_colleges},
        {"8.5 ", count_gap_pairs},
        {"8.7 ", count_access},
        {"8.", count_levels},
        {"10.5 ", sg_oracle_list_units},
        {"11.", count_levels},
        {"12.", sg_oracle_list_units},
    };

    for (size_t i = 0; i < sizeof WAYS / sizeof *WAYS; i++) {
        if (sg_text_starts(method, WAYS[i].method))
            return WAYS[i].count(c, err);
    }
    return SG_OK; /* a model, which takes the rows */
}
