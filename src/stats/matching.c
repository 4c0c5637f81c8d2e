/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "skillgain/stats/matching.h"

#include <math.h>
#include <stdlib.h>

#include <gsl/gsl_cdf.h>

#include "figure.h"
#include "robust.h"

static const size_t NONE = SIZE_MAX;

/* ---- controls ---- */

typedef struct {
    double logit;
    uint32_t exact;
    size_t row;
} place;

/* Controls sorted by stratum, logit and row. after[i] leads to the first unused control at i or behind it, before[i + 1] to
 * the last one at i or before it (0: none); both are shortened as they are followed. run: where the controls of the
 * same stratum and logit begin. */
typedef struct {
    const sg_match_task *task;
    place *controls, *treated;
    size_t n_controls, n_treated;
    size_t *after, *before, *run, *control;
} matching;

static int compare_places(const void *left, const void *right)
{
    const place *a = left, *b = right;
    int order = (a->exact > b->exact) - (a->exact < b->exact);

    if (order == 0)
        order = (a->logit > b->logit) - (a->logit < b->logit);
    return order != 0 ? order : (a->row > b->row) - (a->row < b->row);
}

static int compare_treated(const void *left, const void *right)
{
    const place *a = left, *b = right;
    const int order = (a->logit < b->logit) - (a->logit > b->logit);

    return order != 0 ? order : (a->row > b->row) - (a->row < b->row);
}

static size_t follow(size_t *links, size_t i)
{
    size_t end = i;

    while (links[end] != end)
        end = links[end];
    while (links[i] != end) {
        const size_t next = links[i];
        links[i] = end;
        i = next;
    }
    return end;
}

static void use(matching *m, size_t i)
{
    m->after[i] = i + 1;
    m->before[i + 1] = i;
}

