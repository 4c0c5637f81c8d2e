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

#define TYPE(name) (1U << SG_GAIN_##name)
enum {
    LEVEL_1C = TYPE(EFL_TEST) | TYPE(EFL_CREDIT) | TYPE(EFL_POSTSECONDARY),
    LEVEL_1D = LEVEL_1C | TYPE(EFL_HSE_SUBTEST),
    TRAINING = TYPE(TRANSCRIPT_SECONDARY) | TYPE(TRANSCRIPT_POSTSECONDARY) | TYPE(MILESTONE) |
               TYPE(SKILLS_PROGRESSION)
};

/* Passing an equivalency subtest (type 1d) is a level gain from PY 2023; types 3 to 5 were optional in the tables of PY 2020 and are
 * in them from PY 2021. */
static const struct {
    nrs_years years;
    unsigned efl, counted;
} types[] = {{{0, 2019}, LEVEL_1C, LEVEL_1C | TYPE(DIPLOMA)},
             {{2020, 2022}, LEVEL_1C, LEVEL_1C | TYPE(DIPLOMA) | TRAINING},
             {{2023, 0}, LEVEL_1D, LEVEL_1D | TYPE(DIPLOMA) | TRAINING}};

unsigned nrs_efl_types(int program_year)
{
    for (size_t i = 0; i < sizeof types / sizeof types[0]; i++)
        if (nrs_in_years(types[i].years, program_year))
            return types[i].efl;
    return 0;
}

unsigned nrs_counted_types(int program_year)
{
    for (size_t i = 0; i < sizeof types / sizeof types[0]; i++)
        if (nrs_in_years(types[i].years, program_year))
            return types[i].counted;
    return 0;
}

/* As published tables were printed, by recomputing their shares: those of Tables 4, 4A and 5A end without rounding (New Jersey PY 2021 to
 * 2023, Delaware PY 2020), those of Table 11 are rounded (New Jersey PY 2023). The first line that fits counts. */
static const struct {
    int id; /* sg_nrs_id; -1: any other */
    nrs_years years;
    nrs_printing printing;
} printings[] = {{SG_NRS_4, {0, 0}, {4, SG_NRS_TRUNCATE}},
                 {SG_NRS_4A, {0, 0}, {4, SG_NRS_TRUNCATE}},
                 {SG_NRS_4B, {0, 0}, {4, SG_NRS_TRUNCATE}},
                 {SG_NRS_4C, {0, 0}, {4, SG_NRS_TRUNCATE}},
                 {SG_NRS_5, {0, 0}, {4, SG_NRS_TRUNCATE}},
                 {SG_NRS_5A, {0, 0}, {4, SG_NRS_TRUNCATE}},
                 {-1, {0, 0}, {4, SG_NRS_ROUND}}};

nrs_printing nrs_printing_of(sg_nrs_id id, int program_year)
{
    size_t i = 0;
    while ((printings[i].id != -1 && printings[i].id != (int)id) ||
           !nrs_in_years(printings[i].years, program_year))
        i++;
    return printings[i].printing;
}
