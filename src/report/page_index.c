/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The morning page: safe to use or not and why, what arrived, the headlines, what to do.
 */
#include <math.h>
#include <string.h>

#include "page.h"

enum { MAX_TASKS = 5 };

/* ---- safe to use? ---- */

static int64_t deliveries_in(const sg_page *page, sg_batch_state state)
{
    int64_t n = 0;

    for (size_t i = 0; i < page->facts->n_deliveries; i++)
        n += page->facts->deliveries[i].state == state;
    return n;
}

static int64_t broken_tie_outs(const sg_page *page)
{
    return page->results->nrs ? (int64_t)sg_nrs_broken(page->results->nrs) : 0;
}

static bool needs_care(const sg_page *page)
{
    return *page->facts->banner || !page->year || broken_tie_outs(page) || page->facts->n_accepted ||
           deliveries_in(page, SG_BATCH_HELD) || deliveries_in(page, SG_BATCH_REFUSED);
}

static void tell_counted(const sg_page *page, sg_block *note, const char *one, const char *many, int64_t n)
{
    if (n)
        sg_page_point(page, note, n == 1 ? one : many, SG_VALUES({"n", sg_print_count(page, n), NULL}));
}

static void tell_safety(const sg_page *page)
{
    const char *key = !page->is_draft    ? "index/safe_edition"
                      : needs_care(page) ? "index/safe_care"
                                         : "index/safe_yes";
    sg_block *note = sg_document_block(page->doc, SG_BLOCK_NOTE, sg_say_plain(page->doc, key, SG_NO_VALUES));

    if (*page->facts->banner)
        sg_page_point(page, note, "index/banner", SG_VALUES({"banner", page->facts->banner, NULL}));
    if (!page->year)
        sg_page_why_no_year(page, note);
    if (!page->is_draft) {
        sg_page_point(page, note, "index/audited",
                      SG_VALUES({"name", sg_publication_name(page->publication), NULL}));
        sg_page_accepted(page, note);
        return;
    }
    tell_counted(page, note, "index/ties_one", "index/ties", broken_tie_outs(page));
    tell_counted(page, note, "index/held_one", "index/held", deliveries_in(page, SG_BATCH_HELD));
    tell_counted(page, note, "index/refused_one", "index/refused", deliveries_in(page, SG_BATCH_REFUSED));
    sg_page_accepted(page, note);
    tell_counted(page, note, "index/errors_one", "index/errors", sg_n_findings(page, SG_SEVERITY_ERROR));
    tell_counted(page, note, "index/warnings_one", "index/warnings",
                 sg_n_findings(page, SG_SEVERITY_WARNING));
    sg_page_point(page, note, "index/restricted", SG_NO_VALUES);
}

/* ---- headlines ---- */

static void add_card(const sg_page *page, sg_block *cards, const char *label, const sg_estimate *now,
                     const sg_estimate *before, bool points)
{
    sg_item *card = sg_block_item(page->doc, cards, label);
    const char *(*print)(const sg_page *, const sg_estimate *) = points ? sg_print_points : sg_print_rate;
    const char *(*interval)(const sg_page *, const sg_estimate *) = points ? sg_print_points_interval
                                                                           : sg_print_rate_interval;

    if (!card)
        return;
    sg_spans_add(page->doc, &card->text, (sg_span){.text = print(page, now), .result = now ? now->id : NULL});
    sg_say(page->doc, &card->more, points ? "index/card_points" : "index/card_rate",
           SG_VALUES({"level", page->level, NULL}, {"interval", interval(page, now), now ? now->id : NULL}));
    if (page->year_before && before)
        sg_say(page->doc, &card->more, "index/card_before",
               SG_VALUES({"year", sg_print_year(page, page->year_before), NULL},
                         {"value", print(page, before), before->id},
                         {"interval", interval(page, before), before->id}));
}

static void tell_headlines(const sg_page *page)
{
    sg_place now = sg_place_headline(page, page->year), before = sg_place_headline(page, page->year_before);
    sg_block *cards, *list;

    if (!page->year)
        return;
    sg_page_heading(page, 2, "index/headlines_heading",
                    SG_VALUES({"year", sg_print_year(page, page->year), NULL}));
    cards = sg_document_block(page->doc, SG_BLOCK_CARDS, NULL);
    add_card(page, cards, "IET learners with a like-for-like gain", sg_look_rate(page, &now, "iet"),
             sg_look_rate(page, &before, "iet"), false);
    add_card(page, cards, "Other learners with a like-for-like gain", sg_look_rate(page, &now, "comparison"),
             sg_look_rate(page, &before, "comparison"), false);
    add_card(page, cards, "Difference, percentage points", sg_look_difference(page, &now),
             sg_look_difference(page, &before), true);
    list = sg_document_block(page->doc, SG_BLOCK_LIST, NULL);
    sg_page_answer(page, list);
    sg_page_point(page, list, "shared/may_differ", SG_NO_VALUES);
    sg_page_coverage(page);
}

