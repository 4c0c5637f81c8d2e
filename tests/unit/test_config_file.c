/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The workspace file: defaults, values, the digest, the file that `init` writes. What is refused: test_config_refusal.c.
 */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem_hook.h"
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

static void assert_in_folder(void **state, const char *path, const char *name)
{
    char *expected = sg_tmpdir_path(*state, name);
    assert_string_equal(path, expected);
    free(expected);
}

static void check_default_analysis(const sg_config *config)
{
    static const char *const outcomes[] = {"msg_common", "msg", "credential", "time_to_gain"};
    static const char *const dimensions[] = {"race_ethnicity",    "sex",
                                             "age_band",          "english_learner",
                                             "entering_level",    "prior_education",
                                             "employment_status", "disability",
                                             "low_income",        "justice_involved",
                                             "refugee",           "internationally_trained",
                                             "single_parent"};
    assert_int_equal(config->analysis.n_outcomes, 4);
    for (size_t i = 0; i < 4; i++)
        assert_string_equal(config->analysis.outcomes[i], outcomes[i]);
    assert_int_equal(config->analysis.n_dimensions, 13);
    for (size_t i = 0; i < 13; i++) {
        assert_string_equal(config->analysis.dimensions[i], dimensions[i]);
        assert_string_equal(sg_config_reference(config, dimensions[i]), "all_others");
    }
    assert_int_equal(config->analysis.common_types,
                     1U << SG_GAIN_EFL_TEST | 1U << SG_GAIN_EFL_HSE_SUBTEST | 1U << SG_GAIN_DIPLOMA);
    sg_assert_close(config->analysis.equivalence_margin, 0.05, 0, 0);
    sg_assert_close(config->analysis.confidence, 0.95, 0, 0);
}

/* The figures of design.md section 5. */
static void check_defaults(void **state, const sg_config *config)
{
    assert_in_folder(state, config->store, "skillgain.db");
    assert_in_folder(state, config->inbox, "inbox");
    assert_in_folder(state, config->output, "output");
    assert_in_folder(state, config->crosswalks, "crosswalks");
    assert_in_folder(state, config->key, "key");
    assert_string_equal(config->folder, *state);
    assert_string_equal(config->agency, "Adult education system");
    assert_string_equal(config->contact, "");
    assert_int_equal(config->n_colleges, 0);
    assert_int_equal(config->expect_seconds[SG_KIND_ENROLLMENT], 36 * 3600);
    assert_int_equal(config->expect_seconds[SG_KIND_GAIN], 36 * 3600);
    assert_int_equal(sg_config_yearly(config, SG_YEARLY_PARTICIPANT_HOURS, 2024), 12);
    assert_int_equal(sg_config_yearly(config, SG_YEARLY_EXIT_GAP_DAYS, 2024), 90);
    assert_false(sg_config_is_own(config, SG_YEARLY_PARTICIPANT_HOURS));
    assert_false(sg_config_is_own(config, SG_YEARLY_EXIT_GAP_DAYS));
    assert_int_equal(config->cohort.landmark_days, 30);
    assert_int_equal(config->cohort.follow_up_days, 180);
    assert_int_equal(config->cohort.gain_grace_days, 0);
    assert_int_equal(config->cohort.iet,
                     SG_GRADE_BIT_CONFIRMED | SG_GRADE_BIT_SUPPORTED | SG_GRADE_BIT_CLAIMED);
    assert_int_equal(config->disclosure.minimum_cell, 10);
    assert_int_equal(config->disclosure.minimum_outcome, 3);
    assert_int_equal(config->disclosure.minimum_interval, 5);
    sg_assert_close(config->max_quarantined, 0.02, 0, 0);
    sg_assert_close(config->quality.volume_ratio, 2, 0, 0);
    sg_assert_close(config->quality.missing_rise, 0.05, 0, 0);
    sg_assert_close(config->quality.mix_index, 0.25, 0, 0);
    assert_int_equal(config->quality.least_rows, 100);
    assert_int_equal(config->quality.stale_days, 60);
    assert_false(config->quality.keep_rows);
    assert_true(config->archive);
    assert_int_equal(config->limits.field_bytes, 65536);
    assert_int_equal(config->limits.record_bytes, 1048576);
    assert_int_equal(config->limits.columns, 2000);
    check_default_analysis(config);
}

