#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# The same facts in every layout that is shipped make the same store and the same drafts.
# shellcheck disable=SC2317 # functions are called by their names
# shellcheck source=tests/e2e/lib.sh
. "$(dirname -- "${BASH_SOURCE[0]}")/lib.sh"
need sqlite3

# ---------------------------------------------------------------- with dirt

w=$scratch/canonical
new_workspace "$w"
full_sample "$w"
run_ok "the night on the canonical layout ends well" -C "$w" run
refused=$(query "$w/skillgain.db" "SELECT sum(n_quarantined) FROM batch")
unknown_colleges=$(grep -c ',unknown_college,' "$sample/dirt.csv")

for layout in vendor registrar; do
    generate "$scratch/$layout" --layout "$layout"
    night=$scratch/$layout-night
    new_workspace "$night"
    deliver "$night" "$scratch/$layout/exports/enrollment.csv" "$scratch/$layout/exports/gain.csv"
    check "the $layout's files are others" test "$(head -n 1 "$sample/exports/gain.csv")" != "$(head -n 1 "$scratch/$layout/exports/gain.csv" | tr -d '\0')"
    run_ok "the night on the $layout's layout ends well" -C "$night" run
    expect_message "its crosswalks were found by the header" "$layout-enrollment" "$layout-gain"
    check "both layouts make the same figures" cmp "$w/output/drafts/latest/results.csv" "$night/output/drafts/latest/results.csv"
    # A site that its crosswalk does not know is refused; in the canonical layout any text is a college.
    check "the $layout's layout refuses as many rows, and those of unknown sites" \
        test "$(query "$night/skillgain.db" "SELECT sum(n_quarantined) FROM batch")" = $((refused + unknown_colleges))
done

# ---------------------------------------------------------------- without

for layout in canonical vendor registrar; do
    generate "$scratch/clean-$layout" --layout "$layout" --no-dirt --learners 2000
    new_workspace "$scratch/clean-night-$layout"
    deliver "$scratch/clean-night-$layout" "$scratch/clean-$layout/exports/enrollment.csv" "$scratch/clean-$layout/exports/gain.csv"
    run_ok "the night on clean exports in the $layout layout ends well" -C "$scratch/clean-night-$layout" run
    # What is only unlikely (R306 to R399), such as a claim of IET without a program, is planted in the made-up state too.
    check "nothing is wrong with them" test "$(query "$scratch/clean-night-$layout/skillgain.db" "SELECT sum(n_stored) = sum(n_read) AND sum(n_warnings) =
        (SELECT ifnull(sum(n), 0) FROM finding_count WHERE rule BETWEEN 'R306' AND 'R399') FROM batch")" = 1
done
one=$scratch/clean-night-canonical
for layout in vendor registrar; do
    two=$scratch/clean-night-$layout
    check "the layouts canonical and $layout make the same store" same_store "$one/skillgain.db" "$two/skillgain.db" delivery
    check "and the same draft throughout, its name and digest too" same_files "$one/output" "$two/output"
done

# ---------------------------------------------------------------- gains in columns

generate "$scratch/clean-pirl" --layout pirl --no-dirt --learners 2000
pirl=$scratch/clean-pirl/exports/pirl.csv two=$scratch/clean-night-pirl
new_workspace "$two"
deliver "$two" "$pirl"
expect_exit 0 "'check' on an export in the PIRL layout ends well" -C "$two" check "$pirl"
expect_message "it is checked as both" "enrollment, crosswalk pirl-enrollment" "gain, crosswalk pirl-gain"
expect_exit 0 "a dry run ends well" -C "$two" run --dry-run
expect_message "it would take in both" "as enrollment:" "as gain:"
run_ok "the night ends well" -C "$two" run
expect_message "one file is two batches" "as batch 1: enrollment, crosswalk pirl-enrollment" "as batch 2: gain, crosswalk pirl-gain"
check "it is archived once" test "$(ls "$two/archive")" = 000001-pirl.csv
check "the layouts canonical and pirl make the same content" same_store "$one/skillgain.db" "$two/skillgain.db" content
check "nothing is refused, and the warnings are those of the canonical layout" \
    test "$(query "$two/skillgain.db" "SELECT sum(n_quarantined), sum(n_warnings) FROM batch")" = "0|$(query "$one/skillgain.db" "SELECT sum(n_warnings) FROM batch")"
