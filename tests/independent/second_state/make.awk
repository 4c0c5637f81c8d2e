# SPDX-License-Identifier: GPL-3.0-or-later
# Writes the second made-up state: awk -v part=PART -f ../draw.awk -f make.awk tricky.txt
#   enrollment, gain, service, program   the exports        expected, levels   the answers worked out by hand
#   readme             what each learner asks
# It is given the terms too (-v terms="DAY DAY"), so that some of the drawn enter IET at the start of one.
# With -v hours=none the enrollment export has no hours at all; with -v seed=N other learners are drawn.
# The learners of tricky.txt, and N_DRAWN drawn ones with a fixed seed, by a generator that is the same in every awk; behind them
# N_SERVED more, most of whose enrollments have services.

function quoted(text)
{
    return text ~ /[", ]/ ? "\"" text "\"" : text
}

function take(words, from, n, into,    i, cut)    # field=value words
{
    for (i = from; i <= n; i++) {
        cut = index(words[i], "=")
        into[substr(words[i], 1, cut - 1)] = plain(substr(words[i], cut + 1))
    }
}

function write_enrollment(row,    i, line)
{
    n_enrollments++
    if (!("enrollment_id" in row))
        row["enrollment_id"] = sprintf("N%05d", n_enrollments)
    if (hours == "none")
        row["contact_hours"] = row["distance_hours"] = ""
    line = ""
    for (i = 1; i <= n_columns + ("fields" in row && row["fields"] < 0 ? -1 : 0); i++)
        line = line (i > 1 ? "," : "") (columns[i] in row ? quoted(row[columns[i]]) : "")
    if ("fields" in row && row["fields"] > 0)
        line = line ",left over"
    if (part == "enrollment")
        print line
    # What a tired export job leaves between the rows.
    if (part == "enrollment" && n_enrollments == 60)
        print ""
    if (part == "enrollment" && n_enrollments == 90)
        print header
}

function write_gain(row,    i, line)
{
    line = ""
    for (i = 1; i <= n_gain_columns; i++)
        line = line (i > 1 ? "," : "") (gain_columns[i] in row ? quoted(row[gain_columns[i]]) : "")
    if (part == "gain")
        print line
}

function write_service(row,    i, line)
{
    line = ""
    for (i = 1; i <= n_service_columns; i++)
        line = line (i > 1 ? "," : "") (service_columns[i] in row ? quoted(row[service_columns[i]]) : "")
    if (part == "service")
        print line
}

function person(row,    i)  # the default learner
{
    split("", row)
    take(defaults, 1, n_defaults, row)
}

function draw_person(row)
{
    person(row)
    row["birth_date"] = date_of(day_of(1950, 1, 1) + draw(20000))
    row["sex"] = one_of("female female male male nonbinary .")
    row["hispanic"] = one_of("no no yes .")
    row["race_white"] = one_of("yes no no .")
    row["race_black"] = one_of("yes no no .")
    row["race_asian"] = one_of("yes no no no .")
    row["race_american_indian"] = one_of("yes no no no no no .")
    row["race_pacific_islander"] = one_of("no no no no no no yes .")
    row["entering_level"] = one_of("ABE1 ABE2 ABE3 ABE4 ABE5 ABE6 ESL1 ESL2 ESL3 ESL4 ESL5 ESL6 ALT_ABE ALT_ESL .")
    row["prior_education"] = one_of("none diploma equivalent iep_certificate some_postsecondary certificate associate bachelor beyond .")
    row["employment_status"] = one_of("employed employed_notice unemployed not_in_labor_force .")
    row["english_learner"] = one_of("yes no .")
    row["disability"] = one_of("yes no no .")
    row["low_income"] = one_of("yes no .")
    row["single_parent"] = one_of("yes no no .")
    row["justice_involved"] = one_of("yes no no .")
    row["refugee"] = one_of("yes no no .")
    row["internationally_trained"] = one_of("yes no no .")
}

# Services of an enrollment: by the month, or by the day with a pause now and then about as long as the one that ends a PoP; a few outside
# it, of another section, component or college, without hours, or after the cut-off of services.
function draw_services(row, start, end,    service, day, n, by_month, month, component)
{
    by_month = !draw(6)
    component = one_of(". . . same same integrated")
    day = start + draw(6) - (draw(9) ? 0 : 5)
    for (n = 0; n < 24 && day <= end + (draw(9) ? 0 : 6); n++) {
        split("", service)
        service["learner_id"] = row["learner_id"]
        if (!by_month)
            service["service_date"] = date_of(day)
        else if (month != substr(date_of(day), 1, 7))
            service["month"] = month = substr(date_of(day), 1, 7)
        service["hours"] = by_month ? draw(40) "." draw(4) * 25 : one_of("1 1.5 2 2 2.25 3 3 4 6 0 0.75")
        service["college"] = draw(9) ? row["college"] : plain(one_of(". . 01 02"))
        service["section_id"] = draw(9) ? (draw(3) ? row["section_id"] : "") : "Z"
        service["component"] = component == "same" ? row["component"] : plain(draw(12) ? component : "workforce_training")
        if (!by_month || "month" in service)
            write_service(service)
        day += by_month ? 15 : draw(16) ? one_of("1 2 3 5 7 7 7 9 14 14 21") : one_of("88 89 90 91 92")
    }
}

# A drawn learner: one to six rows, with gaps about as long as the one that ends a PoP, now and then overlapping; now and then
# without hours, with a planned service, blank where a value was.
# A served one is at one of more colleges and shares a label with others, and no two of its rows start on a day.
function draw_learner(number, is_served,    own, row, key, n_rows, start, length_, end, i, n, habit, swap, starts, date, term)
{
    draw_person(own)
    own["learner_id"] = sprintf("%08d", 40000000 + number * 7919)
    own["case_label"] = is_served ? sprintf("S%d", number % 6) : sprintf("D%03d", number)
    n_rows = 1 + draw(6)
    habit = one_of(is_served ? "plain late components components blank enters enters enters enters" : "plain plain flag late components blank")
    start = day_of(2021, 4, 1) + draw(1200)
    if (habit == "enters") {
        split(one_of(terms), date, "-")
        term = day_of(date[1], date[2], date[3])
        start = term - 25 - draw(30)
    }
    first = start
    for (i = 1; i <= n_rows; i++) {
        split("", row)
        for (key in own)
            row[key] = own[key]
        length_ = 1 + draw(draw(3) ? 120 : 30) + (habit == "enters" && i == 1 ? 60 : is_served && !draw(3) ? 150 : 0)
        end = start + length_ - 1
        while (is_served && start in starts)
            start++
        starts[start]
        end = start + length_ - 1
        row["college"] = one_of(is_served ? habit == "plain" ? "12 13 14 15" : "01 02 03 05 06 07 08" : "01 01 02 03")
        row["start_date"] = date_of(start)
        row["end_date"] = draw(25) ? date_of(end) : "."
        row["contact_hours"] = habit == "enters" && i == 1 ? 80 : draw(12) ? sprintf("%d.%02d", draw(60), draw(4) * 25 + draw(2)) : one_of("0 .")
        row["iet"] = "no"
        if (habit == "flag" || (habit == "late" && i > 1))
            row["iet"] = one_of("yes yes credential no")
        if (habit == "enters" && i == 2)
            row["iet"] = one_of("yes credential no")
        if (habit == "blank" && draw(2))
            row["iet"] = "."
        row["component"] = habit == "enters" && i == 2 ? one_of("integrated .") : habit != "components" ? one_of("adult_education adult_education .") : \
            one_of("adult_education workforce_preparation workforce_training workforce_training integrated")
        row["iet_program_id"] = habit == "components" || habit == "enters" && i == 2 ? one_of(is_served ? ". IET-A IET-A IET-B IET-B IET-C" : ". . IET-A IET-B") : "."
        if (is_served)
            row["section_id"] = one_of("A B .")
        row["workplace_literacy"] = one_of("no no no no no no yes .")
        row["planned_service_date"] = draw(8) ? "." : date_of(end + draw(120) - 20)
        row["exit_reason"] = draw(9) ? one_of("00 .") : one_of("01 02 03 04 05 06 07")
        swap = one_of(columns_of_levels)
        row[swap] = "."
        for (key in row)
            row[key] = plain(row[key])
        write_enrollment(row)
        if (is_served && draw(habit == "enters" && i == 1 ? 2 : 4))
            draw_services(row, start, end)
        if (habit == "components" && draw(3))
            start += 1 + draw(length_)
        else
            start = end + one_of("1 2 14 40 80 89 90 91 92 120 -5")
        if (habit == "enters" && i == 1)
            start = term - 3 + draw(28)
        if (end > latest || i == 1)
            latest = end
        if (start <= first)
            start = first + 1 + draw(10)
    }
    n = draw(4)
    for (i = 1; i <= n; i++) {
        split("", row)
        row["learner_id"] = own["learner_id"]
        row["college"] = "01"
        row["gain_type"] = one_of("efl_test efl_test efl_test efl_credit efl_postsecondary efl_hse_subtest diploma " \
            "transcript_secondary transcript_postsecondary milestone milestone skills_progression")
        row["gain_date"] = date_of(first + draw(latest - first + 20))
        row["subject"] = plain(one_of("reading math ."))
        write_gain(row)
    }
}

BEGIN {
    N_DRAWN = 120
    N_SERVED = 320
    seed = seed ? seed : 20240701
    header = "learner_id,case_label,college,start_date,end_date,enrollment_id,section_id,component,iet,iet_program_id," \
        "workplace_literacy,contact_hours,distance_hours,entering_level,birth_date,sex,hispanic,race_white,race_black," \
        "race_asian,race_american_indian,race_pacific_islander,prior_education,employment_status,english_learner,disability," \
        "low_income,single_parent,justice_involved,refugee,internationally_trained,planned_service_date,exit_reason"
    gain_header = "learner_id,gain_date,gain_type,college,subject,level_from,level_to"
    service_header = "learner_id,service_date,month,hours,college,section_id,component"
    n_columns = split(header, columns, ",")
    n_service_columns = split(service_header, service_columns, ",")
    n_gain_columns = split(gain_header, gain_columns, ",")
    columns_of_levels = "sex hispanic race_white race_black prior_education employment_status english_learner disability " \
        "low_income single_parent justice_involved refugee internationally_trained entering_level"
    n_defaults = split("college=01 component=adult_education iet=no workplace_literacy=no entering_level=ABE2 " \
        "birth_date=1985-05-05 sex=female hispanic=no race_white=yes race_black=no race_asian=no race_american_indian=no " \
        "race_pacific_islander=no prior_education=diploma employment_status=unemployed english_learner=no disability=no " \
        "low_income=no single_parent=no justice_involved=no refugee=no internationally_trained=no exit_reason=.", defaults, " ")
    if (part == "enrollment")
        print header
    if (part == "gain")
        print gain_header
    if (part == "service")
        print service_header
    if (part == "program")
        print "iet_program_id,college,start_date,end_date,approved_from,approved_to"
    if (part == "expected")
        print "learner,program_year,variant,state,arm,msg_common,msg"
    if (part == "levels")
        print "learner,program_year,variant,dimension,level"
}

part == "readme" && NR == 1 {
    print "# A second made-up state\n"
    print "**Everything here is made up.** No learner, college or result here exists or existed. Written by `make.awk` from `tricky.txt`,"
    print "where the rows of each learner below and the answers worked out by hand stand; `../make_second_state.sh` writes all of it again.\n"
    print "`enrollment.csv` and `gain.csv` are in the canonical layout, with one column more, `case_label`: the learner's name below, a"
    print "dimension of its own in `workspace/`, so that each learner's arm and outcomes stand in results.csv by themselves."
    print "Cut-offs: enrollment 2024-12-31, gain 2024-12-20; so the as-of date is 2024-12-20, and program years to 2023 are closed."
    print "`service.csv` has services by the day and by the month (cut-off 2024-12-10), `program.csv` is the register; the terms stand in"
    print "`workspace/`.\n"
    print "Besides these there are " N_DRAWN " drawn learners (D001 ...), with gaps, hours, flags, components, exits and blanks drawn so that the"
    print "rules meet, and " N_SERVED " drawn ones (S0 to S5) whose enrollments have services; a blank line, a repeated header and a trailing"
    print "total in the exports of enrollments and gains.\n"
    print "| learner | what it asks |\n|---|---|"
}

/^L / {
    what = substr($0, index($0, "|") + 2)
    n = split(substr($0, 1, index($0, "|") - 1), words, " ")
    name = words[2]
    person(own)
    own["learner_id"] = sprintf("%08d", 900 + substr(name, 2))
    own["case_label"] = name
    take(words, 3, n, own)
    if ("id" in own)
        own["learner_id"] = own["id"]
    if (part == "readme")
        print "| " name " | " what " |"
}

/^E / {
    split("", row)
    for (key in own)
        row[key] = own[key]
    n = split($0, words, " ")
    row["start_date"] = plain(words[2])
    row["end_date"] = plain(words[3])
    row["contact_hours"] = plain(words[4])
    split("", given)
    take(words, 5, n, given)
    for (key in given)
        row[key] = given[key]
    if ("id" in given)
        row["learner_id"] = given["id"]
    write_enrollment(row)
}

/^G / {
    split("", row)
    n = split($0, words, " ")
    row["learner_id"] = own["learner_id"]
    row["gain_date"] = plain(words[2])
    row["gain_type"] = plain(words[3])
    row["college"] = "01"
    row["subject"] = "math"
    take(words, 4, n, row)
    write_gain(row)
}

/^S / {
    split("", row)
    n = split($0, words, " ")
    row["learner_id"] = own["learner_id"]
    row[words[2] ~ /-.*-/ ? "service_date" : "month"] = words[2]
    row["hours"] = words[3]
    row["college"] = own["college"]
    take(words, 4, n, row)
    write_service(row)
}

/^P / && part == "program" {
    n = split($0, words, " ")
    print words[2] "," words[3] "," plain(words[4]) "," plain(words[5]) "," plain(words[6]) "," plain(words[7])
}

/^= / && part == "expected" {
    if ($2 == "none")
        print name ",none,,,,,"
    else
        print name "," $2 "," $3 "," $4 "," $5 "," $6 "," $7
}

/^~ / && part == "levels" {
    print name "," $2 "," $3 "," $4 "," $5
}

END {
    if (part == "gain") {
        print ""
        print gain_header
    }
    for (number = 1; number <= N_DRAWN; number++)
        draw_learner(number, 0)
    for (; number <= N_DRAWN + N_SERVED; number++)
        draw_learner(number, 1)
    if (part == "enrollment") {
        for (i = 2; i < n_columns; i++)
            total = total ","
        print "Total" total ","
    }
    if (part == "gain")
        print "Total,,,,,,"
}
