/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The writers, on documents made by hand: whatever a text holds, it stays text.
 */
#include <libxml/parser.h>
#include <math.h>
#include <string.h>

#include "report/svg_text.h"
#include "report/writers.h"
#include "support/assert.h"

static const char *const payloads[] = {
    "<script>alert(1)</script>",
    "\"><img src=x onerror=alert(1)>",
    "a & b < c",
    "</style><b>",
    "]]>",
    "--><b>",
    "javascript:alert(1)",
    "[x](http://example.org)",
    "`code` *bold* _it_ | cell",
    "# heading",
    "\x1b[31mred",
    "\xE2\x80\xAEright to left",
    "bad \xFF\xC3 bytes",
    "=1+1",
    "+1",
    "-1",
    "@sum",
    "\tx",
    "\rx",
    "line\nbreak",
    "1. list",
    "- list",
    "caf\xC3\xA9",
};
enum { N_PAYLOADS = sizeof payloads / sizeof *payloads };

static const sg_column columns[] = {{"Group", false}, {"Rate", true}};

/* Every place of a document that takes text holds the payload. */
static sg_document *hostile_document(sg_arena *arena, const char *text)
{
    sg_document *doc = sg_document_new(arena);
    sg_block *list;
    sg_item *item;
    sg_table *table;
    sg_row *row;
    sg_figure *figure;
    sg_point point = {.value = 40, .low = 30, .high = 55, .accent = true, .printed = text, .result = "id"};
    sg_point hidden = {.printed = "*", .hidden = true};

    doc->name = "page";
    doc->title = doc->kicker = doc->mark = doc->foot = text;
    sg_document_heading(doc, 2, text);
    list = sg_document_block(doc, SG_BLOCK_LIST, NULL);
    item = sg_block_item(doc, list, NULL);
    sg_spans_text(doc, &item->text, text);
    sg_spans_add(doc, &item->text, (sg_span){.text = text, .result = "2024/a"});
    list = sg_document_block(doc, SG_BLOCK_BOX, text);
    item = sg_block_item(doc, list, text);
    sg_spans_text(doc, &item->text, text);
    table = sg_document_table(doc, "t", text, columns, 2);
    sg_table_group(doc, table, text);
    row = sg_table_row(doc, table);
    sg_row_add(row, text, NULL);
    sg_row_add(row, text, "2024/a");
    figure = sg_document_figure(doc, "f", text);
    figure->description = figure->axis = text;
    figure->table = "t";
    figure->high = 100;
    figure->step = 25;
    sg_figure_point(sg_figure_row_add(doc, figure, text, text), &point);
    sg_figure_point(sg_figure_row_add(doc, figure, text, text), &hidden);
    return doc;
}

static void expect_well_formed(const sg_str *text)
{
    xmlDocPtr parsed = xmlReadMemory(text->text, (int)text->length, "page", "UTF-8", XML_PARSE_NONET);

    assert_non_null(parsed);
    xmlFreeDoc(parsed);
}

static void html_and_svg_are_well_formed_and_inert_whatever_the_text(void **state)
{
    (void)state;
    for (size_t i = 0; i < N_PAYLOADS; i++) {
        SG_CLEANUP(sg_arena_cleanup) sg_arena *arena = sg_arena_new();
        sg_document *doc = hostile_document(arena, payloads[i]);
        sg_str html = {0}, svg = {0};

        sg_assert_ok(sg_write_html(doc, &html, NULL), NULL);
        expect_well_formed(&html);
        assert_null(strstr(html.text, "<script"));
        assert_null(strstr(html.text, "<img"));
        assert_null(strstr(html.text, "<b>"));
        assert_true(sg_utf8_valid(html.text, html.length, NULL));
        assert_null(strchr(html.text, '\x1b'));
        assert_null(strstr(html.text, "\xE2\x80\xAE"));
        sg_assert_ok(sg_write_svg(doc->blocks[doc->n_blocks - 1]->figure, &svg, NULL), NULL);
        expect_well_formed(&svg);
        sg_str_release(&html);
        sg_str_release(&svg);
    }
}

static void html_has_the_landmarks_and_scopes_that_readers_need(void **state)
{
    static const char *const parts[] = {"<html lang=\"en-US\">",  "<main id=\"main\">",
                                        "href=\"#main\"",         "<caption>",
                                        "scope=\"col\"",          "scope=\"row\"",
                                        "scope=\"colgroup\"",     "role=\"img\"",
                                        "<title id=\"f-title\">", "<desc id=\"f-desc\">",
                                        "tabindex=\"0\"",         "default-src 'none'",
                                        "data-result=\"2024/a\"", "@page{@top-left{content:\"plain\""};
    SG_CLEANUP(sg_arena_cleanup) sg_arena *arena = sg_arena_new();
    sg_document *doc = hostile_document(arena, "plain");
    sg_str html = {0};

    (void)state;
    sg_assert_ok(sg_write_html(doc, &html, NULL), NULL);
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        sg_assert_contains(html.text, parts[i]);
    assert_null(strstr(html.text, "tables/t.csv")); /* it is not there to be linked to */
    sg_str_release(&html);
}

