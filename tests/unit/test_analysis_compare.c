/* SPDX-License-Identifier: GPL-3.0-or-later */
/* compare when memory is short: whichever allocation fails, it says so. What its figures are is the matter of tests/e2e/compare.sh. */
#include "support/assert.h"

#include <string.h>

#include "base/mem_hook.h"
#include "skillgain/analysis/compare.h"
#include "skillgain/base/text.h"
#include "skillgain/ingest/frame.h"
#include "skillgain/stats.h"
#include "support/dice.h"

enum { ROWS = 72, ALL_UP_TO = 200, STEP = 131, MOST = 1000000 };

static const char *const GROUPS[] = {"level"}, *const COVARIATES[] = {"level", "number"},
                         *const STRATA[] = {"year"}, *const ALL[] = {"all"};

static void make_table(sg_str *out)
{
    dice d = {9};

    sg_str_add(out, "iet,msg,level,number,year,college,days,hours\n");
    for (unsigned i = 0; i < ROWS; i++) {
        const unsigned arm = throw(&d, 2), level = throw(&d, 3);
        const unsigned msg = throw(&d, 10) < 3 + 2 * arm + level ? 1 : 0, number = throw(&d, 5);

        sg_str_printf(out, "%u,%u,%c,%.0u,%u,c%u,%u,%u\n", arm, msg, (int)('a' + level), number,
                      2020 + throw(&d, 2), i % 6, 1 + throw(&d, 90), throw(&d, 60));
    }
}

/* Reading the table, too, takes memory; *out_rows: how many rows and notes came of it. */
static sg_status run(const sg_str *table, const sg_compare_request *request, size_t *out_rows, sg_err *err)
{
    sg_arena *arena = sg_arena_new();
    sg_frame frame = {0};
    sg_compare_result result = {0};
    sg_status status = SG_NO_MEMORY;

    if (arena != NULL) {
        status = sg_frame_read(arena, sg_str_text(table), table->length, &frame, err);
        if (status == SG_OK)
            status = sg_compare(&frame, request, &result, err);
        *out_rows = result.n + result.n_notes;
    }
    sg_arena_free(arena);
    return status;
}

static void check_request(const sg_compare_request *request)
{
    sg_str table = {0};
    size_t want = 0, got = 0;
    long nth;
    sg_err err = {0};

    make_table(&table);
    sg_assert_ok(run(&table, request, &want, &err), &err);
    assert_true(want > 3);
    for (nth = 1; nth < MOST; nth += nth < ALL_UP_TO ? 1 : STEP) {
        sg_mem_fail_at(nth);
        const sg_status status = run(&table, request, &got, &err);
        sg_mem_fail_at(0);
        if (status == SG_OK)
            break;
        if (status != SG_NO_MEMORY)
            fail_msg("allocation %ld: another status: %s", nth, err.message);
    }
    assert_true(nth > 50 && nth < MOST);
    assert_int_equal(got, want);
    sg_str_release(&table);
}

static void memory_that_is_short_is_a_status_of_a_comparison(void **state)
{
    const sg_compare_request shares = {.arm = "iet",
                                       .outcome = "msg",
                                       .cluster = "college",
                                       .time = "days",
                                       .groups = {GROUPS, 1},
                                       .covariates = {COVARIATES, 2},
                                       .strata = {STRATA, 1},
                                       .methods = {ALL, 1},
                                       .caliper = 0.2,
                                       .caliper_in_sd = true,
                                       .ratio = 2,
                                       .confidence = 0.9,
                                       .n_replicates = 19,
                                       .jobs = 1};
    sg_compare_request without_clusters = shares, amounts = shares;

    (void)state;
    without_clusters.cluster = NULL;
    amounts.outcome = "hours";
    amounts.time = NULL;
    check_request(&shares);
    check_request(&without_clusters);
    check_request(&amounts);
}

static void memory_that_is_short_is_a_status_of_a_single_table(void **state)
{
    const sg_compare_table table = {12, 40, 9, 51};
    const sg_compare_request request = {
        .caliper = 0.2, .confidence = 0.95, .ratio = 1, .n_replicates = 99, .jobs = 1};
    sg_compare_result result;
    long nth;
    sg_err err = {0};

    (void)state;
    for (nth = 1; nth < MOST; nth++) {
        sg_arena *arena = sg_arena_new();
        assert_non_null(arena);
        sg_mem_fail_at(nth);
        const sg_status status = sg_compare_single(&table, &request, arena, &result, &err);
        sg_mem_fail_at(0);
        if (status != SG_OK)
            sg_assert_status(status, SG_NO_MEMORY, &err);
        sg_arena_free(arena);
        if (status == SG_OK)
            break;
    }
    assert_true(nth > 1);
}

static int start(void **state)
{
    (void)state;
    sg_stats_init();
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(memory_that_is_short_is_a_status_of_a_comparison),
        cmocka_unit_test(memory_that_is_short_is_a_status_of_a_single_table),
    };
    return cmocka_run_group_tests(tests, start, NULL);
}