check "what was read is stored or dropped" test "$(query "$two/skillgain.db" "SELECT sum(n_read = n_stored + n_dropped) FROM batch")" = 2
check "and the same figures" cmp "$one/output/drafts/latest/results.csv" "$two/output/drafts/latest/results.csv"

# The drafts are one but for the file and how many lines of it were read: on the pages that list deliveries, and in what is a digest.
without_delivery()      # FOLDER FILE
{
    sed -E 's/[0-9a-f]{64}/DIGEST/g; s/(enrollment|gain|pirl)\.csv/FILE/g' "$1/$2" | tr ',' '\n' | grep -vE '"(read|dropped)":' |
        if [[ $2 == *.json ]]; then cat; else grep -vE '^.*FILE.*$' || true; fi
}
same_draft()
{
    local a=$one/output/drafts/latest b=$two/output/drafts/latest file
    diff <(cd "$a" && find . -type f | sort) <(cd "$b" && find . -type f | sort) || return 1
    while read -r file; do
        cmp -s "$a/$file" "$b/$file" && continue
        case $file in
        ./SHA256SUMS | ./tables/deliveries.csv | ./tables/quality-*.csv | ./quality.* | ./index.html) continue ;;
        esac
        diff <(without_delivery "$a" "$file") <(without_delivery "$b" "$file") || { echo "$file differs"; return 1; }
    done < <(cd "$a" && find . -type f | sort)
}
check "and the same draft but for the deliveries" same_draft
run_ok "the next night ends well" -C "$two" run
deliver "$two" "$pirl"
run_ok "the same file again ends well" -C "$two" run
expect_message "it is known as both" "already imported as batch 1" "already imported as batch 2"

# Held by both, it is accepted as each by itself.
two=$scratch/held-twice
new_workspace "$two"
printf '%s\n' 'name: wide' 'kind: enrollment' 'also: [wide-gain]' 'columns: {learner_id: Who, college: Where, start_date: From}' \
    >"$two/crosswalks/wide.yaml"
printf '%s\n' 'name: wide-gain' 'kind: gain' 'gains: all' 'columns: {learner_id: Who, college: Where}' 'records:' \
    '- {gain_date: Tested, gain_type: {value: efl_test}}' >"$two/crosswalks/wide-gain.yaml"
awk 'BEGIN { print "Who,Where,From,Tested"; for (i = 1; i <= 40; i++) print (i % 4 ? i : "") ",01,2024-09-02,2024-11-04" }' >"$scratch/wide.csv"
taken_in()      # BATCH: as which batch its content was taken in since, as text and as JSON
{
    "$SKILLGAIN" -C "$two" status | awk -v id="$1" '/^ +[0-9]+ (held|applied) / { at = $1 } at == id && /taken in since/ { print $NF }'
    "$SKILLGAIN" -C "$two" status --json | tr -d ' \n' | grep -oE "\{\"batch\":$1,[^{}]*\}" | grep -oE '"taken_in_as":[0-9]+' | cut -d : -f 2
}
expect_exit 4 "a file that is read by two crosswalks is held by both" -C "$two" import "$scratch/wide.csv"
check "neither waits less for it" test -z "$(taken_in 1)$(taken_in 2)"
run_ok "the enrollments are accepted" -C "$two" import --accept 1 "$scratch/wide.csv"
check "they are told to be in" test "$(taken_in 1)" = "$(printf '3\n3')"
check "and the gains still to wait" test -z "$(taken_in 2)"
run_ok "the gains are accepted" -C "$two" import --accept 2 "$scratch/wide.csv"
check "each is told to be in as its own batch" test "$(taken_in 1)$(taken_in 2)" = "$(printf '3\n34\n4')"
finish
