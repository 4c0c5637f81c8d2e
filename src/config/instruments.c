/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The table of instruments: a workspace's own file, else the shipped one. A spreadsheet may have saved it: quotes, line ends of either
 * kind, a byte-order mark and lines of commas are read for what they are.
 */
#include "skillgain/config/instruments.h"

#include <string.h>

#include "gen/text_catalog.h"

static const char file_name[] = "instruments.csv";
static const char shipped_name[] = "crosswalks/instruments.csv";

enum { BYTES = 1 << 20, LONGEST = 4096, MOST_EDITIONS = 1000 };

#define COLUMNS(X)                                                                                           \
    X(INSTRUMENT, "instrument")                                                                              \
    X(NAMES, "other_names")                                                                                  \
    X(SUBJECT, "subject")                                                                                    \
    X(SUBJECTS, "other_subjects")                                                                            \
    X(SCALE, "scale")                                                                                        \
    X(FROM, "approved_from")                                                                                 \
    X(TO, "approved_to")                                                                                     \
    X(FLOOR, "floor")                                                                                        \
    X(LEVEL_2, "level_2")                                                                                    \
    X(LEVEL_3, "level_3")                                                                                    \
    X(LEVEL_4, "level_4")                                                                                    \
    X(LEVEL_5, "level_5")                                                                                    \
    X(LEVEL_6, "level_6")                                                                                    \
    X(CEILING, "ceiling")                                                                                    \
    X(SURE, "sure")                                                                                          \
    X(SOURCE, "source")

enum {
#define COLUMN_ENUM(name, text) AT_##name,
    COLUMNS(COLUMN_ENUM)
#undef COLUMN_ENUM
        N_COLUMNS
};

static const char *const columns[N_COLUMNS] = {
#define COLUMN_TEXT(name, text) [AT_##name] = (text),
    COLUMNS(COLUMN_TEXT)
#undef COLUMN_TEXT
};

typedef struct {
    sg_arena *arena;
    const char *file; /* for messages */
    int line;
    bool headed;
    sg_test_edition *all;
    size_t n;
    char *values[N_COLUMNS]; /* of the line, trimmed */
    size_t n_values;
    sg_err *err;
} table_reading;

#define FAIL(reading, ...) sg_fail_line((reading), sg_arena_printf((reading)->arena, __VA_ARGS__))

static sg_status sg_fail_line(const table_reading *r, const char *message)
{
    if (message == NULL)
        return sg_no_memory(r->err);
    return sg_fail(r->err, SG_USAGE, "'%s' line %d: %s", r->file, r->line, message);
}

/* ---- lines ---- */

/* One value of a line from *at, which then stands on the comma behind it, or at the end. NULL: out of memory. *out_torn: a quote is not
 * closed. */
static char *next_value(sg_arena *arena, const char **at, const char *end, bool *out_torn)
{
    const char *c = *at;
    char *copy = sg_arena_alloc(arena, (size_t)(end - c) + 1, 1);
    size_t n = 0, length = 0;
    bool quoted = false;
    if (copy == NULL)
        return NULL;
    for (; c < end && (quoted || *c != ','); c++) {
        if (*c != '"')
            copy[n++] = *c;
        else if (quoted && c + 1 < end && c[1] == '"')
            copy[n++] = *c++;
        else
            quoted = !quoted;
    }
    *at = c;
    const char *trimmed = sg_text_trim(copy, n, &length);
    *out_torn = quoted;
    return sg_arena_strndup(arena, trimmed, length);
}

static sg_status split_line(table_reading *r, const char *line, const char *end)
{
    r->n_values = 0;
    for (const char *at = line;; at++) {
        bool torn = false;
        char *value = next_value(r->arena, &at, end, &torn);
        if (value == NULL)
            return sg_no_memory(r->err);
        if (torn)
            return FAIL(r, "a quote is not closed; close it, or take it out");
        if (r->n_values < N_COLUMNS)
            r->values[r->n_values++] = value;
        else if (*value != '\0' && *r->values[0] != '#')
            return FAIL(r, "there are more than %d values; take out the commas within texts", N_COLUMNS);
        if (at == end)
            return SG_OK;
    }
}

static bool says_nothing(const table_reading *r)
{
    for (size_t i = 0; i < r->n_values; i++)
        if (*r->values[i] != '\0')
            return *r->values[0] == '#';
    return true;
}

static sg_status check_header(table_reading *r)
{
    for (size_t i = 0; i < N_COLUMNS; i++)
        if (i >= r->n_values || strcmp(r->values[i], columns[i]) != 0)
            return FAIL(r, "column %zu is not '%s'; the header is that of the shipped file", i + 1,
                        columns[i]);
    r->headed = true;
    return SG_OK;
}

/* ---- values ---- */

static sg_status read_day(table_reading *r, int column, sg_day *out)
{
    const char *text = r->values[column];
    *out = SG_DAY_NONE;
    if (*text != '\0' && !sg_day_parse(text, strlen(text), "%Y-%m-%d", out))
        return FAIL(r, "'%s' is no date; write 2024-06-30, or nothing where it is open", columns[column]);
    return SG_OK;
}

