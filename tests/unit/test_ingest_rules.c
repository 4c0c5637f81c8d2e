/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Rules on several fields of a row (tests/corpus/rules.txt): each is broken by the one row of its line and not by the other, and every
 * such rule of the catalogue has a line.
 */
#include "test_ingest_support.h"

enum { MOST_LINES = 200, PARTS = 4 };

typedef struct {
    char rule[5];
    sg_kind kind;
    const char *parts[PARTS]; /* the first is unused */
} rule_case;

typedef struct {
    sg_arena *arena;
    rule_case cases[MOST_LINES];
    size_t n;
} table;

static const char *trimmed(sg_arena *arena, const char *text, size_t length)
{
    const char *at = sg_text_trim(text, length, &length);
    return sg_arena_strndup(arena, at, length);
}

static void take_line(table *t, const char *line, size_t length)
{
    const char *end = line + length, *at = line;
    rule_case *one = &t->cases[t->n];
    if (length == 0 || *line == '#')
        return;
    assert_true(t->n < MOST_LINES);
    for (int i = 0; i < PARTS; i++) {
        const char *bar = memchr(at, '|', (size_t)(end - at));
        assert_true((bar == NULL) == (i == PARTS - 1));
        bar = bar != NULL ? bar : end;
        one->parts[i] = trimmed(t->arena, at, (size_t)(bar - at));
        at = bar + 1;
    }
    memcpy(one->rule, one->parts[0], 4);
    assert_true(sg_kind_find(one->parts[0] + 5, &one->kind));
    t->n++;
}

static int setup_table(void **state)
{
    table *t = calloc(1, sizeof *t);
    char *text = NULL;
    size_t length = 0;
    sg_err err = {0};
    assert_non_null(t);
    t->arena = sg_arena_new();
    sg_assert_ok(sg_file_read(t->arena, "tests/corpus/rules.txt", 1 << 20, &text, &length, &err), &err);
    for (char *at = text; *at != '\0';) {
        size_t line = strcspn(at, "\n");
        take_line(t, at, line);
        at += line + (at[line] == '\n');
    }
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

/* How often the rule speaks of the row; *refused: the row was. */
static int count_findings(const rule_case *one, const char *row, bool *refused)
{
    sg_crosswalk crosswalk;
    sg_batch batch;
    sg_err err;
    char text[512];
    kept k;
    int n = 0;
    plain_crosswalk(one->kind, &crosswalk);
    (void)snprintf(text, sizeof text, "%s\n%s\n", one->parts[1], row);
    sg_status status = read_text(text, &crosswalk, &k, &batch, &err);
    if (status != SG_OK &&
        batch.counts.quarantined == 0) /* of a single row that is refused, no cut-off can be told */
        fail_msg("%s: '%s' gave '%s'", one->rule, row, err.message);
    for (size_t i = 0; i < k.n_findings; i++)
        n += strcmp(k.findings[i].rule, one->rule) == 0 && k.findings[i].line == 2;
    *refused = batch.counts.quarantined == 1;
    kept_release(&k);
    return n;
}

static void each_rule_is_broken_by_its_row_and_not_by_the_other(void **state)
{
    const table *t = *state;
    for (size_t i = 0; i < t->n; i++) {
        const rule_case *one = &t->cases[i];
        const sg_rule *rule = sg_rule_find(one->rule);
        bool refused = false;
        assert_non_null(rule);
        assert_string_equal(rule->scope, sg_kind_text(one->kind));
        if (count_findings(one, one->parts[2], &refused) != 1)
            fail_msg("%s is not found in '%s'", one->rule, one->parts[2]);
        assert_int_equal(refused, rule->effect == SG_EFFECT_QUARANTINE);
        if (count_findings(one, one->parts[3], &refused) != 0)
            fail_msg("%s is found in '%s'", one->rule, one->parts[3]);
        assert_false(refused);
    }
}

static void every_such_rule_has_a_line(void **state)
{
    const table *t = *state;
    size_t n_rules = 0, n_such = 0;
    const sg_rule *rules = sg_rules(&n_rules);
    for (size_t i = 0; i < n_rules; i++) {
        bool found = false;
        if (strcmp(rules[i].id, "R306") < 0 || strcmp(rules[i].id, "R400") > 0)
            continue;
        n_such++;
        for (size_t k = 0; k < t->n && !found; k++)
            found = strcmp(t->cases[k].rule, rules[i].id) == 0;
        if (!found)
            fail_msg("rule %s has no line in rules.txt", rules[i].id);
    }
    assert_int_equal(n_such, t->n);
    assert_true(n_rules >= 80);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_rule_is_broken_by_its_row_and_not_by_the_other),
        cmocka_unit_test(every_such_rule_has_a_line),
    };
    return cmocka_run_group_tests(tests, setup_table, teardown_table);
}
