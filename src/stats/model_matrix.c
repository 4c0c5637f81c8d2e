/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model_matrix.h"

#include <string.h>

static const uint32_t NO_COLUMN = UINT32_MAX;

/* ---- which columns there are ---- */

/* Of a variable: the column of each level, or of its numbers (columns[0]). */
typedef struct {
    uint32_t *columns, *columns_by_arm;
} variable_columns;

typedef struct {
    const sg_observations *sample;
    const sg_model *model;
    sg_arena *arena;
    sg_design *design;
    variable_columns *variables;
    uint32_t *cluster_columns; /* of each cluster */
    bool centred, too_many;
} building;

static bool add_column(building *b, sg_column column, uint32_t *out_index)
{
    sg_design *design = b->design;

    if (design->n_columns >= SG_MOST_COLUMNS) {
        b->too_many = true;
        return true;
    }
    if (column.name == NULL)
        return false;
    *out_index = (uint32_t)design->n_columns;
    design->columns[design->n_columns++] = column;
    return true;
}

/* Mean and s.d. of a column over the learners; numbers that are all 0 or 1 are left as they are. */
static void standardise(const building *b, const double *numbers, double *out_shift, double *out_scale)
{
    const sg_design *design = b->design;
    sg_sum total = {0}, sum = {0}, squares = {0};
    bool binary = true;

    for (size_t i = 0; i < design->n_rows; i++) {
        const double number = numbers[design->row[i]];
        binary = binary && (fpclassify(number) == FP_ZERO || fabs(number - 1.0) <= 0.0);
        sg_sum_add(&total, design->count[i]);
        sg_sum_add(&sum, design->count[i] * number);
    }
    *out_shift = 0.0;
    *out_scale = 1.0;
    if (binary)
        return;
    const double mean = sg_sum_value(&sum) / sg_sum_value(&total);
    for (size_t i = 0; i < design->n_rows; i++) {
        const double distance = numbers[design->row[i]] - mean;
        sg_sum_add(&squares, design->count[i] * distance * distance);
    }
    const double deviation = sqrt(sg_sum_value(&squares) / sg_sum_value(&total));
    *out_shift = b->centred ? mean : 0.0;
    /* a column that is constant but for rounding becomes all 0, which leaves it out */
    *out_scale = deviation > 1e-13 * fabs(mean) && isfinite(deviation) ? deviation : HUGE_VAL;
}

static bool add_numeric(building *b, size_t v)
{
    const sg_variable *variable = &b->sample->variables[v];
    sg_column column = {.name = variable->name, .term = SG_TERM_VARIABLE + v};

    b->variables[v].columns = sg_arena_alloc(b->arena, 2, sizeof(uint32_t));
    if (b->variables[v].columns == NULL)
        return false;
    standardise(b, variable->numbers, &column.shift, &column.scale);
    if (b->model->by_arm == v + 1)
        column.shift = 0.0; /* or the column times the arm would hold another one's */
    return add_column(b, column, &b->variables[v].columns[0]);
}

/* Marks which of n codes the rows have. */
static bool *find_present(const building *b, const uint32_t *codes, size_t n)
{
    bool *present = sg_arena_alloc(b->arena, n + 1, sizeof *present);

    for (size_t i = 0; present != NULL && i < b->design->n_rows; i++)
        present[codes[b->design->row[i]]] = true;
    return present;
}

static bool add_categorical(building *b, size_t v)
{
    const sg_variable *variable = &b->sample->variables[v];
    const bool *present = find_present(b, variable->levels, variable->n_levels);
    uint32_t *columns = sg_arena_alloc(b->arena, variable->n_levels + 1, sizeof *columns);
    size_t reference = variable->reference;

    if (present == NULL || columns == NULL)
        return false;
    b->variables[v].columns = columns;
    if (reference >= variable->n_levels || !present[reference]) {
        for (reference = 0; reference < variable->n_levels && !present[reference];)
            reference++;
    }
    b->design->reference[v] = reference;
    for (size_t level = 0; level < variable->n_levels; level++) {
        columns[level] = NO_COLUMN;
        if (!present[level] || level == reference || b->too_many)
            continue;
        const sg_column column = {
            .name = sg_arena_printf(b->arena, "%s%s", variable->name, variable->level_names[level]),
            .scale = 1.0,
            .term = SG_TERM_VARIABLE + v,
            .level = (uint32_t)level};
        if (!add_column(b, column, &columns[level]))
            return false;
    }
    return true;
}

