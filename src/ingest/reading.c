/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "reading.h"

#include <stdlib.h>
#include <string.h>

#include "coverage.h"
#include "cutoff.h"
#include "handover.h"
#include "intake.h"
#include "rule_id.h"

enum {
    FIRST_TRY = 64 /* bytes after which the header is looked for; SG_TELLING_BYTES at least */
};
static const int64_t max_file_bytes = INT64_C(2) << 30;

struct sg_reading {
    const char *name;
    const sg_ingest_options *options;
    sg_batch *batch;
    sg_refusal refusal, refusal_of_rows; /* of two, that of the rows is the earlier one */
    sg_sha256 *digest, *digest_of_layout;
    sg_arena *arena; /* of the layout */

    sg_str head;     /* the first bytes, kept until the layout is known */
    size_t next_try; /* the length of head at which the header is looked for again */

    const sg_layout *layout; /* NULL: not known yet */
    sg_decoder *decoder;
    sg_table_reader *table;
    sg_handover *handover;
    sg_intake intake;
    int64_t expected;  /* bytes of the file; 0: not known, or few */
    size_t n_expected; /* rows; 0: not known, or few */
    sg_str form;       /* working space of the intake's digests */
    sg_hash_key key_of_rows;
};

/* ---- lifetime ---- */

static void copy_name(char *out, size_t size, const char *text)
{
    size_t length = strnlen(text, size - 1);
    memcpy(out, text, length);
    out[length] = '\0';
}

sg_status sg_reading_new(const char *name, const sg_ingest_options *options, const sg_sink *sink,
                         sg_batch *batch, sg_reading **out, sg_err *err)
{
    if (options->cutoff != SG_DAY_NONE && options->cutoff > options->today)
        return sg_fail(err, SG_USAGE,
                       "the cut-off is after the day of import: no delivery is complete beyond its own day");
    sg_reading *reading = calloc(1, sizeof *reading);
    if (reading == NULL)
        return sg_no_memory(err);
    reading->name = name;
    reading->options = options;
    reading->batch = batch;
    reading->next_try = FIRST_TRY;
    reading->intake = (sg_intake){
        .sink = sink, .batch = batch, .cutoff = SG_DAY_NONE, .refusal = &reading->refusal_of_rows};
    reading->intake.row.today = options->today;
    reading->intake.row.key = options->key;
    reading->intake.row.form = &reading->form;
    reading->intake.row.entries = &reading->intake.entries;
    reading->intake.row.key_of_rows = &reading->key_of_rows;
    reading->intake.row.arena = sg_arena_new();
    sg_likeness_init(&reading->intake.likeness, options->key);
    reading->arena = sg_arena_new();
    reading->digest = sg_sha256_new();
    reading->digest_of_layout = sg_sha256_new();
    if (reading->intake.row.arena == NULL || reading->arena == NULL || reading->digest == NULL ||
        reading->digest_of_layout == NULL) {
        sg_reading_free(reading);
        return sg_no_memory(err);
    }
    memset(batch, 0, sizeof *batch);
    batch->kind = SG_N_KINDS;
    if (options->kind != NULL)
        (void)sg_kind_find(options->kind,
                           &batch->kind); /* a word that is none is told where crosswalks are chosen */
    copy_name(batch->file_name, sizeof batch->file_name, name);
    batch->rule_set = sg_rule_set_version();
    batch->cutoff = SG_DAY_NONE;
    batch->imported_on = SG_DAY_NONE;
    *out = reading;
    return SG_OK;
}

void sg_reading_expect(sg_reading *reading, int64_t bytes)
{
    enum { SMALL_FILE = 1 << 20 }; /* bytes */
    if (bytes > SMALL_FILE && bytes <= max_file_bytes)
        reading->expected = bytes;
}

int64_t sg_reading_rows(const sg_reading *reading)
{
    return reading->handover != NULL ? sg_handover_rows(reading->handover) : 0;
}

const sg_crosswalk *sg_reading_crosswalk(const sg_reading *reading)
{
    return reading->layout != NULL ? reading->layout->crosswalk : NULL;
}

void sg_reading_free(sg_reading *reading)
{
    if (reading == NULL)
        return;
    sg_handover_free(reading->handover);
    sg_table_reader_free(reading->table);
    sg_decoder_free(reading->decoder);
    sg_entries_release(&reading->intake.entries);
    sg_likeness_release(&reading->intake.likeness);
    sg_verdicts_release(&reading->intake.verdicts);
    sg_str_release(&reading->head);
    sg_str_release(&reading->form);
    sg_sha256_free(reading->digest);
    sg_sha256_free(reading->digest_of_layout);
    sg_arena_free(reading->intake.row.arena);
    sg_arena_free(reading->arena);
    free(reading);
}

/* ---- the cut-off ---- */

