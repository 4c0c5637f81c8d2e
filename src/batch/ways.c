/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "intake.h"
#include "workspace.h"

sg_crosswalks sg_only(sg_crosswalk *crosswalk)
{
    return (sg_crosswalks){.all = crosswalk, .n = 1};
}

sg_crosswalk *sg_find_crosswalk(const sg_crosswalks *crosswalks, const char *name)
{
    for (size_t i = 0; i < crosswalks->n; i++)
        if (!strcmp(crosswalks->all[i].name, name))
            return &crosswalks->all[i];
    return NULL;
}

static sg_crosswalk *choose(const sg_workspace *w, const sg_import_options *options,
                            const sg_crosswalks *crosswalks, const char *path)
{
    sg_ingest_options o = sg_intake_options(w, options, crosswalks);
    const sg_crosswalk *chosen = NULL;
    sg_day cutoff;
    sg_err why = {0};

    return sg_ingest_choose(path, &o, &chosen, &cutoff, &why) == SG_OK && chosen
               ? sg_find_crosswalk(crosswalks, chosen->name)
               : NULL;
}

void sg_batch_ways(const sg_workspace *workspace, const sg_import_options *options, const char *path,
                   sg_import_options out[SG_N_KINDS], size_t *out_n)
{
    const sg_crosswalks *all = workspace->crosswalks;
    sg_crosswalk *first;

    out[0] = *options;
    *out_n = 1;
    if (options->kind || options->crosswalk || options->only || !strcmp(path, "-"))
        return;
    first = choose(workspace, options, all, path);
    for (size_t i = 0; first && i < first->n_also; i++) {
        sg_crosswalk *other = sg_find_crosswalk(all, first->also[i]);
        sg_crosswalks one = sg_only(other);

        if (!other || !choose(workspace, options, &one, path))
            continue;
        out[0].only = first;
        out[*out_n] = *options;
        out[(*out_n)++].only = other;
    }
}
