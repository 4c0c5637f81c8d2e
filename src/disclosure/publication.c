/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "publication.h"

#include <stdlib.h>
#include <string.h>

SG_DEFINE_CLEANUP(sg_json, sg_json, sg_json_free)

static sg_status copy_results(const sg_results *results, sg_results **out, sg_err *err)
{
    SG_CLEANUP(sg_json_cleanup) sg_json *json = NULL;
    sg_status status = sg_results_to_json(results, &json, err);

    return status == SG_OK ? sg_results_from_json(json, out, err) : status;
}

sg_status sg_publication_copy(const sg_results *results, sg_publication **out, sg_err *err)
{
    SG_CLEANUP(sg_publication_cleanup) sg_publication *publication = calloc(1, sizeof *publication);
    sg_status status;

    if (!publication)
        return sg_no_memory(err);
    status = copy_results(results, &publication->results, err);
    if (status != SG_OK)
        return status;
    *out = publication;
    publication = NULL;
    return SG_OK;
}

sg_status sg_publication_draft(const sg_results *results, sg_publication **out, sg_err *err)
{
    sg_status status = sg_publication_copy(results, out, err);

    if (status != SG_OK)
        return status;
    (*out)->kind = SG_PUBLICATION_DRAFT;
    (*out)->results->nrs = results->nrs;
    (*out)->results->iet = results->iet;
    return SG_OK;
}

void sg_publication_free(sg_publication *publication)
{
    if (!publication)
        return;
    sg_results_free(publication->results);
    free(publication);
}

sg_publication_kind sg_publication_type(const sg_publication *publication)
{
    return publication->kind;
}

const char *sg_publication_name(const sg_publication *publication)
{
    return publication->name;
}

const char *sg_publication_mark(const sg_publication *publication)
{
    return publication->kind == SG_PUBLICATION_DRAFT ? "RESTRICTED DRAFT: shows small groups; not for release"
                                                     : "Released edition: small groups are hidden (*)";
}

const sg_results *sg_publication_results(const sg_publication *publication)
{
    return publication->results;
}

const sg_disclosure_policy *sg_publication_policy(const sg_publication *publication)
{
    return publication->kind == SG_PUBLICATION_DRAFT ? NULL : &publication->policy;
}

void sg_publication_counts(const sg_publication *publication, int64_t *out_shown, int64_t *out_masked)
{
    int64_t masked = 0;

    for (size_t i = 0; i < publication->results->n_cells; i++)
        masked += publication->results->cells[i].count == SG_COUNT_MASKED;
    *out_masked = masked;
    *out_shown = (int64_t)publication->results->n_cells - masked;
}
