/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "learner.h"

#include <stdlib.h>
#include <string.h>

enum { N_COMPONENTS = 3 }; /* adult education, workforce preparation, workforce training: the places from 1 */

void sg_learner_release(sg_learner_rows *learner)
{
    free(learner->keyed);
    free(learner->all);
    free(learner->counted);
    free(learner->spells);
}

/* ---- order ---- */

static int compare_numbers(uint64_t a, uint64_t b)
{
    return (a > b) - (a < b);
}

/* Of one kind and key the one added last comes last. */
static int compare_keys(const void *a, const void *b)
{
    const sg_keyed_fact *left = a, *right = b;
    int order = compare_numbers(left->fact->kind, right->fact->kind);
    if (order == 0)
        order = compare_numbers(left->key, right->key);
    return order != 0 ? order : compare_numbers((uintptr_t)left->fact, (uintptr_t)right->fact);
}

/* By kind and day; rows of one day by key, whatever the order in which they came. */
static int compare_days(const void *a, const void *b)
{
    const sg_keyed_fact *left = a, *right = b;
    int order = compare_numbers(left->fact->kind, right->fact->kind);
    if (order == 0)
        order = (left->fact->day > right->fact->day) - (left->fact->day < right->fact->day);
    return order != 0 ? order : compare_numbers(left->key, right->key);
}

static bool same_row(const sg_keyed_fact *a, const sg_keyed_fact *b)
{
    return a->key == b->key && a->fact->kind == b->fact->kind;
}

static void drop_replaced(sg_learner_rows *l)
{
    size_t n = 0;
    qsort(l->keyed, l->n_keyed, sizeof *l->keyed, compare_keys);
    for (size_t i = 0; i < l->n_keyed; i++)
        if (i + 1 == l->n_keyed || !same_row(&l->keyed[i], &l->keyed[i + 1]))
            l->keyed[n++] = l->keyed[i];
    l->n_keyed = n;
}

static sg_status order_rows(sg_learner_rows *l, sg_err *err)
{
    drop_replaced(l);
    if (!sg_grow(&l->all, &l->all_capacity, l->n_keyed, sizeof *l->all))
        return sg_no_memory(err);
    qsort(l->keyed, l->n_keyed, sizeof *l->keyed, compare_days);
    memset(l->n_of, 0, sizeof l->n_of);
    for (size_t i = 0; i < l->n_keyed; i++) {
        l->all[i] = l->keyed[i].fact;
        l->n_of[l->all[i]->kind]++;
    }
    l->n_all = l->n_keyed;
    for (size_t kind = 0, at = 0; kind < SG_N_KINDS; at += l->n_of[kind], kind++)
        l->of[kind] = l->all + at;
    return SG_OK;
}

/* ---- participations ---- */

static sg_day later(sg_day a, sg_day b)
{
    return a > b ? a : b;
}

/* Rows without hours are no participation, unless their file has no hours at all. */
static bool counts(const sg_learner_rows *l, const sg_fact *row)
{
    bool has_hours = row->as.enrollment.hours > 0; /* SG_BLANK is below 0 */
    return row->day <= l->scene->horizon && (has_hours || !l->scene->files[row->file].has_hours);
}

static bool row_is(const sg_fact *row, unsigned component)
{
    return row->codes.component == component || row->codes.component == SG_COMPONENT_INTEGRATED;
}

/* The three components on one common day, whatever their programs. */
static bool components_meet(const sg_learner_rows *l, const sg_spell *spell)
{
    sg_day until[N_COMPONENTS] = {SG_DAY_NONE, SG_DAY_NONE, SG_DAY_NONE};
    for (size_t i = 0; i < spell->n_rows; i++) {
        const sg_fact *row = spell->rows[i];
        bool all = true;
        for (unsigned c = 0; c < N_COMPONENTS; c++) {
            if (row_is(row, c + SG_COMPONENT_ADULT_EDUCATION))
                until[c] = later(until[c], sg_last_day(l, row));
            all = all && until[c] >= row->day;
        }
        if (all)
            return true;
    }
    return false;
}

static bool opens_types(const sg_learner_rows *l, const sg_spell *spell)
{
    for (size_t i = 0; i < spell->n_rows; i++)
        if (spell->rows[i]->codes.workplace == SG_YES || spell->rows[i]->codes.iet >= SG_IET_YES)
            return true;
    return components_meet(l, spell);
}

int sg_gap_behind(const sg_learner_rows *learner, sg_day day)
{
    const sg_across_options *o = &learner->scene->options;
    return sg_yearly_number(o->rules, o->exit_gap_days, SG_YEARLY_EXIT_GAP_DAYS, sg_program_year(day));
}

