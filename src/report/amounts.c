/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What is no share: times and amounts of everyone, in the headline design, as far as these results hold any. Editions hold none.
 */
#include <string.h>

#include "page.h"

#define N_OF(columns) (sizeof(columns) / sizeof *(columns))

/* An outcome by its medians, and what sets the arms apart. */
typedef struct {
    const char *outcome, *label, *median_method;
    const char *estimand, *method; /* between the arms */
} median_line;

static const median_line median_lines[] = {
    {"earnings_q2", "Earnings in the second quarter after exit, dollars", "order_statistic", "shift",
     "hodges_lehmann"},
    {"time_to_gain", "Days from the start of follow-up to the first like-for-like gain", "kaplan_meier",
     "rmst_difference", "kaplan_meier"},
    {"time_to_credential", "Days from the start of follow-up to the first recognised credential",
     "kaplan_meier", "rmst_difference", "kaplan_meier"},
};

static const char *id_of(const sg_estimate *e)
{
    return e ? e->id : NULL;
}

/* One whose estimand is not there at all was not asked for. */
static bool is_held(const sg_page *page, const median_line *line)
{
    sg_place place = sg_place_headline(page, page->year);

    place.outcome = line->outcome;
    return sg_look(page, &place, "iet", "median", line->median_method) != NULL;
}

static void add_arm(const sg_page *page, sg_row *row, const sg_estimate *e, int64_t n)
{
    sg_row_add(row, sg_print_count(page, n), id_of(e));
    sg_row_add(row, sg_print_amount_whole(page, e, 0, false), id_of(e));
}

static void add_median_row(const sg_page *page, sg_table *table, const median_line *line)
{
    sg_place place = sg_place_headline(page, page->year);
    sg_row *row = sg_table_row(page->doc, table);
    const sg_estimate *iet, *other, *between;

    place.outcome = line->outcome;
    iet = sg_look(page, &place, "iet", "median", line->median_method);
    other = sg_look(page, &place, "comparison", "median", line->median_method);
    between = sg_look(page, &place, "all", line->estimand, line->method);
    sg_row_add(row, line->label, NULL);
    add_arm(page, row, iet, iet ? iet->n_iet : SG_COUNT_NONE);
    add_arm(page, row, other, other ? other->n_comparison : SG_COUNT_NONE);
    sg_row_add(row, sg_print_amount_whole(page, between, 0, true), id_of(between));
}

static void tell_medians(const sg_page *page)
{
    static const sg_column columns[] = {{"Outcome", false},
                                        {"IET learners", true},
                                        {"IET median (interval)", true},
                                        {"Other learners", true},
                                        {"Other median (interval)", true},
                                        {"IET against other (interval)", true}};
    sg_table *table = sg_document_table(
        page->doc, "outcomes-medians",
        sg_say_plain(
            page->doc, "tables/medians",
            SG_VALUES({"year", sg_print_year(page, page->year), NULL}, {"level", page->level, NULL})),
        columns, N_OF(columns));

    for (size_t i = 0; i < N_OF(median_lines); i++)
        if (is_held(page, &median_lines[i]))
            add_median_row(page, table, &median_lines[i]);
    if (table)
        table->note = sg_say_plain(page->doc, "tables/note_medians", SG_NO_VALUES);
}

/* ---- score gains, a row a scale ---- */

static bool is_score_gain(const sg_page *page, const sg_estimate *e)
{
    return e->program_year == page->year && !strcmp(e->outcome, "score_gain") &&
           !strcmp(e->variant, page->facts->headline_variant) && !strcmp(e->subset, "iet");
}

/* "TABE_11_12*reading" as "TABE_11_12, reading". */
static const char *name_of_scale(const sg_page *page, const char *level)
{
    size_t length = strcspn(level, "*");

    return level[length] ? sg_document_printf(page->doc, "%.*s, %s", (int)length, level, level + length + 1)
                         : level;
}

static void add_scale_row(const sg_page *page, sg_table *table, const sg_estimate *iet)
{
    const sg_place place = {page->year, iet->variant, iet->outcome, iet->dimension, iet->level};
    const sg_estimate *other = sg_look(page, &place, "comparison", "mean", "welch");
    const sg_estimate *between = sg_look(page, &place, "all", "mean_difference", "welch");
    sg_row *row = sg_table_row(page->doc, table);

    sg_row_add(row, name_of_scale(page, iet->level), NULL);
    sg_row_add(row, sg_print_count(page, iet->n_iet), iet->id);
    sg_row_add(row, sg_print_amount_whole(page, iet, 1, true), iet->id);
    sg_row_add(row, sg_print_count(page, other ? other->n_comparison : SG_COUNT_NONE), id_of(other));
    sg_row_add(row, sg_print_amount_whole(page, other, 1, true), id_of(other));
    sg_row_add(row, sg_print_amount_whole(page, between, 1, true), id_of(between));
}

static bool has_scores(const sg_page *page)
{
    for (size_t i = 0; i < page->results->n_estimates; i++)
        if (is_score_gain(page, &page->results->estimates[i]))
            return true;
    return false;
}

