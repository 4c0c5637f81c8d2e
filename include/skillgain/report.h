/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * report: a publication to files. A page is built once as a document (sections, paragraphs, tables, figures, notes) and each
 * writer renders it; sentences come from rules and carry the ids of their numbers.
 */
#ifndef SKILLGAIN_REPORT_H
#define SKILLGAIN_REPORT_H

#include "skillgain/base.h"
#include "skillgain/disclosure.h"

enum {
    SG_REPORT_OUTCOMES = 1,
    SG_REPORT_EQUITY = 2,
    SG_REPORT_BRIEF = 4,
    SG_REPORT_QUALITY = 8,
    SG_REPORT_NRS = 16,      /* drafts whose results hold the NRS tables */
    SG_REPORT_PROGRAMS = 32, /* drafts whose results hold the facts of IET */
    SG_REPORT_ALL = 63
};
enum {
    SG_FORMAT_HTML = 1,
    SG_FORMAT_MARKDOWN = 2,
    SG_FORMAT_CSV = 4,
    SG_FORMAT_JSON = 8,
    SG_FORMAT_XLSX = 16,
    SG_FORMAT_ALL = 31
};

typedef struct {
    unsigned pages;   /* SG_REPORT_... */
    unsigned formats; /* SG_FORMAT_... */
} sg_report_options;

/* Writes every file of the output into an existing empty folder, SHA256SUMS last. Permissions: 0600 for a draft, 0644 for an edition. */
sg_status sg_report_write(const sg_publication *publication, const sg_report_options *options,
                          const char *folder, sg_err *err) SG_MUST_CHECK;

/* Checks a folder's SHA256SUMS: every file named is there with that content, and no other file. */
sg_status sg_report_check_sums(const char *folder, sg_err *err) SG_MUST_CHECK;

#endif
