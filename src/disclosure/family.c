/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "family.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "skillgain/base.h"
#include "skillgain/stats.h"

static bool is_of_everyone(const sg_estimate *e)
{
    return !strcmp(e->dimension, "all");
}

static bool is_member(const sg_estimate *e)
{
    return e->status != SG_ESTIMATE_SUPPRESSED && isfinite(e->p_adjusted);
}

/* An outcome is a member of the family of everyone, and parts the others. */
static bool same_family(const sg_estimate *a, const sg_estimate *b)
{
    return a->program_year == b->program_year && !strcmp(a->dimension, b->dimension) &&
           !strcmp(a->estimand, b->estimand) && !strcmp(a->subset, b->subset) &&
           !strcmp(a->variant, b->variant) && !strcmp(a->reference, b->reference) &&
           (is_of_everyone(a) || !strcmp(a->outcome, b->outcome));
}

typedef struct {
    double *p;
    sg_estimate **members;
    bool *done; /* by place in results->estimates */
} families;

/* Behind the n p-values of the members shown a 1 for each hidden one; how many there are then. */
static size_t add_hidden(const sg_results *results, const sg_estimate *one, double *p, size_t n)
{
    for (size_t i = 0; i < results->n_estimates; i++)
        if (results->estimates[i].status == SG_ESTIMATE_SUPPRESSED &&
            same_family(one, &results->estimates[i]))
            p[n++] = 1;
    return n;
}

static sg_status adjust_family(sg_results *results, size_t first, families *f, sg_err *err)
{
    const sg_estimate *one = &results->estimates[first];
    size_t n = 0, all;
    sg_status status;

    for (size_t i = first; i < results->n_estimates; i++) {
        sg_estimate *e = &results->estimates[i];

        if (f->done[i] || !is_member(e) || !same_family(one, e))
            continue;
        f->done[i] = true;
        f->p[n] = e->p_value;
        f->members[n++] = e;
    }
    all = add_hidden(results, one, f->p, n);
    status = is_of_everyone(one) ? sg_adjust_holm(f->p, all, f->p, err) : sg_adjust_bh(f->p, all, f->p, err);
    for (size_t i = 0; status == SG_OK && i < n; i++)
        f->members[i]->p_adjusted = f->p[i];
    return status;
}

sg_status sg_families_adjust(sg_results *results, sg_err *err)
{
    SG_AUTO_FREE double *p = calloc(results->n_estimates + 1, sizeof *p);
    SG_AUTO_FREE sg_estimate **members = calloc(results->n_estimates + 1, sizeof *members);
    SG_AUTO_FREE bool *done = calloc(results->n_estimates + 1, sizeof *done);
    families f = {p, members, done};
    sg_status status = SG_OK;

    if (!p || !members || !done)
        return sg_no_memory(err);
    for (size_t i = 0; status == SG_OK && i < results->n_estimates; i++)
        if (!done[i] && is_member(&results->estimates[i]))
            status = adjust_family(results, i, &f, err);
    return status;
}
