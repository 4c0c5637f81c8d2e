/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Records, findings and batches: what an import hands from ingest to the store, and what is remembered of it.
 */
#ifndef SKILLGAIN_MODEL_RECORD_H
#define SKILLGAIN_MODEL_RECORD_H

#include "skillgain/base/day.h"
#include "skillgain/base/digest.h"
#include "skillgain/base/err.h"
#include "skillgain/base/text.h"
#include "skillgain/model/field.h"
#include "skillgain/model/rule.h"

enum { SG_RECORD_KEY_BYTES = 8 };

/* What a rule that refuses nothing found in a row. */
typedef struct {
    const char *rule;   /* its id */
    int field;          /* of the kind's table; -1: none */
    const char *column; /* the export's, or "" */
} sg_row_finding;

/* One accepted row. Texts are valid until the sink returns. */
typedef struct {
    sg_kind kind;
    int64_t line; /* on which the row begins, from 1, as an editor counts */
    sg_pseudonym learner;
    /* keyed digest of the learner and the kind's key fields: the same row is the same bytes */
    unsigned char key[SG_RECORD_KEY_BYTES];
    uint64_t
        digest; /* of what is stored of the row (sg_record_pack): equal rows of a learner have equal ones, whatever the file */
    uint64_t raw; /* of the delivered text, as sg_sink.known has it; 0: it does not tell all about the row */
    uint32_t verdict;              /* the number of what was found in the row (sg_sink.verdict); 0: nothing */
    int64_t number[SG_MAX_FIELDS]; /* by field; SG_BLANK where missing or of another type */
    const char *text[SG_MAX_FIELDS]; /* SG_TYPE_TEXT by field; NULL where missing */
    const char
        *custom; /* further dimensions: "name=value&name=value", percent-encoded, by name; NULL: none */
    /* The values as bytes, once sg_record_pack has made them, or NULL: n_column_bytes of those that have a column of their own
     * (sg_kind_fields.columns), and behind them those of the rest. */
    const unsigned char *packed;
    size_t n_packed, n_column_bytes;
} sg_record;

/* Makes `packed` and `digest` of the row's other members. Each number is its field's place and a varint, each text the place and 128, its
 * bytes and a NUL, `custom` 255 and the like. Fields that are never stored are left out; blanks leave no trace, so that a field that a
 * later version adds changes nothing. room: holds the bytes, for as long as they are used. SG_NO_MEMORY is the only failure. */
sg_status sg_record_pack(sg_record *record, sg_str *room, sg_err *err) SG_MUST_CHECK;
/* And back, any part of the bytes, into a record of the kind that has none of these fields yet; its texts lie in the bytes. False: no row's
 * bytes. */
bool sg_record_unpack(const unsigned char *bytes, size_t length, sg_record *out) SG_MUST_CHECK;
/* A record of the kind without values. */
void sg_record_clear(sg_record *record, sg_kind kind);

/* A row that was refused, as far as it can be told whose it is: what the store has of it must not be taken for withdrawn. */
typedef struct {
    sg_kind kind;
    bool learner_known, key_known; /* a key that is known has a learner who is */
    sg_pseudonym learner;
    unsigned char key[SG_RECORD_KEY_BYTES]; /* as sg_record.key */
} sg_refused_row;

/* One finding of a rule. */
typedef struct {
    const sg_rule *rule;
    int64_t line;       /* 0: the file as a whole */
    const char *field;  /* canonical field, or "" */
    const char *column; /* the export's own column, or "" */
    const char
        *detail; /* what the rule's text leaves open: counts, shares, the other line; "" or NULL: nothing */
} sg_finding;

typedef enum { SG_DELIVERY_FULL, SG_DELIVERY_DELTA } sg_delivery;
typedef enum { SG_SCOPE_PROGRAM_YEAR = 1, SG_SCOPE_COLLEGE = 2 } sg_scope_column;

#define SG_BATCH_STATE_LIST(X)                                                                               \
    X(APPLIED, "applied") /* its rows are in use */                                                          \
    X(HELD, "held")       /* waits for skillgain import --accept */                                          \
    X(REFUSED, "refused") /* its structure can't be trusted; nothing of it is stored */                      \
    X(UNDONE, "undone")   /* was in use, and was taken back; or was held, and was dropped */

typedef enum {
#define SG_BATCH_STATE_ENUM(name, text) SG_BATCH_##name,
    SG_BATCH_STATE_LIST(SG_BATCH_STATE_ENUM)
#undef SG_BATCH_STATE_ENUM
        SG_N_BATCH_STATES
} sg_batch_state;

const char *sg_batch_state_text(sg_batch_state state);

/* Rows of a file: read = stored + repeated + replaced + quarantined + dropped (conservation). */
typedef struct {
    int64_t read;     /* records, the header apart, blank lines included */
    int64_t stored;   /* accepted and in the store (new, changed or unchanged) */
    int64_t repeated; /* exact repeats of an accepted row */
    int64_t replaced; /* accepted, then replaced by a later row of the same key in the file */
    int64_t quarantined;
    int64_t dropped;  /* blank lines, repeated headers, trailing totals */
    int64_t warnings; /* findings that did not refuse a row */
    /* of `stored`, against the store before */
    int64_t added, changed, unchanged;
    int64_t withdrawn; /* rows of the store that a full delivery no longer contains */
    int64_t spared;    /* rows that it lacks too, kept because a refused row may be theirs */
} sg_batch_counts;

