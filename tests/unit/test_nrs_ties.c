/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Tie-outs: every one holds in any state of made-up learners, and each is found, alone, where something that breaks it was planted.
 */
#include "support/assert.h"

#include <stdlib.h>
#include <string.h>

#include "cohort/builder.h"
#include "nrs/tie.h"
#include "support/dice.h"

/* ---- planted faults ---- */

enum { YEAR = 2023, MOST_ADDED = 12 };

typedef struct {
    sg_nrs_id table;
    nrs_role role;
    int key;
    char letter;
    int amount;
} planted;

typedef struct {
    const char *id;      /* the tie-out that breaks */
    bool is_participant; /* what else a participant adds is there, so that nothing else breaks */
    planted added[MOST_ADDED];
} fault;

#define ITEM(number, key, letter, amount)                                                                    \
    {                                                                                                        \
        SG_NRS_##number, NRS_ITEM, key, letter, amount                                                       \
    }
#define AT(number, role, letter, amount)                                                                     \
    {                                                                                                        \
        SG_NRS_##number, NRS_##role, 0, letter, amount                                                       \
    }
#define IN_IET(letter)                                                                                       \
    ITEM(11, NRS_MSG_EFL, letter, 1), ITEM(11, NRS_MSG_DIPLOMA, letter, 1),                                  \
        ITEM(11, NRS_MSG_TRANSCRIPT, letter, 1), ITEM(11, NRS_MSG_MILESTONE, letter, 1),                     \
        ITEM(11, NRS_MSG_SKILLS, letter, 1)

/* clang-format off */
static const fault faults[] = {
    {"1-2", false, {AT(1, BESIDE, 'B', 1)}},
    {"2-3", false, {AT(1, BESIDE, 'C', 1), AT(2, BESIDE, 'C', 1)}},
    {"3-4", false, {AT(4, BESIDE, 'B', 1), ITEM(6, 1, 'B', 1), ITEM(6, NRS_DEGREE, 'B', 1)}},
    {"1-row", false, {ITEM(1, 1, 'B', 1)}},
    {"2-row", false, {ITEM(2, 4, 'O', 1)}},
    {"2A-row", false, {ITEM(2A, 4, 'F', 1)}},
    {"3-row", false, {ITEM(3, NRS_ASE, 'G', 1)}},
    {"3-iet", false, {{SG_NRS_3, NRS_SUBSET, NRS_ABE, 'B', 1}, {SG_NRS_3, NRS_SUBSET, NRS_ABE, 'H', 1}, IN_IET('B')}},
    {"4-row", false, {ITEM(4, 1, 'H', 1)}},
    {"4-gains", false, {ITEM(4, 1, 'E', 1), ITEM(4, 1, 'H', -1), ITEM(4, 1, 'L', 1), ITEM(4, 1, 'K', 1), ITEM(4A, 1, 'B', 1), ITEM(4C, 1, 'E', 1), ITEM(4C, 1, 'H', -1)}},
    {"4-pops", true, {ITEM(4, 1, 'B', 1), ITEM(4, 1, 'I', 1)}},
    {"4-pop-gains", false, {ITEM(4, 9, 'M', 1)}},
    {"4-first", true, {ITEM(4, 1, 'B', 1), ITEM(4, 1, 'F', 1), ITEM(4, 1, 'K', 1)}},
    {"4C-row", true, {ITEM(4, 1, 'B', 1), ITEM(4, 1, 'H', 1), ITEM(4, 1, 'K', 1), ITEM(4C, 1, 'H', 1)}},
    {"4C-4", false, {ITEM(4C, 1, 'K', 1)}},
    {"5A-5", false, {ITEM(5A, NRS_EXIT_Q2, 'E', 1)}},
    {"4A-4", true, {ITEM(4, 1, 'B', 1), ITEM(4, 1, 'E', 1), ITEM(4, 1, 'K', 1), ITEM(4, 1, 'L', 1)}},
    {"4B-row", false, {ITEM(4B, 1, 'F', 1)}},
    {"4B-4", false, {ITEM(4B, 1, 'B', 1), ITEM(4B, 1, 'F', 1)}},
    {"4B-4A", true, {ITEM(4, 1, 'B', 1), ITEM(4, 1, 'I', 1), ITEM(4, 1, 'K', 1), ITEM(4B, 1, 'B', 1), ITEM(4B, 1, 'D', 1)}},
    {"11-3", false, {IN_IET('B')}},
    {"11-rows", false, {ITEM(11, NRS_MSG_MILESTONE, 'B', 1)}},
    {"6-4", false, {ITEM(6, 1, 'B', 1), ITEM(6, NRS_DEGREE, 'B', 1)}},
    {"6-6", false, {ITEM(6, NRS_DEGREE, 'B', 1)}},
    {"1-total", false, {AT(1, TOTAL, 'B', 1), AT(1, TOTAL, 'P', 1), AT(1, BESIDE, 'B', -1)}},
    {"2-total", false, {AT(2, TOTAL, 'B', 1), AT(2, TOTAL, 'P', 1), AT(2, BESIDE, 'B', -1)}},
    {"2A-total", false, {AT(2A, TOTAL, 'B', 1), AT(2A, TOTAL, 'P', 1)}},
    {"3-total", false, {AT(3, TOTAL, 'B', 1), AT(3, TOTAL, 'H', 1), AT(3, BESIDE, 'B', -1)}},
    {"4-total", false, {AT(4, TOTAL, 'D', 1), AT(4, SUBTOTAL, 'D', 1)}},
    {"4-subtotals", false, {AT(4, SUBTOTAL, 'D', 1)}},
    {"4A-total", false, {AT(4A, TOTAL, 'C', 1), AT(4A, SUBTOTAL, 'C', 1)}},
    {"4A-subtotals", false, {AT(4A, SUBTOTAL, 'C', 1)}},
    {"4B-total", false, {AT(4B, TOTAL, 'C', 1), AT(4B, SUBTOTAL, 'C', 1)}},
    {"4B-subtotals", false, {AT(4B, SUBTOTAL, 'C', 1)}},
    {"4C-total", false, {ITEM(4, 1, 'D', 1), AT(4C, TOTAL, 'D', 1), AT(4C, SUBTOTAL, 'D', 1)}},
    {"4C-subtotals", false, {ITEM(4, 1, 'D', 1), AT(4C, SUBTOTAL, 'D', 1)}},
};
static const planted participant[] = {AT(1, BESIDE, 'B', 1), AT(2, BESIDE, 'B', 1), AT(3, BESIDE, 'B', 1),
                                      ITEM(6, 1, 'B', 1), ITEM(6, NRS_DEGREE, 'B', 1)};
