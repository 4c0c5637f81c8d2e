#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Whatever arrives, and whatever breaks: each trouble has its exit code and a message with the place and what to do, no accepted
# row is lost, the night's other files come in, and no draft is written that should not be.
# shellcheck disable=SC2317 # functions are called by their names
# shellcheck source=tests/e2e/lib.sh
. "$(dirname -- "${BASH_SOURCE[0]}")/lib.sh"
need sqlite3

generate "$scratch/small" --learners 300 --no-dirt
small=$scratch/small/exports
whole=$scratch/whole        # a workspace with a good night behind it
new_workspace "$whole"
deliver "$whole" "$small/enrollment.csv" "$small/gain.csv"
run_ok "a good night comes first" -C "$whole" run
draft=$(latest_of "$whole")

# The next night's gain export: the same and one gain more.
sed '2s/20[0-9][0-9]-[0-9-]*/2024-05-14/' "$small/gain.csv" | sed -n 2p >"$scratch/one-more"
cat "$small/gain.csv" "$scratch/one-more" >"$scratch/gain-next.csv"

begin()         # NAME: a workspace of its own for a case, in $w
{
    w=$scratch/$1
    cp -a "$whole" "$w"
}

rows()          # DATABASE TABLE: the rows in use
{
    query "$1" "SELECT count(*) FROM $2 WHERE $(is_current "$2")"
}
enrollments_kept() # all of the good night's, with their contents
{
    diff <(dump_store "$whole/skillgain.db" | grep "^enrollment|") <(dump_store "$w/skillgain.db" | grep "^enrollment|") | cut -c 1-200
    [ "${PIPESTATUS[0]}" = 0 ] && [ "$(rows "$w/skillgain.db" enrollment)" -gt 300 ]
}
next_gains_in()
{
    [ "$(rows "$w/skillgain.db" gain)" = $(($(rows "$whole/skillgain.db" gain) + 1)) ]
}
no_new_draft()
{
    diff -r --no-dereference "$whole/output" "$w/output" && [ "$(latest_of "$w")" = "$draft" ]
}

# ---------------------------------------------------------------- files refused whole

columns()       # SED-EXPRESSION: the enrollment export with another header
{
    sed "1$1" "$small/enrollment.csv"
}
refused_night() # NAME "PART|PART...": what is in $scratch/bad comes as tonight's enrollment.csv
{
    local parts
    IFS='|' read -ra parts <<<"$2"
    begin "$1"
    deliver "$w" "$scratch/gain-next.csv"
    install -m 644 "$scratch/bad" "$w/inbox/enrollment.csv"
    expect_exit 3 "$1: the file is refused" -C "$w" run
    expect_message "$1: the message has the file, the place and what to do" REFUSED enrollment.csv "${parts[@]}"
    check "$1: no enrollment is lost" enrollments_kept
    check "$1: the other file of the night is taken in" next_gains_in
    check "$1: no draft is written, 'latest' stays" no_new_draft
    check "$1: the file stays in the inbox" cmp "$scratch/bad" "$w/inbox/enrollment.csv"
    expect_exit 3 "$1: it is told again the next night" -C "$w" run
    check "$1: and recorded once" test "$(query "$w/skillgain.db" "SELECT count(*) FROM batch WHERE file_name = 'enrollment.csv' AND id > 2")" = 1
}
: >"$scratch/bad"
refused_night "empty file" "empty|deliver it again"
head -n 1 "$small/enrollment.csv" >"$scratch/bad"
refused_night "header only" "no rows|query behind the export"
{ echo "name,score,remark"; echo "a,1,x"; echo "b,2,y"; } >"$scratch/bad"
refused_night "unknown header" "line 1|no crosswalk fits the header|add a crosswalk"
columns 's/start_date/first_day/' >"$scratch/bad"
refused_night "required column missing" "line 1|start_date|crosswalk"
columns 's/iet,/contact_hours,/' >"$scratch/bad"
refused_night "column twice in the header" "contact_hours|header"
iconv -f UTF-8 -t UTF-16LE "$small/enrollment.csv" >"$scratch/bad"
refused_night "UTF-16 without a mark" "UTF-8"
columns 's/college/coll\xe8ge/' >"$scratch/bad"
refused_night "header in another encoding" "line 1|UTF-8|windows-1252"
{ cat "$small/enrollment.csv"; sed -n '5s/,no,/,"no,/p' "$small/enrollment.csv"; sed -n '6,9p' "$small/enrollment.csv"; } >"$scratch/bad"
refused_night "quote never closed" "line $(($(wc -l <"$small/enrollment.csv") + 1))|quote|close"
# A gzip file is read; one within another is not a table, nor is what else an archiver writes.
gzip -c "$small/enrollment.csv" | gzip >"$scratch/bad"
refused_night "archive within an archive" "gzip"
{ printf 'PK\003\004'; gzip -c "$small/enrollment.csv"; } >"$scratch/bad"
refused_night "archive instead of a table" "zip archive"

