/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "skillgain/stats/multiplicity.h"

#include <math.h>
#include <stdlib.h>

#include "skillgain/base/mem.h"

typedef struct {
    double p;
    size_t at; /* in the caller's order */
} ranked;

/* By p, equal ones in the order they came: qsort is not stable by itself. */
static int compare_ranked(const void *left, const void *right)
{
    const ranked *a = left, *b = right;

    if (a->p < b->p || a->p > b->p)
        return a->p < b->p ? -1 : 1;
    return a->at < b->at ? -1 : a->at > b->at;
}

/* Those present, smallest first, malloc'd for the caller to free; NULL with *out_m = 0 where there are
 * none. */
static sg_status rank_present(const double *p, size_t n, ranked **out, size_t *out_m, sg_err *err)
{
    ranked *items = NULL;
    size_t capacity = 0, m = 0;

    for (size_t i = 0; i < n; i++) {
        if (p[i] < 0.0 || p[i] > 1.0)
            return sg_fail(err, SG_FAILED, "p-value %zu of %zu of a family lies outside 0 to 1", i + 1, n);
    }
    if (n > 0 && !sg_grow(&items, &capacity, n, sizeof *items))
        return sg_no_memory(err);
    for (size_t i = 0; i < n; i++) {
        if (!isnan(p[i]))
            items[m++] = (ranked){.p = p[i], .at = i};
    }
    if (m > 1)
        qsort(items, m, sizeof *items, compare_ranked);
    *out = items;
    *out_m = m;
    return SG_OK;
}

/* Replaces m p-values, smallest first, by their corrected ones. */
typedef void adjust_sorted(ranked *sorted, size_t m);

static void adjust_holm(ranked *sorted, size_t m)
{
    double running = 0.0;

    for (size_t i = 0; i < m; i++) {
        running = fmax(running, sorted[i].p * (double)(m - i));
        sorted[i].p = fmin(1.0, running);
    }
}

static void adjust_bh(ranked *sorted, size_t m)
{
    double running = 1.0;

    for (size_t i = m; i-- > 0;) {
        /* times a factor of 1 or more: rounding can't put a corrected p below its own */
        running = fmin(running, sorted[i].p * ((double)m / (double)(i + 1)));
        sorted[i].p = running;
    }
}

static void adjust_bonferroni(ranked *sorted, size_t m)
{
    for (size_t i = 0; i < m; i++)
        sorted[i].p = fmin(1.0, sorted[i].p * (double)m);
}

static sg_status adjust(adjust_sorted *rule, const double *p, size_t n, double *out, sg_err *err)
{
    SG_AUTO_FREE ranked *sorted = NULL;
    size_t m = 0;

    const sg_status status = rank_present(p, n, &sorted, &m, err);
    if (status != SG_OK)
        return status;
    rule(sorted, m);
    for (size_t i = 0; i < n; i++)
        out[i] = p[i]; /* the missing ones stay as they are */
    for (size_t i = 0; i < m; i++)
        out[sorted[i].at] = sorted[i].p;
    return SG_OK;
}

sg_status sg_adjust_holm(const double *p, size_t n, double *out, sg_err *err)
{
    return adjust(adjust_holm, p, n, out, err);
}

sg_status sg_adjust_bh(const double *p, size_t n, double *out, sg_err *err)
{
    return adjust(adjust_bh, p, n, out, err);
}

sg_status sg_adjust_bonferroni(const double *p, size_t n, double *out, sg_err *err)
{
    return adjust(adjust_bonferroni, p, n, out, err);
}
