/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "intake.h"

#include <stdio.h>
#include <string.h>

#include "record_text.h"
#include "rule_id.h"

enum {
    MAX_ROWS = 10000000,
    FEW_LATE = 100 /* one row in so many may lie behind a cut-off that was guessed */
};

sg_status sg_intake_find(sg_intake *intake, const char *rule, int64_t line, const char *field,
                         const char *column, sg_err *err)
{
    sg_finding finding = {.rule = sg_rule_find(rule), .line = line, .field = field, .column = column};
    if (finding.rule->effect != SG_EFFECT_QUARANTINE && finding.rule->effect != SG_EFFECT_REFUSE_FILE)
        intake->batch->counts.warnings++;
    if (intake->sink->finding == NULL)
        return SG_OK;
    return intake->sink->finding(intake->sink->context, &finding, err);
}

sg_status sg_intake_find_more(sg_intake *intake, const char *rule, int64_t line, const char *detail,
                              sg_err *err)
{
    sg_finding finding = {
        .rule = sg_rule_find(rule), .line = line, .field = "", .column = "", .detail = detail};
    intake->batch->counts.warnings++;
    return intake->sink->finding != NULL ? intake->sink->finding(intake->sink->context, &finding, err)
                                         : SG_OK;
}

static sg_status drop(sg_intake *intake, const char *rule, int64_t line, sg_err *err)
{
    intake->batch->counts.dropped++;
    return rule != NULL ? sg_intake_find(intake, rule, line, "", "", err) : SG_OK;
}

static sg_status tell_refused(const sg_intake *intake, const sg_refused_row *row, sg_err *err)
{
    const sg_sink *sink = intake->sink;
    return sink->refused != NULL ? sink->refused(sink->context, row, err) : SG_OK;
}

/* The text of a refused row, for whoever keeps such texts. */
static sg_status tell_text(const sg_intake *intake, int64_t line, const char *text, size_t length,
                           sg_err *err)
{
    const sg_sink *sink = intake->sink;
    return sink->kept != NULL && text != NULL ? sink->kept(sink->context, line, text, length, err) : SG_OK;
}

/* Whose it is can't be told. */
static sg_status refuse_row(sg_intake *intake, const char *rule, int64_t line, sg_err *err)
{
    const sg_refused_row row = {.kind = intake->batch->kind};
    intake->batch->counts.quarantined++;
    sg_status status = sg_intake_find(intake, rule, line, "", "", err);
    return status == SG_OK ? tell_refused(intake, &row, err) : status;
}

static sg_status refuse_record(sg_intake *intake, const char *rule, const sg_raw_record *record, sg_err *err)
{
    sg_status status = refuse_row(intake, rule, record->line, err);
    return status == SG_OK ? tell_text(intake, record->line, record->text, record->text_length, err) : status;
}

/* ---- what a record is before its values are looked at ---- */

static bool is_valid_text(const sg_raw_record *record)
{
    for (size_t i = 0; i < record->n_fields; i++)
        if (!sg_utf8_valid(record->fields[i].text, record->fields[i].length, NULL))
            return false;
    return true;
}

/* false: another text, or out of memory, which the row will meet again. */
static bool folds_to(const sg_piece *field, const char *folded)
{
    sg_str text = {0};
    size_t length = 0;
    const char *first = sg_text_trim(field->text, field->length, &length);
    if (length == 0 || *folded == '\0')
        return (length == 0) == (*folded == '\0');
    /* almost every row ends here: folding makes no text longer */
    if ((*first | 0x20) != (*folded | 0x20) || length < strlen(folded))
        return false;
    sg_text_fold(&text, field->text, field->length);
    bool equal = !text.failed && strcmp(sg_str_text(&text), folded) == 0;
    sg_str_release(&text);
    return equal;
}

static bool is_header_again(const sg_intake *intake, const sg_raw_record *record)
{
    const sg_header *header = intake->row.layout->header;
    if (record->n_fields != header->n)
        return false;
    for (size_t i = 0; i < header->n; i++)
        if (!folds_to(&record->fields[i], header->names[i]))
            return false;
    return true;
}

