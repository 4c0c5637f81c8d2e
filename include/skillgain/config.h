/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * config: the workspace file skillgain.yaml and the crosswalks, read, checked and with every default filled in. An unknown key
 * or value is an error with its file and line, and so is a key whose feature this version does not have, where it differs from
 * the default.
 */
#ifndef SKILLGAIN_CONFIG_H
#define SKILLGAIN_CONFIG_H

#include "skillgain/base.h"
#include "skillgain/config/synonyms.h"
#include "skillgain/model.h"

typedef struct {
    const char *code, *name;
} sg_college_name;
enum { SG_GRADE_BIT_CONFIRMED = 1, SG_GRADE_BIT_SUPPORTED = 2, SG_GRADE_BIT_CLAIMED = 4 };

typedef struct {
    const char *dimension; /* "" = every dimension without one of its own */
    const char *reference; /* all_others, overall, highest, largest, a level, or a number in [0,1] as text */
} sg_reference_choice;

typedef struct {
    int64_t field_bytes, record_bytes, columns;
} sg_input_limits;

typedef struct {
    sg_arena *arena;    /* owns all texts and arrays */
    const char *folder; /* of the workspace */
    const char *agency, *contact;
    const sg_college_name *colleges; /* sorted by code; names for reports */
    size_t n_colleges;
    const char *store, *inbox, *output, *crosswalks, *key; /* paths, joined to the folder; key: FOLDER/key */
    int64_t expect_seconds[SG_N_KINDS];                    /* 0: not expected */
    const sg_yearly_rules *rules;                          /* NULL: those shipped */
    struct {
        int participant_hours, exit_gap_days; /* in every program year; 0: as the rules have it, by year */
        int landmark_days, follow_up_days, gain_grace_days, entry_days;
        bool placement_by_tests; /* groups of the comparison too; federal tables always */
        const sg_day *terms;     /* first days of terms, ascending; with them the term design leads */
        size_t n_terms;
        unsigned iet; /* SG_GRADE_BIT_...: the grades that are arm iet */
    } cohort;
    struct {
        /* as configured; those that can't be computed are named in the reports */
        const char *const *outcomes;
        size_t n_outcomes;
        unsigned common_types; /* bit sg_gain_type */
        const char *const *dimensions;
        size_t n_dimensions;
        const sg_reference_choice *references;
        size_t n_references;
        double equivalence_margin, confidence;
    } analysis;
    sg_disclosure_policy disclosure;
    double max_quarantined;
    struct {
        bool keep_rows; /* the text of refused rows stays in the store */
        /* how far a delivery may be from the one before it without a finding */
        double volume_ratio; /* rows: at most so many times as many, or as few */
        double missing_rise; /* of the share of rows without a value, or with an unknown code */
        double mix_index;    /* population stability index of a field's codes */
        int64_t least_rows;  /* fewer are not compared */
        int stale_days;      /* between the latest day of a file and its cut-off */
    } quality;
    bool archive;
    sg_input_limits limits;
    sg_instruments instruments;     /* CROSSWALKS/instruments.csv, else the shipped table */
    const char *instruments_digest; /* of the workspace's own; NULL: the shipped one */
} sg_config;

/* Reads FOLDER/skillgain.yaml and the table of instruments; every error names file, line, key and what is allowed. Caller frees. */
sg_status sg_config_load(const char *folder, sg_config **out, sg_err *err) SG_MUST_CHECK;
void sg_config_free(sg_config *config);
SG_DEFINE_CLEANUP(sg_config, sg_config, sg_config_free)

/* The value of a yearly rule in a program year: the workspace's own, else that of the rules. */
int sg_config_yearly(const sg_config *config, sg_yearly_rule rule, int program_year);
int sg_config_yearly_on(const sg_config *config, sg_yearly_rule rule, sg_day day); /* in that of the day */
/* Has the workspace a value of its own, for every year? */
bool sg_config_is_own(const sg_config *config, sg_yearly_rule rule);

/* The reference of a dimension: its own choice, else the general one. */
const char *sg_config_reference(const sg_config *config, const char *dimension);
const char *sg_config_college_name(const sg_config *config,
                                   const char *code); /* the code where none is given */

/* Digest of every effective value that can change a number or a word of an output (paths, expect and archive apart). */
void sg_config_digest(const sg_config *config, char out[SG_SHA256_TEXT]);

/* What `init` writes: the dozen keys that an office sets, the rest as comments with their defaults. It loads without error. */
const char *sg_config_template(void);
/* The name of an agency that has given none. */
const char *sg_config_unset_agency(void);

