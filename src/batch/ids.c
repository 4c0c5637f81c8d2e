/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ids.h"

#include "skillgain/ingest.h"

/* An id is somebody else's in other letters, but where a crosswalk of the workspace says that case is nothing. */
static sg_status add_forms(const sg_workspace *w, const char *scope, const char *id, size_t length,
                           sg_id_pseudonyms *all, sg_err *err)
{
    bool cases[SG_ID_FORMS] = {false};
    size_t n = 0;
    sg_status status = SG_OK;

    for (size_t i = 0; i < w->crosswalks->n; i++)
        cases[w->crosswalks->all[i].id_case] = true;

    if (!sg_grow(&all->list, &all->capacity, all->n + SG_ID_FORMS, sizeof *all->list))
        return sg_no_memory(err);
    status = sg_ingest_pseudonyms(&w->key, scope, id, length, cases, &all->list[all->n], &n, err);
    all->n += status == SG_OK ? n : 0;
    return status;
}

sg_status sg_id_add(const sg_workspace *w, const char *const *colleges, size_t n_colleges, const char *id,
                    size_t length, sg_id_pseudonyms *all, sg_err *err)
{
    sg_status status = add_forms(w, "", id, length, all, err);

    for (size_t i = 0; i < n_colleges && status == SG_OK; i++)
        status = add_forms(w, colleges[i], id, length, all, err);
    return status;
}