/* "Total", "Grand total: 123": a footer, if it can't be a record. */
static bool looks_like_total(const sg_piece *field)
{
    static const char *const words[] = {"grand total", "total", "subtotal", "sub-total"};
    sg_str text = {0};
    bool found = false;
    if (strchr("tTgGsS", *sg_text_trim(field->text, field->length, &(size_t){0})) == NULL)
        return false;
    sg_text_fold(&text, field->text, field->length);
    for (size_t i = 0; i < sizeof words / sizeof words[0] && !found && !text.failed; i++) {
        const char *rest = sg_str_text(&text) + strlen(words[i]);
        found = sg_text_starts(sg_str_text(&text), words[i]) &&
                (*rest == '\0' || strchr("s :=", *rest) != NULL);
    }
    sg_str_release(&text);
    return found;
}

/* ---- a row ---- */

static sg_status tell_findings(sg_intake *intake, const sg_row_finding *findings, size_t n, int64_t line,
                               sg_err *err)
{
    const sg_kind_fields *table = intake->row.table;
    sg_status status = SG_OK;
    for (size_t i = 0; i < n && status == SG_OK; i++) {
        const char *field = findings[i].field >= 0 ? table->fields[findings[i].field].name : "";
        status = sg_intake_find(intake, findings[i].rule, line, field, findings[i].column, err);
    }
    return status;
}

/* The codes that are unknown, for whoever wants them. */
static sg_status tell_unknown(sg_intake *intake, sg_err *err)
{
    const sg_row *row = &intake->row;
    const sg_pseudonym *learner = &row->record.learner;
    sg_status status = SG_OK;
    if (intake->sink->unknown == NULL)
        return SG_OK;
    if (row->refused)
        learner = row->known.learner_known ? &row->known.learner : NULL;
    for (size_t i = 0; i < row->n_findings && status == SG_OK; i++) {
        const sg_row_finding *finding = &row->findings[i];
        int column = finding->field >= 0 ? row->layout->field_column[finding->field] : -1;
        if (column < 0 ||
            (strcmp(finding->rule, SG_RULE_STRICT_CODE) != 0 && strcmp(finding->rule, SG_RULE_CODE) != 0))
            continue;
        status = intake->sink->unknown(intake->sink->context, finding->field, row->raw->fields[column].text,
                                       row->raw->fields[column].length, learner, err);
    }
    return status;
}

/* What the store may remember of an accepted row's text, so that it need not be read again. */
static sg_status remember(sg_intake *intake, uint64_t raw, sg_err *err)
{
    const sg_sink *sink = intake->sink;
    sg_row *row = &intake->row;
    bool is_new = false;
    if (raw == 0 || row->passing || (row->n_findings > 0 && sink->verdict == NULL))
        return SG_OK;
    if (row->n_findings > 0) {
        uint32_t *number = &row->record.verdict;
        sg_status status = sg_verdicts_number(&intake->verdicts, row->findings, row->n_findings, number,
                                              &is_new, err);
        if (status == SG_OK && is_new)
            status = sink->verdict(sink->context, *number, row->findings, row->n_findings, err);
        if (status != SG_OK || *number == 0)
            return status;
    }
    row->record.raw = raw;
    return SG_OK;
}

/* Enters a row that counts, and tells what it means for those before it; *out_replaces as sg_sink.row has it, *out_new false: it
 * repeats one. */
static sg_status enter(sg_intake *intake, const sg_entry *entry, const sg_entry_name *name, bool is_known,
                       int64_t *out_replaces, bool *out_new, sg_err *err)
{
    sg_batch_counts *counts = &intake->batch->counts;
    sg_entry_outcome outcome = SG_ENTRY_NEW;
    sg_status status = sg_entries_add(&intake->entries, entry, name, is_known, &outcome, out_replaces, err);
    *out_new = outcome != SG_ENTRY_REPEATED;
    if (status != SG_OK)
        return status;
    if (outcome == SG_ENTRY_REPEATED) {
        counts->repeated++;
        return sg_intake_find(intake, SG_RULE_REPEATED, entry->line, "", "", err);
    }
    counts->stored++;
    if (outcome == SG_ENTRY_NEW)
        return SG_OK;
    sg_entry *old = &intake->entries.all[*out_replaces];
    int64_t line = old->line;
    old->line = 0;
    counts->replaced++;
    counts->stored--;
    return sg_intake_find(intake, SG_RULE_REPLACED, line, "", "", err);
}

