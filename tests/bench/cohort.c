/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The cohort beside a bare loop over the same stored rows, and its bytes: cohort WORKSPACE [ROUNDS]. In turn, so that only ratios of one
 * run mean something.
 */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "skillgain/cohort.h"
#include "skillgain/store.h"

/* Of the processor: others on the machine don't count. */
static double seconds(void)
{
    struct timespec now;
    if (clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now) != 0)
        abort();
    return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

/* Looks at each row of each learner once. */
static sg_status look(void *context, const sg_stored_learner *learner, sg_err *err)
{
    int64_t *sum = context;
    (void)err;
    for (size_t i = 0; i < learner->n_enrollments; i++)
        *sum += learner->enrollments[i].number[SG_ENROLLMENT_START_DATE];
    for (size_t i = 0; i < learner->n_gains; i++)
        *sum += learner->gains[i].date;
    return SG_OK;
}

static sg_status look_at_record(void *context, const sg_record *row, int64_t batch, int64_t known_by,
                                sg_err *err)
{
    int64_t *sum = context;
    (void)known_by, (void)err;
    *sum += row->line + batch;
    return SG_OK;
}

/* Rows of learners in the order in which they lie. */
static sg_status loop(sg_store *store, int64_t *sum, sg_err *err)
{
    sg_status status = sg_store_records(store, SG_KIND_ENROLLMENT, look_at_record, sum, err);
    return status == SG_OK ? sg_store_records(store, SG_KIND_GAIN, look_at_record, sum, err) : status;
}

static size_t bytes_of(const sg_cohort *cohort)
{
    size_t bytes = cohort->n * (sizeof *cohort->program_year + sizeof *cohort->college);
    for (size_t d = 0; d < cohort->n_designs; d++) {
        const sg_cohort_view *view = &cohort->designs[d];
        size_t unit = sizeof *view->state + sizeof *view->grade + sizeof *view->arm + sizeof *view->outcomes +
                      (view->gain_days != NULL ? sizeof *view->gain_days : 0) + cohort->n_dimensions;
        bytes += view->n * unit;
        for (size_t kind = 0; kind < SG_N_AMOUNTS; kind++)
            bytes += view->amounts[kind].n * sizeof *view->amounts[kind].items;
        if (d == SG_DESIGN_TERM)
            bytes += view->n * (sizeof *view->program_year + sizeof *view->college);
    }
    return bytes;
}

int main(int argc, char **argv)
{
    SG_CLEANUP(sg_config_cleanup) sg_config *config = NULL;
    SG_CLEANUP(sg_store_cleanup) sg_store *store = NULL;
    sg_err err = {0};
    int64_t sum = 0;
    sg_mem_start();
    sg_status status = sg_config_load(argc > 1 ? argv[1] : ".", &config, &err);
    if (status == SG_OK)
        status = sg_store_open(config->store, SG_STORE_READ, &store, &err);
    for (int round = argc > 2 ? atoi(argv[2]) : 3; round > 0 && status == SG_OK; round--) {
        SG_CLEANUP(sg_cohort_cleanup) sg_cohort *cohort = NULL;
        double start = seconds(), looped, read;
        status = loop(store, &sum, &err);
        looped = seconds();
        if (status == SG_OK)
            status = sg_store_read(store, look, &sum, &err);
        read = seconds();
        if (status == SG_OK)
            status = sg_cohort_build(store, config, SG_DAY_NONE, &cohort, &err);
        if (status == SG_OK)
            printf(
                "rows as they lie %.2f s, learner by learner %.2f s, cohort %.2f s: %.2f and %.2f times; %zu "
                "participant-years, %.1f bytes each (%zu dimensions)\n",
                looped - start, read - looped, seconds() - read, (seconds() - read) / (looped - start),
                (seconds() - read) / (read - looped), cohort->n, (double)bytes_of(cohort) / (double)cohort->n,
                cohort->n_dimensions);
    }
    if (status != SG_OK)
        (void)fprintf(stderr, "cohort: %s\n", err.message);
    return status == SG_OK ? (int)(sum == 0) : 1;
}
