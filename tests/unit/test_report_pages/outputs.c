/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "outputs.h"

#include <libxml/parser.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "report/workbook_check.h"

enum { MAX_FILES = 300 };

/* ---- an output, read back ---- */

static void read_folder(output *o, const char *inside)
{
    char **names;
    size_t n;

    sg_assert_ok(sg_folder_list(o->arena, sg_path_join(o->arena, o->folder, inside), &names, &n, NULL), NULL);
    for (size_t i = 0; i < n; i++) {
        const char *name = *inside ? sg_arena_printf(o->arena, "%s/%s", inside, names[i]) : names[i];

        if (sg_path_is_folder(sg_path_join(o->arena, o->folder, name))) {
            read_folder(o, name);
            continue;
        }
        assert_true(o->n < MAX_FILES);
        o->names[o->n] = name;
        o->texts[o->n] = sg_tmpdir_read(o->folder, name, &o->lengths[o->n]);
        o->n++;
    }
}

output *output_make(const sg_publication *publication, unsigned pages, unsigned formats)
{
    const sg_report_options options = {.pages = pages, .formats = formats};
    output *o = calloc(1, sizeof *o);
    sg_err err = {0};

    assert_non_null(o);
    o->folder = sg_tmpdir_make();
    o->arena = sg_arena_new();
    o->names = calloc(MAX_FILES, sizeof *o->names);
    o->texts = calloc(MAX_FILES, sizeof *o->texts);
    o->lengths = calloc(MAX_FILES, sizeof *o->lengths);
    sg_assert_ok(sg_report_write(publication, &options, o->folder, &err), &err);
    read_folder(o, "");
    return o;
}

void output_free(output *o)
{
    for (size_t i = 0; i < o->n; i++)
        free(o->texts[i]);
    free(o->texts);
    free(o->lengths);
    free(o->names);
    sg_arena_free(o->arena);
    sg_tmpdir_remove(o->folder);
    free(o);
}

bool output_has(const output *o, const char *name)
{
    for (size_t i = 0; i < o->n; i++)
        if (!strcmp(o->names[i], name))
            return true;
    return false;
}

const char *output_text(const output *o, const char *name)
{
    for (size_t i = 0; i < o->n; i++)
        if (!strcmp(o->names[i], name))
            return o->texts[i];
    fail_msg("the output has no '%s'", name);
    return "";
}

static sg_status take_part(void *taker, const sg_workbook_part *part, sg_err *err)
{
    sg_str *text = taker;

    (void)err;
    sg_str_add_n(text, part->name, part->name_length);
    sg_str_add_char(text, '\n');
    sg_str_add_n(text, part->text, part->length);
    sg_str_add_char(text, '\n');
    return SG_OK;
}

const char *output_workbook(const output *o)
{
    sg_str text = {0};
    const char *kept = NULL;
    sg_err err = {0};

    for (size_t i = 0; i < o->n; i++)
        if (!strcmp(o->names[i], "workbook.xlsx")) {
            sg_assert_ok(sg_workbook_unpack(o->texts[i], o->lengths[i], take_part, &text, &err), &err);
            kept = sg_arena_strdup(o->arena, sg_str_text(&text));
        }
    sg_str_release(&text);
    assert_non_null(kept);
    return kept;
}

static void expect_same(const output *a, const output *b)
{
    assert_int_equal(a->n, b->n);
    for (size_t i = 0; i < a->n; i++) {
        assert_string_equal(a->names[i], b->names[i]);
        if (a->lengths[i] != b->lengths[i] || memcmp(a->texts[i], b->texts[i], a->lengths[i]) != 0)
            fail_msg("'%s' differs", a->names[i]);
    }
}

static bool ends_with(const char *text, const char *end)
{
    size_t length = strlen(text), n = strlen(end);

    return length >= n && !strcmp(text + length - n, end);
}

static void expect_well_formed(const output *o)
{
    for (size_t i = 0; i < o->n; i++) {
        xmlDocPtr parsed;

        if (!ends_with(o->names[i], ".html") && !ends_with(o->names[i], ".svg"))
            continue;
        parsed = xmlReadMemory(o->texts[i], (int)strlen(o->texts[i]), o->names[i], "UTF-8", XML_PARSE_NONET);
        assert_non_null(parsed);
        xmlFreeDoc(parsed);
    }
}

/* ---- files ---- */

static void expect_modes(const output *o, mode_t mode)
{
    for (size_t i = 0; i < o->n; i++) {
        struct stat status;

        assert_int_equal(stat(sg_path_join(o->arena, o->folder, o->names[i]), &status), 0);
        assert_int_equal(status.st_mode & 0777, mode);
    }
}