static sg_status read_score(table_reading *r, int column, int64_t *out)
{
    enum { MOST = 1000000 };
    const char *text = r->values[column];
    bool may_be_open = column == AT_FLOOR || column == AT_CEILING;
    *out = SG_SCORE_OPEN;
    if (*text == '\0' && may_be_open)
        return SG_OK;
    if (!sg_parse_int(text, strlen(text), 0, MOST, out))
        return FAIL(r, "'%s' is no score; write a whole number from 0 to %d%s", columns[column], MOST,
                    may_be_open ? ", or nothing where there is none" : "");
    *out *= SG_SCORE_UNIT;
    return SG_OK;
}

/* "a; b; c" */
static sg_status read_names(table_reading *r, int column, const char *const **out, size_t *out_n)
{
    size_t most = 1, n = 0, length = 0;
    for (const char *c = r->values[column]; *c != '\0'; c++)
        most += *c == ';';
    const char **names = sg_arena_alloc(r->arena, most, sizeof *names);
    if (names == NULL)
        return sg_no_memory(r->err);
    for (const char *at = r->values[column]; at != NULL;) {
        const char *stop = strchr(at, ';');
        const char *name = sg_text_trim(at, stop != NULL ? (size_t)(stop - at) : strlen(at), &length);
        if (length > 0 && (names[n++] = sg_arena_strndup(r->arena, name, length)) == NULL)
            return sg_no_memory(r->err);
        at = stop != NULL ? stop + 1 : NULL;
    }
    *out = names;
    *out_n = n;
    return SG_OK;
}

static sg_status read_scores(table_reading *r, sg_test_edition *edition)
{
    sg_status status = read_score(r, AT_FLOOR, &edition->floor);
    edition->starts[0] = edition->floor;
    for (int i = 1; status == SG_OK && i < SG_EDITION_LEVELS; i++) {
        status = read_score(r, AT_FLOOR + i, &edition->starts[i]);
        if (status == SG_OK && edition->starts[i] <= edition->starts[i - 1])
            return FAIL(r, "'%s' is not above the score before it; levels rise with the score",
                        columns[AT_FLOOR + i]);
    }
    if (status == SG_OK)
        status = read_score(r, AT_CEILING, &edition->ceiling);
    if (status == SG_OK && edition->ceiling != SG_SCORE_OPEN &&
        edition->ceiling < edition->starts[SG_EDITION_LEVELS - 1])
        return FAIL(r, "'ceiling' is below 'level_6'; give the highest score of the scale, or nothing");
    return status;
}

static sg_status read_words(table_reading *r, sg_test_edition *edition)
{
    edition->instrument = r->values[AT_INSTRUMENT];
    edition->subject = r->values[AT_SUBJECT];
    edition->sure = r->values[AT_SURE];
    edition->source = r->values[AT_SOURCE];
    for (int i = AT_INSTRUMENT; i <= AT_SUBJECT; i += AT_SUBJECT - AT_INSTRUMENT)
        if (sg_instrument_same_name(r->values[i], ""))
            return FAIL(r, "'%s' has no name; give one", columns[i]);
    if (strcmp(r->values[AT_SCALE], "ABE") == 0)
        edition->first_level = SG_LEVEL_ABE1;
    else if (strcmp(r->values[AT_SCALE], "ESL") == 0)
        edition->first_level = SG_LEVEL_ESL1;
    else
        return FAIL(r, "'scale' is neither ABE nor ESL");
    if (strcmp(edition->sure, "V") != 0 && strcmp(edition->sure, "V-") != 0 &&
        strcmp(edition->sure, "K") != 0)
        return FAIL(r, "'sure' is none of V, V- and K");
    sg_status status = read_names(r, AT_NAMES, &edition->names, &edition->n_names);
    return status == SG_OK ? read_names(r, AT_SUBJECTS, &edition->subjects, &edition->n_subjects) : status;
}

/* ---- against the lines before ---- */

static bool has_name(const sg_test_edition *edition, const char *name)
{
    const sg_instruments one = {edition, 1};
    return sg_score_level_of(&one, name, NULL, 0, SG_DAY_NONE).status != SG_SCORE_NO_INSTRUMENT;
}

static bool has_subject(const sg_test_edition *edition, const char *subject)
{
    const sg_instruments one = {edition, 1};
    return sg_score_level_of(&one, edition->instrument, subject, 0, SG_DAY_NONE).status !=
           SG_SCORE_NO_SUBJECT;
}

/* The first of b's names that a has too; NULL: none. */
static const char *shared_name(const sg_test_edition *a, const sg_test_edition *b)
{
    if (has_name(a, b->instrument))
        return b->instrument;
    for (size_t i = 0; i < b->n_names; i++)
        if (has_name(a, b->names[i]))
            return b->names[i];
    return NULL;
}

