/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Hours: of a learner's enrollments together, and of services against enrollments.
 */
#include "learner.h"

enum { DAY_HOURS = 24, MANY_HOURS = 12 };
static const int64_t hour = 1000000000;

/* ---- of enrollments ---- */

static bool is_more(int64_t hours, int64_t days, int64_t a_day)
{
    return hours / hour > a_day * days || (hours / hour == a_day * days && hours % hour > 0);
}

/* The rows that lie within the days of this one, together; what it breaks by itself is told of it alone. */
static void judge_days(const sg_learner_rows *l, const sg_fact *row, sg_across_sink *sink)
{
    sg_day last = sg_last_day(l, row);
    int64_t days = (int64_t)last - row->day + 1, sum = 0, own = row->as.enrollment.hours;
    size_t n = 0;
    if (own <= 0 || days <= 0 || sg_is_late(l, row))
        return;
    for (size_t i = 0; i < l->n_of[SG_KIND_ENROLLMENT]; i++) {
        const sg_fact *other = l->of[SG_KIND_ENROLLMENT][i];
        if (other->as.enrollment.hours <= 0 || other->day < row->day || sg_last_day(l, other) > last)
            continue;
        sum += other->as.enrollment.hours;
        n++;
    }
    if (n > 1 && is_more(sum, days, DAY_HOURS) && !is_more(own, days, DAY_HOURS))
        sg_find(sink, SG_ACROSS_HOURS_IMPOSSIBLE, row, SG_ENROLLMENT_CONTACT_HOURS);
    else if (n > 1 && is_more(sum, days, MANY_HOURS) && !is_more(own, days, MANY_HOURS))
        sg_find(sink, SG_ACROSS_HOURS_MANY, row, SG_ENROLLMENT_CONTACT_HOURS);
}

/* ---- services ---- */

static void place_service(const sg_learner_rows *l, const sg_fact *service, sg_across_sink *sink)
{
    bool within = false, other_sections = false, own_section = service->as.service.section == 0;
    if (!sg_is_covered(l, service))
        return;
    if (l->n_of[SG_KIND_ENROLLMENT] == 0) {
        sg_find(sink, SG_ACROSS_SERVICE_ALONE, service, SG_SERVICE_LEARNER_ID);
        return;
    }
    for (size_t i = 0; i < l->n_of[SG_KIND_ENROLLMENT]; i++) {
        const sg_fact *row = l->of[SG_KIND_ENROLLMENT][i];
        within = within || sg_meets(l, row, service->day, service->end);
        own_section = own_section || row->as.enrollment.section == service->as.service.section;
        other_sections = other_sections || row->as.enrollment.section != 0;
    }
    if (!within)
        sg_find(sink, SG_ACROSS_SERVICE_OUTSIDE, service, SG_SERVICE_SERVICE_DATE);
    else if (!own_section && other_sections)
        sg_find(sink, SG_ACROSS_SERVICE_SECTION, service, SG_SERVICE_SECTION_ID);
}

/* The services of one day together; one that has too many by itself is told of it alone. */
static void judge_service_days(const sg_learner_rows *l, sg_across_sink *sink)
{
    const sg_fact *const *services = l->of[SG_KIND_SERVICE];
    for (size_t i = 0, next; i < l->n_of[SG_KIND_SERVICE]; i = next) {
        int64_t sum = 0, most = 0;
        const sg_fact *last = NULL;
        for (next = i; next < l->n_of[SG_KIND_SERVICE] && services[next]->day == services[i]->day; next++) {
            if (services[next]->end != services[next]->day)
                continue; /* of a month */
            sum += services[next]->as.service.hours;
            most = services[next]->as.service.hours > most ? services[next]->as.service.hours : most;
            last = services[next];
        }
        if (last != NULL && is_more(sum, 1, DAY_HOURS) && !is_more(most, 1, DAY_HOURS))
            sg_find(sink, SG_ACROSS_SERVICE_DAY_FULL, last, SG_SERVICE_HOURS);
    }
}

