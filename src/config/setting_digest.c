/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <assert.h>
#include <string.h>

#include "config/setting.h"

/*
 * A chain of digests: each piece is digested behind the digest of all before it, and texts behind their length. Unlike
 * a digest under way it needs no memory, so that there is always an answer.
 */
enum { PIECE = 256 };

static void add_bytes(char chain[SG_SHA256_TEXT], const void *data, size_t length)
{
    unsigned char buffer[SG_SHA256_TEXT - 1 + PIECE];
    const unsigned char *at = data;
    for (size_t done = 0; done < length;) {
        size_t n = length - done < PIECE ? length - done : PIECE;
        memcpy(buffer, chain, SG_SHA256_TEXT - 1);
        memcpy(buffer + SG_SHA256_TEXT - 1, at + done, n);
        sg_sha256_of(buffer, SG_SHA256_TEXT - 1 + n, chain);
        done += n;
    }
}

static void add_number(char chain[SG_SHA256_TEXT], int64_t number)
{
    unsigned char bytes[8];
    for (size_t i = 0; i < sizeof bytes; i++)
        bytes[i] = (unsigned char)((uint64_t)number >> (56 - 8 * i));
    add_bytes(chain, bytes, sizeof bytes);
}

static void add_text(char chain[SG_SHA256_TEXT], const char *text)
{
    size_t length = text != NULL ? strlen(text) : 0;
    add_number(chain, text != NULL ? (int64_t)length : -1);
    add_bytes(chain, text, length);
}

static void add_real(char chain[SG_SHA256_TEXT], double number)
{
    int64_t bits;
    static_assert(sizeof bits == sizeof number, "a double has 64 bits");
    memcpy(&bits, &number, sizeof bits);
    add_number(chain, bits);
}

typedef void (*digest_rule)(char chain[SG_SHA256_TEXT], const void *value, size_t n);

static void digest_text(char chain[SG_SHA256_TEXT], const void *value, size_t n)
{
    const char *const *text = value;
    (void)n;
    add_text(chain, *text);
}

static void digest_int(char chain[SG_SHA256_TEXT], const void *value, size_t n)
{
    const int *number = value;
    (void)n;
    add_number(chain, *number);
}

static void digest_count(char chain[SG_SHA256_TEXT], const void *value, size_t n)
{
    const int64_t *number = value;
    (void)n;
    add_number(chain, *number);
}

static void digest_fraction(char chain[SG_SHA256_TEXT], const void *value, size_t n)
{
    const double *number = value;
    (void)n;
    add_real(chain, *number);
}

static void digest_bits(char chain[SG_SHA256_TEXT], const void *value, size_t n)
{
    const unsigned *bits = value;
    (void)n;
    add_number(chain, *bits);
}

static void digest_list(char chain[SG_SHA256_TEXT], const void *value, size_t n)
{
    const char *const *const *list = value;
    add_number(chain, (int64_t)n);
    for (size_t i = 0; i < n; i++)
        add_text(chain, (*list)[i]);
}

static void digest_references(char chain[SG_SHA256_TEXT], const void *value, size_t n)
{
    const sg_reference_choice *const *list = value;
    add_number(chain, (int64_t)n);
    for (size_t i = 0; i < n; i++) {
        add_text(chain, (*list)[i].dimension);
        add_text(chain, (*list)[i].reference);
    }
}

static void digest_colleges(char chain[SG_SHA256_TEXT], const void *value, size_t n)
{
    const sg_college_name *const *list = value;
    add_number(chain, (int64_t)n);
    for (size_t i = 0; i < n; i++) {
        add_text(chain, (*list)[i].code);
        add_text(chain, (*list)[i].name);
    }
}

static void digest_bool(char chain[SG_SHA256_TEXT], const void *value, size_t n)
{
    (void)n;
    add_number(chain, *(const bool *)value);
}

static void digest_days(char chain[SG_SHA256_TEXT], const void *value, size_t n)
{
    const sg_day *const *list = value;
    add_number(chain, (int64_t)n);
    for (size_t i = 0; i < n; i++)
        add_number(chain, (*list)[i]);
}

/* Types without a rule belong to silent settings, and to fixed ones, which have one value only. */
static const digest_rule rules[SG_SETTING_FIXED + 1] = {
    [SG_SETTING_TEXT] = digest_text,
    [SG_SETTING_INT] = digest_int,
    [SG_SETTING_YEARLY] = digest_int,
    [SG_SETTING_COUNT] = digest_count,
    [SG_SETTING_SIZE] = digest_count,
    [SG_SETTING_FRACTION] = digest_fraction,
    [SG_SETTING_GRADES] = digest_bits,
    [SG_SETTING_GAIN_TYPES] = digest_bits,
    [SG_SETTING_OUTCOMES] = digest_list,
    [SG_SETTING_DIMENSIONS] = digest_list,
    [SG_SETTING_REFERENCES] = digest_references,
    [SG_SETTING_COLLEGES] = digest_colleges,
    [SG_SETTING_DAYS] = digest_days,
    [SG_SETTING_BOOL] = digest_bool,
};

void sg_settings_digest(const sg_config *config, char out[SG_SHA256_TEXT])
{
    sg_sha256_of("", 0, out);
    for (const sg_setting *setting = sg_settings; setting->key != NULL; setting++) {
        const char *base = (const char *)config;
        size_t n = 0;
        if (setting->silent || rules[setting->type] == NULL)
            continue;
        if (setting->offset_n != 0)
            memcpy(&n, base + setting->offset_n, sizeof n);
        add_text(out, setting->key);
        rules[setting->type](out, base + setting->offset, n);
    }
    if (config->instruments_digest != NULL) /* the shipped table is the program's own */
        add_text(out, config->instruments_digest);
}