static void an_empty_file_gives_the_defaults_of_the_design(void **state)
{
    static const char *const empty[] = {"", "# nothing but words\n", "---\n", "{}\n",
                                        "cohort:\nanalysis:\n  # nothing\n"};
    for (size_t i = 0; i < sizeof empty / sizeof empty[0]; i++) {
        sg_config *config = load_ok(state, empty[i]);
        check_defaults(state, config);
        sg_config_free(config);
    }
}

static void every_value_of_the_file_is_taken(void **state)
{
    sg_config *config = load_ok(
        state, "agency: {name: \"Ör State\", contact: a@example.org}\nstore: /data/s.db\ninbox: in\n"
               "expect: {gain: 7d}\ncolleges: {\"02\": \"B, \\\"Two\\\"\", \"01\": A}\n"
               "cohort: {participant_hours: 15, exit_gap_days: 60, iet: [confirmed], landmark_days: 0, "
               "follow_up_days: 365,"
               " gain_grace_days: 5}\n"
               "analysis:\n  outcomes: [msg, msg_common]\n  common_types: [efl_test, skills_progression]\n"
               "  dimensions: [sex, housing_2]\n  reference: {sex: male, housing_2: 0.4}\n"
               "  equivalence_margin: 0.1\n  confidence: 0.9\n"
               "disclosure: {minimum_cell: 20, minimum_outcome: 5, minimum_interval: 7}\n"
               "quality: {max_quarantined: 1, volume_ratio: 1.5, missing_rise: 0.1, mix_index: 0.2,\n"
               "  least_rows: 30, stale_days: 14, keep_rows: yes}\nintake: {archive: false}\n"
               "limits: {field: 1KiB, record: 2MiB, columns: 10}\n");
    assert_string_equal(config->agency, "Ör State");
    assert_string_equal(config->contact, "a@example.org");
    assert_string_equal(config->store, "/data/s.db");
    assert_in_folder(state, config->inbox, "in");
    assert_int_equal(config->expect_seconds[SG_KIND_ENROLLMENT], 0);
    assert_int_equal(config->expect_seconds[SG_KIND_GAIN], 7 * 86400);
    assert_string_equal(sg_config_college_name(config, "01"), "A");
    assert_string_equal(sg_config_college_name(config, "02"), "B, \"Two\"");
    assert_string_equal(sg_config_college_name(config, "03"), "03");
    assert_string_equal(config->colleges[0].code, "01");
    assert_int_equal(config->cohort.participant_hours, 15);
    assert_int_equal(config->cohort.exit_gap_days, 60);
    assert_int_equal(config->cohort.iet, SG_GRADE_BIT_CONFIRMED);
    assert_int_equal(config->cohort.landmark_days, 0);
    assert_int_equal(config->cohort.follow_up_days, 365);
    assert_int_equal(config->cohort.gain_grace_days, 5);
    assert_int_equal(config->analysis.n_outcomes, 2);
    assert_string_equal(config->analysis.outcomes[0], "msg");
    assert_int_equal(config->analysis.common_types,
                     1U << SG_GAIN_EFL_TEST | 1U << SG_GAIN_SKILLS_PROGRESSION);
    assert_int_equal(config->analysis.n_dimensions, 2);
    assert_string_equal(sg_config_reference(config, "sex"), "male");
    assert_string_equal(sg_config_reference(config, "housing_2"), "0.4");
    assert_string_equal(sg_config_reference(config, "age_band"), "all_others");
    sg_assert_close(config->analysis.equivalence_margin, 0.1, 0, 0);
    sg_assert_close(config->analysis.confidence, 0.9, 0, 0);
    assert_int_equal(config->disclosure.minimum_cell, 20);
    assert_int_equal(config->disclosure.minimum_outcome, 5);
    assert_int_equal(config->disclosure.minimum_interval, 7);
    sg_assert_close(config->max_quarantined, 1, 0, 0);
    sg_assert_close(config->quality.volume_ratio, 1.5, 0, 0);
    sg_assert_close(config->quality.missing_rise, 0.1, 0, 0);
    sg_assert_close(config->quality.mix_index, 0.2, 0, 0);
    assert_int_equal(config->quality.least_rows, 30);
    assert_int_equal(config->quality.stale_days, 14);
    assert_true(config->quality.keep_rows);
    assert_false(config->archive);
    assert_int_equal(config->limits.field_bytes, 1024);
    assert_int_equal(config->limits.record_bytes, 2 * 1048576);
    assert_int_equal(config->limits.columns, 10);
    sg_config_free(config);
}

