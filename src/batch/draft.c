/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "draft.h"

#include <string.h>
#include <time.h>

#include "skillgain/analysis.h"
#include "skillgain/cohort.h"
#include "skillgain/nrs.h"
#include "skillgain/version.h"

#include "across.h"

/* ---- facts of the deliveries ---- */

/* The deliveries a draft tells of: from the earliest of the kinds' newest applied ones on. */
static size_t first_told(const sg_batch *batches, size_t n)
{
    size_t first = n;

    for (int kind = 0; kind < SG_N_KINDS; kind++)
        for (size_t i = n; i-- > 0;)
            if ((int)batches[i].kind == kind && batches[i].state == SG_BATCH_APPLIED) {
                if (i < first)
                    first = i;
                break;
            }
    return first;
}

/* A held or refused file that a later one of its kind has taken the place of is nobody's concern any more, as for 'status'. */
static bool is_settled(const sg_batch *batches, size_t n, size_t i)
{
    if (batches[i].state != SG_BATCH_HELD && batches[i].state != SG_BATCH_REFUSED)
        return false;
    for (size_t j = i + 1; j < n; j++)
        if (batches[j].kind == batches[i].kind && batches[j].state == SG_BATCH_APPLIED)
            return true;
    return false;
}

static sg_status add_accepted(sg_store *store, sg_results *results, sg_err *err)
{
    sg_facts *facts = &results->facts;
    sg_batch *batches;
    size_t n;
    sg_status status = sg_store_accepted(store, results->arena, &batches, &n, err);

    if (status != SG_OK)
        return status;
    facts->accepted = sg_arena_alloc(results->arena, n + 1, sizeof *facts->accepted);
    if (!facts->accepted)
        return sg_no_memory(err);
    for (size_t i = 0; i < n; i++)
        facts->accepted[i] = (sg_accepted_facts){.kind = batches[i].kind,
                                                 .day = batches[i].imported_on,
                                                 .batch = batches[i].id,
                                                 .held = batches[i].accepted,
                                                 .file = batches[i].file_name,
                                                 .reason = batches[i].reason};
    facts->n_accepted = n;
    return SG_OK;
}

static sg_status add_deliveries(sg_store *store, sg_results *results, sg_err *err)
{
    sg_facts *facts = &results->facts;
    sg_batch *batches;
    size_t n, first;
    sg_status status = sg_store_batches(store, results->arena, &batches, &n, err);

    if (status != SG_OK)
        return status;
    first = first_told(batches, n);
    facts->deliveries = sg_arena_alloc(results->arena, n - first + 1, sizeof *facts->deliveries);
    if (!facts->deliveries)
        return sg_no_memory(err);
    for (size_t i = first; i < n; i++) {
        if (is_settled(batches, n, i))
            continue;
        sg_delivery_facts *delivery = &facts->deliveries[facts->n_deliveries++];

        delivery->kind = batches[i].kind;
        memcpy(delivery->file_name, batches[i].file_name, sizeof delivery->file_name);
        delivery->state = batches[i].state;
        delivery->cutoff = batches[i].cutoff;
        delivery->counts = batches[i].counts;
    }
    status = add_accepted(store, results, err);
    if (status != SG_OK)
        return status;
    return sg_store_finding_counts(store, results->arena, &facts->findings, &facts->n_findings, err);
}

/* ---- the digest of everything that the output is made from ---- */

static void digest_counts(sg_sha256 *digest, const sg_batch_counts *counts)
{
    const int64_t all[] = {counts->read,        counts->stored,    counts->repeated,  counts->replaced,
                           counts->quarantined, counts->dropped,   counts->warnings,  counts->added,
                           counts->changed,     counts->unchanged, counts->withdrawn, counts->spared};

    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        sg_sha256_add_int(digest, all[i]);
}

static void digest_deliveries(sg_sha256 *digest, const sg_facts *facts)
{
    for (size_t i = 0; i < facts->n_deliveries; i++) {
        const sg_delivery_facts *delivery = &facts->deliveries[i];

        sg_sha256_add_field(digest, sg_kind_text(delivery->kind));
        sg_sha256_add_field(digest, delivery->file_name);
        sg_sha256_add_field(digest, sg_batch_state_text(delivery->state));
        sg_sha256_add_int(digest, delivery->cutoff);
        digest_counts(digest, &delivery->counts);
    }
    for (size_t i = 0; i < facts->n_accepted; i++) {
        sg_sha256_add_int(digest, facts->accepted[i].batch);
        sg_sha256_add_int(digest, facts->accepted[i].held);
        sg_sha256_add_int(digest, facts->accepted[i].day);
        sg_sha256_add_field(digest, facts->accepted[i].reason);
    }
    for (size_t i = 0; i < facts->n_findings; i++) {
        sg_sha256_add_field(digest, facts->findings[i].rule->id);
        sg_sha256_add_field(digest, facts->findings[i].file_name);
        sg_sha256_add_int(digest, facts->findings[i].n);
        sg_sha256_add_field(digest, facts->findings[i].detail);
    }
}