begin "refused files are counted"
mv "$scratch/bad" "$w/inbox/gain.csv"
run_program -C "$w" run
run_program -C "$w" status
expect_message "a refused file is in 'status'" refused gain.csv
expect_exit 0 "a report can be forced" -C "$w" report
expect_message "a forced report is marked with a banner" banner gain.csv
check "a forced report leaves 'latest' as it is" test "$(latest_of "$w")" = "$draft"
expect_exit 3 "'check' finds the same" -C "$w" check "$w/inbox/gain.csv"

# ---------------------------------------------------------------- files that can't be read

begin "missing"
expect_exit 1 "missing file: import fails" -C "$w" import "$w/nowhere.csv" "$scratch/gain-next.csv"
expect_message "missing file: the message names it" "nowhere.csv" "FAILED"
check "missing file: the other one is taken in" next_gains_in
check "missing file: no enrollment is lost" enrollments_kept
expect_exit 1 "missing file: so does check" -C "$w" check "$w/nowhere.csv"
expect_message "missing file: check names it" "nowhere.csv"

begin "folder"
mkdir "$w/enrollment.csv"
expect_exit 1 "folder in place of a file: import fails" -C "$w" import "$w/enrollment.csv"
expect_message "folder in place of a file: the message names it" "enrollment.csv" "FAILED"
check "folder in place of a file: no enrollment is lost" enrollments_kept

begin "unreadable"
deliver "$w" "$scratch/gain-next.csv" "$small/enrollment.csv"
echo >>"$w/inbox/enrollment.csv"
chmod 000 "$w/inbox/enrollment.csv"
plainly=()
if [ "$(id -u)" = 0 ]; then
    # The superuser may read everything, unless that right is laid down.
    plainly=(setpriv --bounding-set=-all --inh-caps=-all)
fi
if ! "${plainly[@]}" true 2>/dev/null || "${plainly[@]}" cat "$w/inbox/enrollment.csv" >/dev/null 2>&1; then
    skip "unreadable file" "the right to read everything can't be laid down here"
else
    rc=0
    "${plainly[@]}" "$SKILLGAIN" -C "$w" run >"$scratch/said" 2>&1 </dev/null || rc=$?
    after_run
    expect_code 1 "unreadable file: the night fails"
    expect_message "unreadable file: the message names it and the cause" "enrollment.csv" "ermission"
    check "unreadable file: the other one is taken in" next_gains_in
    check "unreadable file: no enrollment is lost" enrollments_kept
    check "unreadable file: no draft is written, 'latest' stays" no_new_draft
fi

# ---------------------------------------------------------------- rows

begin "rows"
lines=$(wc -l <"$small/enrollment.csv")
cp "$small/enrollment.csv" "$scratch/bad"
: >"$scratch/expected"

