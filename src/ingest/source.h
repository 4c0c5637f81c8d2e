/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Source: where an export's bytes come from, a file or standard input, before anybody looks at them.
 */
#ifndef SG_INGEST_SOURCE_H
#define SG_INGEST_SOURCE_H

#include <sys/stat.h>

#include "skillgain/base.h"

enum { SG_SOURCE_CHUNK = 256 * 1024 };

typedef struct {
    const char *path;
    int fd;
    struct stat before; /* of a file: it must not change while it is read */
    bool is_file;
} sg_source;

/* "-": standard input. A folder, a pipe by name or a device is SG_FAILED. Close it whatever this returns. */
sg_status sg_source_open(const char *path, sg_source *out, sg_err *err) SG_MUST_CHECK;
void sg_source_close(sg_source *source);

/* At most SG_SOURCE_CHUNK bytes into `chunk`; *out_n 0: the end. */
sg_status sg_source_read(const sg_source *source, char *chunk, size_t *out_n, sg_err *err) SG_MUST_CHECK;

/* An export that is still being written is a torn one: SG_FAILED where the file is another than when it was opened. */
sg_status sg_source_check_unchanged(const sg_source *source, sg_err *err) SG_MUST_CHECK;

#endif
