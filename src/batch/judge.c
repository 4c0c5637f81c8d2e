/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a delivery as a whole is told, and why it waits for a person. */
#include <stdio.h>
#include <string.h>

#include "drift.h"
#include "gains.h"
#include "intake.h"

bool sg_too_many_refused(const sg_config *config, sg_batch *batch, char reason[SG_ERR_MESSAGE])
{
    int64_t rows = batch->counts.read - batch->counts.dropped;
    char other[SG_ERR_MESSAGE];

    if (rows <= 0 || (double)batch->counts.quarantined <= config->max_quarantined * (double)rows)
        return false;
    memcpy(other, reason, sizeof other);
    (void)snprintf(
        reason, SG_ERR_MESSAGE,
        "%lld of %lld rows were refused, more than the %.4g %% that 'quality.max_quarantined' allows%s%.370s",
        (long long)batch->counts.quarantined, (long long)rows, 100 * config->max_quarantined,
        *other ? "; " : "", other); /* cut only where the store has very much to say */
    return true;
}

void sg_hold_also(char reason[SG_ERR_MESSAGE], const char *other)
{
    size_t length = strlen(reason);

    if (*other)
        (void)snprintf(reason + length, SG_ERR_MESSAGE - length, "%s%s", length ? "; " : "", other);
}

static sg_status find_drift(const sg_config *config, sg_import *import, sg_batch *batch, sg_arena *arena,
                            sg_err *err)
{
    sg_sink sink = sg_import_sink(import);
    sg_comparison *comparison = sg_arena_alloc(arena, 1, sizeof *comparison);
    sg_status status;

    if (!comparison)
        return sg_no_memory(err);
    status = sg_import_compare(import, batch, arena, comparison, err);
    return status == SG_OK ? sg_drift_find(config, comparison, batch, &sink, err) : status;
}

typedef struct {
    sg_gain_years years;
    bool declared; /* then every one is counted, else the first that has several settles it */
} gains;

static sg_status add_gain(void *context, const sg_pseudonym *learner, sg_day day, bool *out_enough,
                          sg_err *err)
{
    gains *g = context;
    sg_status status = sg_gain_years_add(&g->years, learner, day, err);

    *out_enough = !g->declared && g->years.n_again > 0;
    return status;
}

static sg_status judge_gains(sg_import *import, sg_batch *batch, char held[SG_ERR_MESSAGE], sg_err *err)
{
    gains g = {.declared = batch->latest_gains};
    char detail[SG_GAINS_DETAIL];
    sg_sink sink = sg_import_sink(import);
    sg_finding finding;
    sg_status status = sg_import_gains(import, batch, add_gain, &g, err);

    sg_gains_judge(&g.years, batch, detail, &finding);
    sg_gain_years_release(&g.years);
    if (status != SG_OK || !finding.rule)
        return status;
    sg_hold_also(held, sg_gains_hold(&finding));
    batch->counts.warnings++;
    return sink.finding(sink.context, &finding, err);
}

sg_status sg_judge_delivery(const sg_config *config, sg_import *import, sg_batch *batch, sg_arena *arena,
                            char held[SG_ERR_MESSAGE], sg_err *err)
{
    sg_status status = find_drift(config, import, batch, arena, err);

    return status == SG_OK ? judge_gains(import, batch, held, err) : status;
}
