/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "guess.h"

/* How sure a name is: our own, the number of a PIRL element, a synonym (less a step for each before it), a synonym within a longer name. */
enum { STRENGTH_OWN = 400, STRENGTH_PIRL = 390, STRENGTH_CALLED = 360, STRENGTH_CONTAINS = 100 };
/* What it loses where the values say otherwise: then another column of a less sure name may be the one. */
enum { CONTRADICTED = 280, LEAST_STRENGTH = 60 };

typedef struct {
    int column, field;
    sg_guess_match match;
} candidate;

typedef struct {
    const sg_guess_table *table;
    const sg_synonyms *synonyms;
    const sg_kind_fields *fields;
    sg_kind kind;
    candidate *all;
    size_t n, capacity;
    bool no_memory;
} matching;

/* ---- values ---- */

static int64_t count_races(const sg_synonyms *synonyms, const sg_field *field, const sg_guess_column *column)
{
    int64_t in_lists = 0;
    if (sg_guess_race_separator(synonyms, column, &in_lists) != '\0')
        return in_lists;
    return sg_guess_coded(synonyms, field, column);
}

/* Values that are what the field has. */
static int64_t count_fitting(const matching *m, const sg_field *field, const sg_guess_column *column)
{
    switch (field->type) {
    case SG_TYPE_ID: return column->n_filled - column->n_date;
    case SG_TYPE_TEXT: return column->n_filled - (column->n_date - column->n_serial);
    case SG_TYPE_DATE:
    case SG_TYPE_BIRTH: return column->n_date;
    case SG_TYPE_HOURS: return column->n_number + column->n_clock;
    case SG_TYPE_NUMBER: return column->n_number;
    case SG_TYPE_WHOLE: return field->name[0] == 'p' ? column->n_year : column->n_whole;
    case SG_TYPE_CODE:
        return field->codes == &sg_codes_race ? count_races(m->synonyms, field, column)
                                              : sg_guess_coded(m->synonyms, field, column);
    case SG_TYPE_MONTH: return column->n_month;
    case SG_TYPE_QUARTER: return column->n_quarter;
    }
    return 0;
}

/* Half of the values do for a column whose name is known; the rest are for the import to refuse. */
static bool is_contradicted(const matching *m, const sg_field *field, const sg_guess_column *column)
{
    return column->n_filled > 0 && count_fitting(m, field, column) * 2 < column->n_filled;
}

/* ---- names ---- */

static void add_candidate(matching *m, int column, int field, sg_guess_match match)
{
    bool contradicted = is_contradicted(m, &m->fields->fields[field], &m->table->columns[column]);
    match.column = column;
    match.strength -= contradicted ? CONTRADICTED : 0;
    if (match.strength < LEAST_STRENGTH)
        return;
    if (!sg_grow(&m->all, &m->capacity, m->n + 1, sizeof *m->all)) {
        m->no_memory = true;
        return;
    }
    m->all[m->n++] = (candidate){column, field, match};
}

static void match_word(matching *m, int column, int field, const sg_synonym *synonym)
{
    const char *name = m->table->columns[column].name;
    char number[24];
    (void)snprintf(number, sizeof number, "pirl %d", m->table->columns[column].number);
    if (strcmp(name, synonym->word) == 0)
        add_candidate(m, column, field,
                      (sg_guess_match){.strength = STRENGTH_CALLED - synonym->place,
                                       .how = SG_GUESS_CALLED,
                                       .word = synonym->word});
    else if (strcmp(number, synonym->word) == 0)
        add_candidate(
            m, column, field,
            (sg_guess_match){.strength = STRENGTH_PIRL, .how = SG_GUESS_PIRL, .word = synonym->word});
    else if (strchr(synonym->word, ' ') != NULL && sg_synonym_stands_in(name, synonym->word))
        add_candidate(m, column, field,
                      (sg_guess_match){.strength = STRENGTH_CONTAINS + (int)strlen(synonym->word),
                                       .how = SG_GUESS_CONTAINS,
                                       .word = synonym->word});
}

static void match_own_name(matching *m, int column, int field)
{
    const char *name = m->table->columns[column].name;
    sg_str own = {0};
    sg_synonym_fold(&own, m->fields->fields[field].name, strlen(m->fields->fields[field].name));
    if (strcmp(name, sg_str_text(&own)) == 0)
        add_candidate(m, column, field, (sg_guess_match){.strength = STRENGTH_OWN, .how = SG_GUESS_OWN});
    else if (strchr(sg_str_text(&own), ' ') != NULL && sg_synonym_stands_in(name, sg_str_text(&own)))
        add_candidate(m, column, field,
                      (sg_guess_match){.strength = STRENGTH_CONTAINS + (int)own.length,
                                       .how = SG_GUESS_CONTAINS,
                                       .word = m->fields->fields[field].name});
    m->no_memory = m->no_memory || own.failed;
    sg_str_release(&own);
}

