/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Guessing a crosswalk: what is told and what is never written; files that are none; and that the program reads what it wrote.
 */
#include "test_ingest_guess.h"

/* ---- what is lacking, and what is never written ---- */

static void a_required_field_that_is_not_found_is_left_open_and_told(void **state)
{
    trial *t = *state;
    guess(t, "e.csv", "Kennung,Class Start,Hours,IET\na,2024-09-23,4,Y\nb,2024-09-24,5,N\n");
    assert_int_equal(t->guess.n_lacking, 2);
    expect(t, "  # learner_id: ???   # required: no column looks like it; put the header's name here\n");
    expect(t, "  # college: ???   # required: no column looks like it; put the header's name here, or "
              "{value: \"01\"}");
    expect_warning(t, "no column looks like 'learner_id'");
    expect_warning(t, "no column looks like 'college'");
}

static void no_value_of_a_learner_is_written(void **state)
{
    trial *t = *state;
    guess(t, "e.csv",
          "Student ID,First Name,SSN,E-Mail,Contact,DOB,Site,Class Start,Gender,Referral,Employer,IET\n"
          "CANARY1,CANARY2,999-00-0001,CANARY3@x.test,999-555-0001,1/23/1991,CANARY4,9/23/"
          "2024,F,CANARY5,CANARY6,Y\n"
          "CANARY7,CANARY8,999-00-0002,CANARY9@x.test,999-555-0002,1/24/1991,CANARY4,9/24/"
          "2024,M,CANARY5,CANARY6,N\n");
    expect_not(t, "CANARY");
    expect_not(t, "999");
    expect_not(t, "1991");
    expect(t, "\"First Name\": never taken in (a name)");
    expect(t, "\"SSN\": never taken in (a social security number)");
    expect(t, "\"E-Mail\": never taken in (an e-mail address)");
    expect(t, "\"Contact\": never taken in (e-mail addresses or numbers of persons)");
    for (size_t i = 0; i < t->guess.n_warnings; i++)
        assert_null(strstr(t->guess.warnings[i], "CANARY"));
    /* a column called like codes that has something else */
    guess(t, "e.csv",
          "Student ID,Site,Class Start,Gender,IET\n1,2,2024-09-23,CANARY1,Y\n2,2,2024-09-24,CANARY2,N\n"
          "3,2,2024-09-24,CANARY3,N\n");
    expect_not(t, "CANARY");
}

static void a_first_row_of_data_is_no_header(void **state)
{
    static const char *const texts[] = {
        "CANARY,Doe,1990-01-02,2024-09-01\nb,Roe,1991-01-02,2024-09-02\n",
        "CANARY,F,White,12\nb,M,Asian,13\n",
        "Enrollment report of CANARY county\n\nStudent ID,Site\n1,2\n",
        "Student ID,Site,CANARY@x.test\n1,2,3\n",
        "CANARY,Roe,,\nDee,Poe,2024-09-01,12\nBo,Moe,2024-09-02,13\n",
        "CANARY,Roe,N/A,none\nDee,Poe,2024-09-01,12\nBo,Moe,2024-09-02,13\n",
        "CANARY,Roe,Roe,x\nDee,Poe,2024-09-01,12\nBo,Moe,2024-09-02,13\n",
        "CANARY,Roe,open,full\nDee,Roe,2024-09-01,12\nBo,Moe,2024-09-02,13\n",
    };
    trial *t = *state;
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        sg_assert_status(run_bytes(t, "e.csv", texts[i], strlen(texts[i])), SG_REFUSED, &t->err);
        sg_assert_contains(t->err.message, "does not look like a header");
        assert_null(strstr(t->err.message, "CANARY"));
    }
}

static void what_is_no_table_is_refused_as_the_import_refuses_it(void **state)
{
    static const struct {
        const char *bytes;
        size_t n;
        const char *part;
    } cases[] = {
        {"", 0, "the file is empty"},
        {"\n\n \n", 4, "nothing but blank lines"},
        {"PK\003\004 a workbook of old", 22, "a zip archive or an .xlsx workbook"},
        {"%PDF-1.4 and so on, for some bytes", 34, "a PDF document"},
        {"Student ID,\"Site\nand so on", 26, "quote"},
    };
    trial *t = *state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        sg_assert_status(run_bytes(t, "e.csv", cases[i].bytes, cases[i].n), SG_REFUSED, &t->err);
        sg_assert_contains(t->err.message, cases[i].part);
    }
}

