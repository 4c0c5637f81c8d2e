/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fixture.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "federal.h"
#include "fixture_amounts.h"
#include "fixture_facts.h"
#include "programs.h"
#include "support/assert.h"

enum {
    N_SEX = SG_FIXTURE_SEXES,
    N_RACE = SG_FIXTURE_RACES,
    N_ARMS = 2,
    N_KINDS_OF_GAIN = 4,
    MAX_CELLS = 12000,
    MAX_ESTIMATES = 4500
};

const sg_fixture sg_fixture_usual = {
    .name = "usual", .n_iet = 1240, .n_other = 3600, .rate_iet = 0.56, .rate_other = 0.47, .coverage = 0.78};

static const double sex_share[N_SEX] = {0.02, 0.56, 0.41, 0.01};
static const double race_share[N_RACE] = {0.05, 0.21, 0.004, 0.09, 0.17, 0.006, 0.41, 0.06};
static const double race_shift[N_RACE] = {0, 0.01, 0, 0.06, -0.09, 0, 0.02, -0.01};

/* Learners of one year by sex, race, arm and what they gained (bit 1 common, bit 2 other). */
typedef struct {
    const sg_fixture *fixture;
    sg_results *results;
    int64_t n[N_SEX][N_RACE][N_ARMS][N_KINDS_OF_GAIN];
    int year;
    const char *variant;
} builder;

typedef struct {
    int64_t gained[N_ARMS][N_KINDS_OF_GAIN];
} group;

/* ---- counts ---- */

static void fill_group(builder *b, int sex, int race, int arm, double n, double rate)
{
    int64_t *gained = b->n[sex][race][arm];
    int64_t all = llround(n * sex_share[sex] * race_share[race]);
    int64_t common = llround((double)all *
                             fmin(fmax(rate + race_shift[race] + (sex == 1 ? 0.02 : 0), 0.02), 0.98));

    if (!b->fixture->no_other_gains) {
        gained[3] = arm == 0 ? common / 4 : common / 12;
        gained[2] = (all - common) / (arm == 0 ? 3 : 14);
    }
    gained[1] = common - gained[3];
    gained[0] = all - common - gained[2];
}

static void fill_year(builder *b)
{
    double growth = b->year == SG_FIXTURE_YEAR ? 1 : 0.87, lead = strcmp(b->variant, "naive") == 0 ? 0.07 : 0;

    for (int sex = 0; sex < N_SEX; sex++)
        for (int race = 0; race < N_RACE; race++) {
            fill_group(b, sex, race, 0, (double)b->fixture->n_iet * growth, b->fixture->rate_iet + lead);
            fill_group(b, sex, race, 1, b->fixture->one_armed ? 0 : (double)b->fixture->n_other * growth,
                       b->fixture->rate_other);
        }
}

/* The learners of a level; level -1: all. */
static group sum_of(const builder *b, int dimension, int level)
{
    group sum = {0};

    for (int sex = 0; sex < N_SEX; sex++)
        for (int race = 0; race < N_RACE; race++)
            for (int arm = 0; arm < N_ARMS; arm++)
                for (int k = 0; k < N_KINDS_OF_GAIN; k++)
                    if (level < 0 || (dimension == 0 ? sex : b->fixture->no_races ? 0 : race) == level)
                        sum.gained[arm][k] += b->n[sex][race][arm][k];
    return sum;
}

static int64_t count_of(const group *g, int arm, const char *outcome)
{
    const int64_t *k = g->gained[arm];

    if (!*outcome)
        return k[0] + k[1] + k[2] + k[3];
    return strcmp(outcome, "msg") == 0 ? k[1] + k[2] + k[3] : k[1] + k[3];
}

/* ---- cells ---- */

static void add_cell(builder *b, const char *outcome, const char *dimension, const char *level, int arm,
                     sg_measure measure, int64_t count)
{
    sg_results *r = b->results;

    assert_true(r->n_cells < MAX_CELLS);
    r->cells[r->n_cells++] = (sg_cell){
        b->year, "", b->variant, outcome, dimension, level, (sg_arm_subset)arm, measure, count};
}

