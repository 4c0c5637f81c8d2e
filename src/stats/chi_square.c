/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Chi-square tests, and which p is printed for two arms: sections 1.8 and 1.9. */
#include <math.h>

#include "figure.h"
#include "numeric.h"
#include "skillgain/stats/two_by_two.h"

/* ---- 1.8, two by two ---- */

static sg_chi_square refuse_chi_square(const char *note)
{
    const double blank = nan("");

    return (sg_chi_square){.x2 = blank,
                           .p = blank,
                           .x2_yates = blank,
                           .p_yates = blank,
                           .x2_n1 = blank,
                           .p_n1 = blank,
                           .g2 = blank,
                           .p_g2 = blank,
                           .phi = blank,
                           .z = blank,
                           .min_expected = blank,
                           .status = SG_EST_NOT_ESTIMABLE,
                           .note = note};
}

static double likelihood_term(double observed, double expected)
{
    return observed > 0.0 ? 2.0 * observed * log(observed / expected) : 0.0;
}

/* G2 is 0 or more, and rounding must not make it less: its p would be NaN. */
static void add_cells(sg_chi_square *out, const double observed[4], const double expected[4])
{
    sg_sum yates = {0}, g2 = {0};

    for (size_t i = 0; i < 4; i++) {
        const double distance = fabs(observed[i] - expected[i]), corrected = distance - fmin(0.5, distance);
        sg_sum_add(&yates, corrected * corrected / expected[i]);
        sg_sum_add(&g2, likelihood_term(observed[i], expected[i]));
    }
    out->x2_yates = sg_sum_value(&yates);
    out->g2 = fmax(0.0, sg_sum_value(&g2));
}

static double cross_difference(sg_counts iet, sg_counts comparison)
{
    return (double)iet.x * (double)comparison.n - (double)comparison.x * (double)iet.n;
}

sg_chi_square sg_chi_square_2x2(sg_counts iet, sg_counts comparison)
{
    const char *obstacle = sg_obstacle_pair(iet, comparison, &sg_words_arms);

    if (obstacle != NULL)
        return refuse_chi_square(obstacle);
    const double n1 = (double)iet.n, n0 = (double)comparison.n, total = n1 + n0;
    const double with = (double)iet.x + (double)comparison.x, without = total - with;
    sg_chi_square out = refuse_chi_square(iet.x == 0 ? "none with the outcome" : "all with the outcome");

    out.min_expected = fmin(n1, n0) * fmin(with, without) / total;
    if (!(with > 0.0 && without > 0.0))
        return out;
    const double ad_bc = cross_difference(iet, comparison);
    const double observed[4] = {(double)iet.x, n1 - (double)iet.x, (double)comparison.x,
                                n0 - (double)comparison.x};
    const double expected[4] = {n1 * with / total, n1 * without / total, n0 * with / total,
                                n0 * without / total};
    out.x2 = total * (ad_bc / (n1 * n0)) * (ad_bc / (with * without));
    out.x2_n1 = out.x2 * (total - 1.0) / total;
    add_cells(&out, observed, expected);
    out.p = sg_chi_square_p(out.x2, 1.0);
    out.p_n1 = sg_chi_square_p(out.x2_n1, 1.0);
    out.p_yates = sg_chi_square_p(out.x2_yates, 1.0);
    out.p_g2 = sg_chi_square_p(out.g2, 1.0);
    out.phi = sqrt(out.x2 / total);
    out.z = copysign(sqrt(out.x2), ad_bc);
    out.status = SG_EST_OK;
    out.note = "";
    return out;
}

/* ---- 1.9 ---- */

