/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the workspace file must not have: every class of error, with its line and what is allowed.
 */
#include <stdlib.h>
#include <string.h>

#include "skillgain/config.h"
#include "support/assert.h"
#include "support/tmpdir.h"

/* Loads the text as the workspace file of the folder in *state. */
static sg_status load(void **state, const char *text, sg_config **out, sg_err *err)
{
    sg_tmpdir_write_text(*state, "skillgain.yaml", text);
    return sg_config_load(*state, out, err);
}

static sg_config *load_ok(void **state, const char *text)
{
    sg_config *config = NULL;
    sg_err err = {0};
    sg_assert_ok(load(state, text, &config, &err), &err);
    return config;
}

typedef struct {
    const char *text, *message;
} error_case;

static void assert_refused(void **state, const error_case *cases, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        sg_config *config = NULL;
        sg_err err = {0};
        sg_status status = load(state, cases[i].text, &config, &err);
        if (status != SG_USAGE || strstr(err.message, cases[i].message) == NULL)
            fail_msg("case %zu gave %d '%s', not '%s'", i, (int)status, err.message, cases[i].message);
        assert_null(config);
    }
}

#define ASSERT_REFUSED(cases) assert_refused(state, (cases), sizeof(cases) / sizeof(cases)[0])

static void unknown_keys_are_told_with_line_and_nearest_key(void **state)
{
    static const error_case cases[] = {
        {"# a\n# b\ncohort:\n  participant_hours: 12\n  landmark_day: 30\n",
         "'skillgain.yaml' line 5: unknown key 'landmark_day'; did you mean 'landmark_days'?"},
        {"\n\nanalisys:\n  confidence: 0.9\n",
         "'skillgain.yaml' line 3: unknown key 'analisys'; did you mean 'analysis'?"},
        {"Store: x\n", "unknown key 'Store'; did you mean 'store'?"},
        {"quality: {zzz: 1}\n",
         "line 1: unknown key 'zzz'; allowed: max_quarantined, keep_rows, volume_ratio"},
        {"analysis:\n  landmark_days: 3\n",
         "line 2: unknown key 'landmark_days' here; its place is 'cohort.landmark_days'"},
        {"landmark_days: 3\n",
         "line 1: unknown key 'landmark_days' here; its place is 'cohort.landmark_days'"},
        {"cohort: {store: x}\n", "unknown key 'store' here; its place is 'store'"},
        {"expect: {tests: 3h}\n", "unknown key 'tests'; did you mean 'test'?"},
        {"expect: {xyz: 3h}\n",
         "unknown key 'xyz'; allowed: enrollment, gain, test, service, outcome, program, context"},
        {"xyzzy: 3\n",
         "unknown key 'xyzzy'; allowed: colleges, store, inbox, output, crosswalks, expect, targets, agency"},
    };
    ASSERT_REFUSED(cases);
}

