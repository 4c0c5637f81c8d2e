# SPDX-License-Identifier: GPL-3.0-or-later
# Writes a small made-up state whose dates meet the rules: awk -v seed=N -v to=FOLDER -f draw.awk -f nasty.awk
#   settings                   the settings of the state, as the shell reads them
#   enrollment-N.csv ...       what the program is given, a file a delivery; gain-N.csv too
#   enrollment.csv, gain.csv   the same as count.sh wants it: by cut-off, with each row's delivery and cut-off
#   service.csv, program.csv   where the state has them
# Learners start, end, gain and pause on the days on which a rule turns: the ends of program years, terms, the landmark, the last day of
# follow-up, the as-of date, the longest pause; a day before and a day after. Nobody here exists.

function either(standard, others)           # half the time what is usual
{
    return draw(2) ? standard : one_of(others)
}

function near(day)
{
    return day + draw(3) - 1
}

# ---------------------------------------------------------------- settings

function draw_settings(    i, n, year)
{
    need = either(12, "1 8 15 40")
    pause = either(90, "1 30 45 120 366")
    mark = either(30, "0 1 60 120")
    follow = either(180, "1 90 365")
    grace = either(0, "1 30 100")
    entry = either(21, "0 5 60")
    grades = either("confirmed,supported,claimed", "confirmed confirmed,supported supported,claimed claimed")
    common = either("efl_test,efl_hse_subtest,diploma", "efl_test efl_credit,diploma,milestone efl_test,efl_postsecondary")
    learners = draw(4) ? "state" : "college"
    delivery = one_of("full delta delta")
    n_deliveries = 1 + draw(3)
    has_services = !draw(3)
    without_hours = draw(6) ? 0 : 1 + draw(n_deliveries)    # a delivery without any
    by_age = !draw(4)
    year = 2024
    cut[n_deliveries] = !draw(3) ? day_of(year, 6, 30) + draw(3) - 1 : day_of(year, 7, 1) + draw(200)
    for (i = n_deliveries - 1; i > 0; i--)
        cut[i] = cut[i + 1] - draw(200)
    gain_cut = draw(3) ? cut[n_deliveries] : cut[n_deliveries] + draw(60) - 30
    service_cut = cut[n_deliveries] - draw(40)
    seen = gain_cut < cut[n_deliveries] ? gain_cut : cut[n_deliveries]
    asof = ""
    if (!draw(3)) {
        seen = draw(2) ? near(day_of(one_of("2022 2023 2024"), 6, 30)) : seen - draw(300)
        if (seen > gain_cut || seen > cut[n_deliveries])
            seen = gain_cut < cut[n_deliveries] ? gain_cut : cut[n_deliveries]
        asof = date_of(seen)
    }
    n_terms = draw(4)
    for (i = 1; i <= n_terms; i++) {
        term[i] = day_of(2020 + i, one_of("6 7 9 1"), 1 + draw(28))
        terms = terms (i > 1 ? " " : "") date_of(term[i])
    }
}

function tell_settings(    i, cuts)
{
    for (i = 1; i <= n_deliveries; i++)
        cuts = cuts (i > 1 ? " " : "") date_of(cut[i])
    print "participant_hours=" need "\nexit_gap_days=" pause "\nlandmark_days=" mark "\nfollow_up_days=" follow >settings
    print "gain_grace_days=" grace "\nentry_days=" entry "\ngrades=" grades "\ncommon=" common "\nterms='" terms "'" >settings
    print "asof=" asof "\nlearner_scope=" learners "\ndelivery=" delivery "\ncuts='" cuts "'" >settings
    print "gain_cut=" date_of(gain_cut) "\nservice_cut=" date_of(service_cut) "\nhas_services=" has_services >settings
}

# ---------------------------------------------------------------- days on which rules turn

function turn_of_year()
{
    return day_of(one_of("2021 2022 2023 2024"), 7, 1) - draw(2)
}

function some_term()
{
    return n_terms ? term[1 + draw(n_terms)] : turn_of_year()
}

function first_day(length_,    how)
{
    how = draw(9)
    if (how < 2)
        return near(turn_of_year() - mark - length_ + 1)
    if (how == 2)
        return near(turn_of_year())
    if (how == 3)
        return near(some_term()) - draw(2) * (length_ - 1)
    if (how == 4)
        return near(seen - follow - mark - length_ + 1)
    if (how == 5)
        return seen - draw(60)
    return day_of(2021, 7, 1) + draw(1200)
}

function special_day(reached,    how)
{
    how = draw(12)
    if (how < 3)
        return near(reached + mark)
    if (how < 5)
        return near(reached + mark + follow)
    if (how == 5)
        return near(turn_of_year())
    if (how == 6)
        return near(some_term())
    if (how == 7)
        return near(some_term() + entry)
    if (how == 8)
        return near(some_term() + entry + follow)
    if (how == 9)
        return near(seen)
    if (how == 10)
        return near(cut[1 + draw(n_deliveries)])
    return near(reached)
}

