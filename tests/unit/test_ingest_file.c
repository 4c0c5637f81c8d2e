/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Files that can't be read, sinks that fail, memory that runs out.
 */
#include "test_ingest_support.h"

#include <sys/stat.h>
#include <sys/types.h>
#include <unistd.h>

#include <zlib.h>

#include "base/mem_hook.h"
#include "support/tmpdir.h"

static const char gains[] =
    "learner_id,gain_date,gain_type,college,subject\n1,2024-11-05,efl_test,01,reading\n"
    "2,2024-11-05,efl_test,01,math\n2,2024-11-05,efl_test,01,math\n3,2024-11-31,efl_test,,\n"
    "\"4\",2024-11-05,diploma,\"a, b\",\xc3\xa9\n4,2024-12-05,diploma,01,\"x\"y\n";

static sg_status ingest_path(const char *path, const sg_sink *sink, sg_batch *batch, sg_err *err)
{
    sg_crosswalk crosswalk;
    sg_crosswalks all = {.all = &crosswalk, .n = 1};
    sg_ingest_options options = options_with(&all);
    plain_crosswalk(SG_KIND_GAIN, &crosswalk);
    return sg_ingest_file(path, &options, sink, batch, err);
}

static void expect_failure(const char *path, const char *part)
{
    kept k;
    sg_sink sink = keeping_sink(&k);
    sg_batch batch;
    sg_err err = {0};
    sg_assert_status(ingest_path(path, &sink, &batch, &err), SG_FAILED, &err);
    sg_assert_contains(err.message, path);
    sg_assert_contains(err.message, part);
    assert_int_equal(k.n_rows + k.n_findings, 0);
    kept_release(&k);
}

static void a_file_that_cannot_be_read_is_told_with_its_cause(void **state)
{
    char *missing = sg_tmpdir_path(*state, "missing.csv");
    char *pipe_path = sg_tmpdir_path(*state, "pipe.csv");
    assert_int_equal(mkfifo(pipe_path, 0600), 0);
    expect_failure(missing, "No such file or directory");
    expect_failure(*state, "it is a folder");
    expect_failure(pipe_path, "it is no regular file");
    free(missing);
    free(pipe_path);
}

static void an_unreadable_file_is_told_with_its_cause(void **state)
{
    char *path = sg_tmpdir_path(*state, "secret.csv");
    if (geteuid() == 0) { /* root may read anything */
        free(path);
        skip();
    }
    sg_tmpdir_write_text(*state, "secret.csv", gains);
    assert_int_equal(chmod(path, 0), 0);
    expect_failure(path, "Permission denied");
    free(path);
}

static void a_file_is_described_by_its_batch(void **state)
{
    char *path = sg_tmpdir_path(*state, "gains of november.csv");
    char sha256[SG_SHA256_TEXT];
    int64_t bytes = 0;
    kept k;
    sg_sink sink = keeping_sink(&k);
    sg_batch batch;
    sg_err err = {0};
    sg_tmpdir_write_text(*state, "gains of november.csv", gains);
    sg_assert_ok(ingest_path(path, &sink, &batch, &err), &err);
    sg_assert_ok(sg_sha256_of_file(path, sha256, &bytes, &err), &err);
    assert_string_equal(batch.file_name, "gains of november.csv");
    assert_string_equal(batch.sha256, sha256);
    assert_int_equal(batch.bytes, bytes);
    assert_string_equal(batch.crosswalk, "plain-gain");
    assert_int_equal(batch.rule_set, sg_rule_set_version());
    assert_int_equal(batch.counts.stored, 3);
    assert_int_equal(k.begun.kind, SG_KIND_GAIN);
    kept_release(&k);
    free(path);
}

/* ---- gzip ---- */

/* The text as a gzip file of as many members as it has parts; its length. */
static size_t write_gzip(const char *path, const char *const *parts, size_t n)
{
    struct stat about;
    for (size_t i = 0; i < n; i++) {
        gzFile file = gzopen(path, i == 0 ? "wb" : "ab");
        assert_non_null(file);
        assert_int_equal(gzwrite(file, parts[i], (unsigned)strlen(parts[i])), strlen(parts[i]));
        assert_int_equal(gzclose(file), Z_OK);
    }
    assert_int_equal(stat(path, &about), 0);
    return (size_t)about.st_size;
}

static void a_gzip_file_is_read_as_what_is_in_it_and_known_by_its_own_bytes(void **state)
{
    const char *const parts[] = {gains, "77,2024-11-01,diploma,01,math\n"};
    char *path = sg_tmpdir_path(*state, "gains.csv.gz");
    size_t size = write_gzip(path, parts, 2);
    char sha256[SG_SHA256_TEXT];
    sg_batch batch;
    sg_err err = {0};
    kept k;
    sg_sink sink = keeping_sink(&k);
    sg_assert_ok(ingest_path(path, &sink, &batch, &err), &err);
    assert_int_equal(batch.counts.stored, 4);
    sg_assert_ok(sg_sha256_of_file(path, sha256, NULL, &err), &err);
    assert_string_equal(batch.sha256, sha256);
    assert_int_equal(batch.bytes, size);
    kept_release(&k);
    free(path);
}