# Appends a copy of a sound row under another id, with some fields changed, and notes what must be found on its line.
bad_row()       # FILE RULE FIELD COLUMN=VALUE...
{
    local file=$1 rule=$2 field=$3
    shift 3
    sed -n '1p;3p' "$small/$file" | awk -F, -v OFS=, -v changes="$(printf '%s\t' "learner_id=stranger" "$@")" '
        NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i; next }
        { n = split(changes, change, "\t")
          for (i = 1; i < n; i++) { name = change[i]; sub(/=.*/, "", name); value = change[i]; sub(/^[^=]*=/, "", value)
              if (!(name in at)) exit 1
              $at[name] = value }
          print }' >>"$scratch/bad" || fail "the test knows the column ($*)"
    echo "$file,$(wc -l <"$scratch/bad"),$rule,$field" >>"$scratch/expected"
}
bad_row enrollment.csv R202 start_date start_date=2023-02-30
bad_row enrollment.csv R301 end_date start_date=2023-05-02 end_date=2023-05-01
bad_row enrollment.csv R203 contact_hours contact_hours=-3
bad_row enrollment.csv R203 contact_hours contact_hours=1e3
bad_row enrollment.csv R205 iet iet=maybe
bad_row enrollment.csv R206 sex sex=Q start_date=2023-03-01 end_date=2023-03-01
bad_row enrollment.csv R207 birth_date start_date=2023-03-01 end_date=2023-04-01 birth_date=2008-03-02
bad_row enrollment.csv R201 learner_id learner_id=
bad_row enrollment.csv R201 college college=unknown
bad_row enrollment.csv R211 learner_id learner_id=1.02E+07
bad_row enrollment.csv R104 '' $'section_id=\xe9'
sed -n 7p "$small/enrollment.csv" >>"$scratch/bad"
echo "enrollment.csv,$((lines + 12)),R401," >>"$scratch/expected"
# The earlier of two rows with the same key gives way.
bad_row enrollment.csv R402 '' learner_id=twice contact_hours=20 start_date=2023-03-01 end_date=2023-03-05
bad_row enrollment.csv - '' learner_id=twice contact_hours=21 start_date=2023-03-01 end_date=2023-03-05
sed -i '$d' "$scratch/expected"
echo "stranger,01,2024-01-08" >>"$scratch/bad"
echo "enrollment.csv,$((lines + 15)),R101," >>"$scratch/expected"
sed -n '7s/$/,more,and more/p' "$small/enrollment.csv" >>"$scratch/bad"
echo "enrollment.csv,$((lines + 16)),R101," >>"$scratch/expected"
install -m 644 "$scratch/bad" "$w/inbox/enrollment.csv"
cp "$small/gain.csv" "$scratch/bad"
bad_row gain.csv R202 gain_date gain_date=2024-02-30
bad_row gain.csv R205 gain_type gain_type=certificate
bad_row gain.csv - '' learner_id=nobody # of a learner without enrollment: stored
sed -i '$d' "$scratch/expected"
install -m 644 "$scratch/bad" "$w/inbox/gain.csv"
sed -i 's/^expect:.*/&\nquality: {max_quarantined: 0.1}/' "$w/skillgain.yaml"
run_ok "a night with bad rows ends well" -C "$w" run
expect_message "it counts them" "12 refused" "1 repeated" "1 replaced"
run_program -C "$w" quarantine --all --csv
found_as_expected()
{
    awk -F, 'NR == FNR { want[$1 "," $2] = $3; next }
             $4 >= "R306" && $4 <= "R399" { next } # only unlikely: planted in the made-up state too
             FNR > 1 && $1 > 2 && $3 > 0 { got[$2 "," $3] = got[$2 "," $3] " " $4 }
             END { for (place in want) if (got[place] !~ " " want[place]) { print place " wants " want[place] ", has" got[place]; bad = 1 }
                   for (place in got) if (!(place in want)) { print place " has" got[place]; bad = 1 }
                   exit bad }' "$scratch/expected" "$scratch/said"
}
check "each bad row is found on its line, by its rule, and no other" found_as_expected
found_field()
{
    awk -F, 'NR == FNR { if ($4 != "") want[$1 "," $2 "," $3] = $4; next }
             ($2 "," $3 "," $4) in want && want[$2 "," $3 "," $4] == $7 { delete want[$2 "," $3 "," $4] }
             END { for (place in want) { print place " lacks field " want[place]; bad = 1 } exit bad }' "$scratch/expected" "$scratch/said"
}
check "and with its field" found_field
check "no value of a refused row is told" test -z "$(grep -E 'maybe|stranger|2023-02-30|1e3|2008-03-02' "$scratch/said")"
check "each finding tells what to do" test -z "$(awk -F, 'NR > 1 && $NF == ""' "$scratch/said")"
check "a warned, a replacing and every sound row is stored" test "$(rows "$w/skillgain.db" enrollment)" = $(($(rows "$whole/skillgain.db" enrollment) + 2))
check "a gain of a learner without enrollment is stored" test "$(rows "$w/skillgain.db" gain)" = $(($(rows "$whole/skillgain.db" gain) + 1))
check "a new draft is there" test "$(latest_of "$w")" != "$draft"
new_draft=$w/output/drafts/$(latest_of "$w")
check "the draft lists the gain of a learner without enrollment" \
    diff <(echo 1) <(grep -ioE 'learners without any enrollment, not counted: [0-9]+' "$new_draft/quality.md" | grep -oE '[0-9]+$')

