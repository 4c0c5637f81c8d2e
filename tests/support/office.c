/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "support/assert.h"

#include <stdlib.h>

#include "support/made_exports.h"
#include "support/office.h"
#include "support/tmpdir.h"

int sg_office_setup(void **state)
{
    sg_office *o = calloc(1, sizeof *o);
    sg_err err = {0};

    assert_non_null(o);
    o->folder = sg_tmpdir_make();
    o->arena = sg_arena_new();
    sg_assert_ok(sg_workspace_create(o->folder, &err), &err);
    sg_made_settings(o->folder, "");
    sg_assert_ok(sg_workspace_open(o->folder, SG_STORE_WRITE, &o->w, &err), &err);
    *state = o;
    return 0;
}

int sg_office_teardown(void **state)
{
    sg_office *o = *state;

    sg_workspace_close(o->w);
    sg_arena_free(o->arena);
    sg_tmpdir_remove(o->folder);
    free(o);
    return 0;
}

void sg_office_set_more(sg_office *o, const char *more)
{
    sg_err err = {0};

    sg_workspace_close(o->w);
    o->w = NULL;
    sg_made_settings(o->folder, more);
    sg_assert_ok(sg_workspace_open(o->folder, SG_STORE_WRITE, &o->w, &err), &err);
}