static uint64_t key_number(const unsigned char key[SG_RECORD_KEY_BYTES])
{
    uint64_t number = 0;
    for (int i = 0; i < SG_RECORD_KEY_BYTES; i++)
        number |= (uint64_t)key[i] << (8 * i);
    return number;
}

/* Lines that the store knows by their text have no key in the entries: where some came, a row that was read may be one of theirs. */
static sg_entry_name name_of(const sg_intake *intake, const sg_record *record)
{
    const sg_sink *sink = intake->sink;
    sg_entry_name name = {.key = key_number(record->key), .digest = record->digest, .known = -1};
    sg_known_row known;
    if (intake->entries.n_known > 0 && sink->known_by_key(sink->context, record->key, &known)) {
        name.known = known.ref;
        name.known_digest = known.digest;
    }
    return name;
}

static bool has_some_hours(const sg_row *row)
{
    /* SG_BLANK is below 0 */
    return row->record.kind == SG_KIND_ENROLLMENT && row->record.number[SG_ENROLLMENT_CONTACT_HOURS] > 0;
}

/* Lines that the store knows by their text come without an id, and are not looked at. */
static sg_status note_likeness(sg_intake *intake, sg_err *err)
{
    const sg_row *row = &intake->row;
    const char *scope = row->layout->crosswalk->learners_by_college ? row->record.text[row->table->college]
                                                                    : "";
    return row->learner_id != NULL ? sg_likeness_add(&intake->likeness, scope, row->learner_id,
                                                     &row->record.learner, row->record.line, err)
                                   : SG_OK;
}

static sg_status accept_row(sg_intake *intake, sg_err *err)
{
    const sg_sink *sink = intake->sink;
    const sg_row *row = &intake->row;
    /* a file of 2 GiB has fewer lines than 2^32 */
    sg_entry entry = {.line = (uint32_t)row->record.line, .day = sg_row_day(row), .end = sg_row_end_day(row)};
    sg_entry_name name = name_of(intake, &row->record);
    int64_t replaces = -1;
    bool is_new = true;
    sg_status status = enter(intake, &entry, &name, false, &replaces, &is_new, err);
    intake->any_hours = intake->any_hours || has_some_hours(row);
    if (status == SG_OK)
        status = note_likeness(intake, err);
    if (status != SG_OK || !is_new)
        return status;
    intake->cutoff = row->cutoff > intake->cutoff ? row->cutoff : intake->cutoff;
    return sink->row != NULL ? sink->row(sink->context, &row->record, replaces, err) : SG_OK;
}

static bool is_forgotten(const sg_intake *intake)
{
    const sg_sink *sink = intake->sink;
    const sg_row *row = &intake->row;
    return !row->refused && sink->unwanted != NULL && sink->unwanted(sink->context, &row->record.learner);
}

/* Nothing is kept of a learner who was forgotten, where the row tells who it is. */
static sg_status tell_refused_row(sg_intake *intake, const sg_raw_record *record, sg_err *err)
{
    const sg_sink *sink = intake->sink;
    const sg_refused_row *known = &intake->row.known;
    sg_status status = tell_refused(intake, known, err);
    if (status != SG_OK ||
        (known->learner_known && sink->unwanted != NULL && sink->unwanted(sink->context, &known->learner)))
        return status;
    return tell_text(intake, record->line, record->text, record->text_length, err);
}

static sg_status take_row(sg_intake *intake, const sg_raw_record *record, bool total, sg_err *err)
{
    sg_row *row = &intake->row;
    sg_status status = sg_row_read(row, record, err);
    if (status != SG_OK)
        return status;
    if (total && row->lacks_required)
        return drop(intake, SG_RULE_TOTAL, record->line, err);
    if (is_forgotten(intake))
        return drop(intake, SG_RULE_FORGOTTEN, record->line, err);
    if (row->refused)
        intake->batch->counts.quarantined++;
    else
        status = remember(intake, record->raw, err);
    if (status == SG_OK)
        status = tell_findings(intake, row->findings, row->n_findings, record->line, err);
    if (status == SG_OK)
        status = tell_unknown(intake, err);
    if (status != SG_OK)
        return status;
    return row->refused ? tell_refused_row(intake, record, err) : accept_row(intake, err);
}

