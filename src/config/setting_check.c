/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "config/setting.h"

/* Where the file says it, else the file's beginning. */
static const sg_yaml_node *place_of(const sg_yaml_node *root, const char *section, const char *key)
{
    const sg_yaml_node *at = sg_yaml_member(root, section);
    const sg_yaml_node *node = at != NULL ? sg_yaml_member(at, key) : NULL;
    return node != NULL ? node : root;
}

static bool is_compared(const sg_config *config, const char *dimension)
{
    for (size_t i = 0; i < config->analysis.n_dimensions; i++) {
        if (strcmp(config->analysis.dimensions[i], dimension) == 0)
            return true;
    }
    return false;
}

/* A level as the general reference must be one of every dimension; those that a crosswalk makes are not known here. */
static sg_status check_general(const sg_reader *reader, const sg_yaml_node *node, const sg_config *config,
                               const char *reference)
{
    static const char *const choices[] = {"all_others", "overall", "highest", "largest", NULL};
    double rate;
    if (sg_words_find(sg_words_of(choices), reference) >= 0 ||
        sg_parse_double(reference, strlen(reference), &rate))
        return SG_OK;
    for (size_t i = 0; i < config->analysis.n_dimensions; i++) {
        const sg_dimension *dimension = sg_dimension_find(config->analysis.dimensions[i]);
        if (dimension != NULL && sg_words_find(sg_words_of_levels(dimension), reference) < 0)
            return sg_reader_fail(
                reader, node,
                "'analysis.reference' cannot be '%s' for every dimension: '%s' has no such level; allowed:"
                " all_others, overall, highest, largest, a rate from 0 to 1, or a map like {%s: LEVEL}",
                reference, dimension->name, dimension->name);
    }
    return SG_OK;
}

static sg_status check_references(const sg_reader *reader, const sg_yaml_node *root, const sg_config *config)
{
    const sg_yaml_node *node = place_of(root, "analysis", "reference");
    for (size_t i = 0; i < config->analysis.n_references; i++) {
        const sg_reference_choice *choice = &config->analysis.references[i];
        if (*choice->dimension == '\0')
            return check_general(reader, node, config, choice->reference);
        if (is_compared(config, choice->dimension))
            continue;
        const sg_yaml_node *item = sg_yaml_member(node, choice->dimension);
        return sg_reader_fail(reader, item != NULL ? item : node,
                              "'analysis.reference' names '%s', which is not among 'analysis.dimensions'",
                              choice->dimension);
    }
    return SG_OK;
}

sg_status sg_settings_check(const sg_reader *reader, const sg_yaml_node *root, const sg_config *config)
{
    if (config->limits.field_bytes > config->limits.record_bytes)
        return sg_reader_fail(reader, place_of(root, "limits", "field"),
                              "'limits.field' is more than 'limits.record'; a field is part of a record");
    if (config->disclosure.minimum_outcome > config->disclosure.minimum_cell)
        return sg_reader_fail(reader, place_of(root, "disclosure", "minimum_outcome"),
                              "'disclosure.minimum_outcome' is more than 'disclosure.minimum_cell'");
    return check_references(reader, root, config);
}
