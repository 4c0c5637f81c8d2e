/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "config/crosswalk_read.h"

/* One column a race: the export's texts for a mark and for none, the same for every race. */
typedef struct {
    const char *const *yes, *const *no;
    size_t n_yes, n_no;
} mark_texts;

static bool is_among(const char *const *texts, size_t n, const char *text)
{
    for (size_t i = 0; i < n; i++) {
        if (strcmp(texts[i], text) == 0)
            return true;
    }
    return false;
}

static sg_status read_marks(const sg_reader *reader, const sg_yaml_node *node, mark_texts *out)
{
    static const char *const usual_no[] = {"N", "0", "No", "n", "no", "FALSE", "false"};
    const sg_yaml_node *yes = sg_yaml_member(node, "yes"), *no = sg_yaml_member(node, "no");
    *out = (mark_texts){.no = usual_no, .n_no = sizeof usual_no / sizeof usual_no[0]};
    if (yes == NULL)
        return sg_reader_fail(
            reader, node, "'race' by columns needs the key 'yes': the texts that mark a race, like [\"Y\"]");
    sg_status status = sg_read_texts(reader, yes, "yes", &out->yes, &out->n_yes);
    if (status == SG_OK && out->n_yes == 0)
        status = sg_reader_fail(reader, yes, "'yes' is empty; no race could be marked");
    if (status == SG_OK && no != NULL)
        status = sg_read_texts(reader, no, "no", &out->no, &out->n_no);
    for (size_t i = 0; i < out->n_no && status == SG_OK && no != NULL; i++) {
        if (is_among(out->yes, out->n_yes, out->no[i]))
            status = sg_reader_fail(reader, no, "'%s' is both a yes and a no", out->no[i]);
    }
    return status;
}

/* A usual no that the file takes for a yes is a yes; PIRL's 9 (did not say) is missing, not no. */
static sg_status make_codes(const sg_reader *reader, const mark_texts *marks, sg_column_source *source)
{
    sg_code_pair *pairs = sg_arena_alloc(reader->arena, marks->n_yes + marks->n_no + 1, sizeof *pairs);
    size_t n = 0;
    if (pairs == NULL)
        return sg_no_memory(reader->err);
    for (size_t i = 0; i < marks->n_yes; i++)
        pairs[n++] = (sg_code_pair){marks->yes[i], "yes"};
    for (size_t i = 0; i < marks->n_no; i++) {
        if (!is_among(marks->yes, marks->n_yes, marks->no[i]))
            pairs[n++] = (sg_code_pair){marks->no[i], "no"};
    }
    if (!is_among(marks->yes, marks->n_yes, "9") && !is_among(marks->no, marks->n_no, "9"))
        pairs[n++] = (sg_code_pair){"9", "unknown"};
    source->codes = pairs;
    source->n_codes = n;
    return SG_OK;
}

static sg_status read_race_column(const sg_reader *reader, const sg_yaml_node *node,
                                  const sg_column_source *codes, sg_crosswalk *crosswalk)
{
    static const char *const races[] = {"american_indian",  "asian", "black",
                                        "pacific_islander", "white", NULL};
    static const int fields[] = {SG_ENROLLMENT_RACE_AMERICAN_INDIAN, SG_ENROLLMENT_RACE_ASIAN,
                                 SG_ENROLLMENT_RACE_BLACK, SG_ENROLLMENT_RACE_PACIFIC_ISLANDER,
                                 SG_ENROLLMENT_RACE_WHITE};
    int race = sg_words_find(sg_words_of(races), node->key);
    if (race < 0)
        return sg_reader_fail_key(reader, node, sg_words_of(races));
    sg_column_source *source = &crosswalk->fields[fields[race]];
    if (sg_source_is_given(source))
        return sg_reader_fail(reader, node, "'race_%s' is mapped already on line %d; leave one", node->key,
                              source->line);
    const char *column = NULL;
    sg_status status = sg_read_text(reader, node, node->key, &column);
    if (status != SG_OK)
        return status;
    *source = *codes;
    source->column = column;
    source->line = node->line;
    return SG_OK;
}

