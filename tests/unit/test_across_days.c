/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rules across rows and files: of which days a gain is told that no enrollment, or none that counts, is there. Made up. */
#include "support/assert.h"

#include <string.h>

#include "skillgain/across.h"

enum { START = 20000, DAYS = 110 };
static const int64_t hour = 1000000000;

typedef struct {
    const char *rule;
    int64_t n;
} told;

static sg_status count_rule(void *context, const sg_across_finding *finding, sg_err *err)
{
    told *k = context;
    (void)err;
    k->n += strcmp(finding->rule->id, k->rule) == 0;
    return SG_OK;
}

static sg_record blank_of(sg_kind kind, unsigned char learner)
{
    sg_record record = {.kind = kind, .line = learner + 1};
    for (size_t i = 0; i < SG_MAX_FIELDS; i++)
        record.number[i] = SG_BLANK;
    record.learner.bytes[0] = learner;
    record.key[0] = learner;
    return record;
}

static sg_record enrollment_of(unsigned char learner)
{
    sg_record record = blank_of(SG_KIND_ENROLLMENT, learner);
    record.text[SG_ENROLLMENT_COLLEGE] = "01";
    record.number[SG_ENROLLMENT_START_DATE] = START;
    record.number[SG_ENROLLMENT_END_DATE] = START + DAYS;
    record.number[SG_ENROLLMENT_CONTACT_HOURS] = 60 * hour;
    return record;
}

static sg_record gain_of(unsigned char learner)
{
    sg_record record = blank_of(SG_KIND_GAIN, learner);
    record.text[SG_GAIN_FIELD_COLLEGE] = "01";
    record.number[SG_GAIN_FIELD_GAIN_DATE] = START + DAYS / 2;
    record.number[SG_GAIN_FIELD_GAIN_TYPE] = SG_GAIN_DIPLOMA;
    return record;
}

/* ---- days of grace ---- */

/* Of an enrollment of 11 days and a gain so many days after its last one; somebody else's enrollment is older. */
static int64_t told_of_gain_after(int days, int grace)
{
    const sg_across_options options = {
        .exit_gap_days = 90, .gain_grace_days = grace, .participant_hours = 12};
    sg_record rows[3];
    sg_across *across = NULL;
    told k = {.rule = "R603"};
    sg_err err = {0};
    bool more = false;
    rows[0] = enrollment_of(1);
    rows[1] = gain_of(1);
    rows[2] = enrollment_of(2);
    rows[2].number[SG_ENROLLMENT_START_DATE] -= 366;
    int64_t last = rows[0].number[SG_ENROLLMENT_START_DATE] + 10;
    rows[0].number[SG_ENROLLMENT_END_DATE] = last;
    rows[1].number[SG_GAIN_FIELD_GAIN_DATE] = last + days;
    sg_assert_ok(sg_across_new(&options, &across, &err), &err);
    for (size_t i = 0; i < 3; i++) {
        size_t file = 0;
        sg_assert_ok(sg_across_begin_file(across, rows[i].kind, &file, &err), &err);
        sg_across_end_file(across, file, (sg_day)last + 100, true);
        sg_assert_ok(sg_across_add(across, file, file, &rows[i], &err), &err);
    }
    sg_assert_ok(sg_across_examine(across, &more, &err), &err);
    sg_assert_ok(sg_across_findings(across, count_rule, &k, &err), &err);
    sg_across_free(across);
    return k.n;
}

static void a_gain_in_the_days_of_grace_counts_however_short_the_participation(void **state)
{
    (void)state;
    assert_int_equal(told_of_gain_after(1, 0), 1);
    assert_int_equal(told_of_gain_after(11, 30), 0);
    assert_int_equal(told_of_gain_after(30, 30), 0);
    assert_int_equal(told_of_gain_after(31, 30), 1);
    assert_int_equal(told_of_gain_after(-11, 30), 1); /* the day before the first */
}

/* ---- colleges that are complete up to different days ---- */

/* One college's enrollments are complete up to a day before the gain, another's beyond it. college: the gain's, or NULL. known_by: the
 * file by which the first one's are known, 0 its own. */
static int64_t told_of_gain_at(const char *college, size_t known_by)
{
    sg_record first = enrollment_of(2), second = enrollment_of(3), gain = gain_of(1);
    const sg_day day = (sg_day)gain.number[SG_GAIN_FIELD_GAIN_DATE];
    const sg_day cutoffs[] = {day - 1, day + 1, day};
    static const sg_kind kinds[] = {SG_KIND_ENROLLMENT, SG_KIND_ENROLLMENT, SG_KIND_GAIN};
    const sg_across_options options = {.exit_gap_days = 90, .participant_hours = 12};
    sg_across *across = NULL;
    told k = {.rule = "R601"};
    bool more = false;
    sg_err err = {0};
    sg_assert_ok(sg_across_new(&options, &across, &err), &err);
    second.text[SG_ENROLLMENT_COLLEGE] = "02";
    gain.text[SG_GAIN_FIELD_COLLEGE] = college;
    const sg_record *rows[] = {&first, &second, &gain};
    for (size_t i = 0; i < 3; i++) {
        size_t file = 0;
        sg_assert_ok(sg_across_begin_file(across, kinds[i], &file, &err), &err);
        sg_across_end_file(across, file, cutoffs[i], true);
    }
    for (size_t i = 0; i < 3; i++)
        sg_assert_ok(sg_across_add(across, i, i == 0 ? known_by : i, rows[i], &err), &err);
    sg_assert_ok(sg_across_examine(across, &more, &err), &err);
    sg_assert_ok(sg_across_findings(across, count_rule, &k, &err), &err);
    sg_across_free(across);
    return k.n;
}

static void a_gain_is_missed_only_up_to_the_cut_off_of_its_own_college(void **state)
{
    (void)state;
    assert_int_equal(told_of_gain_at("01", 0), 0);
    assert_int_equal(told_of_gain_at("02", 0), 1);
    assert_int_equal(told_of_gain_at(NULL, 0), 0);
    assert_int_equal(told_of_gain_at("01", 1), 1); /* a later delivery found the row unchanged */
    assert_int_equal(told_of_gain_at(NULL, 1), 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_gain_in_the_days_of_grace_counts_however_short_the_participation),
        cmocka_unit_test(a_gain_is_missed_only_up_to_the_cut_off_of_its_own_college),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
