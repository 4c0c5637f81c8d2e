/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config/yaml.h"

#include <limits.h>
#include <string.h>

#include <yaml.h>

typedef struct {
    yaml_parser_t yaml;
    sg_arena *arena;
    const char *file;
    sg_err *err;
} parser;

static int line_of(const yaml_mark_t *mark)
{
    return mark->line < INT_MAX ? (int)mark->line + 1 : INT_MAX;
}

static sg_status fail_at(const parser *p, const yaml_mark_t *mark, const char *what)
{
    return sg_fail(p->err, SG_USAGE, "'%s' line %d: %s", p->file, line_of(mark), what);
}

/* libyaml speaks of "the" problem in lower case without a full stop, as we do. */
static sg_status fail_syntax(const parser *p)
{
    const yaml_parser_t *yaml = &p->yaml;
    const char *problem = yaml->problem != NULL ? yaml->problem : "it cannot be read";
    if (yaml->error == YAML_MEMORY_ERROR)
        return sg_no_memory(p->err);
    if (yaml->error == YAML_READER_ERROR)
        return sg_fail(p->err, SG_USAGE, "'%s' at byte %zu: not UTF-8 text (%s); save it as UTF-8", p->file,
                       yaml->problem_offset, problem);
    return sg_fail(p->err, SG_USAGE, "'%s' line %d: not valid YAML: %s", p->file,
                   line_of(&yaml->problem_mark), problem);
}

static sg_status next_event(parser *p, yaml_event_t *event)
{
    return yaml_parser_parse(&p->yaml, event) ? SG_OK : fail_syntax(p);
}

/* Control characters could forge lines of a log, and a NUL would cut a text short. */
static bool has_control(const unsigned char *text, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        if ((text[i] < 0x20 && text[i] != '\t') || text[i] == 0x7f)
            return true;
    }
    return false;
}

static sg_status take_scalar(parser *p, const yaml_event_t *event, sg_yaml_node *node)
{
    const unsigned char *text = event->data.scalar.value;
    size_t length = event->data.scalar.length;
    if (has_control(text, length))
        return fail_at(p, &event->start_mark, "a line break or control character inside a value");
    node->type = SG_YAML_TEXT;
    node->plain = event->data.scalar.style == YAML_PLAIN_SCALAR_STYLE;
    node->text = sg_arena_strndup(p->arena, (const char *)text, length);
    return node->text != NULL ? SG_OK : sg_no_memory(p->err);
}

static bool has_anchor_or_tag(const yaml_event_t *event)
{
    if (event->type == YAML_SCALAR_EVENT)
        return event->data.scalar.anchor != NULL || event->data.scalar.tag != NULL;
    if (event->type == YAML_SEQUENCE_START_EVENT)
        return event->data.sequence_start.anchor != NULL || event->data.sequence_start.tag != NULL;
    if (event->type == YAML_MAPPING_START_EVENT)
        return event->data.mapping_start.anchor != NULL || event->data.mapping_start.tag != NULL;
    return event->type == YAML_ALIAS_EVENT;
}

static sg_status build_node(parser *p, const yaml_event_t *event, int depth, sg_yaml_node **out);

static sg_status build_list(parser *p, int depth, sg_yaml_node *list)
{
    for (sg_yaml_node **last = &list->first;; last = &(*last)->next) {
        yaml_event_t event SG_CLEANUP(yaml_event_delete) = {0};
        sg_status status = next_event(p, &event);
        if (status != SG_OK || event.type == YAML_SEQUENCE_END_EVENT)
            return status;
        status = build_node(p, &event, depth, last);
        if (status != SG_OK)
            return status;
        list->n++;
    }
}

static sg_status take_key(parser *p, const yaml_event_t *event, const sg_yaml_node *map, sg_yaml_node *key)
{
    if (event->type != YAML_SCALAR_EVENT || has_anchor_or_tag(event))
        return fail_at(p, &event->start_mark, "a key that is not a plain text");
    sg_status status = take_scalar(p, event, key);
    if (status != SG_OK)
        return status;
    key->line = line_of(&event->start_mark);
    for (const sg_yaml_node *member = map->first; member != NULL; member = member->next) {
        if (strcmp(member->key, key->text) == 0)
            return sg_fail(p->err, SG_USAGE,
                           "'%s' line %d: key '%s' is there twice, first on line %d; leave one", p->file,
                           key->line, key->text, member->line);
    }
    return SG_OK;
}

static sg_status build_member(parser *p, int depth, const sg_yaml_node *key, sg_yaml_node **out)
{
    yaml_event_t event SG_CLEANUP(yaml_event_delete) = {0};
    sg_yaml_node *member = NULL;
    sg_status status = next_event(p, &event);
    if (status == SG_OK)
        status = build_node(p, &event, depth, &member);
    if (status != SG_OK)
        return status;
    member->key = key->text;
    member->line = key->line;
    *out = member;
    return SG_OK;
}