/* ---- crosswalks ---- */

typedef struct {
    const char *from, *to; /* an export's code (trimmed, exact) and ours; to "" or "unknown": missing */
} sg_code_pair;

typedef enum { SG_UNIT_NONE, SG_UNIT_HOURS, SG_UNIT_MINUTES, SG_UNIT_CLOCK } sg_unit; /* CLOCK: h:mm */

/* Where a field's value comes from. */
typedef struct {
    const char *column;        /* the export's header, or NULL */
    const char *const *others; /* further names that it may have, asked for in turn */
    size_t n_others;
    sg_unit unit;             /* of hours only */
    const char *const *dates; /* its own forms of dates; NULL: the crosswalk's */
    size_t n_dates;
    const char *value;         /* a constant, or NULL; neither: the field is not in this export */
    const sg_code_pair *codes; /* n_codes 0: the export has our codes */
    size_t n_codes;
    int line; /* in the crosswalk, for messages */
} sg_column_source;

/* A further column, kept as a dimension. */
typedef struct {
    const char *name;
    sg_column_source source;
} sg_custom_source;
typedef enum { SG_CUTOFF_LAST_DATE, SG_CUTOFF_FILENAME, SG_CUTOFF_COLUMN } sg_cutoff_rule;
typedef enum { SG_ENCODING_AUTO, SG_ENCODING_UTF8, SG_ENCODING_UTF16, SG_ENCODING_WINDOWS_1252 } sg_encoding;
typedef enum { SG_CASE_KEEP, SG_CASE_UPPER, SG_CASE_LOWER } sg_id_case;

typedef struct sg_crosswalk {
    const char *name;
    const char *file; /* where it was read, for messages; shipped ones: "shipped/NAME.yaml" */
    char sha256[SG_SHA256_TEXT];
    sg_kind kind;
    sg_delivery delivery;
    unsigned scope; /* of sg_scope_column; default: those of the kind's columns that are mapped */
    sg_cutoff_rule cutoff;
    /* the file name's pattern (%Y %m %d and literal text, found anywhere in the name), or the column */
    const char *cutoff_text;
    bool learners_by_college;
    bool latest_gains;
    bool gains_said;    /* the crosswalk has the key, be it with its default */
    sg_id_case id_case; /* key learner_case: keep (default), upper, lower */
    sg_encoding encoding;
    char delimiter;           /* '\0': auto */
    const char *const *dates; /* sg_day_parse patterns, tried in order; default ["%Y-%m-%d"] */
    size_t n_dates;
    /* by the kind's field; the form race: {columns: ...} is spread over race_... fields */
    sg_column_source fields[SG_MAX_FIELDS];
    sg_custom_source *custom; /* sorted by name */
    size_t n_custom;
    bool custom_numbers; /* they are numbers of a college (kind context), not dimensions */
    /* race: {list: ...}: one column with several codes, each to a race or to hispanic; column NULL: there is none */
    sg_column_source race_list;
    char race_separator;
    /* Of an export whose line has several rows side by side: the crosswalk as it is for each of them, whose fields are those of
     * `columns` and those that the record maps itself (those that are not given here). 0: a line is a row. */
    const struct sg_crosswalk *records;
    size_t n_records;
    const char *const *also; /* names of crosswalks of other kinds that read the same file too */
    size_t n_also;
} sg_crosswalk;

bool sg_source_is_given(const sg_column_source *source); /* has it a column or a constant? */
/* Does the record map this field itself? */
bool sg_crosswalk_is_own(const sg_crosswalk *crosswalk, const sg_crosswalk *record, int field);

/* How a crosswalk says that dates are the serial days of a spreadsheet (1900 system). */
#define SG_DATES_EXCEL "excel"

typedef struct {
    sg_arena *arena;
    sg_crosswalk *all; /* sorted by name; a workspace's own one hides a shipped one of the same name */
    size_t n;
} sg_crosswalks;

/* Every *.yaml of the folder (absent folder: none) and the shipped ones. */
sg_status sg_crosswalks_load(const char *folder, sg_crosswalks **out, sg_err *err) SG_MUST_CHECK;
/* One file. */
sg_status sg_crosswalks_load_file(const char *path, sg_crosswalks **out, sg_err *err) SG_MUST_CHECK;
void sg_crosswalks_free(sg_crosswalks *crosswalks);
SG_DEFINE_CLEANUP(sg_crosswalks, sg_crosswalks, sg_crosswalks_free)

#endif
