/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "amounts.h"

#include <string.h>

#include "fixture.h"
#include "outputs.h"

#include "skillgain/report.h"
#include "support/assert.h"

static output *make(bool amounts, bool edition)
{
    sg_fixture f = sg_fixture_usual;
    sg_publication *publication;
    output *o;

    f.amounts = amounts;
    publication = edition ? sg_fixture_edition(&f) : sg_fixture_draft(&f);
    o = output_make(publication, SG_REPORT_ALL, SG_FORMAT_ALL);
    sg_publication_free(publication);
    return o;
}

void medians_are_told_with_their_intervals_and_the_shift(void **state)
{
    output *o = make(true, false);

    (void)state;
    sg_assert_contains(
        output_text(o, "outcomes.md"),
        "| Earnings in the second quarter after exit, dollars | 412 | 6,549 (6,101 to 7,000) | 5 | "
        "4,211 (no interval) | +2,100 (\xE2\x88\x92"
        "40 to +4,100) |");
    sg_assert_contains(output_text(o, "outcomes.md"),
                       "recognised credential | 1,100 | 120 (100 to 150) | 3,100 | not estimable | "
                       "\xE2\x88\x92"
                       "12 (\xE2\x88\x92"
                       "20 to \xE2\x88\x92"
                       "5) |");
    sg_assert_contains(output_text(o, "outcomes.html"), "outcomes-medians");
    output_free(o);
}

void score_gains_are_told_as_points_and_dose_as_what_it_was(void **state)
{
    output *o = make(true, false);

    (void)state;
    sg_assert_contains(output_text(o, "outcomes.md"),
                       "| TABE\\_11\\_12, reading | 310 | +12.3 (+10.1 to +14.6) | 1 | \xE2\x88\x92"
                       "3.0 (no interval) | not "
                       "estimable |");
    sg_assert_contains(output_text(o, "outcomes.md"), "Means of scale points, no rates");
    sg_assert_contains(
        output_text(o, "outcomes.md"),
        "| Contact hours | 1,240 | 61.3 (60.5 to 62.0) | 48.5 (47.0 to 50.0) | 1,240 | 60.3 (60.5 to 62.0) | "
        "48.5 (47.0 to 51.0) |");
    sg_assert_contains(
        output_text(o, "outcomes.md"),
        "| Completed the program: share, number | 1,239 | 41.7% (39.0% to 44.5%) | 517 | 3,017 | "
        "30.2% (28.6% to 31.9%) | 911 |");
    sg_assert_contains(output_text(o, "outcomes.md"), "Completed is who, within the window, completed");
    output_free(o);
}

void a_completion_that_no_export_tells_has_no_row(void **state)
{
    sg_fixture f = sg_fixture_usual;
    sg_publication *publication;
    output *o;

    (void)state;
    f.amounts = f.no_completion = true;
    publication = sg_fixture_draft(&f);
    o = output_make(publication, SG_REPORT_ALL, SG_FORMAT_ALL);
    assert_null(strstr(output_text(o, "outcomes.md"), "Completed the program"));
    sg_assert_contains(output_text(o, "outcomes.md"),
                       "Whether a program was completed is not in these figures");
    sg_publication_free(publication);
    output_free(o);
}

void the_arm_of_each_day_is_told_beside_the_fixed_one(void **state)
{
    output *o = make(true, false);

    (void)state;
    sg_assert_contains(
        output_text(o, "outcomes.md"),
        "| First like-for-like gain; others: all not yet in IET | 1,150 | 480 | not told | 3,101 | 1,002 | "
        "not told | 1.37 | 0.012 |");
    sg_assert_contains(
        output_text(o, "outcomes.md"),
        "others: in training behind adult education | 1,150 | 480 | 42.1% (40.0% to 45.0%) | 3,101 | 1,002 | "
        "32.1% (40.0% to 45.0%) | 1.37 | 0.012 |");
    assert_null(strstr(output_text(o, "brief.md"), "do not settle"));
    output_free(o);
}

void what_points_both_ways_is_said_in_draft_and_edition(void **state)
{
    (void)state;
    for (int edition = 0; edition < 2; edition++) {
        sg_fixture f = sg_fixture_usual;
        sg_publication *publication;
        output *o;

        f.unsettled = true;
        publication = edition ? sg_fixture_edition(&f) : sg_fixture_draft(&f);
        o = output_make(publication, SG_REPORT_ALL, SG_FORMAT_ALL);
        sg_assert_contains(output_text(o, "brief.md"),
                           "do not settle in which group gains were more frequent");
        sg_publication_free(publication);
        output_free(o);
    }
}

void an_edition_holds_no_amounts(void **state)
{
    output *o = make(true, true);

    (void)state;
    for (size_t i = 0; i < o->n; i++) {
        assert_null(strstr(o->texts[i], "earnings_q2"));
        assert_null(strstr(o->texts[i], "time_to_credential"));
        assert_null(strstr(o->texts[i], "time_varying"));
        assert_null(strstr(o->texts[i], "score_gain"));
        assert_null(strstr(o->texts[i], "contact_hours"));
        assert_null(strstr(o->texts[i], "TABE_11_12"));
        assert_null(strstr(o->texts[i], "/completed/"));
        assert_null(strstr(o->texts[i], ",completed,"));
        assert_null(strstr(o->texts[i], "Completed the program"));
        assert_null(strstr(o->texts[i], "6,549"));
        assert_null(strstr(o->texts[i], "6549.41"));
    }
    output_free(o);
}

void what_was_not_asked_for_has_no_table(void **state)
{
    output *o = make(false, false);

    (void)state;
    assert_null(strstr(output_text(o, "outcomes.md"), "Earnings in the second quarter"));
    assert_null(strstr(output_text(o, "outcomes.md"), "Times and amounts"));
    output_free(o);
}
