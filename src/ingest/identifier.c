/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "identifier.h"

#include <string.h>

#include "skillgain/ingest.h"

typedef struct {
    uint32_t first, last;
} range;

/* Sorted, of Unicode 15. Invisible: general categories Cc, Cf, Zl, Zp, Zs but the plain blank, the fillers, what is no character.
 * Look-alikes: what compatibility decomposition makes ASCII of (full-width, mathematical, circled, superscript, Roman numerals,
 * ligatures), other dashes and other scripts' digits. */
static const range suspect[] = {
    {0x0000, 0x001f},   {0x007f, 0x00a0},   {0x00aa, 0x00aa}, {0x00ad, 0x00ad}, {0x00b2, 0x00b3},
    {0x00b9, 0x00ba},   {0x034f, 0x034f},   {0x0600, 0x0605}, {0x061c, 0x061c}, {0x0660, 0x0669},
    {0x06dd, 0x06dd},   {0x06f0, 0x06f9},   {0x070f, 0x070f}, {0x0966, 0x096f}, {0x115f, 0x1160},
    {0x1680, 0x1680},   {0x17b4, 0x17b5},   {0x180b, 0x180f}, {0x2000, 0x2015}, {0x2028, 0x202f},
    {0x205f, 0x209f},   {0x2100, 0x218f},   {0x2212, 0x2212}, {0x2460, 0x24ff}, {0x2800, 0x2800},
    {0x3000, 0x3000},   {0x3164, 0x3164},   {0xfb00, 0xfb06}, {0xfe00, 0xfe0f}, {0xfe58, 0xfe58},
    {0xfe63, 0xfe63},   {0xfeff, 0xfeff},   {0xff00, 0xffef}, {0xfff9, 0xffff}, {0x1d173, 0x1d17a},
    {0x1d400, 0x1d7ff}, {0xe0000, 0xe0fff},
};

/* Sorted: Greek and Cyrillic letters that are drawn like Latin ones or a digit (of Unicode UTS #39, confusables.txt, those that are so
 * in common type). */
static const range latin_alike[] = {
    {0x0391, 0x0392}, {0x0395, 0x0397}, {0x0399, 0x039a}, {0x039c, 0x039d}, {0x039f, 0x039f},
    {0x03a1, 0x03a1}, {0x03a4, 0x03a5}, {0x03a7, 0x03a7}, {0x03b1, 0x03b1}, {0x03b9, 0x03ba},
    {0x03bd, 0x03bd}, {0x03bf, 0x03bf}, {0x03c1, 0x03c1}, {0x03c4, 0x03c5}, {0x03c7, 0x03c7},
    {0x0405, 0x0406}, {0x0408, 0x0408}, {0x0410, 0x0410}, {0x0412, 0x0412}, {0x0415, 0x0415},
    {0x0417, 0x0417}, {0x041a, 0x041a}, {0x041c, 0x041e}, {0x0420, 0x0423}, {0x0425, 0x0425},
    {0x0430, 0x0430}, {0x0432, 0x0432}, {0x0435, 0x0435}, {0x043a, 0x043a}, {0x043c, 0x043e},
    {0x0440, 0x0443}, {0x0445, 0x0445}, {0x0455, 0x0456}, {0x0458, 0x0458},
};

/* The code point of valid UTF-8 at *text, which moves behind it. */
static uint32_t next_code_point(const unsigned char **text)
{
    unsigned char lead = *(*text)++;
    int more = lead >= 0xf0 ? 3 : lead >= 0xe0 ? 2 : lead >= 0xc0 ? 1 : 0;
    uint32_t code = more == 0 ? lead : lead & (0x3fu >> more);
    for (; more > 0 && **text != '\0'; more--)
        code = code << 6 | (*(*text)++ & 0x3fu);
    return code;
}

static bool is_within(const range *ranges, size_t n, uint32_t code)
{
    for (size_t i = 0; i < n && code >= ranges[i].first; i++)
        if (code <= ranges[i].last)
            return true;
    return false;
}