# ---------------------------------------------------------------- files held

begin "many bad rows"
awk -F, -v OFS=, 'NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i } NR > 1 && NR % 20 == 0 { $at["iet"] = "perhaps" } { print }' \
    "$small/enrollment.csv" >"$w/inbox/enrollment.csv"
expect_exit 4 "5 % of bad rows: a check says that it would be held" -C "$w" check "$w/inbox/enrollment.csv"
expect_message "5 % of bad rows: and which code is unknown, and which are known" "known: no, yes, credential" "unknown: 'perhaps' ("
expect_exit 4 "5 % of bad rows: the file is held" -C "$w" run
expect_message "5 % of bad rows: the message says why and what to do" HELD enrollment.csv max_quarantined "import --accept"
expect_message "5 % of bad rows: a draft can be had all the same" "'skillgain report' makes one with a banner"
check "5 % of bad rows: nothing is used or lost" enrollments_kept
check "5 % of bad rows: no draft is written, 'latest' stays" no_new_draft
batch=$(query "$w/skillgain.db" "SELECT max(id) FROM batch")
way="take it in as it is ('skillgain import --accept $batch'), drop it ('skillgain import --undo $batch') or deliver a corrected one"
used="is held and not in use: enrollment figures are made from what came up to batch 1 ('enrollment.csv', complete up to"
run_ok "5 % of bad rows: 'status' tells" -C "$w" status
expect_message "5 % of bad rows: 'status' says the way out and what figures are made from" "HELD: the newest file 'enrollment.csv' (batch $batch) $used" "$way" "none of them in use"
run_ok "5 % of bad rows: 'report' makes a draft" -C "$w" report
expect_message "5 % of bad rows: 'report' says the same" "the newest file 'enrollment.csv' (batch $batch) $used" "$way" "made from: enrollment up to batch 1"
mv "$w/inbox/enrollment.csv" "$scratch/waiting.csv"
expect_exit 4 "5 % of bad rows: a night with nothing new tells that it waits" -C "$w" run
expect_message "5 % of bad rows: and says the same" "HELD     the newest file 'enrollment.csv' (batch $batch) $used" "$way"
mv "$scratch/waiting.csv" "$w/inbox/enrollment.csv"
cp -a "$w" "$scratch/dropping"
run_ok "5 % of bad rows: it is dropped" -C "$scratch/dropping" import --undo "$batch"
run_ok "5 % of bad rows: then a night is good" -C "$scratch/dropping" run
run_ok "5 % of bad rows: a person accepts them" -C "$w" import --accept "$batch"
run_ok "5 % of bad rows: the next night reports" -C "$w" run
check "5 % of bad rows: 'latest' is a new draft" test "$(latest_of "$w")" != "$draft"
check "5 % of bad rows: the draft says what was overridden by hand" grep -q "enrollment.csv (batch [0-9]*, enrollment) was held as batch $batch and accepted by hand on 20" "$w/output/drafts/latest/index.html"
nowhere() { ! grep -rn "$1" "$2"; }
check "5 % of bad rows: it calls no delivery held any more" nowhere "held and not in use\|is held: look" "$w/output/drafts/latest/"