/* ---- bytes, names, what fits ---- */

static void encodings_and_delimiters_are_found(void **state)
{
    static const char *const texts[] = {
        "Student ID;Site;Class Start;IET\n1;a, b;2024-09-23;Y\n",
        "Student ID\tSite\tClass Start\tIET\n1\ta, b\t2024-09-23\tY\n",
        "Student ID|Site|Class Start|IET\n1|a, b|2024-09-23|Y\n",
        "\xef\xbb\xbfStudent ID,Site,Class Start,IET\r\n1,a,2024-09-23,Y\r\n",
    };
    static const char utf16[] = "\xff\xfeI\0D\0,\0S\0i\0t\0e\0,\0S\0t\0a\0r\0t\0,\0I\0E\0T\0\n\0";
    trial *t = *state;
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        guess(t, "e.csv", texts[i]);
        assert_int_equal(t->guess.n_taken, 4);
        expect_not(t, "encoding:");
    }
    sg_assert_ok(run_bytes(t, "e.csv", utf16, sizeof utf16 - 1), &t->err);
    assert_int_equal(t->guess.n_taken, 4);
    guess(t, "e.csv", "Student ID,Site,Class Start,IET\n1,Caf\xe9,2024-09-23,Y\n2,Caf\xe9,2024-09-23,Y\n");
    expect(t, "encoding: windows-1252");
    guess(t, "e.csv",
          "Student ID,Site,Class Start,IET\n1,Caf\xc3\xa9,2024-09-23,Y\n2,Caf\xe9,2024-09-23,Y\n");
    expect_not(t, "encoding:"); /* one damaged line makes no other encoding */
}

static void the_crosswalk_is_named_after_the_file(void **state)
{
    static const struct {
        const char *file, *name;
    } cases[] = {
        {"Class Roster.csv", "class-roster"},
        {"msg_2025-07-15.csv", "msg"},
        {"enrollment-20250715.csv.gz", "enrollment"},
        {"2025-07-15.csv", "export"},
        {"\xc3\x89tat.csv", "tat"},
        {"A&B__c.txt", "a-b__c"},
        {".csv", "csv"},
    };
    trial *t = *state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        guess(t, cases[i].file, "Student ID,Site,Class Start,IET\n1,2,2024-09-23,Y\n");
        assert_string_equal(t->guess.name, cases[i].name);
    }
    guess(t, "enrollment-20250715.csv", "Student ID,Site,Class Start,IET\n1,2,2024-09-23,Y\n");
    expect(t, "cutoff: {filename: \"%Y%m%d\"}");
    guess(t, "bad\nname\x01.csv", "Student ID,Site,Class Start,IET\n1,2,2024-09-23,Y\n");
    expect(t, "# A first crosswalk for an export, guessed");
}

static void an_export_that_a_shipped_crosswalk_reads_needs_none(void **state)
{
    static const char canonical[] = "learner_id,gain_date,gain_type\n1,2024-09-01,diploma\n";
    static const char more[] = "learner_id,gain_date,gain_type,Site\n1,2024-09-01,diploma,a\n";
    trial *t = *state;
    sg_assert_ok(run_bytes(t, "g.csv", canonical, strlen(canonical)), &t->err);
    assert_string_equal(t->guess.fits, "canonical-gain");
    assert_null(t->guess.text);
    guess(t, "g.csv", more); /* which leaves a column out that is known */
    expect(t, "college: \"Site\"");
}

static void a_column_twice_in_the_header_is_told(void **state)
{
    trial *t = *state;
    guess(t, "e.csv", "Student ID,Site,Class Start,Hours,Hours,IET\n1,2,2024-09-23,3,4,Y\n");
    expect_warning(t, "'Hours' stands 2 times in the header");
}

