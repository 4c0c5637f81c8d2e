/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rows that are alike, found by their place among all combinations of codes, or where these are too many by a hash of what they are:
 * column by column, as columns lie in memory. */
#include "observations.h"

#include <stdlib.h>
#include <string.h>

enum { MOST_ROWS = 1 << 30, BLOCK = 4096, MOST_COMBINATIONS_A_ROW = 4 };
static const uint32_t NO_PATTERN = UINT32_MAX;

/* ---- what a row is ---- */

static uint64_t mix(uint64_t hash, uint64_t word)
{
    const uint64_t mixed = (hash ^ word) * UINT64_C(0x9E3779B97F4A7C15);

    return mixed ^ (mixed >> 29);
}

static uint64_t bits_of(double number)
{
    const double plain = number + 0.0; /* -0 becomes 0 */
    uint64_t bits = 0;

    memcpy(&bits, &plain, sizeof bits);
    return bits;
}

static void hash_rows(const sg_observations *sample, uint64_t *hashes)
{
    const size_t n = sample->n_rows;

    for (size_t row = 0; row < n; row++)
        hashes[row] = mix(sample->arm[row], (uint64_t)sg_row_cluster(sample, row) + 1);
    for (size_t row = 0; sample->weight != NULL && row < n; row++)
        hashes[row] = mix(hashes[row], bits_of(sample->weight[row]));
    for (size_t i = 0; i < sample->n_variables; i++) {
        const sg_variable *variable = &sample->variables[i];
        for (size_t row = 0; variable->numbers != NULL && row < n; row++)
            hashes[row] = mix(hashes[row], bits_of(variable->numbers[row]));
        for (size_t row = 0; variable->numbers == NULL && row < n; row++)
            hashes[row] = mix(hashes[row], variable->levels[row]);
    }
}

/* A number that is missing comes last. */
static int compare_numbers(double a, double b)
{
    if (isnan(a) || isnan(b))
        return (isnan(a) ? 1 : 0) - (isnan(b) ? 1 : 0);
    return (a > b) - (a < b);
}

static int compare_rows(const sg_observations *sample, size_t a, size_t b)
{
    const uint32_t cluster_a = sg_row_cluster(sample, a), cluster_b = sg_row_cluster(sample, b);
    int order = (cluster_a > cluster_b) - (cluster_a < cluster_b);

    for (size_t i = 0; i < sample->n_variables && order == 0; i++) {
        const sg_variable *variable = &sample->variables[i];
        if (variable->numbers != NULL)
            order = compare_numbers(variable->numbers[a], variable->numbers[b]);
        else
            order = (variable->levels[a] > variable->levels[b]) - (variable->levels[a] < variable->levels[b]);
    }
    if (order == 0)
        order = compare_numbers(sg_row_weight(sample, a), sg_row_weight(sample, b));
    return order != 0 ? order : (sample->arm[a] > sample->arm[b]) - (sample->arm[a] < sample->arm[b]);
}

/* ---- the table of patterns ---- */

/* A pattern: its first row, its hash (0 where none was needed), its learners and successes. */
typedef struct {
    const sg_observations *sample;
    size_t row;
    uint64_t hash;
    double count, success;
} pattern;

typedef struct {
    pattern *items;
    size_t n, capacity;
    uint32_t *slots; /* of n_slots, a power of two: a pattern's index or NO_PATTERN */
    size_t n_slots;
} table;

static bool make_slots(table *t, size_t n_slots)
{
    uint32_t *slots = NULL;
    size_t capacity = 0;

    if (!sg_grow(&slots, &capacity, n_slots, sizeof *slots))
        return false;
    for (size_t i = 0; i < n_slots; i++)
        slots[i] = NO_PATTERN;
    free(t->slots);
    t->slots = slots;
    t->n_slots = n_slots;
    for (size_t i = 0; i < t->n; i++) {
        size_t at = t->items[i].hash & (n_slots - 1);
        while (slots[at] != NO_PATTERN)
            at = (at + 1) & (n_slots - 1);
        slots[at] = (uint32_t)i;
    }
    return true;
}

/* The pattern of a row, made where there is none yet; NULL: out of memory. */
static pattern *find_pattern(table *t, const sg_observations *sample, size_t row, uint64_t hash)
{
    if (2 * (t->n + 1) > t->n_slots && !make_slots(t, 2 * t->n_slots))
        return NULL;
    size_t at = hash & (t->n_slots - 1);
    for (; t->slots[at] != NO_PATTERN; at = (at + 1) & (t->n_slots - 1)) {
        pattern *found = &t->items[t->slots[at]];
        if (found->hash == hash && compare_rows(sample, found->row, row) == 0)
            return found;
    }
    if (!sg_grow(&t->items, &t->capacity, t->n + 1, sizeof *t->items))
        return NULL;
    t->items[t->n] = (pattern){.sample = sample, .row = row, .hash = hash};
    t->slots[at] = (uint32_t)t->n;
    return &t->items[t->n++];
}

static bool fill_table(table *t, const sg_observations *sample, const uint64_t *hashes)
{
    if (!make_slots(t, 1024))
        return false;
    for (size_t row = 0; row < sample->n_rows; row++) {
        if (!sg_row_counts(sample, row))
            continue;
        pattern *found = find_pattern(t, sample, row, hashes[row]);
        if (found == NULL)
            return false;
        found->count += sg_row_count(sample, row);
        found->success += sample->success[row];
    }
    return true;
}

/* ---- all combinations of codes ---- */