static sg_status digest_input(sg_workspace *w, const sg_draft_options *options, sg_results *results,
                              sg_err *err)
{
    sg_facts *facts = &results->facts;
    char content[SG_SHA256_TEXT], config[SG_SHA256_TEXT];
    sg_sha256 *digest;
    sg_status status = sg_store_check_sound(w->store, err);

    if (status == SG_OK)
        status = sg_store_digest(w->store, content, err);

    if (status != SG_OK)
        return status;
    digest = sg_sha256_new();
    if (!digest)
        return sg_no_memory(err);
    sg_config_digest(w->config, config);
    sg_sha256_add_field(digest, SG_VERSION);
    sg_sha256_add_field(digest, content);
    sg_sha256_add_field(digest, config);
    sg_sha256_add_int(digest, facts->as_of);
    sg_sha256_add_int(digest, options->program_year);
    sg_sha256_add_field(digest, options->college ? options->college : "");
    sg_sha256_add_int(digest, options->pages);
    sg_sha256_add_int(digest, options->formats);
    sg_sha256_add_field(digest, facts->banner);
    digest_deliveries(digest, facts);
    sg_sha256_text(digest, facts->input_sha256);
    sg_sha256_free(digest);
    return SG_OK;
}

/* ---- results ---- */

/* The headline of every page counts the gains that both arms may have; of a learner's latest one alone that can't be told. */
static sg_status need_all_gains(sg_workspace *w, sg_err *err)
{
    int64_t id = 0;
    char file_name[SG_NAME_MAX];
    sg_status status = sg_store_latest_gains(w->store, &id, file_name, err);

    if (status != SG_OK || id == 0)
        return status;
    return sg_fail(
        err, SG_USAGE,
        "no draft can be made: batch %lld ('%s') keeps only each learner's latest gain ('gains: latest'), "
        "from which msg_common can't be told; have all gains exported, and deliver them in full",
        (long long)id, file_name);
}

/* The cohort and, where a page tells of them, the federal tables that are counted on its way. */
static sg_status build_cohort(sg_workspace *w, const sg_draft_options *options, sg_nrs_counter **out_counter,
                              sg_cohort **out, sg_err *err)
{
    sg_federal_sink sink;
    sg_status status;

    if (!(options->pages & (SG_REPORT_NRS | SG_REPORT_QUALITY)))
        return sg_cohort_build(w->store, w->config, options->as_of, out, err);
    status = sg_nrs_counter_new(options->program_year, w->config->rules, out_counter, err);
    if (status != SG_OK)
        return status;
    sink = sg_nrs_sink(*out_counter, options->college);
    return sg_cohort_build_telling(w->store, w->config, options->as_of, &sink, out, err);
}

static sg_status make_results(sg_workspace *w, const sg_draft_options *options, const char *banner,
                              sg_results **out, sg_err *err)
{
    SG_CLEANUP(sg_cohort_cleanup) sg_cohort *cohort = NULL;
    SG_CLEANUP(sg_results_cleanup) sg_results *results = NULL;
    SG_CLEANUP(sg_nrs_counter_cleanup) sg_nrs_counter *counter = NULL;
    sg_analysis_options analysis = {.program_year = options->program_year,
                                    .college = options->college,
                                    .banner = banner,
                                    .jobs = options->jobs};
    sg_status status = need_all_gains(w, err);

    if (status == SG_OK)
        status = build_cohort(w, options, &counter, &cohort, err);
    if (status == SG_OK)
        status = sg_analysis_run(cohort, w->config, &analysis, &results, err);
    if (status == SG_OK && counter)
        status = sg_nrs_make(counter, results->facts.as_of, results->arena, &results->nrs, err);
    if (status == SG_OK)
        status = add_deliveries(w->store, results, err);
    if (status == SG_OK)
        status = sg_across_add_facts(w, results->arena, &results->facts, err);
    if (status == SG_OK)
        status = digest_input(w, options, results, err);
    if (status != SG_OK)
        return status;
    *out = results;
    results = NULL;
    return SG_OK;
}

