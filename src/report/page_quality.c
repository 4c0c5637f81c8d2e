/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What came in, what was refused and why, who fell out where: drafts only, since the counts of a night are not for release.
 */
#include <string.h>

#include "page.h"

#define N_OF(columns) (sizeof(columns) / sizeof *(columns))

static void add_count(const sg_page *page, sg_row *row, int64_t count)
{
    sg_row_add_raw(row, sg_print_count(page, count), sg_document_printf(page->doc, "%lld", (long long)count));
}

/* ---- deliveries ---- */

static bool adds_up(const sg_batch_counts *c)
{
    return c->read == c->stored + c->repeated + c->replaced + c->quarantined + c->dropped;
}

static void add_delivery(const sg_page *page, sg_table *table, const sg_delivery_facts *delivery)
{
    const sg_batch_counts *c = &delivery->counts;
    const int64_t counts[] = {c->read, c->stored, c->repeated, c->replaced, c->quarantined, c->dropped};
    sg_row *row = sg_table_row(page->doc, table);
    char cutoff[SG_DAY_TEXT];

    sg_row_add(row, sg_document_printf(page->doc, "%s", delivery->file_name), NULL);
    sg_row_add(row, sg_kind_text(delivery->kind), NULL);
    sg_row_add(row, sg_batch_state_text(delivery->state), NULL);
    sg_row_add(row, sg_document_printf(page->doc, "%s", sg_day_format(delivery->cutoff, cutoff)), NULL);
    for (size_t i = 0; i < N_OF(counts); i++)
        add_count(page, row, counts[i]);
    sg_row_add(row, adds_up(c) ? "yes" : "no", NULL);
}

static const char *deliveries_note(const sg_page *page)
{
    const char *note = sg_say_plain(page->doc, "quality/deliveries_note", SG_NO_VALUES);

    for (size_t i = 0; i < page->facts->n_deliveries; i++)
        if (page->facts->deliveries[i].state == SG_BATCH_HELD)
            return sg_document_printf(page->doc, "%s %s", note,
                                      sg_say_plain(page->doc, "quality/deliveries_held", SG_NO_VALUES));
    return note;
}

void sg_table_of_deliveries(const sg_page *page, const char *name)
{
    static const sg_column columns[] = {{"File", false},        {"Kind", false},     {"State", false},
                                        {"Complete to", false}, {"Rows read", true}, {"Stored", true},
                                        {"Repeats", true},      {"Replaced", true},  {"Refused", true},
                                        {"Dropped", true},      {"Adds up", false}};
    sg_table *table = sg_document_table(page->doc, name,
                                        sg_say_plain(page->doc, "quality/deliveries_caption", SG_NO_VALUES),
                                        columns, N_OF(columns));

    for (size_t i = 0; i < page->facts->n_deliveries; i++)
        add_delivery(page, table, &page->facts->deliveries[i]);
    if (table)
        table->note = deliveries_note(page);
}

/* What the applied deliveries changed in the store. */
static void tell_changes(const sg_page *page)
{
    static const sg_column columns[] = {{"File", false},     {"New", true},
                                        {"Changed", true},   {"Unchanged", true},
                                        {"Withdrawn", true}, {"Warnings and notices", true}};
    sg_table *table = sg_document_table(page->doc, "quality-changes",
                                        sg_say_plain(page->doc, "quality/changes_caption", SG_NO_VALUES),
                                        columns, N_OF(columns));

    for (size_t i = 0; i < page->facts->n_deliveries; i++) {
        const sg_batch_counts *c = &page->facts->deliveries[i].counts;
        const int64_t counts[] = {c->added, c->changed, c->unchanged, c->withdrawn, c->warnings};
        sg_row *row = sg_table_row(page->doc, table);

        sg_row_add(row, sg_document_printf(page->doc, "%s", page->facts->deliveries[i].file_name), NULL);
        for (size_t k = 0; k < N_OF(counts); k++)
            add_count(page, row, counts[k]);
    }
    if (table)
        table->note = sg_say_plain(page->doc, "quality/changes_note", SG_NO_VALUES);
}

static void tell_deliveries(const sg_page *page)
{
    sg_page_heading(page, 2, "quality/deliveries_heading", SG_NO_VALUES);
    if (!page->facts->n_deliveries) {
        sg_page_say(page, "quality/no_deliveries", SG_NO_VALUES);
        return;
    }
    sg_table_of_deliveries(page, "quality-deliveries");
    tell_changes(page);
    if (page->facts->n_accepted) {
        sg_page_heading(page, 3, "quality/accepted_heading", SG_NO_VALUES);
        sg_page_accepted(page, sg_document_block(page->doc, SG_BLOCK_LIST, NULL));
    }
}

/* ---- findings ---- */

static void add_finding(const sg_page *page, sg_table *table, const sg_finding_facts *finding)
{
    sg_row *row = sg_table_row(page->doc, table);

    sg_row_add(row, finding->rule->id, NULL);
    sg_row_add(row, sg_severity_text(finding->rule->severity), NULL);
    sg_row_add(row, finding->file_name, NULL);
    add_count(page, row, finding->n);
    sg_row_add(row,
               finding->detail && *finding->detail
                   ? sg_document_printf(page->doc, "%s (%s)", finding->rule->text, finding->detail)
                   : finding->rule->text,
               NULL);
    sg_row_add(row, sg_effect_text(finding->rule->effect), NULL);
    sg_row_add(row, finding->rule->fix, NULL);
}

static const char *count_findings(const sg_page *page, sg_severity severity)
{
    return sg_print_count(page, sg_n_findings(page, severity));
}

