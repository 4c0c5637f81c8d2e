/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "check.h"

static const int64_t point = 1000000;

bool sg_is_beyond_scale(const char *instrument, int64_t score)
{
    enum { TABE_LEAST = 300, TABE_MOST = 800, BEST_LEAST = 88 };
    if (instrument == NULL || score == SG_BLANK)
        return false;
    if (strcmp(instrument, "TABE_11_12") == 0)
        return score < TABE_LEAST * point || score > TABE_MOST * point;
    return strcmp(instrument, "BEST_PLUS_2") == 0 && score < BEST_LEAST * point;
}

/* ---- gains ---- */

static bool is_abe(int64_t level)
{
    return (level >= SG_LEVEL_ABE1 && level <= SG_LEVEL_ABE6) || level == SG_LEVEL_ALT_ABE;
}

static void check_levels(sg_row *row)
{
    int64_t type = sg_row_number(row, SG_GAIN_FIELD_GAIN_TYPE),
            from = sg_row_number(row, SG_GAIN_FIELD_LEVEL_FROM),
            to = sg_row_number(row, SG_GAIN_FIELD_LEVEL_TO);
    if (type > SG_GAIN_EFL_HSE_SUBTEST && (from != SG_BLANK || to != SG_BLANK))
        sg_row_find(row, SG_RULE_LEVELS_OF_OTHER, SG_GAIN_FIELD_LEVEL_TO);
    if (type != SG_GAIN_EFL_TEST)
        return;
    if (from == SG_LEVEL_ABE6)
        sg_row_find(row, SG_RULE_TOP_LEVEL, SG_GAIN_FIELD_LEVEL_FROM);
    if (from >= SG_LEVEL_ALT_ABE)
        sg_row_find(row, SG_RULE_ALTERNATIVE, SG_GAIN_FIELD_LEVEL_FROM);
    if (from < SG_LEVEL_ABE1 || to < SG_LEVEL_ABE1 || from >= SG_LEVEL_ALT_ABE || to >= SG_LEVEL_ALT_ABE)
        return; /* blank, unknown, or without an order */
    if (is_abe(from) != is_abe(to))
        sg_row_find(row, SG_RULE_OTHER_SCALE, SG_GAIN_FIELD_LEVEL_TO);
    else if (to <= from)
        sg_row_find(row, SG_RULE_NO_RISE, SG_GAIN_FIELD_LEVEL_TO);
}

static void check_scores(sg_row *row)
{
    if (!sg_row_is(row, SG_GAIN_FIELD_GAIN_TYPE, SG_GAIN_EFL_TEST))
        return;
    if (sg_row_has(row, SG_GAIN_FIELD_PRE_SCORE, SG_GAIN_FIELD_POST_SCORE) &&
        sg_row_number(row, SG_GAIN_FIELD_POST_SCORE) < sg_row_number(row, SG_GAIN_FIELD_PRE_SCORE))
        sg_row_find(row, SG_RULE_SCORE_FELL, SG_GAIN_FIELD_POST_SCORE);
    if (sg_row_is(row, SG_GAIN_FIELD_LEVEL_TO, SG_BLANK) &&
        sg_row_is(row, SG_GAIN_FIELD_POST_SCORE, SG_BLANK))
        sg_row_find(row, SG_RULE_BARE_GAIN, SG_GAIN_FIELD_LEVEL_TO);
}

static void check_subtest(sg_row *row)
{
    enum { FIRST_YEAR = 2023 };
    if (sg_row_is(row, SG_GAIN_FIELD_GAIN_TYPE, SG_GAIN_EFL_HSE_SUBTEST) && sg_row_day(row) != SG_DAY_NONE &&
        sg_row_day(row) < sg_program_year_first(FIRST_YEAR))
        sg_row_find(row, SG_RULE_EARLY_SUBTEST, SG_GAIN_FIELD_GAIN_DATE);
}

void sg_check_gain_fields(sg_row *row)
{
    check_levels(row);
    check_scores(row);
    check_subtest(row);
}

/* ---- tests ---- */

/* The lowest score of levels 2 to 6. */
static const struct {
    const char *subject;
    int least[5];
} tabe[] = {{"reading", {442, 501, 536, 576, 617}},
            {"math", {449, 496, 537, 596, 657}},
            {"language", {458, 511, 547, 584, 631}}};

/* Of TABE 11/12; 0: not known. */
static int64_t level_of_score(const char *subject, int64_t score)
{
    for (size_t i = 0; i < sizeof tabe / sizeof tabe[0]; i++) {
        int64_t level = SG_LEVEL_ABE1;
        if (!sg_text_equal_ascii(tabe[i].subject, subject))
            continue;
        for (size_t k = 0; k < sizeof tabe[i].least / sizeof tabe[i].least[0]; k++)
            level += score >= tabe[i].least[k] * point;
        return level;
    }
    return 0;
}

static void check_level_of_score(sg_row *row)
{
    const char *instrument = row->record.text[SG_TEST_INSTRUMENT],
               *subject = row->record.text[SG_TEST_SUBJECT];
    int64_t score = sg_row_number(row, SG_TEST_SCALE_SCORE), level = sg_row_number(row, SG_TEST_LEVEL);
    if (score == SG_BLANK && level == SG_BLANK)
        sg_row_find(row, SG_RULE_BARE_TEST, SG_TEST_SCALE_SCORE);
    if (score == SG_BLANK || level < SG_LEVEL_ABE1 || instrument == NULL || subject == NULL ||
        strcmp(instrument, "TABE_11_12") != 0)
        return;
    int64_t given = level_of_score(subject, score);
    if (given != 0 && given != level)
        sg_row_find(row, SG_RULE_LEVEL_OF_SCORE, SG_TEST_LEVEL);
}

void sg_check_test(sg_row *row)
{
    const char *instrument = row->record.text[SG_TEST_INSTRUMENT];
    sg_day ended = sg_program_year_first(2024);
    sg_check_today(row, SG_TEST_TEST_DATE);
    if (sg_is_beyond_scale(instrument, sg_row_number(row, SG_TEST_SCALE_SCORE)))
        sg_row_find(row, SG_RULE_TEST_SCALE, SG_TEST_SCALE_SCORE);
    if (instrument != NULL && strcmp(instrument, "CASAS_LIFE_AND_WORK") == 0 && sg_row_day(row) >= ended)
        sg_row_find(row, SG_RULE_OBSOLETE, SG_TEST_INSTRUMENT);
    check_level_of_score(row);
}
