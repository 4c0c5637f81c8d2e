/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "explain_parts.h"

/* ---- periods of participation ---- */

static void add_gap(sg_explain_page *page, const sg_explained_pop *before, const sg_explained_pop *pop)
{
    sg_str_printf(page->out, "    %d days without service", pop->first - before->last);
    sg_explain_rule(page, SG_COUNTING_POP);
    sg_str_add_char(page->out, '\n');
}

static void add_hours(sg_explain_page *page, const sg_explained_pop *pop)
{
    int hours = sg_config_yearly_on(page->config, SG_YEARLY_PARTICIPANT_HOURS, pop->first);

    if (pop->hours_as_given) {
        sg_str_add(page->out, ": hours taken as given");
    } else {
        sg_str_add(page->out, ": ");
        sg_str_add_exact(page->out, (double)pop->hours / 1e9);
        sg_str_add(page->out, " hours");
    }
    if (pop->participant_day == SG_DAY_NONE) {
        sg_str_printf(page->out, ", %d are never reached: reportable individual only", hours);
    } else {
        sg_str_printf(page->out, ", %d reached on ", hours);
        sg_explain_day(page, pop->participant_day, "");
    }
    sg_explain_rule(page, SG_COUNTING_HOURS);
}

static void add_exit(sg_explain_page *page, const sg_explained_pop *pop)
{
    sg_str_add(page->out,
               pop->has_ended ? "; exit on its last day, known since " : "; exit not known before ");
    sg_explain_day(page, pop->exit_known_on, "");
    if (pop->exit_reason)
        sg_str_printf(page->out, ", exit reason %s", pop->exit_reason);
}

static void add_bridge(sg_explain_page *page, const sg_explained_pop *pop)
{
    if (pop->bridged_from == SG_DAY_NONE)
        return;
    sg_str_printf(page->out, "; %d days without service from ", pop->bridged_to - pop->bridged_from);
    sg_explain_day(page, pop->bridged_from, "");
    sg_str_add(page->out, " are bridged by a planned one");
}

void sg_explain_pops(sg_explain_page *page, const sg_explained_learner *learner)
{
    if (learner->n_pops)
        sg_str_add(page->out, "  periods of participation\n");
    for (size_t i = 0; i < learner->n_pops; i++) {
        const sg_explained_pop *pop = &learner->pops[i];

        if (i > 0)
            add_gap(page, &learner->pops[i - 1], pop);
        sg_str_printf(page->out, "    period %zu, ", i + 1);
        sg_explain_day(page, pop->first, "");
        sg_str_add(page->out, " to ");
        sg_explain_day(page, pop->last, "");
        add_hours(page, pop);
        add_exit(page, pop);
        add_bridge(page, pop);
        if (pop->opens_iet_types)
            sg_str_add(page->out, "; gains of types 3 to 5 are open to it");
        sg_explain_rule(page, SG_COUNTING_POP);
        sg_str_add_char(page->out, '\n');
    }
}

/* ---- rows ---- */

static bool is_alike(const sg_explained_row *a, const sg_explained_row *b)
{
    return a->kind == SG_KIND_SERVICE && b->kind == SG_KIND_SERVICE && a->fate == b->fate &&
           a->pop == b->pop && a->batch == b->batch && sg_text_equal(a->college, b->college);
}

/* In which windows is a gain that counts? */
static void add_windows(sg_explain_page *page, const sg_explained_learner *learner,
                        const sg_explained_row *row)
{
    size_t n = 0;

    for (size_t i = 0; i < learner->n_units; i++) {
        const sg_explained_unit *unit = &learner->units[i];

        if (unit->pop != row->pop || unit->state != SG_COHORT_IN || row->first < unit->window_first ||
            row->first > unit->window_last)
            continue;
        sg_str_add(page->out, n++ ? ", " : "; in the outcomes of ");
        sg_explain_unit_name(page, unit);
    }
    if (n == 0)
        sg_str_add(page->out, "; outside the follow-up of every comparison that the learner is in");
}

static void add_place(sg_explain_page *page, const sg_explained_row *rows, size_t n)
{
    if (!rows->batch)
        return;
    sg_str_printf(page->out, " (batch %lld", (long long)rows->batch);
    if (n == 1)
        sg_str_printf(page->out, ", line %lld", (long long)rows->line);
    sg_str_add_char(page->out, ')');
}

static void add_rows(sg_explain_page *page, const sg_explained_learner *learner, const sg_explained_row *rows,
                     size_t n)
{
    const sg_explained_row *last = &rows[n - 1];
    sg_str *out = page->out;

    sg_str_printf(out, "    %s ", sg_kind_text(rows->kind));
    sg_explain_day(page, rows->first, "without a date");
    if (last->last != rows->first) {
        sg_str_add(out, " to ");
        sg_explain_day(page, last->last, "an open end");
    }
    if (rows->college)
        sg_str_printf(out, ", college %s", rows->college);
    if (n > 1)
        sg_str_printf(out, ", %zu rows", n);
    else if (*rows->text)
        sg_str_printf(out, ", %s", rows->text);
    sg_str_printf(out, ": %s", sg_fate_text(rows->fate));
    if (rows->pop)
        sg_str_printf(out, ", period %zu", rows->pop);
    if (rows->fate == SG_FATE_GAIN_COUNTS)
        add_windows(page, learner, rows);
    sg_explain_rule(page, sg_fate_rule(rows->fate));
    add_place(page, rows, n);
    sg_str_add_char(out, '\n');
}

/* Days of service that fare alike are one line. */
void sg_explain_rows(sg_explain_page *page, const sg_explained_learner *learner)
{
    sg_str_add(page->out, "  what the store has\n");
    for (size_t i = 0, n; i < learner->n_rows; i += n) {
        for (n = 1; i + n < learner->n_rows && is_alike(&learner->rows[i], &learner->rows[i + n]); n++) {
        }
        add_rows(page, learner, &learner->rows[i], n);
    }
}