static void add_cells(builder *b, const char *dimension, const char *level, const group *g)
{
    static const sg_measure parts[] = {SG_MEASURE_NO_GAIN, SG_MEASURE_COMMON_ONLY, SG_MEASURE_OTHER_ONLY,
                                       SG_MEASURE_BOTH};
    static const char *const outcomes[] = {"", "msg_common", "msg"};

    for (int arm = SG_ARM_ALL; arm <= SG_ARM_COMPARISON; arm++)
        for (int o = 0; o < 3; o++) {
            int64_t count = arm == SG_ARM_ALL ? count_of(g, 0, outcomes[o]) + count_of(g, 1, outcomes[o])
                                              : count_of(g, arm - 1, outcomes[o]);

            add_cell(b, outcomes[o], dimension, level, arm, o ? SG_MEASURE_X : SG_MEASURE_N, count);
        }
    for (int arm = 0; arm < N_ARMS; arm++)
        for (int k = 0; k < N_KINDS_OF_GAIN; k++)
            add_cell(b, "msg", dimension, level, arm + 1, parts[k], g->gained[arm][k]);
}

/* ---- estimates ---- */

typedef struct {
    int64_t n, x;
    double p, low, high;
} rate;

static rate rate_of(int64_t n, int64_t x)
{
    rate r = {.n = n, .x = x};
    double z2 = 1.959963984540054 * 1.959963984540054, size = (double)n;

    if (n == 0)
        return r;
    r.p = (double)x / size;
    {
        double middle = (r.p + z2 / (2 * size)) / (1 + z2 / size);
        double half = sqrt(z2) / (1 + z2 / size) * sqrt(r.p * (1 - r.p) / size + z2 / (4 * size * size));

        r.low = fmax(middle - half, 0);
        r.high = fmin(middle + half, 1);
    }
    return r;
}

sg_estimate *sg_fixture_add(sg_results *results, const sg_estimate *key)
{
    const double blank = nan("");
    sg_estimate *e = &results->estimates[results->n_estimates++];

    assert_true(results->n_estimates < MAX_ESTIMATES);
    *e = *key;
    e->college = e->covariates = e->note = "";
    e->estimate = e->std_error = e->ci_low = e->ci_high = blank;
    e->statistic = e->df = e->p_value = e->p_adjusted = blank;
    e->n_iet = e->x_iet = e->n_comparison = e->x_comparison = SG_COUNT_NONE;
    e->n_level = e->x_level = e->n_reference = e->x_reference = SG_COUNT_NONE;
    e->id = sg_result_id(results->arena, e);
    assert_non_null(e->id);
    return e;
}

static sg_estimate *add_estimate(builder *b, const char *outcome, const char *dimension, const char *level,
                                 const char *subset, const char *estimand, const char *method,
                                 const char *reference)
{
    return sg_fixture_add(b->results, &(sg_estimate){.program_year = b->year,
                                                     .outcome = outcome,
                                                     .dimension = dimension,
                                                     .level = level,
                                                     .subset = subset,
                                                     .variant = b->variant,
                                                     .estimand = estimand,
                                                     .method = method,
                                                     .reference = reference});
}

void sg_fixture_set(sg_estimate *e, double value, double low, double high, int64_t least)
{
    e->estimate = value;
    e->ci_low = low;
    e->ci_high = high;
    e->status = least < 30 ? SG_ESTIMATE_SMALL_SAMPLE : SG_ESTIMATE_OK;
}

static void set_rate(sg_estimate *e, rate r)
{
    e->n_level = r.n;
    e->x_level = r.x;
    if (r.n)
        sg_fixture_set(e, r.p, r.low, r.high, r.n);
    else
        e->status = SG_ESTIMATE_NOT_ESTIMABLE;
}

static void set_difference(sg_estimate *e, rate a, rate b, int families)
{
    double d = a.p - b.p, se;

    if (!a.n || !b.n) {
        e->status = SG_ESTIMATE_NOT_ESTIMABLE;
        e->note = "one group has nobody in it";
        return;
    }
    sg_fixture_set(e, d, d - hypot(a.p - a.low, b.high - b.p), d + hypot(a.high - a.p, b.p - b.low),
                   a.n < b.n ? a.n : b.n);
    se = sqrt(a.p * (1 - a.p) / (double)a.n + b.p * (1 - b.p) / (double)b.n) + 1e-9;
    e->p_value = erfc(fabs(d) / se / sqrt(2));
    e->p_adjusted = fmin(1, e->p_value * families);
}

