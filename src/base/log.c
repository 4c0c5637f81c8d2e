/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "skillgain/base/log.h"

#include <pthread.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include <utf8proc.h>

#include "skillgain/base/text.h"

enum {
    MESSAGE_ROOM = 1024,
    ESCAPED_ROOM = 6 * MESSAGE_ROOM +
                   256, /* no byte becomes more than "\u001b"; the rest is what stands around */
    TIME_ROOM = 32,
    REDRAW_MS = 200,
    RATE_MS = 100,  /* before that a rate says more about the start than about the file */
    GUESS_MS = 500, /* and the time left even longer */
    SUBJECT_ROOM = 32
};

/* The one mutable state of this part: where and how the program speaks is a fact of the process. */
static struct {
    pthread_mutex_t lock;
    sg_log_level level;
    sg_log_format format;
    bool progress;
    bool line_drawn, begun;
    int64_t drawn_ms, begun_ms;
} speaker = {.lock = PTHREAD_MUTEX_INITIALIZER, .level = SG_LOG_INFO};

static const struct {
    const char *name;
    const char *text_prefix;
} levels[] = {
    [SG_LOG_ERROR] = {"error", "error: "},
    [SG_LOG_WARNING] = {"warning", "warning: "},
    [SG_LOG_INFO] = {"info", ""},
    [SG_LOG_DEBUG] = {"debug", "debug: "},
};

static const char erase_line[] = "\r\033[K";

/* Text that grows in a fixed room and is cut there: a message about want of memory must not want memory. */
typedef struct {
    char text[ESCAPED_ROOM + 1];
    size_t length;
} line;

static void add(line *out, const char *text, size_t length)
{
    if (length > ESCAPED_ROOM - out->length)
        return;
    memcpy(out->text + out->length, text, length);
    out->length += length;
    out->text[out->length] = '\0';
}

static void add_unit(line *out, unsigned unit)
{
    char escaped[8];
    int n = snprintf(escaped, sizeof escaped, "\\u%04x", unit & 0xffff);
    add(out, escaped, n > 0 ? (size_t)n : 0);
}

/* As JSON has it: beyond U+FFFF a pair of units. */
static void add_escape(line *out, utf8proc_int32_t code)
{
    unsigned high = (unsigned)code - 0x10000;
    if (code < 0x10000) {
        add_unit(out, (unsigned)code);
        return;
    }
    add_unit(out, 0xd800 + (high >> 10));
    add_unit(out, 0xdc00 + (high & 0x3ff));
}

/* Control characters start escape sequences, line and paragraph breaks forge lines, format characters reverse them. */
static bool is_unsafe(utf8proc_int32_t code)
{
    utf8proc_category_t category = utf8proc_category(code);
    return category == UTF8PROC_CATEGORY_CC || category == UTF8PROC_CATEGORY_CF ||
           category == UTF8PROC_CATEGORY_ZL || category == UTF8PROC_CATEGORY_ZP;
}

/* Bytes that are no UTF-8 become U+FFFD; with `quoted` also what ends or escapes a JSON string is escaped. */
static void add_escaped(line *out, const char *text, bool quoted)
{
    const utf8proc_uint8_t *at = (const utf8proc_uint8_t *)text;
    size_t left = strlen(text);
    while (left > 0) {
        utf8proc_int32_t code = 0;
        utf8proc_ssize_t n = utf8proc_iterate(at, (utf8proc_ssize_t)left, &code);
        size_t taken = n > 0 ? (size_t)n : 1;
        if (n <= 0)
            add(out, "\xef\xbf\xbd", 3);
        else if (is_unsafe(code) || (quoted && (code == '"' || code == '\\')))
            add_escape(out, code);
        else
            add(out, (const char *)at, taken);
        at += taken;
        left -= taken;
    }
}

static void add_text(line *out, const char *text)
{
    add(out, text, strlen(text));
}

/* The one place that knows when something happened; results never do. */
static void add_time(line *out)
{
    struct timespec now;
    struct tm utc;
    char text[TIME_ROOM];
    if (clock_gettime(CLOCK_REALTIME, &now) != 0 || gmtime_r(&now.tv_sec, &utc) == NULL)
        return;
    if (strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &utc) > 0)
        add_text(out, text);
}

static void compose(line *out, sg_log_level level, sg_log_format format, const char *message)
{
    if (format == SG_LOG_JSON) {
        add_text(out, "{\"time\":\"");
        add_time(out);
        add_text(out, "\",\"level\":\"");
        add_text(out, levels[level].name);
        add_text(out, "\",\"message\":\"");
        add_escaped(out, message, true);
        add_text(out, "\"}\n");
        return;
    }
    add_text(out, "skillgain: ");
    add_text(out, levels[level].text_prefix);
    add_escaped(out, message, false);
    add_text(out, "\n");
}