/* The participation that begins with the row at `from`. */
static sg_spell spell_from(const sg_learner_rows *l, size_t from)
{
    sg_spell spell = {.rows = l->counted + from, .first = l->counted[from]->day, .last = SG_DAY_NONE};
    spell.served = SG_DAY_NONE;
    for (size_t i = from; i < l->n_counted; i++) {
        const sg_fact *row = l->counted[i];
        sg_day last = sg_last_day(l, row);
        if (i > from && (int64_t)row->day - spell.served > sg_gap_behind(l, spell.served))
            break;
        last = last < l->scene->horizon ? last : l->scene->horizon;
        spell.last = later(spell.last, last);
        spell.served = later(spell.served, later(last, row->as.enrollment.planned));
        spell.n_rows++;
    }
    spell.opens_types = opens_types(l, &spell);
    return spell;
}

sg_status sg_learner_settle(sg_learner_rows *learner, sg_err *err)
{
    sg_status status = order_rows(learner, err);
    size_t n = learner->n_of[SG_KIND_ENROLLMENT];
    if (status != SG_OK)
        return status;
    learner->n_counted = learner->n_spells = 0;
    if (!sg_grow(&learner->counted, &learner->counted_capacity, n, sizeof *learner->counted) ||
        !sg_grow(&learner->spells, &learner->spell_capacity, n, sizeof *learner->spells))
        return sg_no_memory(err);
    for (size_t i = 0; i < n; i++)
        if (counts(learner, learner->of[SG_KIND_ENROLLMENT][i]))
            learner->counted[learner->n_counted++] = learner->of[SG_KIND_ENROLLMENT][i];
    for (size_t at = 0; at < learner->n_counted; at += learner->spells[learner->n_spells++].n_rows)
        learner->spells[learner->n_spells] = spell_from(learner, at);
    return SG_OK;
}

/* ---- what rules ask ---- */

sg_day sg_last_day(const sg_learner_rows *learner, const sg_fact *enrollment)
{
    return enrollment->end != SG_DAY_NONE ? enrollment->end : later(enrollment->day, learner->scene->horizon);
}

bool sg_meets(const sg_learner_rows *learner, const sg_fact *enrollment, sg_day first, sg_day last)
{
    return enrollment->day <= last && sg_last_day(learner, enrollment) >= first;
}

const sg_spell *sg_spell_on(const sg_learner_rows *learner, sg_day day)
{
    for (size_t i = 0; i < learner->n_spells; i++)
        if (day >= learner->spells[i].first && day <= learner->spells[i].last)
            return &learner->spells[i];
    return NULL;
}

int64_t sg_days_to_spell(const sg_learner_rows *learner, sg_day day)
{
    int64_t nearest = INT64_MAX;
    for (size_t i = 0; i < learner->n_spells; i++) {
        const sg_spell *spell = &learner->spells[i];
        int64_t days = 0;
        if (day < spell->first)
            days = (int64_t)spell->first - day;
        else if (day > spell->last)
            days = (int64_t)day - spell->last;
        nearest = days < nearest ? days : nearest;
    }
    return nearest;
}

bool sg_is_covered(const sg_learner_rows *learner, const sg_fact *fact)
{
    sg_span span = sg_backdrop_span(&learner->scene->backdrop, fact->college, SG_KIND_ENROLLMENT);
    sg_day last = learner->scene->backdrop.coverage[fact->college].complete;
    if (last == SG_DAY_NONE)
        last = learner->scene->horizon;
    return span.first != SG_DAY_NONE && fact->day >= span.first && fact->day <= last;
}

bool sg_is_late(const sg_learner_rows *learner, const sg_fact *fact)
{
    return fact->day > learner->scene->horizon;
}

bool sg_same_scale(unsigned a, unsigned b)
{
    return a >= SG_LEVEL_ABE1 && b >= SG_LEVEL_ABE1 && a < SG_LEVEL_ALT_ABE && b < SG_LEVEL_ALT_ABE &&
           (a <= SG_LEVEL_ABE6) == (b <= SG_LEVEL_ABE6);
}

bool sg_is_iet(const sg_fact *enrollment)
{
    return enrollment->codes.workplace == SG_YES || enrollment->codes.iet >= SG_IET_YES ||
           enrollment->codes.component >= SG_COMPONENT_WORKFORCE_PREPARATION;
}

void sg_find(sg_across_sink *sink, sg_across_rule rule, const sg_fact *fact, int field)
{
    const sg_found found = {.file = fact->file,
                            .line = fact->line,
                            .row = (uint32_t)(fact - sink->facts),
                            .rule = (uint16_t)rule,
                            .field = (int16_t)field};
    if (sink->status == SG_OK)
        sink->status = sg_found_note(sink->findings, &found, NULL);
}
