/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "facts.h"

#include <math.h>
#include <string.h>

#include "skillgain/version.h"

/* ---- settings ---- */

static const char *list_gain_types(sg_arena *arena, unsigned types)
{
    const char *list = "";

    for (int64_t type = 1; list && type <= SG_GAIN_SKILLS_PROGRESSION; type++)
        if (types & (1U << type))
            list = sg_arena_printf(arena, "%s%s%s", list, *list ? ", " : "",
                                   sg_code_text(&sg_codes_gain_type, type));
    return list;
}

static const char *list_grades(sg_arena *arena, unsigned bits)
{
    static const struct {
        unsigned bit;
        sg_iet_grade grade;
    } grades[] = {{SG_GRADE_BIT_CONFIRMED, SG_GRADE_CONFIRMED},
                  {SG_GRADE_BIT_SUPPORTED, SG_GRADE_SUPPORTED},
                  {SG_GRADE_BIT_CLAIMED, SG_GRADE_CLAIMED}};
    const char *list = "";

    for (size_t i = 0; list && i < sizeof grades / sizeof *grades; i++)
        if (bits & grades[i].bit)
            list = sg_arena_printf(arena, "%s%s%s", list, *list ? ", " : "",
                                   sg_iet_grade_text(grades[i].grade));
    return list;
}

static const char *hours_note(const sg_cohort *cohort)
{
    if (cohort->hours_by_services)
        return "Contact hours are those of the days of service, where services were delivered; those of "
               "other "
               "enrollments were spread evenly over their days.";
    if (cohort->hours_taken_as_given)
        return "Without service records, contact hours were spread evenly over the days of each enrollment. "
               "An export "
               "had no hours at all: its enrollments were taken as participation from their first day.";
    return "Without service records, contact hours were spread evenly over the days of each enrollment.";
}

static sg_status copy_dimensions(const sg_cohort *cohort, sg_results *results, sg_err *err)
{
    sg_dimension *copy = sg_arena_alloc(results->arena, cohort->n_dimensions + 1, sizeof *copy);

    for (size_t d = 0; copy && d < cohort->n_dimensions; d++) {
        const sg_dimension *from = &cohort->dimensions[d];
        sg_level *levels = sg_arena_alloc(results->arena, from->n_levels, sizeof *levels);

        if (!levels)
            return sg_no_memory(err);
        copy[d] = (sg_dimension){.name = sg_arena_strdup(results->arena, from->name),
                                 .label = sg_arena_strdup(results->arena, from->label),
                                 .levels = levels,
                                 .n_levels = from->n_levels};
        for (size_t l = 0; l < from->n_levels; l++) {
            levels[l].name = sg_arena_strdup(results->arena, from->levels[l].name);
            levels[l].label = sg_arena_strdup(results->arena, from->levels[l].label);
            if (!levels[l].name || !levels[l].label)
                return sg_no_memory(err);
        }
        if (!copy[d].name || !copy[d].label)
            return sg_no_memory(err);
    }
    results->dimensions = copy;
    results->n_dimensions = cohort->n_dimensions;
    return copy ? SG_OK : sg_no_memory(err);
}

/* The most terms of one program year. */
static int most_terms(const sg_config *config)
{
    int most = 1, n = 0;

    for (size_t i = 0; i < config->cohort.n_terms; i++) {
        bool same = i > 0 &&
                    sg_program_year(config->cohort.terms[i]) == sg_program_year(config->cohort.terms[i - 1]);

        n = same ? n + 1 : 1;
        most = n > most ? n : most;
    }
    return most;
}

