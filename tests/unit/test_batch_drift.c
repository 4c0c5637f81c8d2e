/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a delivery says in sum beside the one before it: each rule where it speaks, and where it is silent. Made-up counts. */
#include "support/assert.h"

#include <stdlib.h>
#include <string.h>

#include "batch/drift.h"

enum { MOST_COUNTS = 8, MOST_COLLEGES = 3 };

/* Of field and code (-1: a whole row), how many rows there are now and were then. */
typedef struct {
    int field, code;
    int64_t now, then;
} count;

typedef struct {
    const char *what;
    int days; /* the cut-off is so many days after the one before */
    int64_t rows, rows_then;
    count counts[MOST_COUNTS]; /* ends with code 0, now 0, then 0 */
    sg_college_rows colleges[MOST_COLLEGES];
    size_t n_colleges;
    bool partial;
    bool codes_known;     /* every code was delivered at some time */
    const char *expected; /* a line a finding: rule, field, detail */
} drift_case;

#define SEX SG_ENROLLMENT_SEX
#define LEVEL SG_ENROLLMENT_ENTERING_LEVEL
#define HOURS SG_ENROLLMENT_CONTACT_HOURS

static const drift_case cases[] = {
    {"the same again, a day later",
     1,
     1000,
     1000,
     {{SEX, 1, 500, 500}, {SEX, 2, 490, 490}, {HOURS, 1, 1000, 1000}},
     {{"A", 600, 600}, {"B", 400, 400}},
     2,
     false,
     true,
     ""},
    {"a little more of all",
     1,
     1080,
     1000,
     {{SEX, 1, 560, 500}, {SEX, 2, 500, 490}, {HOURS, 1, 1070, 1000}},
     {{"A", 700, 600}, {"B", 380, 400}},
     2,
     false,
     true,
     ""},
    /* the cut-off */
    {"the same day", 0, 1000, 1000, {{0}}, {{0}}, 0, false, true, "R702  batch 7\n"},
    {"an earlier day, and half of it",
     -3,
     10,
     1000,
     {{0}},
     {{"A", 10, 600}, {"B", 0, 400}},
     2,
     false,
     true,
     "R701  batch 7: 3 days later\n"},
    {"one day", -1, 1000, 1000, {{0}}, {{0}}, 0, false, true, "R701  batch 7: 1 day later\n"},
    /* volume: half and twice are within */
    {"half as many", 1, 500, 1000, {{0}}, {{0}}, 0, false, true, ""},
    {"fewer than half", 1, 499, 1000, {{0}}, {{0}}, 0, false, true, "R703  499 rows, 1,000 in batch 7\n"},
    {"twice as many", 1, 2000, 1000, {{0}}, {{0}}, 0, false, true, ""},
    {"more than twice", 1, 2001, 1000, {{0}}, {{0}}, 0, false, true, "R704  2,001 rows, 1,000 in batch 7\n"},
    {"few rows of each", 1, 99, 20, {{0}}, {{0}}, 0, false, true, ""},
    {"a partial delivery of any size",
     1,
     5000,
     1000,
     {{0}},
     {{"A", 5000, 0}, {"B", 0, 1000}},
     2,
     true,
     true,
     ""},
    /* colleges */
    {"one is gone, one is new",
     1,
     1000,
     1000,
     {{0}},
     {{"A", 600, 600}, {"B", 0, 400}, {"C", 400, 0}},
     3,
     false,
     true,
     "R705 college college 'B': 0 rows, 400 in batch 7\nR706 college college 'C': 400 rows, 0 in batch 7\n"},
    {"one that must not be named",
     1,
     1000,
     1000,
     {{0}},
     {{"A", 1000, 995}, {NULL, 0, 5}},
     2,
     false,
     true,
     "R705 college 0 rows, 5 in batch 7\n"},
    {"one has lost most of its rows",
     1,
     850,
     1000,
     {{0}},
     {{"A", 800, 700}, {"B", 50, 300}},
     2,
     false,
     true,
     "R707 college college 'B': 50 rows, 300 in batch 7\n"},
    {"a small one has", 1, 950, 1000, {{0}}, {{"A", 940, 901}, {"B", 10, 99}}, 2, false, true, ""},
    /* values that are missing */
    {"hours are missing in six of a hundred more",
     1,
     1000,
     1000,
     {{HOURS, 1, 920, 980}},
     {{0}},
     0,
     false,
     true,
     "R711 contact_hours 8.0 % of 1,000 rows, 2.0 % of 1,000 in batch 7\n"},
    {"in five of a hundred more", 1, 1000, 1000, {{HOURS, 1, 930, 980}}, {{0}}, 0, false, true, ""},
    {"in nine of a hundred more of few rows, which chance does",
     1,
     100,
     100,
     {{HOURS, 1, 85, 94}},
     {{0}},
     0,
     false,
     true,
     ""},
    {"in half of too few rows", 1, 99, 99, {{HOURS, 1, 50, 99}}, {{0}}, 0, false, true, ""},
    {"fewer are missing", 1, 1000, 1000, {{HOURS, 1, 1000, 500}}, {{0}}, 0, false, true, ""},
    {"a partial delivery misses them",
     1,
     1000,
     400,
     {{HOURS, 1, 500, 400}},
     {{0}},
     0,
     true,
     true,
     "R711 contact_hours 50.0 % of 1,000 rows, 0.0 % of 400 in batch 7\n"},
    /* codes */
    {"unknown codes",
     1,
     1000,
     1000,
     {{SEX, 1, 450, 500}, {SEX, 2, 450, 500}, {SEX, 0, 100, 0}},
     {{0}},
     0,
     false,
     true,
     "R712 sex 10.0 % of 1,000 rows, 0.0 % of 1,000 in batch 7\nR713 sex index 0.54; most by 'unknown': 10.0 "
     "% of the values, 0.0 % in batch 7\n"},
    {"another mix of levels",
     1,
     1000,
     1000,
     {{LEVEL, 1, 300, 600}, {LEVEL, 2, 300, 300}, {LEVEL, 7, 400, 100}},
     {{0}},
     0,
     false,
     true,
     "R713 entering_level index 0.62; most by 'ABE1': 30.0 % of the values, 60.0 % in batch 7\n"},
    {"a somewhat other mix",
     1,
     1000,
     1000,
     {{LEVEL, 1, 500, 600}, {LEVEL, 2, 300, 300}, {LEVEL, 7, 200, 100}},
     {{0}},
     0,
     false,
     true,
     ""},
    {"another mix of too few",
     1,
     1000,
     1000,
     {{LEVEL, 1, 10, 80}, {LEVEL, 2, 89, 19}, {0, 0, 0, 0}},
     {{0}},
     0,
     false,
     true,
     ""},
    {"codes that nobody ever delivered",
     1,
     1000,
     1000,
     {{SEX, 1, 995, 1000}, {SEX, 3, 4, 0}, {LEVEL, 13, 1, 0}},
     {{0}},
     0,
     false,
     false,
     "R714 entering_level 'ALT_ABE' in 1 row\nR714 sex 'nonbinary' in 4 rows\n"},
    {"a code that the delivery before lacked and others had",
     1,
     1000,
     1000,
     {{SEX, 1, 996, 1000}, {SEX, 3, 4, 0}},
     {{0}},
     0,
     false,
     true,
     ""},
};

