/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Private to across: what the rules of the catalogue (model/rule.c) are called here. Each looks at the rows of one learner; the kind is
 * that of the row it speaks of.
 */
#ifndef SG_ACROSS_RULE_LIST_H
#define SG_ACROSS_RULE_LIST_H

/* name, id, kind */
#define SG_ACROSS_RULES(X)                                                                                   \
    X(GAIN_ALONE, "R601", GAIN)                                                                              \
    X(GAIN_FAR, "R602", GAIN)                                                                                \
    X(GAIN_NEAR, "R603", GAIN)                                                                               \
    X(GAIN_CLOSED_TYPE, "R604", GAIN)                                                                        \
    X(GAIN_BESIDE_IET, "R605", GAIN)                                                                         \
    X(GAIN_FEW_HOURS, "R606", GAIN)                                                                          \
    X(GAIN_TWICE, "R607", GAIN)                                                                              \
    X(GAIN_BELOW_ENTRY, "R608", GAIN)                                                                        \
    X(GAIN_SECOND_DIPLOMA, "R609", GAIN)                                                                     \
    X(GAIN_HAD_DIPLOMA, "R610", GAIN)                                                                        \
    X(GAIN_OTHER_COLLEGE, "R611", GAIN)                                                                      \
    X(GAIN_WITHOUT_TEST, "R612", GAIN)                                                                       \
    X(GAIN_NOT_SHOWN, "R613", GAIN)                                                                          \
    X(GAIN_OTHER_LEVELS, "R614", GAIN)                                                                       \
    X(GAIN_REVERSED, "R615", GAIN)                                                                           \
    X(GAIN_BEFORE_PRE_TEST, "R616", GAIN)                                                                    \
    X(TEST_ALONE, "R621", TEST)                                                                              \
    X(TEST_FAR, "R622", TEST)                                                                                \
    X(TEST_SAME_FORM, "R623", TEST)                                                                          \
    X(TEST_SAME_DAY, "R624", TEST)                                                                           \
    X(TEST_OTHER_COLLEGE, "R625", TEST)                                                                      \
    X(TEST_LEVEL_DIFFERS, "R626", TEST)                                                                      \
    X(TEST_NOT_APPROVED, "R627", TEST)                                                                       \
    X(TEST_OFF_SCALE, "R628", TEST)                                                                          \
    X(TWO_COLLEGES, "R631", ENROLLMENT)                                                                      \
    X(SECTION_TWICE, "R632", ENROLLMENT)                                                                     \
    X(AGES_DIFFER, "R633", ENROLLMENT)                                                                       \
    X(SEX_DIFFERS, "R634", ENROLLMENT)                                                                       \
    X(RACE_DIFFERS, "R635", ENROLLMENT)                                                                      \
    X(ENTRY_DIFFERS, "R636", ENROLLMENT)                                                                     \
    X(EDUCATION_LOST, "R637", ENROLLMENT)                                                                    \
    X(AFTER_DEATH, "R638", ENROLLMENT)                                                                       \
    X(EXIT_TOO_SOON, "R639", ENROLLMENT)                                                                     \
    X(HOURS_IMPOSSIBLE, "R640", ENROLLMENT)                                                                  \
    X(HOURS_MANY, "R641", ENROLLMENT)                                                                        \
    X(PRE_SCORE_DIFFERS, "R642", ENROLLMENT)                                                                 \
    X(PRE_TEST_MISSING, "R643", ENROLLMENT)                                                                  \
    X(MANY_ROWS, "R644", ENROLLMENT)                                                                         \
    X(ENTRY_ABOVE_SCORE, "R645", ENROLLMENT)                                                                 \
    X(PRE_TEST_NOT_APPROVED, "R646", ENROLLMENT)                                                             \
    X(PRE_TEST_OFF_SCALE, "R647", ENROLLMENT)                                                                \
    X(PROGRAM_UNKNOWN, "R651", ENROLLMENT)                                                                   \
    X(PROGRAM_ELSEWHERE, "R652", ENROLLMENT)                                                                 \
    X(PROGRAM_NOT_RUNNING, "R653", ENROLLMENT)                                                               \
    X(PROGRAM_NOT_APPROVED, "R654", ENROLLMENT)                                                              \
    X(PROGRAM_OCCUPATION, "R655", ENROLLMENT)                                                                \
    X(PROGRAM_LEVEL, "R656", ENROLLMENT)                                                                     \
    X(SERVICE_ALONE, "R661", SERVICE)                                                                        \
    X(SERVICE_OUTSIDE, "R662", SERVICE)                                                                      \
    X(SERVICE_HOURS, "R663", ENROLLMENT)                                                                     \
    X(SERVICE_DAY_FULL, "R664", SERVICE)                                                                     \
    X(SERVICE_SECTION, "R665", SERVICE)                                                                      \
    X(OUTCOME_ALONE, "R671", OUTCOME)                                                                        \
    X(OUTCOME_NO_EXIT, "R672", OUTCOME)                                                                      \
    X(OUTCOME_BEFORE_EXIT, "R673", OUTCOME)                                                                  \
    X(OUTCOME_QUARTER, "R674", OUTCOME)                                                                      \
    X(OUTCOME_UNTRAINED, "R675", OUTCOME)                                                                    \
    X(OUTCOME_LATE, "R676", OUTCOME)                                                                         \
    X(OUTCOME_NO_GAIN, "R677", OUTCOME)                                                                      \
    X(OUTCOME_UNEMPLOYED, "R678", OUTCOME)

typedef enum {
#define SG_ACROSS_ENUM(name, id, kind) SG_ACROSS_##name,
    SG_ACROSS_RULES(SG_ACROSS_ENUM)
#undef SG_ACROSS_ENUM
        SG_N_ACROSS
} sg_across_rule;

#endif
