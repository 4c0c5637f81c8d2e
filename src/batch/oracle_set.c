/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "gen/text_catalog.h"
#include "oracle.h"
#include "skillgain/ingest/frame.h"

enum { MOST_BYTES = 64 * 1024 * 1024 };

/* A file of the set. */
static sg_status find_file(const sg_oracle_set *set, const char *name, const char **out_text,
                           size_t *out_length, sg_err *err)
{
    char *text = NULL;
    const char *path = set->folder == NULL ? sg_arena_printf(set->arena, "tests/oracles/%s", name)
                                           : sg_path_join(set->arena, set->folder, name);

    if (path == NULL)
        return sg_no_memory(err);
    if (set->folder != NULL) {
        const sg_status status = sg_file_read(set->arena, path, MOST_BYTES, &text, out_length, err);
        *out_text = text;
        return status;
    }
    const sg_embedded *file = sg_embedded_find(path);
    if (file == NULL)
        return sg_fail(err, SG_FAILED, "the set in the program has no file '%s'", name);
    *out_text = file->bytes;
    *out_length = file->length;
    return SG_OK;
}

static sg_status read_entries(sg_oracle_set *set, sg_err *err)
{
    const char *text = NULL;
    size_t length = 0;
    sg_status status = find_file(set, "expected.json", &text, &length, err);

    if (status == SG_OK)
        status = sg_json_read(text, length, &set->root, err);
    if (status != SG_OK)
        return sg_wrap(err, status, "reference values");
    set->entries = sg_json_get(set->root, "entries");
    if (sg_json_size(set->entries) == 0)
        return sg_fail(err, SG_FAILED, "'expected.json' has no 'entries'");
    return SG_OK;
}

sg_status sg_oracle_open(sg_arena *arena, const char *folder, sg_oracle_set *out, sg_err *err)
{
    *out = (sg_oracle_set){.arena = arena, .folder = folder};
    const sg_status status = read_entries(out, err);

    if (status != SG_OK)
        sg_oracle_close(out);
    return status;
}

void sg_oracle_close(sg_oracle_set *set)
{
    sg_json_free(set->root);
    sg_free_pointer(&set->data);
    *set = (sg_oracle_set){0};
}

/* ---- data sets ---- */

static const sg_frame *find_data(const sg_oracle_set *set, const char *name)
{
    for (size_t i = 0; i < set->n_data; i++) {
        if (strcmp(set->data[i].name, name) == 0)
            return &set->data[i].frame;
    }
    return NULL;
}

/* The lists of another entry, as columns: "inline (its id)". */
static sg_status read_inline_data(sg_oracle_set *set, const char *id, size_t length, sg_frame *out,
                                  sg_err *err)
{
    const sg_json *params = NULL;

    for (size_t i = 0; i < sg_json_size(set->entries) && params == NULL; i++) {
        const char *other = sg_json_get_text(sg_json_at(set->entries, i), "id");
        if (other != NULL && strlen(other) == length && memcmp(other, id, length) == 0)
            params = sg_json_get(sg_json_at(set->entries, i), "params");
    }
    *out = (sg_frame){.arena = set->arena};
    for (const char *key = sg_json_next_key(params, NULL); key != NULL; key = sg_json_next_key(params, key)) {
        const sg_json *list = sg_json_get(params, key);
        const size_t n = sg_json_size(list);
        double *numbers = sg_arena_alloc(set->arena, n + 1, sizeof *numbers);
        if (numbers == NULL)
            return sg_no_memory(err);
        if (out->n_columns > 0 && n != out->n_rows)
            return sg_fail(err, SG_FAILED, "the lists of entry '%.*s' differ in length", (int)length, id);
        out->n_rows = n;
        for (size_t i = 0; i < n; i++)
            numbers[i] = sg_json_real(sg_json_at(list, i));
        const sg_status status = sg_frame_put_numbers(out, key, numbers, err);
        if (status != SG_OK)
            return status;
    }
    return out->n_columns > 0 ? SG_OK : sg_fail(err, SG_FAILED, "no entry '%.*s'", (int)length, id);
}

static sg_status read_data(sg_oracle_set *set, const char *name, sg_frame *out, sg_err *err)
{
    static const char INLINE[] = "inline (";
    const char *text = NULL;
    size_t length = strlen(name);

    if (strncmp(name, INLINE, sizeof INLINE - 1) == 0 && name[length - 1] == ')')
        return read_inline_data(set, name + sizeof INLINE - 1, length - sizeof INLINE, out, err);
    if (strchr(name, '/') != NULL)
        return sg_fail(err, SG_FAILED, "data set '%s': a name without a folder is wanted", name);
    const char *path = sg_arena_printf(set->arena, "data/%s", name);
    if (path == NULL)
        return sg_no_memory(err);
    sg_status status = find_file(set, path, &text, &length, err);
    if (status == SG_OK)
        status = sg_frame_read(set->arena, text, length, out, err);
    return status == SG_OK ? SG_OK : sg_wrap(err, status, "data set '%s'", name);
}

sg_status sg_oracle_data_of(sg_oracle_set *set, const char *name, const sg_frame **out, sg_err *err)
{
    sg_frame frame = {0};

    *out = find_data(set, name);
    if (*out != NULL)
        return SG_OK;
    const sg_status status = read_data(set, name, &frame, err);
    if (status != SG_OK)
        return status;
    if (!sg_grow(&set->data, &set->capacity, set->n_data + 1, sizeof *set->data))
        return sg_no_memory(err);
    /* the name is the JSON's, which lives as long as the set */
    set->data[set->n_data] = (sg_oracle_data){.name = name, .frame = frame};
    *out = &set->data[set->n_data].frame;
    set->n_data++;
    return SG_OK;
}
