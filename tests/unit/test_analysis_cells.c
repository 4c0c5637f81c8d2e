/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The registry cells of a run: which there are, in which order, and what they count. */
#include "support/assert.h"

#include <string.h>

#include "skillgain/analysis.h"
#include "support/made_cohort.h"

enum {
    ARMS = 3,
    GROUPS = 1 + SG_N_HUES + SG_N_COASTS,
    /* n; x of msg_common and msg; the four parts of msg */
    CELLS_OF_ARM = 7
};

static const char *const iet_or_not[ARMS] = {"all", "iet", "comparison"};

static sg_results *analyse(const sg_made *made, const char *college)
{
    const sg_analysis_options options = {.college = college, .banner = "", .jobs = 1};
    sg_results *results = NULL;
    sg_err err = {0};

    sg_assert_ok(sg_analysis_run(&made->cohort, &made->config, &options, &results, &err), &err);
    return results;
}

/* The count of a cell of 2023; the cell must be there. */
static int64_t count_in(const sg_results *results, const char *variant, const char *dimension,
                        const char *level, sg_arm_subset arm, const char *outcome, sg_measure measure)
{
    const sg_cell key = {.program_year = 2023,
                         .college = results->facts.college,
                         .variant = variant,
                         .outcome = outcome,
                         .dimension = dimension,
                         .level = level,
                         .arm = arm,
                         .measure = measure};
    const sg_cell *cell = sg_results_cell(results, &key);

    if (!cell)
        fail_msg("no cell %s %s=%s %s %s %s", variant, dimension, level, iet_or_not[arm], outcome,
                 sg_measure_text(measure));
    return cell->count;
}

typedef struct {
    const char *dimension, *level;
    sg_arm_subset arm;
    /* n; x of msg_common, of msg; common only, both, other only, none */
    int64_t count[CELLS_OF_ARM];
} cell_case;

static void expect_counts(const sg_results *results, const char *variant, const cell_case *want)
{
    static const struct {
        const char *outcome;
        sg_measure measure;
    } of[CELLS_OF_ARM] = {{"", SG_MEASURE_N},         {"msg_common", SG_MEASURE_X},
                          {"msg", SG_MEASURE_X},      {"msg", SG_MEASURE_COMMON_ONLY},
                          {"msg", SG_MEASURE_BOTH},   {"msg", SG_MEASURE_OTHER_ONLY},
                          {"msg", SG_MEASURE_NO_GAIN}};

    for (int i = 0; i < CELLS_OF_ARM; i++) {
        int64_t got = count_in(results, variant, want->dimension, want->level, want->arm, of[i].outcome,
                               of[i].measure);

        if (got != want->count[i])
            fail_msg("%s %s=%s %s %s %s is %lld, not %lld", variant, want->dimension, want->level,
                     iet_or_not[want->arm], of[i].outcome, sg_measure_text(of[i].measure), (long long)got,
                     (long long)want->count[i]);
    }
}

/*
 * 21 people in the population of 2023, 19 of them in an arm:
 *
 *               common only   both   other only   none    n
 * amber iet           4         3        2          1    10
 * amber comp.         1         0        0          4     5
 * blue  iet           0         0        2          0     2
 * unknown comp.       1         0        0          1     2
 *
 * amber is east, blue is sea/land, the unknown hue is of unknown coast. Two amber ones are in neither arm, and
 * six more are not in the population.
 */
static void add_people(sg_made *made)
{
    static const struct {
        sg_made_row row;
        size_t n[4]; /* common only, both, other only, none */
    } groups[] = {
        {{.arm = SG_ARM_IS_IET, .hue = SG_HUE_AMBER, .coast = SG_COAST_EAST}, {4, 3, 2, 1}},
        {{.arm = SG_ARM_IS_COMPARISON, .hue = SG_HUE_AMBER, .coast = SG_COAST_EAST}, {1, 0, 0, 4}},
        {{.arm = SG_ARM_IS_IET, .hue = SG_HUE_BLUE, .coast = SG_COAST_SEA}, {0, 0, 2, 0}},
        {{.arm = SG_ARM_IS_COMPARISON}, {1, 0, 0, 1}},
        {{.arm = SG_ARM_NEITHER, .hue = SG_HUE_AMBER, .coast = SG_COAST_EAST}, {1, 0, 0, 1}},
        {{.arm = SG_ARM_IS_IET, .state = SG_COHORT_LEFT_EARLY, .hue = SG_HUE_BLUE}, {2, 0, 0, 1}},
        {{.arm = SG_ARM_IS_COMPARISON, .state = SG_COHORT_INCOMPLETE, .hue = SG_HUE_BLUE}, {1, 1, 1, 0}},
    };
    static const unsigned gained[] = {SG_GAINED_COMMON, SG_GAINED_COMMON | SG_GAINED_OTHER, SG_GAINED_OTHER,
                                      0};

    for (size_t g = 0; g < sizeof groups / sizeof *groups; g++)
        for (size_t i = 0; i < 4; i++) {
            sg_made_row row = groups[g].row;

            row.gained = gained[i];
            sg_made_add(made, groups[g].n[i], 2023, 0, row);
        }
}

