/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fit.h"

#include <stdlib.h>
#include <string.h>

#include "rule_id.h"

enum { NEAREST = 3, NAMED_COLUMNS = 4 }; /* told in a message, which is short */

/* One column more that the crosswalk names. */
static bool count_column(sg_fit *fit, const sg_column_source *source, bool needed)
{
    int at = -1;
    size_t n = 0;
    if (source->column == NULL)
        return true;
    if (!sg_header_find_source(fit->header, source, &at, &n))
        return false;
    fit->n_present += n > 0;
    fit->n_absent += n == 0;
    fit->n_needed += n == 0 && needed;
    return true;
}

/* Is the column of its day there? */
static bool find_day(const sg_header *header, const sg_crosswalk *record, bool *out)
{
    int at = -1;
    size_t n = 0;
    bool ok = sg_header_find_source(header, &record->fields[sg_kind_table(record->kind)->day], &at, &n);
    *out = n > 0;
    return ok;
}

/* A record whose day the file lacks needs nothing, but one of them must be there. */
static bool count_records(const sg_crosswalk *crosswalk, sg_fit *fit)
{
    const sg_kind_fields *table = sg_kind_table(crosswalk->kind);
    bool any = false, ok = true;
    for (size_t k = 0; k < crosswalk->n_records && ok; k++) {
        const sg_crosswalk *record = &crosswalk->records[k];
        bool here = false;
        ok = find_day(fit->header, record, &here);
        any = any || here;
        for (size_t i = 0; i < table->n && ok; i++)
            if (sg_crosswalk_is_own(crosswalk, record, (int)i))
                ok = count_column(fit, &record->fields[i],
                                  here && (table->fields[i].flags & SG_FIELD_REQUIRED) != 0);
    }
    fit->n_needed += crosswalk->n_records > 0 && !any;
    return ok;
}

bool sg_fit_measure(const sg_crosswalk *crosswalk, const sg_header *header, sg_fit *out)
{
    const sg_kind_fields *table = sg_kind_table(crosswalk->kind);
    sg_fit fit = {.crosswalk = crosswalk, .header = header};
    bool ok = true;
    for (size_t i = 0; i < table->n && ok; i++)
        ok = count_column(&fit, &crosswalk->fields[i], (table->fields[i].flags & SG_FIELD_REQUIRED) != 0);
    for (size_t i = 0; i < crosswalk->n_custom && ok; i++)
        ok = count_column(&fit, &crosswalk->custom[i].source, false);
    if (ok)
        ok = count_column(&fit, &crosswalk->race_list, false) && count_records(crosswalk, &fit);
    const sg_column_source cutoff = {.column = crosswalk->cutoff_text};
    if (ok && crosswalk->cutoff == SG_CUTOFF_COLUMN)
        ok = count_column(&fit, &cutoff, true);
    if (ok)
        *out = fit;
    return ok;
}

static bool is_read(const sg_fit *fit)
{
    return fit->header != NULL && fit->header->state == SG_HEADER_READ;
}

/* A single column is what any text looks like under the wrong delimiter: a header refused under another one
 * tells more. */
static int rank_header(const sg_fit *fit)
{
    static const int ranks[] = {[SG_HEADER_READ] = 2,
                                [SG_HEADER_REFUSED] = 3,
                                [SG_HEADER_BROKEN] = 1,
                                [SG_HEADER_BAD_TEXT] = 1,
                                [SG_HEADER_OPEN] = 1};
    if (fit->header == NULL)
        return 0;
    return is_read(fit) && fit->header->n > 1 ? 4 : ranks[fit->header->state];
}

bool sg_fit_is_usable(const sg_fit *fit)
{
    return is_read(fit) && fit->n_needed == 0;
}

static int compare_size(size_t a, size_t b)
{
    return (a > b) - (a < b);
}

int sg_fit_compare(const sg_fit *a, const sg_fit *b)
{
    int order = (int)sg_fit_is_usable(b) - (int)sg_fit_is_usable(a);
    if (order == 0)
        order = rank_header(b) - rank_header(a);
    if (order == 0)
        order = compare_size(b->n_present, a->n_present);
    return order != 0 ? order : compare_size(a->n_absent, b->n_absent);
}

