/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Adapters of shrinkage and of resampling: sections 11 and 12. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "adapter.h"
#include "skillgain/base/mem.h"
#include "skillgain/stats/resampling.h"
#include "skillgain/stats/shrinkage.h"

#define ADD SG_ADD_NUMBERS

/* ---- 11.1 ---- */

sg_status sg_adapt_beta_binomial(const sg_stats_params *params, sg_stats_values *out, sg_err *err)
{
    static const char *const NAMES[] = {"shrunk", "weight", "lower", "upper"};
    sg_param_levels levels = {.groups = NULL};
    SG_AUTO_FREE sg_shrunk_rate *rates = NULL;
    size_t capacity = 0;
    sg_stats_item *columns[4];
    double conf = 0.0;
    sg_status status = sg_param_read_levels(params, "success", "n", &levels, err);

    if (status == SG_OK)
        status = sg_param_number_or(params, "conf", sg_usual_conf, &conf, err);
    if (status == SG_OK && !sg_grow(&rates, &capacity, levels.groups->n, sizeof *rates))
        status = sg_no_memory(err);
    if (status == SG_OK)
        status = sg_value_add_columns(out, NAMES, 4, levels.groups->n, columns, err);
    if (status == SG_OK) {
        const sg_beta_binomial fit = sg_fit_beta_binomial(levels.levels, levels.groups->n, conf, rates);
        for (size_t i = 0; i < levels.groups->n; i++) {
            const double numbers[4] = {rates[i].rate, rates[i].weight, rates[i].low, rates[i].high};
            for (size_t k = 0; k < 4; k++)
                columns[k][i] = sg_item_number(numbers[k]);
        }
        status = ADD({"mu", fit.mu}, {"precision", fit.precision}, {"alpha", fit.alpha}, {"beta", fit.beta},
                     {"loglik_kernel", fit.log_likelihood}, {"icc", fit.icc});
    }
    free(levels.levels);
    return status;
}

/* ---- 11.2 ---- */

enum { N_LOGIT_COLUMNS = 5 };

sg_status sg_adapt_logit_shrinkage(const sg_stats_params *params, sg_stats_values *out, sg_err *err)
{
    static const char *const NAMES[N_LOGIT_COLUMNS] = {"y", "v", "shrunk_logit", "blup_se", "shrunk_rate"};
    sg_param_levels levels = {.groups = NULL};
    SG_AUTO_FREE sg_shrunk_logit *groups = NULL;
    size_t capacity = 0;
    sg_stats_item *columns[N_LOGIT_COLUMNS];
    sg_status status = sg_param_read_levels(params, "success", "n", &levels, err);

    if (status == SG_OK && !sg_grow(&groups, &capacity, levels.groups->n, sizeof *groups))
        status = sg_no_memory(err);
    if (status == SG_OK)
        status = sg_value_add_columns(out, NAMES, N_LOGIT_COLUMNS, levels.groups->n, columns, err);
    if (status == SG_OK) {
        const sg_logit_shrinkage fit = sg_shrink_logits(levels.levels, levels.groups->n, groups);
        for (size_t i = 0; i < levels.groups->n; i++) {
            const double numbers[N_LOGIT_COLUMNS] = {groups[i].y, groups[i].v, groups[i].shrunk,
                                                     groups[i].std_error, groups[i].rate};
            for (size_t k = 0; k < N_LOGIT_COLUMNS; k++)
                columns[k][i] = sg_item_number(numbers[k]);
        }
        status = ADD({"q", fit.q}, {"tau2_dl", fit.tau2_dl}, {"mu_dl", fit.mu_dl}, {"tau2_reml", fit.tau2},
                     {"mu_reml", fit.mu}, {"se_mu_reml", fit.mu_error});
    }
    free(levels.levels);
    return status;
}

/* ---- 11.3 ---- */

enum { N_FUNNEL_COLUMNS = 6 };

