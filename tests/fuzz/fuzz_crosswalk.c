/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Crosswalks: any text is a crosswalk or an error with a message that says where.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "config/crosswalk_read.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    SG_CLEANUP(sg_arena_cleanup) sg_arena *arena = sg_arena_new();
    char *text = arena != NULL ? sg_arena_strndup(arena, (const char *)data, size) : NULL;
    sg_err err = {0};
    const sg_reader reader = {arena, "fuzz.yaml", &err};
    const sg_yaml_node *root = NULL;
    sg_crosswalk crosswalk = {.file = "fuzz.yaml"};
    if (text == NULL)
        return 0;
    sg_status status = sg_yaml_parse(arena, "fuzz.yaml", text, size, &root, &err);
    if (status == SG_OK)
        status = sg_crosswalk_read(&reader, root, &crosswalk);
    if (status == SG_OK ? crosswalk.name == NULL || crosswalk.n_dates == 0 : err.message[0] == '\0')
        __builtin_trap();
    return 0;
}
