/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "family.h"
#include "line.h"
#include "protect.h"
#include "publication.h"

/*
 * The audit reads what would be published and nothing else, and reasons as a reader would: lines shown are known, lines hidden
 * are the totals less the lines shown.
 */

static sg_status refuse(sg_err *err, const char *dimension, const char *why)
{
    return sg_fail(err, SG_DISCLOSURE, "the audit refuses table '%s': %s", dimension, why);
}

static bool estimate_is_blank(const sg_estimate *e)
{
    const double figures[] = {e->estimate,  e->std_error, e->ci_low,  e->ci_high,
                              e->statistic, e->df,        e->p_value, e->p_adjusted};
    const int64_t counts[] = {e->n_iet,   e->x_iet,   e->n_comparison, e->x_comparison,
                              e->n_level, e->x_level, e->n_reference,  e->x_reference};

    for (size_t i = 0; i < sizeof figures / sizeof *figures; i++)
        if (isfinite(figures[i]))
            return false;
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++)
        if (counts[i] >= 0)
            return false;
    return true;
}

/* Every cell of a hidden line is masked: one count left (of both arms together, say) would be subtracted from. */
static bool line_is_whole(const sg_results *results, const char *dimension, const char *level, bool hidden)
{
    for (size_t i = 0; i < results->n_cells; i++) {
        const sg_cell *cell = &results->cells[i];

        if (!strcmp(cell->dimension, dimension) && !strcmp(cell->level, level) &&
            (cell->count == SG_COUNT_MASKED) != hidden)
            return false;
    }
    return true;
}

static bool estimates_follow(const sg_results *results, const char *dimension, const char *level, bool hidden)
{
    for (size_t i = 0; i < results->n_estimates; i++) {
        const sg_estimate *e = &results->estimates[i];
        bool about = !strcmp(e->dimension, dimension) &&
                     (!strcmp(e->level, level) || !strcmp(e->reference, level));

        if (about && hidden && (e->status != SG_ESTIMATE_SUPPRESSED || !estimate_is_blank(e)))
            return false;
        if (e->status == SG_ESTIMATE_SUPPRESSED && !estimate_is_blank(e))
            return false;
    }
    return true;
}

static void subtract(sg_line *rest, const sg_line *shown)
{
    for (int a = 0; a < SG_N_LINE_ARMS; a++)
        for (int s = 0; s < SG_N_SIDES; s++)
            rest->count[a][s] -= shown->count[a][s];
}

static sg_status audit_level(const sg_publication *p, const char *dimension, const char *level,
                             const sg_line *line, sg_err *err)
{
    if (!line->hidden && sg_line_is_small(line, &p->policy))
        return refuse(err, dimension, "a group below the minimum is shown");
    if (!line_is_whole(p->results, dimension, level, line->hidden))
        return refuse(err, dimension, "a line is shown in part");
    if (!estimates_follow(p->results, dimension, level, line->hidden))
        return refuse(err, dimension, "a figure made from a hidden group is shown");
    return SG_OK;
}

static bool tells_what_was_accepted(const sg_facts *facts)
{
    for (size_t i = 0; i < facts->n_accepted; i++)
        if (facts->accepted[i].batch || facts->accepted[i].held || *facts->accepted[i].file ||
            *facts->accepted[i].reason)
            return true;
    return false;
}

static bool is_listed_related(const sg_facts *facts, const char *dimension)
{
    for (size_t i = 0; i < facts->n_related; i++)
        if (!strcmp(facts->related[i], dimension))
            return true;
    return false;
}