static void add_group_estimates(builder *b, const char *outcome, const char *dimension, const char *level,
                                const group *g, int families)
{
    rate iet = rate_of(count_of(g, 0, ""), count_of(g, 0, outcome)),
         other = rate_of(count_of(g, 1, ""), count_of(g, 1, outcome));
    sg_estimate *e;

    set_rate(add_estimate(b, outcome, dimension, level, "iet", "rate", "wilson", ""), iet);
    set_rate(add_estimate(b, outcome, dimension, level, "comparison", "rate", "wilson", ""), other);
    e = add_estimate(b, outcome, dimension, level, "all", "risk_difference", "newcombe", "");
    set_difference(e, iet, other, families);
    e->n_iet = iet.n;
    e->x_iet = iet.x;
    e->n_comparison = other.n;
    e->x_comparison = other.x;
}

static void add_gap(builder *b, const char *outcome, const char *dimension, const char *level,
                    const char *subset, rate own, rate rest, int families)
{
    sg_estimate *e = add_estimate(b, outcome, dimension, level, subset, "gap", "newcombe", "all_others");

    set_difference(e, own, rest, families);
    e->n_level = own.n;
    e->x_level = own.x;
    e->n_reference = rest.n;
    e->x_reference = rest.x;
}

static void add_equity(builder *b, const char *dimension, const char *level, const group *g, const group *all,
                       int families)
{
    static const char *const subsets[] = {"iet", "comparison"};
    rate own[N_ARMS], rest[N_ARMS], access, other_access;
    int64_t n_all = count_of(all, 0, "") + count_of(all, 1, ""), n = count_of(g, 0, "") + count_of(g, 1, "");
    sg_estimate *e;

    for (int arm = 0; arm < N_ARMS; arm++) {
        own[arm] = rate_of(count_of(g, arm, ""), count_of(g, arm, "msg_common"));
        rest[arm] = rate_of(count_of(all, arm, "") - own[arm].n,
                            count_of(all, arm, "msg_common") - own[arm].x);
        add_gap(b, "msg_common", dimension, level, subsets[arm], own[arm], rest[arm], families);
    }
    e = add_estimate(b, "msg_common", dimension, level, "all", "gap_closure", "mover", "all_others");
    set_difference(e, own[0], own[1], families);
    if (isfinite(e->estimate) && rest[1].n)
        sg_fixture_set(e, own[0].p - rest[0].p - own[1].p + rest[1].p, e->ci_low - 0.1, e->ci_high + 0.1,
                       own[0].n);
    access = rate_of(n, own[0].n);
    other_access = rate_of(n_all - n, count_of(all, 0, "") - own[0].n);
    set_rate(add_estimate(b, "iet", dimension, level, "all", "rate", "wilson", ""), access);
    add_gap(b, "iet", dimension, level, "all", access, other_access, families);
}

static void add_ratios(builder *b, const group *all)
{
    rate iet = rate_of(count_of(all, 0, ""), count_of(all, 0, "msg_common")),
         other = rate_of(count_of(all, 1, ""), count_of(all, 1, "msg_common"));
    sg_estimate *risk = add_estimate(b, "msg_common", "all", "all", "all", "risk_ratio", "log", "");
    sg_estimate *odds = add_estimate(b, "msg_common", "all", "all", "all", "odds_ratio", "log", "");

    risk->status = odds->status = SG_ESTIMATE_NOT_ESTIMABLE;
    if (!other.n)
        return;
    sg_fixture_set(risk, iet.p / other.p, iet.p / other.p - 0.11, iet.p / other.p + 0.12, iet.n);
    sg_fixture_set(odds, iet.p / (1 - iet.p) * (1 - other.p) / other.p, 1.21, 1.64, iet.n);
}

static void add_year(builder *b)
{
    group all = sum_of(b, 0, -1);

    add_cells(b, "all", "all", &all);
    add_group_estimates(b, "msg_common", "all", "all", &all, 2);
    add_group_estimates(b, "msg", "all", "all", &all, 2);
    add_ratios(b, &all);
    if (b->fixture->amounts)
        sg_fixture_amounts(b->results, b->year, b->variant, !b->fixture->no_completion);
    for (int d = 0; d < 2; d++)
        for (int l = 0; l < (d == 0 ? N_SEX : N_RACE); l++) {
            const sg_dimension *dimension = &b->results->dimensions[d];
            group g = sum_of(b, d, l);

            add_cells(b, dimension->name, dimension->levels[l].name, &g);
            add_group_estimates(b, "msg_common", dimension->name, dimension->levels[l].name, &g,
                                (int)dimension->n_levels);
            if (strcmp(b->variant, "naive") != 0)
                add_equity(b, dimension->name, dimension->levels[l].name, &g, &all, (int)dimension->n_levels);
        }
}

