/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hidden.h"

#include <string.h>

#include "fixture.h"
#include "outputs.h"

#include "skillgain/report.h"
#include "support/assert.h"

void an_edition_says_once_a_page_before_what_is_masked_why_lines_are_hidden(void **state)
{
    static const char *const files[] = {"brief.md", "outcomes.md",
                                        "equity.md"}; /* of the brief only the verdicts */
    static const char why[] = "anybody could work out the small one by subtraction";
    sg_publication *edition = sg_fixture_edition(&sg_fixture_usual),
                   *draft = sg_fixture_draft(&sg_fixture_usual);
    output *o = output_make(edition, SG_REPORT_ALL, SG_FORMAT_MARKDOWN),
           *restricted = output_make(draft, SG_REPORT_ALL, SG_FORMAT_MARKDOWN);

    (void)state;
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        const char *text = output_text(o, files[i]), *told = strstr(text, why);

        assert_non_null(told);
        assert_null(strstr(told + 1, why));
        assert_true(told < strstr(text, i ? "| \\* |" : "**Masked"));
        assert_null(strstr(output_text(restricted, files[i]), why));
    }
    sg_assert_contains(output_text(o, "equity.md"), "Every group is listed, and small ones are hidden");
    assert_null(strstr(output_text(o, "equity.md"), "none is left out for being small"));
    output_free(restricted);
    output_free(o);
    sg_publication_free(draft);
    sg_publication_free(edition);
}

void a_grouping_that_nobody_reports_has_one_sentence_and_no_section(void **state)
{
    static const char *const files[] = {"brief.md", "outcomes.md", "equity.md"};
    static const char told[] = "for want of records: Race and ethnicity. ";
    sg_fixture fixture = sg_fixture_usual;

    (void)state;
    for (int round = 0; round < 2; round++) {
        fixture.no_races = round == 1;
        sg_publication *draft = sg_fixture_draft(&fixture);
        output *o = output_make(draft, SG_REPORT_ALL, SG_FORMAT_MARKDOWN);

        for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
            const char *text = output_text(o, files[i]);

            assert_int_equal(strstr(text, told) != NULL, fixture.no_races);
            assert_int_equal(strstr(text, "\n### Race and ethnicity") != NULL, !fixture.no_races && i > 0);
            sg_assert_contains(text, "Female");
        }
        output_free(o);
        sg_publication_free(draft);
    }
}
