/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "skillgain/analysis/compare.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "comparison.h"
#include "skillgain/base/text.h"

#define N_OF(list) (sizeof(list) / sizeof *(list))

/* ---- the methods ---- */

static const sg_compare_method METHODS[] = {
    {"wilson", "", true, "of outcomes that are yes or no"},
    {"clopper_pearson", "", false, "of outcomes that are yes or no"},
    {"newcombe", "", true, "of outcomes that are yes or no"},
    {"miettinen_nurminen", "", false, "of outcomes that are yes or no"},
    {"log", "", true, "of outcomes that are yes or no"},
    {"score", "", false, "of outcomes that are yes or no"},
    {"cohen_h", "", false, "of outcomes that are yes or no"},
    {"n1_chisq", "", true, "of outcomes that are yes or no"},
    {"fisher", "", true, "of outcomes that are yes or no"},
    {"fisher_midp", "", false, "of outcomes that are yes or no"},
    {"pearson", "", false, "of outcomes that are yes or no"},
    {"yates", "", false, "of outcomes that are yes or no"},
    {"boschloo", "", false, "of outcomes that are yes or no"},
    {"barnard", "", false, "of outcomes that are yes or no"},
    {"mover", "group", true, "of a file of learners, with an outcome that is yes or no"},
    {"cochran_armitage", "group", false, "of yes or no by a group whose levels are numbers"},
    {"mantel_extension", "group and strata", false, "of yes or no by a group whose levels are numbers"},
    {"mh", "strata", true, "of a file of learners, with an outcome that is yes or no"},
    {"cmh", "strata", true, "of a file of learners, with an outcome that is yes or no"},
    {"cmh_exact", "strata", false, "of a file of learners, with an outcome that is yes or no"},
    {"tarone", "strata", true, "of a file of learners, with an outcome that is yes or no"},
    {"q", "strata", false, "of a file of learners, with an outcome that is yes or no"},
    {"standardised", "strata", false, "of a file of learners, with an outcome that is yes or no"},
    {"welch", "", true, "of outcomes that are amounts"},
    {"hedges", "", true, "of outcomes that are amounts"},
    {"mann_whitney", "", false, "of outcomes that are amounts"},
    {"brunner_munzel", "", true, "of outcomes that are amounts"},
    {"hodges_lehmann", "", false, "of outcomes that are amounts"},
    {"order_statistic", "", true, "of outcomes that are amounts"},
    {"kaplan_meier", "time", true, "of a file of learners, with an outcome that is yes or no"},
    {"logrank", "time", true, "of a file of learners, with an outcome that is yes or no"},
    {"logit", "covariates", false, "of a file of learners, with an outcome that is yes or no"},
    {"firth", "covariates", false, "of a file of learners, with an outcome that is yes or no"},
    {"gcomp", "covariates", true, "of a file of learners, with an outcome that is yes or no"},
    {"lpm_cr2", "covariates and cluster", false, "of a file of learners, with an outcome that is yes or no"},
    {"wild_cluster", "covariates and cluster", false,
     "of a file of learners, with an outcome that is yes or no"},
    {"ipw_att", "covariates", false, "of a file of learners, with an outcome that is yes or no"},
    {"ipw_ate", "covariates", false, "of a file of learners, with an outcome that is yes or no"},
    {"ipw_ato", "covariates", false, "of a file of learners, with an outcome that is yes or no"},
    {"aipw_att", "covariates", false, "of a file of learners, with an outcome that is yes or no"},
    {"aipw_ate", "covariates", false, "of a file of learners, with an outcome that is yes or no"},
    {"match_1", "covariates", false, "of a file of learners, with an outcome that is yes or no"},
    {"match_k", "covariates and ratio", false, "of a file of learners, with an outcome that is yes or no"},
    {"balance", "covariates", true, "of a file of learners, with an outcome that is yes or no"},
    {"anova", "cluster", true, "of a file of learners, with an outcome that is yes or no"},
    {"beta_binomial", "cluster", false, "of a file of learners, with an outcome that is yes or no"},
    {"binomial_limits", "cluster", false, "of a file of learners, with an outcome that is yes or no"},
    {"percentile", "", false, "of a file of learners, with an outcome that is yes or no"},
    {"bca", "", false, "of a file of learners, with an outcome that is yes or no"},
    {"permutation", "", false, "of a file of learners, with an outcome that is yes or no"},
};

