/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cutoff.h"

#include <stdlib.h>
#include <string.h>

enum { ENOUGH_ROWS = 3, FIRST_YEAR = 1800 /* of the calendar of base/day.h */ };

static sg_day first_day(void)
{
    sg_day day = 0;
    (void)sg_day_from_civil(FIRST_YEAR, 1, 1, &day); /* a day of the calendar */
    return day;
}

/* How many rows begin or end on each day from first to today; counting stops where it is enough. */
static void count_day(unsigned char *counts, sg_day first, sg_day today, sg_day day)
{
    if (day == SG_DAY_NONE || day < first || day > today)
        return;
    unsigned char *count = &counts[day - first];
    *count = (unsigned char)(*count < ENOUGH_ROWS ? *count + 1 : ENOUGH_ROWS);
}

sg_status sg_cutoff_last_date(const sg_entries *entries, sg_day today, sg_day *out, bool *out_thin,
                              sg_err *err)
{
    sg_day first = first_day(), latest = SG_DAY_NONE, enough = SG_DAY_NONE;
    size_t n_days = today >= first ? (size_t)(today - first) + 1 : 1;
    unsigned char *counts = calloc(n_days, 1);
    if (counts == NULL)
        return sg_no_memory(err);
    for (size_t i = 0; i < entries->n; i++) {
        const sg_entry *entry = &entries->all[i];
        if (entry->line == 0)
            continue;
        count_day(counts, first, today, entry->day);
        if (entry->end != entry->day)
            count_day(counts, first, today, entry->end);
    }
    for (sg_day day = first; day <= today; day++) {
        latest = counts[day - first] > 0 ? day : latest;
        enough = counts[day - first] >= ENOUGH_ROWS ? day : enough;
    }
    free(counts);
    *out = enough != SG_DAY_NONE ? enough : latest;
    *out_thin = enough == SG_DAY_NONE && latest != SG_DAY_NONE;
    return SG_OK;
}

bool sg_cutoff_from_name(const char *name, const char *pattern, sg_day *out)
{
    for (const char *at = name; *at != '\0'; at++)
        for (size_t length = strlen(at); length > 0; length--)
            if (sg_day_parse(at, length, pattern, out))
                return true;
    return false;
}
