/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config/setting.h"

#include <string.h>

#define AT(member) .offset = offsetof(sg_config, member)
#define LIST_AT(member, number) .offset = offsetof(sg_config, member), .offset_n = offsetof(sg_config, number)
#define FIXED .type = SG_SETTING_FIXED

enum { KIB = 1024, MIB = 1024 * 1024 };

const sg_setting sg_settings[] = {
    {"agency.name", "Adult education system", SG_SETTING_TEXT, AT(agency), .low = 1},
    {"agency.contact", "\"\"", SG_SETTING_TEXT, AT(contact)},
    {"agency.logo", "\"\"", FIXED},
    {"colleges", "{}", SG_SETTING_COLLEGES, LIST_AT(colleges, n_colleges)},
    {"store", "skillgain.db", SG_SETTING_PATH, AT(store), .silent = true},
    {"inbox", "inbox", SG_SETTING_PATH, AT(inbox), .silent = true},
    {"output", "output", SG_SETTING_PATH, AT(output), .silent = true},
    {"crosswalks", "crosswalks", SG_SETTING_PATH, AT(crosswalks), .silent = true},
    {"expect", "{enrollment: 36h, gain: 36h}", SG_SETTING_EXPECT, AT(expect_seconds), .silent = true},
    {"cohort.participant_hours", "by_year", SG_SETTING_YEARLY, AT(cohort.participant_hours), .low = 1,
     .high = 1000},
    {"cohort.exit_gap_days", "by_year", SG_SETTING_YEARLY, AT(cohort.exit_gap_days), .low = 1, .high = 366},
    {"cohort.iet", "[confirmed, supported, claimed]", SG_SETTING_GRADES, AT(cohort.iet)},
    {"cohort.terms", "[]", SG_SETTING_DAYS, LIST_AT(cohort.terms, cohort.n_terms)},
    {"cohort.entry_days", "21", SG_SETTING_INT, AT(cohort.entry_days), .low = 0, .high = 180},
    {"cohort.landmark_days", "30", SG_SETTING_INT, AT(cohort.landmark_days), .low = 0, .high = 366},
    {"cohort.follow_up_days", "180", SG_SETTING_INT, AT(cohort.follow_up_days), .low = 1, .high = 1096},
    {"cohort.gain_grace_days", "0", SG_SETTING_INT, AT(cohort.gain_grace_days), .low = 0, .high = 366},
    {"cohort.placement_by_tests", "no", SG_SETTING_BOOL, AT(cohort.placement_by_tests)},
    {"analysis.outcomes", "[msg_common, msg, credential, time_to_gain]", SG_SETTING_OUTCOMES,
     LIST_AT(analysis.outcomes, analysis.n_outcomes)},
    {"analysis.common_types", "[efl_test, efl_hse_subtest, diploma]", SG_SETTING_GAIN_TYPES,
     AT(analysis.common_types)},
    {"analysis.dimensions",
     "[race_ethnicity, sex, age_band, english_learner, entering_level, prior_education, employment_status, "
     "disability,"
     " low_income, justice_involved, refugee, internationally_trained, single_parent]",
     SG_SETTING_DIMENSIONS, LIST_AT(analysis.dimensions, analysis.n_dimensions)},
    {"analysis.intersections", "[[race_ethnicity, sex]]", FIXED},
    {"analysis.covariates",
     "[program_year, entry_quarter, entering_level, english_learner, age_band, sex, race_ethnicity, "
     "prior_education,"
     " employment_status, disability, low_income, single_parent, justice_involved, prior_participation]",
     FIXED},
    {"analysis.baseline",
     "[entering_level, pre_test_score, prior_education, english_learner, age_band, employment_status,"
     " prior_participation]",
     FIXED},
    {"analysis.estimand", "att", FIXED},
    {"analysis.cluster", "college", FIXED},
    {"analysis.reference", "all_others", SG_SETTING_REFERENCES,
     LIST_AT(analysis.references, analysis.n_references)},
    {"analysis.equivalence_margin", "0.05", SG_SETTING_FRACTION, AT(analysis.equivalence_margin), .low = 0,
     .high = 1, .open = true},
    {"analysis.indices", "off", FIXED},
    {"analysis.confidence", "0.95", SG_SETTING_FRACTION, AT(analysis.confidence), .low = 0.5, .high = 1,
     .open = true},
    {"analysis.gate", "withhold", FIXED},
    {"analysis.seed", "20240701", FIXED},
    {"analysis.bootstrap", "1999", FIXED},
    {"targets", "{}", FIXED},
    {"disclosure.minimum_cell", "10", SG_SETTING_COUNT, AT(disclosure.minimum_cell), .low = 3, .high = 1000},
    {"disclosure.minimum_outcome", "3", SG_SETTING_COUNT, AT(disclosure.minimum_outcome), .low = 3,
     .high = 1000},
    {"disclosure.minimum_interval", "5", SG_SETTING_COUNT, AT(disclosure.minimum_interval), .low = 3,
     .high = 1000},
    {"disclosure.profile", "standard", FIXED},
    {"disclosure.known", "[]", FIXED},
    {"quality.max_quarantined", "0.02", SG_SETTING_FRACTION, AT(max_quarantined), .low = 0, .high = 1},
    {"quality.keep_rows", "no", SG_SETTING_BOOL, AT(quality.keep_rows), .silent = true},
    {"quality.volume_ratio", "2", SG_SETTING_FRACTION, AT(quality.volume_ratio), .low = 1, .high = 1000,
     .open = true, .silent = true},
    {"quality.missing_rise", "0.05", SG_SETTING_FRACTION, AT(quality.missing_rise), .low = 0, .high = 1,
     .silent = true},
    {"quality.mix_index", "0.25", SG_SETTING_FRACTION, AT(quality.mix_index), .low = 0, .high = 100,
     .open = true, .silent = true},
    {"quality.least_rows", "100", SG_SETTING_COUNT, AT(quality.least_rows), .low = 1, .high = 10000000,
     .silent = true},
    {"quality.stale_days", "60", SG_SETTING_INT, AT(quality.stale_days), .low = 1, .high = 3660,
     .silent = true},
    {"intake.archive", "yes", SG_SETTING_BOOL, AT(archive), .silent = true},
    {"retention.drafts", "90d", FIXED},
    {"limits.memory", "1GiB", FIXED},
    {"limits.field", "64KiB", SG_SETTING_SIZE, AT(limits.field_bytes), .low = KIB, .high = 16 * MIB},
    {"limits.record", "1MiB", SG_SETTING_SIZE, AT(limits.record_bytes), .low = KIB, .high = 64 * MIB},
    {"limits.columns", "2000", SG_SETTING_COUNT, AT(limits.columns), .low = 1, .high = 100000},
    {.key = NULL},
};

