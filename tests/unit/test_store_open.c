/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "test_store_checks.h"

#include "store/kind.h"

#include <sys/stat.h>
#include <unistd.h>

static const fact rows[] = {{1, 1, "A", 2024, 1, 0}, {2, 2, "B", 2023, 2, 0}, {3, 3, "C", 0, 3, 0}};

static sg_status try_open(const char *folder, const char *name, sg_store_mode mode, sg_err *err)
{
    char *path = sg_tmpdir_path(folder, name);
    sg_store *store = NULL;
    sg_status status = sg_store_open(path, mode, &store, err);
    assert_true((status == SG_OK) == (store != NULL));
    sg_store_close(store);
    free(path);
    return status;
}

static void assert_refused(const char *folder, const char *name, sg_store_mode mode, sg_status status,
                           const char *words)
{
    sg_err err = {0};
    sg_assert_status(try_open(folder, name, mode, &err), status, &err);
    sg_assert_contains(err.message, name);
    sg_assert_contains(err.message, words);
}

/* Changes a database behind the store's back. */
static void meddle(const char *folder, const char *name, const char *sql)
{
    char *path = sg_tmpdir_path(folder, name);
    sqlite3 *db = NULL;
    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    assert_int_equal(sqlite3_exec(db, sql, NULL, NULL, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_close(db), SQLITE_OK);
    free(path);
}

static void every_statement_prepares_against_the_migrated_schema(void **state)
{
    sg_store *store = open_store(*state);
    for (int id = 0; id < SG_N_SQL; id++) {
        bool makes_table = sg_text_starts(sg_sql_query[id].name, "temp_") ||
                           sg_text_starts(sg_sql_query[id].name, "kind_");
        if ((store->statements[id] == NULL) != makes_table)
            fail_msg("'%s' was %s", sg_sql_query[id].name, makes_table ? "prepared" : "not prepared");
    }
    assert_int_equal(ask(store, "PRAGMA user_version"), SG_N_SQL_SCHEMA);
    assert_int_equal(ask(store, "SELECT count(*) FROM schema_file"), SG_N_SQL_SCHEMA);
    sg_store_close(store);
}

static int n_columns(sg_store *store, const char *table)
{
    char sql[160];
    (void)snprintf(sql, sizeof sql, "SELECT count(*) FROM pragma_table_info('%s')", table);
    return (int)ask(store, sql);
}

/* Fields in the field table, in the schema and in what is read: the same, in the same order. */
static void the_columns_of_rows_are_what_statements_ask_for(void **state)
{
    sg_store *store = open_store(*state);
    for (int kind = 0; kind < SG_N_KINDS; kind++) {
        const sg_kind_fields *table = sg_kind_table((sg_kind)kind);
        sqlite3_stmt *read = sg_kind_query(store, (sg_kind)kind, SG_ROWS_READ).statement;
        char sql[256];
        int n = 0;
        for (int i = 0; i < (int)table->n; i++) {
            const sg_field *field = &table->fields[i];
            bool asked = i == table->day || i == table->day_instead || i == table->end_day ||
                         i == table->college || i == table->program_year ||
                         strcmp(field->name, "contact_hours") == 0;
            (void)snprintf(
                sql, sizeof sql,
                "SELECT count(*) FROM pragma_table_info('%s') WHERE name = '%s' AND type = 'INTEGER'",
                table->name, field->name);
            assert_int_equal(ask(store, sql), asked);
            if (asked)
                assert_string_equal(sqlite3_column_name(read, SG_READ_FIRST_FIELD + n++), field->name);
        }
        assert_string_equal(sqlite3_column_name(read, SG_READ_FIRST_FIELD + n), "fields");
        assert_int_equal(sqlite3_column_count(read), SG_READ_FIRST_FIELD + n + 1);
        assert_int_equal(n_columns(store, table->name), SG_INSERT_FIRST_FIELD + n);
    }
    sg_store_close(store);
}

static void files_are_their_owners_alone_whatever_the_umask(void **state)
{
    static const char *const names[] = {"s.db", "s.db-wal", "s.db-shm"};
    mode_t before = umask(0);
    sg_store *store = reopen_store(*state);
    deliver(store, FULL(20000, BOTH, rows));
    for (size_t i = 0; i < N_OF(names); i++) {
        struct stat about;
        char *path = sg_tmpdir_path(*state, names[i]);
        assert_int_equal(stat(path, &about), 0);
        assert_int_equal(about.st_mode & 07777, 0600);
        free(path);
    }
    (void)umask(before);
    sg_store_close(store);
}

static void closing_leaves_one_file_after_writers_and_readers(void **state)
{
    sg_store *store = open_store(*state);
    deliver(store, FULL(20000, BOTH, rows));
    sg_store_close(store);
    assert_false(sg_tmpdir_exists(*state, "s.db-wal"));
    store = open_store_at(*state, "s.db", SG_STORE_READ);
    sg_store_close(store);
    assert_false(sg_tmpdir_exists(*state, "s.db-wal"));
    assert_false(sg_tmpdir_exists(*state, "s.db-shm"));
    sg_store_close(NULL);
}

static void what_was_committed_is_there_after_reopening(void **state)
{
    char before[SG_SHA256_TEXT], after[SG_SHA256_TEXT];
    sg_store *store = open_store(*state);
    deliver(store, FULL(20000, BOTH, rows));
    digest_of(store, before);
    sg_store_close(store);
    store = open_store(*state);
    digest_of(store, after);
    assert_string_equal(before, after);
    sg_store_close(store);
    store = open_store_at(*state, "s.db", SG_STORE_READ);
    digest_of(store, after);
    assert_string_equal(before, after);
    sg_store_close(store);
}

static void a_reader_cannot_write(void **state)
{
    sg_err err = {0};
    sg_store_close(open_store(*state));
    sg_store *store = open_store_at(*state, "s.db", SG_STORE_READ);
    sg_assert_status(sg_store_note_seen(store, SG_KIND_GAIN, 5, &err), SG_FAILED, &err);
    sg_assert_contains(err.message, "can't be written");
    sg_store_close(store);
}

static void without_a_database_a_reader_is_told_to_import(void **state)
{
    assert_refused(*state, "s.db", SG_STORE_READ, SG_USAGE, "skillgain import");
    assert_false(sg_tmpdir_exists(*state, "s.db"));
    sg_tmpdir_write_text(*state, "s.db", ""); /* made, and killed before anything was written */
    assert_refused(*state, "s.db", SG_STORE_READ, SG_USAGE, "skillgain import");
    sg_store_close(open_store(*state));
}

static void a_database_that_was_only_begun_is_begun_again(void **state)
{
    sg_tmpdir_write_text(*state, "s.db", "");
    meddle(*state, "s.db", "PRAGMA journal_mode = WAL");
    assert_refused(*state, "s.db", SG_STORE_READ, SG_USAGE, "skillgain import");
    sg_store *store = open_store(*state);
    deliver(store, FULL(20000, BOTH, rows));
    sg_store_close(store);
}

static void files_that_are_not_ours_are_refused_and_left_as_they_are(void **state)
{
    static const sg_store_mode modes[] = {SG_STORE_READ, SG_STORE_WRITE};
    static const char text[] =
        "this is no database, whatever its name may say; it is long enough to have a header";
    sg_tmpdir_write_text(*state, "text.db", text);
    sg_tmpdir_write_text(*state, "foreign.db", "");
    meddle(*state, "foreign.db", "CREATE TABLE t (x); INSERT INTO t VALUES (1)");
    size_t length = 0, after = 0;
    char *before_bytes = sg_tmpdir_read(*state, "foreign.db", &length);
    for (size_t i = 0; i < N_OF(modes); i++) {
        assert_refused(*state, "text.db", modes[i], SG_FAILED, "not a skillgain database");
        assert_refused(*state, "foreign.db", modes[i], SG_FAILED, "not a skillgain database");
    }
    char *after_bytes = sg_tmpdir_read(*state, "foreign.db", &after);
    assert_int_equal(length, after);
    assert_memory_equal(before_bytes, after_bytes, length);
    free(before_bytes);
    free(after_bytes);
}

static void links_and_folders_are_not_followed(void **state)
{
    char *target = sg_tmpdir_path(*state, "s.db"), *link = sg_tmpdir_path(*state, "link.db"),
         *linked = sg_tmpdir_path(*state, "linked"), *folder = sg_tmpdir_path(*state, "f.db");
    sg_store_close(open_store(*state));
    assert_int_equal(symlink(target, link), 0);
    assert_refused(*state, "link.db", SG_STORE_WRITE, SG_FAILED, "a link");
    assert_int_equal(mkdir(folder, 0700), 0);
    assert_refused(*state, "f.db", SG_STORE_WRITE, SG_FAILED, "no regular file");
    assert_refused(*state, "absent/s.db", SG_STORE_WRITE, SG_FAILED, "cannot reach the folder");
    /* a workspace that lies behind a link is the user's own affair */
    assert_int_equal(symlink(*state, linked), 0);
    sg_store_close(open_store_at(linked, "s.db", SG_STORE_WRITE));
    free(target);
    free(link);
    free(linked);
    free(folder);
}

static void a_newer_schema_is_refused_by_name_and_an_edited_one_too(void **state)
{
    sg_store_close(open_store(*state));
    meddle(*state, "s.db", "UPDATE schema_file SET sha256 = 'another'");
    assert_refused(*state, "s.db", SG_STORE_WRITE, SG_FAILED, "001_first.sql");
    meddle(*state, "s.db", "PRAGMA user_version = 99");
    assert_refused(*state, "s.db", SG_STORE_WRITE, SG_FAILED, "schema 99");
    assert_refused(*state, "s.db", SG_STORE_READ, SG_FAILED, "newer skillgain");
}

/* A store of the first schema: what the second one added is taken out again. */
static void an_older_schema_is_brought_up_to_date_with_all_its_rows(void **state)
{
    sg_store *store = open_store(*state);
    deliver(store, FULL(20000, BOTH, rows));
    int64_t batches = ask(store, "SELECT count(*) FROM batch"),
            stored = ask(store, "SELECT count(*) FROM enrollment");
    assert_true(batches > 0 && stored > 0);
    sg_store_close(store);
    meddle(*state, "s.db",
           "PRAGMA writable_schema = ON;"
           "UPDATE sqlite_schema SET sql = replace(sql, ', accepted INTEGER REFERENCES batch (id)', '')"
           " WHERE name = 'batch';"
           "DELETE FROM schema_file WHERE number > 1; PRAGMA user_version = 1");
    assert_refused(*state, "s.db", SG_STORE_READ, SG_USAGE, "older skillgain");
    store = open_store(*state);
    assert_int_equal(ask(store, "PRAGMA user_version"), SG_N_SQL_SCHEMA);
    assert_int_equal(ask(store, "SELECT count(*) FROM pragma_table_info('batch') WHERE name = 'accepted'"),
                     1);
    assert_int_equal(ask(store, "SELECT count(*) FROM batch WHERE accepted IS NULL"), batches);
    assert_int_equal(ask(store, "SELECT count(*) FROM enrollment"), stored);
    sg_store_close(store);
}

static void a_view_in_place_of_a_table_is_not_believed(void **state)
{
    sg_store_close(open_store(*state));
    meddle(*state, "s.db", "ALTER TABLE run RENAME TO run_table; CREATE VIEW run AS SELECT * FROM run_table");
    sg_err err = {0};
    sg_assert_status(try_open(*state, "s.db", SG_STORE_WRITE, &err), SG_FAILED, &err);
}

static void triggers_do_not_fire(void **state)
{
    sg_store_close(open_store(*state));
    meddle(*state, "s.db",
           "CREATE TRIGGER t AFTER INSERT ON batch BEGIN DELETE FROM meta; INSERT INTO meta VALUES ('x', "
           "'y'); END");
    sg_store *store = open_store(*state);
    deliver(store, FULL(20000, BOTH, rows));
    assert_int_equal(ask(store, "SELECT count(*) FROM meta"), 0);
    sg_store_close(store);
}

/* ---- key ---- */

static void a_store_belongs_to_the_key_that_made_it(void **state)
{
    sg_key first = {{1, 2, 3}}, second = {{1, 2, 4}};
    sg_err err = {0};
    sg_store *store = open_store(*state);
    sg_assert_ok(sg_store_check_key(store, &first, &err), &err);
    sg_assert_ok(sg_store_check_key(store, &first, &err), &err);
    sg_assert_status(sg_store_check_key(store, &second, &err), SG_USAGE, &err);
    sg_assert_contains(err.message, "another key");
    sg_store_close(store);
    store = open_store_at(*state, "s.db", SG_STORE_READ);
    sg_assert_ok(sg_store_check_key(store, &first, &err), &err);
    sg_assert_status(sg_store_check_key(store, &second, &err), SG_USAGE, &err);
    sg_store_close(store);
}

static void a_reader_accepts_any_key_where_none_is_remembered(void **state)
{
    sg_key key = {{9}};
    sg_err err = {0};
    sg_store_close(open_store(*state));
    sg_store *store = open_store_at(*state, "s.db", SG_STORE_READ);
    sg_assert_ok(sg_store_check_key(store, &key, &err), &err);
    sg_store_close(store);
}

#define IN_FOLDER(test) cmocka_unit_test_setup_teardown(test, sg_tmpdir_setup, sg_tmpdir_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_FOLDER(every_statement_prepares_against_the_migrated_schema),
        IN_FOLDER(the_columns_of_rows_are_what_statements_ask_for),
        IN_FOLDER(files_are_their_owners_alone_whatever_the_umask),
        IN_FOLDER(closing_leaves_one_file_after_writers_and_readers),
        IN_FOLDER(what_was_committed_is_there_after_reopening),
        IN_FOLDER(a_reader_cannot_write),
        IN_FOLDER(without_a_database_a_reader_is_told_to_import),
        IN_FOLDER(a_database_that_was_only_begun_is_begun_again),
        IN_FOLDER(files_that_are_not_ours_are_refused_and_left_as_they_are),
        IN_FOLDER(links_and_folders_are_not_followed),
        IN_FOLDER(a_newer_schema_is_refused_by_name_and_an_edited_one_too),
        IN_FOLDER(an_older_schema_is_brought_up_to_date_with_all_its_rows),
        IN_FOLDER(a_view_in_place_of_a_table_is_not_believed),
        IN_FOLDER(triggers_do_not_fire),
        IN_FOLDER(a_store_belongs_to_the_key_that_made_it),
        IN_FOLDER(a_reader_accepts_any_key_where_none_is_remembered),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
