/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "layout.h"

#include <assert.h>
#include <string.h>

#include "fit.h"
#include "rule_id.h"

static const char delimiters[] = {',', '\t', ';', '|'};

enum {
    N_DELIMITERS = sizeof delimiters,
    MAX_HEADERS = SG_N_DECODINGS * N_DELIMITERS /* a crosswalk declares none but these */
};

typedef struct {
    const sg_ingest_options *options;
    const sg_head *head;
    sg_arena *arena;
    sg_header *headers; /* those tried so far */
    size_t n_headers;
} choosing;

static sg_status get_header(choosing *c, sg_decoding decoding, size_t mark, char delimiter, sg_header **out,
                            sg_err *err)
{
    for (size_t i = 0; i < c->n_headers; i++)
        if (c->headers[i].decoding == decoding && c->headers[i].delimiter == delimiter) {
            *out = &c->headers[i];
            return SG_OK;
        }
    assert(c->n_headers < MAX_HEADERS);
    sg_header *header = &c->headers[c->n_headers];
    *header = (sg_header){.decoding = decoding, .mark = mark, .delimiter = delimiter};
    sg_status status = sg_header_read(header, c->head->bytes, c->head->n, c->head->at_end,
                                      &c->options->limits, c->arena, err);
    if (status == SG_OK)
        c->n_headers++;
    *out = header;
    return status;
}

static sg_status try_delimiter(choosing *c, const sg_crosswalk *crosswalk, sg_decoding decoding, size_t mark,
                               char delimiter, sg_fit *best, sg_err *err)
{
    sg_header *header = NULL;
    sg_fit fit = {.crosswalk = crosswalk};
    sg_status status = get_header(c, decoding, mark, delimiter, &header, err);
    if (status != SG_OK)
        return status;
    fit.header = header;
    if (header->state == SG_HEADER_READ && !sg_fit_measure(crosswalk, header, &fit))
        return sg_no_memory(err);
    if (best->header == NULL || sg_fit_compare(&fit, best) < 0)
        *best = fit;
    return SG_OK;
}

/* The best this crosswalk can do with the file. */
static sg_status try_crosswalk(choosing *c, const sg_crosswalk *crosswalk, sg_fit *out, sg_err *err)
{
    sg_decoding decoding = SG_DECODE_UTF8;
    size_t mark = 0;
    sg_status status = SG_OK;
    *out = (sg_fit){.crosswalk = crosswalk};
    out->contradicts = !sg_decoding_choose(crosswalk->encoding, c->head->bytes, c->head->n, &decoding, &mark);
    if (out->contradicts)
        return SG_OK;
    if (crosswalk->delimiter != '\0')
        return try_delimiter(c, crosswalk, decoding, mark, crosswalk->delimiter, out, err);
    for (size_t i = 0; i < N_DELIMITERS && status == SG_OK; i++)
        status = try_delimiter(c, crosswalk, decoding, mark, delimiters[i], out, err);
    return status;
}

/* Every crosswalk of the kind asked for, measured. */
static sg_status try_all(choosing *c, sg_fit *fits, size_t *out_n, sg_err *err)
{
    const sg_crosswalks *crosswalks = c->options->crosswalks;
    sg_kind kind = SG_KIND_ENROLLMENT;
    *out_n = 0;
    if (c->options->kind != NULL && !sg_kind_find(c->options->kind, &kind))
        return sg_fail(
            err, SG_USAGE,
            "'%s' is no kind of export: use enrollment, gain, test, service, outcome, program or context",
            c->options->kind);
    for (size_t i = 0; i < crosswalks->n; i++) {
        if (c->options->kind != NULL && crosswalks->all[i].kind != kind)
            continue;
        sg_status status = try_crosswalk(c, &crosswalks->all[i], &fits[*out_n], err);
        if (status != SG_OK)
            return status;
        ++*out_n;
    }
    if (*out_n == 0)
        return sg_fail(err, SG_USAGE, "there is no crosswalk for %s: put one into the folder of crosswalks",
                       c->options->kind != NULL ? c->options->kind : "any kind");
    return SG_OK;
}

/* Blank lines alone, or a header of which more must be seen; a header that is too long is refused by the
 * table reader. */