/* Known before any row: given by the caller, or in the file's name. */
static sg_status find_early_cutoff(sg_reading *reading, sg_err *err)
{
    const sg_crosswalk *crosswalk = reading->layout->crosswalk;
    sg_day day = reading->options->cutoff;
    if (day == SG_DAY_NONE && crosswalk->cutoff == SG_CUTOFF_FILENAME) {
        if (!sg_cutoff_from_name(reading->name, crosswalk->cutoff_text, &day))
            return sg_refuse(&reading->refusal, SG_RULE_NO_CUTOFF, 0, err,
                             "the file's name has no date of the form '%s', which crosswalk '%s' takes as "
                             "its cut-off: rename "
                             "the file, or give the day with --cutoff",
                             crosswalk->cutoff_text, crosswalk->name);
        if (day > reading->options->today)
            return sg_refuse(&reading->refusal, SG_RULE_NO_CUTOFF, 0, err,
                             "the date in the file's name is after the day of import: rename the file, or "
                             "give the day with "
                             "--cutoff");
    }
    reading->batch->cutoff = day;
    return SG_OK;
}

static sg_status refuse_cutoff(sg_reading *reading, sg_err *err)
{
    const sg_batch_counts *counts = &reading->batch->counts;
    if (counts->stored == 0)
        return sg_refuse(&reading->refusal, SG_RULE_NO_CUTOFF, 0, err,
                         "not one of %lld rows could be accepted, so there is no day up to which the "
                         "delivery is complete: look "
                         "at the findings, and whether crosswalk '%s' is the right one",
                         (long long)(counts->read - counts->dropped), reading->layout->crosswalk->name);
    return sg_refuse(&reading->refusal, SG_RULE_NO_CUTOFF, 0, err,
                     "no row has a day up to the day of import from which the cut-off could be told: correct "
                     "the dates, or give "
                     "the day with --cutoff");
}

/* Known only after the last row: from a column, or from the rows' days. */
static sg_status find_late_cutoff(sg_reading *reading, bool *out_guessed, sg_err *err)
{
    sg_day day = reading->intake.cutoff;
    bool thin = false;
    sg_status status = SG_OK;
    *out_guessed = false;
    if (reading->batch->cutoff != SG_DAY_NONE)
        return SG_OK;
    *out_guessed = reading->layout->crosswalk->cutoff == SG_CUTOFF_LAST_DATE;
    /* a register and the numbers of colleges are as they stand when they are delivered */
    if (*out_guessed && sg_kind_table(reading->batch->kind)->learner < 0) {
        *out_guessed = false;
        reading->batch->cutoff = reading->options->today;
        return SG_OK;
    }
    if (*out_guessed)
        status = sg_cutoff_last_date(&reading->intake.entries, reading->options->today, &day, &thin, err);
    if (status == SG_OK && day == SG_DAY_NONE)
        status = refuse_cutoff(reading, err);
    if (status == SG_OK && thin)
        status = sg_intake_find(&reading->intake, SG_RULE_THIN_CUTOFF, 0, "", "", err);
    if (status == SG_OK)
        reading->batch->cutoff = day;
    return status;
}

/* ---- the first bytes ---- */

static bool has_field(const sg_layout *layout, const char *name)
{
    int field = sg_field_find(layout->crosswalk->kind, name);
    return field >= 0 && sg_covers(layout, field);
}

/* A column that this file does not have can't tell which part of the store it replaces. */
static unsigned effective_scope(const sg_layout *layout)
{
    unsigned scope = layout->crosswalk->scope;
    if (!has_field(layout, "program_year"))
        scope &= ~(unsigned)SG_SCOPE_PROGRAM_YEAR;
    if (!has_field(layout, "college"))
        scope &= ~(unsigned)SG_SCOPE_COLLEGE;
    return scope;
}

static void describe_batch(sg_reading *reading)
{
    const sg_crosswalk *crosswalk = reading->layout->crosswalk;
    sg_batch *batch = reading->batch;
    batch->kind = crosswalk->kind;
    copy_name(batch->crosswalk, sizeof batch->crosswalk, crosswalk->name);
    memcpy(batch->crosswalk_sha256, crosswalk->sha256, sizeof batch->crosswalk_sha256);
    batch->delivery = crosswalk->delivery;
    batch->scope = effective_scope(reading->layout);
    batch->learners_by_college = crosswalk->learners_by_college;
    batch->latest_gains = crosswalk->latest_gains;
    batch->gains_said = crosswalk->gains_said;
    batch->has_hours = crosswalk->kind == SG_KIND_ENROLLMENT && has_field(reading->layout, "contact_hours");
    batch->fields = sg_coverage_fields(reading->layout);
    batch->records = sg_coverage_records(reading->layout);
}

/* All that decides, beside its own text and the day, what becomes of a line: under another key, crosswalk, catalogue of rules or
 * header the same text is another line. */
