/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Enrollments of one learner against each other: they are of one person, who is in one place at a time.
 */
#include "learner.h"

/* places in sg_codes_prior_education and sg_codes_exit_reason */
enum { EDUCATION_NONE = 1, EDUCATION_DIPLOMA, EDUCATION_EQUIVALENT, EDUCATION_IEP };
enum { REASON_DECEASED = 4 };

static bool overlap(const sg_learner_rows *l, const sg_fact *a, const sg_fact *b)
{
    return sg_meets(l, a, b->day, sg_last_day(l, b));
}

static void judge_overlaps(const sg_learner_rows *l, size_t at, sg_across_sink *sink)
{
    const sg_fact *const *rows = l->of[SG_KIND_ENROLLMENT], *row = rows[at];
    for (size_t i = 0; i < at; i++) {
        if (!overlap(l, rows[i], row))
            continue;
        if (rows[i]->college != row->college)
            sg_find(sink, SG_ACROSS_TWO_COLLEGES, row, SG_ENROLLMENT_COLLEGE);
        else if (row->as.enrollment.section != 0 &&
                 rows[i]->as.enrollment.section == row->as.enrollment.section &&
                 rows[i]->codes.component == row->codes.component)
            sg_find(sink, SG_ACROSS_SECTION_TWICE, row, SG_ENROLLMENT_SECTION_ID);
    }
}

/* ---- one person ---- */

/* The latest day on which the learner can have been born, to a day or two. */
static int64_t born_by(const sg_fact *row)
{
    enum { DAYS_OF_FOUR_YEARS = 1461, FOUR = 4 };
    return (int64_t)row->day - (int64_t)row->codes.age * DAYS_OF_FOUR_YEARS / FOUR;
}

/* An age leaves a year open; two that are two years apart are of birthdays more than a year apart. */
static bool ages_differ(const sg_fact *a, const sg_fact *b)
{
    enum { TWO_YEARS = 732 };
    int64_t apart = born_by(a) - born_by(b);
    return a->codes.age != 0 && b->codes.age != 0 && (apart > TWO_YEARS || apart < -TWO_YEARS);
}

static bool codes_differ(unsigned a, unsigned b)
{
    return a != 0 && b != 0 && a != b;
}

/* Against the first row that says anything, so that one row that is wrong is one finding. */
static void judge_person(const sg_learner_rows *l, sg_across_sink *sink)
{
    const sg_fact *age = NULL, *sex = NULL, *race = NULL;
    for (size_t i = 0; i < l->n_of[SG_KIND_ENROLLMENT]; i++) {
        const sg_fact *row = l->of[SG_KIND_ENROLLMENT][i];
        age = age == NULL && row->codes.age != 0 ? row : age;
        sex = sex == NULL && row->codes.sex != 0 ? row : sex;
        race = race == NULL && row->codes.race != 0 ? row : race;
        if (age != NULL && ages_differ(age, row))
            sg_find(sink, SG_ACROSS_AGES_DIFFER, row, SG_ENROLLMENT_AGE);
        if (sex != NULL && codes_differ(sex->codes.sex, row->codes.sex))
            sg_find(sink, SG_ACROSS_SEX_DIFFERS, row, SG_ENROLLMENT_SEX);
        if (race != NULL && codes_differ(race->codes.race, row->codes.race))
            sg_find(sink, SG_ACROSS_RACE_DIFFERS, row, SG_ENROLLMENT_RACE);
    }
}

/* ---- facts of entry ---- */

/* Rows that begin on one day are of one entry. */
static void judge_entry(const sg_learner_rows *l, size_t at, sg_across_sink *sink)
{
    const sg_fact *const *rows = l->of[SG_KIND_ENROLLMENT], *row = rows[at];
    for (size_t i = at; i-- > 0 && rows[i]->day == row->day;) {
        if (codes_differ(rows[i]->level, row->level))
            sg_find(sink, SG_ACROSS_ENTRY_DIFFERS, row, SG_ENROLLMENT_ENTERING_LEVEL);
        if (codes_differ(rows[i]->codes.prior, row->codes.prior))
            sg_find(sink, SG_ACROSS_ENTRY_DIFFERS, row, SG_ENROLLMENT_PRIOR_EDUCATION);
        if (codes_differ(rows[i]->codes.employment, row->codes.employment))
            sg_find(sink, SG_ACROSS_ENTRY_DIFFERS, row, SG_ENROLLMENT_EMPLOYMENT_STATUS);
    }
}

static bool has_diploma(const sg_fact *row)
{
    return row->codes.prior >= EDUCATION_DIPLOMA && row->codes.prior != EDUCATION_IEP;
}

static void judge_past(const sg_learner_rows *l, size_t at, sg_across_sink *sink)
{
    const sg_fact *const *rows = l->of[SG_KIND_ENROLLMENT], *row = rows[at];
    for (size_t i = 0; i < at; i++) {
        if (has_diploma(rows[i]) && row->codes.prior == EDUCATION_NONE && rows[i]->day < row->day)
            sg_find(sink, SG_ACROSS_EDUCATION_LOST, row, SG_ENROLLMENT_PRIOR_EDUCATION);
        if (rows[i]->codes.exit_reason == REASON_DECEASED && sg_last_day(l, rows[i]) < row->day)
            sg_find(sink, SG_ACROSS_AFTER_DEATH, row, SG_ENROLLMENT_START_DATE);
    }
}

/* An exit is known by the days without service behind it. */
static void judge_exit(const sg_learner_rows *l, const sg_fact *row, sg_across_sink *sink)
{
    sg_day exit = row->as.enrollment.exit;
    if (exit == SG_DAY_NONE)
        return;
    for (size_t i = 0; i < l->n_counted; i++)
        if (sg_meets(l, l->counted[i], exit + 1, exit + sg_gap_behind(l, exit)))
            sg_find(sink, SG_ACROSS_EXIT_TOO_SOON, row, SG_ENROLLMENT_EXIT_DATE);
}

void sg_across_enrollments(const sg_learner_rows *learner, sg_across_sink *sink)
{
    for (size_t i = 0; i < learner->n_of[SG_KIND_ENROLLMENT]; i++) {
        if (sg_is_late(learner, learner->of[SG_KIND_ENROLLMENT][i]))
            continue;
        judge_overlaps(learner, i, sink);
        judge_entry(learner, i, sink);
        judge_past(learner, i, sink);
        judge_exit(learner, learner->of[SG_KIND_ENROLLMENT][i], sink);
    }
    judge_person(learner, sink);
}
