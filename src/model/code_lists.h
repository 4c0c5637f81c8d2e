/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The code lists that are also dimensions, once each: codes.c makes lists of them and dimension.c levels. Code, label.
 */
#ifndef SG_MODEL_CODE_LISTS_H
#define SG_MODEL_CODE_LISTS_H

#define SG_SEX_CODES(X)                                                                                      \
    X("female", "Female")                                                                                    \
    X("male", "Male")                                                                                        \
    X("nonbinary", "Nonbinary")

/* NRS educational functioning levels, as the tables of PY 2023-24 name them */
#define SG_ENTERING_LEVEL_CODES(X)                                                                           \
    X("ABE1", "ABE Level 1")                                                                                 \
    X("ABE2", "ABE Level 2")                                                                                 \
    X("ABE3", "ABE Level 3")                                                                                 \
    X("ABE4", "ABE Level 4")                                                                                 \
    X("ABE5", "ABE Level 5")                                                                                 \
    X("ABE6", "ABE Level 6")                                                                                 \
    X("ESL1", "ESL Level 1")                                                                                 \
    X("ESL2", "ESL Level 2")                                                                                 \
    X("ESL3", "ESL Level 3")                                                                                 \
    X("ESL4", "ESL Level 4")                                                                                 \
    X("ESL5", "ESL Level 5")                                                                                 \
    X("ESL6", "ESL Level 6")                                                                                 \
    X("ALT_ABE", "Alternative ABE placement")                                                                \
    X("ALT_ESL", "Alternative ESL placement")

#define SG_PRIOR_EDUCATION_CODES(X)                                                                          \
    X("none", "No diploma")                                                                                  \
    X("diploma", "High school diploma")                                                                      \
    X("equivalent", "High school equivalency")                                                               \
    X("iep_certificate", "Certificate of attendance (IEP)")                                                  \
    X("some_postsecondary", "Some college, no credential")                                                   \
    X("certificate", "Postsecondary certificate")                                                            \
    X("associate", "Associate degree")                                                                       \
    X("bachelor", "Bachelor's degree")                                                                       \
    X("beyond", "Beyond a bachelor's degree")

#define SG_EMPLOYMENT_STATUS_CODES(X)                                                                        \
    X("employed", "Employed")                                                                                \
    X("employed_notice", "Employed, with notice of separation")                                              \
    X("unemployed", "Unemployed")                                                                            \
    X("not_in_labor_force", "Not in the labor force")

/* in the order of sg_race, HISPANIC apart: dimension.c puts it first, as NRS readers know the groups */
#define SG_RACE_CODES(X)                                                                                     \
    X("american_indian", "American Indian or Alaska Native")                                                 \
    X("asian", "Asian")                                                                                      \
    X("black", "Black or African American")                                                                  \
    X("pacific_islander", "Native Hawaiian or Pacific Islander")                                             \
    X("white", "White")                                                                                      \
    X("two_or_more", "Two or more races")
#define SG_RACE_CODE_HISPANIC(X) X("hispanic", "Hispanic or Latino")

#endif
