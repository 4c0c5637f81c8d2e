/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * run.json: the facts of an output that are the same whenever it is made from the same data; no time, no place, no machine.
 */
#include "run_json.h"

#include <string.h>

SG_DEFINE_CLEANUP(sg_json, sg_json, sg_json_free)

static sg_json *policy_json(const sg_disclosure_policy *policy)
{
    sg_json *object = sg_json_object();

    sg_json_set_int(object, "minimum_cell", policy->minimum_cell);
    sg_json_set_int(object, "minimum_outcome", policy->minimum_outcome);
    sg_json_set_int(object, "minimum_interval", policy->minimum_interval);
    return object;
}

static bool ends_with(const char *text, const char *end)
{
    size_t length = strlen(text), n = strlen(end);

    return length >= n && !strcmp(text + length - n, end);
}

/* Files by kind, this one and SHA256SUMS apart. */
static sg_json *files_json(const sg_output *output)
{
    static const char *const kinds[][2] = {{"html", ".html"}, {"markdown", ".md"}, {"csv", ".csv"},
                                           {"json", ".json"}, {"svg", ".svg"},     {"xlsx", ".xlsx"}};
    sg_json *object = sg_json_object();

    for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++) {
        int64_t n = 0;

        for (size_t i = 0; i < output->n; i++)
            n += ends_with(output->entries[i].name, kinds[k][1]);
        sg_json_set_int(object, kinds[k][0], n);
    }
    return object;
}

static sg_json *counts_json(const sg_page *page)
{
    sg_json *object = sg_json_object();
    int64_t shown, masked;

    sg_publication_counts(page->publication, &shown, &masked);
    sg_json_set_int(object, "estimates", (int64_t)page->results->n_estimates);
    sg_json_set_int(object, "cells_shown", shown);
    sg_json_set_int(object, "cells_masked", masked);
    return object;
}

static sg_json *run_json(const sg_output *output, const sg_page *page)
{
    const sg_facts *facts = page->facts;
    const sg_disclosure_policy *policy = sg_publication_policy(page->publication);
    sg_json *object = sg_json_object();
    char as_of[SG_DAY_TEXT];

    sg_json_set_int(object, "format", 1);
    sg_json_set_text(object, "program", "skillgain");
    sg_json_set_text(object, "version", facts->version);
    sg_json_set_text(object, "kind", page->is_draft ? "draft" : "edition");
    if (!page->is_draft)
        sg_json_set_text(object, "edition", sg_publication_name(page->publication));
    sg_json_set_text(object, "mark", sg_publication_mark(page->publication));
    sg_json_set_text(object, "agency", facts->agency);
    sg_json_set_text(object, "college", facts->college);
    sg_json_set_text(object, "as_of", sg_day_format(facts->as_of, as_of));
    sg_json_set_int(object, "headline_year", facts->headline_year);
    sg_json_set_text(object, "headline_variant", facts->headline_variant);
    sg_json_set_text(object, "headline_outcome", facts->headline_outcome);
    sg_json_set_text(object, "plan_sha256", facts->plan_sha256);
    if (page->is_draft)
        sg_json_set_text(object, "input_sha256", facts->input_sha256);
    if (policy)
        sg_json_set(object, "policy", policy_json(policy));
    sg_json_set(object, "counts", counts_json(page));
    sg_json_set(object, "files", files_json(output));
    return object;
}

sg_status sg_write_run(sg_output *output, const sg_page *page, sg_err *err)
{
    SG_CLEANUP(sg_json_cleanup) sg_json *json = run_json(output, page);
    sg_str text = {0};
    sg_status status = json ? sg_json_write(json, &text, err) : sg_no_memory(err);

    if (status == SG_OK)
        status = sg_output_add(output, "run.json", &text, err);
    sg_str_release(&text);
    return status;
}