static const char *markdown_of(sg_arena *arena, const char *text)
{
    sg_document *doc = sg_document_new(arena);
    sg_item *item = sg_block_item(doc, sg_document_block(doc, SG_BLOCK_PARAGRAPH, NULL), NULL);
    sg_str out = {0};
    const char *kept;

    doc->title = doc->kicker = doc->mark = doc->foot = "t";
    sg_spans_text(doc, &item->text, text);
    sg_spans_add(doc, &item->text, (sg_span){.text = "", .result = "2024/a"});
    sg_assert_ok(sg_write_markdown(doc, &out, NULL), NULL);
    kept = sg_arena_strdup(arena, out.text);
    sg_str_release(&out);
    return kept;
}

static void markdown_takes_no_markup_from_a_text(void **state)
{
    static const char *const cases[][2] = {
        {"<script>", "&lt;script>"},
        {"[x](http://e.org)", "\\[x\\](http\\://e.org)"},
        {"a * b _c_ | d", "a \\* b \\_c\\_ \\| d"},
        {"# heading", "\n\\# heading"},
        {"- list", "\n\\- list"},
        {"1. list", "\n1\\. list"},
        {"12) list", "\n12\\) list"},
        {"=====", "\n\\====="},
        {"a & b", "a &amp; b"},
        {"p < 0.001", "p < 0.001"},
        {"a </b> <!-- <?x", "a &lt;/b> &lt;!-- &lt;?x"},
        {"> quote", "\n\\> quote"},
        {"two\nlines", "two lines"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        SG_CLEANUP(sg_arena_cleanup) sg_arena *arena = sg_arena_new();
        const char *markdown = markdown_of(arena, cases[i][0]);

        sg_assert_contains(markdown, cases[i][1]);
        sg_assert_contains(markdown, "<!-- results: 2024/a -->");
    }
}

static void a_csv_text_is_never_a_formula_and_stays_one_field(void **state)
{
    static const char *const cases[][2] = {
        {"plain", "plain"},  {"", ""},
        {"=1+1", "'=1+1"},   {"+1", "'+1"},
        {"-1", "'-1"},       {"@sum", "'@sum"},
        {"\tx", "'\tx"},     {"\rx", "\"'\rx\""},
        {"a,b", "\"a,b\""},  {"a\"b", "\"a\"\"b\""},
        {"\nx", "\"'\nx\""}, {"=a,\"b\"", "\"'=a,\"\"b\"\"\""},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        sg_str out = {0};

        sg_str_add_csv(&out, cases[i][0]);
        assert_string_equal(sg_str_text(&out), cases[i][1]);
        sg_str_release(&out);
    }
}

static void a_row_of_results_csv_has_the_columns_of_the_design(void **state)
{
    const double blank = nan("");
    const sg_estimate e = {.id = "2024/msg/all/iet/rate/wilson/landmark",
                           .program_year = 2024,
                           .college = "",
                           .outcome = "msg",
                           .dimension = "all",
                           .level = "all",
                           .subset = "iet",
                           .variant = "landmark",
                           .estimand = "rate",
                           .method = "wilson",
                           .reference = "",
                           .covariates = "",
                           .estimate = 0.1,
                           .std_error = blank,
                           .ci_low = 0.0625,
                           .ci_high = 1,
                           .statistic = blank,
                           .df = blank,
                           .p_value = blank,
                           .p_adjusted = blank,
                           .n_iet = 0,
                           .x_iet = SG_COUNT_NONE,
                           .n_comparison = SG_COUNT_MASKED,
                           .x_comparison = SG_COUNT_NONE,
                           .n_level = 1234,
                           .x_level = SG_COUNT_MASKED,
                           .n_reference = SG_COUNT_NONE,
                           .x_reference = SG_COUNT_NONE,
                           .status = SG_ESTIMATE_SMALL_SAMPLE,
                           .note = "=few, so few"};
    sg_str out = {0};

    (void)state;
    sg_csv_header(&out);
    sg_csv_estimate(&out, &e);
    assert_string_equal(
        out.text, "id,program_year,college,outcome,dimension,level,subset,variant,estimand,method,reference,"
                  "covariates,estimate,"
                  "std_error,ci_low,ci_high,statistic,df,p_value,p_adjusted,n_iet,x_iet,n_comparison,x_"
                  "comparison,n_level,x_level,"
                  "n_reference,x_reference,status,note\n"
                  "2024/msg/all/iet/rate/wilson/landmark,2024,,msg,all,all,iet,landmark,rate,wilson,,,0.1,,"
                  "0.0625,1,,,,,0,,*,,1234,*,,,small_sample,\"'=few, so few\"\n");
    sg_str_release(&out);
}

static void a_table_without_estimates_gives_its_own_rows_with_their_groups(void **state)
{
    SG_CLEANUP(sg_arena_cleanup) sg_arena *arena = sg_arena_new();
    sg_document *doc = sg_document_new(arena);
    sg_table *table = sg_document_table(doc, "t", "c", columns, 2);
    sg_str out = {0};
    sg_row *row;

    (void)state;
    sg_table_group(doc, table, "First, group");
    row = sg_table_row(doc, table);
    sg_row_add(row, "a", NULL);
    sg_row_add_raw(row, "1,234", "1234");
    sg_write_table_csv(table, NULL, &out);
    assert_string_equal(out.text, "group,Group,Rate\n\"First, group\",a,1234\n");
    sg_str_release(&out);
}

static void what_is_hidden_has_no_place_on_the_axis(void **state)
{
    SG_CLEANUP(sg_arena_cleanup) sg_arena *arena = sg_arena_new();
    sg_document *doc = sg_document_new(arena);
    sg_str first = {0}, second = {0};
    sg_point point = {.printed = "*", .hidden = true};

    (void)state;
    for (int i = 0; i < 2; i++) {
        sg_figure *figure = sg_document_figure(doc, "f", "t");

        figure->description = figure->axis = "a";
        figure->high = 100;
        figure->step = 50;
        point.value = i ? 80 : 20; /* whatever it is, it is not drawn */
        sg_figure_point(sg_figure_row_add(doc, figure, "Group", "n = *"), &point);
        sg_assert_ok(sg_write_svg(figure, i ? &second : &first, NULL), NULL);
    }
    assert_string_equal(first.text, second.text);
    sg_assert_contains(first.text, "url(#f-hatch)");
    assert_null(strstr(first.text, "<circle"));
    sg_str_release(&first);
    sg_str_release(&second);
}

/* Widths in DejaVu Sans as a browser measured them, in bold at 13.5 and in regular at 12.5 units. */
static void a_text_is_estimated_no_narrower_than_the_widest_usual_font_sets_it(void **state)
{
    static const sg_font bold = {.size = 13.5, .bold = true}, plain = {.size = 12.5};
    static const struct {
        const char *text;
        double bold, plain;
    } cases[] = {{"American Indian or Alaska Native", 253.8, 208.4},
                 {"Certificate of attendance (IEP)", 231.6, 188.9},
                 {"Not in the labor force", 163.6, 133.3},
                 {"MMMM WWWW wmwm", 175.8, 145.3}};

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        double wide = sg_text_width(cases[i].text, strlen(cases[i].text), &bold);
        double narrow = sg_text_width(cases[i].text, strlen(cases[i].text), &plain);

        assert_true(wide >= cases[i].bold && wide < 1.15 * cases[i].bold);
        assert_true(narrow >= cases[i].plain && narrow < 1.18 * cases[i].plain);
    }
}

