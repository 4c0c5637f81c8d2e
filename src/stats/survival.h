/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Spells in order: who is at risk when, and the times with events. */
#ifndef SKILLGAIN_SRC_STATS_SURVIVAL_H
#define SKILLGAIN_SRC_STATS_SURVIVAL_H

#include "skillgain/stats/survival.h"

const char *sg_obstacle_spells(const sg_spell *spells, size_t n); /* the note, or NULL */

/* Starts, stops and the times of events, each list sorted; lists is the memory of all, freed by the caller. */
typedef struct {
    double *lists, *starts, *stops, *events;
    size_t n, n_events;
} sg_sorted_spells;
sg_status sg_sort_spells(const sg_spell *spells, size_t n, sg_sorted_spells *out, sg_err *err) SG_MUST_CHECK;

size_t sg_count_below(const double *sorted, size_t n, double limit);
double sg_at_risk(const sg_sorted_spells *s, double time); /* start < time <= stop */

/* The events at the next time that has some, from the place *at (0 at first) on; 0: there is none. */
double sg_next_event(const sg_sorted_spells *s, size_t *at, double *out_time);

#endif
