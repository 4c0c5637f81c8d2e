/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sums of the truth over participant-years, by program year, design, outcome, dimension and level; and truth.csv. */
#include "generate_truth.h"

#include <stdlib.h>

enum { DIMENSIONS = 14, MAX_LEVELS = 16 };

typedef struct {
    double n[SG_ARMS];
    double gained[SG_ARMS];
    double expected[SG_ARMS];
    double effect; /* summed over arm iet */
} sg_cell;

struct sg_tally {
    sg_cell cells[SG_YEARS][SG_DESIGNS][SG_OUTCOMES][DIMENSIONS][MAX_LEVELS];
    double unknown[SG_YEARS][SG_DESIGNS];
};

typedef struct {
    const char *name;
    int (*level)(const sg_learner *learner, const sg_spell *spell); /* SG_NONE: unknown */
    const sg_code *codes;
    int n_codes;
} dimension;

static int level_all(const sg_learner *learner, const sg_spell *spell)
{
    (void)learner;
    (void)spell;
    return 0;
}

/* Hispanic outranks race; more than one race is a level of its own; none marked is unknown. */
static int level_race(const sg_learner *learner, const sg_spell *spell)
{
    int marked = SG_NONE;
    int n = 0;
    (void)spell;
    for (int i = 0; i < SG_RACES; i++) {
        if (learner->races[i] != 1)
            continue;
        marked = i;
        n++;
    }
    if (learner->hispanic == 1)
        return SG_RACES;
    return n > 1 ? SG_RACES + 1 : marked;
}

static int level_sex(const sg_learner *learner, const sg_spell *spell)
{
    (void)spell;
    return learner->sex;
}

static int level_age(const sg_learner *learner, const sg_spell *spell)
{
    static const int from[] = {19, 25, 45, 55, 60};
    int age = sg_age_at(learner->birth, spell->first);
    int band = 0;
    while (band < 5 && age >= from[band])
        band++;
    return band;
}

static int level_entering(const sg_learner *learner, const sg_spell *spell)
{
    (void)learner;
    return spell->level_known ? spell->level : SG_NONE;
}

static int level_education(const sg_learner *learner, const sg_spell *spell)
{
    (void)spell;
    return learner->education;
}

static int level_employment(const sg_learner *learner, const sg_spell *spell)
{
    (void)learner;
    return spell->employment;
}

#define FLAG_LEVEL(name, flag)                                                                               \
    static int level_##name(const sg_learner *learner, const sg_spell *spell)                                \
    {                                                                                                        \
        (void)spell;                                                                                         \
        return learner->flags[flag];                                                                         \
    }
FLAG_LEVEL(english, SG_ENGLISH)
FLAG_LEVEL(disability, SG_DISABILITY)
FLAG_LEVEL(low_income, SG_LOW_INCOME)
FLAG_LEVEL(single_parent, SG_SINGLE_PARENT)
FLAG_LEVEL(justice, SG_JUSTICE)
FLAG_LEVEL(refugee, SG_REFUGEE)
FLAG_LEVEL(international, SG_INTERNATIONAL)

static const sg_code all_codes[] = {{.canonical = "all"}};
static const sg_code race_codes[] = {{.canonical = "white"},
                                     {.canonical = "black"},
                                     {.canonical = "asian"},
                                     {.canonical = "american_indian"},
                                     {.canonical = "pacific_islander"},
                                     {.canonical = "hispanic"},
                                     {.canonical = "two_or_more"}};
static const sg_code age_codes[] = {{.canonical = "16-18"}, {.canonical = "19-24"}, {.canonical = "25-44"},
                                    {.canonical = "45-54"}, {.canonical = "55-59"}, {.canonical = "60+"}};

static const dimension dimensions[DIMENSIONS] = {
    {"all", level_all, all_codes, 1},
    {"race_ethnicity", level_race, race_codes, 7},
    {"sex", level_sex, sg_sex_codes, SG_SEXES},
    {"age_band", level_age, age_codes, 6},
    {"english_learner", level_english, sg_flag_codes, 2},
    {"entering_level", level_entering, sg_level_codes, SG_LEVELS},
    {"prior_education", level_education, sg_education_codes, SG_EDUCATIONS},
    {"employment_status", level_employment, sg_employment_codes, SG_EMPLOYMENTS},
    {"disability", level_disability, sg_flag_codes, 2},
    {"low_income", level_low_income, sg_flag_codes, 2},
    {"justice_involved", level_justice, sg_flag_codes, 2},
    {"refugee", level_refugee, sg_flag_codes, 2},
    {"internationally_trained", level_international, sg_flag_codes, 2},
    {"single_parent", level_single_parent, sg_flag_codes, 2},
};

static const char *const design_names[SG_DESIGNS] = {"landmark", "term", "naive"};
static const char *const outcome_names[SG_OUTCOMES] = {"msg_common", "msg"};

sg_tally *sg_tally_new(void)
{
    return calloc(1, sizeof(sg_tally));
}

void sg_tally_free(sg_tally *tally)
{
    free(tally);
}

