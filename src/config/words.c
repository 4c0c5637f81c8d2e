/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config/words.h"

#include <string.h>

enum { LONGEST_WORD = 48, LONGEST_LIST = 300 };

static const char *text_at(const void *set, size_t index)
{
    const char *const *texts = set;
    return texts[index];
}

static const char *code_at(const void *set, size_t index)
{
    const sg_code_list *list = set;
    return index < list->n ? list->codes[index].code : NULL;
}

static const char *field_at(const void *set, size_t index)
{
    const sg_kind_fields *fields = set;
    return index < fields->n ? fields->fields[index].name : NULL;
}

static const char *level_at(const void *set, size_t index)
{
    const sg_dimension *dimension = set;
    return index < dimension->n_levels ? dimension->levels[index].name : NULL;
}

sg_words sg_words_of(const char *const *texts)
{
    return (sg_words){texts, text_at};
}

sg_words sg_words_of_codes(const sg_code_list *list)
{
    return (sg_words){list, code_at};
}

sg_words sg_words_of_fields(const sg_kind_fields *fields)
{
    return (sg_words){fields, field_at};
}

sg_words sg_words_of_levels(const sg_dimension *dimension)
{
    return (sg_words){dimension, level_at};
}

int sg_words_find(sg_words words, const char *text)
{
    const char *word;
    for (size_t i = 0; (word = words.at(words.set, i)) != NULL; i++) {
        if (strcmp(word, text) == 0)
            return (int)i;
    }
    return -1;
}

static char lower(char c)
{
    return (char)(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
}

static size_t least(size_t a, size_t b, size_t c)
{
    size_t smaller = a < b ? a : b;
    return smaller < c ? smaller : c;
}

/* Levenshtein's distance, a row at a time: row[j] is that of the beginning of a to the first j letters of b. */
static size_t distance(const char *a, size_t n_a, const char *b, size_t n_b)
{
    size_t row[LONGEST_WORD + 1];
    for (size_t j = 0; j <= n_b; j++)
        row[j] = j;
    for (size_t i = 0; i < n_a; i++) {
        size_t diagonal = row[0];
        row[0] = i + 1;
        for (size_t j = 0; j < n_b; j++) {
            size_t change = diagonal + (lower(a[i]) != lower(b[j]));
            diagonal = row[j + 1];
            row[j + 1] = least(change, row[j] + 1, diagonal + 1);
        }
    }
    return row[n_b];
}

const char *sg_words_nearest(sg_words words, const char *text)
{
    size_t n = strlen(text);
    size_t near = n / 3 < 3 ? n / 3 : 3; /* "sx" is not a misspelled "sex": it could be anything */
    const char *best = NULL, *word;
    if (n > LONGEST_WORD)
        return NULL;
    for (size_t i = 0; (word = words.at(words.set, i)) != NULL; i++) {
        size_t length = strlen(word);
        if (length > LONGEST_WORD)
            continue;
        size_t far = distance(text, n, word, length);
        if (far < near || (far == near && best == NULL)) {
            best = word;
            near = far;
        }
    }
    return best;
}

void sg_words_list(sg_words words, sg_str *out)
{
    const char *word;
    for (size_t i = 0; (word = words.at(words.set, i)) != NULL; i++)
        sg_str_printf(out, "%s%s", i > 0 ? ", " : "", *word != '\0' ? word : "\"\"");
}

void sg_words_advise(sg_words words, const char *text, sg_str *out)
{
    const char *nearest = sg_words_nearest(words, text);
    sg_str list = {0};
    if (nearest != NULL) {
        sg_str_printf(out, "; did you mean '%s'?", nearest);
        return;
    }
    sg_words_list(words, &list);
    if (!list.failed && list.length > 0 && list.length <= LONGEST_LIST)
        sg_str_printf(out, "; allowed: %s", sg_str_text(&list));
    sg_str_release(&list);
}
