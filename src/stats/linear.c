/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "linear.h"

#include <string.h>

#include <gsl/gsl_eigen.h>

#include "figure.h"
#include "robust.h"
#include "skillgain/stats/jackknife.h"
#include "skillgain/stats/linear.h"

/* ---- CR2 ---- */

/* In coordinates in which (X'X)^-1 = L L' and Z = X_g L: Z'Z = E diag(lam) E', (I - Z Z')^-1/2 Z = Z E diag(d) E' with
 * d = (1 - lam)^-1/2. Everything that is needed of a cluster's rows is in E, lam and L's_g. */
typedef struct {
    size_t k, g;
    double *lower;            /* L */
    double *vectors, *values; /* of each cluster: E, k by k, and lam */
} rotations;

/* L'A L */
static void transform(const double *lower, const double *a, size_t k, double *scratch, double *out)
{
    for (size_t i = 0; i < k; i++) {
        for (size_t j = 0; j < k; j++) {
            double sum = 0.0;
            for (size_t m = j; m < k; m++)
                sum += a[i * k + m] * lower[m * k + j];
            scratch[i * k + j] = sum;
        }
    }
    for (size_t i = 0; i < k; i++) {
        for (size_t j = 0; j < k; j++) {
            double sum = 0.0;
            for (size_t m = i; m < k; m++)
                sum += lower[m * k + i] * scratch[m * k + j];
            out[i * k + j] = sum;
        }
    }
}

/* Eigenvalues and vectors (in columns) of a symmetric matrix, which is spoilt. false: GSL failed. */
static bool find_eigen(double *matrix, size_t k, double *values, double *vectors)
{
    gsl_eigen_symmv_workspace *workspace = gsl_eigen_symmv_alloc(k);
    gsl_matrix_view m = gsl_matrix_view_array(matrix, k, k), v = gsl_matrix_view_array(vectors, k, k);
    gsl_vector_view e = gsl_vector_view_array(values, k);
    const bool good = workspace != NULL && gsl_eigen_symmv(&m.matrix, &e.vector, &v.matrix, workspace) == 0;

    if (workspace != NULL)
        gsl_eigen_symmv_free(workspace);
    return good;
}

static sg_status rotate(const sg_least_squares *ls, sg_arena *arena, rotations *out, bool *out_good,
                        sg_err *err)
{
    const size_t k = ls->k;
    double *scratch = sg_arena_alloc(arena, 2 * k * k, sizeof *scratch);

    *out = (rotations){.k = k,
                       .g = ls->g,
                       .lower = sg_arena_alloc(arena, k * k, sizeof(double)),
                       .vectors = sg_arena_alloc(arena, ls->g * k * k + 1, sizeof(double)),
                       .values = sg_arena_alloc(arena, ls->g * k + 1, sizeof(double))};
    if (scratch == NULL || out->lower == NULL || out->vectors == NULL || out->values == NULL)
        return sg_no_memory(err);
    *out_good = sg_cholesky(ls->bread, k, out->lower);
    for (size_t g = 0; g < ls->g && *out_good; g++) {
        transform(out->lower, ls->gram + g * k * k, k, scratch, scratch + k * k);
        *out_good = find_eigen(scratch + k * k, k, out->values + g * k, out->vectors + g * k * k);
    }
    return SG_OK;
}

/* d = (1 - lam)^-1/2, and 0 where the cluster alone determines the direction. */
static double stretch(double lambda)
{
    return 1.0 - lambda < 1e-10 ? 0.0 : 1.0 / sqrt(1.0 - lambda);
}

/* out = E diag(f) E' x, f being d, or lam d where `times_lambda`. */
static void apply(const rotations *r, size_t g, bool times_lambda, const double *x, double *out)
{
    const size_t k = r->k;
    const double *vectors = r->vectors + g * k * k, *values = r->values + g * k;

    memset(out, 0, k * sizeof *out);
    for (size_t m = 0; m < k; m++) {
        double part = 0.0;
        for (size_t i = 0; i < k; i++)
            part += vectors[i * k + m] * x[i];
        part *= stretch(values[m]) * (times_lambda ? values[m] : 1.0);
        for (size_t i = 0; i < k; i++)
            out[i] += vectors[i * k + m] * part;
    }
}