static sg_status build_map(parser *p, int depth, sg_yaml_node *map)
{
    for (sg_yaml_node **last = &map->first;; last = &(*last)->next) {
        yaml_event_t event SG_CLEANUP(yaml_event_delete) = {0};
        sg_yaml_node key = {0};
        sg_status status = next_event(p, &event);
        if (status != SG_OK || event.type == YAML_MAPPING_END_EVENT)
            return status;
        status = take_key(p, &event, map, &key);
        if (status == SG_OK)
            status = build_member(p, depth, &key, last);
        if (status != SG_OK)
            return status;
        map->n++;
    }
}

static sg_status build_node(parser *p, const yaml_event_t *event, int depth, sg_yaml_node **out)
{
    if (has_anchor_or_tag(event))
        return fail_at(
            p, &event->start_mark,
            "anchors (&), aliases (*) and tags (!) are not accepted; write the value out, in quotes where"
            " it begins with such a sign");
    if (depth > SG_YAML_DEPTH)
        return fail_at(p, &event->start_mark, "nested too deeply");
    sg_yaml_node *node = sg_arena_alloc(p->arena, 1, sizeof *node);
    if (node == NULL)
        return sg_no_memory(p->err);
    node->line = line_of(&event->start_mark);
    sg_status status;
    if (event->type == YAML_SCALAR_EVENT) {
        status = take_scalar(p, event, node);
    } else if (event->type == YAML_SEQUENCE_START_EVENT) {
        node->type = SG_YAML_LIST;
        status = build_list(p, depth + 1, node);
    } else {
        node->type = SG_YAML_MAP;
        status = build_map(p, depth + 1, node);
    }
    if (status == SG_OK)
        *out = node;
    return status;
}

static sg_status build_empty(parser *p, sg_yaml_node **out)
{
    sg_yaml_node *node = sg_arena_alloc(p->arena, 1, sizeof *node);
    if (node == NULL)
        return sg_no_memory(p->err);
    node->type = SG_YAML_MAP;
    node->line = 1;
    *out = node;
    return SG_OK;
}

/* A stream is: start, documents (start, node, end), end. */
static sg_status build_stream(parser *p, sg_yaml_node **out)
{
    sg_yaml_node *root = NULL;
    for (;;) {
        yaml_event_t event SG_CLEANUP(yaml_event_delete) = {0};
        sg_status status = next_event(p, &event);
        if (status != SG_OK)
            return status;
        if (event.type == YAML_STREAM_END_EVENT)
            break;
        if (event.type == YAML_STREAM_START_EVENT || event.type == YAML_DOCUMENT_END_EVENT)
            continue;
        if (event.type == YAML_DOCUMENT_START_EVENT && root != NULL)
            return fail_at(p, &event.start_mark, "a second document (---); keep one a file");
        if (event.type == YAML_DOCUMENT_START_EVENT)
            continue;
        status = build_node(p, &event, 1, &root);
        if (status != SG_OK)
            return status;
    }
    if (root == NULL || sg_yaml_is_empty(root))
        return build_empty(p, out);
    *out = root;
    return SG_OK;
}

sg_status sg_yaml_parse(sg_arena *arena, const char *file, const char *text, size_t length,
                        const sg_yaml_node **out, sg_err *err)
{
    parser p = {.arena = arena, .file = file, .err = err};
    sg_yaml_node *root = NULL;
    if (length > SG_YAML_BYTES)
        return sg_fail(err, SG_USAGE, "'%s' has more than %d bytes; a file of this kind has a few thousand",
                       file, SG_YAML_BYTES);
    if (!yaml_parser_initialize(&p.yaml))
        return sg_no_memory(err);
    yaml_parser_set_input_string(&p.yaml, (const unsigned char *)text, length);
    sg_status status = build_stream(&p, &root);
    yaml_parser_delete(&p.yaml);
    if (status == SG_OK)
        *out = root;
    return status;
}

const sg_yaml_node *sg_yaml_member(const sg_yaml_node *map, const char *key)
{
    if (map->type != SG_YAML_MAP)
        return NULL;
    for (const sg_yaml_node *member = map->first; member != NULL; member = member->next) {
        if (strcmp(member->key, key) == 0)
            return member;
    }
    return NULL;
}

bool sg_yaml_is_empty(const sg_yaml_node *node)
{
    return node->type == SG_YAML_TEXT && node->plain &&
           (*node->text == '\0' || strcmp(node->text, "~") == 0 || strcmp(node->text, "null") == 0);
}

bool sg_yaml_equal(const sg_yaml_node *a, const sg_yaml_node *b)
{
    if (a->type != b->type || a->n != b->n || !sg_text_equal(a->text, b->text))
        return false;
    const sg_yaml_node *left = a->first, *right = b->first;
    for (; left != NULL && right != NULL; left = left->next, right = right->next) {
        if (!sg_text_equal(left->key, right->key) || !sg_yaml_equal(left, right))
            return false;
    }
    return true;
}
