/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "support/made_cohort.h"

#include <stdlib.h>

#include "support/assert.h"

static const sg_level hues[SG_N_HUES] = {
    {"unknown", "Not reported"}, {"cyan", "Cyan"}, {"amber", "Amber"}, {"blue", "Blue"}, {"dun", "Dun"}};
static const sg_level coasts[SG_N_COASTS] = {
    {"unknown", "Not reported"}, {"east", "East"}, {"sea/land", "Sea and land"}};
static const sg_dimension dimensions[SG_MADE_DIMENSIONS] = {{"hue", "Hue", hues, SG_N_HUES},
                                                            {"coast", "Coast", coasts, SG_N_COASTS}};
static const char *const colleges[] = {"A1", "B 2"};
static const char *const outcomes[] = {"msg_common", "msg"};

static void *make_column(sg_arena *arena, size_t size)
{
    void *column = sg_arena_alloc(arena, SG_MADE_MAX_ROWS, size);

    assert_non_null(column);
    return column;
}

static void make_view(sg_arena *arena, sg_cohort_view *view)
{
    view->state = make_column(arena, 1);
    view->grade = make_column(arena, 1);
    view->arm = make_column(arena, 1);
    view->outcomes = make_column(arena, sizeof *view->outcomes);
    view->gain_days = make_column(arena, sizeof *view->gain_days);
    view->levels = sg_arena_alloc(arena, SG_MADE_DIMENSIONS, sizeof *view->levels);
    assert_non_null(view->levels);
    for (int d = 0; d < SG_MADE_DIMENSIONS; d++)
        view->levels[d] = make_column(arena, 1);
}

static void set_config(sg_made *made)
{
    sg_config *config = &made->config;

    config->arena = made->cohort.arena;
    config->agency = "";
    config->contact = "";
    config->cohort.participant_hours = 12;
    config->cohort.exit_gap_days = 90;
    config->cohort.landmark_days = 30;
    config->cohort.follow_up_days = 180;
    config->cohort.iet = SG_GRADE_BIT_CONFIRMED | SG_GRADE_BIT_SUPPORTED | SG_GRADE_BIT_CLAIMED;
    config->analysis.outcomes = outcomes;
    config->analysis.n_outcomes = sizeof outcomes / sizeof *outcomes;
    config->analysis.common_types = 1U << SG_GAIN_EFL_TEST | 1U << SG_GAIN_DIPLOMA;
    config->analysis.references = made->references;
    config->analysis.equivalence_margin = 0.05;
    config->analysis.confidence = 0.95;
    config->disclosure = (sg_disclosure_policy){
        .minimum_cell = 10, .minimum_outcome = 3, .minimum_interval = 5};
}

sg_made *sg_made_new(void)
{
    sg_made *made = calloc(1, sizeof *made);
    sg_cohort *cohort;

    assert_non_null(made);
    cohort = &made->cohort;
    cohort->arena = sg_arena_new();
    assert_non_null(cohort->arena);
    cohort->n_designs = SG_MADE_DESIGNS;
    cohort->outcomes_up_to = SG_DAY_NONE;
    made->program_year = make_column(cohort->arena, sizeof *made->program_year);
    made->college = make_column(cohort->arena, sizeof *made->college);
    cohort->program_year = made->program_year;
    cohort->college = made->college;
    for (int design = 0; design < SG_MADE_DESIGNS; design++) {
        make_view(cohort->arena, &cohort->designs[design]);
        cohort->designs[design].program_year = made->program_year;
        cohort->designs[design].college = made->college;
    }
    cohort->dimensions = dimensions;
    cohort->n_dimensions = SG_MADE_DIMENSIONS;
    cohort->colleges = colleges;
    cohort->n_colleges = sizeof colleges / sizeof *colleges;
    assert_true(sg_day_from_civil(2024, 6, 30, &cohort->as_of));
    set_config(made);
    return made;
}

void sg_made_free(sg_made *made)
{
    if (!made)
        return;
    sg_arena_free(made->cohort.arena);
    free(made);
}

static void set_row(sg_cohort_view *view, size_t i, const sg_made_row *row)
{
    view->state[i] = (uint8_t)row->state;
    view->grade[i] = (uint8_t)row->grade;
    view->arm[i] = (uint8_t)row->arm;
    view->outcomes[i] = (sg_outcome_bits)row->gained << SG_GAINED_SHIFT;
    view->levels[SG_MADE_HUE][i] = row->hue;
    view->levels[SG_MADE_COAST][i] = row->coast;
}

void sg_made_add_two(sg_made *made, size_t n, int program_year, int college, sg_made_row landmark,
                     sg_made_row naive)
{
    sg_cohort *cohort = &made->cohort;

    assert_true(cohort->n + n <= SG_MADE_MAX_ROWS);
    assert_true(cohort->n == 0 || cohort->program_year[cohort->n - 1] <= program_year);
    for (; n > 0; n--) {
        made->program_year[cohort->n] = (int16_t)program_year;
        made->college[cohort->n] = (uint16_t)college;
        set_row(&cohort->designs[SG_DESIGN_LANDMARK], cohort->n, &landmark);
        set_row(&cohort->designs[SG_DESIGN_NAIVE], cohort->n, &naive);
        cohort->n++;
        cohort->designs[SG_DESIGN_LANDMARK].n = cohort->designs[SG_DESIGN_NAIVE].n = cohort->n;
    }
}

void sg_made_add(sg_made *made, size_t n, int program_year, int college, sg_made_row row)
{
    sg_made_add_two(made, n, program_year, college, row, row);
}

void sg_made_add_group(sg_made *made, sg_arm arm, uint8_t hue, size_t x, size_t n)
{
    sg_made_row row = {.arm = arm, .gained = SG_GAINED_COMMON, .hue = hue, .coast = SG_COAST_EAST};

    sg_made_add(made, x, 2023, 0, row);
    row.gained = 0;
    sg_made_add(made, n - x, 2023, 0, row);
}

void sg_made_refer(sg_made *made, const char *dimension, const char *reference)
{
    size_t n = made->config.analysis.n_references++;

    assert_true(n < SG_MADE_MAX_REFERENCES);
    made->references[n] = (sg_reference_choice){dimension, reference};
}