static const cell_case people[] = {
    {"all", "all", SG_ARM_ALL, {19, 9, 13, 6, 3, 4, 6}},
    {"all", "all", SG_ARM_IET, {12, 7, 11, 4, 3, 4, 1}},
    {"all", "all", SG_ARM_COMPARISON, {7, 2, 2, 2, 0, 0, 5}},
    {"hue", "amber", SG_ARM_ALL, {15, 8, 10, 5, 3, 2, 5}},
    {"hue", "amber", SG_ARM_IET, {10, 7, 9, 4, 3, 2, 1}},
    {"hue", "amber", SG_ARM_COMPARISON, {5, 1, 1, 1, 0, 0, 4}},
    {"hue", "blue", SG_ARM_ALL, {2, 0, 2, 0, 0, 2, 0}},
    {"hue", "blue", SG_ARM_IET, {2, 0, 2, 0, 0, 2, 0}},
    {"hue", "blue", SG_ARM_COMPARISON, {0, 0, 0, 0, 0, 0, 0}},
    {"hue", "unknown", SG_ARM_ALL, {2, 1, 1, 1, 0, 0, 1}},
    {"hue", "unknown", SG_ARM_IET, {0, 0, 0, 0, 0, 0, 0}},
    {"hue", "unknown", SG_ARM_COMPARISON, {2, 1, 1, 1, 0, 0, 1}},
    {"hue", "cyan", SG_ARM_ALL, {0, 0, 0, 0, 0, 0, 0}},
    {"hue", "dun", SG_ARM_COMPARISON, {0, 0, 0, 0, 0, 0, 0}},
    {"coast", "east", SG_ARM_IET, {10, 7, 9, 4, 3, 2, 1}},
    {"coast", "sea/land", SG_ARM_IET, {2, 0, 2, 0, 0, 2, 0}},
    {"coast", "unknown", SG_ARM_COMPARISON, {2, 1, 1, 1, 0, 0, 1}},
};

static void cells_count_the_population_and_its_two_arms_alone(void **state)
{
    sg_made *made = sg_made_new();
    sg_results *results;

    (void)state;
    add_people(made);
    results = analyse(made, NULL);
    for (int design = 0; design < SG_MADE_DESIGNS; design++)
        for (size_t i = 0; i < sizeof people / sizeof *people; i++)
            expect_counts(results, sg_design_text((sg_design)design), &people[i]);
    sg_results_free(results);
    sg_made_free(made);
}

static void every_level_has_every_cell_also_a_level_with_nobody(void **state)
{
    sg_made *made = sg_made_new();
    const cell_case nobody = {"hue", "dun", SG_ARM_ALL, {0}};
    sg_results *results;

    (void)state;
    add_people(made);
    results = analyse(made, NULL);
    assert_int_equal(results->n_cells, SG_MADE_DESIGNS * GROUPS * ARMS * CELLS_OF_ARM);
    for (size_t d = 0; d < SG_MADE_DIMENSIONS; d++)
        for (size_t l = 0; l < made->cohort.dimensions[d].n_levels; l++)
            for (int arm = 0; arm < ARMS; arm++)
                (void)count_in(results, "naive", made->cohort.dimensions[d].name,
                               made->cohort.dimensions[d].levels[l].name, (sg_arm_subset)arm, "msg",
                               SG_MEASURE_OTHER_ONLY);
    expect_counts(results, "landmark", &nobody);
    sg_results_free(results);
    sg_made_free(made);
}

/* The same person may be in another arm, group and window by the other design. */
static void each_design_counts_its_own_columns(void **state)
{
    const sg_made_row first = {.arm = SG_ARM_IS_COMPARISON, .hue = SG_HUE_CYAN},
                      second = {.arm = SG_ARM_IS_IET, .gained = SG_GAINED_COMMON, .hue = SG_HUE_BLUE},
                      out = {.state = SG_COHORT_GAINED_EARLY, .arm = SG_ARM_IS_IET, .hue = SG_HUE_BLUE};
    const cell_case landmark[] = {{"all", "all", SG_ARM_ALL, {3, 0, 0, 0, 0, 0, 3}},
                                  {"hue", "cyan", SG_ARM_COMPARISON, {3, 0, 0, 0, 0, 0, 3}},
                                  {"hue", "blue", SG_ARM_IET, {0}}};
    const cell_case naive[] = {{"all", "all", SG_ARM_ALL, {8, 8, 8, 8, 0, 0, 0}},
                               {"hue", "cyan", SG_ARM_COMPARISON, {0}},
                               {"hue", "blue", SG_ARM_IET, {8, 8, 8, 8, 0, 0, 0}}};
    sg_made *made = sg_made_new();
    sg_results *results;

    (void)state;
    sg_made_add_two(made, 3, 2023, 0, first, second);
    sg_made_add_two(made, 5, 2023, 0, out, second);
    results = analyse(made, NULL);
    for (size_t i = 0; i < sizeof naive / sizeof *naive; i++) {
        expect_counts(results, "landmark", &landmark[i]);
        expect_counts(results, "naive", &naive[i]);
    }
    sg_results_free(results);
    sg_made_free(made);
}

