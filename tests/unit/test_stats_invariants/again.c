/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What must hold of figures that are worked out again and again: shuffled labels, colleges left out, signs drawn. */
#include <math.h>
#include <string.h>

#include "drawn.h"
#include "support/assert.h"

enum { SHUFFLES = 29, LONELY = 6 };

/* ---- shuffled labels ---- */

typedef struct {
    double y[MOST_ROWS];
    bool iet[MOST_ROWS];
    size_t strata[MOST_ROWS];
    size_t n;
} labels;

static sg_permutation permute(const labels *l)
{
    const sg_stream stream = {5, "labels"};
    const sg_labelled learners = {l->y, l->iet, l->strata, l->n, N_LEVELS + 1};
    double values[SHUFFLES];
    sg_permutation p;
    sg_err err = {0};

    sg_assert_ok(sg_permutation_test(&learners, &stream, values, SHUFFLES, &p, &err), &err);
    return p;
}

static void assert_same_p(const sg_permutation *p, const sg_permutation *q, double sign)
{
    assert_int_equal(p->status, q->status);
    if (p->status != SG_EST_OK)
        return;
    sg_assert_close(q->statistic, sign * p->statistic, 1e-14, 0.0);
    sg_assert_close(q->count, p->count, 0.0, 0.0);
    sg_assert_close(q->p, p->p, 0.0, 0.0);
}

static void check_labels(dice *d, const drawn *m)
{
    labels plain = {.n = m->sample.n_rows}, swapped, lonely, by_strata = {.n = m->sample.n_rows};
    size_t at = 0;

    for (size_t i = 0; i < plain.n; i++) {
        plain.y[i] = m->success[i];
        plain.iet[i] = m->arm[i] == 1;
        plain.strata[i] = m->level[i];
    }
    swapped = lonely = plain;
    for (size_t i = 0; i < plain.n; i++)
        swapped.iet[i] = !plain.iet[i];
    lonely.n = plain.n + LONELY;
    for (size_t i = plain.n; i < lonely.n; i++) {
        lonely.y[i] = throw(d, 2);
        lonely.iet[i] = true;
        lonely.strata[i] = N_LEVELS;
    }
    /* strata in turn, the learners of each in their order */
    for (size_t s = 0; s < N_LEVELS; s++) {
        for (size_t i = 0; i < plain.n; i++) {
            if (plain.strata[i] != s)
                continue;
            by_strata.y[at] = plain.y[i];
            by_strata.iet[at] = plain.iet[i];
            by_strata.strata[at++] = s;
        }
    }
    const sg_permutation p = permute(&plain), q = permute(&swapped), r = permute(&lonely),
                         t = permute(&by_strata);
    assert_same_p(&p, &q, -1.0);
    assert_same_p(&p, &r, 1.0);
    assert_same_p(&p, &t, 1.0);
}

void permuted_labels_know_no_arm_and_no_stratum_of_one_arm(void **state)
{
    dice d = {41};
    drawn m;

    (void)state;
    for (int i = 0; i < N_MODELS; i++) {
        draw_good_sample(&d, &m);
        check_labels(&d, &m);
    }
}

/* ---- colleges left out, signs drawn ---- */

typedef struct {
    sg_gcomp_jackknife_result gcomp;
    sg_figure ate, ato;
    sg_wild_result wild;
} refits;

static void refit(const sg_observations *sample, const sg_model *model, refits *out)
{
    const sg_jackknife_plan plan = {0.9, 1};
    size_t failed;
    sg_err err = {0};

    sg_assert_ok(sg_gcomp_jackknife(sample, model, SG_TARGET_ALL, &plan, &out->gcomp, &err), &err);
    sg_assert_ok(sg_weighting_jackknife(sample, model, SG_ESTIMAND_ATE, &plan, &out->ate, &failed, &err),
                 &err);
    sg_assert_ok(sg_weighting_jackknife(sample, model, SG_ESTIMAND_ATO, &plan, &out->ato, &failed, &err),
                 &err);
    sg_assert_ok(sg_wild_cluster(sample, model, 1, 0, 1, &out->wild, &err), &err);
}

