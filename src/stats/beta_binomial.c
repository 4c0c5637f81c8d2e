/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include <gsl/gsl_sf_psi.h>

#include "figure.h"
#include "numeric.h"
#include "skillgain/stats/proportion.h"
#include "skillgain/stats/shrinkage.h"

static const double LARGEST_PRECISION = 1e6;

typedef struct {
    const sg_counts *groups;
    size_t n;
} data;

/* ---- the likelihood and its derivatives ---- */

static double log_beta(double a, double b)
{
    return lgamma(a) + lgamma(b) - lgamma(a + b);
}

/* mu and M by their logit and logarithm. */
typedef struct {
    double u, v;
} place;

static void parameters_at(place at, double *out_a, double *out_b)
{
    const double mu = 1.0 / (1.0 + exp(-at.u)), precision = exp(at.v);

    *out_a = mu * precision;
    *out_b = (1.0 - mu) * precision;
}

static double likelihood(const data *d, place at)
{
    double a = 0.0, b = 0.0;
    sg_sum sum = {0};

    parameters_at(at, &a, &b);
    for (size_t i = 0; i < d->n; i++) {
        const double x = (double)d->groups[i].x, rest = (double)(d->groups[i].n - d->groups[i].x);
        sg_sum_add(&sum, log_beta(x + a, rest + b) - log_beta(a, b));
    }
    return sg_sum_value(&sum);
}

typedef struct {
    double u, v, uu, uv, vv;
} slopes;

/* By a and b first, then by the chain rule. */
static slopes slopes_at(const data *d, place at)
{
    double a = 0.0, b = 0.0;
    sg_sum ga = {0}, gb = {0}, haa = {0}, hbb = {0}, hab = {0};

    parameters_at(at, &a, &b);
    const double m = a + b, mu = a / m, w = m * mu * (1.0 - mu);
    for (size_t i = 0; i < d->n; i++) {
        const double x = (double)d->groups[i].x, n = (double)d->groups[i].n;
        const double all = gsl_sf_psi(m) - gsl_sf_psi(n + m), all1 = gsl_sf_psi_1(m) - gsl_sf_psi_1(n + m);
        sg_sum_add(&ga, gsl_sf_psi(x + a) - gsl_sf_psi(a) + all);
        sg_sum_add(&gb, gsl_sf_psi(n - x + b) - gsl_sf_psi(b) + all);
        sg_sum_add(&haa, gsl_sf_psi_1(x + a) - gsl_sf_psi_1(a) + all1);
        sg_sum_add(&hbb, gsl_sf_psi_1(n - x + b) - gsl_sf_psi_1(b) + all1);
        sg_sum_add(&hab, all1);
    }
    const double da = sg_sum_value(&ga), db = sg_sum_value(&gb);
    const double aa = sg_sum_value(&haa), bb = sg_sum_value(&hbb), ab = sg_sum_value(&hab);
    return (slopes){.u = w * (da - db),
                    .v = a * da + b * db,
                    .uu = w * w * (aa - 2.0 * ab + bb) + (da - db) * w * (1.0 - 2.0 * mu),
                    .uv = w * (a * aa + (b - a) * ab - b * bb) + (da - db) * w,
                    .vv = a * a * aa + 2.0 * a * b * ab + b * b * bb + a * da + b * db};
}

/* ---- climbing ---- */

/* Newton's step where the surface is a hill, else up the slope; no longer than 2 in either direction. */
static place step_of(const slopes *s)
{
    static const double LONGEST = 2.0;
    const double determinant = s->uu * s->vv - s->uv * s->uv;
    const bool is_hill = s->uu < 0.0 && determinant > 0.0;
    place step = {.u = s->u, .v = s->v};

    if (is_hill) {
        step.u = -(s->vv * s->u - s->uv * s->v) / determinant;
        step.v = -(s->uu * s->v - s->uv * s->u) / determinant;
    }
    const double length = fmax(fabs(step.u), fabs(step.v));
    if (length > LONGEST) {
        step.u *= LONGEST / length;
        step.v *= LONGEST / length;
    }
    return step;
}

/* From a place to the top; false: it lies at no finite precision. */
static bool climb(const data *d, place *at, double *out_height)
{
    enum { MOST_STEPS = 200, MOST_HALVINGS = 40 };
    static const double FLAT = 1e-10;
    double height = likelihood(d, *at);

    for (int i = 0; i < MOST_STEPS && at->v <= log(LARGEST_PRECISION); i++) {
        const slopes s = slopes_at(d, *at);
        const place step = step_of(&s);
        double scale = 1.0, next_height = -HUGE_VAL;
        place next = *at;
        if (fmax(fabs(s.u), fabs(s.v)) < FLAT)
            break;
        for (int k = 0; k < MOST_HALVINGS && !(next_height >= height); k++, scale /= 2.0) {
            next = (place){.u = at->u + scale * step.u, .v = at->v + scale * step.v};
            next_height = likelihood(d, next);
        }
        if (!(next_height >= height))
            break;
        *at = next;
        height = next_height;
    }
    *out_height = height;
    return at->v <= log(LARGEST_PRECISION);
}