static sg_status settle_open(const choosing *c, sg_refusal *refusal, bool *out_more, sg_err *err)
{
    bool open = false;
    for (size_t i = 0; i < c->n_headers; i++)
        open = open || c->headers[i].state == SG_HEADER_OPEN;
    *out_more = open && !c->head->at_end;
    if (!open)
        return SG_OK;
    if (c->head->at_end)
        return sg_refuse(
            refusal, SG_RULE_EMPTY_FILE, 0, err,
            "the file holds nothing but blank lines: look at the job that writes it, and deliver it again");
    /* two bytes of UTF-16 are at least one of UTF-8 */
    if (c->head->n / 2 > (size_t)c->options->limits.record_bytes)
        return sg_refuse(refusal, SG_RULE_NO_CROSSWALK, 0, err,
                         "there is no header within the first %zu bytes: take out the blank lines at the top",
                         c->head->n);
    return SG_OK;
}

static bool names(const sg_fit *fit, const sg_fit *other)
{
    for (size_t i = 0; i < fit->crosswalk->n_also; i++)
        if (strcmp(fit->crosswalk->also[i], other->crosswalk->name) == 0)
            return true;
    return false;
}

/* One that reads the file only because another has it do so does not stand for that one, however many columns it knows. */
static const sg_fit *find_namer(const sg_fit *fits, size_t n, const sg_fit *fit)
{
    const sg_fit *best = fit;
    for (size_t i = 0; i < n; i++)
        if (sg_fit_is_usable(&fits[i]) && names(&fits[i], fit) && !names(fit, &fits[i]) &&
            (best == fit || sg_fit_compare(&fits[i], best) < 0))
            best = &fits[i];
    return best;
}

static sg_status take_best(sg_fit *fits, size_t n, sg_arena *arena, sg_refusal *refusal, sg_layout **out,
                           sg_err *err)
{
    const sg_fit *best = &fits[0];
    size_t n_best = 0;
    for (size_t i = 1; i < n; i++)
        if (sg_fit_compare(&fits[i], best) < 0)
            best = &fits[i];
    if (!sg_fit_is_usable(best))
        return sg_fit_explain(fits, n, refusal, err);
    /* an export that has lost a column must not pass for one of another kind, which needs fewer */
    size_t n_nearer = sg_fit_nearer(fits, n, best);
    if (n_nearer > 0)
        return sg_fit_explain(fits, n_nearer, refusal, err);
    best = find_namer(fits, n, best);
    for (size_t i = 0; i < n; i++)
        n_best += sg_fit_compare(&fits[i], best) == 0 && !names(best, &fits[i]);
    if (n_best > 1)
        return sg_fit_tie(fits, n, best, refusal, err);
    return sg_layout_bind(best->crosswalk, best->header, arena, refusal, out, err);
}

sg_status sg_layout_choose(const sg_ingest_options *options, const sg_head *head, sg_arena *arena,
                           sg_refusal *refusal, sg_layout **out, bool *out_more, sg_err *err)
{
    choosing c = {.options = options, .head = head, .arena = arena};
    const char *format = sg_foreign_format(head->bytes, head->n);
    size_t n_fits = 0;
    *out_more = false;
    if (head->n == 0)
        return sg_refuse(refusal, SG_RULE_EMPTY_FILE, 0, err,
                         "the file is empty: look at the job that writes it, and deliver it again");
    if (format != NULL)
        return sg_refuse(
            refusal, SG_RULE_NOT_TEXT, 0, err,
            "this is %s, not text in columns: save or unpack it as CSV in UTF-8 and deliver that", format);
    c.headers = sg_arena_alloc(arena, MAX_HEADERS, sizeof *c.headers);
    sg_fit *fits = sg_arena_alloc(arena, options->crosswalks->n + 1, sizeof *fits);
    if (c.headers == NULL || fits == NULL)
        return sg_no_memory(err);
    sg_status status = try_all(&c, fits, &n_fits, err);
    if (status == SG_OK)
        status = settle_open(&c, refusal, out_more, err);
    return status == SG_OK && !*out_more ? take_best(fits, n_fits, arena, refusal, out, err) : status;
}

/* ---- binding ---- */

static sg_status bind_column(const sg_header *header, const sg_column_source *source, sg_refusal *refusal,
                             int *out, sg_err *err)
{
    size_t n = 0;
    *out = -1;
    if (source->column == NULL)
        return SG_OK;
    if (!sg_header_find_source(header, source, out, &n))
        return sg_no_memory(err);
    if (n > 1)
        return sg_refuse(refusal, SG_RULE_DOUBLE_COLUMN, header->line, err,
                         "column '%s' stands %zu times in the header: rename or leave out all but one",
                         source->column, n);
    return SG_OK;
}

