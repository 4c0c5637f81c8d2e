/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Rules across rows and files (tests/corpus/across.txt): each case by its rows; and what is found depends on the rows alone, not on
 * their order, nor on how many learners are looked at at a time.
 */
#include "support/assert.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "skillgain/across.h"
#include "skillgain/config/instruments.h"

enum { MOST_CASES = 300, MOST_ROWS = 1000, ROWS_OF_A_CASE = 12, NUMBER_UNITS = 1000000 };

typedef struct {
    sg_record record;
    char mark; /* '!', '?' or ' ' */
} row;

typedef struct {
    char rule[5];
    bool found; /* or not */
    size_t first, n;
} rule_case;

typedef struct {
    sg_arena *arena;
    rule_case cases[MOST_CASES];
    row rows[MOST_ROWS];
    size_t n_cases, n_rows;
} table;

static sg_instruments instruments; /* as shipped; in the table's arena */

/* ---- reading the table ---- */

static int64_t hours_of(const char *text)
{
    double hours = strtod(text, NULL) * NUMBER_UNITS;
    return (int64_t)(hours + 0.5) * 1000;
}

static sg_day first_of_span(const char *text, sg_field_type type)
{
    int month = (int)strtol(text + strlen("2024-"), NULL, 10);
    sg_day day = SG_DAY_NONE;
    month = type == SG_TYPE_QUARTER ? month * 3 - 2 : month;
    assert_true(sg_day_from_civil((int)strtol(text, NULL, 10), month, 1, &day));
    return day;
}

static int64_t number_of(const sg_field *field, const char *text)
{
    sg_day day = SG_DAY_NONE;
    switch (field->type) {
    case SG_TYPE_DATE: assert_true(sg_day_parse(text, strlen(text), "%Y-%m-%d", &day)); return day;
    case SG_TYPE_HOURS: return hours_of(text);
    case SG_TYPE_NUMBER: return strtoll(text, NULL, 10) * NUMBER_UNITS;
    case SG_TYPE_WHOLE: return strtoll(text, NULL, 10);
    case SG_TYPE_CODE: {
        int64_t code = sg_code_find(field->codes, text);
        assert_int_not_equal(code, SG_CODE_UNKNOWN);
        return code;
    }
    case SG_TYPE_MONTH:
    case SG_TYPE_QUARTER: return first_of_span(text, field->type);
    case SG_TYPE_ID:
    case SG_TYPE_TEXT:
    case SG_TYPE_BIRTH: break;
    }
    return SG_BLANK;
}

static void set_learner(sg_record *record, int64_t learner)
{
    memset(record->learner.bytes, 0, sizeof record->learner.bytes);
    record->learner.bytes[0] = (unsigned char)(learner * 37 & 0xff);
    record->learner.bytes[1] = (unsigned char)(learner & 0xff);
    record->learner.bytes[2] = (unsigned char)(learner >> 8 & 0xff);
}

static void set_field(table *t, sg_record *record, char *pair)
{
    char *equals = strchr(pair, '=');
    assert_non_null(equals);
    *equals = '\0';
    int at = sg_field_find(record->kind, pair);
    if (at < 0)
        fail_msg("no field '%s'", pair);
    const sg_field *field = &sg_kind_table(record->kind)->fields[at];
    if (field->type == SG_TYPE_ID)
        set_learner(record, strtoll(equals + 1, NULL, 10));
    else if (field->type == SG_TYPE_TEXT)
        record->text[at] = sg_arena_strdup(t->arena, equals + 1);
    else
        record->number[at] = number_of(field, equals + 1);
}

/* The key is made from the row's text, as in an import it is from its key fields. */
static void set_key(sg_record *record, const char *text)
{
    static const sg_hash_key plain = {"rows of a table"};
    uint64_t key = sg_hash64(&plain, text, strlen(text));
    for (size_t i = 0; i < sizeof record->key; i++)
        record->key[i] = (unsigned char)(key >> (8 * i) & 0xff);
}

static void take_row(table *t, const char *line)
{
    row *one = &t->rows[t->n_rows];
    bool marked = *line == '!' || *line == '?';
    char *copy = sg_arena_strdup(t->arena, marked ? line + 2 : line), *rest = NULL;
    assert_true(t->n_rows < MOST_ROWS && t->n_cases > 0);
    one->mark = marked ? *line : ' ';
    for (size_t i = 0; i < SG_MAX_FIELDS; i++)
        one->record.number[i] = SG_BLANK;
    set_key(&one->record, copy);
    const char *kind = strtok_r(copy, " ", &rest);
    if (!sg_kind_find(kind, &one->record.kind))
        fail_msg("no kind '%s'", kind);
    for (char *pair = strtok_r(NULL, " ", &rest); pair != NULL; pair = strtok_r(NULL, " ", &rest))
        set_field(t, &one->record, pair);
    t->n_rows++;
    one->record.line = (int64_t)t->n_rows + 1;
    t->cases[t->n_cases - 1].n++;
}

