/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Dates and numbers from text: what is taken for a date reads the same when it is written out; what is taken for a number is in its
 * range, and the decimals of a number are those of its text.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "skillgain/base.h"

static void try_dates(const char *text, size_t length)
{
    static const char *const patterns[] = {"%Y-%m-%d", "%m/%d/%Y", "%d.%m.%Y", "%Y%m%d", "%d-%m-%Y"};
    for (size_t i = 0; i < sizeof patterns / sizeof patterns[0]; i++) {
        sg_day day = SG_DAY_NONE, again = SG_DAY_NONE;
        char written[SG_DAY_TEXT];
        if (!sg_day_parse(text, length, patterns[i], &day))
            continue;
        (void)sg_day_format(day, written);
        if (!sg_day_parse(written, strlen(written), "%Y-%m-%d", &again) || again != day)
            __builtin_trap();
        if (sg_program_year_first(sg_program_year(day)) > day ||
            sg_program_year_last(sg_program_year(day)) < day)
            __builtin_trap();
    }
}

static void try_numbers(const char *text, size_t length, const char *ended)
{
    int64_t whole = 0, tenths = 0, millionths = 0, seconds = 0, bytes = 0;
    double real = 0;
    bool is_whole = sg_parse_int(text, length, -1000000, 1000000, &whole);
    bool is_decimal = sg_parse_decimal(text, length, 6, &millionths);
    if (is_whole && (whole < -1000000 || whole > 1000000 || !is_decimal || millionths != whole * 1000000))
        __builtin_trap();
    bool is_small = millionths > INT64_MIN / 4 && millionths < INT64_MAX / 4;
    if (is_decimal && is_small && sg_parse_decimal(text, length, 1, &tenths) &&
        (tenths * 100000 - millionths > 50000 || millionths - tenths * 100000 > 50000))
        __builtin_trap();
    if (is_decimal != sg_parse_double(text, length, &real) && !is_decimal && real > -9e12 && real < 9e12 &&
        length < 12)
        __builtin_trap();
    if (sg_parse_duration(ended, &seconds) && seconds < 0)
        __builtin_trap();
    if (sg_parse_size(ended, &bytes) && bytes < 0)
        __builtin_trap();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char *ended = malloc(size + 1);
    sg_str folded = {0};
    size_t length = 0;
    if (ended == NULL)
        return 0;
    memcpy(ended, data, size);
    ended[size] = '\0';
    try_dates((const char *)data, size);
    try_numbers((const char *)data, size, ended);
    const char *trimmed = sg_text_trim((const char *)data, size, &length);
    if (length > size || (length > 0 && trimmed < (const char *)data))
        __builtin_trap();
    sg_text_fold(&folded, (const char *)data, size);
    sg_str_release(&folded);
    free(ended);
    return 0;
}
