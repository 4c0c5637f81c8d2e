/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Private to store: what SQLite says went wrong, in words that tell what to do.
 */
#ifndef SG_STORE_FAULT_H
#define SG_STORE_FAULT_H

#include "store/connection.h"

/* `code` is what the call returned; *err names the database, the cause and the remedy. Never SG_OK. */
sg_status sg_store_fault(const sg_store *store, int code, sg_err *err);

/* A database whose content contradicts itself: `what` is damaged. */
sg_status sg_store_damaged(const sg_store *store, const char *what, sg_err *err);

#endif