/* L' x */
static void apply_lower(const rotations *r, const double *x, double *out)
{
    for (size_t j = 0; j < r->k; j++) {
        out[j] = 0.0;
        for (size_t i = j; i < r->k; i++)
            out[j] += r->lower[i * r->k + j] * x[i];
    }
}

/* V = sum of (L E d E' L's_g)(.)': k by k. buffer: 3 k. */
static void find_cr2(const sg_least_squares *ls, const rotations *r, double *buffer, double *out)
{
    const size_t k = r->k;

    memset(out, 0, k * k * sizeof *out);
    for (size_t g = 0; g < r->g; g++) {
        double *rotated = buffer, *stretched = buffer + k, *score = buffer + 2 * k;
        apply_lower(r, ls->scores + g * k, rotated);
        apply(r, g, false, rotated, stretched);
        for (size_t i = 0; i < k; i++)
            score[i] = sg_dot(r->lower + i * k, stretched, k);
        for (size_t i = 0; i < k; i++) {
            for (size_t j = 0; j < k; j++)
                out[i * k + j] += score[i] * score[j];
        }
    }
}

/* Satterthwaite's degrees of freedom of c'b: with a = L'c, r_g = E lam d E'a and q_g = a'E lam d^2 E'a, Q_gh = [g = h] q_g
 * - r_g'r_h; df = (tr Q)^2 / sum Q_gh^2. buffer: k (g + 2). */
static double find_df(const rotations *r, const double *contrast, double *buffer)
{
    const size_t k = r->k;
    double *a = buffer, *stretched = buffer + k, *lines = buffer + 2 * k;
    double trace = 0.0, squares = 0.0;

    apply_lower(r, contrast, a);
    for (size_t g = 0; g < r->g; g++)
        apply(r, g, true, a, lines + g * k);
    for (size_t g = 0; g < r->g; g++) {
        apply(r, g, false, a, stretched); /* q = (d E'a)'(lam d E'a) */
        const double q = sg_dot(stretched, lines + g * k, k);
        for (size_t h = 0; h < r->g; h++) {
            const double entry = (g == h ? q : 0.0) - sg_dot(lines + g * k, lines + h * k, k);
            trace += g == h ? entry : 0.0;
            squares += entry * entry;
        }
    }
    return squares > 0.0 ? trace * trace / squares : nan("");
}

/* ---- the other errors ---- */

/* In the sample's units, of the active columns. The matrix is k by k of them. */
static sg_status to_errors(const sg_least_squares *ls, const double *matrix, sg_arena *arena, double *out,
                           sg_err *err)
{
    const size_t p = ls->design->n_columns;
    double *full = sg_arena_alloc(arena, p * p, sizeof *full);

    if (full == NULL)
        return sg_no_memory(err);
    sg_spread(matrix, p, ls->fit.active, ls->k, full);
    sg_design_errors(ls->design, full, out);
    return SG_OK;
}

/* By leaving out clusters: (X'X - X_g'X_g)^-1 (X'y - X_g'y_g) - b = -(X'X - X_g'X_g)^-1 s_g. NaN where a column is of one
 * cluster alone. */