/* clang-format on */
enum { N_FAULTS = sizeof faults / sizeof faults[0] };

static const sg_pseudonym culprit = {{0xc0, 0xff, 0xee}}, innocent = {{0x01}};

static void plant(sg_nrs_counter *counter, const planted *what)
{
    int row = nrs_row_of(what->table, what->role, what->key, YEAR);
    if (what->role == NRS_SUBTOTAL) /* found by its group */
        for (row = 0; nrs_layouts[what->table].rows[row].role != NRS_SUBTOTAL;)
            row++;
    assert_true(row >= 0);
    nrs_add(counter, what->table, row, what->letter, what->amount);
}

static void plant_all(sg_nrs_counter *counter, const fault *f)
{
    bool is_wanted = false;
    sg_assert_ok(nrs_begin(counter, YEAR, &is_wanted, NULL), NULL);
    for (size_t i = 0; f->is_participant && i < sizeof participant / sizeof participant[0]; i++)
        plant(counter, &participant[i]);
    for (size_t i = 0; i < MOST_ADDED && f->added[i].letter != 0; i++)
        plant(counter, &f->added[i]);
    nrs_end(counter, &culprit);
}

static sg_pop_year fact_of(void)
{
    sg_pop_year fact = {.pseudonym = innocent,
                        .program_year = YEAR,
                        .is_participant = true,
                        .is_first = true,
                        .entering_level = 1,
                        .first_level = 1,
                        .race = 3,
                        .sex = 1,
                        .age_band = 4,
                        .has_left = true};
    for (size_t t = 0; t <= SG_GAIN_SKILLS_PROGRESSION; t++)
        fact.gained[t] = SG_DAY_NONE;
    return fact;
}

