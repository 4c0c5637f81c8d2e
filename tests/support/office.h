/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * An open workspace with the settings of made_exports.h in a private folder, for tests of the night.
 */
#ifndef SG_TEST_SUPPORT_OFFICE_H
#define SG_TEST_SUPPORT_OFFICE_H

#include "skillgain/batch.h"

typedef struct {
    char *folder;
    sg_workspace *w;
    sg_arena *arena;
} sg_office;

/* For cmocka: *state is the office. */
int sg_office_setup(void **state);
int sg_office_teardown(void **state);

/* Opens the workspace anew, with further settings. */
void sg_office_set_more(sg_office *office, const char *more);

#endif