begin "half a delivery"
head -n 200 "$small/enrollment.csv" >"$w/inbox/enrollment.csv"
deliver "$w" "$scratch/gain-next.csv"
expect_exit 4 "half a delivery: the file is held" -C "$w" run
expect_message "half a delivery: the message says why" HELD enrollment.csv "withdraw"
check "half a delivery: nothing is withdrawn" enrollments_kept
check "half a delivery: the other file of the night is taken in" next_gains_in
check "half a delivery: no draft is written, 'latest' stays" no_new_draft

w=$scratch/one-kind
new_workspace "$w"
deliver "$w" "$small/enrollment.csv"
expect_exit 4 "an export that never came: the night says so" -C "$w" run
expect_message "an export that never came: which, and what to do" MISSING gain inbox
check "an export that never came: no draft is written" test ! -e "$w/output/drafts/latest"
deliver "$w" "$small/gain.csv"
run_ok "an export that never came: when it comes, the night ends well" -C "$w" run
check "an export that never came: outputs are those of one night" same_files "$whole/output" "$w/output"

# ---------------------------------------------------------------- two runs at once

begin "two runs"
deliver "$w" "$scratch/gain-next.csv"
exec 8>"$w/.lock"
flock -n 8
expect_exit 75 "a second run while one is going is turned away" -C "$w" run
expect_message "it is told to try again" ".lock" "try again"
run_ok "'status' works meanwhile" -C "$w" status
exec 8>&-
check "it has changed nothing" same_store "$whole/skillgain.db" "$w/skillgain.db"
run_ok "when the first has ended, the next one does the work" -C "$w" run
check "and has done it" next_gains_in

w=$scratch/race
new_workspace "$w"
deliver "$w" "$small/enrollment.csv" "$small/gain.csv"
codes=
pids=()
for _ in 1 2 3; do
    "$SKILLGAIN" -C "$w" run >>"$scratch/log" 2>&1 </dev/null &
    pids+=($!)
done
for pid in "${pids[@]}"; do
    rc=0
    wait "$pid" || rc=$?
    codes+="$rc "
done
check "of three runs at once each ends well or is turned away" grep -qE '^(0 |75 ){3}$' <<<"$codes"
check "one at least ends well" grep -q '\<0 ' <<<"$codes"
check "three runs at once leave the store of one" same_store "$whole/skillgain.db" "$w/skillgain.db"
check "three runs at once leave the outputs of one" same_files "$whole/output" "$w/output"

# ---------------------------------------------------------------- outputs that can't be written

begin "no output folder"
deliver "$w" "$scratch/gain-next.csv"
rm -rf "$w/output"
echo "in the way" >"$w/output"
expect_exit 1 "a file in place of the output folder: the night fails" -C "$w" run
expect_message "a file in place of the output folder: the message names it" "output"
check "a file in place of the output folder: no row is lost" enrollments_kept
check "a file in place of the output folder: the night's file is taken in" next_gains_in
check "a file in place of the output folder: it is left alone" grep -qx "in the way" "$w/output"
rm "$w/output"
run_ok "a file in place of the output folder: mended, the night ends well" -C "$w" run
check "a file in place of the output folder: then there is a draft" test -s "$w/output/drafts/latest/index.html"

