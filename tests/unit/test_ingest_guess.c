/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Guessing a crosswalk by names and values.
 */
#include "test_ingest_guess.h"

/* ---- kinds ---- */

static void the_kind_is_told_by_the_fields_that_are_found(void **state)
{
    static const struct {
        const char *header, *kind;
    } cases[] = {
        {"Student ID,Site,Class Start,Class End,Hours,IET", "enrollment"},
        {"Student ID,Date,MSG,Site", "gain"},
        {"Client ID,Milestone,Gain Date,Pre Level,Post Level", "gain"},
        {"Student ID,Test Date,Assessment,Form,Scale Score,NRS Level", "test"},
        {"Student ID,Date,Hours,Site,Class", "service"},
        {"Student ID,Month,Attendance Minutes", "service"},
        {"Student ID,Outcome Type,Quarter,Wages", "outcome"},
        {"Program ID,Site,Program Name,SOC,Program Start,State Approval From", "program"},
        {"College,Program Year,Full Time Faculty,Part Time Faculty", "context"},
    };
    trial *t = *state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        guess(t, "export.csv", cases[i].header);
        assert_string_equal(sg_kind_text(t->guess.kind), cases[i].kind);
    }
}

static void a_name_may_be_written_in_many_ways(void **state)
{
    static const char *const names[] = {"student_id",
                                        "STUDENT ID",
                                        "StudentID",
                                        "Student  Id.",
                                        "studentId",
                                        "student-id",
                                        "\"Student\nID\"",
                                        "100 - Unique Individual Identifier (WIOA)",
                                        "PIRL 100",
                                        "PIRL100",
                                        "100",
                                        "Learner ID",
                                        "Current Student ID"};
    trial *t = *state;
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        char text[256];
        (void)snprintf(text, sizeof text,
                       "%s,Site,Class Start,Hours,IET\na,01,2024-09-23,3.5,Y\nb,01,2024-09-24,4,N\n",
                       names[i]);
        guess(t, "export.csv", text);
        assert_int_equal(t->guess.n_lacking, 0);
        assert_int_equal(t->guess.n_taken, 5);
        expect_no_warning(t);
    }
}

static void of_two_columns_of_a_name_the_values_decide(void **state)
{
    trial *t = *state;
    /* 'Enroll Date' is the less usual name, but has the dates */
    guess(
        t, "export.csv",
        "Student ID,Site,Class Start,Enroll Date,IET\n1,01,Room A,2024-09-23,Y\n2,01,Room B,2024-09-24,N\n");
    expect(t, "start_date: \"Enroll Date\"");
    expect(t, "\"Class Start\": it may be start_date too, for which \"Enroll Date\" is surer");
    guess(t, "export.csv",
          "Student ID,Site,Class Start,Enroll "
          "Date,IET\n1,01,2024-09-23,2024-09-01,Y\n2,01,2024-09-24,2024-09-02,N\n");
    expect(t, "start_date: \"Class Start\"");
}

static void an_exit_is_the_end_of_an_enrollment_that_has_no_other(void **state)
{
    trial *t = *state;
    guess(t, "e.csv", "Student ID,Site,Class Start,Exit Date,IET\n1,01,2024-09-23,2024-12-01,Y\n");
    expect(t, "  end_date: \"Exit Date\"   # called 'exit date'");
    expect_not(t, "exit_date:");
    guess(t, "e.csv",
          "Student ID,Site,Class Start,Class End,Exit Date,IET\n1,01,2024-09-23,2024-12-01,2024-12-02,Y\n");
    expect(t, "  end_date: \"Class End\"");
    expect(t, "  exit_date: \"Exit Date\"");
    guess(t, "e.csv", "Student ID,Site,Class Start,901 - Exit,IET\n1,01,2024-09-23,2024-12-01,Y\n");
    expect(t, "  exit_date: \"901 - Exit\"");
}

/* ---- dates ---- */