static void keys_without_their_feature_are_accepted_at_their_default_only(void **state)
{
    static const error_case cases[] = {
        {"cohort:\n  terms: [2024-08-26, 2024-02-30]\n",
         "line 2: 'cohort.terms' has '2024-02-30', which is no day; write it like 2024-08-26"},
        {"cohort: {terms: [2024-08-26, 2024-01-16]}\n",
         "'cohort.terms' has '2024-01-16' behind a day that is not before it; write the days in order"},
        {"cohort: {terms: [2024-08-26, 2024-08-26]}\n", "behind a day that is not before it"},
        {"cohort: {terms: 2024-08-26}\n", "'cohort.terms'"},
        {"cohort: {entry_days: 181}\n", "'cohort.entry_days' must be"},
        {"analysis: {intersections: [[sex, refugee]]}\n", "'analysis.intersections' is not supported"},
        {"analysis: {covariates: [sex]}\n", "'analysis.covariates' is not supported"},
        {"analysis: {baseline: []}\n", "'analysis.baseline' is not supported"},
        {"analysis: {estimand: ate}\n", "'analysis.estimand' is not supported"},
        {"analysis: {cluster: section}\n", "'analysis.cluster' is not supported"},
        {"analysis: {indices: package}\n", "'analysis.indices' is not supported"},
        {"analysis: {gate: flag}\n", "'analysis.gate' is not supported"},
        {"analysis: {seed: 1}\n", "'analysis.seed' is not supported"},
        {"analysis: {bootstrap: 10}\n", "'analysis.bootstrap' is not supported"},
        {"targets: {msg: {2024: 0.45}}\n", "'targets' is not supported"},
        {"disclosure: {profile: strict}\n", "'disclosure.profile' is not supported"},
        {"disclosure: {known: [a]}\n", "'disclosure.known' is not supported"},
        {"retention: {drafts: 10d}\n", "'retention.drafts' is not supported"},
        {"limits: {memory: 2GiB}\n", "'limits.memory' is not supported"},
        {"agency: {logo: logo.svg}\n", "'agency.logo' is not supported"},
    };
    char expected[SG_SHA256_TEXT], got[SG_SHA256_TEXT];
    ASSERT_REFUSED(cases);
    sg_config *config = load_ok(
        state,
        "cohort: {terms: [], entry_days: 21}\ntargets: {}\nretention: {drafts: 90d}\nlimits: {memory: 1GiB}\n"
        "analysis: {intersections: [[race_ethnicity, sex]], estimand: att, cluster: college, indices: off,"
        " gate: withhold, seed: 20240701, bootstrap: 1999}\n"
        "disclosure: {profile: standard, known: []}\n");
    sg_config_digest(config, got);
    sg_config_free(config);
    config = load_ok(state, "");
    sg_config_digest(config, expected);
    sg_config_free(config);
    assert_string_equal(got, expected);
}

static void values_out_of_range_or_form_are_refused(void **state)
{
    static const error_case cases[] = {
        {"cohort: {participant_hours: 0}\n",
         "'cohort.participant_hours' must be a whole number from 1 to 1000"},
        {"cohort: {participant_hours: 12.5}\n", "'cohort.participant_hours' must be a whole number"},
        {"cohort: {exit_gap_days: 400}\n", "'cohort.exit_gap_days' must be a whole number from 1 to 366"},
        {"cohort: {landmark_days: -1}\n", "'cohort.landmark_days' must be a whole number from 0 to 366"},
        {"cohort: {follow_up_days: 0}\n", "'cohort.follow_up_days' must be a whole number from 1 to 1096"},
        {"cohort: {gain_grace_days: many}\n",
         "'cohort.gain_grace_days' must be a whole number from 0 to 366"},
        {"cohort: {landmark_days: 99999999999999999999}\n", "'cohort.landmark_days' must be a whole number"},
        {"cohort: {landmark_days: [30]}\n", "'cohort.landmark_days' must be a single value"},
        {"cohort:\n  landmark_days:\n", "line 2: 'cohort.landmark_days' has no value"},
        {"disclosure: {minimum_cell: 2}\n",
         "'disclosure.minimum_cell' must be a whole number from 3 to 1000"},
        {"disclosure: {minimum_outcome: 2}\n",
         "'disclosure.minimum_outcome' must be a whole number from 3 to 1000"},
        {"disclosure: {minimum_interval: 0}\n", "'disclosure.minimum_interval' must be a whole number"},
        {"disclosure:\n  minimum_cell: 5\n  minimum_outcome: 6\n",
         "line 3: 'disclosure.minimum_outcome' is more than"},
        {"analysis: {confidence: 0.5}\n", "'analysis.confidence' must be a number above 0.5 and below 1"},
        {"analysis: {confidence: 1}\n", "'analysis.confidence' must be a number above 0.5 and below 1"},
        {"analysis: {confidence: 95%}\n", "'analysis.confidence' must be a number"},
        {"analysis: {equivalence_margin: 0}\n",
         "'analysis.equivalence_margin' must be a number above 0 and below 1"},
        {"analysis: {equivalence_margin: nan}\n", "'analysis.equivalence_margin' must be a number"},
        {"quality: {max_quarantined: 1.01}\n",
         "'quality.max_quarantined' must be a number not below 0 and not above 1"},
        {"quality: {volume_ratio: 1}\n", "'quality.volume_ratio' must be a number above 1 and below 1000"},
        {"quality: {missing_rise: 1.5}\n",
         "'quality.missing_rise' must be a number not below 0 and not above 1"},
        {"quality: {mix_index: 0}\n", "'quality.mix_index' must be a number above 0 and below 100"},
        {"quality: {least_rows: 0}\n", "'quality.least_rows' must be a whole number from 1 to 10000000"},
        {"quality: {stale_days: 0}\n", "'quality.stale_days' must be a whole number from 1 to 3660"},
        {"intake: {archive: on}\n", "'intake.archive' cannot be 'on'; allowed: no, yes, false, true"},
        {"limits: {field: 12}\n", "'limits.field' must be a size from 1KiB to 16MiB"},
        {"limits: {field: 64KB}\n", "'limits.field' must be a size"},
        {"limits:\n  record: 2KiB\n  field: 4KiB\n", "line 3: 'limits.field' is more than 'limits.record'"},
        {"limits: {columns: 0}\n", "'limits.columns' must be a whole number from 1 to 100000"},
        {"expect: {gain: 36}\n", "'expect.gain' must be a time from 1h to 366d"},
        {"expect: {gain: 10m}\n", "'expect.gain' must be a time"},
        {"expect:\n", "'expect' has no value"},
        {"expect: [gain]\n", "'expect' must be a map"},
        {"store: \"\"\n", "'store' is empty"},
        {"store: \"  \"\n", "'store' is empty"},
        {"agency: {name: \"\"}\n", "'agency.name' is empty"},
        {"agency: A\n", "'agency' must be a map"},
        {"colleges: [\"01\"]\n", "'colleges' must be a map"},
        {"colleges: {\"01\": }\n", "'01' has no value"},
        {"colleges: {\" 01\": A}\n", "'colleges': a college's code"},
        {"- a\n- b\n", "line 1: 'the file' must be a map"},
    };
    ASSERT_REFUSED(cases);
}

