/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "skillgain/batch/verify.h"

#include <math.h>
#include <string.h>

#include "oracle.h"
#include "skillgain/stats.h"
#include "verify_correction.h"

typedef struct {
    sg_arena *arena, *of_entry;
    sg_oracle_set set;
    sg_verify_report *report;
} verification;

/* One entry under comparison. */
typedef struct {
    const char *method;
    double absolute, relative;
    const sg_stats_params *params;
    double largest;
    size_t n_values, n_off;
    sg_str off, corrected; /* what is to be told of it */
} comparison;

/* ---- one value ---- */

static bool is_text(const sg_json *want, const char *text)
{
    return sg_text_equal(sg_json_text(want), text);
}

static double in_tolerances(double deviation, double tolerance)
{
    if (deviation <= 0.0)
        return 0.0;
    return tolerance > 0.0 ? deviation / tolerance : HUGE_VAL;
}

static bool number_agrees(comparison *c, double got, double want)
{
    const double deviation = fabs(got - want), tolerance = c->absolute + c->relative * fabs(want);

    if (!(deviation <= tolerance)) /* a NaN too */
        return false;
    c->largest = fmax(c->largest, in_tolerances(deviation, tolerance));
    return true;
}

static bool item_agrees(comparison *c, const sg_stats_item *got, const sg_json *want)
{
    if (sg_json_is_null(want) || is_text(want, "undefined"))
        return got->status != SG_EST_OK && isnan(got->number);
    if (got->status != SG_EST_OK)
        return false;
    if (is_text(want, "inf") || is_text(want, "-inf"))
        return isinf(got->number) && (got->number > 0.0) == is_text(want, "inf");
    if (sg_json_text(want) != NULL)
        return got->text != NULL && strcmp(got->text, sg_json_text(want)) == 0;
    return got->text == NULL && number_agrees(c, got->number, sg_json_real(want));
}

/* ---- what is told ---- */

static void add_wanted(sg_str *out, const sg_json *want)
{
    if (sg_json_text(want) != NULL)
        sg_str_printf(out, "'%s'", sg_json_text(want));
    else if (isnan(sg_json_real(want)))
        sg_str_add(out, "nothing");
    else
        sg_str_printf(out, "%.17g", sg_json_real(want));
}

static void add_got(sg_str *out, const sg_stats_item *got)
{
    if (got->status != SG_EST_OK)
        sg_str_add(out, "not estimable");
    else if (got->text != NULL)
        sg_str_printf(out, "'%s'", got->text);
    else
        sg_str_printf(out, "%.17g", got->number);
}

static void tell(sg_str *out, const char *key, size_t i, const sg_stats_item *got, const sg_json *want)
{
    sg_str_printf(out, "%s%s[%zu] is ", out->length > 0 ? "; " : "", key, i);
    add_got(out, got);
    sg_str_add(out, ", not ");
    add_wanted(out, want);
}

static void tell_deviation(comparison *c, const sg_stats_item *got, const sg_json *want)
{
    const double wanted = sg_json_real(want);
    const double tolerance = c->absolute + c->relative * fabs(wanted);
    const double deviation = in_tolerances(fabs(got->number - wanted), tolerance);

    if (isnan(deviation))
        return;
    c->largest = fmax(c->largest, deviation);
    sg_str_printf(&c->off, " (%.3g tolerances)", deviation);
}

/* ---- one entry ---- */

static void compare_item(comparison *c, const char *key, size_t i, const sg_stats_item *got,
                         const sg_json *want)
{
    c->n_values++;
    if (item_agrees(c, got, want))
        return;
    if (sg_verify_is_corrected(c->method, key, c->params, got->number, sg_json_real(want))) {
        tell(&c->corrected, key, i, got, want);
        return;
    }
    c->n_off++;
    tell(&c->off, key, i, got, want);
    tell_deviation(c, got, want);
}

static void compare_key(comparison *c, const char *key, const sg_json *want, const sg_stats_values *got)
{
    const sg_stats_value *value = sg_stats_values_find(got, key);
    const bool is_list = sg_json_is_array(want);
    const size_t n = is_list ? sg_json_size(want) : 1;

    if (value == NULL || value->n != n) {
        c->n_values += n;
        c->n_off += n;
        sg_str_printf(&c->off, "%s%s: %zu values, not %zu", c->off.length > 0 ? "; " : "", key,
                      value != NULL ? value->n : 0, n);
        return;
    }
    for (size_t i = 0; i < n; i++)
        compare_item(c, key, i, &value->items[i], is_list ? sg_json_at(want, i) : want);
}

static void compare_all(comparison *c, const sg_json *entry, const sg_stats_values *got)
{
    const sg_json *expect = sg_json_get(entry, "expect");

    c->absolute = sg_json_get_real(entry, "tol_abs");
    c->relative = sg_json_get_real(entry, "tol_rel");
    for (const char *key = sg_json_next_key(expect, NULL); key != NULL; key = sg_json_next_key(expect, key))
        compare_key(c, key, sg_json_get(expect, key), got);
    if (c->n_values == 0) {
        c->n_off = 1;
        sg_str_add(&c->off, "nothing is expected of it");
    }
}

