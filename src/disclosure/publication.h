/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a publication is inside: only disclosure makes one.
 */
#ifndef SKILLGAIN_SRC_DISCLOSURE_PUBLICATION_H
#define SKILLGAIN_SRC_DISCLOSURE_PUBLICATION_H

#include "skillgain/disclosure.h"

struct sg_publication {
    sg_publication_kind kind;
    sg_results *results; /* owned, masked */
    char name[SG_NAME_MAX];
    sg_disclosure_policy policy;
};

/* A publication that owns a copy of results. */
sg_status sg_publication_copy(const sg_results *results, sg_publication **out, sg_err *err) SG_MUST_CHECK;

#endif
