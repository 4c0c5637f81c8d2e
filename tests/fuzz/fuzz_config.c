/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The workspace file: any text is a configuration, whose digest can be made, or an error with a message that names the file.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "skillgain/config.h"

static char folder[64], path[96];

static void make_folder(void)
{
    static const char *const places[] = {"/dev/shm/skillgain-fuzz-XXXXXX", "/var/tmp/skillgain-fuzz-XXXXXX"};
    for (size_t i = 0; i < 2 && folder[0] == '\0'; i++) {
        char name[64];
        memcpy(name, places[i], strlen(places[i]) + 1);
        if (mkdtemp(name) != NULL)
            memcpy(folder, name, sizeof folder);
    }
    if (folder[0] == '\0')
        abort();
    (void)snprintf(path, sizeof path, "%s/skillgain.yaml", folder);
}

static void remove_folder(void)
{
    if (sg_folder_remove(folder, NULL) != SG_OK)
        fprintf(stderr, "cannot remove '%s'\n", folder);
}

static void write_file(const uint8_t *data, size_t size)
{
    FILE *file = fopen(path, "wb");
    if (file == NULL || fwrite(data, 1, size, file) != size || fclose(file) != 0)
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    SG_CLEANUP(sg_config_cleanup) sg_config *config = NULL;
    char digest[SG_SHA256_TEXT];
    sg_err err = {0};
    if (folder[0] == '\0') {
        make_folder();
        (void)atexit(remove_folder);
    }
    write_file(data, size);
    sg_status status = sg_config_load(folder, &config, &err);
    if (status == SG_OK)
        sg_config_digest(config, digest);
    else if (strstr(err.message, "skillgain.yaml") == NULL)
        __builtin_trap();
    return 0;
}
