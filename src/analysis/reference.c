/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "reference.h"

#include <string.h>

#include "skillgain/base.h"

enum { SMALL_GROUP = 30 };

/* a's rate above b's, in integers. */
static bool rate_is_higher(const sg_counts *a, const sg_counts *b)
{
    return (double)a->x * (double)b->n > (double)b->x * (double)a->n;
}

static bool is_better(const sg_dimension *dimension, const sg_counts *groups, size_t candidate, size_t best,
                      bool by_rate)
{
    const sg_counts *a = &groups[candidate], *b = &groups[best];

    if (by_rate ? rate_is_higher(a, b) : a->n > b->n)
        return true;
    if (by_rate ? rate_is_higher(b, a) : b->n > a->n)
        return false;
    return strcmp(dimension->levels[candidate].name, dimension->levels[best].name) < 0;
}

/* 0: none. */
static size_t choose_level(const sg_dimension *dimension, const sg_counts *groups, bool by_rate)
{
    size_t best = 0;

    for (size_t l = 1; l < dimension->n_levels; l++) {
        if (groups[l].n < (by_rate ? SMALL_GROUP : 1))
            continue;
        if (!best || is_better(dimension, groups, l, best, by_rate))
            best = l;
    }
    return best;
}

static sg_status choose_named(const sg_dimension *dimension, const char *name, sg_reference *out, sg_err *err)
{
    if (sg_parse_double(name, strlen(name), &out->number)) {
        out->type = SG_REFERENCE_NUMBER;
        return SG_OK;
    }
    for (size_t l = 1; l < dimension->n_levels; l++)
        if (!strcmp(dimension->levels[l].name, name)) {
            out->type = SG_REFERENCE_LEVEL;
            out->level = l;
            return SG_OK;
        }
    return sg_fail(err, SG_USAGE,
                   "'analysis.reference': '%s' is no level of '%s'; name one of its levels, all_others, "
                   "overall, highest or largest",
                   name, dimension->name);
}

sg_status sg_reference_choose(const sg_dimension *dimension, const char *name, const sg_counts *groups,
                              sg_reference *out, sg_err *err)
{
    bool by_rate = !strcmp(name, "highest");

    *out = (sg_reference){.type = SG_REFERENCE_ALL_OTHERS, .name = name};
    if (!strcmp(name, "all_others"))
        return SG_OK;
    if (!strcmp(name, "overall")) {
        out->type = SG_REFERENCE_OVERALL;
        return SG_OK;
    }
    if (!by_rate && strcmp(name, "largest") != 0)
        return choose_named(dimension, name, out, err);
    out->level = choose_level(dimension, groups, by_rate);
    out->from_data = out->level != 0;
    if (out->from_data)
        out->type = SG_REFERENCE_LEVEL;
    else
        out->name = "all_others";
    return SG_OK;
}
