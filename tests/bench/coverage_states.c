/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Made-up states with a planted difference: how often does the 95 % interval of each method cover it? 16 colleges of the sample
 * generator's sizes, each with a rate of gains of its own; who enters IET depends on what also moves the gains. The planted difference is the
 * mean, over the state's IET learners, of the probability of a gain as it was less what it was without IET.
 *
 *   coverage_states [STATES [LEARNERS [SPREAD]]]
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "coverage.h"
#include "skillgain/base/mem.h"
#include "skillgain/stats.h"

enum { STATES = 1000, LEARNERS = 9000, MOST = 30000, VARIABLES = COVERAGE_CATEGORIES + COVERAGE_FLAGS };
static const double SPREAD = 0.25;

static const char *const NAMES[] = {"0", "1", "2",  "3",  "4",  "5",  "6",  "7",
                                    "8", "9", "10", "11", "12", "13", "14", "15"};

/* ---- a state ---- */

typedef struct {
    size_t n;
    uint8_t arm[MOST];
    double success[MOST];
    uint32_t college[MOST], levels[VARIABLES][MOST];
    sg_counts iet, comparison;
    double planted; /* summed over IET learners, then their mean */
} state;

static void take(void *context, const coverage_unit *unit)
{
    state *s = context;
    sg_counts *arm = unit->iet ? &s->iet : &s->comparison;

    if (s->n == MOST)
        abort();
    s->arm[s->n] = unit->iet;
    s->success[s->n] = unit->gained;
    s->college[s->n] = (uint32_t)unit->college;
    for (int v = 0; v < COVERAGE_CATEGORIES; v++)
        s->levels[v][s->n] = (uint32_t)unit->categories[v];
    for (int v = 0; v < COVERAGE_FLAGS; v++)
        s->levels[COVERAGE_CATEGORIES + v][s->n] = unit->flags[v];
    s->n++;
    arm->n++;
    arm->x += unit->gained;
    s->planted += unit->iet ? unit->expected - unit->never : 0;
}

/* ---- methods ---- */

enum { NEWCOMBE, GCOMP, GCOMP_LEARNERS, WEIGHTING, AUGMENTED, METHODS };
static const char *const METHOD_NAMES[METHODS] = {
    "crude difference, Newcombe", "g-computation, college jackknife (headline)",
    "g-computation, single learners", "weighting (ATT), college jackknife",
    "augmented (ATT), college jackknife"};

static void check(sg_status status, const sg_err *err)
{
    if (status == SG_OK)
        return;
    (void)fprintf(stderr, "coverage: %s\n", err->message);
    exit(1);
}

static void estimate(const state *s, sg_arena *arena, sg_figure *out, double *out_icc)
{
    static const sg_model model = {.arm = true, .cluster_effects = true};
    static const sg_aipw_options clip = {0.01, 0.99, SG_SEPARATED_FIRTH};
    static size_t clusters[MOST];
    sg_variable variables[VARIABLES];
    const sg_observations learners = {.n_rows = s->n,
                                      .variables = variables,
                                      .n_variables = VARIABLES,
                                      .arm = s->arm,
                                      .success = s->success,
                                      .cluster = s->college,
                                      .n_clusters = COVERAGE_COLLEGES};
    sg_observations two_armed, patterns;
    sg_gcomp_jackknife_result gcomp;
    sg_gcomp_result by_learners;
    sg_aipw_jackknife_result augmented;
    sg_intraclass icc;
    const sg_jackknife_plan plan = {0.95, 1};
    size_t failed;
    sg_err err = {0};

    for (size_t v = 0; v < VARIABLES; v++)
        variables[v] = (sg_variable){
            .name = NAMES[v], .levels = s->levels[v], .level_names = NAMES, .n_levels = 16};
    for (size_t i = 0; i < s->n; i++)
        clusters[i] = s->college[i];
    check(sg_intraclass_correlation(s->success, clusters, s->n, COVERAGE_COLLEGES, &icc, &err), &err);
    *out_icc = icc.icc;
    check(sg_observations_two_armed(&learners, arena, &two_armed, &err), &err);
    check(sg_observations_aggregate(&two_armed, arena, &patterns, &err), &err);
    check(sg_gcomp_jackknife(&patterns, &model, SG_TARGET_IET, &plan, &gcomp, &err), &err);
    check(sg_gcomp(&patterns, &model, SG_TARGET_IET, 0.95, arena, &by_learners, &err), &err);
    check(sg_weighting_jackknife(&patterns, &model, SG_ESTIMAND_ATT, &plan, &out[WEIGHTING], &failed, &err),
          &err);
    check(sg_aipw_jackknife(&patterns, &model, &clip, &plan, &augmented, &err), &err);
    out[NEWCOMBE] = sg_rd_newcombe(s->iet, s->comparison, 0.95);
    out[GCOMP] = gcomp.difference;
    out[GCOMP_LEARNERS] = sg_figure_t(by_learners.difference.estimate, by_learners.influence, HUGE_VAL, 0.95);
    out[AUGMENTED] = augmented.att;
}

