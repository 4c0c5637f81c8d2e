/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Are the outcomes separated? There is a combination z = (2y-1) X b that is nowhere negative and not all 0 just when
 * projecting and rectifying in turn, from u = 1, ends in such a one. Correia, Guimaraes, Zylkin 2019. That takes long; levels whose learners
 * all have one outcome, by far the most frequent cause, are found by counting first.
 */
#include <string.h>

#include "fit.h"

enum { MOST_LOOPS = 100000 };
static const double NOTHING = 1e-8, NOT_NEGATIVE = -1e-9, POSITIVE = 1e-7;
static const double EXTREME_RATE = 1e-8, EXTREME_COEFFICIENT = 10.0;

bool sg_fit_is_suspect(const sg_fit *fit, const sg_design *design, sg_response response)
{
    if (!fit->converged)
        return true;
    for (size_t j = 0; j < design->n_columns; j++) {
        if (fabs(fit->beta[j]) > EXTREME_COEFFICIENT)
            return true;
    }
    for (size_t i = 0; i < design->n_rows; i++) {
        if (response.count[i] > 0.0 && (fit->mu[i] < EXTREME_RATE || fit->mu[i] > 1.0 - EXTREME_RATE))
            return true;
    }
    return false;
}

typedef struct {
    const sg_design *design;
    sg_response response;
    const size_t *active;
    size_t k;
    sg_spd spd;
    double *gram, *picked, *coefficients, *sum, *buffer;
    double *eta; /* x'b: h of a row with the outcome, -h of one without */
} search;

static double failures_of(const search *s, size_t i)
{
    return s->response.count[i] - s->response.success[i];
}

/* Projects the rectified h of the last loop; in the first loop, which has none, a 1 for each learner. */
static void project(search *s, bool first)
{
    const sg_design *design = s->design;

    memset(s->sum, 0, design->n_columns * sizeof *s->sum);
    for (size_t i = 0; i < design->n_rows; i++) {
        const double with = first ? 1.0 : fmax(s->eta[i], 0.0), without = first ? 1.0 : fmax(-s->eta[i], 0.0);
        const double part = s->response.success[i] * with - failures_of(s, i) * without;
        if (s->response.count[i] > 0.0 && fabs(part) > 0.0)
            sg_entries_add(sg_design_entries(design, i, design->arm[i]), part, s->sum);
    }
    for (size_t a = 0; a < s->k; a++)
        s->buffer[a] = s->sum[s->active[a]];
    sg_spd_solve(&s->spd, s->buffer);
    for (size_t a = 0; a < s->k; a++)
        s->coefficients[s->active[a]] = s->buffer[a];
    sg_design_multiply(design, s->coefficients, s->eta);
}

typedef enum { GO_ON, NOT_SEPARATED, SEPARATED } verdict;

static verdict judge(const search *s)
{
    double largest = 0.0, least = HUGE_VAL;

    for (size_t i = 0; i < s->design->n_rows; i++) {
        if (!(s->response.count[i] > 0.0))
            continue;
        largest = fmax(largest, fabs(s->eta[i]));
        if (s->response.success[i] > 0.0)
            least = fmin(least, s->eta[i]);
        if (failures_of(s, i) > 0.0)
            least = fmin(least, -s->eta[i]);
    }
    if (largest < NOTHING)
        return NOT_SEPARATED;
    return least >= NOT_NEGATIVE ? SEPARATED : GO_ON;
}

static void count_separated(const search *s, double *out_learners, size_t *out_rows)
{
    for (size_t i = 0; i < s->design->n_rows; i++) {
        const double learners = s->eta[i] > POSITIVE    ? s->response.success[i]
                                : s->eta[i] < -POSITIVE ? failures_of(s, i)
                                                        : 0.0;
        *out_learners += learners;
        *out_rows += learners > 0.0 ? 1 : 0;
    }
}

static sg_status prepare(search *s, sg_arena *arena, sg_err *err)
{
    const sg_design *design = s->design;
    const size_t p = design->n_columns;
    size_t *active = NULL;

    s->gram = sg_arena_alloc(arena, p * p, sizeof *s->gram);
    s->picked = sg_arena_alloc(arena, p * p, sizeof *s->picked);
    s->coefficients = sg_arena_alloc(arena, p, sizeof *s->coefficients);
    s->sum = sg_arena_alloc(arena, p, sizeof *s->sum);
    s->buffer = sg_arena_alloc(arena, p, sizeof *s->buffer);
    s->eta = sg_arena_alloc(arena, design->n_rows, sizeof *s->eta);
    if (s->gram == NULL || s->picked == NULL || s->coefficients == NULL || s->sum == NULL ||
        s->buffer == NULL || s->eta == NULL)
        return sg_no_memory(err);
    const sg_status status = sg_design_independent(design, s->response.count, arena, &active, &s->k, err);
    if (status != SG_OK)
        return status;
    s->active = active;
    sg_design_gather(design, s->response.count, s->response.count, s->sum, s->gram);
    sg_pick(s->gram, p, s->active, s->k, s->picked);
    return sg_spd_init(&s->spd, s->k, arena) ? SG_OK : sg_no_memory(err);
}

/* ---- by projection ---- */