static sg_status count_row(sg_intake *intake, int64_t line, sg_err *err)
{
    if (intake->batch->counts.read == MAX_ROWS)
        return sg_refuse(intake->refusal, SG_RULE_LIMIT, line, err,
                         "the file has more than %d rows: split it, for instance by program year", MAX_ROWS);
    intake->batch->counts.read++;
    return SG_OK;
}

/* Each record that the line has is a row; the line itself is counted already. */
static sg_status take_records(sg_intake *intake, const sg_raw_record *record, bool total, sg_err *err)
{
    const sg_layout *layout = intake->row.layout;
    size_t n = 0;
    sg_status status = SG_OK;
    sg_arena_reset(intake->row.arena);
    for (size_t i = 0; i < layout->n_records && status == SG_OK; i++) {
        intake->row.layout = &layout->records[i];
        bool there = sg_row_is_there(&intake->row, record);
        if (intake->row.no_memory)
            status = sg_no_memory(err);
        else if (there && n++ > 0)
            status = count_row(intake, record->line, err);
        if (status == SG_OK && there)
            status = take_row(intake, record, total, err);
    }
    intake->row.layout = layout;
    if (status == SG_OK && n == 0)
        status = drop(intake, total ? SG_RULE_TOTAL : NULL, record->line, err);
    return status;
}

static sg_status take_fields(sg_intake *intake, const sg_raw_record *record, sg_err *err)
{
    const sg_piece *first = sg_record_first_text(record);
    if (first == NULL)
        return drop(intake, NULL, record->line, err);
    if (!record->is_text && !is_valid_text(record))
        return refuse_record(intake, SG_RULE_BAD_BYTES, record, err);
    if (is_header_again(intake, record))
        return drop(intake, SG_RULE_HEADER_AGAIN, record->line, err);
    bool total = looks_like_total(first);
    if (record->n_fields == intake->row.layout->header->n)
        return intake->row.layout->n_records > 0 ? take_records(intake, record, total, err)
                                                 : take_row(intake, record, total, err);
    if (total)
        return drop(intake, SG_RULE_TOTAL, record->line, err);
    return refuse_record(intake, SG_RULE_FIELD_COUNT, record, err);
}

/* Each line counts as a row: what stood on it is not known. */
static sg_status refuse_lines(sg_intake *intake, const sg_raw_record *record, const char *rule, sg_err *err)
{
    const char *text = record->text;
    size_t length = record->text_length;
    sg_status status = SG_OK;
    for (int64_t i = 0; i < record->n_lines && status == SG_OK; i++) {
        const char *line = text;
        size_t n = text != NULL ? sg_record_text_line(&text, &length) : 0;
        intake->batch->counts.read += i > 0;
        status = refuse_row(intake, rule, record->line + i, err);
        if (status == SG_OK)
            status = tell_text(intake, record->line + i, line, n, err);
    }
    return status;
}

void sg_intake_prepare_known(const sg_intake *intake, const sg_known_row *known)
{
    sg_entries_prepare(&intake->entries, key_number(known->key));
}

sg_status sg_intake_take_known(sg_intake *intake, const sg_known_row *known, int64_t line, sg_err *err)
{
    const sg_sink *sink = intake->sink;
    sg_entry entry = {.line = (uint32_t)line, .day = known->day, .end = known->end};
    sg_entry_name name = {.key = key_number(known->key),
                          .digest = known->digest,
                          .known = known->ref,
                          .known_digest = known->digest};
    int64_t replaces = -1;
    bool is_new = true;
    sg_status status = count_row(intake, line, err);
    if (status == SG_OK)
        status = tell_findings(intake, known->findings, known->n_findings, line, err);
    if (status == SG_OK)
        status = enter(intake, &entry, &name, true, &replaces, &is_new, err);
    intake->any_hours = intake->any_hours || known->has_hours;
    return status == SG_OK && is_new ? sink->same(sink->context, known, replaces, err) : status;
}

