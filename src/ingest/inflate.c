/* SPDX-License-Identifier: GPL-3.0-or-later */
#define ZLIB_CONST /* input is not written to */
#include "inflate.h"

#include <stdlib.h>

#include <zlib.h>

enum { ROOM = 256 * 1024, GZIP_ONLY = 16 + MAX_WBITS };

struct sg_inflater {
    z_stream stream;
    bool at_end; /* of a member: another may follow */
    bool damaged;
    unsigned char room[ROOM];
};

sg_status sg_inflater_new(sg_inflater **out, sg_err *err)
{
    sg_inflater *inflater = calloc(1, sizeof *inflater);
    if (inflater == NULL)
        return sg_no_memory(err);
    if (inflateInit2(&inflater->stream, GZIP_ONLY) != Z_OK) {
        free(inflater);
        return sg_no_memory(err);
    }
    *out = inflater;
    return SG_OK;
}

void sg_inflater_free(sg_inflater *inflater)
{
    if (inflater == NULL)
        return;
    (void)inflateEnd(&inflater->stream); /* frees memory only */
    free(inflater);
}

bool sg_inflater_is_whole(const sg_inflater *inflater)
{
    return inflater->at_end;
}

bool sg_inflater_is_damaged(const sg_inflater *inflater)
{
    return inflater->damaged;
}

static sg_status inflate_some(sg_inflater *inflater, size_t *out_n, sg_err *err)
{
    z_stream *stream = &inflater->stream;
    if (inflater->at_end && inflateReset(stream) != Z_OK)
        return sg_no_memory(err);
    inflater->at_end = false;
    stream->next_out = inflater->room;
    stream->avail_out = ROOM;
    int code = inflate(stream, Z_NO_FLUSH);
    *out_n = ROOM - stream->avail_out;
    inflater->at_end = code == Z_STREAM_END;
    if (code == Z_MEM_ERROR)
        return sg_no_memory(err);
    inflater->damaged = code != Z_OK && code != Z_STREAM_END && code != Z_BUF_ERROR;
    return SG_OK;
}

sg_status sg_inflater_feed(sg_inflater *inflater, const void *bytes, size_t n,
                           sg_status (*take)(void *context, const void *bytes, size_t n, sg_err *err),
                           void *context, sg_err *err)
{
    z_stream *stream = &inflater->stream;
    sg_status status = SG_OK;
    size_t made = ROOM;
    stream->next_in = bytes;
    stream->avail_in = (uInt)n;
    while (status == SG_OK && (stream->avail_in > 0 || made == ROOM)) {
        status = inflate_some(inflater, &made, err);
        if (status == SG_OK && made > 0)
            status = take(context, inflater->room, made, err);
        if (inflater->damaged || (inflater->at_end && stream->avail_in == 0))
            break;
    }
    return status;
}