static const char *shared_subject(const sg_test_edition *a, const sg_test_edition *b)
{
    if (has_subject(a, b->subject))
        return b->subject;
    for (size_t i = 0; i < b->n_subjects; i++)
        if (has_subject(a, b->subjects[i]))
            return b->subjects[i];
    return NULL;
}

static sg_status compare_lines(table_reading *r, const sg_test_edition *before,
                               const sg_test_edition *edition)
{
    const char *shared;
    if (!sg_instrument_same_name(before->instrument, edition->instrument)) {
        shared = shared_name(before, edition);
        return shared == NULL
                   ? SG_OK
                   : FAIL(r, "'%s' is a name of another instrument in line %d too; keep one of them", shared,
                          before->line);
    }
    if (sg_test_editions_overlap(before, edition))
        return FAIL(r,
                    "two editions of '%s', '%s' are approved on one day: this one and that of line %d; end "
                    "the earlier one before the later begins",
                    edition->instrument, edition->subject, before->line);
    if (sg_instrument_same_name(before->subject, edition->subject))
        return SG_OK;
    shared = shared_subject(before, edition);
    return shared == NULL ? SG_OK
                          : FAIL(r, "'%s' is a name of another subject in line %d too; keep one of them",
                                 shared, before->line);
}

static sg_status read_edition(table_reading *r)
{
    sg_test_edition edition = {.line = r->line};
    if (r->n_values < N_COLUMNS)
        return FAIL(r, "there are %zu values and not %d; write a comma for each that is empty", r->n_values,
                    N_COLUMNS);
    if (r->n == MOST_EDITIONS)
        return FAIL(r, "there are more than %d lines", MOST_EDITIONS);
    sg_status status = read_words(r, &edition);
    if (status == SG_OK)
        status = read_day(r, AT_FROM, &edition.from);
    if (status == SG_OK)
        status = read_day(r, AT_TO, &edition.to);
    if (status == SG_OK && edition.from != SG_DAY_NONE && edition.to != SG_DAY_NONE &&
        edition.to < edition.from)
        return FAIL(r, "'approved_to' is before 'approved_from'; give the first and the last day");
    if (status == SG_OK)
        status = read_scores(r, &edition);
    for (size_t i = 0; status == SG_OK && i < r->n; i++)
        status = compare_lines(r, &r->all[i], &edition);
    if (status == SG_OK)
        r->all[r->n++] = edition;
    return status;
}

/* ---- the file ---- */

static sg_status read_line(table_reading *r, const char *line, const char *end)
{
    if (end - line > LONGEST)
        return FAIL(r, "the line is longer than %d bytes", LONGEST);
    if (line < end && *line == '#')
        return SG_OK;
    sg_status status = split_line(r, line, end);
    if (status != SG_OK || says_nothing(r))
        return status;
    return r->headed ? read_edition(r) : check_header(r);
}

sg_status sg_instruments_read(sg_arena *arena, const char *file, const char *text, size_t length,
                              sg_instruments *out, sg_err *err)
{
    table_reading r = {.arena = arena, .file = file, .err = err};
    const char *end = text + length;
    size_t most = 1;
    if (!sg_utf8_valid(text, length, NULL))
        return sg_fail(err, SG_USAGE, "'%s' is not in UTF-8; save it as such", file);
    for (const char *c = text; c < end; c++)
        most += *c == '\n';
    r.all = sg_arena_alloc(arena, most < MOST_EDITIONS ? most : (size_t)MOST_EDITIONS, sizeof *r.all);
    if (r.all == NULL)
        return sg_no_memory(err);
    for (r.line = 1; text < end; r.line++) {
        const char *stop = memchr(text, '\n', (size_t)(end - text));
        if (stop == NULL)
            stop = end;
        sg_status status = read_line(&r, text, stop);
        if (status != SG_OK)
            return status;
        text = stop + 1;
    }
    if (!r.headed)
        return sg_fail(err, SG_USAGE, "'%s' has no header; begin with that of the shipped file", file);
    *out = (sg_instruments){r.all, r.n};
    return SG_OK;
}

sg_status sg_instruments_load(sg_arena *arena, const char *folder, sg_instruments *out,
                              const char **out_digest, sg_err *err)
{
    const sg_embedded *shipped = sg_embedded_find(shipped_name);
    const char *path = sg_path_join(arena, folder, file_name);
    char *text = NULL, *digest = sg_arena_alloc(arena, SG_SHA256_TEXT, 1);
    size_t length = 0;
    if (path == NULL || digest == NULL)
        return sg_no_memory(err);
    *out_digest = NULL;
    if (!sg_path_exists(path)) {
        if (shipped == NULL)
            return sg_fail(err, SG_FAILED, "the program was built without '%s'", shipped_name);
        return sg_instruments_read(arena, "shipped/instruments.csv", shipped->bytes, shipped->length, out,
                                   err);
    }
    sg_status status = sg_file_read(arena, path, BYTES, &text, &length, err);
    if (status == SG_OK)
        status = sg_instruments_read(arena, path, text, length, out, err);
    if (status == SG_OK) {
        sg_sha256_of(text, length, digest);
        *out_digest = digest;
    }
    return status;
}
