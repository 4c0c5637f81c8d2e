#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# A night on the sample, from an empty folder to an edition: the same bytes whatever happens around it, rights as strict as they
# must be, and nobody's data where it has no business.
# shellcheck disable=SC2317 # functions are called by their names
# shellcheck source=tests/e2e/lib.sh
. "$(dirname -- "${BASH_SOURCE[0]}")/lib.sh"
need sqlite3

# ---------------------------------------------------------------- the first night and the second

base=$scratch/base
new_workspace "$base"
full_sample "$base"
run_ok "a dry run of the first night ends well" -C "$base" run --dry-run
check "a dry run leaves no database, draft or archive" test ! -e "$base/skillgain.db" -a ! -e "$base/archive" -a ! -e "$base/output/drafts"
check "a dry run leaves the exports in the inbox" cmp "$sample/exports/gain.csv" "$base/inbox/gain.csv"
run_ok "the first night ends well" -C "$base" run
expect_message "it tells what it took in" "enrollment.csv" "gain.csv" "IMPORTED" "brief.html"

draft=$base/output/drafts/$(latest_of "$base")
latest_is_relative()
{
    [[ $(readlink "$base/output/drafts/latest") =~ ^2026-01-15-[0-9a-f]{4,}$ ]] && [ -d "$draft" ]
}
check "'latest' is a relative link to a draft named after its as-of date and input digest" latest_is_relative

has_pages()     # FOLDER NAME...
{
    local folder=$1 name missing=0
    shift
    for name; do
        [ -s "$folder/$name" ] || { echo "there is no $name"; missing=1; }
    done
    return "$missing"
}
pages=(index.html {outcomes,equity,brief}.{html,md} results.csv results.json run.json SHA256SUMS)
check "the draft has all its pages" has_pages "$draft" "${pages[@]}" quality.html quality.md
sums_hold()     # FOLDER: of every file, and no other
{
    (cd "$1" && sha256sum --check --strict --quiet SHA256SUMS) || return 1
    diff <(sed 's/^[0-9a-f]*  //' "$1/SHA256SUMS" | sort) <(cd "$1" && find . -type f ! -path ./SHA256SUMS -printf '%P\n' | sort)
}
check "SHA256SUMS of the draft hold, and name every file" sums_hold "$draft"

cp -a "$base/output" "$scratch/first-output"
dump_store "$base/skillgain.db" >"$scratch/first-dump"
run_ok "a second night without new exports ends well" -C "$base" run
expect_message "it says that nothing was new" "nothing new in the inbox" "as it was"
check "the second night's outputs are those of the first, byte for byte" same_files "$scratch/first-output" "$base/output"
check "the second night leaves the store as it was" diff "$scratch/first-dump" <(dump_store "$base/skillgain.db")
full_sample "$base"
run_ok "a night with the same exports again ends well" -C "$base" run
expect_message "it says that they are known" "KNOWN" "nothing changed"
check "the same exports again change no output" same_files "$scratch/first-output" "$base/output"
check "the same exports again change nothing in the store" diff "$scratch/first-dump" <(dump_store "$base/skillgain.db")
check "exports taken in have left the inbox" test -z "$(ls -A "$base/inbox")"

run_ok "another draft is written where --output says" -C "$base" report --output "$scratch/elsewhere"
check "it is the same as the night's" same_files "$draft" "$scratch/elsewhere"
check "'latest' stays where it was" test "$(latest_of "$base")" = "$(basename "$draft")"

# ---------------------------------------------------------------- threads

for jobs in 1 2; do
    folder=$scratch/jobs$jobs
    new_workspace "$folder"
    full_sample "$folder"
    run_ok "the night runs with $jobs threads" -C "$folder" --jobs "$jobs" run
done
check "1 thread and 2 write the same bytes" same_files "$scratch/jobs1/output" "$scratch/jobs2/output"
check "1 thread and 2 leave the same store" same_store "$scratch/jobs1/skillgain.db" "$scratch/jobs2/skillgain.db"
check "the number of processors writes the same bytes" same_files "$scratch/jobs1/output" "$base/output"

# ---------------------------------------------------------------- the edition