/* Letters of other alphabets are honest ones, but where the whole could be taken for Latin. */
bool sg_identifier_is_deceptive(const char *text)
{
    const unsigned char *at = (const unsigned char *)text;
    bool alike = false, unlike = false;
    for (;;) {
        while (*at >= ' ' && *at < 0x7f) /* almost always to the end */
            at++;
        if (*at == '\0')
            return alike && !unlike;
        uint32_t code = next_code_point(&at);
        if (is_within(suspect, sizeof suspect / sizeof suspect[0], code))
            return true;
        bool is_alike = is_within(latin_alike, sizeof latin_alike / sizeof latin_alike[0], code);
        alike = alike || is_alike;
        unlike = unlike || !is_alike;
    }
}

static size_t count_digits(const char *text)
{
    size_t n = 0;
    while (text[n] >= '0' && text[n] <= '9')
        n++;
    return n;
}

/* 1E+05, 1.23E+05, 1.23e-05: a spreadsheet always writes the sign, an honest code such as 1E5 hardly ever
 * does. */
static bool is_power_of_ten(const char *text)
{
    size_t whole = count_digits(text);
    if (whole == 0)
        return false;
    text += whole;
    if (*text == '.' || *text == ',')
        text += 1 + count_digits(text + 1);
    if ((*text != 'E' && *text != 'e') || (text[1] != '+' && text[1] != '-'))
        return false;
    size_t exponent = count_digits(text + 2);
    return exponent > 0 && text[2 + exponent] == '\0';
}

/* "#N/A" and what else stands in a cell whose formula has failed; "###" is what a narrow cell shows. */
static bool is_cell_error(const char *text)
{
    static const char *const errors[] = {"#N/A", "#REF!", "#NAME?", "#VALUE!", "#DIV/0!", "#NUM!", "#NULL!"};
    if (text[0] != '#')
        return false;
    for (size_t i = 0; i < sizeof errors / sizeof errors[0]; i++)
        if (sg_text_equal_ascii(text, errors[i]))
            return true;
    return text[1] == '#' && text[strspn(text, "#")] == '\0';
}

bool sg_identifier_is_spreadsheet(const char *text)
{
    return text[0] == '=' || is_cell_error(text) || is_power_of_ten(text);
}

static char cased(char c, sg_id_case id_case)
{
    if (id_case == SG_CASE_UPPER && c >= 'a' && c <= 'z')
        return (char)(c - 'a' + 'A');
    if (id_case == SG_CASE_LOWER && c >= 'A' && c <= 'Z')
        return (char)(c - 'A' + 'a');
    return c;
}

bool sg_is_ascii(const char *text)
{
    for (; *text != '\0'; text++)
        if ((unsigned char)*text >= 0x80)
            return false;
    return true;
}

const char *sg_identifier_canonical(sg_arena *arena, const char *text, sg_id_case id_case)
{
    sg_str composed = {0};
    char *canonical = NULL;
    if (sg_is_ascii(text)) /* is composed */
        canonical = sg_arena_strdup(arena, text);
    else if (sg_utf8_nfc(&composed, text, strlen(text), NULL) == SG_OK)
        canonical = sg_arena_strndup(arena, sg_str_text(&composed), composed.length);
    for (char *c = canonical; c != NULL && *c != '\0'; c++)
        *c = cased(*c, id_case);
    sg_str_release(&composed);
    return canonical;
}

sg_status sg_ingest_pseudonyms(const sg_key *key, const char *scope, const char *id, size_t length,
                               const bool cases[SG_ID_FORMS], sg_pseudonym out[SG_ID_FORMS], size_t *out_n,
                               sg_err *err)
{
    *out_n = 0;
    SG_CLEANUP(sg_arena_cleanup) sg_arena *arena = sg_arena_new();
    const char *trimmed = sg_text_trim(id, length, &length);
    const char *text = arena != NULL ? sg_arena_strndup(arena, trimmed, length) : NULL;
    if (text == NULL)
        return sg_no_memory(err);
    if (length == 0 || length > SG_ID_BYTES || !sg_utf8_valid(text, length, NULL) ||
        sg_identifier_is_deceptive(text))
        return sg_fail(err, SG_USAGE,
                       "no learner can have such an id: give one id a line, as exports have it");
    for (int i = 0; i < SG_ID_FORMS; i++) {
        if (i != SG_CASE_KEEP && !cases[i])
            continue;
        const char *form = sg_identifier_canonical(arena, text, (sg_id_case)i);
        if (form == NULL)
            return sg_no_memory(err);
        sg_pseudonym_make(key, scope, form, strlen(form), &out[(*out_n)++]);
    }
    return SG_OK;
}