static sg_status add_funnel(const sg_funnel *fit, const sg_funnel_group *groups, size_t n,
                            sg_stats_values *out, sg_err *err)
{
    static const char *const NAMES[N_FUNNEL_COLUMNS] = {"z",    "z_overdispersed", "lo95",
                                                        "hi95", "lo998",           "hi998"};
    sg_stats_item *columns[N_FUNNEL_COLUMNS];
    const sg_status status = sg_value_add_columns(out, NAMES, N_FUNNEL_COLUMNS, n, columns, err);

    if (status != SG_OK)
        return status;
    for (size_t i = 0; i < n; i++) {
        const double numbers[N_FUNNEL_COLUMNS] = {groups[i].z,      groups[i].z_adjusted, groups[i].low95,
                                                  groups[i].high95, groups[i].low998,     groups[i].high998};
        for (size_t k = 0; k < N_FUNNEL_COLUMNS; k++)
            columns[k][i] = sg_item_number(numbers[k]);
    }
    return ADD({"theta", fit->theta}, {"phi_winsorised10", fit->phi}, {"outside95", fit->outside95},
               {"outside998", fit->outside998});
}

sg_status sg_adapt_funnel(const sg_stats_params *params, sg_stats_values *out, sg_err *err)
{
    sg_param_levels levels = {.groups = NULL};
    SG_AUTO_FREE sg_funnel_group *groups = NULL;
    size_t capacity = 0;
    sg_funnel fit = {0};
    sg_status status = sg_param_read_levels(params, "success", "n", &levels, err);

    if (status == SG_OK && !sg_grow(&groups, &capacity, levels.groups->n, sizeof *groups))
        status = sg_no_memory(err);
    if (status == SG_OK)
        status = sg_funnel_of(levels.levels, levels.groups->n, groups, &fit, err);
    if (status == SG_OK)
        status = add_funnel(&fit, groups, levels.groups->n, out, err);
    free(levels.levels);
    return status;
}

/* ---- 12 ---- */

static sg_status read_stream(const sg_stats_params *params, sg_stream *out, sg_err *err)
{
    const sg_stats_param *seed = NULL, *id = NULL;
    int64_t master = 0;
    sg_status status = sg_param_numbers(params, "master_seed", 1, &seed, err);

    if (status == SG_OK)
        status = sg_param_count(seed, 0, &master, err);
    if (status == SG_OK)
        status = sg_param_texts(params, "analysis_id", 1, &id, err);
    if (status == SG_OK)
        *out = (sg_stream){.master = (uint64_t)master, .analysis_id = id->texts[0]};
    return status;
}

enum { N_SEEDS = 5, N_RAW = 4, N_BELOW = 12, BELOW = 16, N_ORDER = 8, N_FIRST = 5 };

static sg_status add_whole(sg_stats_values *values, const char *name, const uint32_t *numbers, size_t n,
                           sg_err *err)
{
    sg_stats_item *items = sg_value_add(values, name, n);

    if (items == NULL)
        return sg_no_memory(err);
    for (size_t i = 0; i < n; i++)
        items[i] = sg_item_number((double)numbers[i]);
    return SG_OK;
}

/* Each kind of draw from a generator of its own. */
sg_status sg_adapt_streams(const sg_stats_params *params, sg_stats_values *out, sg_err *err)
{
    uint32_t seeds[N_SEEDS] = {0}, raw[N_RAW] = {0}, below[N_BELOW] = {0}, order[N_ORDER] = {0};
    const sg_stream_draws draws[] = {{.raw = raw, .n_raw = N_RAW},
                                     {.below_values = below, .n_below = N_BELOW, .below = BELOW},
                                     {.order = order, .n_order = N_ORDER}};
    sg_stream stream = {.master = 0};
    sg_status status = read_stream(params, &stream, err);

    for (uint32_t i = 0; i < N_SEEDS && status == SG_OK; i++)
        seeds[i] = sg_stream_seed(&stream, i);
    for (size_t i = 0; i < sizeof draws / sizeof *draws && status == SG_OK; i++)
        status = sg_stream_draw(&stream, 0, &draws[i], err);
    if (status == SG_OK)
        status = add_whole(out, "seeds", seeds, N_SEEDS, err);
    if (status == SG_OK)
        status = add_whole(out, "raw4", raw, N_RAW, err);
    if (status == SG_OK)
        status = add_whole(out, "uniform_int_16", below, N_BELOW, err);
    if (status == SG_OK)
        status = add_whole(out, "shuffle_0_7", order, N_ORDER, err);
    if (status != SG_OK)
        return status;
    const uint64_t hash = sg_stream_hash(stream.analysis_id);
    return ADD({"fnv1a64_hi", (double)(hash >> 32)}, {"fnv1a64_lo", (double)(hash & 0xFFFFFFFFU)});
}