static void take_line(table *t, const char *line)
{
    if (*line == '\0' || *line == '#')
        return;
    if (*line != 'R') {
        take_row(t, line);
        return;
    }
    assert_true(t->n_cases < MOST_CASES && strlen(line) >= strlen("R601 not"));
    rule_case *one = &t->cases[t->n_cases++];
    memcpy(one->rule, line, 4);
    one->found = strncmp(line + 5, "found", 5) == 0;
    assert_true(one->found || strncmp(line + 5, "not", 3) == 0);
    one->first = t->n_rows;
}

static int setup_table(void **state)
{
    table *t = calloc(1, sizeof *t);
    char *text = NULL, *rest = NULL;
    size_t length = 0;
    sg_err err = {0};
    assert_non_null(t);
    t->arena = sg_arena_new();
    sg_assert_ok(sg_file_read(t->arena, "tests/corpus/across.txt", 1 << 20, &text, &length, &err), &err);
    for (char *line = strtok_r(text, "\n", &rest); line != NULL; line = strtok_r(NULL, "\n", &rest))
        take_line(t, line);
    sg_assert_ok(sg_file_read(t->arena, "crosswalks/instruments.csv", 1 << 20, &text, &length, &err), &err);
    sg_assert_ok(sg_instruments_read(t->arena, "instruments.csv", text, length, &instruments, &err), &err);
    *state = t;
    return 0;
}

static int teardown_table(void **state)
{
    table *t = *state;
    sg_arena_free(t->arena);
    free(t);
    return 0;
}

/* ---- what is found ---- */

typedef struct {
    sg_str text;      /* of all findings, in order: "R601 gain 12;" */
    const char *rule; /* whose lines are kept */
    int64_t lines[ROWS_OF_A_CASE];
    size_t n_lines;
    int64_t n;
} kept;

static sg_status keep(void *context, const sg_across_finding *finding, sg_err *err)
{
    kept *k = context;
    (void)err;
    assert_non_null(finding->rule);
    assert_true(finding->field[0] != '\0');
    sg_str_printf(&k->text, "%s %s %lld %s;", finding->rule->id, sg_kind_text(finding->kind),
                  (long long)finding->line, finding->field);
    k->n++;
    if (k->rule != NULL && strcmp(finding->rule->id, k->rule) == 0 && k->n_lines < ROWS_OF_A_CASE)
        k->lines[k->n_lines++] = finding->line;
    return SG_OK;
}

static void begin_files(sg_across *across, size_t files[SG_N_KINDS])
{
    sg_day cutoff = SG_DAY_NONE;
    sg_err err = {0};
    assert_true(sg_day_from_civil(2026, 1, 15, &cutoff));
    for (int kind = 0; kind < SG_N_KINDS; kind++) {
        sg_assert_ok(sg_across_begin_file(across, (sg_kind)kind, &files[kind], &err), &err);
        sg_across_end_file(across, files[kind], cutoff, true);
    }
}

static sg_across *new_across(size_t most_rows, size_t most_listed)
{
    const sg_across_options options = {.exit_gap_days = 90,
                                       .participant_hours = 12,
                                       .instruments = &instruments,
                                       .most_rows = most_rows,
                                       .most_listed = most_listed};
    sg_across *across = NULL;
    sg_err err = {0};
    sg_assert_ok(sg_across_new(&options, &across, &err), &err);
    return across;
}

/* order: of the n rows, or NULL. *out_parts: how often they were looked at. */
static void examine(sg_across *across, const row *rows, const size_t *order, size_t n, int *out_parts)
{
    size_t files[SG_N_KINDS];
    bool more = true;
    sg_err err = {0};
    begin_files(across, files);
    for (*out_parts = 0; more; ++*out_parts) {
        for (size_t i = 0; i < n; i++) {
            const sg_record *record = &rows[order != NULL ? order[i] : i].record;
            sg_assert_ok(sg_across_add(across, files[record->kind], files[record->kind], record, &err), &err);
        }
        sg_assert_ok(sg_across_examine(across, &more, &err), &err);
    }
}

static void look_at(const row *rows, const size_t *order, size_t n, size_t most_rows, kept *k)
{
    sg_across *across = new_across(most_rows, 0);
    sg_err err = {0};
    int parts;
    examine(across, rows, order, n, &parts);
    assert_true(most_rows == 0 || n <= most_rows || parts > 1);
    sg_assert_ok(sg_across_findings(across, keep, k, &err), &err);
    sg_across_free(across);
}

/* ---- tests ---- */

