/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "support/assert.h"
#include "support/tmpdir.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem_hook.h"
#include "skillgain/base/digest.h"

/* FIPS 180-4, and the examples with it (SHA256.pdf). */
static void sha256_gives_the_published_digests(void **state)
{
    (void)state;
    static const struct {
        const char *text, *want;
    } cases[] = {{"", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"},
                 {"abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"},
                 {"abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
                  "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char text[SG_SHA256_TEXT];
        sg_sha256_of(cases[i].text, strlen(cases[i].text), text);
        assert_string_equal(text, cases[i].want);
    }
}

static void a_digest_under_way_equals_that_of_the_whole(void **state)
{
    (void)state;
    sg_sha256 *digest = sg_sha256_new();
    char text[SG_SHA256_TEXT];
    assert_non_null(digest);
    sg_sha256_add(digest, "a", 1);
    sg_sha256_add(digest, NULL, 0);
    sg_sha256_add(digest, "bc", 2);
    sg_sha256_text(digest, text);
    assert_string_equal(text, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    sg_sha256_free(digest);
    sg_sha256_free(NULL);
    sg_mem_fail_at(1);
    assert_null(sg_sha256_new());
    sg_mem_fail_at(0);
}

static void digest_fields(const char *a, const char *b, char text[SG_SHA256_TEXT])
{
    sg_sha256 *digest = sg_sha256_new();
    assert_non_null(digest);
    sg_sha256_add_field(digest, a);
    sg_sha256_add_field(digest, b);
    sg_sha256_text(digest, text);
    sg_sha256_free(digest);
}

static void fields_can_not_run_into_each_other(void **state)
{
    (void)state;
    char one[SG_SHA256_TEXT], other[SG_SHA256_TEXT];
    digest_fields("ab", "c", one);
    digest_fields("a", "bc", other);
    assert_string_not_equal(one, other);
    digest_fields("", "x", one);
    digest_fields(NULL, "x", other);
    assert_string_not_equal(one, other);
}

/* Python's hashlib over the bytes 0000000000000002 "ab" 0000000000000001 "c" ffffffffffffffff 0000000000000102. */
static void fields_and_integers_have_a_fixed_form(void **state)
{
    (void)state;
    sg_sha256 *digest = sg_sha256_new();
    char text[SG_SHA256_TEXT];
    assert_non_null(digest);
    sg_sha256_add_field(digest, "ab");
    sg_sha256_add_field(digest, "c");
    sg_sha256_add_int(digest, -1);
    sg_sha256_add_int(digest, 258);
    sg_sha256_text(digest, text);
    sg_sha256_free(digest);
    assert_string_equal(text, "ce012b1666b50e8e3993b99e0ce69024db32ac4aacc79dc5820190e927e33008");
}

/* 200,000 times "a": sha256sum. More than one piece is read. */
static void a_file_is_digested_with_its_size(void **state)
{
    char *path = sg_tmpdir_path(*state, "a.csv"), *big = malloc(200000), text[SG_SHA256_TEXT];
    int64_t bytes = 0;
    sg_err err = {0};
    assert_non_null(big);
    memset(big, 'a', 200000);
    sg_tmpdir_write(*state, "a.csv", big, 200000);
    free(big);
    sg_assert_ok(sg_sha256_of_file(path, text, &bytes, &err), &err);
    assert_string_equal(text, "2287d207f24a941ff3b56c04c8a25ad56b63e3023207b3bb5b4ac0c9869d74be");
    assert_int_equal(bytes, 200000);
    sg_assert_ok(sg_sha256_of_file(path, text, NULL, &err), &err);
    sg_mem_fail_at(1);
    sg_assert_status(sg_sha256_of_file(path, text, &bytes, &err), SG_NO_MEMORY, &err);
    sg_mem_fail_at(0);
    free(path);
}

static void what_is_no_file_is_not_digested(void **state)
{
    char *pipe = sg_tmpdir_path(*state, "pipe"), *absent = sg_tmpdir_path(*state, "absent"),
         text[SG_SHA256_TEXT];
    sg_err err = {0};
    assert_int_equal(mkfifo(pipe, 0600), 0);
    sg_assert_status(sg_sha256_of_file(pipe, text, NULL, &err), SG_FAILED,
                     &err); /* and does not wait for a writer */
    sg_assert_contains(err.message, "no regular file");
    sg_assert_status(sg_sha256_of_file(*state, text, NULL, &err), SG_FAILED, &err);
    sg_assert_contains(err.message, "a folder");
    sg_assert_status(sg_sha256_of_file(absent, text, NULL, &err), SG_FAILED, &err);
    sg_assert_contains(err.message, absent);
    free(pipe);
    free(absent);
}

static sg_key made_up_key(void)
{
    sg_key key;
    for (size_t i = 0; i < sizeof key.bytes; i++)
        key.bytes[i] = (unsigned char)i;
    return key;
}

static void assert_pseudonym(const sg_key *key, const char *scope, const char *id, const char *want)
{
    sg_pseudonym pseudonym;
    char text[2 * SG_PSEUDONYM_BYTES + 1];
    sg_pseudonym_make(key, scope, id, strlen(id), &pseudonym);
    for (size_t i = 0; i < SG_PSEUDONYM_BYTES; i++)
        assert_int_equal(snprintf(text + 2 * i, 3, "%02x", pseudonym.bytes[i]), 2);
    assert_string_equal(text, want);
}

/*
 * Python: hashlib.blake2b(b"skillgain learner\0" + f(scope) + f(id), key=bytes(range(32)), digest_size=16), where f is the
 * length in eight bytes, big-endian, and the text. A change of these loses every learner's history.
 */
static void a_pseudonym_is_keyed_blake2b_of_scope_and_id(void **state)
{
    (void)state;
    sg_key key = made_up_key();
    assert_pseudonym(&key, "", "A-0001", "b73272c60fb800b92832b2643ffaffc4");
    assert_pseudonym(&key, "NORTH", "A-0001", "8b5a4a2dae988f346c863f4128df4c4a");
    assert_pseudonym(&key, "N", "ORTHA-0001", "0d1aaa13d31c33cd01f0b97d1c1aa80f");
    char check[33];
    sg_key_check_value(&key, check);
    assert_string_equal(check, "82096f318ab6f3bebba2272c66503731");
    key.bytes[31] ^= 1;
    sg_key_check_value(&key, check);
    assert_string_not_equal(check, "82096f318ab6f3bebba2272c66503731");
}

static void a_new_key_is_private_and_read_back(void **state)
{
    char *path = sg_tmpdir_path(*state, "key"), *other = sg_tmpdir_path(*state, "other");
    sg_key key, again, second;
    sg_err err = {0};
    struct stat about;
    sg_assert_ok(sg_key_create(path, &err), &err);
    assert_int_equal(stat(path, &about), 0);
    assert_int_equal(about.st_mode & 07777, 0600);
    assert_int_equal(about.st_size, 65);
    assert_int_equal(about.st_nlink, 1);
    sg_assert_ok(sg_key_read(path, &key, &err), &err);
    sg_assert_ok(sg_key_read(path, &again, &err), &err);
    assert_memory_equal(key.bytes, again.bytes, sizeof key.bytes);
    sg_assert_ok(sg_key_create(other, &err), &err);
    sg_assert_ok(sg_key_read(other, &second, &err), &err);
    assert_memory_not_equal(key.bytes, second.bytes, sizeof key.bytes);
    free(path);
    free(other);
}

static void a_key_is_never_overwritten(void **state)
{
    char *path = sg_tmpdir_path(*state, "key");
    sg_err err = {0};
    sg_tmpdir_write_text(*state, "key", "precious");
    sg_assert_status(sg_key_create(path, &err), SG_FAILED, &err);
    char *text = sg_tmpdir_read(*state, "key", NULL);
    assert_string_equal(text, "precious");
    assert_false(sg_tmpdir_exists(*state, ".key.tmp"));
    free(text);
    free(path);
}

static const char hex_of_the_key[] = "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f\n";

static void a_key_file_is_hexadecimal_digits_and_a_line_break(void **state)
{
    char *path = sg_tmpdir_path(*state, "key");
    sg_err err = {0};
    sg_key key, want = made_up_key();
    sg_tmpdir_write_text(*state, "key", hex_of_the_key);
    assert_int_equal(chmod(path, 0600), 0);
    sg_assert_ok(sg_key_read(path, &key, &err), &err);
    assert_memory_equal(key.bytes, want.bytes, sizeof key.bytes);
    free(path);
}

static void a_damaged_key_is_refused(void **state)
{
    char *path = sg_tmpdir_path(*state, "key");
    sg_err err = {0};
    sg_key key;
    for (int kind = 0; kind < 5; kind++) {
        char text[80];
        memcpy(text, hex_of_the_key, sizeof hex_of_the_key);
        size_t length = sizeof hex_of_the_key - 1;
        if (kind == 0)
            text[10] = 'g';
        else if (kind == 1)
            text[64] = '0';
        else if (kind == 2)
            length--;
        else if (kind == 3)
            text[length++] = '\n';
        else
            length = 0;
        sg_tmpdir_write(*state, "key", text, length);
        assert_int_equal(chmod(path, 0600), 0);
        sg_assert_status(sg_key_read(path, &key, &err), SG_USAGE, &err);
        sg_assert_contains(err.message, "damaged");
        assert_null(strstr(err.message, "0a0b0c"));
    }
    free(path);
}

static void a_key_that_others_can_reach_is_refused(void **state)
{
    char *path = sg_tmpdir_path(*state, "key"), *link = sg_tmpdir_path(*state, "link");
    sg_err err = {0};
    sg_key key;
    static const mode_t open_modes[] = {0640, 0604, 0620, 0610, 0666};
    sg_tmpdir_write_text(*state, "key", hex_of_the_key);
    for (size_t i = 0; i < sizeof open_modes / sizeof open_modes[0]; i++) {
        assert_int_equal(chmod(path, open_modes[i]), 0);
        sg_assert_status(sg_key_read(path, &key, &err), SG_USAGE, &err);
        sg_assert_contains(err.message, "chmod 600");
    }
    assert_int_equal(chmod(path, 0600), 0);
    assert_int_equal(symlink(path, link), 0);
    sg_assert_status(sg_key_read(link, &key, &err), SG_USAGE, &err);
    sg_assert_contains(err.message, "symbolic link");
    assert_int_equal(unlink(path), 0);
    sg_assert_status(sg_key_read(path, &key, &err), SG_USAGE, &err);
    sg_assert_contains(err.message, path);
    free(path);
    free(link);
}

#define WITH_FOLDER(test) cmocka_unit_test_setup_teardown(test, sg_tmpdir_setup, sg_tmpdir_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sha256_gives_the_published_digests),
        cmocka_unit_test(a_digest_under_way_equals_that_of_the_whole),
        cmocka_unit_test(fields_can_not_run_into_each_other),
        cmocka_unit_test(fields_and_integers_have_a_fixed_form),
        WITH_FOLDER(a_file_is_digested_with_its_size),
        WITH_FOLDER(what_is_no_file_is_not_digested),
        cmocka_unit_test(a_pseudonym_is_keyed_blake2b_of_scope_and_id),
        WITH_FOLDER(a_new_key_is_private_and_read_back),
        WITH_FOLDER(a_key_is_never_overwritten),
        WITH_FOLDER(a_key_file_is_hexadecimal_digits_and_a_line_break),
        WITH_FOLDER(a_damaged_key_is_refused),
        WITH_FOLDER(a_key_that_others_can_reach_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
