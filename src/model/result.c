/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "skillgain/model/result.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const char *const measure_texts[SG_N_MEASURES] = {
#define MEASURE_TEXT(name, text) text,
    SG_MEASURE_LIST(MEASURE_TEXT)
#undef MEASURE_TEXT
};

static const char *const status_texts[SG_N_ESTIMATE_STATUSES] = {
#define STATUS_TEXT(name, text) text,
    SG_ESTIMATE_STATUS_LIST(STATUS_TEXT)
#undef STATUS_TEXT
};

static const char *const judgement_texts[SG_N_JUDGEMENTS] = {
#define JUDGEMENT_TEXT(name, text) text,
    SG_JUDGEMENT_LIST(JUDGEMENT_TEXT)
#undef JUDGEMENT_TEXT
};

const char *sg_arm_subset_text(sg_arm_subset subset)
{
    static const char *const texts[] = {"all", "iet", "comparison"};

    return texts[subset];
}

const char *sg_measure_text(sg_measure measure)
{
    return measure_texts[measure];
}

const char *sg_result_status_text(sg_result_status status)
{
    return status_texts[status];
}

const char *sg_judgement_text(sg_judgement judgement)
{
    return judgement_texts[judgement];
}

sg_results *sg_results_new(void)
{
    sg_arena *arena = sg_arena_new();
    sg_results *results = arena ? sg_arena_alloc(arena, 1, sizeof *results) : NULL;

    if (!results) {
        sg_arena_free(arena);
        return NULL;
    }
    results->arena = arena;
    results->facts.as_of = SG_DAY_NONE;
    return results;
}

void sg_results_free(sg_results *results)
{
    if (results)
        sg_arena_free(results->arena);
}

static bool same_cell(const sg_cell *a, const sg_cell *b)
{
    return a->program_year == b->program_year && a->arm == b->arm && a->measure == b->measure &&
           !strcmp(a->level, b->level) && !strcmp(a->dimension, b->dimension) &&
           !strcmp(a->outcome, b->outcome) && !strcmp(a->variant, b->variant) &&
           !strcmp(a->college, b->college);
}

const sg_cell *sg_results_cell(const sg_results *results, const sg_cell *key)
{
    for (size_t i = 0; i < results->n_cells; i++)
        if (same_cell(&results->cells[i], key))
            return &results->cells[i];
    return NULL;
}

static bool is_difference(const sg_estimate *e)
{
    return !strcmp(e->estimand, "risk_difference") || !strcmp(e->estimand, "gap") ||
           !strcmp(e->estimand, "gap_closure");
}

static sg_judgement judge_estimate(const sg_estimate *e, const sg_facts *facts)
{
    bool believed = isfinite(e->p_adjusted) && e->p_adjusted <= 1 - facts->confidence;

    if (e->status != SG_ESTIMATE_OK || !is_difference(e) || !isfinite(e->ci_low) || !isfinite(e->ci_high))
        return SG_JUDGED_NONE;
    if (believed && e->ci_low > 0)
        return SG_JUDGED_HIGHER;
    if (believed && e->ci_high < 0)
        return SG_JUDGED_LOWER;
    return e->ci_low > -facts->equivalence_margin && e->ci_high < facts->equivalence_margin
               ? SG_JUDGED_WITHIN
               : SG_JUDGED_UNCLEAR;
}

void sg_results_judge(sg_results *results)
{
    for (size_t i = 0; i < results->n_estimates; i++)
        results->estimates[i].judgement = judge_estimate(&results->estimates[i], &results->facts);
}

static int compare_id(const void *key, const void *element)
{
    const sg_estimate *estimate = element;

    return strcmp(key, estimate->id);
}

const sg_estimate *sg_results_estimate(const sg_results *results, const char *id)
{
    if (!results->n_estimates)
        return NULL;
    return bsearch(id, results->estimates, results->n_estimates, sizeof *results->estimates, compare_id);
}

/* RFC 3986 unreserved characters and the few that read better as they are stay; the id's own separators never do. */
static bool stays_as_it_is(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           (c && strchr("-._~+,:", c));
}

static void add_encoded(sg_str *out, const char *text, size_t length)
{
    for (size_t i = 0; i < length; i++)
        if (stays_as_it_is(text[i]))
            sg_str_add_char(out, text[i]);
        else
            sg_str_printf(out, "%%%02X", (unsigned)(unsigned char)text[i]);
}

static void add_part(sg_str *out, const char *text)
{
    sg_str_add_char(out, '/');
    add_encoded(out, text, strlen(text));
}

/* "sex=female"; of a dimension made of two, "instrument*subject", and its level "TABE*reading": "instrument=TABE*subject=reading". */
static void add_levels(sg_str *out, const char *dimension, const char *level)
{
    const char *second = strchr(dimension, '*'), *second_level = second ? strchr(level, '*') : NULL;

    if (!second || !second_level) {
        add_encoded(out, dimension, strlen(dimension));
        sg_str_add_char(out, '=');
        add_encoded(out, level, strlen(level));
        return;
    }
    add_encoded(out, dimension, (size_t)(second - dimension));
    sg_str_add_char(out, '=');
    add_encoded(out, level, (size_t)(second_level - level));
    sg_str_add_char(out, '*');
    add_levels(out, second + 1, second_level + 1);
}

static void add_group(sg_str *out, const sg_estimate *e)
{
    if (!strcmp(e->dimension, "all")) {
        add_part(out, e->dimension);
        return;
    }
    sg_str_add_char(out, '/');
    add_levels(out, e->dimension, e->level);
}

const char *sg_result_id(sg_arena *arena, const sg_estimate *e)
{
    sg_str id = {0};
    const char *copy;

    sg_str_printf(&id, "%d", e->program_year);
    if (*e->college) {
        sg_str_add_char(&id, '@');
        add_encoded(&id, e->college, strlen(e->college));
    }
    add_part(&id, e->outcome);
    add_group(&id, e);
    add_part(&id, e->subset);
    add_part(&id, e->estimand);
    add_part(&id, e->method);
    add_part(&id, e->variant);
    if (*e->reference) {
        sg_str_add(&id, "/ref=");
        add_encoded(&id, e->reference, strlen(e->reference));
    }
    copy = id.failed ? NULL : sg_arena_strdup(arena, sg_str_text(&id));
    sg_str_release(&id);
    return copy;
}
