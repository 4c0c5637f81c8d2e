/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Whole outputs on a grid of states: what may not be said is said nowhere, every text somewhere, and titles are findings where they may be.
 */
#include <ctype.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "gen/text_catalog.h"
#include "test_report_pages/amounts.h"
#include "test_report_pages/federal.h"
#include "test_report_pages/findings.h"
#include "test_report_pages/hidden.h"
#include "test_report_pages/outputs.h"
#include "test_report_pages/programs.h"
#include "test_report_pages/workbook.h"

/* ---- the grid ---- */

enum { USUAL = 14, N_STATES = 20 };

static void make_state(int number, sg_fixture *f)
{
    *f = sg_fixture_usual;
    f->programs = f->amounts = number % 2 == 0;
    f->federal = number <= 3 ? number : number == USUAL; /* none, none broken, one, two */
    switch (number) {
    case 0: f->troubled = 1; break;
    case 1: f->rate_iet = 0.40; break; /* lower */
    case 2:
        f->rate_iet = f->rate_other;
        f->coverage = 0.9;
        break; /* no clear difference */
    case 3:
        f->n_iet = 60;
        f->n_other = 25;
        break;                          /* small sample */
    case 4: f->one_armed = true; break; /* not estimable */
    case 5: f->coverage = 0.62; break;
    case 6: f->coverage = nan(""); break;
    case 7: f->no_year = true; break;
    case 8: f->hidden_headline = true; break;
    case 9: f->absent_headline = true; break;
    case 10: f->clean = f->no_completion = true; break;
    case 11: f->no_other_gains = true; break;
    case 12:
        f->n_iet = 14000;
        f->n_other = 30000;
        f->troubled = 2;
        break; /* clear gaps, and none larger than the margin */
    case 13: f->variant = "naive"; break;
    case 15: f->no_pair = true; break;
    case 16: f->no_pair = f->no_status = true; break;
    case 17: f->no_hours = f->no_register = f->no_races = true; break;
    case 18:
        f->coverage = 1;
        f->more_years = 5;
        break;
    case 19:
        f->variant = "term";
        f->unsettled = true;
        break;
    default: break;
    }
}

static bool may_be_edition(const sg_fixture *f)
{
    return !f->no_year && !f->no_pair && !f->one_armed && f->n_other > 100 && !f->variant &&
           !f->absent_headline && !f->hidden_headline;
}

/* Everything of one output, in one text. */
static void collect(const sg_publication *publication, unsigned formats, sg_str *out)
{
    output *o = output_make(publication, SG_REPORT_ALL, formats);

    for (size_t i = 0; i < o->n; i++) {
        sg_str_add(out, o->texts[i]);
        sg_str_add_char(out, '\n');
    }
    if (formats & SG_FORMAT_XLSX)
        sg_str_add(out, output_workbook(o));
    output_free(o);
}

static void collect_state(int number, sg_str *out)
{
    unsigned formats = number == USUAL ? SG_FORMAT_ALL : SG_FORMAT_HTML | SG_FORMAT_MARKDOWN | SG_FORMAT_XLSX;
    sg_fixture f;
    sg_publication *publication;

    make_state(number, &f);
    publication = sg_fixture_draft(&f);
    collect(publication, formats, out);
    sg_publication_free(publication);
    if (!may_be_edition(&f))
        return;
    publication = sg_fixture_edition(&f);
    collect(publication, formats, out);
    sg_publication_free(publication);
}

static void replace_all(char *text, const char *from, char to)
{
    size_t length = strlen(from);

    for (char *at = strstr(text, from); at; at = strstr(at + 1, from)) {
        *at = to;
        memmove(at + 1, at + length, strlen(at + length) + 1);
    }
}

/* The outputs of every state, made once. */
typedef struct {
    sg_str text[N_STATES];
} grid;