/* ---- what to do ---- */

typedef struct {
    const sg_page *page;
    sg_block *list;
    int n;
} tasks;

static void add_task(tasks *t, const char *key, const sg_value *values)
{
    if (t->n < MAX_TASKS) {
        sg_page_point(t->page, t->list, key, values);
        t->n++;
    }
}

static void add_delivery_tasks(tasks *t, sg_batch_state state, const char *key)
{
    for (size_t i = 0; i < t->page->facts->n_deliveries; i++)
        if (t->page->facts->deliveries[i].state == state)
            add_task(t, key, SG_VALUES({"file", t->page->facts->deliveries[i].file_name, NULL}));
}

/* Is a before b: errors first, then what happened most often; equal ones keep their order. */
static bool is_worse(const sg_finding_facts *a, const sg_finding_facts *b)
{
    return a->rule->severity != b->rule->severity ? a->rule->severity < b->rule->severity : a->n > b->n;
}

static const char *times_of(const sg_page *page, int64_t n)
{
    return n == 1 ? "once" : sg_document_printf(page->doc, "%s times", sg_print_count(page, n));
}

/* The catalogue's texts begin with a small letter. */
static const char *as_sentence(const sg_page *page, const char *text)
{
    bool is_small = *text >= 'a' && *text <= 'z';

    return is_small ? sg_document_printf(page->doc, "%c%s", *text - 'a' + 'A', text + 1) : text;
}

static void add_finding_tasks(tasks *t)
{
    const sg_facts *facts = t->page->facts;
    const sg_finding_facts *last = NULL;

    for (int round = 0; round < MAX_TASKS; round++) {
        const sg_finding_facts *worst = NULL;

        for (const sg_finding_facts *f = facts->findings; f < facts->findings + facts->n_findings; f++) {
            bool done = last && (is_worse(f, last) || (!is_worse(last, f) && f <= last));

            if (!done && f->rule->severity != SG_SEVERITY_NOTICE && (!worst || is_worse(f, worst)))
                worst = f;
        }
        if (!worst)
            return;
        add_task(t, "index/task_finding",
                 SG_VALUES({"rule", worst->rule->id, NULL}, {"file", worst->file_name, NULL},
                           {"what", worst->rule->text, NULL},
                           {"fix", as_sentence(t->page, worst->rule->fix), NULL},
                           {"times", times_of(t->page, worst->n), NULL}));
        last = worst;
    }
}

static void tell_tasks(const sg_page *page)
{
    tasks t = {.page = page};

    if (!page->is_draft)
        return;
    sg_page_heading(page, 2, "index/tasks_heading", SG_NO_VALUES);
    t.list = sg_document_block(page->doc, SG_BLOCK_LIST, NULL);
    add_delivery_tasks(&t, SG_BATCH_HELD, "index/task_held");
    add_delivery_tasks(&t, SG_BATCH_REFUSED, "index/task_refused");
    add_finding_tasks(&t);
    for (size_t i = 0; i < page->facts->n_gaps; i++)
        add_task(&t, "index/task_gap", SG_VALUES({"what", page->facts->gaps[i], NULL}));
    if (!t.n)
        add_task(&t, "index/task_none", SG_NO_VALUES);
}

/* ---- the page ---- */

static void tell_arrivals(const sg_page *page)
{
    if (!page->is_draft)
        return;
    sg_page_heading(page, 2, "index/arrivals_heading", SG_NO_VALUES);
    if (page->facts->n_deliveries)
        sg_table_of_deliveries(page, "deliveries");
    else
        sg_page_say(page, "quality/no_deliveries", SG_NO_VALUES);
}

/* The other pages and the data, as far as this output has them. */
static void tell_files(const sg_page *page)
{
    sg_block *list;

    sg_page_heading(page, 2, "index/files_heading", SG_NO_VALUES);
    list = sg_document_block(page->doc, SG_BLOCK_LIST, NULL);
    for (size_t i = 0; i < sg_n_files_told; i++) {
        const sg_file_told *file = &sg_files_told[i];
        sg_item *item;

        if (!sg_has_file(page, file))
            continue;
        item = sg_block_item(page->doc, list, NULL);
        if (!item)
            return;
        sg_spans_add(page->doc, &item->text, (sg_span){.text = file->name, .href = file->name});
        sg_spans_text(page->doc, &item->text, ": ");
        sg_say(page->doc, &item->text, file->key, SG_NO_VALUES);
    }
}

void sg_page_index(sg_page *page)
{
    page->doc->title = sg_say_plain(page->doc, page->is_draft ? "index/title" : "index/title_edition",
                                    SG_VALUES({"name", sg_publication_name(page->publication), NULL}));
    tell_safety(page);
    tell_headlines(page);
    tell_arrivals(page);
    tell_tasks(page);
    tell_files(page);
    sg_page_marks(page);
}
