/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "row.h"
#include "rule_id.h"
#include "value.h"

/* Everything but what URLs leave alone, so that '=', '&' and '%' of a value can't be taken for the form's
 * own. */
static void add_encoded(sg_str *out, const char *text)
{
    static const char plain[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";
    for (; *text != '\0'; text++) {
        if (strchr(plain, *text) != NULL)
            sg_str_add_char(out, *text);
        else
            sg_str_printf(out, "%%%02X", (unsigned)(unsigned char)*text);
    }
}

static void add_pair(sg_str *out, const char *name, const char *value)
{
    if (out->length > 0)
        sg_str_add_char(out, '&');
    add_encoded(out, name);
    sg_str_add_char(out, '=');
    add_encoded(out, value);
}

static bool is_number(const char *text)
{
    enum { DECIMALS = 6 };
    int64_t number = 0;
    return sg_parse_decimal(text, strlen(text), DECIMALS, &number);
}

const char *sg_row_custom(sg_row *row)
{
    const sg_crosswalk *crosswalk = row->layout->crosswalk;
    sg_str pairs = {0};
    const char *custom = NULL;
    for (size_t i = 0; i < crosswalk->n_custom; i++) { /* sorted by name */
        const sg_code_entry *code = NULL;
        const char *value = sg_value_text(row, row->layout->custom_column[i], &crosswalk->custom[i].source,
                                          &row->layout->custom_codes[i], &code);
        if (value != NULL && crosswalk->custom_numbers && !is_number(value)) {
            sg_row_find_column(row, SG_RULE_NUMBER, crosswalk->custom[i].source.column);
            continue;
        }
        if (value != NULL)
            add_pair(&pairs, crosswalk->custom[i].name, value);
    }
    if (pairs.length > 0 && !pairs.failed)
        custom = sg_arena_strndup(row->arena, pairs.text, pairs.length);
    row->no_memory = row->no_memory || pairs.failed || (pairs.length > 0 && custom == NULL);
    sg_str_release(&pairs);
    return custom;
}
