/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "args.h"

#include <string.h>

static const sg_arg *find_arg(const sg_arg *const *tables, size_t n_tables, const char *text, size_t length)
{
    for (size_t t = 0; t < n_tables; t++)
        for (const sg_arg *arg = tables[t]; arg->name; arg++) {
            if (strlen(arg->name) == length && !memcmp(arg->name, text, length))
                return arg;
            if (arg->alias && strlen(arg->alias) == length && !memcmp(arg->alias, text, length))
                return arg;
        }
    return NULL;
}

static sg_status set_words(const sg_arg *arg, const char *text, sg_err *err)
{
    unsigned bits = 0;

    if (!*text)
        return sg_fail(err, SG_USAGE, "'%s' wants a list; see --help", arg->name);
    for (const char *word = text, *comma; word; word = comma ? comma + 1 : NULL) {
        size_t length = strcspn(word, ",");
        size_t i = 0;

        while (arg->words[i] && (strlen(arg->words[i]) != length || memcmp(arg->words[i], word, length) != 0))
            i++;
        if (!arg->words[i])
            return sg_fail(err, SG_USAGE, "'%s' knows no '%.*s'; see --help", arg->name, (int)length, word);
        bits |= 1U << i;
        comma = strchr(word, ',');
    }
    *(unsigned *)arg->out = bits;
    return SG_OK;
}

static sg_status set_year(const sg_arg *arg, const char *text, sg_err *err)
{
    int64_t year = 0;

    if (strcmp(text, "all") != 0 && !sg_parse_int(text, strlen(text), 1900, 2999, &year))
        return sg_fail(err, SG_USAGE, "'%s' wants a program year such as 2024 (PY 2024-25), or all",
                       arg->name);
    *(int *)arg->out = (int)year;
    return SG_OK;
}

static sg_status add_text(const sg_arg *arg, const char *text, sg_err *err)
{
    sg_arg_texts *list = arg->out;

    if (list->n == SG_ARG_MOST_TEXTS)
        return sg_fail(err, SG_USAGE, "'%s' is given more than %d times", arg->name, (int)SG_ARG_MOST_TEXTS);
    list->texts[list->n++] = text;
    return SG_OK;
}

static sg_status set_value(const sg_arg *arg, const char *text, sg_err *err)
{
    switch (arg->type) {
    case SG_ARG_TEXT: *(const char **)arg->out = text; return SG_OK;
    case SG_ARG_TEXTS: return add_text(arg, text, err);
    case SG_ARG_COUNT:
        if (!sg_parse_int(text, strlen(text), 1, INT32_MAX, (int64_t *)arg->out))
            return sg_fail(err, SG_USAGE, "'%s' wants a whole number, 1 or more", arg->name);
        return SG_OK;
    case SG_ARG_DATE:
        if (!sg_day_parse(text, strlen(text), "%Y-%m-%d", (sg_day *)arg->out))
            return sg_fail(err, SG_USAGE, "'%s' wants a date as YYYY-MM-DD", arg->name);
        return SG_OK;
    case SG_ARG_YEAR: return set_year(arg, text, err);
    case SG_ARG_WORDS: return set_words(arg, text, err);
    case SG_ARG_FLAG: break;
    }
    *(bool *)arg->out = true;
    return SG_OK;
}

static sg_status take_option(int argc, char **argv, int *i, const sg_arg *const *tables, size_t n_tables,
                             sg_err *err)
{
    const char *text = argv[*i];
    const char *equals = text[1] == '-' ? strchr(text, '=') : NULL;
    size_t length = equals ? (size_t)(equals - text) : strlen(text);
    const sg_arg *arg = find_arg(tables, n_tables, text, length);

    if (!arg)
        return sg_fail(err, SG_USAGE, "unknown option '%.*s'; see --help", (int)length, text);
    if (arg->type == SG_ARG_FLAG) {
        if (equals)
            return sg_fail(err, SG_USAGE, "'%s' takes no value", arg->name);
        return set_value(arg, "", err);
    }
    if (equals)
        return set_value(arg, equals + 1, err);
    if (*i + 1 >= argc)
        return sg_fail(err, SG_USAGE, "'%s' wants a value: %s %s", arg->name, arg->name, arg->value);
    return set_value(arg, argv[++*i], err);
}

sg_status sg_args_parse(int argc, char **argv, int first, const sg_arg *const *tables, size_t n_tables,
                        char **operands, size_t *out_n_operands, sg_err *err)
{
    size_t n = 0;
    bool options = true;

    for (int i = first; i < argc; i++) {
        sg_status status = SG_OK;

        if (options && !strcmp(argv[i], "--"))
            options = false;
        else if (options && argv[i][0] == '-' && argv[i][1])
            status = take_option(argc, argv, &i, tables, n_tables, err);
        else
            operands[n++] = argv[i];
        if (status != SG_OK)
            return status;
    }
    *out_n_operands = n;
    return SG_OK;
}

void sg_args_help(sg_str *out, const sg_arg *table)
{
    for (const sg_arg *arg = table; arg->name; arg++) {
        sg_str left = {0};

        sg_str_printf(&left, "%s%s%s%s%s", arg->alias ? arg->alias : "", arg->alias ? ", " : "", arg->name,
                      arg->value ? " " : "", arg->value ? arg->value : "");
        sg_str_printf(out, "  %-24s %s\n", sg_str_text(&left), arg->help);
        sg_str_release(&left);
    }
}