static void assert_same_figure(const sg_figure *f, const sg_figure *g, double sign)
{
    assert_int_equal(f->status, g->status);
    if (f->status != SG_EST_OK)
        return;
    sg_assert_close(g->estimate, sign * f->estimate, 1e-9, 1e-7);
    if (isnan(f->std_error) ||
        f->std_error < 1e-9) /* no college changes it: rounding decides whether there is an error */
        return;
    sg_assert_close(g->std_error, f->std_error, 1e-9, 1e-6);
    sg_assert_close(g->low, sign > 0.0 ? f->low : -f->high, 1e-8, 1e-6);
    sg_assert_close(g->p_value, f->p_value, 1e-8, 1e-6);
}

static void assert_same_wild(const sg_wild_result *f, const sg_wild_result *g, double sign)
{
    if (strcmp(f->note, "no standard error") == 0 || strcmp(g->note, "no standard error") == 0 ||
        fabs(f->t) > 1e8)
        return; /* the model fits to the last learner: rounding decides whether there is an error */
    assert_int_equal(f->status, g->status);
    if (f->status != SG_EST_OK)
        return;
    sg_assert_close(g->t, sign * f->t, 1e-8, 1e-7);
    sg_assert_close(g->draws, f->draws, 0.0, 0.0);
    sg_assert_close(g->count, f->count, 0.0, 0.0);
}

static void check_refits(dice *d, const drawn *m, sg_arena *arena, bool of_jackknife)
{
    const size_t n = m->sample.n_rows;
    drawn swapped, turned;
    size_t order[MOST_DRAWN];
    sg_observations patterns;
    refits a, b, c, e;
    sg_err err = {0};

    shuffle(d, order, n);
    for (size_t i = 0; i < n; i++) {
        take_row(&swapped, i, m, i);
        swapped.arm[i] = m->arm[i] == 1 ? 0 : 1;
        take_row(&turned, i, m, order[i]);
    }
    take_rows(&swapped, n);
    take_rows(&turned, n);
    sg_assert_ok(sg_observations_aggregate(&turned.sample, arena, &patterns, &err), &err);
    refit(&m->sample, &m->model, &a);
    refit(&swapped.sample, &m->model, &b);
    refit(&turned.sample, &m->model, &c);
    refit(&patterns, &m->model, &e);
    if (!of_jackknife) {
        assert_same_wild(&a.wild, &b.wild, -1.0);
        assert_same_wild(&a.wild, &c.wild, 1.0);
        assert_same_wild(&a.wild, &e.wild, 1.0);
        return;
    }
    const refits *const same[] = {&c, &e};
    assert_same_figure(&a.gcomp.difference, &b.gcomp.difference, -1.0);
    assert_same_figure(&a.ate, &b.ate, -1.0);
    assert_same_figure(&a.ato, &b.ato, -1.0);
    for (size_t i = 0; i < 2; i++) {
        assert_same_figure(&a.gcomp.difference, &same[i]->gcomp.difference, 1.0);
        assert_same_figure(&a.ate, &same[i]->ate, 1.0);
        assert_same_figure(&a.ato, &same[i]->ato, 1.0);
    }
}

static void check_jackknife(dice *d, const drawn *m, sg_arena *arena)
{
    check_refits(d, m, arena, true);
}

void a_jackknife_knows_no_arm_and_no_order(void **state)
{
    (void)state;
    for_drawn(42, N_REFITS, check_jackknife);
}

static void check_wild(dice *d, const drawn *m, sg_arena *arena)
{
    check_refits(d, m, arena, false);
}

void a_wild_bootstrap_knows_no_arm_and_no_order(void **state)
{
    (void)state;
    for_drawn(43, N_REFITS, check_wild);
}

/* ---- leaving out is not having ---- */

static const sg_aipw_options CLIP = {0.01, 0.99, SG_SEPARATED_FIRTH};

typedef struct {
    double gcomp, att, ate, augmented;
} estimates;

