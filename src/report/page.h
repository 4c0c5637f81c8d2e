/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the pages share: the publication they tell of, looking its figures up, and figures as readers see them.
 */
#ifndef SKILLGAIN_SRC_REPORT_PAGE_H
#define SKILLGAIN_SRC_REPORT_PAGE_H

#include "document.h"
#include "skillgain/report.h"
#include "wording.h"

typedef struct {
    const sg_publication *publication;
    const sg_results *results;
    const sg_facts *facts;
    bool is_draft;
    int year;          /* the headline year; 0: no closed one */
    int year_before;   /* the program year before it, 0 where the results hold none */
    const char *level; /* of confidence: "95%" */
    unsigned pages, formats;
    sg_document *doc; /* the page under way */
} sg_page;

/* ---- looking up (lookup.c) ---- */

/* A group of a year, design and outcome; dimension and level "all" for everyone. */
typedef struct {
    int year;
    const char *variant, *outcome, *dimension, *level;
} sg_place;

/* Everyone of a year in the headline design and outcome. */
sg_place sg_place_headline(const sg_page *page, int year);
sg_place sg_place_level(sg_place everyone, const char *dimension, const char *level);

/* The estimate of a place whatever its reference, NULL: these results don't hold it. */
const sg_estimate *sg_look(const sg_page *page, const sg_place *place, const char *subset,
                           const char *estimand, const char *method);
const sg_estimate *sg_look_rate(const sg_page *page, const sg_place *place, const char *subset);
const sg_estimate *sg_look_difference(const sg_page *page, const sg_place *place);
/* The gap to the reference, by the method that its kind of reference has. */
const sg_estimate *sg_look_gap(const sg_page *page, const sg_place *place, const char *subset);
/* The level that the others of its dimension are held against: the only one without a gap. */
bool sg_is_reference(const sg_page *page, const sg_place *place, const sg_dimension *dimension);
/* A count of the place's group; SG_COUNT_NONE: these results don't hold it. */
int64_t sg_look_count(const sg_page *page, const sg_place *place, sg_arm_subset arm, sg_measure measure);
const sg_year_facts *sg_look_year(const sg_page *page, int year);
/* A closed year whose rates these results hold; and how many there are of the headline. */
bool sg_is_year_shown(const sg_page *page, const sg_place *place);
size_t sg_n_years_shown(const sg_page *page);
/* How often rules of a severity spoke. */
int64_t sg_n_findings(const sg_page *page, sg_severity severity);
/* An export had no hours, or there was no register of programs: as the facts' own sentences say. */
bool sg_lacks_hours(const sg_page *page);
bool sg_lacks_register(const sg_page *page);
/* A group that is listed: it has somebody in it, or that is hidden. */
bool sg_is_listed(const sg_page *page, const sg_place *place);
/* A dimension of which nobody compared in the headline year has a known level: its only line would be everybody. */
bool sg_is_unreported(const sg_page *page, const sg_dimension *dimension);
/* The other dimensions, in the order of the configuration. */
const sg_dimension **sg_told_dimensions(const sg_page *page, size_t *out_n);
/* The i-th level of a dimension as listed: its own order, `unknown` last. */
const sg_level *sg_level_listed(const sg_dimension *dimension, size_t i);

/* ---- printing (print.c): all in the document's arena; "*" masked, "not estimable", "not collected" ---- */

const char *sg_print_year(const sg_page *page, int year); /* "PY 2024-25" */
const char *sg_print_count(const sg_page *page, int64_t count);
const char *sg_print_percent(const sg_page *page, double share, int digits);
const char *sg_print_rate(const sg_page *page, const sg_estimate *e);          /* "62.4%" */
const char *sg_print_rate_interval(const sg_page *page, const sg_estimate *e); /* "58.1% to 66.5%" */
const char *sg_print_rate_whole(const sg_page *page, const sg_estimate *e);    /* "62.4% (58.1% to 66.5%)" */
const char *sg_print_rate_short(const sg_page *page,
                                const sg_estimate *e);                  /* "62.4% (58.1 to 66.5)": figures */
const char *sg_print_size(const sg_page *page, const sg_estimate *e);   /* "9.8": points without a sign */
const char *sg_print_points(const sg_page *page, const sg_estimate *e); /* "+9.8" */
const char *sg_print_points_brief(const sg_page *page,
                                  const sg_estimate *e); /* the same; a dash where there is none */
const char *sg_print_points_interval(const sg_page *page, const sg_estimate *e);
const char *sg_print_points_whole(const sg_page *page, const sg_estimate *e);
/* An amount or a time: "4,210 (3,870 to 4,520)", "+3.1 (-0.4 to +6.6)" with_plus; "7 (no interval)". */
const char *sg_print_amount_whole(const sg_page *page, const sg_estimate *e, int digits, bool with_plus);
const char *sg_print_ratio(const sg_page *page, const sg_estimate *e);       /* "1.19" */
const char *sg_print_ratio_whole(const sg_page *page, const sg_estimate *e); /* "1.19 (1.08 to 1.31)" */
/* The corrected p-value; "" where there is none, or where a group has fewer than 30 learners. NULL: there is none. */
const char *sg_print_p(const sg_page *page, const sg_estimate *e);
const char *sg_print_p_alone(const sg_page *page, const sg_estimate *e); /* the same, not corrected */
const char *sg_print_alpha(const sg_page *page); /* "0.05": what a corrected p-value is held against */
const char *sg_print_says(const sg_estimate *difference); /* "higher", "no clear difference", ... */
const char *sg_print_verdict(const sg_estimate *gap);
const char *sg_print_margin(const sg_page *page); /* "5 percentage points" */
const char *sg_print_reference(const sg_page *page, const char *reference);
const char *sg_print_types(const sg_page *page);   /* the common gain types in words */
const char *sg_print_counted(const sg_page *page); /* a sentence: the records that counted as IET, by grade */