/* A program's name is no person's. */
static bool is_closed(const matching *m, const sg_guess_column *column)
{
    return column->never != NULL && (m->kind != SG_KIND_PROGRAM || column->n_private > 0);
}

static void match_column(matching *m, int column)
{
    char group[32];
    (void)snprintf(group, sizeof group, "fields %s", sg_kind_text(m->kind));
    if (is_closed(m, &m->table->columns[column]))
        return;
    for (size_t i = 0; i < m->fields->n; i++)
        match_own_name(m, column, (int)i);
    for (size_t i = 0; i < m->synonyms->n; i++) {
        const sg_synonym *synonym = &m->synonyms->all[i];
        int field = SG_NO_FIELD;
        if (strcmp(synonym->group, group) == 0 || strcmp(synonym->group, "fields") == 0)
            field = sg_field_find(m->kind, synonym->target);
        if (field != SG_NO_FIELD)
            match_word(m, column, field, synonym);
    }
}

/* ---- assignment ---- */

static int compare_candidates(const void *a, const void *b)
{
    const candidate *left = a, *right = b;
    if (left->match.strength != right->match.strength)
        return left->match.strength > right->match.strength ? -1 : 1;
    if (left->column != right->column)
        return left->column < right->column ? -1 : 1;
    return left->field - right->field;
}

/* The surest first; a column is for one field, and a field has one column. */
static void assign(const matching *m, sg_guess_plan *plan)
{
    for (size_t i = 0; i < m->n; i++) {
        const candidate *c = &m->all[i];
        bool free_column = plan->field_of[c->column] == SG_NO_FIELD;
        if (free_column && plan->fields[c->field].column < 0) {
            plan->fields[c->field] = c->match;
            plan->field_of[c->column] = c->field;
        } else if (free_column && plan->lost[c->column] == SG_NO_FIELD)
            plan->lost[c->column] = c->field;
    }
}

/* An enrollment's only end is that of the class, though it be called exit; PIRL's exit is what it says. */
static void take_exit_for_end(sg_guess_plan *plan)
{
    sg_guess_match *end = &plan->fields[SG_ENROLLMENT_END_DATE],
                   *exit = &plan->fields[SG_ENROLLMENT_EXIT_DATE];
    if (plan->kind != SG_KIND_ENROLLMENT || end->column >= 0 || exit->column < 0 ||
        exit->how == SG_GUESS_PIRL)
        return;
    *end = *exit;
    if (end->how == SG_GUESS_OWN)
        *end = (sg_guess_match){
            .column = exit->column, .strength = exit->strength, .how = SG_GUESS_CALLED, .word = "exit date"};
    plan->field_of[end->column] = SG_ENROLLMENT_END_DATE;
    exit->column = -1;
}

/* Words in a file's name that speak for a kind. */
static bool is_named_after(const char *file_name, sg_kind kind)
{
    static const char *const words[SG_N_KINDS][3] = {
        [SG_KIND_ENROLLMENT] = {"enroll"},
        [SG_KIND_GAIN] = {"gain", "msg"},
        [SG_KIND_TEST] = {"test", "assess"},
        [SG_KIND_SERVICE] = {"service", "attend", "hours"},
        [SG_KIND_OUTCOME] = {"outcome", "credential", "employ"},
        [SG_KIND_PROGRAM] = {"program", "register"},
        [SG_KIND_CONTEXT] = {"context", "facult"},
    };
    sg_str folded = {0};
    bool named = false;
    sg_synonym_fold(&folded, file_name, strlen(file_name));
    for (size_t i = 0; i < 3 && words[kind][i] != NULL; i++)
        named = named || strstr(sg_str_text(&folded), words[kind][i]) != NULL;
    sg_str_release(&folded);
    return named;
}

/* Required fields tell most; rows about a learner are no register. */
static void score(sg_guess_plan *plan, const sg_kind_fields *fields, const char *file_name, bool has_learner)
{
    enum { REQUIRED = 9, LACKING = -4, SURE = 3, UNSURE = 1, NAMED = 2, OF_LEARNERS = -30, NOTHING = -1000 };
    plan->score = is_named_after(file_name, plan->kind) ? NAMED : 0;
    for (size_t i = 0; i < fields->n; i++) {
        bool required = (fields->fields[i].flags & SG_FIELD_REQUIRED) != 0;
        bool taken = plan->fields[i].column >= 0;
        plan->n_taken += taken;
        plan->n_lacking += required && !taken;
        if (required)
            plan->score += taken ? REQUIRED : LACKING;
        else if (taken)
            plan->score += plan->fields[i].strength >= STRENGTH_CONTAINS * 2 ? SURE : UNSURE;
    }
    if (plan->n_taken == 0)
        plan->score = NOTHING; /* what it lacks tells nothing: the first kind, where none has a field */
    if (fields->learner == SG_NO_FIELD && has_learner)
        plan->score += OF_LEARNERS;
}

