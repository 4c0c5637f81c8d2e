/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "draft.h"

enum { MAX_RESULTS_BYTES = 1 << 30 };

SG_DEFINE_CLEANUP(sg_json, sg_json, sg_json_free)

/* The newest draft, as it was written: sums checked, results read back from its results.json. */
static sg_status read_draft(const char *folder, sg_arena *arena, sg_results **out,
                            char sha256[SG_SHA256_TEXT], sg_err *err)
{
    SG_CLEANUP(sg_json_cleanup) sg_json *json = NULL;
    const char *path = sg_path_join(arena, folder, "results.json");
    char *text;
    size_t length;
    sg_status status;

    if (!path)
        return sg_no_memory(err);
    if (!sg_path_is_folder(folder))
        return sg_fail(err, SG_USAGE, "there is no draft to release; run 'skillgain run' first");
    status = sg_report_check_sums(folder, err);
    if (status != SG_OK)
        return sg_wrap(err, status,
                       "the newest draft is not as it was written; make it anew with 'skillgain run'");
    status = sg_file_read(arena, path, MAX_RESULTS_BYTES, &text, &length, err);
    if (status == SG_OK)
        status = sg_json_read(text, length, &json, err);
    if (status != SG_OK)
        return status;
    sg_sha256_of(text, length, sha256);
    return sg_results_from_json(json, out, err);
}

/* What the ledger keeps of a cell: its whole key, so that the next edition can be held against it. */
static const char *cell_key(sg_arena *arena, const sg_cell *cell)
{
    return sg_arena_printf(arena, "%d@%s/%s/%s=%s/%s/%s/%s", cell->program_year, cell->college, cell->outcome,
                           cell->dimension, cell->level, sg_arm_subset_text(cell->arm),
                           sg_measure_text(cell->measure), cell->variant);
}

static sg_status ledger_cells(const sg_results *results, sg_arena *arena, sg_ledger_cell **out, sg_err *err)
{
    sg_ledger_cell *cells = sg_arena_alloc(arena, results->n_cells + 1, sizeof *cells);

    for (size_t i = 0; cells && i < results->n_cells; i++) {
        cells[i].key = cell_key(arena, &results->cells[i]);
        cells[i].count = results->cells[i].count;
        if (!cells[i].key)
            return sg_no_memory(err);
    }
    *out = cells;
    return cells ? SG_OK : sg_no_memory(err);
}

typedef struct {
    sg_workspace *w;
    sg_arena *arena;
    sg_results *results;         /* of the draft */
    sg_publication *publication; /* the edition */
    sg_edition edition;
    bool in_ledger; /* the ledger has it already: a run was killed before the folder was in place */
} release;

/* One edition of a year, until the disclosure rules can hold a second one against the first. */
static sg_status look_in_ledger(release *r, const char *folder, sg_err *err)
{
    sg_edition *editions;
    size_t n;
    sg_status status = sg_store_editions(r->w->store, r->arena, &editions, &n, err);

    if (status != SG_OK)
        return status;
    for (size_t i = 0; i < n; i++) {
        if (editions[i].program_year != r->edition.program_year)
            continue;
        if (!sg_path_exists(folder)) {
            r->in_ledger = true;
            r->edition = editions[i];
            return SG_OK;
        }
        return sg_fail(
            err, SG_DISCLOSURE,
            "program year %d was released as edition %s; a second edition could be held against "
            "the first and give small groups away, so this version makes none. That one stays; where "
            "it is wrong, take it down where it was published and say so there: the draft has the "
            "new figures for use inside the agency. The next edition is of program year %d, once "
            "that is closed",
            editions[i].program_year, editions[i].name, editions[i].program_year + 1);
    }
    return SG_OK;
}

/* What a run killed between the ledger and the rename left behind is the edition itself: sums good, results those of the ledger. */
static bool lies_whole(const release *r, const char *staging)
{
    const char *results = sg_path_join(r->arena, staging, "results.json");
    char sha256[SG_SHA256_TEXT];
    int64_t bytes;

    return results && sg_path_is_folder(staging) && sg_report_check_sums(staging, NULL) == SG_OK &&
           sg_sha256_of_file(results, sha256, &bytes, NULL) == SG_OK &&
           !strcmp(sha256, r->edition.results_sha256);
}

static sg_status digest_results(const sg_results *results, char sha256[SG_SHA256_TEXT], sg_err *err)
{
    SG_CLEANUP(sg_json_cleanup) sg_json *json = NULL;
    sg_str text = {0};
    sg_status status = sg_results_to_json(results, &json, err);

    if (status == SG_OK)
        status = sg_json_write(json, &text, err);
    if (status == SG_OK)
        sg_sha256_of(text.text, text.length, sha256);
    sg_str_release(&text);
    return status;
}

/* An edition that the ledger has already can only be made again as it was: another masking of the same year, beside the first,
 * would give small groups away. */
static sg_status note_edition(release *r, sg_err *err)
{
    char sha256[SG_SHA256_TEXT];
    sg_status status = digest_results(sg_publication_results(r->publication), sha256, err);

    if (status != SG_OK)
        return status;
    if (r->in_ledger && strcmp(sha256, r->edition.results_sha256) != 0)
        return sg_fail(
            err, SG_DISCLOSURE,
            "edition %s is in the ledger but its folder is gone, and what would be made now differs "
            "from it; restore the folder from a backup",
            r->edition.name);
    sg_publication_counts(r->publication, &r->edition.cells_shown, &r->edition.cells_masked);
    memcpy(r->edition.results_sha256, sha256, sizeof sha256);
    return SG_OK;
}

