/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "guess.h"

#include <stdlib.h>
#include <string.h>

#include "inflate.h"
#include "rule_id.h"
#include "source.h"

enum { LEAST_COLUMNS = 2, LONGEST_NAME = 48 };

/* ---- the first bytes ---- */

typedef struct {
    sg_str bytes;
    bool whole;
} sample;

static void release_sample(sample *s)
{
    sg_str_release(&s->bytes);
}

static sg_status keep_bytes(void *context, const void *bytes, size_t n, sg_err *err)
{
    sample *s = context;
    size_t room = SG_GUESS_BYTES - s->bytes.length;
    s->whole = s->whole && n <= room;
    sg_str_add_n(&s->bytes, bytes, n < room ? n : room);
    return s->bytes.failed ? sg_no_memory(err) : SG_OK;
}

static bool is_gzip(const char *bytes, size_t n)
{
    return n >= 2 && memcmp(bytes, "\x1f\x8b", 2) == 0;
}

static sg_status read_sample(const sg_source *source, sample *s, sg_err *err)
{
    SG_CLEANUP(sg_inflater_cleanup) sg_inflater *inflater = NULL;
    char *chunk SG_AUTO_FREE = malloc(SG_SOURCE_CHUNK);
    sg_status status = SG_OK;
    size_t n = 0;
    if (chunk == NULL)
        return sg_no_memory(err);
    s->whole = true;
    for (bool first = true; status == SG_OK && s->whole; first = false) {
        status = sg_source_read(source, chunk, &n, err);
        if (status != SG_OK || n == 0)
            break;
        if (first && is_gzip(chunk, n))
            status = sg_inflater_new(&inflater, err);
        if (status == SG_OK)
            status = inflater != NULL ? sg_inflater_feed(inflater, chunk, n, keep_bytes, s, err)
                                      : keep_bytes(s, chunk, n, err);
    }
    if (status == SG_OK && s->whole && inflater != NULL && !sg_inflater_is_whole(inflater))
        status = sg_fail(err, SG_REFUSED,
                         "the gzip file ends before its data do: it was cut off; deliver it again");
    return status;
}

static sg_status open_sample(const char *path, sample *s, sg_err *err)
{
    SG_CLEANUP(sg_source_close) sg_source source = {.fd = -1};
    sg_status status = sg_source_open(path, &source, err);
    return status == SG_OK ? read_sample(&source, s, err) : status;
}

/* ---- the name ---- */

/* "Class Roster 2025-07-15.csv" is class-roster: a crosswalk is for the exports of other days too. */
static const char *make_name(const char *file_name, sg_arena *arena)
{
    char name[LONGEST_NAME + 1];
    size_t n = 0;
    const char *dot = strchr(file_name, '.');
    const char *end = dot != NULL && dot > file_name ? dot : file_name + strlen(file_name);
    for (const char *at = file_name; at < end && n < LONGEST_NAME; at++) {
        size_t digits = strspn(at, "0123456789-_");
        char c = (char)(*at >= 'A' && *at <= 'Z' ? *at - 'A' + 'a' : *at);
        if (digits >= 8) { /* a date */
            at += digits - 1;
            c = '-';
        }
        bool plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
        if (plain)
            name[n++] = c;
        else if (n > 0 && name[n - 1] != '-')
            name[n++] = '-';
    }
    while (n > 0 && name[n - 1] == '-')
        n--;
    return n > 0 ? sg_arena_strndup(arena, name, n) : sg_arena_strdup(arena, "export");
}

/* ---- what reads it already ---- */

/* Does the layout take in whatever the plan would? */
static bool covers(const sg_layout *layout, const sg_guess_plan *plan)
{
    const sg_kind_fields *fields = sg_kind_table(plan->kind);
    if (layout->crosswalk->kind != plan->kind)
        return false;
    for (size_t i = 0; i < fields->n; i++) {
        bool list = plan->kind == SG_KIND_ENROLLMENT && i == SG_ENROLLMENT_RACE && layout->race_column >= 0;
        if (plan->fields[i].column >= 0 && layout->field_column[i] < 0 && !list)
            return false;
    }
    return true;
}

/* The import's advice is to declare the encoding in the crosswalk, of which there is none yet. */
static sg_status refuse_encoding(const sg_refusal *refused, sg_err *err)
{
    sg_refusal refusal = {0};
    return sg_refuse(
        &refusal, SG_RULE_ENCODING, refused->line, err,
        "the header is no text in UTF-8 or UTF-16, and nothing can be guessed from it: save the "
        "export as UTF-8 and guess from that, or write the crosswalk by hand with its 'encoding'");
}

/* A file that is no table is refused as the import refuses it, but for advice; one that no crosswalk fits is what guessing is for. */
static sg_status find_layout(const sg_ingest_options *options, const sg_head *head, sg_arena *arena,
                             sg_layout **out, sg_err *err)
{
    static const char *const guessable[] = {SG_RULE_NO_CROSSWALK, SG_RULE_NO_COLUMN, SG_RULE_TIE,
                                            SG_RULE_DOUBLE_COLUMN};
    sg_refusal refusal = {0};
    bool more = false;
    *out = NULL;
    sg_status status = sg_layout_choose(options, head, arena, &refusal, out, &more, err);
    for (size_t i = 0; i < sizeof guessable / sizeof guessable[0] && status == SG_REFUSED; i++)
        if (refusal.rule != NULL && strcmp(refusal.rule, guessable[i]) == 0)
            status = SG_OK;
    if (status == SG_REFUSED && refusal.rule != NULL && strcmp(refusal.rule, SG_RULE_ENCODING) == 0)
        return refuse_encoding(&refusal, err);
    return status;
}

/* ---- is there a header? ---- */

