/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "programs.h"

#include <string.h>

#include "fixture.h"
#include "outputs.h"

#include "skillgain/report.h"
#include "support/assert.h"

/* The three states of a criterion, one after another. */
static void set_criteria(sg_iet_program *program, int first)
{
    for (int c = 0; c < SG_N_CRITERIA; c++)
        program->criteria[c] = (sg_criterion_state)((c + first) % 3);
}

const sg_iet_facts *sg_fixture_programs(int program_year)
{
    static sg_iet_matrix matrix[2];
    static sg_iet_program programs[3];
    static const sg_iet_facts facts = {matrix, 2, programs, 3};

    matrix[0] = (sg_iet_matrix){program_year, "01", {{700, 2, 3}, {40, 50, 60}, {7, 0, 1}}};
    matrix[1] = (sg_iet_matrix){program_year, "02", {{300, 0, 0}, {10, 20, 30}, {0, 0, 0}}};
    programs[0] = (sg_iet_program){.program_year = program_year,
                                   .id = "W-1",
                                   .college = "01",
                                   .registered = true,
                                   .name = "Welding <\"Fast\">",
                                   .learners = 25,
                                   .overlapping = 24,
                                   .hours = {1000000000, 1500000000, 0, 12345600000000},
                                   .followed = 20,
                                   .gained_common = 5,
                                   .gained_any = 9};
    programs[1] = (sg_iet_program){.program_year = program_year,
                                   .id = "=PILOT",
                                   .college = "02",
                                   .name = "",
                                   .learners = 4,
                                   .followed = 4,
                                   .gained_common = 1,
                                   .gained_any = 1};
    programs[2] = (sg_iet_program){
        .program_year = program_year - 1, .id = "OLD", .college = "02", .name = ""};
    for (int i = 0; i < 3; i++)
        set_criteria(&programs[i], i);
    return &facts;
}

void programs_are_told_with_what_is_met_and_what_records_cannot_show(void **state)
{
    sg_fixture f = sg_fixture_usual;
    sg_publication *draft;
    output *o;

    (void)state;
    f.programs = true;
    draft = sg_fixture_draft(&f);
    o = output_make(draft, SG_REPORT_ALL, SG_FORMAT_ALL);
    sg_assert_contains(output_text(o, "programs.md"), "| All | 90 | 70 | 50 | 3 | 2 | 1,000 | 1 | 7 |");
    sg_assert_contains(output_text(o, "programs.md"), "| 25 | 24 | 20 | 5 | 25.0% | 9 |");
    sg_assert_contains(output_text(o, "programs.md"), "| 1.0 | 1.5 | 0.0 | 12345.6 |");
    sg_assert_contains(output_text(o, "programs.md"), "| 1 | fewer than 10 | 1 |");
    sg_assert_contains(output_text(o, "programs.md"), "| not in the records | met | not met |");
    sg_assert_contains(output_text(o, "programs.md"), "(as configured)");
    assert_null(strstr(output_text(o, "programs.md"), "OLD"));
    sg_assert_contains(output_text(o, "index.html"), "programs.html");
    output_free(o);
    sg_publication_free(draft);
}

void an_edition_holds_no_programs(void **state)
{
    sg_fixture f = sg_fixture_usual;
    sg_publication *edition;
    output *o;

    (void)state;
    f.programs = true;
    edition = sg_fixture_edition(&f);
    assert_null(sg_publication_results(edition)->iet);
    o = output_make(edition, SG_REPORT_ALL, SG_FORMAT_ALL);
    for (size_t i = 0; i < o->n; i++) {
        assert_null(strstr(o->names[i], "programs"));
        assert_null(strstr(o->texts[i], "PILOT"));
    }
    output_free(o);
    sg_publication_free(edition);
}
