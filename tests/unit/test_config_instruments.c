/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The table of instruments: the shipped one, score by score, against the levels as they stand in the NRS test benchmarks and the
 * publishers' tables, which are written here a second time; what replaces it; and what is refused.
 */
#include <stdlib.h>
#include <string.h>

#include "support/assert.h"

#include "skillgain/config.h"
#include "skillgain/config/instruments.h"

enum { NONE = -1 };

typedef struct {
    const char *instrument, *subject;
    unsigned first_level;
    int lowest[SG_EDITION_LEVELS], highest; /* of each level; NONE: the scale has no known end */
} expected_scale;

static const expected_scale scales[] = {
    {"CASAS_GOALS", "reading", SG_LEVEL_ABE1, {NONE, 204, 217, 228, 239, 249}, NONE},
    {"CASAS_GOALS", "math", SG_LEVEL_ABE1, {NONE, 194, 204, 215, 226, 236}, NONE},
    {"TABE_11_12", "reading", SG_LEVEL_ABE1, {300, 442, 501, 536, 576, 617}, 800},
    {"TABE_11_12", "math", SG_LEVEL_ABE1, {300, 449, 496, 537, 596, 657}, 800},
    {"TABE_11_12", "language_arts", SG_LEVEL_ABE1, {300, 458, 511, 547, 584, 631}, 800},
    {"CASAS_STEPS", "reading", SG_LEVEL_ESL1, {NONE, 184, 197, 207, 217, 228}, 238},
    {"CASAS_STEPS", "listening", SG_LEVEL_ESL1, {NONE, 182, 192, 202, 212, 222}, 231},
    {"BEST_PLUS_2", "speaking", SG_LEVEL_ESL1, {88, 362, 428, 453, 485, 525}, 564},
    {"CASAS_LIFE_AND_WORK", "reading", SG_LEVEL_ESL1, {NONE, 181, 191, 201, 211, 221}, 235},
};
enum { N_SCALES = sizeof scales / sizeof scales[0] };

static sg_instruments shipped(sg_arena *arena)
{
    sg_instruments all = {0};
    char *text = NULL;
    size_t length = 0;
    sg_err err = {0};
    sg_assert_ok(sg_file_read(arena, "crosswalks/instruments.csv", 1 << 20, &text, &length, &err), &err);
    sg_assert_ok(sg_instruments_read(arena, "instruments.csv", text, length, &all, &err), &err);
    return all;
}

static sg_day day_of(const char *text)
{
    sg_day day = SG_DAY_NONE;
    assert_true(sg_day_parse(text, strlen(text), "%Y-%m-%d", &day));
    return day;
}

static void holds(const sg_instruments *all, const expected_scale *scale, int score, unsigned level)
{
    sg_score_level found = sg_score_level_of(all, scale->instrument, scale->subject,
                                             (int64_t)score * SG_SCORE_UNIT, day_of("2024-03-01"));
    sg_score_status status = level == 0 ? SG_SCORE_OFF_SCALE : SG_SCORE_KNOWN;
    if (found.status != status || found.lowest != level || found.highest != level)
        fail_msg("%s %s %d: level %u to %u, status %d", scale->instrument, scale->subject, score,
                 (unsigned)found.lowest, (unsigned)found.highest, (int)found.status);
}

static void each_level_of_each_row_begins_and_ends_where_it_should(void **state)
{
    SG_CLEANUP(sg_arena_cleanup) sg_arena *arena = sg_arena_new();
    sg_instruments all = shipped(arena);
    (void)state;
    assert_int_equal(all.n, N_SCALES);
    for (size_t i = 0; i < N_SCALES; i++) {
        const expected_scale *s = &scales[i];
        for (unsigned step = 1; step < SG_EDITION_LEVELS; step++) {
            holds(&all, s, s->lowest[step] - 1, s->first_level + step - 1);
            holds(&all, s, s->lowest[step], s->first_level + step);
        }
        holds(&all, s, s->lowest[0] == NONE ? 0 : s->lowest[0], s->first_level);
        if (s->lowest[0] != NONE)
            holds(&all, s, s->lowest[0] - 1, 0);
        holds(&all, s, s->highest == NONE ? 999999 : s->highest, s->first_level + SG_EDITION_LEVELS - 1);
        if (s->highest != NONE)
            holds(&all, s, s->highest + 1, 0);
    }
}

static void approvals_end_on_their_last_day(void **state)
{
    static const struct {
        const char *instrument, *subject, *day;
        sg_score_status status;
    } cases[] = {
        {"CASAS_LIFE_AND_WORK", "reading", "2024-06-30", SG_SCORE_KNOWN},
        {"CASAS_LIFE_AND_WORK", "reading", "2024-07-01", SG_SCORE_OUT_OF_DATE},
        {"CASAS_STEPS", "reading", "2022-12-31", SG_SCORE_OUT_OF_DATE},
        {"CASAS_STEPS", "listening", "2023-01-01", SG_SCORE_KNOWN},
        {"CASAS_GOALS", "reading", "2026-06-30", SG_SCORE_KNOWN},
        {"CASAS_GOALS", "reading", "2026-07-01", SG_SCORE_OUT_OF_DATE},
        {"CASAS_GOALS", "math", "2026-07-01", SG_SCORE_KNOWN},
    };
    SG_CLEANUP(sg_arena_cleanup) sg_arena *arena = sg_arena_new();
    sg_instruments all = shipped(arena);
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        sg_score_level found = sg_score_level_of(&all, cases[i].instrument, cases[i].subject,
                                                 (int64_t)215 * SG_SCORE_UNIT, day_of(cases[i].day));
        assert_int_equal(found.status, cases[i].status);
        assert_true(found.lowest != 0 && found.lowest == found.highest);
    }
}