inside()        # FUNCTION ARGUMENT...: in mounts of its own; variables tell it where it is
{
    export w SKILLGAIN
    export -f "${1?}"
    unshare --mount --propagation private bash -c "$*" >"$scratch/said" 2>&1 </dev/null
}
night_on_readonly()
{
    mount --bind "$w/output" "$w/output" && mount -o remount,bind,ro "$w/output" || exit 120
    "$SKILLGAIN" -C "$w" run
}
# A disk with room for the workspace and little more; what it holds at the end comes back as $w.after.
night_on_full_disk() # KIBIBYTES
{
    mkdir -p "$w.disk" "$w.after"
    mount -t tmpfs -o size="$1k" none "$w.disk" || exit 120
    cp -a "$w/." "$w.disk/" || exit 121
    rc=0
    "$SKILLGAIN" -C "$w.disk" run || rc=$?
    cp -a "$w.disk/." "$w.after/"
    exit "$rc"
}
if can_mount; then
    begin "read-only output"
    deliver "$w" "$scratch/gain-next.csv"
    rc=0
    inside night_on_readonly || rc=$?
    after_run
    expect_code 1 "read-only output: the night fails"
    expect_message "read-only output: the message says which folder and why" "output" "ead-only"
    check "read-only output: the night's file is taken in" next_gains_in
    check "read-only output: no draft is written, 'latest' stays" no_new_draft
    run_ok "read-only output: the next night ends well" -C "$w" run

    # Every file of the night changes: more to write than there is room for, at different places.
    begin "full disk"
    sed 's/,no,no,no,no,no,no,no$/,no,no,no,no,no,no,yes/; s/,TABE_11_12,/,CASAS_GOALS,/' "$small/enrollment.csv" >"$scratch/enrollment-next.csv"
    deliver "$w" "$scratch/enrollment-next.csv" "$scratch/gain-next.csv"
    used=$(du -s --apparent-size -k "$w" | cut -f 1)
    used=$((used + 4 * $(find "$w" | wc -l)))
    cp -a "$w" "$scratch/undisturbed"
    run_ok "full disk: with room the night ends well" -C "$scratch/undisturbed" run
    full=0
    for room in 16 200 500 900; do
        w=$scratch/"full disk $room"
        cp -a "$scratch/full disk" "$w"
        rc=0
        inside night_on_full_disk $((used + room)) || rc=$?
        after_run
        [ "$rc" = 0 ] || full=$((full + 1))
        if [ "$rc" != 0 ]; then
            expect_code 1 "full disk, $room KiB of room: the night fails"
            expect_message "full disk, $room KiB of room: the message says why" "space"
        fi
        w=$w.after
        check "full disk, $room KiB of room: 'latest' is a whole draft" \
            in_folder "$w/output/drafts/latest" sha256sum --check --strict --quiet SHA256SUMS
        run_ok "full disk, $room KiB of room: with room again the night ends well" -C "$w" run
        check "full disk, $room KiB of room: the store is that of an undisturbed night" same_store "$scratch/undisturbed/skillgain.db" "$w/skillgain.db"
        check "full disk, $room KiB of room: so are the outputs" same_files "$scratch/undisturbed/output" "$w/output"
    done
    check "full disk: the disk was full in at least two nights of four" test "$full" -ge 2
else
    skip "read-only output" "private mounts are not allowed here"
    skip "full disk" "private mounts are not allowed here"
fi

in_limits()     # KIBIBYTES COMMAND...: no file may grow beyond
{
    (ulimit -f "$1" && shift && "$@")
}
for limit in 8 64; do
    begin "limit $limit"
    deliver "$w" "$scratch/gain-next.csv"
    rc=0
    in_limits "$limit" "$SKILLGAIN" -C "$w" run >"$scratch/said" 2>&1 </dev/null || rc=$?
    after_run
    expect_code 1 "files of $limit KiB at most: the night fails"
    check "files of $limit KiB at most: no row is lost" enrollments_kept
    run_ok "files of $limit KiB at most: without the limit the next night ends well" -C "$w" run
    check "files of $limit KiB at most: then the file is in" next_gains_in
