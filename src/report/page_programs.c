/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * IET as claimed and as records show it: the matrix of the two by college, and each program with what is met, what is not and what records
 * can't tell. Drafts only.
 */
#include <string.h>

#include "page.h"

#define N_OF(columns) (sizeof(columns) / sizeof *(columns))

static void add_count(const sg_page *page, sg_row *row, int64_t count)
{
    sg_row_add_raw(row, sg_print_count(page, count), sg_document_printf(page->doc, "%lld", (long long)count));
}

/* The headline's year, or the latest there is. */
static int year_of(const sg_page *page)
{
    const sg_iet_facts *iet = page->results->iet;

    if (page->facts->headline_year || !iet->n_matrix)
        return page->facts->headline_year;
    return iet->matrix[iet->n_matrix - 1].program_year;
}

/* ---- claimed against derived ---- */

static void add_matrix_row(const sg_page *page, sg_table *table, const char *college, const sg_iet_matrix *m)
{
    static const sg_iet_claim claims[SG_N_CLAIMS] = {SG_CLAIM_YES, SG_CLAIM_NO, SG_CLAIM_BLANK};
    static const sg_iet_derived derived[SG_N_DERIVED] = {SG_DERIVED_CONFIRMED, SG_DERIVED_SUPPORTED,
                                                         SG_DERIVED_NONE};
    sg_row *row = sg_table_row(page->doc, table);

    sg_row_add(row, college, NULL);
    for (size_t c = 0; c < SG_N_CLAIMS; c++)
        for (size_t d = 0; d < SG_N_DERIVED; d++)
            add_count(page, row, m->n[claims[c]][derived[d]]);
}

static const char *college_label(const sg_page *page, const char *code)
{
    return sg_document_printf(page->doc, "College %s", code);
}

static void tell_matrix(const sg_page *page, int year)
{
    static const sg_column columns[] = {{"College", false},
                                        {"Claimed, confirmed", true},
                                        {"Claimed, supported", true},
                                        {"Claimed, flag only", true},
                                        {"Not claimed, confirmed", true},
                                        {"Not claimed, supported", true},
                                        {"Not claimed, nothing shown", true},
                                        {"Flag blank, confirmed", true},
                                        {"Flag blank, supported", true},
                                        {"Flag blank: unknown", true}};
    const sg_iet_facts *iet = page->results->iet;
    sg_iet_matrix all = {.program_year = year};
    sg_table *table = sg_document_table(page->doc, "iet-matrix",
                                        sg_say_plain(page->doc, "programs/matrix_caption",
                                                     SG_VALUES({"year", sg_print_year(page, year), NULL})),
                                        columns, N_OF(columns));

    for (size_t i = 0; i < iet->n_matrix; i++) {
        const sg_iet_matrix *m = &iet->matrix[i];

        if (m->program_year != year)
            continue;
        add_matrix_row(page, table, college_label(page, m->college), m);
        for (size_t c = 0; c < SG_N_CLAIMS; c++)
            for (size_t d = 0; d < SG_N_DERIVED; d++)
                all.n[c][d] += m->n[c][d];
    }
    add_matrix_row(page, table, "All", &all);
    if (table)
        table->note = sg_say_plain(page->doc, "programs/matrix_note", SG_NO_VALUES);
}

/* ---- programs ---- */

static const char *program_label(const sg_page *page, const sg_iet_program *p)
{
    return *p->name ? sg_document_printf(page->doc, "%s (%s)", p->name, p->id) : p->id;
}

static void add_hours(const sg_page *page, sg_row *row, int64_t hours)
{
    sg_str text = {0};

    sg_str_add_fixed(&text, (double)hours / 1e9, 1);
    sg_row_add(row, sg_document_keep(page->doc, &text), NULL);
}

static void add_share(const sg_page *page, sg_row *row, int64_t x, int64_t n)
{
    enum { SMALLEST = 10 };

    if (n < SMALLEST)
        sg_row_add(row, n > 0 ? "too few to say" : "not estimable", NULL);
    else
        sg_row_add(row, sg_document_printf(page->doc, "%.1f %%", 100.0 * (double)x / (double)n), NULL);
}

