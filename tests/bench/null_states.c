/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * States in which IET changes nothing: a learner stays for a time, gains at a time and, if still there, enters IET at a time, each drawn
 * by itself. How often does the 95 % interval of each design cover zero? Made-up learners only.
 *
 *   null_states [STATES [LEARNERS]]
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "cohort/builder.h"
#include "skillgain/analysis.h"
#include "support/dice.h"

enum { YEAR = 2023, STATES = 500, LEARNERS = 4000, COLLEGES = 8, ENTRY_DAYS = 21, FOLLOW_UP_DAYS = 180 };

/* Mean days until each, were nothing else to happen first. */
static const double days_to_leave = 110, days_to_gain = 190, days_to_iet = 140;

static sg_day terms[3];
static const char *const colleges[COLLEGES] = {"01", "02", "03", "04", "05", "06", "07", "08"};

static sg_day day_of(int year, int month, int day)
{
    sg_day out = SG_DAY_NONE;
    if (!sg_day_from_civil(year, month, day, &out))
        abort();
    return out;
}

static int draw_days(dice *d, double mean)
{
    double u = (throw(d, 1U << 30) + 0.5) / (double)(1U << 30);
    return (int)(-log(u) * mean);
}

/* ---- a learner ---- */

typedef struct {
    sg_day first, last, iet, gain; /* SG_DAY_NONE: never */
    int college;
} fate;

static fate draw(dice *d)
{
    sg_day from = day_of(YEAR - 1, 9, 1);
    fate f = {.first = from + (sg_day) throw(d, 600), .college = (int) throw(d, COLLEGES)};
    f.last = f.first + 11 + draw_days(d, days_to_leave);
    f.iet = f.first + 1 + draw_days(d, days_to_iet);
    f.gain = f.first + draw_days(d, days_to_gain);
    if (f.iet > f.last)
        f.iet = SG_DAY_NONE;
    if (f.gain > f.last)
        f.gain = SG_DAY_NONE;
    return f;
}

/* An hour a day. */
static sg_stored_enrollment row_of(const fate *f, sg_day first, sg_day last, bool iet, sg_day cutoff)
{
    sg_stored_enrollment row = {.college = f->college, .cutoff = cutoff, .export_has_hours = true};
    for (size_t i = 0; i < SG_N_ENROLLMENT_FIELDS; i++)
        row.number[i] = SG_BLANK;
    row.number[SG_ENROLLMENT_START_DATE] = first;
    row.number[SG_ENROLLMENT_END_DATE] = last;
    row.number[SG_ENROLLMENT_CONTACT_HOURS] = ((int64_t)last - first + 1) * INT64_C(1000000000);
    row.number[SG_ENROLLMENT_IET] = iet ? SG_IET_YES : SG_IET_NO;
    return row;
}

static sg_status add(sg_cohort_builder *builder, const fate *f, sg_day cutoff, sg_err *err)
{
    bool enters = f->iet != SG_DAY_NONE;
    sg_stored_enrollment rows[2] = {row_of(f, f->first, enters ? f->iet - 1 : f->last, false, cutoff)};
    sg_stored_gain gain = {.date = f->gain, .type = SG_GAIN_EFL_TEST, .cutoff = cutoff, .college = -1};
    sg_stored_learner learner = {.enrollments = rows,
                                 .n_enrollments = 1 + (size_t)enters,
                                 .gains = &gain,
                                 .n_gains = f->gain != SG_DAY_NONE};
    if (enters)
        rows[1] = row_of(f, f->iet, f->last, true, cutoff);
    return sg_cohort_builder_add(builder, &learner, err);
}

/* ---- what each design makes of it ---- */

enum { LANDMARK, NAIVE, TERM, FROM_TERM, VARYING, LINES };
static const char *const names[LINES] = {"landmark", "naive", "term", "term, followed from its first day",
                                         "landmark, arm by day: log ratio of rates"};

typedef struct {
    double sum, squares;
    long covers, above, n;
} line;

static void take(line *l, double estimate, double low, double high)
{
    l->sum += estimate;
    l->squares += estimate * estimate;
    l->covers += low <= 0 && high >= 0;
    l->above += low > 0;
    l->n++;
}

/* The term design as it would be if gains counted, and the others were there, from the term's first day on. */
typedef struct {
    double n[2], x[2];
} two_arms;

static void follow_from_term(const fate *f, two_arms *arms)
{
    for (size_t t = 0; t < 3; t++) {
        sg_day from = terms[t];
        bool before = f->iet != SG_DAY_NONE && f->iet < from;
        if (f->first + 11 > from || f->last < from || before || (f->gain != SG_DAY_NONE && f->gain <= from))
            continue;
        int arm = f->iet != SG_DAY_NONE && f->iet <= from + ENTRY_DAYS;
        arms->n[arm]++;
        arms->x[arm] += f->gain != SG_DAY_NONE && f->gain <= from + FOLLOW_UP_DAYS;
    }
}