static bool has_line(const kept *k, int64_t line)
{
    for (size_t i = 0; i < k->n_lines; i++)
        if (k->lines[i] == line)
            return true;
    return false;
}

static void each_rule_speaks_of_the_rows_that_break_it_and_of_no_others(void **state)
{
    const table *t = *state;
    for (size_t c = 0; c < t->n_cases; c++) {
        const rule_case *one = &t->cases[c];
        const row *rows = &t->rows[one->first];
        kept k = {.rule = one->rule};
        size_t marked = 0, either = 0, of_either = 0;
        look_at(rows, NULL, one->n, 0, &k);
        for (size_t i = 0; i < one->n; i++) {
            bool found = has_line(&k, rows[i].record.line);
            marked += rows[i].mark == '!';
            either += rows[i].mark == '?';
            of_either += rows[i].mark == '?' && found;
            if (rows[i].mark != '?' && found != (rows[i].mark == '!'))
                fail_msg("%s, case %zu, row %zu: found: %d; all: %s", one->rule, c + 1, i + 1, found,
                         sg_str_text(&k.text));
        }
        if (k.n_lines != marked + (either > 0) || of_either != (either > 0) || (k.n_lines > 0) != one->found)
            fail_msg("%s, case %zu: %zu lines; all: %s", one->rule, c + 1, k.n_lines, sg_str_text(&k.text));
        sg_str_release(&k.text);
    }
}

static void every_such_rule_has_cases_of_both_kinds_and_the_kind_of_its_row(void **state)
{
    const table *t = *state;
    size_t n = 0;
    const sg_rule *rules = sg_rules(&n);
    for (size_t i = 0; i < n; i++) {
        bool found = false, not = false;
        if (strcmp(rules[i].id, "R601") < 0 || strcmp(rules[i].id, "R680") > 0)
            continue;
        assert_true(rules[i].severity != SG_SEVERITY_ERROR && rules[i].effect == SG_EFFECT_KEEP);
        for (size_t c = 0; c < t->n_cases; c++) {
            bool same = strcmp(t->cases[c].rule, rules[i].id) == 0;
            found = found || (same && t->cases[c].found);
            not = not || (same && !t->cases[c].found);
            for (size_t k = 0; same && t->cases[c].found && k < t->cases[c].n; k++)
                if (t->rows[t->cases[c].first + k].mark != ' ')
                    assert_string_equal(sg_kind_text(t->rows[t->cases[c].first + k].record.kind),
                                        rules[i].scope);
        }
        if ((!found || !not ) && strcmp(rules[i].id, "R644") != 0) /* of very many rows: below */
            fail_msg("%s lacks a case", rules[i].id);
    }
}

/* ---- properties ---- */

static uint32_t next_random(uint32_t *seed)
{
    *seed = *seed * 1664525U + 1013904223U;
    return *seed >> 8;
}

enum { MANY = 6000, LEARNERS = 700 };

/* Rows of the table, given to many learners at random. */
static row *many_rows(const table *t)
{
    row *rows = calloc(MANY, sizeof *rows);
    uint32_t seed = 7;
    assert_non_null(rows);
    for (size_t i = 0; i < MANY; i++) {
        char text[32];
        rows[i] = t->rows[next_random(&seed) % t->n_rows];
        rows[i].record.line = (int64_t)i + 2;
        set_learner(&rows[i].record, next_random(&seed) % LEARNERS);
        (void)snprintf(text, sizeof text, "row %zu", i);
        set_key(&rows[i].record, text);
    }
    return rows;
}

static void shuffled(size_t order[MANY], uint32_t seed)
{
    for (size_t i = 0; i < MANY; i++)
        order[i] = i;
    for (size_t i = MANY - 1; i > 0; i--) {
        size_t other = next_random(&seed) % (i + 1), at = order[i];
        order[i] = order[other];
        order[other] = at;
    }
}

static void order_and_parts_change_nothing(void **state)
{
    static size_t order[MANY];
    row *rows = many_rows(*state);
    kept whole = {0};
    look_at(rows, NULL, MANY, 0, &whole);
    assert_true(whole.n > 1000);
    for (uint32_t seed = 1; seed <= 3; seed++) {
        kept k = {0};
        shuffled(order, seed);
        look_at(rows, order, MANY, seed == 1 ? 0 : 500 * seed, &k);
        assert_int_equal(k.n, whole.n);
        assert_string_equal(k.text.text, whole.text.text);
        sg_str_release(&k.text);
    }
    sg_str_release(&whole.text);
    free(rows);
}