void an_output_has_its_files_and_their_sums(void **state)
{
    static const char *const always[] = {"index.html",
                                         "brief.html",
                                         "brief.md",
                                         "outcomes.html",
                                         "outcomes.md",
                                         "equity.html",
                                         "equity.md",
                                         "results.csv",
                                         "results.json",
                                         "run.json",
                                         "SHA256SUMS",
                                         "workbook.xlsx",
                                         "figures/brief-rates.svg",
                                         "figures/outcomes-sex.svg",
                                         "figures/gaps-race_ethnicity.svg",
                                         "tables/outcomes-sex.csv",
                                         "tables/figure-brief-rates.csv"};
    sg_publication *publications[] = {sg_fixture_draft(&sg_fixture_usual),
                                      sg_fixture_edition(&sg_fixture_usual)};

    (void)state;
    for (int p = 0; p < 2; p++) {
        output *o = output_make(publications[p], SG_REPORT_ALL, SG_FORMAT_ALL);
        sg_err err = {0};

        for (size_t i = 0; i < sizeof always / sizeof *always; i++)
            assert_true(output_has(o, always[i]));
        assert_int_equal(output_has(o, "quality.html"), p == 0);
        sg_assert_contains(output_workbook(o), p == 0 ? "RESTRICTED DRAFT" : "Released edition");
        sg_assert_ok(sg_report_check_sums(o->folder, &err), &err);
        expect_modes(o, p == 0 ? 0600 : 0644);
        expect_well_formed(o);
        for (size_t i = 0; i < o->n; i++)
            if (ends_with(o->names[i], ".html") || ends_with(o->names[i], ".md"))
                sg_assert_contains(o->texts[i], p == 0 ? "RESTRICTED DRAFT" : "Released edition");
        output_free(o);
        sg_publication_free(publications[p]);
    }
}

void the_same_publication_gives_the_same_bytes(void **state)
{
    sg_publication *first = sg_fixture_draft(&sg_fixture_usual),
                   *second = sg_fixture_draft(&sg_fixture_usual);
    output *a = output_make(first, SG_REPORT_ALL, SG_FORMAT_ALL),
           *b = output_make(second, SG_REPORT_ALL, SG_FORMAT_ALL);

    (void)state;
    expect_same(a, b);
    output_free(a);
    output_free(b);
    sg_publication_free(first);
    sg_publication_free(second);
}

/* Each href and Markdown target that is no anchor is a file of the output. */
static void expect_links(const output *o, const char *text, const char *before, char end)
{
    for (const char *at = strstr(text, before); at; at = strstr(at, before)) {
        const char *target = at + strlen(before);
        size_t length = strcspn(target, (char[]){end, '\0'});
        char *name = sg_arena_strndup(o->arena, target, length);

        at = target;
        if (*name != '#' && !output_has(o, name))
            fail_msg("a link leads to '%s', which is not there", name);
    }
}

static void try_options(unsigned pages, unsigned formats)
{
    sg_publication *draft = sg_fixture_draft(&sg_fixture_usual);
    output *o = output_make(draft, pages, formats);

    assert_int_equal(output_has(o, "results.csv"), (formats & SG_FORMAT_CSV) != 0);
    assert_int_equal(output_has(o, "results.json"), (formats & SG_FORMAT_JSON) != 0);
    assert_int_equal(output_has(o, "workbook.xlsx"), (formats & SG_FORMAT_XLSX) != 0);
    assert_int_equal(output_has(o, "index.html"), (formats & SG_FORMAT_HTML) != 0);
    assert_int_equal(output_has(o, "brief.html"), (formats & SG_FORMAT_HTML) && (pages & SG_REPORT_BRIEF));
    assert_int_equal(output_has(o, "equity.md"),
                     (formats & SG_FORMAT_MARKDOWN) && (pages & SG_REPORT_EQUITY));
    assert_int_equal(output_has(o, "tables/outcomes-sex.csv"),
                     (formats & SG_FORMAT_CSV) && (pages & SG_REPORT_OUTCOMES));
    assert_true(output_has(o, "run.json") && output_has(o, "SHA256SUMS"));
    for (size_t i = 0; i < o->n; i++) {
        if (ends_with(o->names[i], ".html"))
            expect_links(o, o->texts[i], "href=\"", '"');
        if (ends_with(o->names[i], ".md"))
            expect_links(o, o->texts[i], "](<", '>');
    }
    output_free(o);
    sg_publication_free(draft);
}

