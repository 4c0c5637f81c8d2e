/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The layouts of the exports: which columns a file has, and how its bytes are written. */
#ifndef SKILLGAIN_GENERATE_LAYOUT_H
#define SKILLGAIN_GENERATE_LAYOUT_H

#include "generate_export.h"

enum { SG_REMARK = -2, SG_RACE_LIST = -3 }; /* columns made of no single value */
enum { SG_AS_EVER, SG_MINUTES, SG_SERIAL }; /* otherwise than the layout writes such values */
enum { SG_ISO, SG_US, SG_COMPACT };         /* dates: 2024-07-01, 07/01/2024, 20240701 */
enum { SG_UTF8, SG_UTF8_MARKED, SG_WINDOWS_1252, SG_UTF16 };

typedef struct {
    int column;
    const char *header;
    const char *missing; /* how the system writes that there is nothing */
    int form;
} sg_shown;

typedef struct {
    const char *name;
    char separator;
    const char *line_end;
    int encoding;
    int dates;
    struct {
        const sg_shown *columns;
        int n;
    } kinds[SG_KINDS];
} sg_layout;

int sg_layout_find(const char *name); /* SG_LAYOUTS: there is none */

/* Whether there is such a file, in which layout it is (tests are the vendor's or canonical), and what that looks like. */
bool sg_layout_has(int layout, int kind);
int sg_layout_of(int layout, int kind);
const sg_layout *sg_layout_get(int layout, int kind);

#endif
