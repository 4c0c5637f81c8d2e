/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Checking, choosing and completing rows. Aggregation is in aggregate.c. */
#include "observations.h"

#include <stdlib.h>

#include "numeric.h"

/* ---- what is wrong with a sample ---- */

static const char *find_variable_obstacle(const sg_observations *sample, const sg_variable *variable)
{
    for (size_t row = 0; row < sample->n_rows; row++) {
        if (!sg_row_counts(sample, row))
            continue;
        if (variable->numbers == NULL && variable->levels[row] >= variable->n_levels)
            return "a covariate has a level that is not in its list";
        if (variable->numbers != NULL && isnan(variable->numbers[row]))
            return "a covariate is missing";
        if (variable->numbers != NULL && isinf(variable->numbers[row]))
            return "a covariate is infinite";
    }
    return NULL;
}

static const char *find_row_obstacle(const sg_observations *sample, size_t row)
{
    const double count = sg_row_count(sample, row), weight = sg_row_weight(sample, row);
    const double success = sample->success[row];

    if (!(count >= 0.0 && isfinite(count)))
        return "a count is negative or not finite";
    if (!(weight > 0.0 && isfinite(weight)))
        return "a weight is not above 0 or not finite";
    if (!isnan(success) && !(success >= 0.0 && success <= count))
        return "a count of outcomes is below 0 or above its learners";
    if (sample->arm[row] > 1)
        return "an arm is neither 0 nor 1";
    return sample->cluster != NULL && sample->cluster[row] >= sample->n_clusters
               ? "a cluster is not in its list"
               : NULL;
}

const char *sg_observations_obstacle(const sg_observations *sample)
{
    size_t n = 0;

    for (size_t row = 0; row < sample->n_rows; row++) {
        const char *obstacle = find_row_obstacle(sample, row);
        if (obstacle != NULL)
            return obstacle;
        n += sg_row_counts(sample, row) ? 1 : 0;
    }
    if (n == 0)
        return "no learners";
    for (size_t i = 0; i < sample->n_variables; i++) {
        const char *obstacle = find_variable_obstacle(sample, &sample->variables[i]);
        if (obstacle != NULL)
            return obstacle;
    }
    return NULL;
}

/* ---- some of the rows ---- */

static double *gather_numbers(const double *from, const size_t *rows, size_t n, sg_arena *arena)
{
    double *to = sg_arena_take(arena, n + 1, sizeof *to);

    for (size_t i = 0; to != NULL && i < n; i++)
        to[i] = from != NULL ? from[rows[i]] : 1.0;
    return to;
}

static uint32_t *gather_codes(const uint32_t *from, const size_t *rows, size_t n, sg_arena *arena)
{
    uint32_t *to = sg_arena_take(arena, n + 1, sizeof *to);

    for (size_t i = 0; to != NULL && i < n; i++)
        to[i] = from[rows[i]];
    return to;
}

static uint8_t *gather_arms(const uint8_t *from, const size_t *rows, size_t n, sg_arena *arena)
{
    uint8_t *to = sg_arena_take(arena, n + 1, sizeof *to);

    for (size_t i = 0; to != NULL && i < n; i++)
        to[i] = from[rows[i]];
    return to;
}

static sg_variable *gather_variables(const sg_observations *sample, const size_t *rows, size_t n,
                                     sg_arena *arena)
{
    sg_variable *variables = sg_arena_alloc(arena, sample->n_variables + 1, sizeof *variables);

    for (size_t i = 0; variables != NULL && i < sample->n_variables; i++) {
        variables[i] = sample->variables[i];
        if (variables[i].numbers != NULL)
            variables[i].numbers = gather_numbers(variables[i].numbers, rows, n, arena);
        else
            variables[i].levels = gather_codes(variables[i].levels, rows, n, arena);
        if (variables[i].numbers == NULL && variables[i].levels == NULL)
            return NULL;
    }
    return variables;
}

