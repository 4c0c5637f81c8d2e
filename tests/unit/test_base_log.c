/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "support/assert.h"
#include "support/tmpdir.h"

#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "skillgain/base/json.h"
#include "skillgain/base/log.h"

/* Standard error goes to a file from here to the end of capture. */
static int true_stderr = -1;

static void start_capture(const char *folder)
{
    char *path = sg_tmpdir_path(folder, "stderr");
    int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_APPEND | O_CLOEXEC, 0600);
    assert_true(fd >= 0);
    (void)fflush(stderr);
    true_stderr = dup(STDERR_FILENO);
    assert_true(true_stderr >= 0);
    assert_true(dup2(fd, STDERR_FILENO) >= 0);
    assert_int_equal(close(fd), 0);
    free(path);
}

static char *end_capture(const char *folder)
{
    (void)fflush(stderr);
    assert_true(dup2(true_stderr, STDERR_FILENO) >= 0);
    assert_int_equal(close(true_stderr), 0);
    return sg_tmpdir_read(folder, "stderr", NULL);
}

static void messages_are_lines_that_name_program_and_level(void **state)
{
    sg_log_setup(SG_LOG_DEBUG, SG_LOG_TEXT, false);
    start_capture(*state);
    sg_log(SG_LOG_ERROR, "cannot read '%s'", "a.csv");
    sg_log(SG_LOG_WARNING, "%d rows", 3);
    sg_log(SG_LOG_INFO, "done");
    sg_log(SG_LOG_DEBUG, "detail");
    char *text = end_capture(*state);
    assert_string_equal(text, "skillgain: error: cannot read 'a.csv'\n"
                              "skillgain: warning: 3 rows\n"
                              "skillgain: done\n"
                              "skillgain: debug: detail\n");
    free(text);
}

static void what_is_below_the_level_is_not_said(void **state)
{
    sg_log_setup(SG_LOG_WARNING, SG_LOG_TEXT, false);
    start_capture(*state);
    sg_log(SG_LOG_INFO, "quiet");
    sg_log(SG_LOG_DEBUG, "quiet");
    sg_log(SG_LOG_WARNING, "loud");
    char *text = end_capture(*state);
    assert_string_equal(text, "skillgain: warning: loud\n");
    free(text);
}

/* Line breaks, escape sequences (also of C1), line separators, right-to-left override, bytes that are no UTF-8. */
static const char hostile[] = "a\nerror: forged\r\t\x1b[31m\x7f\xc2\x9b"
                              "31m\xe2\x80\xa8\xe2\x80\xae\xff\"\\ \xc3\xa9";

static void data_can_not_forge_a_line_or_steer_a_terminal(void **state)
{
    sg_log_setup(SG_LOG_INFO, SG_LOG_TEXT, false);
    start_capture(*state);
    sg_log(SG_LOG_INFO, "%s", hostile);
    char *text = end_capture(*state);
    assert_string_equal(
        text, "skillgain: a\\u000aerror: forged\\u000d\\u0009\\u001b[31m\\u007f\\u009b31m\\u2028\\u202e"
              "\xef\xbf\xbd\"\\ \xc3\xa9\n");
    free(text);
}

static void json_lines_hold_the_message_exactly(void **state)
{
    sg_log_setup(SG_LOG_INFO, SG_LOG_JSON, false);
    start_capture(*state);
    sg_log(SG_LOG_WARNING, "%s\xf3\xa0\x80\x81", hostile); /* and a tag character beyond U+FFFF */
    char *text = end_capture(*state);
    assert_ptr_equal(strchr(text, '\n'), text + strlen(text) - 1);
    sg_json *line = NULL;
    sg_err err = {0};
    sg_assert_ok(sg_json_read(text, strlen(text), &line, &err), &err);
    assert_string_equal(sg_json_get_text(line, "level"), "warning");
    sg_assert_contains(sg_json_get_text(line, "message"), "a\nerror: forged\r\t\x1b[31m");
    sg_assert_contains(sg_json_get_text(line, "message"), "\xef\xbf\xbd\"\\ \xc3\xa9\xf3\xa0\x80\x81");
    const char *when = sg_json_get_text(line, "time");
    assert_int_equal(strlen(when), strlen("2024-07-01T00:00:00Z"));
    assert_int_equal(when[10], 'T');
    assert_int_equal(when[19], 'Z');
    sg_json_free(line);
    free(text);
}