# ---------------------------------------------------------------- learners

function draw_person(row)
{
    row["birth_date"] = date_of(day_of(1950, 1, 1) + draw(18000))
    if (!draw(12))
        row["birth_date"] = one_of("1980-02-29 2004-02-29 1964-02-29 2000-02-29")
    row["age"] = 16 + draw(50)
    row["sex"] = one_of("female male nonbinary . other UNKNOWN")
    row["hispanic"] = one_of("no no yes . maybe")
    row["race_white"] = one_of("yes no .")
    row["race_black"] = one_of("yes no no .")
    row["race_asian"] = one_of("yes no no no .")
    row["race_american_indian"] = one_of("yes no no no no no .")
    row["race_pacific_islander"] = one_of("no no no no no no yes .")
    row["entering_level"] = one_of("ABE1 ABE2 ABE6 ESL1 ESL6 ALT_ABE ALT_ESL . ABE9 -")
    row["prior_education"] = one_of("none diploma equivalent some_postsecondary . N/A")
    row["employment_status"] = one_of("employed unemployed not_in_labor_force .")
    row["english_learner"] = one_of("yes no . ?")
    row["disability"] = one_of("yes no .")
    row["low_income"] = one_of("yes no .")
    row["single_parent"] = one_of("yes no no .")
    row["justice_involved"] = one_of("yes no no .")
    row["refugee"] = one_of("yes no no .")
    row["internationally_trained"] = one_of("yes no .")
    if (by_age)
        row["birth_date"] = "."
    else
        row["age"] = "."
}

function draw_row(own, start, end, hours,    row, key, n)
{
    split("", row)
    for (key in own)
        row[key] = own[key]
    n = split(one_of(levels_to_blank), blanked, "+")
    for (; n > 0 && draw(3); n--)
        row[blanked[n]] = "."
    do {
        row["college"] = one_of("01 01 01 02 03")
    } while ((start, row["college"]) in starts && ++tries % 50 || !row["college"])
    if ((start, row["college"]) in starts)
        return                                  # which of two such rows is the first is not said
    starts[start, row["college"]]
    row["start_date"] = date_of(start)
    row["end_date"] = end ? date_of(end) : "."
    row["contact_hours"] = hours
    row["distance_hours"] = hours > 2 && !draw(4) ? 1 : "."
    row["enrollment_id"] = draw(3) ? "N" ++n_ids : "."
    row["section_id"] = one_of("A B .")
    row["iet"] = one_of(habit_of_flag)
    row["component"] = one_of(habit_of_component)
    row["iet_program_id"] = row["component"] == "." && draw(3) ? "." : one_of(". IET-A IET-A IET-B IET-C")
    row["workplace_literacy"] = one_of("no no no no no . yes")
    row["planned_service_date"] = draw(7) ? "." : date_of((end ? end : start) + one_of("-3 0 1 10 40 90"))
    row["exit_reason"] = draw(3) ? "." : one_of("00 01 02 03 04 05 06 07 01 03")
    for (key in row)
        rows[n_rows + 1, key] = row[key] == "." ? "" : row[key]
    n_rows++
    row_end[n_rows] = end ? end : seen
    row_start[n_rows] = start
    if (row_end[n_rows] > latest)
        latest = row_end[n_rows]
}

function draw_hours()
{
    return one_of("0 . 5 " need " " need " 20 60 12.001 11.999 7.5 100.25")
}

# The rows that make a participant, or just not; the day on which the hours are reached, as far as that is plain.
function draw_entry(own,    how, length_, start, i, at)
{
    how = draw(7)
    length_ = 1 + draw(12)
    start = first_day(length_)
    first = start
    if (how == 0) {                                         # on its last day
        draw_row(own, start, start + length_ - 1, need)
        return start + length_ - 1
    }
    if (how == 1) {                                         # on its first
        draw_row(own, start, start + draw(2) * draw(200), need * 250 > 9000 ? 9000 : need * 250)
        return start
    }
    if (how == 2) {                                         # half way
        draw_row(own, start, start + 2 * length_ - 1, 2 * need)
        return start + length_ - 1
    }
    if (how == 3) {                                         # thirds, sevenths and elevenths of it, or a thousandth less
        for (i = 0; i < 3; i++)
            draw_row(own, start + i, start + one_of("6 10 12"), sprintf("%.3f", need / 3 - (i < 2 ? 0 : one_of("0 0 0.001") + 0)))
        return start + 12
    }
    if (how == 4) {                                         # two halves with the longest pause between
        draw_row(own, start, start + length_ - 1, need / 2)
        at = start + length_ - 1 + near(pause)
        draw_row(own, at, at + 3, need / 2)
        return at + 3
    }
    if (how == 5) {                                         # open from the start
        draw_row(own, start, 0, one_of("30 200 " need))
        return start + 20
    }
    draw_row(own, start, start + draw(150), draw_hours())
    return start + length_
}

