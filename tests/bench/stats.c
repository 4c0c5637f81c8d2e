/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The statistics on made-up participant-years: aggregation to patterns, one logit, the ladder of adjusted estimates of one outcome, a
 * bootstrap of weighting: stats [LEARNERS [FOLDER]]. With a folder the patterns are written there as CSV, for other software.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "skillgain/base.h"
#include "skillgain/stats.h"

enum { COLLEGES = 16, VARIABLES = 5, REPLICATES = 1999 };

static const size_t LEVELS[VARIABLES] = {12, 3, 7, 3, 5}; /* 25 dummies */
static const char *const NAMES[VARIABLES] = {"level", "sex", "race", "employment", "age"};
static const char *const CODES[] = {"0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11"};

static double seconds(clockid_t clock)
{
    struct timespec now;

    if (clock_gettime(clock, &now) != 0)
        abort();
    return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

/* ---- data ---- */

static uint64_t state = 1;

static double draw(void)
{
    state = state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (double)(state >> 11) / 9007199254740992.0;
}

/* Small levels are frequent: squared. */
static uint32_t draw_level(size_t n)
{
    const double u = draw();

    return (uint32_t)(u * u * (double)n);
}

typedef struct {
    sg_observations sample;
    sg_variable variables[VARIABLES];
} learners;

static void *get(sg_arena *arena, size_t n, size_t size)
{
    void *memory = sg_arena_alloc(arena, n, size);

    if (memory == NULL)
        abort();
    return memory;
}

static void make_learners(learners *out, size_t n, sg_arena *arena)
{
    uint32_t *levels[VARIABLES], *college = get(arena, n, sizeof *college);
    uint8_t *arm = get(arena, n, sizeof *arm);
    double *success = get(arena, n, sizeof *success);

    for (size_t v = 0; v < VARIABLES; v++) {
        levels[v] = get(arena, n, sizeof *levels[v]);
        out->variables[v] = (sg_variable){
            .name = NAMES[v], .levels = levels[v], .level_names = CODES, .n_levels = LEVELS[v]};
    }
    for (size_t i = 0; i < n; i++) {
        double into_iet = -1.8, gain = -0.9;
        for (size_t v = 0; v < VARIABLES; v++) {
            levels[v][i] = draw_level(LEVELS[v]);
            into_iet += 0.05 * levels[v][i];
            gain -= 0.04 * levels[v][i];
        }
        college[i] = draw_level(COLLEGES);
        arm[i] = draw() < 1.0 / (1.0 + exp(-into_iet - 0.03 * college[i])) ? 1 : 0;
        success[i] = draw() < 1.0 / (1.0 + exp(-gain - 0.4 * arm[i] - 0.02 * college[i])) ? 1.0 : 0.0;
    }
    out->sample = (sg_observations){.n_rows = n,
                                    .variables = out->variables,
                                    .n_variables = VARIABLES,
                                    .arm = arm,
                                    .success = success,
                                    .cluster = college,
                                    .n_clusters = COLLEGES};
}

/* ---- what is measured ---- */

static const sg_model MODEL = {.arm = true, .cluster_effects = true};
static const sg_jackknife_plan ON_TWO_THREADS = {0.95, 2};
static const sg_aipw_options CLIP = {0.01, 0.99, SG_SEPARATED_FIRTH};

/* Seconds since the beginning, and those of all processors together. */
static double begun, begun_work;

static void begin(void)
{
    begun = seconds(CLOCK_MONOTONIC);
    begun_work = seconds(CLOCK_PROCESS_CPUTIME_ID);
}

static void tell(const char *what, sg_status status, const sg_err *err)
{
    if (status != SG_OK) {
        (void)fprintf(stderr, "stats: %s: %s\n", what, err->message);
        exit(1);
    }
    printf("  %-46s %8.4f s, of processors %8.4f s\n", what, seconds(CLOCK_MONOTONIC) - begun,
           seconds(CLOCK_PROCESS_CPUTIME_ID) - begun_work);
}

static int compare_numbers(const void *left, const void *right)
{
    const double *a = left, *b = right;

    return (*a > *b) - (*a < *b);
}

/* The median of five, as one takes milliseconds: the fit with all its standard errors. */
static void run_logit(const char *what, const sg_observations *patterns, const sg_model *model)
{
    double each[5];

    for (size_t i = 0; i < 5; i++) {
        SG_CLEANUP(sg_arena_cleanup) sg_arena *arena = sg_arena_new();
        sg_logit_result logit;
        sg_err err = {0};
        const double first = seconds(CLOCK_MONOTONIC);
        if (sg_logit(patterns, model, 0.95, arena, &logit, &err) != SG_OK)
            abort();
        each[i] = seconds(CLOCK_MONOTONIC) - first;
    }
    qsort(each, 5, sizeof *each, compare_numbers);
    printf("  %-46s %8.4f s (%zu patterns)\n", what, each[2], patterns->n_rows);
}

static void run_ladder(const sg_observations *patterns, sg_arena *arena)
{
    sg_gcomp_jackknife_result gcomp;
    sg_figure weighted;
    sg_aipw_jackknife_result augmented;
    sg_wild_result wild;
    size_t failed;
    sg_err err = {0};
    const double first = seconds(CLOCK_MONOTONIC);

    (void)arena;
    begin();
    tell("g-computation, college jackknife",
         sg_gcomp_jackknife(patterns, &MODEL, SG_TARGET_IET, &ON_TWO_THREADS, &gcomp, &err), &err);
    begin();
    tell("weighting (ATT), college jackknife",
         sg_weighting_jackknife(patterns, &MODEL, SG_ESTIMAND_ATT, &ON_TWO_THREADS, &weighted, &failed, &err),
         &err);
    begin();
    tell("augmented weighting, college jackknife",
         sg_aipw_jackknife(patterns, &MODEL, &CLIP, &ON_TWO_THREADS, &augmented, &err), &err);
    begin();
    tell("wild bootstrap, 2^16 signs", sg_wild_cluster(patterns, &MODEL, 1, 9999, 1, &wild, &err), &err);
    printf("  %-46s %8.4f s  (%.5f, %.5f, %.5f; p %.4f)\n", "the whole ladder",
           seconds(CLOCK_MONOTONIC) - first, gcomp.difference.estimate, weighted.estimate,
           augmented.att.estimate, wild.p);
}

static void run_bootstrap(const sg_observations *patterns, int jobs)
{
    static double coefficients[REPLICATES], differences[REPLICATES];
    const sg_stream stream = {20240701, "bench"};
    const sg_model_bootstrap_plan plan = {SG_ESTIMAND_ATT, &stream, 0.95, REPLICATES, jobs};
    sg_model_bootstrap result;
    sg_err err = {0};

    begin();
    tell("1999 replicates of logit, score and weighting",
         sg_bootstrap_model(patterns, &(sg_model){.arm = true}, &plan, coefficients, differences, &result,
                            &err),
         &err);
    printf("  on %d threads: coefficient %.5f (%.5f), difference %.5f (%.5f)\n", jobs,
           result.coefficient.estimate, result.coefficient.std_error, result.difference.estimate,
           result.difference.std_error);
}

static void write_patterns(const sg_observations *patterns, const char *folder)
{
    char path[4096];
    FILE *file;

    (void)snprintf(path, sizeof path, "%s/patterns.csv", folder);
    file = fopen(path, "w");
    if (file == NULL)
        abort();
    (void)fprintf(file, "arm,college,level,sex,race,employment,age,n,x\n");
    for (size_t i = 0; i < patterns->n_rows; i++) {
        (void)fprintf(file, "%d,%u", patterns->arm[i], patterns->cluster[i]);
        for (size_t v = 0; v < VARIABLES; v++)
            (void)fprintf(file, ",%u", patterns->variables[v].levels[i]);
        (void)fprintf(file, ",%.0f,%.0f\n", patterns->count[i], patterns->success[i]);
    }
    if (fclose(file) != 0)
        abort();
}

int main(int argc, char **argv)
{
    SG_CLEANUP(sg_arena_cleanup) sg_arena *arena = sg_arena_new();
    const size_t n = argc > 1 ? (size_t)atol(argv[1]) : 1200000;
    learners made;
    sg_observations patterns, without;
    sg_err err = {0};

    if (arena == NULL)
        return 1;
    sg_mem_start();
    sg_stats_init();
    make_learners(&made, n, arena);
    begin();
    tell("aggregation to patterns", sg_observations_aggregate(&made.sample, arena, &patterns, &err), &err);
    printf("%zu participant-years, %zu patterns with colleges\n", n, patterns.n_rows);
    run_logit("logit with 16 colleges' effects", &patterns, &MODEL);
    run_ladder(&patterns, arena);
    made.sample.cluster = NULL;
    made.sample.n_clusters = 0;
    begin();
    tell("aggregation without colleges", sg_observations_aggregate(&made.sample, arena, &without, &err),
         &err);
    run_logit("logit without colleges", &without, &(sg_model){.arm = true});
    run_bootstrap(&without, 2);
    run_bootstrap(&without, 1);
    if (argc > 2)
        write_patterns(&patterns, argv[2]);
    return 0;
}