/* The first control that is not before the treated one's stratum and logit. */
static size_t find_position(const matching *m, const place *treated)
{
    const place key = {treated->logit, treated->exact, 0};
    size_t low = 0, high = m->n_controls;

    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (compare_places(&m->controls[middle], &key) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* The index of the nearest unused control, or NONE. */
static size_t find_nearest(matching *m, const place *treated)
{
    const size_t position = find_position(m, treated);
    size_t right = follow(m->after, position), left = follow(m->before, position), best = NONE;
    double distance = m->task->caliper;

    if (right < m->n_controls && m->controls[right].exact == treated->exact &&
        m->controls[right].logit - treated->logit <= distance) {
        best = right;
        distance = m->controls[right].logit - treated->logit;
    }
    if (left == 0 || m->controls[left - 1].exact != treated->exact)
        return best;
    left = follow(m->after, m->run[left - 1]); /* of equal ones the lowest row */
    const double other = treated->logit - m->controls[left].logit;
    if (other < distance ||
        (!(other > distance) && (best == NONE || m->controls[left].row < m->controls[best].row)))
        best = left;
    return best;
}

static void match_all(matching *m)
{
    const size_t ratio = m->task->ratio;

    for (size_t round = 0; round < ratio; round++) {
        for (size_t t = 0; t < m->n_treated; t++) {
            const size_t row = m->treated[t].row;
            if (round > 0 && m->control[row * ratio + round - 1] == NONE)
                continue;
            const size_t found = find_nearest(m, &m->treated[t]);
            if (found == NONE)
                continue;
            m->control[row * ratio + round] = m->controls[found].row;
            use(m, found);
        }
    }
}

static sg_status prepare(matching *m, sg_arena *arena, sg_err *err)
{
    const sg_match_task *task = m->task;
    const size_t n = task->n;

    if (n > SIZE_MAX / 64 / (task->ratio + 1))
        return sg_no_memory(err);
    m->controls = sg_arena_alloc(arena, n + 1, sizeof *m->controls);
    m->treated = sg_arena_alloc(arena, n + 1, sizeof *m->treated);
    m->after = sg_arena_alloc(arena, n + 2, sizeof *m->after);
    m->before = sg_arena_alloc(arena, n + 2, sizeof *m->before);
    m->run = sg_arena_alloc(arena, n + 1, sizeof *m->run);
    m->control = sg_arena_alloc(arena, n * task->ratio + 1, sizeof *m->control);
    if (m->controls == NULL || m->treated == NULL || m->after == NULL || m->before == NULL ||
        m->run == NULL || m->control == NULL)
        return sg_no_memory(err);
    for (size_t i = 0; i < n; i++) {
        const place p = {task->logit[i] + 0.0, task->exact != NULL ? task->exact[i] : 0, i};
        if (task->arm[i] == 1)
            m->treated[m->n_treated++] = p;
        else
            m->controls[m->n_controls++] = p;
    }
    qsort(m->controls, m->n_controls, sizeof *m->controls, compare_places);
    qsort(m->treated, m->n_treated, sizeof *m->treated, compare_treated);
    for (size_t i = 0; i <= m->n_controls; i++)
        m->after[i] = m->before[i] = i;
    for (size_t i = 1; i < m->n_controls; i++) {
        const place *a = &m->controls[i - 1], *b = &m->controls[i];
        m->run[i] = a->exact == b->exact && !(b->logit > a->logit) ? m->run[i - 1] : i;
    }
    for (size_t i = 0; i < n * task->ratio; i++)
        m->control[i] = NONE;
    return SG_OK;
}

/* ---- what the pairs say ---- */

/* The mean outcome of a treated row's controls; how many they are. */
static double control_mean(const sg_match_task *task, const size_t *control, size_t row, size_t *out_n)
{
    double sum = 0.0;
    size_t n = 0;

    while (n < task->ratio && control[row * task->ratio + n] != NONE)
        sum += task->outcome[control[row * task->ratio + n++]];
    *out_n = n;
    return n > 0 ? sum / (double)n : nan("");
}

static void weigh_rows(const sg_match_task *task, const size_t *control, double *weight, sg_match_result *out)
{
    for (size_t row = 0; row < task->n; row++) {
        size_t n = 0;
        (void)control_mean(task, control, row, &n);
        if (n == 0)
            continue;
        weight[row] = 1.0;
        out->matched++;
        out->controls += n;
        for (size_t r = 0; r < n; r++)
            weight[control[row * task->ratio + r]] = 1.0 / (double)n;
    }
}

static void find_difference(const sg_match_task *task, const size_t *control, double conf,
                            sg_match_result *out)
{
    const double n = (double)out->matched;
    sg_sum sum = {0}, squares = {0};
    size_t ignored = 0;

    for (size_t row = 0; row < task->n; row++) {
        const double mean = control_mean(task, control, row, &ignored);
        if (!isnan(mean))
            sg_sum_add(&sum, task->outcome[row] - mean);
    }
    const double average = sg_sum_value(&sum) / n;
    for (size_t row = 0; row < task->n; row++) {
        const double mean = control_mean(task, control, row, &ignored);
        const double distance = task->outcome[row] - mean - average;
        if (!isnan(mean))
            sg_sum_add(&squares, distance * distance);
    }
    out->difference = sg_figure_t(average, sqrt(sg_sum_value(&squares) / (n - 1.0) / n), HUGE_VAL, conf);
}

/* Twice the smaller tail of Bin(a + b, 1/2). */
static double exact_p(double a, double b)
{
    const double least = fmin(a, b);

    return a + b > 0.0 ? fmin(1.0, 2.0 * gsl_cdf_binomial_P((unsigned)least, 0.5, (unsigned)(a + b))) : 1.0;
}

static void find_discordant(const sg_match_task *task, const size_t *control, sg_match_result *out)
{
    for (size_t row = 0; row < task->n; row++) {
        if (control[row] == NONE)
            continue;
        const double difference = task->outcome[row] - task->outcome[control[row]];
        out->with10 += difference > 0.0 ? 1.0 : 0.0;
        out->with01 += difference < 0.0 ? 1.0 : 0.0;
    }
    const double a = out->with10, b = out->with01;
    out->mcnemar_x2 = a + b > 0.0 ? (a - b) * (a - b) / (a + b) : nan("");
    out->mcnemar_p = sg_chi_square_p(out->mcnemar_x2, 1.0);
    out->mcnemar_exact_p = exact_p(a, b);
}

static const char *find_obstacle(const sg_match_task *task, double conf)
{
    if (task->ratio == 0 || !(task->caliper >= 0.0))
        return "a ratio of 0 or a caliper that is no distance";
    for (size_t i = 0; i < task->n; i++) {
        if (!isfinite(task->logit[i]))
            return "a score that is not finite";
        if (!(task->outcome[i] >= 0.0 && task->outcome[i] <= 1.0))
            return "an outcome is missing or neither 0 nor 1";
    }
    return sg_obstacle_conf(conf);
}

static void refuse(const char *note, sg_match_result *out)
{
    out->status = SG_EST_NOT_ESTIMABLE;
    out->note = note;
    out->difference = sg_figure_refused(note);
    out->with10 = out->with01 = out->mcnemar_x2 = out->mcnemar_p = out->mcnemar_exact_p = nan("");
}

sg_status sg_match(const sg_match_task *task, double conf, sg_arena *arena, sg_match_result *out, sg_err *err)
{
    sg_match_result result = {.status = SG_EST_OK, .note = ""};
    matching m = {.task = task};
    const char *obstacle = find_obstacle(task, conf);
    double *weight = sg_arena_alloc(arena, task->n + 1, sizeof *weight);

    if (weight == NULL)
        return sg_no_memory(err);
    if (obstacle == NULL) {
        const sg_status status = prepare(&m, arena, err);
        if (status != SG_OK)
            return status;
        match_all(&m);
        weigh_rows(task, m.control, weight, &result);
        result.control = m.control;
        result.treated = m.n_treated;
        if (result.matched == 0)
            obstacle = m.n_treated == 0 ? "no IET learners" : "no pair within the caliper";
    }
    result.weight = weight;
    if (obstacle != NULL) {
        refuse(obstacle, &result);
    } else {
        find_difference(task, m.control, conf, &result);
        if (task->ratio == 1)
            find_discordant(task, m.control, &result);
        else
            result.with10 = result.with01 = result.mcnemar_x2 = result.mcnemar_p = result.mcnemar_exact_p =
                nan("");
    }
    *out = result;
    return SG_OK;
}
