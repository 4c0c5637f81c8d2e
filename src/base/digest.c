/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "skillgain/base/digest.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>

#include <openssl/evp.h>
#include <sodium.h>

#include "base/file_io.h"
#include "base/mem_hook.h"
#include "skillgain/base/mem.h"

enum {
    KEY_HEX = 2 * SG_KEY_BYTES,
    KEY_FILE = KEY_HEX + 1, /* the digits and a line break */
    FILE_CHUNK = 256 * 1024,
    CHECK_BYTES = 16,
    SHA256_BYTES = 32
};

_Static_assert(SG_KEY_BYTES == crypto_generichash_KEYBYTES, "the key is of the size libsodium recommends");
_Static_assert(SG_SHA256_TEXT == 2 * SHA256_BYTES + 1, "a digest in hexadecimal and its NUL");

/* Files of hundreds of megabytes are digested every night: libcrypto uses the instructions that processors have for it, which is
 * five times as fast as libsodium's portable code. */
struct sg_sha256 {
    EVP_MD_CTX *context;
};

static bool start_sha256(EVP_MD_CTX **out)
{
    *out = sg_mem_fails() ? NULL : EVP_MD_CTX_new();
    if (*out != NULL && EVP_DigestInit_ex(*out, EVP_sha256(), NULL) == 1)
        return true;
    EVP_MD_CTX_free(*out);
    *out = NULL;
    return false;
}

sg_sha256 *sg_sha256_new(void)
{
    sg_sha256 *digest = sg_mem_fails() ? NULL : malloc(sizeof *digest);
    if (digest != NULL && !start_sha256(&digest->context)) {
        free(digest);
        return NULL;
    }
    return digest;
}

void sg_sha256_free(sg_sha256 *digest)
{
    if (digest == NULL)
        return;
    EVP_MD_CTX_free(digest->context); /* wipes its last block, which may hold a learner's data */
    free(digest);
}

void sg_sha256_add(sg_sha256 *digest, const void *data, size_t length)
{
    if (length > 0)
        (void)EVP_DigestUpdate(digest->context, data,
                               length); /* has nothing left that can fail; nor has the end */
}

void sg_sha256_add_int(sg_sha256 *digest, int64_t value)
{
    unsigned char bytes[8];
    uint64_t bits = (uint64_t)value;
    for (int i = 0; i < 8; i++)
        bytes[i] = (unsigned char)(bits >> (56 - 8 * i) & 0xff);
    sg_sha256_add(digest, bytes, sizeof bytes);
}

void sg_sha256_add_field(sg_sha256 *digest, const char *text)
{
    if (text == NULL) {
        sg_sha256_add_int(digest, -1); /* no text is not the empty text */
        return;
    }
    size_t length = strlen(text);
    sg_sha256_add_int(digest, (int64_t)length);
    sg_sha256_add(digest, text, length);
}

static void write_digest(const unsigned char bytes[SHA256_BYTES], char out[SG_SHA256_TEXT])
{
    (void)sodium_bin2hex(out, SG_SHA256_TEXT, bytes, SHA256_BYTES); /* returns out */
}

void sg_sha256_text(sg_sha256 *digest, char out[SG_SHA256_TEXT])
{
    unsigned char bytes[SHA256_BYTES];
    (void)EVP_DigestFinal_ex(digest->context, bytes, NULL);
    write_digest(bytes, out);
}

/* Small texts need no context of their own. */
void sg_sha256_of(const void *data, size_t length, char out[SG_SHA256_TEXT])
{
    unsigned char bytes[SHA256_BYTES];
    (void)crypto_hash_sha256(bytes, data, length); /* has nothing that can fail */
    write_digest(bytes, out);
}

static sg_status digest_stream(int fd, const char *path, char out[SG_SHA256_TEXT], int64_t *out_bytes,
                               sg_err *err)
{
    unsigned char *chunk SG_AUTO_FREE = sg_mem_fails() ? NULL : malloc(FILE_CHUNK);
    sg_sha256 *digest = chunk != NULL ? sg_sha256_new() : NULL;
    int64_t total = 0;
    ssize_t n = 0;
    if (digest == NULL)
        return sg_no_memory(err);
    while ((n = sg_io_read(fd, chunk, FILE_CHUNK)) > 0) {
        sg_sha256_add(digest, chunk, (size_t)n);
        total += n;
    }
    if (n == 0)
        sg_sha256_text(digest, out);
    sg_sha256_free(digest);
    if (n < 0)
        return sg_io_fail(err, "read", path, errno);
    if (out_bytes != NULL)
        *out_bytes = total;
    return SG_OK;
}

sg_status sg_sha256_of_file(const char *path, char out[SG_SHA256_TEXT], int64_t *out_bytes, sg_err *err)
{
    int fd SG_CLEANUP(sg_io_close) = -1;
    struct stat about;
    sg_status status = sg_io_open(path, 0, &fd, &about, err);
    return status == SG_OK ? digest_stream(fd, path, out, out_bytes, err) : status;
}

