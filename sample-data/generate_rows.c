/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The enrollment rows that tell of a learner's spells. The first row of a spell starts on its first day and some row
 * ends on its last; the first row that shows IET starts on the IET start. */
#include "generate_learner.h"

typedef struct {
    sg_learner *learner;
    sg_rng *rng;
    int spell;
    int *next_number;
    double weekly_hours; /* of a row at full share */
} row_maker;

/* Quarter hours, in hundredths; never none. */
static int draw_hours(const row_maker *maker, int start, int end, double share)
{
    double noise = 0.8 + 0.4 * sg_rng_unit(maker->rng);
    double hours = maker->weekly_hours * share * noise * (end - start + 1) / 7;
    int quarters = (int)(hours * 4 + 0.5);
    return quarters < 1 ? 25 : quarters * 25;
}

static int section_of(const row_maker *maker, int college, int start)
{
    int number = sg_rng_between(maker->rng, 1, 40);
    return sg_year_of_program(start) * 100000 + (college + 1) * 1000 + number;
}

static sg_row *append_row(row_maker *maker, int start, int end, int component, double share)
{
    sg_learner *learner = maker->learner;
    sg_row *row = &learner->rows[learner->n_rows++];
    *row = (sg_row){.college = learner->college,
                    .start = start,
                    .end = end,
                    .component = component,
                    .iet = SG_IET_NO,
                    .program = SG_NONE,
                    .planned = SG_NONE,
                    .exit_reason = SG_NONE,
                    .spell = maker->spell};
    row->number = learner->numbered ? (*maker->next_number)++ : SG_NONE;
    row->section = section_of(maker, row->college, start);
    row->hours = draw_hours(maker, start, end, share);
    row->workplace = learner->spells[maker->spell].workplace;
    return row;
}

static void mark_iet(sg_row *row, int flag, int program)
{
    row->iet = flag;
    row->program = program;
}

/* IET shown by its three components: adult education beside preparation and training, all on their first day. */
static void add_components(row_maker *maker, const sg_spell *spell, int end, int flag, int program)
{
    int start = spell->iet_start;
    bool staggered = spell->shown == SG_SHOWN_COMPONENTS && end - start > 20;
    int training = start + (staggered ? sg_rng_between(maker->rng, 0, 5) : 0);
    int preparation_end = staggered ? sg_rng_between(maker->rng, start + 10, end) : end;
    mark_iet(append_row(maker, start, end, SG_AE, 0.5), flag, program);
    mark_iet(append_row(maker, start, preparation_end, SG_WP, 0.2), flag, program);
    mark_iet(append_row(maker, training, end, SG_WT, 0.7), flag, program);
}

static int draw_program(const row_maker *maker, const sg_spell *spell)
{
    int open[SG_PROGRAMS];
    int n = sg_programs_open(maker->learner->college, spell->iet_start, open);
    bool pilot = sg_rng_chance(maker->rng, 0.05);
    int program = open[sg_rng_between(maker->rng, 0, n - 1)];
    return pilot ? SG_UNREGISTERED : program;
}

static void add_iet_rows(row_maker *maker, const sg_spell *spell)
{
    int start = spell->iet_start;
    int end = start + sg_rng_between(maker->rng, 75, 125);
    int flag = sg_rng_chance(maker->rng, 0.4) ? SG_IET_CREDENTIAL : SG_IET_YES;
    int program = draw_program(maker, spell);
    if (sg_rng_chance(maker->rng, 0.93))
        end = sg_earlier(end, sg_later(sg_program_last(sg_year_of_program(start)), start + 45));
    if (end > spell->end - 14)
        end = spell->end;
    if (start > spell->first)
        append_row(maker, spell->first, start - 1, SG_AE, 1);
    if (spell->shown == SG_SHOWN_FLAG)
        mark_iet(append_row(maker, start, end, SG_NONE, 1.2), flag, SG_NONE);
    else if (spell->shown == SG_SHOWN_INTEGRATED)
        mark_iet(append_row(maker, start, end, SG_INTEGRATED, 1.3), flag, program);
    else
        add_components(maker, spell, end, spell->shown == SG_SHOWN_UNFLAGGED ? SG_IET_NO : flag, program);
    if (end < spell->end)
        append_row(maker, end + 1, spell->end, SG_AE, 1);
}

