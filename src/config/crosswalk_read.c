/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config/crosswalk_read.h"

#include <string.h>

enum { MOST_PATTERNS = 8 };

typedef sg_status (*key_rule)(const sg_reader *reader, const sg_yaml_node *node, sg_crosswalk *crosswalk);

static sg_status read_name(const sg_reader *reader, const sg_yaml_node *node, sg_crosswalk *crosswalk)
{
    sg_status status = sg_read_type(reader, node, "name", SG_YAML_TEXT);
    if (status != SG_OK)
        return status;
    if (!sg_is_name(node->text, true))
        return sg_reader_fail(reader, node,
                              "'name' has lower-case letters, digits, '-' and '_', at most 64 of them");
    crosswalk->name = node->text;
    return SG_OK;
}

static sg_status read_kind(const sg_reader *reader, const sg_yaml_node *node, sg_crosswalk *crosswalk)
{
#define KIND_TEXT(name, text) text,
    static const char *const kinds[] = {SG_KIND_LIST(KIND_TEXT) NULL};
    int found = 0;
    sg_status status = sg_read_word(reader, node, "kind", sg_words_of(kinds), &found);
    if (status == SG_OK)
        crosswalk->kind = (sg_kind)found;
    return status;
}

static sg_status read_delivery(const sg_reader *reader, const sg_yaml_node *node, sg_crosswalk *crosswalk)
{
    static const char *const words[] = {"full", "delta", NULL};
    int found = 0;
    sg_status status = sg_read_word(reader, node, "delivery", sg_words_of(words), &found);
    if (status == SG_OK)
        crosswalk->delivery = (sg_delivery)found;
    return status;
}

static sg_status read_learner_scope(const sg_reader *reader, const sg_yaml_node *node,
                                    sg_crosswalk *crosswalk)
{
    static const char *const words[] = {"state", "college", NULL};
    int found = 0;
    sg_status status = sg_read_word(reader, node, "learner_scope", sg_words_of(words), &found);
    if (status == SG_OK)
        crosswalk->learners_by_college = found == 1;
    return status;
}

static sg_status read_learner_case(const sg_reader *reader, const sg_yaml_node *node, sg_crosswalk *crosswalk)
{
    static const char *const words[] = {"keep", "upper", "lower", NULL};
    int found = 0;
    sg_status status = sg_read_word(reader, node, "learner_case", sg_words_of(words), &found);
    if (status == SG_OK)
        crosswalk->id_case = (sg_id_case)found;
    return status;
}

static sg_status read_gains(const sg_reader *reader, const sg_yaml_node *node, sg_crosswalk *crosswalk)
{
    static const char *const words[] = {"all", "latest", NULL};
    int found = 0;
    if (crosswalk->kind != SG_KIND_GAIN)
        return sg_reader_fail(reader, node, "'gains' belongs to crosswalks of kind gain; leave it out");
    sg_status status = sg_read_word(reader, node, "gains", sg_words_of(words), &found);
    if (status == SG_OK)
        crosswalk->latest_gains = found == 1;
    crosswalk->gains_said = true;
    return status;
}

static sg_status read_encoding(const sg_reader *reader, const sg_yaml_node *node, sg_crosswalk *crosswalk)
{
    static const char *const words[] = {"auto", "utf-8", "utf-16", "windows-1252", NULL};
    int found = 0;
    sg_status status = sg_read_word(reader, node, "encoding", sg_words_of(words), &found);
    if (status == SG_OK)
        crosswalk->encoding = (sg_encoding)found;
    return status;
}

static sg_status read_delimiter(const sg_reader *reader, const sg_yaml_node *node, sg_crosswalk *crosswalk)
{
    static const char *const words[] = {"auto", ",", "\t", ";", "|", NULL};
    sg_status status = sg_read_type(reader, node, "delimiter", SG_YAML_TEXT);
    if (status != SG_OK)
        return status;
    int found = sg_words_find(sg_words_of(words), node->text);
    if (found < 0)
        return sg_reader_fail(
            reader, node,
            "'delimiter' cannot be '%s'; allowed: auto, \",\", \"\\t\", \";\", \"|\" (in double quotes)",
            node->text);
    if (found > 0)
        crosswalk->delimiter = *words[found]; /* auto is the NUL that it has */
    return SG_OK;
}

static sg_status read_scope(const sg_reader *reader, const sg_yaml_node *node, sg_crosswalk *crosswalk)
{
    static const char *const columns[] = {"program_year", "college",
                                          NULL}; /* in the order of sg_scope_column's bits */
    if (node->type == SG_YAML_LIST && node->n == 0) {
        crosswalk->scope = 0;
        return SG_OK;
    }
    return sg_read_word_bits(reader, node, "scope", sg_words_of(columns), &crosswalk->scope);
}