/* ---- the answer ---- */

static void give_raw(const data *d, double conf, sg_shrunk_rate *out)
{
    for (size_t i = 0; i < d->n; i++) {
        const sg_figure rate = sg_rate_wilson(d->groups[i], conf);
        out[i] = (sg_shrunk_rate){.rate = rate.estimate, .weight = 1.0, .low = rate.low, .high = rate.high};
    }
}

static void give_shrunk(const data *d, const sg_beta_binomial *fit, double conf, sg_shrunk_rate *out)
{
    const double tail = (1.0 - conf) / 2.0;

    for (size_t i = 0; i < d->n; i++) {
        const double x = (double)d->groups[i].x, n = (double)d->groups[i].n;
        const double a = x + fit->alpha, b = n - x + fit->beta;
        if (isinf(fit->precision)) {
            out[i] = (sg_shrunk_rate){.rate = fit->mu, .weight = 0.0, .low = nan(""), .high = nan("")};
            continue;
        }
        out[i] = (sg_shrunk_rate){.rate = a / (n + fit->precision),
                                  .weight = n / (n + fit->precision),
                                  .low = sg_beta_quantile(tail, 1.0 - tail, a, b),
                                  .high = sg_beta_quantile(1.0 - tail, tail, a, b)};
    }
}

static const char *find_obstacle(const data *d, double conf, double *out_x, double *out_n)
{
    size_t used = 0;

    *out_x = *out_n = 0.0;
    for (size_t i = 0; i < d->n; i++) {
        if (d->groups[i].x < 0 || d->groups[i].x > d->groups[i].n)
            return "counts that cannot be";
        *out_x += (double)d->groups[i].x;
        *out_n += (double)d->groups[i].n;
        used += d->groups[i].n > 0 ? 1 : 0;
    }
    if (used < 5)
        return "fewer than five groups";
    if (!(*out_x > 0.0 && *out_x < *out_n))
        return *out_x > 0.0 ? "all have the outcome" : "nobody has the outcome";
    return sg_obstacle_conf(conf);
}

static void take_top(const data *d, place at, double x, double n, sg_beta_binomial *out)
{
    static const double STARTS[] = {1.0, 3.0, 5.0};
    double best = -HUGE_VAL, height = 0.0;
    const double u = at.u;
    bool is_finite = false;

    for (size_t i = 0; i < sizeof STARTS / sizeof *STARTS; i++) {
        place here = {.u = u, .v = STARTS[i]};
        const bool found = climb(d, &here, &height);
        if (height <= best)
            continue;
        best = height;
        at = here;
        is_finite = found;
    }
    out->log_likelihood = best;
    out->mu = is_finite ? 1.0 / (1.0 + exp(-at.u)) : x / n;
    out->precision = is_finite ? exp(at.v) : HUGE_VAL;
    out->alpha = is_finite ? out->mu * out->precision : HUGE_VAL;
    out->beta = is_finite ? (1.0 - out->mu) * out->precision : HUGE_VAL;
    out->icc = 1.0 / (out->precision + 1.0);
}

sg_beta_binomial sg_fit_beta_binomial(const sg_counts *groups, size_t n, double conf,
                                      sg_shrunk_rate *out_rates)
{
    const data d = {.groups = groups, .n = n};
    const double blank = nan("");
    double x = 0.0, size = 0.0;
    const char *obstacle = find_obstacle(&d, conf, &x, &size);
    sg_beta_binomial fit = {blank, blank, blank, blank, blank, blank, SG_EST_NOT_ESTIMABLE, obstacle};
    size_t used = 0;

    if (obstacle != NULL) {
        give_raw(&d, conf, out_rates);
        return fit;
    }
    take_top(&d, (place){.u = log((x + 0.5) / (size - x + 0.5)), .v = 0.0}, x, size, &fit);
    give_shrunk(&d, &fit, conf, out_rates);
    for (size_t i = 0; i < n; i++)
        used += groups[i].n > 0 ? 1 : 0;
    fit.status = SG_EST_OK;
    fit.note = isinf(fit.precision) ? "no excess variation" : used < 10 ? "few groups" : "";
    return fit;
}