static void an_open_year_has_no_cells(void **state)
{
    sg_made *made = sg_made_new();
    sg_results *results;

    (void)state;
    add_people(made);
    sg_made_add(made, 40, 2024, 0, (sg_made_row){.state = SG_COHORT_OPEN_YEAR, .arm = SG_ARM_IS_IET});
    results = analyse(made, NULL);
    assert_int_equal(results->n_cells, SG_MADE_DESIGNS * GROUPS * ARMS * CELLS_OF_ARM);
    for (size_t i = 0; i < results->n_cells; i++)
        assert_int_equal(results->cells[i].program_year, 2023);
    sg_results_free(results);
    sg_made_free(made);
}

static void a_colleges_cells_count_its_own_people(void **state)
{
    const sg_made_row row = {.arm = SG_ARM_IS_IET, .gained = SG_GAINED_COMMON, .hue = SG_HUE_CYAN};
    const cell_case at_second = {"hue", "cyan", SG_ARM_IET, {4, 4, 4, 4, 0, 0, 0}};
    const cell_case not_there = {"hue", "amber", SG_ARM_ALL, {0}};
    sg_made *made = sg_made_new();
    sg_results *results;

    (void)state;
    add_people(made);
    sg_made_add(made, 4, 2023, 1, row);
    results = analyse(made, "B 2");
    assert_string_equal(results->facts.college, "B 2");
    expect_counts(results, "landmark", &at_second);
    expect_counts(results, "landmark", &not_there);
    for (size_t i = 0; i < results->n_cells; i++)
        assert_string_equal(results->cells[i].college, "B 2");
    sg_results_free(results);
    sg_made_free(made);
}

/* ---- order ---- */

static int place_of_dimension(const sg_results *results, const char *name)
{
    for (size_t d = 0; d < results->n_dimensions; d++)
        if (!strcmp(results->dimensions[d].name, name))
            return (int)d;
    assert_string_equal(name, "all");
    return -1;
}

static int place_of_level(const sg_results *results, const sg_cell *cell)
{
    int d = place_of_dimension(results, cell->dimension);

    for (size_t l = 0; d >= 0 && l < results->dimensions[d].n_levels; l++)
        if (!strcmp(results->dimensions[d].levels[l].name, cell->level))
            return (int)l;
    return -1;
}

static int compare_cells(const sg_results *results, const sg_cell *a, const sg_cell *b)
{
    const int by[] = {a->program_year - b->program_year,
                      strcmp(a->college, b->college),
                      strcmp(a->variant, b->variant),
                      strcmp(a->outcome, b->outcome),
                      place_of_dimension(results, a->dimension) - place_of_dimension(results, b->dimension),
                      place_of_level(results, a) - place_of_level(results, b),
                      (int)a->arm - (int)b->arm,
                      (int)a->measure - (int)b->measure};

    for (size_t i = 0; i < sizeof by / sizeof *by; i++)
        if (by[i])
            return by[i];
    return 0;
}

static void cells_stand_in_the_documented_order_and_none_twice(void **state)
{
    sg_made *made = sg_made_new();
    sg_results *results;

    (void)state;
    sg_made_add(made, 3, 2022, 1, (sg_made_row){.arm = SG_ARM_IS_IET});
    add_people(made);
    results = analyse(made, NULL);
    assert_int_equal(results->n_cells, 2 * SG_MADE_DESIGNS * GROUPS * ARMS * CELLS_OF_ARM);
    for (size_t i = 1; i < results->n_cells; i++)
        if (compare_cells(results, &results->cells[i - 1], &results->cells[i]) >= 0)
            fail_msg("cell %zu (%s) does not come after its neighbour (%s)", i, results->cells[i].outcome,
                     results->cells[i - 1].outcome);
    sg_results_free(results);
    sg_made_free(made);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cells_count_the_population_and_its_two_arms_alone),
        cmocka_unit_test(every_level_has_every_cell_also_a_level_with_nobody),
        cmocka_unit_test(each_design_counts_its_own_columns),
        cmocka_unit_test(an_open_year_has_no_cells),
        cmocka_unit_test(a_colleges_cells_count_its_own_people),
        cmocka_unit_test(cells_stand_in_the_documented_order_and_none_twice),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