static int make_grid(void **state)
{
    grid *g = calloc(1, sizeof *g);

    assert_non_null(g);
    for (int i = 0; i < N_STATES; i++) {
        collect_state(i, &g->text[i]);
        assert_true(!g->text[i].failed && g->text[i].length > 10000);
        replace_all(g->text[i].text, "&quot;", '"');
        replace_all(g->text[i].text, "&lt;", '<');
    }
    *state = g;
    return 0;
}

static int free_grid(void **state)
{
    grid *g = *state;

    for (int i = 0; i < N_STATES; i++)
        sg_str_release(&g->text[i]);
    free(g);
    return 0;
}

/* ---- words ---- */

/* A whole word or phrase, whatever its case. */
static bool has_word(const char *text, const char *word)
{
    size_t length = strlen(word);

    for (const char *at = text; *at; at++) {
        size_t i = 0;

        while (i < length && tolower((unsigned char)at[i]) == word[i])
            i++;
        if (i == length && !isalpha((unsigned char)at[length]) &&
            (at == text || !isalpha((unsigned char)at[-1])))
            return true;
    }
    return false;
}

static void no_state_says_what_an_observational_comparison_cannot_show(void **state)
{
    static const char *const never[] = {
        "effect",    "effects", "effective",  "impact",         "impacts",        "led to", "leads to",
        "works",     "worked",  "benefit",    "benefits",       "boost",          "boosts", "cause",
        "caused",    "causes",  "because of", "closes the gap", "closed the gap", "due to", "trend toward",
        "thanks to", "raises",  "improves",   "only IET",       "IET only"};
    const grid *g = *state;

    for (int i = 0; i < N_STATES; i++)
        for (size_t w = 0; w < sizeof never / sizeof *never; w++)
            if (has_word(g->text[i].text, never[w]))
                fail_msg("state %d says '%s'", i, never[w]);
}

/* The longest piece of a text between its names: what an output must hold where it was said. */
static void longest_piece(const char *text, size_t length, const char **out, size_t *out_length)
{
    const char *end = text + length, *start = text;

    *out_length = 0;
    while (start < end) {
        const char *open = strstr(start, "{{"), *stop = open && open < end ? open : end;

        if ((size_t)(stop - start) > *out_length) {
            *out = start;
            *out_length = (size_t)(stop - start);
        }
        if (stop == end)
            return;
        start = strstr(stop, "}}") + 2;
    }
}

static void expect_said(const char *path, const char *line, size_t length, const char *said)
{
    const char *piece = line;
    size_t n;
    char *wanted;

    longest_piece(line, length, &piece, &n);
    wanted = calloc(n + 1, 1);
    assert_non_null(wanted);
    memcpy(wanted, piece, n);
    if (!strstr(said, wanted))
        fail_msg("%s: no state says '%s'", path, wanted);
    free(wanted);
}

/* The first line below each key. */
static void expect_all_said(const sg_embedded *file, const char *said)
{
    for (const char *line = file->bytes; *line;
         line += strcspn(line, "\n") + (line[strcspn(line, "\n")] ? 1 : 0)) {
        const char *next = line + strcspn(line, "\n") + 1;

        if (*line == '[')
            expect_said(file->path, next, strcspn(next, "\n"), said);
    }
}

static void every_text_is_said_in_some_state(void **state)
{
    const grid *g = *state;
    sg_str all = {0};
    int n_files = 0;

    for (int i = 0; i < N_STATES; i++)
        sg_str_add(&all, g->text[i].text);
    assert_false(all.failed);
    for (size_t i = 0; i < SG_N_EMBEDDED; i++)
        if (sg_text_starts(sg_embedded_files[i].path, "reports/text/")) {
            expect_all_said(&sg_embedded_files[i], all.text);
            n_files++;
        }
    assert_true(n_files >= 8);
    sg_str_release(&all);
}

/* ---- titles ---- */

