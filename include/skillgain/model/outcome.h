/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Outcomes: what may have happened to a unit of the comparison within its follow-up. Yes/no outcomes of one unit are bits of one word.
 */
#ifndef SKILLGAIN_MODEL_OUTCOME_H
#define SKILLGAIN_MODEL_OUTCOME_H

#include <stdbool.h>
#include <stdint.h>

#include "skillgain/model/codes.h"
#include "skillgain/model/field.h"

/* name, id in configuration and results, the kind of export that it needs beside enrollments, what it is */
#define SG_SHARE_OUTCOME_LIST(X)                                                                             \
    X(MSG_COMMON, "msg_common", GAIN, "like-for-like gain")                                                  \
    X(MSG, "msg", GAIN, "gain of any type")                                                                  \
    X(EFL_TEST, "efl_test", GAIN, "level gain by test (type 1a)")                                            \
    X(EFL_CREDIT, "efl_credit", GAIN, "level gain by credits (type 1b)")                                     \
    X(EFL_POSTSECONDARY, "efl_postsecondary", GAIN, "level gain by postsecondary entry (type 1c)")           \
    X(EFL_HSE_SUBTEST, "efl_hse_subtest", GAIN, "level gain by an equivalency subtest (type 1d)")            \
    X(DIPLOMA, "diploma", GAIN, "diploma or equivalent (type 2)")                                            \
    X(TRANSCRIPT_SECONDARY, "transcript_secondary", GAIN, "secondary transcript (type 3)")                   \
    X(TRANSCRIPT_POSTSECONDARY, "transcript_postsecondary", GAIN, "postsecondary transcript (type 3)")       \
    X(MILESTONE, "milestone", GAIN, "training milestone (type 4)")                                           \
    X(SKILLS_PROGRESSION, "skills_progression", GAIN, "skills progression (type 5)")                         \
    X(EFL_TEST_ELA, "efl_test_ela", GAIN, "level gain by test in reading, writing or English")               \
    X(EFL_TEST_MATH, "efl_test_math", GAIN, "level gain by test in mathematics")                             \
    X(TESTED, "tested", TEST, "tested again")                                                                \
    X(GAIN_GIVEN_TESTED, "gain_given_tested", TEST, "level gain by test, of those tested again")             \
    X(CREDENTIAL, "credential", OUTCOME, "recognised credential")                                            \
    X(POSTSECONDARY_ENTRY, "postsecondary_entry", OUTCOME, "entry into postsecondary education")             \
    X(EMPLOYED_Q2, "employed_q2", OUTCOME, "employed in the second quarter after exit")                      \
    X(EMPLOYED_Q4, "employed_q4", OUTCOME, "employed in the fourth quarter after exit")

/* What is no share: times and amounts. */
#define SG_OTHER_OUTCOME_LIST(X)                                                                             \
    X(TIME_TO_GAIN, "time_to_gain", GAIN, "days to the first like-for-like gain")                            \
    X(TIME_TO_CREDENTIAL, "time_to_credential", OUTCOME, "days to the first recognised credential")          \
    X(EARNINGS_Q2, "earnings_q2", OUTCOME, "earnings in the second quarter after exit")                      \
    X(SCORE_GAIN, "score_gain", TEST, "points gained on the scale of a test")                                \
    X(CONTACT_HOURS, "contact_hours", ENROLLMENT, "contact hours within follow-up")                          \
    X(WEEKS_ATTENDED, "weeks_attended", ENROLLMENT, "weeks attended within follow-up")                       \
    X(COMPLETED, "completed", ENROLLMENT, "completed the program within follow-up")

typedef enum {
#define SG_OUTCOME_ENUM(name, id, kind, label) SG_OUTCOME_##name,
    SG_SHARE_OUTCOME_LIST(SG_OUTCOME_ENUM) SG_OTHER_OUTCOME_LIST(SG_OUTCOME_ENUM)
#undef SG_OUTCOME_ENUM
        SG_N_OUTCOMES
} sg_outcome;
enum { SG_N_SHARE_OUTCOMES = SG_OUTCOME_EMPLOYED_Q4 + 1 };

const char *sg_outcome_text(sg_outcome outcome);
const char *sg_outcome_label(sg_outcome outcome);
sg_kind sg_outcome_kind(sg_outcome outcome);
bool sg_outcome_find(const char *id, sg_outcome *out);

/* The bits of a unit: SG_OUTCOME_BIT(o) for each yes/no outcome that is a yes, and for outcomes whose answer may not be known, or does not
 * exist, whether it is. */
typedef uint32_t sg_outcome_bits;
#define SG_OUTCOME_BIT(outcome) (UINT32_C(1) << (outcome))
enum { SG_OUTCOME_KNOWN_SHIFT = SG_N_SHARE_OUTCOMES - SG_OUTCOME_TESTED };
/* Of tested and those after it. */
#define SG_OUTCOME_KNOWN_BIT(outcome) (UINT32_C(1) << ((outcome) + SG_OUTCOME_KNOWN_SHIFT))

bool sg_outcome_is_known(sg_outcome_bits bits, sg_outcome outcome);
bool sg_outcome_is_yes(sg_outcome_bits bits, sg_outcome outcome);

/* The outcome of a single gain of this type. */
sg_outcome sg_outcome_of_gain(sg_gain_type type);

#endif
