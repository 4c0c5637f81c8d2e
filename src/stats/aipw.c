/* SPDX-License-Identifier: GPL-3.0-or-later */
/* 7.4 Augmented inverse probability weighting. */
#include "figure.h"
#include "propensity.h"
#include "robust.h"
#include "skillgain/stats/jackknife.h"

/* The three fits, all on the same rows, and the clip. */
typedef struct {
    sg_adjusted score, outcome[2]; /* outcome: by arm */
    const sg_aipw_options *options;
    const char *obstacle;
} fits;

static const char *check_clip(const sg_aipw_options *clip)
{
    return clip->low >= 0.0 && clip->low < clip->high && clip->high <= 1.0
               ? NULL
               : "a clip that is no range in 0 to 1";
}

/* whole: NULL, or the fits to a sample that differs in counts alone. */
static sg_status fit_all(const fits *whole, const sg_observations *sample, const sg_model *model,
                         const sg_aipw_options *options, sg_arena *arena, fits *out, sg_err *err)
{
    const sg_model plain = {.cluster_effects = model->cluster_effects};
    sg_status status = sg_fit_score(whole != NULL ? &whole->score : NULL, sample, model, arena, &out->score,
                                    err);

    out->options = options;
    out->obstacle = check_clip(options);
    if (status == SG_OK && out->obstacle == NULL)
        out->obstacle = out->score.obstacle;
    const sg_design *known = out->score.fit.kind != SG_FIT_WITHOUT_CLUSTERS ? out->score.design : NULL;
    for (unsigned arm = 0; arm < 2 && status == SG_OK && out->obstacle == NULL; arm++) {
        const sg_known both = {known, whole != NULL ? &whole->outcome[arm] : NULL};
        const sg_response_kind kind = arm == 1 ? SG_OUTCOME_IN_ARM_1 : SG_OUTCOME_IN_ARM_0;
        status = options->separated == SG_SEPARATED_LIMIT
                     ? sg_fit_limit(both, sample, &plain, kind, arena, &out->outcome[arm], err)
                     : sg_fit_adjusted_on(both, sample, &plain, kind, arena, &out->outcome[arm], err);
        if (status == SG_OK)
            out->obstacle = out->outcome[arm].obstacle;
    }
    return status;
}

/* What the estimates need of one row. */
typedef struct {
    double count, with, weight; /* learners, those with the outcome, prior weight of each */
    double e, m1, m0;
    bool treated, clipped;
} row_values;

static row_values values_of(const fits *f, size_t i)
{
    const sg_design *design = f->score.design;
    const double e = f->score.fit.mu[i];
    row_values v = {.count = design->count[i],
                    .with = design->success[i],
                    .weight = design->weight[i],
                    .m1 = f->outcome[1].fit.mu[i],
                    .m0 = f->outcome[0].fit.mu[i],
                    .treated = design->arm[i] == 1};

    v.e = fmin(fmax(e, f->options->low), f->options->high);
    v.clipped = e < f->options->low || e > f->options->high;
    return v;
}

/* f1 and f0 of a learner with outcome y; the ATT's term, not divided by n1. */
static double augmented1(const row_values *v, double y)
{
    return v->m1 + (v->treated ? (y - v->m1) / v->e : 0.0);
}

static double augmented0(const row_values *v, double y)
{
    return v->m0 + (v->treated ? 0.0 : (y - v->m0) / (1.0 - v->e));
}

static double att_term(const row_values *v, double y)
{
    return v->treated ? y - v->m0 : -v->e / (1.0 - v->e) * (y - v->m0);
}

/* ---- estimates ---- */

typedef struct {
    double risk1, risk0, att, normalised, n, n1, clipped;
} averages;

