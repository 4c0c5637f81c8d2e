/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The brief: about four pages for a director and the public, and a technical annex. Its title is a finding only where the
 * comparison is whole; else it asks the question and says why.
 */
#include <math.h>

#include "page.h"

#define N_OF(array) (sizeof(array) / sizeof *(array))

/* ---- title ---- */

/* Why there is no finding in the title; NULL: there is one. */
static const char *reason_for_question(const sg_page *page, sg_says says)
{
    static const char *const reasons[SG_N_SAYS] = {[SG_SAYS_SMALL] = "brief/why_small",
                                                   [SG_SAYS_HIDDEN] = "brief/why_hidden",
                                                   [SG_SAYS_NOTHING] = "brief/why_nothing",
                                                   [SG_SAYS_ABSENT] = "brief/why_absent"};

    if (reasons[says])
        return reasons[says];
    return sg_page_covers(page) ? NULL : "brief/why_coverage";
}

static const char *make_title(const sg_page *page, const sg_estimate *d, sg_says says)
{
    static const char *const findings[SG_N_SAYS] = {[SG_SAYS_HIGHER] = "brief/title_higher",
                                                    [SG_SAYS_LOWER] = "brief/title_lower",
                                                    [SG_SAYS_UNCLEAR] = "brief/title_unclear"};
    const char *key = reason_for_question(page, says) ? "brief/title_question" : findings[says];

    return sg_say_plain(
        page->doc, key,
        SG_VALUES({"year", sg_print_year(page, page->year), NULL}, {"size", sg_print_size(page, d), NULL}));
}

/* ---- page 1 ---- */

static void tell_first_page(const sg_page *page, const char *reason)
{
    sg_block *list = sg_document_block(page->doc, SG_BLOCK_LIST, NULL);

    sg_page_answer(page, list);
    sg_page_point(page, list, "shared/may_differ", SG_NO_VALUES);
    if (reason)
        sg_page_say(page, reason, SG_NO_VALUES);
    sg_page_coverage(page);
    sg_page_evidence(page);
    sg_page_heading(page, 2, "brief/rates_heading", SG_NO_VALUES);
    sg_figure_of_rates(page, "brief-rates", "brief-years");
    sg_page_limits(page);
}

/* ---- page 2: who takes part ---- */

static void tell_access(const sg_page *page)
{
    size_t n;
    const sg_dimension **dimensions = sg_told_dimensions(page, &n);

    sg_page_heading(page, 2, "brief/access_heading", SG_NO_VALUES);
    sg_page_say(page, "brief/access", SG_VALUES({"year", sg_print_year(page, page->year), NULL}));
    sg_page_unreported(page);
    if (!n)
        return;
    if (n > 1 && (page->pages & SG_REPORT_EQUITY))
        sg_page_say(page, "brief/access_first", SG_NO_VALUES);
    sg_figure_of_access(page, dimensions[0], "brief-access", "brief-access");
    sg_table_of_access(page, dimensions, 1, "brief-access");
}

/* ---- page 3: outcomes ---- */

static void tell_outcomes(const sg_page *page)
{
    sg_page_heading(page, 2, "brief/outcomes_heading", SG_NO_VALUES);
    if (sg_n_years_shown(page) > 1)
        sg_page_say(page, "brief/outcomes", SG_NO_VALUES);
    else
        sg_page_say(page, "brief/outcomes_one", SG_VALUES({"year", sg_print_year(page, page->year), NULL}));
    sg_table_of_years(page, "brief-years", page->facts->headline_variant, "tables/years");
    sg_page_settled(page);
    sg_page_any_gain(page, "brief");
    sg_page_naive(page, "brief");
}

/* ---- page 4: equity, questions, next steps ---- */

static void tell_equity(const sg_page *page)
{
    size_t n;
    const sg_dimension **dimensions = sg_told_dimensions(page, &n);

    sg_page_heading(page, 2, "brief/equity_heading", SG_NO_VALUES);
    sg_page_verdicts(page);
    if (!n)
        return;
    sg_figure_of_gaps(page, dimensions[0], "brief-gaps", "brief-gaps");
    sg_table_of_gaps(page, dimensions[0], "brief-gaps");
    sg_page_say(page, "brief/closure", SG_NO_VALUES);
    sg_table_of_closure(page, dimensions, 1, "brief-difference-of-gaps");
}

static void tell_list(const sg_page *page, const char *heading, const char *const *keys, size_t n)
{
    sg_block *list;

    sg_page_heading(page, 2, heading, SG_NO_VALUES);
    list = sg_document_block(page->doc, SG_BLOCK_LIST, NULL);
    for (size_t i = 0; i < n; i++)
        sg_page_point(page, list, keys[i], SG_NO_VALUES);
}

static void tell_what_next(const sg_page *page)
{
    static const char *const questions[] = {"brief/question_access", "brief/question_testing",
                                            "brief/question_gaps", "brief/question_records"};
    static const char *const options[] = {"brief/option_records", "brief/option_access",
                                          "brief/option_groups", "brief/option_study"};

    tell_list(page, "brief/questions_heading", questions, N_OF(questions));
    tell_list(page, "brief/options_heading", options, N_OF(options));
}

/* ---- technical annex ---- */