/* ---- building (parts.c) ---- */

void sg_page_heading(const sg_page *page, int level, const char *key, const sg_value *values);
void sg_page_say(const sg_page *page, const char *key, const sg_value *values);
void sg_page_lead(const sg_page *page, const char *key, const sg_value *values);
void sg_page_point(const sg_page *page, sg_block *list, const char *key, const sg_value *values);
void sg_page_term(const sg_page *page, sg_block *box, const char *term, const char *key,
                  const sg_value *values);
void sg_page_note(const sg_page *page, const char *title_key, const char *key, const sg_value *values);

void sg_page_evidence(const sg_page *page); /* the evidence box */
void sg_page_coverage(const sg_page *page); /* how much of all IET learners the comparison covers */
/* Which deliveries the checks held and a person took in all the same: one point each, whole in drafts only. */
void sg_page_accepted(const sg_page *page, sg_block *list);
void sg_page_limits(const sg_page *page); /* what this cannot tell you */
/* That a delivery was held and accepted by hand: in drafts which and why, in editions its kind and day; and a point for each. */
const char *sg_say_accepted(const sg_page *page, const sg_accepted_facts *accepted);
void sg_page_accepted(const sg_page *page, sg_block *list);
void sg_page_marks(const sg_page *page); /* the key to what stands for a figure, as told here: */
typedef struct {
    const char *mark, *key;
} sg_mark_told;
extern const sg_mark_told sg_marks_told[];
extern const size_t sg_n_marks_told;
void sg_page_answer(const sg_page *page, sg_block *list);       /* the comparison in a sentence */
void sg_page_no_year(const sg_page *page);                      /* there is no program year to tell of */
void sg_page_why_no_year(const sg_page *page, sg_block *block); /* and why */
/* Why lines are hidden, once a page, before the first of its parts that tells of one of these dimensions with such lines. */
void sg_page_hidden(const sg_page *page, const sg_dimension *const *dimensions, size_t n);
void sg_page_any_gain(const sg_page *page, const char *prefix); /* gains of any type, in their parts */
void sg_page_naive(const sg_page *page, const char *prefix); /* the naive figure as a contrast: drafts only */
void sg_page_varying(const sg_page *page); /* the arm of each day, where these results hold it: drafts only */
void sg_page_settled(const sg_page *page); /* that it points the other way, where it does */
void sg_page_amounts(const sg_page *page); /* times and amounts, where these results hold any */
void sg_page_unreported(const sg_page *page); /* the groupings that have no section, where there are any */
void sg_page_verdicts(const sg_page *page);   /* the gaps within IET, judged */
/* Coverage high enough for a title. */
bool sg_page_covers(const sg_page *page);

/* ---- tables and figures that pages share (groups.c, figures.c) ---- */

void sg_table_of_years(const sg_page *page, const char *name, const char *variant, const char *caption_key);
void sg_table_of_parts(const sg_page *page, const char *name);
void sg_table_of_differences(const sg_page *page, const sg_dimension *dimension, const char *name);
void sg_table_of_gaps(const sg_page *page, const sg_dimension *dimension, const char *name);
void sg_table_of_access(const sg_page *page, const sg_dimension *const *dimensions, size_t n,
                        const char *name);
void sg_table_of_deliveries(const sg_page *page, const char *name);
void sg_table_of_closure(const sg_page *page, const sg_dimension *const *dimensions, size_t n,
                         const char *name);

void sg_figure_of_rates(const sg_page *page, const char *name, const char *table);
void sg_figure_of_differences(const sg_page *page, const sg_dimension *dimension, const char *name,
                              const char *table);
void sg_figure_of_gaps(const sg_page *page, const sg_dimension *dimension, const char *name,
                       const char *table);
void sg_figure_of_access(const sg_page *page, const sg_dimension *dimension, const char *name,
                         const char *table);

/* "outcomes-sex": a file name made of a dimension's; what can't stand in one becomes '_' and the place is added. */
const char *sg_file_name(const sg_page *page, const char *prefix, const sg_dimension *dimension);

/* ---- what an output has (write.c) ---- */

typedef struct {
    const char *name, *key; /* "brief.html"; the text that says what it is */
    unsigned page, format;  /* SG_REPORT_..., 0: none; SG_FORMAT_... */
} sg_file_told;
extern const sg_file_told sg_files_told[];
extern const size_t sg_n_files_told;
bool sg_has_file(const sg_page *page, const sg_file_told *file);

/* ---- the pages: each fills page->doc ---- */

void sg_page_index(sg_page *page);
void sg_page_outcomes(sg_page *page);
void sg_page_equity(sg_page *page);
void sg_page_brief(sg_page *page);
void sg_page_quality(sg_page *page);
void sg_page_nrs(sg_page *page);
void sg_page_programs(sg_page *page);

/* ---- federal tables (page_nrs.c) ---- */

/* Whether they tie out, as a section. */
void sg_page_tie_outs(const sg_page *page);
/* "nrs/2024/table-4a.csv" */
const char *sg_nrs_file_name(sg_arena *arena, const sg_nrs_table *table);
/* A note of a table as a sentence. */
const char *sg_nrs_say_note(sg_document *doc, const sg_nrs_note *note);
/* The pseudonyms of those who break a tie-out, or "none". */
const char *sg_nrs_say_learners(sg_document *doc, const sg_nrs_tie_out *tie);

#endif
