/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Inflate: the bytes of a gzip file, piece by piece. The only place that knows zlib.
 */
#ifndef SG_INGEST_INFLATE_H
#define SG_INGEST_INFLATE_H

#include "skillgain/base.h"

typedef struct sg_inflater sg_inflater;

sg_status sg_inflater_new(sg_inflater **out, sg_err *err) SG_MUST_CHECK;
void sg_inflater_free(sg_inflater *inflater);
SG_DEFINE_CLEANUP(sg_inflater, sg_inflater, sg_inflater_free)

/* Hands what the bytes hold to `take`, in pieces. A file of several members is one text. Where they are damaged,
 * what comes before the damage is handed over, and nothing may be fed any more. */
sg_status sg_inflater_feed(sg_inflater *inflater, const void *bytes, size_t n,
                           sg_status (*take)(void *context, const void *bytes, size_t n, sg_err *err),
                           void *context, sg_err *err) SG_MUST_CHECK;
bool sg_inflater_is_damaged(const sg_inflater *inflater);
bool sg_inflater_is_whole(const sg_inflater *inflater); /* the last member has come to its end */

#endif
