/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Random tables from a seed, all small ones, and the properties that are in files of their own. */
#ifndef SG_TEST_STATS_PROPERTIES_TABLES_H
#define SG_TEST_STATS_PROPERTIES_TABLES_H

#include "skillgain/stats.h"

enum { N_TABLES = 10000, N_SLOW = 1000 };

typedef struct {
    uint64_t at;
} source;

typedef struct {
    sg_counts iet, comparison;
    double conf;
} table;

int64_t draw_to(source *s, int64_t most); /* from 0 */
table draw_table(source *s, int64_t most);
double rate_of(sg_counts c);

/* Calls check on each of n random tables, whose arms have up to `most` learners. */
void for_tables(uint64_t seed, int n, int64_t most, void (*check)(const table *t));

/* Calls check on every table whose arms have one to six learners. */
void for_small_tables(void (*check)(const table *t));

/* Two figures that can be estimated, the one being the other with its sign changed. */
void check_mirrored(const sg_figure *f, const sg_figure *g, double tolerance);

/* ---- p_values.c ---- */

void fisher_agrees_with_factorials(void **state);
void a_fisher_p_lies_above_0_and_up_to_1_and_knows_no_arm(void **state);
void the_printed_p_knows_no_arm_and_follows_its_rule(void **state);
void two_by_two_is_the_smallest_r_by_c(void **state);
void unconditional_tests_know_no_arm_and_boschloo_is_below_fisher(void **state);

/* ---- gaps.c ---- */

void a_gap_to_everyone_is_a_share_of_the_gap_to_the_rest(void **state);
void a_gap_to_a_number_is_as_wide_as_the_rate(void **state);
void a_difference_of_gaps_turns_round_with_arms_and_with_levels(void **state);
void corrected_p_values_keep_their_order_and_bh_is_below_holm(void **state);
void the_order_of_a_family_changes_nothing(void **state);

/* ---- strata.c ---- */

void swapping_the_arms_turns_stratified_estimates_round(void **state);
void repeating_every_row_leaves_stratified_estimates(void **state);
void the_order_of_strata_and_those_with_one_arm_change_nothing(void **state);
void one_stratum_and_two_levels_are_the_plain_table(void **state);
void the_exact_test_of_one_stratum_is_fishers(void **state);
void the_exact_test_of_two_strata_agrees_with_counting(void **state);
void a_trend_knows_no_scale_and_no_order(void **state);
void the_departments_turn_the_crude_odds_round(void **state);
void strata_without_an_answer_say_so(void **state);

/* ---- amounts.c ---- */

void swapping_the_arms_turns_amounts_round(void **state);
void ranks_and_shifts_agree_with_counting_pairs(void **state);
void the_exact_rank_test_agrees_with_every_order(void **state);
void without_censoring_a_curve_is_the_plain_share(void **state);
void a_log_rank_test_knows_no_arm_and_no_pieces(void **state);
void amounts_and_times_without_an_answer_say_so(void **state);

/* ---- groups.c ---- */

void what_is_needed_is_enough_and_no_more(void **state);
void sensitivity_knows_no_direction(void **state);
void missing_outcomes_are_bounded(void **state);
void a_shrunken_rate_lies_between_its_own_and_all(void **state);
void the_beta_binomial_fit_is_a_top(void **state);
void funnel_limits_hold_the_common_rate(void **state);
void groups_without_an_answer_say_so(void **state);
void replicates_depend_on_seed_and_id_alone(void **state);
void resampled_cells_keep_their_sum_and_their_law(void **state);
void a_handful_of_rows_is_drawn_one_by_one(void **state);
void a_permutation_test_tends_to_the_exact_one(void **state);

#endif
