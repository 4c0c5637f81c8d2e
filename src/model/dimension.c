/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "skillgain/model/dimension.h"

#include <assert.h>
#include <string.h>

#include "model/code_lists.h"

#define LEVEL_ROW(name, label) {name, label},
#define UNKNOWN_LEVEL                                                                                        \
    {                                                                                                        \
        "unknown", "Not reported"                                                                            \
    }

static const sg_level race_levels[] = {UNKNOWN_LEVEL,
                                       SG_RACE_CODE_HISPANIC(LEVEL_ROW) SG_RACE_CODES(LEVEL_ROW)};
static const sg_level sex_levels[] = {UNKNOWN_LEVEL, SG_SEX_CODES(LEVEL_ROW)};
static const sg_level entering_levels[] = {UNKNOWN_LEVEL, SG_ENTERING_LEVEL_CODES(LEVEL_ROW)};
static const sg_level education_levels[] = {UNKNOWN_LEVEL, SG_PRIOR_EDUCATION_CODES(LEVEL_ROW)};
static const sg_level employment_levels[] = {UNKNOWN_LEVEL, SG_EMPLOYMENT_STATUS_CODES(LEVEL_ROW)};
static const sg_level flag_levels[] = {UNKNOWN_LEVEL, {"yes", "Yes"}, {"no", "No"}};
/* The bands of the NRS tables; the lower end of each is in age_from. */
static const sg_level age_levels[] = {UNKNOWN_LEVEL,         {"under_16", "Under 16"}, {"16-18", "16 to 18"},
                                      {"19-24", "19 to 24"}, {"25-44", "25 to 44"},    {"45-54", "45 to 54"},
                                      {"55-59", "55 to 59"}, {"60+", "60 and over"}};
static const int age_from[] = {0, 16, 19, 25, 45, 55, 60};

static const sg_level mission_levels[] = {
    UNKNOWN_LEVEL,
    {"justice_involved", "Justice-involved"},
    {"english_learner", "English learners"},
    {"refugee", "Refugees"},
    {"community_of_color", "Communities of color"},
    {"internationally_trained", "Internationally trained professionals"},
    {"none", "In none of these groups"}};

static_assert(sizeof race_levels / sizeof race_levels[0] == SG_RACE_HISPANIC + 1,
              "one level a race, and unknown");
static_assert(sizeof age_levels / sizeof age_levels[0] == sizeof age_from / sizeof age_from[0] + 1,
              "one level an age band, and unknown");

typedef uint8_t (*level_rule)(const int64_t *number, int field);

static uint8_t level_of_code(const int64_t *number, int field)
{
    return number[field] > 0 && number[field] <= SG_MAX_LEVELS ? (uint8_t)number[field] : 0;
}

/* yes stands before no: the group that the dimension is named after. */
static uint8_t level_of_flag(const int64_t *number, int field)
{
    if (number[field] == SG_YES)
        return 1;
    return number[field] == SG_NO ? 2 : 0;
}

static uint8_t level_of_age(const int64_t *number, int field)
{
    uint8_t band = 0; /* a blank is below every band */
    for (size_t i = 0; i < sizeof age_from / sizeof age_from[0]; i++) {
        if (number[field] >= age_from[i])
            band = (uint8_t)(i + 1);
    }
    return band;
}

/* A race's place among the levels: Hispanic first, then as in sg_race. */
static uint8_t race_level(int64_t race)
{
    return race == SG_RACE_HISPANIC ? 1 : (uint8_t)(race + 1);
}

/* Both forms of delivery, one code and a column a race, may say the same: a race counts once. */
static uint8_t level_of_race(const int64_t *number, int field)
{
    static const struct {
        int field;
        sg_race race;
    } columns[] = {{SG_ENROLLMENT_RACE_AMERICAN_INDIAN, SG_RACE_AMERICAN_INDIAN},
                   {SG_ENROLLMENT_RACE_ASIAN, SG_RACE_ASIAN},
                   {SG_ENROLLMENT_RACE_BLACK, SG_RACE_BLACK},
                   {SG_ENROLLMENT_RACE_PACIFIC_ISLANDER, SG_RACE_PACIFIC_ISLANDER},
                   {SG_ENROLLMENT_RACE_WHITE, SG_RACE_WHITE}};
    int64_t race = level_of_code(number, field);
    if (number[SG_ENROLLMENT_HISPANIC] == SG_YES || race == SG_RACE_HISPANIC)
        return race_level(SG_RACE_HISPANIC);
    for (size_t i = 0; i < sizeof columns / sizeof columns[0]; i++) {
        if (number[columns[i].field] != SG_YES || (int64_t)columns[i].race == race)
            continue;
        race = race == 0 ? (int64_t)columns[i].race : SG_RACE_TWO_OR_MORE;
    }
    return race == 0 ? 0 : race_level(race);
}

/* It is made of other dimensions' levels, by sg_dimension_part. */
static uint8_t level_of_parts(const int64_t *number, int field)
{
    (void)number;
    (void)field;
    return 0;
}