static void each_word_that_a_crosswalk_may_bring_is_known(void **state)
{
    static const char *const words[][3] = {{"TABE 11/12", "Reading", "TABE_11_12"},
                                           {"TABE", "Mathematics", "TABE_11_12"},
                                           {"tabe online", "ELA", "TABE_11_12"},
                                           {"Goals", "RDG", "CASAS_GOALS"},
                                           {"CASAS Math GOALS", "", "CASAS_GOALS"},
                                           {"Steps", "listening", "CASAS_STEPS"},
                                           {"CASAS Listening STEPS", "", "CASAS_STEPS"},
                                           {"BEST Plus 2.0", "oral", "BEST_PLUS_2"},
                                           {"BestPlus", "", "BEST_PLUS_2"},
                                           {"Life and Work", "reading", "CASAS_LIFE_AND_WORK"}};
    SG_CLEANUP(sg_arena_cleanup) sg_arena *arena = sg_arena_new();
    sg_instruments all = shipped(arena);
    (void)state;
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        sg_score_level found = sg_score_level_of(&all, words[i][0], words[i][1], SG_BLANK + 1, SG_DAY_NONE);
        assert_true(found.status > SG_SCORE_NO_SUBJECT);
        assert_string_equal(sg_instrument_name(&all, words[i][0]), words[i][2]);
    }
    assert_string_equal(sg_instrument_name(&all, "TABE CLAS-E"), "TABE CLAS-E");
    assert_int_equal(sg_score_level_of(&all, "CASAS Math GOALS", "reading", 0, SG_DAY_NONE).status,
                     SG_SCORE_NO_SUBJECT);
}

/* ---- files that are not in order ---- */

#define HEADER                                                                                               \
    "instrument,other_names,subject,other_subjects,scale,approved_from,approved_to,floor,level_2,level_3,"   \
    "level_4,level_5,level_6,ceiling,sure,source\n"
#define GOOD "A,a one,reading,read,ABE,2020-01-01,2021-06-30,1,2,3,4,5,6,7,K,made up\n"

static void refuses(const char *text, const char *message)
{
    SG_CLEANUP(sg_arena_cleanup) sg_arena *arena = sg_arena_new();
    sg_instruments all = {0};
    sg_err err = {0};
    assert_int_equal(sg_instruments_read(arena, "f.csv", text, strlen(text), &all, &err), SG_USAGE);
    if (strstr(err.message, message) == NULL || strstr(err.message, "'f.csv'") == NULL)
        fail_msg("'%s' does not say '%s'", err.message, message);
}

