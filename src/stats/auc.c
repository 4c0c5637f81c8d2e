/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>

#include "figure.h"
#include "robust.h"
#include "skillgain/stats/diagnostics.h"

typedef struct {
    double score, with, without;
} place;

static int compare_places(const void *left, const void *right)
{
    const place *a = left, *b = right;

    return (a->score > b->score) - (a->score < b->score);
}

/* Places of one score become one. */
static size_t merge_equal(place *places, size_t n)
{
    size_t to = 0;

    for (size_t i = 1; i < n; i++) {
        if (places[i].score > places[to].score) {
            places[++to] = places[i];
        } else {
            places[to].with += places[i].with;
            places[to].without += places[i].without;
        }
    }
    return n > 0 ? to + 1 : 0;
}

/* How many of a learner's counterparts lie on the right side of it: the placements, whose means are the area. */
typedef struct {
    double with, without; /* learners of each kind */
    double area, variance;
} area;

static void measure(const place *places, size_t n, area *out)
{
    sg_sum sum = {0}, squares1 = {0}, squares0 = {0};
    double below = 0.0, above = out->with;

    for (size_t i = 0; i < n; i++) {
        sg_sum_add(&sum, places[i].with * (below + places[i].without / 2.0));
        below += places[i].without;
    }
    out->area = sg_sum_value(&sum) / (out->with * out->without);
    below = 0.0;
    for (size_t i = 0; i < n; i++) {
        above -= places[i].with;
        const double of_with = (below + places[i].without / 2.0) / out->without - out->area;
        const double of_without = (above + places[i].with / 2.0) / out->with - out->area;
        sg_sum_add(&squares1, places[i].with * of_with * of_with);
        sg_sum_add(&squares0, places[i].without * of_without * of_without);
        below += places[i].without;
    }
    out->variance = sg_sum_value(&squares1) / (out->with - 1.0) / out->with +
                    sg_sum_value(&squares0) / (out->without - 1.0) / out->without;
}

sg_status sg_auc(const double *scores, const double *with, const double *without, size_t n, double conf,
                 sg_figure *out, sg_err *err)
{
    SG_AUTO_FREE place *places = NULL;
    size_t capacity = 0, n_places = 0;
    area a = {0};

    if (!sg_grow(&places, &capacity, n + 1, sizeof *places))
        return sg_no_memory(err);
    for (size_t i = 0; i < n; i++) {
        if (!(with[i] + without[i] > 0.0))
            continue;
        if (isnan(scores[i])) {
            *out = sg_figure_refused("a score is missing");
            return SG_OK;
        }
        places[n_places++] = (place){scores[i], with[i], without[i]};
        a.with += with[i];
        a.without += without[i];
    }
    if (!(a.with > 0.0) || !(a.without > 0.0)) {
        *out = sg_figure_refused("learners of one kind alone");
        return SG_OK;
    }
    qsort(places, n_places, sizeof *places, compare_places);
    measure(places, merge_equal(places, n_places), &a);
    *out = sg_figure_t(a.area, sqrt(a.variance), HUGE_VAL, conf);
    return SG_OK;
}