static sg_status find_cr3(const sg_least_squares *ls, sg_arena *arena, double *out, sg_err *err)
{
    const size_t k = ls->k;
    double *total = sg_arena_alloc(arena, 3 * k * k + k, sizeof *total);
    sg_spd spd = {0};
    bool good = true;

    if (total == NULL || !sg_spd_init(&spd, k, arena))
        return sg_no_memory(err);
    double *rest = total + k * k, *sum = rest + k * k, *difference = sum + k * k;
    for (size_t g = 0; g < ls->g; g++) {
        for (size_t i = 0; i < k * k; i++)
            total[i] += ls->gram[g * k * k + i];
    }
    for (size_t g = 0; g < ls->g && good; g++) {
        for (size_t i = 0; i < k * k; i++)
            rest[i] = total[i] - ls->gram[g * k * k + i];
        good = sg_spd_factor(&spd, rest);
        memcpy(difference, ls->scores + g * k, k * sizeof *difference);
        if (good)
            sg_spd_solve(&spd, difference);
        for (size_t i = 0; i < k; i++)
            good = good && spd.lower[i * k + i] * spd.lower[i * k + i] > 1e-11;
        for (size_t i = 0; i < k; i++) {
            for (size_t j = 0; j < k; j++)
                sum[i * k + j] += difference[i] * difference[j];
        }
    }
    const double factor = good ? ((double)ls->g - 1.0) / (double)ls->g : nan("");
    for (size_t i = 0; i < k * k; i++)
        sum[i] *= factor;
    return to_errors(ls, sum, arena, out, err);
}

typedef struct {
    double *estimate, *classical, *hc1, *hc3, *cr1, *cr2, *cr3, *df; /* of each column */
} lists;

static sg_status find_learner_errors(const sg_least_squares *ls, sg_arena *arena, lists *l, sg_err *err)
{
    const size_t p = ls->design->n_columns;
    const double n = ls->fit.learners, k = (double)ls->k;
    double *matrices = sg_arena_alloc(arena, 3 * p * p, sizeof *matrices);

    if (matrices == NULL)
        return sg_no_memory(err);
    sg_design_errors(ls->design, ls->fit.bread, l->classical);
    sg_status status = sg_meat_learners(&ls->fit, ls->design, ls->response, false, arena, matrices, err);
    if (status != SG_OK)
        return status;
    sg_sandwich(ls->fit.bread, matrices, p, n / (n - k), matrices + p * p, matrices + 2 * p * p);
    sg_design_errors(ls->design, matrices + 2 * p * p, l->hc1);
    status = sg_meat_learners(&ls->fit, ls->design, ls->response, true, arena, matrices, err);
    if (status != SG_OK)
        return status;
    sg_sandwich(ls->fit.bread, matrices, p, 1.0, matrices + p * p, matrices + 2 * p * p);
    sg_design_errors(ls->design, matrices + 2 * p * p, l->hc3);
    for (size_t j = 0; j < p; j++)
        l->classical[j] *= sqrt(ls->residual_squares / (n - k));
    return SG_OK;
}

static sg_status find_cluster_errors(const sg_least_squares *ls, sg_arena *arena, lists *l, sg_err *err)
{
    const size_t k = ls->k;
    const double n = ls->fit.learners, g = (double)ls->g;
    double *matrix = sg_arena_alloc(arena, 3 * k * k, sizeof *matrix);
    double *buffer = sg_arena_alloc(arena, k * (ls->g + 3), sizeof *buffer);
    rotations r = {0};
    bool good = false;
    sg_status status = rotate(ls, arena, &r, &good, err);

    if (status != SG_OK)
        return status;
    if (matrix == NULL || buffer == NULL)
        return sg_no_memory(err);
    sg_meat_clusters(ls->scores, ls->g, k, matrix);
    sg_sandwich(ls->bread, matrix, k, g / (g - 1.0) * (n - 1.0) / (n - (double)k), matrix + k * k,
                matrix + 2 * k * k);
    status = to_errors(ls, matrix + 2 * k * k, arena, l->cr1, err);
    if (status == SG_OK)
        status = find_cr3(ls, arena, l->cr3, err);
    if (status != SG_OK || !good || ls->design->sample->weight != NULL)
        return status;
    double *contrast = sg_arena_alloc(arena, k, sizeof *contrast);
    if (contrast == NULL)
        return sg_no_memory(err);
    find_cr2(ls, &r, buffer, matrix);
    status = to_errors(ls, matrix, arena, l->cr2, err);
    for (size_t a = 0; a < k && status == SG_OK; a++) {
        /* what the coefficient is in the inner ones: itself scaled; the intercept takes the shifts of the others */
        memset(contrast, 0, k * sizeof *contrast);
        contrast[a] = 1.0;
        for (size_t b = 1; b < k && a == 0; b++) {
            const sg_column *column = &ls->design->columns[ls->fit.active[b]];
            contrast[b] = -column->shift / column->scale;
        }
        l->df[ls->fit.active[a]] = find_df(&r, contrast, buffer);
    }
    return status;
}

