/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gather.h"

#include "change.h"
#include "dose.h"

static const double millionths = 1e6;

sg_gathering sg_gathering_of(const sg_config *config)
{
    return (sg_gathering){.config = config, .wanted = sg_amounts_wanted(config)};
}

void sg_gathering_release(sg_gathering *gathering)
{
    sg_test_scales_release(&gathering->scales);
}

static bool is_wanted(const sg_gathering *gathering, sg_amount_kind kind)
{
    return (gathering->wanted & 1U << kind) != 0;
}

sg_status sg_gather_learner(sg_gathering *gathering, const sg_stored_learner *learner, sg_err *err)
{
    if (!is_wanted(gathering, SG_AMOUNT_SCORE_GAIN))
        return SG_OK;
    return sg_test_scales_find(&gathering->scales, &gathering->config->instruments, learner, err);
}

/* Naive follows nobody from a day on. */
static sg_status add_credential(const sg_cohort_unit *unit, const sg_unit_outcomes *outcomes,
                                sg_columns *columns, sg_err *err)
{
    if (outcomes->credential_days == 0 || unit->design == SG_DESIGN_NAIVE)
        return SG_OK;
    return sg_columns_amount(columns, unit->design, SG_AMOUNT_CREDENTIAL_DAYS, 0, outcomes->credential_days,
                             err);
}

static sg_status add_earnings(const sg_cohort_unit *unit, const sg_unit_outcomes *outcomes,
                              sg_columns *columns, sg_err *err)
{
    if (outcomes->earnings == SG_BLANK)
        return SG_OK;
    return sg_columns_amount(columns, unit->design, SG_AMOUNT_EARNINGS_Q2, 0,
                             (double)outcomes->earnings / millionths, err);
}

/* Is it the first of the learner's tests on its scale? Each scale is looked at once. */
static bool is_first_of_scale(const sg_test_scales *scales, size_t at)
{
    for (size_t i = 0; i < at; i++)
        if (scales->of_test[i] == scales->of_test[at])
            return false;
    return true;
}

static sg_status add_scores(const sg_gathering *gathering, const sg_cohort_unit *unit, sg_columns *columns,
                            sg_err *err)
{
    const sg_test_scales *scales = &gathering->scales;
    sg_status status = SG_OK;
    for (size_t i = 0; i < unit->year.learner->n_tests && status == SG_OK; i++) {
        size_t scale = scales->of_test[i];
        if (scale == gathering->config->instruments.n || !is_first_of_scale(scales, i))
            continue;
        int64_t gain = sg_score_gain(scales, &unit->year, scale, unit->view.window_first,
                                     unit->view.window_last);
        if (gain != SG_BLANK)
            status = sg_columns_amount(columns, unit->design, SG_AMOUNT_SCORE_GAIN, (uint32_t)scale,
                                       (double)gain / millionths, err);
    }
    return status;
}

static sg_status add_hours(const sg_cohort_unit *unit, sg_columns *columns, sg_err *err)
{
    int64_t hours = sg_dose_hours(unit->year.pop, unit->view.window_first, unit->view.window_last);
    if (hours == SG_BLANK)
        return SG_OK;
    return sg_columns_amount(columns, unit->design, SG_AMOUNT_HOURS, 0, (double)hours / (double)SG_HOUR, err);
}

static sg_status add_weeks(const sg_cohort_unit *unit, sg_columns *columns, sg_err *err)
{
    return sg_columns_amount(columns, unit->design, SG_AMOUNT_WEEKS, 0,
                             sg_dose_weeks(unit->year.pop, unit->view.window_first, unit->view.window_last),
                             err);
}

static sg_status add_completed(const sg_cohort_unit *unit, sg_columns *columns, sg_err *err)
{
    if (!sg_dose_completed(unit->year.pop, unit->view.arm == SG_ARM_IS_IET, unit->view.window_first,
                           unit->view.window_last))
        return SG_OK;
    return sg_columns_amount(columns, unit->design, SG_AMOUNT_COMPLETED, 0, 1, err);
}

static sg_status add_changes(const sg_cohort_unit *unit, sg_columns *columns, sg_err *err)
{
    sg_status status = SG_OK;
    if (unit->design == SG_DESIGN_NAIVE || unit->view.arm != SG_ARM_IS_COMPARISON)
        return SG_OK;
    sg_arm_changes changes = sg_arm_changes_of(unit);
    for (uint32_t to = 0; to < SG_N_CHANGED_ARMS && status == SG_OK; to++)
        if (changes.days[to] != SG_NO_CHANGE)
            status = sg_columns_amount(columns, unit->design, SG_AMOUNT_CHANGE, to, changes.days[to], err);
    return status;
}

sg_status sg_gather_unit(const sg_gathering *gathering, const sg_cohort_unit *unit,
                         const sg_unit_outcomes *outcomes, sg_columns *columns, sg_err *err)
{
    sg_status status = SG_OK;
    if (unit->view.state != SG_COHORT_IN || unit->view.arm == SG_ARM_NEITHER)
        return SG_OK;
    if (is_wanted(gathering, SG_AMOUNT_CREDENTIAL_DAYS))
        status = add_credential(unit, outcomes, columns, err);
    if (status == SG_OK && is_wanted(gathering, SG_AMOUNT_EARNINGS_Q2))
        status = add_earnings(unit, outcomes, columns, err);
    if (status == SG_OK && is_wanted(gathering, SG_AMOUNT_SCORE_GAIN))
        status = add_scores(gathering, unit, columns, err);
    if (status == SG_OK && is_wanted(gathering, SG_AMOUNT_HOURS))
        status = add_hours(unit, columns, err);
    if (status == SG_OK && is_wanted(gathering, SG_AMOUNT_WEEKS))
        status = add_weeks(unit, columns, err);
    if (status == SG_OK && is_wanted(gathering, SG_AMOUNT_COMPLETED))
        status = add_completed(unit, columns, err);
    if (status == SG_OK && is_wanted(gathering, SG_AMOUNT_CHANGE))
        status = add_changes(unit, columns, err);
    return status;
}

sg_status sg_gather_scales(const sg_gathering *gathering, sg_cohort *cohort, sg_err *err)
{
    const sg_instruments *table = &gathering->config->instruments;
    const char **scales;
    if (!is_wanted(gathering, SG_AMOUNT_SCORE_GAIN))
        return SG_OK;
    scales = sg_arena_alloc(cohort->arena, table->n + 1, sizeof *scales);
    if (scales == NULL)
        return sg_no_memory(err);
    for (size_t i = 0; i < table->n; i++)
        if ((scales[i] = sg_arena_printf(cohort->arena, "%s*%s", table->all[i].instrument,
                                         table->all[i].subject)) == NULL)
            return sg_no_memory(err);
    cohort->scales = scales;
    cohort->n_scales = table->n;
    return SG_OK;
}