sg_status sg_facts_settings(const sg_cohort *cohort, const sg_config *config,
                            const sg_analysis_options *options, sg_results *results, sg_err *err)
{
    sg_facts *facts = &results->facts;
    sg_arena *arena = results->arena;
    const char *college = options->college ? options->college : "";
    sg_status status;

    facts->version = SG_VERSION;
    facts->agency = sg_arena_strdup(arena, config->agency);
    facts->contact = sg_arena_strdup(arena, config->contact);
    facts->as_of = cohort->as_of;
    facts->units_a_learner = sg_cohort_headline(cohort) == SG_DESIGN_TERM ? most_terms(config) : 1;
    facts->headline_variant = sg_design_text(sg_cohort_headline(cohort));
    facts->headline_outcome = sg_outcome_text(SG_OUTCOME_MSG_COMMON);
    facts->confidence = config->analysis.confidence;
    facts->equivalence_margin = config->analysis.equivalence_margin;
    facts->landmark_days = config->cohort.landmark_days;
    facts->entry_days = config->cohort.entry_days;
    facts->follow_up_days = config->cohort.follow_up_days;
    facts->gain_grace_days = config->cohort.gain_grace_days;
    facts->common_types = list_gain_types(arena, config->analysis.common_types);
    facts->iet_grades = list_grades(arena, config->cohort.iet);
    facts->reference = sg_arena_strdup(arena, sg_config_reference(config, ""));
    facts->hours_note = hours_note(cohort);
    facts->banner = sg_arena_strdup(arena, options->banner ? options->banner : "");
    facts->college = sg_arena_strdup(arena, college);
    facts->college_name = *college ? sg_arena_strdup(arena, sg_config_college_name(config, college)) : "";
    if (!facts->agency || !facts->contact || !facts->common_types || !facts->iet_grades ||
        !facts->reference || !facts->banner || !facts->college || !facts->college_name)
        return sg_no_memory(err);
    status = sg_plan_digest(config, facts->plan_sha256, err);
    return status == SG_OK ? copy_dimensions(cohort, results, err) : status;
}

/* ---- years and flow ---- */

static void add_flow(sg_facts *facts, const sg_year_count *count, const char *step, const char *text,
                     int64_t n)
{
    facts->flow[facts->n_flow++] = (sg_flow_step){.program_year = count->program_year,
                                                  .variant = sg_design_text(count->design),
                                                  .step = step,
                                                  .text = text,
                                                  .n = n};
}

static void add_year_flow(sg_facts *facts, const sg_year_count *count)
{
    if (count->design == SG_DESIGN_TERM)
        add_flow(facts, count, "at_term_starts", "participants at the terms' starts, a learner once a term",
                 count->units);
    else
        add_flow(facts, count, "participant_years", "participant-years", count->units);
    for (int state = 0; state < SG_N_COHORT_STATES; state++)
        if (state != SG_COHORT_IN && count->state[state])
            add_flow(facts, count, sg_cohort_state_id((sg_cohort_state)state),
                     sg_cohort_state_text((sg_cohort_state)state), count->state[state]);
    add_flow(facts, count, sg_cohort_state_id(SG_COHORT_IN), sg_cohort_state_text(SG_COHORT_IN),
             count->state[SG_COHORT_IN]);
    add_flow(facts, count, "iet", "of these IET learners", sg_arm_n(&count->total.iet));
    add_flow(facts, count, "comparison", "of these other learners", sg_arm_n(&count->total.comparison));
    add_flow(facts, count, "unknown", "of these with unknown IET status, in neither group",
             count->grade[SG_GRADE_UNKNOWN]);
    add_flow(facts, count, "other_grade",
             "of these with an IET grade that does not count here, in neither group",
             count->in_neither - count->grade[SG_GRADE_UNKNOWN]);
}

static void add_year(sg_facts *facts, const sg_year_count *headline, const sg_year_count *naive)
{
    sg_year_facts *year = &facts->years[facts->n_years++];
    int64_t in_headline = sg_arm_n(&headline->total.iet), ever = sg_arm_n(&naive->total.iet);

    *year = (sg_year_facts){.program_year = headline->program_year,
                            .closed = headline->closed,
                            .iet_headline = in_headline,
                            .iet_naive = ever,
                            .coverage = ever ? (double)in_headline / (double)ever : nan("")};
    if (headline->closed && in_headline && sg_arm_n(&headline->total.comparison))
        facts->headline_year = headline->program_year;
}

/* ---- what could not be done ---- */

