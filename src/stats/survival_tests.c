/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdlib.h>

#include "numeric.h"
#include "skillgain/base/mem.h"
#include "survival.h"

/* ---- 5.3, 5.6 ---- */

typedef struct {
    sg_sum expected, variance;
    double observed;
} rank_sums;

/* The spells of one stratum: all, and those of IET among them. */
static sg_status add_stratum(const sg_spell *all, size_t n, const sg_spell *iet, size_t n_iet,
                             rank_sums *sums, sg_err *err)
{
    sg_sorted_spells both = {0}, one = {0};
    double time = 0.0, events = 0.0;
    size_t at = 0;
    sg_status status = sg_sort_spells(all, n, &both, err);

    if (status == SG_OK)
        status = sg_sort_spells(iet, n_iet, &one, err);
    sums->observed += (double)one.n_events;
    while (status == SG_OK && (events = sg_next_event(&both, &at, &time)) > 0.0) {
        const double y = sg_at_risk(&both, time), share = sg_at_risk(&one, time) / y;
        sg_sum_add(&sums->expected, events * share);
        if (y > 1.0)
            sg_sum_add(&sums->variance, events * share * (1.0 - share) * (y - events) / (y - 1.0));
    }
    free(both.lists);
    free(one.lists);
    return status;
}

static void finish(const rank_sums *sums, sg_log_rank *out)
{
    out->observed = sums->observed;
    out->expected = sg_sum_value(&sums->expected);
    out->variance = sg_sum_value(&sums->variance);
    out->note = "nothing to compare at any event";
    if (!(out->variance > 0.0))
        return;
    const double excess = out->observed - out->expected;
    out->z = excess / sqrt(out->variance);
    out->x2 = out->z * out->z;
    out->p = sg_chi_square_p(out->x2, 1.0);
    out->rate_ratio = exp(excess / out->variance);
    out->status = SG_EST_OK;
    out->note = "";
}

/* Spells stratum by stratum, those of IET once more in a list of their own. */
typedef struct {
    sg_spell *all, *iet;
    size_t *from, *from_iet; /* of each stratum, and the end */
} strata_lists;

static void count_places(const bool *iet, const size_t *strata, size_t n, size_t n_strata, strata_lists *out)
{
    for (size_t i = 0; i < n; i++) {
        const size_t stratum = strata != NULL ? strata[i] : 0;
        out->from[stratum + 1]++;
        out->from_iet[stratum + 1] += iet[i] ? 1 : 0;
    }
    for (size_t k = 0; k < n_strata; k++) {
        out->from[k + 1] += out->from[k];
        out->from_iet[k + 1] += out->from_iet[k];
    }
}

/* Fills from the end of each stratum's place; afterwards `from` is its beginning again. */
static void place_spells(const sg_spell *spells, const bool *iet, const size_t *strata, size_t n,
                         strata_lists *out)
{
    for (size_t i = n; i > 0; i--) {
        const size_t stratum = strata != NULL ? strata[i - 1] : 0;
        out->all[--out->from[stratum + 1]] = spells[i - 1];
        if (iet[i - 1])
            out->iet[--out->from_iet[stratum + 1]] = spells[i - 1];
    }
}

static sg_status add_strata(const strata_lists *lists, size_t n, size_t n_iet, size_t n_strata,
                            rank_sums *sums, sg_err *err)
{
    sg_status status = SG_OK;

    for (size_t k = 0; k < n_strata && status == SG_OK; k++) {
        const size_t end = k + 1 < n_strata ? lists->from[k + 2] : n;
        const size_t end_iet = k + 1 < n_strata ? lists->from_iet[k + 2] : n_iet;
        const size_t from = lists->from[k + 1], from_iet = lists->from_iet[k + 1];
        status = add_stratum(lists->all + from, end - from, lists->iet + from_iet, end_iet - from_iet, sums,
                             err);
    }
    return status;
}

