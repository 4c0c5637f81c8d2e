/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drift.h"

#include <math.h>

#include "skillgain/stats.h"

/* A night asks this of some 60 fields, so that chance speaks in one night of a hundred at most. Two full deliveries share most of
 * their rows, which makes chance smaller still. */
static const double by_chance = 0.0001;

typedef struct {
    const sg_config *config;
    const sg_comparison *c;
    sg_batch *batch;
    const sg_sink *sink;
    uint64_t fields; /* that both files have */
    sg_str text;     /* of the finding at hand */
} drift;

/* ---- telling ---- */

static sg_status tell(drift *d, const char *rule, int field, sg_err *err)
{
    const sg_finding finding = {.rule = sg_rule_find(rule),
                                .field = field >= 0 ? sg_kind_table(d->batch->kind)->fields[field].name : "",
                                .column = "",
                                .detail = sg_str_text(&d->text)};
    sg_status status = d->text.failed ? sg_no_memory(err) : d->sink->finding(d->sink->context, &finding, err);

    sg_str_reset(&d->text);
    d->batch->counts.warnings += status == SG_OK;
    return status;
}

static void say_share(sg_str *out, int64_t n, int64_t rows)
{
    sg_str_add_fixed(out, rows > 0 ? 100.0 * (double)n / (double)rows : 0.0, 1);
    sg_str_add(out, " %");
}

static void say_rows(drift *d, int64_t now, int64_t then)
{
    sg_str_add_count(&d->text, now);
    sg_str_add(&d->text, " rows, ");
    sg_str_add_count(&d->text, then);
    sg_str_printf(&d->text, " in batch %lld", (long long)d->c->before.id);
}

static void say_shares(drift *d, int64_t now, int64_t then)
{
    say_share(&d->text, now, d->c->now.rows);
    sg_str_add(&d->text, " of ");
    sg_str_add_count(&d->text, d->c->now.rows);
    sg_str_add(&d->text, " rows, ");
    say_share(&d->text, then, d->c->then.rows);
    sg_str_add(&d->text, " of ");
    sg_str_add_count(&d->text, d->c->then.rows);
    sg_str_printf(&d->text, " in batch %lld", (long long)d->c->before.id);
}

/* ---- volume ---- */

static bool is_outside(const drift *d, int64_t now, int64_t then)
{
    const double most = d->config->quality.volume_ratio;

    return (double)now > most * (double)then || (double)now * most < (double)then;
}

static sg_status find_volume(drift *d, sg_err *err)
{
    int64_t now = d->c->now.rows, then = d->c->then.rows, least = d->config->quality.least_rows;

    if ((now < least && then < least) || !is_outside(d, now, then))
        return SG_OK;
    say_rows(d, now, then);
    return tell(d, now < then ? "R703" : "R704", -1, err);
}

static const char *rule_of_college(const drift *d, const sg_college_rows *college)
{
    int64_t least = d->config->quality.least_rows;

    if (college->now == 0)
        return "R705";
    if (college->then == 0)
        return "R706";
    return (college->now >= least || college->then >= least) && is_outside(d, college->now, college->then)
               ? "R707"
               : NULL;
}

/* Where the file has one college only, this has been said of the whole. */
static sg_status find_colleges(drift *d, sg_err *err)
{
    sg_status status = SG_OK;

    for (size_t i = 0; i < d->c->n_colleges && d->c->n_colleges > 1 && status == SG_OK; i++) {
        const sg_college_rows *college = &d->c->colleges[i];
        const char *rule = rule_of_college(d, college);

        if (!rule)
            continue;
        if (college->code)
            sg_str_printf(&d->text, "college '%s': ", college->code);
        say_rows(d, college->now, college->then);
        status = tell(d, rule, sg_kind_table(d->batch->kind)->college, err);
    }
    return status;
}

/* ---- shares ---- */

static bool is_chance(const int64_t *table, size_t n_columns)
{
    const sg_chi_square_table test = sg_chi_square_rxc(table, 2, n_columns);

    return test.status != SG_EST_OK || test.p > by_chance;
}

static bool has_risen(const drift *d, int64_t now, int64_t then)
{
    int64_t rows = d->c->now.rows, rows_then = d->c->then.rows;
    const int64_t table[] = {now, rows - now, then, rows_then - then};
    double rise = (double)now / (double)rows - (double)then / (double)rows_then;

    return rise > d->config->quality.missing_rise && !is_chance(table, 2);
}

static sg_status find_rise(drift *d, const char *rule, int field, int64_t now, int64_t then, sg_err *err)
{
    if (!has_risen(d, now, then))
        return SG_OK;
    say_shares(d, now, then);
    return tell(d, rule, field, err);
}

/* ---- the mix of codes ---- */

typedef struct {
    double index;
    int most; /* the code whose share has moved most, the first of equal ones */
} shift;

/* The population stability index: sum of (p - q) ln(p / q) over the codes, half a row added to each so that one that is new or gone
 * counts for what it weighs. Siddiqi 2006, Credit Risk Scorecards: below 0.10 no change, above 0.25 a major one. */
static shift measure(const int64_t *now, const int64_t *then)
{
    shift out = {0};
    double total = 0, total_then = 0, largest = -1;

    for (int i = 0; i < SG_PROFILE_CODES; i++) {
        bool any = now[i] + then[i] > 0;

        total += any ? (double)now[i] + 0.5 : 0;
        total_then += any ? (double)then[i] + 0.5 : 0;
    }
    for (int i = 0; i < SG_PROFILE_CODES; i++) {
        double p = ((double)now[i] + 0.5) / total, q = ((double)then[i] + 0.5) / total_then;

        if (now[i] + then[i] == 0)
            continue;
        out.index += (p - q) * log(p / q);
        if (fabs(p - q) > largest)
            out.most = i;
        largest = fmax(largest, fabs(p - q));
    }
    return out;
}