static void a_gzip_file_that_was_cut_off_or_damaged_is_refused(void **state)
{
    const char *const parts[] = {gains};
    char *path = sg_tmpdir_path(*state, "gains.csv.gz");
    size_t size = write_gzip(path, parts, 1), n = 0;
    SG_CLEANUP(sg_arena_cleanup) sg_arena *arena = sg_arena_new();
    char *bytes = NULL;
    sg_err err = {0};
    sg_assert_ok(sg_file_read(arena, path, 1 << 20, &bytes, &n, &err), &err);
    for (size_t cut = 2; cut < size; cut++) {
        sg_batch batch;
        kept k;
        sg_sink sink = keeping_sink(&k);
        sg_assert_ok(sg_file_write(path, bytes, cut, 0600, &err), &err);
        sg_assert_status(ingest_path(path, &sink, &batch, &err), SG_REFUSED, &err);
        kept_release(&k);
    }
    bytes[size - 6] ^= 1; /* its checksum */
    sg_batch batch;
    kept k;
    sg_sink sink = keeping_sink(&k);
    sg_assert_ok(sg_file_write(path, bytes, size, 0600, &err), &err);
    sg_assert_status(ingest_path(path, &sink, &batch, &err), SG_REFUSED, &err);
    sg_assert_contains(err.message, "damaged");
    kept_release(&k);
    free(path);
}

/* ---- a sink that fails ---- */

typedef struct {
    int calls_left;
} failing;

static sg_status count_down(failing *f, sg_err *err)
{
    return f->calls_left-- > 0 ? SG_OK : sg_fail(err, SG_FAILED, "the sink is full");
}

static sg_status fail_begin(void *context, const sg_batch *batch, sg_err *err)
{
    (void)batch;
    return count_down(context, err);
}

static sg_status fail_row(void *context, const sg_record *record, int64_t replaces, sg_err *err)
{
    (void)record;
    (void)replaces;
    return count_down(context, err);
}

static sg_status fail_finding(void *context, const sg_finding *finding, sg_err *err)
{
    (void)finding;
    return count_down(context, err);
}

static sg_status fail_refused(void *context, const sg_refused_row *row, sg_err *err)
{
    (void)row;
    return count_down(context, err);
}

static sg_status fail_absent(void *context, int field, const char *column, sg_err *err)
{
    (void)field;
    (void)column;
    return count_down(context, err);
}

static sg_status read_gains(const sg_sink *sink, sg_batch *batch, sg_err *err)
{
    sg_crosswalk crosswalk;
    sg_crosswalks all = {.all = &crosswalk, .n = 1};
    sg_ingest_options options = options_with(&all);
    plain_crosswalk(SG_KIND_GAIN, &crosswalk);
    return read_pieces("gains.csv", gains, sizeof gains - 1, 0, &options, sink, batch, err);
}

static void the_sinks_failure_ends_the_file(void **state)
{
    sg_status status = SG_FAILED;
    int calls = 0;
    (void)state;
    for (; status != SG_OK; calls++) {
        failing f = {.calls_left = calls};
        sg_sink sink = {.context = &f,
                        .begin = fail_begin,
                        .row = fail_row,
                        .finding = fail_finding,
                        .refused = fail_refused,
                        .absent = fail_absent};
        sg_batch batch;
        sg_err err = {0};
        status = read_gains(&sink, &batch, &err);
        if (status != SG_OK) {
            sg_assert_status(status, SG_FAILED, &err);
            assert_string_equal(err.message, "the sink is full");
        }
        assert_true(calls < 40);
    }
    /* begin, columns of 11 that are absent, rows, findings (repeat, date, quotes; of four gains by test without a level), refused rows,
     * and once to the end */
    assert_int_equal(calls, 1 + 6 + 3 + 3 + 4 + 2 + 1);
}

static void a_sink_may_lack_any_callback(void **state)
{
    static const sg_sink nothing = {0};
    sg_batch batch;
    sg_err err = {0};
    (void)state;
    sg_assert_ok(read_gains(&nothing, &batch, &err), &err);
    assert_int_equal(batch.counts.stored, 3);
    assert_conserved(&batch);
}

/* ---- memory ---- */

static void memory_that_runs_out_anywhere_is_a_status(void **state)
{
    static const sg_sink nothing = {0};
    (void)state;
    for (int lasting = 0; lasting < 2; lasting++) {
        sg_status status = SG_NO_MEMORY;
        long nth = 0;
        while (status != SG_OK) {
            sg_batch batch;
            sg_err err = {0};
            nth++;
            sg_mem_fail_at(lasting ? -nth : nth);
            status = read_gains(&nothing, &batch, &err);
            sg_mem_fail_at(0);
            if (status != SG_OK)
                sg_assert_status(status, SG_NO_MEMORY, &err);
            assert_true(nth < 5000);
        }
        assert_true(nth > 20);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_file_that_cannot_be_read_is_told_with_its_cause, sg_tmpdir_setup,
                                        sg_tmpdir_teardown),
        cmocka_unit_test_setup_teardown(an_unreadable_file_is_told_with_its_cause, sg_tmpdir_setup,
                                        sg_tmpdir_teardown),
        cmocka_unit_test_setup_teardown(a_file_is_described_by_its_batch, sg_tmpdir_setup,
                                        sg_tmpdir_teardown),
        cmocka_unit_test_setup_teardown(a_gzip_file_is_read_as_what_is_in_it_and_known_by_its_own_bytes,
                                        sg_tmpdir_setup, sg_tmpdir_teardown),
        cmocka_unit_test_setup_teardown(a_gzip_file_that_was_cut_off_or_damaged_is_refused, sg_tmpdir_setup,
                                        sg_tmpdir_teardown),
        cmocka_unit_test(the_sinks_failure_ends_the_file),
        cmocka_unit_test(a_sink_may_lack_any_callback),
        cmocka_unit_test(memory_that_runs_out_anywhere_is_a_status),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
