/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "skillgain/model/instrument.h"

/* ---- names ---- */

static bool is_sign(char c)
{
    return !((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
             (unsigned char)c >= 0x80);
}

static char small(char c)
{
    return (char)(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
}

bool sg_instrument_same_name(const char *a, const char *b)
{
    for (;; a++, b++) {
        while (*a != '\0' && is_sign(*a))
            a++;
        while (*b != '\0' && is_sign(*b))
            b++;
        if (*a == '\0' || small(*a) != small(*b))
            return *a == *b;
    }
}

static bool is_one_of(const char *text, const char *name, const char *const *others, size_t n)
{
    bool same = sg_instrument_same_name(text, name);
    for (size_t i = 0; i < n && !same; i++)
        same = sg_instrument_same_name(text, others[i]);
    return same;
}

static bool is_of_instrument(const sg_test_edition *edition, const char *text)
{
    return is_one_of(text, edition->instrument, edition->names, edition->n_names);
}

static bool is_blank(const char *text)
{
    return text == NULL || *text == '\0';
}

static bool is_of_subject(const sg_test_edition *edition, const char *text)
{
    return is_blank(text) || is_one_of(text, edition->subject, edition->subjects, edition->n_subjects);
}

const char *sg_instrument_name(const sg_instruments *instruments, const char *text)
{
    if (instruments == NULL || is_blank(text))
        return text;
    for (size_t i = 0; i < instruments->n; i++)
        if (is_of_instrument(&instruments->all[i], text))
            return instruments->all[i].instrument;
    return text;
}

/* ---- days ---- */

static bool is_same_test(const sg_test_edition *a, const sg_test_edition *b)
{
    return sg_instrument_same_name(a->instrument, b->instrument) &&
           sg_instrument_same_name(a->subject, b->subject);
}

bool sg_test_editions_overlap(const sg_test_edition *a, const sg_test_edition *b)
{
    bool a_ends_before = a->to != SG_DAY_NONE && b->from != SG_DAY_NONE && a->to < b->from;
    bool b_ends_before = b->to != SG_DAY_NONE && a->from != SG_DAY_NONE && b->to < a->from;
    return is_same_test(a, b) && !a_ends_before && !b_ends_before;
}

/* Days from the approval; 0: within, or the day is not known. */
static int64_t days_away(const sg_test_edition *edition, sg_day day)
{
    if (day == SG_DAY_NONE)
        return 0;
    if (edition->from != SG_DAY_NONE && day < edition->from)
        return (int64_t)edition->from - day;
    return edition->to != SG_DAY_NONE && day > edition->to ? (int64_t)day - edition->to : 0;
}

static bool is_nearest(const sg_instruments *instruments, const sg_test_edition *edition, sg_day day)
{
    for (size_t i = 0; i < instruments->n; i++)
        if (is_same_test(&instruments->all[i], edition) &&
            days_away(&instruments->all[i], day) < days_away(edition, day))
            return false;
    return true;
}

size_t sg_test_scale(const sg_instruments *instruments, const char *instrument, const char *subject)
{
    size_t found = instruments->n;
    if (is_blank(instrument))
        return found;
    for (size_t i = 0; i < instruments->n; i++) {
        const sg_test_edition *edition = &instruments->all[i];
        if (!is_of_instrument(edition, instrument) || !is_of_subject(edition, subject))
            continue;
        if (found == instruments->n)
            found = i;
        else if (!is_same_test(&instruments->all[found], edition))
            return instruments->n;
    }
    return found;
}

/* ---- scores ---- */

/* 0: off the scale. */
static unsigned level_on(const sg_test_edition *edition, int64_t score)
{
    unsigned step = 0;
    if ((edition->floor != SG_SCORE_OPEN && score < edition->floor) ||
        (edition->ceiling != SG_SCORE_OPEN && score > edition->ceiling))
        return 0;
    while (step + 1 < SG_EDITION_LEVELS && score >= edition->starts[step + 1])
        step++;
    return edition->first_level + step;
}

static void take_edition(sg_score_level *found, const sg_test_edition *edition, int64_t score, sg_day day)
{
    unsigned level = level_on(edition, score);
    sg_score_status status = SG_SCORE_OFF_SCALE;
    if (level != 0)
        status = days_away(edition, day) == 0 ? SG_SCORE_KNOWN : SG_SCORE_OUT_OF_DATE;
    if (status > found->status)
        found->status = status;
    if (level == 0)
        return;
    if (found->lowest == 0 || level < found->lowest)
        found->lowest = (uint8_t)level;
    if (level > found->highest)
        found->highest = (uint8_t)level;
}

sg_score_level sg_score_level_of(const sg_instruments *instruments, const char *instrument,
                                 const char *subject, int64_t score, sg_day day)
{
    sg_score_level found = {.status = SG_SCORE_NO_INSTRUMENT};
    if (instruments == NULL || is_blank(instrument) || score == SG_BLANK)
        return found;
    for (size_t i = 0; i < instruments->n; i++) {
        const sg_test_edition *edition = &instruments->all[i];
        if (!is_of_instrument(edition, instrument))
            continue;
        if (found.status == SG_SCORE_NO_INSTRUMENT)
            found.status = SG_SCORE_NO_SUBJECT;
        if (is_of_subject(edition, subject) && is_nearest(instruments, edition, day))
            take_edition(&found, edition, score, day);
    }
    return found;
}
