/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Adapters of trends and of amounts: sections 3 and 4. */
#include <math.h>
#include <string.h>

#include "adapter.h"
#include "skillgain/base/mem.h"
#include "skillgain/stats/amounts.h"
#include "skillgain/stats/trend.h"

#define ADD SG_ADD_NUMBERS

/* ---- 3 ---- */

static sg_status read_scored(const sg_stats_params *params, sg_scored **out, size_t *out_n, sg_err *err)
{
    const sg_stats_param *score = NULL, *x = NULL, *n = NULL;
    size_t capacity = 0;
    sg_status status = sg_param_numbers(params, "score", 0, &score, err);

    if (status == SG_OK)
        status = sg_param_numbers(params, "x", score->n, &x, err);
    if (status == SG_OK)
        status = sg_param_numbers(params, "n", score->n, &n, err);
    if (status == SG_OK && !sg_grow(out, &capacity, score->n, sizeof **out))
        status = sg_no_memory(err);
    for (size_t i = 0; status == SG_OK && i < score->n; i++) {
        (*out)[i].score = score->numbers[i];
        status = sg_param_counts(x, n, i, &(*out)[i].counts, err);
    }
    *out_n = status == SG_OK ? score->n : 0;
    return status;
}

sg_status sg_adapt_trend(const sg_stats_params *params, sg_stats_values *out, sg_err *err)
{
    SG_AUTO_FREE sg_scored *levels = NULL;
    size_t n = 0;
    double conf = 0.0;
    sg_status status = read_scored(params, &levels, &n, err);

    if (status == SG_OK)
        status = sg_param_number_or(params, "conf", sg_usual_conf, &conf, err);
    if (status != SG_OK)
        return status;
    const sg_trend t = sg_trend_of(levels, n, conf);
    return ADD({"x2", t.x2}, {"z", t.slope.statistic}, {"p", t.slope.p_value}, {"slope", t.slope.estimate},
               {"slope_se", t.slope.std_error}, {"slope_lo", t.slope.low}, {"slope_hi", t.slope.high},
               {"x2_mantel", t.x2_mantel}, {"x2_pearson", t.x2_pearson}, {"x2_departure", t.x2_departure},
               {"df_departure", t.df_departure}, {"p_departure", t.p_departure});
}

sg_status sg_adapt_trend_stratified(const sg_stats_params *params, sg_stats_values *out, sg_err *err)
{
    SG_AUTO_FREE sg_scored *cells = NULL;
    SG_AUTO_FREE size_t *of_cell = NULL;
    const sg_stats_param *strata = NULL;
    size_t n = 0, capacity = 0;
    sg_trend_stratified t = {0};
    sg_status status = read_scored(params, &cells, &n, err);

    if (status == SG_OK)
        status = sg_param_texts(params, "strata", n, &strata, err);
    if (status == SG_OK && !sg_grow(&of_cell, &capacity, n, sizeof *of_cell))
        status = sg_no_memory(err);
    if (status == SG_OK)
        status = sg_trend_in_strata(cells, of_cell, n, sg_param_number_texts(strata, of_cell), &t, err);
    return status != SG_OK
               ? status
               : ADD({"diff", t.difference}, {"var", t.variance}, {"z", t.z}, {"x2", t.x2}, {"p", t.p});
}

/* ---- 4 ---- */

typedef struct {
    sg_sample y1, y0;
    double conf;
} sample_task;

static sg_status read_samples(const sg_stats_params *params, sample_task *out, sg_err *err)
{
    const sg_stats_param *y1 = NULL, *y0 = NULL;
    sg_status status = sg_param_numbers(params, "y1", 0, &y1, err);

    if (status == SG_OK)
        status = sg_param_numbers(params, "y0", 0, &y0, err);
    if (status == SG_OK)
        status = sg_param_number_or(params, "conf", sg_usual_conf, &out->conf, err);
    if (status != SG_OK)
        return status;
    out->y1 = (sg_sample){.values = y1->numbers, .n = y1->n};
    out->y0 = (sg_sample){.values = y0->numbers, .n = y0->n};
    return SG_OK;
}