sg_status sg_observations_gather(const sg_observations *sample, const size_t *rows, size_t n, sg_arena *arena,
                                 sg_observations *out, sg_err *err)
{
    sg_observations made = *sample;

    made.n_rows = n;
    made.variables = gather_variables(sample, rows, n, arena);
    made.arm = gather_arms(sample->arm, rows, n, arena);
    made.count = gather_numbers(sample->count, rows, n, arena);
    made.success = gather_numbers(sample->success, rows, n, arena);
    if (sample->weight != NULL)
        made.weight = gather_numbers(sample->weight, rows, n, arena);
    if (sample->cluster != NULL)
        made.cluster = gather_codes(sample->cluster, rows, n, arena);
    if (made.variables == NULL || made.arm == NULL || made.count == NULL || made.success == NULL ||
        (sample->weight != NULL && made.weight == NULL) || (sample->cluster != NULL && made.cluster == NULL))
        return sg_no_memory(err);
    *out = made;
    return SG_OK;
}

sg_status sg_observations_select(const sg_observations *sample, sg_row_rule *keep, void *context,
                                 sg_arena *arena, sg_observations *out, sg_err *err)
{
    size_t *rows = sg_arena_take(arena, sample->n_rows + 1, sizeof *rows), n = 0;

    if (rows == NULL)
        return sg_no_memory(err);
    for (size_t row = 0; row < sample->n_rows; row++) {
        if (keep(sample, row, context))
            rows[n++] = row;
    }
    return sg_observations_gather(sample, rows, n, arena, out, err);
}

/* ---- clusters ---- */

typedef struct {
    double *n[2]; /* learners of each cluster, by arm */
} arm_sizes;

/* The arrays are one allocation, to be freed by n[0]. */
static bool count_arms(const sg_observations *sample, arm_sizes *out)
{
    double *sizes = NULL;
    size_t capacity = 0;

    if (!sg_grow(&sizes, &capacity, 2 * sample->n_clusters + 1, sizeof *sizes))
        return false;
    *out = (arm_sizes){.n = {sizes, sizes + sample->n_clusters}};
    for (size_t row = 0; row < sample->n_rows; row++) {
        if (sg_row_counts(sample, row))
            out->n[sample->arm[row]][sample->cluster[row]] += sg_row_count(sample, row);
    }
    return true;
}

sg_status sg_clusters_count(const sg_observations *sample, sg_cluster_counts *out, sg_err *err)
{
    sg_cluster_counts counts = {0};
    double sum = 0.0, squares = 0.0;
    arm_sizes sizes = {0};

    if (sample->cluster == NULL || sg_observations_obstacle(sample) != NULL) {
        *out = counts;
        return SG_OK;
    }
    if (!count_arms(sample, &sizes))
        return sg_no_memory(err);
    for (size_t g = 0; g < sample->n_clusters; g++) {
        const double n1 = sizes.n[1][g], n0 = sizes.n[0][g];
        counts.clusters += n1 + n0 > 0.0 ? 1 : 0;
        counts.two_armed += n1 > 0.0 && n0 > 0.0 ? 1 : 0;
        counts.learners += n1 + n0;
        counts.learners_one_armed += n1 > 0.0 && n0 > 0.0 ? 0.0 : n1 + n0;
        sum += n1;
        squares += n1 * n1;
    }
    counts.effective_iet = squares > 0.0 ? sum * sum / squares : 0.0;
    free(sizes.n[0]);
    *out = counts;
    return SG_OK;
}

static bool is_in_two_armed(const sg_observations *sample, size_t row, void *context)
{
    const arm_sizes *sizes = context;
    const uint32_t cluster = sample->cluster[row];

    return sizes->n[0][cluster] > 0.0 && sizes->n[1][cluster] > 0.0;
}

sg_status sg_observations_two_armed(const sg_observations *sample, sg_arena *arena, sg_observations *out,
                                    sg_err *err)
{
    arm_sizes sizes = {0};

    if (sample->cluster == NULL || sg_observations_obstacle(sample) != NULL) {
        *out = *sample;
        return SG_OK;
    }
    if (!count_arms(sample, &sizes))
        return sg_no_memory(err);
    const sg_status status = sg_observations_select(sample, is_in_two_armed, &sizes, arena, out, err);
    free(sizes.n[0]);
    return status;
}

sg_status sg_observations_without(const sg_observations *sample, uint32_t cluster, sg_arena *arena,
                                  sg_observations *out, sg_err *err)
{
    double *count = sg_arena_take(arena, sample->n_rows, sizeof *count);
    double *success = sg_arena_take(arena, sample->n_rows, sizeof *success);

    if (count == NULL || success == NULL)
        return sg_no_memory(err);
    for (size_t row = 0; row < sample->n_rows; row++) {
        const bool stays = sample->cluster[row] != cluster;
        count[row] = stays ? sg_row_count(sample, row) : 0.0;
        success[row] = stays ? sample->success[row] : 0.0;
    }
    *out = *sample;
    out->count = count;
    out->success = success;
    return SG_OK;
}