static void lists_of_words_know_their_words(void **state)
{
    static const error_case cases[] = {
        {"analysis: {outcomes: [msg, mgs_common]}\n",
         "'analysis.outcomes' cannot be 'mgs_common'; did you mean 'msg_common'?"},
        {"analysis: {outcomes: [wages]}\n", "'analysis.outcomes' cannot be 'wages'"},
        {"analysis: {outcomes: []}\n", "'analysis.outcomes' is empty; name at least one"},
        {"analysis: {outcomes: [msg, msg]}\n", "'analysis.outcomes' names 'msg' twice"},
        {"analysis: {outcomes: msg}\n", "'analysis.outcomes' must be a list: [a, b]"},
        {"analysis:\n  common_types:\n    - efl_test\n    - efl_tset\n",
         "line 4: 'analysis.common_types' cannot be 'efl_tset'"},
        {"analysis: {dimensions: [sex, sex]}\n", "'analysis.dimensions' names 'sex' twice"},
        {"analysis: {dimensions: [Sex]}\n", "'Sex' is no name of a dimension"},
        {"analysis: {dimensions: [all]}\n", "'all' is no name of a dimension"},
        {"analysis: {dimensions: [[sex]]}\n", "'analysis.dimensions' must be a single value"},
        {"cohort: {iet: [none]}\n", "'cohort.iet' cannot be 'none'; allowed: confirmed, supported, claimed"},
        {"cohort: {iet: []}\n", "'cohort.iet' is empty"},
        {"cohort: {iet: [claimed, claimed]}\n", "'cohort.iet' names 'claimed' twice"},
    };
    ASSERT_REFUSED(cases);
}

