/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Results: the cells (counts) and estimates of one run with the facts that a report tells about it. Analysis makes them,
 * disclosure masks them, reports write them; results.json holds them whole.
 */
#ifndef SKILLGAIN_MODEL_RESULT_H
#define SKILLGAIN_MODEL_RESULT_H

#include "skillgain/base/day.h"
#include "skillgain/base/json.h"
#include "skillgain/model/dimension.h"
#include "skillgain/model/facts.h"
#include "skillgain/model/iet.h"
#include "skillgain/model/nrs.h"
#include "skillgain/model/record.h"

#define SG_COUNT_NONE INT64_C(-1)   /* does not apply: blank */
#define SG_COUNT_MASKED INT64_C(-2) /* hidden by disclosure control: never 0 */

/* What may be published (disclosure.md): printed in every publication. */
typedef struct {
    int64_t minimum_cell;     /* T: smallest publishable group, not below 3 */
    int64_t minimum_outcome;  /* c: smallest publishable outcome side, not below 3 */
    int64_t minimum_interval; /* W: smallest width that a hidden count must keep */
} sg_disclosure_policy;

typedef enum { SG_ARM_ALL, SG_ARM_IET, SG_ARM_COMPARISON } sg_arm_subset;
const char *sg_arm_subset_text(sg_arm_subset subset); /* "all", "iet", "comparison" */

/* What a cell counts: participant-years, or those with an outcome. The last four part the outcome msg exactly:
 * N = COMMON_ONLY + BOTH + OTHER_ONLY + NO_GAIN of the same group. */
#define SG_MEASURE_LIST(ENTRY)                                                                               \
    ENTRY(N, "n")                                                                                            \
    ENTRY(X, "x")                                                                                            \
    ENTRY(COMMON_ONLY, "common_only")                                                                        \
    ENTRY(BOTH, "both")                                                                                      \
    ENTRY(OTHER_ONLY, "other_only")                                                                          \
    ENTRY(NO_GAIN, "none")

typedef enum {
#define SG_MEASURE_ENUM(name, text) SG_MEASURE_##name,
    SG_MEASURE_LIST(SG_MEASURE_ENUM)
#undef SG_MEASURE_ENUM
        SG_N_MEASURES
} sg_measure;
const char *sg_measure_text(sg_measure measure);

/* A registry cell (disclosure.md section 1). "" for college is the state; "all" for dimension and level is everyone. */
typedef struct {
    int program_year;
    const char *college;
    const char *variant; /* population: "landmark", "naive" */
    const char *outcome; /* "msg_common"; "" for SG_MEASURE_N */
    const char *dimension;
    const char *level;
    sg_arm_subset arm;
    sg_measure measure;
    int64_t count; /* or SG_COUNT_MASKED */
} sg_cell;

/* name in results.csv */
#define SG_ESTIMATE_STATUS_LIST(X)                                                                           \
    X(OK, "ok")                                                                                              \
    X(SMALL_SAMPLE, "small_sample")                                                                          \
    X(SUPPRESSED, "suppressed")                                                                              \
    X(NOT_ESTIMABLE, "not_estimable")                                                                        \
    X(GATED, "gated")

typedef enum {
#define SG_ESTIMATE_STATUS_ENUM(name, text) SG_ESTIMATE_##name,
    SG_ESTIMATE_STATUS_LIST(SG_ESTIMATE_STATUS_ENUM)
#undef SG_ESTIMATE_STATUS_ENUM
        SG_N_ESTIMATE_STATUSES
} sg_result_status;
const char *sg_result_status_text(sg_result_status status);

/* What may be said of a difference or gap, judged on its full figures, before an edition rounds them: higher or lower where the
 * interval leaves 0 out and the corrected p is at most 1 - confidence; within where the interval lies inside the equivalence
 * margin; else unclear. None: small samples, what is not estimable or hidden, and what is no difference. */
#define SG_JUDGEMENT_LIST(ENTRY)                                                                             \
    ENTRY(NONE, "")                                                                                          \
    ENTRY(HIGHER, "higher")                                                                                  \
    ENTRY(LOWER, "lower")                                                                                    \
    ENTRY(WITHIN, "within")                                                                                  \
    ENTRY(UNCLEAR, "unclear")

typedef enum {
#define SG_JUDGEMENT_ENUM(name, text) SG_JUDGED_##name,
    SG_JUDGEMENT_LIST(SG_JUDGEMENT_ENUM)
#undef SG_JUDGEMENT_ENUM
        SG_N_JUDGEMENTS
} sg_judgement;
const char *sg_judgement_text(sg_judgement judgement);

/* A row of results.csv (design.md section 7). Figures: NAN is blank. Counts: SG_COUNT_NONE is blank. Texts are never NULL. */
typedef struct {
    const char *id;
    int program_year;
    const char *college, *outcome, *dimension, *level, *subset, *variant, *estimand, *method, *reference,
        *covariates;
    double estimate, std_error, ci_low, ci_high, statistic, df, p_value, p_adjusted;
    int64_t n_iet, x_iet, n_comparison, x_comparison, n_level, x_level, n_reference, x_reference;
    sg_result_status status;
    sg_judgement judgement; /* not in results.csv */
    const char *note;
} sg_estimate;

typedef struct {
    sg_arena *arena; /* owns everything below */
    sg_facts facts;
    const sg_dimension *dimensions; /* those analysed, in the order of the configuration, with every level */
    size_t n_dimensions;
    sg_cell *
        cells; /* sorted by year, college, variant, outcome, dimension, level (order of sg_dimension), arm, measure */
    size_t n_cells;
    sg_estimate *estimates; /* sorted by id (bytes) */
    size_t n_estimates;
    const sg_iet_facts *iet; /* of drafts alone, NULL: not known; in no results.json, as the next */
    const sg_nrs
        *nrs; /* of drafts alone, NULL: not asked for; in no results.json, so that no edition can hold it */
} sg_results;

sg_results *sg_results_new(void); /* NULL: out of memory */
void sg_results_free(sg_results *results);
SG_DEFINE_CLEANUP(sg_results, sg_results, sg_results_free)

/* Judges every estimate anew from its figures and the facts' confidence and margin. */
void sg_results_judge(sg_results *results);

/* The cell, or NULL. college "" and dimension/level "all" as in sg_cell. */
const sg_cell *sg_results_cell(const sg_results *results, const sg_cell *key);
/* By id, or NULL. */
const sg_estimate *sg_results_estimate(const sg_results *results, const char *id);

/* PY[@college]/outcome/dimension=level|all/subset/estimand/method/variant[/ref=R], values percent-encoded; in the results' arena.
 * NULL: out of memory. */
const char *sg_result_id(sg_arena *arena, const sg_estimate *e);

/* One estimate as results.json has it. NULL: out of memory. A text that is NULL is absent. */
sg_json *sg_estimate_to_json(const sg_estimate *e);

/* results.json, both ways; a masked count is null with "suppressed": true beside it, a blank one is absent. */
sg_status sg_results_to_json(const sg_results *results, sg_json **out, sg_err *err) SG_MUST_CHECK;
sg_status sg_results_from_json(const sg_json *json, sg_results **out, sg_err *err) SG_MUST_CHECK;

#endif
