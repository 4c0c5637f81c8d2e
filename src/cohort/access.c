/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "access.h"

#include <string.h>
#include <strings.h>

#include "level.h"

typedef struct {
    uint8_t level; /* sg_codes_entering_level; 0: unknown */
    bool english_learner;
} entrant;

static bool is_esl(uint8_t level)
{
    return level >= SG_LEVEL_ESL1 && level <= SG_LEVEL_ESL6;
}

static bool is_tested(uint8_t level)
{
    return level >= SG_LEVEL_ABE1 && level <= SG_LEVEL_ESL6;
}

static entrant entrant_of(const sg_pop *pop, sg_day zero)
{
    static const uint8_t yes = 1;
    entrant e = {.level = sg_pop_level(pop, sg_dimension_find("entering_level"), zero)};
    e.english_learner = is_esl(e.level) ||
                        sg_pop_level(pop, sg_dimension_find("english_learner"), zero) == yes;
    return e;
}

static bool is_in_english(const char *language)
{
    return language == NULL || strcasecmp(language, "en") == 0 || strcasecmp(language, "eng") == 0 ||
           strcasecmp(language, "english") == 0;
}

/* SG_REACH_NONE, too, where the program is not open to the learner. */
static sg_reach_state reach_of(const sg_program *program, const entrant *e)
{
    if (!is_in_english(program->language) && !e->english_learner)
        return SG_REACH_NONE;
    if (!is_tested(program->lowest_level))
        return SG_REACH_WITHIN;
    if (!is_tested(e->level))
        return SG_REACH_UNKNOWN;
    return is_esl(e->level) == is_esl(program->lowest_level) && e->level >= program->lowest_level
               ? SG_REACH_WITHIN
               : SG_REACH_NONE;
}

sg_reach_state sg_reach_to_iet(const sg_register *programs, const sg_pop *pop, sg_day from, sg_day to,
                               sg_day zero)
{
    sg_reach_state best = SG_REACH_NONE;
    if (programs == NULL || programs->n == 0)
        return SG_REACH_UNKNOWN;
    const entrant e = entrant_of(pop, zero);
    for (size_t i = 0; i < programs->n && best != SG_REACH_WITHIN; i++) {
        const sg_program *program = &programs->all[i];
        if (program->college != pop->rows[0].row->college || !sg_program_is_open(program, from, to))
            continue;
        sg_reach_state reach = reach_of(program, &e);
        if (reach != SG_REACH_NONE)
            best = reach;
    }
    return best;
}
