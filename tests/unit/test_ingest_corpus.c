/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Exports that go wrong (tests/corpus): each with its outcome, whole and in pieces.
 */
#include "test_ingest_support.h"

#include "ingest/table_reader.h"

static const char folder[] = "tests/corpus";

enum { MAX_CASES = 200, COLUMNS = 10, MANY = 100 };

typedef struct {
    const char *file, *status, *counts[6], *findings, *message;
} corpus_case;

typedef struct {
    sg_arena *arena;
    sg_crosswalks *crosswalks;
    corpus_case cases[MAX_CASES];
    size_t n;
    bool header_seen;
} corpus;

static sg_status keep_case(void *context, const sg_raw_record *record, sg_err *err)
{
    corpus *c = context;
    const char *texts[COLUMNS];
    (void)err;
    assert_int_equal(record->shape, SG_RECORD_FIELDS);
    assert_int_equal(record->n_fields, COLUMNS);
    if (!c->header_seen) {
        c->header_seen = true;
        return SG_OK;
    }
    for (size_t i = 0; i < COLUMNS; i++)
        texts[i] = sg_arena_strdup(c->arena, record->fields[i].text);
    assert_true(c->n < MAX_CASES);
    corpus_case *one = &c->cases[c->n++];
    *one = (corpus_case){.file = texts[0], .status = texts[1], .findings = texts[8], .message = texts[9]};
    memcpy(one->counts, &texts[2], sizeof one->counts);
    return SG_OK;
}

static int setup_corpus(void **state)
{
    static const sg_input_limits limits = {65536, 1048576, 100};
    corpus *c = calloc(1, sizeof *c);
    sg_table_reader *reader = NULL;
    sg_refusal refusal = {0};
    sg_err err = {0};
    char *text = NULL;
    size_t length = 0;
    assert_non_null(c);
    c->arena = sg_arena_new();
    sg_assert_ok(sg_crosswalks_load("tests/corpus/crosswalks", &c->crosswalks, &err), &err);
    sg_assert_ok(sg_file_read(c->arena, "tests/corpus/expected.csv", 1 << 20, &text, &length, &err), &err);
    sg_assert_ok(sg_table_reader_new(',', &limits, keep_case, c, &refusal, &reader, &err), &err);
    sg_assert_ok(sg_table_reader_feed(reader, text, length, &err), &err);
    sg_assert_ok(sg_table_reader_end(reader, &err), &err);
    sg_table_reader_free(reader);
    assert_true(c->n > 80);
    *state = c;
    return 0;
}

static int teardown_corpus(void **state)
{
    corpus *c = *state;
    sg_crosswalks_free(c->crosswalks);
    sg_arena_free(c->arena);
    free(c);
    return 0;
}

/* How many findings from this one on are of its rule. */
static size_t run_length(const kept *k, size_t first)
{
    size_t n = 1;
    while (first + n < k->n_findings && strcmp(k->findings[first + n].rule, k->findings[first].rule) == 0)
        n++;
    return n;
}

/* Findings as the table writes them; "R401*1000": a hundred and more of a rule one after another. */
static void write_findings(sg_str *out, const kept *k)
{
    for (size_t i = 0, n; i < k->n_findings; i += n) {
        n = run_length(k, i);
        sg_str_printf(out, "%s%s", i > 0 ? " " : "", k->findings[i].rule);
        if (n >= MANY) {
            sg_str_printf(out, "*%zu", n);
            continue;
        }
        sg_str_printf(out, "@%lld", (long long)k->findings[i].line);
        n = 1;
    }
}

static void check_findings(const corpus_case *one, const kept *k)
{
    sg_str found = {0};
    write_findings(&found, k);
    if (strcmp(sg_str_text(&found), one->findings) != 0)
        fail_msg("%s: found '%s', expected '%s'", one->file, sg_str_text(&found), one->findings);
    sg_str_release(&found);
}

static void check_counts(const corpus_case *one, const sg_batch_counts *counts)
{
    const int64_t found[6] = {counts->read,     counts->stored,      counts->repeated,
                              counts->replaced, counts->quarantined, counts->dropped};
    for (size_t i = 0; i < 6; i++) {
        int64_t expected = 0;
        assert_true(sg_parse_int(one->counts[i], strlen(one->counts[i]), 0, 1000000, &expected));
        if (found[i] != expected)
            fail_msg("%s: count %zu is %lld, expected %lld", one->file, i, (long long)found[i],
                     (long long)expected);
    }
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

static sg_status read_case(const corpus *c, const corpus_case *one, size_t piece, kept *k, sg_batch *batch,
                           sg_err *err)
{
    sg_ingest_options options = options_with(c->crosswalks);
    sg_sink sink = keeping_sink(k);
    SG_CLEANUP(sg_arena_cleanup) sg_arena *arena = sg_arena_new();
    char *bytes = NULL;
    size_t n = 0;
    *err = (sg_err){0};
    sg_assert_ok(sg_file_read(arena, sg_path_join(arena, folder, one->file), 1 << 20, &bytes, &n, err), err);
    return read_pieces(one->file, bytes, n, piece, &options, &sink, batch, err);
}

static void each_file_has_its_own_outcome(void **state)
{
    const corpus *c = *state;
    for (size_t i = 0; i < c->n; i++) {
        const corpus_case *one = &c->cases[i];
        bool refused = strcmp(one->status, "refused") == 0;
        sg_batch batch;
        sg_err err;
        kept k;
        print_message("%s\n", one->file);
        sg_assert_status(read_case(c, one, 0, &k, &batch, &err), refused ? SG_REFUSED : SG_OK, &err);
        assert_conserved(&batch);
        check_counts(one, &batch.counts);
        check_findings(one, &k);
        assert_int_equal(k.n_refused, batch.counts.quarantined);
        if (refused) {
            sg_assert_contains(err.message, one->file);
            sg_assert_contains(err.message, one->message);
        }
        kept_release(&k);
    }
}

static void the_size_of_the_pieces_changes_nothing(void **state)
{
    static const size_t pieces[] = {1, 2, 3, 7, 64, 63, 4096};
    const corpus *c = *state;
    for (size_t i = 0; i < c->n; i++) {
        char whole[SG_SHA256_TEXT], part[SG_SHA256_TEXT];
        sg_batch batch;
        sg_err err;
        kept k;
        write_outcome(&k, &batch, read_case(c, &c->cases[i], 0, &k, &batch, &err), &err, whole);
        kept_release(&k);
        for (size_t j = 0; j < sizeof pieces / sizeof pieces[0]; j++) {
            sg_status status = read_case(c, &c->cases[i], pieces[j], &k, &batch, &err);
            write_outcome(&k, &batch, status, &err, part);
            if (strcmp(whole, part) != 0)
                fail_msg("%s: pieces of %zu bytes give another outcome", c->cases[i].file, pieces[j]);
            kept_release(&k);
        }
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
        sg_status status = read_case(c, &c->cases[i], 0, &k, &batch, &err);
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
        cmocka_unit_test(the_size_of_the_pieces_changes_nothing),
        cmocka_unit_test(every_rule_of_the_catalogue_is_found_somewhere),
        cmocka_unit_test(the_catalogue_is_sorted_and_every_rule_has_its_words),
        cmocka_unit_test(nothing_that_is_said_quotes_a_row),
    };
    return cmocka_run_group_tests(tests, setup_corpus, teardown_corpus);
}
