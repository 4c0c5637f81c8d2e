/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdlib.h>

#include "skillgain/stats.h"
#include "times.h"

/* Where a unit may be at a time. */
typedef enum { IN_IET, IN_NEITHER, IN_SEQUENTIAL, IN_COMPARISON, N_PLACES } place;

typedef struct {
    sg_spell spell;
    place place;
} stretch;

enum { MOST_STRETCHES = N_PLACES }; /* comparison, sequential, IET or neither */

/* Whom IET is held against. */
typedef struct {
    bool is_sequential; /* else everyone who isn't in IET yet */
    const char *variants[SG_N_DESIGNS];
} contrast;

static const contrast contrasts[] = {
    {false, {[SG_DESIGN_LANDMARK] = "landmark,arm:time_varying", [SG_DESIGN_TERM] = "term,arm:time_varying"}},
    {true,
     {[SG_DESIGN_LANDMARK] = "landmark,comparison:sequential",
      [SG_DESIGN_TERM] = "term,comparison:sequential"}}};

/* Both arms' spells, IET first; the arms' units and events. */
typedef struct {
    const sg_estimate_task *task;
    sg_outcome outcome;
    const contrast *contrast;
    sg_spell *spells;
    bool *iet;
    size_t n, n_iet;
    int64_t units[2], events[2];
} varying;

/* ---- one unit's course ---- */

/* Goes on to `end` in the place; false: follow-up is over. */
static bool go_on(stretch *stretches, size_t *n, place where, int end, const sg_spell *whole)
{
    const double start = *n > 0 ? stretches[*n - 1].spell.stop : 0.0;
    const bool ends = whole->stop <= end;
    const double stop = ends ? whole->stop : end;

    if (stop > start)
        stretches[(*n)++] = (stretch){{start, stop, ends && whole->event}, where};
    return !ends;
}

/* Of a unit of the comparison arm at time zero; whole: as if it never changed. */
static size_t follow_changes(const sg_amounts *changes, size_t unit, const sg_spell *whole,
                             stretch stretches[MOST_STRETCHES])
{
    int days[SG_N_CHANGED_ARMS] = {-1, -1, -1};
    place where = IN_COMPARISON;
    size_t n = 0;

    for (size_t i = sg_amounts_from(changes, unit); i < changes->n && changes->items[i].unit == unit; i++)
        days[changes->items[i].scale] = (int)changes->items[i].value;
    if (days[SG_CHANGED_TO_SEQUENTIAL] >= 0) {
        if (!go_on(stretches, &n, where, days[SG_CHANGED_TO_SEQUENTIAL], whole))
            return n;
        where = IN_SEQUENTIAL;
    }
    if (days[SG_CHANGED_TO_NEITHER] >= 0)
        (void)go_on(stretches, &n, where, days[SG_CHANGED_TO_NEITHER],
                    whole); /* what comes then isn't known */
    else if (days[SG_CHANGED_TO_IET] < 0)
        (void)go_on(stretches, &n, where, (int)whole->stop, whole);
    else if (go_on(stretches, &n, where, days[SG_CHANGED_TO_IET], whole))
        (void)go_on(stretches, &n, IN_IET, (int)whole->stop, whole);
    return n;
}

/* As if it never changed. IET is only entered by who is there: for a gain others, too, are at risk only while they are, else those who left would be
 * held against those who could still gain. A credential also comes to who has left. */
static sg_spell whole_spell(const varying *v, const sg_cohort_view *view, size_t i)
{
    const int days = sg_time_days(v->outcome, view, i);

    if (days == 0 && v->outcome == SG_OUTCOME_TIME_TO_GAIN)
        return (sg_spell){.stop = -view->gain_days[i]};
    return (sg_spell){.stop = days > 0 ? days : v->task->config->cohort.follow_up_days, .event = days > 0};
}

static size_t follow(const varying *v, size_t i, stretch stretches[MOST_STRETCHES])
{
    const sg_cohort_view *view = &v->task->cohort->designs[v->task->count->design];
    const sg_spell whole = whole_spell(v, view, i);

    if (sg_time_is_of(v->task, v->outcome, SG_ARM_IS_IET, i)) {
        stretches[0] = (stretch){whole, IN_IET};
        return whole.stop > 0.0;
    }
    if (!sg_time_is_of(v->task, v->outcome, SG_ARM_IS_COMPARISON, i))
        return 0;
    return follow_changes(&view->amounts[SG_AMOUNT_CHANGE], i, &whole, stretches);
}

/* ---- all of them ---- */

static bool is_of_arm(const varying *v, place where, bool iet)
{
    if (iet || where == IN_IET)
        return iet && where == IN_IET;
    return where == IN_SEQUENTIAL || (where == IN_COMPARISON && !v->contrast->is_sequential);
}

