/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "protect.h"

#include <string.h>

bool sg_line_is_small(const sg_line *line, const sg_disclosure_policy *policy)
{
    for (int a = 0; a < SG_N_LINE_ARMS; a++) {
        const int64_t *count = line->count[a];

        if (count[SG_SIDE_N] == 0)
            continue;
        if (count[SG_SIDE_N] < policy->minimum_cell || count[SG_SIDE_X] < policy->minimum_outcome ||
            count[SG_SIDE_F] < policy->minimum_outcome)
            return true;
    }
    return false;
}

bool sg_rest_is_wide(const sg_line *rest, const sg_disclosure_policy *policy)
{
    for (int a = 0; a < SG_N_LINE_ARMS; a++) {
        const int64_t *count = rest->count[a];

        if (count[SG_SIDE_N] == 0)
            continue; /* every hidden line has nobody in this arm: a 0 may be known */
        if (count[SG_SIDE_N] < policy->minimum_cell || count[SG_SIDE_X] < policy->minimum_interval ||
            count[SG_SIDE_F] < policy->minimum_interval)
            return false;
    }
    return true;
}

/* The sum of the hidden lines but `without` (n: none is left out); *out_n counts them. */
static sg_line hidden_sum(const sg_line *lines, size_t n, size_t without, size_t *out_n)
{
    sg_line sum = {0};

    *out_n = 0;
    for (size_t i = 0; i < n; i++) {
        if (!lines[i].hidden || i == without)
            continue;
        (*out_n)++;
        for (int a = 0; a < SG_N_LINE_ARMS; a++)
            for (int s = 0; s < SG_N_SIDES; s++)
                sum.count[a][s] += lines[i].count[a][s];
    }
    return sum;
}

/* A hidden group of one or two: whoever is in it knows its counts (disclosure.md section 2, singletons). */
static bool has_insider(const sg_line *line)
{
    for (int a = 0; a < SG_N_LINE_ARMS; a++)
        if (line->count[a][SG_SIDE_N] == 1 || line->count[a][SG_SIDE_N] == 2)
            return true;
    return false;
}

static bool hidden_are_safe(const sg_line *lines, size_t n, const sg_disclosure_policy *policy)
{
    size_t n_hidden, n_others;
    sg_line rest = hidden_sum(lines, n, n, &n_hidden);

    if (n_hidden == 0 || n_hidden == n)
        return true;
    if (n_hidden == 1 || !sg_rest_is_wide(&rest, policy))
        return false;
    for (size_t i = 0; i < n; i++) {
        if (!lines[i].hidden || !has_insider(&lines[i]))
            continue;
        rest = hidden_sum(lines, n, i, &n_others);
        if (n_others < 2 || !sg_rest_is_wide(&rest, policy))
            return false;
    }
    return true;
}

/* The shown line with the fewest people, the first of equals; n: none with anybody in it. */
static size_t smallest_shown(const sg_line *lines, size_t n)
{
    size_t smallest = n;

    for (size_t i = 0; i < n; i++) {
        if (lines[i].hidden || sg_line_size(&lines[i]) == 0)
            continue;
        if (smallest == n || sg_line_size(&lines[i]) < sg_line_size(&lines[smallest]))
            smallest = i;
    }
    return smallest;
}

static void hide_all(sg_line *lines, size_t n)
{
    for (size_t i = 0; i < n; i++)
        lines[i].hidden = true;
}

void sg_protect_lines(sg_line *lines, size_t n, const sg_disclosure_policy *policy)
{
    for (size_t i = 0; i < n; i++)
        lines[i].hidden = sg_line_is_small(&lines[i], policy);
    while (!hidden_are_safe(lines, n, policy)) {
        size_t next = smallest_shown(lines, n);

        if (next == n) {
            hide_all(lines, n);
            return;
        }
        lines[next].hidden = true;
    }
}
