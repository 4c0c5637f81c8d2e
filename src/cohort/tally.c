/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tally.h"

#include <stdlib.h>
#include <string.h>

#include "iet.h"

void sg_tally_release(sg_tally *tally)
{
    sg_arena_free(tally->arena);
    free(tally->matrix);
    free(tally->programs);
    free(tally->followed);
    *tally = (sg_tally){0};
}

/* ---- while participant-years pass ---- */

static sg_status count_claim(sg_tally *tally, const sg_participant_year *year, sg_iet_claim claim,
                             sg_iet_derived derived, sg_err *err)
{
    int college = year->pop->rows[0].row->college;
    size_t i = 0;
    while (i < tally->n_matrix &&
           (tally->matrix[i].college != college || tally->matrix[i].program_year != year->program_year))
        i++;
    if (i == tally->n_matrix) {
        if (!sg_grow(&tally->matrix, &tally->matrix_capacity, i + 1, sizeof *tally->matrix))
            return sg_no_memory(err);
        tally->matrix[i] = (sg_tally_matrix){.program_year = year->program_year, .college = college};
        tally->n_matrix++;
    }
    tally->matrix[i].n[claim][derived]++;
    return SG_OK;
}

static sg_status find_program(sg_tally *tally, int program_year, int college, const char *id,
                              sg_tally_program **out, sg_err *err)
{
    for (size_t i = 0; i < tally->n_programs; i++) {
        sg_tally_program *program = &tally->programs[i];
        if (program->program_year == program_year && program->college == college &&
            strcmp(program->id, id) == 0) {
            *out = program;
            return SG_OK;
        }
    }
    if (tally->arena == NULL && (tally->arena = sg_arena_new()) == NULL)
        return sg_no_memory(err);
    const char *kept = sg_arena_strdup(tally->arena, id);
    if (kept == NULL ||
        !sg_grow(&tally->programs, &tally->programs_capacity, tally->n_programs + 1, sizeof *tally->programs))
        return sg_no_memory(err);
    *out = &tally->programs[tally->n_programs++];
    **out = (sg_tally_program){.id = kept, .program_year = program_year, .college = college};
    return SG_OK;
}

static bool is_in_scope(const sg_counted_row *row, const sg_year_view *naive)
{
    return row->row->iet_program_id != NULL && row->range_first <= naive->scope_last &&
           row->range_last >= naive->scope_first;
}

/* Has a row before this one named the same program at the same college? */
static bool is_repeated(const sg_pop *pop, size_t at, const sg_year_view *naive)
{
    const sg_stored_enrollment *row = pop->rows[at].row;
    for (size_t i = 0; i < at; i++)
        if (is_in_scope(&pop->rows[i], naive) && pop->rows[i].row->college == row->college &&
            strcmp(pop->rows[i].row->iet_program_id, row->iet_program_id) == 0)
            return true;
    return false;
}

/* Does the register confirm any of the learner's rows of the program? So the grades have it, too. */
static bool is_confirmed(const sg_participant_year *year, const sg_stored_enrollment *program,
                         const sg_year_view *naive)
{
    for (size_t i = 0; i < year->pop->n_rows; i++) {
        const sg_counted_row *row = &year->pop->rows[i];
        if (is_in_scope(row, naive) && row->row->college == program->college &&
            strcmp(row->row->iet_program_id, program->iet_program_id) == 0 &&
            sg_register_judge(year->sources->programs, program->iet_program_id, program->college,
                              sg_stored_row_day(row->row, SG_ENROLLMENT_START_DATE),
                              row->range_last) == SG_REGISTERED)
            return true;
    }
    return false;
}

static sg_status follow(sg_tally *tally, const sg_participant_year *year, const sg_tally_program *program,
                        const sg_year_view *naive, sg_err *err)
{
    if (naive->state != SG_COHORT_IN)
        return SG_OK;
    if (!sg_grow(&tally->followed, &tally->followed_capacity, tally->n_followed + 1, sizeof *tally->followed))
        return sg_no_memory(err);
    tally->followed[tally->n_followed++] = (sg_tally_followed){
        .program = (size_t)(program - tally->programs),
        .college = (uint16_t)year->pop->rows[0].row->college,
        .known_by = naive->known_by,
        .gained = naive->gained};
    return SG_OK;
}

static sg_status count_learner(sg_tally *tally, const sg_participant_year *year, sg_tally_program *program,
                               const sg_stored_enrollment *row, const sg_year_view *naive, sg_err *err)
{
    program->counts.learners++;
    program->counts.overlapping += sg_iet_overlaps_in(year->pop, row->iet_program_id, naive->scope_first,
                                                      naive->scope_last);
    program->counts.outside_approval += !is_confirmed(year, row, naive);
    return follow(tally, year, program, naive, err);
}

static sg_status count_programs(sg_tally *tally, const sg_participant_year *year, const sg_year_view *naive,
                                sg_err *err)
{
    const sg_pop *pop = year->pop;
    for (size_t i = 0; i < pop->n_rows; i++) {
        const sg_counted_row *row = &pop->rows[i];
        int64_t component = row->row->number[SG_ENROLLMENT_COMPONENT];
        sg_tally_program *program = NULL;
        if (!is_in_scope(row, naive))
            continue;
        sg_status status = find_program(tally, year->program_year, row->row->college,
                                        row->row->iet_program_id, &program, err);
        if (status != SG_OK)
            return status;
        if (component > 0 && component <= SG_N_IET_HOURS)
            program->counts.hours[component - 1] += row->hours;
        if (!is_repeated(pop, i, naive))
            status = count_learner(tally, year, program, row->row, naive, err);
        if (status != SG_OK)
            return status;
    }
    return SG_OK;
}

