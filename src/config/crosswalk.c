/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>

#include "config/crosswalk_read.h"
#include "gen/text_catalog.h"

static const char suffix[] = ".yaml";
static const char shipped_folder[] = "crosswalks/"; /* in the source tree, and so in the catalogue */

static bool ends_with(const char *text, const char *end)
{
    size_t length = strlen(text), n = strlen(end);
    return length >= n && strcmp(text + length - n, end) == 0;
}

static int compare_names(const void *a, const void *b)
{
    const sg_crosswalk *left = a, *right = b;
    return strcmp(left->name, right->name);
}

static const sg_crosswalk *find_name(const sg_crosswalk *list, size_t n, const char *name)
{
    for (size_t i = 0; i < n; i++) {
        if (strcmp(list[i].name, name) == 0)
            return &list[i];
    }
    return NULL;
}

static sg_status read_text(sg_arena *arena, const char *file, const char *text, size_t length,
                           sg_crosswalk *out, sg_err *err)
{
    const sg_reader reader = {arena, file, err};
    const sg_yaml_node *root = NULL;
    sg_crosswalk crosswalk = {.file = file};
    sg_status status = sg_yaml_parse(arena, file, text, length, &root, err);
    if (status == SG_OK)
        status = sg_crosswalk_read(&reader, root, &crosswalk);
    if (status != SG_OK)
        return status;
    sg_sha256_of(text, length, crosswalk.sha256);
    *out = crosswalk;
    return SG_OK;
}

static sg_status read_file(sg_arena *arena, const char *path, sg_crosswalk *out, sg_err *err)
{
    char *text = NULL;
    size_t length = 0;
    const char *file = sg_arena_strdup(arena, path);
    if (file == NULL)
        return sg_no_memory(err);
    sg_status status = sg_file_read(arena, file, SG_YAML_BYTES, &text, &length, err);
    return status == SG_OK ? read_text(arena, file, text, length, out, err) : status;
}

/* NULL: out of memory. */
static sg_crosswalks *new_list(size_t most)
{
    sg_arena *arena = sg_arena_new();
    sg_crosswalks *list = arena != NULL ? sg_arena_alloc(arena, 1, sizeof *list) : NULL;
    sg_crosswalk *all = list != NULL ? sg_arena_alloc(arena, most, sizeof *all) : NULL;
    if (all == NULL) {
        sg_arena_free(arena);
        return NULL;
    }
    *list = (sg_crosswalks){.arena = arena, .all = all};
    return list;
}

static sg_status add_own(sg_crosswalks *list, const char *folder, char *const *names, size_t n_names,
                         sg_err *err)
{
    for (size_t i = 0; i < n_names; i++) {
        sg_crosswalk *next = &list->all[list->n];
        if (!ends_with(names[i], suffix))
            continue;
        const char *path = sg_path_join(list->arena, folder, names[i]);
        if (path == NULL)
            return sg_no_memory(err);
        sg_status status = read_file(list->arena, path, next, err);
        if (status != SG_OK)
            return status;
        const sg_crosswalk *same = find_name(list->all, list->n, next->name);
        if (same != NULL)
            return sg_fail(err, SG_USAGE, "'%s' and '%s' are both named '%s'; give one another 'name'",
                           same->file, next->file, next->name);
        list->n++;
    }
    return SG_OK;
}

static sg_status add_shipped(sg_crosswalks *list, sg_err *err)
{
    size_t n_own = list->n;
    for (size_t i = 0; i < SG_N_EMBEDDED; i++) {
        const sg_embedded *text = &sg_embedded_files[i];
        sg_crosswalk *next = &list->all[list->n];
        if (!sg_text_starts(text->path, shipped_folder) || !ends_with(text->path, suffix))
            continue;
        const char *file = sg_arena_printf(list->arena, "shipped/%s", sg_path_base(text->path));
        if (file == NULL)
            return sg_no_memory(err);
        sg_status status = read_text(list->arena, file, text->bytes, text->length, next, err);
        if (status != SG_OK)
            return status;
        if (find_name(list->all, n_own, next->name) == NULL)
            list->n++;
    }
    return SG_OK;
}

/* Each crosswalk named by `also` is there, and of a kind of its own. */
static sg_status check_also(const sg_crosswalks *list, const sg_crosswalk *crosswalk, sg_err *err)
{
    unsigned kinds = 1U << crosswalk->kind;
    for (size_t i = 0; i < crosswalk->n_also; i++) {
        const sg_crosswalk *other = find_name(list->all, list->n, crosswalk->also[i]);
        if (other == NULL)
            return sg_fail(err, SG_USAGE, "'%s': 'also' names '%s', and there is no such crosswalk",
                           crosswalk->file, crosswalk->also[i]);
        if ((kinds >> other->kind & 1U) != 0)
            return sg_fail(
                err, SG_USAGE,
                "'%s': 'also' names '%s', which would read a file a second time for %s; name one of "
                "another kind",
                crosswalk->file, other->name, sg_kind_text(other->kind));
        kinds |= 1U << other->kind;
    }
    return SG_OK;
}

static sg_status load_folder(const char *folder, sg_arena *scratch, sg_crosswalks **out, sg_err *err)
{
    char **names = NULL;
    size_t n_names = 0;
    sg_status status = SG_OK;
    if (sg_path_exists(folder))
        status = sg_folder_list(scratch, folder, &names, &n_names, err);
    if (status != SG_OK)
        return status;
    sg_crosswalks *list SG_CLEANUP(sg_crosswalks_cleanup) = new_list(n_names + SG_N_EMBEDDED + 1);
    if (list == NULL)
        return sg_no_memory(err);
    status = add_own(list, folder, names, n_names, err);
    if (status == SG_OK)
        status = add_shipped(list, err);
    for (size_t i = 0; i < list->n && status == SG_OK; i++)
        status = check_also(list, &list->all[i], err);
    if (status != SG_OK)
        return status;
    qsort(list->all, list->n, sizeof *list->all, compare_names);
    *out = list;
    list = NULL;
    return SG_OK;
}

sg_status sg_crosswalks_load(const char *folder, sg_crosswalks **out, sg_err *err)
{
    sg_arena *scratch SG_CLEANUP(sg_arena_cleanup) = sg_arena_new();
    return scratch != NULL ? load_folder(folder, scratch, out, err) : sg_no_memory(err);
}

sg_status sg_crosswalks_load_file(const char *path, sg_crosswalks **out, sg_err *err)
{
    sg_crosswalks *list SG_CLEANUP(sg_crosswalks_cleanup) = new_list(1);
    if (list == NULL)
        return sg_no_memory(err);
    sg_status status = read_file(list->arena, path, &list->all[0], err);
    if (status != SG_OK)
        return status;
    list->n = 1;
    *out = list;
    list = NULL;
    return SG_OK;
}

void sg_crosswalks_free(sg_crosswalks *crosswalks)
{
    if (crosswalks != NULL)
        sg_arena_free(crosswalks->arena); /* the list itself is in it */
}
