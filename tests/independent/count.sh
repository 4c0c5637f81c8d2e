#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Counts exports in the canonical layout by SQL alone: count.sh FOLDER CUTOFF_ENROLLMENT CUTOFF_GAIN DATABASE
# FOLDER has enrollment.csv and gain.csv, and perhaps service.csv and program.csv. In the environment, perhaps: ASOF (a day), CUTOFF_SERVICE,
# TERMS (days, with a space between), GRADES (those that are arm iet), COMMON (gain types that are common), SETTINGS (other settings
# than the defaults, as name=value) and LEARNER_SCOPE (college: an id is another person's at another college).
# Where an export came in several deliveries the file has the rows of all, by cut-off, with two columns more: delivery and cutoff.
# Prints program_year,variant,outcome,dimension,level,arm,n,x of every closed year. The database is made anew; in it stay the tables
# `answer` (what was printed), `flow` (units by state and arm), `counted` (each of them) and how each row fared.
set -eu
here=$(cd "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
exports=$1 cutoff_enrollment=$2 cutoff_gain=$3 database=$4
asof=${ASOF-} cutoff_service=${CUTOFF_SERVICE-$2} terms=${TERMS-} grades=${GRADES-confirmed supported claimed}
common=${COMMON-efl_test efl_hse_subtest diploma}
rm -f -- "$database"

# The fields that the queries name; what a file does not have is blank in it.
enrollment_fields='learner_id college start_date end_date enrollment_id section_id component iet iet_program_id
    workplace_literacy contact_hours distance_hours entering_level pre_test_date pre_test_score birth_date age sex hispanic
    race_white race_black race_asian race_american_indian race_pacific_islander prior_education employment_status
    english_learner disability low_income single_parent justice_involved refugee internationally_trained veteran
    planned_service_date exit_date exit_reason prior_participation case_label delivery cutoff'
gain_fields='learner_id gain_date gain_type college subject level_from level_to program_year delivery cutoff'
service_fields='learner_id service_date month hours college section_id component'
program_fields='iet_program_id college start_date end_date approved_from approved_to'
dates=' service_date approved_from approved_to start_date end_date birth_date planned_service_date pre_test_date exit_date gain_date '

# A table with the header's columns and one more, that stays NULL unless a record has too many fields. Then: trimmed,
# the words for "missing" made blank, `last_field` NULL where a record has too few.
table()     # NAME FILE FIELDS
{
    local name=$1 file=$2 columns column last='' list=''
    columns=$(head -n 1 -- "$file" | tr -d '\r')
    for column in ${columns//,/ }; do
        list="$list\"$column\", " last=$column
    done
    echo "CREATE TABLE $name (${list}surplus);"
    echo ".import --csv --skip 1 '$file' $name"
    for column in $3; do
        case ",$columns," in *",$column,"*) ;; *) echo "ALTER TABLE $name ADD COLUMN $column DEFAULT '';" ;; esac
    done
    echo "ALTER TABLE $name ADD COLUMN last_field; UPDATE $name SET last_field = \"$last\";"
    for column in $3; do
        echo "UPDATE $name SET $column = trim($column, ' ' || char(9));"
        echo "UPDATE $name SET $column = '' WHERE upper($column) IN ('NULL', 'N/A', 'NA', 'UNKNOWN', '-');"
        case $dates in *" $column "*)
            echo "UPDATE $name SET $column = '' WHERE $column IN ('1900-01-01', '1753-01-01', '9999-12-31');" ;;
        esac
    done
}

optional()  # KIND FIELDS: a table without rows where there is no such export
{
    if [ -e "$exports/$1.csv" ]; then
        table "raw_$1" "$exports/$1.csv" "$2"
    else
        echo "CREATE TABLE raw_$1 (${2//[[:space:]]/, });"
    fi
}

# Each record is one field short of the table, and the shell says so of each: only that is not worth saying.
{
    echo "PRAGMA synchronous = OFF; PRAGMA journal_mode = OFF;"
    table raw_enrollment "$exports/enrollment.csv" "$enrollment_fields"
    table raw_gain "$exports/gain.csv" "$gain_fields"
    optional service "$service_fields"
    optional program "$program_fields"
    echo "CREATE TABLE cutoff (kind TEXT, day TEXT);"
    echo "INSERT INTO cutoff VALUES ('enrollment', '$cutoff_enrollment'), ('gain', '$cutoff_gain'), ('service', '$cutoff_service');"
    [ -z "$asof" ] || echo "INSERT INTO cutoff VALUES ('asof', '$asof');"
    echo "CREATE TABLE setting (name TEXT PRIMARY KEY, value INTEGER);"
    echo "INSERT INTO setting VALUES ('participant_hours', 12), ('exit_gap_days', 90), ('landmark_days', 30),"
    echo "    ('follow_up_days', 180), ('gain_grace_days', 0), ('entry_days', 21);"
    echo "CREATE TABLE given_term (day TEXT); CREATE TABLE grade_of_iet (grade TEXT);"
    for setting in ${SETTINGS-}; do echo "UPDATE setting SET value = ${setting#*=} WHERE name = '${setting%%=*}';"; done
    echo "CREATE TABLE given_common (code TEXT);"
    for type in $common; do echo "INSERT INTO given_common VALUES ('$type');"; done
    if [ "${LEARNER_SCOPE-state}" = college ]; then
        for kind in enrollment gain service; do
            echo "UPDATE raw_$kind SET learner_id = learner_id || '/' || college WHERE '' NOT IN (learner_id, college);"
        done
    fi
    for term in $terms; do echo "INSERT INTO given_term VALUES ('$term');"; done
    for grade in $grades; do echo "INSERT INTO grade_of_iet VALUES ('$grade');"; done
} | sqlite3 -bail "$database" 2>"$database.stderr" >/dev/null || { cat "$database.stderr" >&2; exit 1; }
if grep -Ev 'expected [0-9]+ columns but found [0-9]+ - (filling the rest with NULL|extras ignored)' "$database.stderr" >&2; then
    exit 1
fi
rm -f -- "$database.stderr"
sqlite3 -bail "$database" <"$here/rows.sql"
sqlite3 -bail -csv -header "$database" <"$here/count.sql"
