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