static sg_status audit_dimension(const sg_publication *p, const sg_dimension *dimension, sg_err *err)
{
    const sg_facts *facts = &p->results->facts;
    sg_line rest, line;
    size_t n_hidden = 0;

    if (!sg_line_read(p->results, facts->headline_year, facts->headline_variant, facts->headline_outcome,
                      "all", "all", &rest))
        return refuse(err, "all", "the totals are missing");
    for (size_t i = 0; i < dimension->n_levels; i++) {
        const char *level = dimension->levels[i].name;
        sg_status status;

        if (!sg_line_read(p->results, facts->headline_year, facts->headline_variant, facts->headline_outcome,
                          dimension->name, level, &line))
            return refuse(err, dimension->name, "a level is missing, so that the rest gives it away");
        status = audit_level(p, dimension->name, level, &line, err);
        if (status != SG_OK)
            return status;
        if (line.hidden)
            n_hidden++;
        else
            subtract(&rest, &line);
    }
    if (is_listed_related(facts, dimension->name) && n_hidden < dimension->n_levels)
        return refuse(err, dimension->name,
                      "its groups are made of another table's groups, and some are shown");
    if (n_hidden == 0)
        return sg_line_size(&rest) == 0
                   ? SG_OK
                   : refuse(err, dimension->name, "its lines do not add up to the totals");
    if (n_hidden == 1 || (n_hidden < dimension->n_levels && !sg_rest_is_wide(&rest, &p->policy)))
        return refuse(err, dimension->name, "what is hidden can be told by subtraction");
    return SG_OK;
}

static sg_status audit_totals(const sg_publication *p, sg_err *err)
{
    const sg_facts *facts = &p->results->facts;
    sg_line totals;

    if (!sg_line_read(p->results, facts->headline_year, facts->headline_variant, facts->headline_outcome,
                      "all", "all", &totals))
        return refuse(err, "all", "the totals are missing");
    if (totals.hidden || sg_line_is_small(&totals, &p->policy))
        return refuse(err, "all", "a total below the minimum is shown");
    for (size_t i = 0; i < p->results->n_cells; i++) {
        const sg_cell *cell = &p->results->cells[i];

        if (!strcmp(cell->dimension, "all") && *cell->outcome && cell->arm != SG_ARM_ALL &&
            cell->count < p->policy.minimum_outcome)
            return refuse(err, "all", "a part of the any-type outcome below the minimum is shown");
        if (strcmp(cell->dimension, "all") != 0 && *cell->outcome &&
            strcmp(cell->outcome, facts->headline_outcome) != 0)
            return refuse(err, cell->dimension, "an outcome is shown that editions do not hold by group");
    }
    return SG_OK;
}

/* The corrected p-values follow from the shown ones alone, but for the rounding of both to three digits. */
static sg_status audit_families(const sg_publication *p, sg_err *err)
{
    static const double rounding = 0.011;
    sg_publication *again = NULL;
    sg_status status = sg_publication_copy(p->results, &again, err);

    if (status == SG_OK)
        status = sg_families_adjust(again->results, err);
    for (size_t i = 0; status == SG_OK && i < p->results->n_estimates; i++) {
        const sg_estimate *shown = &p->results->estimates[i];
        double expected = again->results->estimates[i].p_adjusted;

        if (isfinite(shown->p_adjusted) && !(fabs(shown->p_adjusted - expected) <= rounding * expected))
            status = refuse(err, shown->dimension, "a corrected p-value tells of hidden groups");
    }
    sg_publication_free(again);
    return status;
}

sg_status sg_publication_audit(const sg_publication *publication, sg_err *err)
{
    const sg_facts *facts = &publication->results->facts;
    sg_status status;

    if (publication->kind == SG_PUBLICATION_DRAFT)
        return SG_OK;
    if (facts->n_flow || facts->n_deliveries || facts->n_findings || facts->n_notes ||
        facts->input_sha256[0] || tells_what_was_accepted(facts))
        return refuse(err, "facts", "it holds facts that only a draft may show");
    status = audit_totals(publication, err);
    if (status == SG_OK)
        status = audit_families(publication, err);
    for (size_t d = 0; status == SG_OK && d < publication->results->n_dimensions; d++)
        status = audit_dimension(publication, &publication->results->dimensions[d], err);
    return status;
}