static const char *const sections[] = {"agency", "cohort", "analysis",  "disclosure", "quality",
                                       "intake", "limits", "retention", NULL};

/* The key behind "section.", or of the file's own level ("" = no section); NULL: the setting is elsewhere. */
static const char *key_within(const sg_setting *setting, const char *section)
{
    size_t length = strlen(section);
    if (length == 0)
        return strchr(setting->key, '.') == NULL ? setting->key : NULL;
    bool within = strncmp(setting->key, section, length) == 0 && setting->key[length] == '.';
    return within ? setting->key + length + 1 : NULL;
}

const char *sg_config_unset_agency(void)
{
    return sg_settings[0].initial; /* agency.name */
}

static const sg_setting *find_setting(const char *section, const char *key)
{
    for (const sg_setting *setting = sg_settings; setting->key != NULL; setting++) {
        const char *own = key_within(setting, section);
        if (own != NULL && strcmp(own, key) == 0)
            return setting;
    }
    return NULL;
}

/* As sg_words: the keys of a section, and on the file's own level the sections behind them. */
static const char *key_at(const void *section, size_t index)
{
    const char *name = section;
    for (const sg_setting *setting = sg_settings; setting->key != NULL; setting++) {
        const char *own = key_within(setting, name);
        if (own != NULL && index-- == 0)
            return own;
    }
    return *name == '\0' ? sections[index] : NULL;
}