static void take_arm(varying *v, bool iet)
{
    const sg_year_count *count = v->task->count;

    for (size_t i = count->first_unit; i < count->first_unit + count->n_units; i++) {
        stretch stretches[MOST_STRETCHES];
        const size_t n = follow(v, i, stretches), before = v->n;

        for (size_t k = 0; k < n; k++) {
            if (!is_of_arm(v, stretches[k].place, iet))
                continue;
            v->spells[v->n] = stretches[k].spell;
            v->iet[v->n++] = iet;
            v->events[iet] += stretches[k].spell.event;
        }
        v->units[iet] += v->n > before;
    }
}

static sg_estimate *add(const varying *v, sg_estimate_list *list, sg_arm_subset subset)
{
    sg_estimate *e = sg_estimate_add(v->task, list);

    if (!e)
        return NULL;
    e->outcome = sg_outcome_text(v->outcome);
    e->variant = v->contrast->variants[v->task->count->design];
    e->subset = sg_arm_subset_text(subset);
    if (subset != SG_ARM_COMPARISON) {
        e->n_iet = v->units[true];
        e->x_iet = v->events[true];
    }
    if (subset != SG_ARM_IET) {
        e->n_comparison = v->units[false];
        e->x_comparison = v->events[false];
    }
    return e;
}

/* The fewest who were at risk when the event happened to one: while it is small, the curve rests on few. */
static int64_t fewest_at_risk(const sg_curve *curve)
{
    double fewest = (double)curve->n;

    for (size_t i = 0; i < curve->n_points; i++)
        fewest = fmin(fewest, curve->points[i].at_risk);
    return (int64_t)fewest;
}

static sg_status add_share(const varying *v, bool iet, sg_estimate_list *out, sg_err *err)
{
    SG_CLEANUP(sg_curve_release) sg_curve curve = {0};
    const sg_spell *spells = v->spells + (iet ? 0 : v->n_iet);
    const size_t n = iet ? v->n_iet : v->n - v->n_iet;
    sg_status status = sg_kaplan_meier(spells, n, v->task->config->analysis.confidence, &curve, err);
    sg_estimate *e = status == SG_OK ? add(v, out, iet ? SG_ARM_IET : SG_ARM_COMPARISON) : NULL;
    sg_curve_point end;

    if (!e)
        return status == SG_OK ? sg_no_memory(err) : status;
    end = sg_curve_at(&curve, v->task->config->cohort.follow_up_days);
    sg_estimate_set_figure(e, "cumulative_incidence", "kaplan_meier",
                           &(sg_figure){.estimate = 1.0 - end.survival,
                                        .std_error = end.std_error,
                                        .low = 1.0 - end.high,
                                        .high = 1.0 - end.low,
                                        .statistic = nan(""),
                                        .df = nan(""),
                                        .p_value = nan(""),
                                        .status = curve.status,
                                        .note = curve.note},
                           fewest_at_risk(&curve));
    return SG_OK;
}

static sg_status add_test(const varying *v, sg_estimate_list *out, sg_err *err)
{
    sg_log_rank test;
    sg_status status = sg_log_rank_test(v->spells, v->iet, NULL, v->n, 1, &test, err);
    sg_estimate *e = status == SG_OK ? add(v, out, SG_ARM_ALL) : NULL;

    if (!e)
        return status == SG_OK ? sg_no_memory(err) : status;
    sg_estimate_set_test(e, "hazard_equality", "mantel_byar",
                         &(sg_test){test.p, test.x2, 1, "mantel_byar", test.status, test.note},
                         v->units[true] < v->units[false] ? v->units[true] : v->units[false]);
    if (test.status == SG_EST_OK)
        e->estimate = test.rate_ratio;
    return SG_OK;
}

static sg_status estimate(varying *v, sg_estimate_list *out, sg_err *err)
{
    sg_status status;

    take_arm(v, true);
    v->n_iet = v->n;
    take_arm(v, false);
    if (v->contrast->is_sequential && v->units[false] == 0)
        return SG_OK;
    status = add_test(v, out, err);
    if (v->outcome == SG_OUTCOME_TIME_TO_GAIN) /* with those who left censored a curve would tell no share */
        return status;
    if (status == SG_OK)
        status = add_share(v, true, out, err);
    return status == SG_OK ? add_share(v, false, out, err) : status;
}

sg_status sg_estimate_varying(const sg_estimate_task *task, sg_outcome outcome, sg_estimate_list *out,
                              sg_err *err)
{
    const size_t most = task->count->n_units * MOST_STRETCHES + 1;
    SG_AUTO_FREE sg_spell *spells = calloc(most, sizeof *spells);
    SG_AUTO_FREE bool *iet = calloc(most, sizeof *iet);
    sg_status status = spells && iet ? SG_OK : sg_no_memory(err);

    for (size_t c = 0; status == SG_OK && c < sizeof contrasts / sizeof *contrasts; c++) {
        varying v = {
            .task = task, .outcome = outcome, .contrast = &contrasts[c], .spells = spells, .iet = iet};

        if (!contrasts[c].is_sequential || outcome == SG_OUTCOME_TIME_TO_CREDENTIAL)
            status = estimate(&v, out, err);
    }
    return status;
}
