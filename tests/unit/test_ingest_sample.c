/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The made-up state of sample-data: what was planted in its exports (dirt.csv) is what is found in them,
 * and nothing else.
 */
#include "test_ingest_support.h"

#include "ingest/table_reader.h"

enum { MAX_DIRT = 500 };

typedef struct {
    const char *file, *what, *field, *expect;
    int64_t line;
} dirt;

typedef struct {
    sg_arena *arena;
    sg_crosswalks *crosswalks;
    dirt all[MAX_DIRT];
    size_t n;
    bool header_seen;
} sample;

static sg_status keep_dirt(void *context, const sg_raw_record *record, sg_err *err)
{
    sample *s = context;
    const char *texts[5];
    (void)err;
    assert_int_equal(record->n_fields, 5);
    for (size_t i = 0; i < 5; i++)
        texts[i] = sg_arena_strdup(s->arena, record->fields[i].text);
    if (s->header_seen) {
        assert_true(s->n < MAX_DIRT);
        dirt *one = &s->all[s->n++];
        *one = (dirt){.file = texts[0], .what = texts[2], .field = texts[3], .expect = texts[4]};
        assert_true(sg_parse_int(texts[1], strlen(texts[1]), 1, 1000000, &one->line));
    }
    s->header_seen = true;
    return SG_OK;
}

static int setup_sample(void **state)
{
    static const sg_input_limits limits = {65536, 1048576, 100};
    sample *s = calloc(1, sizeof *s);
    sg_table_reader *reader = NULL;
    sg_refusal refusal = {0};
    sg_err err = {0};
    char *text = NULL;
    size_t length = 0;
    assert_non_null(s);
    s->arena = sg_arena_new();
    sg_assert_ok(sg_crosswalks_load("tests/no-such-folder", &s->crosswalks, &err),
                 &err); /* the shipped ones */
    sg_assert_ok(sg_file_read(s->arena, "sample-data/dirt.csv", 1 << 20, &text, &length, &err), &err);
    sg_assert_ok(sg_table_reader_new(',', &limits, keep_dirt, s, &refusal, &reader, &err), &err);
    sg_assert_ok(sg_table_reader_feed(reader, text, length, &err), &err);
    sg_assert_ok(sg_table_reader_end(reader, &err), &err);
    sg_table_reader_free(reader);
    *state = s;
    return 0;
}

static int teardown_sample(void **state)
{
    sample *s = *state;
    sg_crosswalks_free(s->crosswalks);
    sg_arena_free(s->arena);
    free(s);
    return 0;
}

static bool refuses(const kept *k, int64_t line, const char *field)
{
    for (size_t i = 0; i < k->n_findings; i++)
        if (k->findings[i].line == line &&
            sg_rule_find(k->findings[i].rule)->effect == SG_EFFECT_QUARANTINE &&
            (*field == '\0' || strcmp(k->findings[i].field, field) == 0))
            return true;
    return false;
}

/* Is what was planted found as it was meant? */
static bool is_met(const dirt *one, const kept *k)
{
    if (strcmp(one->expect, "refused") == 0)
        return refuses(k, one->line, one->field);
    if (strcmp(one->expect, "collapsed") == 0)
        return has_finding(k, "R401", one->line, NULL);
    if (strcmp(one->expect, "replaced") == 0)
        return has_finding(k, "R402", one->line, NULL);
    if (strcmp(one->expect, "warning") == 0)
        return has_finding(k, "R206", one->line, one->field);
    if (strcmp(one->what, "repeated_header") == 0)
        return has_finding(k, "R105", one->line, NULL);
    if (strcmp(one->what, "trailing_total") == 0)
        return has_finding(k, "R106", one->line, NULL);
    if (strcmp(one->expect, "stored") == 0)
        return !refuses(k, one->line, "");
    return true; /* a blank line, which is only counted, or what may be stored or refused */
}

static int64_t count_dirt(const sample *s, const char *file, const char *expect)
{
    int64_t n = 0;
    for (size_t i = 0; i < s->n; i++)
        n += strcmp(s->all[i].file, file) == 0 && strcmp(s->all[i].expect, expect) == 0;
    return n;
}

/* Refused rows that nobody planted. */
static void check_only_planted(const sample *s, const char *file, const kept *k)
{
    for (size_t i = 0; i < k->n_findings; i++) {
        bool planted = !refuses(k, k->findings[i].line, "");
        for (size_t j = 0; j < s->n && !planted; j++)
            planted = strcmp(s->all[j].file, file) == 0 && s->all[j].line == k->findings[i].line;
        if (!planted)
            fail_msg("%s line %lld was refused by %s", file, (long long)k->findings[i].line,
                     k->findings[i].rule);
    }
}

static void check_file(const sample *s, const char *file, const char *path, sg_kind kind)
{
    sg_ingest_options options = options_with(s->crosswalks);
    kept k;
    sg_sink sink = keeping_sink(&k);
    sg_batch batch;
    sg_err err = {0};
    options.today = day_of(2026, 1, 20);
    sg_assert_ok(sg_ingest_file(path, &options, &sink, &batch, &err), &err);
    assert_conserved(&batch);
    assert_int_equal(batch.kind, kind);
    assert_string_equal(batch.file_name, file);
    assert_int_equal(batch.cutoff, day_of(2026, 1, 15));
    for (size_t i = 0; i < s->n; i++)
        if (strcmp(s->all[i].file, file) == 0 && !is_met(&s->all[i], &k))
            fail_msg("%s line %lld: %s was not %s", file, (long long)s->all[i].line, s->all[i].what,
                     s->all[i].expect);
    check_only_planted(s, file, &k);
    assert_int_equal(batch.counts.dropped, count_dirt(s, file, "dropped"));
    assert_int_equal(batch.counts.repeated, count_dirt(s, file, "collapsed"));
    assert_int_equal(batch.counts.replaced, count_dirt(s, file, "replaced"));
    assert_true(batch.counts.quarantined >= count_dirt(s, file, "refused"));
    assert_int_equal(k.n_rows, batch.counts.stored + batch.counts.replaced);
    kept_release(&k);
}

static void what_was_planted_in_the_enrollments_is_found(void **state)
{
    check_file(*state, "enrollment.csv", "sample-data/exports/enrollment.csv", SG_KIND_ENROLLMENT);
}

static void what_was_planted_in_the_gains_is_found(void **state)
{
    check_file(*state, "gain.csv", "sample-data/exports/gain.csv", SG_KIND_GAIN);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_was_planted_in_the_enrollments_is_found),
        cmocka_unit_test(what_was_planted_in_the_gains_is_found),
    };
    return cmocka_run_group_tests(tests, setup_sample, teardown_sample);
}