static void prepare_keys(sg_reading *reading, sg_hash_key *out_of_lines)
{
    const sg_layout *layout = reading->layout;
    sg_sha256 *digest = reading->digest_of_layout;
    char text[SG_SHA256_TEXT];
    sg_sha256_add_field(digest, layout->crosswalk->sha256);
    sg_sha256_add_int(digest, sg_rule_set_version());
    sg_sha256_add_int(digest, layout->header->decoding);
    sg_sha256_add_int(digest, layout->header->delimiter);
    for (size_t i = 0; i < layout->header->n; i++)
        sg_sha256_add_field(digest, layout->header->names[i]);
    sg_sha256_text(digest, text);
    sg_hash_key_make(reading->options->key, "skillgain line", text, strlen(text), out_of_lines);
    sg_hash_key_make(reading->options->key, "skillgain row", sg_kind_text(layout->crosswalk->kind),
                     strlen(sg_kind_text(layout->crosswalk->kind)), &reading->key_of_rows);
}

/* A cut-off column speaks of the file, and a line with several records of several rows, so that such lines are read every time. */
static bool says_all(const sg_layout *layout)
{
    return layout->crosswalk->cutoff != SG_CUTOFF_COLUMN && layout->n_records <= 1;
}

/* The layout is known: from here on rows can be read. */
static sg_status begin_rows(sg_reading *reading, sg_err *err)
{
    const sg_header *header = reading->layout->header;
    const sg_sink *sink = reading->intake.sink;
    sg_hash_key of_lines;
    describe_batch(reading);
    reading->intake.row.layout = reading->layout;
    reading->intake.row.table = sg_kind_table(reading->layout->crosswalk->kind);
    prepare_keys(reading, &of_lines);
    if (reading->n_expected > 0)
        sg_entries_expect(&reading->intake.entries, reading->n_expected);
    sg_status status = find_early_cutoff(reading, err);
    if (status == SG_OK)
        status = sg_decoder_new(header->decoding, &reading->decoder, err);
    if (status == SG_OK && sink->begin != NULL)
        status = sink->begin(sink->context, reading->batch, err);
    if (status == SG_OK)
        status = sg_coverage_tell(&reading->intake, err);
    if (status == SG_OK)
        status = sg_handover_new(&reading->intake, says_all(reading->layout) ? &of_lines : NULL,
                                 reading->options->jobs > 1 && sink->kept == NULL, &reading->handover, err);
    if (status == SG_OK)
        status = sg_table_reader_new(header->delimiter, &reading->options->limits, sg_handover_take,
                                     reading->handover, &reading->refusal, &reading->table, err);
    if (status == SG_OK)
        sg_table_reader_ask(reading->table, sg_handover_take_line);
    if (status == SG_OK && sink->kept != NULL)
        sg_table_reader_keep_text(reading->table);
    return status;
}

static sg_status read_rows(sg_reading *reading, const char *bytes, size_t n, sg_err *err)
{
    const char *text = NULL;
    size_t length = 0;
    sg_status status = sg_decoder_feed(reading->decoder, bytes, n, &text, &length, err);
    if (status != SG_OK)
        return status;
    return sg_table_reader_feed(reading->table, text, length, err);
}

/* Looks for the header in what has come so far; where it is there, the rows behind it are read. */
static sg_status try_head(sg_reading *reading, bool at_end, sg_err *err)
{
    sg_layout *layout = NULL;
    bool more = false;
    sg_head head = {.bytes = sg_str_text(&reading->head), .n = reading->head.length, .at_end = at_end};
    reading->next_try = head.n > SIZE_MAX / 2 ? SIZE_MAX : head.n * 2; /* so that the work stays linear */
    sg_arena_reset(reading->arena);
    sg_status status = sg_layout_choose(reading->options, &head, reading->arena, &reading->refusal, &layout,
                                        &more, err);
    if (status != SG_OK || more)
        return status;
    reading->layout = layout;
    status = begin_rows(reading, err);
    if (status == SG_OK)
        status = read_rows(reading, head.bytes + layout->header->mark, head.n - layout->header->mark, err);
    sg_str_release(&reading->head);
    return status;
}

/* ---- feeding ---- */

/* What the rows met comes before what was met behind them: they lie earlier in the file. */
static sg_status settle_rows(sg_reading *reading, sg_status status, sg_err *err)
{
    sg_err trouble = {0};
    sg_status rows = reading->handover != NULL ? sg_handover_finish(reading->handover, &trouble) : SG_OK;
    if (reading->refusal_of_rows.rule != NULL)
        reading->refusal = reading->refusal_of_rows;
    return rows == SG_OK ? status : sg_fail(err, rows, "%s", trouble.message);
}