static sg_status take(void *context, const sg_finding *finding, sg_err *err)
{
    (void)err;
    sg_str_printf(context, "%s %s %s\n", finding->rule->id, finding->field, finding->detail);
    assert_int_equal(finding->line, 0);
    return SG_OK;
}

static const sg_config config = {
    .quality = {.volume_ratio = 2, .missing_rise = 0.05, .mix_index = 0.25, .least_rows = 100}};

static uint64_t fields_of(const drift_case *d)
{
    uint64_t fields = 0;
    for (size_t i = 0; i < MOST_COUNTS; i++)
        if (d->counts[i].now + d->counts[i].then > 0)
            fields |= UINT64_C(1) << d->counts[i].field;
    return fields;
}

static void fill(const drift_case *d, sg_comparison *c)
{
    *c = (sg_comparison){.before = {.id = 7, .cutoff = 20000, .fields = fields_of(d)}};
    c->now.rows = d->rows;
    c->then.rows = d->rows_then;
    for (size_t i = 0; i < MOST_COUNTS; i++) {
        const count *n = &d->counts[i];
        if (n->now + n->then == 0)
            continue;
        c->now.n[n->field][n->code] = n->now;
        c->then.n[n->field][n->code] = n->then;
        c->known[n->field][n->code] = d->codes_known || n->then > 0;
    }
    c->colleges = d->colleges;
    c->n_colleges = d->n_colleges;
}

