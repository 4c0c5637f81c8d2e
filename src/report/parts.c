/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "page.h"

static const double least_coverage = 0.70; /* below it no finding stands in a title (design.md section 3) */

/* ---- single blocks ---- */

void sg_page_heading(const sg_page *page, int level, const char *key, const sg_value *values)
{
    sg_document_heading(page->doc, level, sg_say_plain(page->doc, key, values));
}

static void say_in(const sg_page *page, sg_block *block, const char *term, const char *key,
                   const sg_value *values)
{
    sg_item *item = sg_block_item(page->doc, block, term);

    if (item)
        sg_say(page->doc, &item->text, key, values);
}

void sg_page_say(const sg_page *page, const char *key, const sg_value *values)
{
    say_in(page, sg_document_block(page->doc, SG_BLOCK_PARAGRAPH, NULL), NULL, key, values);
}

void sg_page_lead(const sg_page *page, const char *key, const sg_value *values)
{
    say_in(page, sg_document_block(page->doc, SG_BLOCK_LEAD, NULL), NULL, key, values);
}

void sg_page_point(const sg_page *page, sg_block *list, const char *key, const sg_value *values)
{
    say_in(page, list, NULL, key, values);
}

void sg_page_term(const sg_page *page, sg_block *box, const char *term, const char *key,
                  const sg_value *values)
{
    say_in(page, box, term, key, values);
}

void sg_page_note(const sg_page *page, const char *title_key, const char *key, const sg_value *values)
{
    const char *title = sg_say_plain(page->doc, title_key, SG_NO_VALUES);

    say_in(page, sg_document_block(page->doc, SG_BLOCK_NOTE, title), NULL, key, values);
}

/* ---- what several pages say ---- */

bool sg_page_covers(const sg_page *page)
{
    const sg_year_facts *year = sg_look_year(page, page->year);

    return year && isfinite(year->coverage) && year->coverage >= least_coverage;
}

/* Editions hold the share in tens of per cent, downwards. */
static const char *coverage_key(const sg_page *page, double coverage)
{
    if (page->is_draft || coverage >= 1)
        return sg_page_covers(page) ? "shared/coverage" : "shared/coverage_low";
    return sg_page_covers(page) ? "shared/coverage_least" : "shared/coverage_least_low";
}

void sg_page_coverage(const sg_page *page)
{
    const sg_year_facts *year = sg_look_year(page, page->year);
    const char *name = sg_print_year(page, page->year);
    sg_item *item = sg_block_item(page->doc, sg_document_block(page->doc, SG_BLOCK_PARAGRAPH, NULL), NULL);

    if (!item)
        return;
    if (!year || !isfinite(year->coverage)) {
        sg_say(page->doc, &item->text, "shared/coverage_unknown", SG_VALUES({"year", name, NULL}));
        return;
    }
    sg_say(page->doc, &item->text, coverage_key(page, year->coverage),
           SG_VALUES({"year", name, NULL}, {"coverage", sg_print_percent(page, year->coverage, 0), NULL},
                     {"least", sg_print_percent(page, least_coverage, 0), NULL}));
    if (year->coverage < 1)
        sg_say(page->doc, &item->text, "shared/coverage_others", SG_NO_VALUES);
}

const char *sg_say_accepted(const sg_page *page, const sg_accepted_facts *accepted)
{
    char day[SG_DAY_TEXT];
    const char *on = sg_document_printf(page->doc, "%s", sg_day_format(accepted->day, day));

    if (!page->is_draft)
        return sg_say_plain(page->doc, "shared/accepted_edition",
                            SG_VALUES({"kind", sg_kind_text(accepted->kind), NULL}, {"day", on, NULL}));
    return sg_say_plain(
        page->doc, "shared/accepted",
        SG_VALUES({"kind", sg_kind_text(accepted->kind), NULL}, {"day", on, NULL},
                  {"file", accepted->file, NULL},
                  {"batch", sg_document_printf(page->doc, "%lld", (long long)accepted->batch), NULL},
                  {"held", sg_document_printf(page->doc, "%lld", (long long)accepted->held), NULL},
                  {"reason", accepted->reason, NULL}));
}

void sg_page_accepted(const sg_page *page, sg_block *list)
{
    for (size_t i = 0; i < page->facts->n_accepted; i++)
        sg_page_point(page, list, "quality/item",
                      SG_VALUES({"text", sg_say_accepted(page, &page->facts->accepted[i]), NULL}));
}

void sg_page_limits(const sg_page *page)
{
    sg_block *note = sg_document_block(page->doc, SG_BLOCK_NOTE,
                                       sg_say_plain(page->doc, "shared/limits_title", SG_NO_VALUES));

    sg_page_point(page, note, "shared/limits_observational", SG_NO_VALUES);
    sg_page_point(
        page, note, "shared/limits_short",
        SG_VALUES({"days", sg_document_printf(page->doc, "%d", page->facts->follow_up_days), NULL}));
    sg_page_accepted(page, note);
}

const sg_mark_told sg_marks_told[] = {{"0", "shared/mark_zero"},
                                      {"*", "shared/mark_masked"},
                                      {"not estimable", "shared/mark_not_estimable"},
                                      {"not collected", "shared/mark_not_collected"},
                                      {"too few to say", "shared/mark_small"}};