done

# ---------------------------------------------------------------- a damaged database

damaged_night() # NAME MESSAGE...
{
    local name=$1
    shift
    deliver "$w" "$scratch/gain-next.csv"
    cp "$w/skillgain.db" "$scratch/damaged.db"
    expect_exit 1 "$name: the night fails" -C "$w" run
    expect_message "$name: the message names the database and what to do" "skillgain.db" "$@"
    check "$name: no draft is written, 'latest' stays" no_new_draft
    check "$name: the database is left as it is" cmp "$scratch/damaged.db" "$w/skillgain.db"
    check "$name: the export stays in the inbox" cmp "$scratch/gain-next.csv" "$w/inbox/gain-next.csv"
    expect_exit 1 "$name: no release is made of it" -C "$w" release
    expect_exit 1 "$name: 'status' fails too" -C "$w" status
    cp "$whole/skillgain.db" "$w/skillgain.db"
    run_ok "$name: with the backup the night ends well" -C "$w" run
}
begin "damaged database"
size=$(stat -c %s "$w/skillgain.db")
# two pages of the database
head -c 16384 /dev/zero | tr '\0' '\377' | dd of="$w/skillgain.db" bs=8192 seek=$((size / 2 / 8192)) conv=notrunc status=none
damaged_night "bytes overwritten in the middle" "backup"
begin "short database"
truncate -s $((size / 2 / 8192 * 8192)) "$w/skillgain.db"
damaged_night "database cut in half" "backup"
begin "text database"
cp "$small/gain.csv" "$w/skillgain.db"
damaged_night "a text file in place of the database" "skillgain.db"
begin "newer database"
sqlite3 "$w/skillgain.db" "PRAGMA user_version = 9999"
damaged_night "a database of a newer version" "newer"

# ---------------------------------------------------------------- configuration and usage

begin "configuration"
echo "colour: red" >>"$w/skillgain.yaml"
expect_exit 2 "an unknown key of the configuration is refused" -C "$w" run
expect_message "the message has file, line and key" "skillgain.yaml" "$(wc -l <"$w/skillgain.yaml")" "colour"
expect_exit 2 "a folder that is no workspace is refused" -C "$scratch" run
expect_message "the message says what is missing" "skillgain.yaml"
expect_exit 2 "an unknown command is refused" frobnicate
expect_exit 2 "an unknown option is refused" -C "$whole" run --frobnicate
expect_exit 2 "a release without a draft is refused" -C "$scratch/one-kind" release --as
rm -rf "$scratch/one-kind/output/drafts"
expect_exit 2 "a release without a draft is refused" -C "$scratch/one-kind" release
expect_message "it says what to do first" "skillgain run"
generate "$scratch/tiny" --learners 60 --no-dirt
w=$scratch/tiny-night
new_workspace "$w"
deliver "$w" "$scratch/tiny/exports/enrollment.csv" "$scratch/tiny/exports/gain.csv"
run_ok "a very small state's night ends well" -C "$w" run
expect_exit 5 "a release of it is refused" -C "$w" release
expect_message "the message says that it is too small" "too small"
check "nothing of it is written" test ! -e "$w/output/editions"
begin "draft tampered with"
sed -i 's/0/1/' "$w/output/drafts/$draft/results.json"
run_program -C "$w" release
check "a draft that was changed by hand is not released" test "$rc" != 0 -a ! -e "$w/output/editions"
expect_message "the message says what to do" "skillgain run"
run_ok "the next night makes the draft anew" -C "$w" run
check "as it was" same_files "$whole/output" "$w/output"
finish