/* Among others who break nothing. */
static void a_planted_fault_is_found_alone_and_the_learner_named(void **state)
{
    (void)state;
    assert_int_equal(N_FAULTS, nrs_n_ties()); /* one of each kind */
    for (size_t f = 0; f < N_FAULTS; f++) {
        sg_nrs_counter *counter = NULL;
        sg_arena *arena = sg_arena_new();
        const sg_nrs *nrs = NULL;
        sg_pop_year fact = fact_of();
        sg_assert_ok(sg_nrs_counter_new(0, NULL, &counter, NULL), NULL);
        sg_assert_ok(nrs_add_pop_year(counter, &fact, NULL), NULL);
        plant_all(counter, &faults[f]);
        sg_assert_ok(nrs_add_pop_year(counter, &fact, NULL), NULL);
        sg_assert_ok(sg_nrs_make(counter, sg_program_year_last(YEAR), arena, &nrs, NULL), NULL);
        for (size_t i = 0; i < nrs->n_tie_outs; i++) {
            bool is_meant = strcmp(nrs->tie_outs[i].id, faults[f].id) == 0;
            if (nrs->tie_outs[i].holds == is_meant)
                fail_msg("planted '%s': '%s' %s", faults[f].id, nrs->tie_outs[i].id,
                         is_meant ? "holds" : "breaks too");
            assert_int_equal(nrs->tie_outs[i].n_named, is_meant);
            if (is_meant)
                assert_memory_equal(&nrs->tie_outs[i].named[0], &culprit, sizeof culprit);
        }
        assert_int_equal(sg_nrs_broken(nrs), 1);
        sg_nrs_counter_free(counter);
        sg_arena_free(arena);
    }
}

/* Facts that contradict themselves, as no cohort makes them. */
static void a_fact_that_contradicts_itself_is_named(void **state)
{
    sg_pop_year nowhere = fact_of(), twice = fact_of();
    nowhere.has_left = false; /* neither left nor there */
    twice.is_enrolled = true; /* both */
    const sg_pop_year *facts[] = {&nowhere, &twice};
    (void)state;
    for (size_t f = 0; f < 2; f++) {
        sg_nrs_counter *counter = NULL;
        sg_arena *arena = sg_arena_new();
        const sg_nrs *nrs = NULL;
        sg_assert_ok(sg_nrs_counter_new(0, NULL, &counter, NULL), NULL);
        for (int i = 0; i < SG_NRS_MOST_NAMED + 5; i++) { /* more than are named */
            sg_pop_year fact = *facts[f];
            fact.pseudonym.bytes[5] = (unsigned char)i;
            sg_assert_ok(nrs_add_pop_year(counter, &fact, NULL), NULL);
        }
        sg_assert_ok(sg_nrs_make(counter, sg_program_year_last(YEAR), arena, &nrs, NULL), NULL);
        for (size_t i = 0; i < nrs->n_tie_outs; i++) {
            bool is_meant = strcmp(nrs->tie_outs[i].id, "4-row") == 0;
            assert_int_equal(nrs->tie_outs[i].holds, !is_meant);
            assert_int_equal(nrs->tie_outs[i].n_breaking, is_meant ? SG_NRS_MOST_NAMED + 5 : 0);
            assert_int_equal(nrs->tie_outs[i].n_named, is_meant ? SG_NRS_MOST_NAMED : 0);
        }
        sg_nrs_counter_free(counter);
        sg_arena_free(arena);
    }
}

/* ---- any state ---- */

enum { N_STATES = 200, N_LEARNERS = 60, MAX_ROWS = 5 };

typedef struct {
    sg_stored_enrollment rows[MAX_ROWS];
    sg_stored_gain gains[MAX_ROWS];
    sg_stored_test tests[MAX_ROWS];
    sg_stored_outcome outcomes[MAX_ROWS];
} made_learner;

/* What is counted beside the tables by another way: first participants and reportable individuals, from the facts themselves. */
typedef struct {
    sg_federal_sink inner;
    int64_t first, pops, exits;
    int64_t hours;
} witness;

static sg_status see_year(void *context, const sg_pop_year *fact, sg_err *err)
{
    witness *w = context;
    w->first += fact->is_participant && fact->is_first;
    w->pops += fact->is_participant;
    w->hours += fact->is_participant && fact->first_level > 0 ? fact->hours : 0;
    return w->inner.pop_year(w->inner.context, fact, err);
}

