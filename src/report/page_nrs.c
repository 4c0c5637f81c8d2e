/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The federal tables: the federal rate and why it is not the headline, links to the tables, whether they tie out. Drafts only.
 */
#include <string.h>

#include "page.h"

enum { MOST_YEARS = 8 }; /* columns of the tie-outs; the latest ones */

const char *sg_nrs_file_name(sg_arena *arena, const sg_nrs_table *table)
{
    char *name = sg_arena_printf(arena, "nrs/%d/table-%s.csv", table->program_year, table->number);

    for (char *c = name; c && *c; c++)
        if (*c >= 'A' && *c <= 'Z')
            *c = (char)(*c - 'A' + 'a');
    return name;
}

const char *sg_nrs_say_note(sg_document *doc, const sg_nrs_note *note)
{
    const char *key = sg_document_printf(doc, "nrs/%s", note->key);
    sg_str n = {0};

    sg_str_add_count(&n, note->n);
    return sg_say_plain(doc, key, SG_VALUES({"n", sg_document_keep(doc, &n), NULL}));
}

/* ---- the rate ---- */

static void add_share(const sg_page *page, sg_row *row, int64_t value, int64_t of)
{
    enum { DECIMALS = 4 };
    sg_str text = {0};

    if (of > 0)
        sg_nrs_print_share(value, of, DECIMALS, SG_NRS_TRUNCATE, &text);
    sg_row_add(row, of > 0 ? sg_document_keep(page->doc, &text) : "not estimable", NULL);
}

static void add_count(const sg_page *page, sg_row *row, int64_t count)
{
    sg_row_add_raw(row, sg_print_count(page, count), sg_document_printf(page->doc, "%lld", (long long)count));
}

static void tell_rates(const sg_page *page)
{
    static const sg_column columns[] = {{"Program year", false},    {"State", false},
                                        {"Participants (B)", true}, {"Excluded (C)", true},
                                        {"With MSG (E+F+G)", true}, {"Rate (J)", true},
                                        {"PoPs (K)", true},         {"With MSG (L+M+N)", true},
                                        {"Rate of PoPs (O)", true}, {"The same less excluded PoPs", true}};
    const sg_nrs *nrs = page->results->nrs;
    sg_table *table = sg_document_table(page->doc, "nrs-rates",
                                        sg_say_plain(page->doc, "nrs/rates_caption", SG_NO_VALUES), columns,
                                        sizeof columns / sizeof *columns);

    for (size_t i = 0; i < nrs->n_rates; i++) {
        const sg_nrs_rate *rate = &nrs->rates[i];
        sg_row *row = sg_table_row(page->doc, table);

        sg_row_add(row, sg_print_year(page, rate->program_year), NULL);
        sg_row_add(row, rate->is_closed ? "closed" : "open", NULL);
        add_count(page, row, rate->participants);
        add_count(page, row, rate->excluded);
        add_count(page, row, rate->gained);
        add_share(page, row, rate->gained, rate->participants - rate->excluded);
        add_count(page, row, rate->pops);
        add_count(page, row, rate->pops_gained);
        add_share(page, row, rate->pops_gained, rate->pops);
        add_share(page, row, rate->pops_gained, rate->pops - rate->pops_excluded);
    }
    if (table)
        table->note = sg_say_plain(page->doc, "nrs/rates_note", SG_NO_VALUES);
}

/* ---- the files ---- */

static void tell_files(const sg_page *page)
{
    const sg_nrs *nrs = page->results->nrs;
    sg_block *list = NULL;

    if (!(page->formats & SG_FORMAT_CSV))
        return;
    sg_page_heading(page, 2, "nrs/files_heading", SG_NO_VALUES);
    sg_page_say(page, "nrs/files", SG_NO_VALUES);
    for (size_t i = 0; i < nrs->n_tables; i++) {
        const sg_nrs_table *table = &nrs->tables[i];
        const char *name = sg_nrs_file_name(page->doc->arena, table);
        sg_item *item;

        if (table->id == 0) {
            sg_document_heading(page->doc, 3, sg_print_year(page, table->program_year));
            list = sg_document_block(page->doc, SG_BLOCK_LIST, NULL);
        }
        item = sg_block_item(page->doc, list, NULL);
        if (!item || !name)
            return;
        sg_spans_add(page->doc, &item->text, (sg_span){.text = name, .href = name});
        sg_say(page->doc, &item->text, "nrs/file",
               SG_VALUES({"number", table->number, NULL}, {"title", table->title, NULL}));
    }
}

/* ---- tie-outs ---- */