function draw_rows(own, reached,    i, n, start, end)
{
    n = draw(5)
    for (i = 0; i < n; i++) {
        start = draw(3) ? latest + near(pause) : draw(2) ? special_day(reached) : draw(2) ? latest - draw(30) : latest + 1 + draw(20)
        if (start < first || start > cut[n_deliveries] + 40)
            start = first + 1 + draw(20)
        end = special_day(reached)
        if (end < start || end > start + 500)
            end = start + draw(90)
        draw_row(own, start, draw(12) ? end : 0, draw_hours())
    }
}

function draw_gains(own, reached,    i, n, how, at)
{
    n = draw(5) - 1
    for (i = 0; i < n; i++) {
        how = draw(6)
        at = 1 + draw(n_rows)
        n_gains++
        gains[n_gains, "day"] = how == 0 ? near(latest + grace) : how == 1 ? near(row_end[at]) : how == 2 ? near(row_start[at]) : \
            how == 3 ? reached + 1 + draw(mark + follow) : special_day(reached)
        gains[n_gains, "learner_id"] = own["learner_id"]
        gains[n_gains, "gain_type"] = one_of("efl_test efl_test efl_test efl_credit efl_postsecondary efl_hse_subtest diploma " \
            "transcript_secondary transcript_postsecondary milestone milestone skills_progression")
        gains[n_gains, "college"] = rows[at, "college"]
        gains[n_gains, "subject"] = plain(one_of("reading math . ."))
    }
}

# Services by the day, with pauses; by the month; some beside the enrollment, of another section, or without hours.
function draw_services(at,    day, n, by_month, month, line, seen_)
{
    by_month = !draw(5)
    day = row_start[at] + draw(4) - 1
    for (n = 0; n < 14 && day <= row_end[at] + draw(3); n++) {
        line = rows[at, "learner_id"] ","
        month = substr(date_of(day), 1, 7)
        line = line (by_month ? "," month : date_of(day) ",") "," one_of("1 2 3 6 0 0.75 " need) "," \
            (draw(6) || learners == "college" ? rows[at, "college"] : "") "," (draw(4) ? rows[at, "section_id"] : "") "," \
            plain(one_of(". . . integrated workforce_training " (rows[at, "component"] ? rows[at, "component"] : ".")))
        if (!by_month || !((at, month) in seen_))
            print line >services
        seen_[at, month]
        day += by_month ? 20 : draw(9) ? 1 + draw(14) : near(pause)
    }
}

# ---------------------------------------------------------------- deliveries

function has_column(number, name)
{
    return number != without_hours || name !~ /_hours$/
}

function header_of(number,    i, line)
{
    for (i = 1; i <= n_columns; i++)
        if (has_column(number, columns[i]))
            line = line (i > 1 ? "," : "") columns[i]
    return line
}

# A row as it must not be.
function soil(at,    how)
{
    how = draw(7)
    if (how == 0)
        rows[at, "start_date"] = "2023-02-29"
    else if (how == 1)
        rows[at, "end_date"] = date_of(row_start[at] - 1)
    else if (how == 2)
        rows[at, "iet"] = "maybe"
    else if (how == 3)
        rows[at, "contact_hours"] = one_of("-1 9999.001 1e2 abc 12..5")
    else if (how == 4)
        rows[at, by_age ? "age" : "birth_date"] = by_age ? one_of("15 111") : date_of(row_start[at] - 16 * 365)
    else if (how == 5)
        rows[at, "college"] = ""
    else
        rows[at, "start_date"] = ""
}

function deliver(at, number,    i, line, whole)
{
    for (i = 1; i <= n_columns; i++) {
        whole = whole (i > 1 ? "," : "") (has_column(number, columns[i]) ? rows[at, columns[i]] : "")
        if (has_column(number, columns[i]))
            line = line (i > 1 ? "," : "") rows[at, columns[i]]
    }
    print line >(to "/enrollment-" number ".csv")
    delivered[number, ++n_delivered[number]] = whole
}

