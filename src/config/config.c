/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "skillgain/config.h"

#include <stdlib.h>
#include <string.h>

#include "config/setting.h"
#include "gen/text_catalog.h"
#include "skillgain/config/instruments.h"

static const char file_name[] = "skillgain.yaml";

static sg_status read_file(sg_config *config, const sg_reader *reader)
{
    const sg_yaml_node *root = NULL;
    char *text = NULL;
    size_t length = 0;
    const char *path = sg_path_join(config->arena, config->folder, file_name);
    if (path == NULL)
        return sg_no_memory(reader->err);
    if (!sg_path_exists(path))
        return sg_fail(
            reader->err, SG_USAGE,
            "'%s' is no workspace: it has no '%s'; name one by -C, or make one with 'skillgain init'",
            config->folder, file_name);
    sg_status status = sg_file_read(config->arena, path, SG_YAML_BYTES, &text, &length, reader->err);
    if (status == SG_OK)
        status = sg_yaml_parse(config->arena, file_name, text, length, &root, reader->err);
    if (status == SG_OK)
        status = sg_settings_apply(reader, root, config);
    return status == SG_OK ? sg_settings_check(reader, root, config) : status;
}

/* NULL: out of memory. */
static sg_config *new_config(const char *folder)
{
    sg_arena *arena = sg_arena_new();
    sg_config *config = arena != NULL ? sg_arena_alloc(arena, 1, sizeof *config) : NULL;
    if (config != NULL) {
        config->arena = arena;
        config->folder = sg_arena_strdup(arena, folder);
        config->key = sg_path_join(arena, folder, "key");
        if (config->folder != NULL && config->key != NULL)
            return config;
    }
    sg_arena_free(arena);
    return NULL;
}

static sg_status fill_config(sg_config *config, sg_err *err)
{
    const sg_reader reader = {config->arena, file_name, err};
    sg_status status = sg_settings_defaults(&reader, config);
    if (status == SG_OK)
        status = read_file(config, &reader);
    return status == SG_OK ? sg_instruments_load(config->arena, config->crosswalks, &config->instruments,
                                                 &config->instruments_digest, err)
                           : status;
}

sg_status sg_config_load(const char *folder, sg_config **out, sg_err *err)
{
    sg_config *config SG_CLEANUP(sg_config_cleanup) = new_config(folder);
    if (config == NULL)
        return sg_no_memory(err);
    sg_status status = fill_config(config, err);
    if (status != SG_OK)
        return status;
    *out = config;
    config = NULL;
    return SG_OK;
}

void sg_config_free(sg_config *config)
{
    if (config != NULL)
        sg_arena_free(config->arena); /* the configuration itself is in it */
}

static int own_value(const sg_config *config, sg_yearly_rule rule)
{
    if (rule == SG_YEARLY_PARTICIPANT_HOURS)
        return config->cohort.participant_hours;
    return rule == SG_YEARLY_EXIT_GAP_DAYS ? config->cohort.exit_gap_days : 0;
}

bool sg_config_is_own(const sg_config *config, sg_yearly_rule rule)
{
    return own_value(config, rule) > 0;
}

int sg_config_yearly(const sg_config *config, sg_yearly_rule rule, int program_year)
{
    return sg_yearly_number(config->rules, own_value(config, rule), rule, program_year);
}

int sg_config_yearly_on(const sg_config *config, sg_yearly_rule rule, sg_day day)
{
    int own = own_value(config, rule);
    return own > 0 ? own : (int)sg_yearly_value_on(config->rules, rule, day);
}

const char *sg_config_reference(const sg_config *config, const char *dimension)
{
    const char *general = "all_others";
    for (size_t i = 0; i < config->analysis.n_references; i++) {
        const sg_reference_choice *choice = &config->analysis.references[i];
        if (strcmp(choice->dimension, dimension) == 0)
            return choice->reference;
        if (*choice->dimension == '\0')
            general = choice->reference;
    }
    return general;
}

static int compare_code(const void *key, const void *element)
{
    const sg_college_name *college = element;
    return strcmp(key, college->code);
}

const char *sg_config_college_name(const sg_config *config, const char *code)
{
    if (config->n_colleges == 0)
        return code;
    const sg_college_name *found = bsearch(code, config->colleges, config->n_colleges,
                                           sizeof *config->colleges, compare_code);
    return found != NULL ? found->name : code;
}

void sg_config_digest(const sg_config *config, char out[SG_SHA256_TEXT])
{
    sg_settings_digest(config, out);
}

const char *sg_config_template(void)
{
    const sg_embedded *text = sg_embedded_find("reports/workspace/skillgain.yaml");
    return text->bytes; /* part of the program: the tests see that it is there */
}
