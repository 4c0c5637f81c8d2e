/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "output.h"

#include <stdlib.h>
#include <string.h>

#include "skillgain/report.h"

enum { MAX_SUMS_BYTES = 16 << 20, DIGITS = SG_SHA256_TEXT - 1, MAX_DEPTH = 4 };

static const char sums_name[] = "SHA256SUMS";

/* ---- writing ---- */

void sg_output_release(sg_output *output)
{
    free(output->entries);
    output->entries = NULL;
}

sg_status sg_output_add(sg_output *output, const char *name, const sg_str *text, sg_err *err)
{
    const char *path = sg_path_join(output->arena, output->folder, name);
    sg_output_entry *entry;
    sg_status status;

    if (text->failed || !path ||
        !sg_grow(&output->entries, &output->capacity, output->n + 1, sizeof *output->entries))
        return sg_no_memory(err);
    entry = &output->entries[output->n];
    entry->name = sg_arena_strdup(output->arena, name);
    if (!entry->name)
        return sg_no_memory(err);
    sg_sha256_of(sg_str_text(text), text->length, entry->sha256);
    status = sg_file_write(path, sg_str_text(text), text->length, output->mode, err);
    output->n += status == SG_OK;
    return status;
}

static int compare_names(const void *a, const void *b)
{
    const sg_output_entry *left = a, *right = b;

    return strcmp(left->name, right->name);
}

sg_status sg_output_finish(sg_output *output, sg_err *err)
{
    sg_str text = {0};
    sg_status status;

    if (output->n)
        qsort(output->entries, output->n, sizeof *output->entries, compare_names);
    for (size_t i = 0; i < output->n; i++)
        sg_str_printf(&text, "%s  %s\n", output->entries[i].sha256, output->entries[i].name);
    status = sg_output_add(output, sums_name, &text, err);
    sg_str_release(&text);
    return status == SG_OK ? sg_folder_sync(output->folder, err) : status;
}

/* ---- checking ---- */

typedef struct {
    sg_arena *arena;
    const char *folder;
    const char **names; /* as listed, sorted by bytes */
    size_t n;
} sums_check;

static sg_status check_file(const sums_check *check, const char *name, const char *digest, sg_err *err)
{
    const char *path = sg_path_join(check->arena, check->folder, name);
    char sha256[SG_SHA256_TEXT];
    int64_t bytes;
    sg_status status = path ? sg_sha256_of_file(path, sha256, &bytes, err) : sg_no_memory(err);

    if (status == SG_OK && memcmp(sha256, digest, DIGITS) != 0)
        return sg_fail(err, SG_FAILED,
                       "'%s' is not as it was written (its SHA-256 differs from %s); make the output anew",
                       path, sums_name);
    return status;
}

/* A name that stays in the folder, and behind the one before it. */
static bool is_fit(const sums_check *check, const char *name)
{
    bool climbs = name[0] == '/' || !strncmp(name, "../", 3) || strstr(name, "/../") != NULL;

    return *name && !climbs && (check->n == 0 || strcmp(check->names[check->n - 1], name) < 0);
}

static sg_status check_line(sums_check *check, const char *line, size_t length, sg_err *err)
{
    char *name;

    if (length < DIGITS + 3 || memcmp(line + DIGITS, "  ", 2) != 0)
        return sg_fail(err, SG_FAILED, "'%s/%s' has a line of another form at %zu; make the output anew",
                       check->folder, sums_name, check->n + 1);
    name = sg_arena_strndup(check->arena, line + DIGITS + 2, length - DIGITS - 2);
    if (!name)
        return sg_no_memory(err);
    if (!is_fit(check, name))
        return sg_fail(err, SG_FAILED,
                       "'%s/%s' has a name that is out of place at line %zu; make the output anew",
                       check->folder, sums_name, check->n + 1);
    check->names[check->n++] = name;
    return check_file(check, name, line, err);
}

static sg_status check_lines(sums_check *check, const char *text, sg_err *err)
{
    size_t n_lines = 0;
    sg_status status = SG_OK;

    for (const char *c = text; *c; c++)
        n_lines += *c == '\n';
    check->names = sg_arena_alloc(check->arena, n_lines + 1, sizeof *check->names);
    if (!check->names)
        return sg_no_memory(err);
    while (status == SG_OK && *text) {
        size_t length = strcspn(text, "\n");

        if (!text[length])
            return sg_fail(err, SG_FAILED, "'%s/%s' is cut off; make the output anew", check->folder,
                           sums_name);
        status = check_line(check, text, length, err);
        text += length + 1;
    }
    return status;
}

static int compare_text(const void *a, const void *b)
{
    return strcmp(a, *(const char *const *)b);
}

static bool is_listed(const sums_check *check, const char *name)
{
    return !strcmp(name, sums_name) ||
           (check->n && bsearch(name, check->names, check->n, sizeof *check->names, compare_text));
}

/* Every file in `inside` of the folder ("" is the folder itself) is listed. */
static sg_status check_no_others(const sums_check *check, const char *inside, int depth, sg_err *err)
{
    const char *path = *inside ? sg_path_join(check->arena, check->folder, inside) : check->folder;
    char **names = NULL;
    size_t n = 0;
    sg_status status = path ? sg_folder_list(check->arena, path, &names, &n, err) : sg_no_memory(err);

    for (size_t i = 0; status == SG_OK && i < n; i++) {
        const char *name = *inside ? sg_arena_printf(check->arena, "%s/%s", inside, names[i]) : names[i];
        const char *full = name ? sg_path_join(check->arena, check->folder, name) : NULL;

        if (!full)
            return sg_no_memory(err);
        if (sg_path_is_folder(full) && depth < MAX_DEPTH)
            status = check_no_others(check, name, depth + 1, err);
        else if (!is_listed(check, name))
            status = sg_fail(err, SG_FAILED, "'%s' is not in %s; take it away or make the output anew", full,
                             sums_name);
    }
    return status;
}

sg_status sg_report_check_sums(const char *folder, sg_err *err)
{
    SG_CLEANUP(sg_arena_cleanup) sg_arena *arena = sg_arena_new();
    sums_check check = {.arena = arena, .folder = folder};
    const char *path = arena ? sg_path_join(arena, folder, sums_name) : NULL;
    char *text;
    size_t length;
    sg_status status;

    if (!path)
        return sg_no_memory(err);
    status = sg_file_read(arena, path, MAX_SUMS_BYTES, &text, &length, err);
    if (status == SG_OK && strlen(text) != length)
        status = sg_fail(err, SG_FAILED, "'%s' holds a NUL; make the output anew", path);
    if (status == SG_OK)
        status = check_lines(&check, text, err);
    return status == SG_OK ? check_no_others(&check, "", 0, err) : status;
}
