/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "iet_facts.h"

#include <string.h>

static bool is_asked_for(const sg_analysis_options *options, int program_year, const char *college)
{
    return (!options->program_year || options->program_year == program_year) &&
           (!options->college || !strcmp(options->college, college));
}

sg_status sg_iet_facts_copy(const sg_cohort *cohort, const sg_analysis_options *options, sg_results *results,
                            sg_err *err)
{
    sg_arena *arena = results->arena;
    sg_iet_facts *facts = sg_arena_alloc(arena, 1, sizeof *facts);
    bool whole = facts != NULL;

    if (whole) {
        facts->matrix = sg_arena_alloc(arena, cohort->iet.n_matrix + 1, sizeof *facts->matrix);
        facts->programs = sg_arena_alloc(arena, cohort->iet.n_programs + 1, sizeof *facts->programs);
        whole = facts->matrix && facts->programs;
    }
    for (size_t i = 0; whole && i < cohort->iet.n_matrix; i++) {
        const sg_iet_matrix *from = &cohort->iet.matrix[i];

        if (!is_asked_for(options, from->program_year, from->college))
            continue;
        facts->matrix[facts->n_matrix] = *from;
        facts->matrix[facts->n_matrix].college = sg_arena_strdup(arena, from->college);
        whole = facts->matrix[facts->n_matrix++].college != NULL;
    }
    for (size_t i = 0; whole && i < cohort->iet.n_programs; i++) {
        sg_iet_program program = cohort->iet.programs[i];

        if (!is_asked_for(options, program.program_year, program.college))
            continue;
        program.id = sg_arena_strdup(arena, program.id);
        program.college = sg_arena_strdup(arena, program.college);
        program.name = sg_arena_strdup(arena, program.name);
        facts->programs[facts->n_programs++] = program;
        whole = program.id && program.college && program.name;
    }
    results->iet = facts;
    return whole ? SG_OK : sg_no_memory(err);
}
