/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Facts: what a report tells of a run apart from its numbers.
 */
#ifndef SKILLGAIN_MODEL_FACTS_H
#define SKILLGAIN_MODEL_FACTS_H

#include "skillgain/base/day.h"
#include "skillgain/model/record.h"
#include "skillgain/model/yearly.h"

/* A step of the sample flow of one program year and design: "out: left before the landmark". Drafts only. */
typedef struct {
    int program_year;
    const char *variant;
    const char *step; /* stable id: "participant_years", "left_before_landmark", "iet", ... */
    const char *text;
    int64_t n;
} sg_flow_step;

/* A participant-year of a program year, as far as reports tell of it. */
typedef struct {
    int program_year;
    bool closed;          /* its 30 June is not after the as-of date */
    int64_t iet_naive;    /* participant-years ever in arm iet in the year */
    int64_t iet_headline; /* of arm iet in the headline design */
    double coverage;      /* iet_headline / iet_naive; NAN where there are none */
} sg_year_facts;

typedef struct {
    sg_kind kind;
    char file_name[SG_NAME_MAX];
    sg_batch_state state;
    sg_day cutoff;
    sg_batch_counts counts;
} sg_delivery_facts;

/* A delivery in use that the checks held and a person took in all the same. In editions only its kind and day are told. */
typedef struct {
    sg_kind kind;
    sg_day day;                /* on which it was taken in */
    int64_t batch, held;       /* its own number, and that under which it was held; 0 in editions */
    const char *file, *reason; /* why it was held: what was overridden; "" in editions */
} sg_accepted_facts;

/* A line of the yearly rules (model/yearly.h) that is of a program year of the run, or the workspace's own value in their place. */
typedef struct {
    sg_yearly_rule rule;
    int first, last;           /* program years; 0: no bound */
    const char *value;         /* as reports have it */
    const char *source, *sure; /* sure "": the workspace's own */
} sg_rule_facts;

/* A rule and how often it spoke in the deliveries in use. */
typedef struct {
    const sg_rule *rule;
    const char *file_name;
    int64_t n;
    const char *detail; /* of findings of the file as a whole, in numbers; "": none */
} sg_finding_facts;

typedef struct {
    const char *version; /* of the program */
    const char *agency, *contact;
    sg_day as_of;
    int headline_year;   /* 0: no closed year */
    int units_a_learner; /* so often a learner may be in the headline's counts of a program year: once, or in as many terms as it has */
    const char *headline_variant, *headline_outcome;
    int headline_unsettled; /* 1: with arms that change within follow-up the headline year's difference points the other way (statistics.md 10.7) */
    double confidence, equivalence_margin;
    int participant_hours, exit_gap_days, landmark_days, entry_days, follow_up_days, gain_grace_days;
    const char *common_types; /* "efl_test, efl_hse_subtest, diploma" */
    const char *iet_grades;   /* grades that are arm iet */
    const char *reference;
    const char *hours_note; /* how hours were spread, said in the reports */
    const char *banner;     /* "" or why this output needs care (forced, stale) */
    const char *college;    /* "" = the state */
    const char *college_name;
    char plan_sha256[SG_SHA256_TEXT]; /* of what was to be compared, made before outcomes were joined */
    char input_sha256
        [SG_SHA256_TEXT]; /* of store content, configuration, as-of date and program version; "" in editions */
    sg_year_facts *years;
    size_t n_years;
    sg_flow_step *flow; /* n_flow = 0 in editions */
    size_t n_flow;
    sg_delivery_facts *deliveries;
    size_t n_deliveries;
    sg_accepted_facts *accepted;
    size_t n_accepted;
    sg_finding_facts *findings;
    size_t n_findings;
    sg_rule_facts *rules; /* in force in a program year of the run; n_rules = 0 in editions */
    size_t n_rules;
    const char **gaps; /* what this run could not do and for want of what, a sentence each */
    size_t n_gaps;
    const char **notes;
    size_t n_notes;
    /* dimensions whose groups are made of the groups of an earlier one: an edition hides them whole */
    const char **related;
    size_t n_related;
} sg_facts;

#endif
