/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "skillgain/model/rule.h"

#include <stdlib.h>
#include <string.h>

/* Raised with every change of the catalogue or of what a rule finds. */
enum { RULE_SET_VERSION = 2 };

#define REFUSES_FILE SG_SEVERITY_ERROR, SG_EFFECT_REFUSE_FILE
#define REFUSES_ROW SG_SEVERITY_ERROR, SG_EFFECT_QUARANTINE
#define WARNS SG_SEVERITY_WARNING, SG_EFFECT_KEEP
#define NOTES SG_SEVERITY_NOTICE, SG_EFFECT_KEEP

/*
 * By hundreds: R0 the file, R1 the shape of a row, R2 one value, R3 several fields of a row, R4 rows among
 * themselves, R5 dates and the cut-off. Sorted by id; an id is never used again for something else.
 */
static const sg_rule rules[] = {
    {"R001", REFUSES_FILE, "any", "the file is empty",
     "look at the job that writes the export, and deliver it again"},
    {"R002", REFUSES_FILE, "any", "the file has a header and no rows",
     "look at the query behind the export: nothing is withdrawn on the word of a file without rows"},
    {"R003", REFUSES_FILE, "any", "the file is a workbook, an archive or another format, not text in columns",
     "save or unpack it as CSV in UTF-8 and deliver that"},
    {"R004", REFUSES_FILE, "any", "the encoding of the file can't be trusted",
     "export as UTF-8, or declare the file's encoding in the crosswalk"},
    {"R005", REFUSES_FILE, "any", "no crosswalk fits the header",
     "correct the header, or add a crosswalk for this layout"},
    {"R006", REFUSES_FILE, "any", "a column that the crosswalk needs is missing",
     "export it too, or name the right column in the crosswalk"},
    {"R007", REFUSES_FILE, "any", "several crosswalks fit the header equally well",
     "name one with --crosswalk, or the kind with --kind"},
    {"R008", REFUSES_FILE, "any", "a column that the crosswalk reads stands twice in the header",
     "rename or leave out one of the two"},
    {"R009", REFUSES_FILE, "any", "a quoted field is never closed",
     "close the quote on the line where it opens, or double the quotes within the field"},
    {"R010", REFUSES_FILE, "any", "a field, a record, the columns, the rows or the file exceed their limit",
     "look for a damaged line; if the data are right, raise 'limits' in skillgain.yaml or split the file"},
    {"R011", REFUSES_FILE, "any", "the quotes of the header are broken", "double the quotes within a name"},
    {"R012", REFUSES_FILE, "any", "the cut-off of the delivery can't be told",
     "correct the file's name or dates, or give the day with --cutoff"},
    {"R013", NOTES, "any", "no day has three rows: the latest day of the file is taken as its cut-off",
     "give the day with --cutoff where it is another"},
    {"R014", WARNS, "enrollment", "contact_hours is blank or 0 in every row",
     "look at the query behind the export: enrollment is taken as participation, and the file is held where "
     "the delivery before had hours"},
    {"R015", WARNS, "any",
     "the file lacks a column that the crosswalk names: the field is blank in every row",
     "export it too, name the right column in the crosswalk, or take it out there"},
    {"R016", NOTES, "enrollment", "the file lacks a column that decides what is counted",
     "export contact_hours, iet, end_date and entering_level too; without one of them reports can say less"},

    {"R101", REFUSES_ROW, "any", "the row has more or fewer fields than the header",
     "quote fields that contain the delimiter or a line break"},
    {"R102", REFUSES_ROW, "any", "the quotes of the line are broken",
     "quote the whole field and double the quotes within it"},
    {"R103", REFUSES_ROW, "any", "a quoted field has swallowed whole rows",
     "close the quote on the line where it opens; each line of the record is refused"},
    {"R104", REFUSES_ROW, "any", "the row has bytes that are no text in the file's encoding",
     "export as UTF-8, or declare the file's encoding in the crosswalk, such as 'encoding: windows-1252'"},
    {"R105", SG_SEVERITY_NOTICE, SG_EFFECT_DROP, "any", "the header is repeated within the file",
     "nothing need be done: the row is dropped and counted"},
    {"R106", SG_SEVERITY_NOTICE, SG_EFFECT_DROP, "any", "the row is a total, not a record",
     "nothing need be done: the row is dropped and counted"},

    {"R201", REFUSES_ROW, "any", "a required field is missing", "fill it in at the source"},
    {"R202", REFUSES_ROW, "any", "a date is not on the calendar or not of the declared form",
     "correct it at the source, or declare its form under 'dates' in the crosswalk"},
    {"R203", REFUSES_ROW, "enrollment", "hours are negative, over 9999 or not a plain decimal",
     "correct them at the source"},
    {"R204", WARNS, "any", "a number is not a plain number: taken as missing", "correct it at the source"},
    {"R205", REFUSES_ROW, "any", "an unknown code in a field that must be known",
     "correct it at the source, or map the code in the crosswalk"},
    {"R206", WARNS, "any", "an unknown code: taken as unknown",
     "correct it at the source, or map the code in the crosswalk"},
    {"R207", REFUSES_ROW, "enrollment", "the learner is under 16 or over 110 on the first day of the row",
     "correct the birth date, the age or the first day at the source"},
    {"R208", REFUSES_ROW, "enrollment", "the birth date is in the future", "correct it at the source"},
    {"R209", REFUSES_ROW, "any", "the learner's id is longer than 64 bytes", "look for a shifted column"},
    {"R210", REFUSES_ROW, "any", "an identifier holds invisible, control or full-width characters",
     "type it anew at the source: it looks like another id and is not"},
    {"R211", REFUSES_ROW, "any",
     "a spreadsheet has turned a value into a formula, or an identifier into a power of ten",
     "export it as text, without opening the file in a spreadsheet"},
    {"R212", REFUSES_ROW, "any", "the college is missing, and ids are unique only within a college",
     "fill it in at the source, or map it in the crosswalk"},

    {"R301", REFUSES_ROW, "enrollment", "the end is before the start",
     "correct one of the two dates at the source"},
    {"R302", WARNS, "enrollment", "birth date and age differ by more than a year: the birth date counts",
     "correct one of the two at the source"},
    {"R303", WARNS, "any", "the row has no day in the program year that it names",
     "check the dates and the program year at the source: the dates count"},
    {"R304", WARNS, "enrollment", "the exit date is before the start",
     "correct one of the two dates at the source"},
    {"R305", WARNS, "enrollment", "there are more distance hours than contact hours, which contain them",
     "deliver all hours as contact hours"},

    {"R401", SG_SEVERITY_NOTICE, SG_EFFECT_COLLAPSE, "any",
     "the row repeats an earlier one exactly: counted once",
     "nothing need be done; look for a join that doubles rows where there are many"},
    {"R402", SG_SEVERITY_WARNING, SG_EFFECT_COLLAPSE, "any",
     "a later row of the file has the same key and other content: the later one counts",
     "deliver one row, or tell the two apart by an enrollment id or a section"},
    {"R403", SG_SEVERITY_NOTICE, SG_EFFECT_DROP, "any",
     "the row is of a learner who was forgotten on request",
     "nothing need be done here: the row is dropped and counted; have it taken out at the source too"},

    {"R501", NOTES, "any", "the row is dated after the day of import: stored, not counted",
     "check the date at the source"},
    {"R502", NOTES, "any", "the row is dated after the cut-off: stored, not counted",
     "check the date at the source; the next delivery counts it where it is right; or give the delivery's "
     "true "
     "cut-off (--cutoff, or key cutoff of the crosswalk)"},
    {"R503", WARNS, "any", "the cut-off column has no date up to the day of import: not looked at",
     "correct it at the source, or name the right column in the crosswalk"},
    {"R504", WARNS, "any",
     "the cut-off was guessed from the dates, and more than 1 % of the rows are dated after it: they are not "
     "counted",
     "give the day up to which the delivery is complete with --cutoff, or by key 'cutoff' of the crosswalk"},
};

