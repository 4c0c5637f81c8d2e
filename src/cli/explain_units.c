/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "explain_parts.h"

void sg_explain_rule(sg_explain_page *page, sg_counting rule)
{
    page->spoken[rule] = true;
    sg_str_printf(page->out, " [%s]", sg_counting_rule_of(rule)->id);
}

void sg_explain_day(sg_explain_page *page, sg_day day, const char *otherwise)
{
    char text[SG_DAY_TEXT];

    sg_str_add(page->out, day == SG_DAY_NONE ? otherwise : sg_day_format(day, text));
}

static void add_days(sg_explain_page *page, sg_day first, sg_day last)
{
    sg_explain_day(page, first, "");
    sg_str_add(page->out, " to ");
    sg_explain_day(page, last, "");
}

void sg_explain_unit_name(sg_explain_page *page, const sg_explained_unit *unit)
{
    sg_str_printf(page->out, "%d-%02d %s", unit->program_year, (unit->program_year + 1) % 100,
                  sg_design_text(unit->design));
    if (unit->term != SG_DAY_NONE) {
        sg_str_add_char(page->out, ' ');
        sg_explain_day(page, unit->term, "");
    }
}

/* ---- the state ---- */

sg_counting sg_explain_rule_of(const sg_explained_unit *unit)
{
    if (unit->state == SG_COHORT_OPEN_YEAR)
        return SG_COUNTING_YEAR;
    if (unit->state == SG_COHORT_EXIT_REASON)
        return SG_COUNTING_EXIT;
    if (unit->state == SG_COHORT_IN || unit->design == SG_DESIGN_NAIVE)
        return SG_COUNTING_CELL;
    return unit->design == SG_DESIGN_TERM ? SG_COUNTING_TERM : SG_COUNTING_LANDMARK;
}

/* The days on which the state rests. */
static void add_why(sg_explain_page *page, const sg_explained_unit *unit, const sg_explained_pop *pop)
{
    sg_str_add(page->out, ": ");
    switch (unit->state) {
    case SG_COHORT_OPEN_YEAR:
        sg_str_add(page->out, "it ends ");
        sg_explain_day(page, sg_program_year_last(unit->program_year), "");
        break;
    case SG_COHORT_EXIT_REASON:
        sg_str_printf(page->out, "exit reason %s on ", pop->exit_reason ? pop->exit_reason : "");
        sg_explain_day(page, pop->last, "");
        break;
    case SG_COHORT_LEFT_EARLY:
    case SG_COHORT_LEFT_ENTRY:
        sg_str_add(page->out, "last day ");
        sg_explain_day(page, pop->last, "");
        sg_str_add(page->out, ", follow-up would begin after ");
        sg_explain_day(page, unit->time_zero, "");
        break;
    case SG_COHORT_INCOMPLETE:
        sg_str_add(page->out, "follow-up lasts to ");
        sg_explain_day(page, unit->window_last, "");
        sg_str_add(page->out,
                   unit->college_stopped ? ", the college is delivered up to " : ", what is known to ");
        sg_explain_day(page, unit->college_stopped ? unit->college_last_day : page->all->as_of, "");
        break;
    case SG_COHORT_NO_OFFER: sg_str_printf(page->out, "college %s", unit->college); break;
    case SG_COHORT_IET_BEFORE:
        sg_str_add(page->out, "before ");
        sg_explain_day(page, unit->term, "");
        break;
    case SG_COHORT_IN:
    case SG_COHORT_OTHER_YEAR:
    case SG_COHORT_GAINED_ENTRY:
    case SG_COHORT_GAINED_EARLY:
    case SG_N_COHORT_STATES:
        sg_str_add(page->out, "follow-up would begin after ");
        sg_explain_day(page, unit->time_zero, "");
    }
}

static void add_outcome(sg_explain_page *page, const sg_explained_unit *unit)
{
    sg_str_add(page->out, "; from ");
    add_days(page, unit->window_first, unit->window_last);
    sg_str_printf(page->out, ": %s", *unit->outcomes ? unit->outcomes : "no outcome that is a yes");
    if (unit->gain_days)
        sg_str_printf(page->out, " (first like-for-like gain on day %d)", unit->gain_days);
    if (unit->credential_days)
        sg_str_printf(page->out, " (first credential on day %d)", unit->credential_days);
}