sg_test sg_p_2x2(sg_counts iet, sg_counts comparison)
{
    static const char *CHI_SQUARE = "n1_chisq", *FISHER = "fisher";
    const sg_chi_square chi = sg_chi_square_2x2(iet, comparison);

    if (chi.status == SG_EST_OK && chi.min_expected >= 1.0)
        return (sg_test){.p_value = chi.p_n1,
                         .statistic = chi.x2_n1,
                         .df = 1.0,
                         .method = CHI_SQUARE,
                         .status = SG_EST_OK,
                         .note = ""};
    const sg_fisher_p fisher = sg_fisher(iet, comparison);
    if (fisher.status != SG_EST_OK)
        return sg_test_refused(FISHER, fisher.note);
    return (sg_test){.p_value = fisher.p_two_sided,
                     .statistic = nan(""),
                     .df = nan(""),
                     .method = FISHER,
                     .status = SG_EST_OK,
                     .note = ""};
}

/* ---- 1.8, r by c ---- */

typedef struct {
    const int64_t *cells;
    size_t n_rows, n_columns;
} count_table;

static double row_total(const count_table *t, size_t row)
{
    double total = 0.0;

    for (size_t i = 0; i < t->n_columns; i++)
        total += (double)t->cells[row * t->n_columns + i];
    return total;
}

static double column_total(const count_table *t, size_t column)
{
    double total = 0.0;

    for (size_t i = 0; i < t->n_rows; i++)
        total += (double)t->cells[i * t->n_columns + column];
    return total;
}

static bool has_negative(const count_table *t)
{
    for (size_t i = 0; i < t->n_rows * t->n_columns; i++) {
        if (t->cells[i] < 0)
            return true;
    }
    return false;
}

typedef struct {
    double total, rows, columns; /* those with a count in them */
} table_size;

static table_size measure_table(const count_table *t)
{
    table_size size = {0};

    for (size_t i = 0; i < t->n_rows; i++) {
        size.total += row_total(t, i);
        size.rows += row_total(t, i) > 0.0 ? 1.0 : 0.0;
    }
    for (size_t i = 0; i < t->n_columns; i++)
        size.columns += column_total(t, i) > 0.0 ? 1.0 : 0.0;
    return size;
}

/* X2 and the least expected count over the rows and columns with a count; what is empty has an expectation of
 * 0. */
static void sum_cells(const count_table *t, double total, sg_chi_square_table *out)
{
    sg_sum x2 = {0};

    out->min_expected = total;
    for (size_t column = 0; column < t->n_columns; column++) {
        const double in_column = column_total(t, column);
        for (size_t row = 0; row < t->n_rows; row++) {
            const double expected = row_total(t, row) * in_column / total;
            if (!(expected > 0.0))
                continue;
            const double distance = (double)t->cells[row * t->n_columns + column] - expected;
            sg_sum_add(&x2, distance * distance / expected);
            out->min_expected = fmin(out->min_expected, expected);
        }
    }
    out->x2 = sg_sum_value(&x2);
}

static double correct_cramer_v(double x2, const table_size *size)
{
    const double r = size->rows - 1.0, c = size->columns - 1.0, n1 = size->total - 1.0;
    const double phi2 = fmax(0.0, x2 / size->total - r * c / n1);
    const double fewer = fmin(r - r * r / n1, c - c * c / n1);

    return fewer > 0.0 ? sqrt(phi2 / fewer) : nan("");
}

sg_chi_square_table sg_chi_square_rxc(const int64_t *table, size_t n_rows, size_t n_columns)
{
    const count_table t = {.cells = table, .n_rows = n_rows, .n_columns = n_columns};
    const double blank = nan("");
    sg_chi_square_table out = {blank, blank, blank, blank, blank, blank, SG_EST_NOT_ESTIMABLE, ""};

    if (has_negative(&t)) {
        out.note = "counts that cannot be";
        return out;
    }
    const table_size size = measure_table(&t);
    if (size.rows < 2.0 || size.columns < 2.0) {
        out.note = "fewer than two rows or columns";
        return out;
    }
    sum_cells(&t, size.total, &out);
    out.df = (size.rows - 1.0) * (size.columns - 1.0);
    out.p = sg_chi_square_p(out.x2, out.df);
    out.cramer_v = sqrt(out.x2 / size.total / fmin(size.rows - 1.0, size.columns - 1.0));
    out.cramer_v_corrected = correct_cramer_v(out.x2, &size);
    out.status = SG_EST_OK;
    return out;
}
