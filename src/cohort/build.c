/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "build.h"

/* The day up to which every required kind is complete, and the kind that ends there. */
static sg_status find_earliest_cutoff(sg_store *store, sg_day *out, sg_kind *out_kind, sg_err *err)
{
    static const sg_kind required[] = {SG_KIND_ENROLLMENT, SG_KIND_GAIN};
    *out = SG_DAY_NONE;
    for (size_t i = 0; i < sizeof required / sizeof required[0]; i++) {
        sg_day cutoff = SG_DAY_NONE;
        sg_status status = sg_store_cutoff(store, required[i], &cutoff, err);
        if (status != SG_OK)
            return status;
        if (cutoff == SG_DAY_NONE)
            return sg_fail(err, SG_FAILED,
                           "no %s export is in the store; take one in with 'skillgain import --kind %s FILE'",
                           sg_kind_text(required[i]), sg_kind_text(required[i]));
        if (*out == SG_DAY_NONE || cutoff < *out) {
            *out = cutoff;
            *out_kind = required[i];
        }
    }
    return SG_OK;
}

/* A later as-of date would close windows and years that no delivery covers: what is missing would be told as absent. */
sg_status sg_cohort_choose_as_of(sg_store *store, sg_day wanted, sg_day *out, sg_err *err)
{
    sg_day earliest = SG_DAY_NONE;
    sg_kind kind = SG_KIND_ENROLLMENT;
    sg_status status = find_earliest_cutoff(store, &earliest, &kind, err);
    if (status != SG_OK)
        return status;
    char wanted_text[SG_DAY_TEXT], earliest_text[SG_DAY_TEXT];
    if (wanted > earliest)
        return sg_fail(err, SG_USAGE,
                       "'--as-of' is %s, but the deliveries are complete only up to %s (%s); give an earlier "
                       "date or a newer delivery",
                       sg_day_format(wanted, wanted_text), sg_day_format(earliest, earliest_text),
                       sg_kind_text(kind));
    *out = wanted == SG_DAY_NONE ? earliest : wanted;
    return SG_OK;
}

static sg_status add_learner(void *context, const sg_stored_learner *learner, sg_err *err)
{
    return sg_cohort_builder_add(context, learner, err);
}

/* Colleges by index: the store must not be written in between, which finish would see. */
sg_status sg_cohort_load_sources(sg_store *store, sg_arena *arena, sg_college_codes *colleges,
                                 sg_register *programs, sg_cohort_sources *out, sg_err *err)
{
    sg_status status = sg_store_colleges(store, arena, &colleges->codes, &colleges->n, err);
    if (status == SG_OK)
        status = sg_register_load(programs, store, colleges->codes, colleges->n, err);
    if (status == SG_OK)
        status = sg_store_delivering(store, SG_KIND_SERVICE, arena, &out->has_services, err);
    if (status == SG_OK)
        status = sg_store_cutoff(store, SG_KIND_TEST, &out->tests_up_to, err);
    out->programs = programs;
    return status == SG_OK ? sg_store_cutoff(store, SG_KIND_OUTCOME, &out->outcomes_up_to, err) : status;
}

/* The place of the sink's college; -2, which no row has, where the store has no such college. */
static int find_college(const sg_federal_sink *sink, const char *const *colleges, size_t n)
{
    if (sink->college == NULL)
        return -1;
    for (size_t i = 0; i < n; i++)
        if (sg_text_equal(colleges[i], sink->college))
            return (int)i;
    return -2;
}

sg_status sg_cohort_build(sg_store *store, const sg_config *config, sg_day as_of, sg_cohort **out,
                          sg_err *err)
{
    return sg_cohort_build_telling(store, config, as_of, NULL, out, err);
}

sg_status sg_cohort_build_telling(sg_store *store, const sg_config *config, sg_day as_of,
                                  const sg_federal_sink *sink, sg_cohort **out, sg_err *err)
{
    SG_CLEANUP(sg_cohort_builder_cleanup) sg_cohort_builder *builder = NULL;
    SG_CLEANUP(sg_register_release) sg_register programs = {0};
    SG_CLEANUP(sg_arena_cleanup) sg_arena *arena = sg_arena_new();
    sg_college_codes colleges = {NULL, 0};
    sg_cohort_sources sources = {.outcomes_up_to = SG_DAY_NONE, .tests_up_to = SG_DAY_NONE};
    if (arena == NULL)
        return sg_no_memory(err);
    sg_status status = sg_cohort_choose_as_of(store, as_of, &as_of, err);
    if (status == SG_OK)
        status = sg_cohort_builder_new(config, as_of, &builder, err);
    if (status == SG_OK)
        status = sg_cohort_load_sources(store, arena, &colleges, &programs, &sources, err);
    if (status != SG_OK)
        return status;
    sg_cohort_builder_use(builder, &sources);
    if (sink != NULL)
        sg_cohort_builder_tell(builder, sink, find_college(sink, colleges.codes, colleges.n));
    status = sg_store_read(store, add_learner, builder, err);
    return status == SG_OK ? sg_cohort_builder_finish(builder, colleges.codes, colleges.n, out, err) : status;
}
