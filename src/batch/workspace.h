/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The inside of a workspace, shared by the steps of the night.
 */
#ifndef SKILLGAIN_SRC_BATCH_WORKSPACE_H
#define SKILLGAIN_SRC_BATCH_WORKSPACE_H

#include "skillgain/batch.h"

struct sg_workspace {
    sg_arena *arena; /* of the paths */
    sg_config *config;
    sg_crosswalks *crosswalks;
    sg_key key;
    sg_store *store;
    int lock; /* -1: none */
    const char *drafts, *editions, *archive;
};

/* The store, or SG_USAGE with what to do where nothing was ever imported. */
sg_status sg_workspace_need_store(const sg_workspace *workspace, sg_store **out, sg_err *err) SG_MUST_CHECK;

/* A new empty folder at `path` for files that will be renamed into place; what a killed run left there is removed. */
sg_status sg_staging_make(const char *path, unsigned mode, sg_err *err) SG_MUST_CHECK;

#endif
