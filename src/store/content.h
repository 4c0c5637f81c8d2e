/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Private to store: the digest of a row, over whose it is and all that is stored of it. Equal digests are equal rows; a row
 * whose digest does not fit was damaged.
 */
#ifndef SG_STORE_CONTENT_H
#define SG_STORE_CONTENT_H

#include "store/connection.h"

enum { SG_ROW_DIGEST = 16 };

/* `room` is working space, reused from row to row. Fields are taken by name and blanks leave no trace, so that a field that
 * a later version adds does not change the digest of the rows before it. */
sg_status sg_row_digest(const sg_record *row, sg_str *room, unsigned char out[SG_ROW_DIGEST],
                        sg_err *err) SG_MUST_CHECK;

#endif
