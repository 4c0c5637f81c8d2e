/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Worked out by hand: whether an IET program was within a learner's reach, and in which of the groups that the mission names a
 * learner is.
 *
 * A learner: "NAME=CODE ..." of the first row, from 1 September 2023, and perhaps of a second, from 1 October; both of college 0. Time
 * zero is 15 September, so that the second row is too late, but where the case says that it isn't.
 */
#include "support/assert.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cohort/access.h"
#include "cohort/level.h"

enum { MAX_PROGRAMS = 3, FOREVER = INT32_MAX };

static sg_day day_of(int month, int day)
{
    sg_day out = SG_DAY_NONE;
    assert_true(sg_day_from_civil(2023, month, day, &out));
    return out;
}

static void read_row(const char *text, sg_day start, sg_stored_enrollment *row)
{
    char name[40], code[40];
    int length = 0;
    for (size_t i = 0; i < SG_N_ENROLLMENT_FIELDS; i++)
        row->number[i] = SG_BLANK;
    row->number[SG_ENROLLMENT_START_DATE] = start;
    for (; text != NULL && sscanf(text, " %39[^=]=%39s%n", name, code, &length) == 2; text += length) {
        int field = sg_field_find(SG_KIND_ENROLLMENT, name);
        assert_true(field >= 0);
        row->number[field] = sg_code_find(sg_kind_table(SG_KIND_ENROLLMENT)->fields[field].codes, code);
        assert_true(row->number[field] > 0);
    }
}

typedef struct {
    sg_stored_enrollment stored[2];
    sg_counted_row rows[2];
    sg_pop pop;
} read_pop;

static void read_learner(const char *first, const char *second, read_pop *out)
{
    const char *const texts[] = {first, second};
    const sg_day starts[] = {day_of(9, 1), day_of(10, 1)}, last = day_of(12, 29);
    static const sg_config config; /* nobody is placed by tests */
    out->pop = (sg_pop){.config = &config,
                        .rows = out->rows,
                        .first = starts[0],
                        .last = last,
                        .participant_day = day_of(9, 12)};
    for (size_t i = 0; i < 2 && texts[i] != NULL; i++) {
        read_row(texts[i], starts[i], &out->stored[i]);
        out->rows[i] = (sg_counted_row){.row = &out->stored[i], .first = starts[i], .last = last};
        out->pop.n_rows++;
    }
}

/* ---- reach ---- */

/* Open in all time to all, unless it says otherwise. */
typedef struct {
    const char *lowest, *language;
    bool elsewhere;
    int first, last, approved_from,
        approved_to; /* in days from the scope's first; 0: open. The scope has 60 days. */
} offer;

typedef struct {
    const char *name; /* a sentence */
    const char *learner, *later;
    offer offers[MAX_PROGRAMS];
    size_t n;
    bool no_register, after_later;
    sg_reach_state reach;
} reach_case;

static sg_program program_of(const offer *o, sg_day from)
{
    sg_program program = {.id = "P",
                          .college = o->elsewhere ? 1 : 0,
                          .first = o->first != 0 ? from + o->first : SG_DAY_NONE,
                          .last = o->last != 0 ? from + o->last : FOREVER,
                          .approved_from = o->approved_from != 0 ? from + o->approved_from : SG_DAY_NONE,
                          .approved_to = o->approved_to != 0 ? from + o->approved_to : FOREVER,
                          .language = o->language};
    if (o->lowest != NULL)
        program.lowest_level = (uint8_t)sg_code_find(&sg_codes_entering_level, o->lowest);
    return program;
}

static void test_reach(void **state)
{
    const reach_case *c = *state;
    const sg_day from = day_of(9, 1);
    read_pop learner = {0};
    sg_program programs[MAX_PROGRAMS];
    for (size_t i = 0; i < c->n; i++)
        programs[i] = program_of(&c->offers[i], from);
    const sg_register reg = {.all = programs, .n = c->n};
    read_learner(c->learner, c->later, &learner);
    assert_int_equal(sg_reach_to_iet(c->no_register ? NULL : &reg, &learner.pop, from, from + 59,
                                     day_of(c->after_later ? 10 : 9, 15)),
                     c->reach);
}

#define ABE3 "entering_level=ABE3"
#define WITHIN SG_REACH_WITHIN
#define NONE SG_REACH_NONE
#define UNKNOWN SG_REACH_UNKNOWN

