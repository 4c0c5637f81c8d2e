/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "linalg.h"

#include <math.h>
#include <string.h>

bool sg_spd_init(sg_spd *spd, size_t k, sg_arena *arena)
{
    *spd = (sg_spd){.k = k,
                    .lower = sg_arena_alloc(arena, k * k + 1, sizeof *spd->lower),
                    .scale = sg_arena_alloc(arena, k + 1, sizeof *spd->scale)};
    return spd->lower != NULL && spd->scale != NULL;
}

double sg_dot(const double *a, const double *b, size_t n)
{
    double sum = 0.0;

    for (size_t i = 0; i < n; i++)
        sum += a[i] * b[i];
    return sum;
}

double sg_quadratic(const double *a, const double *x, const double *y, size_t k)
{
    double sum = 0.0;

    for (size_t i = 0; i < k; i++)
        sum += x[i] * sg_dot(a + i * k, y, k);
    return sum;
}

/* In place: the lower triangle of l, row by row, becomes its factor. */
static bool factor_in_place(double *l, size_t k)
{
    for (size_t i = 0; i < k; i++) {
        double *row = l + i * k;
        for (size_t j = 0; j < i; j++)
            row[j] = (row[j] - sg_dot(row, l + j * k, j)) / l[j * k + j];
        const double pivot = row[i] - sg_dot(row, row, i);
        if (!(pivot > 0.0 && isfinite(pivot)))
            return false;
        row[i] = sqrt(pivot);
        for (size_t j = i + 1; j < k; j++)
            row[j] = 0.0;
    }
    return true;
}

bool sg_cholesky(const double *a, size_t k, double *out_l)
{
    memcpy(out_l, a, k * k * sizeof *a);
    return factor_in_place(out_l, k);
}

bool sg_spd_factor(sg_spd *spd, const double *a)
{
    const size_t k = spd->k;

    for (size_t i = 0; i < k; i++) {
        const double diagonal = a[i * k + i];
        if (!(diagonal > 0.0 && isfinite(diagonal)))
            return false;
        spd->scale[i] = 1.0 / sqrt(diagonal);
    }
    for (size_t i = 0; i < k; i++) {
        for (size_t j = 0; j <= i; j++)
            spd->lower[i * k + j] = a[i * k + j] * spd->scale[i] * spd->scale[j];
    }
    return factor_in_place(spd->lower, k);
}

void sg_spd_solve(const sg_spd *spd, double *b)
{
    const size_t k = spd->k;
    const double *l = spd->lower;

    for (size_t i = 0; i < k; i++)
        b[i] = (b[i] * spd->scale[i] - sg_dot(l + i * k, b, i)) / l[i * k + i];
    for (size_t i = k; i-- > 0;) {
        b[i] /= l[i * k + i];
        for (size_t j = 0; j < i; j++)
            b[j] -= l[i * k + j] * b[i];
    }
    for (size_t i = 0; i < k; i++)
        b[i] *= spd->scale[i];
}

void sg_spd_invert(const sg_spd *spd, double *out_inverse)
{
    const size_t k = spd->k;

    /* each row of the symmetric inverse is a column of it */
    for (size_t i = 0; i < k; i++) {
        double *row = out_inverse + i * k;
        for (size_t j = 0; j < k; j++)
            row[j] = i == j ? 1.0 : 0.0;
        sg_spd_solve(spd, row);
        for (size_t j = 0; j < i; j++)
            row[j] = out_inverse[j * k + i];
    }
}

double sg_spd_log_det(const sg_spd *spd)
{
    double sum = 0.0;

    for (size_t i = 0; i < spd->k; i++)
        sum += log(spd->lower[i * spd->k + i]) - log(spd->scale[i]);
    return 2.0 * sum;
}

double sg_spd_rcond(const sg_spd *spd, const double *inverse)
{
    const size_t k = spd->k;
    double norm = 0.0, inverse_norm = 0.0;

    for (size_t i = 0; i < k; i++) {
        double sum = 0.0, inverse_sum = 0.0;
        for (size_t j = 0; j < k; j++) {
            const size_t low = i < j ? i : j, high = i < j ? j : i;
            sum += fabs(sg_dot(spd->lower + high * k, spd->lower + low * k, low + 1));
            inverse_sum += fabs(inverse[i * k + j]) / (spd->scale[i] * spd->scale[j]);
        }
        norm = fmax(norm, sum);
        inverse_norm = fmax(inverse_norm, inverse_sum);
    }
    return norm > 0.0 && inverse_norm > 0.0 ? 1.0 / (norm * inverse_norm) : 0.0;
}
