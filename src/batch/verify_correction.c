/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "verify_correction.h"

#include <math.h>
#include <string.h>

#include "skillgain/base/text.h"

static double number_of(const sg_stats_params *params, const char *name)
{
    for (size_t i = 0; i < params->n; i++) {
        if (strcmp(params->items[i].name, name) == 0 && params->items[i].numbers != NULL)
            return params->items[i].numbers[0];
    }
    return nan("");
}

static double log_choose(double n, double k)
{
    return lgamma(n + 1.0) - lgamma(k + 1.0) - lgamma(n - k + 1.0);
}

/* How far the odds ratio is from solving what the key stands for: or_hi, x1 or fewer have probability (1-conf)/2; or_lo, x1 or
 * more; or_cond_mle, x1 is the mean. */
static double miss(const char *key, const sg_stats_params *params, double odds)
{
    const double x1 = number_of(params, "x1"), n1 = number_of(params, "n1"), n0 = number_of(params, "n0");
    const double successes = x1 + number_of(params, "x0"), tail = (1.0 - number_of(params, "conf")) / 2.0;
    const double from = fmax(0.0, successes - n0), to = fmin(n1, successes);
    const double scale = log_choose(n1, x1) + log_choose(n0, successes - x1) + x1 * log(odds);
    double up_to = 0.0, from_it = 0.0, mean = 0.0, total = 0.0;

    for (int64_t i = 0; i <= (int64_t)(to - from); i++) {
        const double k = from + (double)i;
        const double weight = exp(log_choose(n1, k) + log_choose(n0, successes - k) + k * log(odds) - scale);
        total += weight;
        mean += k * weight;
        up_to += k <= x1 ? weight : 0.0;
        from_it += k >= x1 ? weight : 0.0;
    }
    if (strcmp(key, "or_hi") == 0)
        return fabs(up_to / total - tail);
    return strcmp(key, "or_lo") == 0 ? fabs(from_it / total - tail) : fabs(mean / total - x1);
}

bool sg_verify_is_corrected(const char *method, const char *key, const sg_stats_params *params, double got,
                            double want)
{
    static const double SOLVED = 1e-10, LEFT_OPEN = 1.3e-4;

    if (!sg_text_starts(method, "1.7b ") || !(got > 0.0 && want > 0.0) || isinf(got))
        return false;
    const double apart = got > 1.0 ? fabs(1.0 / got - 1.0 / want) : fabs(got - want);
    return apart <= LEFT_OPEN && miss(key, params, got) < SOLVED && miss(key, params, want) > 1000.0 * SOLVED;
}