/* In the order of patterns: 0 where they are too many for the rows, or a number is among what tells rows apart. */
static size_t count_combinations(const sg_observations *sample)
{
    const size_t most = sample->n_rows * MOST_COMBINATIONS_A_ROW;
    size_t n = sample->cluster != NULL ? 2 * sample->n_clusters : 2;

    if (sample->weight != NULL)
        return 0;
    for (size_t i = 0; i < sample->n_variables && n > 0 && n <= most; i++)
        n = sample->variables[i].numbers == NULL && sample->variables[i].n_levels <= most
                ? n * sample->variables[i].n_levels
                : 0;
    return n <= most ? n : 0;
}

static bool append_codes(const uint32_t *codes, size_t n_codes, size_t n, size_t *places)
{
    bool good = true;

    for (size_t i = 0; i < n; i++) {
        places[i] = places[i] * n_codes + codes[i];
        good = good && codes[i] < n_codes;
    }
    return good;
}

/* The places of n rows among the combinations; false: a code is not in its list. */
static bool find_places(const sg_observations *sample, size_t first, size_t n, size_t *places)
{
    bool good = true;

    memset(places, 0, n * sizeof *places);
    if (sample->cluster != NULL)
        good = append_codes(sample->cluster + first, sample->n_clusters, n, places);
    for (size_t v = 0; v < sample->n_variables && good; v++)
        good = append_codes(sample->variables[v].levels + first, sample->variables[v].n_levels, n, places);
    for (size_t i = 0; i < n && good; i++) {
        places[i] = 2 * places[i] + sample->arm[first + i];
        good = sample->arm[first + i] <= 1;
    }
    return good;
}

/* What lies at a place; row is from 1, 0 where there is none yet. */
typedef struct {
    double count, success;
    size_t row;
} place;

static bool fill_places(const sg_observations *sample, place *all)
{
    size_t places[BLOCK];

    for (size_t first = 0; first < sample->n_rows; first += BLOCK) {
        const size_t n = sample->n_rows - first < BLOCK ? sample->n_rows - first : BLOCK;
        if (!find_places(sample, first, n, places))
            return false;
        for (size_t i = 0; i < n; i++) {
            place *at = &all[places[i]];
            if (!sg_row_counts(sample, first + i))
                continue;
            at->row = at->row == 0 ? first + i + 1 : at->row;
            at->count += sg_row_count(sample, first + i);
            at->success += sample->success[first + i];
        }
    }
    return true;
}

/* The patterns in their order; *out_found stays false where they have to be found by hash. false: out of memory. */
static bool find_by_place(table *t, const sg_observations *sample, bool *out_found)
{
    const size_t n = count_combinations(sample);
    SG_AUTO_FREE place *all = NULL;
    size_t capacity = 0, filled = 0;

    if (n == 0)
        return true;
    if (!sg_grow(&all, &capacity, n, sizeof *all))
        return false;
    if (!fill_places(sample, all))
        return true;
    for (size_t i = 0; i < n; i++)
        filled += all[i].row > 0 ? 1 : 0;
    if (!sg_grow(&t->items, &t->capacity, filled + 1, sizeof *t->items))
        return false;
    for (size_t i = 0; i < n; i++) {
        if (all[i].row > 0)
            t->items[t->n++] = (pattern){
                .sample = sample, .row = all[i].row - 1, .count = all[i].count, .success = all[i].success};
    }
    *out_found = true;
    return true;
}

/* ---- by hash ---- */

static int compare_patterns(const void *left, const void *right)
{
    const pattern *a = left, *b = right;

    return compare_rows(a->sample, a->row, b->row);
}

static sg_status copy_patterns(const table *t, const sg_observations *sample, sg_arena *arena,
                               sg_observations *out, sg_err *err)
{
    double *count = sg_arena_alloc(arena, t->n + 1, sizeof *count);
    double *success = sg_arena_alloc(arena, t->n + 1, sizeof *success);
    SG_AUTO_FREE size_t *rows = NULL;
    size_t capacity = 0;

    if (count == NULL || success == NULL || !sg_grow(&rows, &capacity, t->n + 1, sizeof *rows))
        return sg_no_memory(err);
    for (size_t i = 0; i < t->n; i++) {
        rows[i] = t->items[i].row;
        count[i] = t->items[i].count;
        success[i] = t->items[i].success;
    }
    const sg_status status = sg_observations_gather(sample, rows, t->n, arena, out, err);
    if (status == SG_OK) {
        out->count = count;
        out->success = success;
    }
    return status;
}

static bool find_by_hash(table *t, const sg_observations *sample)
{
    SG_AUTO_FREE uint64_t *hashes = NULL;
    size_t capacity = 0;

    if (!sg_grow(&hashes, &capacity, sample->n_rows + 1, sizeof *hashes))
        return false;
    hash_rows(sample, hashes);
    if (!fill_table(t, sample, hashes))
        return false;
    if (t->n > 1)
        qsort(t->items, t->n, sizeof *t->items, compare_patterns);
    return true;
}

sg_status sg_observations_aggregate(const sg_observations *sample, sg_arena *arena, sg_observations *out,
                                    sg_err *err)
{
    table t = {0};
    bool found = false;

    if (sample->n_rows > MOST_ROWS)
        return sg_fail(err, SG_FAILED, "a sample of %zu rows: more than %d", sample->n_rows, MOST_ROWS);
    bool good = find_by_place(&t, sample, &found);
    if (good && !found)
        good = find_by_hash(&t, sample);
    const sg_status status = good ? copy_patterns(&t, sample, arena, out, err) : sg_no_memory(err);
    free(t.items);
    free(t.slots);
    return status;
}