/* %Y, %m and %d, each once, and no other sign with '%'. */
static bool is_pattern(const char *pattern)
{
    static const char letters[] = "Ymd";
    int seen[3] = {0};
    for (const char *at = strchr(pattern, '%'); at != NULL; at = strchr(at + 1, '%')) {
        const char *letter = at[1] != '\0' ? strchr(letters, at[1]) : NULL;
        if (letter == NULL)
            return false;
        seen[letter - letters]++;
    }
    return seen[0] == 1 && seen[1] == 1 && seen[2] == 1;
}

static sg_status fail_pattern(const sg_reader *reader, const sg_yaml_node *node, const char *what)
{
    return sg_reader_fail(reader, node,
                          "'%s' is a pattern with %%Y, %%m and %%d once each, like \"%%m/%%d/%%Y\"", what);
}

/* With month and day taken for the same, do both look alike? Then a date such as 01/02/2024 would fit both. */
static bool is_ambiguous(const char *a, const char *b)
{
    while (*a != '\0' && *b != '\0') {
        bool swapped = a[0] == '%' && b[0] == '%' && a[1] != 'Y' && b[1] != 'Y';
        if (!swapped && (a[0] != b[0] || (a[0] == '%' && a[1] != b[1])))
            return false;
        size_t n = a[0] == '%' ? 2 : 1;
        a += n;
        b += n;
    }
    return *a == *b;
}

/* A pattern, or "excel": a serial day has five digits, which fit no pattern. */
static sg_status check_date(const sg_reader *reader, const sg_yaml_node *node, const char *const *dates,
                            size_t i)
{
    if (strcmp(dates[i], SG_DATES_EXCEL) == 0)
        return SG_OK;
    if (!is_pattern(dates[i]))
        return fail_pattern(reader, node, "dates");
    for (size_t j = 0; j < i; j++) {
        if (is_ambiguous(dates[i], dates[j]))
            return sg_reader_fail(reader, node,
                                  "'dates': a date could fit both \"%s\" and \"%s\"; name one of them",
                                  dates[j], dates[i]);
    }
    return SG_OK;
}

sg_status sg_crosswalk_read_dates(const sg_reader *reader, const sg_yaml_node *node, const char *const **out,
                                  size_t *out_n)
{
    const char *const *dates = NULL;
    size_t n = 0;
    sg_status status = sg_read_texts(reader, node, "dates", &dates, &n);
    if (status != SG_OK)
        return status;
    if (n == 0 || n > MOST_PATTERNS)
        return sg_reader_fail(reader, node, "'dates' names 1 to %d patterns", (int)MOST_PATTERNS);
    for (size_t i = 0; i < n && status == SG_OK; i++)
        status = check_date(reader, node, dates, i);
    if (status != SG_OK)
        return status;
    *out = dates;
    *out_n = n;
    return SG_OK;
}

static sg_status read_dates(const sg_reader *reader, const sg_yaml_node *node, sg_crosswalk *crosswalk)
{
    return sg_crosswalk_read_dates(reader, node, &crosswalk->dates, &crosswalk->n_dates);
}

static sg_status read_cutoff_map(const sg_reader *reader, const sg_yaml_node *node, sg_crosswalk *crosswalk)
{
    static const char *const rules[] = {"filename", "column", NULL};
    const sg_yaml_node *item = node->first;
    if (node->n != 1)
        return sg_reader_fail(reader, node, "'cutoff' has one key: {filename: PATTERN} or {column: NAME}");
    int rule = sg_words_find(sg_words_of(rules), item->key);
    if (rule < 0)
        return sg_reader_fail_key(reader, item, sg_words_of(rules));
    sg_status status = sg_read_text(reader, item, item->key, &crosswalk->cutoff_text);
    if (status != SG_OK)
        return status;
    if (rule == 0 && !is_pattern(crosswalk->cutoff_text))
        return fail_pattern(reader, item, "cutoff.filename");
    crosswalk->cutoff = rule == 0 ? SG_CUTOFF_FILENAME : SG_CUTOFF_COLUMN;
    return SG_OK;
}

static sg_status read_cutoff(const sg_reader *reader, const sg_yaml_node *node, sg_crosswalk *crosswalk)
{
    if (node->type == SG_YAML_MAP)
        return read_cutoff_map(reader, node, crosswalk);
    if (node->type != SG_YAML_TEXT || strcmp(node->text, "last_date") != 0)
        return sg_reader_fail(reader, node,
                              "'cutoff' is one of: last_date, {filename: PATTERN}, {column: NAME}");
    crosswalk->cutoff = SG_CUTOFF_LAST_DATE;
    return SG_OK;
}