const sg_compare_method *sg_compare_method_at(size_t i)
{
    return i < N_OF(METHODS) ? &METHODS[i] : NULL;
}

static const sg_compare_method *find_method(const char *name)
{
    for (size_t i = 0; i < N_OF(METHODS); i++)
        if (strcmp(METHODS[i].name, name) == 0)
            return &METHODS[i];
    return NULL;
}

static bool is_listed(const sg_compare_names *methods, const char *name)
{
    for (size_t i = 0; i < methods->n; i++)
        if (strcmp(methods->names[i], name) == 0)
            return true;
    return false;
}

/* Of the weightings, those of the estimand asked for. */
static bool leads(const sg_compare_request *r, const char *method)
{
    static const char *const of_estimand[][2] = {
        {"ipw_att", "aipw_att"}, {"ipw_ate", "aipw_ate"}, {"ipw_ato", ""}};

    const sg_compare_method *found = find_method(method);

    return (found && found->leads) || strcmp(method, of_estimand[r->estimand][0]) == 0 ||
           strcmp(method, of_estimand[r->estimand][1]) == 0;
}

bool sg_compare_wants(const sg_comparison *c, const char *method)
{
    if (c->all || is_listed(&c->request->methods, method))
        return true;
    return !c->request->methods.n && leads(c->request, method);
}

bool sg_compare_wants_more(const sg_comparison *c, const char *method)
{
    return c->all || is_listed(&c->request->methods, method);
}

/* ---- what is asked ---- */

/* Whether a row is of the method, by itself or with a suffix, or balance itself. */
static bool is_of(const sg_estimate *e, const char *method)
{
    size_t n = strlen(method);

    return strcmp(e->estimand, method) == 0 ||
           (strncmp(e->method, method, n) == 0 && (e->method[n] == '\0' || e->method[n] == '+'));
}

/* Each method that was named has its say: what it looks at may be of another kind, as amounts or a group without numbers. */
static sg_status check_answers(const sg_comparison *c)
{
    const sg_compare_names *methods = &c->request->methods;

    for (size_t m = 0; m < methods->n; m++) {
        bool answered = strcmp(methods->names[m], "all") == 0;

        for (size_t i = 0; i < c->list->n && !answered; i++)
            answered = is_of(&c->list->items[i], methods->names[m]);
        if (!answered) {
            const sg_compare_method *method = find_method(methods->names[m]);

            return sg_fail(c->err, SG_USAGE, "method '%s' has nothing to say of this: it is %s",
                           methods->names[m], method ? method->is_of : "unknown");
        }
    }
    return SG_OK;
}

static bool has(const sg_compare_request *r, const char *need)
{
    return (!strstr(need, "covariates") || r->covariates.n) && (!strstr(need, "strata") || r->strata.n) &&
           (!strstr(need, "cluster") || r->cluster) && (!strstr(need, "time") || r->time) &&
           (!strstr(need, "group") || r->groups.n);
}

static sg_status check_methods(const sg_compare_request *r, sg_err *err)
{
    for (size_t i = 0; i < r->methods.n; i++) {
        const char *name = r->methods.names[i];
        const sg_compare_method *method = find_method(name);

        if (strcmp(name, "all") == 0)
            continue;
        if (!method)
            return sg_fail(err, SG_USAGE, "there is no method '%s'; see 'skillgain compare --methods list'",
                           name);
        if (strcmp(name, "match_k") == 0 && r->ratio < 2)
            return sg_fail(err, SG_USAGE, "method 'match_k' needs '--ratio 2' or more");
        if (!has(r, method->needs))
            return sg_fail(err, SG_USAGE, "method '%s' needs %s; give them by the options of these names",
                           name, method->needs);
    }
    return SG_OK;
}

