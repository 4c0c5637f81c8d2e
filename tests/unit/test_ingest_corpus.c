/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Exports that go wrong (tests/corpus): each with its outcome, whole and in pieces.
 */
#include "test_corpus_table.h"

static void check_findings(const corpus_case *one, const kept *k)
{
    sg_str found = {0};
    corpus_write_findings(&found, k);
    if (strcmp(sg_str_text(&found), one->findings) != 0)
        fail_msg("%s: found '%s', expected '%s'", one->file, sg_str_text(&found), one->findings);
    sg_str_release(&found);
}

/* All that came of a reading, as one digest. */
static void write_outcome(const kept *k, const sg_batch *batch, sg_status status, const sg_err *err,
                          char out[SG_SHA256_TEXT])
{
    sg_sha256 *digest = sg_sha256_new();
    assert_non_null(digest);
    sg_sha256_add_int(digest, status);
    sg_sha256_add_field(digest, status == SG_OK ? "" : err->message);
    sg_sha256_add(digest, &batch->counts, sizeof batch->counts);
    sg_sha256_add_int(digest, batch->cutoff);
    sg_sha256_add_field(digest, batch->crosswalk);
    sg_sha256_add_int(digest, k->n_begun);
    for (size_t i = 0; i < k->n_rows; i++) {
        sg_sha256_add_int(digest, k->rows[i].line);
        sg_sha256_add(digest, &k->rows[i].learner, sizeof k->rows[i].learner);
        sg_sha256_add(digest, k->rows[i].key, sizeof k->rows[i].key);
        sg_sha256_add(digest, k->rows[i].number, sizeof k->rows[i].number);
        for (size_t j = 0; j < SG_MAX_FIELDS; j++)
            sg_sha256_add_field(digest, k->rows[i].text[j]);
    }
    for (size_t i = 0; i < k->n_findings; i++) {
        sg_sha256_add_field(digest, k->findings[i].rule);
        sg_sha256_add_field(digest, k->findings[i].field);
        sg_sha256_add_field(digest, k->findings[i].column);
        sg_sha256_add_int(digest, k->findings[i].line);
    }
    for (size_t i = 0; i < k->n_refused; i++) {
        sg_sha256_add_int(digest, k->refused[i].learner_known + 2 * k->refused[i].key_known);
        sg_sha256_add(digest, &k->refused[i].learner, sizeof k->refused[i].learner);
        sg_sha256_add(digest, k->refused[i].key, sizeof k->refused[i].key);
    }
    sg_sha256_text(digest, out);
    sg_sha256_free(digest);
}

static sg_status read_case(const corpus *c, const corpus_case *one, kept *k, sg_batch *batch, sg_err *err)
{
    SG_CLEANUP(sg_arena_cleanup) sg_arena *arena = sg_arena_new();
    sg_sink sink = keeping_sink(k);
    corpus_pieces all = {0};
    all.bytes = corpus_bytes(one, arena, &all.n);
    return corpus_feed(c->crosswalks, one->file, &all, &sink, batch, err);
}

static void each_file_has_its_own_outcome(void **state)
{
    const corpus *c = *state;
    for (size_t i = 0; i < c->n; i++) {
        const corpus_case *one = &c->cases[i];
        sg_batch batch;
        sg_err err;
        kept k;
        print_message("%s\n", one->file);
        sg_assert_status(read_case(c, one, &k, &batch, &err), one->refused ? SG_REFUSED : SG_OK, &err);
        assert_conserved(&batch);
        corpus_check_counts(one, &batch.counts);
        check_findings(one, &k);
        assert_int_equal(k.n_refused, batch.counts.quarantined);
        if (one->refused) {
            sg_assert_contains(err.message, one->file);
            sg_assert_contains(err.message, one->message);
        }
        kept_release(&k);
    }
}

