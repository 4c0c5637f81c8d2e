/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Federal facts: what the NRS tables count, one period of participation (PoP) and program year at a time, handed to a sink while
 * the cohort is built. Federal accounting: a gain counts inside the PoP and the program year, and there is no follow-up.
 */
#ifndef SKILLGAIN_COHORT_FEDERAL_H
#define SKILLGAIN_COHORT_FEDERAL_H

#include "skillgain/base.h"
#include "skillgain/model.h"

/* What the PoP was, by its rows with a day in the year (of an exit: by all of them). */
enum {
    SG_FEDERAL_IET = 1, /* a grade of cohort.iet */
    SG_FEDERAL_WORKPLACE = 2,
    SG_FEDERAL_IELCE = 4,
    SG_FEDERAL_CORRECTIONS = 8,
    SG_FEDERAL_DISTANCE = 16, /* more than half of its contact hours are distance hours */
};

/* Which fields some row of the PoP has a value for: a field that nobody has was not delivered. */
enum {
    SG_GIVEN_DISTANCE = 1,
    SG_GIVEN_IELCE = 2,
    SG_GIVEN_CORRECTIONS = 4,
    SG_GIVEN_WORKPLACE = 8,
    SG_GIVEN_EMPLOYMENT = 16,
    SG_GIVEN_EDUCATION = 32,
    SG_GIVEN_CREDENTIAL = 64, /* iet: credential */
    SG_GIVEN_TESTS = 128,     /* a test export was delivered */
    SG_GIVEN_OUTCOMES = 256   /* an outcome export was delivered */
};

/*
 * A PoP in a program year that it touches: of a participant from the year of the 12th-hour day to that of the last day; of a
 * reportable individual (one who stays below the hours) from that of the first day on.
 */
typedef struct {
    sg_pseudonym pseudonym;
    int program_year;
    int college; /* of the PoP's first row; index into sg_cohort.colleges */
    bool is_participant;
    bool
        is_first; /* the first of the learner's in the year; of a reportable individual: and no participant in it */
    uint8_t
        entering_level; /* the PoP's placement, sg_codes_entering_level: of its first row with one, else by tests; 0: none */
    uint8_t first_level; /* that of the learner's first PoP in the year */
    /* levels of the built-in dimensions at the PoP's entry: of its first row with a value; 0: none */
    uint8_t race, sex, age_band, employment, education;
    unsigned kinds, given; /* SG_FEDERAL_..., SG_GIVEN_... */
    bool is_excluded;      /* exit reason 01-04 on a row that ends on the PoP's last day, in this year */
    bool has_left;         /* the exit is known and not after the year */
    bool is_enrolled;      /* it is not */
    bool is_tested;        /* two tests of one instrument and subject in the PoP, the later one in the year */
    int64_t hours;         /* in the year, 10^-9 hours; a row's hours fall on its days equally */
    /* by sg_gain_type: day of the latest gain that counts in this PoP and year, SG_DAY_NONE: none */
    sg_day gained[SG_GAIN_SKILLS_PROGRESSION + 1];
    bool gained_mathematics, gained_language; /* efl_test by subject; a blank one is of language */
} sg_pop_year;

typedef enum {
    SG_INDICATOR_OUT,     /* not eligible */
    SG_INDICATOR_PENDING, /* not yet available: the deliveries don't reach far enough */
    SG_INDICATOR_NO,
    SG_INDICATOR_YES
} sg_indicator;

/*
 * The exit of a participant's PoP, once it is known: the gap has passed by the as-of date and no service is planned. Those whom an
 * exit reason (01-04, 07) takes out of the exit indicators are not handed on.
 */
typedef struct {
    sg_pseudonym pseudonym;
    int college;
    sg_day day;                                               /* last day of service */
    bool is_first_of_program_year, is_first_of_calendar_year; /* of the learner's exits in that of the day */
    unsigned kinds, given;
    /* quarters are calendar quarters after that of the exit; not known to be employed two quarters later is not employed */
    sg_indicator employed_q2, employed_q4;
    int64_t earnings_q2; /* 10^-6 dollars, above 0; SG_BLANK: not known */
    /* a diploma within the year after exit (SG_YEARLY_CREDENTIAL_WINDOW) and, by then, the one, the other, either */
    sg_indicator diploma_postsecondary, diploma_employed, diploma_either;
    sg_indicator credential; /* within the year after exit */
} sg_pop_exit;

typedef struct {
    void *context;
    const char *college; /* facts of this college alone; NULL: of every one */
    sg_status (*pop_year)(void *context, const sg_pop_year *fact, sg_err *err);
    sg_status (*pop_exit)(void *context, const sg_pop_exit *fact, sg_err *err);
} sg_federal_sink;

#endif