static sg_status find_shift(drift *d, int field, sg_err *err)
{
    const int64_t *now = d->c->now.n[field], *then = d->c->then.n[field];
    int64_t given = sg_profile_given(&d->c->now, field), given_then = sg_profile_given(&d->c->then, field);
    int64_t table[2 * SG_PROFILE_CODES];
    shift s;

    if (given < d->config->quality.least_rows || given_then < d->config->quality.least_rows)
        return SG_OK;
    for (int i = 0; i < SG_PROFILE_CODES; i++) {
        table[i] = now[i];
        table[SG_PROFILE_CODES + i] = then[i];
    }
    s = measure(now, then);
    if (s.index <= d->config->quality.mix_index || is_chance(table, SG_PROFILE_CODES))
        return SG_OK;
    sg_str_add(&d->text, "index ");
    sg_str_add_fixed(&d->text, s.index, 2);
    sg_str_printf(&d->text, "; most by '%s': ",
                  sg_code_text(sg_kind_table(d->batch->kind)->fields[field].codes, s.most));
    say_share(&d->text, now[s.most], given);
    sg_str_add(&d->text, " of the values, ");
    say_share(&d->text, then[s.most], given_then);
    sg_str_printf(&d->text, " in batch %lld", (long long)d->c->before.id);
    return tell(d, "R713", field, err);
}

/* Codes are those of our own list: no value of the file is quoted. */
static sg_status find_new_codes(drift *d, int field, sg_err *err)
{
    const sg_code_list *codes = sg_kind_table(d->batch->kind)->fields[field].codes;

    for (int i = 1; i < SG_PROFILE_CODES; i++) {
        int64_t n = d->c->now.n[field][i];

        if (n == 0 || d->c->known[field][i])
            continue;
        sg_str_printf(&d->text, "%s'%s' in ", d->text.length > 0 ? ", " : "", sg_code_text(codes, i));
        sg_str_add_count(&d->text, n);
        sg_str_add(&d->text, n == 1 ? " row" : " rows");
    }
    return d->text.length > 0 ? tell(d, "R714", field, err) : SG_OK;
}

static sg_status find_in_field(drift *d, int field, sg_err *err)
{
    const sg_comparison *c = d->c;
    bool is_coded = sg_kind_table(d->batch->kind)->fields[field].codes != NULL;
    bool enough = c->now.rows >= d->config->quality.least_rows &&
                  c->then.rows >= d->config->quality.least_rows;
    sg_status status = SG_OK;

    if (enough)
        status = find_rise(d, "R711", field, c->now.rows - sg_profile_given(&c->now, field),
                           c->then.rows - sg_profile_given(&c->then, field), err);
    if (!is_coded)
        return status;
    if (status == SG_OK && enough)
        status = find_rise(d, "R712", field, c->now.n[field][SG_CODE_UNKNOWN],
                           c->then.n[field][SG_CODE_UNKNOWN], err);
    if (status == SG_OK)
        status = find_shift(d, field, err);
    return status == SG_OK ? find_new_codes(d, field, err) : status;
}

/* A birth date is stored as an age. */
static uint64_t stored_fields(const sg_batch *batch)
{
    bool has_birth = batch->kind == SG_KIND_ENROLLMENT &&
                     (batch->fields >> SG_ENROLLMENT_BIRTH_DATE & 1) != 0;

    return batch->fields | (has_birth ? UINT64_C(1) << SG_ENROLLMENT_AGE : 0);
}

static sg_status find_in_fields(drift *d, sg_err *err)
{
    const sg_kind_fields *table = sg_kind_table(d->batch->kind);
    sg_status status = SG_OK;

    for (size_t i = 0; i < table->n && status == SG_OK; i++)
        if ((d->fields >> i & 1) && !(table->fields[i].flags & SG_FIELD_UNSTORED))
            status = find_in_field(d, (int)i, err);
    return status;
}

/* ---- all of it ---- */

/* How far its cut-off lies before that of the delivery before; 0: it is the same day. */
static sg_status find_stale(drift *d, sg_err *err)
{
    int days = (int)(d->c->before.cutoff - d->batch->cutoff);

    sg_str_printf(&d->text, "batch %lld", (long long)d->c->before.id);
    if (days == 0)
        return tell(d, "R702", -1, err);
    sg_str_printf(&d->text, ": %d day%s later", days, days == 1 ? "" : "s");
    return tell(d, "R701", -1, err);
}

sg_status sg_drift_find(const sg_config *config, const sg_comparison *comparison, sg_batch *batch,
                        const sg_sink *sink, sg_err *err)
{
    drift d = {.config = config,
               .c = comparison,
               .batch = batch,
               .sink = sink,
               .fields = stored_fields(batch) & stored_fields(&comparison->before)};
    bool is_older = comparison->before.id != 0 && batch->cutoff < comparison->before.cutoff;
    sg_status status = SG_OK;

    if (comparison->before.id == 0)
        return SG_OK;
    if (batch->cutoff <= comparison->before.cutoff)
        status = find_stale(&d, err);
    /* a partial delivery has what a day brought, many rows or few */
    if (status == SG_OK && !is_older && batch->delivery == SG_DELIVERY_FULL)
        status = find_volume(&d, err);
    if (status == SG_OK && !is_older && batch->delivery == SG_DELIVERY_FULL)
        status = find_colleges(&d, err);
    if (status == SG_OK && !is_older)
        status = find_in_fields(&d, err);
    sg_str_release(&d.text);
    return status;
}