static void tell_scores(const sg_page *page)
{
    static const sg_column columns[] = {
        {"Instrument, subject", false},          {"IET learners tested", true},
        {"IET mean, points (interval)", true},   {"Others tested", true},
        {"Other mean, points (interval)", true}, {"Difference in scale points (interval)", true}};
    sg_table *table = sg_document_table(
        page->doc, "outcomes-scores",
        sg_say_plain(
            page->doc, "tables/scores",
            SG_VALUES({"year", sg_print_year(page, page->year), NULL}, {"level", page->level, NULL})),
        columns, N_OF(columns));

    for (size_t i = 0; i < page->results->n_estimates; i++)
        if (is_score_gain(page, &page->results->estimates[i]))
            add_scale_row(page, table, &page->results->estimates[i]);
    if (table)
        table->note = sg_say_plain(page->doc, "tables/note_scores", SG_NO_VALUES);
}

/* ---- dose ---- */

static const struct {
    const char *outcome, *label;
    int digits;
} doses[] = {{"contact_hours", "Contact hours", 1}, {"weeks_attended", "Weeks attended", 1}};

static const sg_estimate *look_dose(const sg_page *page, size_t i, const char *subset, bool mean)
{
    sg_place place = sg_place_headline(page, page->year);

    place.outcome = doses[i].outcome;
    return mean ? sg_look(page, &place, subset, "mean", "welch")
                : sg_look(page, &place, subset, "median", "order_statistic");
}

static void add_dose_arm(const sg_page *page, sg_row *row, size_t i, sg_arm_subset arm)
{
    const char *subset = sg_arm_subset_text(arm);
    const sg_estimate *mean = look_dose(page, i, subset, true), *median = look_dose(page, i, subset, false);
    int64_t n = mean ? (arm == SG_ARM_IET ? mean->n_iet : mean->n_comparison) : SG_COUNT_NONE;

    sg_row_add(row, sg_print_count(page, n), id_of(mean));
    sg_row_add(row, sg_print_amount_whole(page, mean, doses[i].digits, false), id_of(mean));
    sg_row_add(row, sg_print_amount_whole(page, median, doses[i].digits, false), id_of(median));
}

static const sg_estimate *look_completed(const sg_page *page, sg_arm_subset arm)
{
    sg_place place = sg_place_headline(page, page->year);

    place.outcome = "completed";
    return sg_look(page, &place, sg_arm_subset_text(arm), "rate", "wilson");
}

/* Of a yes or no the mean is the share; what a median would tell of it, their number tells. */
static void add_completed_row(const sg_page *page, sg_table *table)
{
    sg_row *row = sg_table_row(page->doc, table);

    sg_row_add(row, "Completed the program: share, number", NULL);
    for (int arm = SG_ARM_IET; arm <= SG_ARM_COMPARISON; arm++) {
        const sg_estimate *e = look_completed(page, (sg_arm_subset)arm);

        sg_row_add(row, sg_print_count(page, e ? e->n_level : SG_COUNT_NONE), id_of(e));
        sg_row_add(row, sg_print_rate_whole(page, e), id_of(e));
        sg_row_add(row, sg_print_count(page, e ? e->x_level : SG_COUNT_NONE), id_of(e));
    }
}

static bool has_doses(const sg_page *page)
{
    for (size_t i = 0; i < N_OF(doses); i++)
        if (look_dose(page, i, "iet", true))
            return true;
    return look_completed(page, SG_ARM_IET) != NULL;
}

static void tell_doses(const sg_page *page)
{
    static const sg_column columns[] = {{"Within the window", false},     {"IET learners", true},
                                        {"IET mean (interval)", true},    {"IET median (interval)", true},
                                        {"Other learners", true},         {"Other mean (interval)", true},
                                        {"Other median (interval)", true}};
    const bool tells_completion = look_completed(page, SG_ARM_IET) != NULL;
    sg_table *table = sg_document_table(
        page->doc, "outcomes-dose",
        sg_say_plain(
            page->doc, "tables/dose",
            SG_VALUES({"year", sg_print_year(page, page->year), NULL}, {"level", page->level, NULL})),
        columns, N_OF(columns));

    for (size_t i = 0; i < N_OF(doses); i++) {
        sg_row *row = look_dose(page, i, "iet", true) ? sg_table_row(page->doc, table) : NULL;

        if (!row)
            continue;
        sg_row_add(row, doses[i].label, NULL);
        add_dose_arm(page, row, i, SG_ARM_IET);
        add_dose_arm(page, row, i, SG_ARM_COMPARISON);
    }
    if (tells_completion)
        add_completed_row(page, table);
    if (table)
        table->note = sg_say_plain(
            page->doc, "tables/note_dose",
            SG_VALUES({"completed",
                       sg_say_plain(page->doc,
                                    tells_completion ? "tables/note_completed" : "tables/note_not_completed",
                                    SG_NO_VALUES),
                       NULL}));
}

void sg_page_amounts(const sg_page *page)
{
    bool has_medians = false, scores = has_scores(page), has_dose = has_doses(page);

    for (size_t i = 0; i < N_OF(median_lines); i++)
        has_medians = has_medians || is_held(page, &median_lines[i]);
    if (!has_medians && !scores && !has_dose)
        return;
    sg_page_heading(page, 2, "outcomes/amounts_heading", SG_NO_VALUES);
    sg_page_say(page, "outcomes/amounts", SG_NO_VALUES);
    if (has_medians)
        tell_medians(page);
    if (scores)
        tell_scores(page);
    if (has_dose)
        tell_doses(page);
}