static sg_status see_exit(void *context, const sg_pop_exit *fact, sg_err *err)
{
    witness *w = context;
    w->exits++;
    return w->inner.pop_exit(w->inner.context, fact, err);
}

static int64_t code_or_blank(dice *d, unsigned n)
{
    unsigned value = throw(d, n + 2);
    return value > n ? SG_BLANK : (int64_t)value; /* 0 is unknown */
}

static void make_row(dice *d, sg_stored_enrollment *row, sg_day *start, sg_day as_of)
{
    static const struct {
        sg_enrollment_field field;
        unsigned codes;
    } coded[] = {{SG_ENROLLMENT_ENTERING_LEVEL, 14},
                 {SG_ENROLLMENT_SEX, 3},
                 {SG_ENROLLMENT_RACE, 7},
                 {SG_ENROLLMENT_HISPANIC, 2},
                 {SG_ENROLLMENT_PRIOR_EDUCATION, 9},
                 {SG_ENROLLMENT_EMPLOYMENT_STATUS, 4},
                 {SG_ENROLLMENT_EXIT_REASON, 8},
                 {SG_ENROLLMENT_IELCE, 2},
                 {SG_ENROLLMENT_CORRECTIONS, 2},
                 {SG_ENROLLMENT_WORKPLACE_LITERACY, 2},
                 {SG_ENROLLMENT_IET, 3},
                 {SG_ENROLLMENT_COMPONENT, 4}};
    for (size_t f = 0; f < SG_N_ENROLLMENT_FIELDS; f++)
        row->number[f] = SG_BLANK;
    for (size_t i = 0; i < sizeof coded / sizeof coded[0]; i++)
        row->number[coded[i].field] = code_or_blank(d, coded[i].codes);
    row->number[SG_ENROLLMENT_AGE] = throw(d, 8) == 0 ? SG_BLANK : (int64_t) throw(d, 60) + 14;
    row->number[SG_ENROLLMENT_START_DATE] = *start;
    sg_day end = *start + (sg_day) throw(d, 400);
    if (throw(d, 6) != 0)
        row->number[SG_ENROLLMENT_END_DATE] = end;
    if (throw(d, 10) == 0)
        row->number[SG_ENROLLMENT_PLANNED_SERVICE_DATE] = end + (sg_day) throw(d, 200);
    row->number[SG_ENROLLMENT_CONTACT_HOURS] = (int64_t) throw(d, 60) * INT64_C(1234567891);
    row->number[SG_ENROLLMENT_DISTANCE_HOURS] = row->number[SG_ENROLLMENT_CONTACT_HOURS] / (1 + throw(d, 4));
    row->cutoff = as_of;
    row->export_has_hours = true;
    row->college = (int) throw(d, 2);
    *start += (sg_day) throw(d, 300);
}

static void make_learner(dice *d, made_learner *made, sg_stored_learner *out, sg_day as_of)
{
    static const char *const subjects[] = {"Reading", "MATHEMATICS", "numeracy", NULL};
    sg_day start = sg_program_year_first(2017) + (sg_day) throw(d, 2000);
    *out = (sg_stored_learner){.pseudonym = out->pseudonym,
                               .enrollments = made->rows,
                               .n_enrollments = 1 + throw(d, MAX_ROWS),
                               .gains = made->gains,
                               .n_gains = throw(d, MAX_ROWS),
                               .tests = made->tests,
                               .n_tests = throw(d, MAX_ROWS),
                               .outcomes = made->outcomes,
                               .n_outcomes = throw(d, MAX_ROWS)};
    sg_day at = start;
    for (size_t i = 0; i < out->n_enrollments; i++)
        make_row(d, &made->rows[i], &at, as_of);
    at = start;
    for (size_t i = 0; i < MAX_ROWS; i++) {
        at += (sg_day) throw(d, 120);
        made->gains[i] = (sg_stored_gain){.date = at,
                                          .type = (sg_gain_type)(1 + throw(d, SG_GAIN_SKILLS_PROGRESSION)),
                                          .subject = subjects[throw(d, 4)],
                                          .cutoff = as_of};
        made->tests[i] = (sg_stored_test){
            .date = at, .instrument = "T", .subject = subjects[throw(d, 2)], .cutoff = as_of};
        made->outcomes[i] = (sg_stored_outcome){
            .code = (sg_outcome_code)(1 + throw(d, SG_OUTCOME_CODE_EARNINGS_Q2)),
            .first = at + 300,
            .last = at + 300 + (sg_day) throw(d, 90),
            .value = throw(d, 3) == 0 ? 0 : (int64_t) throw(d, 20000) * 1000000,
            .cutoff = as_of};
    }
}

