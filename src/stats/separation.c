/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Are the outcomes separated? There is a combination z = (2y-1) X b that is nowhere negative and not all 0 just when
 * projecting and rectifying in turn, from u = 1, ends in such a one. Correia, Guimaraes, Zylkin 2019. That takes long; levels whose learners
 * all have one outcome, by far the most frequent cause, are found by counting first.
 */
#include <string.h>

#include "fit.h"

enum { MOST_LOOPS = 100000 };
/* Of h: all of it is nothing; a part of its largest that is not negative, and one that is positive, but for rounding. */
static const double NOTHING = 1e-8, NOT_NEGATIVE = -1e-7, POSITIVE = 1e-5;
static const double EXTREME_RATE = 1e-12, MOST_DRIFT = 0.25;

bool sg_fit_is_suspect(const sg_fit *fit, const sg_design *design, sg_response response)
{
    if (!fit->converged || !(fit->drift <= MOST_DRIFT))
        return true;
    for (size_t i = 0; i < design->n_rows; i++) { /* where rounding has eaten the score */
        if (response.count[i] > 0.0 && (fit->mu[i] < EXTREME_RATE || fit->mu[i] > 1.0 - EXTREME_RATE))
            return true;
    }
    return false;
}

/* In the metric of rows, not of learners: who is separated hangs on which outcomes a row has, not on how many learners have them, and a row
 * of thousands beside rows of one would make a search without end. */
typedef struct {
    const sg_design *design;
    sg_response
        response; /* count: 1 for each outcome that the row has; success: 1 where it has the outcome */
    const size_t *active;
    size_t k;
    sg_spd spd;
    double *gram, *picked, *coefficients, *sum, *buffer;
    double *eta; /* x'b: h of a row with the outcome, -h of one without */
    double largest;
} search;

static double failures_of(const search *s, size_t i)
{
    return s->response.count[i] - s->response.success[i];
}

/* Projects the rectified h of the last loop; in the first loop, which has none, a 1 for each outcome of a row. */
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

static verdict judge(search *s)
{
    double least = HUGE_VAL;

    s->largest = 0.0;
    for (size_t i = 0; i < s->design->n_rows; i++) {
        if (!(s->response.count[i] > 0.0))
            continue;
        s->largest = fmax(s->largest, fabs(s->eta[i]));
        if (s->response.success[i] > 0.0)
            least = fmin(least, s->eta[i]);
        if (failures_of(s, i) > 0.0)
            least = fmin(least, -s->eta[i]);
    }
    if (s->largest < NOTHING)
        return NOT_SEPARATED;
    return least >= NOT_NEGATIVE * s->largest ? SEPARATED : GO_ON;
}

/* Takes the rows that are separated out of count. */
static void take_separated(const search *s, double *count, sg_separated *out)
{
    for (size_t i = 0; i < s->design->n_rows; i++) {
        if (!(count[i] > 0.0 && fabs(s->eta[i]) > POSITIVE * s->largest))
            continue;
        out->learners += count[i];
        out->rows++;
        count[i] = 0.0;
    }
}

