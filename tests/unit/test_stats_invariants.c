/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What must hold of every data set: estimates know no order of rows, of arms or of strata, and what is known of special cases. Beside
 * test_stats_properties, which is on tables, here are models, weights, pairs, times and resampling, on random data sets of which half have a
 * fault. */
#include "support/assert.h"
#include "unit/test_stats_invariants/drawn.h"

static int start(void **state)
{
    (void)state;
    sg_stats_init();
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_model_answers_or_says_why),
        cmocka_unit_test(the_order_of_learners_changes_no_model),
        cmocka_unit_test(copies_of_every_learner_leave_models),
        cmocka_unit_test(swapping_the_arms_turns_models_round),
        cmocka_unit_test(firths_fit_knows_no_arm_and_no_order),
        cmocka_unit_test(a_college_with_one_arm_changes_no_model_with_effects_of_colleges),
        cmocka_unit_test(a_saturated_model_is_standardisation),
        cmocka_unit_test(overlap_weights_balance_every_column),
        cmocka_unit_test(those_in_iet_and_those_not_make_up_all),
        cmocka_unit_test(matching_knows_no_order_of_learners),
        cmocka_unit_test(swapping_the_arms_mirrors_stratified_limits),
        cmocka_unit_test(copies_leave_standardised_rates_and_trends),
        cmocka_unit_test(a_stratum_with_one_arm_changes_not_a_bit),
        cmocka_unit_test(one_stratum_is_the_crude_ratio),
        cmocka_unit_test(swapping_the_arms_mirrors_restricted_means),
        cmocka_unit_test(copies_leave_curves_and_halve_their_variance),
        cmocka_unit_test(the_order_of_spells_changes_not_a_bit),
        cmocka_unit_test(spells_of_one_arm_are_no_stratum),
        cmocka_unit_test(cumulative_incidence_of_one_cause_is_the_curves_rest),
        cmocka_unit_test(the_order_of_amounts_changes_nothing),
        cmocka_unit_test(permuted_labels_know_no_arm_and_no_stratum_of_one_arm),
        cmocka_unit_test(a_jackknife_knows_no_arm_and_no_order),
        cmocka_unit_test(a_wild_bootstrap_knows_no_arm_and_no_order),
        cmocka_unit_test(leaving_a_college_out_is_not_having_it),
        cmocka_unit_test(the_survey_turns_the_experiment_round),
    };
    return cmocka_run_group_tests(tests, start, NULL);
}