static void the_same_bytes_give_the_same_text(void **state)
{
    static const char text[] =
        "Student ID,Site,Class Start,Gender,IET\nb,1,2024-09-23,M,Y\na,1,2024-09-24,F,N\n";
    trial *t = *state;
    guess(t, "e.csv", text);
    const char *first = t->guess.text;
    guess(t, "e.csv", text);
    assert_string_equal(first, t->guess.text);
}

/* ---- any table ---- */

static uint32_t next_random(uint32_t *seed)
{
    *seed = *seed * 1664525U + 1013904223U; /* Numerical Recipes' generator: any will do */
    return *seed >> 16;
}

/* A field with whatever may confuse a file of YAML. */
static void add_odd(sg_str *out, uint32_t *seed)
{
    static const char *const parts[] = {"\\",
                                        "\"\"",
                                        ": ",
                                        "#",
                                        "'",
                                        "{",
                                        "}",
                                        "[",
                                        "%",
                                        "&",
                                        "*",
                                        "!",
                                        "|",
                                        ">",
                                        "-",
                                        "\n",
                                        "\r\n",
                                        "\t",
                                        "\x01",
                                        "\x7f",
                                        "\xc2\x85",
                                        "\xe2\x80\xa8",
                                        "\xef\xbb\xbf",
                                        "Student ID",
                                        "Site",
                                        "Class Start",
                                        "Gender",
                                        "9",
                                        "2024-09-01",
                                        "null",
                                        "~",
                                        "yes",
                                        "\xc3\xa9",
                                        "\xf0\x9f\x98\x80",
                                        " ",
                                        "?",
                                        "M",
                                        "F",
                                        "\xff"};
    sg_str_add_char(out, '"');
    for (uint32_t n = next_random(seed) % 4; n > 0; n--)
        sg_str_add(out, parts[next_random(seed) % (sizeof parts / sizeof parts[0])]);
    sg_str_add_char(out, '"');
}

static void make_table(sg_str *out, uint32_t *seed)
{
    for (int row = 0; row < 5; row++) {
        sg_str_add(out, row == 0 ? "Student ID,Site,Class Start,Race,Gender,Subject,Fiscal Year,IET"
                                 : "1,2,2024-09-23");
        for (int i = row == 0 ? 6 : 0; i < 12; i++) {
            sg_str_add_char(out, ',');
            add_odd(out, seed);
        }
        sg_str_add_char(out, '\n');
    }
}

static void whatever_the_table_the_program_reads_what_it_wrote(void **state)
{
    uint32_t seed = 20240701;
    int n_written = 0;
    for (int i = 0; i < 500; i++) {
        void *one = NULL;
        sg_str text = {0};
        sg_crosswalk crosswalk;
        (void)open_trial(&one);
        trial *t = one;
        make_table(&text, &seed);
        sg_status status = run_bytes(t, "e.csv", sg_str_text(&text), text.length);
        if (status == SG_OK && t->guess.n_lacking == 0) {
            sg_assert_ok(read_back(t, &crosswalk), &t->err);
            n_written++;
        } else if (status != SG_OK)
            assert_int_equal(status, SG_REFUSED);
        sg_str_release(&text);
        (void)close_trial(&one);
    }
    (void)state;
    assert_true(n_written > 50);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        GUESS_CASE(a_required_field_that_is_not_found_is_left_open_and_told),
        GUESS_CASE(no_value_of_a_learner_is_written),
        GUESS_CASE(a_first_row_of_data_is_no_header),
        GUESS_CASE(what_is_no_table_is_refused_as_the_import_refuses_it),
        GUESS_CASE(encodings_and_delimiters_are_found),
        GUESS_CASE(the_crosswalk_is_named_after_the_file),
        GUESS_CASE(an_export_that_a_shipped_crosswalk_reads_needs_none),
        GUESS_CASE(a_column_twice_in_the_header_is_told),
        GUESS_CASE(the_same_bytes_give_the_same_text),
        cmocka_unit_test(whatever_the_table_the_program_reads_what_it_wrote),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
