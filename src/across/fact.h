/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Private to across: what is kept of a row, 64 bytes of numbers. Texts are kept as 32-bit digests, which is enough to compare the few
 * rows of a learner; 0: blank.
 */
#ifndef SG_ACROSS_FACT_H
#define SG_ACROSS_FACT_H

#include "skillgain/model.h"

typedef struct {
    sg_day day,
        end; /* both included; of an enrollment end is SG_DAY_NONE while open; SG_DAY_NONE, both: no day */
    uint32_t file, line;
    uint16_t college; /* sg_backdrop; 0: blank */
    unsigned kind : 4;
    unsigned level : 4; /* enrollment: at entry; gain: before; test: its own, else its score's; 0: unknown */
    unsigned top : 4;   /* the highest level that the score of a test or pre-test may be; 0: unknown */
    unsigned score_status : 4; /* sg_score_status of that score */
    struct {
        unsigned component : 3, iet : 2, workplace : 2, sex : 3, race : 4, prior : 4, employment : 3,
            exit_reason : 4, age : 7;
    } codes; /* of an enrollment; 0: unknown */
    union {
        struct {
            int64_t hours; /* 10^-9 hours; SG_BLANK */
            uint32_t section, program, occupation, instrument;
            sg_day planned, exit, test_day; /* SG_DAY_NONE */
            int32_t score;                  /* of the pre-test, 10^-3; INT32_MIN: none */
        } enrollment;
        struct {
            uint32_t subject, instrument;
            uint8_t type, level_to;
        } gain;
        struct {
            uint32_t subject, instrument, form;
            int32_t score;
            uint8_t
                bottom; /* the lowest level that the score may be, the top where its subject is told; 0: unknown */
        } test;
        struct {
            int64_t hours;
            uint32_t section;
        } service;
        struct {
            uint8_t code;
        } outcome;
    } as;
} sg_fact;

/* A row of the register. */
typedef struct {
    uint32_t program, occupation;
    uint16_t college;
    uint8_t lowest_level;
    sg_day first, last, approved_from, approved_to; /* SG_DAY_NONE: not given */
} sg_program;

/* All of *out but file and college. Names of an instrument that are in the table are taken for one. */
void sg_fact_of(const sg_instruments *instruments, const sg_record *row, sg_fact *out);
void sg_program_of(const sg_record *row, sg_program *out); /* all but the college */

#endif
