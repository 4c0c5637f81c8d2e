/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Small samples at random, with everything that leaves a model without an answer, and the properties that are in files of their own. */
#ifndef SG_TEST_STATS_INVARIANTS_DRAWN_H
#define SG_TEST_STATS_INVARIANTS_DRAWN_H

#include "skillgain/stats.h"
#include "support/dice.h"

/* How many random cases a property is held against: where a case is a table or a curve; where it is some models; where it is all of them, or
 * models fitted again and again. */
enum { N_CASES = 10000, N_MODELS = 1000, N_REFITS = 100 };

enum { MOST_DRAWN = 48, COPIES = 3, MOST_ROWS = COPIES * MOST_DRAWN, N_LEVELS = 3, N_COLLEGES = 4 };

/* Learners with a category and a number; college N_COLLEGES is kept free. */
typedef struct {
    sg_observations sample;
    sg_variable variables[2];
    sg_model model;
    uint8_t arm[MOST_ROWS];
    double success[MOST_ROWS], number[MOST_ROWS];
    uint32_t level[MOST_ROWS], college[MOST_ROWS];
} drawn;

void draw_sample(dice *d, drawn *out);      /* 0 to MOST_DRAWN learners; one in two has a fault */
void draw_good_sample(dice *d, drawn *out); /* 24 or more, without one */
void take_rows(drawn *to, size_t n);        /* the sample is its first n rows */
void take_row(drawn *to, size_t at, const drawn *from, size_t row);
void shuffle(dice *d, size_t *order, size_t n); /* 0 to n-1 in a random order */

/* Calls check on n samples of draw_sample. */
typedef void drawn_check(dice *d, const drawn *m, sg_arena *arena);
void for_drawn(uint64_t seed, int n, drawn_check *check);

/* ---- models.c ---- */

void every_model_answers_or_says_why(void **state);
void the_order_of_learners_changes_no_model(void **state);
void copies_of_every_learner_leave_models(void **state);
void swapping_the_arms_turns_models_round(void **state);
void firths_fit_knows_no_arm_and_no_order(void **state);
void a_college_with_one_arm_changes_no_model_with_effects_of_colleges(void **state);

/* ---- weights.c ---- */

void a_saturated_model_is_standardisation(void **state);
void overlap_weights_balance_every_column(void **state);
void those_in_iet_and_those_not_make_up_all(void **state);
void matching_knows_no_order_of_learners(void **state);

/* ---- strata.c ---- */

void swapping_the_arms_mirrors_stratified_limits(void **state);
void copies_leave_standardised_rates_and_trends(void **state);
void a_stratum_with_one_arm_changes_not_a_bit(void **state);
void one_stratum_is_the_crude_ratio(void **state);

/* ---- times.c ---- */

void swapping_the_arms_mirrors_restricted_means(void **state);
void copies_leave_curves_and_halve_their_variance(void **state);
void the_order_of_spells_changes_not_a_bit(void **state);
void spells_of_one_arm_are_no_stratum(void **state);
void cumulative_incidence_of_one_cause_is_the_curves_rest(void **state);
void the_order_of_amounts_changes_nothing(void **state);

/* ---- again.c ---- */

void permuted_labels_know_no_arm_and_no_stratum_of_one_arm(void **state);
void a_jackknife_knows_no_arm_and_no_order(void **state);
void a_wild_bootstrap_knows_no_arm_and_no_order(void **state);
void leaving_a_college_out_is_not_having_it(void **state);

/* ---- earnings.c ---- */

void the_survey_turns_the_experiment_round(void **state);

#endif