static void a_label_is_broken_at_blanks_and_a_long_word_between_characters(void **state)
{
    static const sg_font font = {.size = 10, .bold = true};
    static const char accents[] = "\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9";

    (void)state;
    assert_int_equal(sg_text_line("American Indian or Alaska Native", &font, 170),
                     strlen("American Indian or Alaska"));
    assert_string_equal(sg_text_after_line("Alaska  Native", 6), "Native");
    assert_int_equal(sg_text_lines("American Indian or Alaska Native", &font, 170), 2);
    assert_int_equal(sg_text_lines("", &font, 170), 0);
    assert_int_equal(sg_text_line(accents, &font, 18), 4);
    assert_int_equal(sg_text_line(accents, &font, 1), 2);
    assert_int_equal(sg_text_lines(accents, &font, 1), 4);
}

static void a_figure_draws_a_long_label_in_lines_that_end_before_the_plot(void **state)
{
    SG_CLEANUP(sg_arena_cleanup) sg_arena *arena = sg_arena_new();
    sg_document *doc = sg_document_new(arena);
    sg_figure *figure = sg_document_figure(doc, "f", "t");
    sg_point point = {.printed = "*", .hidden = true};
    sg_str svg = {0};

    (void)state;
    figure->description = figure->axis = "a";
    figure->high = 100;
    figure->step = 50;
    sg_figure_point(sg_figure_row_add(doc, figure, "American Indian or Alaska Native", "n = *"), &point);
    sg_assert_ok(sg_write_svg(figure, &svg, NULL), NULL);
    sg_assert_contains(svg.text, ">American Indian or Alaska</text>");
    sg_assert_contains(svg.text, ">Native</text>");
    sg_str_release(&svg);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(html_and_svg_are_well_formed_and_inert_whatever_the_text),
        cmocka_unit_test(html_has_the_landmarks_and_scopes_that_readers_need),
        cmocka_unit_test(markdown_takes_no_markup_from_a_text),
        cmocka_unit_test(a_csv_text_is_never_a_formula_and_stays_one_field),
        cmocka_unit_test(a_row_of_results_csv_has_the_columns_of_the_design),
        cmocka_unit_test(a_table_without_estimates_gives_its_own_rows_with_their_groups),
        cmocka_unit_test(what_is_hidden_has_no_place_on_the_axis),
        cmocka_unit_test(a_text_is_estimated_no_narrower_than_the_widest_usual_font_sets_it),
        cmocka_unit_test(a_label_is_broken_at_blanks_and_a_long_word_between_characters),
        cmocka_unit_test(a_figure_draws_a_long_label_in_lines_that_end_before_the_plot),
    };

    return cmocka_run_group_tests_name("report_writers", tests, NULL, NULL);
}