static void tell_findings(const sg_page *page)
{
    static const sg_column columns[] = {
        {"Rule", false},          {"Severity", false},      {"File", false},      {"Times", true},
        {"What is wrong", false}, {"What happened", false}, {"What to do", false}};
    sg_table *table;

    sg_page_heading(page, 2, "quality/findings_heading", SG_NO_VALUES);
    if (!page->facts->n_findings) {
        sg_page_say(page, "quality/no_findings", SG_NO_VALUES);
        return;
    }
    sg_page_say(page, "quality/findings", SG_NO_VALUES);
    sg_page_say(page, "quality/findings_counted",
                SG_VALUES({"errors", count_findings(page, SG_SEVERITY_ERROR), NULL},
                          {"warnings", count_findings(page, SG_SEVERITY_WARNING), NULL},
                          {"notices", count_findings(page, SG_SEVERITY_NOTICE), NULL}));
    table = sg_document_table(page->doc, "quality-findings",
                              sg_say_plain(page->doc, "quality/findings_caption", SG_NO_VALUES), columns,
                              N_OF(columns));
    for (size_t i = 0; i < page->facts->n_findings; i++)
        add_finding(page, table, &page->facts->findings[i]);
}

/* ---- sample flow ---- */

static void add_flow(const sg_page *page, sg_table *table, int year, const char *variant)
{
    bool any = false;

    for (size_t i = 0; i < page->facts->n_flow; i++) {
        const sg_flow_step *step = &page->facts->flow[i];
        sg_row *row;

        if (step->program_year != year || strcmp(step->variant, variant) != 0)
            continue;
        if (!any)
            sg_table_group(
                page->doc, table,
                sg_document_printf(page->doc, "%s, design %s", sg_print_year(page, year), variant));
        any = true;
        row = sg_table_row(page->doc, table);
        sg_row_add(row, step->text, NULL);
        add_count(page, row, step->n);
    }
}

/* Years and designs in the order in which the flow first names them. */
static bool is_first_of(const sg_page *page, size_t i)
{
    const sg_flow_step *steps = page->facts->flow;

    for (size_t k = 0; k < i; k++)
        if (steps[k].program_year == steps[i].program_year && !strcmp(steps[k].variant, steps[i].variant))
            return false;
    return true;
}

static void tell_flow(const sg_page *page)
{
    static const sg_column columns[] = {{"Step", false}, {"Participant-years", true}};
    sg_table *table;

    sg_page_heading(page, 2, "quality/flow_heading", SG_NO_VALUES);
    sg_page_say(page, "quality/flow", SG_NO_VALUES);
    table = sg_document_table(page->doc, "quality-flow",
                              sg_say_plain(page->doc, "quality/flow_caption", SG_NO_VALUES), columns,
                              N_OF(columns));
    for (size_t i = 0; i < page->facts->n_flow; i++)
        if (is_first_of(page, i))
            add_flow(page, table, page->facts->flow[i].program_year, page->facts->flow[i].variant);
}

/* ---- rules by program year ---- */

static const char *print_span(const sg_page *page, const sg_rule_facts *fact)
{
    if (fact->first && fact->last)
        return sg_document_printf(page->doc, "%s to %s", sg_print_year(page, fact->first),
                                  sg_print_year(page, fact->last));
    if (fact->first)
        return sg_document_printf(page->doc, "from %s", sg_print_year(page, fact->first));
    return fact->last ? sg_document_printf(page->doc, "to %s", sg_print_year(page, fact->last)) : "every one";
}

static void tell_rules(const sg_page *page)
{
    static const sg_column columns[] = {{"Rule", false},   {"What it sets", false},
                                        {"Value", false},  {"Program years", false},
                                        {"Source", false}, {"How sure", false}};
    sg_table *table;

    if (!page->facts->n_rules)
        return;
    sg_page_heading(page, 2, "quality/rules_heading", SG_NO_VALUES);
    sg_page_say(page, "quality/rules", SG_NO_VALUES);
    table = sg_document_table(page->doc, "quality-rules",
                              sg_say_plain(page->doc, "quality/rules_caption", SG_NO_VALUES), columns,
                              N_OF(columns));
    for (size_t i = 0; i < page->facts->n_rules; i++) {
        const sg_rule_facts *fact = &page->facts->rules[i];
        sg_row *row = sg_table_row(page->doc, table);

        sg_row_add(row, sg_yearly_id(fact->rule), NULL);
        sg_row_add(row, sg_yearly_text(fact->rule), NULL);
        sg_row_add(row, fact->value, NULL);
        sg_row_add(row, print_span(page, fact), NULL);
        sg_row_add(row, fact->source, NULL);
        sg_row_add(row, *fact->sure ? fact->sure : "own", NULL);
    }
}

static void tell_texts(const sg_page *page, const char *heading, const char *none, const char *const *texts,
                       size_t n)
{
    sg_block *list;

    sg_page_heading(page, 2, heading, SG_NO_VALUES);
    if (!n) {
        sg_page_say(page, none, SG_NO_VALUES);
        return;
    }
    list = sg_document_block(page->doc, SG_BLOCK_LIST, NULL);
    for (size_t i = 0; i < n; i++)
        sg_page_point(page, list, "quality/item", SG_VALUES({"text", texts[i], NULL}));
}

void sg_page_quality(sg_page *page)
{
    const sg_facts *facts = page->facts;

    page->doc->title = sg_say_plain(page->doc, "quality/title", SG_NO_VALUES);
    sg_page_lead(page, "quality/lead", SG_NO_VALUES);
    tell_deliveries(page);
    tell_findings(page);
    tell_flow(page);
    sg_page_tie_outs(page);
    tell_rules(page);
    tell_texts(page, "quality/gaps_heading", "quality/no_gaps", facts->gaps, facts->n_gaps);
    tell_texts(page, "quality/notes_heading", "quality/no_notes", facts->notes, facts->n_notes);
}
