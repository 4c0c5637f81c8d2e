/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * JSON: values built, written in one form (keys in the order they were set, two blanks a level, 17 digits) and read
 * back. The only place that knows jansson.
 */
#ifndef SKILLGAIN_BASE_JSON_H
#define SKILLGAIN_BASE_JSON_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "skillgain/base/err.h"
#include "skillgain/base/mem.h"
#include "skillgain/base/text.h"

typedef struct json_t sg_json;

sg_json *sg_json_object(void);
sg_json *sg_json_array(void);
void sg_json_free(sg_json *value); /* the root only; NULL is fine */

/* Setters take NULL objects and note failure in the tree, so that sg_json_write tells it. text NULL and a number that is
 * not finite become null. sg_json_set and sg_json_append take ownership of value, whatever happens. */
void sg_json_set(sg_json *object, const char *key, sg_json *value);
void sg_json_set_text(sg_json *object, const char *key, const char *text);
void sg_json_set_int(sg_json *object, const char *key, int64_t value);
void sg_json_set_real(sg_json *object, const char *key, double value);
void sg_json_set_bool(sg_json *object, const char *key, bool value);
void sg_json_set_null(sg_json *object, const char *key);
void sg_json_append(sg_json *array, sg_json *value);
void sg_json_append_text(sg_json *array, const char *text);
void sg_json_append_int(sg_json *array, int64_t value);

/* with a final line break */
sg_status sg_json_write(const sg_json *value, sg_str *out, sg_err *err) SG_MUST_CHECK;
sg_status sg_json_read(const char *text, size_t length, sg_json **out, sg_err *err) SG_MUST_CHECK;

/* Getters: NULL, NaN or the default where the key is absent or of another type. Borrowed from the root. */
const sg_json *sg_json_get(const sg_json *object, const char *key);
const char *sg_json_get_text(const sg_json *object, const char *key);
int64_t sg_json_get_int(const sg_json *object, const char *key, int64_t otherwise);
double sg_json_get_real(const sg_json *object, const char *key);
bool sg_json_get_bool(const sg_json *object, const char *key, bool otherwise);
size_t sg_json_size(const sg_json *array);
const sg_json *sg_json_at(const sg_json *array, size_t index);
const char *sg_json_text(const sg_json *value); /* of a string value, else NULL */
double sg_json_real(const sg_json *value);      /* of a number, else NaN */
bool sg_json_is_null(const sg_json *value);
bool sg_json_is_array(const sg_json *value);

/* The key of an object behind this one, in the order they stand in; NULL asks for the first and says that there is no other. */
const char *sg_json_next_key(const sg_json *object, const char *key);

#endif