sg_status sg_intake_take(sg_intake *intake, const sg_raw_record *record, sg_err *err)
{
    sg_status status = count_row(intake, record->line, err);
    if (status != SG_OK)
        return status;
    switch (record->shape) {
    case SG_RECORD_FIELDS: return take_fields(intake, record, err);
    case SG_RECORD_BROKEN: return refuse_lines(intake, record, SG_RULE_BROKEN_QUOTES, err);
    case SG_RECORD_FORMULA: return refuse_lines(intake, record, SG_RULE_SPREADSHEET, err);
    case SG_RECORD_SWALLOWED: return refuse_lines(intake, record, SG_RULE_SWALLOWED, err);
    case SG_RECORD_BLANK: break;
    }
    return drop(intake, NULL, record->line, err);
}

/* Of several records a line it can't be told any more which it was. */
static const char *column_of(const sg_layout *layout, int field)
{
    if (field < 0)
        return "";
    const char *column =
        (layout->n_records == 1 ? &layout->records[0] : layout)->crosswalk->fields[field].column;
    return column != NULL ? column : "";
}

sg_status sg_intake_find_late(sg_intake *intake, sg_day cutoff, bool guessed, sg_err *err)
{
    const sg_row *row = &intake->row;
    int field = row->table->day;
    const char *column = column_of(row->layout, field);
    int64_t n_late = 0;
    sg_status status = SG_OK;
    for (size_t i = 0; i < intake->entries.n && status == SG_OK; i++) {
        const sg_entry *entry = &intake->entries.all[i];
        /* those after the day of import were told when they were read */
        if (entry->line == 0 || entry->day <= cutoff || entry->day > row->today)
            continue;
        n_late++;
        status = sg_intake_find(intake, SG_RULE_AFTER_CUTOFF, entry->line,
                                field >= 0 ? row->table->fields[field].name : "", column, err);
    }
    if (status == SG_OK && guessed && n_late * FEW_LATE > intake->batch->counts.stored)
        status = sg_intake_find(intake, SG_RULE_GUESSED_CUTOFF, 0, "", "", err);
    return status;
}

sg_status sg_intake_find_stale(sg_intake *intake, int days, sg_err *err)
{
    sg_day cutoff = intake->batch->cutoff, latest = SG_DAY_NONE;
    char detail[64];
    for (size_t i = 0; i < intake->entries.n; i++) {
        const sg_entry *entry = &intake->entries.all[i];
        if (entry->line == 0)
            continue;
        latest = entry->day > latest && entry->day <= cutoff ? entry->day : latest;
        latest = entry->end > latest && entry->end <= cutoff ? entry->end : latest;
    }
    if (days == 0 || latest == SG_DAY_NONE || cutoff - latest <= days)
        return SG_OK;
    (void)snprintf(detail, sizeof detail, "%d days", (int)(cutoff - latest));
    return sg_intake_find_more(intake, SG_RULE_STALE, 0, detail, err);
}

sg_status sg_intake_find_alike(sg_intake *intake, sg_err *err)
{
    sg_like_pair *pairs SG_AUTO_FREE = NULL;
    size_t n = 0;
    char detail[64];
    sg_status status = sg_likeness_pairs(&intake->likeness, &pairs, &n, err);
    for (size_t i = 0; i < n && status == SG_OK; i++) {
        (void)snprintf(detail, sizeof detail, "like the id on line %lu", (unsigned long)pairs[i].first);
        status = sg_intake_find_more(intake, SG_RULE_ALIKE, pairs[i].line, detail, err);
    }
    return status;
}

sg_status sg_intake_find_no_hours(sg_intake *intake, sg_err *err)
{
    const sg_row *row = &intake->row;
    const char *column = row->layout->crosswalk->fields[SG_ENROLLMENT_CONTACT_HOURS].column;
    if (!intake->batch->has_hours || intake->any_hours || intake->batch->counts.stored == 0)
        return SG_OK;
    if (intake->batch->delivery == SG_DELIVERY_FULL) {
        /* nobody's hours are in it: as good as without the column, and held where the delivery before had it */
        intake->batch->has_hours = false;
        intake->batch->fields &= ~(UINT64_C(1) << SG_ENROLLMENT_CONTACT_HOURS);
    }
    return sg_intake_find(intake, SG_RULE_NO_HOURS, 0, row->table->fields[SG_ENROLLMENT_CONTACT_HOURS].name,
                          column != NULL ? column : "", err);
}