/* An edition says whose it is and whom to ask; what `init` wrote for want of a name is nobody. */
static sg_status check_agency(const sg_facts *facts, sg_err *err)
{
    bool is_named = strcmp(facts->agency, sg_config_unset_agency()) != 0;

    if (is_named && *facts->contact)
        return SG_OK;
    return sg_fail(
        err, SG_USAGE,
        "an edition names %s: set %s%s%s in skillgain.yaml, make a draft with it ('skillgain run'), "
        "then release",
        is_named ? "an address for questions" : "its agency and an address for questions",
        is_named ? "" : "'agency.name'", is_named || *facts->contact ? "" : " and ",
        *facts->contact ? "" : "'agency.contact'");
}

static sg_status make_edition(release *r, sg_err *err)
{
    const sg_facts *facts = &r->results->facts;
    sg_status status = check_agency(facts, err);

    if (status != SG_OK)
        return status;

    if (*facts->banner)
        return sg_fail(err, SG_USAGE,
                       "the newest draft was forced; release one of a whole night. It says: %s",
                       facts->banner);
    if (!facts->headline_year)
        return sg_fail(err, SG_USAGE, "no program year is closed yet; an edition is of a closed year");
    status = sg_publication_edition(r->results, &r->w->config->disclosure, r->edition.program_year,
                                    r->edition.name, &r->publication, err);
    if (status == SG_OK)
        status = sg_publication_audit(r->publication, err);
    if (status != SG_OK)
        return status;
    return note_edition(r, err);
}

static sg_status enter_ledger(release *r, sg_err *err)
{
    const sg_results *results = sg_publication_results(r->publication);
    sg_ledger_cell *cells = NULL;
    sg_status status = r->in_ledger ? SG_OK : ledger_cells(results, r->arena, &cells, err);

    if (status != SG_OK || r->in_ledger)
        return status;
    return sg_store_add_edition(r->w->store, &r->edition, cells, results->n_cells, err);
}

/* The ledger first, then the folder: an edition that is out is always in the ledger. */
static sg_status place_edition(release *r, const char *folder, const char *staging, sg_err *err)
{
    static const sg_report_options options = {.pages = SG_REPORT_ALL & ~(unsigned)SG_REPORT_QUALITY,
                                              .formats = SG_FORMAT_ALL};
    sg_status status = sg_folder_make(r->w->editions, 0755, err);
    if (status == SG_OK)
        status = sg_staging_make(staging, 0755, err);
    if (status == SG_OK)
        status = sg_report_write(r->publication, &options, staging, err);
    if (status == SG_OK)
        status = enter_ledger(r, err);
    if (status == SG_OK)
        status = sg_path_rename(staging, folder, err);
    return status;
}

static sg_status name_edition(release *r, const char **out_folder, sg_edition_report *out, sg_err *err)
{
    r->edition.program_year = r->results->facts.headline_year;
    r->edition.number = 1;
    out->name = sg_arena_printf(r->arena, "%d-%d", r->edition.program_year, r->edition.number);
    *out_folder = out->name ? sg_path_join(r->arena, r->w->editions, out->name) : NULL;
    if (!*out_folder)
        return sg_no_memory(err);
    memcpy(r->edition.name, out->name, strnlen(out->name, sizeof r->edition.name - 1));
    out->output.folder = *out_folder;
    out->output.banner = "";
    return SG_OK;
}

static sg_status run_release(release *r, bool dry_run, sg_edition_report *out, sg_err *err)
{
    const char *folder, *staging = sg_path_join(r->arena, r->w->editions, ".partial");
    sg_status status = read_draft(sg_workspace_latest(r->w), r->arena, &r->results, r->edition.draft_sha256,
                                  err);

    if (status != SG_OK || !r->results)
        return status;
    if (!staging)
        return sg_no_memory(err);
    status = name_edition(r, &folder, out, err);
    if (status == SG_OK)
        status = look_in_ledger(r, folder, err);
    if (status == SG_OK && r->in_ledger && lies_whole(r, staging)) {
        out->shown = r->edition.cells_shown;
        out->masked = r->edition.cells_masked;
        return dry_run ? SG_OK : sg_path_rename(staging, folder, err);
    }
    if (status == SG_OK)
        status = make_edition(r, err);
    if (status != SG_OK)
        return status;
    out->shown = r->edition.cells_shown;
    out->masked = r->edition.cells_masked;
    return dry_run ? SG_OK : place_edition(r, folder, staging, err);
}

sg_status sg_batch_release(sg_workspace *workspace, bool dry_run, sg_arena *arena, sg_edition_report *out,
                           sg_err *err)
{
    release r = {.w = workspace, .arena = arena};
    sg_store *store;
    sg_status status = sg_workspace_need_store(workspace, &store, err);

    memset(out, 0, sizeof *out);
    if (status == SG_OK)
        status = run_release(&r, dry_run, out, err);
    sg_publication_free(r.publication);
    sg_results_free(r.results);
    return status;
}