/* ---- the table ---- */

static double or_nan(double value)
{
    return value > 0.0 && isfinite(value) ? value : nan("");
}

static sg_linear_coefficient make_coefficient(const sg_least_squares *ls, const lists *l, size_t j,
                                              double conf)
{
    const bool clusters = ls->g > 1;
    sg_linear_coefficient c = {.name = ls->design->columns[j].name};
    bool active = false;

    for (size_t a = 0; a < ls->k; a++)
        active = active || ls->fit.active[a] == j;
    if (!active) {
        c.classical = c.cr2 = sg_figure_refused("determined by earlier columns");
        c.hc1 = c.hc3 = c.cr1 = c.cr3 = nan("");
        return c;
    }
    c.classical = sg_figure_t(l->estimate[j], l->classical[j], ls->fit.learners - (double)ls->k, conf);
    c.hc1 = or_nan(l->hc1[j]);
    c.hc3 = or_nan(l->hc3[j]);
    c.cr1 = clusters ? or_nan(l->cr1[j]) : nan("");
    c.cr3 = clusters ? or_nan(l->cr3[j]) : nan("");
    if (clusters && l->cr2[j] > 0.0 && l->df[j] > 0.0)
        c.cr2 = sg_figure_t(l->estimate[j], l->cr2[j], l->df[j], conf);
    else
        c.cr2 = sg_figure_refused(clusters ? "no standard error" : "fewer than two clusters");
    return c;
}

static double find_share_outside(const sg_least_squares *ls)
{
    double outside = 0.0;

    for (size_t i = 0; i < ls->design->n_rows; i++)
        outside += ls->fit.mu[i] < 0.0 || ls->fit.mu[i] > 1.0 ? ls->response.count[i] : 0.0;
    return outside / ls->fit.learners;
}

static sg_status fill_result(const sg_least_squares *ls, double conf, sg_arena *arena, sg_linear_result *out,
                             sg_err *err)
{
    const size_t p = ls->design->n_columns;
    double *l = sg_arena_alloc(arena, 8 * p, sizeof *l);

    out->coefficients = sg_arena_alloc(arena, p, sizeof *out->coefficients);
    if (l == NULL || out->coefficients == NULL)
        return sg_no_memory(err);
    lists all = {l, l + p, l + 2 * p, l + 3 * p, l + 4 * p, l + 5 * p, l + 6 * p, l + 7 * p};
    sg_design_coefficients(ls->design, ls->fit.beta, all.estimate);
    sg_status status = find_learner_errors(ls, arena, &all, err);
    if (status == SG_OK && ls->g > 1)
        status = find_cluster_errors(ls, arena, &all, err);
    if (status == SG_OK)
        status = sg_fit_describe(ls->design, ls->response, &ls->fit, arena, &out->fit, err);
    if (status != SG_OK)
        return status;
    for (size_t j = 0; j < p; j++)
        out->coefficients[j] = make_coefficient(ls, &all, j, conf);
    out->n_coefficients = p;
    out->clusters = ls->g;
    out->share_outside = find_share_outside(ls);
    return SG_OK;
}

sg_status sg_linear(const sg_observations *sample, const sg_model *model, double conf, sg_arena *arena,
                    sg_linear_result *out, sg_err *err)
{
    sg_linear_result result = {.status = SG_EST_OK, .note = ""};
    sg_least_squares ls = {0};
    sg_status status = sg_least_squares_fit(sample, model, arena, &ls, err);

    if (status != SG_OK)
        return status;
    const char *obstacle = ls.obstacle != NULL ? ls.obstacle : sg_obstacle_conf(conf);
    if (obstacle == NULL) {
        status = fill_result(&ls, conf, arena, &result, err);
    } else {
        result.status = SG_EST_NOT_ESTIMABLE;
        result.note = obstacle;
    }
    if (status == SG_OK)
        *out = result;
    return status;
}
