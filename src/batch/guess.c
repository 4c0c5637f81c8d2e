/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <string.h>

#include "skillgain/ingest.h"

#include "workspace.h"

typedef struct {
    sg_config *config;
    sg_crosswalks *crosswalks;
    sg_arena *arena;
} guessing;

static void close_guessing(guessing *g)
{
    sg_crosswalks_free(g->crosswalks);
    sg_config_free(g->config);
}

static const sg_crosswalk *find_name(const sg_crosswalks *crosswalks, const char *name)
{
    for (size_t i = 0; i < crosswalks->n; i++)
        if (!strcmp(crosswalks->all[i].name, name))
            return &crosswalks->all[i];
    return NULL;
}

/* Nothing that is there is overwritten, nor hidden by its name. */
static sg_status check_free(const guessing *g, const char *path, const char *name, sg_err *err)
{
    const sg_crosswalk *same = find_name(g->crosswalks, name);

    if (sg_path_exists(path))
        return sg_fail(
            err, SG_USAGE,
            "'%s' is there already and was left as it is: where it is meant for this export, mend it "
            "by what 'skillgain check' says; else move it away, or rename the export",
            path);
    if (same)
        return sg_fail(
            err, SG_USAGE,
            "'%s' is a crosswalk named '%s' already: rename the export, whose name the new one gets",
            same->file, name);
    return SG_OK;
}

static sg_status write_guess(const guessing *g, sg_guess_report *report, sg_err *err)
{
    const char *file = sg_arena_printf(g->arena, "%s.yaml", report->guess.name);
    const char *path = file ? sg_path_join(g->arena, g->config->crosswalks, file) : NULL;
    sg_status status;

    if (!path)
        return sg_no_memory(err);
    status = check_free(g, path, report->guess.name, err);
    if (status == SG_OK)
        status = sg_folder_make(g->config->crosswalks, 0700, err);
    if (status == SG_OK)
        status = sg_file_write(path, report->guess.text, strlen(report->guess.text), 0600, err);
    if (status == SG_OK)
        report->written = path;
    return status;
}

static sg_status guess_one(const guessing *g, sg_guess_report *report)
{
    sg_ingest_options options = {.crosswalks = g->crosswalks, .limits = g->config->limits};
    sg_err err = {0};

    report->status = sg_ingest_guess(report->export_path, &options, g->arena, &report->guess, &err);
    if (report->status == SG_OK && !report->guess.fits)
        report->status = write_guess(g, report, &err);
    report->message = sg_arena_strdup(g->arena, err.message);
    return report->message ? report->status : SG_NO_MEMORY;
}

sg_status sg_workspace_guess(const char *folder, const char *const *exports, size_t n_exports,
                             sg_arena *arena, sg_guess_report **out, sg_err *err)
{
    SG_CLEANUP(close_guessing) guessing g = {.arena = arena};
    sg_guess_report *reports = sg_arena_alloc(arena, n_exports + 1, sizeof *reports);
    sg_status status;

    if (!reports)
        return sg_no_memory(err);
    status = sg_config_load(folder, &g.config, err);
    if (status != SG_OK || !g.config)
        return status;
    status = sg_crosswalks_load(g.config->crosswalks, &g.crosswalks, err);
    if (status != SG_OK)
        return status;
    for (size_t i = 0; i < n_exports; i++) {
        reports[i].export_path = exports[i];
        status = sg_status_worse(status, guess_one(&g, &reports[i]));
    }
    *out = reports;
    return status;
}
