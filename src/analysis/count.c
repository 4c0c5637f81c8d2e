/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "count.h"

#include <string.h>

int64_t sg_arm_n(const sg_arm_count *arm)
{
    return arm->gained[0] + arm->gained[1] + arm->gained[2] + arm->gained[3];
}

int64_t sg_arm_known(const sg_arm_count *arm, sg_outcome outcome)
{
    return outcome <= SG_OUTCOME_MSG ? sg_arm_n(arm) : arm->known[outcome];
}

int64_t sg_arm_x(const sg_arm_count *arm, sg_outcome outcome)
{
    int64_t common = arm->gained[SG_GAINED_COMMON] + arm->gained[SG_GAINED_COMMON | SG_GAINED_OTHER];

    if (outcome > SG_OUTCOME_MSG)
        return arm->yes[outcome];
    return outcome == SG_OUTCOME_MSG_COMMON ? common : common + arm->gained[SG_GAINED_OTHER];
}

bool sg_outcome_is_asked(const sg_config *config, sg_outcome outcome)
{
    sg_outcome asked;

    for (size_t i = 0; i < config->analysis.n_outcomes; i++)
        if (sg_outcome_find(config->analysis.outcomes[i], &asked) && asked == outcome)
            return true;
    return false;
}

bool sg_outcome_is_told(const sg_cohort *cohort, sg_outcome outcome)
{
    sg_kind kind = sg_outcome_kind(outcome);

    if (outcome == SG_OUTCOME_COMPLETED)
        return cohort->completions_from != NULL;
    if (kind == SG_KIND_TEST)
        return cohort->has_tests;
    return kind != SG_KIND_OUTCOME || cohort->outcomes_up_to != SG_DAY_NONE;
}

void sg_outcomes_choose(const sg_cohort *cohort, const sg_config *config, sg_outcome_list *out)
{
    bool wanted[SG_N_OUTCOMES] = {[SG_OUTCOME_MSG_COMMON] = true, [SG_OUTCOME_MSG] = true};
    sg_outcome outcome;

    for (size_t i = 0; i < config->analysis.n_outcomes; i++)
        if (sg_outcome_find(config->analysis.outcomes[i], &outcome) && sg_outcome_is_told(cohort, outcome))
            wanted[outcome] = true;
    out->n = 0;
    for (outcome = 0; (int)outcome < SG_N_SHARE_OUTCOMES; outcome++)
        if (wanted[outcome])
            out->all[out->n++] = outcome;
}

/* The index of a college; -1: the state. */
static sg_status find_college(const sg_cohort *cohort, const char *code, int *out, sg_err *err)
{
    *out = -1;
    if (!code)
        return SG_OK;
    for (size_t i = 0; i < cohort->n_colleges; i++)
        if (!strcmp(cohort->colleges[i], code)) {
            *out = (int)i;
            return SG_OK;
        }
    return sg_fail(err, SG_USAGE, "no college '%s' in the store; its %zu colleges begin with '%s'", code,
                   cohort->n_colleges, cohort->n_colleges ? cohort->colleges[0] : "");
}

static sg_status add_year(const sg_cohort *cohort, int year, sg_design design, sg_arena *arena,
                          sg_year_count *count, sg_err *err)
{
    count->program_year = year;
    count->design = design;
    count->closed = cohort->as_of >= sg_program_year_last(year);
    count->levels = sg_arena_alloc(arena, cohort->n_dimensions + 1, sizeof *count->levels);
    for (size_t d = 0; count->levels && d < cohort->n_dimensions; d++) {
        count->levels[d] = sg_arena_alloc(arena, cohort->dimensions[d].n_levels, sizeof **count->levels);
        if (!count->levels[d])
            return sg_no_memory(err);
    }
    return count->levels ? SG_OK : sg_no_memory(err);
}

typedef struct {
    const sg_cohort_view *view;
    const sg_outcome_list *outcomes;
    size_t i;
} counted_unit;

static void count_group(const counted_unit *unit, sg_group_count *group)
{
    const sg_cohort_view *view = unit->view;
    sg_arm_count *arm = view->arm[unit->i] == SG_ARM_IS_IET ? &group->iet : &group->comparison;

    arm->gained[sg_gained_of(view->outcomes[unit->i])]++;
    arm->reach[view->outcomes[unit->i] >> SG_REACH_SHIFT & SG_REACH_MASK]++;
    for (size_t o = SG_OUTCOME_MSG + 1; o < unit->outcomes->n; o++) {
        sg_outcome outcome = unit->outcomes->all[o];

        arm->known[outcome] += sg_outcome_is_known(view->outcomes[unit->i], outcome);
        arm->yes[outcome] += sg_outcome_is_yes(view->outcomes[unit->i], outcome);
    }
}

