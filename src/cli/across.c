/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "across.h"

#include "findings.h"

enum { EXAMPLES = 5 };

/* The first places of each rule that spoke. */
typedef struct {
    const sg_across_file *files;
    sg_across_count *counts;
    size_t n;
    struct {
        size_t file;
        int64_t line;
    } (*places)[EXAMPLES];
    int64_t *n_places;
} summary;

static sg_status take_finding(void *context, const sg_across_finding *finding, sg_err *err)
{
    summary *s = context;
    size_t at = 0;

    (void)err;
    while (at < s->n && s->counts[at].rule != finding->rule)
        at++;
    if (at < s->n && s->n_places[at] < EXAMPLES) {
        s->places[at][s->n_places[at]].file = finding->file;
        s->places[at][s->n_places[at]++].line = finding->line;
    }
    return SG_OK;
}

static sg_status summarise(sg_across *across, sg_arena *arena, summary *out, sg_err *err)
{
    sg_status status = sg_across_counts(across, arena, &out->counts, &out->n, err);

    if (status != SG_OK)
        return status;
    out->places = sg_arena_alloc(arena, out->n + 1, sizeof *out->places);
    out->n_places = sg_arena_alloc(arena, out->n + 1, sizeof *out->n_places);
    if (!out->places || !out->n_places)
        return sg_no_memory(err);
    return sg_across_findings(across, take_finding, out, err);
}

static void say_place(sg_str *out, const sg_across_file *file, int64_t line)
{
    if (file->batch)
        sg_str_printf(out, "batch %lld ", (long long)file->batch);
    sg_str_printf(out, "%s:%lld", file->name, (long long)line);
}

static void say_rule(sg_str *out, const summary *s, size_t at)
{
    const sg_rule *rule = s->counts[at].rule;

    sg_str_printf(out, "    %s  ", rule->id);
    sg_str_add_count(out, s->counts[at].n);
    sg_str_printf(out, ": %s\n          %s\n          ", rule->text, rule->fix);
    for (int64_t i = 0; i < s->n_places[at]; i++) {
        sg_str_add(out, i ? ", " : "");
        say_place(out, &s->files[s->places[at][i].file], s->places[at][i].line);
    }
    sg_str_add(out, s->counts[at].n > s->n_places[at] ? ", ...\n" : "\n");
}

static void add_json_rule(sg_json *rules, const summary *s, size_t at)
{
    sg_json *object = sg_json_object();
    sg_json *places = sg_json_array();
    const sg_rule *rule = s->counts[at].rule;

    for (int64_t i = 0; i < s->n_places[at]; i++) {
        const sg_across_file *file = &s->files[s->places[at][i].file];
        sg_json *place = sg_json_object();

        if (file->batch)
            sg_json_set_int(place, "batch", file->batch);
        sg_json_set_text(place, "file", file->name);
        sg_json_set_int(place, "line", s->places[at][i].line);
        sg_json_append(places, place);
    }
    sg_json_set_text(object, "rule", rule->id);
    sg_json_set_text(object, "severity", sg_severity_text(rule->severity));
    sg_json_set_text(object, "effect", sg_effect_text(rule->effect));
    sg_json_set_text(object, "kind", sg_kind_text(s->counts[at].kind));
    sg_json_set_int(object, "n", s->counts[at].n);
    sg_json_set(object, "first_places", places);
    sg_json_set_text(object, "text", rule->text);
    sg_json_set_text(object, "fix", rule->fix);
    sg_json_append(rules, object);
}

sg_status sg_say_across(sg_across *across, const sg_across_file *files, const char *lack, sg_str *out,
                        sg_json *json, sg_err *err)
{
    SG_CLEANUP(sg_arena_cleanup) sg_arena *arena = sg_arena_new();
    summary s = {.files = files};
    sg_json *rules;
    sg_status status = arena ? summarise(across, arena, &s, err) : sg_no_memory(err);

    if (status != SG_OK)
        return status;
    if (!json) {
        sg_str_add(out, "across rows and files:\n");
        if (lack)
            sg_str_printf(out, "  %s\n", lack);
        else if (s.n == 0)
            sg_str_add(out, "  nothing found\n");
        if (s.n)
            sg_str_add(out, "  rows kept, worth a look:\n");
        for (size_t i = 0; i < s.n; i++)
            say_rule(out, &s, i);
        return SG_OK;
    }
    rules = sg_json_array();
    for (size_t i = 0; i < s.n; i++)
        add_json_rule(rules, &s, i);
    sg_json_set(json, "across", rules);
    if (lack)
        sg_json_set_text(json, "across_lack", lack);
    return SG_OK;
}

typedef struct {
    const sg_across_file *files;
    sg_str *out;
} listing;

static sg_status list_finding(void *context, const sg_across_finding *finding, sg_err *err)
{
    const listing *l = context;
    const sg_across_file *file = &l->files[finding->file];
    const sg_listed_finding listed = {.batch = file->batch,
                                      .file_name = file->name,
                                      .line = finding->line,
                                      .rule = finding->rule->id,
                                      .field = finding->field,
                                      .column = ""};

    (void)err;
    sg_findings_csv_row(l->out, &listed);
    return SG_OK;
}

sg_status sg_list_across(sg_across *across, const sg_across_file *files, sg_str *out, sg_err *err)
{
    listing l = {files, out};

    return sg_across_findings(across, list_finding, &l, err);
}