static void take_arms(line *l, const two_arms *arms)
{
    double p1 = arms->x[1] / arms->n[1], p0 = arms->x[0] / arms->n[0];
    double error = 1.959963984540054 * sqrt(p1 * (1 - p1) / arms->n[1] + p0 * (1 - p0) / arms->n[0]);
    take(l, p1 - p0, p1 - p0 - error, p1 - p0 + error);
}

/* The limits at which the test of Mantel and Byar gives a p of 0.05. */
static void take_varying(line *l, const sg_results *results)
{
    char id[128];
    (void)snprintf(id, sizeof id,
                   "%d/time_to_gain/all/all/hazard_equality/mantel_byar/landmark,arm:time_varying", YEAR);
    const sg_estimate *e = sg_results_estimate(results, id);
    if (e == NULL)
        abort();
    double ratio = log(e->estimate), error = 1.959963984540054 * fabs(ratio) / sqrt(e->statistic);
    take(l, ratio, ratio - error, ratio + error);
}

static void take_results(line lines[LINES], const sg_results *results)
{
    for (int design = LANDMARK; design <= TERM; design++) {
        char id[128];
        (void)snprintf(id, sizeof id, "%d/msg_common/all/all/risk_difference/newcombe/%s", YEAR,
                       sg_design_text((sg_design)design));
        const sg_estimate *e = sg_results_estimate(results, id);
        if (e == NULL)
            abort();
        take(&lines[design], e->estimate, e->ci_low, e->ci_high);
    }
    take_varying(&lines[VARYING], results);
}

static sg_status run_state(const sg_config *config, unsigned seed, int n_learners, line lines[LINES],
                           sg_err *err)
{
    SG_CLEANUP(sg_cohort_builder_cleanup) sg_cohort_builder *builder = NULL;
    SG_CLEANUP(sg_cohort_cleanup) sg_cohort *cohort = NULL;
    SG_CLEANUP(sg_results_cleanup) sg_results *results = NULL;
    const sg_analysis_options options = {.program_year = YEAR, .banner = "", .jobs = 1};
    sg_day cutoff = day_of(YEAR + 2, 6, 30);
    two_arms arms = {{0}, {0}};
    dice d = {seed};
    sg_status status = sg_cohort_builder_new(config, cutoff, &builder, err);
    for (int i = 0; i < n_learners && status == SG_OK; i++) {
        fate f = draw(&d);
        follow_from_term(&f, &arms);
        status = add(builder, &f, cutoff, err);
    }
    if (status == SG_OK)
        status = sg_cohort_builder_finish(builder, colleges, COLLEGES, &cohort, err);
    if (status == SG_OK)
        status = sg_analysis_run(cohort, config, &options, &results, err);
    if (status != SG_OK)
        return status;
    take_results(lines, results);
    take_arms(&lines[FROM_TERM], &arms);
    return SG_OK;
}

int main(int argc, char **argv)
{
    int n_states = argc > 1 ? atoi(argv[1]) : STATES, n_learners = argc > 2 ? atoi(argv[2]) : LEARNERS;
    SG_CLEANUP(sg_config_cleanup) sg_config *config = NULL;
    line lines[LINES] = {{0}};
    sg_err err = {0};
    sg_status status = sg_config_load("sample-data/workspace", &config, &err);
    terms[0] = day_of(YEAR, 8, 28);
    terms[1] = day_of(YEAR + 1, 1, 16);
    terms[2] = day_of(YEAR + 1, 6, 3);
    if (status == SG_OK) {
        config->cohort.terms = terms;
        config->cohort.n_terms = 3;
        config->analysis.n_dimensions = 0;
    }
    for (int i = 0; i < n_states && status == SG_OK; i++)
        status = run_state(config, (unsigned)i + 1, n_learners, lines, &err);
    if (status != SG_OK) {
        (void)fprintf(stderr, "null_states: %s\n", err.message);
        return 1;
    }
    printf("%d states of %d learners, no effect of IET\n%-34s %10s %10s %12s %12s\n", n_states, n_learners,
           "design", "mean", "sd", "covers 0, %", "above 0, %");
    for (int i = 0; i < LINES; i++) {
        double n = (double)lines[i].n, mean = lines[i].sum / n;
        printf("%-34s %10.4f %10.4f %12.1f %12.1f\n", names[i], mean,
               sqrt(lines[i].squares / n - mean * mean), 100 * (double)lines[i].covers / n,
               100 * (double)lines[i].above / n);
    }
    return 0;
}