static reach_case reaches[] = {
    {"without a register it isn't known", ABE3, .no_register = true, .reach = UNKNOWN},
    {"nor where it has no program at all", ABE3, .n = 0, .reach = UNKNOWN},
    {"a program that is open to all", ABE3, NULL, {{0}}, 1, .reach = WITHIN},
    {"also to who has no level", "sex=female", NULL, {{0}}, 1, .reach = WITHIN},
    {"at another college", ABE3, NULL, {{.elsewhere = true}}, 1, .reach = NONE},
    {"at another college, whatever the level",
     "sex=female",
     NULL,
     {{.lowest = "ABE2", .elsewhere = true}},
     1,
     .reach = NONE},
    {"the lowest level below", ABE3, NULL, {{.lowest = "ABE2"}}, 1, .reach = WITHIN},
    {"equal", ABE3, NULL, {{.lowest = "ABE3"}}, 1, .reach = WITHIN},
    {"above", ABE3, NULL, {{.lowest = "ABE4"}}, 1, .reach = NONE},
    {"on the ESL scale", ABE3, NULL, {{.lowest = "ESL1"}}, 1, .reach = NONE},
    {"an ESL learner, on the ABE scale", "entering_level=ESL6", NULL, {{.lowest = "ABE1"}}, 1, .reach = NONE},
    {"an ESL learner, on the ESL scale",
     "entering_level=ESL4",
     NULL,
     {{.lowest = "ESL4"}},
     1,
     .reach = WITHIN},
    {"an ESL learner below", "entering_level=ESL3", NULL, {{.lowest = "ESL4"}}, 1, .reach = NONE},
    {"no level, where a level is asked", "sex=female", NULL, {{.lowest = "ABE1"}}, 1, .reach = UNKNOWN},
    {"an alternative placement", "entering_level=ALT_ABE", NULL, {{.lowest = "ABE1"}}, 1, .reach = UNKNOWN},
    {"an alternative placement, ESL",
     "entering_level=ALT_ESL",
     NULL,
     {{.lowest = "ESL1"}},
     1,
     .reach = UNKNOWN},
    {"a program whose lowest level is no tested one asks none",
     ABE3,
     NULL,
     {{.lowest = "ALT_ABE"}},
     1,
     .reach = WITHIN},
    {"of two, one within reach", ABE3, NULL, {{.lowest = "ABE6"}, {.lowest = "ABE2"}}, 2, .reach = WITHIN},
    {"of two, one that only a level could tell, then one open to all",
     "sex=female",
     NULL,
     {{.lowest = "ABE6"}, {0}},
     2,
     .reach = WITHIN},
    {"of two, one that only a level could tell, then one in another language",
     "sex=female",
     NULL,
     {{.lowest = "ABE6"}, {.language = "es"}},
     2,
     .reach = UNKNOWN},
    {"a level that comes after time zero is none",
     "sex=female",
     ABE3,
     {{.lowest = "ABE2"}},
     1,
     .reach = UNKNOWN},
    {"one that comes before it is",
     "sex=female",
     ABE3,
     {{.lowest = "ABE2"}},
     1,
     .after_later = true,
     .reach = WITHIN},
    {"of two levels the first",
     ABE3,
     "entering_level=ABE5",
     {{.lowest = "ABE4"}},
     1,
     .after_later = true,
     .reach = NONE},

    {"in English, as the register may say it", ABE3, NULL, {{.language = "en"}}, 1, .reach = WITHIN},
    {"as a word", ABE3, NULL, {{.language = "English"}}, 1, .reach = WITHIN},
    {"in Spanish", ABE3, NULL, {{.language = "es"}}, 1, .reach = NONE},
    {"in Spanish, for an English learner",
     ABE3 " english_learner=yes",
     NULL,
     {{.language = "es"}},
     1,
     .reach = WITHIN},
    {"who is said to be none", ABE3 " english_learner=no", NULL, {{.language = "es"}}, 1, .reach = NONE},
    {"for an ESL learner, of whom nothing else is said",
     "entering_level=ESL2",
     NULL,
     {{.language = "es"}},
     1,
     .reach = WITHIN},
    {"in Spanish and above",
     ABE3 " english_learner=yes",
     NULL,
     {{.lowest = "ABE4", .language = "es"}},
     1,
     .reach = NONE},
    {"in Spanish, where neither level nor language is known",
     "sex=female",
     NULL,
     {{.lowest = "ABE4", .language = "es"}},
     1,
     .reach = NONE},

    {"running from the scope's last day", ABE3, NULL, {{.first = 59}}, 1, .reach = WITHIN},
    {"from the day after it", ABE3, NULL, {{.first = 60}}, 1, .reach = NONE},
    {"up to the day before its first", ABE3, NULL, {{.last = -1}}, 1, .reach = NONE},
    {"approved from the scope's last day", ABE3, NULL, {{.approved_from = 59}}, 1, .reach = WITHIN},
    {"from the day after it on", ABE3, NULL, {{.approved_from = 60}}, 1, .reach = NONE},
    {"up to the day before its first, approved", ABE3, NULL, {{.approved_to = -1}}, 1, .reach = NONE},
    {"running and approved, but not at once",
     ABE3,
     NULL,
     {{.last = 20, .approved_from = 21}},
     1,
     .reach = NONE},
    {"running and approved on one day", ABE3, NULL, {{.last = 20, .approved_from = 20}}, 1, .reach = WITHIN},
};

