/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Settings: the keys of skillgain.yaml, one table row each: its default, its form, where its value goes. A key is added
 * here and in the workspace file that `init` writes, nowhere else.
 */
#ifndef SG_CONFIG_SETTING_H
#define SG_CONFIG_SETTING_H

#include "config/reader.h"
#include "skillgain/config.h"

enum { SG_MOST_TERMS = 250 }; /* a term's place is kept in a byte */

typedef enum {
    SG_SETTING_TEXT,       /* const char * */
    SG_SETTING_PATH,       /* const char *, joined to the workspace's folder */
    SG_SETTING_INT,        /* int */
    SG_SETTING_YEARLY,     /* int, above 0; by_year: 0 */
    SG_SETTING_COUNT,      /* int64_t */
    SG_SETTING_SIZE,       /* int64_t, in bytes: 64KiB */
    SG_SETTING_FRACTION,   /* double */
    SG_SETTING_BOOL,       /* bool */
    SG_SETTING_GRADES,     /* unsigned: SG_GRADE_BIT_... */
    SG_SETTING_GAIN_TYPES, /* unsigned: bit sg_gain_type */
    SG_SETTING_OUTCOMES,   /* the lists below have their number right behind them in sg_config */
    SG_SETTING_DIMENSIONS,
    SG_SETTING_REFERENCES,
    SG_SETTING_COLLEGES,
    SG_SETTING_DAYS,   /* sg_day, ascending; its number as above */
    SG_SETTING_EXPECT, /* int64_t[SG_N_KINDS] */
    SG_SETTING_FIXED   /* accepted at its default only: this version lacks what it would change */
} sg_setting_type;

typedef struct {
    const char *key;     /* "cohort.landmark_days" */
    const char *initial; /* the default, as YAML */
    sg_setting_type type;
    bool open;       /* the ends of a fraction's range are not allowed themselves */
    bool silent;     /* changes no number and no word of an output: no part of the digest */
    size_t offset;   /* in sg_config */
    size_t offset_n; /* of a list's number */
    double low,
        high; /* of numbers: both allowed; of fractions: as `open` says; of a text: its least length */
} sg_setting;

/* The table; its end has a NULL key. */
extern const sg_setting sg_settings[];

/* Reads one value into the configuration (settings_value.c). */
sg_status sg_setting_read(const sg_reader *reader, const sg_setting *setting, const sg_yaml_node *node,
                          sg_config *config) SG_MUST_CHECK;

/* Adds every value that can change a number or a word of an output to the digest, in the table's order. */
void sg_settings_digest(const sg_config *config, char out[SG_SHA256_TEXT]);

/* Fills in every default; then what the file has; then what only holds between keys. */
sg_status sg_settings_defaults(const sg_reader *reader, sg_config *config) SG_MUST_CHECK;
sg_status sg_settings_apply(const sg_reader *reader, const sg_yaml_node *root,
                            sg_config *config) SG_MUST_CHECK;
sg_status sg_settings_check(const sg_reader *reader, const sg_yaml_node *root,
                            const sg_config *config) SG_MUST_CHECK;

#endif