static void the_longest_message_is_cut_but_its_line_is_whole(void **state)
{
    char *big = malloc(5001);
    assert_non_null(big);
    memset(big, '\x01', 5000); /* each becomes six characters */
    big[5000] = '\0';
    sg_log_setup(SG_LOG_INFO, SG_LOG_JSON, false);
    start_capture(*state);
    sg_log(SG_LOG_INFO, "%s", big);
    char *text = end_capture(*state);
    sg_json *line = NULL;
    sg_err err = {0};
    sg_assert_ok(sg_json_read(text, strlen(text), &line, &err), &err);
    assert_int_equal(strlen(sg_json_get_text(line, "message")), 1023);
    sg_json_free(line);
    free(text);
    free(big);
}

static void pause_ms(long ms)
{
    struct timespec wait = {.tv_sec = ms / 1000, .tv_nsec = ms % 1000 * 1000000};
    while (nanosleep(&wait, &wait) != 0)
        ;
}

static void progress_is_drawn_over_itself_and_gives_way_to_messages(void **state)
{
    sg_log_setup(SG_LOG_INFO, SG_LOG_TEXT, true);
    start_capture(*state);
    sg_progress(&(sg_progress_facts){.subject = "a\n.csv", .total = 50000});
    sg_log(SG_LOG_INFO, "x");
    sg_progress(&(sg_progress_facts){.subject = "b.csv", .rows = 1, .bytes = 40, .total = 80});
    sg_progress_end();
    sg_progress(&(sg_progress_facts){.subject = "c.csv", .rows = 12345, .bytes = 99});
    sg_progress_end();
    sg_progress(&(sg_progress_facts){.subject = "c.csv", .rows = 12345, .step = "storing them"});
    sg_progress_end();
    sg_progress_end();
    char *text = end_capture(*state);
    assert_string_equal(text, "\r\033[Ka\\u000a.csv: 0 rows, 0 %"
                              "\r\033[Kskillgain: x\n"
                              "\r\033[Kb.csv: 1 row, 50 %\r\033[K"
                              "\r\033[Kc.csv: 12,345 rows\r\033[K"
                              "\r\033[Kc.csv: 12,345 rows read, storing them\r\033[K");
    free(text);
}

static void progress_tells_rate_share_and_the_time_left_once_they_can_be_told(void **state)
{
    enum { MB = 1000000 };
    sg_log_setup(SG_LOG_INFO, SG_LOG_TEXT, true);
    start_capture(*state);
    sg_progress(&(sg_progress_facts){.subject = "a", .total = 4 * MB});
    pause_ms(600);
    sg_progress(&(sg_progress_facts){.subject = "a", .rows = 5000, .bytes = MB, .total = 4 * MB});
    sg_progress_end();
    char *text = end_capture(*state);
    int whole = 0, tenth = 0, left = 0, ended = 0;
    const char *second = strstr(text, "a: 5,000");
    assert_non_null(second);
    assert_int_equal(
        sscanf(second, "a: 5,000 rows, %d.%d MB/s, 25 %%, %d s left%n", &whole, &tenth, &left, &ended), 3);
    assert_string_equal(second + ended, "\r\033[K");
    /* 1 MB in 0.6 s or more: 1.7 MB/s at most, and three times as long for the rest */
    assert_in_range(10 * whole + tenth, 0, 17);
    assert_in_range(left, 2, 100);
    free(text);
}