/* ---- files ---- */

sg_status sg_output_place(const sg_publication *publication, const sg_report_options *options,
                          const char *staging, const char *folder, unsigned mode, bool *out_unchanged,
                          sg_err *err)
{
    sg_status status;

    *out_unchanged = sg_path_is_folder(folder) && sg_report_check_sums(folder, NULL) == SG_OK;
    if (*out_unchanged)
        return SG_OK;
    status = sg_staging_make(staging, mode, err);
    if (status == SG_OK)
        status = sg_report_write(publication, options, staging, err);
    if (status == SG_OK)
        status = sg_folder_remove(folder, err);
    return status == SG_OK ? sg_path_rename(staging, folder, err) : status;
}

/* YYYY-MM-DD-xxxxxxxx: as-of date and the first eight digits of the input digest. */
static const char *draft_name(sg_arena *arena, const sg_facts *facts)
{
    char as_of[SG_DAY_TEXT];

    return sg_arena_printf(arena, "%s-%.8s", sg_day_format(facts->as_of, as_of), facts->input_sha256);
}

/* `latest` is the newest good and whole output: of the state, every year, every page, and without a banner. */
static bool may_be_latest(const sg_draft_options *options, const char *banner)
{
    return !*banner && !options->as_of_batch && !options->output && !options->college &&
           !options->program_year && options->as_of == SG_DAY_NONE && options->pages == SG_REPORT_ALL &&
           options->formats == SG_FORMAT_ALL;
}

static sg_status record_latest(sg_workspace *w, const char *name, const sg_facts *facts, sg_arena *arena,
                               sg_err *err)
{
    const char *link = sg_path_join(arena, w->drafts, "latest");
    sg_run_record run = {.unix_seconds = (int64_t)time(NULL)};
    sg_status status = link ? sg_link_replace(link, name, err) : sg_no_memory(err);

    if (status != SG_OK)
        return status;
    memcpy(run.draft, name, strnlen(name, sizeof run.draft - 1));
    memcpy(run.input_sha256, facts->input_sha256, sizeof run.input_sha256);
    return sg_store_add_run(w->store, &run, err);
}

static sg_status check_own_folder(const char *folder, sg_arena *arena, sg_err *err)
{
    char **names;
    size_t n;
    sg_status status;

    if (!sg_path_exists(folder))
        return SG_OK;
    if (!sg_path_is_folder(folder))
        return sg_fail(err, SG_USAGE, "'%s' is not a folder; name a new or empty one for --output", folder);
    status = sg_folder_list(arena, folder, &names, &n, err);
    if (status == SG_OK && n > 0)
        return sg_fail(err, SG_USAGE, "'%s' is not empty; name a new or empty folder for --output", folder);
    return status;
}

static sg_status place_draft(sg_workspace *w, const sg_draft_options *options,
                             const sg_publication *publication, const char *name, sg_arena *arena,
                             sg_output_report *out, sg_err *err)
{
    sg_report_options report = {.pages = options->pages, .formats = options->formats};
    const char *folder = options->output ? options->output : sg_path_join(arena, w->drafts, name);
    const char *staging = options->output ? sg_arena_printf(arena, "%s.partial", options->output)
                                          : sg_path_join(arena, w->drafts, ".partial");
    sg_status status = SG_OK;

    if (!folder || !staging)
        return sg_no_memory(err);
    if (options->output)
        status = check_own_folder(folder, arena, err);
    else
        status = sg_folder_make(w->drafts, 0700, err);
    if (status == SG_OK)
        status = sg_output_place(publication, &report, staging, folder, 0700, &out->unchanged, err);
    out->folder = folder;
    return status;
}

sg_status sg_draft_make(sg_workspace *w, const sg_draft_options *options, const char *banner, sg_arena *arena,
                        sg_output_report *out, sg_err *err)
{
    SG_CLEANUP(sg_results_cleanup) sg_results *results = NULL;
    SG_CLEANUP(sg_publication_cleanup) sg_publication *publication = NULL;
    const char *name;
    sg_status status = make_results(w, options, banner, &results, err);

    if (status == SG_OK)
        status = sg_publication_draft(results, &publication, err);
    if (status != SG_OK)
        return status;
    name = draft_name(arena, &results->facts);
    if (!name)
        return sg_no_memory(err);
    status = place_draft(w, options, publication, name, arena, out, err);
    out->banner = sg_arena_strdup(arena, banner);
    if (status == SG_OK && may_be_latest(options, banner))
        status = record_latest(w, name, &results->facts, arena, err);
    return status;
}
