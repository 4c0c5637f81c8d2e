/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The sample generator's learners, handed on as they are counted: this file stands in the place of its tally. */
#include "coverage.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "generate_truth.h"

struct sg_tally {
    coverage_take *take;
    void *context;
};

static int age_band(int age)
{
    return age < 19 ? 0 : age < 25 ? 1 : age < 45 ? 2 : age < 55 ? 3 : 4;
}

static int race_of(const sg_learner *learner)
{
    int race = SG_RACES, marked = 0;

    if (learner->hispanic == 1)
        return SG_RACES + 1;
    for (int i = 0; i < SG_RACES; i++) {
        if (learner->races[i] != 1)
            continue;
        race = i;
        marked++;
    }
    return marked > 1 ? SG_RACES + 2 : race;
}

static int known(int code)
{
    return code == SG_NONE ? 0 : code + 1;
}

void sg_tally_add(sg_tally *tally, const sg_unit *unit)
{
    const sg_learner *learner = unit->learner;
    coverage_unit out = {.college = learner->college,
                         .iet = unit->arm == SG_IET,
                         .gained = unit->gained[SG_MSG_COMMON],
                         .expected = unit->expected[SG_MSG_COMMON],
                         .never = unit->never[SG_MSG_COMMON]};

    if (unit->design != SG_LANDMARK || unit->program_year != COVERAGE_YEAR || unit->arm == SG_UNKNOWN)
        return;
    out.categories[0] = unit->spell->level;
    out.categories[1] = known(learner->education);
    out.categories[2] = known(unit->spell->employment);
    out.categories[3] = age_band(sg_age_at(learner->birth, unit->spell->first));
    out.categories[4] = known(learner->sex);
    out.categories[5] = race_of(learner);
    for (int i = 0; i < COVERAGE_FLAGS; i++)
        out.flags[i] = learner->flags[i] == 1;
    tally->take(tally->context, &out);
}

/* Box and Muller. */
static double normal(sg_rng *rng)
{
    const double radius = sqrt(-2 * log(sg_rng_unit(rng)));

    return radius * cos(2 * acos(-1.0) * sg_rng_unit(rng));
}

void coverage_draw(uint64_t seed, unsigned learners, double spread, coverage_take *take, void *context)
{
    static sg_learner learner;
    sg_tally tally = {take, context};
    double factors[SG_COLLEGES];
    int next_number = 1;
    sg_rng rng;

    sg_rng_seed(&rng, seed, UINT64_MAX);
    for (int c = 0; c < SG_COLLEGES; c++)
        factors[c] = exp(spread * normal(&rng));
    for (unsigned i = 0; i < learners; i++) {
        sg_rng_seed(&rng, seed, i);
        sg_learner_draw(&learner, &rng, (int)i + 1);
        for (int s = 0; s < learner.n_spells; s++) {
            learner.spells[s].rate *= factors[learner.college];
            learner.spells[s].rate_iet *= factors[learner.college];
        }
        sg_history_draw(&learner, &rng);
        sg_rows_draw(&learner, &rng, &next_number);
        if (!sg_truth_add(&tally, &learner)) {
            (void)fprintf(stderr, "coverage: learner %u: rows and spells disagree\n", i);
            exit(1);
        }
    }
}