static sg_status check(const sg_compare_request *r, sg_err *err)
{
    if (!(r->confidence > 0 && r->confidence < 1))
        return sg_fail(err, SG_USAGE, "confidence %g: not between 0 and 1", r->confidence);
    if (!(r->caliper > 0))
        return sg_fail(err, SG_USAGE, "caliper: not above 0; 'none' is no caliper");
    if (r->ratio < 1 || r->ratio > 100)
        return sg_fail(err, SG_USAGE, "ratio %zu: not from 1 to 100", r->ratio);
    if (r->n_replicates < 2)
        return sg_fail(err, SG_USAGE, "replicates %zu: fewer than 2", r->n_replicates);
    return check_methods(r, err);
}

/* ---- rows ---- */

static void set_arms_of(sg_estimate *e, sg_arm_subset subset, const sg_compare_arms *of)
{
    if (subset != SG_ARM_COMPARISON) {
        e->n_iet = of->iet.n;
        e->x_iet = of->iet.x;
    }
    if (subset != SG_ARM_IET) {
        e->n_comparison = of->comparison.n;
        e->x_comparison = of->comparison.x;
    }
}

sg_estimate *sg_compare_add(sg_comparison *c, sg_compare_place place, const char *estimand,
                            const char *method)
{
    sg_estimate *e = sg_estimate_append(c->list);

    if (!e)
        return NULL;
    e->college = "";
    e->variant = "";
    e->outcome = c->request->outcome ? c->request->outcome : "";
    if (place.dimension) {
        e->dimension = place.dimension;
        e->level = place.level;
    }
    e->subset = sg_arm_subset_text(place.subset);
    e->estimand = estimand;
    e->method = method;
    if (!place.dimension && c->of)
        set_arms_of(e, place.subset, c->of);
    return e;
}

sg_estimate *sg_compare_add_figure(sg_comparison *c, sg_compare_place place, const char *estimand,
                                   const char *method, const sg_figure *figure, int64_t least_n)
{
    sg_estimate *e = sg_compare_add(c, place, estimand, method);

    if (e)
        sg_estimate_set_figure(e, estimand, method, figure, least_n);
    return e;
}

sg_status sg_compare_add_test(sg_comparison *c, sg_compare_place place, const char *estimand,
                              const char *method, const sg_test *test, int64_t least_n)
{
    sg_estimate *e = sg_compare_add(c, place, estimand, method);

    if (!e)
        return sg_no_memory(c->err);
    sg_estimate_set_test(e, estimand, method, test, least_n);
    return SG_OK;
}

sg_status sg_compare_add_number(sg_comparison *c, sg_compare_place place, const char *estimand,
                                const char *method, double number, const char *note)
{
    sg_estimate *e = sg_compare_add(c, place, estimand, method);

    if (!e)
        return sg_no_memory(c->err);
    e->estimate = isfinite(number) ? number : nan("");
    e->status = isfinite(number) ? SG_ESTIMATE_OK : SG_ESTIMATE_NOT_ESTIMABLE;
    e->note = note;
    return SG_OK;
}

/* ---- counts ---- */

sg_status sg_compare_count(const sg_comparison *c, const sg_compare_levels *levels, sg_compare_arms **out)
{
    const sg_compare_data *d = c->data;

    *out = sg_arena_alloc(c->arena, (levels ? levels->n : 1) + 1, sizeof **out);
    if (!*out)
        return sg_no_memory(c->err);
    for (size_t i = 0; i < d->n; i++) {
        sg_compare_arms *arms = &(*out)[levels ? levels->of_row[i] : 0];
        sg_counts *arm = d->arm[i] ? &arms->iet : &arms->comparison;

        arm->n++;
        arm->x += d->is_share && d->y[i] == 1;
    }
    return SG_OK;
}

sg_compare_arms sg_compare_count_all(const sg_comparison *c)
{
    sg_compare_arms arms = {{0, 0}, {0, 0}};

    for (size_t i = 0; i < c->data->n; i++) {
        sg_counts *arm = c->data->arm[i] ? &arms.iet : &arms.comparison;

        arm->n++;
        arm->x += c->data->is_share && c->data->y[i] == 1;
    }
    return arms;
}

