/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "change.h"

#include "iet.h"

/* As it is seen on a day behind time zero, from the rows up to it. */
static sg_arm arm_on(const sg_cohort_unit *unit, sg_day day)
{
    const sg_participant_year *year = &unit->year;
    return sg_iet_arm(sg_iet_grade_in(year->pop, year->sources->programs, unit->view.grade_first, day),
                      year->config->cohort.iet);
}

static bool is_of(const sg_counted_row *row, int64_t component)
{
    return row->row->number[SG_ENROLLMENT_COMPONENT] == component;
}

static bool is_education(const sg_counted_row *row)
{
    return is_of(row, SG_COMPONENT_ADULT_EDUCATION) || is_of(row, SG_COMPONENT_INTEGRATED);
}

/* Had the PoP adult education before the day, and none on it? */
static bool education_is_over(const sg_pop *pop, sg_day day)
{
    bool had = false;
    for (size_t i = 0; i < pop->n_rows; i++) {
        const sg_counted_row *row = &pop->rows[i];
        if (!is_education(row) || row->range_first > day)
            continue;
        if (row->range_last >= day)
            return false;
        had = true;
    }
    return had;
}

static sg_day earlier(sg_day a, sg_day b)
{
    return a == SG_DAY_NONE || (b != SG_DAY_NONE && b < a) ? b : a;
}

static sg_day training_day(const sg_cohort_unit *unit)
{
    const sg_pop *pop = unit->year.pop;
    sg_day first = SG_DAY_NONE;
    for (size_t i = 0; i < pop->n_rows; i++) {
        const sg_counted_row *row = &pop->rows[i];
        if (is_of(row, SG_COMPONENT_WORKFORCE_TRAINING) && row->range_first <= unit->view.window_last &&
            education_is_over(pop, row->range_first))
            first = earlier(first, row->range_first);
    }
    return first;
}

sg_arm_changes sg_arm_changes_of(const sg_cohort_unit *unit)
{
    const sg_pop *pop = unit->year.pop;
    const sg_year_view *view = &unit->view;
    sg_day changed = SG_DAY_NONE, training = training_day(unit);
    sg_arm_changes changes = {{SG_NO_CHANGE, SG_NO_CHANGE, SG_NO_CHANGE}};
    /* a grade only ever changes on the first day of a row */
    for (size_t i = 0; i < pop->n_rows; i++) {
        sg_day day = pop->rows[i].range_first;
        if (day > view->time_zero && day <= view->window_last && arm_on(unit, day) != SG_ARM_IS_COMPARISON)
            changed = earlier(changed, day);
    }
    if (changed != SG_DAY_NONE)
        changes.days[arm_on(unit, changed) == SG_ARM_IS_IET ? SG_CHANGED_TO_IET : SG_CHANGED_TO_NEITHER] =
            changed - view->time_zero;
    if (training != SG_DAY_NONE && (changed == SG_DAY_NONE || training < changed))
        changes.days[SG_CHANGED_TO_SEQUENTIAL] = training > view->time_zero ? training - view->time_zero : 0;
    return changes;
}