static void add_to_cell(sg_cell *cell, const sg_unit *unit, int outcome)
{
    cell->n[unit->arm] += 1;
    cell->gained[unit->arm] += unit->gained[outcome];
    cell->expected[unit->arm] += unit->expected[outcome];
    if (unit->arm == SG_IET)
        cell->effect += unit->design == SG_NAIVE ? unit->difference
                                                 : unit->expected[outcome] - unit->never[outcome];
}

void sg_tally_add(sg_tally *tally, const sg_unit *unit)
{
    int year = unit->program_year - SG_FIRST_YEAR;
    if (unit->arm == SG_UNKNOWN) {
        tally->unknown[year][unit->design] += 1;
        return;
    }
    for (int i = 0; i < DIMENSIONS; i++) {
        int level = dimensions[i].level(unit->learner, unit->spell);
        if (level == SG_NONE)
            level = dimensions[i].n_codes;
        for (int outcome = 0; outcome < SG_OUTCOMES; outcome++)
            add_to_cell(&tally->cells[year][unit->design][outcome][i][level], unit, outcome);
    }
}

typedef struct {
    FILE *file;
    const sg_cell *cell;
    int year;
    const char *design;
    const char *outcome;
    const char *dimension;
    const char *level;
} sg_truth_line;

static void write_line(const sg_truth_line *line, const char *estimand, double value)
{
    const sg_cell *cell = line->cell;
    fprintf(line->file, "%d,%s,%s,%s,%s,%s,%.6f,%.0f,%.0f,%.0f,%.0f\n", line->year, line->design,
            line->outcome, line->dimension, line->level, estimand, value, cell->n[SG_IET],
            cell->gained[SG_IET], cell->n[SG_COMPARISON], cell->gained[SG_COMPARISON]);
}

static void write_followed(const sg_truth_line *line)
{
    const sg_cell *cell = line->cell;
    double iet = cell->expected[SG_IET] / cell->n[SG_IET];
    double comparison = cell->expected[SG_COMPARISON] / cell->n[SG_COMPARISON];
    if (cell->n[SG_IET] > 0)
        write_line(line, "att", cell->effect / cell->n[SG_IET]);
    if (cell->n[SG_IET] > 0 && cell->n[SG_COMPARISON] > 0)
        write_line(line, "crude", iet - comparison);
    if (cell->n[SG_COMPARISON] > 0)
        write_line(line, "rate_comparison", comparison);
    if (cell->n[SG_IET] > 0)
        write_line(line, "rate_iet", iet);
}

static void write_naive(const sg_truth_line *line, int outcome)
{
    const sg_cell *cell = line->cell;
    if (cell->n[SG_IET] == 0)
        return;
    double att = cell->effect / cell->n[SG_IET];
    double crude = cell->gained[SG_IET] / cell->n[SG_IET] -
                   cell->gained[SG_COMPARISON] / cell->n[SG_COMPARISON];
    if (outcome == SG_MSG_COMMON)
        write_line(line, "att", att);
    if (cell->n[SG_COMPARISON] == 0)
        return;
    if (outcome == SG_MSG_COMMON)
        write_line(line, "bias", crude - att);
    write_line(line, "crude", crude);
}

static void write_block(const sg_tally *tally, FILE *file, int year, int design, int outcome)
{
    sg_truth_line line = {.file = file,
                          .year = SG_FIRST_YEAR + year,
                          .design = design_names[design],
                          .outcome = outcome_names[outcome]};
    for (int i = 0; i < DIMENSIONS; i++) {
        line.dimension = dimensions[i].name;
        for (int level = 0; level <= dimensions[i].n_codes; level++) {
            line.level = level < dimensions[i].n_codes ? dimensions[i].codes[level].canonical : "unknown";
            line.cell = &tally->cells[year][design][outcome][i][level];
            if (design == SG_NAIVE)
                write_naive(&line, outcome);
            else
                write_followed(&line);
        }
    }
}

void sg_tally_write(const sg_tally *tally, FILE *file)
{
    fputs(
        "program_year,design,outcome,dimension,level,estimand,value,n_iet,x_iet,n_comparison,x_comparison\n",
        file);
    for (int year = 0; year < SG_YEARS; year++)
        for (int design = 0; design < SG_DESIGNS; design++)
            for (int outcome = 0; outcome < SG_OUTCOMES; outcome++)
                write_block(tally, file, year, design, outcome);
}

void sg_tally_summary(const sg_tally *tally, FILE *file)
{
    for (int year = 0; year < SG_YEARS; year++)
        for (int design = 0; design < SG_DESIGNS; design++) {
            const sg_cell *cell = &tally->cells[year][design][SG_MSG_COMMON][0][0];
            double iet = cell->gained[SG_IET] / cell->n[SG_IET];
            double comparison = cell->gained[SG_COMPARISON] / cell->n[SG_COMPARISON];
            fprintf(file,
                    "PY %d %s: %.0f of %.0f in IET gained (%.3f), %.0f of %.0f of the comparison (%.3f), "
                    "%.0f unknown\n",
                    SG_FIRST_YEAR + year, design_names[design], cell->gained[SG_IET], cell->n[SG_IET], iet,
                    cell->gained[SG_COMPARISON], cell->n[SG_COMPARISON], comparison,
                    tally->unknown[year][design]);
        }
}