static void the_form_of_dates_is_proven_or_named_as_not_proven(void **state)
{
    trial *t = *state;
    guess(t, "e.csv", "Student ID,Site,Start Date,IET\n1,01,9/3/2024,Y\n2,01,9/23/2024,N\n");
    expect(t, "dates: [\"%m/%d/%Y\"]   # those of 'start_date'\n");
    guess(t, "e.csv", "Student ID,Site,Start Date,IET\n1,01,3/9/2024,Y\n2,01,23/9/2024,N\n");
    expect(t, "dates: [\"%d/%m/%Y\"]   # those of 'start_date'\n");
    guess(t, "e.csv", "Student ID,Site,Start Date,IET\n1,01,03/09/2024,Y\n2,01,04/09/2024,N\n");
    expect(t, "dates: [\"%m/%d/%Y\"]   # those of 'start_date'; as many values are of the form \"%d/%m/%Y\"");
    expect_warning(
        t, "'Start Date': no value shows whether months or days come first; '%m/%d/%Y' is taken, write "
           "'%d/%m/%Y'");
    guess(t, "e.csv",
          "Student ID,Site,Start Date,DOB,IET\n1,01,03/09/2024,23/01/1990,Y\n2,01,04/09/2024,1/1/1980,N\n");
    expect(t, "dates: [\"%d/%m/%Y\"]   # those of 'start_date'\n");
    expect(t, "months and days told apart by \"DOB\"");
    guess(t, "e.csv",
          "Student ID,Site,Start Date,DOB,IET\n1,01,20240903,01.02.1990,Y\n2,01,20240904,13.02.1980,N\n");
    expect(t, "dates: [\"%Y%m%d\"]");
    expect(t, "    dates: [\"%d.%m.%Y\"]\n");
    guess(t, "e.csv", "Student ID,Site,Start Date,IET\n1,01,45555,Y\n2,01,45556,N\n");
    expect(t, "dates: [\"excel\"]");
    guess(t, "e.csv",
          "Student ID,Site,Start Date,IET\n1,01,2024-09-23 00:00:00,Y\n2,01,2024-09-23 00:00:00,N\n");
    expect(t, "dates: [\"%Y-%m-%d 00:00:00\"]");
    guess(t, "e.csv", "Student ID,Site,Start Date,IET\n1,01,9/3/24,Y\n2,01,9/23/24,N\n");
    expect_warning(t, "'Start Date' has years of two digits in 2 of 2 values");
}

/* ---- numbers ---- */

static void hours_minutes_and_clock_times_are_told_apart(void **state)
{
    static const struct {
        const char *header, *values[2], *unit;
    } cases[] = {
        {"Attendance Minutes", {"90", "120"}, "unit: \"minutes\""},
        {"Attendance Hours", {"90", "120.5"}, NULL},
        {"Attendance Hours", {"1:30", "12:05"}, "unit: \"h:mm\""},
        {"Attendance Hours", {"2730", "1860"}, "unit: \"minutes\""},
    };
    trial *t = *state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char text[256];
        (void)snprintf(text, sizeof text,
                       "Student ID,Site,Class Start,%s,IET\na,1,2024-09-23,%s,Y\nb,1,2024-09-24,%s,N\n",
                       cases[i].header, cases[i].values[0], cases[i].values[1]);
        guess(t, "e.csv", text);
        if (cases[i].unit != NULL)
            expect(t, cases[i].unit);
        else
            expect_not(t, "unit:");
    }
    expect_warning(t, "'Attendance Hours' has numbers too large for hours and is read as minutes");
}

static void program_years_are_read_in_any_form_and_go_on(void **state)
{
    trial *t = *state;
    guess(
        t, "e.csv",
        "Student ID,Site,Class Start,Fiscal Year,IET\na,1,2024-09-23,2024-25,Y\nb,1,2024-09-24,2024-25,N\n");
    expect(t, "\"2024-25\": 2024\n");
    expect(t, "\"2034-35\": 2034\n");
    guess(t, "e.csv", "Student ID,Site,Class Start,Program Year,IET\na,1,2024-09-23,PY 2024-2025,Y\n");
    expect(t, "\"PY 2024-2025\": 2024\n");
    expect(t, "\"PY 2025-2026\": 2025\n");
    guess(t, "e.csv", "Student ID,Site,Class Start,Program Year,IET\na,1,2024-09-23,2024,Y\n");
    expect(t, "program_year: \"Program Year\"");
    guess(t, "e.csv", "Student ID,Site,Class Start,Fiscal Year,IET\na,1,2024-09-23,2025,Y\n");
    expect(t, "\"2025\": 2024\n");
    expect_warning(t, "'Fiscal Year': a year is taken for the one in which it ends");
}

/* ---- codes ---- */