static void add_changes(sg_explain_page *page, const sg_explained_unit *unit)
{
    static const char *const words[SG_N_CHANGED_ARMS] = {
        [SG_CHANGED_TO_IET] = "; in IET from ",
        [SG_CHANGED_TO_NEITHER] = "; in neither arm from ",
        [SG_CHANGED_TO_SEQUENTIAL] = "; in training behind adult education from "};

    for (int to = 0; to < SG_N_CHANGED_ARMS; to++)
        if (unit->changed[to] != SG_DAY_NONE) {
            sg_str_add(page->out, words[to]);
            sg_explain_day(page, unit->changed[to], "");
        }
}

static void add_unit(sg_explain_page *page, const sg_explained_unit *unit, const sg_explained_pop *pop)
{
    static const char *const arms[] = {[SG_ARM_NEITHER] = "neither arm",
                                       [SG_ARM_IS_IET] = "arm iet",
                                       [SG_ARM_IS_COMPARISON] = "arm comparison"};

    sg_str_add(page->out, "    ");
    sg_explain_unit_name(page, unit);
    if (unit->state == SG_COHORT_IN) {
        sg_str_printf(page->out, ": in, %s, IET grade %s", arms[unit->arm], sg_iet_grade_text(unit->grade));
        add_outcome(page, unit);
        add_changes(page, unit);
    } else {
        sg_str_printf(page->out, ": out, %s, %s", sg_cohort_state_id(unit->state),
                      sg_cohort_state_text(unit->state));
        add_why(page, unit, pop);
    }
    sg_explain_rule(page, sg_explain_rule_of(unit));
    sg_str_add_char(page->out, '\n');
}

/* ---- the answer ---- */

static bool is_counted(const sg_explained_unit *unit)
{
    return unit->state == SG_COHORT_IN && unit->arm != SG_ARM_NEITHER;
}

static size_t count_rows(const sg_explained_learner *learner, sg_kind kind, bool only_counted)
{
    size_t n = 0;

    for (size_t i = 0; i < learner->n_rows; i++)
        n += learner->rows[i].kind == kind && (!only_counted || learner->rows[i].pop > 0);
    return n;
}

static const sg_explained_pop *longest_pop(const sg_explained_learner *learner)
{
    const sg_explained_pop *longest = learner->pops;

    for (size_t i = 1; i < learner->n_pops; i++)
        if (learner->pops[i].hours > longest->hours)
            longest = &learner->pops[i];
    return longest;
}

/* Why there is no unit of the design at all. */
static void add_absence(sg_explain_page *page, const sg_explained_learner *learner)
{
    sg_str *out = page->out;
    size_t n = count_rows(learner, SG_KIND_ENROLLMENT, false);

    if (n == 0) {
        sg_str_add(out, "the store has no enrollment of the learner");
        sg_explain_rule(page, SG_COUNTING_ROWS);
    } else if (learner->n_pops == 0) {
        sg_str_printf(out, "none of the %zu enrollments counts", n);
        sg_explain_rule(page, SG_COUNTING_ROWS);
    } else if (learner->n_units == 0) {
        sg_str_printf(out, "%d hours are never reached (",
                      sg_config_yearly(page->config, SG_YEARLY_PARTICIPANT_HOURS,
                                       sg_program_year(longest_pop(learner)->first)));
        sg_str_add_exact(out, (double)longest_pop(learner)->hours / 1e9);
        sg_str_add(out, " in the longest period): a reportable individual, no participant");
        sg_explain_rule(page, SG_COUNTING_HOURS);
    } else {
        sg_str_add(out, "no participant on the first day of any term");
        sg_explain_rule(page, SG_COUNTING_TERM);
    }
}

static void add_answer(sg_explain_page *page, const sg_explained_learner *learner)
{
    size_t n_units = 0, n_counted = 0;

    for (size_t i = 0; i < learner->n_units; i++) {
        const sg_explained_unit *unit = &learner->units[i];

        if (unit->design != page->all->headline)
            continue;
        n_units++;
        if (!is_counted(unit))
            continue;
        sg_str_printf(page->out, "%s%d-%02d, arm %s",
                      n_counted++ ? "; " : "in the headline tables: ", unit->program_year,
                      (unit->program_year + 1) % 100, unit->arm == SG_ARM_IS_IET ? "iet" : "comparison");
    }
    if (n_counted == 0)
        sg_str_printf(page->out, "not in the headline tables (%s)%s", sg_design_text(page->all->headline),
                      n_units ? ", because:" : ": ");
    if (n_units == 0)
        add_absence(page, learner);
    sg_str_add_char(page->out, '\n');
}

static void add_design(sg_explain_page *page, const sg_explained_learner *learner, sg_design design)
{
    for (size_t i = 0; i < learner->n_units; i++)
        if (learner->units[i].design == design)
            add_unit(page, &learner->units[i], &learner->pops[learner->units[i].pop - 1]);
}

