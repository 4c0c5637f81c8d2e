/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "svg_text.h"

#include <string.h>

/* Advance widths in em, rounded up, of DejaVu Sans Bold, by class of character. */
static const struct {
    const char *characters;
    double width;
} classes[] = {
    {" .,:;'|!/ijlI", 0.38}, {"frt()[]-J", 0.50}, {"mwMW%@=+<>&", 1.11}, {"abcdeghknopqsuvxyz", 0.72}};
static const double usual = 0.85;   /* capitals, figures and what is not ASCII */
static const double regular = 0.92; /* regular beside bold, at most */

static bool is_continuation(char c)
{
    return ((unsigned char)c & 0xC0U) == 0x80U;
}

static double width_of(char c)
{
    if (is_continuation(c))
        return 0;
    if (c >= '0' && c <= '9')
        return 0.70;
    for (size_t i = 0; i < sizeof classes / sizeof *classes; i++)
        if (strchr(classes[i].characters, c))
            return classes[i].width;
    return usual;
}

double sg_text_width(const char *text, size_t length, const sg_font *font)
{
    double width = 0;

    for (size_t i = 0; i < length; i++)
        width += width_of(text[i]);
    return width * font->size * (font->bold ? 1 : regular);
}

size_t sg_text_line(const char *text, const sg_font *font, double room)
{
    size_t fitting = 0, blank = 0, length = strlen(text);

    while (fitting < length) {
        size_t next = fitting + 1;

        while (is_continuation(text[next]))
            next++;
        if (fitting > 0 && sg_text_width(text, next, font) > room)
            break;
        if (text[fitting] == ' ')
            blank = fitting;
        fitting = next;
    }
    if (fitting == length || text[fitting] == ' ' || !blank)
        return fitting;
    return blank;
}

const char *sg_text_after_line(const char *text, size_t line)
{
    return text + line + strspn(text + line, " ");
}

int sg_text_lines(const char *text, const sg_font *font, double room)
{
    int n = 0;

    for (; *text; text = sg_text_after_line(text, sg_text_line(text, font, room)))
        n++;
    return n;
}