static void count_state(uint64_t seed, witness *w, sg_day as_of)
{
    dice d = {seed};
    sg_config config = {0};
    sg_federal_sink sink = {w, NULL, see_year, see_exit};
    sg_cohort_builder *builder = NULL;
    sg_err err = {0};
    config.cohort.participant_hours = 12;
    config.cohort.exit_gap_days = 90;
    config.cohort.landmark_days = 30;
    config.cohort.follow_up_days = 180;
    config.cohort.iet = SG_GRADE_BIT_CLAIMED | SG_GRADE_BIT_SUPPORTED;
    sg_assert_ok(sg_cohort_builder_new(&config, as_of, &builder, &err), &err);
    sg_cohort_builder_use(builder, &(sg_cohort_sources){.tests_up_to = as_of,
                                                        .outcomes_up_to = as_of - (sg_day) throw(&d, 400)});
    sg_cohort_builder_tell(builder, &sink, -1);
    for (unsigned i = 0; i < N_LEARNERS; i++) {
        static made_learner made;
        sg_stored_learner learner = {.pseudonym = {{(unsigned char)i}}};
        make_learner(&d, &made, &learner, as_of);
        sg_assert_ok(sg_cohort_builder_add(builder, &learner, &err), &err);
    }
    sg_cohort_builder_free(builder);
}

static int64_t sum_of(const sg_nrs_counter *counter, sg_nrs_id id, nrs_role role, char letter)
{
    int64_t sum = 0;
    for (size_t y = 0; y < counter->n_years; y++)
        for (size_t r = 0; r < nrs_layouts[id].n_rows; r++)
            if (nrs_layouts[id].rows[r].role == role)
                sum += counter->years[y]->cells.of[id][r][letter - 'A'];
    return sum;
}

static void every_tie_out_holds_in_any_state(void **state)
{
    sg_day as_of = sg_program_year_last(2024) - 100;
    int64_t seen[SG_N_NRS_TABLES] = {0};
    (void)state;
    for (uint64_t seed = 1; seed <= N_STATES; seed++) {
        sg_nrs_counter *counter = NULL;
        sg_arena *arena = sg_arena_new();
        const sg_nrs *nrs = NULL;
        sg_assert_ok(sg_nrs_counter_new(0, NULL, &counter, NULL), NULL);
        witness w = {.inner = sg_nrs_sink(counter, NULL)};
        count_state(seed, &w, as_of);
        sg_assert_ok(sg_nrs_make(counter, as_of, arena, &nrs, NULL), NULL);
        for (size_t i = 0; i < nrs->n_tie_outs; i++)
            if (!nrs->tie_outs[i].holds)
                fail_msg("state %u, %d: %s", (unsigned)seed, nrs->tie_outs[i].program_year,
                         nrs->tie_outs[i].text);
        assert_int_equal(
            sum_of(counter, SG_NRS_4, NRS_TOTAL, 'B') + sum_of(counter, SG_NRS_4, NRS_BESIDE, 'B'), w.first);
        assert_true(sum_of(counter, SG_NRS_4, NRS_TOTAL, 'K') <= w.pops);
        assert_true(sum_of(counter, SG_NRS_4, NRS_TOTAL, 'D') <= w.hours);
        for (sg_nrs_id id = 0; id < SG_N_NRS_TABLES; id++)
            for (char letter = 'B'; letter <= 'P'; letter++)
                seen[id] += sum_of(counter, id, NRS_ITEM, letter);
        sg_nrs_counter_free(counter);
        sg_arena_free(arena);
    }
    for (size_t id = 0; id < SG_N_NRS_TABLES; id++)
        assert_true(seen[id] > 0); /* no table stayed empty */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_planted_fault_is_found_alone_and_the_learner_named),
        cmocka_unit_test(a_fact_that_contradicts_itself_is_named),
        cmocka_unit_test(every_tie_out_holds_in_any_state),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