size_t sg_fit_nearer(sg_fit *fits, size_t n, const sg_fit *best)
{
    const size_t most = best->n_present;
    size_t n_nearer = 0;
    for (size_t i = 0; i < n; i++) {
        if (!is_read(&fits[i]) || sg_fit_is_usable(&fits[i]) || fits[i].n_present <= most)
            continue;
        sg_fit nearer = fits[i];
        fits[i] = fits[n_nearer];
        fits[n_nearer++] = nearer;
    }
    return n_nearer;
}

/* ---- in words ---- */

/* Nearest: what lacks fewest of the columns it needs. */
static int compare_near(const void *left, const void *right)
{
    const sg_fit *a = left, *b = right;
    int order = rank_header(b) - rank_header(a);
    if (order == 0)
        order = compare_size(a->n_needed, b->n_needed);
    if (order == 0)
        order = sg_fit_compare(a, b);
    return order != 0 ? order : strcmp(a->crosswalk->name, b->crosswalk->name);
}

/* Adds the name of a needed column that is absent; *n counts them. */
static bool name_column(sg_str *out, const sg_header *header, const sg_column_source *source, size_t *n)
{
    int at = -1;
    size_t found = 0;
    if (source->column == NULL)
        return true;
    if (!sg_header_find_source(header, source, &at, &found))
        return false;
    if (found == 0 && (*n)++ < NAMED_COLUMNS)
        sg_str_printf(out, "%s'%s'", *n > 1 ? ", " : "", source->column);
    return true;
}

static bool name_required(sg_str *out, const sg_header *header, const sg_crosswalk *crosswalk, size_t *n)
{
    const sg_kind_fields *table = sg_kind_table(crosswalk->kind);
    for (size_t i = 0; i < table->n; i++)
        if ((table->fields[i].flags & SG_FIELD_REQUIRED) != 0 &&
            !name_column(out, header, &crosswalk->fields[i], n))
            return false;
    return true;
}

/* Of the records whose day is there what they lack; where there is none, the day of the first. */
static bool name_of_records(sg_str *out, const sg_fit *fit, size_t *n)
{
    const sg_crosswalk *crosswalk = fit->crosswalk;
    bool any = false, here = false;
    for (size_t k = 0; k < crosswalk->n_records; k++) {
        if (!find_day(fit->header, &crosswalk->records[k], &here) ||
            (here && !name_required(out, fit->header, &crosswalk->records[k], n)))
            return false;
        any = any || here;
    }
    return crosswalk->n_records == 0 || any ||
           name_column(out, fit->header, &crosswalk->records[0].fields[sg_kind_table(crosswalk->kind)->day],
                       n);
}

static bool name_needed(sg_str *out, const sg_fit *fit)
{
    const sg_crosswalk *crosswalk = fit->crosswalk;
    size_t n = 0;
    if (!name_required(out, fit->header, crosswalk, &n) || !name_of_records(out, fit, &n))
        return false;
    const sg_column_source cutoff = {.column = crosswalk->cutoff_text};
    if (crosswalk->cutoff == SG_CUTOFF_COLUMN && !name_column(out, fit->header, &cutoff, &n))
        return false;
    if (n > NAMED_COLUMNS)
        sg_str_printf(out, " and %zu more", n - NAMED_COLUMNS);
    return !out->failed;
}

static sg_status refuse_one(const sg_fit *fit, sg_refusal *refusal, sg_err *err)
{
    sg_str missing = {0};
    sg_status status = SG_NO_MEMORY;
    if (name_needed(&missing, fit))
        status = sg_refuse(
            refusal, SG_RULE_NO_COLUMN, fit->header->line, err,
            "crosswalk '%s' needs the %s %s, not in the header: export %s too, or name the right one in the "
            "crosswalk",
            fit->crosswalk->name, fit->n_needed > 1 ? "columns" : "column", sg_str_text(&missing),
            fit->n_needed > 1 ? "them" : "it");
    else
        status = sg_no_memory(err);
    sg_str_release(&missing);
    return status;
}

