/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "related.h"

enum { NODES = 2 * (SG_MAX_LEVELS + 1) };

/* Levels of both dimensions as nodes of a graph; people tie their two levels together. Levels that hang together hold the same
 * people on both sides, so more than one such part is a relation. */
typedef struct {
    uint16_t parent[NODES];
    bool used[NODES];
} level_graph;

static uint16_t root_of(level_graph *graph, uint16_t node)
{
    while (graph->parent[node] != node) {
        graph->parent[node] = graph->parent[graph->parent[node]];
        node = graph->parent[node];
    }
    return node;
}

static void tie(level_graph *graph, uint8_t a, uint8_t b)
{
    uint16_t first = a, second = (uint16_t)(SG_MAX_LEVELS + 1 + b);

    graph->used[first] = graph->used[second] = true;
    graph->parent[root_of(graph, first)] = root_of(graph, second);
}

static bool is_compared(const sg_cohort_view *view, size_t i, int year)
{
    return view->program_year[i] == year && view->state[i] == SG_COHORT_IN && view->arm[i] != SG_ARM_NEITHER;
}

static bool are_related(const sg_cohort *cohort, size_t a, size_t b, int year)
{
    const sg_cohort_view *view = &cohort->designs[sg_cohort_headline(cohort)];
    level_graph graph = {.used = {false}};
    size_t parts = 0;

    for (int node = 0; node < NODES; node++)
        graph.parent[node] = (uint16_t)node;
    for (size_t i = 0; i < view->n; i++)
        if (is_compared(view, i, year))
            tie(&graph, view->levels[a][i], view->levels[b][i]);
    for (int node = 0; node < NODES; node++)
        parts += graph.used[node] && graph.parent[node] == node;
    return parts > 1;
}

sg_status sg_related_find(const sg_cohort *cohort, sg_results *results, sg_err *err)
{
    sg_facts *facts = &results->facts;

    facts->related = sg_arena_alloc(results->arena, results->n_dimensions + 1, sizeof *facts->related);
    if (!facts->related)
        return sg_no_memory(err);
    for (size_t b = 0; b < cohort->n_dimensions; b++) {
        bool related = sg_dimension_overlaps(&cohort->dimensions[b]);

        for (size_t a = 0; a < b && !related; a++)
            related = !sg_dimension_overlaps(&cohort->dimensions[a]) &&
                      are_related(cohort, a, b, facts->headline_year);
        if (related)
            facts->related[facts->n_related++] = results->dimensions[b].name;
    }
    return SG_OK;
}