static void add_gap(sg_facts *facts, const char *sentence)
{
    facts->gaps[facts->n_gaps++] = sentence;
}

enum { MAX_GAPS = 8 + SG_N_OUTCOMES, MAX_NOTES = 40 };

/* An outcome that was asked for, and what it lacks. */
static sg_status add_missing_outcome(const sg_cohort *cohort, sg_outcome outcome, sg_results *results,
                                     sg_err *err)
{
    const char *sentence;

    if (sg_outcome_is_told(cohort, outcome))
        return SG_OK;
    if (outcome == SG_OUTCOME_COMPLETED)
        sentence =
            "The outcome completed was not computed: no enrollment tells when its program was completed "
            "(field completion_date).";
    else
        sentence = sg_arena_printf(
            results->arena,
            "The outcome %s was not computed: it needs a delivery of the kind '%s', and there is none.",
            sg_outcome_text(outcome), sg_kind_text(sg_outcome_kind(outcome)));
    if (!sentence)
        return sg_no_memory(err);
    add_gap(&results->facts, sentence);
    return SG_OK;
}

static sg_status add_gaps(const sg_cohort *cohort, const sg_config *config, sg_results *results, sg_err *err)
{
    sg_facts *facts = &results->facts;
    sg_status status = SG_OK;
    sg_outcome outcome;

    for (size_t i = 0; status == SG_OK && i < config->analysis.n_outcomes; i++)
        if (sg_outcome_find(config->analysis.outcomes[i], &outcome))
            status = add_missing_outcome(cohort, outcome, results, err);
    if (!cohort->has_tests)
        add_gap(facts,
                "Gains by test are not split into tested and gained when tested: that needs a test export "
                "(kind test).");
    if (cohort->seen.programs == 0)
        add_gap(
            facts,
            "No IET claim was confirmed: that needs the register of approved IET programs (kind program).");
    if (cohort->seen.programs == 0)
        add_gap(facts,
                "Access is the IET share among the learners compared, not among those with an IET program "
                "within reach: that needs the register.");
    add_gap(facts,
            "Differences are not adjusted for who enters IET: this version has no adjusted estimates.");
    add_gap(facts,
            "Groups are told by one dimension at a time: this version has no intersections of dimensions.");
    return status;
}

static sg_status add_stale_colleges(const sg_cohort *cohort, sg_results *results, sg_err *err)
{
    for (size_t i = 0; i < cohort->n_stale && results->facts.n_notes < MAX_NOTES; i++) {
        const sg_stale_college *stale = &cohort->stale[i];
        char day[SG_DAY_TEXT];
        const char *sentence = sg_arena_printf(
            results->arena, "College '%s' was last delivered up to %s: see why it stopped.",
            cohort->colleges[stale->college], sg_day_format(stale->last_day, day));

        if (!sentence)
            return sg_no_memory(err);
        results->facts.notes[results->facts.n_notes++] = sentence;
    }
    return SG_OK;
}

/* "Enrollment rows without hours, ignored for ...: 12": the same words for one and for many. */
static sg_status add_note(sg_results *results, int64_t n, const char *text, sg_err *err)
{
    sg_str count = {0};
    const char *sentence;

    if (n == 0)
        return SG_OK;
    sg_str_add_count(&count, n);
    sentence = count.failed ? NULL : sg_arena_printf(results->arena, "%s: %s.", text, sg_str_text(&count));
    sg_str_release(&count);
    if (!sentence)
        return sg_no_memory(err);
    results->facts.notes[results->facts.n_notes++] = sentence;
    return SG_OK;
}