/* ---- services against contact hours ---- */

/* How far a participation's services tell where they belong. */
typedef struct {
    const sg_spell *spell;
    bool by_college, by_section;
} grain;

static bool is_in(const sg_fact *service, const sg_spell *spell)
{
    return service->day != SG_DAY_NONE && service->day <= spell->last && service->end >= spell->first;
}

static grain grain_of(const sg_learner_rows *l, const sg_spell *spell)
{
    grain g = {spell, true, true};
    for (size_t i = 0; i < spell->n_rows; i++)
        g.by_section = g.by_section && spell->rows[i]->as.enrollment.section != 0;
    for (size_t i = 0; i < l->n_of[SG_KIND_SERVICE]; i++) {
        const sg_fact *service = l->of[SG_KIND_SERVICE][i];
        if (!is_in(service, spell))
            continue;
        g.by_college = g.by_college && service->college != 0;
        g.by_section = g.by_section && service->as.service.section != 0;
    }
    return g;
}

static bool belongs(const grain *g, const sg_fact *row, uint16_t college, uint32_t section)
{
    return (!g->by_college || row->college == college) &&
           (!g->by_section || row->as.enrollment.section == section);
}

/* Whether the college's services were delivered for the whole of the participation, but for a month at either end. */
static bool services_are_delivered(const sg_learner_rows *l, const grain *g, const sg_fact *row)
{
    enum { MONTH = 31 };
    sg_span span = sg_backdrop_span(&l->scene->backdrop, g->by_college ? row->college : 0, SG_KIND_SERVICE);
    return span.first != SG_DAY_NONE && span.first <= g->spell->first + MONTH &&
           span.last >= g->spell->last - MONTH;
}

/* At the first row of its section (college, participation): its hours there against those of the services there. */
static void compare_hours(const sg_learner_rows *l, const grain *g, size_t at, sg_across_sink *sink)
{
    enum { TENTH = 10 };
    const sg_fact *row = g->spell->rows[at];
    int64_t contact = 0, served = 0, apart;
    for (size_t i = 0; i < g->spell->n_rows; i++) {
        const sg_fact *other = g->spell->rows[i];
        if (!belongs(g, row, other->college, other->as.enrollment.section))
            continue;
        if (i < at || other->as.enrollment.hours <= 0)
            return; /* told already, or a file without hours */
        contact += other->as.enrollment.hours;
    }
    for (size_t i = 0; i < l->n_of[SG_KIND_SERVICE]; i++) {
        const sg_fact *service = l->of[SG_KIND_SERVICE][i];
        if (is_in(service, g->spell) && belongs(g, row, service->college, service->as.service.section))
            served += service->as.service.hours;
    }
    apart = served > contact ? served - contact : contact - served;
    if (apart > contact / TENTH)
        sg_find(sink, SG_ACROSS_SERVICE_HOURS, row, SG_ENROLLMENT_CONTACT_HOURS);
}

static void judge_spell(const sg_learner_rows *l, const sg_spell *spell, sg_across_sink *sink)
{
    grain g = grain_of(l, spell);
    for (size_t i = 0; i < spell->n_rows; i++)
        if (services_are_delivered(l, &g, spell->rows[i]))
            compare_hours(l, &g, i, sink);
}

void sg_across_hours(const sg_learner_rows *learner, sg_across_sink *sink)
{
    for (size_t i = 0; i < learner->n_of[SG_KIND_ENROLLMENT]; i++)
        judge_days(learner, learner->of[SG_KIND_ENROLLMENT][i], sink);
    for (size_t i = 0; i < learner->n_of[SG_KIND_SERVICE]; i++)
        place_service(learner, learner->of[SG_KIND_SERVICE][i], sink);
    judge_service_days(learner, sink);
    for (size_t i = 0; i < learner->n_spells; i++)
        judge_spell(learner, &learner->spells[i], sink);
}
