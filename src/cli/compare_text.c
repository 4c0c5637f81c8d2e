/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "compare_text.h"

#include <math.h>
#include <string.h>

#include "skillgain/base/json.h"

/* ---- for reading ---- */

enum { DIGITS = 4 };

static void add_figure(sg_str *out, double value)
{
    double size = fabs(value);

    if (size != 0 && (size < 1e-4 || size >= 1e7))
        sg_str_printf(out, "%.3e", value);
    else
        sg_str_add_fixed(out, value, size >= 1000 ? 1 : DIGITS);
}

static void add_p(sg_str *out, const char *name, double p)
{
    if (isnan(p))
        return;
    if (p < 0.0001)
        sg_str_printf(out, "  %s < 0.0001", name);
    else
        sg_str_printf(out, "  %s %.4f", name, p);
}

static void add_estimate(sg_str *out, const sg_estimate *e)
{
    if (!isnan(e->estimate))
        add_figure(out, e->estimate);
    if (!isnan(e->ci_low) || !isnan(e->ci_high)) {
        sg_str_add(out, " (");
        add_figure(out, e->ci_low);
        sg_str_add(out, " to ");
        add_figure(out, e->ci_high);
        sg_str_add(out, ")");
    }
    if (!isnan(e->statistic) && isnan(e->estimate)) {
        sg_str_add(out, "statistic ");
        add_figure(out, e->statistic);
        if (!isnan(e->df))
            sg_str_printf(out, ", df %g", e->df);
    }
    add_p(out, "p", e->p_value);
    add_p(out, "adjusted", e->p_adjusted);
}

static void add_row(sg_str *out, const sg_estimate *e)
{
    sg_str_printf(out, "  %-16s %-22s ", e->estimand, e->method);
    if (strcmp(e->subset, "all") != 0)
        sg_str_printf(out, "%-10s ", e->subset);
    if (*e->variant)
        sg_str_printf(out, "%-10s ", e->variant);
    if (e->status == SG_ESTIMATE_NOT_ESTIMABLE)
        sg_str_add(out, "not estimable");
    else
        add_estimate(out, e);
    if (e->status == SG_ESTIMATE_SMALL_SAMPLE)
        sg_str_add(out, "  [small sample]");
    if (*e->note)
        sg_str_printf(out, "  %s", e->note);
    sg_str_add_char(out, '\n');
}

static bool is_same_group(const sg_estimate *a, const sg_estimate *b)
{
    return strcmp(a->dimension, b->dimension) == 0 && strcmp(a->level, b->level) == 0;
}

static void add_heading(sg_str *out, const sg_estimate *e)
{
    if (strcmp(e->dimension, "all") == 0)
        sg_str_add(out, "\neveryone\n");
    else
        sg_str_printf(out, "\n%s: %s\n", e->dimension, e->level);
}

void sg_compare_text(sg_str *out, const sg_compare_request *request, const sg_compare_result *result)
{
    if (request->arm)
        sg_str_printf(out, "%s by %s: ", request->outcome, request->arm);
    sg_str_add_count(out, result->learners);
    sg_str_add(out, request->arm ? " rows, " : " learners, ");
    sg_str_add_count(out, result->used);
    sg_str_add(out, " compared\n");
    for (size_t i = 0; i < result->n_notes; i++)
        sg_str_printf(out, "%s\n", result->notes[i]);
    for (size_t i = 0; i < result->n; i++) {
        if (i == 0 || !is_same_group(&result->rows[i - 1], &result->rows[i]))
            add_heading(out, &result->rows[i]);
        add_row(out, &result->rows[i]);
    }
}

/* ---- for programs ---- */

#define TEXT(member)                                                                                         \
    {                                                                                                        \
#member, offsetof(sg_estimate, member)                                                               \
    }
static const struct {
    const char *name;
    size_t offset;
} texts[] = {TEXT(outcome),  TEXT(dimension), TEXT(level),     TEXT(subset),    TEXT(variant),
             TEXT(estimand), TEXT(method),    TEXT(reference), TEXT(covariates)},
  reals[] = {TEXT(estimate),  TEXT(std_error), TEXT(ci_low),  TEXT(ci_high),
             TEXT(statistic), TEXT(df),        TEXT(p_value), TEXT(p_adjusted)},
  counts[] = {TEXT(n_iet),   TEXT(x_iet),   TEXT(n_comparison), TEXT(x_comparison),
              TEXT(n_level), TEXT(x_level), TEXT(n_reference),  TEXT(x_reference)};

#define N_OF(list) (sizeof(list) / sizeof *(list))

static void add_csv_header(sg_str *out)
{
    for (size_t i = 0; i < N_OF(texts); i++)
        sg_str_printf(out, "%s,", texts[i].name);
    for (size_t i = 0; i < N_OF(reals); i++)
        sg_str_printf(out, "%s,", reals[i].name);
    for (size_t i = 0; i < N_OF(counts); i++)
        sg_str_printf(out, "%s,", counts[i].name);
    sg_str_add(out, "status,note\n");
}

static void add_csv_row(sg_str *out, const sg_estimate *e)
{
    const char *at = (const char *)e;

    for (size_t i = 0; i < N_OF(texts); i++) {
        sg_str_add_csv(out, *(const char *const *)(const void *)(at + texts[i].offset));
        sg_str_add_char(out, ',');
    }
    for (size_t i = 0; i < N_OF(reals); i++) {
        sg_str_add_exact(out, *(const double *)(const void *)(at + reals[i].offset));
        sg_str_add_char(out, ',');
    }
    for (size_t i = 0; i < N_OF(counts); i++) {
        int64_t count = *(const int64_t *)(const void *)(at + counts[i].offset);

        if (count >= 0)
            sg_str_printf(out, "%lld", (long long)count);
        sg_str_add_char(out, ',');
    }
    sg_str_printf(out, "%s,", sg_result_status_text(e->status));
    sg_str_add_csv(out, e->note);
    sg_str_add_char(out, '\n');
}

void sg_compare_csv(sg_str *out, const sg_compare_result *result)
{
    add_csv_header(out);
    for (size_t i = 0; i < result->n; i++)
        add_csv_row(out, &result->rows[i]);
}

sg_status sg_compare_json(sg_str *out, const sg_compare_request *request, const sg_compare_result *result,
                          sg_err *err)
{
    sg_json *root = sg_json_object(), *notes = sg_json_array(), *rows = sg_json_array();
    sg_status status;

    if (request->arm) {
        sg_json_set_text(root, "arm", request->arm);
        sg_json_set_text(root, "outcome", request->outcome);
    }
    sg_json_set_real(root, "confidence", request->confidence);
    sg_json_set_int(root, "learners", result->learners);
    sg_json_set_int(root, "used", result->used);
    sg_json_set_int(root, "without_arm", result->without_arm);
    sg_json_set_int(root, "without_outcome", result->without_outcome);
    sg_json_set_int(root, "one_armed", result->one_armed);
    for (size_t i = 0; i < result->n_notes; i++)
        sg_json_append_text(notes, result->notes[i]);
    sg_json_set(root, "notes", notes);
    for (size_t i = 0; i < result->n; i++)
        sg_json_append(rows, sg_estimate_to_json(&result->rows[i]));
    sg_json_set(root, "estimates", rows);
    status = sg_json_write(root, out, err);
    sg_json_free(root);
    return status;
}
