/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "layout.h"

bool nrs_in_years(nrs_years years, int program_year)
{
    return program_year >= years.first && (years.last == 0 || program_year <= years.last);
}

int nrs_row_of(sg_nrs_id id, nrs_role role, int key, int program_year)
{
    const nrs_layout *layout = &nrs_layouts[id];
    for (size_t i = 0; i < layout->n_rows; i++)
        if (layout->rows[i].role == role && layout->rows[i].key == key &&
            nrs_in_years(layout->rows[i].years, program_year))
            return (int)i;
    return -1;
}
