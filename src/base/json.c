/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "skillgain/base/json.h"

#include <math.h>
#include <string.h>

#include <jansson.h>

enum { REAL_DIGITS = 17 };

/*
 * A setter that fails for want of memory must not pass unseen: what is missing would be written as if it never was. The mark of
 * such a failure needs no memory of its own: a second reference to the container, which nothing else here ever takes.
 */
static void mark_failed(json_t *container)
{
    if (container != NULL && container->refcount == 1)
        (void)json_incref(container);
}

static bool is_container(const json_t *value)
{
    return json_is_object(value) || json_is_array(value);
}

/* Calls `visit` for a container and for all containers in it, the inner ones first; false from one ends it. */
static bool visit_containers(json_t *value, bool (*visit)(json_t *))
{
    const char *key = NULL;
    json_t *member = NULL;
    size_t i = 0;
    if (!is_container(value))
        return true;
    json_object_foreach(value, key, member)
    {
        if (!visit_containers(member, visit))
            return false;
    }
    json_array_foreach(value, i, member)
    {
        if (!visit_containers(member, visit))
            return false;
    }
    return visit(value);
}

static bool is_whole(json_t *container)
{
    return container->refcount == 1;
}

static bool drop_mark(json_t *container)
{
    while (container->refcount > 1)
        json_decref(container);
    return true;
}

sg_json *sg_json_object(void)
{
    return json_object();
}

sg_json *sg_json_array(void)
{
    return json_array();
}

void sg_json_free(sg_json *value)
{
    (void)visit_containers(value, drop_mark); /* never ends early */
    json_decref(value);
}

/* The value is the container's from here on; one that is missing or can't be put there marks it. `set` says if it was put. */
static void settle(json_t *container, json_t *value, bool set)
{
    if (set) {
        json_decref(value);
        return;
    }
    sg_json_free(value);
    mark_failed(container);
}

void sg_json_set(sg_json *object, const char *key, sg_json *value)
{
    settle(object, value, object != NULL && value != NULL && json_object_set(object, key, value) == 0);
}

void sg_json_append(sg_json *array, sg_json *value)
{
    settle(array, value, array != NULL && value != NULL && json_array_append(array, value) == 0);
}

/* Bytes that are no UTF-8 (of a file name, say) become U+FFFD, because JSON has no way to hold them. */
static json_t *new_cleaned_text(const char *text)
{
    sg_str cleaned = {0};
    size_t length = strlen(text), bad = 0;
    while (!sg_utf8_valid(text, length, &bad)) {
        sg_str_add_n(&cleaned, text, bad);
        sg_str_add(&cleaned, "\xef\xbf\xbd");
        text += bad + 1;
        length -= bad + 1;
    }
    sg_str_add_n(&cleaned, text, length);
    json_t *value = cleaned.failed ? NULL : json_string(sg_str_text(&cleaned));
    sg_str_release(&cleaned);
    return value;
}

static json_t *new_text(const char *text)
{
    if (text == NULL)
        return json_null();
    return sg_utf8_valid(text, strlen(text), NULL) ? json_string(text) : new_cleaned_text(text);
}

static json_t *new_real(double value)
{
    if (!isfinite(value))
        return json_null();
    return json_real(fpclassify(value) == FP_ZERO ? 0.0 : value); /* "-0.0" is never shown */
}

void sg_json_set_text(sg_json *object, const char *key, const char *text)
{
    sg_json_set(object, key, new_text(text));
}

void sg_json_set_int(sg_json *object, const char *key, int64_t value)
{
    sg_json_set(object, key, json_integer(value));
}

void sg_json_set_real(sg_json *object, const char *key, double value)
{
    sg_json_set(object, key, new_real(value));
}

void sg_json_set_bool(sg_json *object, const char *key, bool value)
{
    sg_json_set(object, key, json_boolean(value));
}

void sg_json_set_null(sg_json *object, const char *key)
{
    sg_json_set(object, key, json_null());
}

void sg_json_append_text(sg_json *array, const char *text)
{
    sg_json_append(array, new_text(text));
}

void sg_json_append_int(sg_json *array, int64_t value)
{
    sg_json_append(array, json_integer(value));
}

/* For jansson's writer. */
static int add_output(const char *text, size_t length, void *context)
{
    sg_str *out = context;
    sg_str_add_n(out, text, length);
    return out->failed ? -1 : 0;
}

sg_status sg_json_write(const sg_json *value, sg_str *out, sg_err *err)
{
    const size_t flags = JSON_INDENT(2) | JSON_REAL_PRECISION(REAL_DIGITS) | JSON_ENCODE_ANY;
    /* jansson's iterators take no const; the walk changes nothing. */
    json_t *walked = (json_t *)(uintptr_t)value; /* NOLINT(performance-no-int-to-ptr): only sheds the const */
    if (value == NULL || !visit_containers(walked, is_whole))
        return sg_no_memory(err);
    /* Texts are valid, figures finite, and nothing holds itself: only memory can be wanting. */
    if (json_dump_callback(value, add_output, out, flags) != 0)
        return sg_no_memory(err);
    sg_str_add_char(out, '\n');
    return out->failed ? sg_no_memory(err) : SG_OK;
}

const sg_json *sg_json_get(const sg_json *object, const char *key)
{
    return json_object_get(object, key);
}

const char *sg_json_get_text(const sg_json *object, const char *key)
{
    return json_string_value(json_object_get(object, key));
}

int64_t sg_json_get_int(const sg_json *object, const char *key, int64_t otherwise)
{
    const json_t *value = json_object_get(object, key);
    return json_is_integer(value) ? json_integer_value(value) : otherwise;
}

double sg_json_get_real(const sg_json *object, const char *key)
{
    return sg_json_real(json_object_get(object, key));
}

bool sg_json_get_bool(const sg_json *object, const char *key, bool otherwise)
{
    const json_t *value = json_object_get(object, key);
    return json_is_boolean(value) ? json_is_true(value) : otherwise;
}

size_t sg_json_size(const sg_json *array)
{
    return json_array_size(array);
}

const sg_json *sg_json_at(const sg_json *array, size_t index)
{
    return json_array_get(array, index);
}

const char *sg_json_text(const sg_json *value)
{
    return json_string_value(value);
}

double sg_json_real(const sg_json *value)
{
    return json_is_number(value) ? json_number_value(value) : (double)NAN;
}

bool sg_json_is_null(const sg_json *value)
{
    return json_is_null(value);
}

bool sg_json_is_array(const sg_json *value)
{
    return json_is_array(value);
}

const char *sg_json_next_key(const sg_json *object, const char *key)
{
    /* jansson's iterators take no const; the walk changes nothing. */
    json_t *walked =
        (json_t *)(uintptr_t)object; /* NOLINT(performance-no-int-to-ptr): only sheds the const */
    void *place = key == NULL ? json_object_iter(walked) : json_object_iter_at(walked, key);

    if (key != NULL && place != NULL)
        place = json_object_iter_next(walked, place);
    return place != NULL ? json_object_iter_key(place) : NULL;
}
