/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "participation.h"

#include <stdlib.h>

#include "iet.h"
#include "service.h"

void sg_participation_release(sg_participation *participation)
{
    free(participation->rows);
    free(participation->pops);
    free(participation->shares);
    free(participation->verdicts);
    *participation = (sg_participation){0};
}

static sg_status make_room(sg_participation *p, const sg_stored_learner *learner, sg_err *err)
{
    size_t n = learner->n_enrollments + learner->n_services;
    p->n_rows = p->n_pops = 0;
    if (!sg_grow(&p->rows, &p->rows_capacity, n, sizeof *p->rows) ||
        !sg_grow(&p->shares, &p->shares_capacity, n, sizeof *p->shares) ||
        !sg_grow(&p->verdicts, &p->verdicts_capacity, n, sizeof *p->verdicts))
        return sg_no_memory(err);
    for (size_t i = 0; i < n; i++)
        p->verdicts[i] = SG_ROW_COUNTS;
    return SG_OK;
}

/* A service that the as-of date hides makes its enrollment one with services all the same: what a day shows must not change with
 * later days. */
static void take_service(sg_participation *p, const sg_stored_learner *learner,
                         const sg_stored_service *service, sg_participation_seen *seen)
{
    int at = sg_service_enrollment(learner, service);
    uint8_t *verdict = &p->verdicts[learner->n_enrollments + (size_t)(service - learner->services)];
    seen->services++;
    if (at >= 0) {
        p->verdicts[at] = SG_ROW_BY_SERVICES;
        seen->by_services = true;
    }
    *verdict = SG_ROW_WITHOUT_HOURS;
    if (service->hours <= 0)
        return;
    *verdict = SG_ROW_AFTER_CUTOFF;
    if (!sg_service_is_known(service, p->as_of)) {
        seen->services_after_cutoff++;
        return;
    }
    if (at < 0) {
        *verdict = SG_ROW_WITHOUT_ENROLLMENT;
        seen->services_without_enrollment++;
        return;
    }
    sg_counted_row row = sg_service_count(service, &learner->enrollments[at], p->as_of);
    if (row.first > sg_row_horizon(row.row, p->as_of)) {
        seen->services_after_cutoff++;
        return;
    }
    *verdict = SG_ROW_COUNTS;
    p->rows[p->n_rows++] = row;
}

/* Where a college delivers services, an enrollment without them and without hours is one of somebody who never came. */
static bool is_no_show(const sg_participation *p, const sg_counted_row *row)
{
    return row->hours_as_given && p->has_services != NULL && row->row->college >= 0 &&
           p->has_services[row->row->college];
}

static sg_status take_enrollment(sg_participation *p, const sg_stored_enrollment *row, uint8_t *out_verdict,
                                 sg_participation_seen *seen, sg_err *err)
{
    sg_counted_row counted = {0};
    sg_row_verdict verdict = sg_row_count(row, p->as_of, p->config, &counted);
    if (verdict == SG_ROW_COUNTS && is_no_show(p, &counted))
        verdict = SG_ROW_NEVER_CAME;
    *out_verdict = (uint8_t)verdict;
    switch (verdict) {
    case SG_ROW_COUNTS:
        seen->hours_as_given = seen->hours_as_given || counted.hours_as_given;
        p->rows[p->n_rows++] = counted;
        return SG_OK;
    case SG_ROW_NEVER_CAME:
    case SG_ROW_WITHOUT_HOURS: seen->rows_without_hours++; return SG_OK;
    case SG_ROW_AFTER_CUTOFF: seen->rows_after_cutoff++; return SG_OK;
    case SG_ROW_IMPOSSIBLE:
    case SG_ROW_BY_SERVICES:
    case SG_ROW_WITHOUT_ENROLLMENT: break; /* the last two are of services */
    }
    return sg_fail(
        err, SG_FAILED,
        "the store holds an enrollment row without a start date or with an end before it, which no import"
        " lets in; restore the store from a backup, or import the exports into a new workspace");
}

/* Enrollments stand in one array, by start: the lower address is the earlier one. */
static int compare_rows(const void *a, const void *b)
{
    const sg_counted_row *left = a, *right = b;
    if (left->first != right->first)
        return left->first < right->first ? -1 : 1;
    if (left->row != right->row)
        return left->row < right->row ? -1 : 1;
    return (left->last > right->last) - (left->last < right->last);
}

static sg_status take_rows(sg_participation *p, const sg_stored_learner *learner, sg_participation_seen *seen,
                           sg_err *err)
{
    sg_status status = make_room(p, learner, err);
    if (status != SG_OK)
        return status;
    for (size_t i = 0; i < learner->n_services; i++)
        take_service(p, learner, &learner->services[i], seen);
    size_t n_of_services = p->n_rows;
    for (size_t i = 0; i < learner->n_enrollments && status == SG_OK; i++)
        if (p->verdicts[i] != SG_ROW_BY_SERVICES)
            status = take_enrollment(p, &learner->enrollments[i], &p->verdicts[i], seen, err);
    if (n_of_services > 0) /* else they are in order */
        qsort(p->rows, p->n_rows, sizeof *p->rows, compare_rows);
    return status;
}

sg_status sg_participation_find(sg_participation *p, const sg_stored_learner *learner,
                                sg_participation_seen *seen, sg_err *err)
{
    sg_status status = take_rows(p, learner, seen, err);
    if (status != SG_OK)
        return status;
    if (!sg_grow(&p->pops, &p->pops_capacity, p->n_rows, sizeof *p->pops))
        return sg_no_memory(err);
    for (size_t at = 0; at < p->n_rows;) {
        sg_pop pop = sg_pop_first(p->rows + at, p->n_rows - at, p->config);
        pop.participant_day = sg_hours_reached(pop.rows, pop.n_rows, pop.last,
                                               sg_participant_hours(p->config, pop.first), p->shares);
        pop.opens_iet_types = sg_iet_opens_types(&pop, p->programs);
        pop.learner = learner;
        pop.config = p->config;
        pop.as_of = p->as_of;
        p->pops[p->n_pops++] = pop;
        at += pop.n_rows;
    }
    return SG_OK;
}