static bool add_by_arm(building *b)
{
    const size_t v = b->model->by_arm - 1;
    const sg_variable *variable = &b->sample->variables[v];
    const size_t n = variable->numbers != NULL ? 1 : variable->n_levels;
    uint32_t *columns = sg_arena_alloc(b->arena, n + 1, sizeof *columns);

    if (columns == NULL)
        return false;
    b->variables[v].columns_by_arm = columns;
    for (size_t i = 0; i < n; i++) {
        columns[i] = NO_COLUMN;
        if (b->variables[v].columns[i] == NO_COLUMN || b->too_many)
            continue;
        sg_column column = b->design->columns[b->variables[v].columns[i]];
        column.name = sg_arena_printf(b->arena, "iet:%s", column.name);
        column.term = SG_TERM_BY_ARM;
        column.by_arm = true;
        if (!add_column(b, column, &columns[i]))
            return false;
    }
    return true;
}

static bool add_clusters(building *b)
{
    const size_t n = b->sample->n_clusters;
    const bool *present = find_present(b, b->sample->cluster, n);
    bool first = true;

    b->cluster_columns = sg_arena_alloc(b->arena, n + 1, sizeof *b->cluster_columns);
    if (present == NULL || b->cluster_columns == NULL)
        return false;
    for (size_t g = 0; g < n; g++) {
        b->cluster_columns[g] = NO_COLUMN;
        if (!present[g] || b->too_many)
            continue;
        const sg_column column = {.name = sg_arena_printf(b->arena, "cluster %zu", g + 1),
                                  .scale = 1.0,
                                  .term = SG_TERM_CLUSTER,
                                  .level = (uint32_t)g};
        if (!first && !add_column(b, column, &b->cluster_columns[g]))
            return false;
        first = false;
    }
    return true;
}

static bool add_columns(building *b)
{
    const sg_model *model = b->model;
    const sg_column intercept = {.name = "(Intercept)", .scale = 1.0, .term = SG_TERM_INTERCEPT};
    const sg_column arm = {.name = "iet", .scale = 1.0, .term = SG_TERM_ARM, .by_arm = true};
    uint32_t at = 0;

    if (!add_column(b, intercept, &at) || (model->arm && !add_column(b, arm, &at)))
        return false;
    for (size_t v = 0; v < b->sample->n_variables && !b->too_many; v++) {
        if (!(b->sample->variables[v].numbers != NULL ? add_numeric(b, v) : add_categorical(b, v)))
            return false;
    }
    if (model->by_arm != 0 && !b->too_many && !add_by_arm(b))
        return false;
    return !model->cluster_effects || b->sample->cluster == NULL || b->too_many || add_clusters(b);
}

/* ---- what is in them ---- */

static bool take_rows(building *b)
{
    const sg_observations *sample = b->sample;
    sg_design *design = b->design;
    size_t n = 0;

    for (size_t row = 0; row < sample->n_rows; row++)
        n += sg_row_counts(sample, row) ? 1 : 0;
    design->row = sg_arena_take(b->arena, n, sizeof *design->row);
    design->count = sg_arena_take(b->arena, n, sizeof *design->count);
    design->success = sg_arena_take(b->arena, n, sizeof *design->success);
    design->weight = sg_arena_take(b->arena, n, sizeof *design->weight);
    design->arm = sg_arena_take(b->arena, n, sizeof *design->arm);
    design->cluster = sg_arena_take(b->arena, n, sizeof *design->cluster);
    design->columns = sg_arena_alloc(b->arena, SG_MOST_COLUMNS, sizeof *design->columns);
    if (design->row == NULL || design->count == NULL || design->success == NULL || design->weight == NULL ||
        design->arm == NULL || design->cluster == NULL || design->columns == NULL)
        return false;
    for (size_t row = 0; row < sample->n_rows; row++) {
        if (!sg_row_counts(sample, row))
            continue;
        const size_t i = design->n_rows++;
        design->row[i] = row;
        design->count[i] = sg_row_count(sample, row);
        design->success[i] = sample->success[row];
        design->weight[i] = sg_row_weight(sample, row);
        design->arm[i] = sample->arm[row];
        design->cluster[i] = sg_row_cluster(sample, row);
    }
    return true;
}