# Delta: each row in one delivery, some again, as they were or changed. Full: a college's rows in all deliveries from its first to its
# last, but for what was withdrawn and changed; the last holds.
function deliver_all(    at, number, last)
{
    for (at = 1; at <= n_rows; at++) {
        number = 1 + draw(n_deliveries)
        if (delivery == "full") {
            last = last_of[rows[at, "college"]]
            for (number = 1; number <= last; number++)
                if (number == last || draw(8))
                    deliver(at, number)
            if (last < 1)
                continue
            number = last
        } else
            deliver(at, number)
        if (!draw(12)) {
            deliver(at, number)                             # again
        } else if (!draw(12)) {
            rows[at, "contact_hours"] = draw_hours()
            rows[at, "iet"] = "yes"
            if (rows[at, "contact_hours"] == ".")
                rows[at, "contact_hours"] = ""
            deliver(at, number)                             # changed
            if (delivery == "delta" && number < n_deliveries)
                deliver(at, number + 1)
        } else if (!draw(25)) {
            soil(at)
            deliver(at, number)
        }
    }
}

function tell_all(    number, i, gain_line, late)
{
    for (number = 1; number <= n_deliveries; number++)
        for (i = 1; i <= n_delivered[number]; i++) {
            split(delivered[number, i], cell, ",")
            if (delivery == "full" && cell[2] != "" && last_of[cell[2]] != number)
                continue
            print delivered[number, i] "," number "," date_of(cut[number]) >(to "/enrollment.csv")
        }
    for (i = 1; i <= n_gains; i++) {
        gain_line = gains[i, "learner_id"] "," date_of(gains[i, "day"]) "," gains[i, "gain_type"] "," gains[i, "college"] "," \
            gains[i, "subject"]
        print gain_line >(to "/gain-1.csv")
        print gain_line ",1," date_of(gain_cut) >(to "/gain.csv")
        if (!draw(10)) {
            print gain_line >(to "/gain-1.csv")
            print gain_line ",1," date_of(gain_cut) >(to "/gain.csv")
        }
    }
}

function draw_learner(number,    own, reached, from, at)
{
    split("", own)
    split("", starts)
    draw_person(own)
    own["learner_id"] = sprintf("%08d", 60000000 + number * 7919)
    habit_of_flag = one_of("no:no:no no:no:no:no:yes no:yes:credential no:.:N/A no:no:.:yes")
    gsub(/:/, " ", habit_of_flag)
    habit_of_component = one_of(".:adult_education adult_education:workforce_preparation:workforce_training:integrated adult_education")
    gsub(/:/, " ", habit_of_component)
    latest = 0
    from = n_rows
    reached = draw_entry(own)
    draw_rows(own, reached)
    if (n_rows == from)
        return
    draw_gains(own, reached)
    if (has_services)
        for (at = from + 1; at <= n_rows; at++)
            if (!draw(3))
                draw_services(at)
}

function draw_program(    i, id, n, ids, college)
{
    n = split("IET-A IET-B IET-C", ids, " ")
    for (i = 1; i <= n; i++)
        for (college = 1; college <= 3; college++)
            if (draw(3))
                print ids[i] ",0" college "," (draw(2) ? "" : date_of(day_of(2021, 7, 1) + draw(500))) "," \
                    (draw(2) ? "" : date_of(day_of(2023, 1, 1) + draw(600))) "," (draw(2) ? "" : date_of(near(some_term()))) "," \
                    (draw(2) ? "" : date_of(day_of(2023, 6, 30) + draw(600))) >programs
}

BEGIN {
    start_draws(seed)
    settings = to "/settings"
    services = to "/service.csv"
    programs = to "/program.csv"
    header = "learner_id,college,start_date,end_date,enrollment_id,section_id,component,iet,iet_program_id," \
        "workplace_literacy,contact_hours,distance_hours,entering_level,birth_date,age,sex,hispanic,race_white,race_black," \
        "race_asian,race_american_indian,race_pacific_islander,prior_education,employment_status,english_learner,disability," \
        "low_income,single_parent,justice_involved,refugee,internationally_trained,planned_service_date,exit_reason"
    gain_header = "learner_id,gain_date,gain_type,college,subject"
    n_columns = split(header, columns, ",")
    levels_to_blank = ". . sex+hispanic race_white+race_black+birth_date entering_level+disability+age english_learner+low_income " \
        "refugee+single_parent+prior_education+employment_status"
    draw_settings()
    tell_settings()
    for (i = 1; i <= n_deliveries; i++) {
        print header_of(i) >(to "/enrollment-" i ".csv")
    }
    for (i = 1; i <= 3; i++)
        last_of["0" i] = 1 + draw(n_deliveries)
    last_of["01"] = n_deliveries
    print header ",delivery,cutoff" >(to "/enrollment.csv")
    print gain_header >(to "/gain-1.csv")
    print gain_header ",delivery,cutoff" >(to "/gain.csv")
    if (has_services)
        print "learner_id,service_date,month,hours,college,section_id,component" >services
    print "iet_program_id,college,start_date,end_date,approved_from,approved_to" >programs
    n_learners = 120 + draw(180)
    for (number = 1; number <= n_learners; number++)
        draw_learner(number)
    draw_program()
    deliver_all()
    tell_all()
}