static bool make_lists(size_t n, size_t n_strata, strata_lists *out)
{
    size_t capacity[4] = {0};

    return sg_grow(&out->all, &capacity[0], n + 1, sizeof *out->all) &&
           sg_grow(&out->iet, &capacity[1], n + 1, sizeof *out->iet) &&
           sg_grow(&out->from, &capacity[2], n_strata + 2, sizeof *out->from) &&
           sg_grow(&out->from_iet, &capacity[3], n_strata + 2, sizeof *out->from_iet);
}

sg_status sg_log_rank_test(const sg_spell *spells, const bool *iet, const size_t *strata, size_t n,
                           size_t n_strata, sg_log_rank *out, sg_err *err)
{
    const char *obstacle = sg_obstacle_spells(spells, n);
    const double blank = nan("");
    const size_t n_used = strata != NULL ? n_strata : 1;
    strata_lists lists = {0};
    rank_sums sums = {.observed = 0.0};
    sg_status status = SG_OK;

    *out = (sg_log_rank){blank, blank, blank, blank, blank, blank, blank, SG_EST_NOT_ESTIMABLE, obstacle};
    if (obstacle != NULL)
        return SG_OK;
    if (make_lists(n, n_used, &lists)) {
        count_places(iet, strata, n, n_used, &lists);
        const size_t n_iet = lists.from_iet[n_used];
        place_spells(spells, iet, strata, n, &lists);
        status = add_strata(&lists, n, n_iet, n_used, &sums, err);
    } else {
        status = sg_no_memory(err);
    }
    if (status == SG_OK)
        finish(&sums, out);
    free(lists.all);
    free(lists.iet);
    free(lists.from);
    free(lists.from_iet);
    return status;
}

/* ---- 5.5 ---- */

typedef struct {
    double time;
    int cause;
} ending;

static int compare_endings(const void *left, const void *right)
{
    const ending *a = left, *b = right;

    return a->time < b->time ? -1 : a->time > b->time;
}

/* F of both causes after all endings up to `time`, going on from where the last call stopped. */
typedef struct {
    const ending *endings;
    size_t n, at;
    double survival, incidence[2];
} incidence_walk;

static void walk_to(incidence_walk *w, double time)
{
    while (w->at < w->n && w->endings[w->at].time <= time) {
        const double at_risk = (double)(w->n - w->at), now = w->endings[w->at].time;
        double counts[3] = {0.0};
        for (; w->at < w->n && w->endings[w->at].time <= now; w->at++)
            counts[w->endings[w->at].cause] += 1.0;
        w->incidence[0] += w->survival * counts[1] / at_risk;
        w->incidence[1] += w->survival * counts[2] / at_risk;
        w->survival *= 1.0 - (counts[1] + counts[2]) / at_risk;
    }
}

static size_t find_next(const double *at, size_t n_at, double after)
{
    size_t next = n_at;

    for (size_t i = 0; i < n_at; i++) {
        if (at[i] > after && (next == n_at || at[i] < at[next]))
            next = i;
    }
    return next;
}

sg_status sg_cumulative_incidence(const double *times, const int *causes, size_t n, const double *at,
                                  size_t n_at, double *const out[2], sg_err *err)
{
    SG_AUTO_FREE ending *endings = NULL;
    size_t capacity = 0;

    if (!sg_grow(&endings, &capacity, n + 1, sizeof *endings))
        return sg_no_memory(err);
    for (size_t i = 0; i < n; i++) {
        if (causes[i] < 0 || causes[i] > 2 || !isfinite(times[i]))
            return sg_fail(err, SG_FAILED, "ending %zu: a time or a cause that cannot be", i + 1);
        endings[i] = (ending){.time = times[i], .cause = causes[i]};
    }
    qsort(endings, n, sizeof *endings, compare_endings);
    incidence_walk w = {.endings = endings, .n = n, .survival = 1.0};
    for (size_t i = find_next(at, n_at, -HUGE_VAL); i < n_at; i = find_next(at, n_at, at[i])) {
        walk_to(&w, at[i]);
        for (size_t k = 0; k < n_at; k++) {
            if (!(at[k] < at[i] || at[k] > at[i])) {
                out[0][k] = n > 0 ? w.incidence[0] : nan("");
                out[1][k] = n > 0 ? w.incidence[1] : nan("");
            }
        }
    }
    return SG_OK;
}