static void codes_are_put_to_ours_by_name(void **state)
{
    trial *t = *state;
    guess(t, "e.csv",
          "Student ID,Site,Class Start,Gender,Race,Entry Level,IETP,Veteran\n"
          "a,1,2024-09-23,M,Black or African American,ABE Level 3,None,Y\n"
          "b,1,2024-09-24,X,Two or more races,ESL Level 1,IETP/Credential,N\n"
          "c,1,2024-09-24,Q,White,ABE Level 1,IETP,\n");
    expect(t, "      \"M\": male\n");
    expect(t, "      \"X\": nonbinary\n");
    expect(t, "      # \"Q\": ???   # 1 row; nothing of ours is called so\n");
    expect_warning(t, "'Gender': the codes of 1 of 3 rows are not known; they would count as unknown");
    expect(t, "      \"Black or African American\": black\n");
    expect(t, "      \"ABE Level 3\": ABE3\n");
    expect(t, "      \"ABE Level 2\": ABE2   # not seen yet\n");
    expect(t, "      \"IETP/Credential\": credential\n");
    expect(t, "      \"N\": no\n");
}

static void shortened_headers_are_written_out(void **state)
{
    trial *t = *state;
    guess(t, "e.csv",
          "EMPLID;FIRST_NM;BIRTHDATE;GENDER_CD;ETHN_DESC;CAMPUS_DESC;CLASS_NBR;ENRL_ADD_DT;ENRL_DROP_DT;"
          "CONTACT_MIN;EMPL_STAT\n"
          "1;Dee;3/14/1991;F;White;North;C1;9/23/2024;12/13/2024;600;Employed\n"
          "2;Bo;7/25/1985;M;Asian;South;C2;9/24/2024;12/20/2024;900;Unemployed\n");
    expect(t, "kind: enrollment");
    expect(t, "  learner_id: \"EMPLID\"");
    expect(t, "  start_date: \"ENRL_ADD_DT\"   # called 'enrollment add date'");
    expect(t, "  end_date: \"ENRL_DROP_DT\"");
    expect(t, "  college: \"CAMPUS_DESC\"   # called 'campus'");
    expect(t, "    column: \"GENDER_CD\"");
    expect(t, "  race:   # called 'ethnicity'; all 2 values are known\n    column: \"ETHN_DESC\"");
    expect(t, "    column: \"CONTACT_MIN\"");
    expect(t, "    unit: \"minutes\"");
    expect(t, "    column: \"EMPL_STAT\"");
    expect(t, "#   \"FIRST_NM\": never taken in (a name)");
    guess(t, "g.csv", "EMPLID,MSG_DT,MSG_TYPE_DESC\n1,12/11/2024,EFL Gain\n2,12/13/2024,HSE\n");
    expect(t, "kind: gain");
    expect(t, "  gain_date: \"MSG_DT\"");
}

/* None of these minutes is too large for hours: only the header tells. */
static void ordinary_headers_are_known(void **state)
{
    static const char *const taken[] = {
        "  college: \"Campus Name\"",   "  start_date: \"Class Begin\"",
        "  end_date: \"Class Finish\"", "    column: \"Attend Min\"\n    unit: \"minutes\"",
        "  iet:   # called 'iet part'", "  low_income:   # called 'low inc'"};
    trial *t = *state;
    guess(t, "o.csv",
          "Student No,Campus Name,Class Begin,Class Finish,Attend Min,IET Part,Low Inc\n"
          "1,North,9/23/2024,12/13/2024,360,Y,N\n2,North,9/24/2024,12/20/2024,240,N,Y\n");
    for (size_t i = 0; i < sizeof taken / sizeof taken[0]; i++)
        expect(t, taken[i]);
}

static void codes_that_are_all_unknown_are_listed(void **state)
{
    trial *t = *state;
    sg_str text = {0};
    sg_str_add(&text, "Student ID,Site,Class Start,IET Flag\n");
    for (int i = 0; i < 60; i++)
        sg_str_printf(&text, "a%d,1,2024-09-23,%s\n", i, i % 3 == 0 ? "IBX" : "NON");
    guess(t, "e.csv", sg_str_text(&text));
    expect(t,
           "    column: \"IET Flag\"\n    # codes:   # say what each is in our words, and take the # away\n"
           "      # \"IBX\": ???   # 20 rows; nothing of ours is called so\n"
           "      # \"NON\": ???   # 40 rows; nothing of ours is called so\n");
    sg_str_release(&text);
}