static sg_status find_by_projection(const sg_design *design, sg_response response, sg_arena *arena,
                                    sg_separated *out, sg_err *err)
{
    search s = {.design = design, .response = response};
    verdict found = GO_ON;
    const sg_status status = prepare(&s, arena, err);

    if (status != SG_OK)
        return status;
    if (!sg_spd_factor(&s.spd, s.picked))
        return SG_OK; /* columns that hang together all but for rounding: the rank, not the outcome, is at fault */
    for (int loop = 0; loop < MOST_LOOPS && found == GO_ON; loop++) {
        project(&s, loop == 0);
        found = judge(&s);
    }
    out->unsettled = found == GO_ON;
    if (found != NOT_SEPARATED)
        count_separated(&s, &out->learners, &out->rows);
    return SG_OK;
}

/* ---- by levels ---- */

/* A grouping whose levels the columns of the design can tell: an arm, clusters, a categorical variable. */
typedef struct {
    const uint32_t *levels; /* by row of the sample; NULL: arm is it */
    const uint8_t *arm;
    size_t n;
} grouping;

static size_t list_groupings(const sg_design *design, grouping *out)
{
    const sg_observations *sample = design->sample;
    bool arm = false, clusters = false;
    size_t n = 0;

    for (size_t j = 0; j < design->n_columns; j++) {
        arm = arm || design->columns[j].term == SG_TERM_ARM;
        clusters = clusters || design->columns[j].term == SG_TERM_CLUSTER;
    }
    if (arm)
        out[n++] = (grouping){NULL, sample->arm, 2};
    if (clusters)
        out[n++] = (grouping){sample->cluster, NULL, sample->n_clusters};
    for (size_t v = 0; v < sample->n_variables; v++)
        if (sample->variables[v].numbers == NULL)
            out[n++] = (grouping){sample->variables[v].levels, NULL, sample->variables[v].n_levels};
    return n;
}

static size_t level_of(const grouping *g, size_t sample_row)
{
    return g->levels != NULL ? g->levels[sample_row] : g->arm[sample_row];
}

/* Takes out of count the rows of levels in which all or none have the outcome; true: there were some. with and without have room for
 * the levels. */
static bool peel(const sg_design *design, const grouping *g, sg_response response, double *count,
                 double *with, double *without, sg_separated *out)
{
    bool any = false;

    memset(with, 0, g->n * sizeof *with);
    memset(without, 0, g->n * sizeof *without);
    for (size_t i = 0; i < design->n_rows; i++) {
        if (!(count[i] > 0.0))
            continue;
        with[level_of(g, design->row[i])] += response.success[i];
        without[level_of(g, design->row[i])] += count[i] - response.success[i];
    }
    for (size_t i = 0; i < design->n_rows; i++) {
        const size_t level = level_of(g, design->row[i]);
        if (!(count[i] > 0.0) || (with[level] > 0.0 && without[level] > 0.0))
            continue;
        out->learners += count[i];
        out->rows++;
        count[i] = 0.0;
        any = true;
    }
    return any;
}

/* Whether there is anything left to be separated: learners of both kinds, and a fit of them that looks spoilt. */
static sg_status judge_rest(const sg_design *design, sg_response rest, sg_arena *arena, bool *out_suspect,
                            sg_err *err)
{
    double with = 0.0, without = 0.0;
    sg_fit fit = {0};

    for (size_t i = 0; i < design->n_rows; i++) {
        with += rest.count[i] > 0.0 ? rest.success[i] : 0.0;
        without += rest.count[i] > 0.0 ? rest.count[i] - rest.success[i] : 0.0;
    }
    *out_suspect = false;
    if (!(with > 0.0 && without > 0.0))
        return SG_OK;
    const sg_status status = sg_fit_logit(design, rest, arena, &fit, err);
    if (status == SG_OK)
        *out_suspect = sg_fit_is_suspect(&fit, design, rest);
    return status;
}

/* A level in which all learners have one outcome is separated by its own indicator, which is 0 elsewhere; so any combination that separates
 * the others separates both, once the indicator is added often enough. What is left is seldom separated, and a fit tells it sooner than the
 * projection would. */
sg_status sg_find_separation(const sg_design *design, sg_response response, sg_arena *arena,
                             sg_separated *out, sg_err *err)
{
    grouping *groupings = sg_arena_alloc(arena, design->sample->n_variables + 2, sizeof *groupings);
    double *count = sg_arena_alloc(arena, 2 * design->n_rows, sizeof *count), *levels = NULL;
    double *success = count != NULL ? count + design->n_rows : NULL;
    size_t n = 0, most = 1;
    bool any = true, suspect = true;

    *out = (sg_separated){0};
    if (groupings == NULL || count == NULL)
        return sg_no_memory(err);
    n = list_groupings(design, groupings);
    for (size_t g = 0; g < n; g++)
        most = groupings[g].n > most ? groupings[g].n : most;
    levels = sg_arena_alloc(arena, 2 * most, sizeof *levels);
    if (levels == NULL)
        return sg_no_memory(err);
    memcpy(count, response.count, design->n_rows * sizeof *count);
    while (any) {
        any = false;
        for (size_t g = 0; g < n; g++)
            any = peel(design, &groupings[g], response, count, levels, levels + most, out) || any;
    }
    for (size_t i = 0; i < design->n_rows; i++)
        success[i] = count[i] > 0.0 ? response.success[i] : 0.0;
    const sg_response rest = {.count = count, .success = success};
    sg_status status = SG_OK;
    if (out->rows > 0)
        status = judge_rest(design, rest, arena, &suspect, err);
    return status == SG_OK && suspect ? find_by_projection(design, rest, arena, out, err) : status;
}