static sg_status add_notes(const sg_cohort *cohort, sg_results *results, sg_err *err)
{
    const struct {
        int64_t n;
        const char *text;
    } notes[] = {
        {cohort->seen.pops_under_hours, "Periods of participation under the hours of a participant"},
        {cohort->seen.pops_placed_by_tests,
         "Periods of participation that have their entering level in the federal tables from tests, since no "
         "enrollment gives one"},
        {cohort->seen.rows_without_hours,
         "Enrollment rows without hours, ignored for spans, IET flags and levels"},
        {cohort->seen.rows_after_cutoff, "Enrollment rows that begin after the cut-off, not counted"},
        {cohort->seen.gains_after_cutoff, "Gains dated after the cut-off, not counted"},
        {cohort->seen.gains_without_enrollment, "Gains of learners without any enrollment, not counted"},
        {cohort->seen.gains_outside_pop, "Gains outside every period of participation, not counted"},
        {cohort->seen.gains_not_open_to_learner,
         "Gains of types 3 to 5 of learners without IET or workplace literacy, not counted"},
        {cohort->seen.services_after_cutoff, "Services dated after the cut-off, not counted"},
        {cohort->seen.services_without_enrollment,
         "Services that belong to no enrollment (another college, section or time), not counted"},
        {cohort->seen.participant_years_of_stale_colleges,
         "Participant-years of colleges that stopped delivering before their follow-up was complete, left "
         "out"},
    };
    sg_status status = SG_OK;

    for (size_t i = 0; status == SG_OK && i < sizeof notes / sizeof *notes; i++)
        status = add_note(results, notes[i].n, notes[i].text, err);
    return status == SG_OK ? add_stale_colleges(cohort, results, err) : status;
}

sg_status sg_facts_counts(const sg_cohort *cohort, const sg_config *config, const sg_year_count *counts,
                          size_t n, sg_results *results, sg_err *err)
{
    sg_facts *facts = &results->facts;

    facts->years = sg_arena_alloc(results->arena, n / cohort->n_designs + 1, sizeof *facts->years);
    facts->flow = sg_arena_alloc(results->arena, n * (SG_N_COHORT_STATES + 5) + 1, sizeof *facts->flow);
    facts->gaps = sg_arena_alloc(results->arena, MAX_GAPS, sizeof *facts->gaps);
    facts->notes = sg_arena_alloc(results->arena, MAX_NOTES, sizeof *facts->notes);
    if (!facts->years || !facts->flow || !facts->gaps || !facts->notes)
        return sg_no_memory(err);
    for (size_t i = 0; i < n; i += cohort->n_designs) {
        add_year(facts, &counts[i + (size_t)sg_cohort_headline(cohort)], &counts[i + SG_DESIGN_NAIVE]);
        for (size_t design = 0; design < cohort->n_designs; design++)
            add_year_flow(facts, &counts[i + design]);
    }
    if (sg_rule_facts_make(config, results, err) != SG_OK || add_gaps(cohort, config, results, err) != SG_OK)
        return SG_NO_MEMORY;
    return add_notes(cohort, results, err);
}

/* ---- does the headline stand when the arms are those of each day? ---- */

static const sg_estimate *find_of_year(const sg_results *results, const sg_estimate *key)
{
    const char *id = sg_result_id(results->arena, key);

    return id ? sg_results_estimate(results, id) : NULL;
}

sg_status sg_facts_settle(sg_results *results, sg_err *err)
{
    sg_facts *facts = &results->facts;
    const char *varying = sg_arena_printf(results->arena, "%s,arm:time_varying", facts->headline_variant);
    sg_estimate key = {.program_year = facts->headline_year,
                       .college = facts->college,
                       .outcome = facts->headline_outcome,
                       .dimension = "all",
                       .level = "all",
                       .subset = "all",
                       .estimand = "risk_difference",
                       .method = "newcombe",
                       .variant = facts->headline_variant,
                       .reference = ""};
    const sg_estimate *fixed, *by_day;

    if (!varying)
        return sg_no_memory(err);
    fixed = find_of_year(results, &key);
    key.outcome = sg_outcome_text(SG_OUTCOME_TIME_TO_GAIN);
    key.estimand = "hazard_equality";
    key.method = "mantel_byar";
    key.variant = varying;
    by_day = find_of_year(results, &key);
    facts->headline_unsettled = fixed && by_day && fixed->estimate * log(by_day->estimate) < 0.0;
    return SG_OK;
}