/* ---- missing covariates ---- */

sg_status sg_observations_quantile(const sg_observations *sample, const double *numbers, double q,
                                   double *out, sg_err *err)
{
    SG_AUTO_FREE sg_counted *sorted = NULL;
    size_t capacity = 0, n = 0;
    double total = 0.0;

    if (!sg_grow(&sorted, &capacity, sample->n_rows + 1, sizeof *sorted))
        return sg_no_memory(err);
    for (size_t row = 0; row < sample->n_rows; row++) {
        if (!sg_row_counts(sample, row) || isnan(numbers[row]))
            continue;
        sorted[n] = (sg_counted){.number = numbers[row], .count = sg_row_count(sample, row)};
        total += sorted[n++].count;
    }
    if (n == 0) {
        *out = nan("");
        return SG_OK;
    }
    qsort(sorted, n, sizeof *sorted, sg_counted_compare);
    const double place = (total - 1.0) * q, whole = floor(place), part = place - whole;
    const double low = sg_counted_statistic(sorted, n, whole);
    *out = part > 0.0 ? low + part * (sg_counted_statistic(sorted, n, whole + 1.0) - low) : low;
    return SG_OK;
}

static double missing_share(const sg_observations *sample, const sg_variable *variable)
{
    double missing = 0.0, total = 0.0;

    for (size_t row = 0; row < sample->n_rows; row++) {
        if (!sg_row_counts(sample, row))
            continue;
        const double count = sg_row_count(sample, row);
        total += count;
        missing += variable->numbers != NULL && isnan(variable->numbers[row]) ? count : 0.0;
    }
    return total > 0.0 ? missing / total : 0.0;
}

/* The numbers with the median where they are missing, and the indicator of those. */
static sg_status fill_missing(const sg_observations *sample, sg_variable *variable, sg_variable *indicator,
                              sg_arena *arena, sg_err *err)
{
    double *filled = sg_arena_alloc(arena, sample->n_rows + 1, sizeof *filled);
    double *missing = sg_arena_alloc(arena, sample->n_rows + 1, sizeof *missing);
    const char *name = sg_arena_printf(arena, "%s missing", variable->name);
    double median = 0.0;

    if (filled == NULL || missing == NULL || name == NULL)
        return sg_no_memory(err);
    const sg_status status = sg_observations_quantile(sample, variable->numbers, 0.5, &median, err);
    if (status != SG_OK)
        return status;
    for (size_t row = 0; row < sample->n_rows; row++) {
        missing[row] = isnan(variable->numbers[row]) ? 1.0 : 0.0;
        filled[row] = isnan(variable->numbers[row]) ? median : variable->numbers[row];
    }
    variable->numbers = filled;
    *indicator = (sg_variable){.name = name, .numbers = missing};
    return SG_OK;
}

sg_status sg_observations_complete(const sg_observations *sample, double most_missing, sg_arena *arena,
                                   sg_observations *out, double *out_missing, sg_err *err)
{
    sg_variable *variables = sg_arena_alloc(arena, 2 * sample->n_variables + 1, sizeof *variables);
    sg_variable *indicators = sg_arena_alloc(arena, sample->n_variables + 1, sizeof *indicators);
    size_t n = 0, n_indicators = 0;

    if (variables == NULL || indicators == NULL)
        return sg_no_memory(err);
    for (size_t i = 0; i < sample->n_variables; i++) {
        out_missing[i] = missing_share(sample, &sample->variables[i]);
        if (out_missing[i] > most_missing)
            continue;
        variables[n++] = sample->variables[i];
        if (!(out_missing[i] > 0.0))
            continue;
        const sg_status status = fill_missing(sample, &variables[n - 1], &indicators[n_indicators++], arena,
                                              err);
        if (status != SG_OK)
            return status;
    }
    for (size_t i = 0; i < n_indicators; i++)
        variables[n++] = indicators[i];
    *out = *sample;
    out->variables = variables;
    out->n_variables = n;
    return SG_OK;
}