cp -a "$base" "$scratch/undone"
run_ok "a dry run of the release ends well" -C "$base" release --dry-run
expect_message "it says what could be made" "could be made"
check "a dry run of the release writes nothing" same_files "$scratch/undone/output" "$base/output"
check "a dry run of the release enters nothing in the ledger" same_store "$scratch/undone/skillgain.db" "$base/skillgain.db"
run_ok "the release ends well" -C "$base" release
expect_message "it says that the audit has passed" "edition 2024-1" "audit passed"
edition=$base/output/editions/2024-1
check "the edition is of the latest closed year, and has its pages" has_pages "$edition" "${pages[@]}"
check "SHA256SUMS of the edition hold, and name every file" sums_hold "$edition"
cp -a "$base/output" "$scratch/released"
expect_exit 5 "a second edition of the year is refused" -C "$base" release
expect_message "the refusal names the year and the edition" "2024" "2024-1"
expect_exit 5 "so is a dry run of one" -C "$base" release --dry-run
check "the refusals leave every output as it was" same_files "$scratch/released" "$base/output"
cp -a "$base" "$scratch/remasked"
rm -r "$scratch/remasked/output/editions/2024-1"
echo "disclosure: {minimum_cell: 20}" >>"$scratch/remasked/skillgain.yaml"
expect_exit 5 "a lost edition is not made again with another policy" -C "$scratch/remasked" release
check "and nothing is in its place" test ! -e "$scratch/remasked/output/editions/2024-1"
run_ok "a night after the release ends well" -C "$base" run
check "it leaves every output as it was" same_files "$scratch/released" "$base/output"