static void a_bad_file_is_refused_with_its_line(void **state)
{
    static const char *const cases[][2] = {
        {"", "has no header"},
        {"# only this\n", "has no header"},
        {"instrument,names\n", "line 1: column 2 is not 'other_names'"},
        {HEADER "A,,reading,,ABE\n", "line 2: there are 5 values"},
        {HEADER "A,,reading,,ABE,,,1,2,3,4,5,6,7,K,one, two\n", "more than 16 values"},
        {HEADER "\"A,,reading,,ABE,,,1,2,3,4,5,6,7,K,\n", "line 2: a quote is not closed"},
        {HEADER ",,reading,,ABE,,,1,2,3,4,5,6,7,K,\n", "'instrument' has no name"},
        {HEADER "A,,-,,ABE,,,1,2,3,4,5,6,7,K,\n", "'subject' has no name"},
        {HEADER "A,,reading,,ASE,,,1,2,3,4,5,6,7,K,\n", "'scale' is neither"},
        {HEADER "A,,reading,,ABE,6/30/2024,,1,2,3,4,5,6,7,K,\n", "'approved_from' is no date"},
        {HEADER "A,,reading,,ABE,,2024-06-31,1,2,3,4,5,6,7,K,\n", "'approved_to' is no date"},
        {HEADER "A,,reading,,ABE,2024-07-01,2024-06-30,1,2,3,4,5,6,7,K,\n", "'approved_to' is before"},
        {HEADER "A,,reading,,ABE,,,1,2,2,4,5,6,7,K,\n", "'level_3' is not above"},
        {HEADER "A,,reading,,ABE,,,2,2,3,4,5,6,7,K,\n", "'level_2' is not above"},
        {HEADER "A,,reading,,ABE,,,1,2,,4,5,6,7,K,\n", "'level_3' is no score"},
        {HEADER "A,,reading,,ABE,,,1,2,3,4,5,6.5,7,K,\n", "'level_6' is no score"},
        {HEADER "A,,reading,,ABE,,,-1,2,3,4,5,6,7,K,\n", "'floor' is no score"},
        {HEADER "A,,reading,,ABE,,,1,2,3,4,5,6,5,K,\n", "'ceiling' is below"},
        {HEADER "A,,reading,,ABE,,,1,2,3,4,5,6,7,sure,\n", "'sure' is none of"},
        {HEADER "\xff,,reading,,ABE,,,1,2,3,4,5,6,7,K,\n", "not in UTF-8"},
        {HEADER GOOD "a,,READING,,ABE,2021-06-30,,1,2,3,4,5,6,7,K,\n",
         "line 3: two editions of 'a', 'READING' are approved on one day: this one and that of line 2"},
        {HEADER GOOD "A,,reading,,ABE,,2020-01-01,1,2,3,4,5,6,7,K,\n", "approved on one day"},
        {HEADER GOOD "A,,reading,,ABE,,,1,2,3,4,5,6,7,K,\n", "approved on one day"},
        {HEADER GOOD "B,A-One,reading,,ABE,,,1,2,3,4,5,6,7,K,\n",
         "line 3: 'A-One' is a name of another instrument"},
        {HEADER GOOD "A,,math,Read,ABE,,,1,2,3,4,5,6,7,K,\n", "line 3: 'Read' is a name of another subject"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        refuses(cases[i][0], cases[i][1]);
}

static void what_a_spreadsheet_saves_is_read(void **state)
{
    static const char text[] =
        "\xef\xbb\xbf\"# notes, here\",,,,,,,,,,,,,,,,,\r\n" HEADER
        "\"A\",\"a \"\"one\"\"\",reading,,ABE,,2021-06-30,1,2,3,4,5,6,7,K,\"one, two\"\r\n"
        ",,,,,,,,,,,,,,,\r\n"
        "A,,reading,,ABE,2021-07-01,,1,12,13,14,15,16,17,K,";
    SG_CLEANUP(sg_arena_cleanup) sg_arena *arena = sg_arena_new();
    sg_instruments all = {0};
    sg_err err = {0};
    (void)state;
    sg_assert_ok(sg_instruments_read(arena, "f.csv", text, strlen(text), &all, &err), &err);
    assert_int_equal(all.n, 2);
    assert_string_equal(all.all[0].source, "one, two");
    assert_string_equal(all.all[0].names[0], "a \"one\"");
    assert_int_equal(all.all[0].line, 3);
    assert_int_equal(all.all[1].line, 5);
}

/* ---- a workspace's own ---- */

static void write_text(const char *folder, const char *name, const char *text)
{
    SG_CLEANUP(sg_arena_cleanup) sg_arena *arena = sg_arena_new();
    sg_err err = {0};
    sg_assert_ok(sg_folder_make(folder, 0700, &err), &err);
    sg_assert_ok(sg_file_write(sg_path_join(arena, folder, name), text, strlen(text), 0600, &err), &err);
}

static void a_workspace_s_own_file_replaces_the_shipped_one_and_changes_the_digest(void **state)
{
    SG_CLEANUP(sg_arena_cleanup) sg_arena *arena = sg_arena_new();
    char folder[] = "/tmp/skillgain-instruments-XXXXXX", before[SG_SHA256_TEXT], after[SG_SHA256_TEXT];
    sg_config *config = NULL;
    sg_err err = {0};
    (void)state;
    assert_non_null(mkdtemp(folder));
    const char *crosswalks = sg_path_join(arena, folder, "crosswalks");
    write_text(folder, "skillgain.yaml", "cohort: {exit_gap_days: 90}\n");
    sg_assert_ok(sg_config_load(folder, &config, &err), &err);
    assert_int_equal(config->instruments.n, N_SCALES);
    assert_null(config->instruments_digest);
    sg_config_digest(config, before);
    sg_config_free(config);
    write_text(crosswalks, "instruments.csv", HEADER GOOD);
    sg_assert_ok(sg_config_load(folder, &config, &err), &err);
    assert_int_equal(config->instruments.n, 1);
    sg_config_digest(config, after);
    assert_string_not_equal(before, after);
    sg_config_free(config);
    config = NULL;
    write_text(crosswalks, "instruments.csv", HEADER "A\n");
    assert_int_equal(sg_config_load(folder, &config, &err), SG_USAGE);
    assert_non_null(strstr(err.message, "crosswalks/instruments.csv' line 2: there are 1 values"));
    assert_null(config);
    sg_assert_ok(sg_folder_remove(folder, &err), &err);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_level_of_each_row_begins_and_ends_where_it_should),
        cmocka_unit_test(approvals_end_on_their_last_day),
        cmocka_unit_test(each_word_that_a_crosswalk_may_bring_is_known),
        cmocka_unit_test(a_bad_file_is_refused_with_its_line),
        cmocka_unit_test(what_a_spreadsheet_saves_is_read),
        cmocka_unit_test(a_workspace_s_own_file_replaces_the_shipped_one_and_changes_the_digest),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
