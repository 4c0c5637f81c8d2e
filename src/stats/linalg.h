/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Small dense symmetric systems (k up to a few hundred), row by row: what the regressions need. */
#ifndef SKILLGAIN_SRC_STATS_LINALG_H
#define SKILLGAIN_SRC_STATS_LINALG_H

#include <stdbool.h>
#include <stddef.h>

#include "skillgain/base/mem.h"

/* The Cholesky factor of D A D, D making the diagonal 1: A = D^-1 L L' D^-1. In the arena. */
typedef struct {
    size_t k;
    double *lower, *scale; /* L, k by k, zero above the diagonal; D */
} sg_spd;

bool sg_spd_init(sg_spd *spd, size_t k, sg_arena *arena) SG_MUST_CHECK; /* false: out of memory */

/* false: a pivot is not positive, or a value not finite: no symmetric positive definite matrix. */
bool sg_spd_factor(sg_spd *spd, const double *a) SG_MUST_CHECK;

void sg_spd_solve(const sg_spd *spd, double *b);               /* b becomes A^-1 b */
void sg_spd_invert(const sg_spd *spd, double *out_inverse);    /* k by k, symmetric to the bit */
double sg_spd_log_det(const sg_spd *spd);                      /* ln det A */
double sg_spd_rcond(const sg_spd *spd, const double *inverse); /* of D A D, in the 1-norm; inverse is A's */

/* out_l, k by k, with l l' = a for a symmetric positive definite a; zero above the diagonal. */
bool sg_cholesky(const double *a, size_t k, double *out_l) SG_MUST_CHECK;

double sg_dot(const double *a, const double *b, size_t n);
double sg_quadratic(const double *a, const double *x, const double *y, size_t k); /* x' A y */

#endif
