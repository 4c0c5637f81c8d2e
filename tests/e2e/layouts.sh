#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# The same facts in every layout that is shipped make the same store and the same drafts.
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
finish
