/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "errata.h"

#include <math.h>
#include <stddef.h>
#include <string.h>

static double param(json_t *entry, const char *name)
{
    return json_number_value(json_object_get(json_object_get(entry, "params"), name));
}

static double choose(double n, double k)
{
    return exp(lgamma(n + 1.0) - lgamma(k + 1.0) - lgamma(n - k + 1.0));
}

/* 1.7b, upper limit: the odds ratio at which x1 or fewer have probability (1-conf)/2, given the margins. How
 * far off? */
static double miss_of_upper_limit(json_t *entry, double odds)
{
    const double x1 = param(entry, "x1"), n1 = param(entry, "n1"), n0 = param(entry, "n0");
    const double successes = x1 + param(entry, "x0");
    double up_to = 0.0, total = 0.0;

    for (double k = fmax(0.0, successes - n0); k <= fmin(n1, successes); k += 1.0) {
        const double weight = choose(n1, k) * choose(n0, successes - k) * pow(odds, k);
        total += weight;
        up_to += k <= x1 ? weight : 0.0;
    }
    return fabs(up_to / total - (1.0 - param(entry, "conf")) / 2.0);
}

/* R's fisher.test seeks the inverse of a large odds ratio to 1.2e-4: near 1/237 that leaves three digits. */
static const struct {
    const char *id, *key;
    double (*miss)(json_t *entry, double value);
} ERRATA[] = {
    {"v.b.fisher_or", "or_hi", miss_of_upper_limit},
};

bool errata_explain(json_t *entry, const char *key, double got)
{
    static const double SOLVED = 1e-10;
    const char *id = json_string_value(json_object_get(entry, "id"));
    const double printed = json_number_value(json_object_get(json_object_get(entry, "expect"), key));

    for (size_t i = 0; i < sizeof ERRATA / sizeof *ERRATA; i++) {
        if (strcmp(ERRATA[i].id, id) == 0 && strcmp(ERRATA[i].key, key) == 0)
            return ERRATA[i].miss(entry, got) < SOLVED && ERRATA[i].miss(entry, printed) > 1000.0 * SOLVED;
    }
    return false;
}
