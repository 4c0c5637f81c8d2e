/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The sample workspace: colleges.csv, skillgain.yaml and the public made-up key. */
#ifndef SKILLGAIN_GENERATE_WORKSPACE_H
#define SKILLGAIN_GENERATE_WORKSPACE_H

#include <stdio.h>

void sg_workspace_colleges(FILE *file);
void sg_workspace_config(FILE *file);
void sg_workspace_key(FILE *file);

#endif