sg_status sg_tally_add(sg_tally *tally, const sg_participant_year *year, const sg_year_view *naive,
                       sg_err *err)
{
    static const sg_iet_derived derived[SG_N_GRADES] = {
        [SG_GRADE_SUPPORTED] = SG_DERIVED_SUPPORTED, [SG_GRADE_CONFIRMED] = SG_DERIVED_CONFIRMED};
    sg_iet_claim claim = sg_iet_claim_in(year->pop, naive->scope_first, naive->scope_last);
    sg_status status = count_claim(tally, year, claim, derived[naive->grade], err);
    return status == SG_OK ? count_programs(tally, year, naive, err) : status;
}

/* ---- what came of it ---- */

static int compare_matrix(const void *a, const void *b)
{
    const sg_tally_matrix *left = a, *right = b;
    if (left->program_year != right->program_year)
        return left->program_year < right->program_year ? -1 : 1;
    return (left->college > right->college) - (left->college < right->college);
}

static int compare_programs(const void *a, const void *b)
{
    const sg_tally_program *left = a, *right = b;
    if (left->program_year != right->program_year)
        return left->program_year < right->program_year ? -1 : 1;
    if (left->college != right->college)
        return left->college < right->college ? -1 : 1;
    return strcmp(left->id, right->id);
}

static sg_criterion_state state_if(bool met)
{
    return met ? SG_CRITERION_MET : SG_CRITERION_NOT_MET;
}

/* What the program's rows show. Where they carry no components, nothing can be said of these. */
static void judge_records(sg_iet_program *p, bool has_register)
{
    bool all = p->hours[3] > 0 || (p->hours[0] > 0 && p->hours[1] > 0 && p->hours[2] > 0);
    bool any = p->hours[0] > 0 || p->hours[1] > 0 || p->hours[2] > 0 || p->hours[3] > 0;
    p->criteria[SG_CRITERION_COMPONENTS] = any ? state_if(all) : SG_CRITERION_UNKNOWN;
    p->criteria[SG_CRITERION_SIMULTANEOUS] = any ? state_if(p->overlapping > 0) : SG_CRITERION_UNKNOWN;
    if (has_register)
        p->criteria[SG_CRITERION_APPROVAL] = state_if(p->registered && p->outside_approval == 0);
}

/* What the register says. */
static sg_status judge_register(sg_iet_program *p, const sg_program *program, sg_arena *arena, sg_err *err)
{
    p->registered = true;
    p->name = program->name != NULL ? sg_arena_strdup(arena, program->name) : "";
    p->criteria[SG_CRITERION_OCCUPATION] = state_if(program->occupation != NULL);
    p->criteria[SG_CRITERION_CREDENTIAL] = state_if(program->credential != NULL);
    for (int i = 0; i < 6; i++)
        if (program->attestations[i] != 0)
            p->criteria[SG_CRITERION_INTENSITY + i] = state_if(program->attestations[i] == SG_YES);
    return p->name != NULL ? SG_OK : sg_no_memory(err);
}

static sg_status finish_program(const sg_tally_program *from, const sg_register *programs,
                                const sg_cohort *cohort, sg_iet_program *out, sg_err *err)
{
    const sg_program *program = sg_register_find(programs, from->id, from->college);
    *out = from->counts;
    out->program_year = from->program_year;
    out->college = cohort->colleges[from->college];
    out->id = sg_arena_strdup(cohort->arena, from->id);
    out->name = "";
    if (out->id == NULL)
        return sg_no_memory(err);
    sg_status status = program != NULL ? judge_register(out, program, cohort->arena, err) : SG_OK;
    judge_records(out, programs != NULL && programs->n > 0);
    return status;
}

/* Only now it is known which colleges stopped. */
static void count_followed(sg_tally *tally, const sg_delivered *delivered, sg_day as_of)
{
    for (size_t i = 0; i < tally->n_followed; i++) {
        const sg_tally_followed *f = &tally->followed[i];
        sg_iet_program *counts = &tally->programs[f->program].counts;
        if (sg_delivered_leaves_open(delivered, f->college, as_of, f->known_by))
            continue;
        counts->followed++;
        counts->gained_common += (f->gained & SG_GAINED_COMMON) != 0;
        counts->gained_any += f->gained != 0;
    }
}

sg_status sg_tally_finish(sg_tally *tally, const sg_register *programs, const sg_delivered *delivered,
                          sg_cohort *cohort, sg_err *err)
{
    sg_iet_facts *facts = &cohort->iet;
    facts->matrix = sg_arena_alloc(cohort->arena, tally->n_matrix + 1, sizeof *facts->matrix);
    facts->programs = sg_arena_alloc(cohort->arena, tally->n_programs + 1, sizeof *facts->programs);
    if (facts->matrix == NULL || facts->programs == NULL)
        return sg_no_memory(err);
    count_followed(tally, delivered, cohort->as_of);
    if (tally->n_matrix > 1)
        qsort(tally->matrix, tally->n_matrix, sizeof *tally->matrix, compare_matrix);
    if (tally->n_programs > 1)
        qsort(tally->programs, tally->n_programs, sizeof *tally->programs, compare_programs);
    for (; facts->n_matrix < tally->n_matrix; facts->n_matrix++) {
        const sg_tally_matrix *from = &tally->matrix[facts->n_matrix];
        sg_iet_matrix *to = &facts->matrix[facts->n_matrix];
        to->program_year = from->program_year;
        to->college = cohort->colleges[from->college];
        memcpy(to->n, from->n, sizeof to->n);
    }
    sg_status status = SG_OK;
    for (; facts->n_programs < tally->n_programs && status == SG_OK; facts->n_programs++)
        status = finish_program(&tally->programs[facts->n_programs], programs, cohort,
                                &facts->programs[facts->n_programs], err);
    return status;
}
