/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The reference values of tests/oracles, of the sections that stats has: each through the adapter that claims
 * its method. */
#include "support/assert.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jansson.h>

#include "skillgain/base/mem.h"
#include "skillgain/stats.h"
#include "unit/test_stats_oracles/errata.h"
#include "unit/test_stats_oracles/resolve.h"

/* How the methods of the sections begin that stats has. */
static const char *const SECTIONS[] = {"1.", "8.4 ", "8.5 ", "9 "};

static json_t *read_entries(void **state)
{
    return json_object_get(*state, "entries");
}

static const char *text_of(json_t *entry, const char *name)
{
    const char *text = json_string_value(json_object_get(entry, name));

    assert_non_null(text);
    return text;
}

/* ---- comparing ---- */

typedef struct {
    double absolute, relative;
} tolerance;

static bool is_close(double got, double want, tolerance within)
{
    return fabs(got - want) <= within.absolute + within.relative * fabs(want); /* false for a NaN */
}

static bool is_text(json_t *want, const char *text)
{
    return json_is_string(want) && strcmp(json_string_value(want), text) == 0;
}

static bool item_agrees(const sg_stats_item *got, json_t *want, tolerance within)
{
    if (json_is_null(want) || is_text(want, "undefined"))
        return got->status != SG_EST_OK && isnan(got->number);
    if (got->status != SG_EST_OK)
        return false;
    if (is_text(want, "inf") || is_text(want, "-inf"))
        return isinf(got->number) &&
               signbit(got->number) == (is_text(want, "-inf") ? signbit(-1.0) : signbit(1.0));
    if (json_is_string(want))
        return got->text != NULL && strcmp(got->text, json_string_value(want)) == 0;
    return json_is_number(want) && got->text == NULL &&
           is_close(got->number, json_number_value(want), within);
}

static void tell_difference(json_t *entry, const char *key, size_t i, const sg_stats_item *got, json_t *want)
{
    char *text = json_dumps(want, JSON_ENCODE_ANY | JSON_REAL_PRECISION(17));

    print_error("%s: %s[%zu] is %.17g%s, not %s\n", text_of(entry, "id"), key, i, got->number,
                got->status == SG_EST_OK ? "" : " (not estimable)", text != NULL ? text : "?");
    free(text);
}

/* How many elements of one key differ. */
static size_t compare_key(json_t *entry, const char *key, json_t *want, const sg_stats_values *got,
                          bool telling)
{
    const tolerance within = {json_number_value(json_object_get(entry, "tol_abs")),
                              json_number_value(json_object_get(entry, "tol_rel"))};
    const sg_stats_value *value = sg_stats_values_find(got, key);
    const size_t n = json_is_array(want) ? json_array_size(want) : 1;
    size_t differ = 0;

    if (value == NULL || value->n != n) {
        if (telling)
            print_error("%s: no '%s', or not of length %zu\n", text_of(entry, "id"), key, n);
        return 1;
    }
    for (size_t i = 0; i < n; i++) {
        json_t *element = json_is_array(want) ? json_array_get(want, i) : want;
        if (item_agrees(&value->items[i], element, within) ||
            errata_explain(entry, key, value->items[i].number))
            continue;
        differ++;
        if (telling)
            tell_difference(entry, key, i, &value->items[i], element);
    }
    return differ;
}

static size_t compare_entry(json_t *entry, const sg_stats_values *got, bool telling)
{
    json_t *expect = json_object_get(entry, "expect"), *want = NULL;
    const char *key = NULL;
    size_t differ = 0;

    assert_true(json_is_object(expect) && json_object_size(expect) > 0);
    json_object_foreach(expect, key, want) differ += compare_key(entry, key, want, got, telling);
    return differ;
}

static size_t check_entry(json_t *entry)
{
    SG_CLEANUP(sg_arena_cleanup) sg_arena *arena = sg_arena_new();
    const sg_stats_adapter *adapter = sg_stats_adapter_find(text_of(entry, "method"));
    sg_stats_values got = {0};
    sg_err err = {0};

    assert_non_null(arena);
    if (adapter == NULL) {
        print_error("%s: no adapter claims '%s'\n", text_of(entry, "id"), text_of(entry, "method"));
        return 1;
    }
    const sg_stats_params params = oracle_parameters(arena, entry);
    sg_assert_ok(adapter->run(&params, &got, &err), &err);
    const size_t differ = compare_entry(entry, &got, true);
    sg_stats_values_release(&got);
    return differ;
}

static void check_section(void **state, const char *section)
{
    json_t *entry = NULL;
    size_t i = 0, n = 0, differ = 0;

    json_array_foreach(read_entries(state), i, entry)
    {
        if (strncmp(text_of(entry, "method"), section, strlen(section)) != 0)
            continue;
        n++;
        differ += check_entry(entry);
    }
    assert_true(n > 0);
    assert_int_equal(differ, 0);
}

/* ---- the tests ---- */

static void section_1_proportions_agrees_with_the_reference(void **state)
{
    check_section(state, SECTIONS[0]);
}

