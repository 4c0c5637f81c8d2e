/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Dimensions: which level a row is in. The cases follow counting rule 9 of design.md section 6.
 */
#include <string.h>

#include "skillgain/model.h"
#include "support/assert.h"

enum { MOST_SET = 6 };

typedef struct {
    int field;
    int64_t value;
} given;

typedef struct {
    const char *dimension;
    given row[MOST_SET]; /* up to the first of field 0, the learner's id, which has no number */
    const char *level;
} level_case;

#define F(suffix) SG_ENROLLMENT_##suffix

static const level_case cases[] = {
    {"race_ethnicity", {{0, 0}}, "unknown"},
    {"race_ethnicity", {{F(HISPANIC), SG_NO}}, "unknown"},
    {"race_ethnicity", {{F(HISPANIC), SG_YES}}, "hispanic"},
    {"race_ethnicity", {{F(HISPANIC), SG_YES}, {F(RACE_BLACK), SG_YES}}, "hispanic"},
    {"race_ethnicity", {{F(HISPANIC), SG_YES}, {F(RACE_BLACK), SG_YES}, {F(RACE_WHITE), SG_YES}}, "hispanic"},
    {"race_ethnicity", {{F(RACE_BLACK), SG_YES}}, "black"},
    {"race_ethnicity", {{F(HISPANIC), SG_CODE_UNKNOWN}, {F(RACE_ASIAN), SG_YES}}, "asian"},
    {"race_ethnicity", {{F(HISPANIC), SG_NO}, {F(RACE_WHITE), SG_YES}, {F(RACE_BLACK), SG_NO}}, "white"},
    {"race_ethnicity", {{F(RACE_WHITE), SG_YES}, {F(RACE_AMERICAN_INDIAN), SG_YES}}, "two_or_more"},
    {"race_ethnicity",
     {{F(RACE_WHITE), SG_YES}, {F(RACE_ASIAN), SG_YES}, {F(RACE_BLACK), SG_YES}},
     "two_or_more"},
    {"race_ethnicity", {{F(RACE_WHITE), SG_NO}, {F(RACE_ASIAN), SG_NO}}, "unknown"},
    {"race_ethnicity", {{F(RACE_PACIFIC_ISLANDER), SG_YES}}, "pacific_islander"},
    {"race_ethnicity", {{F(RACE_AMERICAN_INDIAN), SG_YES}}, "american_indian"},
    {"race_ethnicity", {{F(RACE), SG_RACE_ASIAN}}, "asian"},
    {"race_ethnicity", {{F(RACE), SG_RACE_TWO_OR_MORE}}, "two_or_more"},
    {"race_ethnicity", {{F(RACE), SG_RACE_HISPANIC}, {F(HISPANIC), SG_NO}}, "hispanic"},
    {"race_ethnicity", {{F(RACE), SG_RACE_WHITE}, {F(RACE_WHITE), SG_YES}}, "white"},
    {"race_ethnicity", {{F(RACE), SG_RACE_WHITE}, {F(RACE_BLACK), SG_YES}}, "two_or_more"},
    {"race_ethnicity", {{F(RACE), SG_RACE_BLACK}, {F(HISPANIC), SG_YES}}, "hispanic"},
    {"race_ethnicity", {{F(RACE), SG_CODE_UNKNOWN}}, "unknown"},
    {"race_ethnicity", {{F(RACE), SG_CODE_UNKNOWN}, {F(RACE_WHITE), SG_YES}}, "white"},
    {"age_band", {{0, 0}}, "unknown"},
    {"age_band", {{F(AGE), 15}}, "under_16"},
    {"age_band", {{F(AGE), 16}}, "16-18"},
    {"age_band", {{F(AGE), 18}}, "16-18"},
    {"age_band", {{F(AGE), 19}}, "19-24"},
    {"age_band", {{F(AGE), 24}}, "19-24"},
    {"age_band", {{F(AGE), 25}}, "25-44"},
    {"age_band", {{F(AGE), 44}}, "25-44"},
    {"age_band", {{F(AGE), 45}}, "45-54"},
    {"age_band", {{F(AGE), 54}}, "45-54"},
    {"age_band", {{F(AGE), 55}}, "55-59"},
    {"age_band", {{F(AGE), 59}}, "55-59"},
    {"age_band", {{F(AGE), 60}}, "60+"},
    {"age_band", {{F(AGE), 110}}, "60+"},
    {"sex", {{F(SEX), 1}}, "female"},
    {"sex", {{F(SEX), 3}}, "nonbinary"},
    {"sex", {{F(SEX), SG_CODE_UNKNOWN}}, "unknown"},
    {"sex", {{F(SEX), 4}}, "unknown"},
    {"sex", {{F(SEX), 257}}, "unknown"},
    {"sex", {{0, 0}}, "unknown"},
    {"refugee", {{F(REFUGEE), SG_YES}}, "yes"},
    {"refugee", {{F(REFUGEE), SG_NO}}, "no"},
    {"refugee", {{F(REFUGEE), SG_CODE_UNKNOWN}}, "unknown"},
    {"refugee", {{F(ENGLISH_LEARNER), SG_YES}}, "unknown"},
    {"entering_level", {{F(ENTERING_LEVEL), 14}}, "ALT_ESL"},
    {"prior_education", {{F(PRIOR_EDUCATION), 1}}, "none"},
    {"employment_status", {{F(EMPLOYMENT_STATUS), 4}}, "not_in_labor_force"},
};