void formats_and_pages_say_what_is_written_and_links_lead_only_there(void **state)
{
    (void)state;
    for (unsigned formats = 1; formats < SG_FORMAT_ALL; formats++)
        try_options(SG_REPORT_BRIEF | SG_REPORT_EQUITY, formats);
    for (unsigned pages = 1; pages < SG_REPORT_ALL; pages *= 2)
        try_options(pages, SG_FORMAT_ALL);
}

void every_id_of_a_page_is_a_row_of_results_csv(void **state)
{
    sg_publication *edition = sg_fixture_edition(&sg_fixture_usual);
    output *o = output_make(edition, SG_REPORT_ALL, SG_FORMAT_ALL);
    static const char before[] = "data-result=\"";
    size_t n = 0;

    (void)state;
    for (size_t i = 0; i < o->n; i++)
        for (const char *at = ends_with(o->names[i], ".html") ? strstr(o->texts[i], before) : NULL; at;
             at = strstr(at, before)) {
            at += strlen(before);
            sg_assert_contains(output_text(o, "results.csv"),
                               sg_arena_printf(o->arena, "\n%.*s,2024,", (int)strcspn(at, "\""), at));
            n++;
        }
    assert_true(n > 200);
    output_free(o);
    sg_publication_free(edition);
}

/* ---- nothing of what is hidden ---- */

static void swap_counts(sg_results *results, const char *one, const char *other)
{
    for (size_t i = 0; i < results->n_cells; i++) {
        sg_cell key = results->cells[i];
        const sg_cell *twin;
        int64_t count = key.count;

        if (strcmp(key.dimension, "race_ethnicity") != 0 || strcmp(key.level, one) != 0)
            continue;
        key.level = other;
        twin = sg_results_cell(results, &key);
        assert_non_null(twin);
        results->cells[i].count = twin->count;
        results->cells[twin - results->cells].count = count;
    }
}

/* What stays of an estimate is where it belongs; its figures go. */
static void move_figures(sg_estimate *to, const sg_estimate *from)
{
    to->estimate = from->estimate;
    to->ci_low = from->ci_low;
    to->ci_high = from->ci_high;
    to->p_value = from->p_value;
    to->p_adjusted = from->p_adjusted;
    to->n_iet = from->n_iet;
    to->x_iet = from->x_iet;
    to->n_level = from->n_level;
    to->x_level = from->x_level;
    to->status = from->status;
}

static void swap_figures(sg_results *results, const char *one, const char *other)
{
    for (size_t i = 0; i < results->n_estimates; i++) {
        sg_estimate *e = &results->estimates[i], key = *e, kept = *e;
        const sg_estimate *twin;

        if (strcmp(e->dimension, "race_ethnicity") != 0 || strcmp(e->level, one) != 0)
            continue;
        key.level = other;
        twin = sg_results_estimate(results, sg_result_id(results->arena, &key));
        assert_non_null(twin);
        move_figures(e, twin);
        move_figures(&results->estimates[twin - results->estimates], &kept);
    }
}

static sg_publication *edition_of(const sg_results *results)
{
    static const sg_disclosure_policy policy = {
        .minimum_cell = 10, .minimum_outcome = 3, .minimum_interval = 5};
    sg_publication *publication = NULL;
    sg_err err = {0};

    sg_assert_ok(sg_publication_edition(results, &policy, 2024, "2024-1", &publication, &err), &err);
    return publication;
}

void hidden_groups_can_change_places_and_nothing_written_changes(void **state)
{
    static const char one[] = "american_indian", other[] = "pacific_islander";
    sg_results *results = sg_fixture_results(&sg_fixture_usual);
    sg_publication *before = edition_of(results), *after;
    output *a = output_make(before, SG_REPORT_ALL, SG_FORMAT_ALL), *b;

    (void)state;
    swap_counts(results, one, other);
    swap_figures(results, one, other);
    after = edition_of(results);
    b = output_make(after, SG_REPORT_ALL, SG_FORMAT_ALL);
    sg_assert_contains(output_text(a, "equity.md"),
                       "| American Indian or Alaska Native | \\* | \\* | \\* | \\* | \\* |");
    sg_assert_contains(output_text(a, "figures/gaps-race_ethnicity.svg"), "url(#gaps-race_ethnicity-hatch)");
    expect_same(a, b);
    output_free(a);
    output_free(b);
    sg_publication_free(before);
    sg_publication_free(after);
    sg_results_free(results);
}