void sg_explain_units(sg_explain_page *page, const sg_explained_learner *learner)
{
    add_answer(page, learner);
    add_design(page, learner, page->all->headline);
    for (sg_design design = 0; design < SG_N_DESIGNS; design++)
        if (design != page->all->headline)
            add_design(page, learner, design);
}

/* ---- what it rests on: IET of every unit, groups of those that are in ---- */

static void add_components(sg_explain_page *page, const sg_iet_evidence *e)
{
    static const char *const names[SG_IET_COMPONENTS] = {"adult education", "workforce preparation",
                                                         "workforce training"};

    for (size_t c = 0; c < SG_IET_COMPONENTS; c++) {
        if (e->first[c] == SG_DAY_NONE)
            continue;
        sg_str_printf(page->out, "; %s ", names[c]);
        add_days(page, e->first[c], e->last[c]);
    }
}

static void add_overlap(sg_explain_page *page, const sg_iet_evidence *e)
{
    static const char *const texts[] = {
        [SG_REGISTERED_NOWHERE] = "there is no register",
        [SG_REGISTERED_NO_PROGRAM] = "no row names a program, so that the register can't confirm it",
        [SG_REGISTERED_UNKNOWN] = "the register does not have it at the college",
        [SG_REGISTERED_NOT_APPROVED] = "by the register it is not approved on the day the enrollment starts",
        [SG_REGISTERED_NOT_RUNNING] = "by the register it does not run on any day of the enrollment",
        [SG_REGISTERED] = "the register confirms it",
    };

    if (e->overlap == SG_DAY_NONE) {
        sg_str_add(page->out, "; no day with all three components of one program");
        return;
    }
    sg_str_add(page->out, "; all three from ");
    sg_explain_day(page, e->overlap, "");
    sg_str_printf(page->out, "%s%s, %s", e->program ? " in program " : "", e->program ? e->program : "",
                  texts[e->registered]);
}

static void add_iet(sg_explain_page *page, const sg_explained_unit *unit)
{
    const sg_iet_evidence *e = &unit->evidence;

    sg_str_add(page->out, "    ");
    sg_explain_unit_name(page, unit);
    sg_str_printf(page->out, ": IET grade %s by the rows from ", sg_iet_grade_text(unit->grade));
    add_days(page, unit->evidence_first, unit->evidence_last);
    sg_str_printf(page->out, ": flags%s%s%s%s", e->claims ? " yes" : "", e->denies ? " no" : "",
                  e->is_silent ? " blank" : "", e->claims || e->denies || e->is_silent ? "" : " none");
    add_components(page, e);
    add_overlap(page, e);
    if (unit->grade == SG_GRADE_UNKNOWN && e->grade != SG_GRADE_UNKNOWN)
        sg_str_add(page->out, "; whether the learner was in IET before the term is unknown");
    sg_explain_rule(page, SG_COUNTING_ARM);
    sg_str_add_char(page->out, '\n');
}

static void add_groups(sg_explain_page *page, const sg_explained_unit *unit)
{
    static const char *const reaches[] = {
        [SG_REACH_UNKNOWN] = "not known", [SG_REACH_NONE] = "none", [SG_REACH_WITHIN] = "one or more"};

    sg_str_add(page->out, "      groups on ");
    sg_explain_day(page, unit->time_zero, "");
    sg_str_printf(page->out, ": %s", unit->levels);
    if (unit->entering_row != SG_DAY_NONE) {
        sg_str_add(page->out, "; entering level by the enrollment of ");
        sg_explain_day(page, unit->entering_row, "");
    }
    sg_explain_rule(page, SG_COUNTING_LEVEL);
    if (unit->entering_test != SG_DAY_NONE) {
        sg_str_add(page->out, "; entering level by the test of ");
        sg_explain_day(page, unit->entering_test, "");
        sg_explain_rule(page, SG_COUNTING_PLACEMENT);
    }
    sg_str_printf(page->out, "; IET programs within reach at college %s: %s", unit->college,
                  reaches[unit->reach]);
    sg_explain_rule(page, SG_COUNTING_REACH);
    sg_str_add_char(page->out, '\n');
}

void sg_explain_evidence(sg_explain_page *page, const sg_explained_learner *learner)
{
    if (learner->n_units)
        sg_str_add(page->out, "  IET and groups\n");
    for (size_t i = 0; i < learner->n_units; i++) {
        add_iet(page, &learner->units[i]);
        if (learner->units[i].state == SG_COHORT_IN)
            add_groups(page, &learner->units[i]);
    }
}
