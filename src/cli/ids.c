/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ids.h"

#include <stdio.h>
#include <string.h>

enum { MOST_BYTES = 1 << 20 };

static sg_status read_input(sg_arena *arena, char **out, size_t *out_length, sg_err *err)
{
    *out = sg_arena_alloc(arena, MOST_BYTES + 1, 1);
    if (!*out)
        return sg_no_memory(err);
    *out_length = fread(*out, 1, MOST_BYTES + 1, stdin);
    if (ferror(stdin))
        return sg_fail(err, SG_FAILED, "standard input can't be read");
    if (*out_length > MOST_BYTES)
        return sg_fail(err, SG_USAGE, "standard input has more than %d bytes: give fewer ids at a time",
                       MOST_BYTES);
    (*out)[*out_length] = '\0';
    return SG_OK;
}

sg_status sg_ids_read(const char *from, sg_arena *arena, char **out, sg_err *err)
{
    size_t length = 0;
    bool is_input = !strcmp(from, "-");
    sg_status status = is_input ? read_input(arena, out, &length, err)
                                : sg_file_read(arena, from, MOST_BYTES, out, &length, err);

    if (status == SG_OK && strlen(*out) < length)
        return sg_fail(err, SG_USAGE, "%s is no text: it has NUL bytes; give ids in UTF-8, one a line",
                       is_input ? "standard input" : from);
    return status;
}