/* ---- the whole ---- */

static sg_status run_families(sg_comparison *c)
{
    static const struct {
        sg_compare_family *family;
        bool is_of_models;
    } of_shares[] = {
        {sg_compare_shares, false},    {sg_compare_groups, false},         {sg_compare_strata, false},
        {sg_compare_times, false},     {sg_compare_logit, true},           {sg_compare_gcomp, true},
        {sg_compare_linear, true},     {sg_compare_gap_differences, true}, {sg_compare_propensity, true},
        {sg_compare_balance, true},    {sg_compare_matching, true},        {sg_compare_clusters, false},
        {sg_compare_resampling, false}};
    const sg_compare_arms all = sg_compare_count_all(c),
                          modelled = {c->data->modelled_iet, c->data->modelled_comparison};
    sg_status status = SG_OK;

    if (!c->data->is_share)
        return sg_compare_amounts(c);
    for (size_t i = 0; status == SG_OK && i < N_OF(of_shares); i++) {
        c->of = of_shares[i].is_of_models ? &modelled : &all;
        status = of_shares[i].family(c);
    }
    c->of = NULL;
    return status;
}

/* Everyone first, then the others as they came. */
static sg_status hand_over(sg_comparison *c, sg_compare_result *out)
{
    sg_estimate *rows = sg_arena_alloc(c->arena, c->list->n + 1, sizeof *rows);

    if (!rows)
        return sg_no_memory(c->err);
    for (int of_groups = 0; of_groups < 2; of_groups++) {
        for (size_t i = 0; i < c->list->n; i++) {
            const sg_estimate *e = &c->list->items[i];

            if ((strcmp(e->dimension, "all") != 0) == of_groups)
                rows[out->n++] = *e;
        }
    }
    out->rows = rows;
    return SG_OK;
}

sg_status sg_compare(const sg_frame *frame, const sg_compare_request *request, sg_compare_result *out,
                     sg_err *err)
{
    sg_compare_data data = {0};
    sg_estimate_list list = {0};
    sg_comparison c = {.request = request,
                       .data = &data,
                       .arena = frame->arena,
                       .list = &list,
                       .err = err,
                       .all = is_listed(&request->methods, "all")};
    sg_status status = check(request, err);

    *out = (sg_compare_result){0};
    if (status == SG_OK)
        status = sg_compare_prepare(frame, request, &data, out, err);
    if (status == SG_OK && request->time && !data.is_share)
        status = sg_fail(err, SG_USAGE, "with a time the outcome '%s' says whether it came: 1 or 0",
                         request->outcome);
    if (status == SG_OK) {
        sg_compare_arms arms = sg_compare_count_all(&c);

        c.least = arms.iet.n < arms.comparison.n ? arms.iet.n : arms.comparison.n;
        status = run_families(&c);
    }
    if (status == SG_OK)
        status = check_answers(&c);
    if (status == SG_OK)
        status = hand_over(&c, out);
    sg_estimate_list_release(&list);
    return status;
}

sg_status sg_compare_single(const sg_compare_table *table, const sg_compare_request *request, sg_arena *arena,
                            sg_compare_result *out, sg_err *err)
{
    sg_compare_data data = {.arena = arena, .is_share = true};
    sg_estimate_list list = {0};
    sg_comparison c = {.request = request,
                       .data = &data,
                       .arena = arena,
                       .list = &list,
                       .err = err,
                       .all = is_listed(&request->methods, "all")};
    sg_compare_arms arms = {{table->x1, table->n1}, {table->x0, table->n0}};
    sg_compare_place everyone = {NULL, NULL, SG_ARM_ALL};
    sg_status status = check(request, err);

    *out = (sg_compare_result){.learners = table->n1 + table->n0, .used = table->n1 + table->n0};
    if (status == SG_OK)
        status = sg_compare_table_rows(&c, everyone, arms);
    if (status == SG_OK)
        status = check_answers(&c);
    if (status == SG_OK)
        status = hand_over(&c, out);
    sg_estimate_list_release(&list);
    return status;
}