/* name, label, levels, field, rule */
#define DIMENSION_LIST(X)                                                                                    \
    X("race_ethnicity", "Race and ethnicity", race_levels, RACE, level_of_race)                              \
    X("sex", "Sex", sex_levels, SEX, level_of_code)                                                          \
    X("age_band", "Age at entry", age_levels, AGE, level_of_age)                                             \
    X("english_learner", "English learner", flag_levels, ENGLISH_LEARNER, level_of_flag)                     \
    X("entering_level", "Entering level", entering_levels, ENTERING_LEVEL, level_of_code)                    \
    X("prior_education", "Education before entry", education_levels, PRIOR_EDUCATION, level_of_code)         \
    X("employment_status", "Employment at entry", employment_levels, EMPLOYMENT_STATUS, level_of_code)       \
    X("disability", "Disability", flag_levels, DISABILITY, level_of_flag)                                    \
    X("low_income", "Low income", flag_levels, LOW_INCOME, level_of_flag)                                    \
    X("justice_involved", "Justice-involved", flag_levels, JUSTICE_INVOLVED, level_of_flag)                  \
    X("refugee", "Refugee", flag_levels, REFUGEE, level_of_flag)                                             \
    X("internationally_trained", "Internationally trained professional", flag_levels,                        \
      INTERNATIONALLY_TRAINED, level_of_flag)                                                                \
    X("single_parent", "Single parent", flag_levels, SINGLE_PARENT, level_of_flag)                           \
    X("public_assistance", "Public assistance", flag_levels, PUBLIC_ASSISTANCE, level_of_flag)               \
    X("exhausting_tanf", "Within two years of exhausting TANF", flag_levels, EXHAUSTING_TANF, level_of_flag) \
    X("displaced_homemaker", "Displaced homemaker", flag_levels, DISPLACED_HOMEMAKER, level_of_flag)         \
    X("long_term_unemployed", "Long-term unemployed", flag_levels, LONG_TERM_UNEMPLOYED, level_of_flag)      \
    X("homeless", "Homeless", flag_levels, HOMELESS, level_of_flag)                                          \
    X("foster_youth", "In or aged out of foster care", flag_levels, FOSTER_YOUTH, level_of_flag)             \
    X("corrections", "In a corrections program", flag_levels, CORRECTIONS, level_of_flag)                    \
    X("migrant", "Migrant or seasonal farmworker", flag_levels, MIGRANT, level_of_flag)                      \
    X("low_literacy", "Low literacy", flag_levels, LOW_LITERACY, level_of_flag)                              \
    X("cultural_barriers", "Cultural barriers", flag_levels, CULTURAL_BARRIERS, level_of_flag)               \
    X("veteran", "Veteran", flag_levels, VETERAN, level_of_flag)                                             \
    X("prior_participation", "Took part before", flag_levels, PRIOR_PARTICIPATION, level_of_flag)            \
    X("ielce", "Integrated English literacy and civics", flag_levels, IELCE, level_of_flag)                  \
    X("workplace_literacy", "Workplace literacy", flag_levels, WORKPLACE_LITERACY, level_of_flag)            \
    X("mission_group", "Groups that the mission names", mission_levels, LEARNER_ID, level_of_parts)

#define DIMENSION_ROW(name, label, levels, field, rule)                                                      \
    {name, label, (levels), sizeof(levels) / sizeof(levels)[0]},
static const sg_dimension dimensions[] = {DIMENSION_LIST(DIMENSION_ROW)};
enum { N_DIMENSIONS = sizeof dimensions / sizeof dimensions[0] };

#define SOURCE_ROW(name, label, levels, field, rule) {SG_ENROLLMENT_##field, (rule)},
static const struct {
    int field;
    level_rule rule;
} sources[] = {DIMENSION_LIST(SOURCE_ROW)};

const sg_dimension *sg_dimension_find(const char *name)
{
    for (size_t i = 0; i < N_DIMENSIONS; i++) {
        if (strcmp(dimensions[i].name, name) == 0)
            return &dimensions[i];
    }
    return NULL;
}

const sg_dimension *sg_dimensions(size_t *out_n)
{
    *out_n = N_DIMENSIONS;
    return dimensions;
}

uint8_t sg_dimension_level(const sg_dimension *dimension, const int64_t *number)
{
    size_t at = (size_t)(dimension - dimensions);
    assert(at < N_DIMENSIONS);
    uint8_t level = sources[at].rule(number, sources[at].field);
    return level < dimension->n_levels ? level : 0;
}

/* ---- overlapping dimensions ---- */

/* by level from 1 on; `but`: every known level but this one, else the level "yes" */
static const struct {
    const char *dimension, *but;
} mission_parts[] = {{"justice_involved", NULL},
                     {"english_learner", NULL},
                     {"refugee", NULL},
                     {"race_ethnicity", "white"},
                     {"internationally_trained", NULL}};
enum { N_MISSION_PARTS = sizeof mission_parts / sizeof mission_parts[0] };

static_assert(sizeof mission_levels / sizeof mission_levels[0] == N_MISSION_PARTS + 2,
              "a level a part, unknown and none");

bool sg_dimension_overlaps(const sg_dimension *dimension)
{
    return strcmp(dimension->name, "mission_group") == 0;
}

const sg_dimension *sg_dimension_part(const sg_dimension *dimension, size_t i)
{
    if (!sg_dimension_overlaps(dimension) || i >= N_MISSION_PARTS)
        return NULL;
    return sg_dimension_find(mission_parts[i].dimension);
}

bool sg_dimension_part_holds(const sg_dimension *dimension, size_t i, uint8_t level)
{
    const sg_dimension *part = sg_dimension_part(dimension, i);
    const char *name = part != NULL && level > 0 ? part->levels[level].name : NULL;
    if (name == NULL)
        return false;
    return mission_parts[i].but != NULL ? strcmp(name, mission_parts[i].but) != 0 : strcmp(name, "yes") == 0;
}

bool sg_dimension_holds(const sg_dimension *dimension, uint8_t level, size_t at)
{
    if (!sg_dimension_overlaps(dimension) || level == 0 || at == 0)
        return level == at;
    return (level >> (at - 1) & 1) != 0;
}