/* ---- many states ---- */

typedef struct {
    int n, covers, above, below, not_estimable;
    double bias, error, width;
} tally;

static void count(tally *t, const sg_figure *figure, double planted)
{
    if (figure->status != SG_EST_OK) {
        t->not_estimable++;
        return;
    }
    t->n++;
    t->covers += figure->low <= planted && planted <= figure->high;
    t->above += figure->low > planted;
    t->below += figure->high < planted;
    t->bias += figure->estimate - planted;
    t->error += (figure->estimate - planted) * (figure->estimate - planted);
    t->width += figure->high - figure->low;
}

static void tell(const tally *t, const char *name)
{
    printf("%-46s covers %5.1f %%, below it %4.1f %%, above it %4.1f %%; off by %+.2f points on average, "
           "%.2f root mean square; "
           "width %.1f points; not estimable %d\n",
           name, 100.0 * t->covers / t->n, 100.0 * t->below / t->n, 100.0 * t->above / t->n,
           100 * t->bias / t->n, 100 * sqrt(t->error / t->n), 100 * t->width / t->n, t->not_estimable);
}

int main(int argc, char **argv)
{
    static state s;
    SG_CLEANUP(sg_arena_cleanup) sg_arena *arena = sg_arena_new();
    const int states = argc > 1 ? atoi(argv[1]) : STATES;
    const unsigned learners = argc > 2 ? (unsigned)atoi(argv[2]) : LEARNERS;
    const double spread = argc > 3 ? atof(argv[3]) : SPREAD;
    tally tallies[METHODS] = {{0}};
    double icc = 0, planted = 0, n_iet = 0, n = 0;

    if (arena == NULL)
        return 1;
    sg_stats_init();
    for (int i = 0; i < states; i++) {
        sg_figure figures[METHODS];
        double of_state = 0;

        sg_arena_reset(arena);
        s.n = 0;
        s.planted = 0;
        s.iet = s.comparison = (sg_counts){0, 0};
        coverage_draw((uint64_t)i + 1, learners, spread, take, &s);
        s.planted /= (double)s.iet.n;
        estimate(&s, arena, figures, &of_state);
        for (int m = 0; m < METHODS; m++)
            count(&tallies[m], &figures[m], s.planted);
        icc += of_state;
        planted += s.planted;
        n_iet += (double)s.iet.n;
        n += (double)s.n;
    }
    printf("%d made-up states, on average %.0f learners compared, %.0f of them in IET; intra-class "
           "correlation %.3f; "
           "planted difference %.1f points\n",
           states, n / states, n_iet / states, icc / states, 100 * planted / states);
    for (int m = 0; m < METHODS; m++)
        tell(&tallies[m], METHOD_NAMES[m]);
    return 0;
}