static void each_rule_speaks_where_it_should_and_nowhere_else(void **state)
{
    sg_comparison *c = calloc(1, sizeof *c);
    (void)state;
    assert_non_null(c);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const drift_case *d = &cases[i];
        sg_str said = {0};
        const sg_sink sink = {.context = &said, .finding = take};
        sg_batch batch = {.kind = SG_KIND_ENROLLMENT,
                          .delivery = d->partial ? SG_DELIVERY_DELTA : SG_DELIVERY_FULL,
                          .cutoff = 20000 + d->days,
                          .fields = fields_of(d)};
        sg_err err = {0};
        int64_t lines = 0;
        fill(d, c);
        sg_assert_ok(sg_drift_find(&config, c, &batch, &sink, &err), &err);
        if (strcmp(sg_str_text(&said), d->expected) != 0)
            fail_msg("%s: said '%s', not '%s'", d->what, sg_str_text(&said), d->expected);
        for (const char *at = d->expected; (at = strchr(at, '\n')) != NULL; at++)
            lines++;
        assert_int_equal(batch.counts.warnings, lines);
        sg_str_release(&said);
    }
    free(c);
}

static void nothing_is_said_of_a_first_delivery_and_of_fields_that_one_of_the_two_lacks(void **state)
{
    sg_comparison *c = calloc(1, sizeof *c);
    sg_str said = {0};
    const sg_sink sink = {.context = &said, .finding = take};
    sg_batch batch = {.kind = SG_KIND_ENROLLMENT, .cutoff = 20001, .fields = UINT64_C(1) << SEX};
    sg_err err = {0};
    (void)state;
    assert_non_null(c);
    c->now.rows = 1000;
    c->now.n[SEX][1] = 1000;
    sg_assert_ok(sg_drift_find(&config, c, &batch, &sink, &err), &err);
    c->before = (sg_batch){.id = 7, .cutoff = 20000};
    c->then.rows = 1000;
    sg_assert_ok(sg_drift_find(&config, c, &batch, &sink, &err), &err);
    assert_string_equal(sg_str_text(&said), "");
    free(c);
}

/* A birth date is stored as an age. */
static void an_age_is_compared_where_the_file_has_birth_dates(void **state)
{
    sg_comparison *c = calloc(1, sizeof *c);
    sg_str said = {0};
    const sg_sink sink = {.context = &said, .finding = take};
    sg_batch batch = {
        .kind = SG_KIND_ENROLLMENT, .cutoff = 20001, .fields = UINT64_C(1) << SG_ENROLLMENT_BIRTH_DATE};
    sg_err err = {0};
    (void)state;
    assert_non_null(c);
    c->before = (sg_batch){.id = 7, .cutoff = 20000, .fields = UINT64_C(1) << SG_ENROLLMENT_AGE};
    c->now.rows = c->then.rows = c->then.n[SG_ENROLLMENT_AGE][SG_PROFILE_GIVEN] = 1000;
    sg_assert_ok(sg_drift_find(&config, c, &batch, &sink, &err), &err);
    assert_string_equal(sg_str_text(&said), "R711 age 100.0 % of 1,000 rows, 0.0 % of 1,000 in batch 7\n");
    sg_str_release(&said);
    free(c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_rule_speaks_where_it_should_and_nowhere_else),
        cmocka_unit_test(nothing_is_said_of_a_first_delivery_and_of_fields_that_one_of_the_two_lacks),
        cmocka_unit_test(an_age_is_compared_where_the_file_has_birth_dates),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