/* NaN where there is none. */
static estimates estimate_all(const sg_observations *sample, const sg_model *model, sg_arena *arena)
{
    sg_gcomp_result gcomp;
    sg_weighting_result att, ate;
    sg_aipw_result augmented;
    sg_err err = {0};

    sg_assert_ok(sg_gcomp(sample, model, SG_TARGET_IET, 0.9, arena, &gcomp, &err), &err);
    sg_assert_ok(sg_weighting(sample, model, SG_ESTIMAND_ATT, 0.9, arena, &att, &err), &err);
    sg_assert_ok(sg_weighting(sample, model, SG_ESTIMAND_ATE, 0.9, arena, &ate, &err), &err);
    sg_assert_ok(sg_aipw(sample, model, &CLIP, 0.9, arena, &augmented, &err), &err);
    return (estimates){gcomp.difference.estimate, att.difference.estimate, ate.difference.estimate,
                       augmented.att.estimate};
}

static bool is_elsewhere(const sg_observations *sample, size_t row, void *context)
{
    const size_t *cluster = context;

    return sample->cluster[row] != *cluster;
}

/* The error by its definition, from samples that have no learner of the cluster; NaN: one has no estimate. */
static void add_squares(const estimates *whole, const estimates *part, double squares[4])
{
    squares[0] += (part->gcomp - whole->gcomp) * (part->gcomp - whole->gcomp);
    squares[1] += (part->att - whole->att) * (part->att - whole->att);
    squares[2] += (part->ate - whole->ate) * (part->ate - whole->ate);
    squares[3] += (part->augmented - whole->augmented) * (part->augmented - whole->augmented);
}

static void assert_error(const sg_figure *figure, double whole, double squares, size_t g)
{
    const double expected = sqrt(((double)g - 1.0) / (double)g * squares);

    assert_int_equal(figure->status == SG_EST_OK, isfinite(whole) && isfinite(squares));
    if (figure->status != SG_EST_OK)
        return;
    sg_assert_close(figure->estimate, whole, 1e-9, 1e-8);
    if (expected >= 1e-9) /* else no college changes it: rounding decides whether there is an error */
        sg_assert_close(figure->std_error, expected, 1e-7, 1e-6);
}

static void check_leaving_out(dice *d, const drawn *m, sg_arena *arena)
{
    const sg_jackknife_plan plan = {0.9, 1 + (int) throw(d, 3)};
    const estimates whole = estimate_all(&m->sample, &m->model, arena);
    double squares[4] = {0.0};
    sg_gcomp_jackknife_result gcomp;
    sg_aipw_jackknife_result augmented;
    sg_figure att, ate;
    size_t g = 0, failed;
    sg_err err = {0};

    for (size_t cluster = 0; cluster < m->sample.n_clusters; cluster++) {
        sg_observations rest;
        sg_assert_ok(sg_observations_select(&m->sample, is_elsewhere, &cluster, arena, &rest, &err), &err);
        if (rest.n_rows == m->sample.n_rows)
            continue;
        const estimates part = estimate_all(&rest, &m->model, arena);
        add_squares(&whole, &part, squares);
        g++;
    }
    if (g < 2)
        return;
    sg_assert_ok(sg_gcomp_jackknife(&m->sample, &m->model, SG_TARGET_IET, &plan, &gcomp, &err), &err);
    sg_assert_ok(sg_weighting_jackknife(&m->sample, &m->model, SG_ESTIMAND_ATT, &plan, &att, &failed, &err),
                 &err);
    sg_assert_ok(sg_weighting_jackknife(&m->sample, &m->model, SG_ESTIMAND_ATE, &plan, &ate, &failed, &err),
                 &err);
    sg_assert_ok(sg_aipw_jackknife(&m->sample, &m->model, &CLIP, &plan, &augmented, &err), &err);
    assert_error(&gcomp.difference, whole.gcomp, squares[0], g);
    assert_error(&att, whole.att, squares[1], g);
    assert_error(&ate, whole.ate, squares[2], g);
    assert_error(&augmented.att, whole.augmented, squares[3], g);
}

void leaving_a_college_out_is_not_having_it(void **state)
{
    (void)state;
    for_drawn(44, N_REFITS, check_leaving_out);
}