static void a_long_time_left_is_told_in_minutes_and_a_long_name_is_cut(void **state)
{
    sg_log_setup(SG_LOG_INFO, SG_LOG_TEXT, true);
    start_capture(*state);
    sg_progress(&(sg_progress_facts){.subject = "a"});
    pause_ms(600);
    sg_progress(&(sg_progress_facts){
        .subject = "enrollment-of-all-colleges-a\xc3\xa9vreux.csv", .bytes = 1, .total = 1000});
    sg_progress_end();
    char *text = end_capture(*state);
    assert_non_null(strstr(text, "\r\033[Kenrollment-of-all-colleges-a...: 0 rows, 0.0 MB/s, 0 %, "));
    assert_non_null(strstr(text, " min left\r\033[K"));
    free(text);
}

static void progress_is_not_redrawn_for_every_row(void **state)
{
    sg_log_setup(SG_LOG_INFO, SG_LOG_TEXT, true);
    start_capture(*state);
    for (int64_t i = 0; i < 100000; i++)
        sg_progress(&(sg_progress_facts){.subject = "rows", .rows = i, .bytes = i, .total = 1000000});
    sg_progress_end();
    char *text = end_capture(*state);
    assert_true(strlen(text) < 20000);
    free(text);
}

static void no_progress_is_drawn_where_it_is_off(void **state)
{
    sg_log_setup(SG_LOG_INFO, SG_LOG_TEXT, false);
    start_capture(*state);
    sg_progress(&(sg_progress_facts){.subject = "rows", .rows = 1});
    sg_progress_end();
    char *text = end_capture(*state);
    assert_string_equal(text, "");
    free(text);
}

static void *log_many(void *unused)
{
    for (int i = 0; i < 500; i++)
        sg_log(SG_LOG_INFO, "a line of %s", "one thread");
    return unused;
}

static void lines_of_threads_do_not_mix(void **state)
{
    pthread_t threads[4];
    sg_log_setup(SG_LOG_INFO, SG_LOG_TEXT, false);
    start_capture(*state);
    for (size_t i = 0; i < 4; i++)
        assert_int_equal(pthread_create(&threads[i], NULL, log_many, NULL), 0);
    for (size_t i = 0; i < 4; i++)
        assert_int_equal(pthread_join(threads[i], NULL), 0);
    char *text = end_capture(*state);
    static const char want[] = "skillgain: a line of one thread\n";
    assert_int_equal(strlen(text), 2000 * (sizeof want - 1));
    for (size_t i = 0; i < 2000; i++)
        assert_memory_equal(text + i * (sizeof want - 1), want, sizeof want - 1);
    free(text);
}

static void a_closed_standard_error_is_no_failure(void **state)
{
    (void)state;
    int kept = dup(STDERR_FILENO);
    assert_true(kept >= 0);
    sg_log_setup(SG_LOG_INFO, SG_LOG_TEXT, true);
    assert_int_equal(close(STDERR_FILENO), 0);
    sg_log(SG_LOG_ERROR, "nobody hears this");
    sg_progress(&(sg_progress_facts){.subject = "rows", .rows = 1});
    sg_progress_end();
    assert_int_equal(dup2(kept, STDERR_FILENO), STDERR_FILENO);
    assert_int_equal(close(kept), 0);
}

#define WITH_FOLDER(test) cmocka_unit_test_setup_teardown(test, sg_tmpdir_setup, sg_tmpdir_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_FOLDER(messages_are_lines_that_name_program_and_level),
        WITH_FOLDER(what_is_below_the_level_is_not_said),
        WITH_FOLDER(data_can_not_forge_a_line_or_steer_a_terminal),
        WITH_FOLDER(json_lines_hold_the_message_exactly),
        WITH_FOLDER(the_longest_message_is_cut_but_its_line_is_whole),
        WITH_FOLDER(progress_is_drawn_over_itself_and_gives_way_to_messages),
        WITH_FOLDER(progress_tells_rate_share_and_the_time_left_once_they_can_be_told),
        WITH_FOLDER(a_long_time_left_is_told_in_minutes_and_a_long_name_is_cut),
        WITH_FOLDER(progress_is_not_redrawn_for_every_row),
        WITH_FOLDER(no_progress_is_drawn_where_it_is_off),
        WITH_FOLDER(lines_of_threads_do_not_mix),
        cmocka_unit_test(a_closed_standard_error_is_no_failure),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