static bool build_codes(const sg_crosswalk *crosswalk, sg_arena *arena, sg_layout *layout)
{
    const sg_kind_fields *table = sg_kind_table(crosswalk->kind);
    bool built = true;
    for (size_t i = 0; i < table->n && built; i++)
        built = sg_code_table_build(&layout->codes[i], &crosswalk->fields[i], &table->fields[i], arena);
    for (size_t i = 0; i < crosswalk->n_custom && built; i++)
        built = sg_code_table_build(&layout->custom_codes[i], &crosswalk->custom[i].source, NULL, arena);
    return built && sg_code_table_build(&layout->race_codes, &crosswalk->race_list, NULL, arena);
}

static bool is_identifier(const sg_field *field)
{
    size_t length = strlen(field->name);
    return (field->flags & SG_FIELD_KEY) != 0 || (length > 3 && strcmp(field->name + length - 3, "_id") == 0);
}

static sg_status bind_one(const sg_crosswalk *crosswalk, const sg_header *header, sg_arena *arena,
                          sg_refusal *refusal, sg_layout *layout, sg_err *err)
{
    const sg_kind_fields *table = sg_kind_table(crosswalk->kind);
    sg_status status = SG_OK;
    *layout = (sg_layout){.cutoff_column = -1, .race_column = -1};
    layout->crosswalk = crosswalk;
    layout->header = header;
    layout->custom_column = sg_arena_alloc(arena, crosswalk->n_custom + 1, sizeof *layout->custom_column);
    layout->custom_codes = sg_arena_alloc(arena, crosswalk->n_custom + 1, sizeof *layout->custom_codes);
    if (layout->custom_column == NULL || layout->custom_codes == NULL ||
        !build_codes(crosswalk, arena, layout))
        return sg_no_memory(err);
    for (size_t i = 0; i < table->n && status == SG_OK; i++) {
        layout->is_identifier[i] = is_identifier(&table->fields[i]);
        status = bind_column(header, &crosswalk->fields[i], refusal, &layout->field_column[i], err);
    }
    for (size_t i = 0; i < crosswalk->n_custom && status == SG_OK; i++)
        status = bind_column(header, &crosswalk->custom[i].source, refusal, &layout->custom_column[i], err);
    const sg_column_source cutoff = {.column = crosswalk->cutoff == SG_CUTOFF_COLUMN ? crosswalk->cutoff_text
                                                                                     : NULL};
    if (status == SG_OK)
        status = bind_column(header, &cutoff, refusal, &layout->cutoff_column, err);
    if (status == SG_OK)
        status = bind_column(header, &crosswalk->race_list, refusal, &layout->race_column, err);
    return status;
}

static uint64_t own_required(const sg_crosswalk *crosswalk, const sg_crosswalk *record)
{
    const sg_kind_fields *table = sg_kind_table(crosswalk->kind);
    uint64_t bits = 0;
    for (size_t i = 0; i < table->n; i++)
        if ((table->fields[i].flags & SG_FIELD_REQUIRED) != 0 &&
            sg_crosswalk_is_own(crosswalk, record, (int)i))
            bits |= UINT64_C(1) << i;
    return bits;
}

static sg_status bind_records(sg_layout *layout, sg_arena *arena, sg_refusal *refusal, sg_err *err)
{
    const sg_crosswalk *crosswalk = layout->crosswalk;
    int day = sg_kind_table(crosswalk->kind)->day;
    sg_layout *records = sg_arena_alloc(arena, crosswalk->n_records, sizeof *records);
    if (records == NULL)
        return sg_no_memory(err);
    for (size_t i = 0; i < crosswalk->n_records; i++) {
        sg_layout *next = &records[layout->n_records];
        sg_status status = bind_one(&crosswalk->records[i], layout->header, arena, refusal, next, err);
        if (status != SG_OK)
            return status;
        next->own = own_required(crosswalk, &crosswalk->records[i]);
        layout->n_records += next->field_column[day] >= 0;
    }
    layout->records = records;
    return SG_OK;
}

sg_status sg_layout_bind(const sg_crosswalk *crosswalk, const sg_header *header, sg_arena *arena,
                         sg_refusal *refusal, sg_layout **out, sg_err *err)
{
    assert(header != NULL && header->state == SG_HEADER_READ);
    sg_layout *layout = sg_arena_alloc(arena, 1, sizeof *layout);
    if (layout == NULL)
        return sg_no_memory(err);
    sg_status status = bind_one(crosswalk, header, arena, refusal, layout, err);
    if (status == SG_OK && crosswalk->n_records > 0)
        status = bind_records(layout, arena, refusal, err);
    if (status == SG_OK)
        *out = layout;
    return status;
}