static sg_words keys_of(const char *section)
{
    return (sg_words){section, key_at};
}

/* A key that stands at the wrong place: "landmark_days" under analysis. NULL: there is no such key anywhere. */
static const char *find_elsewhere(const char *key)
{
    for (const sg_setting *setting = sg_settings; setting->key != NULL; setting++) {
        const char *dot = strchr(setting->key, '.');
        if (strcmp(dot != NULL ? dot + 1 : setting->key, key) == 0)
            return setting->key;
    }
    return NULL;
}

static sg_status fail_key(const sg_reader *reader, const char *section, const sg_yaml_node *node)
{
    const char *elsewhere = find_elsewhere(node->key);
    if (elsewhere != NULL)
        return sg_reader_fail(reader, node, "unknown key '%s' here; its place is '%s'", node->key, elsewhere);
    return sg_reader_fail_key(reader, node, keys_of(section));
}

static sg_status read_fixed(const sg_reader *reader, const sg_setting *setting, const sg_yaml_node *node)
{
    const sg_yaml_node *initial = NULL;
    sg_status status = sg_yaml_parse(reader->arena, setting->key, setting->initial, strlen(setting->initial),
                                     &initial, reader->err);
    if (status != SG_OK || sg_yaml_equal(node, initial))
        return status;
    return sg_reader_fail(reader, node, "'%s' is not supported by this version; leave it out", setting->key);
}

static sg_status apply_setting(const sg_reader *reader, const sg_setting *setting, const sg_yaml_node *node,
                               sg_config *config)
{
    if (setting->type == SG_SETTING_FIXED)
        return read_fixed(reader, setting, node);
    return sg_setting_read(reader, setting, node, config);
}

/* A section whose keys are all left out (or comments) is as good as none. */
static sg_status apply_section(const sg_reader *reader, const sg_yaml_node *section, sg_config *config)
{
    if (sg_yaml_is_empty(section))
        return SG_OK;
    sg_status status = sg_read_type(reader, section, section->key, SG_YAML_MAP);
    for (const sg_yaml_node *node = section->first; node != NULL && status == SG_OK; node = node->next) {
        const sg_setting *setting = find_setting(section->key, node->key);
        status = setting != NULL ? apply_setting(reader, setting, node, config)
                                 : fail_key(reader, section->key, node);
    }
    return status;
}

sg_status sg_settings_apply(const sg_reader *reader, const sg_yaml_node *root, sg_config *config)
{
    sg_status status = sg_read_type(reader, root, "the file", SG_YAML_MAP);
    for (const sg_yaml_node *node = root->first; node != NULL && status == SG_OK; node = node->next) {
        const sg_setting *setting = find_setting("", node->key);
        if (setting != NULL)
            status = apply_setting(reader, setting, node, config);
        else if (sg_words_find(sg_words_of(sections), node->key) >= 0)
            status = apply_section(reader, node, config);
        else
            status = fail_key(reader, "", node);
    }
    return status;
}

sg_status sg_settings_defaults(const sg_reader *reader, sg_config *config)
{
    for (const sg_setting *setting = sg_settings; setting->key != NULL; setting++) {
        const sg_yaml_node *node = NULL;
        if (setting->type == SG_SETTING_FIXED)
            continue;
        sg_status status = sg_yaml_parse(reader->arena, setting->key, setting->initial,
                                         strlen(setting->initial), &node, reader->err);
        if (status == SG_OK)
            status = sg_setting_read(reader, setting, node, config);
        if (status != SG_OK)
            return status;
    }
    return SG_OK;
}
