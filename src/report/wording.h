/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Wording: sentences from rules. What may be said of a comparison depends on its state alone; the texts are in reports/text,
 * a file a page, with {{name}} for what is filled in.
 */
#ifndef SKILLGAIN_SRC_REPORT_WORDING_H
#define SKILLGAIN_SRC_REPORT_WORDING_H

#include "document.h"
#include "skillgain/model.h"

/* What fills a {{name}}; a list of them ends with a row whose name is NULL. */
typedef struct {
    const char *name;
    const char *text;
    const char *result; /* id of the result it comes from, or NULL */
} sg_value;

#define SG_VALUES(...)                                                                                       \
    (const sg_value[])                                                                                       \
    {                                                                                                        \
        __VA_ARGS__,                                                                                         \
        {                                                                                                    \
            NULL, NULL, NULL                                                                                 \
        }                                                                                                    \
    }
#define SG_NO_VALUES ((const sg_value[]){{NULL, NULL, NULL}})

/* The text `key` ("brief/title_higher") with its values, appended. A key or name that is not known fails the document. */
void sg_say(sg_document *doc, sg_spans *out, const char *key, const sg_value *values);
/* The same as one plain text (titles, captions, alternatives of figures). */
const char *sg_say_plain(sg_document *doc, const char *key, const sg_value *values);

/* What a difference allows to be said. */
typedef enum {
    SG_SAYS_HIGHER,
    SG_SAYS_LOWER,
    SG_SAYS_UNCLEAR,
    SG_SAYS_SMALL, /* fewer than 30 in a group: figures, no verdict */
    SG_SAYS_HIDDEN,
    SG_SAYS_NOTHING, /* not estimable */
    SG_SAYS_ABSENT,  /* this output does not hold it */
    SG_N_SAYS
} sg_says;

/* From the judgement that the results carry, made before an edition rounded its figures. NULL: absent. */
sg_says sg_says_of(const sg_estimate *difference);

/* Of a gap: the three verdicts, or why there is none. */
typedef enum {
    SG_VERDICT_GAP,        /* interval leaves 0 out, and the corrected p-value is at most 1 - confidence */
    SG_VERDICT_NO_LARGE,   /* interval wholly within the margin */
    SG_VERDICT_NOT_ENOUGH, /* neither, or fewer than 30 in a group */
    SG_VERDICT_HIDDEN,
    SG_VERDICT_NOTHING,
    SG_VERDICT_ABSENT,
    SG_N_VERDICTS
} sg_verdict;
sg_verdict sg_verdict_of(const sg_estimate *gap);

#endif
