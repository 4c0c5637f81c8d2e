/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Enrollments against the register of IET programs. A program may have several rows there, one for each time that it ran.
 */
#include "learner.h"

/* A day that is not given bounds nothing. */
static bool is_between(sg_day day, sg_day first, sg_day last)
{
    return day >= first && (last == SG_DAY_NONE || day <= last);
}

static bool accepts(const sg_program *program, const sg_fact *row)
{
    return !sg_same_scale(program->lowest_level, row->level) || row->level >= program->lowest_level;
}

static bool same_occupation(const sg_program *program, const sg_fact *row)
{
    return program->occupation == 0 || row->as.enrollment.occupation == 0 ||
           program->occupation == row->as.enrollment.occupation;
}

static void judge_program(const sg_program *programs, size_t n, const sg_fact *row, sg_across_sink *sink)
{
    bool here = false, runs = false, approved = false, occupation = false, level = false;
    for (size_t i = 0; i < n; i++) {
        const sg_program *program = &programs[i];
        if (program->college != row->college)
            continue;
        here = true;
        runs = runs || is_between(row->day, program->first, program->last);
        approved = approved || is_between(row->day, program->approved_from, program->approved_to);
        occupation = occupation || same_occupation(program, row);
        level = level || accepts(program, row);
    }
    if (!here) {
        sg_find(sink, n > 0 ? SG_ACROSS_PROGRAM_ELSEWHERE : SG_ACROSS_PROGRAM_UNKNOWN, row,
                SG_ENROLLMENT_IET_PROGRAM_ID);
        return;
    }
    if (!runs)
        sg_find(sink, SG_ACROSS_PROGRAM_NOT_RUNNING, row, SG_ENROLLMENT_START_DATE);
    if (!approved)
        sg_find(sink, SG_ACROSS_PROGRAM_NOT_APPROVED, row, SG_ENROLLMENT_START_DATE);
    if (!occupation)
        sg_find(sink, SG_ACROSS_PROGRAM_OCCUPATION, row, SG_ENROLLMENT_OCCUPATION);
    if (!level)
        sg_find(sink, SG_ACROSS_PROGRAM_LEVEL, row, SG_ENROLLMENT_ENTERING_LEVEL);
}

void sg_across_programs(const sg_learner_rows *learner, sg_across_sink *sink)
{
    sg_backdrop *backdrop = &learner->scene->backdrop;
    if (backdrop->n_programs == 0)
        return;
    for (size_t i = 0; i < learner->n_of[SG_KIND_ENROLLMENT]; i++) {
        const sg_fact *row = learner->of[SG_KIND_ENROLLMENT][i];
        size_t n = 0;
        if (row->as.enrollment.program == 0 || sg_is_late(learner, row))
            continue;
        const sg_program *programs = sg_backdrop_programs(backdrop, row->as.enrollment.program, &n);
        judge_program(programs, n, row, sink);
    }
}
