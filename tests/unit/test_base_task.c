/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "support/assert.h"

#include <stdatomic.h>
#include <time.h>

#include "skillgain/base/task.h"

enum { MAX_PIECES = 1000, MAX_JOBS = 8 };

static const size_t sizes[] = {0, 1, 2, 3, 7, 8, 9, 63, 64, 65, 100, 999, 1000};
enum { N_SIZES = sizeof sizes / sizeof *sizes };

typedef struct {
    atomic_int runs[MAX_PIECES];
    bool fails[MAX_PIECES];
} work_log;

static work_log *fresh_log(void)
{
    static work_log log;

    for (size_t i = 0; i < MAX_PIECES; i++) {
        atomic_store(&log.runs[i], 0);
        log.fails[i] = false;
    }
    return &log;
}

static sg_status work(void *context, size_t i, sg_err *err)
{
    work_log *log = context;

    atomic_fetch_add(&log->runs[i], 1);
    return log->fails[i] ? sg_fail(err, i % 2 ? SG_USAGE : SG_FAILED, "piece %zu", i) : SG_OK;
}

static void expect_each_ran_once(work_log *log, size_t n)
{
    for (size_t i = 0; i < MAX_PIECES; i++)
        assert_int_equal(atomic_load(&log->runs[i]), i < n ? 1 : 0);
}

static void every_piece_runs_exactly_once_on_any_number_of_threads(void **state)
{
    (void)state;
    for (int jobs = 1; jobs <= MAX_JOBS; jobs++)
        for (size_t s = 0; s < N_SIZES; s++) {
            work_log *log = fresh_log();
            sg_err err = {0};

            sg_assert_ok(sg_tasks_run(jobs, sizes[s], work, log, &err), &err);
            expect_each_ran_once(log, sizes[s]);
        }
}

static void the_first_failure_by_index_is_returned_and_the_others_are_done(void **state)
{
    (void)state;
    for (int jobs = 1; jobs <= MAX_JOBS; jobs++) {
        work_log *log = fresh_log();
        sg_err err = {0};

        log->fails[37] = log->fails[38] = log->fails[400] = log->fails[999] = true;
        sg_assert_status(sg_tasks_run(jobs, MAX_PIECES, work, log, &err), SG_USAGE, &err);
        assert_int_equal(err.code, SG_USAGE);
        assert_string_equal(err.message, "piece 37");
        expect_each_ran_once(log, MAX_PIECES);
    }
}

/* Piece 3 fails only after piece 40 has begun, which another thread has come to by way of the failing piece 7. */
static sg_status work_late(void *context, size_t i, sg_err *err)
{
    const struct timespec pause = {.tv_nsec = 1000000};
    work_log *log = context;

    for (int n = 0; i == 3 && !atomic_load(&log->runs[40]) && n < 5000; n++)
        (void)nanosleep(&pause, NULL);
    return work(context, i, err);
}

static void a_failure_that_comes_late_is_still_the_first_by_index(void **state)
{
    work_log *log = fresh_log();
    sg_err err = {0};

    (void)state;
    log->fails[3] = log->fails[7] = true;
    sg_assert_status(sg_tasks_run(2, 50, work_late, log, &err), SG_USAGE, &err);
    assert_string_equal(err.message, "piece 3");
    expect_each_ran_once(log, 50);
}

static void a_failure_of_every_piece_is_that_of_the_first(void **state)
{
    work_log *log = fresh_log();
    sg_err err = {0};

    (void)state;
    for (size_t i = 0; i < MAX_PIECES; i++)
        log->fails[i] = true;
    sg_assert_status(sg_tasks_run(4, MAX_PIECES, work, log, &err), SG_FAILED, &err);
    assert_string_equal(err.message, "piece 0");
    expect_each_ran_once(log, MAX_PIECES);
}

static void a_failure_without_a_place_for_its_message_is_returned(void **state)
{
    work_log *log = fresh_log();

    (void)state;
    log->fails[5] = true;
    sg_assert_status(sg_tasks_run(3, 10, work, log, NULL), SG_USAGE, NULL);
    expect_each_ran_once(log, 10);
}

static void success_leaves_the_callers_message_alone(void **state)
{
    sg_err err = {.code = SG_HELD, .message = "before"};

    (void)state;
    sg_assert_ok(sg_tasks_run(2, 50, work, fresh_log(), &err), &err);
    assert_int_equal(err.code, SG_HELD);
    assert_string_equal(err.message, "before");
}

static void no_thread_asked_for_still_does_the_work(void **state)
{
    static const int few[] = {0, -3};

    (void)state;
    for (size_t i = 0; i < sizeof few / sizeof *few; i++) {
        work_log *log = fresh_log();
        sg_err err = {0};

        sg_assert_ok(sg_tasks_run(few[i], 100, work, log, &err), &err);
        expect_each_ran_once(log, 100);
    }
}

static void more_threads_than_the_limit_do_the_work_once(void **state)
{
    work_log *log = fresh_log();
    sg_err err = {0};

    (void)state;
    sg_assert_ok(sg_tasks_run(1000, MAX_PIECES, work, log, &err), &err);
    expect_each_ran_once(log, MAX_PIECES);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_piece_runs_exactly_once_on_any_number_of_threads),
        cmocka_unit_test(the_first_failure_by_index_is_returned_and_the_others_are_done),
        cmocka_unit_test(a_failure_that_comes_late_is_still_the_first_by_index),
        cmocka_unit_test(a_failure_of_every_piece_is_that_of_the_first),
        cmocka_unit_test(a_failure_without_a_place_for_its_message_is_returned),
        cmocka_unit_test(success_leaves_the_callers_message_alone),
        cmocka_unit_test(no_thread_asked_for_still_does_the_work),
        cmocka_unit_test(more_threads_than_the_limit_do_the_work_once),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