static sg_status read_race_columns(const sg_reader *reader, const sg_yaml_node *node, sg_crosswalk *crosswalk)
{
    static const char *const keys[] = {"columns", "yes", "no", NULL};
    const sg_yaml_node *columns = sg_yaml_member(node, "columns");
    sg_column_source codes = {0};
    mark_texts marks = {0};
    for (const sg_yaml_node *item = node->first; item != NULL; item = item->next) {
        if (sg_words_find(sg_words_of(keys), item->key) < 0)
            return sg_reader_fail_key(reader, item, sg_words_of(keys));
    }
    sg_status status = sg_read_type(reader, columns, "columns", SG_YAML_MAP);
    if (status == SG_OK && columns->n == 0)
        status = sg_reader_fail(reader, columns, "'race' by columns names none");
    if (status == SG_OK)
        status = read_marks(reader, node, &marks);
    if (status == SG_OK)
        status = make_codes(reader, &marks, &codes);
    for (const sg_yaml_node *item = columns->first; item != NULL && status == SG_OK; item = item->next)
        status = read_race_column(reader, item, &codes, crosswalk);
    return status;
}

/* ---- a list in one column ---- */

static sg_status check_race_targets(const sg_reader *reader, const sg_yaml_node *codes,
                                    const sg_column_source *source)
{
    static const char *const races[] = {"american_indian",  "asian", "black",   "hispanic",
                                        "pacific_islander", "white", "unknown", NULL};
    for (size_t i = 0; i < source->n_codes; i++)
        if (*source->codes[i].to != '\0' && sg_words_find(sg_words_of(races), source->codes[i].to) < 0)
            return sg_reader_fail(reader, codes,
                                  "'%s' is no race; allowed: american_indian, asian, black, hispanic, "
                                  "pacific_islander, white, unknown",
                                  source->codes[i].to);
    return SG_OK;
}

/* {list: H, separator: ",", codes: {A1: asian}}: one column that names several races */
static sg_status read_race_list(const sg_reader *reader, const sg_yaml_node *node, sg_crosswalk *crosswalk)
{
    static const char *const keys[] = {"list", "separator", "codes", NULL};
    const sg_yaml_node *list = sg_yaml_member(node, "list"), *separator = sg_yaml_member(node, "separator"),
                       *codes = sg_yaml_member(node, "codes");
    const char *text = ",";
    for (const sg_yaml_node *item = node->first; item != NULL; item = item->next) {
        if (sg_words_find(sg_words_of(keys), item->key) < 0)
            return sg_reader_fail_key(reader, item, sg_words_of(keys));
    }
    sg_status status = sg_read_text(reader, list, "list", &crosswalk->race_list.column);
    if (status == SG_OK && separator != NULL)
        status = sg_read_text(reader, separator, "separator", &text);
    if (status == SG_OK && (strlen(text) != 1 || strchr(",;|/ +", *text) == NULL))
        status = sg_reader_fail(reader, separator, "'separator' is one of , ; | / + or a blank, in quotes");
    if (status == SG_OK && codes == NULL)
        status = sg_reader_fail(reader, node, "'race' by a list needs the key 'codes': {code: race}");
    if (status == SG_OK)
        status = sg_crosswalk_read_codes(reader, codes, NULL, &crosswalk->race_list);
    if (status == SG_OK)
        status = check_race_targets(reader, codes, &crosswalk->race_list);
    crosswalk->race_separator = *text;
    crosswalk->race_list.line = node->line;
    return status;
}

sg_status sg_crosswalk_read_race(const sg_reader *reader, const sg_yaml_node *node, sg_crosswalk *crosswalk)
{
    return sg_yaml_member(node, "list") != NULL ? read_race_list(reader, node, crosswalk)
                                                : read_race_columns(reader, node, crosswalk);
}
