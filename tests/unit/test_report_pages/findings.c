/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "findings.h"

#include <string.h>

#include "fixture.h"
#include "outputs.h"

#include "skillgain/base.h"
#include "support/assert.h"

void the_morning_page_and_the_quality_page_count_the_same_warnings(void **state)
{
    sg_publication *draft = sg_fixture_draft(&sg_fixture_usual);
    const sg_facts *facts = &sg_publication_results(draft)->facts;
    output *o = output_make(draft, SG_REPORT_ALL, SG_FORMAT_ALL);
    int64_t n = 0;
    sg_str count = {0}, told = {0};

    (void)state;
    for (size_t i = 0; i < facts->n_findings; i++)
        if (facts->findings[i].rule->severity == SG_SEVERITY_WARNING)
            n += facts->findings[i].n;
    sg_str_add_count(&count, n);
    sg_str_printf(&told, "%s warnings, for which nothing was refused", sg_str_text(&count));
    sg_assert_contains(output_text(o, "index.html"), sg_str_text(&told));
    sg_str_release(&told);
    sg_str_printf(&told, "; warnings: %s; notices: ", sg_str_text(&count));
    sg_assert_contains(output_text(o, "quality.md"), sg_str_text(&told));
    sg_assert_contains(output_text(o, "quality.md"), "| Withdrawn | Warnings and notices |");
    sg_str_release(&told);
    sg_str_release(&count);
    output_free(o);
    sg_publication_free(draft);
}