static void tell_definitions(const sg_page *page)
{
    const char *participant = sg_lacks_hours(page) ? "annex/participant_without_hours" : "annex/participant";
    const char *const terms[][2] = {
        {"Participant", participant},           {"Period of participation", "annex/period"},
        {"Program year", "annex/year"},         {"IET", "annex/iet"},
        {"Other learners", "annex/other"},      {"Measurable skill gain", "annex/gain"},
        {"Like-for-like gain", "annex/common"}, {"Gap", "annex/gap"},
        {"Difference of gaps", "annex/closure"}};
    const sg_facts *facts = page->facts;
    sg_block *box;

    sg_page_heading(page, 3, "annex/definitions_heading", SG_NO_VALUES);
    box = sg_document_block(page->doc, SG_BLOCK_BOX,
                            sg_say_plain(page->doc, "annex/definitions_title", SG_NO_VALUES));
    for (size_t i = 0; i < N_OF(terms); i++)
        sg_page_term(page, box, terms[i][0], terms[i][1],
                     SG_VALUES({"hours", sg_document_printf(page->doc, "%d", facts->participant_hours), NULL},
                               {"gap_days", sg_document_printf(page->doc, "%d", facts->exit_gap_days), NULL},
                               {"counted", sg_print_counted(page), NULL},
                               {"types", sg_print_types(page), NULL},
                               {"grace", sg_document_printf(page->doc, "%d", facts->gain_grace_days), NULL},
                               {"reference", sg_print_reference(page, facts->reference), NULL}));
}

static void tell_methods(const sg_page *page)
{
    static const char *const methods[] = {"annex/method_rate",    "annex/method_difference",
                                          "annex/method_closure", "annex/method_test",
                                          "annex/method_many",    "annex/method_reading"};
    sg_block *list;

    sg_page_heading(page, 3, "annex/methods_heading", SG_NO_VALUES);
    list = sg_document_block(page->doc, SG_BLOCK_LIST, NULL);
    for (size_t i = 0; i < N_OF(methods); i++)
        sg_page_point(page, list, methods[i],
                      SG_VALUES({"level", page->level, NULL}, {"margin", sg_print_margin(page), NULL}));
    if (!page->is_draft)
        sg_page_point(page, list, "annex/method_shown", SG_NO_VALUES);
    if (*page->facts->hours_note)
        sg_page_point(page, list, "annex/method_hours", SG_VALUES({"note", page->facts->hours_note, NULL}));
}

static void tell_disclosure(const sg_page *page)
{
    const sg_disclosure_policy *policy = sg_publication_policy(page->publication);
    int64_t shown, hidden;

    sg_page_heading(page, 3, "annex/disclosure_heading", SG_NO_VALUES);
    sg_publication_counts(page->publication, &shown, &hidden);
    if (!policy) {
        sg_page_say(page, "annex/disclosure_draft", SG_NO_VALUES);
        return;
    }
    sg_page_say(page, "annex/disclosure_edition",
                SG_VALUES({"cell", sg_print_count(page, policy->minimum_cell), NULL},
                          {"outcome", sg_print_count(page, policy->minimum_outcome), NULL},
                          {"interval", sg_print_count(page, policy->minimum_interval), NULL},
                          {"shown", sg_print_count(page, shown), NULL},
                          {"hidden", sg_print_count(page, hidden), NULL}));
    sg_page_say(page, "annex/disclosure_files", SG_NO_VALUES);
    sg_page_say(page, "annex/disclosure_corrected", SG_NO_VALUES);
}

static void tell_reproduction(const sg_page *page)
{
    const sg_facts *facts = page->facts;
    char as_of[SG_DAY_TEXT];

    sg_page_heading(page, 3, "annex/again_heading", SG_NO_VALUES);
    sg_page_say(
        page, page->is_draft ? "annex/again_draft" : "annex/again_edition",
        SG_VALUES({"version", facts->version, NULL}, {"plan", facts->plan_sha256, NULL},
                  {"input", facts->input_sha256, NULL},
                  {"as_of", sg_document_printf(page->doc, "%s", sg_day_format(facts->as_of, as_of)), NULL}));
    if (*facts->contact)
        sg_page_say(page, "annex/contact", SG_VALUES({"contact", facts->contact, NULL}));
}

/* What this run could not do, for want of which export. */
static void tell_missing(const sg_page *page)
{
    sg_block *list;

    if (!page->facts->n_gaps)
        return;
    sg_page_heading(page, 3, "annex/missing_heading", SG_NO_VALUES);
    list = sg_document_block(page->doc, SG_BLOCK_LIST, NULL);
    for (size_t i = 0; i < page->facts->n_gaps; i++)
        sg_page_point(page, list, "annex/missing", SG_VALUES({"what", page->facts->gaps[i], NULL}));
}

void sg_page_brief(sg_page *page)
{
    sg_document *doc = page->doc;
    sg_place everyone = sg_place_headline(page, page->year);
    const sg_estimate *d;
    sg_says says;

    if (!page->year) {
        doc->title = sg_say_plain(doc, "brief/title_no_year", SG_NO_VALUES);
        sg_page_no_year(page);
        return;
    }
    d = sg_look_difference(page, &everyone);
    says = sg_says_of(d);
    doc->title = make_title(page, d, says);
    sg_page_lead(page, "brief/lead", SG_VALUES({"year", sg_print_year(page, page->year), NULL}));
    tell_first_page(page, reason_for_question(page, says));
    tell_access(page);
    tell_outcomes(page);
    tell_equity(page);
    tell_what_next(page);
    sg_page_heading(page, 2, "annex/heading", SG_NO_VALUES);
    tell_definitions(page);
    tell_methods(page);
    tell_disclosure(page);
    tell_missing(page);
    tell_reproduction(page);
    sg_page_marks(page);
}
