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

/* A blank flag and overlapping components are one column: few are there. */
static void add_matrix_row(const sg_page *page, sg_table *table, const char *college, const sg_iet_matrix *m)
{
    const int64_t *yes = m->n[SG_CLAIM_YES], *no = m->n[SG_CLAIM_NO], *blank = m->n[SG_CLAIM_BLANK];
    const int64_t counts[] = {yes[SG_DERIVED_CONFIRMED],
                              yes[SG_DERIVED_SUPPORTED],
                              yes[SG_DERIVED_NONE],
                              no[SG_DERIVED_CONFIRMED],
                              no[SG_DERIVED_SUPPORTED],
                              no[SG_DERIVED_NONE],
                              blank[SG_DERIVED_CONFIRMED] + blank[SG_DERIVED_SUPPORTED],
                              blank[SG_DERIVED_NONE]};
    sg_row *row = sg_table_row(page->doc, table);

    sg_row_add(row, college, NULL);
    for (size_t i = 0; i < N_OF(counts); i++)
        add_count(page, row, counts[i]);
}

static void tell_matrix(const sg_page *page, int year)
{
    static const sg_column columns[] = {{"College", false},
                                        {"Claimed, confirmed", true},
                                        {"Claimed, supported", true},
                                        {"Claimed, flag only", true},
                                        {"Flag no, confirmed", true},
                                        {"Flag no, supported", true},
                                        {"Flag no, nothing shown", true},
                                        {"Flag blank, overlap", true},
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
        add_matrix_row(page, table, m->college, m);
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
        sg_row_add(row, n > 0 ? "fewer than 10" : "not estimable", NULL);
    else
        sg_row_add(row, sg_document_printf(page->doc, "%.1f%%", 100.0 * (double)x / (double)n), NULL);
}

/* A table a side of the programs: each row begins with the program and its college. */
static sg_row *next_program(const sg_page *page, sg_table *table, int year, size_t *at,
                            const sg_iet_program **out)
{
    const sg_iet_facts *iet = page->results->iet;
    sg_row *row;

    while (*at < iet->n_programs && iet->programs[*at].program_year != year)
        ++*at;
    if (*at == iet->n_programs)
        return NULL;
    *out = &iet->programs[(*at)++];
    row = sg_table_row(page->doc, table);
    sg_row_add(row, program_label(page, *out), NULL);
    sg_row_add(row, (*out)->college, NULL);
    return row;
}

static sg_table *program_table(const sg_page *page, const char *name, const char *caption,
                               const sg_column *columns, size_t n)
{
    return sg_document_table(
        page->doc, name,
        sg_say_plain(page->doc, caption, SG_VALUES({"year", sg_print_year(page, year_of(page)), NULL})),
        columns, n);
}

static void tell_programs(const sg_page *page, int year)
{
    static const sg_column columns[] = {{"Program", false},
                                        {"College", false},
                                        {"In the register", false},
                                        {"Learners", true},
                                        {"With overlapping components", true},
                                        {"Counted", true},
                                        {"Like-for-like gain", true},
                                        {"Share of those counted", true},
                                        {"Any gain", true}};
    sg_table *table = program_table(page, "iet-programs", "programs/programs_caption", columns,
                                    N_OF(columns));
    const sg_iet_program *p = NULL;
    sg_row *row;

    for (size_t i = 0; (row = next_program(page, table, year, &i, &p)) != NULL;) {
        sg_row_add(row, p->registered ? "yes" : "no", NULL);
        add_count(page, row, p->learners);
        add_count(page, row, p->overlapping);
        add_count(page, row, p->followed);
        add_count(page, row, p->gained_common);
        add_share(page, row, p->gained_common, p->followed);
        add_count(page, row, p->gained_any);
    }
    if (table)
        table->note = sg_say_plain(page->doc, "programs/programs_note", SG_NO_VALUES);
}

static void tell_hours(const sg_page *page, int year)
{
    static const sg_column columns[] = {{"Program", false},           {"College", false},
                                        {"Adult education", true},    {"Workforce preparation", true},
                                        {"Workforce training", true}, {"Integrated", true}};
    sg_table *table = program_table(page, "iet-hours", "programs/hours_caption", columns, N_OF(columns));
    const sg_iet_program *p = NULL;
    sg_row *row;

    for (size_t i = 0; (row = next_program(page, table, year, &i, &p)) != NULL;)
        for (int h = 0; h < SG_N_IET_HOURS; h++)
            add_hours(page, row, p->hours[h]);
    if (table)
        table->note = sg_say_plain(page->doc, "programs/hours_note", SG_NO_VALUES);
}

/* The states of the criteria from `first` on, as many as the table has columns behind the program's. */
static void tell_criteria(const sg_page *page, int year, sg_table *table, sg_iet_criterion first,
                          size_t n_columns)
{
    static const char *const words[] = {[SG_CRITERION_UNKNOWN] = "not in the records",
                                        [SG_CRITERION_MET] = "met",
                                        [SG_CRITERION_NOT_MET] = "not met"};
    const sg_iet_program *p = NULL;
    sg_row *row;

    for (size_t i = 0; (row = next_program(page, table, year, &i, &p)) != NULL;)
        for (size_t c = 0; c + 2 < n_columns; c++)
            sg_row_add(row, words[p->criteria[(size_t)first + c]], NULL);
    if (table)
        table->note = sg_say_plain(page->doc, "programs/criteria_note", SG_NO_VALUES);
}

#define CRITERION_COLUMN(name, text) {text, false},
static void tell_shown(const sg_page *page, int year)
{
    static const sg_column columns[] = {
        {"Program", false}, {"College", false}, SG_IET_SHOWN_LIST(CRITERION_COLUMN)};

    tell_criteria(page, year,
                  program_table(page, "iet-shown", "programs/shown_caption", columns, N_OF(columns)),
                  SG_CRITERION_COMPONENTS, N_OF(columns));
}

static void tell_attested(const sg_page *page, int year)
{
    static const sg_column columns[] = {
        {"Program", false}, {"College", false}, SG_IET_ATTESTED_LIST(CRITERION_COLUMN)};

    tell_criteria(page, year,
                  program_table(page, "iet-attested", "programs/attested_caption", columns, N_OF(columns)),
                  SG_CRITERION_INTENSITY, N_OF(columns));
}
#undef CRITERION_COLUMN

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

/* "confirmed+supported" of a variant as a list. */
static const char *list_grades(const sg_page *page, const char *grades)
{
    sg_str text = {0};

    for (; *grades; grades++)
        sg_str_add_n(&text, *grades == '+' ? ", " : grades, *grades == '+' ? 2 : 1);
    return sg_document_keep(page->doc, &text);
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
                   grades ? list_grades(page, grades + 1)
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
    tell_hours(page, year);
    sg_page_heading(page, 2, "programs/criteria_heading", SG_NO_VALUES);
    sg_page_say(page, "programs/criteria", SG_NO_VALUES);
    tell_shown(page, year);
    tell_attested(page, year);
}
