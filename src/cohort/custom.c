/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "custom.h"

#include <string.h>

static int hex_value(char c)
{
    static const char digits[] = "0123456789abcdef0123456789ABCDEF";
    const char *found = c != '\0' ? strchr(digits, c) : NULL;
    return found != NULL ? (int)((found - digits) % 16) : -1;
}

/* A percent sign without two hexadecimal digits behind it stands for itself. */
static void decode(sg_str *out, const char *text, size_t length)
{
    sg_str_reset(out);
    for (size_t i = 0; i < length; i++) {
        int high = text[i] == '%' && length - i > 2 ? hex_value(text[i + 1]) : -1;
        int low = high >= 0 ? hex_value(text[i + 2]) : -1;
        if (low < 0) {
            sg_str_add_char(out, text[i]);
            continue;
        }
        sg_str_add_char(out, (char)(unsigned char)(high * 16 + low));
        i += 2;
    }
}

bool sg_custom_next(const char **cursor, sg_str *name, sg_str *value)
{
    const char *pair = *cursor;
    if (pair == NULL || *pair == '\0')
        return false;
    size_t length = strcspn(pair, "&"), name_length = strcspn(pair, "=&");
    size_t value_at = name_length < length ? name_length + 1 : length;
    decode(name, pair, name_length);
    decode(value, pair + value_at, length - value_at);
    *cursor = pair + length + (pair[length] == '&' ? 1 : 0);
    return true;
}

bool sg_custom_find(const char *custom, const char *wanted, sg_str *name, sg_str *value)
{
    const char *cursor = custom;
    while (sg_custom_next(&cursor, name, value))
        if (name->failed || value->failed || sg_text_equal(sg_str_text(name), wanted))
            return true;
    return false;
}