/* Whether each row is like the one before in all but the arm, so that they have their entries in common; *out_n rows are not. */
static bool *find_like_before(const building *b, size_t *out_n)
{
    const sg_observations *sample = b->sample;
    const size_t *row = b->design->row, n = b->design->n_rows;
    bool *like = sg_arena_alloc(b->arena, n + 1, sizeof *like);

    *out_n = n;
    for (size_t i = 1; like != NULL && i < n; i++)
        like[i] = sample->cluster == NULL || sample->cluster[row[i]] == sample->cluster[row[i - 1]];
    for (size_t v = 0; like != NULL && v < sample->n_variables; v++) {
        const double *numbers = sample->variables[v].numbers;
        const uint32_t *levels = sample->variables[v].levels;
        for (size_t i = 1; i < n; i++)
            like[i] = like[i] && (numbers != NULL ? fabs(numbers[row[i]] - numbers[row[i - 1]]) <= 0.0
                                                  : levels[row[i]] == levels[row[i - 1]]);
    }
    for (size_t i = 0; like != NULL && i < n; i++)
        *out_n -= like[i] ? 1 : 0;
    return like;
}

static size_t add_entry(sg_design *design, size_t at, uint32_t column, double value)
{
    design->index[at] = column;
    design->value[at] = value;
    return at + 1;
}

/* The entry of a variable, in its own columns or in those times the arm. */
static size_t add_variable(const building *b, size_t at, size_t v, size_t row, const uint32_t *columns)
{
    const sg_variable *variable = &b->sample->variables[v];
    const uint32_t to = columns[variable->numbers != NULL ? 0 : variable->levels[row]];

    if (to == NO_COLUMN)
        return at;
    if (variable->numbers == NULL)
        return add_entry(b->design, at, to, 1.0);
    const sg_column *column = &b->design->columns[to];
    const double value = (variable->numbers[row] - column->shift) / column->scale;
    return fpclassify(value) == FP_ZERO ? at : add_entry(b->design, at, to, value);
}

/* The entries of row i, behind `at`. The cluster stands first, as it does in the order of patterns. */
static size_t fill_row(const building *b, size_t i, size_t at)
{
    sg_design *design = b->design;
    const size_t row = design->row[i], start = at, by_arm = b->model->by_arm;

    design->start[i] = start;
    at = add_entry(design, at, 0, 1.0);
    if (b->cluster_columns != NULL && b->cluster_columns[b->sample->cluster[row]] != NO_COLUMN)
        at = add_entry(design, at, b->cluster_columns[b->sample->cluster[row]], 1.0);
    for (size_t v = 0; v < b->sample->n_variables; v++)
        at = add_variable(b, at, v, row, b->variables[v].columns);
    design->n_entries[0][i] = (uint16_t)(at - start);
    if (b->model->arm)
        at = add_entry(design, at, 1, 1.0);
    if (by_arm != 0)
        at = add_variable(b, at, by_arm - 1, row, b->variables[by_arm - 1].columns_by_arm);
    design->n_entries[1][i] = (uint16_t)(at - start);
    return at;
}

static uint16_t count_shared(const sg_entries x, const sg_entries before)
{
    uint16_t n = 0;

    while (n < x.n && n < before.n &&
           (x.index == before.index ||
            (x.index[n] == before.index[n] && fabs(x.value[n] - before.value[n]) <= 0.0)))
        n++;
    return n;
}

static void fill_rows(building *b, const bool *like_before)
{
    sg_design *design = b->design;
    sg_entries before = {0};
    size_t at = 0;

    for (size_t i = 0; i < design->n_rows; i++) {
        if (like_before[i]) {
            design->start[i] = design->start[i - 1];
            design->n_entries[0][i] = design->n_entries[0][i - 1];
            design->n_entries[1][i] = design->n_entries[1][i - 1];
        } else {
            at = fill_row(b, i, at);
        }
        const sg_entries x = sg_design_entries(design, i, design->arm[i]);
        design->shared[i] = count_shared(x, before);
        before = x;
    }
}

/* Room for the entries, and what is in them; false: out of memory. */
static bool make_entries(building *b)
{
    sg_design *design = b->design;
    const size_t n = design->n_rows;
    size_t n_own = 0;
    const bool *like_before = find_like_before(b, &n_own);
    const size_t most = n_own * (b->sample->n_variables + 4);

    design->start = sg_arena_take(b->arena, n, sizeof *design->start);
    design->n_entries[0] = sg_arena_take(b->arena, n, sizeof *design->n_entries[0]);
    design->n_entries[1] = sg_arena_take(b->arena, n, sizeof *design->n_entries[1]);
    design->shared = sg_arena_take(b->arena, n, sizeof *design->shared);
    design->index = sg_arena_take(b->arena, most, sizeof *design->index);
    design->value = sg_arena_take(b->arena, most, sizeof *design->value);
    if (like_before == NULL || design->start == NULL || design->n_entries[0] == NULL ||
        design->n_entries[1] == NULL || design->shared == NULL || design->index == NULL ||
        design->value == NULL)
        return false;
    fill_rows(b, like_before);
    return true;
}