static void an_empty_map_expects_no_export(void **state)
{
    sg_config *config = load_ok(state, "expect: {}\n");
    assert_int_equal(config->expect_seconds[SG_KIND_ENROLLMENT], 0);
    assert_int_equal(config->expect_seconds[SG_KIND_GAIN], 0);
    sg_config_free(config);
}

static void a_reference_for_all_dimensions_is_that_of_each(void **state)
{
    sg_config *config = load_ok(state, "analysis: {reference: highest}\n");
    assert_string_equal(sg_config_reference(config, "sex"), "highest");
    sg_config_free(config);
    config = load_ok(state, "analysis: {dimensions: [refugee, disability], reference: no}\n");
    assert_string_equal(sg_config_reference(config, "disability"), "no");
    sg_config_free(config);
}

/* ---- the digest ---- */

static void digest_of(void **state, const char *text, char out[SG_SHA256_TEXT])
{
    sg_config *config = load_ok(state, text);
    sg_config_digest(config, out);
    sg_config_free(config);
}

static void the_digest_changes_with_every_value_that_can_change_an_output(void **state)
{
    static const char *const changes[] = {
        "",
        "agency: {name: A}\n",
        "agency: {contact: A}\n",
        "colleges: {a: b}\n",
        "colleges: {a: c}\n",
        "colleges: {ab: c}\n",
        "cohort: {participant_hours: 11}\n",
        "cohort: {exit_gap_days: 11}\n",
        "cohort: {landmark_days: 11}\n",
        "cohort: {follow_up_days: 11}\n",
        "cohort: {gain_grace_days: 11}\n",
        "cohort: {iet: [confirmed, claimed]}\n",
        "analysis: {outcomes: [msg]}\n",
        "analysis: {outcomes: [msg, msg_common]}\n",
        "analysis: {common_types: [efl_test]}\n",
        "analysis: {dimensions: [sex, refugee]}\n",
        "analysis: {dimensions: [refugee, sex]}\n",
        "analysis: {dimensions: []}\n",
        "analysis: {reference: overall}\n",
        "analysis: {reference: {sex: overall}}\n",
        "analysis: {equivalence_margin: 0.051}\n",
        "analysis: {confidence: 0.951}\n",
        "disclosure: {minimum_cell: 11}\n",
        "disclosure: {minimum_outcome: 4}\n",
        "disclosure: {minimum_interval: 11}\n",
        "quality: {max_quarantined: 0.021}\n",
        "limits: {field: 65KiB}\n",
        "limits: {record: 2MiB}\n",
        "limits: {columns: 11}\n",
    };
    enum { N = sizeof changes / sizeof changes[0] };
    char digests[N][SG_SHA256_TEXT];
    for (size_t i = 0; i < N; i++) {
        digest_of(state, changes[i], digests[i]);
        assert_int_equal(strlen(digests[i]), SG_SHA256_TEXT - 1);
        for (size_t j = 0; j < i; j++) {
            if (strcmp(digests[i], digests[j]) == 0)
                fail_msg("'%s' has the digest of '%s'", changes[i], changes[j]);
        }
    }
}

static void the_digest_stays_with_comments_order_forms_paths_and_deadlines(void **state)
{
    static const char *const same[] = {
        "# a comment\ncohort: {landmark_days: 30} # the default\n",
        "disclosure: {minimum_cell: 10}\nanalysis: {confidence: 0.950}\n",
        "analysis: {confidence: 0.95}\ndisclosure:\n  minimum_cell: \"10\"\n",
        "cohort: {iet: [claimed, supported, confirmed]}\n",
        "store: other.db\ninbox: a\noutput: b\ncrosswalks: c\n",
        "expect: {}\nintake: {archive: no}\n",
        "quality: {volume_ratio: 3, missing_rise: 0.2, mix_index: 0.1, least_rows: 7, stale_days: 9}\n",
        "quality: {keep_rows: yes}\n",
        "limits: {record: 1024KiB}\n",
    };
    char expected[SG_SHA256_TEXT], got[SG_SHA256_TEXT];
    digest_of(state, "", expected);
    for (size_t i = 0; i < sizeof same / sizeof same[0]; i++) {
        digest_of(state, same[i], got);
        assert_string_equal(got, expected);
    }
    digest_of(state, "colleges: {a: x, b: y}\n", expected);
    digest_of(state, "colleges: {b: y, a: x}\n", got);
    assert_string_equal(got, expected);
}

