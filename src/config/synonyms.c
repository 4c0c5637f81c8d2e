/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "gen/text_catalog.h"
#include "skillgain/config.h"

static const char file_name[] = "crosswalks/synonyms.txt";

/* ---- folding ---- */

static bool is_small(char c)
{
    return c >= 'a' && c <= 'z';
}

static bool is_capital(char c)
{
    return c >= 'A' && c <= 'Z';
}

static bool is_of_word(char c)
{
    return is_small(c) || is_capital(c) || (c >= '0' && c <= '9') || (unsigned char)c >= 0x80;
}

/* Does a word begin at text[i] though no sign stands before it? studentID: before I; IETProgram: before P. */
static bool begins_word(const char *text, size_t i, size_t length)
{
    if (i == 0 || !is_capital(text[i]))
        return false;
    return is_small(text[i - 1]) || (is_capital(text[i - 1]) && i + 1 < length && is_small(text[i + 1]));
}

void sg_synonym_fold(sg_str *out, const char *text, size_t length)
{
    bool parted = false; /* from the last word; nothing is put before the first */
    bool any = false;
    for (size_t i = 0; i < length; i++) {
        if (!is_of_word(text[i])) {
            parted = true;
            continue;
        }
        if (any && (parted || begins_word(text, i, length)))
            sg_str_add_char(out, ' ');
        sg_str_add_char(out, (char)(is_capital(text[i]) ? text[i] - 'A' + 'a' : text[i]));
        parted = false;
        any = true;
    }
}

/* ---- the file ---- */

typedef struct {
    sg_arena *arena;
    sg_synonym *all;
    size_t n;
    const char *group, *target; /* of the line; NULL: none yet */
    int place;
} synonym_reading;

static const char *fold_word(sg_arena *arena, const char *text, size_t length)
{
    sg_str folded = {0};
    sg_synonym_fold(&folded, text, length);
    const char *word = folded.failed ? NULL : sg_arena_strdup(arena, sg_str_text(&folded));
    sg_str_release(&folded);
    return word;
}

/* "a; b; c" */
static bool take_words(synonym_reading *reading, const char *text, const char *end)
{
    while (text < end) {
        const char *stop = memchr(text, ';', (size_t)(end - text));
        size_t length = (size_t)((stop != NULL ? stop : end) - text);
        const char *word = fold_word(reading->arena, text, length);
        if (word == NULL)
            return false;
        if (*word != '\0')
            reading->all[reading->n++] = (sg_synonym){reading->group, reading->target, word,
                                                      reading->place++};
        text += length + 1;
    }
    return true;
}

/* A line that is no comment: "[group]", "target: words" or, behind blanks, more words. *out_bad: none of these. */
static bool take_line(synonym_reading *reading, const char *line, const char *end, bool *out_bad)
{
    const char *colon = memchr(line, ':', (size_t)(end - line));
    if (*line == '[' && end[-1] == ']') {
        reading->group = sg_arena_strndup(reading->arena, line + 1, (size_t)(end - line) - 2);
        reading->target = NULL;
        return reading->group != NULL;
    }
    if (*line == ' ') {
        *out_bad = reading->target == NULL;
        return *out_bad || take_words(reading, line, end);
    }
    *out_bad = colon == NULL || reading->group == NULL;
    if (*out_bad)
        return true;
    reading->target = sg_arena_strndup(reading->arena, line, (size_t)(colon - line));
    reading->place = 0;
    return reading->target != NULL && take_words(reading, colon + 1, end);
}

static sg_status read_lines(synonym_reading *reading, const char *text, const char *end, sg_err *err)
{
    for (int line = 1; text < end; line++) {
        const char *stop = memchr(text, '\n', (size_t)(end - text));
        bool bad = false;
        if (stop == NULL)
            stop = end;
        if (stop > text && *text != '#' && !take_line(reading, text, stop, &bad))
            return sg_no_memory(err);
        if (bad)
            return sg_fail(err, SG_FAILED, "'%s' line %d is no part of a list of synonyms", file_name, line);
        text = stop + 1;
    }
    return SG_OK;
}

/* Words are at most as many as the signs that part them, and a line's first. */
static size_t most_words(const char *text, size_t length)
{
    size_t n = 1;
    for (size_t i = 0; i < length; i++)
        n += text[i] == ';' || text[i] == '\n';
    return n;
}

sg_status sg_synonyms_load(sg_arena *arena, sg_synonyms *out, sg_err *err)
{
    const sg_embedded *file = sg_embedded_find(file_name);
    synonym_reading reading = {.arena = arena};
    if (file == NULL)
        return sg_fail(err, SG_FAILED, "the program was built without '%s'", file_name);
    reading.all = sg_arena_alloc(arena, most_words(file->bytes, file->length), sizeof *reading.all);
    if (reading.all == NULL)
        return sg_no_memory(err);
    sg_status status = read_lines(&reading, file->bytes, file->bytes + file->length, err);
    if (status == SG_OK)
        *out = (sg_synonyms){reading.all, reading.n};
    return status;
}

const sg_synonym *sg_synonyms_find(const sg_synonyms *synonyms, const char *group, const char *word)
{
    for (size_t i = 0; i < synonyms->n; i++)
        if (strcmp(synonyms->all[i].group, group) == 0 && strcmp(synonyms->all[i].word, word) == 0)
            return &synonyms->all[i];
    return NULL;
}

bool sg_synonym_stands_in(const char *header, const char *words)
{
    size_t length = strlen(words);
    for (const char *at = strstr(header, words); at != NULL; at = strstr(at + 1, words))
        if ((at == header || at[-1] == ' ') && (at[length] == '\0' || at[length] == ' '))
            return true;
    return false;
}

const sg_synonym *sg_synonyms_never(const sg_synonyms *synonyms, const char *header)
{
    enum { TELLING = 5 }; /* letters: a shorter word within a name may mean anything, but for this one */
    for (size_t i = 0; i < synonyms->n; i++) {
        const sg_synonym *s = &synonyms->all[i];
        if (strcmp(s->group, "never") != 0)
            continue;
        bool telling = strlen(s->word) >= TELLING || strcmp(s->word, "ssn") == 0;
        if (strcmp(s->word, header) == 0 || (telling && sg_synonym_stands_in(header, s->word)))
            return s;
    }
    return NULL;
}