static void a_reference_that_no_dimension_has_is_refused(void **state)
{
    static const error_case cases[] = {
        {"analysis: {reference: lowest}\n",
         "'analysis.reference' cannot be 'lowest' for every dimension: 'race_ethnicity' has no such level"},
        {"analysis: {reference: white}\n", "'sex' has no such level"},
        {"analysis: {reference: 1.5}\n", "'analysis.reference' as a number is a rate from 0 to 1"},
        {"analysis: {reference: -0.5}\n", "'analysis.reference' as a number is a rate from 0 to 1"},
        {"analysis:\n  reference:\n    sex: males\n",
         "line 3: 'analysis.reference' for 'sex' cannot be 'males'"},
        {"analysis:\n  reference:\n    veteran: yes\n",
         "line 3: 'analysis.reference' names 'veteran', which is not among 'analysis.dimensions'"},
        {"analysis:\n  reference:\n", "line 2: 'analysis.reference' has no value"},
        {"analysis: {reference: [sex]}\n", "'analysis.reference' must be a single value"},
    };
    ASSERT_REFUSED(cases);
}

static void only_a_small_safe_part_of_yaml_is_accepted(void **state)
{
    static const error_case cases[] = {
        {"store: a\ninbox: b\nstore: c\n", "line 3: key 'store' is there twice, first on line 1; leave one"},
        {"cohort: {landmark_days: 1, landmark_days: 2}\n", "key 'landmark_days' is there twice"},
        {"store: &a x\ninbox: y\n", "line 1: anchors (&), aliases (*) and tags (!) are not accepted"},
        {"store: x\ninbox: *a\n", "line 2: anchors (&), aliases (*) and tags (!) are not accepted"},
        {"store: !!str x\n", "line 1: anchors (&), aliases (*) and tags (!) are not accepted"},
        {"&a store: x\n", "a key that is not a plain text"},
        {"? [a, b]\n: x\n", "a key that is not a plain text"},
        {"store: [[[[[[[[[[1]]]]]]]]]]\n", "line 1: nested too deeply"},
        {"store: a\n---\nstore: b\n", "line 2: a second document"},
        {"store: \"a\\nb\"\n", "line 1: a line break or control character inside a value"},
        {"store: \"a\\0b\"\n", "line 1: a line break or control character inside a value"},
        {"\"sto\\x1bre\": a\n", "line 1: a line break or control character inside a value"},
        {"store: a\n\tinbox: b\n", "line 2: not valid YAML"},
        {"store: [a\n", "not valid YAML"},
        {"store: \"a\n", "not valid YAML"},
        {"store: \xff\xfe\n", "not UTF-8 text"},
    };
    ASSERT_REFUSED(cases);
}

static void a_folder_without_the_file_is_no_workspace(void **state)
{
    sg_config *config = NULL;
    sg_err err = {0};
    char *folder = sg_tmpdir_path(*state, "none");
    sg_assert_status(sg_config_load(folder, &config, &err), SG_USAGE, &err);
    sg_assert_contains(err.message, "is no workspace: it has no 'skillgain.yaml'");
    sg_assert_contains(err.message, "skillgain init");
    free(folder);
}

static void a_file_beyond_one_mebibyte_is_refused(void **state)
{
    enum { TOO_LONG = 1024 * 1024 + 1 };
    sg_config *config = NULL;
    sg_err err = {0};
    char *text = malloc(TOO_LONG + 1);
    assert_non_null(text);
    memset(text, '#', TOO_LONG);
    text[TOO_LONG] = '\0';
    assert_int_not_equal(load(state, text, &config, &err), SG_OK);
    sg_assert_contains(err.message, "1048576");
    text[TOO_LONG - 1] = '\0';
    sg_config_free(load_ok(state, text));
    free(text);
}

int main(void)
{
#define IN_FOLDER(test) cmocka_unit_test_setup_teardown(test, sg_tmpdir_setup, sg_tmpdir_teardown)
    const struct CMUnitTest tests[] = {
        IN_FOLDER(unknown_keys_are_told_with_line_and_nearest_key),
        IN_FOLDER(keys_without_their_feature_are_accepted_at_their_default_only),
        IN_FOLDER(values_out_of_range_or_form_are_refused),
        IN_FOLDER(lists_of_words_know_their_words),
        IN_FOLDER(a_reference_that_no_dimension_has_is_refused),
        IN_FOLDER(only_a_small_safe_part_of_yaml_is_accepted),
        IN_FOLDER(a_folder_without_the_file_is_no_workspace),
        IN_FOLDER(a_file_beyond_one_mebibyte_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