/* ---- the groups that the mission names ---- */

#define NO_FLAGS "justice_involved=no english_learner=no refugee=no internationally_trained=no "

typedef struct {
    const char *name, *learner, *later;
    const char *levels; /* those that hold, one after another */
} mission_case;

static mission_case missions[] = {
    {"justice-involved, of whom nothing else is known", "justice_involved=yes", NULL, "justice_involved"},
    {"an English learner", "english_learner=yes", NULL, "english_learner"},
    {"a refugee", "refugee=yes", NULL, "refugee"},
    {"internationally trained", "internationally_trained=yes", NULL, "internationally_trained"},
    {"of each race but white: black", "race=black", NULL, "community_of_color"},
    {"american indian", "race=american_indian", NULL, "community_of_color"},
    {"asian", "race=asian", NULL, "community_of_color"},
    {"pacific islander", "race=pacific_islander", NULL, "community_of_color"},
    {"of two or more", "race_white=yes race_black=yes", NULL, "community_of_color"},
    {"hispanic and white", "race=white hispanic=yes", NULL, "community_of_color"},
    {"all at once",
     "justice_involved=yes english_learner=yes refugee=yes internationally_trained=yes race=asian", NULL,
     "justice_involved english_learner refugee community_of_color internationally_trained"},
    {"white, not hispanic, all else no", NO_FLAGS "race=white hispanic=no", NULL, "none"},
    {"white, hispanic not said, all else no", NO_FLAGS "race=white", NULL, "none"},
    {"white, one flag not known", "justice_involved=no english_learner=no refugee=no race=white", NULL,
     "unknown"},
    {"all flags no, race not known", NO_FLAGS, NULL, "unknown"},
    {"nothing known", "", NULL, "unknown"},
    {"one yes beside what isn't known", "refugee=yes race=white", NULL, "refugee"},
    {"the first row's value stands, later ones do not undo it", "refugee=no", "refugee=yes", "unknown"},
    {"what comes after time zero is not looked at", NO_FLAGS, "race=white", "unknown"},
};

static void test_mission(void **state)
{
    const mission_case *c = *state;
    const char *name = "mission_group";
    const sg_dimension *dimension = sg_dimension_find(name);
    read_pop learner = {0};
    sg_config config = {0};
    sg_levels *levels = NULL;
    sg_err err = {0};
    sg_str told = {0};
    uint8_t bits = 0;
    config.analysis.dimensions = &name;
    config.analysis.n_dimensions = 1;
    read_learner(c->learner, c->later, &learner);
    sg_assert_ok(sg_levels_new(&config, &levels, &err), &err);
    sg_assert_ok(sg_levels_at(levels, &learner.pop, day_of(9, 15), &bits, &err), &err);
    for (size_t l = 0; l < dimension->n_levels; l++)
        if (sg_dimension_holds(dimension, bits, l))
            sg_str_printf(&told, "%s%s", told.length > 0 ? " " : "", dimension->levels[l].name);
    assert_string_equal(sg_str_text(&told), c->levels);
    sg_str_release(&told);
    sg_levels_free(levels);
}

int main(void)
{
    enum { N_REACHES = sizeof reaches / sizeof *reaches, N_MISSIONS = sizeof missions / sizeof *missions };
    static struct CMUnitTest all[N_REACHES + N_MISSIONS];
    for (size_t i = 0; i < N_REACHES; i++)
        all[i] = (struct CMUnitTest){reaches[i].name, test_reach, NULL, NULL, &reaches[i]};
    for (size_t i = 0; i < N_MISSIONS; i++)
        all[N_REACHES + i] = (struct CMUnitTest){missions[i].name, test_mission, NULL, NULL, &missions[i]};
    return cmocka_run_group_tests(all, NULL, NULL);
}
