/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "service.h"

static sg_day earlier(sg_day a, sg_day b)
{
    return a < b ? a : b;
}

static sg_day later(sg_day a, sg_day b)
{
    return a > b ? a : b;
}

bool sg_service_is_known(const sg_stored_service *service, sg_day as_of)
{
    return service->first != SG_DAY_NONE && service->first <= earlier(service->cutoff, as_of);
}

/* The enrollment's last day as delivered: it must not move with the as-of date. */
static sg_day end_of(const sg_stored_enrollment *row)
{
    sg_day end = sg_stored_row_day(row, SG_ENROLLMENT_END_DATE);
    return end == SG_DAY_NONE ? row->cutoff : earlier(end, row->cutoff);
}

enum { FITS_NOT = -1, SAME_COMPONENT = 1, SAME_SECTION = 2 };

/* How much the two say that is the same; FITS_NOT: something else. */
static int fit(const sg_stored_enrollment *row, const sg_stored_service *service)
{
    sg_day first = sg_stored_row_day(row, SG_ENROLLMENT_START_DATE);
    int64_t component = row->number[SG_ENROLLMENT_COMPONENT];
    int said = 0;
    if (first == SG_DAY_NONE || service->first > end_of(row) || service->last < first ||
        (service->college >= 0 && service->college != row->college))
        return FITS_NOT;
    if (service->section_id != NULL && row->section_id != NULL) {
        if (service->section_id != row->section_id && !sg_text_equal(service->section_id, row->section_id))
            return FITS_NOT;
        said |= SAME_SECTION;
    }
    if (service->component != 0 && component > 0) {
        if (service->component == component)
            said |= SAME_COMPONENT;
        else if (service->component != SG_COMPONENT_INTEGRATED && component != SG_COMPONENT_INTEGRATED)
            return FITS_NOT;
    }
    return said;
}

int sg_service_enrollment(const sg_stored_learner *learner, const sg_stored_service *service)
{
    int best = FITS_NOT, place = -1;
    if (service->hours <= 0 || !sg_service_is_known(service, service->cutoff))
        return -1;
    for (size_t i = 0; i < learner->n_enrollments; i++) {
        int said = fit(&learner->enrollments[i], service);
        if (said > best) {
            best = said;
            place = (int)i;
        }
    }
    return place;
}

/* As for an enrollment's hours, days that a delivery knew of share them, whatever the as-of date hides. */
sg_counted_row sg_service_count(const sg_stored_service *service, const sg_stored_enrollment *row,
                                sg_day as_of)
{
    sg_day end = sg_stored_row_day(row, SG_ENROLLMENT_END_DATE);
    sg_day first = later(service->first, sg_stored_row_day(row, SG_ENROLLMENT_START_DATE));
    sg_day last = earlier(earlier(service->last, end_of(row)), service->cutoff);
    last = later(first, last);
    return (sg_counted_row){.row = row,
                            .first = first,
                            .last = earlier(last, as_of),
                            .hours = service->hours,
                            .spread_days = (int64_t)last - first + 1,
                            .is_open = end == SG_DAY_NONE || end > sg_row_horizon(row, as_of)};
}