static void long_texts_count_whole(void **state)
{
    static const char head[] = "agency: {name: ";
    enum { LENGTH = 256, START = sizeof head - 1 };
    char text[START + LENGTH + 3], first[SG_SHA256_TEXT], second[SG_SHA256_TEXT];
    memcpy(text, head, START);
    memset(text + START, 'x', LENGTH);
    memcpy(text + START + LENGTH, "}\n", 3);
    digest_of(state, text, first);
    text[START + LENGTH - 1] = 'y';
    digest_of(state, text, second);
    assert_string_not_equal(first, second);
}

/* ---- what init writes ---- */

static void the_file_that_init_writes_holds_the_defaults(void **state)
{
    sg_config *config = load_ok(state, sg_config_template());
    check_defaults(state, config);
    sg_config_free(config);
}

/* A commented setting is '#' and a key without a blank between; prose has the blank. */
static char *uncomment(const char *text, size_t *out_n)
{
    char *copy = malloc(strlen(text) + 1), *to = copy;
    assert_non_null(copy);
    for (bool at_start = true; *text != '\0'; text++) {
        if (at_start && *text == '#' && islower((unsigned char)text[1])) {
            (*out_n)++;
            continue;
        }
        at_start = *text == '\n' || (at_start && *text == ' ');
        *to++ = *text;
    }
    *to = '\0';
    return copy;
}

static void the_comments_of_that_file_tell_the_defaults_too(void **state)
{
    static const char *const keys[] = {"colleges:",
                                       "store:",
                                       "inbox:",
                                       "output:",
                                       "crosswalks:",
                                       "participant_hours:",
                                       "outcomes:",
                                       "confidence:",
                                       "exit_gap_days:",
                                       "gain_grace_days:",
                                       "minimum_interval:",
                                       "minimum_outcome:",
                                       "common_types:",
                                       "archive:",
                                       "columns:",
                                       "landmark_days:",
                                       "follow_up_days:",
                                       "max_quarantined:",
                                       "volume_ratio:",
                                       "missing_rise:",
                                       "mix_index:",
                                       "least_rows:",
                                       "stale_days:",
                                       "keep_rows:",
                                       "terms:",
                                       "entry_days:",
                                       "placement_by_tests:"};
    size_t n = 0;
    char *text = uncomment(sg_config_template(), &n);
    assert_int_equal(n, 24);
    sg_config *config = load_ok(state, text);
    check_defaults(state, config);
    sg_config_free(config);
    for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++)
        sg_assert_contains(text, keys[i]);
    free(text);
}

static void want_of_memory_is_a_status_like_any_other(void **state)
{
    sg_tmpdir_write_text(*state, "skillgain.yaml",
                         "colleges: {a: b}\nanalysis: {reference: {sex: male}, dimensions: [sex]}\n");
    bool done = false;
    long n = 1;
    for (; !done && n < 2000; n++) {
        sg_config *config = NULL;
        sg_err err = {0};
        sg_mem_fail_at(n);
        sg_status status = sg_config_load(*state, &config, &err);
        sg_mem_fail_at(0);
        done = status == SG_OK;
        if (!done)
            sg_assert_status(status, SG_NO_MEMORY, &err);
        sg_config_free(config);
    }
    assert_true(done);
    assert_true(n > 3);
}

int main(void)
{
#define IN_FOLDER(test) cmocka_unit_test_setup_teardown(test, sg_tmpdir_setup, sg_tmpdir_teardown)
    const struct CMUnitTest tests[] = {
        IN_FOLDER(an_empty_file_gives_the_defaults_of_the_design),
        IN_FOLDER(every_value_of_the_file_is_taken),
        IN_FOLDER(an_empty_map_expects_no_export),
        IN_FOLDER(a_reference_for_all_dimensions_is_that_of_each),
        IN_FOLDER(the_digest_changes_with_every_value_that_can_change_an_output),
        IN_FOLDER(the_digest_stays_with_comments_order_forms_paths_and_deadlines),
        IN_FOLDER(long_texts_count_whole),
        IN_FOLDER(the_file_that_init_writes_holds_the_defaults),
        IN_FOLDER(the_comments_of_that_file_tell_the_defaults_too),
        IN_FOLDER(want_of_memory_is_a_status_like_any_other),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
