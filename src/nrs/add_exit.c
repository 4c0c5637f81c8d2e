/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What an exit adds to the tables: to those of the program year after that of the exit by the second quarter, to those of the program
 * year that begins in the calendar year after it by the fourth quarter and the year after exit (34 CFR 463.155; JPG24).
 */
#include "count.h"

typedef void (*count_exit)(sg_nrs_counter *counter, sg_nrs_id id, const sg_pop_exit *fact);

static void count_indicator(sg_nrs_counter *counter, sg_nrs_id id, int key, sg_indicator indicator,
                            bool is_first)
{
    int year = counter->year->program_year, row = nrs_row_of(id, NRS_ITEM, key, year);
    bool has = indicator == SG_INDICATOR_YES;
    if (row < 0 || indicator == SG_INDICATOR_OUT)
        return;
    if (indicator == SG_INDICATOR_PENDING) {
        nrs_add(counter, id, nrs_row_of(id, NRS_BESIDE, 0, year), 'P', 1);
        return;
    }
    nrs_add(counter, id, row, 'B', is_first);
    nrs_add(counter, id, row, 'C', is_first && has);
    nrs_add(counter, id, row, 'E', 1);
    nrs_add(counter, id, row, 'F', has);
}

static void count_second_quarter(sg_nrs_counter *counter, sg_nrs_id id, const sg_pop_exit *fact)
{
    int year = counter->year->program_year;
    count_indicator(counter, id, NRS_EXIT_Q2, fact->employed_q2, fact->is_first_of_program_year);
    if (fact->employed_q2 != SG_INDICATOR_YES)
        return;
    if (fact->earnings_q2 == SG_BLANK) {
        nrs_add(counter, id, nrs_row_of(id, NRS_BESIDE, 0, year), 'E', 1);
        return;
    }
    int row = nrs_row_of(id, NRS_MEDIAN, NRS_EXIT_EARNINGS, year);
    nrs_add(counter, id, row, 'B', fact->is_first_of_program_year);
    nrs_add(counter, id, row, 'E', 1);
}

static void count_year_after(sg_nrs_counter *counter, sg_nrs_id id, const sg_pop_exit *fact)
{
    const struct {
        int key;
        sg_indicator indicator;
    } rows[] = {{NRS_EXIT_Q4, fact->employed_q4},
                {NRS_EXIT_DIPLOMA, fact->diploma_either},
                {NRS_EXIT_DIPLOMA_POSTSECONDARY, fact->diploma_postsecondary},
                {NRS_EXIT_DIPLOMA_EMPLOYED, fact->diploma_employed},
                {NRS_EXIT_CREDENTIAL, fact->credential}};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        count_indicator(counter, id, rows[i].key, rows[i].indicator, fact->is_first_of_calendar_year);
}

static bool is_in_table(const sg_pop_exit *fact, sg_nrs_id id)
{
    static const unsigned kinds[SG_N_NRS_TABLES] = {[SG_NRS_5A] = SG_FEDERAL_DISTANCE,
                                                    [SG_NRS_9] = SG_FEDERAL_IELCE,
                                                    [SG_NRS_10] = SG_FEDERAL_CORRECTIONS,
                                                    [SG_NRS_11] = SG_FEDERAL_IET};
    return id == SG_NRS_5 || (kinds[id] & fact->kinds) != 0;
}

static sg_status count_in_year(sg_nrs_counter *counter, int program_year, const sg_pop_exit *fact,
                               count_exit count, sg_err *err)
{
    bool is_wanted = false;
    sg_status status = nrs_begin(counter, program_year, &is_wanted, err);
    if (status != SG_OK || !is_wanted)
        return status;
    for (sg_nrs_id id = 0; id < SG_N_NRS_TABLES; id++)
        if (is_in_table(fact, id))
            count(counter, id, fact);
    nrs_end(counter, &fact->pseudonym);
    return SG_OK;
}

static sg_status keep_amount(nrs_amounts *amounts, int64_t amount, sg_err *err)
{
    if (!sg_grow(&amounts->items, &amounts->capacity, amounts->n + 1, sizeof *amounts->items))
        return sg_no_memory(err);
    amounts->items[amounts->n++] = amount;
    return SG_OK;
}

static sg_status keep_earnings(sg_nrs_counter *counter, int program_year, const sg_pop_exit *fact,
                               sg_err *err)
{
    bool is_wanted = false;
    sg_status status = nrs_begin(counter, program_year, &is_wanted, err);
    if (!is_wanted || fact->employed_q2 != SG_INDICATOR_YES || fact->earnings_q2 == SG_BLANK)
        return status;
    for (sg_nrs_id id = 0; status == SG_OK && id < SG_N_NRS_TABLES; id++) {
        if (!is_in_table(fact, id))
            continue;
        if (fact->is_first_of_program_year)
            status = keep_amount(&counter->year->earnings[id][0], fact->earnings_q2, err);
        if (status == SG_OK)
            status = keep_amount(&counter->year->earnings[id][1], fact->earnings_q2, err);
    }
    return status;
}

sg_status nrs_add_pop_exit(void *context, const sg_pop_exit *fact, sg_err *err)
{
    sg_nrs_counter *counter = context;
    int second = sg_program_year(fact->day) + 1, year, month, day;
    sg_day_to_civil(fact->day, &year, &month, &day);
    counter->given |= fact->given;
    sg_status status = count_in_year(counter, second, fact, count_second_quarter, err);
    if (status == SG_OK)
        status = keep_earnings(counter, second, fact, err);
    return status == SG_OK ? count_in_year(counter, year + 1, fact, count_year_after, err) : status;
}
