/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Pieces that go from one thread to another: all of them, in order, however fast either is. A lost wake-up would stand still until
 * the alarm.
 */
#include "support/assert.h"
#include "support/dice.h"

#include <stdio.h>
#include <time.h>
#include <unistd.h>

#include "skillgain/base/ring.h"

enum { MOST_PLACES = 16, SECONDS = 60 };

static const size_t sizes[] = {2, 3, 4, 5, 7, 8, 16};
enum { N_SIZES = sizeof sizes / sizeof *sizes };

typedef enum { AT_ONCE, TAKER_SLOW, MAKER_SLOW, BOTH_UNEVEN, N_PACES } pace;

typedef struct {
    int places[MOST_PLACES]; /* 0: empty */
    int taken;               /* the last piece */
    int n_failed;            /* pieces that were taken as after a failure */
    int fails_at;            /* 0: never */
    bool disordered;
    bool is_slow;
    dice dice;
} belt;

static void dawdle(dice *d, bool slowly)
{
    const struct timespec pause = {.tv_nsec = 1000};
    if (slowly && throw(d, 20) == 0)
        (void)nanosleep(&pause, NULL);
}

/* On the ring's thread, where cmocka can't assert. */
static sg_status take(void *context, size_t place, bool failed, sg_err *err)
{
    belt *b = context;
    int piece = b->places[place];
    dawdle(&b->dice, b->is_slow);
    b->disordered = b->disordered || piece != b->taken + 1;
    b->taken = piece;
    b->places[place] = 0;
    b->n_failed += failed;
    return b->fails_at != 0 && piece >= b->fails_at && !failed ? sg_fail(err, SG_USAGE, "piece %d", piece)
                                                               : SG_OK;
}

/* Hands over n pieces, the last of them by finishing; how many the ring took before it told of a failure. */
static int run(belt *b, size_t n_places, int n, pace how, sg_status *out_status, sg_err *err)
{
    SG_CLEANUP(sg_ring_cleanup) sg_ring *ring = NULL;
    dice d = {.state = (uint64_t)n};
    int piece = 0;
    b->is_slow = how == TAKER_SLOW || how == BOTH_UNEVEN;
    b->dice.state = n_places;
    sg_assert_ok(sg_ring_new(n_places, take, b, &ring, err), err);
    sg_assert_ok(sg_ring_start(ring, err), err);
    *out_status = SG_OK;
    while (piece < n && *out_status == SG_OK) {
        size_t place = sg_ring_place(ring);
        assert_in_range(place, 0, n_places - 1);
        assert_int_equal(b->places[place], 0);
        b->places[place] = ++piece;
        dawdle(&d, how == MAKER_SLOW || how == BOTH_UNEVEN);
        if (piece < n)
            *out_status = sg_ring_hand_over(ring, err);
    }
    sg_status finished = sg_ring_finish(ring, *out_status == SG_OK && n > 0, err);
    assert_true(*out_status == SG_OK || finished == *out_status);
    *out_status = finished;
    assert_int_equal(sg_ring_finish(ring, false, err), finished);
    return piece;
}

static void every_piece_comes_once_and_in_order(void **state)
{
    static const int counts[] = {0, 1, 2, 3, 4, 5, 8, 15, 16, 17, 33, 300};
    (void)state;
    for (size_t s = 0; s < N_SIZES; s++)
        for (size_t c = 0; c < sizeof counts / sizeof counts[0]; c++)
            for (pace how = AT_ONCE; how < N_PACES; how++) {
                belt b = {0};
                sg_status status;
                sg_err err = {0};
                (void)run(&b, sizes[s], counts[c], how, &status, &err);
                sg_assert_ok(status, &err);
                assert_int_equal(b.taken, counts[c]);
                assert_false(b.disordered);
            }
}

static void many_pieces_come_once_and_in_order(void **state)
{
    (void)state;
    for (size_t s = 0; s < N_SIZES; s++) {
        belt b = {0};
        sg_status status;
        sg_err err = {0};
        (void)run(&b, sizes[s], 4000, AT_ONCE, &status, &err);
        sg_assert_ok(status, &err);
        assert_int_equal(b.taken, 4000);
        assert_false(b.disordered);
    }
}

static void a_failure_is_told_and_all_that_was_handed_over_is_emptied(void **state)
{
    static const int at[] = {1, 2, 3, 9, 40, 100};
    (void)state;
    for (size_t s = 0; s < N_SIZES; s++)
        for (size_t a = 0; a < sizeof at / sizeof at[0]; a++)
            for (pace how = AT_ONCE; how < N_PACES; how++) {
                belt b = {.fails_at = at[a]};
                sg_status status;
                sg_err err = {0};
                char message[32];
                int n = run(&b, sizes[s], 100, how, &status, &err);
                sg_assert_status(status, SG_USAGE, &err);
                (void)snprintf(message, sizeof message, "piece %d", at[a]);
                assert_string_equal(err.message, message);
                assert_false(b.disordered);
                assert_int_equal(b.taken, n);
                assert_int_equal(b.n_failed, n - at[a]);
                /* it is told of before the ring has gone round twice */
                assert_in_range(n, at[a], at[a] + (int)sizes[s] * 2);
            }
}

static void a_ring_that_is_given_up_empties_what_was_handed_over(void **state)
{
    (void)state;
    for (size_t s = 0; s < N_SIZES; s++)
        for (int n = 0; n < (int)sizes[s]; n++) {
            belt b = {0};
            sg_ring *ring = NULL;
            sg_err err = {0};
            sg_assert_ok(sg_ring_new(sizes[s], take, &b, &ring, &err), &err);
            sg_assert_ok(sg_ring_start(ring, &err), &err);
            for (int i = 1; i <= n; i++) {
                b.places[sg_ring_place(ring)] = i;
                sg_assert_ok(sg_ring_hand_over(ring, &err), &err);
            }
            sg_ring_free(ring);
            assert_int_equal(b.taken, n);
        }
}

static void a_ring_without_a_thread_ends_at_once(void **state)
{
    belt b = {0};
    sg_ring *ring = NULL;
    sg_err err = {0};
    (void)state;
    sg_assert_ok(sg_ring_new(2, take, &b, &ring, &err), &err);
    sg_assert_ok(sg_ring_finish(ring, false, &err), &err);
    sg_ring_free(ring);
    sg_ring_free(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_piece_comes_once_and_in_order),
        cmocka_unit_test(many_pieces_come_once_and_in_order),
        cmocka_unit_test(a_failure_is_told_and_all_that_was_handed_over_is_emptied),
        cmocka_unit_test(a_ring_that_is_given_up_empties_what_was_handed_over),
        cmocka_unit_test(a_ring_without_a_thread_ends_at_once),
    };
    (void)alarm(SECONDS);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