enum { SG_NAME_MAX = 256 };

/* One export file taken in, or tried. */
typedef struct {
    int64_t id;   /* given by the store, from 1 */
    sg_kind kind; /* SG_N_KINDS: of a refused file that told none */
    sg_batch_state state;
    char file_name[SG_NAME_MAX]; /* without its folder */
    char sha256[SG_SHA256_TEXT];
    int64_t bytes;
    char crosswalk[SG_NAME_MAX];
    char crosswalk_sha256[SG_SHA256_TEXT];
    int rule_set;
    sg_delivery delivery;
    unsigned scope;           /* of sg_scope_column */
    bool learners_by_college; /* learner_scope: college */
    bool latest_gains;        /* gains: latest */
    bool gains_said;          /* the crosswalk says which; not stored */
    /* the file has contact hours: a delta by its column, a full delivery by a row that has some; else
     * enrollment is participation */
    bool has_hours;
    uint64_t fields; /* bit by field: those that the file has a column for, or the crosswalk a constant */
    uint64_t
        records; /* bit by place in the crosswalk's list of records: those whose day has a column in the file */
    sg_day cutoff; /* SG_DAY_NONE while unknown */
    sg_day imported_on;
    sg_batch_counts counts;
    char reason
        [SG_ERR_MESSAGE]; /* of a held or refused file, and of one that was accepted all the same; else "" */
    int64_t accepted;     /* the held batch that a person took in as this one; 0: none */
} sg_batch;

/* A row that the store has already. */
typedef struct {
    int64_t ref; /* the store's own */
    unsigned char key[SG_RECORD_KEY_BYTES];
    uint64_t digest;
    sg_day day, end; /* as delivered; SG_DAY_NONE: blank */
    bool has_hours;
    const sg_row_finding *findings; /* of its text; valid as long as the sink */
    size_t n_findings;
} sg_known_row;

/* Where ingest hands its rows and findings: a store adapter in batch, a list in tests. A status other than SG_OK ends the file. */
typedef struct {
    void *context;
    /* once, after the header was matched and before any row: kind, crosswalk, delivery, scope are set; may be NULL */
    sg_status (*begin)(void *context, const sg_batch *batch, sg_err *err);
    /* Rows are numbered from 0 as they are handed on, by row or by same. replaces: the number of an earlier one in whose
     * place this one stands, -1: none. */
    sg_status (*row)(void *context, const sg_record *row, int64_t replaces, sg_err *err);
    /* Once, before the first row that has it: what the rows with this verdict, a number from 1 on, were found to be. May be NULL. */
    sg_status (*verdict)(void *context, uint32_t number, const sg_row_finding *findings, size_t n,
                         sg_err *err);
    /* Is there a current row that was delivered by a text of this digest? Asked before rows are handed on, and while they are; both
     * may be NULL. */
    bool (*known)(void *context, uint64_t raw, sg_known_row *out);
    /* And one of this key? Its place and digest only. Asked on another thread than `known`, and never without it. */
    bool (*known_by_key)(void *context, const unsigned char key[SG_RECORD_KEY_BYTES], sg_known_row *out);
    sg_status (*same)(void *context, const sg_known_row *row, int64_t replaces, sg_err *err);
    /* a learner who was forgotten: nothing more of the row is taken in; may be NULL */
    bool (*unwanted)(void *context, const sg_pseudonym *learner);
    sg_status (*finding)(void *context, const sg_finding *finding, sg_err *err);
    /* Each code of a field that nothing stands for, after the row's findings, as it was delivered, not ended by a NUL. It may be anything,
     * a name too: whoever tells it has to know that it is no person's. learner NULL: whose it is can't be told. May be NULL. */
    sg_status (*unknown)(void *context, int field, const char *text, size_t length,
                         const sg_pseudonym *learner, sg_err *err);
    /* each refused row, after its findings; may be NULL */
    sg_status (*refused)(void *context, const sg_refused_row *row, sg_err *err);
    /* after begin, each field whose column the crosswalk names and the file lacks; may be NULL */
    sg_status (*absent)(void *context, int field, const char *column, sg_err *err);
    /* After `refused`: the text of the row as it was delivered, in UTF-8 (bytes that can't be decoded stay, or are 0xFF), with its quotes
     * and the line breaks within them, without the line end behind it. Of a line that is several rows, for each that was refused; of
     * rows whose quotes are broken, the line. Not of a learner who is unwanted, as far as that can be told. NULL, as almost always: not
     * wanted; else the file is read on one thread, for every row's text would be handed over in case the row is refused. */
    sg_status (*kept)(void *context, int64_t line, const char *text, size_t length, sg_err *err);
} sg_sink;

#endif