static void tell_programs(const sg_page *page, int year)
{
    static const sg_column columns[] = {{"Program", false},
                                        {"College", false},
                                        {"In the register", false},
                                        {"Learners", true},
                                        {"With overlapping components", true},
                                        {"Hours, adult education", true},
                                        {"Hours, workforce preparation", true},
                                        {"Hours, workforce training", true},
                                        {"Hours, integrated", true},
                                        {"With a like-for-like gain", true},
                                        {"Share", true},
                                        {"With any gain", true}};
    const sg_iet_facts *iet = page->results->iet;
    sg_table *table = sg_document_table(page->doc, "iet-programs",
                                        sg_say_plain(page->doc, "programs/programs_caption",
                                                     SG_VALUES({"year", sg_print_year(page, year), NULL})),
                                        columns, N_OF(columns));

    for (size_t i = 0; i < iet->n_programs; i++) {
        const sg_iet_program *p = &iet->programs[i];
        sg_row *row;

        if (p->program_year != year)
            continue;
        row = sg_table_row(page->doc, table);
        sg_row_add(row, program_label(page, p), NULL);
        sg_row_add(row, p->college, NULL);
        sg_row_add(row, p->registered ? "yes" : "no", NULL);
        add_count(page, row, p->learners);
        add_count(page, row, p->overlapping);
        for (int h = 0; h < SG_N_IET_HOURS; h++)
            add_hours(page, row, p->hours[h]);
        add_count(page, row, p->gained_common);
        add_share(page, row, p->gained_common, p->followed);
        add_count(page, row, p->gained_any);
    }
    if (table)
        table->note = sg_say_plain(page->doc, "programs/programs_note", SG_NO_VALUES);
}

static void tell_criteria(const sg_page *page, int year)
{
    static const char *const words[] = {"not in the records", "met", "not met"};
    static const sg_column columns[] = {{"Program", false},
                                        {"College", false},
#define CRITERION_COLUMN(name, text) {text, false},
                                        SG_IET_CRITERION_LIST(CRITERION_COLUMN)
#undef CRITERION_COLUMN
    };
    const sg_iet_facts *iet = page->results->iet;
    sg_table *table;

    table = sg_document_table(page->doc, "iet-criteria",
                              sg_say_plain(page->doc, "programs/criteria_caption",
                                           SG_VALUES({"year", sg_print_year(page, year), NULL})),
                              columns, N_OF(columns));
    for (size_t i = 0; i < iet->n_programs; i++) {
        const sg_iet_program *p = &iet->programs[i];
        sg_row *row;

        if (p->program_year != year)
            continue;
        row = sg_table_row(page->doc, table);
        sg_row_add(row, program_label(page, p), NULL);
        sg_row_add(row, p->college, NULL);
        for (int c = 0; c < SG_N_CRITERIA; c++)
            sg_row_add(row, words[p->criteria[c]], NULL);
    }
    if (table)
        table->note = sg_say_plain(page->doc, "programs/criteria_note", SG_NO_VALUES);
}

/* ---- the headline under other definitions ---- */

/* The headline's own variant, or one that goes on with other grades. */
static bool is_definition(const sg_page *page, const sg_estimate *e, int year)
{
    const char *variant = page->facts->headline_variant;
    size_t length = strlen(variant);

    return e->program_year == year && !strcmp(e->outcome, page->facts->headline_outcome) &&
           !strcmp(e->dimension, "all") && !strcmp(e->estimand, "risk_difference") &&
           !*e->college == !*page->facts->college && !strncmp(e->variant, variant, length) &&
           (!e->variant[length] || e->variant[length] == ',');
}

static void tell_definitions(const sg_page *page, int year)
{
    static const sg_column columns[] = {{"IET is who is", false},
                                        {"IET learners", true},
                                        {"Other learners", true},
                                        {"Difference in points (interval)", true}};
    sg_table *table = sg_document_table(page->doc, "iet-definitions",
                                        sg_say_plain(page->doc, "programs/definitions_caption",
                                                     SG_VALUES({"year", sg_print_year(page, year), NULL})),
                                        columns, N_OF(columns));

    for (size_t i = 0; i < page->results->n_estimates; i++) {
        const sg_estimate *e = &page->results->estimates[i];
        const char *grades = strchr(e->variant, ':');
        sg_row *row;

        if (!is_definition(page, e, year))
            continue;
        row = sg_table_row(page->doc, table);
        sg_row_add(row,
                   grades ? grades + 1
                          : sg_document_printf(page->doc, "%s (as configured)", page->facts->iet_grades),
                   NULL);
        add_count(page, row, e->n_iet);
        add_count(page, row, e->n_comparison);
        sg_row_add(row, sg_print_points_whole(page, e), e->id);
    }
    if (table)
        table->note = sg_say_plain(page->doc, "programs/definitions_note", SG_NO_VALUES);
}

void sg_page_programs(sg_page *page)
{
    int year = year_of(page);

    page->doc->title = sg_say_plain(page->doc, "programs/title", SG_NO_VALUES);
    sg_page_lead(page, "programs/lead", SG_NO_VALUES);
    sg_page_heading(page, 2, "programs/matrix_heading", SG_NO_VALUES);
    sg_page_say(page, "programs/matrix", SG_NO_VALUES);
    tell_matrix(page, year);
    sg_page_heading(page, 2, "programs/definitions_heading", SG_NO_VALUES);
    tell_definitions(page, year);
    sg_page_heading(page, 2, "programs/programs_heading", SG_NO_VALUES);
    tell_programs(page, year);
    sg_page_heading(page, 2, "programs/criteria_heading", SG_NO_VALUES);
    sg_page_say(page, "programs/criteria", SG_NO_VALUES);
    tell_criteria(page, year);
}