static sg_status read_also(const sg_reader *reader, const sg_yaml_node *node, sg_crosswalk *crosswalk)
{
    sg_status status = sg_read_texts(reader, node, "also", &crosswalk->also, &crosswalk->n_also);
    if (status == SG_OK && (crosswalk->n_also == 0 || crosswalk->n_also >= SG_N_KINDS))
        status = sg_reader_fail(reader, node, "'also' names 1 to %d crosswalks, each of another kind",
                                (int)SG_N_KINDS - 1);
    return status;
}

/* In the order in which they are read, whatever the file's: kind and dates before the columns that they are needed for. */
static const struct {
    const char *key;
    key_rule read;
    bool required;
} keys[] = {
    {"name", read_name, true},
    {"kind", read_kind, true},
    {"delivery", read_delivery, false},
    {"scope", read_scope, false},
    {"cutoff", read_cutoff, false},
    {"learner_scope", read_learner_scope, false},
    {"learner_case", read_learner_case, false},
    {"gains", read_gains, false},
    {"encoding", read_encoding, false},
    {"delimiter", read_delimiter, false},
    {"dates", read_dates, false},
    {"columns", sg_crosswalk_read_columns, true},
    {"dimensions", sg_crosswalk_read_dimensions, false},
    {"numbers", sg_crosswalk_read_numbers, false},
    {"also", read_also, false},
    {"records", sg_crosswalk_read_records, false},
};
enum { N_KEYS = sizeof keys / sizeof keys[0] };

static const char *key_at(const void *set, size_t index)
{
    (void)set;
    return index < N_KEYS ? keys[index].key : NULL;
}

static const char *scope_fields[] = {"program_year", "college"};

static bool is_mapped(const sg_crosswalk *crosswalk, const char *field)
{
    int at = sg_field_find(crosswalk->kind, field);
    bool by_all = crosswalk->n_records > 0;
    for (size_t i = 0; i < crosswalk->n_records && at >= 0; i++)
        by_all = by_all && sg_source_is_given(&crosswalk->records[i].fields[at]);
    return at >= 0 && (by_all || sg_source_is_given(&crosswalk->fields[at]));
}

/* The default scope is what the export can tell; a scope by a column that is not mapped could never be formed. */
static sg_status check_scope(const sg_reader *reader, const sg_yaml_node *node, const sg_yaml_node *root,
                             sg_crosswalk *crosswalk)
{
    const sg_yaml_node *by_college = sg_yaml_member(root, "learner_scope");
    for (unsigned i = 0; i < 2; i++) {
        bool mapped = is_mapped(crosswalk, scope_fields[i]);
        if (node == NULL && mapped)
            crosswalk->scope |= 1U << i;
        if (node != NULL && (crosswalk->scope >> i & 1U) != 0 && !mapped)
            return sg_reader_fail(reader, node, "'scope' names '%s', which 'columns' does not map",
                                  scope_fields[i]);
    }
    if (crosswalk->learners_by_college && !is_mapped(crosswalk, "college"))
        return sg_reader_fail(reader, by_college, "'learner_scope: college' needs 'college' among 'columns'");
    return SG_OK;
}

static sg_status check_keys(const sg_reader *reader, const sg_yaml_node *root)
{
    const sg_words words = {NULL, key_at};
    sg_status status = sg_read_type(reader, root, "the crosswalk", SG_YAML_MAP);
    if (status != SG_OK)
        return status;
    for (const sg_yaml_node *node = root->first; node != NULL; node = node->next) {
        if (sg_words_find(words, node->key) < 0)
            return sg_reader_fail_key(reader, node, words);
    }
    for (size_t i = 0; i < N_KEYS; i++) {
        if (keys[i].required && sg_yaml_member(root, keys[i].key) == NULL)
            return sg_reader_fail(reader, root, "a crosswalk needs the key '%s'", keys[i].key);
    }
    return SG_OK;
}

sg_status sg_crosswalk_read(const sg_reader *reader, const sg_yaml_node *root, sg_crosswalk *crosswalk)
{
    static const char *const iso[] = {"%Y-%m-%d"};
    crosswalk->dates = iso;
    crosswalk->n_dates = 1;
    sg_status status = check_keys(reader, root);
    for (size_t i = 0; i < N_KEYS && status == SG_OK; i++) {
        const sg_yaml_node *node = sg_yaml_member(root, keys[i].key);
        if (node != NULL)
            status = keys[i].read(reader, node, crosswalk);
    }
    if (status == SG_OK)
        status = sg_crosswalk_check_required(reader, sg_yaml_member(root, "columns"), crosswalk);
    return status == SG_OK ? check_scope(reader, sg_yaml_member(root, "scope"), root, crosswalk) : status;
}