holds_none()    # FOLDER TEXT...: no file below has one of them, whatever its case
{
    local folder=$1
    shift
    ! grep -raioF -- "$(printf '%s\n' "$@")" "$folder"
}
check "no quality page is in the edition" test ! -e "$edition/quality.html" -a ! -e "$edition/quality.md"
check "no page of the edition is marked restricted" holds_none "$edition" restricted
check "every page of the draft is marked restricted" test -z "$(grep -Lri restricted "$draft" --include='*.html' --include='*.md')"
input_digest=$(query "$base/skillgain.db" 'SELECT input_sha256 FROM run LIMIT 1')
is_in_draft()
{
    [ ${#input_digest} = 64 ] && grep -rqF "$input_digest" "$draft"
}
check "the draft tells the digest of its input" is_in_draft
check "the edition does not" holds_none "$edition" "$input_digest" "$(basename "$draft")"
check "the edition says nothing of exports, batches and refused rows" \
    holds_none "$edition" enrollment.csv gain.csv quarantine 'rows refused' 'refused rows' '"deliveries":[{' '"findings":[{' '"flow":[{'
check "the edition has no figure of the naive design" holds_none "$edition" /naive

# ---------------------------------------------------------------- rights

modes()         # FOLDER: each mode below it, of files and folders, once
{
    find "$1" \( -type f -printf 'file %m\n' -o -type d -printf 'folder %m\n' \) | sort -u
}
has_modes()     # FOLDER LINE...
{
    local folder=$1
    shift
    diff <(printf '%s\n' "$@") <(modes "$folder")
}
closed_to_others() # WORKSPACE: nothing is open to group or others but the edition and what the test itself put there
{
    local found
    found=$(find "$1" \( -type f -o -type d \) -perm /077 ! -path "$1/output/editions*" ! -path "$1/skillgain.yaml" ! -path "$1/inbox/*" ! -path "$1/archive/*")
    [ -z "$found" ] || { echo "$found"; return 1; }
}
for mask in 000 077; do
    folder=$scratch/umask$mask
    (umask $mask; new_workspace "$folder"; full_sample "$folder")
    (umask $mask; "$SKILLGAIN" -C "$folder" run >/dev/null 2>&1 && "$SKILLGAIN" -C "$folder" release >/dev/null 2>&1)
    check "umask $mask: drafts are for their owner alone" has_modes "$folder/output/drafts/$(latest_of "$folder")" 'file 600' 'folder 700'
    check "umask $mask: the folder of drafts is for its owner alone" test "$(stat -c %a "$folder/output/drafts")" = 700
    check "umask $mask: editions are for everyone to read" has_modes "$folder/output/editions" 'file 644' 'folder 755'
    check "umask $mask: database, key and lock are for their owner alone" \
        test "$(stat -c %a "$folder/skillgain.db" "$folder/key" "$folder/.lock" | sort -u)" = 600
    check "umask $mask: nothing else is open to others" closed_to_others "$folder"
    check "umask $mask: the edition is the same" same_files "$edition" "$folder/output/editions/2024-1"
done
run_program init "$scratch/fresh"
check "a new key is for its owner alone" test "$(stat -c %a "$scratch/fresh/key")" = 600
expect_exit 2 "a workspace is not made twice" init "$scratch/fresh"
run_program init "$scratch/fresher"
check "no two workspaces have the same key" test "$(cat "$scratch/fresh/key")" != "$(cat "$scratch/fresher/key")"
chmod 644 "$scratch/umask000/key"
expect_exit 2 "a key that others may read is refused" -C "$scratch/umask000" run
expect_message "the message says what to do" "key" "chmod 600"
install -m 600 "$scratch/fresh/key" "$scratch/umask077/key"
expect_exit 2 "another key than the store's is refused" -C "$scratch/umask077" run

# ---------------------------------------------------------------- what is around must not matter

generate "$scratch/small" --learners 600 --no-dirt
small=$scratch/small/exports
plain=$scratch/plain
new_workspace "$plain"
deliver "$plain" "$small/enrollment.csv" "$small/gain.csv"
run_ok "a small state's night ends well" -C "$plain" run

vary()          # NAME COMMAND...: a night of the small state in a workspace of its own, run by the command; {} stands for it
{
    local name=$1 folder=$scratch/"varied, $1" arguments=()
    shift
    new_workspace "$folder"
    deliver "$folder" "$small/enrollment.csv" "$small/gain.csv"
    touch -d '2001-02-03 04:05:06' "$folder/inbox/enrollment.csv"
    for argument; do
        arguments+=("${argument//\{\}/$folder}")
    done
    rc=0
    "${arguments[@]}" >"$scratch/said" 2>&1 </dev/null || rc=$?
    after_run
    expect_code 0 "$name: the night ends well"
    check "$name: outputs are the same" same_files "$plain/output" "$folder/output"
    check "$name: the store is the same" same_store "$plain/skillgain.db" "$folder/skillgain.db"
}
vary "far east" env TZ=Pacific/Auckland LC_ALL=de_DE.UTF-8 LANG=de_DE.UTF-8 "$SKILLGAIN" -C {} run
vary "far west" env TZ=Pacific/Pago_Pago LC_ALL= LANG=tr_TR.UTF-8 LC_NUMERIC=de_DE.UTF-8 "$SKILLGAIN" -C {} run
vary "working folder" in_folder {} "$SKILLGAIN" run
vary "empty environment" env -i ASAN_OPTIONS="$ASAN_OPTIONS" "$SKILLGAIN" -C {} run
vary "lively memory" env MALLOC_PERTURB_=165 MALLOC_ARENA_MAX=1 "$SKILLGAIN" -C {} --jobs 3 run
vary "plain processor" env GLIBC_TUNABLES=glibc.cpu.hwcaps=-AVX2,-FMA,-AVX512F,-FMA4 "$SKILLGAIN" -C {} run
vary "messages as JSON" "$SKILLGAIN" -C {} --log-format json -v run

without_stream() # WHICH WORKSPACE
{
    case $1 in
    input) "$SKILLGAIN" -C "$2" run <&- >"$scratch/said" 2>&1 ;;
    output) "$SKILLGAIN" -C "$2" run </dev/null >&- 2>"$scratch/said" ;;
    messages) "$SKILLGAIN" -C "$2" run </dev/null >"$scratch/said" 2>&- ;;
    every) "$SKILLGAIN" -C "$2" run <&- >&- 2>&- ;;
    esac
}
for stream in input output messages every; do
    closed=$scratch/closed-$stream
    new_workspace "$closed"
    deliver "$closed" "$small/enrollment.csv" "$small/gain.csv"
    rc=0
    : >"$scratch/said"
    without_stream "$stream" "$closed" || rc=$?
    after_run
    # What it should have told can't be told: that is a failure of the command, not of the night.
    case $stream in output | every) code=1 ;; *) code=0 ;; esac
    expect_code "$code" "closed standard $stream: the night is done"
    check "closed standard $stream: outputs are the same" same_files "$plain/output" "$closed/output"
    check "closed standard $stream: the store is the same" same_store "$plain/skillgain.db" "$closed/skillgain.db"
    check "closed standard $stream: nothing that was meant for it is in the lock" test ! -s "$closed/.lock"