/* A spell in two sections, with a pause that does not close it: some days, the full 90, or more with a planned return. */
static bool add_split_rows(row_maker *maker, const sg_spell *spell)
{
    static const double ways[] = {0.90, 0.05, 0.05};
    int way = sg_rng_pick(maker->rng, ways, 3);
    int gap = sg_rng_between(maker->rng, 1, 20);
    int planned_days = sg_rng_between(maker->rng, 50, 85);
    if (way == 1)
        gap = 90;
    if (way == 2)
        gap = planned_days + sg_rng_between(maker->rng, 45, 90);
    int length = spell->end - spell->first;
    if (length < gap + 50)
        return false;
    int middle = spell->first + sg_rng_between(maker->rng, 20, length - gap - 20);
    sg_row *row = append_row(maker, spell->first, middle, SG_AE, 1);
    if (way == 2)
        row->planned = middle + planned_days;
    row = append_row(maker, middle + gap, spell->end, SG_AE, 1);
    if (sg_rng_chance(maker->rng, 0.06)) {
        row->college = sg_rng_between(maker->rng, 0, SG_COLLEGES - 1);
        row->section = section_of(maker, row->college, row->start);
    }
    return true;
}

static void add_plain_rows(row_maker *maker, const sg_spell *spell)
{
    bool split = sg_rng_chance(maker->rng, 0.15);
    if (split && add_split_rows(maker, spell))
        return;
    append_row(maker, spell->first, spell->end, SG_AE, 1);
}

/* Enrolled, never came: such a row counts for nothing, whatever it claims. */
static void add_absence(row_maker *maker, const sg_spell *spell)
{
    bool absent = sg_rng_chance(maker->rng, 0.015);
    bool claims = sg_rng_chance(maker->rng, 0.6);
    bool blank = sg_rng_chance(maker->rng, 0.3);
    int start = sg_rng_between(maker->rng, spell->first, spell->end);
    if (!absent || start + 60 > sg_cutoff())
        return;
    sg_row *row = append_row(maker, start, start + 60, SG_WT, 1);
    row->hours = blank ? SG_NONE : 0;
    if (claims && !maker->learner->iet_unknown)
        row->iet = SG_IET_YES;
}

/* The last day is told by the rows that end on it: an exit reason there; still open where the cut-off came first. */
static void close_rows(row_maker *maker, const sg_spell *spell, int first_row)
{
    sg_learner *learner = maker->learner;
    bool open = sg_rng_chance(maker->rng, 0.6);
    for (int i = first_row; i < learner->n_rows; i++) {
        sg_row *row = &learner->rows[i];
        if (row->end != spell->end || row->hours == SG_NONE || row->hours == 0)
            continue;
        row->exit_reason = spell->exit_reason;
        if (spell->last > sg_cutoff() && open)
            row->end = SG_NONE;
    }
}

/* The flag of some learners was never filled in: blank on the first row, no on the others. */
static void blank_flags(sg_learner *learner, int first_row)
{
    if (learner->iet_unknown && learner->n_rows > first_row)
        learner->rows[first_row].iet = SG_NONE;
}

/* A return that was planned and never came leaves the last day where it was. */
static void plan_return(row_maker *maker, const sg_spell *spell)
{
    bool planned = sg_rng_chance(maker->rng, 0.01);
    int days = sg_rng_between(maker->rng, 10, 60);
    sg_learner *learner = maker->learner;
    sg_row *row = &learner->rows[learner->n_rows - 1];
    if (planned && maker->spell == learner->n_spells - 1 && spell->last <= sg_cutoff() &&
        row->end == spell->end)
        row->planned = spell->end + days;
}

static void draw_spell_rows(row_maker *maker)
{
    sg_learner *learner = maker->learner;
    const sg_spell *spell = &learner->spells[maker->spell];
    int first_row = learner->n_rows;
    maker->weekly_hours = spell->weekly_hours;
    if (spell->iet_start != SG_NONE)
        add_iet_rows(maker, spell);
    else
        add_plain_rows(maker, spell);
    blank_flags(learner, first_row);
    plan_return(maker, spell);
    add_absence(maker, spell);
    close_rows(maker, spell, first_row);
}

void sg_rows_draw(sg_learner *learner, sg_rng *rng, int *next_number)
{
    row_maker maker = {.learner = learner, .rng = rng, .next_number = next_number};
    for (maker.spell = 0; maker.spell < learner->n_spells; maker.spell++)
        draw_spell_rows(&maker);
}
