/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fixture_facts.h"

#include <math.h>
#include <string.h>

#include "support/assert.h"

void sg_fixture_set_dimensions(const sg_fixture *fixture, sg_results *results)
{
    static const char *const names[] = {"sex", "race_ethnicity"};
    sg_dimension *dimensions = sg_arena_alloc(results->arena, 2, sizeof *dimensions);
    sg_level *levels = sg_arena_alloc(results->arena, SG_FIXTURE_SEXES, sizeof *levels);

    for (int d = 0; d < 2; d++)
        dimensions[d] = *sg_dimension_find(names[d]);
    assert_int_equal(dimensions[0].n_levels, SG_FIXTURE_SEXES);
    assert_int_equal(dimensions[1].n_levels, SG_FIXTURE_RACES);
    memcpy(levels, dimensions[0].levels, SG_FIXTURE_SEXES * sizeof *levels);
    if (fixture->level_label)
        levels[SG_FIXTURE_SEXES - 1].label = fixture->level_label;
    dimensions[0].levels = levels;
    results->dimensions = dimensions;
    results->n_dimensions = 2;
}

static void add_delivery(sg_facts *facts, const char *name, sg_kind kind, sg_batch_state state,
                         int64_t stored, int64_t quarantined)
{
    sg_delivery_facts *delivery = &facts->deliveries[facts->n_deliveries++];

    delivery->kind = kind;
    delivery->state = state;
    delivery->cutoff = facts->as_of;
    memcpy(delivery->file_name, name, strlen(name) + 1);
    delivery->counts = (sg_batch_counts){.read = stored + quarantined + 4,
                                         .stored = stored,
                                         .repeated = 3,
                                         .quarantined = quarantined,
                                         .dropped = 1,
                                         .warnings = 17,
                                         .added = stored / 9,
                                         .changed = 12,
                                         .unchanged = stored - stored / 9 - 12,
                                         .withdrawn = 2};
}

static bool severity_is_there(const sg_facts *facts, sg_severity severity)
{
    for (size_t i = 0; i < facts->n_findings; i++)
        if (facts->findings[i].rule->severity == severity)
            return true;
    return false;
}

static void set_deliveries(const sg_fixture *fixture, sg_results *results)
{
    static sg_accepted_facts accepted[] = {
        {SG_KIND_GAIN, 20000, 2, 1, "gain.csv", "18 of 6142 rows were refused, more than was allowed"}};
    sg_facts *facts = &results->facts;
    size_t n_rules;
    const sg_rule *rules = sg_rules(&n_rules);

    facts->deliveries = sg_arena_alloc(results->arena, 8, sizeof *facts->deliveries);
    add_delivery(facts, "enrollment.csv", SG_KIND_ENROLLMENT, SG_BATCH_APPLIED, 14210, 61);
    add_delivery(facts, "gain.csv", SG_KIND_GAIN, SG_BATCH_APPLIED, 6120, 18);
    for (int i = 0; i < fixture->troubled; i++) {
        add_delivery(facts, "enrollment-late.csv", SG_KIND_ENROLLMENT, SG_BATCH_HELD, 900, 210);
        add_delivery(facts, "gain-broken.csv", SG_KIND_GAIN, SG_BATCH_REFUSED, 0, 0);
        facts->accepted = accepted;
        facts->n_accepted = 1;
    }
    facts->findings = sg_arena_alloc(results->arena, n_rules, sizeof *facts->findings);
    for (size_t i = 0; i < n_rules; i++) {
        bool is_first = i == 0 || rules[i].severity != rules[i - 1].severity;

        if (fixture->troubled != 1)
            facts->findings[facts->n_findings++] = (sg_finding_facts){
                &rules[i], "enrollment.csv", (int64_t)(3 + i * 7 % 11),
                i % 5 == 0 ? "31 of 40 rows, 2 of 39 before" : ""};
        else if (is_first && !severity_is_there(facts, rules[i].severity))
            facts->findings[facts->n_findings++] = (sg_finding_facts){&rules[i], "enrollment.csv", 1, ""};
    }
}