/* Standard error may be closed or full: there is nobody left to tell. */
static void speak(const char *text, size_t length)
{
    (void)fwrite(text, 1, length, stderr);
    (void)fflush(stderr);
}

static void erase_progress(void)
{
    if (speaker.line_drawn)
        speak(erase_line, sizeof erase_line - 1);
    speaker.line_drawn = false;
}

void sg_log_setup(sg_log_level level, sg_log_format format, bool progress)
{
    (void)pthread_mutex_lock(&speaker.lock); /* fails only for a lock that is no lock */
    speaker.level = level;
    speaker.format = format;
    speaker.progress = progress;
    (void)pthread_mutex_unlock(&speaker.lock);
}

void sg_log(sg_log_level level, const char *format, ...)
{
    char message[MESSAGE_ROOM];
    va_list args;
    va_start(args, format);
    int length = vsnprintf(message, sizeof message, format, args);
    va_end(args);
    if (length < 0)
        return;
    (void)pthread_mutex_lock(&speaker.lock);
    if (level <= speaker.level) {
        line out = {.length = 0};
        compose(&out, level, speaker.format, message);
        erase_progress();
        speak(out.text, out.length);
    }
    (void)pthread_mutex_unlock(&speaker.lock);
}

static int64_t now_ms(void)
{
    struct timespec now = {0};
    (void)clock_gettime(CLOCK_MONOTONIC,
                        &now); /* this clock is always there; without it the line is drawn once */
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* A line that is longer than the terminal is wide could not be erased: the name gives way. */
static void add_subject(line *out, const char *subject)
{
    char text[SUBJECT_ROOM + 1];
    size_t length = strnlen(subject, SUBJECT_ROOM + 1);
    if (length <= SUBJECT_ROOM) {
        add_escaped(out, subject, false);
        return;
    }
    length = SUBJECT_ROOM - 3;
    while (length > 0 && ((unsigned char)subject[length] & 0xc0) == 0x80) /* within a character */
        length--;
    memcpy(text, subject, length);
    memcpy(text + length, "...", sizeof "...");
    add_escaped(out, text, false);
}

static void add_time_left(sg_str *out, const sg_progress_facts *facts, int64_t elapsed_ms)
{
    enum { MINUTE = 60, SECONDS_UP_TO = 90 };
    double left = (double)elapsed_ms / 1000 * (double)(facts->total - facts->bytes) / (double)facts->bytes;
    int64_t seconds = (int64_t)left + 1;
    sg_str_add(out, ", ");
    sg_str_add_count(out, seconds <= SECONDS_UP_TO ? seconds : seconds / MINUTE + 1);
    sg_str_add(out, seconds <= SECONDS_UP_TO ? " s left" : " min left");
}

static void add_speed(sg_str *out, const sg_progress_facts *facts, int64_t elapsed_ms)
{
    if (facts->bytes > 0 && elapsed_ms >= RATE_MS) {
        sg_str_add(out, ", ");
        sg_str_add_fixed(out, (double)facts->bytes / 1000 / (double)elapsed_ms, 1);
        sg_str_add(out, " MB/s");
    }
    if (facts->total > 0 && facts->bytes <= facts->total)
        sg_str_printf(out, ", %d %%", (int)(100 * (double)facts->bytes / (double)facts->total));
    if (facts->bytes > 0 && facts->bytes < facts->total && elapsed_ms >= GUESS_MS)
        add_time_left(out, facts, elapsed_ms);
}

static void draw_progress(const sg_progress_facts *facts, int64_t elapsed_ms)
{
    line out = {.length = 0};
    sg_str figures = {0};
    sg_str_add_count(&figures, facts->rows);
    sg_str_add(&figures, facts->rows == 1 ? " row" : " rows");
    if (facts->step != NULL)
        sg_str_printf(&figures, " read, %s", facts->step);
    else
        add_speed(&figures, facts, elapsed_ms);
    add_text(&out, erase_line);
    add_subject(&out, facts->subject);
    add_text(&out, ": ");
    add_text(&out, figures.failed ? "" : sg_str_text(&figures));
    sg_str_release(&figures);
    speak(out.text, out.length);
}

void sg_progress(const sg_progress_facts *facts)
{
    (void)pthread_mutex_lock(&speaker.lock);
    if (speaker.progress) {
        int64_t now = now_ms();
        if (!speaker.begun)
            speaker.begun_ms = now;
        speaker.begun = true;
        if (!speaker.line_drawn || now - speaker.drawn_ms >= REDRAW_MS) {
            draw_progress(facts, now - speaker.begun_ms);
            speaker.line_drawn = true;
            speaker.drawn_ms = now;
        }
    }
    (void)pthread_mutex_unlock(&speaker.lock);
}

void sg_progress_end(void)
{
    (void)pthread_mutex_lock(&speaker.lock);
    erase_progress();
    speaker.begun = false;
    (void)pthread_mutex_unlock(&speaker.lock);
}
