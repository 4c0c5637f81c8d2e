/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "guess.h"

/* Any value fits one of them only, but for those with month and day turned: of these the usual one of US agencies comes first. Where the
 * export adds a time, it is midnight. */
const sg_guess_form sg_guess_forms[] = {
    {"%Y-%m-%d", -1},
    {"%m/%d/%Y", 2},
    {"%d/%m/%Y", 1},
    {"%m-%d-%Y", 4},
    {"%d-%m-%Y", 3},
    {"%d.%m.%Y", 6},
    {"%m.%d.%Y", 5},
    {"%Y/%m/%d", -1},
    {"%Y%m%d", -1},
    {"%Y-%m-%d 00:00:00", -1},
    {"%Y-%m-%d 00:00:00.000", -1},
    {"%Y-%m-%dT00:00:00", -1},
    {"%m/%d/%Y 0:00", 13},
    {"%d/%m/%Y 0:00", 12},
    {"%m/%d/%Y 12:00:00 AM", 15},
    {"%d/%m/%Y 12:00:00 AM", 14},
    {NULL, -1},
};

enum {
    ONE_OF = 20, /* a form that fewer values have is a mistake, not a form */
    MOST = 8     /* that a crosswalk may name */
};

static bool has_turned(const sg_guess_column *column, size_t form)
{
    int turned = sg_guess_forms[form].turned;
    return turned >= 0 && column->n_form[turned] == column->n_form[form];
}

/* By how many values the column shows that it is this form and not the turned one; a few among many are mistakes: 0. */
static int64_t evidence(const sg_guess_column *column, size_t form, size_t turned)
{
    int64_t n = (int64_t)column->n_form[form] - (int64_t)column->n_form[turned];
    int64_t size = n < 0 ? -n : n;
    return size * ONE_OF < (int64_t)column->n_filled ? 0 : n;
}

/* The column whose values show most clearly which it is of this form and the turned one; NULL: none does, or they contradict each other. */
static const sg_guess_column *find_proof(const sg_guess_table *table, size_t form)
{
    size_t turned = (size_t)sg_guess_forms[form].turned;
    const sg_guess_column *most = NULL, *least = NULL;
    for (size_t i = 0; i < table->n; i++) {
        const sg_guess_column *column = &table->columns[i];
        int64_t n = evidence(column, form, turned);
        if (n > 0 && (most == NULL || n > evidence(most, form, turned)))
            most = column;
        if (n < 0 && (least == NULL || n < evidence(least, form, turned)))
            least = column;
    }
    if (most != NULL && least != NULL)
        return NULL;
    return most != NULL ? most : least;
}

/* The usual one where nothing proves the order. */
static void add_turned(const sg_guess_table *table, const sg_guess_column *column, size_t form,
                       sg_guess_dates *out)
{
    size_t turned = (size_t)sg_guess_forms[form].turned;
    const sg_guess_column *proof = find_proof(table, form);
    size_t taken = proof != NULL && proof->n_form[turned] > proof->n_form[form] ? turned : form;
    out->forms[out->n++] = sg_guess_forms[taken].form;
    out->n_read += column->n_form[taken];
    if (proof != NULL)
        out->proof = proof->header;
    else
        out->turned = sg_guess_forms[turned].form;
}

void sg_guess_dates_of(const sg_guess_table *table, const sg_guess_column *column, sg_guess_dates *out)
{
    *out = (sg_guess_dates){0};
    for (size_t i = 0; sg_guess_forms[i].form != NULL; i++) {
        int turned = sg_guess_forms[i].turned;
        if (out->n == MOST || column->n_form[i] == 0 || column->n_form[i] * ONE_OF < column->n_filled ||
            (turned >= 0 && column->n_form[turned] > column->n_form[i]))
            continue;
        if (has_turned(column, i)) {
            if (turned > (int)i) /* once for both */
                add_turned(table, column, i, out);
            continue;
        }
        out->forms[out->n++] = sg_guess_forms[i].form;
        out->n_read += column->n_form[i];
    }
    if (out->n < MOST && column->n_serial > 0 && column->n_serial * ONE_OF >= column->n_filled) {
        out->forms[out->n++] = SG_DATES_EXCEL;
        out->n_read += column->n_serial;
    }
}

bool sg_guess_dates_equal(const sg_guess_dates *a, const sg_guess_dates *b)
{
    bool equal = a->n == b->n;
    for (size_t i = 0; i < a->n && equal; i++)
        equal = strcmp(a->forms[i], b->forms[i]) == 0;
    return equal;
}