static void count_overlapping(const sg_dimension *dimension, uint8_t bits, const counted_unit *unit,
                              sg_group_count *levels)
{
    for (size_t l = 0; l < dimension->n_levels; l++)
        if (sg_dimension_holds(dimension, bits, l))
            count_group(unit, &levels[l]);
}

static void count_row(const sg_cohort *cohort, size_t i, const sg_outcome_list *outcomes,
                      sg_year_count *count)
{
    const sg_cohort_view *view = &cohort->designs[count->design];
    const counted_unit unit = {view, outcomes, i};

    count->units++;
    count->state[view->state[i]]++;
    if (view->state[i] != SG_COHORT_IN)
        return;
    count->grade[view->grade[i]]++;
    count->gained_by_grade[view->grade[i]][sg_gained_of(view->outcomes[i])]++;
    if (view->arm[i] == SG_ARM_NEITHER) {
        count->in_neither++;
        return;
    }
    count_group(&unit, &count->total);
    for (size_t d = 0; d < cohort->n_dimensions; d++) {
        if (sg_dimension_overlaps(&cohort->dimensions[d]))
            count_overlapping(&cohort->dimensions[d], view->levels[d][i], &unit, count->levels[d]);
        else
            count_group(&unit, &count->levels[d][view->levels[d][i]]);
    }
}

/* Units of a year stand together: those from `first` on that are of the year. */
static size_t units_of_year(const sg_cohort_view *view, size_t first, int year)
{
    size_t n = 0;

    while (first + n < view->n && view->program_year[first + n] == year)
        n++;
    return n;
}

/* The first unit that is not of an earlier year. */
static size_t find_year(const sg_cohort_view *view, int year)
{
    size_t low = 0, high = view->n;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (view->program_year[middle] < year)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static size_t count_distinct_years(const sg_cohort *cohort)
{
    const sg_cohort_view *view = &cohort->designs[SG_DESIGN_NAIVE];
    size_t years = 0;

    for (size_t i = 0; i < view->n; i += units_of_year(view, i, view->program_year[i]))
        years++;
    return years;
}

/* In every design. */
static sg_status count_year(const sg_cohort *cohort, const sg_outcome_list *outcomes, int year, int college,
                            sg_arena *arena, sg_year_count *counts, sg_err *err)
{
    for (size_t design = 0; design < cohort->n_designs; design++) {
        const sg_cohort_view *view = &cohort->designs[design];
        size_t first = find_year(view, year), n = units_of_year(view, first, year);
        sg_status status = add_year(cohort, year, (sg_design)design, arena, &counts[design], err);

        if (status != SG_OK)
            return status;
        counts[design].first_unit = first;
        counts[design].n_units = n;
        counts[design].college = college;
        for (size_t i = first; i < first + n; i++)
            if (college < 0 || view->college[i] == college)
                count_row(cohort, i, outcomes, &counts[design]);
    }
    return SG_OK;
}

sg_status sg_count_years(const sg_cohort *cohort, const sg_outcome_list *outcomes,
                         const sg_analysis_options *options, sg_arena *arena, sg_year_count **out,
                         size_t *out_n, sg_err *err)
{
    const sg_cohort_view *view = &cohort->designs[SG_DESIGN_NAIVE];
    sg_year_count *counts = sg_arena_alloc(arena, count_distinct_years(cohort) * cohort->n_designs + 1,
                                           sizeof *counts);
    size_t n = 0;
    int college = -1;
    sg_status status;

    if (!counts)
        return sg_no_memory(err);
    status = find_college(cohort, options->college, &college, err);
    for (size_t first = 0; status == SG_OK && first < view->n;) {
        int year = view->program_year[first];

        first += units_of_year(view, first, year);
        if (options->program_year && options->program_year != year)
            continue;
        status = count_year(cohort, outcomes, year, college, arena, &counts[n], err);
        n += cohort->n_designs;
    }
    if (status == SG_OK && n == 0 && options->program_year)
        return sg_fail(err, SG_USAGE, "no participant in program year %d", options->program_year);
    *out = counts;
    *out_n = n;
    return status;
}