static void expect_in(int number, bool edition, const char *file, const char *part)
{
    sg_fixture f;
    sg_publication *publication;
    output *o;

    make_state(number, &f);
    publication = edition ? sg_fixture_edition(&f) : sg_fixture_draft(&f);
    o = output_make(publication, SG_REPORT_ALL, SG_FORMAT_MARKDOWN | SG_FORMAT_HTML);
    sg_assert_contains(output_text(o, file), part);
    output_free(o);
    sg_publication_free(publication);
}

static void a_title_is_a_finding_only_where_the_comparison_is_whole(void **state)
{
    static const char question[] =
        "# How did IET learners' skill-gain rate compare with other learners' in PY 2024-25?";

    (void)state;
    expect_in(0, false, "brief.md",
              "# IET learners' like-for-like skill-gain rate was 9.3 points higher than other learners' in "
              "PY 2024-25");
    expect_in(1, false, "brief.md", "points lower than other learners' in PY 2024-25");
    expect_in(2, false, "brief.md", "# No clear difference between IET learners'");
    for (int i = 3; i <= 6; i++)
        expect_in(i, false, "brief.md", question);
    expect_in(5, true, "brief.md", question);
    expect_in(5, true, "brief.md",
              "covers at least 60%, but less than 70%, of all IET learners of PY 2024-25");
    expect_in(5, false, "brief.md", "covers 62% of all IET learners of PY 2024-25. That is less than 70%");
    expect_in(8, false, "brief.md", question);
    expect_in(9, false, "brief.md", question);
}

static void rates_come_with_their_interval_and_n(void **state)
{
    (void)state;
    expect_in(
        14, false, "brief.md",
        "57.4% of IET learners had a like-for-like skill gain (95% interval 54.6% to 60.1%; n = 1,239)");
    expect_in(USUAL, false, "index.html", "PY 2023-24: ");
    expect_in(USUAL, true, "equity.md",
              "| Nonbinary | 49 | 13 | 27% (16% to 40%)"); /* whole per cent below 300 */
    expect_in(USUAL, false, "equity.md", "| Nonbinary | 49 | 13 | 26.5% (16.2% to 40.3%)");
}

static void the_reference_of_a_dimension_is_named_and_has_no_gap(void **state)
{
    sg_fixture f = sg_fixture_usual;
    sg_publication *draft;
    output *o;

    (void)state;
    f.reference_level = "male";
    draft = sg_fixture_draft(&f);
    o = output_make(draft, SG_REPORT_EQUITY, SG_FORMAT_MARKDOWN);
    sg_assert_contains(output_text(o, "equity.md"),
                       "| Male | 508 | 56.1% (51.8% to 60.4%) |  | the reference | 1,477 |");
    assert_null(strstr(output_text(o, "equity.md"), "not collected |"));
    output_free(o);
    sg_publication_free(draft);
}

static void the_naive_figure_is_in_drafts_only(void **state)
{
    sg_publication *edition = sg_fixture_edition(&sg_fixture_usual);
    output *o = output_make(edition, SG_REPORT_ALL, SG_FORMAT_ALL);

    (void)state;
    expect_in(USUAL, false, "brief.md", "## The naive figure, for contrast");
    for (size_t i = 0; i < o->n; i++)
        assert_null(strstr(o->texts[i], "naive"));
    output_free(o);
    sg_publication_free(edition);
}

/* ---- years ---- */

static size_t count_of(const char *text, const char *part)
{
    size_t n = 0;

    for (const char *at = strstr(text, part); at; at = strstr(at + 1, part))
        n++;
    return n;
}

static void a_figure_shows_every_closed_year_the_latest_first_and_at_most_five(void **state)
{
    static const struct {
        int more, n;
    } cases[] = {{0, 2}, {1, 3}, {3, 5}, {5, 5}};

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        sg_fixture f = sg_fixture_usual;
        sg_publication *draft;
        output *o;
        const char *svg, *last;

        f.more_years = cases[i].more;
        draft = sg_fixture_draft(&f);
        o = output_make(draft, SG_REPORT_BRIEF, SG_FORMAT_ALL);
        svg = output_text(o, "figures/brief-rates.svg");
        last = sg_arena_printf(o->arena, ">PY %d-%02d<", 2025 - cases[i].n, (2026 - cases[i].n) % 100);
        assert_int_equal(count_of(svg, ">PY 20"), cases[i].n);
        sg_assert_contains(strstr(svg, ">PY 2024-25<"), last);
        assert_int_equal(count_of(output_text(o, "brief.md"), "year by year"), 1);
        output_free(o);
        sg_publication_free(draft);
    }
}