static void fill_row(int64_t row[SG_MAX_FIELDS], const given *set)
{
    for (size_t i = 0; i < SG_MAX_FIELDS; i++)
        row[i] = SG_BLANK;
    for (size_t i = 0; i < MOST_SET && set[i].field != F(LEARNER_ID); i++)
        row[set[i].field] = set[i].value;
}

static void a_row_is_in_the_level_that_the_counting_rule_says(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        int64_t row[SG_MAX_FIELDS];
        const sg_dimension *dimension = sg_dimension_find(cases[i].dimension);
        assert_non_null(dimension);
        fill_row(row, cases[i].row);
        uint8_t level = sg_dimension_level(dimension, row);
        assert_true(level < dimension->n_levels);
        if (strcmp(dimension->levels[level].name, cases[i].level) != 0)
            fail_msg("case %zu of %s: %s, not %s", i, cases[i].dimension, dimension->levels[level].name,
                     cases[i].level);
    }
}

/* Each code of the field that a dimension is made from leads to the level of the same name. */
static void every_code_of_a_field_is_a_level_of_its_dimension(void **state)
{
    (void)state;
    size_t n;
    const sg_dimension *dimensions = sg_dimensions(&n);
    for (size_t d = 0; d < n; d++) {
        int at = sg_field_find(SG_KIND_ENROLLMENT, dimensions[d].name);
        if (at < 0)
            continue;
        const sg_code_list *codes = sg_kind_table(SG_KIND_ENROLLMENT)->fields[at].codes;
        assert_int_equal(dimensions[d].n_levels, codes->n + 1);
        for (size_t c = 0; c < codes->n; c++) {
            int64_t row[SG_MAX_FIELDS];
            fill_row(row, (const given[MOST_SET]){{at, (int64_t)c + 1}});
            uint8_t level = sg_dimension_level(&dimensions[d], row);
            assert_string_equal(dimensions[d].levels[level].name, codes->codes[c].code);
        }
    }
}

static void unknown_is_the_first_level_and_no_name_occurs_twice(void **state)
{
    (void)state;
    size_t n;
    const sg_dimension *dimensions = sg_dimensions(&n);
    assert_int_equal(n, 28);
    for (size_t d = 0; d < n; d++) {
        assert_ptr_equal(sg_dimension_find(dimensions[d].name), &dimensions[d]);
        assert_string_equal(dimensions[d].levels[0].name, "unknown");
        assert_string_equal(dimensions[d].levels[0].label, "Not reported");
        for (size_t i = 0; i < dimensions[d].n_levels; i++) {
            assert_true(strlen(dimensions[d].levels[i].label) > 0);
            for (size_t j = 0; j < i; j++)
                assert_string_not_equal(dimensions[d].levels[i].name, dimensions[d].levels[j].name);
        }
    }
    assert_null(sg_dimension_find("housing"));
    assert_null(sg_dimension_find("all"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_row_is_in_the_level_that_the_counting_rule_says),
        cmocka_unit_test(every_code_of_a_field_is_a_level_of_its_dimension),
        cmocka_unit_test(unknown_is_the_first_level_and_no_name_occurs_twice),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
