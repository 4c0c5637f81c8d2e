/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "skillgain/base/err.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static const struct {
    int exit_code;
    const char *text;
} statuses[SG_N_STATUS] = {
#define STATUS_ROW(name, code, words) [SG_##name] = {.exit_code = (code), .text = (words)},
    SG_STATUS_LIST(STATUS_ROW)
#undef STATUS_ROW
};

/* Exit codes from the one that outranks all others to the one that outranks none. */
static const int exit_code_rank[] = {2, 75, 1, 3, 5, 4, 0};

/* How many bytes the character takes that begins with this byte; 1 for what begins none. */
static size_t character_length(unsigned char lead)
{
    if (lead >= 0xf0)
        return 4;
    if (lead >= 0xe0)
        return 3;
    return lead >= 0xc0 ? 2 : 1;
}

/* A message cut for want of room must not end within a character: logs are read as UTF-8. */
static void end_on_character(char *text)
{
    size_t length = strlen(text), at = length;
    while (at > 0 && ((unsigned char)text[at - 1] & 0xc0) == 0x80)
        at--;
    if (at > 0 && at - 1 + character_length((unsigned char)text[at - 1]) > length)
        text[at - 1] = '\0';
}

SG_PRINTF(2, 0) static void put_message(char message[SG_ERR_MESSAGE], const char *format, va_list args)
{
    if (vsnprintf(message, SG_ERR_MESSAGE, format, args) < 0)
        message[0] = '\0';
    end_on_character(message);
}

static void store_error(sg_err *err, sg_status code, const char message[SG_ERR_MESSAGE])
{
    err->code = code;
    memcpy(err->message, message, SG_ERR_MESSAGE);
}

sg_status sg_fail(sg_err *err, sg_status code, const char *format, ...)
{
    if (err == NULL)
        return code;
    char message[SG_ERR_MESSAGE] = ""; /* apart from err: its old message may be an argument */
    va_list args;
    va_start(args, format);
    put_message(message, format, args);
    va_end(args);
    store_error(err, code, message);
    return code;
}

sg_status sg_wrap(sg_err *err, sg_status code, const char *format, ...)
{
    if (err == NULL)
        return code;
    char context[SG_ERR_MESSAGE] = "", message[SG_ERR_MESSAGE] = "";
    va_list args;
    va_start(args, format);
    put_message(context, format, args);
    va_end(args);
    int length = snprintf(message, sizeof message, "%s: %s", context, err->message);
    if (length < 0 || (size_t)length >= sizeof message)
        end_on_character(message);
    store_error(err, code, message);
    return code;
}

sg_status sg_no_memory(sg_err *err)
{
    return sg_fail(err, SG_NO_MEMORY, "out of memory: free some, or raise the limit for this program");
}

int sg_status_exit_code(sg_status status)
{
    return (unsigned)status < SG_N_STATUS ? statuses[status].exit_code : statuses[SG_FAILED].exit_code;
}

const char *sg_status_text(sg_status status)
{
    return (unsigned)status < SG_N_STATUS ? statuses[status].text : statuses[SG_FAILED].text;
}

static size_t rank_of(sg_status status)
{
    int exit_code = sg_status_exit_code(status);
    size_t rank = 0;
    while (rank + 1 < sizeof exit_code_rank / sizeof exit_code_rank[0] && exit_code_rank[rank] != exit_code)
        rank++;
    return rank;
}

sg_status sg_status_worse(sg_status a, sg_status b)
{
    return rank_of(b) < rank_of(a) ? b : a;
}