/* Outcomes, arms and units of learners; and room for the replicates. */
typedef struct {
    const sg_stats_param *y, *arm;
    sg_stream stream;
    double *values; /* freed by the caller, whatever happens */
    size_t n_values;
    double conf;
} resampling_task;

static sg_status read_resampling(const sg_stats_params *params, const char *replicates, resampling_task *out,
                                 sg_err *err)
{
    const sg_stats_param *n = NULL;
    int64_t count = 0;
    size_t capacity = 0;
    sg_status status = read_stream(params, &out->stream, err);

    if (status == SG_OK)
        status = sg_param_numbers(params, "y", 0, &out->y, err);
    if (status == SG_OK)
        status = sg_param_numbers(params, "arm", out->y->n, &out->arm, err);
    if (status == SG_OK)
        status = sg_param_number_or(params, "conf", sg_usual_conf, &out->conf, err);
    if (status == SG_OK)
        status = sg_param_numbers(params, replicates, 1, &n, err);
    if (status == SG_OK)
        status = sg_param_count(n, 0, &count, err);
    if (status == SG_OK && (count < 1 || count > 1000000))
        return sg_fail(err, SG_FAILED, "parameter '%s' is not from 1 to 1,000,000", replicates);
    out->n_values = (size_t)count;
    if (status == SG_OK && !sg_grow(&out->values, &capacity, out->n_values, sizeof *out->values))
        status = sg_no_memory(err);
    return status;
}

static sg_status add_first(const resampling_task *task, sg_stats_values *out, sg_err *err)
{
    const size_t n = task->n_values < N_FIRST ? task->n_values : N_FIRST;
    sg_stats_item *items = sg_value_add(out, "first5", n);

    if (items == NULL)
        return sg_no_memory(err);
    for (size_t i = 0; i < n; i++)
        items[i] = sg_item_number(task->values[i]);
    return SG_OK;
}

static sg_status add_bootstrap(const resampling_task *task, const sg_bootstrap *b, sg_stats_values *out,
                               sg_err *err)
{
    const sg_status status = add_first(task, out, err);

    return status != SG_OK ? status
                           : ADD({"estimate", b->estimate}, {"boot_mean", b->mean}, {"boot_se", b->std_error},
                                 {"pct_lower", b->low}, {"pct_upper", b->high}, {"z0", b->z0},
                                 {"acceleration", b->acceleration}, {"bca_alpha_lower", b->bca_low_at},
                                 {"bca_alpha_upper", b->bca_high_at}, {"bca_lower", b->bca_low},
                                 {"bca_upper", b->bca_high});
}

/* Texts in byte order, and the place of each. */
static sg_status order_units(const sg_stats_param *units, size_t *out, size_t *out_n, sg_err *err)
{
    SG_AUTO_FREE const char **names = NULL;
    size_t capacity = 0, n = 0;

    if (!sg_grow(&names, &capacity, units->n, sizeof *names))
        return sg_no_memory(err);
    for (size_t i = 0; i < units->n; i++) {
        size_t at = 0;
        while (at < n && strcmp(names[at], units->texts[i]) < 0)
            at++;
        if (at < n && strcmp(names[at], units->texts[i]) == 0)
            continue;
        memmove(names + at + 1, names + at, (n - at) * sizeof *names);
        names[at] = units->texts[i];
        n++;
    }
    for (size_t i = 0; i < units->n; i++) {
        out[i] = 0;
        while (strcmp(names[out[i]], units->texts[i]) != 0)
            out[i]++;
    }
    *out_n = n;
    return SG_OK;
}

static sg_status read_units(const sg_stats_params *params, size_t n, size_t **out, size_t *out_n, sg_err *err)
{
    const sg_stats_param *units = NULL;
    size_t capacity = 0;
    const sg_status status = sg_param_texts(params, "strata", n, &units, err);

    if (status != SG_OK)
        return status;
    if (!sg_grow(out, &capacity, n, sizeof **out))
        return sg_no_memory(err);
    return order_units(units, *out, out_n, err);
}