/* At most 30 June of the years before the current one. */
static void set_years(const sg_fixture *fixture, sg_results *results)
{
    sg_facts *f = &results->facts;

    f->years = sg_arena_alloc(results->arena, (size_t)fixture->more_years + 3, sizeof *f->years);
    for (int year = SG_FIXTURE_YEAR - 1 - fixture->more_years; year <= SG_FIXTURE_YEAR; year++)
        f->years[f->n_years++] = (sg_year_facts){year, !fixture->no_year, 1590, 1240, fixture->coverage};
    f->years[f->n_years++] = (sg_year_facts){SG_FIXTURE_YEAR + 1, false, 400, 0, nan("")};
}

static void set_flow(const sg_fixture *fixture, sg_results *results)
{
    const struct {
        const char *step, *text;
        int64_t n;
    } steps[] = {{"participant_years", "participant-years", 7310},
                 {"left_before_landmark", "left before the landmark day", 1420},
                 {"iet", "in the comparison, arm IET", fixture->no_pair ? 0 : 1240},
                 {"comparison", "in the comparison, other learners", fixture->no_status ? 0 : 3600},
                 {"unknown", "of unknown IET status", fixture->no_status ? 3600 : 12}};
    sg_facts *facts = &results->facts;

    facts->flow = sg_arena_alloc(results->arena, 16, sizeof *facts->flow);
    for (int v = 0; v < 2; v++)
        for (size_t i = 0; i < sizeof steps / sizeof *steps; i++)
            facts->flow[facts->n_flow++] = (sg_flow_step){SG_FIXTURE_YEAR, v ? "naive" : "landmark",
                                                          steps[i].step, steps[i].text, steps[i].n};
}

void sg_fixture_set_facts(const sg_fixture *fixture, sg_results *results)
{
    static const char *gaps[] = {
        "post-test rates are not told, since no test export was delivered",
        "No IET claim was confirmed: that needs the register of approved IET programs."};
    static const char *notes[] = {
        "12 gains without an enrollment are stored and listed, and count for nobody"};
    static sg_rule_facts rules[] = {
        {SG_YEARLY_EXIT_GAP_DAYS, 0, 0, "60 days", "the workspace's key cohort.exit_gap_days", ""},
        {SG_YEARLY_LEVEL_TYPES, 0, 2021, "efl_test, efl_credit", "34 CFR 463.155", "V"},
        {SG_YEARLY_LEVEL_TYPES, 2022, 2022, "efl_test", "34 CFR 463.155", "K"},
        {SG_YEARLY_LEVEL_TYPES, 2023, 0, "efl_test, efl_hse_subtest", "joint performance guidance", "V"}};
    sg_facts *f = &results->facts;

    f->version = "0.1.0";
    f->agency = fixture->agency ? fixture->agency : "Example Technical College System (made-up data)";
    f->contact = "research@example.org";
    assert_true(sg_day_from_civil(2026, 1, 31, &f->as_of));
    f->headline_year = fixture->no_year || fixture->no_pair ? 0 : SG_FIXTURE_YEAR;
    f->headline_variant = fixture->variant ? fixture->variant : "landmark";
    f->headline_outcome = "msg_common";
    f->headline_unsettled = fixture->unsettled;
    f->confidence = 0.95;
    f->equivalence_margin = 0.05;
    f->participant_hours = 12;
    f->exit_gap_days = 90;
    f->landmark_days = 30;
    f->follow_up_days = 180;
    f->common_types = "efl_test, efl_hse_subtest, diploma";
    f->iet_grades = "confirmed, supported, claimed";
    f->reference = "all_others";
    f->hours_note = fixture->no_hours
                        ? "An export had no hours at all: enrollments were taken as participation."
                        : "Hours are spread evenly over each enrollment, since there are no service rows.";
    f->banner = fixture->troubled ? "the newest enrollment export is older than 36 hours" : "";
    f->college = f->college_name = "";
    memset(f->plan_sha256, 'a', SG_SHA256_TEXT - 1);
    memset(f->input_sha256, 'b', SG_SHA256_TEXT - 1);
    f->rules = rules;
    f->n_rules = sizeof rules / sizeof *rules;
    f->gaps = gaps;
    f->n_gaps = fixture->no_register ? 2 : 1;
    f->notes = notes;
    f->n_notes = 1;
    set_years(fixture, results);
    set_deliveries(fixture, results);
    set_flow(fixture, results);
}