static sg_status refuse_many(const sg_fit *fits, size_t n, sg_refusal *refusal, sg_err *err)
{
    sg_str nearest = {0};
    bool ok = true;
    for (size_t i = 0; i < n && i < NEAREST && ok && is_read(&fits[i]); i++) {
        sg_str_printf(&nearest, "%s'%s' lacks ", i > 0 ? "; " : "", fits[i].crosswalk->name);
        ok = name_needed(&nearest, &fits[i]);
    }
    sg_status status = SG_NO_MEMORY;
    if (ok)
        status = sg_refuse(
            refusal, SG_RULE_NO_CROSSWALK, fits[0].header->line, err,
            "no crosswalk fits the header: correct it, or add a crosswalk for this layout (nearest: %s)",
            sg_str_text(&nearest));
    else
        status = sg_no_memory(err);
    sg_str_release(&nearest);
    return status;
}

static const sg_fit *find_state(const sg_fit *fits, size_t n, sg_header_state state, bool utf8_only)
{
    for (size_t i = 0; i < n; i++)
        if (fits[i].header != NULL && fits[i].header->state == state &&
            (!utf8_only || fits[i].header->decoding == SG_DECODE_UTF8))
            return &fits[i];
    return NULL;
}

static sg_status refuse_encoding(const sg_fit *fit, sg_refusal *refusal, sg_err *err)
{
    if (fit->header->decoding == SG_DECODE_UTF8)
        return sg_refuse(refusal, SG_RULE_ENCODING, fit->header->line, err,
                         "the header is not valid UTF-8: export as UTF-8, or set encoding: windows-1252 (or "
                         "utf-16) in the "
                         "crosswalk");
    return sg_refuse(refusal, SG_RULE_ENCODING, fit->header->line, err,
                     "the header is no text in the encoding that crosswalk '%s' declares: correct 'encoding' "
                     "there, or export "
                     "as UTF-8",
                     fit->crosswalk->name);
}

/* No header could be read at all. */
static sg_status refuse_unread(const sg_fit *fits, size_t n, sg_refusal *refusal, sg_err *err)
{
    const sg_fit *fit = find_state(fits, n, SG_HEADER_REFUSED, false);
    if (fit != NULL) {
        *refusal = fit->header->refusal;
        return sg_fail(err, SG_REFUSED, "%s", fit->header->why.message);
    }
    fit = find_state(fits, n, SG_HEADER_BROKEN, false);
    if (fit != NULL)
        return sg_refuse(
            refusal, SG_RULE_HEADER_QUOTES, fit->header->line, err,
            "the quotes of the header are broken: quote a whole name and double the quotes within it");
    fit = find_state(fits, n, SG_HEADER_BAD_TEXT, false);
    if (fit != NULL)
        return refuse_encoding(fit, refusal, err);
    return sg_refuse(refusal, SG_RULE_ENCODING, 0, err,
                     "the file's first bytes contradict the encoding that crosswalk '%s' declares: set "
                     "encoding: auto there",
                     fits[0].crosswalk->name);
}

sg_status sg_fit_explain(sg_fit *fits, size_t n, sg_refusal *refusal, sg_err *err)
{
    const sg_fit *bad = find_state(fits, n, SG_HEADER_BAD_TEXT, true);
    if (bad != NULL)
        return refuse_encoding(bad, refusal, err);
    qsort(fits, n, sizeof *fits, compare_near);
    if (!is_read(&fits[0]))
        return refuse_unread(fits, n, refusal, err);
    return n == 1 ? refuse_one(&fits[0], refusal, err) : refuse_many(fits, n, refusal, err);
}

sg_status sg_fit_tie(const sg_fit *fits, size_t n, const sg_fit *best, sg_refusal *refusal, sg_err *err)
{
    sg_str names = {0};
    for (size_t i = 0; i < n; i++)
        if (sg_fit_compare(&fits[i], best) == 0)
            sg_str_printf(&names, "%s'%s' (%s)", names.length > 0 ? ", " : "", fits[i].crosswalk->name,
                          sg_kind_text(fits[i].crosswalk->kind));
    sg_status status =
        names.failed
            ? sg_no_memory(err)
            : sg_refuse(refusal, SG_RULE_TIE, best->header->line, err,
                        "the header fits these crosswalks equally well: name one with --crosswalk, or "
                        "the kind with --kind: %s",
                        sg_str_text(&names));
    sg_str_release(&names);
    return status;
}
