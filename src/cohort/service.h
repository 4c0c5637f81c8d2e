/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Services: hours of attendance by the day or month, and the enrollment that each belongs to. An enrollment with services gives their
 * days and hours instead of its span and its contact hours.
 *
 * A service belongs to an enrollment of the same college and section, where both say which, of a component that fits it, and with a day
 * in common; of several to the one that says most of the same (the section outranks the component), then to the first. A service that
 * belongs to none is not counted: it is listed by the rules across rows (R661 to R665).
 */
#ifndef SG_COHORT_SERVICE_H
#define SG_COHORT_SERVICE_H

#include "row.h"

/* The enrollment (its place among the learner's) that a service belongs to, from whatever as-of date one looks; -1: none, as of a
 * service without hours or of after its delivery's cut-off. */
int sg_service_enrollment(const sg_stored_learner *learner, const sg_stored_service *service);

/* Is it dated by its delivery's cut-off and the as-of date? */
bool sg_service_is_known(const sg_stored_service *service, sg_day as_of);

/* The service as days of an enrollment that it belongs to; hours of a month are spread over its days within both. */
sg_counted_row sg_service_count(const sg_stored_service *service, const sg_stored_enrollment *row,
                                sg_day as_of);

#endif