static bool begin_plan(sg_guess_plan *plan, sg_kind kind, size_t n_columns, sg_arena *arena)
{
    *plan = (sg_guess_plan){.kind = kind};
    plan->field_of = sg_arena_alloc(arena, n_columns + 1, sizeof *plan->field_of);
    plan->lost = sg_arena_alloc(arena, n_columns + 1, sizeof *plan->lost);
    if (plan->field_of == NULL || plan->lost == NULL)
        return false;
    for (size_t i = 0; i < SG_MAX_FIELDS; i++)
        plan->fields[i].column = -1;
    for (size_t i = 0; i < n_columns; i++)
        plan->field_of[i] = plan->lost[i] = SG_NO_FIELD;
    return true;
}

static bool plan_kind(const sg_guess_table *table, const sg_synonyms *synonyms, sg_kind kind, sg_arena *arena,
                      sg_guess_plan *plan)
{
    matching m = {.table = table, .synonyms = synonyms, .fields = sg_kind_table(kind), .kind = kind};
    m.no_memory = !begin_plan(plan, kind, table->n, arena);
    for (size_t i = 0; i < table->n && !m.no_memory; i++)
        match_column(&m, (int)i);
    if (m.n > 1)
        qsort(m.all, m.n, sizeof *m.all, compare_candidates);
    if (!m.no_memory) {
        assign(&m, plan);
        take_exit_for_end(plan);
    }
    free(m.all);
    return !m.no_memory;
}

sg_status sg_guess_plan_make(const sg_guess_table *table, const sg_synonyms *synonyms, const char *file_name,
                             sg_arena *arena, sg_guess_plan *out, sg_err *err)
{
    bool has_learner = false;
    for (int kind = 0; kind < SG_N_KINDS; kind++) {
        const sg_kind_fields *fields = sg_kind_table((sg_kind)kind);
        sg_guess_plan plan;
        if (!plan_kind(table, synonyms, (sg_kind)kind, arena, &plan))
            return sg_no_memory(err);
        if (fields->learner >= 0)
            has_learner = has_learner || plan.fields[fields->learner].column >= 0;
        score(&plan, fields, file_name, has_learner);
        if (kind == 0 || plan.score > out->score)
            *out = plan;
    }
    return SG_OK;
}

/* ---- words that are shortened ---- */

static bool is_a_word(const sg_synonyms *synonyms, const char *name)
{
    for (size_t i = 0; i < synonyms->n; i++)
        if (strcmp(synonyms->all[i].word, name) == 0 && strcmp(synonyms->all[i].group, "short") != 0)
            return true;
    return false;
}

static const char *write_out(const char *name, const sg_synonyms *synonyms, sg_arena *arena)
{
    sg_str whole = {0};
    for (const char *at = name; *at != '\0';) {
        char word[32] = "";
        size_t length = strcspn(at, " ");
        memcpy(word, at, length < sizeof word ? length : 0);
        const sg_synonym *found = sg_synonyms_find(synonyms, "short", word);
        sg_str_add(&whole, whole.length > 0 ? " " : "");
        sg_str_add_n(&whole, found != NULL ? found->target : at,
                     found != NULL ? strlen(found->target) : length);
        at += length + (at[length] == ' ');
    }
    const char *out = whole.failed ? NULL : sg_arena_strdup(arena, sg_str_text(&whole));
    sg_str_release(&whole);
    return out;
}

/* "campus description" is what "campus" is. */
static const char *drop_tail(const char *name, const sg_synonyms *synonyms, sg_arena *arena)
{
    static const char *const tails[] = {" description", " code"};
    size_t length = strlen(name);
    for (size_t i = 0; i < sizeof tails / sizeof tails[0]; i++) {
        size_t tail = strlen(tails[i]);
        if (length <= tail || strcmp(name + length - tail, tails[i]) != 0)
            continue;
        const char *shorter = sg_arena_strndup(arena, name, length - tail);
        return shorter == NULL || is_a_word(synonyms, shorter) ? shorter : name;
    }
    return name;
}

bool sg_guess_write_out(sg_guess_table *table, const sg_synonyms *synonyms, sg_arena *arena)
{
    for (size_t i = 0; i < table->n; i++) {
        const char **name = &table->columns[i].name;
        if (is_a_word(synonyms, *name))
            continue;
        *name = write_out(*name, synonyms, arena);
        if (*name != NULL && !is_a_word(synonyms, *name))
            *name = drop_tail(*name, synonyms, arena);
        if (*name == NULL)
            return false;
    }
    return true;
}

/* ---- what is never taken in ---- */

void sg_guess_mark_never(sg_guess_table *table, const sg_synonyms *synonyms)
{
    for (size_t i = 0; i < table->n; i++) {
        sg_guess_column *column = &table->columns[i];
        const sg_synonym *never = sg_synonyms_never(synonyms, column->name);
        if (never != NULL)
            column->never = never->target;
        else if (column->n_private * 2 > column->n_filled)
            column->never = "e-mail addresses or numbers of persons";
    }
}
