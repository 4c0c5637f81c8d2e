/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "survival.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "figure.h"
#include "numeric.h"
#include "skillgain/base/mem.h"

/* ---- order ---- */

const char *sg_obstacle_spells(const sg_spell *spells, size_t n)
{
    if (n == 0)
        return "no learners";
    for (size_t i = 0; i < n; i++) {
        if (!isfinite(spells[i].start) || !isfinite(spells[i].stop) || !(spells[i].stop > spells[i].start))
            return "a time that cannot be";
    }
    return NULL;
}

static int compare_numbers(const void *left, const void *right)
{
    const double *a = left, *b = right;

    return *a < *b ? -1 : *a > *b;
}

sg_status sg_sort_spells(const sg_spell *spells, size_t n, sg_sorted_spells *out, sg_err *err)
{
    size_t capacity = 0;

    *out = (sg_sorted_spells){.n = n};
    if (!sg_grow(&out->lists, &capacity, 3 * n + 1, sizeof *out->lists))
        return sg_no_memory(err);
    out->starts = out->lists;
    out->stops = out->lists + n;
    out->events = out->lists + 2 * n;
    for (size_t i = 0; i < n; i++) {
        out->starts[i] = spells[i].start;
        out->stops[i] = spells[i].stop;
        if (spells[i].event)
            out->events[out->n_events++] = spells[i].stop;
    }
    qsort(out->starts, n, sizeof *out->starts, compare_numbers);
    qsort(out->stops, n, sizeof *out->stops, compare_numbers);
    qsort(out->events, out->n_events, sizeof *out->events, compare_numbers);
    return SG_OK;
}

size_t sg_count_below(const double *sorted, size_t n, double limit)
{
    size_t low = 0, high = n;

    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (sorted[middle] < limit)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

double sg_at_risk(const sg_sorted_spells *s, double time)
{
    return (double)sg_count_below(s->starts, s->n, time) - (double)sg_count_below(s->stops, s->n, time);
}

double sg_next_event(const sg_sorted_spells *s, size_t *at, double *out_time)
{
    const size_t from = *at;

    if (from >= s->n_events)
        return 0.0;
    *out_time = s->events[from];
    while (*at < s->n_events && s->events[*at] <= *out_time)
        (*at)++;
    return (double)(*at - from);
}

/* ---- 5.1 ---- */

static sg_curve_point point_of(double survival, double greenwood, double z)
{
    sg_curve_point point = {.survival = survival, .std_error = nan(""), .low = nan(""), .high = nan("")};

    if (!(survival > 0.0))
        return point;
    const double wide = z * sqrt(greenwood) / log(survival); /* below 0 */
    point.std_error = survival * sqrt(greenwood);
    point.low = pow(survival, exp(-wide));
    point.high = pow(survival, exp(wide));
    return point;
}

static void trace_curve(const sg_sorted_spells *s, double z, sg_curve *out)
{
    double survival = 1.0, greenwood = 0.0, time = 0.0, events = 0.0;
    size_t at = 0;

    while ((events = sg_next_event(s, &at, &time)) > 0.0) {
        const double at_risk = sg_at_risk(s, time);
        survival *= 1.0 - events / at_risk;
        greenwood += events / (at_risk * (at_risk - events));
        sg_curve_point *point = &out->points[out->n_points++];
        *point = point_of(events < at_risk ? survival : 0.0, greenwood, z);
        point->time = time;
        point->at_risk = at_risk;
        point->events = events;
    }
}

sg_status sg_kaplan_meier(const sg_spell *spells, size_t n, double conf, sg_curve *out, sg_err *err)
{
    const char *obstacle = sg_obstacle_spells(spells, n);
    sg_sorted_spells s = {0};
    size_t capacity = 0;

    if (obstacle == NULL)
        obstacle = sg_obstacle_conf(conf);
    *out = (sg_curve){.conf = conf, .status = SG_EST_NOT_ESTIMABLE, .note = obstacle};
    if (obstacle != NULL)
        return SG_OK;
    sg_status status = sg_sort_spells(spells, n, &s, err);
    if (status != SG_OK)
        return status;
    if (!sg_grow(&out->points, &capacity, s.n_events + 1, sizeof *out->points)) {
        free(s.lists);
        return sg_no_memory(err);
    }
    trace_curve(&s, sg_normal_z(conf), out);
    out->starts = s.lists; /* starts, stops and events are one piece */
    out->stops = s.stops;
    out->n = n;
    out->events = (double)s.n_events;
    out->last = s.stops[n - 1];
    out->status = SG_EST_OK;
    out->note = "";
    return SG_OK;
}

void sg_curve_release(sg_curve *curve)
{
    free(curve->points);
    free(curve->starts);
    *curve = (sg_curve){0};
}

sg_curve_point sg_curve_at(const sg_curve *curve, double time)
{
    const sg_sorted_spells s = {.starts = curve->starts, .stops = curve->stops, .n = curve->n};
    sg_curve_point point = {.survival = 1.0, .low = 1.0, .high = 1.0};
    size_t low = 0, high = curve->n_points; /* points up to the time */

    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (curve->points[middle].time <= time)
            low = middle + 1;
        else
            high = middle;
    }
    if (low > 0)
        point = curve->points[low - 1];
    if (low == 0 || point.time < time)
        point.events = 0.0;
    point.time = time;
    const size_t next = sg_count_below(curve->stops, curve->n, time);
    point.at_risk = next < curve->n ? sg_at_risk(&s, curve->stops[next]) : 0.0;
    return point;
}