done

shuffled=$scratch/shuffled
new_workspace "$shuffled"
mkdir "$scratch/rows"
for kind in enrollment gain; do
    { head -n 1 "$small/$kind.csv"; tail -n +2 "$small/$kind.csv" | sort -t, -k 3; } >"$scratch/rows/$kind.csv"
done
run_ok "exports with their rows in another order come in, gains first" -C "$shuffled" import "$scratch/rows/gain.csv" "$scratch/rows/enrollment.csv"
run_ok "and are reported" -C "$shuffled" report
check "the order of rows and files changes no figure" cmp "$plain/output/drafts/latest/results.csv" "$shuffled/output/drafts/latest/results.csv"

# ---------------------------------------------------------------- nobody is given away

cut -d, -f 1 "$sample"/exports/{enrollment,gain}.csv "$small"/{enrollment,gain}.csv | grep -xE '[0-9]{8}' | sort -u >"$scratch/ids"
awk -F, 'FNR == 1 { for (i = 1; i <= NF; i++) at[$i] = i; next } $at["birth_date"] < "2022" { print $at["birth_date"] }' \
    "$sample/exports/enrollment.csv" "$small/enrollment.csv" | grep -xE '[0-9]{4}-[0-9]{2}-[0-9]{2}' | sort -u >"$scratch/births"
spoken_ids()    # FILE OR FOLDER...: ids of learners standing there as words
{
    grep -rhaow -e '[0-9]\{8\}' -- "$@" | sort -u | comm -12 - "$scratch/ids"
}
spoken_births()
{
    grep -rhaoE -e '[12][0-9]{3}-[0-9]{2}-[0-9]{2}' -- "$@" | sort -u | comm -12 - "$scratch/births"
}
hidden_ids()    # FILE...: ids of learners anywhere in a longer run of digits, but for those of sections, which are digits too
{
    cat -- "$@" | sed 's/S20[0-9]\{7\}/ /g' | tr -c '0-9' '\n' | awk 'length($0) >= 8 { for (i = 1; i + 7 <= length($0); i++) print substr($0, i, 8) }' |
        sort -u | comm -12 - "$scratch/ids"
}
sections()      # FILE OR FOLDER...: ids of sections and enrollments
{
    grep -rhaowE -e 'S20[0-9]{7}' -e 'E[0-9]{7}' -- "$@" | sort -u
}
finds_nothing() # FUNCTION FILE...
{
    local found
    found=$("$@")
    [ -z "$found" ] || { echo "$(wc -l <<<"$found") found"; return 1; }
}
finds_ids()
{
    [ "$(spoken_ids "$sample/exports" | wc -l)" -gt 6000 ] && [ "$(hidden_ids "$sample/exports/enrollment.csv" | wc -l)" -gt 6000 ] &&
        [ "$(spoken_births "$sample/exports" | wc -l)" -gt 1000 ] && [ "$(sections "$sample/exports" | wc -l)" -gt 6000 ]
}
check "these searches find what is in the exports" finds_ids
for place in "$base/output" "$plain/output"; do
    check "no learner's id is in ${place#"$scratch"/}" finds_nothing spoken_ids "$place"
    check "no birth date is in ${place#"$scratch"/}" finds_nothing spoken_births "$place"
    check "no section or enrollment id is in ${place#"$scratch"/}" finds_nothing sections "$place"
done
run_program -C "$base" quarantine --all
run_program -C "$base" quarantine --all --csv
run_program -C "$base" status
run_program -C "$base" status --json
check "no learner's id is in what the program said" finds_nothing spoken_ids "$scratch/log"
check "no birth date is in what the program said" finds_nothing spoken_births "$scratch/log"
for database in "$base/skillgain.db" "$plain/skillgain.db"; do
    check "no learner's id is in ${database#"$scratch"/}" finds_nothing hidden_ids "$database"
    check "no birth date is in ${database#"$scratch"/}" finds_nothing spoken_births "$database"
done
check "no learner's id is a file's name" finds_nothing hidden_ids <(find "$base" "$plain" -printf '%P\n')
finish