static void section_8_4_gaps_agrees_with_the_reference(void **state)
{
    check_section(state, SECTIONS[1]);
}

static void section_8_5_difference_of_gaps_agrees_with_the_reference(void **state)
{
    check_section(state, SECTIONS[2]);
}

static void section_9_multiplicity_agrees_with_the_reference(void **state)
{
    check_section(state, SECTIONS[3]);
}

static bool is_asked_for(void **state, const sg_stats_adapter *adapter)
{
    json_t *entry = NULL;
    size_t i = 0;

    json_array_foreach(read_entries(state), i, entry)
    {
        if (sg_stats_adapter_find(text_of(entry, "method")) == adapter)
            return true;
    }
    return false;
}

static void every_adapter_has_an_entry_that_asks_for_it(void **state)
{
    size_t n = 0;

    for (; sg_stats_adapter_at(n) != NULL; n++) {
        if (!is_asked_for(state, sg_stats_adapter_at(n)))
            fail_msg("no entry has the method '%s'", sg_stats_adapter_at(n)->method);
    }
    assert_true(n > 0);
}

static bool is_of_our_sections(const char *method)
{
    for (size_t i = 0; i < sizeof SECTIONS / sizeof *SECTIONS; i++) {
        if (strncmp(method, SECTIONS[i], strlen(SECTIONS[i])) == 0)
            return true;
    }
    return false;
}

static void no_adapter_claims_a_method_of_another_section(void **state)
{
    json_t *entry = NULL;
    size_t i = 0;

    json_array_foreach(read_entries(state), i, entry)
    {
        const char *method = text_of(entry, "method");
        if (!is_of_our_sections(method) && sg_stats_adapter_find(method) != NULL)
            fail_msg("'%s' is claimed by '%s'", method, sg_stats_adapter_find(method)->method);
    }
}

/* An entry of our own with one value, against the Wilson adapter: how many elements differ. */
static size_t count_differences(const char *expect)
{
    SG_CLEANUP(sg_arena_cleanup) sg_arena *arena = sg_arena_new();
    char text[512];
    sg_stats_values got = {0};
    sg_err err = {0};

    assert_non_null(arena);
    assert_true(snprintf(text, sizeof text,
                         "{\"id\": \"made\", \"dataset\": \"inline\", \"params\": {\"x\": 8, \"n\": 20},"
                         " \"tol_abs\": 1e-12, \"tol_rel\": 1e-10, \"expect\": {%s}}",
                         expect) < (int)sizeof text);
    json_t *entry = json_loads(text, 0, NULL);
    assert_non_null(entry);
    const sg_stats_params params = oracle_parameters(arena, entry);
    sg_assert_ok(sg_stats_adapter_find("1.1 Wilson score interval")->run(&params, &got, &err), &err);
    const size_t differ = compare_entry(entry, &got, false);
    sg_stats_values_release(&got);
    json_decref(entry);
    return differ;
}

static void a_value_outside_its_tolerance_is_noticed(void **state)
{
    (void)state;
    assert_int_equal(count_differences("\"p\": 0.4"), 0);
    assert_int_equal(count_differences("\"p\": 0.40000000001"), 0);
    assert_int_equal(count_differences("\"p\": 0.4000000001"), 1);
    assert_int_equal(count_differences("\"p\": 0.4, \"lower\": 0.3, \"upper\": 0.7"), 2);
}

static void a_value_of_another_kind_is_noticed(void **state)
{
    (void)state;
    assert_int_equal(count_differences("\"p\": null"), 1);
    assert_int_equal(count_differences("\"p\": \"undefined\""), 1);
    assert_int_equal(count_differences("\"p\": \"inf\""), 1);
    assert_int_equal(count_differences("\"p\": \"high\""), 1);
    assert_int_equal(count_differences("\"p\": [0.4, 0.4]"), 1);
    assert_int_equal(count_differences("\"q\": 0.4"), 1);
}

static int load_entries(void **state)
{
    json_error_t error;
    json_t *root = json_load_file("tests/oracles/expected.json", 0, &error);

    sg_stats_init();
    if (root == NULL)
        print_error("tests/oracles/expected.json: %s; run the test in the project's folder\n", error.text);
    *state = root;
    return root == NULL ? -1 : 0;
}

static int release_entries(void **state)
{
    json_decref(*state);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(section_1_proportions_agrees_with_the_reference),
        cmocka_unit_test(section_8_4_gaps_agrees_with_the_reference),
        cmocka_unit_test(section_8_5_difference_of_gaps_agrees_with_the_reference),
        cmocka_unit_test(section_9_multiplicity_agrees_with_the_reference),
        cmocka_unit_test(every_adapter_has_an_entry_that_asks_for_it),
        cmocka_unit_test(no_adapter_claims_a_method_of_another_section),
        cmocka_unit_test(a_value_outside_its_tolerance_is_noticed),
        cmocka_unit_test(a_value_of_another_kind_is_noticed),
    };
    return cmocka_run_group_tests(tests, load_entries, release_entries);
}