static void find_averages(const fits *f, averages *out)
{
    sg_sum risk1 = {0}, risk0 = {0}, att = {0}, n = {0}, n1 = {0};
    sg_sum mean1 = {0}, mean0 = {0}, part1 = {0}, part0 = {0}, total1 = {0}, total0 = {0};

    for (size_t i = 0; i < f->score.design->n_rows; i++) {
        if (!(f->score.design->count[i] > 0.0))
            continue;
        const row_values v = values_of(f, i);
        const double with = v.weight * v.with, without = v.weight * (v.count - v.with),
                     all = v.weight * v.count;
        sg_sum_add(&n, all);
        sg_sum_add(&risk1, with * augmented1(&v, 1.0) + without * augmented1(&v, 0.0));
        sg_sum_add(&risk0, with * augmented0(&v, 1.0) + without * augmented0(&v, 0.0));
        sg_sum_add(&att, with * att_term(&v, 1.0) + without * att_term(&v, 0.0));
        sg_sum_add(&mean1, all * v.m1);
        sg_sum_add(&mean0, all * v.m0);
        out->clipped += v.clipped ? v.count : 0.0;
        if (v.treated) {
            sg_sum_add(&n1, all);
            sg_sum_add(&part1, (with - all * v.m1) / v.e);
            sg_sum_add(&total1, all / v.e);
        } else {
            sg_sum_add(&part0, (with - all * v.m0) / (1.0 - v.e));
            sg_sum_add(&total0, all / (1.0 - v.e));
        }
    }
    out->n = sg_sum_value(&n);
    out->n1 = sg_sum_value(&n1);
    out->risk1 = sg_sum_value(&risk1) / out->n;
    out->risk0 = sg_sum_value(&risk0) / out->n;
    out->att = sg_sum_value(&att) / out->n1;
    out->normalised = (sg_sum_value(&mean1) - sg_sum_value(&mean0)) / out->n +
                      sg_sum_value(&part1) / sg_sum_value(&total1) -
                      sg_sum_value(&part0) / sg_sum_value(&total0);
}

/* ---- standard errors ---- */

static double ate_influence(const averages *m, const row_values *v, double y)
{
    return v->weight * (augmented1(v, y) - augmented0(v, y) - (m->risk1 - m->risk0)) / m->n;
}

static double att_influence(const averages *m, const row_values *v, double y)
{
    return v->weight * (att_term(v, y) - (v->treated ? m->att : 0.0)) / m->n1;
}

typedef double influence_function(const averages *m, const row_values *v, double y);

/* The plain error; the clustered one, or NaN. sums: n_clusters zeros. */
static double find_error(const fits *f, const averages *m, influence_function *phi, size_t clusters,
                         double *sums, double *out_clustered)
{
    const sg_design *design = f->score.design;
    const double g = (double)clusters;
    sg_sum squares = {0}, clustered = {0};

    for (size_t i = 0; i < design->n_rows; i++) {
        const row_values v = values_of(f, i);
        const double phi1 = phi(m, &v, 1.0), phi0 = phi(m, &v, 0.0), without = v.count - v.with;
        sg_sum_add(&squares, v.with * phi1 * phi1 + without * phi0 * phi0);
        if (design->n_clusters > 0)
            sums[design->cluster[i]] += v.with * phi1 + without * phi0;
    }
    for (size_t c = 0; c < design->n_clusters; c++)
        sg_sum_add(&clustered, sums[c] * sums[c]);
    *out_clustered = clusters > 1 ? sqrt(g / (g - 1.0) * sg_sum_value(&clustered)) : nan("");
    return sqrt(sg_sum_value(&squares));
}

static sg_status describe_all(const fits *f, sg_arena *arena, sg_aipw_result *out, sg_err *err)
{
    const sg_adjusted *const all[] = {&f->score, &f->outcome[1], &f->outcome[0]};
    sg_fit_report *const reports[] = {&out->score_fit, &out->fit1, &out->fit0};
    sg_status status = SG_OK;

    for (size_t i = 0; i < 3 && status == SG_OK; i++)
        status = sg_fit_describe(all[i]->design, all[i]->response, &all[i]->fit, arena, reports[i], err);
    return status;
}