const char *sg_nrs_say_learners(sg_document *doc, const sg_nrs_tie_out *tie)
{
    sg_str text = {0};

    for (size_t i = 0; i < tie->n_named; i++) {
        sg_str_add(&text, i ? ", " : "");
        for (size_t b = 0; b < SG_PSEUDONYM_BYTES; b++)
            sg_str_printf(&text, "%02x", (unsigned)tie->named[i].bytes[b]);
    }
    return tie->n_named ? sg_document_keep(doc, &text) : "none";
}

static void tell_broken(const sg_page *page, size_t n)
{
    const sg_nrs *nrs = page->results->nrs;
    sg_block *note = sg_document_block(page->doc, SG_BLOCK_NOTE,
                                       sg_say_plain(page->doc, "nrs/ties_broken_title", SG_NO_VALUES));

    sg_page_point(page, note, "nrs/ties_broken",
                  SG_VALUES({"n", sg_print_count(page, (int64_t)n), NULL},
                            {"all", sg_print_count(page, (int64_t)nrs->n_tie_outs), NULL}));
    for (size_t i = 0; i < nrs->n_tie_outs; i++) {
        const sg_nrs_tie_out *tie = &nrs->tie_outs[i];

        if (!tie->holds)
            sg_page_point(page, note, "nrs/tie_broken",
                          SG_VALUES({"year", sg_print_year(page, tie->program_year), NULL},
                                    {"id", tie->id, NULL}, {"text", tie->text, NULL},
                                    {"left", sg_print_count(page, tie->left), NULL},
                                    {"right", sg_print_count(page, tie->right), NULL},
                                    {"n", sg_print_count(page, tie->n_breaking), NULL},
                                    {"learners", sg_nrs_say_learners(page->doc, tie), NULL}));
    }
}

static void add_sides(const sg_page *page, sg_row *row, const sg_nrs_tie_out *tie)
{
    const char *relation = tie->is_at_most ? "\xE2\x89\xA4" : "=";

    sg_row_add(row,
               sg_document_printf(page->doc, "%s%s %s %s",
                                  tie->holds ? "" : "BROKEN: ", sg_print_count(page, tie->left), relation,
                                  sg_print_count(page, tie->right)),
               NULL);
}

/* A row a tie-out, a column a program year; every year has the same tie-outs. */
static void tell_ties(const sg_page *page)
{
    const sg_nrs *nrs = page->results->nrs;
    size_t n_ties = nrs->n_tie_outs / nrs->n_rates;
    size_t n_years = nrs->n_rates < MOST_YEARS ? nrs->n_rates : MOST_YEARS, skipped = nrs->n_rates - n_years;
    sg_column *columns = sg_arena_alloc(page->doc->arena, n_years + 1, sizeof *columns);
    sg_table *table;

    if (!columns) {
        page->doc->failed = true;
        return;
    }
    columns[0].label = "Tie-out";
    for (size_t y = 0; y < n_years; y++)
        columns[y + 1] = (sg_column){sg_print_year(page, nrs->rates[skipped + y].program_year), true};
    table = sg_document_table(page->doc, "quality-tie-outs",
                              sg_say_plain(page->doc, "nrs/ties_caption", SG_NO_VALUES), columns,
                              n_years + 1);
    for (size_t t = 0; t < n_ties; t++) {
        sg_row *row = sg_table_row(page->doc, table);

        sg_row_add(row, nrs->tie_outs[t].text, NULL);
        for (size_t y = 0; y < n_years; y++)
            add_sides(page, row, &nrs->tie_outs[(skipped + y) * n_ties + t]);
    }
    if (table)
        table->note = sg_say_plain(page->doc, "nrs/ties_note", SG_NO_VALUES);
}

void sg_page_tie_outs(const sg_page *page)
{
    const sg_nrs *nrs = page->results->nrs;
    size_t broken;

    if (!nrs || !nrs->n_rates)
        return;
    broken = sg_nrs_broken(nrs);
    sg_page_heading(page, 2, "nrs/ties_heading", SG_NO_VALUES);
    if (broken)
        tell_broken(page, broken);
    else
        sg_page_say(page, "nrs/ties_hold",
                    SG_VALUES({"n", sg_print_count(page, (int64_t)nrs->n_tie_outs), NULL}));
    tell_ties(page);
}

/* ---- the page ---- */

void sg_page_nrs(sg_page *page)
{
    const sg_nrs *nrs = page->results->nrs;
    size_t broken = sg_nrs_broken(nrs);

    page->doc->title = sg_say_plain(page->doc, "nrs/title", SG_NO_VALUES);
    sg_page_lead(page, "nrs/lead", SG_NO_VALUES);
    if (broken)
        tell_broken(page, broken);
    sg_page_heading(page, 2, "nrs/rate_heading", SG_NO_VALUES);
    sg_page_say(page, "nrs/rate", SG_NO_VALUES);
    sg_page_say(page, "nrs/differs", SG_NO_VALUES);
    tell_rates(page);
    tell_files(page);
}
