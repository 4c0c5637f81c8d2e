/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config/reader.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum { NAME_LONGEST = 64 };

sg_status sg_reader_fail(const sg_reader *reader, const sg_yaml_node *node, const char *format, ...)
{
    char message[SG_ERR_MESSAGE];
    va_list args;
    va_start(args, format);
    int length = vsnprintf(message, sizeof message, format, args);
    va_end(args);
    return sg_fail(reader->err, SG_USAGE, "'%s' line %d: %s", reader->file, node->line,
                   length >= 0 ? message : "not accepted");
}

sg_status sg_reader_fail_key(const sg_reader *reader, const sg_yaml_node *node, sg_words words)
{
    sg_str advice = {0};
    sg_words_advise(words, node->key, &advice);
    sg_status status = sg_reader_fail(reader, node, "unknown key '%s'%s", node->key, sg_str_text(&advice));
    sg_str_release(&advice);
    return status;
}

static sg_status fail_word(const sg_reader *reader, const sg_yaml_node *node, const char *what,
                           sg_words words)
{
    sg_str advice = {0};
    sg_words_advise(words, node->text, &advice);
    sg_status status = sg_reader_fail(reader, node, "'%s' cannot be '%s'%s", what, node->text,
                                      sg_str_text(&advice));
    sg_str_release(&advice);
    return status;
}

sg_status sg_read_type(const sg_reader *reader, const sg_yaml_node *node, const char *what, sg_yaml_type type)
{
    static const char *const shapes[] = {[SG_YAML_TEXT] = "a single value",
                                         [SG_YAML_LIST] = "a list: [a, b]",
                                         [SG_YAML_MAP] = "a map: {key: value}"};
    if (node->type == type && !sg_yaml_is_empty(node))
        return SG_OK;
    if (sg_yaml_is_empty(node))
        return sg_reader_fail(reader, node, "'%s' has no value; give it %s, or leave the key out", what,
                              shapes[type]);
    return sg_reader_fail(reader, node, "'%s' must be %s", what, shapes[type]);
}

sg_status sg_read_text(const sg_reader *reader, const sg_yaml_node *node, const char *what, const char **out)
{
    sg_status status = sg_read_type(reader, node, what, SG_YAML_TEXT);
    if (status != SG_OK)
        return status;
    size_t length;
    const char *trimmed = sg_text_trim(node->text, strlen(node->text), &length);
    if (length == 0)
        return sg_reader_fail(reader, node, "'%s' is empty", what);
    if (length > SG_TEXT_LONGEST)
        return sg_reader_fail(reader, node, "'%s' has more than %d bytes", what, SG_TEXT_LONGEST);
    const char *text = sg_arena_strndup(reader->arena, trimmed, length);
    if (text == NULL)
        return sg_no_memory(reader->err);
    *out = text;
    return SG_OK;
}

sg_status sg_read_word(const sg_reader *reader, const sg_yaml_node *node, const char *what, sg_words words,
                       int *out)
{
    sg_status status = sg_read_type(reader, node, what, SG_YAML_TEXT);
    if (status != SG_OK)
        return status;
    int found = sg_words_find(words, node->text);
    if (found < 0)
        return fail_word(reader, node, what, words);
    *out = found;
    return SG_OK;
}

sg_status sg_read_bool(const sg_reader *reader, const sg_yaml_node *node, const char *what, bool *out)
{
    static const char *const words[] = {"no", "yes", "false", "true", NULL};
    int found = 0;
    sg_status status = sg_read_word(reader, node, what, sg_words_of(words), &found);
    if (status == SG_OK)
        *out = found % 2 != 0;
    return status;
}

sg_status sg_read_int(const sg_reader *reader, const sg_yaml_node *node, const char *what, int64_t low,
                      int64_t high, int64_t *out)
{
    sg_status status = sg_read_type(reader, node, what, SG_YAML_TEXT);
    if (status != SG_OK)
        return status;
    if (!sg_parse_int(node->text, strlen(node->text), low, high, out))
        return sg_reader_fail(reader, node, "'%s' must be a whole number from %lld to %lld", what,
                              (long long)low, (long long)high);
    return SG_OK;
}

sg_status sg_read_word_bits(const sg_reader *reader, const sg_yaml_node *node, const char *what,
                            sg_words words, unsigned *out)
{
    unsigned bits = 0;
    sg_status status = sg_read_type(reader, node, what, SG_YAML_LIST);
    if (status != SG_OK)
        return status;
    if (node->n == 0)
        return sg_reader_fail(reader, node, "'%s' is empty; name at least one", what);
    for (const sg_yaml_node *item = node->first; item != NULL; item = item->next) {
        int found = 0;
        status = sg_read_word(reader, item, what, words, &found);
        if (status != SG_OK)
            return status;
        if ((bits >> found & 1U) != 0)
            return sg_reader_fail(reader, item, "'%s' names '%s' twice", what, item->text);
        bits |= 1U << found;
    }
    *out = bits;
    return SG_OK;
}

sg_status sg_read_texts(const sg_reader *reader, const sg_yaml_node *node, const char *what,
                        const char *const **out, size_t *out_n)
{
    sg_status status = sg_read_type(reader, node, what, SG_YAML_LIST);
    if (status != SG_OK)
        return status;
    const char **texts = sg_arena_alloc(reader->arena, node->n + 1, sizeof *texts);
    size_t n = 0;
    if (texts == NULL)
        return sg_no_memory(reader->err);
    for (const sg_yaml_node *item = node->first; item != NULL; item = item->next, n++) {
        status = sg_read_text(reader, item, what, &texts[n]);
        if (status != SG_OK)
            return status;
        for (size_t i = 0; i < n; i++) {
            if (strcmp(texts[i], texts[n]) == 0)
                return sg_reader_fail(reader, item, "'%s' names '%s' twice", what, texts[n]);
        }
    }
    *out = texts;
    *out_n = n;
    return SG_OK;
}

bool sg_is_name(const char *text, bool dash)
{
    size_t length = strspn(text, dash ? "abcdefghijklmnopqrstuvwxyz0123456789_-"
                                      : "abcdefghijklmnopqrstuvwxyz0123456789_");
    return length > 0 && length <= NAME_LONGEST && text[length] == '\0';
}