/* Numbers or days below a text that is neither: the text is their name, for a row of data would have one of them there. */
static bool holds_values(const sg_guess_column *column)
{
    return (column->n_number > column->n_date ? column->n_number : column->n_date) * 10 >=
               column->n_filled * 9 &&
           column->n_filled > 1;
}

/* Names of columns are all there, all different, and without digits: where few of them are known, nothing less will do. */
static bool are_like_names(const sg_guess_table *table)
{
    for (size_t i = 0; i < table->n; i++) {
        const char *header = table->columns[i].header;
        if (*header == '\0' || sg_is_missing(header) || strpbrk(header, "0123456789") != NULL)
            return false;
        for (size_t j = 0; j < i; j++)
            if (strcmp(table->columns[j].name, table->columns[i].name) == 0)
                return false;
        for (size_t j = 0; j < table->columns[i].n_values; j++)
            if (strcmp(table->columns[i].values[j].text, header) == 0)
                return false;
    }
    return true;
}

/* Names of columns are no dates, and nobody's address: a first row of data must not be taken for them, nor be written down. */
static bool looks_like_data(const sg_guess_table *table, const sg_guess_plan *plan, sg_arena *arena)
{
    enum { TELLING_COLUMNS = 2 };
    size_t n_numbers = 0, n_telling = 0;
    for (size_t i = 0; i < table->n; i++) {
        const char *header = table->columns[i].header;
        sg_guess_column cell = {0};
        if (!sg_guess_column_look(&cell, header, strlen(header), arena) || cell.n_date > cell.n_serial ||
            cell.n_private > 0)
            return true;
        n_numbers += cell.n_number > 0 && plan->field_of[i] == SG_NO_FIELD;
        n_telling += *header != '\0' && cell.n_number == 0 && holds_values(&table->columns[i]);
    }
    bool named = plan->n_taken >= LEAST_COLUMNS || (n_telling >= TELLING_COLUMNS && are_like_names(table));
    return !named || n_numbers > plan->n_taken;
}

static sg_status refuse_header(const sg_guess_table *table, const sg_guess_plan *plan, sg_err *err)
{
    return sg_fail(
        err, SG_REFUSED,
        "line %lld does not look like a header (%zu of its %zu columns have a name that is known): "
        "the columns' names belong into the first line, with no title above; or write the "
        "crosswalk by hand",
        (long long)table->header_line, plan->n_taken, table->n);
}

/* ---- together ---- */

static sg_status write_guess(sg_guess_writing *writing, sg_guess *out, sg_err *err)
{
    const char **warnings = sg_arena_alloc(writing->arena, SG_GUESS_WARNINGS, sizeof *warnings);
    if (warnings == NULL || out->name == NULL)
        return sg_no_memory(err);
    writing->warnings = warnings;
    sg_guess_write(writing, out->name);
    out->text = writing->no_memory ? NULL : sg_arena_strdup(writing->arena, sg_str_text(&writing->text));
    out->warnings = warnings;
    out->n_warnings = writing->n_warnings;
    sg_str_release(&writing->text);
    return out->text != NULL ? SG_OK : sg_no_memory(err);
}

static void describe(const sg_guess_table *table, const sg_guess_plan *plan, sg_guess *out)
{
    out->kind = plan->kind;
    out->n_columns = table->n;
    out->n_taken = plan->n_taken;
    out->n_lacking = plan->n_lacking;
    out->n_rows = table->n_rows;
    out->whole = table->whole;
}

sg_status sg_guess_from_head(const char *file_name, const sg_ingest_options *options, const sg_head *head,
                             sg_arena *arena, sg_guess *out, sg_err *err)
{
    sg_layout *layout = NULL;
    sg_guess_table table;
    sg_guess_plan plan;
    sg_synonyms synonyms;
    sg_refusal refusal = {0};
    *out = (sg_guess){0};
    sg_status status = find_layout(options, head, arena, &layout, err);
    if (status == SG_OK)
        status = sg_guess_table_read(head, &options->limits, arena, &refusal, &table, err);
    if (status == SG_OK)
        status = sg_synonyms_load(arena, &synonyms, err);
    if (status != SG_OK)
        return status;
    if (!sg_guess_write_out(&table, &synonyms, arena))
        return sg_no_memory(err);
    sg_guess_mark_never(&table, &synonyms);
    status = sg_guess_plan_make(&table, &synonyms, file_name, arena, &plan, err);
    if (status != SG_OK)
        return status;
    describe(&table, &plan, out);
    if (layout != NULL && covers(layout, &plan)) {
        out->fits = sg_arena_strdup(arena,
                                    layout->crosswalk->name); /* the caller's crosswalks may go first */
        return out->fits != NULL ? SG_OK : sg_no_memory(err);
    }
    if (looks_like_data(&table, &plan, arena))
        return refuse_header(&table, &plan, err);
    sg_guess_writing writing = {.table = &table, .plan = &plan, .synonyms = &synonyms, .arena = arena};
    writing.file_name = file_name;
    out->name = make_name(file_name, arena);
    return write_guess(&writing, out, err);
}

sg_status sg_ingest_guess(const char *path, const sg_ingest_options *options, sg_arena *arena, sg_guess *out,
                          sg_err *err)
{
    SG_CLEANUP(release_sample) sample s = {.whole = true};
    const char *file_name = strcmp(path, "-") == 0 ? "standard input" : sg_path_base(path);
    sg_status status = open_sample(path, &s, err);
    if (status == SG_OK)
        status = sg_guess_from_head(
            file_name, options, &(sg_head){sg_str_text(&s.bytes), s.bytes.length, s.whole}, arena, out, err);
    return status == SG_REFUSED ? sg_wrap(err, status, "'%s'", file_name) : status;
}