/* What goes wrong on the way to the values is told of the entry; only want of memory ends the run. */
static sg_status run_entry(verification *v, const sg_json *entry, const sg_stats_adapter *adapter,
                           comparison *c, sg_err *err)
{
    sg_stats_values got = {0};
    sg_oracle_case *read = sg_arena_alloc(v->of_entry, 1, sizeof *read);
    sg_err own = {0};

    if (read == NULL)
        return sg_no_memory(err);
    sg_status status = sg_oracle_read(&v->set, entry, v->of_entry, read, &own);

    if (status == SG_OK) {
        const sg_stats_params params = {
            .items = read->items, .n = read->n_items, .rows = read->rows.n_columns > 0 ? &read->rows : NULL};
        c->params = &params;
        status = adapter->run(&params, &got, &own);
        if (status == SG_OK)
            compare_all(c, entry, &got);
        c->params = NULL;
    }
    sg_stats_values_release(&got);
    if (status == SG_NO_MEMORY)
        return sg_no_memory(err);
    if (status != SG_OK) {
        c->n_off++;
        sg_str_add(&c->off, own.message);
    }
    return SG_OK;
}

/* ---- the report ---- */

/* "2.4b" of "2.4b exact conditional test". */
static sg_verify_section *find_section(verification *v, const char *method)
{
    sg_verify_report *report = v->report;
    const size_t length = strcspn(method, " ");

    for (size_t i = 0; i < report->n_sections; i++) {
        if (strlen(report->sections[i].section) == length &&
            memcmp(report->sections[i].section, method, length) == 0)
            return &report->sections[i];
    }
    const char *name = sg_arena_strndup(v->arena, method, length);
    sg_verify_section *sections = sg_arena_alloc(v->arena, report->n_sections + 1, sizeof *sections);
    if (name == NULL || sections == NULL)
        return NULL;
    if (report->n_sections > 0)
        memcpy(sections, report->sections, report->n_sections * sizeof *sections);
    report->sections = sections;
    sections[report->n_sections] = (sg_verify_section){.section = name};
    return &sections[report->n_sections++];
}

static sg_status add_finding(verification *v, const sg_json *entry, sg_verify_finding finding,
                             const sg_str *message, sg_err *err)
{
    sg_verify_report *report = v->report;
    const char *id = sg_json_get_text(entry, "id"), *method = sg_json_get_text(entry, "method");
    sg_verify_finding *findings = sg_arena_alloc(v->arena, report->n_findings + 1, sizeof *findings);

    finding.id = sg_arena_strdup(v->arena, id != NULL ? id : "(no id)");
    finding.method = sg_arena_strdup(v->arena, method != NULL ? method : "(no method)");
    finding.message = sg_arena_strdup(v->arena, sg_str_text(message));
    if (message->failed || findings == NULL || finding.id == NULL || finding.method == NULL ||
        finding.message == NULL)
        return sg_no_memory(err);
    if (report->n_findings > 0)
        memcpy(findings, report->findings, report->n_findings * sizeof *findings);
    findings[report->n_findings++] = finding;
    report->findings = findings;
    return SG_OK;
}

static sg_status tell_entry(verification *v, const sg_json *entry, bool is_claimed, const comparison *c,
                            sg_err *err)
{
    const char *method = sg_json_get_text(entry, "method");
    sg_verify_section *section = find_section(v, method != NULL ? method : "?");
    sg_status status = SG_OK;

    if (section == NULL)
        return sg_no_memory(err);
    section->n_entries++;
    section->n_agree += is_claimed && c->n_off == 0 ? 1 : 0;
    section->n_unclaimed += is_claimed ? 0 : 1;
    section->n_values += c->n_values;
    section->largest = fmax(section->largest, c->largest);
    v->report->n_entries++;
    v->report->n_agree += is_claimed && c->n_off == 0 ? 1 : 0;
    v->report->n_values += c->n_values;
    if (!is_claimed || c->n_off > 0)
        status = add_finding(v, entry, (sg_verify_finding){.is_unclaimed = !is_claimed}, &c->off, err);
    if (status == SG_OK && c->corrected.length > 0)
        status = add_finding(v, entry, (sg_verify_finding){.is_corrected = true}, &c->corrected, err);
    return status;
}

static sg_status verify_entry(verification *v, const sg_json *entry, sg_err *err)
{
    const char *method = sg_json_get_text(entry, "method");
    const sg_stats_adapter *adapter = method != NULL ? sg_stats_adapter_find(method) : NULL;
    comparison c = {.method = method};
    sg_status status = SG_OK;

    sg_arena_reset(v->of_entry);
    if (adapter != NULL)
        status = run_entry(v, entry, adapter, &c, err);
    else
        sg_str_add(&c.off, "no function claims its method");
    if (status == SG_OK)
        status = tell_entry(v, entry, adapter != NULL, &c, err);
    sg_str_release(&c.off);
    sg_str_release(&c.corrected);
    return status;
}

sg_status sg_verify(const char *folder, sg_arena *arena, sg_verify_report *out, sg_err *err)
{
    SG_CLEANUP(sg_arena_cleanup) sg_arena *of_entry = sg_arena_new();
    verification v = {.arena = arena, .of_entry = of_entry, .report = out};
    sg_status status = SG_OK;

    *out = (sg_verify_report){0};
    if (of_entry == NULL)
        return sg_no_memory(err);
    sg_stats_init();
    status = sg_oracle_open(arena, folder, &v.set, err);
    for (size_t i = 0; i < sg_json_size(v.set.entries) && status == SG_OK; i++)
        status = verify_entry(&v, sg_json_at(v.set.entries, i), err);
    sg_oracle_close(&v.set);
    return status;
}
