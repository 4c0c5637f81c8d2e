/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "federal.h"

#include <string.h>

#include "outputs.h"

/* A table with every form of cell and every note there is; the figures are only there to be printed. */
static const sg_nrs_column columns[] = {
    {'B', "Participants"}, {'C', "Hours"}, {'D', "Share"}, {'E', "Median"}};
static sg_nrs_cell cells[] = {{SG_NRS_COUNT, 1234, 1},
                              {SG_NRS_HOURS, INT64_C(1500000000), 1},
                              {SG_NRS_SHARE, 2, 3},
                              {SG_NRS_DOLLARS, INT64_C(14459120000), 2}};
static sg_nrs_cell blanks[] = {
    {SG_NRS_BLANK, 0, 0}, {SG_NRS_BLANK, 0, 0}, {SG_NRS_SHARE, 0, 0}, {SG_NRS_BLANK, 0, 0}};
static const sg_nrs_row rows[] = {{"A heading", NULL}, {"=Everyone, \"all\"", cells}, {"Nobody", blanks}};
static const sg_nrs_note notes[] = {
    {"beside_level", 1002},
    {"beside_race", 1002},
    {"beside_sex", 1002},
    {"beside_age", 1002},
    {"beside_program", 1002},
    {"reportable", 1002},
    {"subsets", 1002},
    {"recent", 1002},
    {"pops", 1002},
    {"pops_excluded", 1002},
    {"overlap", 1002},
    {"no_subject", 1002},
    {"tested", 1002},
    {"distance", 1002},
    {"windows", 1002},
    {"pending", 1002},
    {"earnings_unknown", 1002},
    {"schooling", 1002},
    {"civics", 1002},
    {"released", 1002},
    {"iet", 1002},
    {"excluded", 1002},
    {"excluded_in", 1002},
    {"wants_tests", 1002},
    {"wants_outcomes", 1002},
    {"wants_distance", 1002},
    {"wants_ielce", 1002},
    {"wants_corrections", 1002},
    {"wants_workplace", 1002},
    {"wants_employment", 1002},
    {"wants_education", 1002},
    {"wants_credential", 1002},
};
static const sg_nrs_table tables[] = {{.id = SG_NRS_1,
                                       .number = "1",
                                       .title = "Participants",
                                       .row_heading = "Level",
                                       .program_year = 2024,
                                       .columns = columns,
                                       .n_columns = 4,
                                       .rows = rows,
                                       .n_rows = 3,
                                       .decimals = 4,
                                       .rounding = SG_NRS_TRUNCATE,
                                       .notes = notes,
                                       .n_notes = sizeof notes / sizeof *notes}};
static const sg_pseudonym named[] = {{{0xc0, 0xff, 0xee}}, {{0x0b, 0xad}}};
static const sg_nrs_rate rates[] = {{2024, true, 1500, 20, 700, 1600, 21, 720}};

#define HOLDS                                                                                                \
    {                                                                                                        \
        "3-4", "Table 3 = Table 4", 2024, false, 1500, 1500, true, 0, NULL, 0                                \
    }
#define BREAKS(id)                                                                                           \
    {                                                                                                        \
        id, "Table 4: E is at most B", 2024, true, 1501, 1500, false, 2, named, 2                            \
    }
static const sg_nrs_tie_out ties[][2] = {
    {HOLDS, HOLDS}, {HOLDS, BREAKS("4-gains")}, {BREAKS("4-gains"), BREAKS("4-row")}};
#define FEDERAL(broken)                                                                                      \
    {                                                                                                        \
        tables, 1, ties[broken], 2, rates, 1                                                                 \
    }
static const sg_nrs all[] = {FEDERAL(0), FEDERAL(1), FEDERAL(2)};

const sg_nrs *sg_fixture_federal(int broken)
{
    return &all[broken];
}

void pages_say_loudly_that_federal_tables_do_not_tie_out(void **state)
{
    static const char *const names[] = {"index.html", "quality.html", "nrs.html"};
    sg_fixture f = sg_fixture_usual;
    sg_publication *draft;
    output *o;

    (void)state;
    f.federal = 2;
    draft = sg_fixture_draft(&f);
    o = output_make(draft, SG_REPORT_ALL, SG_FORMAT_ALL);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        sg_assert_contains(output_text(o, names[i]), "DO NOT TIE OUT");
    sg_assert_contains(output_text(o, "index.html"), "Use with care");
    sg_assert_contains(output_text(o, "quality.html"), "c0ffee00000000000000000000000000, 0bad");
    sg_assert_contains(
        output_text(o, "nrs/tie-outs.csv"),
        "2024,4-gains,Table 4: E is at most B,at most,1501,1500,NO,2,c0ffee00000000000000000000000000 "
        "0bad0000000000000000000000000000\n");
    sg_assert_contains(output_text(o, "nrs/2024/table-1.csv"),
                       "Level,Participants,Hours,Share,Median\n(A),(B),(C),(D),(E)\nA heading,,,,\n"
                       "\"'=Everyone, \"\"all\"\"\",1234,1.5,0.6666,7229.56\nNobody,,,,\n,,,,\nNote,");
    sg_assert_contains(output_workbook(o), "DO NOT TIE OUT");
    sg_assert_contains(output_workbook(o), "c0ffee00000000000000000000000000, 0bad");
    sg_assert_contains(output_workbook(o), "=Everyone, \"all\"");
    output_free(o);
    sg_publication_free(draft);
}

void an_edition_holds_nothing_federal(void **state)
{
    sg_fixture f = sg_fixture_usual;
    sg_publication *edition;
    output *o;

    (void)state;
    f.federal = 2;
    edition = sg_fixture_edition(&f);
    assert_null(sg_publication_results(edition)->nrs);
    o = output_make(edition, SG_REPORT_ALL, SG_FORMAT_ALL);
    for (size_t i = 0; i < o->n; i++) {
        assert_null(strstr(o->names[i], "nrs"));
        assert_null(strstr(o->texts[i], "TIE OUT"));
        assert_null(strstr(o->texts[i], "ederal tables"));
    }
    assert_null(strstr(output_workbook(o), "TIE OUT"));
    assert_null(strstr(output_workbook(o), "ederal tables"));
    assert_null(strstr(output_workbook(o), "c0ffee"));
    output_free(o);
    sg_publication_free(edition);
}
