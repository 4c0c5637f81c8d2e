/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Digests: SHA-256 for files and contents, keyed BLAKE2b for pseudonyms. From libsodium.
 */
#ifndef SKILLGAIN_BASE_DIGEST_H
#define SKILLGAIN_BASE_DIGEST_H

#include <stddef.h>
#include <stdint.h>

#include "skillgain/base/err.h"

enum { SG_SHA256_TEXT = 65, SG_PSEUDONYM_BYTES = 16, SG_KEY_BYTES = 32 };

typedef struct {
    unsigned char bytes[SG_KEY_BYTES];
} sg_key;
typedef struct {
    unsigned char bytes[SG_PSEUDONYM_BYTES];
} sg_pseudonym;

typedef struct sg_sha256 sg_sha256; /* a digest under way */

sg_sha256 *sg_sha256_new(void); /* NULL: out of memory */
void sg_sha256_free(sg_sha256 *digest);
void sg_sha256_add(sg_sha256 *digest, const void *data, size_t length);
/* A field of a canonical form: its length, then its bytes, so that ("ab","c") and ("a","bc") differ. */
void sg_sha256_add_field(sg_sha256 *digest, const char *text);
void sg_sha256_add_int(sg_sha256 *digest, int64_t value);         /* eight bytes, big-endian */
void sg_sha256_text(sg_sha256 *digest, char out[SG_SHA256_TEXT]); /* hexadecimal; ends the digest */

void sg_sha256_of(const void *data, size_t length, char out[SG_SHA256_TEXT]);
sg_status sg_sha256_of_file(const char *path, char out[SG_SHA256_TEXT], int64_t *out_bytes,
                            sg_err *err) SG_MUST_CHECK;

/* The pseudonym of an id within a scope ("" = ids are state-wide, else the college): keyed BLAKE2b, 128 bits. The caller has
 * trimmed, NFC-normalised and cased the id. */
void sg_pseudonym_make(const sg_key *key, const char *scope, const char *id, size_t id_length,
                       sg_pseudonym *out);

/* Keyed digests of 64 bits for what is compared by the million: which record is which, and whether it changed. SipHash-2-4
 * (Aumasson and Bernstein, 2012): who does not know the key can't make two texts meet. Of n texts two meet by chance with
 * probability n^2 / 2^65: 1 in 14 million for 1.6 million. */
typedef struct {
    unsigned char bytes[16];
} sg_hash_key;
/* A key for one end, named by its label; the secret may be NULL, for digests that must not depend on the workspace. */
void sg_hash_key_make(const sg_key *secret, const char *label, const void *data, size_t length,
                      sg_hash_key *out);
uint64_t sg_hash64(const sg_hash_key *key, const void *data, size_t length);

/* The key's check value: tells whether a database was made with this key, and nothing else about it. 16 bytes in hex. */
void sg_key_check_value(const sg_key *key, char out[33]);

/* A new random key in a new file of mode 0600 (never overwrites); reads a key, refusing links and files others may read. */
sg_status sg_key_create(const char *path, sg_err *err) SG_MUST_CHECK;
sg_status sg_key_read(const char *path, sg_key *out, sg_err *err) SG_MUST_CHECK;

#endif