static void an_edition_of_one_year_speaks_of_no_others(void **state)
{
    sg_publication *edition = sg_fixture_edition(&sg_fixture_usual);
    output *o = output_make(edition, SG_REPORT_BRIEF, SG_FORMAT_MARKDOWN | SG_FORMAT_HTML);

    (void)state;
    assert_int_equal(count_of(output_text(o, "figures/brief-rates.svg"), ">PY 20"), 1);
    sg_assert_contains(output_text(o, "brief.md"), "The comparison of PY 2024-25 in figures.");
    assert_null(strstr(output_text(o, "brief.md"), "year by year"));
    output_free(o);
    sg_publication_free(edition);
}

/* ---- what is missing ---- */

static void expect_absent(int number, bool edition, const char *file, const char *part)
{
    sg_fixture f;
    sg_publication *publication;
    output *o;

    make_state(number, &f);
    publication = edition ? sg_fixture_edition(&f) : sg_fixture_draft(&f);
    o = output_make(publication, SG_REPORT_ALL, SG_FORMAT_MARKDOWN | SG_FORMAT_HTML);
    assert_null(strstr(output_text(o, file), part));
    output_free(o);
    sg_publication_free(publication);
}

static void without_a_headline_every_page_says_which_of_the_reasons_it_is(void **state)
{
    static const char *const files[] = {"brief.md", "outcomes.md", "equity.md", "index.html"};
    static const char open[] =
        "The data are complete up to 2026-01-31: that day comes from the deliveries' cut-offs";
    static const char closed[] = "but none has both IET learners and other learners to compare";
    static const char status[] = "the IET column may be missing from the enrollment export";

    (void)state;
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        expect_in(7, false, files[i], open);
        expect_absent(7, false, files[i], closed);
        expect_in(15, false, files[i], closed);
        expect_absent(15, false, files[i], open);
        expect_absent(15, false, files[i], status);
        expect_in(16, false, files[i], closed);
        expect_in(16, false, files[i], status);
        expect_absent(16, false, files[i], "No closed program year yet");
    }
}

static void grades_are_explained_and_none_is_called_confirmed_without_a_register(void **state)
{
    static const char confirmed[] = "confirmed (the register";

    (void)state;
    expect_in(USUAL, false, "brief.md", confirmed);
    expect_absent(17, false, "brief.md", confirmed);
    expect_in(17, false, "brief.md",
              "Records graded supported (basic skills, workforce preparation and training overlap in the "
              "records) or claimed (the IET flag alone says so) count as IET. None is graded confirmed");
}

static void hours_that_an_export_lacks_are_told_beside_the_design(void **state)
{
    static const char told[] = "- **Hours:** An export had no hours at all";

    (void)state;
    expect_in(17, false, "brief.md", told);
    expect_in(17, true, "equity.md", told);
    expect_in(17, false, "brief.md", "or enrolled where an export had no hours at all");
    expect_absent(USUAL, false, "brief.md", "- **Hours:**");
    expect_absent(USUAL, false, "brief.md", "or enrolled where");
}

/* ---- small and hidden ---- */

static void a_small_sample_has_figures_and_no_p_value(void **state)
{
    (void)state;
    expect_absent(3, false, "brief.md", "adjusted p");
    expect_in(3, false, "brief.md", "with fewer than 30 learners in a group: too few to say more");
    expect_in(3, false, "outcomes.md", " |  | too few to say |");
    expect_in(3, false, "equity.md", " |  | too few to say |");
    expect_absent(3, false, "outcomes.md", "0 | too few to say |");
    expect_absent(3, false, "outcomes.md", "1 | too few to say |");
}

