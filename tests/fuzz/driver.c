/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Runs a fuzzer's function once over each file of the folders named, without a fuzzing engine: what once broke a
 * parser stays tested on every machine. A finding ends the program, by a signal or a sanitizer.
 */
#include <dirent.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_INPUT = 16 * 1024 * 1024 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static uint8_t *read_all(const char *path, size_t *out_size)
{
    FILE *file = fopen(path, "rb");
    if (file == NULL)
        return NULL;
    uint8_t *data = malloc(MAX_INPUT);
    *out_size = data != NULL ? fread(data, 1, MAX_INPUT, file) : 0;
    (void)fclose(file); /* read only */
    return data;
}

static int run_file(const char *path)
{
    size_t size = 0;
    uint8_t *room = read_all(path, &size);
    if (room == NULL) {
        fprintf(stderr, "cannot read '%s'\n", path);
        return 1;
    }
    /* A block of just the input's size, so that a sanitizer sees a read behind its end. */
    uint8_t *data = malloc(size > 0 ? size : 1);
    if (data == NULL) {
        free(room);
        return 1;
    }
    memcpy(data, room, size);
    free(room);
    printf("%s\n", path);
    (void)fflush(stdout); /* the name of a culprit is out before it strikes */
    (void)LLVMFuzzerTestOneInput(data, size);
    free(data);
    return 0;
}

static int is_visible(const struct dirent *entry)
{
    return entry->d_name[0] != '.';
}

static int run_folder(const char *folder, int *out_n)
{
    struct dirent **entries = NULL;
    int failed = 0;
    int n = scandir(folder, &entries, is_visible, alphasort);
    for (int i = 0; i < n; i++) {
        char path[4096];
        int length = snprintf(path, sizeof path, "%s/%s", folder, entries[i]->d_name);
        failed |= length < 0 || (size_t)length >= sizeof path || run_file(path);
        free(entries[i]);
    }
    free(entries);
    *out_n += n > 0 ? n : 0;
    return failed;
}

int main(int argc, char **argv)
{
    int n = 0, failed = 0;
    for (int i = 1; i < argc; i++)
        failed |= run_folder(argv[i], &n);
    if (n == 0)
        fprintf(stderr, "no inputs: give the folder of a corpus\n");
    return failed || n == 0;
}
