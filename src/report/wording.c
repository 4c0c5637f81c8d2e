/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wording.h"

#include <math.h>
#include <string.h>

#include "gen/text_catalog.h"

enum { MAX_PATH_TEXT = 128 };

/* ---- texts: "[key]" on a line, the text below it until a blank line; lines are joined by a blank; '#' begins a comment ---- */

/* The file of a key and, behind the slash, the key in it. */
static const sg_embedded *find_file(const char *key, const char **out_key)
{
    const char *slash = strchr(key, '/');
    char path[MAX_PATH_TEXT] = "reports/text/";
    size_t length = strlen(path), page = slash ? (size_t)(slash - key) : 0;

    if (!slash || length + page + sizeof ".txt" > sizeof path)
        return NULL;
    memcpy(path + length, key, page);
    memcpy(path + length + page, ".txt", sizeof ".txt");
    *out_key = slash + 1;
    return sg_embedded_find(path);
}

static size_t line_length(const char *line)
{
    return strcspn(line, "\n");
}

static const char *next_line(const char *line)
{
    line += line_length(line);
    return *line ? line + 1 : line;
}

static bool is_heading_of(const char *line, const char *key)
{
    size_t n = strlen(key);

    return line[0] == '[' && !strncmp(line + 1, key, n) && line[n + 1] == ']' && line_length(line) == n + 2;
}

static bool find_text(const char *key, sg_str *out)
{
    const char *name = "";
    const sg_embedded *file = find_file(key, &name);
    const char *line = file ? file->bytes : "";

    while (*line && !is_heading_of(line, name))
        line = next_line(line);
    if (!*line)
        return false;
    for (line = next_line(line); *line && *line != '\n' && *line != '['; line = next_line(line)) {
        if (out->length)
            sg_str_add_char(out, ' ');
        sg_str_add_n(out, line, line_length(line));
    }
    return out->length > 0;
}

/* ---- filling ---- */

static void note_problem(sg_document *doc, const char *key, const char *what, const char *name, size_t length)
{
    if (!doc->problem[0]) {
        sg_err err = {0};

        (void)sg_fail(&err, SG_FAILED, "text '%s' %s '%.*s'", key, what, (int)length,
                      name); /* the message is what is wanted */
        memcpy(doc->problem, err.message, sizeof doc->problem);
    }
    doc->failed = true;
}

static const sg_value *find_value(const sg_value *values, const char *name, size_t length)
{
    for (; values->name; values++)
        if (strlen(values->name) == length && !memcmp(values->name, name, length))
            return values;
    return NULL;
}

static void add_literal(sg_document *doc, sg_spans *out, const char *text, size_t length)
{
    const char *copy = length ? sg_arena_strndup(doc->arena, text, length) : NULL;

    doc->failed = doc->failed || (length && !copy);
    if (copy)
        sg_spans_text(doc, out, copy);
}

/* "{{name}}" at text: adds its value and returns what follows. */
static const char *fill_name(sg_document *doc, sg_spans *out, const char *key, const char *text,
                             const sg_value *values)
{
    const char *name = text + 2, *end = strstr(name, "}}");
    const sg_value *value = end ? find_value(values, name, (size_t)(end - name)) : NULL;

    if (!value) {
        note_problem(doc, key, "has no value for", name, end ? (size_t)(end - name) : strlen(name));
        return "";
    }
    sg_spans_add(doc, out, (sg_span){.text = value->text, .result = value->result});
    return end + 2;
}

static void fill_text(sg_document *doc, sg_spans *out, const char *key, const char *text,
                      const sg_value *values)
{
    while (*text) {
        const char *open = strstr(text, "{{");
        size_t length = open ? (size_t)(open - text) : strlen(text);

        add_literal(doc, out, text, length);
        text = open ? fill_name(doc, out, key, open, values) : text + length;
    }
}

void sg_say(sg_document *doc, sg_spans *out, const char *key, const sg_value *values)
{
    sg_str text = {0};

    if (doc->failed)
        return;
    if (!find_text(key, &text))
        note_problem(doc, key, "is not in", "reports/text", strlen("reports/text"));
    else if (text.failed)
        doc->failed = true;
    else
        fill_text(doc, out, key, text.text, values);
    sg_str_release(&text);
}

const char *sg_say_plain(sg_document *doc, const char *key, const sg_value *values)
{
    sg_spans spans = {0};
    sg_str text = {0};

    sg_say(doc, &spans, key, values);
    for (size_t i = 0; i < spans.n; i++)
        sg_str_add(&text, spans.items[i].text);
    return sg_document_keep(doc, &text);
}

/* ---- states ---- */

sg_says sg_says_of(const sg_estimate *difference)
{
    static const sg_says judged[SG_N_JUDGEMENTS] = {[SG_JUDGED_NONE] = SG_SAYS_UNCLEAR,
                                                    [SG_JUDGED_HIGHER] = SG_SAYS_HIGHER,
                                                    [SG_JUDGED_LOWER] = SG_SAYS_LOWER,
                                                    [SG_JUDGED_WITHIN] = SG_SAYS_UNCLEAR,
                                                    [SG_JUDGED_UNCLEAR] = SG_SAYS_UNCLEAR};

    if (!difference)
        return SG_SAYS_ABSENT;
    if (difference->status == SG_ESTIMATE_SUPPRESSED)
        return SG_SAYS_HIDDEN;
    if (!isfinite(difference->estimate))
        return SG_SAYS_NOTHING;
    return difference->status == SG_ESTIMATE_OK ? judged[difference->judgement] : SG_SAYS_SMALL;
}

sg_verdict sg_verdict_of(const sg_estimate *gap)
{
    static const sg_verdict judged[SG_N_JUDGEMENTS] = {[SG_JUDGED_NONE] = SG_VERDICT_NOT_ENOUGH,
                                                       [SG_JUDGED_HIGHER] = SG_VERDICT_GAP,
                                                       [SG_JUDGED_LOWER] = SG_VERDICT_GAP,
                                                       [SG_JUDGED_WITHIN] = SG_VERDICT_NO_LARGE,
                                                       [SG_JUDGED_UNCLEAR] = SG_VERDICT_NOT_ENOUGH};

    if (!gap)
        return SG_VERDICT_ABSENT;
    if (gap->status == SG_ESTIMATE_SUPPRESSED)
        return SG_VERDICT_HIDDEN;
    if (!isfinite(gap->estimate))
        return SG_VERDICT_NOTHING;
    return gap->status == SG_ESTIMATE_OK ? judged[gap->judgement] : SG_VERDICT_NOT_ENOUGH;
}