/* What stands above columns of numbers and days and is neither is a header, whatever the names are. */
static void a_header_without_a_known_name_is_one(void **state)
{
    trial *t = *state;
    guess(t, "e.csv", "Alpha,Beta,Gamma,Hours\nx,2024-09-23,12,5\nz,2024-09-24,13,6\n");
    expect(t, "#   \"Beta\"");
    expect(t, "learner_id: ???");
}

/* One row in hundreds may hold anything, a name too; what one row in ten has is a code of theirs. */
static void rare_values_are_counted_and_not_written(void **state)
{
    trial *t = *state;
    sg_str text = {0};
    sg_str_add(&text, "Student ID,Site,Class Start,Gender,iet\n");
    for (int i = 0; i < 300; i++)
        sg_str_printf(&text, "a%d,1,2024-09-23,%s,yes\n", i,
                      i == 7       ? "Planted Name"
                      : i < 40     ? "Diverse"
                      : i % 2 == 0 ? "Male"
                                   : "Female");
    guess(t, "e.csv", sg_str_text(&text));
    expect(t, "      # \"Diverse\": ???   # 39 rows; nothing of ours is called so\n");
    expect(t, "      # 1 more, of 1 row: too rare to be written here");
    expect_not(t, "Planted");
    sg_str_release(&text);
}

static void our_own_codes_need_no_list(void **state)
{
    trial *t = *state;
    guess(t, "e.csv",
          "Student ID,Site,Class Start,Gender,iet\na,1,2024-09-23,male,yes\nb,1,2024-09-24,female,no\n");
    expect(t, "sex: \"Gender\"   # called 'gender'; all 2 values are our codes\n");
    expect_not(t, "codes:");
}

static void numbers_for_codes_are_read_as_pirls_and_doubted_elsewhere(void **state)
{
    trial *t = *state;
    guess(t, "e.csv",
          "Student ID,Site,Class Start,201 - Sex,IET,Hours\na,1,2024-09-23,1,1,9\nb,1,2024-09-24,2,0,9\n");
    expect(t, "\"1\": male\n");
    expect_no_warning(t);
    guess(t, "e.csv", "Student ID,Site,Class Start,Gender,IET\na,1,2024-09-23,1,1\nb,1,2024-09-24,2,0\n");
    expect_warning(t, "the numbers of 'Gender' are read as PIRL has them");
    guess(t, "e.csv",
          "Student ID,Site,Class "
          "Start,Veteran,IET\na,1,2024-09-23,1,1\nb,1,2024-09-24,2,0\nc,1,2024-09-25,0,0\n");
    expect(t, "      \"0\": unknown\n");
    expect(t, "      \"2\": no\n");
    expect_warning(t, "'Veteran' is read as 1 yes, 2 no, 0 unknown");
}

static void races_in_a_list_are_taken_apart(void **state)
{
    sg_crosswalk crosswalk;
    trial *t = *state;
    guess(t, "e.csv",
          "Student ID,Site,Class Start,Races,IET\na,1,2024-09-23,Asian; White,Y\nb,1,2024-09-24,Black,N\n");
    expect(t, "    list: \"Races\"\n    separator: \";\"\n");
    sg_assert_ok(read_back(t, &crosswalk), &t->err);
    assert_string_equal(crosswalk.race_list.column, "Races");
    assert_int_equal(crosswalk.race_separator, ';');
    assert_int_equal(crosswalk.race_list.n_codes, 3);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        GUESS_CASE(the_kind_is_told_by_the_fields_that_are_found),
        GUESS_CASE(a_name_may_be_written_in_many_ways),
        GUESS_CASE(of_two_columns_of_a_name_the_values_decide),
        GUESS_CASE(an_exit_is_the_end_of_an_enrollment_that_has_no_other),
        GUESS_CASE(the_form_of_dates_is_proven_or_named_as_not_proven),
        GUESS_CASE(hours_minutes_and_clock_times_are_told_apart),
        GUESS_CASE(program_years_are_read_in_any_form_and_go_on),
        GUESS_CASE(codes_are_put_to_ours_by_name),
        GUESS_CASE(codes_that_are_all_unknown_are_listed),
        GUESS_CASE(shortened_headers_are_written_out),
        GUESS_CASE(ordinary_headers_are_known),
        GUESS_CASE(a_header_without_a_known_name_is_one),
        GUESS_CASE(rare_values_are_counted_and_not_written),
        GUESS_CASE(our_own_codes_need_no_list),
        GUESS_CASE(numbers_for_codes_are_read_as_pirls_and_doubted_elsewhere),
        GUESS_CASE(races_in_a_list_are_taken_apart),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