/* What each of the twelve classes of reliability needs: files, and of both kinds of outcome. */
static void every_class_has_files_that_are_taken_and_such_that_are_not(void **state)
{
    static const char *const classes[] = {"encoding", "lines", "quote",  "shape", "header", "file",
                                          "size",     "date",  "number", "id",    "code",   "injection"};
    const corpus *c = *state;
    for (size_t i = 0; i < sizeof classes / sizeof classes[0]; i++) {
        size_t n_whole = 0, n_not = 0;
        for (size_t j = 0; j < c->n; j++) {
            const corpus_case *one = &c->cases[j];
            bool whole = !one->refused && one->counts[1] + one->counts[2] == one->counts[0];
            if (strcmp(one->class_name, classes[i]) != 0)
                continue;
            n_whole += whole;
            n_not += !whole;
            assert_true(strlen(one->contents) > 1 && strlen(one->reason) > 3);
        }
        if (n_whole < 3 || n_not < 3)
            fail_msg("class %s: %zu files taken whole, %zu not", classes[i], n_whole, n_not);
    }
}

/* ---- in pieces ---- */

/* A file's bytes, the crosswalks that are tried on it, and what comes of it whole. */
typedef struct {
    sg_arena *arena;
    const corpus_case *one;
    char *bytes;
    size_t n;
    sg_crosswalks crosswalks;
    char whole[SG_SHA256_TEXT];
} cut_file;

static void digest_pieces(const cut_file *file, size_t first, size_t piece, sg_batch *batch,
                          char out[SG_SHA256_TEXT])
{
    sg_err err;
    kept k;
    sg_sink sink = keeping_sink(&k);
    const corpus_pieces pieces = {file->bytes, file->n, first, piece};
    sg_status status = corpus_feed(&file->crosswalks, file->one->file, &pieces, &sink, batch, &err);
    write_outcome(&k, batch, status, &err, out);
    kept_release(&k);
}

/* Of a file that a crosswalk fits only that one is tried: most of the time would go into the others. */
static void open_cut_file(const corpus *c, const corpus_case *one, cut_file *out)
{
    sg_batch batch;
    *out = (cut_file){.arena = sg_arena_new(), .one = one, .crosswalks = *c->crosswalks};
    out->bytes = corpus_bytes(one, out->arena, &out->n);
    digest_pieces(out, 0, 0, &batch, out->whole);
    for (size_t i = 0; i < c->crosswalks->n; i++)
        if (strcmp(c->crosswalks->all[i].name, batch.crosswalk) == 0)
            out->crosswalks = (sg_crosswalks){.all = &c->crosswalks->all[i], .n = 1};
    digest_pieces(out, 0, 0, &batch, out->whole);
}

static void compare_pieces(const cut_file *file, size_t first, size_t piece)
{
    char part[SG_SHA256_TEXT];
    sg_batch batch;
    digest_pieces(file, first, piece, &batch, part);
    if (strcmp(file->whole, part) != 0)
        fail_msg("%s: pieces of %zu bytes behind %zu give another outcome", file->one->file, piece, first);
}

static bool is_of_bytes(const corpus_case *one)
{
    return strstr("encoding lines quote file", one->class_name) != NULL;
}

/* Every size to 16 and, where the class is one of bytes, to 64; then primes, powers of two and their neighbours. */
static void the_size_of_the_pieces_changes_nothing(void **state)
{
    static const size_t larger[] = {67,  97,  127,  128,  129,  131,  251,  256,  257, 509,
                                    512, 513, 1021, 1024, 2039, 2048, 4093, 4095, 4096};
    enum { N_LARGER = sizeof larger / sizeof larger[0], SMALL = 16, MOST = 64, LARGE_FILE = 4096 };
    const corpus *c = *state;
    for (size_t i = 0; i < c->n; i++) {
        cut_file file;
        open_cut_file(c, &c->cases[i], &file);
        size_t most = is_of_bytes(file.one) ? MOST : SMALL, step = file.n > LARGE_FILE ? 9 : 1;
        for (size_t piece = 1; piece <= most && piece < file.n; piece += step)
            compare_pieces(&file, 0, piece);
        for (size_t j = 0; j < N_LARGER && larger[j] < file.n; j++)
            compare_pieces(&file, 0, larger[j]);
        sg_arena_free(file.arena);
    }
}

/* A cut at every byte: each CRLF, quote and character of several bytes once stands on the edge of two pieces. */
static void a_cut_anywhere_changes_nothing(void **state)
{
    enum { LARGE_FILE = 2048 };
    const corpus *c = *state;
    for (size_t i = 0; i < c->n; i++) {
        cut_file file;
        if (!is_of_bytes(&c->cases[i]))
            continue;
        open_cut_file(c, &c->cases[i], &file);
        for (size_t cut = 1; cut < file.n && file.n <= LARGE_FILE; cut++)
            compare_pieces(&file, cut, 0);
        sg_arena_free(file.arena);
    }
}

