/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "result_json.h"

#define COUNT_OF(array) (sizeof(array) / sizeof *(array))
#define MEMBERS(name, ...)                                                                                   \
    static const sg_member name##_list[] = {__VA_ARGS__};                                                    \
    const sg_members name = {name##_list, COUNT_OF(name##_list)}

#define E(member)                                                                                            \
    {                                                                                                        \
#member, offsetof(sg_estimate, member)                                                               \
    }
#define F(member)                                                                                            \
    {                                                                                                        \
#member, offsetof(sg_facts, member)                                                                  \
    }
#define B(member)                                                                                            \
    {                                                                                                        \
#member, offsetof(sg_batch_counts, member)                                                           \
    }

MEMBERS(sg_estimate_texts, E(id), E(college), E(outcome), E(dimension), E(level), E(subset), E(variant),
        E(estimand), E(method), E(reference), E(covariates), E(note));
MEMBERS(sg_estimate_reals, E(estimate), E(std_error), E(ci_low), E(ci_high), E(statistic), E(df), E(p_value),
        E(p_adjusted));
MEMBERS(sg_estimate_counts, E(n_iet), E(x_iet), E(n_comparison), E(x_comparison), E(n_level), E(x_level),
        E(n_reference), E(x_reference));
MEMBERS(sg_fact_texts, F(version), F(agency), F(contact), F(headline_variant), F(headline_outcome),
        F(common_types), F(iet_grades), F(reference), F(hours_note), F(banner), F(college), F(college_name));
MEMBERS(sg_fact_ints, F(headline_year), F(headline_unsettled), F(participant_hours), F(exit_gap_days),
        F(landmark_days), F(units_a_learner), F(entry_days), F(follow_up_days), F(gain_grace_days));
MEMBERS(sg_batch_count_members, B(read), B(stored), B(repeated), B(replaced), B(quarantined), B(dropped),
        B(warnings), B(added), B(changed), B(unchanged), B(withdrawn), B(spared));