const size_t sg_n_marks_told = sizeof sg_marks_told / sizeof *sg_marks_told;

void sg_page_marks(const sg_page *page)
{
    sg_block *box = sg_document_block(page->doc, SG_BLOCK_BOX,
                                      sg_say_plain(page->doc, "shared/marks_title", SG_NO_VALUES));

    for (size_t i = 0; i < sg_n_marks_told; i++)
        sg_page_term(page, box, sg_marks_told[i].mark, sg_marks_told[i].key, SG_NO_VALUES);
}

/* ---- the evidence box ---- */

static void tell_design(const sg_page *page, sg_block *box)
{
    const sg_facts *facts = page->facts;

    sg_page_term(page, box, "Design",
                 sg_document_printf(page->doc, "shared/design_%s", facts->headline_variant),
                 SG_VALUES({"hours", sg_document_printf(page->doc, "%d", facts->participant_hours), NULL},
                           {"landmark_days", sg_document_printf(page->doc, "%d", facts->landmark_days), NULL},
                           {"entry_days", sg_document_printf(page->doc, "%d", facts->entry_days), NULL}));
    if (sg_lacks_hours(page))
        sg_page_term(page, box, "Hours", "shared/hours", SG_VALUES({"note", facts->hours_note, NULL}));
    sg_page_term(page, box, "Followed for", "shared/horizon",
                 SG_VALUES({"days", sg_document_printf(page->doc, "%d", facts->follow_up_days), NULL}));
}

void sg_page_evidence(const sg_page *page)
{
    sg_block *box = sg_document_block(page->doc, SG_BLOCK_BOX,
                                      sg_say_plain(page->doc, "shared/evidence_title", SG_NO_VALUES));
    sg_place everyone = sg_place_headline(page, page->year);

    tell_design(page, box);
    sg_page_term(
        page, box, "Who", "shared/population",
        SG_VALUES(
            {"year", sg_print_year(page, page->year), NULL},
            {"n_iet", sg_print_count(page, sg_look_count(page, &everyone, SG_ARM_IET, SG_MEASURE_N)), NULL},
            {"n_other", sg_print_count(page, sg_look_count(page, &everyone, SG_ARM_COMPARISON, SG_MEASURE_N)),
             NULL}));
    sg_page_term(page, box, "Outcome", "shared/outcome", SG_VALUES({"types", sg_print_types(page), NULL}));
    sg_page_term(page, box, "What counted as IET", "shared/counted",
                 SG_VALUES({"counted", sg_print_counted(page), NULL}));
    sg_page_term(page, box, "Confidence", "shared/confidence", SG_NO_VALUES);
}

/* ---- the comparison in a sentence ---- */

/* "< 0.001" or "= 0.031". */
static const char *p_in_sentence(const sg_page *page, const sg_estimate *e)
{
    const char *p = sg_print_p(page, e);

    if (!*p)
        return "not estimable";
    return *p == '<' ? p : sg_document_printf(page->doc, "= %s", p);
}

void sg_page_answer(const sg_page *page, sg_block *list)
{
    static const char *const keys[SG_N_SAYS] = {
        [SG_SAYS_HIGHER] = "shared/answer_higher",   [SG_SAYS_LOWER] = "shared/answer_lower",
        [SG_SAYS_UNCLEAR] = "shared/answer_unclear", [SG_SAYS_SMALL] = "shared/answer_small",
        [SG_SAYS_HIDDEN] = "shared/answer_hidden",   [SG_SAYS_NOTHING] = "shared/answer_nothing",
        [SG_SAYS_ABSENT] = "shared/answer_absent"};
    sg_place everyone = sg_place_headline(page, page->year);
    const sg_estimate *d = sg_look_difference(page, &everyone);
    const sg_estimate *iet = sg_look_rate(page, &everyone, "iet"),
                      *other = sg_look_rate(page, &everyone, "comparison");
    const char *id = d ? d->id : NULL, *id_iet = iet ? iet->id : NULL, *id_other = other ? other->id : NULL;

    sg_page_point(
        page, list, "shared/answer_rates",
        SG_VALUES(
            {"year", sg_print_year(page, page->year), NULL}, {"level", page->level, NULL},
            {"rate_iet", sg_print_rate(page, iet), id_iet},
            {"interval_iet", sg_print_rate_interval(page, iet), id_iet},
            {"n_iet", sg_print_count(page, sg_look_count(page, &everyone, SG_ARM_IET, SG_MEASURE_N)), id_iet},
            {"rate_other", sg_print_rate(page, other), id_other},
            {"interval_other", sg_print_rate_interval(page, other), id_other},
            {"n_other", sg_print_count(page, sg_look_count(page, &everyone, SG_ARM_COMPARISON, SG_MEASURE_N)),
             id_other}));
    sg_page_point(page, list, keys[sg_says_of(d)],
                  SG_VALUES({"level", page->level, NULL}, {"size", sg_print_size(page, d), id},
                            {"points", sg_print_points(page, d), id},
                            {"interval", sg_print_points_interval(page, d), id},
                            {"p", p_in_sentence(page, d), id}));
}