static bool list_outcomes(sg_response of, size_t n, sg_arena *arena, sg_response *out)
{
    double *count = sg_arena_take(arena, n, sizeof *count),
           *success = sg_arena_take(arena, n, sizeof *success);

    if (count == NULL || success == NULL)
        return false;
    for (size_t i = 0; i < n; i++) {
        success[i] = of.count[i] > 0.0 && of.success[i] > 0.0 ? 1.0 : 0.0;
        count[i] = success[i] + (of.count[i] > 0.0 && of.count[i] > of.success[i] ? 1.0 : 0.0);
    }
    *out = (sg_response){.count = count, .success = success};
    return true;
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

/* The rows that are separated are taken out of count; not all of them need be found at once. */
static sg_status find_by_projection(const sg_design *design, sg_response response, double *count,
                                    sg_arena *arena, sg_separated *out, sg_err *err)
{
    search s = {.design = design};
    verdict found = GO_ON;

    if (!list_outcomes(response, design->n_rows, arena, &s.response))
        return sg_no_memory(err);
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
    if (found == SEPARATED)
        take_separated(&s, count, out);
    return SG_OK;
}

/* ---- by levels ---- */

/* A grouping whose levels the columns of the design can tell: all together, an arm, clusters, a categorical variable. */
typedef struct {
    const uint32_t *levels; /* by row of the sample; NULL: arm is it */
    const uint8_t *arm;     /* NULL beside: all rows together, which the intercept tells */
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
    out[n++] = (grouping){NULL, NULL, 1};
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
    if (g->levels != NULL)
        return g->levels[sample_row];
    return g->arm != NULL ? g->arm[sample_row] : 0;
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

/* The same by each grouping, until there is none. */
static sg_status peel_all(const sg_design *design, sg_response response, double *count, sg_arena *arena,
                          sg_separated *out, sg_err *err)
{
    grouping *groupings = sg_arena_alloc(arena, design->sample->n_variables + 3, sizeof *groupings);
    size_t n = 0, most = 1;
    bool any = true;

    if (groupings == NULL)
        return sg_no_memory(err);
    n = list_groupings(design, groupings);
    for (size_t g = 0; g < n; g++)
        most = groupings[g].n > most ? groupings[g].n : most;
    double *levels = sg_arena_alloc(arena, 2 * most, sizeof *levels);
    if (levels == NULL)
        return sg_no_memory(err);
    while (any) {
        any = false;
        for (size_t g = 0; g < n; g++)
            any = peel(design, &groupings[g], response, count, levels, levels + most, out) || any;
    }
    return SG_OK;
}

/* Whether there is anything left to be separated: learners of both kinds, and a fit of them that looks spoilt. */
static sg_status judge_rest(const sg_design *design, sg_response rest, sg_arena *arena, bool *out_suspect,
                            sg_err *err)
{
    double with = 0.0, without = 0.0;
    sg_fit fit = {0};

    for (size_t i = 0; i < design->n_rows; i++) {
        with += rest.success[i];
        without += rest.count[i] - rest.success[i];
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
 * the others separates both, once the indicator is added often enough; and likewise for rows that the projection has found. What is left is
 * seldom separated, and a fit tells it sooner than the projection would. */
static sg_status find_in_rounds(const sg_design *design, sg_response response, double *count, double *success,
                                sg_arena *arena, sg_separated *out, sg_err *err)
{
    const sg_response rest = {.count = count, .success = success};
    bool suspect = true, more = true;

    while (more) {
        sg_status status = peel_all(design, response, count, arena, out, err);
        for (size_t i = 0; i < design->n_rows; i++)
            success[i] = count[i] > 0.0 ? response.success[i] : 0.0;
        if (status == SG_OK)
            status = judge_rest(design, rest, arena, &suspect, err);
        if (status != SG_OK || !suspect)
            return status;
        const size_t found = out->rows;
        status = find_by_projection(design, rest, count, arena, out, err);
        if (status != SG_OK)
            return status;
        more = out->rows != found;
    }
    return SG_OK;
}

sg_status sg_find_separation(const sg_design *design, sg_response response, sg_arena *arena,
                             sg_separated *out, sg_err *err)
{
    double *count = sg_arena_take(arena, design->n_rows, sizeof *count);
    double *success = sg_arena_take(arena, design->n_rows, sizeof *success);

    *out = (sg_separated){0};
    if (count == NULL || success == NULL)
        return sg_no_memory(err);
    memcpy(count, response.count, design->n_rows * sizeof *count);
    return find_in_rounds(design, response, count, success, arena, out, err);
}

sg_status sg_fit_find_separation(const sg_design *design, sg_response response, sg_arena *arena, sg_fit *fit,
                                 sg_separated *out, sg_err *err)
{
    *out = (sg_separated){0};
    if (!sg_fit_is_suspect(fit, design, response))
        return SG_OK;
    const sg_status status = sg_find_separation(design, response, arena, out, err);
    if (status == SG_OK && !(out->learners > 0.0) && !out->unsettled)
        fit->converged = fit->converged && fit->drift <= MOST_DRIFT;
    return status;
}