/* ---- 5.2 ---- */

static double survival_of(const sg_curve_point *point)
{
    return point->survival;
}

static double low_of(const sg_curve_point *point)
{
    return point->low;
}

static double high_of(const sg_curve_point *point)
{
    return point->high;
}

/* Where a curve is at one half or below; NaN: nowhere. */
static double find_half(const sg_curve *curve, double (*value)(const sg_curve_point *point))
{
    static const double HALF = 0.5, EQUAL_WITHIN = 1e-10;

    for (size_t i = 0; i < curve->n_points; i++) {
        const double at = value(&curve->points[i]);
        if (!(at <= HALF + EQUAL_WITHIN))
            continue;
        if (at < HALF - EQUAL_WITHIN)
            return curve->points[i].time;
        const double end = i + 1 < curve->n_points ? curve->points[i + 1].time : curve->last;
        return (curve->points[i].time + end) / 2.0;
    }
    return nan("");
}

sg_figure sg_curve_median(const sg_curve *curve)
{
    sg_figure figure = sg_figure_blank();

    if (curve->status != SG_EST_OK)
        return sg_figure_refused(curve->note);
    figure.estimate = find_half(curve, survival_of);
    figure.low = find_half(curve, low_of);
    figure.high = find_half(curve, high_of);
    if (isnan(figure.estimate)) {
        figure.status = SG_EST_NOT_ESTIMABLE;
        figure.note = "more than half without the event";
    }
    return figure;
}

/* ---- 5.4 ---- */

sg_figure sg_curve_restricted_mean(const sg_curve *curve, double tau)
{
    sg_figure figure = sg_figure_blank();
    sg_sum area = {0}, variance = {0};
    double end = tau;

    if (curve->status != SG_EST_OK)
        return sg_figure_refused(curve->note);
    if (!(tau > 0.0) || isinf(tau))
        return sg_figure_refused("a time that cannot be");
    /* backward, so that the area from each event to tau is at hand */
    for (size_t i = curve->n_points; i > 0; i--) {
        const sg_curve_point *point = &curve->points[i - 1];
        if (point->time > tau)
            continue;
        sg_sum_add(&area, point->survival * (end - point->time));
        end = point->time;
        const double left = sg_sum_value(&area), staying = point->at_risk - point->events;
        if (staying > 0.0)
            sg_sum_add(&variance, left * left * point->events / (point->at_risk * staying));
    }
    sg_sum_add(&area, end);
    figure.estimate = sg_sum_value(&area);
    figure.std_error = sqrt(sg_sum_value(&variance));
    figure.low = figure.estimate - sg_normal_z(curve->conf) * figure.std_error;
    figure.high = figure.estimate + sg_normal_z(curve->conf) * figure.std_error;
    if (tau > curve->last)
        figure.note = "beyond the last observed time";
    return figure;
}

sg_restricted_means sg_compare_restricted_means(const sg_curve *iet, const sg_curve *comparison, double tau)
{
    sg_restricted_means out = {.iet = sg_curve_restricted_mean(iet, tau),
                               .comparison = sg_curve_restricted_mean(comparison, tau),
                               .difference = sg_figure_blank(),
                               .ratio = nan("")};
    sg_figure *d = &out.difference;

    if (out.iet.status != SG_EST_OK || out.comparison.status != SG_EST_OK) {
        *d = sg_figure_refused(out.iet.status != SG_EST_OK ? out.iet.note : out.comparison.note);
        return out;
    }
    d->estimate = out.iet.estimate - out.comparison.estimate;
    d->std_error = hypot(out.iet.std_error, out.comparison.std_error);
    d->low = d->estimate - sg_normal_z(iet->conf) * d->std_error;
    d->high = d->estimate + sg_normal_z(iet->conf) * d->std_error;
    if (d->std_error > 0.0) {
        d->statistic = d->estimate / d->std_error;
        d->p_value = sg_normal_p(d->statistic);
    }
    out.ratio = out.iet.estimate / out.comparison.estimate;
    return out;
}