static void a_task_names_what_is_wrong_and_then_what_to_do(void **state)
{
    (void)state;
    expect_in(0, false, "index.html",
              "Rule R001 in enrollment.csv, once: the file is empty. Look at the job that writes the export");
    expect_in(USUAL, false, "index.html", "in enrollment.csv, 13 times: ");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_state_says_what_an_observational_comparison_cannot_show),
        cmocka_unit_test(every_text_is_said_in_some_state),
        cmocka_unit_test(a_title_is_a_finding_only_where_the_comparison_is_whole),
        cmocka_unit_test(rates_come_with_their_interval_and_n),
        cmocka_unit_test(the_reference_of_a_dimension_is_named_and_has_no_gap),
        cmocka_unit_test(the_naive_figure_is_in_drafts_only),
        cmocka_unit_test(a_figure_shows_every_closed_year_the_latest_first_and_at_most_five),
        cmocka_unit_test(an_edition_of_one_year_speaks_of_no_others),
        cmocka_unit_test(without_a_headline_every_page_says_which_of_the_reasons_it_is),
        cmocka_unit_test(grades_are_explained_and_none_is_called_confirmed_without_a_register),
        cmocka_unit_test(hours_that_an_export_lacks_are_told_beside_the_design),
        cmocka_unit_test(a_small_sample_has_figures_and_no_p_value),
        cmocka_unit_test(an_edition_says_once_a_page_before_what_is_masked_why_lines_are_hidden),
        cmocka_unit_test(the_morning_page_and_the_quality_page_count_the_same_warnings),
        cmocka_unit_test(a_grouping_that_nobody_reports_has_one_sentence_and_no_section),
        cmocka_unit_test(a_task_names_what_is_wrong_and_then_what_to_do),
        cmocka_unit_test(an_output_has_its_files_and_their_sums),
        cmocka_unit_test(the_same_publication_gives_the_same_bytes),
        cmocka_unit_test(formats_and_pages_say_what_is_written_and_links_lead_only_there),
        cmocka_unit_test(every_id_of_a_page_is_a_row_of_results_csv),
        cmocka_unit_test(hidden_groups_can_change_places_and_nothing_written_changes),
        cmocka_unit_test(names_and_labels_of_the_data_stay_text_in_every_file),
        cmocka_unit_test(sums_tell_a_changed_a_missing_and_a_foreign_file),
        cmocka_unit_test(sums_with_a_name_outside_the_folder_are_refused),
        cmocka_unit_test(pages_say_loudly_that_federal_tables_do_not_tie_out),
        cmocka_unit_test(an_edition_holds_nothing_federal),
        cmocka_unit_test(programs_are_told_with_what_is_met_and_what_records_cannot_show),
        cmocka_unit_test(an_edition_holds_no_programs),
        cmocka_unit_test(medians_are_told_with_their_intervals_and_the_shift),
        cmocka_unit_test(score_gains_are_told_as_points_and_dose_as_what_it_was),
        cmocka_unit_test(a_completion_that_no_export_tells_has_no_row),
        cmocka_unit_test(an_edition_holds_no_amounts),
        cmocka_unit_test(the_arm_of_each_day_is_told_beside_the_fixed_one),
        cmocka_unit_test(what_points_both_ways_is_said_in_draft_and_edition),
        cmocka_unit_test(what_was_not_asked_for_has_no_table),
        cmocka_unit_test(a_folder_that_cannot_be_written_is_a_failure),
        cmocka_unit_test(a_workbook_that_the_disk_does_not_take_whole_is_a_failure),
        cmocka_unit_test(a_damaged_byte_of_a_workbook_is_found),
    };

    return cmocka_run_group_tests_name("report_pages", tests, make_grid, free_grid);
}
