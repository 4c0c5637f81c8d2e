/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Made-up learners in two arms and six colleges, from a fixed seed. */
#ifndef SG_TEST_STATS_MODELS_MADE_H
#define SG_TEST_STATS_MODELS_MADE_H

#include "skillgain/stats.h"

enum { MOST = 400, N_CASES = 250, N_COLLEGES = 6 };

/* A category and a number, learners in an order of their own. */
typedef struct {
    sg_observations sample;
    sg_variable variables[2];
    uint8_t arm[MOST];
    double success[MOST], number[MOST];
    uint32_t level[MOST], college[MOST];
} made;

double draw(void); /* from 0 to 1, below 1 */

void connect(made *m, size_t n); /* the sample of the first n learners */
void make_data(made *m, unsigned seed, size_t n);
void take_row(made *to, size_t at, const made *from, size_t row);

extern const sg_model WITH_ARM, SCORE;
extern const sg_aipw_options USUAL;

/* ---- refusals.c ---- */

void what_cannot_be_answered_says_why(void **state);
void columns_without_news_are_left_out(void **state);
void separated_outcomes_are_told_and_fitted_by_firth(void **state);
void missing_numbers_become_the_median_and_a_flag(void **state);

/* ---- firth.c ---- */

void firth_has_a_maximum_whatever_is_separated(void **state);

/* ---- separation.c ---- */

void a_row_of_thousands_is_not_taken_for_separation(void **state);
void a_fit_finds_back_from_where_its_steps_go_astray(void **state);
void a_small_weight_does_not_hide_separation(void **state);

/* ---- sums.c ---- */

void sums_over_rows_are_those_row_by_row(void **state);
void a_fit_from_near_is_the_fit(void **state);
void patterns_are_the_same_by_place_and_by_hash(void **state);

/* ---- bootstrap.c ---- */

void models_of_learners_drawn_anew_spread_as_their_errors_say(void **state);
void a_model_bootstrap_says_why_there_is_none(void **state);
void a_redraw_without_an_arm_has_no_coefficient(void **state);

#endif
