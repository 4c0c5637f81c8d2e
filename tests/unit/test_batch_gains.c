/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whether an export keeps every gain or only the latest one: what is made of made-up gains. */
#include "support/assert.h"

#include <string.h>

#include "batch/gains.h"

enum { JUNE_30 = 19904, JULY_1 = 19905 }; /* of 2024 */

/* The gain of a learner on a day. */
typedef struct {
    int learner;
    sg_day day;
} gain;

typedef struct {
    const char *what;
    int n;        /* learners 1 to n have one gain each, on 1 July 2024 */
    gain more[3]; /* and these are more */
    size_t n_more;
    bool said, latest; /* key gains of the crosswalk */
    const char *rule, *detail;
} gain_case;

static const gain_case cases[] = {
    {"one gain each, and nobody said so",
     400,
     {{0}},
     0,
     false,
     false,
     "R731",
     "400 learners and program years, one gain each"},
    {"too few to tell", 399, {{0}}, 0, false, false, NULL, ""},
    {"a second gain of one of very many", 5000, {{7, JULY_1 + 40}}, 1, false, false, NULL, ""},
    {"a second gain on the same day", 400, {{7, JULY_1}}, 1, false, false, NULL, ""},
    {"a gain in the program year before is none of this one",
     399,
     {{7, JUNE_30}},
     1,
     false,
     false,
     "R731",
     "400 learners and program years, one gain each"},
    {"one gain each, declared", 400, {{0}}, 0, true, true, NULL, ""},
    {"one gain each, and every gain is kept: the crosswalk says so", 400, {{0}}, 0, true, false, NULL, ""},
    {"declared, and one has two",
     10,
     {{7, JULY_1 + 1}},
     1,
     true,
     true,
     "R732",
     "1 of 10 learners and program years"},
    {"declared, and one has three",
     10,
     {{7, JULY_1 + 1}, {7, JULY_1 + 2}},
     2,
     true,
     true,
     "R732",
     "1 of 10 learners and program years"},
    {"declared, and one has two of the same day", 10, {{7, JULY_1}}, 1, true, true, NULL, ""},
    {"declared, and one in each of two years", 10, {{7, JUNE_30}}, 1, true, true, NULL, ""},
    {"no gains", 0, {{0}}, 0, false, false, NULL, ""},
};

static void add(sg_gain_years *years, int learner, sg_day day)
{
    sg_pseudonym p = {{0}};
    sg_err err = {0};
    p.bytes[0] = (unsigned char)learner;
    p.bytes[1] = (unsigned char)(learner >> 8);
    sg_assert_ok(sg_gain_years_add(years, &p, day, &err), &err);
}

static void each_delivery_is_judged_by_who_has_two(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const gain_case *c = &cases[i];
        const sg_batch batch = {.kind = SG_KIND_GAIN, .latest_gains = c->latest, .gains_said = c->said};
        sg_gain_years years = {0};
        char detail[SG_GAINS_DETAIL] = "";
        sg_finding finding;
        for (int learner = 1; learner <= c->n; learner++)
            add(&years, learner, JULY_1);
        for (size_t m = 0; m < c->n_more; m++)
            add(&years, c->more[m].learner, c->more[m].day);
        sg_gains_judge(&years, &batch, detail, &finding);
        if (!sg_text_equal(finding.rule != NULL ? finding.rule->id : NULL, c->rule) ||
            strcmp(detail, c->detail) != 0)
            fail_msg("%s: found %s, '%s'", c->what, finding.rule != NULL ? finding.rule->id : "nothing",
                     detail);
        assert_int_equal(*sg_gains_hold(&finding) != '\0', sg_text_equal(c->rule, "R731"));
        sg_gain_years_release(&years);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_delivery_is_judged_by_who_has_two),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