enum { N_RULES = sizeof rules / sizeof rules[0] };

const sg_rule *sg_rules(size_t *out_n)
{
    if (out_n != NULL)
        *out_n = N_RULES;
    return rules;
}

static int compare_id(const void *id, const void *rule)
{
    return strcmp(id, ((const sg_rule *)rule)->id);
}

const sg_rule *sg_rule_find(const char *id)
{
    return id != NULL ? bsearch(id, rules, N_RULES, sizeof rules[0], compare_id) : NULL;
}

const char *sg_severity_text(sg_severity severity)
{
    static const char *const texts[] = {
        [SG_SEVERITY_ERROR] = "error", [SG_SEVERITY_WARNING] = "warning", [SG_SEVERITY_NOTICE] = "notice"};
    return (unsigned)severity < sizeof texts / sizeof texts[0] ? texts[severity] : "";
}

const char *sg_effect_text(sg_effect effect)
{
    static const char *const texts[] = {
        [SG_EFFECT_REFUSE_FILE] = "file refused",
        [SG_EFFECT_QUARANTINE] = "row refused",
        [SG_EFFECT_DROP] = "row dropped",
        [SG_EFFECT_COLLAPSE] = "counted once",
        [SG_EFFECT_KEEP] = "row kept",
    };
    return (unsigned)effect < sizeof texts / sizeof texts[0] ? texts[effect] : "";
}

int sg_rule_set_version(void)
{
    return RULE_SET_VERSION;
}
