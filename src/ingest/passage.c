/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "passage.h"

#include <stdlib.h>

#include "inflate.h"
#include "rule_id.h"

enum { TELLING = 2 };
static const unsigned char gzip[TELLING] = {0x1f, 0x8b};

struct sg_passage {
    sg_reading *reading;
    sg_batch *batch;
    size_t n_first;        /* of the gzip file's first bytes, so many have come */
    bool told;             /* whether it is one */
    sg_inflater *inflater; /* NULL: the bytes are taken as they are */
    sg_sha256 *digest;     /* of a gzip file, as delivered */
    int64_t bytes;
};

sg_status sg_passage_new(sg_reading *reading, sg_batch *batch, sg_passage **out, sg_err *err)
{
    sg_passage *passage = calloc(1, sizeof *passage);
    if (passage == NULL)
        return sg_no_memory(err);
    passage->reading = reading;
    passage->batch = batch;
    *out = passage;
    return SG_OK;
}

void sg_passage_free(sg_passage *passage)
{
    if (passage == NULL)
        return;
    sg_inflater_free(passage->inflater);
    sg_sha256_free(passage->digest);
    free(passage);
}

static sg_status take_inflated(void *context, const void *bytes, size_t n, sg_err *err)
{
    return sg_reading_feed(context, bytes, n, err);
}

/* As delivered: not of what was in it. */
static void describe_delivery(sg_passage *passage)
{
    if (passage->inflater == NULL)
        return;
    sg_sha256_text(passage->digest, passage->batch->sha256);
    passage->batch->bytes = passage->bytes;
}

static sg_status refuse_gzip(sg_passage *passage, const char *why, sg_err *err)
{
    return sg_reading_refuse(passage->reading, SG_RULE_GZIP, why, err);
}

static sg_status pass(sg_passage *passage, const void *bytes, size_t n, sg_err *err)
{
    if (passage->inflater == NULL)
        return sg_reading_feed(passage->reading, bytes, n, err);
    passage->bytes += (int64_t)n;
    sg_sha256_add(passage->digest, bytes, n);
    sg_status status = sg_inflater_feed(passage->inflater, bytes, n, take_inflated, passage->reading, err);
    return status == SG_OK && sg_inflater_is_damaged(passage->inflater)
               ? refuse_gzip(passage, "the gzip file is damaged: deliver it again", err)
               : status;
}

/* The first bytes that have come, which are gzip's own, go on their way: into an inflater where all of them are here. */
static sg_status settle(sg_passage *passage, sg_err *err)
{
    sg_status status = SG_OK;
    passage->told = true;
    if (passage->n_first == TELLING) {
        passage->digest = sg_sha256_new();
        status = passage->digest != NULL ? sg_inflater_new(&passage->inflater, err) : sg_no_memory(err);
    }
    return status == SG_OK && passage->n_first > 0 ? pass(passage, gzip, passage->n_first, err) : status;
}

sg_status sg_passage_feed(sg_passage *passage, const void *bytes, size_t n, sg_err *err)
{
    const unsigned char *at = bytes;
    sg_status status = SG_OK;
    while (!passage->told && n > 0) {
        bool fits = *at == gzip[passage->n_first];
        passage->n_first += fits;
        at += fits;
        n -= fits;
        if (!fits || passage->n_first == TELLING)
            status = settle(passage, err);
    }
    if (status == SG_OK && n > 0)
        status = pass(passage, at, n, err);
    if (status != SG_OK)
        describe_delivery(passage);
    return status;
}

sg_status sg_passage_end(sg_passage *passage, sg_err *err)
{
    sg_status status = passage->told ? SG_OK : settle(passage, err);
    if (status == SG_OK && passage->inflater != NULL && !sg_inflater_is_whole(passage->inflater))
        status = refuse_gzip(passage,
                             "the gzip file ends before its data do: it was cut off; deliver it again", err);
    if (status == SG_OK)
        status = sg_reading_end(passage->reading, err);
    describe_delivery(passage);
    return status;
}
