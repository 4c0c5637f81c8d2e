/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From a learner's facts to the values of an export's columns; and the IET register, which has no learner in it. */
#include "generate_export.h"

#include <string.h>

static void clear_record(sg_record *record)
{
    for (int i = 0; i < SG_MAX_COLUMNS; i++)
        record->values[i] = SG_NONE;
}

static void set_person(int *values, const sg_learner *learner)
{
    values[SG_E_LEARNER] = learner->number;
    values[SG_E_BIRTH] = learner->birth;
    values[SG_E_SEX] = learner->sex;
    values[SG_E_HISPANIC] = learner->hispanic;
    values[SG_E_EDUCATION] = learner->education;
    for (int i = 0; i < SG_RACES; i++)
        values[SG_E_RACE + i] = learner->races[i];
    for (int i = 0; i < SG_FLAGS; i++)
        values[SG_E_FLAGS + i] = learner->flags[i];
}

static void set_spell(int *values, const sg_spell *spell)
{
    values[SG_E_LEVEL] = spell->level_known ? spell->level : SG_NONE;
    values[SG_E_PRETEST_DATE] = spell->pretest_day;
    values[SG_E_PRETEST_SCORE] = spell->pretest_score;
    values[SG_E_INSTRUMENT] = spell->instrument;
    values[SG_E_EMPLOYMENT] = spell->employment;
    values[SG_E_PRIOR] = spell->returned;
}

void sg_record_person(sg_record *record, const sg_learner *learner)
{
    clear_record(record);
    set_person(record->values, learner);
}

void sg_record_enrollment(sg_record *record, const sg_learner *learner, const sg_row *row)
{
    int *values = record->values;
    sg_record_person(record, learner);
    set_spell(values, &learner->spells[row->spell]);
    values[SG_E_COLLEGE] = row->college;
    values[SG_E_START] = row->start;
    values[SG_E_END] = row->end;
    values[SG_E_NUMBER] = row->number;
    values[SG_E_SECTION] = row->section;
    values[SG_E_COMPONENT] = row->component;
    values[SG_E_IET] = row->iet;
    values[SG_E_PROGRAM] = row->program;
    values[SG_E_WORKPLACE] = row->workplace;
    values[SG_E_HOURS] = row->hours;
    values[SG_E_YEAR] = sg_year_of_program(row->start);
    values[SG_E_PLANNED] = row->planned;
    values[SG_E_EXIT] = row->exit_reason;
}

void sg_record_gain(sg_record *record, const sg_learner *learner, const sg_gain *gain)
{
    int *values = record->values;
    clear_record(record);
    values[SG_G_LEARNER] = learner->number;
    values[SG_G_DATE] = gain->day;
    values[SG_G_TYPE] = gain->type;
    values[SG_G_COLLEGE] = gain->college;
    values[SG_G_SUBJECT] = gain->subject;
    values[SG_G_FROM] = gain->level_from;
    values[SG_G_TO] = gain->level_to;
    values[SG_G_YEAR] = sg_year_of_program(gain->day);
}

void sg_record_test(sg_record *record, const sg_learner *learner, const sg_test *test)
{
    int *values = record->values;
    clear_record(record);
    values[SG_T_LEARNER] = learner->number;
    values[SG_T_DATE] = test->day;
    values[SG_T_INSTRUMENT] = test->instrument;
    values[SG_T_FORM] = test->form;
    values[SG_T_SUBJECT] = test->subject;
    values[SG_T_SCORE] = test->score;
    values[SG_T_LEVEL] = test->level;
    values[SG_T_COLLEGE] = test->college;
}

static void write_quoted(FILE *file, const char *value)
{
    bool quoted = strpbrk(value, ",\"") != NULL;
    if (quoted)
        fputc('"', file);
    for (; *value != '\0'; value++) {
        if (*value == '"')
            fputc('"', file);
        fputc(*value, file);
    }
    if (quoted)
        fputc('"', file);
}

static const char *find_level(const char *canonical, int layout)
{
    for (int i = 0; i < SG_LEVELS; i++)
        if (strcmp(sg_level_codes[i].canonical, canonical) == 0)
            return sg_code_in(&sg_level_codes[i], layout);
    return "";
}

/* The register is the canonical or the vendor's. */
static const char *const register_headers[] = {
    "iet_program_id,college,name,occupation,pathway,credential,start_date,end_date,lowest_entering_level,"
    "language,seats,"
    "approved_from,approved_to,intensity,research_based,occupational_materials,single_objectives,career_"
    "pathway,"
    "content_standards\n",
    "IETP Program,Site,Program Name,SOC,Career Cluster,Credential Name,First Day,Last Day,Minimum NRS "
    "Level,Support Language,"
    "Seats,State Approval From,State Approval To,Att Intensity,Att Research,Att Materials,Att Objectives,Att "
    "Pathway,"
    "Att Standards\r\n"};

/* Two programs lack attestations: one says no, one says nothing. */
static const char *attestation(int program, int criterion, int layout)
{
    if (program == 6 && criterion == 3)
        return layout == SG_CANONICAL ? "no" : "0";
    if (program == 17 && criterion == 1)
        return layout == SG_CANONICAL ? "" : "9";
    return layout == SG_CANONICAL ? "yes" : "1";
}

static void write_program(FILE *file, int layout, int number)
{
    const sg_program *program = &sg_programs[number];
    const sg_code *site = &sg_college_codes[program->college];
    const char *texts[] = {program->id,         sg_code_in(site, layout), program->name,
                           program->occupation, program->pathway,         program->credential};
    for (int i = 0; i < 6; i++) {
        if (i > 0)
            fputc(',', file);
        write_quoted(file, texts[i]);
    }
    fprintf(file, layout == SG_CANONICAL ? ",%d-07-01,2027-06-30," : ",07/01/%d,06/30/2027,",
            program->first_year);
    fprintf(file, "%s,%s,%d", find_level(program->lowest_level, layout), program->language, program->seats);
    fprintf(file, layout == SG_CANONICAL ? ",%d-07-01,2027-06-30" : ",07/01/%d,06/30/2027",
            program->first_year);
    for (int i = 0; i < 6; i++)
        fprintf(file, ",%s", attestation(number, i, layout));
    fputs(layout == SG_CANONICAL ? "\n" : "\r\n", file);
}

void sg_export_programs(FILE *file, int layout)
{
    fputs(register_headers[layout], file);
    for (int i = 0; i < SG_PROGRAMS; i++)
        write_program(file, layout, i);
}