sg_status sg_adapt_welch(const sg_stats_params *params, sg_stats_values *out, sg_err *err)
{
    sample_task task = {.conf = 0.0};
    const sg_status status = read_samples(params, &task, err);

    if (status != SG_OK)
        return status;
    const sg_welch w = sg_welch_test(task.y1, task.y0, task.conf);
    const sg_figure *f = &w.difference;
    return ADD({"mean1", w.mean1}, {"mean0", w.mean0}, {"sd1", w.sd1}, {"sd0", w.sd0}, {"diff", f->estimate},
               {"se", f->std_error}, {"t", f->statistic}, {"df", f->df}, {"p", f->p_value}, {"lower", f->low},
               {"upper", f->high});
}

sg_status sg_adapt_hedges(const sg_stats_params *params, sg_stats_values *out, sg_err *err)
{
    sample_task task = {.conf = 0.0};
    const sg_status status = read_samples(params, &task, err);

    if (status != SG_OK)
        return status;
    const sg_hedges h = sg_hedges_g(task.y1, task.y0, task.conf);
    return ADD({"sd_pooled", h.sd_pooled}, {"d", h.d}, {"J", h.correction}, {"g", h.g.estimate},
               {"se", h.g.std_error}, {"lower", h.g.low}, {"upper", h.g.high}, {"omega_wwc", h.omega},
               {"g_wwc", h.g_wwc}, {"improvement_index", h.improvement_index});
}

sg_status sg_adapt_mann_whitney(const sg_stats_params *params, sg_stats_values *out, sg_err *err)
{
    sample_task task = {.conf = 0.0};
    sg_mann_whitney m = {0};
    sg_status status = read_samples(params, &task, err);

    if (status == SG_OK)
        status = sg_mann_whitney_test(task.y1, task.y0, &m, err);
    return status != SG_OK
               ? status
               : ADD({"U", m.u}, {"sigma", m.sigma}, {"z", m.z}, {"p", m.p}, {"z_cc", m.z_corrected},
                     {"p_cc", m.p_corrected}, {"prob_superiority", m.superiority},
                     {"cliffs_delta", 2.0 * m.superiority - 1.0});
}

sg_status sg_adapt_mann_whitney_exact(const sg_stats_params *params, sg_stats_values *out, sg_err *err)
{
    sample_task task = {.conf = 0.0};
    sg_test test = {0};
    sg_status status = read_samples(params, &task, err);

    if (status == SG_OK)
        status = sg_mann_whitney_exact(task.y1, task.y0, &test, err);
    return status != SG_OK ? status : ADD({"p", test.p_value});
}

sg_status sg_adapt_brunner_munzel(const sg_stats_params *params, sg_stats_values *out, sg_err *err)
{
    sample_task task = {.conf = 0.0};
    sg_figure f;
    sg_status status = read_samples(params, &task, err);

    if (status == SG_OK)
        status = sg_brunner_munzel(task.y1, task.y0, task.conf, &f, err);
    return status != SG_OK ? status
                           : ADD({"t", f.statistic}, {"df", f.df}, {"p", f.p_value}, {"effect", f.estimate},
                                 {"se", f.std_error}, {"lower", f.low}, {"upper", f.high});
}

sg_status sg_adapt_hodges_lehmann(const sg_stats_params *params, sg_stats_values *out, sg_err *err)
{
    sample_task task = {.conf = 0.0};
    sg_hodges_lehmann h;
    sg_status status = read_samples(params, &task, err);

    if (status == SG_OK)
        status = sg_hodges_lehmann_shift(task.y1, task.y0, task.conf, &h, err);
    return status != SG_OK ? status
                           : ADD({"estimate", h.shift.estimate}, {"k", h.k}, {"lower", h.shift.low},
                                 {"upper", h.shift.high});
}

sg_status sg_adapt_median(const sg_stats_params *params, sg_stats_values *out, sg_err *err)
{
    sample_task task = {.conf = 0.0};
    const sg_stats_param *arm = NULL;
    sg_median m;
    sg_status status = read_samples(params, &task, err);

    if (status == SG_OK)
        status = sg_param_texts(params, "arm", 1, &arm, err);
    if (status != SG_OK)
        return status;
    const sg_sample y = strcmp(arm->texts[0], "1") == 0 ? task.y1 : task.y0;
    status = sg_median_of(y, task.conf, &m, err);
    return status != SG_OK ? status
                           : ADD({"n", (double)y.n}, {"median", m.median.estimate}, {"k", m.k},
                                 {"lower", m.median.low}, {"upper", m.median.high}, {"coverage", m.coverage});
}