/* Keyed hashes for different ends begin with different labels, so that none can stand for another. */
static void start_keyed(crypto_generichash_state *state, const sg_key *key, const char *label)
{
    (void)crypto_generichash_init(state, key->bytes, sizeof key->bytes, SG_PSEUDONYM_BYTES);
    (void)crypto_generichash_update(state, (const unsigned char *)label, strlen(label) + 1);
}

static void add_keyed(crypto_generichash_state *state, const char *text, size_t length)
{
    unsigned char size[8];
    for (int i = 0; i < 8; i++)
        size[i] = (unsigned char)((uint64_t)length >> (56 - 8 * i) & 0xff);
    (void)crypto_generichash_update(state, size, sizeof size);
    (void)crypto_generichash_update(state, (const unsigned char *)text, length);
}

void sg_pseudonym_make(const sg_key *key, const char *scope, const char *id, size_t id_length,
                       sg_pseudonym *out)
{
    crypto_generichash_state state;
    start_keyed(&state, key, "skillgain learner");
    add_keyed(&state, scope, strlen(scope));
    add_keyed(&state, id, id_length);
    (void)crypto_generichash_final(&state, out->bytes, sizeof out->bytes);
    sodium_memzero(&state, sizeof state);
}

_Static_assert(sizeof(sg_hash_key) == crypto_shorthash_KEYBYTES, "the key is of the size SipHash takes");

void sg_hash_key_make(const sg_key *secret, const char *label, const void *data, size_t length,
                      sg_hash_key *out)
{
    static const sg_key none;
    crypto_generichash_state state;
    start_keyed(&state, secret != NULL ? secret : &none, label);
    if (length > 0)
        add_keyed(&state, data, length);
    (void)crypto_generichash_final(&state, out->bytes, sizeof out->bytes);
    sodium_memzero(&state, sizeof state);
}

uint64_t sg_hash64(const sg_hash_key *key, const void *data, size_t length)
{
    unsigned char bytes[crypto_shorthash_BYTES];
    uint64_t hash = 0;
    (void)crypto_shorthash(bytes, data, length, key->bytes);
    for (int i = 0; i < 8; i++)
        hash |= (uint64_t)bytes[i] << (8 * i);
    return hash;
}

void sg_key_check_value(const sg_key *key, char out[33])
{
    crypto_generichash_state state;
    unsigned char bytes[CHECK_BYTES];
    start_keyed(&state, key, "skillgain key check");
    (void)crypto_generichash_final(&state, bytes, sizeof bytes);
    (void)sodium_bin2hex(out, 33, bytes, sizeof bytes); /* returns out */
    sodium_memzero(&state, sizeof state);
}

sg_status sg_key_create(const char *path, sg_err *err)
{
    unsigned char bytes[SG_KEY_BYTES];
    char text[KEY_FILE + 1];
    if (sodium_init() < 0)
        return sg_fail(err, SG_FAILED, "cannot make a key: the system gives no random numbers");
    randombytes_buf(bytes, sizeof bytes);
    (void)sodium_bin2hex(text, sizeof text, bytes, sizeof bytes); /* returns text */
    text[KEY_HEX] = '\n';
    sg_status status = sg_io_write_new(path, text, KEY_FILE, 0600, err);
    sodium_memzero(bytes, sizeof bytes);
    sodium_memzero(text, sizeof text);
    return status;
}

static sg_status fail_damaged(const char *path, sg_err *err)
{
    return sg_fail(
        err, SG_USAGE,
        "the key '%s' is damaged: it must be %d hexadecimal digits and a line break; restore it from a "
        "backup",
        path, (int)KEY_HEX);
}

/* A file that others may read or change is no place for a key. */
static sg_status check_key_file(const char *path, const struct stat *about, sg_err *err)
{
    if ((about->st_mode & (S_IRWXG | S_IRWXO)) != 0)
        return sg_fail(
            err, SG_USAGE,
            "the key '%s' is open to other users (mode %03o): take their rights away (chmod 600) and "
            "ask who may have read it",
            path, (unsigned)(about->st_mode & 0777));
    return about->st_size == KEY_FILE ? SG_OK : fail_damaged(path, err);
}

static bool decode_key(const char text[KEY_FILE], sg_key *out)
{
    size_t n = 0;
    return text[KEY_HEX] == '\n' &&
           sodium_hex2bin(out->bytes, sizeof out->bytes, text, KEY_HEX, NULL, &n, NULL) == 0 &&
           n == SG_KEY_BYTES;
}

sg_status sg_key_read(const char *path, sg_key *out, sg_err *err)
{
    int fd SG_CLEANUP(sg_io_close) = -1;
    struct stat about;
    sg_status status = sg_io_open(path, O_NOFOLLOW, &fd, &about, err);
    if (status == SG_OK)
        status = check_key_file(path, &about, err);
    if (status != SG_OK)
        return status == SG_USAGE ? status : sg_wrap(err, SG_USAGE, "the key can't be used");
    char text[KEY_FILE];
    sg_key key;
    ssize_t n = sg_io_read(fd, text, sizeof text);
    if (n < 0)
        status = sg_io_fail(err, "read", path, errno);
    else if (n != KEY_FILE || !decode_key(text, &key))
        status = fail_damaged(path, err);
    else
        *out = key;
    sodium_memzero(text, sizeof text);
    sodium_memzero(&key, sizeof key);
    return status;
}
