/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Private to base: the form of numbers in JSON, which no export may use.
 */
#ifndef SG_BASE_PARSE_SCIENTIFIC_H
#define SG_BASE_PARSE_SCIENTIFIC_H

#include <stdbool.h>
#include <stddef.h>

/* A plain decimal with or without an exponent ("1.5e-07", "2E+3"); no locale. False also where it is beyond a double. */
bool sg_parse_scientific(const char *text, size_t length, double *out);

#endif