static void count_clusters(const resampling_task *task, const size_t *units, sg_stratum *out)
{
    for (size_t i = 0; i < task->y->n; i++) {
        sg_counts *arm = task->arm->numbers[i] > 0.0 ? &out[units[i]].iet : &out[units[i]].comparison;
        arm->n++;
        arm->x += task->y->numbers[i] > 0.0 ? 1 : 0;
    }
}

sg_status sg_adapt_bootstrap_clusters(const sg_stats_params *params, sg_stats_values *out, sg_err *err)
{
    resampling_task task = {.n_values = 0};
    SG_AUTO_FREE size_t *units = NULL;
    SG_AUTO_FREE sg_stratum *clusters = NULL;
    size_t n_units = 0, capacity = 0;
    sg_bootstrap b = {0};
    sg_status status = read_resampling(params, "replicates", &task, err);

    if (status == SG_OK)
        status = read_units(params, task.y->n, &units, &n_units, err);
    if (status == SG_OK && !sg_grow(&clusters, &capacity, n_units, sizeof *clusters))
        status = sg_no_memory(err);
    if (status == SG_OK) {
        count_clusters(&task, units, clusters);
        status = sg_bootstrap_clusters(clusters, n_units, &task.stream, task.conf, task.values, task.n_values,
                                       &b, err);
    }
    if (status == SG_OK)
        status = add_bootstrap(&task, &b, out, err);
    free(task.values);
    return status;
}

sg_status sg_adapt_bootstrap_arms(const sg_stats_params *params, sg_stats_values *out, sg_err *err)
{
    resampling_task task = {.n_values = 0};
    SG_AUTO_FREE double *y = NULL;
    size_t capacity = 0, n1 = 0, n0 = 0;
    sg_bootstrap b = {0};
    sg_status status = read_resampling(params, "replicates", &task, err);

    if (status == SG_OK && !sg_grow(&y, &capacity, 2 * task.y->n, sizeof *y))
        status = sg_no_memory(err);
    for (size_t i = 0; status == SG_OK && i < task.y->n; i++) {
        if (task.arm->numbers[i] > 0.0)
            y[n1++] = task.y->numbers[i];
        else
            y[task.y->n + n0++] = task.y->numbers[i];
    }
    if (status == SG_OK)
        status = sg_bootstrap_arms((sg_sample){.values = y, .n = n1},
                                   (sg_sample){.values = y + task.y->n, .n = n0}, &task.stream, task.conf,
                                   task.values, task.n_values, &b, err);
    if (status == SG_OK)
        status = add_bootstrap(&task, &b, out, err);
    free(task.values);
    return status;
}

sg_status sg_adapt_permutation(const sg_stats_params *params, sg_stats_values *out, sg_err *err)
{
    resampling_task task = {.n_values = 0};
    SG_AUTO_FREE size_t *units = NULL;
    SG_AUTO_FREE bool *iet = NULL;
    size_t n_units = 0, capacity = 0;
    sg_permutation p = {0};
    sg_status status = read_resampling(params, "permutations", &task, err);

    if (status == SG_OK)
        status = read_units(params, task.y->n, &units, &n_units, err);
    if (status == SG_OK && !sg_grow(&iet, &capacity, task.y->n, sizeof *iet))
        status = sg_no_memory(err);
    for (size_t i = 0; status == SG_OK && i < task.y->n; i++)
        iet[i] = task.arm->numbers[i] > 0.0;
    if (status == SG_OK) {
        const sg_labelled learners = {
            .y = task.y->numbers, .iet = iet, .strata = units, .n = task.y->n, .n_strata = n_units};
        status = sg_permutation_test(&learners, &task.stream, task.values, task.n_values, &p, err);
    }
    if (status == SG_OK)
        status = add_first(&task, out, err);
    free(task.values);
    return status != SG_OK
               ? status
               : ADD({"statistic", p.statistic}, {"count", p.count}, {"p", p.p}, {"mcse", p.error});
}