static sg_status fill_result(const fits *f, double conf, sg_arena *arena, sg_aipw_result *out, sg_err *err)
{
    const sg_design *design = f->score.design;
    double *sums = sg_arena_alloc(arena, 2 * design->n_clusters + 1, sizeof *sums);
    averages m = {0};
    sg_status status = sg_clusters_present(design, f->score.response, arena, &out->clusters, err);

    if (status != SG_OK)
        return status;
    if (sums == NULL)
        return sg_no_memory(err);
    find_averages(f, &m);
    out->ate_se_plain = find_error(f, &m, ate_influence, out->clusters, sums, &out->ate_se_clustered);
    out->att_se_plain = find_error(f, &m, att_influence, out->clusters, sums + design->n_clusters,
                                   &out->att_se_clustered);
    const bool by_cluster = out->clusters > 1;
    const double df = by_cluster ? (double)out->clusters - 1.0 : HUGE_VAL;
    out->risk1 = m.risk1;
    out->risk0 = m.risk0;
    out->ate_normalised = m.normalised;
    out->clipped = m.clipped;
    out->ate = sg_figure_t(m.risk1 - m.risk0, by_cluster ? out->ate_se_clustered : out->ate_se_plain, df,
                           conf);
    out->att = sg_figure_t(m.att, by_cluster ? out->att_se_clustered : out->att_se_plain, df, conf);
    return describe_all(f, arena, out, err);
}

static sg_aipw_result refuse(const char *note)
{
    const double blank = nan("");

    return (sg_aipw_result){.status = SG_EST_NOT_ESTIMABLE,
                            .note = note,
                            .risk1 = blank,
                            .risk0 = blank,
                            .ate_normalised = blank,
                            .clipped = blank,
                            .ate = sg_figure_refused(note),
                            .att = sg_figure_refused(note),
                            .ate_se_plain = blank,
                            .att_se_plain = blank,
                            .ate_se_clustered = blank,
                            .att_se_clustered = blank};
}

sg_status sg_aipw(const sg_observations *sample, const sg_model *model, const sg_aipw_options *options,
                  double conf, sg_arena *arena, sg_aipw_result *out, sg_err *err)
{
    sg_aipw_result result = {.status = SG_EST_OK, .note = ""};
    fits f = {0};
    sg_status status = fit_all(NULL, sample, model, options, arena, &f, err);

    if (status != SG_OK)
        return status;
    const char *obstacle = f.obstacle != NULL ? f.obstacle : sg_obstacle_conf(conf);
    if (obstacle != NULL)
        result = refuse(obstacle);
    else
        status = fill_result(&f, conf, arena, &result, err);
    if (status == SG_OK)
        *out = result;
    return status;
}

/* ---- the jackknife ---- */

typedef struct {
    const sg_model *model;
    const sg_aipw_options *options;
    fits whole; /* to the sample */
} task;

enum { ATE, ATT, N_VALUES };

static sg_status estimate(const sg_observations *sample, void *context, sg_arena *arena, double *out,
                          const char **out_obstacle, sg_err *err)
{
    const task *t = context;
    averages m = {0};
    fits f = {0};
    const sg_status status = fit_all(&t->whole, sample, t->model, t->options, arena, &f, err);

    if (status != SG_OK)
        return status;
    *out_obstacle = f.obstacle;
    if (f.obstacle != NULL)
        return SG_OK;
    find_averages(&f, &m);
    out[ATE] = m.risk1 - m.risk0;
    out[ATT] = m.att;
    return SG_OK;
}

sg_status sg_aipw_jackknife(const sg_observations *sample, const sg_model *model,
                            const sg_aipw_options *options, const sg_jackknife_plan *plan,
                            sg_aipw_jackknife_result *out, sg_err *err)
{
    SG_CLEANUP(sg_arena_cleanup) sg_arena *arena = sg_arena_new();
    task t = {.model = model, .options = options};
    sg_figure figures[N_VALUES];
    size_t failed = 0;

    if (arena == NULL)
        return sg_no_memory(err);
    sg_status status = fit_all(NULL, sample, model, options, arena, &t.whole, err);
    if (status == SG_OK)
        status = sg_jackknife(sample, estimate, &t, plan, N_VALUES, figures, &failed, err);

    if (status == SG_OK)
        *out = (sg_aipw_jackknife_result){.ate = figures[ATE], .att = figures[ATT], .failed = failed};
    return status;
}