void names_and_labels_of_the_data_stay_text_in_every_file(void **state)
{
    static const char hostile[] = "=<script>alert(\"1\")</script>&\x1b[31m|*`\n# x";
    sg_fixture f = sg_fixture_usual;
    sg_publication *draft;
    output *o;

    (void)state;
    f.agency = f.level_label = hostile;
    draft = sg_fixture_draft(&f);
    o = output_make(draft, SG_REPORT_ALL, SG_FORMAT_ALL);
    expect_well_formed(o);
    for (size_t i = 0; i < o->n; i++) {
        bool is_page = ends_with(o->names[i], ".html") || ends_with(o->names[i], ".md") ||
                       ends_with(o->names[i], ".svg");

        if (!ends_with(o->names[i], ".xlsx"))
            assert_null(strchr(o->texts[i], '\x1b'));
        if (is_page)
            assert_null(strstr(o->texts[i], "<script"));
        if (ends_with(o->names[i], ".csv"))
            assert_null(strstr(o->texts[i], ",="));
    }
    /* in the workbook it is a text, begun as it is, and never a formula */
    sg_assert_contains(output_workbook(o),
                       "=&lt;script&gt;alert(\"1\")&lt;/script&gt;&amp;\xEF\xBF\xBD[31m|*` # x");
    assert_null(strstr(output_workbook(o), "<f>"));
    output_free(o);
    sg_publication_free(draft);
}

/* ---- sums ---- */

void sums_tell_a_changed_a_missing_and_a_foreign_file(void **state)
{
    sg_publication *draft = sg_fixture_draft(&sg_fixture_usual);
    output *o = output_make(draft, SG_REPORT_BRIEF, SG_FORMAT_ALL);
    sg_err err = {0};

    (void)state;
    sg_assert_ok(sg_report_check_sums(o->folder, &err), &err);
    sg_tmpdir_write_text(o->folder, "tables/brief-years.csv", "changed");
    sg_assert_status(sg_report_check_sums(o->folder, &err), SG_FAILED, &err);
    sg_assert_contains(err.message, "tables/brief-years.csv");
    sg_tmpdir_write_text(o->folder, "tables/brief-years.csv", output_text(o, "tables/brief-years.csv"));
    sg_assert_ok(sg_report_check_sums(o->folder, &err), &err);
    sg_tmpdir_write_text(o->folder, "tables/foreign.csv", "x");
    sg_assert_status(sg_report_check_sums(o->folder, &err), SG_FAILED, &err);
    sg_assert_contains(err.message, "tables/foreign.csv");
    assert_int_equal(remove(sg_path_join(o->arena, o->folder, "tables/foreign.csv")), 0);
    assert_int_equal(remove(sg_path_join(o->arena, o->folder, "run.json")), 0);
    sg_assert_status(sg_report_check_sums(o->folder, &err), SG_FAILED, &err);
    sg_assert_contains(err.message, "run.json");
    output_free(o);
    sg_publication_free(draft);
}

void sums_with_a_name_outside_the_folder_are_refused(void **state)
{
    static const char *const names[] = {"../run.json", "/etc/hostname", "tables/../../run.json", ""};
    char *folder = sg_tmpdir_make();
    sg_err err = {0};

    (void)state;
    sg_assert_status(sg_report_check_sums(folder, &err), SG_FAILED, &err); /* there are none */
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        sg_str text = {0};

        sg_str_printf(&text, "%064d  %s\n", 0, names[i]);
        sg_tmpdir_write_text(folder, "SHA256SUMS", text.text);
        sg_assert_status(sg_report_check_sums(folder, &err), SG_FAILED, &err);
        sg_str_release(&text);
    }
    sg_tmpdir_write_text(folder, "SHA256SUMS", "0123 cut");
    sg_assert_status(sg_report_check_sums(folder, &err), SG_FAILED, &err);
    sg_tmpdir_remove(folder);
}

void a_folder_that_cannot_be_written_is_a_failure(void **state)
{
    const sg_report_options options = {.pages = SG_REPORT_ALL, .formats = SG_FORMAT_ALL};
    sg_publication *draft = sg_fixture_draft(&sg_fixture_usual);
    char *folder = sg_tmpdir_make();
    char *blocked = sg_tmpdir_path(folder, "file");
    sg_err err = {0};

    (void)state;
    sg_tmpdir_write_text(folder, "file", "no folder");
    sg_assert_status(sg_report_write(draft, &options, blocked, &err), SG_FAILED, &err);
    sg_publication_free(draft);
    free(blocked);
    sg_tmpdir_remove(folder);
}