static void counts_are_of_all_findings_where_few_are_listed(void **state)
{
    enum { LISTED = 3 };
    row *rows = many_rows(*state);
    sg_arena *arena = sg_arena_new();
    kept whole = {0}, few = {0};
    sg_across *across = new_across(1000, LISTED);
    sg_across_count *counts = NULL;
    size_t n = 0;
    int64_t sum = 0;
    sg_err err = {0};
    int parts;
    look_at(rows, NULL, MANY, 0, &whole);
    examine(across, rows, NULL, MANY, &parts);
    assert_true(parts > 1);
    sg_assert_ok(sg_across_findings(across, keep, &few, &err), &err);
    sg_assert_ok(sg_across_counts(across, arena, &counts, &n, &err), &err);
    for (size_t i = 0; i < n; i++)
        sum += counts[i].n;
    assert_int_equal(sum, whole.n);
    assert_true(few.n <= (int64_t)(n * LISTED) && few.n > (int64_t)n);
    sg_across_free(across);
    sg_arena_free(arena);
    sg_str_release(&whole.text);
    sg_str_release(&few.text);
    free(rows);
}

static void a_later_row_of_the_same_key_stands_for_the_earlier(void **state)
{
    const table *t = *state;
    row rows[3] = {t->rows[0], t->rows[1], t->rows[1]}; /* R601: an enrollment, a gain without one */
    kept k = {0};
    rows[2].record.line = 99;
    look_at(rows, NULL, 3, 0, &k);
    assert_string_equal(sg_str_text(&k.text), "R601 gain 99 learner_id;");
    sg_str_release(&k.text);
}

static void several_rows_of_a_line_are_told_each(void **state)
{
    const table *t = *state;
    row rows[3] = {t->rows[0], t->rows[1], t->rows[1]};
    kept k = {0};
    rows[2].record.key[0] ^= 1; /* another gain, on the same line */
    look_at(rows, NULL, 3, 0, &k);
    assert_int_equal(k.n, 2);
    sg_str_release(&k.text);
}

static void a_file_that_is_dropped_leaves_nothing(void **state)
{
    const table *t = *state;
    sg_across *across = new_across(0, 0);
    size_t file = 0;
    bool more = false;
    kept k = {0};
    sg_err err = {0};
    sg_assert_ok(sg_across_begin_file(across, SG_KIND_GAIN, &file, &err), &err);
    sg_assert_ok(sg_across_add(across, file, file, &t->rows[1].record, &err), &err);
    sg_across_end_file(across, file, SG_DAY_NONE, true);
    sg_assert_ok(sg_across_begin_file(across, SG_KIND_ENROLLMENT, &file, &err), &err);
    assert_int_equal(file, 1);
    sg_assert_ok(sg_across_add(across, file, file, &t->rows[0].record, &err), &err);
    sg_across_drop_file(across);
    sg_assert_ok(sg_across_examine(across, &more, &err), &err);
    assert_false(more);
    sg_assert_ok(sg_across_findings(across, keep, &k, &err), &err);
    assert_int_equal(k.n, 0); /* that the enrollments came is forgotten too: with them, R601 */
    sg_across_free(across);
    sg_str_release(&k.text);
}

static void an_id_of_too_many_rows_is_told_once_and_not_looked_at(void **state)
{
    enum { TOO_MANY = 1001 };
    const table *t = *state;
    row *rows = calloc(TOO_MANY, sizeof *rows);
    kept k = {0};
    assert_non_null(rows);
    for (size_t i = 0; i < TOO_MANY; i++) {
        char text[32];
        rows[i] = t->rows[1];
        rows[i].record.line = (int64_t)i + 2;
        (void)snprintf(text, sizeof text, "row %zu", i);
        set_key(&rows[i].record, text);
    }
    look_at(rows, NULL, TOO_MANY - 1, 0, &k); /* second diplomas need another day; there are no enrollments */
    assert_int_equal(k.n, 0);
    look_at(rows, NULL, TOO_MANY, 0, &k);
    assert_int_equal(k.n, 1);
    assert_true(sg_text_starts(sg_str_text(&k.text), "R644 gain "));
    sg_str_release(&k.text);
    free(rows);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_rule_speaks_of_the_rows_that_break_it_and_of_no_others),
        cmocka_unit_test(every_such_rule_has_cases_of_both_kinds_and_the_kind_of_its_row),
        cmocka_unit_test(order_and_parts_change_nothing),
        cmocka_unit_test(counts_are_of_all_findings_where_few_are_listed),
        cmocka_unit_test(a_later_row_of_the_same_key_stands_for_the_earlier),
        cmocka_unit_test(several_rows_of_a_line_are_told_each),
        cmocka_unit_test(a_file_that_is_dropped_leaves_nothing),
        cmocka_unit_test(an_id_of_too_many_rows_is_told_once_and_not_looked_at),
    };
    return cmocka_run_group_tests(tests, setup_table, teardown_table);
}