/* ---- the whole ---- */

static bool is_gap_of_reference(const sg_fixture *fixture, const sg_estimate *e)
{
    return fixture->reference_level && !strcmp(e->level, fixture->reference_level) &&
           strncmp(e->estimand, "gap", 3) == 0 && strcmp(e->outcome, "iet") != 0;
}

static void change_estimates(const sg_fixture *fixture, sg_results *results)
{
    size_t kept = 0;

    for (size_t i = 0; i < results->n_estimates; i++) {
        sg_estimate *e = &results->estimates[i];
        bool is_headline = !strcmp(e->estimand, "risk_difference") && !strcmp(e->dimension, "all") &&
                           !strcmp(e->outcome, "msg_common");

        if (is_headline && fixture->hidden_headline) {
            e->status = SG_ESTIMATE_SUPPRESSED;
            e->estimate = e->ci_low = e->ci_high = e->p_value = e->p_adjusted = nan("");
        }
        if (is_gap_of_reference(fixture, e) || (is_headline && fixture->absent_headline))
            continue;
        results->estimates[kept++] = *e;
    }
    results->n_estimates = kept;
}

static void clean_facts(sg_facts *facts)
{
    facts->n_deliveries = facts->n_findings = facts->n_gaps = facts->n_notes = facts->n_flow = 0;
    facts->hours_note = facts->contact = "";
}

static int compare_estimates(const void *a, const void *b)
{
    const sg_estimate *left = a, *right = b;

    return strcmp(left->id, right->id);
}

sg_results *sg_fixture_results(const sg_fixture *fixture)
{
    const bool terms = fixture->variant && strcmp(fixture->variant, "term") == 0;
    const char *const variants[] = {terms ? "term" : "landmark", "naive"};
    sg_results *results = sg_results_new();

    assert_non_null(results);
    results->cells = sg_arena_alloc(results->arena, MAX_CELLS, sizeof *results->cells);
    results->estimates = sg_arena_alloc(results->arena, MAX_ESTIMATES, sizeof *results->estimates);
    sg_fixture_set_dimensions(fixture, results);
    sg_fixture_set_facts(fixture, results);
    for (int year = SG_FIXTURE_YEAR - 1 - fixture->more_years;
         year <= SG_FIXTURE_YEAR && results->facts.headline_year; year++)
        for (int v = 0; v < 2; v++) {
            builder b = {.fixture = fixture, .results = results, .year = year, .variant = variants[v]};

            fill_year(&b);
            add_year(&b);
        }
    change_estimates(fixture, results);
    if (fixture->clean)
        clean_facts(&results->facts);
    sg_results_judge(results);
    if (fixture->programs)
        results->iet = sg_fixture_programs(SG_FIXTURE_YEAR);
    if (fixture->federal)
        results->nrs = sg_fixture_federal(fixture->federal - 1);
    qsort(results->estimates, results->n_estimates, sizeof *results->estimates, compare_estimates);
    return results;
}

sg_publication *sg_fixture_draft(const sg_fixture *fixture)
{
    sg_results *results = sg_fixture_results(fixture);
    sg_publication *publication = NULL;
    sg_err err = {0};

    sg_assert_ok(sg_publication_draft(results, &publication, &err), &err);
    sg_results_free(results);
    return publication;
}

sg_publication *sg_fixture_edition(const sg_fixture *fixture)
{
    static const sg_disclosure_policy policy = {
        .minimum_cell = 10, .minimum_outcome = 3, .minimum_interval = 5};
    sg_results *results = sg_fixture_results(fixture);
    sg_publication *publication = NULL;
    sg_err err = {0};

    sg_assert_ok(sg_publication_edition(results, &policy, SG_FIXTURE_YEAR, "2024-1", &publication, &err),
                 &err);
    sg_results_free(results);
    sg_assert_ok(sg_publication_audit(publication, &err), &err);
    return publication;
}
