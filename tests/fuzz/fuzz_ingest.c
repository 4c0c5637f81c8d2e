/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Any bytes as an export. The first byte chooses encoding, scope of ids, cut-off and records of the crosswalks, the
 * second the size of the pieces; the rest is the file. Whatever it is, no row may be lost from the counts,
 * the sink must see what the counts say, and the pieces give what the whole gives.
 */
#include <stdint.h>
#include <string.h>

#include "ingest/reading.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

typedef struct {
    int64_t rows, refused_rows, line_sum;
} seen;

static sg_status see_row(void *context, const sg_record *record, int64_t replaces, sg_err *err)
{
    seen *s = context;
    (void)err;
    (void)replaces;
    s->rows++;
    s->line_sum += record->line;
    if (record->line <= 0)
        __builtin_trap();
    return SG_OK;
}

static sg_status see_finding(void *context, const sg_finding *finding, sg_err *err)
{
    (void)context;
    (void)err;
    if (finding->rule == NULL || finding->field == NULL || finding->column == NULL)
        __builtin_trap();
    return SG_OK;
}

static sg_status see_refused(void *context, const sg_refused_row *row, sg_err *err)
{
    seen *s = context;
    (void)row;
    (void)err;
    s->refused_rows++;
    return SG_OK;
}

/* A gain as its columns have it, and beside it a milestone. */
static void make_records(sg_crosswalk *out, sg_crosswalk records[2])
{
    static const sg_column_source none = {0};
    const sg_column_source day = out->fields[SG_GAIN_FIELD_GAIN_DATE],
                           type = out->fields[SG_GAIN_FIELD_GAIN_TYPE];
    out->fields[SG_GAIN_FIELD_GAIN_DATE] = out->fields[SG_GAIN_FIELD_GAIN_TYPE] = none;
    records[0] = records[1] = *out;
    records[0].fields[SG_GAIN_FIELD_GAIN_DATE] = day;
    records[0].fields[SG_GAIN_FIELD_GAIN_TYPE] = type;
    records[1].fields[SG_GAIN_FIELD_GAIN_DATE].column = "milestone_date";
    records[1].fields[SG_GAIN_FIELD_GAIN_TYPE].value = "milestone";
    out->records = records;
    out->n_records = 2;
}

static void make_crosswalk(sg_kind kind, unsigned choice, sg_crosswalk *out)
{
    static const char *const forms[] = {"%Y-%m-%d", "%m/%d/%Y"};
    static const sg_code_pair codes[] = {{"F", "female"}, {"", "unknown"}};
    const sg_kind_fields *table = sg_kind_table(kind);
    memset(out, 0, sizeof *out);
    out->name = sg_kind_text(kind);
    out->kind = kind;
    out->encoding = (sg_encoding)(choice & 3);
    out->learners_by_college = (choice & 4) != 0;
    out->cutoff = (choice & 8) != 0 ? SG_CUTOFF_COLUMN : SG_CUTOFF_LAST_DATE;
    out->cutoff_text = "as_of";
    out->dates = forms;
    out->n_dates = 2;
    for (size_t i = 0; i < table->n; i++)
        out->fields[i].column = table->fields[i].name;
    if (kind == SG_KIND_ENROLLMENT)
        out->fields[SG_ENROLLMENT_SEX] = (sg_column_source){.column = "sex", .codes = codes, .n_codes = 2};
}

static void check_counts(const sg_batch *batch, const seen *s, sg_status status)
{
    const sg_batch_counts *c = &batch->counts;
    if (c->read != c->stored + c->repeated + c->replaced + c->quarantined + c->dropped)
        __builtin_trap();
    if (s->rows != c->stored + c->replaced || s->refused_rows != c->quarantined)
        __builtin_trap();
    if (status == SG_OK && (batch->cutoff == SG_DAY_NONE || c->read == c->dropped))
        __builtin_trap();
}

typedef struct {
    sg_status status;
    sg_batch_counts counts;
    sg_day cutoff;
    seen seen;
} outcome;

static void read_file(const uint8_t *data, size_t size, size_t piece, const sg_ingest_options *options,
                      outcome *out)
{
    SG_CLEANUP(sg_reading_cleanup) sg_reading *reading = NULL;
    sg_sink sink = {.context = &out->seen, .row = see_row, .finding = see_finding, .refused = see_refused};
    sg_batch batch;
    sg_status status = sg_reading_new("fuzz.csv", options, &sink, &batch, &reading, NULL);
    if (status != SG_OK)
        __builtin_trap(); /* nothing in the options is wrong */
    for (size_t at = 0; at < size && status == SG_OK; at += piece)
        status = sg_reading_feed(reading, data + at, size - at < piece ? size - at : piece, NULL);
    if (status == SG_OK)
        status = sg_reading_end(reading, NULL);
    check_counts(&batch, &out->seen, status);
    out->status = status;
    out->counts = batch.counts;
    out->cutoff = batch.cutoff;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const sg_key key = {{1}};
    sg_crosswalk both[2], records[2];
    sg_crosswalks crosswalks = {.all = both, .n = 2};
    sg_ingest_options options = {.crosswalks = &crosswalks,
                                 .key = &key,
                                 .limits = {.field_bytes = 1024, .record_bytes = 4096, .columns = 64},
                                 .today = 20468,
                                 .cutoff = SG_DAY_NONE};
    if (size < 2)
        return 0;
    make_crosswalk(SG_KIND_ENROLLMENT, data[0], &both[0]);
    make_crosswalk(SG_KIND_GAIN, data[0], &both[1]);
    if ((data[0] & 16) != 0)
        make_records(&both[1], records);
    outcome whole, pieces;
    memset(&whole, 0, sizeof whole); /* compared by their bytes */
    memset(&pieces, 0, sizeof pieces);
    read_file(data + 2, size - 2, size, &options, &whole);
    read_file(data + 2, size - 2, (size_t)data[1] + 1, &options, &pieces);
    if (memcmp(&whole, &pieces, sizeof whole) != 0)
        __builtin_trap();
    return 0;
}