sg_status sg_design_build(const sg_observations *sample, const sg_model *model, bool centred, sg_arena *arena,
                          sg_design *out, const char **out_obstacle, sg_err *err)
{
    sg_design design = {.sample = sample, .n_clusters = sample->cluster != NULL ? sample->n_clusters : 0};
    building b = {.sample = sample, .model = model, .arena = arena, .design = &design, .centred = centred};

    *out_obstacle = sg_observations_obstacle(sample);
    if (*out_obstacle != NULL)
        return SG_OK;
    b.variables = sg_arena_alloc(arena, sample->n_variables + 1, sizeof *b.variables);
    design.reference = sg_arena_alloc(arena, sample->n_variables + 1, sizeof *design.reference);
    if (b.variables == NULL || design.reference == NULL || !take_rows(&b) || !add_columns(&b))
        return sg_no_memory(err);
    if (b.too_many) {
        *out_obstacle = "too many columns";
        return SG_OK;
    }
    if (!make_entries(&b))
        return sg_no_memory(err);
    *out = design;
    return SG_OK;
}

sg_status sg_design_recount(const sg_design *design, const sg_observations *sample, sg_arena *arena,
                            sg_design *out, sg_err *err)
{
    double *count = sg_arena_take(arena, design->n_rows, sizeof *count);
    double *success = sg_arena_take(arena, design->n_rows, sizeof *success);

    if (count == NULL || success == NULL)
        return sg_no_memory(err);
    for (size_t i = 0; i < design->n_rows; i++) {
        count[i] = sg_row_count(sample, design->row[i]);
        success[i] = sample->success[design->row[i]];
    }
    *out = *design;
    out->sample = sample;
    out->count = count;
    out->success = success;
    return SG_OK;
}

/* ---- coefficients ---- */

void sg_design_coefficients(const sg_design *design, const double *beta, double *out)
{
    double intercept = beta[0];

    for (size_t j = 1; j < design->n_columns; j++) {
        out[j] = beta[j] / design->columns[j].scale;
        intercept -= design->columns[j].shift * out[j];
    }
    out[0] = intercept;
}

void sg_design_errors(const sg_design *design, const double *covariance, double *out)
{
    const size_t p = design->n_columns;
    double variance = 0.0;

    /* the intercept is beta_0 - sum shift_j / scale_j beta_j */
    for (size_t i = 0; i < p; i++) {
        const double a = i == 0 ? 1.0 : -design->columns[i].shift / design->columns[i].scale;
        for (size_t j = 0; j < p; j++)
            variance += a * covariance[i * p + j] *
                        (j == 0 ? 1.0 : -design->columns[j].shift / design->columns[j].scale);
    }
    out[0] = sqrt(variance);
    for (size_t j = 1; j < p; j++)
        out[j] = sqrt(covariance[j * p + j]) / design->columns[j].scale;
}

/* ---- matrices ---- */

void sg_symmetrise(double *matrix, size_t n_columns)
{
    for (size_t i = 0; i < n_columns; i++) {
        for (size_t j = 0; j < i; j++) {
            const double both = matrix[i * n_columns + j] + matrix[j * n_columns + i];
            matrix[i * n_columns + j] = both;
            matrix[j * n_columns + i] = both;
        }
    }
}

void sg_pick(const double *full, size_t n_columns, const size_t *active, size_t k, double *out)
{
    for (size_t i = 0; i < k; i++) {
        for (size_t j = 0; j < k; j++)
            out[i * k + j] = full[active[i] * n_columns + active[j]];
    }
}

void sg_spread(const double *picked, size_t n_columns, const size_t *active, size_t k, double *out)
{
    memset(out, 0, n_columns * n_columns * sizeof *out);
    for (size_t i = 0; i < k; i++) {
        for (size_t j = 0; j < k; j++)
            out[active[i] * n_columns + active[j]] = picked[i * k + j];
    }
}