/* Those that need a choice of crosswalks which the corpus does not make, or a store: test_ingest_layout.c, test_batch_forget.c. */
static bool is_tested_elsewhere(const char *rule)
{
    bool has_table = strcmp(rule, "R306") >= 0 && strcmp(rule, "R400") < 0; /* test_ingest_rules.c */
    bool of_delivery = strcmp(rule, "R700") > 0 &&
                       strcmp(rule, "R780") < 0; /* test_batch_drift.c, test_ingest_delivery.c */
    bool across = strcmp(rule, "R600") > 0 && strcmp(rule, "R700") < 0; /* test_across_rules.c */
    return has_table || across || of_delivery || strcmp(rule, "R006") == 0 || strcmp(rule, "R007") == 0 ||
           strcmp(rule, "R403") == 0;
}

static void every_rule_of_the_catalogue_is_found_somewhere(void **state)
{
    const corpus *c = *state;
    size_t n_rules = 0;
    const sg_rule *rules = sg_rules(&n_rules);
    for (size_t i = 0; i < n_rules; i++) {
        bool found = is_tested_elsewhere(rules[i].id);
        for (size_t j = 0; j < c->n && !found; j++)
            found = strstr(c->cases[j].findings, rules[i].id) != NULL;
        if (!found)
            fail_msg("no file of the corpus breaks rule %s", rules[i].id);
    }
}

static void the_catalogue_is_sorted_and_every_rule_has_its_words(void **state)
{
    size_t n = 0;
    const sg_rule *rules = sg_rules(&n);
    (void)state;
    for (size_t i = 0; i < n; i++) {
        assert_true(i == 0 || strcmp(rules[i - 1].id, rules[i].id) < 0);
        assert_ptr_equal(sg_rule_find(rules[i].id), &rules[i]);
        assert_int_equal(strlen(rules[i].id), 4);
        assert_true(strlen(rules[i].text) > 10 && strlen(rules[i].fix) > 10 && strlen(rules[i].source) > 6);
        assert_true(*sg_severity_text(rules[i].severity) != '\0' && *sg_effect_text(rules[i].effect) != '\0');
        /* what costs a row or a file is an error; nothing else is */
        assert_int_equal(rules[i].severity == SG_SEVERITY_ERROR,
                         rules[i].effect == SG_EFFECT_QUARANTINE ||
                             rules[i].effect == SG_EFFECT_REFUSE_FILE ||
                             rules[i].effect == SG_EFFECT_HOLD_FILE);
    }
    assert_null(sg_rule_find("R000"));
    assert_null(sg_rule_find(NULL));
    assert_string_equal(sg_batch_state_text(SG_BATCH_HELD), "held");
}

/* What a file of the corpus is made of stays out of what is said about it. */
static void nothing_that_is_said_quotes_a_row(void **state)
{
    static const char *const values[] = {"0042",      "00123", "yesterday", "2024-02-30",
                                         "HYPERLINK", "xxxx",  "Shoe",      "\x1b"};
    const corpus *c = *state;
    for (size_t i = 0; i < c->n; i++) {
        sg_batch batch;
        sg_err err;
        kept k;
        sg_status status = read_case(c, &c->cases[i], &k, &batch, &err);
        for (size_t j = 0; j < sizeof values / sizeof values[0]; j++) {
            assert_true(status == SG_OK || strstr(err.message, values[j]) == NULL);
            for (size_t f = 0; f < k.n_findings; f++)
                assert_null(strstr(k.findings[f].column, values[j]));
        }
        kept_release(&k);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_file_has_its_own_outcome),
        cmocka_unit_test(every_class_has_files_that_are_taken_and_such_that_are_not),
        cmocka_unit_test(the_size_of_the_pieces_changes_nothing),
        cmocka_unit_test(a_cut_anywhere_changes_nothing),
        cmocka_unit_test(every_rule_of_the_catalogue_is_found_somewhere),
        cmocka_unit_test(the_catalogue_is_sorted_and_every_rule_has_its_words),
        cmocka_unit_test(nothing_that_is_said_quotes_a_row),
    };
    return cmocka_run_group_tests(tests, corpus_setup, corpus_teardown);
}
