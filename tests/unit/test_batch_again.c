/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Whatever lines a night's file has, and in whatever order, what comes of it is the same whether the store knows them by their text or
 * reads them, and on whatever threads. Made-up rows.
 */
#include "test_ingest_support.h"
#include "test_store_checks.h"

#include "batch/relay.h"

#include "support/dice.h"

enum { PEOPLE = 9, MOST_LINES = 40, CASES = 15, NIGHTS = 3 };

/* Of one row, the texts that its export may have: as it came first, the same values otherwise written, and other values. The last but two
 * has a value that is found and stored all the same, the last but one belongs to another program year, the last is refused. */
static const struct {
    const char *quote, *before_day, *rest;
} texts[] = {
    {"", "", "10,2024,"},    {"\"", "", "10.0,2024,"}, {"", "", "11,2024,"},  {"", "", ",2024,"},
    {"", "", "10,2024,odd"}, {"", "", "10,2023,"},     {"", "x", "10,2024,"},
};
enum { N_TEXTS = sizeof texts / sizeof texts[0] };

/* The first has each person once; of the later ones most lines are as they came first. */
static void write_file(dice *d, bool first, sg_str *out)
{
    unsigned n = first ? PEOPLE : 1 + throw(d, MOST_LINES);
    sg_str_reset(out);
    sg_str_add(out, "learner_id,college,start_date,contact_hours,program_year,entering_level\n");
    for (unsigned i = 0; i < n; i++) {
        int person = first ? (int)i : (int) throw(d, PEOPLE + 2);
        size_t t = !first && throw(d, 2) == 0 ? throw(d, N_TEXTS) : 0;
        char line[100];
        (void)snprintf(line, sizeof line, "%s%d%s,A,%s2024-09-0%d,%s\n", texts[t].quote, 1000 + person * 137,
                       texts[t].quote, texts[t].before_day, 1 + person % 9, texts[t].rest);
        sg_str_add(out, line);
    }
    assert_false(out->failed);
}

typedef struct {
    const char *name;
    int jobs;
    bool forgets_texts; /* the store is made to: every line is read */
    sg_store *store;
    sg_batch batch;
    char held[SG_ERR_MESSAGE];
} way;

static void read_file(const char *path, const sg_ingest_options *options, sg_import *import, sg_batch *batch)
{
    SG_CLEANUP(sg_relay_cleanup) sg_relay *relay = NULL;
    sg_sink sink = sg_import_sink(import);
    sg_err err = {0};
    if (options->jobs > 1) {
        sg_assert_ok(sg_relay_new(&sink, &relay, &err), &err);
        sink = sg_relay_sink(relay);
    }
    sg_assert_ok(sg_ingest_file(path, options, &sink, batch, &err), &err);
    if (relay != NULL)
        sg_assert_ok(sg_relay_finish(relay, &err), &err);
}

static void import_night(way *w, const char *path, sg_delivery reach, sg_day cutoff)
{
    static sg_crosswalk crosswalk;
    sg_crosswalks all = {.all = &crosswalk, .n = 1};
    sg_ingest_options options = options_with(&all);
    sg_import *import = NULL;
    sg_err err = {0};
    plain_crosswalk(SG_KIND_ENROLLMENT, &crosswalk);
    crosswalk.delivery = reach;
    options.jobs = w->jobs;
    options.cutoff = cutoff;
    if (w->forgets_texts)
        sg_assert_ok(sg_store_execute(w->store, "UPDATE enrollment SET raw = NULL, verdict = NULL", &err),
                     &err);
    sg_assert_ok(sg_import_begin(w->store, &import, &err), &err);
    sg_import_set_jobs(import, w->jobs);
    read_file(path, &options, import, &w->batch);
    assert_conserved(&w->batch);
    w->batch.imported_on = cutoff;
    sg_assert_ok(sg_import_weigh(import, &w->batch, w->held, &err), &err);
    end_as(import, &w->batch, SG_BATCH_APPLIED);
    assert_sound(w->store);
}

/* What the import left behind, but the texts. */
static void expect_same(const way *a, const way *b)
{
    static const char *const sums[] = {
        "SELECT count(*) FROM row_end",
        "SELECT sum(row * 1000 + batch) FROM row_end",
        "SELECT sum(row * 1000 + batch) FROM row_seen",
        "SELECT sum((id * 37 + batch) * 37 + scope) + sum(line) FROM enrollment",
        "SELECT sum((((batch * 3 + part) * 97 + field) * 97 + code) * n) FROM profile",
        "SELECT sum((batch * 17 + scope) * n) FROM profile_scope",
        "SELECT sum((batch * 1000 + line) * CAST(substr(rule, 2) AS INTEGER) + ordinal) FROM finding",
        "SELECT sum((batch * 1000 + n) * CAST(substr(rule, 2) AS INTEGER)) FROM finding_count"};
    char left[SG_SHA256_TEXT], right[SG_SHA256_TEXT];
    assert_memory_equal(&a->batch.counts, &b->batch.counts, sizeof a->batch.counts);
    assert_string_equal(a->held, b->held);
    for (size_t i = 0; i < N_OF(sums); i++)
        assert_int_equal(ask(a->store, sums[i]), ask(b->store, sums[i]));
    digest_of(a->store, left);
    digest_of(b->store, right);
    assert_string_equal(left, right);
}

static void open_ways(const char *folder, int c, way ways[], size_t n)
{
    for (size_t i = 0; i < n; i++) {
        char name[32];
        sg_err err = {0};
        (void)snprintf(name, sizeof name, "%d-%s.db", c, ways[i].name);
        ways[i].store = open_store_at(folder, name, SG_STORE_WRITE);
        /* nothing here outlives the test: hundreds of flushes would only take time */
        sg_assert_ok(sg_store_execute(ways[i].store, "PRAGMA synchronous = OFF", &err), &err);
    }
}

static void what_comes_of_lines_is_the_same_whether_they_are_known_or_read(void **state)
{
    dice d = {.state = 20250303};
    char *path = sg_tmpdir_path(*state, "night.csv");
    sg_str text = {0};
    sg_err err = {0};
    int64_t replaced = 0, repeated = 0, refused = 0;
    for (int c = 0; c < CASES; c++) {
        way ways[] = {{.name = "read", .jobs = 1, .forgets_texts = true},
                      {.name = "known", .jobs = 1},
                      {.name = "threads", .jobs = 4}};
        open_ways(*state, c, ways, N_OF(ways));
        for (int night = 0; night < NIGHTS; night++) {
            sg_delivery reach = throw(&d, 2) == 0 ? SG_DELIVERY_DELTA : SG_DELIVERY_FULL;
            write_file(&d, night == 0, &text);
            sg_assert_ok(sg_file_write(path, text.text, text.length, 0600, &err), &err);
            for (size_t i = 0; i < N_OF(ways); i++)
                import_night(&ways[i], path, reach, 20000 + night);
            for (size_t i = 1; i < N_OF(ways); i++)
                expect_same(&ways[0], &ways[i]);
            replaced += ways[0].batch.counts.replaced;
            repeated += ways[0].batch.counts.repeated;
            refused += ways[0].batch.counts.quarantined;
        }
        for (size_t i = 0; i < N_OF(ways); i++)
            sg_store_close(ways[i].store);
    }
    assert_true(replaced > CASES && repeated > CASES && refused > CASES);
    sg_str_release(&text);
    free(path);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test_setup_teardown(
        what_comes_of_lines_is_the_same_whether_they_are_known_or_read, sg_tmpdir_setup, sg_tmpdir_teardown)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
