/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "skillgain/model/rule.h"

#include <stdlib.h>
#include <string.h>

/* Raised with every change of the catalogue or of what a rule finds. */
enum { RULE_SET_VERSION = 4 };

#define REFUSES_FILE SG_SEVERITY_ERROR, SG_EFFECT_REFUSE_FILE
#define HOLDS_FILE SG_SEVERITY_ERROR, SG_EFFECT_HOLD_FILE
#define REFUSES_ROW SG_SEVERITY_ERROR, SG_EFFECT_QUARANTINE
#define WARNS SG_SEVERITY_WARNING, SG_EFFECT_KEEP
#define NOTES SG_SEVERITY_NOTICE, SG_EFFECT_KEEP

/*
 * By hundreds: R0 the file, R1 the shape of a row, R2 one value, R3 several fields of a row, R4 rows among
 * themselves, R5 dates and the cut-off, R7 the delivery as a whole. Sorted by id; an id is never used again for something else.
 */
static const sg_rule rules[] = {
    {"R001", REFUSES_FILE, "any", "the file is empty",
     "look at the job that writes the export, and deliver it again", "design.md section 6, Rows"},
    {"R002", REFUSES_FILE, "any", "the file has a header and no rows",
     "look at the query behind the export: nothing is withdrawn on the word of a file without rows",
     "design.md section 6, Rows"},
    {"R003", REFUSES_FILE, "any", "the file is a workbook, an archive or another format, not text in columns",
     "save or unpack it as CSV in UTF-8 and deliver that",
     "our own: what spreadsheets and archives begin with"},
    {"R004", REFUSES_FILE, "any", "the encoding of the file can't be trusted",
     "export as UTF-8, or declare the file's encoding in the crosswalk", "design.md section 6, Rows"},
    {"R005", REFUSES_FILE, "any", "no crosswalk fits the header",
     "correct the header, or add a crosswalk for this layout", "design.md section 6, Rows"},
    {"R006", REFUSES_FILE, "any", "a column that the crosswalk needs is missing",
     "export it too, or name the right column in the crosswalk", "design.md section 6, Rows"},
    {"R007", REFUSES_FILE, "any", "several crosswalks fit the header equally well",
     "name one with --crosswalk, or the kind with --kind", "design.md section 6, Rows"},
    {"R008", REFUSES_FILE, "any", "a column that the crosswalk reads stands twice in the header",
     "rename or leave out one of the two", "design.md section 6, Rows"},
    {"R009", REFUSES_FILE, "any", "a quoted field is never closed",
     "close the quote on the line where it opens, or double the quotes within the field", "RFC 4180"},
    {"R010", REFUSES_FILE, "any", "a field, a record, the columns, the rows or the file exceed their limit",
     "look for a damaged line; if the data are right, raise 'limits' in skillgain.yaml or split the file",
     "design.md section 6, Rows"},
    {"R011", REFUSES_FILE, "any", "the quotes of the header are broken", "double the quotes within a name",
     "RFC 4180"},
    {"R012", REFUSES_FILE, "any", "the cut-off of the delivery can't be told",
     "correct the file's name or dates, or give the day with --cutoff", "design.md section 6, Rows"},
    {"R013", NOTES, "any", "no day has three rows: the latest day of the file is taken as its cut-off",
     "give the day with --cutoff where it is another", "design.md section 6, Rows"},
    {"R014", WARNS, "enrollment", "contact_hours is blank or 0 in every row",
     "look at the query behind the export: enrollment is taken as participation, and the file is held where "
     "the delivery before had hours",
     "design.md section 6, Rows"},
    {"R015", WARNS, "any",
     "the file lacks a column that the crosswalk names: the field is blank in every row",
     "export it too, name the right column in the crosswalk, or take it out there",
     "design.md section 6, Rows"},
    {"R016", NOTES, "enrollment", "the file lacks a column that decides what is counted",
     "export contact_hours, iet, end_date and entering_level too; without one of them reports can say less",
     "design.md section 6, Rows"},

    {"R101", REFUSES_ROW, "any", "the row has more or fewer fields than the header",
     "quote fields that contain the delimiter or a line break", "design.md section 6, Rows"},
    {"R102", REFUSES_ROW, "any", "the quotes of the line are broken",
     "quote the whole field and double the quotes within it", "RFC 4180"},
    {"R103", REFUSES_ROW, "any", "a quoted field has swallowed whole rows",
     "close the quote on the line where it opens; each line of the record is refused",
     "our own: RFC 4180 gives no way to tell"},
    {"R104", REFUSES_ROW, "any", "the row has bytes that are no text in the file's encoding",
     "export as UTF-8, or declare the file's encoding in the crosswalk, such as 'encoding: windows-1252'",
     "design.md section 6, Rows"},
    {"R105", SG_SEVERITY_NOTICE, SG_EFFECT_DROP, "any", "the header is repeated within the file",
     "nothing need be done: the row is dropped and counted", "design.md section 6, Rows"},
    {"R106", SG_SEVERITY_NOTICE, SG_EFFECT_DROP, "any", "the row is a total, not a record",
     "nothing need be done: the row is dropped and counted", "design.md section 6, Rows"},

    {"R201", REFUSES_ROW, "any", "a required field is missing", "fill it in at the source",
     "design.md section 6, Rows"},
    {"R202", REFUSES_ROW, "any", "a date is not on the calendar or not of the declared form",
     "correct it at the source, or declare its form under 'dates' in the crosswalk",
     "design.md section 6, Rows"},
    {"R203", REFUSES_ROW, "enrollment", "hours are negative, over 9999 or not a plain decimal",
     "correct them at the source", "design.md section 6, Rows"},
    {"R204", WARNS, "any", "a number is not a plain number: taken as missing", "correct it at the source",
     "design.md section 6, Rows"},
    {"R205", REFUSES_ROW, "any", "an unknown code in a field that must be known",
     "correct it at the source, or map the code in the crosswalk", "design.md section 6, Rows"},
    {"R206", WARNS, "any", "an unknown code: taken as unknown",
     "correct it at the source, or map the code in the crosswalk", "design.md section 6, Rows"},
    {"R207", REFUSES_ROW, "enrollment", "the learner is under 16 or over 110 on the first day of the row",
     "correct the birth date, the age or the first day at the source", "34 CFR 463.150; WTCS: 16 years"},
    {"R208", REFUSES_ROW, "enrollment", "the birth date is in the future", "correct it at the source",
     "design.md section 6, Rows"},
    {"R209", REFUSES_ROW, "any", "the learner's id is longer than 64 bytes", "look for a shifted column",
     "design.md section 6, Rows"},
    {"R210", REFUSES_ROW, "any", "an identifier holds invisible, control or full-width characters",
     "type it anew at the source: it looks like another id and is not", "Unicode 15, general categories"},
    {"R211", REFUSES_ROW, "any",
     "a spreadsheet has turned a value into a formula, or an identifier into a power of ten",
     "export it as text, without opening the file in a spreadsheet", "our own: what spreadsheets do to ids"},
    {"R212", REFUSES_ROW, "any", "the college is missing, and ids are unique only within a college",
     "fill it in at the source, or map it in the crosswalk", "design.md section 6, Rows"},

    {"R301", REFUSES_ROW, "enrollment", "the end is before the start",
     "correct one of the two dates at the source", "design.md section 6, Rows"},
    {"R302", WARNS, "enrollment", "birth date and age differ by more than a year: the birth date counts",
     "correct one of the two at the source", "design.md section 6, Rows"},
    {"R303", WARNS, "any", "the row has no day in the program year that it names",
     "check the dates and the program year at the source: the dates count", "design.md section 6: a check"},
    {"R304", WARNS, "enrollment", "the exit date is before the start",
     "correct one of the two dates at the source", "design.md section 6, Rows"},
    {"R305", WARNS, "enrollment", "there are more distance hours than contact hours, which contain them",
     "deliver all hours as contact hours", "design.md section 6, Rows"},

    {"R306", WARNS, "enrollment", "more hours than the days of the row have",
     "correct the hours or the dates at the source", "our own: 24 hours a day"},
    {"R307", NOTES, "enrollment", "more than 12 hours a day over the days of the row",
     "see whether minutes were delivered as hours, or the dates are too narrow", "our own"},
    {"R308", NOTES, "enrollment", "the pre-test is after the end of the row",
     "correct one of the two dates at the source", "34 CFR 462.41"},
    {"R309", NOTES, "enrollment", "the pre-test is more than a year before the first day",
     "see whether the placement is still the learner's", "34 CFR 462.41; our own bound"},
    {"R310", NOTES, "enrollment", "the exit reason is none of Title II (05 foster care, 06 ineligible)",
     "correct it at the source; it excludes nobody", "JPG24 Attachment II, tables A to C"},
    {"R311", NOTES, "enrollment", "an exit reason without an end or exit date",
     "deliver the day on which the learner left", "PIRL 901 and 923"},
    {"R312", WARNS, "enrollment", "the race column and the columns of races disagree",
     "deliver one of the two", "PIRL 210 to 215"},
    {"R313", WARNS, "enrollment", "foster youth over 24", "correct the flag or the age at the source",
     "PIRL 704: ages 14 to 24"},
    {"R314", WARNS, "enrollment", "employed and long-term unemployed at once",
     "correct one of the two at the source", "PIRL 402: 27 consecutive weeks unemployed at entry"},
    {"R315", NOTES, "enrollment", "a displaced homemaker who is employed",
     "see whether the learner is underemployed; else correct one of the two", "PIRL 807"},
    {"R316", NOTES, "enrollment", "IET without the program's id: it can't be held against the register",
     "deliver iet_program_id", "34 CFR 463.36; WTCS approval register"},
    {"R317", WARNS, "enrollment", "an IET program's id on a row that is not IET",
     "correct the flag or take out the id", "34 CFR 463.35"},
    {"R318", WARNS, "enrollment", "an integrated class on a row that is not IET",
     "correct the flag or the component", "34 CFR 463.36"},
    {"R319", WARNS, "enrollment", "exhausting TANF and without public assistance",
     "correct one of the two at the source", "PIRL 600 and 601"},
    {"R320", NOTES, "enrollment", "IELCE with an ABE level", "see whether the class or the level is right",
     "34 CFR 463.33: for English language learners"},
    {"R321", NOTES, "enrollment", "the planned service is not after the last day",
     "correct one of the two dates; it keeps nothing open", "34 CFR 463.150(c)"},
    {"R322", WARNS, "enrollment", "an ESL level and not an English learner",
     "correct one of the two at the source", "PIRL 803; 34 CFR 462.42"},
    {"R323", NOTES, "enrollment", "a wage at entry of somebody who is not employed",
     "correct one of the two at the source", "PIRL 400"},
    {"R324", NOTES, "enrollment", "the occupation is no SOC, O*NET or CIP code, though it is of digits",
     "export it as text: spreadsheets drop hyphens and zeros", "SOC 2018; O*NET-SOC; CIP 2020"},
    {"R325", NOTES, "enrollment", "the row goes over more than two years", "see whether its end is right",
     "our own"},
    {"R326", WARNS, "enrollment", "the pre-test score is outside the instrument's scale",
     "correct the score or the instrument at the source",
     "publishers' scales: TABE 11/12 300 to 800, BEST Plus 2.0 from 88"},
    {"R327", WARNS, "enrollment", "the race says Hispanic and the ethnicity does not",
     "correct one of the two at the source", "PIRL 210"},

    {"R330", WARNS, "gain", "a level gain whose level after is not above the level before",
     "correct the levels, or the type, at the source", "34 CFR 462.43"},
    {"R331", NOTES, "gain", "a level gain from one scale into the other (ABE, ESL)",
     "see whether it is a new placement rather than a gain", "34 CFR 462.42"},
    {"R332", NOTES, "gain", "levels on a gain that is none of levels", "see whether the type is right",
     "JPG24, measurable skill gains"},
    {"R333", WARNS, "gain", "a gain by test whose score after is below the score before",
     "correct the scores at the source", "34 CFR 462.43"},
    {"R334", NOTES, "gain", "a gain by test without level after or score after: it can't be checked",
     "deliver level_to or post_score", "34 CFR 462.43"},
    {"R335", WARNS, "gain", "a gain by test from the highest level, above which there is none",
     "see whether it is a diploma or another type", "34 CFR 462.42: ABE Level 6"},
    {"R336", NOTES, "gain", "a gain by an equivalency subtest before July 2023, when the type began",
     "see whether the type or the date is right", "JPG24 of June 2024; NRS tables from PY 2023"},
    {"R337", NOTES, "gain", "a gain by test from an alternative placement, which is made without a test",
     "see whether the level or the type is right", "NRS tables from PY 2023"},

    {"R340", WARNS, "test", "the score is outside the instrument's scale",
     "correct the score or the instrument at the source",
     "publishers' scales: TABE 11/12 300 to 800, BEST Plus 2.0 from 88"},
    {"R341", NOTES, "test", "an instrument after its approval ended (CASAS Life and Work, 30 June 2024)",
     "use an approved instrument; the score gives no level", "NRS approved assessments; CASAS"},
    {"R342", NOTES, "test", "a test without score and without level", "deliver one of the two",
     "34 CFR 462.40"},
    {"R343", WARNS, "test", "the level is not the one that the score gives",
     "see which of the two is right; cut-points are those of TABE 11/12",
     "TABE 11/12 cut-points (not verified)"},

    {"R350", REFUSES_ROW, "service", "neither a service date nor a month", "deliver one of the two",
     "design.md section 6, Fields"},
    {"R351", WARNS, "service", "the service date is not in the month: the date counts",
     "correct one of the two at the source", "our own"},
    {"R352", WARNS, "service", "more than 24 hours on one day", "see whether minutes were delivered as hours",
     "our own: 24 hours a day"},
    {"R353", WARNS, "service", "more than 744 hours in a month", "see whether hours add up over months",
     "our own: 31 days of 24 hours"},

    {"R360", NOTES, "outcome", "earnings without an amount", "deliver the value, or leave out the row",
     "PIRL 1704"},
    {"R361", NOTES, "outcome", "the amount stands for 'not yet available': taken as missing",
     "nothing need be done; the next delivery may have it", "PIRL 1703 to 1706: 999999.99"},
    {"R362", NOTES, "outcome", "a credential without its type", "deliver credential_type", "PIRL 1800"},
    {"R363", REFUSES_ROW, "outcome", "neither an outcome date nor a quarter", "deliver one of the two",
     "design.md section 6, Fields"},
    {"R364", WARNS, "outcome", "the outcome date is not in the quarter: the date counts",
     "correct one of the two at the source", "our own"},
    {"R365", WARNS, "outcome", "negative earnings", "correct them at the source", "PIRL 1704"},

    {"R370", WARNS, "program", "the program ends before it starts",
     "correct one of the two dates at the source", "our own"},
    {"R371", WARNS, "program", "the approval ends before it begins",
     "correct one of the two dates at the source", "WTCS approval register"},
    {"R372", NOTES, "program", "a program without the day of its approval: nobody in it is confirmed",
     "deliver approved_from", "34 CFR 463.36; WTCS approval register"},
    {"R373", NOTES, "program", "an attestation is missing", "ask the reviewer; records can't show it",
     "34 CFR 463.37 and 463.38"},
    {"R374", WARNS, "program", "no seats, or fewer than none", "correct them at the source", "our own"},

    {"R380", WARNS, "context", "the program year is before 2000 or after 2099",
     "correct it at the source: it is named by its first calendar year", "our own"},

    {"R401", SG_SEVERITY_NOTICE, SG_EFFECT_COLLAPSE, "any",
     "the row repeats an earlier one exactly: counted once",
     "nothing need be done; look for a join that doubles rows where there are many",
     "design.md section 6, Rows"},
    {"R402", SG_SEVERITY_WARNING, SG_EFFECT_COLLAPSE, "any",
     "a later row of the file has the same key and other content: the later one counts",
     "deliver one row, or tell the two apart by an enrollment id or a section", "design.md section 6, Rows"},
    {"R403", SG_SEVERITY_NOTICE, SG_EFFECT_DROP, "any",
     "the row is of a learner who was forgotten on request",
     "nothing need be done here: the row is dropped and counted; have it taken out at the source too",
     "34 CFR 99.35; our own"},

    {"R501", NOTES, "any", "the row is dated after the day of import: stored, not counted",
     "check the date at the source", "design.md sections 5 and 6"},
    {"R502", NOTES, "any", "the row is dated after the cut-off: stored, not counted",
     "check the date at the source; the next delivery counts it where it is right; or give the delivery's "
     "true "
     "cut-off (--cutoff, or key cutoff of the crosswalk)",
     "design.md sections 5 and 6"},
    {"R503", WARNS, "any", "the cut-off column has no date up to the day of import: not looked at",
     "correct it at the source, or name the right column in the crosswalk", "design.md sections 5 and 6"},
    {"R504", WARNS, "any",
     "the cut-off was guessed from the dates, and more than 1 % of the rows are dated after it: they are not "
     "counted",
     "give the day up to which the delivery is complete with --cutoff, or by key 'cutoff' of the crosswalk",
     "design.md sections 5 and 6"},

    {"R701", WARNS, "any", "a delivery in use is complete up to a later day: nothing in this one is newer",
     "see whether an old export was sent again; where both bring a row, the newer delivery counts",
     "design.md section 6, Rows"},
    {"R702", NOTES, "any", "the cut-off is that of the delivery before",
     "nothing need be done where this corrects it; else see whether the export is still made anew",
     "design.md section 6, Rows"},
    {"R703", WARNS, "any", "far fewer rows than in the delivery before",
     "look at the filters of the export's query; 'quality.volume_ratio' says how many are few", "our own"},
    {"R704", WARNS, "any", "far more rows than in the delivery before",
     "look for a join that doubles rows, or a filter that is gone; 'quality.volume_ratio' says how many are "
     "many",
     "our own"},
    {"R705", WARNS, "any", "a college of the delivery before is not in this one",
     "see whether the college still delivers; its rows stay where deliveries replace colleges one by one",
     "our own"},
    {"R706", NOTES, "any", "a college that the delivery before did not have",
     "see whether it is a new one or an old one under another code", "our own"},
    {"R707", WARNS, "any", "far more or far fewer rows of a college than in the delivery before",
     "ask the college; 'quality.volume_ratio' says how many are too many", "our own"},
    {"R708", WARNS, "any", "the latest day in the file lies far before its cut-off",
     "see whether the source is still kept up to date, or the cut-off is wrong; 'quality.stale_days' says "
     "how "
     "far is far",
     "our own"},
    {"R711", WARNS, "any", "far more rows are without a value than in the delivery before",
     "see whether the column still comes from the right place; 'quality.missing_rise' says how many",
     "our own; Pearson's chi-square, p below 0.0001"},
    {"R712", WARNS, "any", "far more rows have an unknown code than in the delivery before",
     "map the new codes in the crosswalk; 'quality.missing_rise' says how many",
     "our own; Pearson's chi-square, p below 0.0001"},
    {"R713", WARNS, "any", "the mix of the codes is another than in the delivery before",
     "see whether codes were mapped or filtered anew; 'quality.mix_index' says how much is another",
     "population stability index above 0.25: Siddiqi 2006; Pearson's chi-square, p below 0.0001"},
    {"R714", NOTES, "any", "a code that no delivery before had", "see whether it is meant", "our own"},

    {"R721", WARNS, "any",
     "the learner's id looks like another one and is not the same: they are two learners",
     "see whether they are one person, and correct the id at the source; ids are never made one here",
     "Unicode UTS #39, confusables; the table is our own"},

    {"R731", HOLDS_FILE, "gain",
     "no learner has a second gain in a program year: the export seems to keep only the latest one, and its "
     "crosswalk does not say so",
     "say in the crosswalk which it is: 'gains: latest', or 'gains: all' where every gain is kept",
     "design.md section 3.1; 0.98^400 = 0.0003"},
    {"R732", WARNS, "gain",
     "the crosswalk says that the export keeps only a learner's latest gain, and learners have several in a "
     "program year",
     "take 'gains: latest' out of the crosswalk: it costs the outcome msg_common", "design.md section 3.1"},
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
        [SG_EFFECT_REFUSE_FILE] = "file refused", [SG_EFFECT_HOLD_FILE] = "file held",
        [SG_EFFECT_QUARANTINE] = "row refused",   [SG_EFFECT_DROP] = "row dropped",
        [SG_EFFECT_COLLAPSE] = "counted once",    [SG_EFFECT_KEEP] = "row kept",
    };
    return (unsigned)effect < sizeof texts / sizeof texts[0] ? texts[effect] : "";
}

int sg_rule_set_version(void)
{
    return RULE_SET_VERSION;
}