/* A refusal is told to the sink as a finding too; the message gets the file's name. */
static sg_status settle(sg_reading *reading, sg_status status, sg_err *err)
{
    if (status != SG_OK)
        status = settle_rows(reading, status, err);
    if (status != SG_REFUSED || reading->refusal.rule == NULL)
        return status;
    sg_err trouble = {0};
    sg_status told = sg_intake_find(&reading->intake, reading->refusal.rule, reading->refusal.line, "", "",
                                    &trouble);
    if (told != SG_OK)
        return sg_fail(err, told, "%s", trouble.message);
    return sg_wrap(err, status, "'%s'", reading->name);
}

/* How many rows the whole file has, if it goes on like its first piece. */
static void expect_rows(sg_reading *reading, const char *bytes, size_t n)
{
    enum { FEW = 64, MANY = 10000000 };
    size_t n_lines = 0;
    for (const char *at = bytes; (at = memchr(at, '\n', (size_t)(bytes + n - at))) != NULL; at++)
        n_lines++;
    double rows = n_lines >= FEW ? (double)n_lines * (double)reading->expected / (double)n : 0;
    reading->n_expected = (size_t)(rows < MANY ? rows : MANY);
}

static sg_status take_bytes(sg_reading *reading, const char *bytes, size_t n, sg_err *err)
{
    reading->batch->bytes += (int64_t)n;
    if (reading->batch->bytes > max_file_bytes)
        return sg_refuse(&reading->refusal, SG_RULE_LIMIT, 0, err,
                         "the file is larger than 2 GiB: split it, for instance by program year");
    sg_sha256_add(reading->digest, bytes, n);
    if (reading->layout == NULL && reading->n_expected == 0)
        expect_rows(reading, bytes, n);
    while (reading->layout == NULL && n > 0) { /* tried at the same lengths, however large the pieces are */
        size_t room = reading->next_try - reading->head.length, part = n < room ? n : room;
        sg_str_add_n(&reading->head, bytes, part);
        if (reading->head.failed)
            return sg_no_memory(err);
        sg_status status = reading->head.length == reading->next_try ? try_head(reading, false, err) : SG_OK;
        if (status != SG_OK)
            return status;
        bytes += part;
        n -= part;
    }
    return n > 0 ? read_rows(reading, bytes, n, err) : SG_OK;
}

sg_status sg_reading_feed(sg_reading *reading, const void *bytes, size_t n, sg_err *err)
{
    return settle(reading, take_bytes(reading, bytes, n, err), err);
}

static sg_status refuse_empty(sg_reading *reading, sg_err *err)
{
    const sg_layout *layout = reading->layout;
    if (reading->batch->counts.dropped > 0 && layout->n_records > 0)
        return sg_refuse(
            &reading->refusal, SG_RULE_NO_ROWS, layout->header->line, err,
            "no line has the day of one of the records of crosswalk '%s': look at the query behind the "
            "export; nothing is withdrawn on the word of a file without rows",
            layout->crosswalk->name);
    return sg_refuse(&reading->refusal, SG_RULE_NO_ROWS, layout->header->line, err,
                     "the file has a header and no rows: look at the query behind the export; nothing is "
                     "withdrawn on the word of a file without rows");
}

static sg_status finish(sg_reading *reading, sg_err *err)
{
    const sg_batch_counts *counts = &reading->batch->counts;
    bool guessed = false;
    sg_status status = reading->layout == NULL ? try_head(reading, true, err) : SG_OK;
    if (status == SG_OK && !sg_decoder_is_whole(reading->decoder))
        return sg_refuse(
            &reading->refusal, SG_RULE_ENCODING, 0, err,
            "the file ends within a character: it was cut off, or its encoding is another; deliver it again");
    if (status == SG_OK)
        status = sg_table_reader_end(reading->table, err);
    if (status == SG_OK)
        status = sg_handover_finish(reading->handover, err);
    if (status == SG_OK && counts->read == counts->dropped)
        return refuse_empty(reading, err);
    if (status == SG_OK)
        status = find_late_cutoff(reading, &guessed, err);
    if (status == SG_OK)
        status = sg_intake_find_late(&reading->intake, reading->batch->cutoff, guessed, err);
    if (status == SG_OK)
        status = sg_intake_find_alike(&reading->intake, err);
    if (status == SG_OK)
        status = sg_intake_find_stale(&reading->intake, reading->options->stale_days, err);
    return status == SG_OK ? sg_intake_find_no_hours(&reading->intake, err) : status;
}

sg_status sg_reading_end(sg_reading *reading, sg_err *err)
{
    sg_sha256_text(reading->digest, reading->batch->sha256);
    return settle(reading, finish(reading, err), err);
}

sg_status sg_reading_refuse(sg_reading *reading, const char *rule, const char *why, sg_err *err)
{
    return settle(reading, sg_refuse(&reading->refusal, rule, 0, err, "%s", why), err);
}
