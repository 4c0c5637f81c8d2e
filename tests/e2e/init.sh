#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# `init --from`: guessed crosswalks take in what shipped ones do, nothing that is there is overwritten, what is no export is refused, and
# the section "Bring your own export" of README.md does and says what stands there.
# shellcheck disable=SC2317,SC2016 # functions are called by their names; awk expands for itself
# shellcheck source=tests/e2e/lib.sh
. "$(dirname -- "${BASH_SOURCE[0]}")/lib.sh"
need sqlite3

# ---------------------------------------------------------------- as good as those that ship

# A header that no shipped crosswalk knows, of the same columns.
rename_header() # LAYOUT FILE COPY
{
    case $1 in
    canonical) sed '1s/_/ /g' "$2" >"$3" ;;
    vendor) sed '1s/Student ID/StudentID/' "$2" >"$3" ;;
    esac
}
stored()        # DATABASE: rows of each kind
{
    query "$1" "SELECT kind, n_read, n_stored, n_quarantined FROM batch ORDER BY kind"
}
for layout in canonical vendor; do
    generate "$scratch/$layout" --layout "$layout" --no-dirt --learners 2000
    shipped=$scratch/$layout-shipped guessed=$scratch/$layout-guessed froms=() files=()
    mkdir "$scratch/$layout-other"
    for kind in enrollment gain; do
        rename_header "$layout" "$scratch/$layout/exports/$kind.csv" "$scratch/$layout-other/$kind.csv"
        froms+=(--from "$scratch/$layout-other/$kind.csv")
        files+=("$scratch/$layout-other/$kind.csv")
    done
    new_workspace "$shipped"
    run_ok "the $layout layout is taken in by the shipped crosswalks" -C "$shipped" import "$scratch/$layout/exports/enrollment.csv" "$scratch/$layout/exports/gain.csv"
    new_workspace "$guessed"
    run_ok "crosswalks are guessed for a layout like it" init "$guessed" "${froms[@]}"
    expect_message "both are written" "GUESSED" "$guessed/crosswalks/enrollment.yaml" "$guessed/crosswalks/gain.yaml"
    # The codes of colleges are what no guess can know.
    if [ "$layout" = vendor ]; then
        for kind in enrollment gain; do
            codes=$(sed -n '/^  college:/,/}/p' "$project/crosswalks/vendor-$kind.yaml" | tr -d '\n' | grep -o 'codes: {.*}')
            sed -i "s|^  college: \"Site\".*|  college: {column: Site, $codes}|" "$guessed/crosswalks/$kind.yaml"
        done
    fi
    run_ok "the guessed crosswalks take the files in" -C "$guessed" import "${files[@]}"
    check "as many rows as the shipped ones" diff <(stored "$shipped/skillgain.db") <(stored "$guessed/skillgain.db")
    check "and the store is the same" same_store "$shipped/skillgain.db" "$guessed/skillgain.db" delivery
done
for layout in canonical vendor; do
    for kind in test program; do
        rename_header "$layout" "$scratch/$layout/exports/$kind.csv" "$scratch/$layout-other/$kind.csv"
        [ "$layout-$kind" != vendor-program ] || sed -i '1s/IETP Program/IETP Program ID/' "$scratch/vendor-other/program.csv"
        run_ok "a crosswalk is guessed for $kind in a layout like $layout" init "$scratch/$layout-guessed" --from "$scratch/$layout-other/$kind.csv"
        run_ok "and takes the file in" -C "$scratch/$layout-guessed" import "$scratch/$layout-other/$kind.csv"
        check "every row of it" test "$(query "$scratch/$layout-guessed/skillgain.db" "SELECT n_stored = n_read AND n_stored > 0 FROM batch ORDER BY id DESC LIMIT 1")" = 1
    done
done

# ---------------------------------------------------------------- what fits, what is there, what is no export

w=$scratch/canonical-guessed
run_ok "an export that a shipped crosswalk reads needs none" init "$w" --from "$scratch/vendor/exports/enrollment.csv"
expect_message "it says which" "FITS" "vendor-enrollment"
cp "$w/crosswalks/test.yaml" "$scratch/before"
mkdir "$scratch/again"
sed '1s/learner/client/' "$scratch/canonical-other/test.csv" >"$scratch/again/test.csv"
expect_exit 2 "a crosswalk that is there is not overwritten" init "$w" --from "$scratch/again/test.csv"
expect_message "it says what to do" "'$w/crosswalks/test.yaml' is there already and was left as it is" "rename the export"
check "and it is as it was" cmp "$scratch/before" "$w/crosswalks/test.yaml"
expect_exit 2 "without an export a workspace that exists is left alone" init "$w"
: >"$scratch/empty.csv"
printf 'PK\003\004and so on, as a workbook begins' >"$scratch/book.csv"
printf 'CANARY,1990-02-01,2024-09-01\nCANARY,1991-02-01,2024-09-02\n' >"$scratch/headless.csv"
before=$(names_in "$w")
for file in empty book headless; do
    expect_exit 3 "no crosswalk is guessed from $file.csv" init "$w" --from "$scratch/$file.csv"
    expect_message "it is refused by name" "REFUSED" "$file.csv"
    check "and says no value of it" bash -c "! grep -q CANARY '$scratch/said'"
done
printf 'learner_id,college,start_date,Gr\366\337e\n1,01,2024-09-02,1\n' >"$scratch/latin.csv"
expect_exit 3 "nor from a header in Windows-1252" init "$w" --from "$scratch/latin.csv"
expect_message "it says what can be done" "REFUSED" "latin.csv" "line 1: " "save the export as UTF-8"
check "not what a crosswalk that is not there should declare" bash -c "! grep -q 'set encoding' '$scratch/said'"
check "nothing was written" test "$before" = "$(names_in "$w")"
printf 'Kennung,Class Start,Hours,IET\n1,2024-09-03,4,Y\n' >"$scratch/lacking.csv"
run_ok "what is lacking is told, and no failure" init "$scratch/lacking" --from "$scratch/lacking.csv"
expect_message "by the field's name" "no column looks like 'learner_id'" "no column looks like 'college'"
expect_exit 2 "such a crosswalk does not pass for one" -C "$scratch/lacking" check "$scratch/lacking.csv"
expect_message "its line is named" "lacking.yaml' line" "must map 'learner_id'"

# ---------------------------------------------------------------- the README

mkdir "$scratch/readme"
# From its heading to the next one, the lines that stand in.
awk '/^##/ { within = $0 == "### Bring your own export" } within && sub(/^    /, "")' "$project/README.md" >"$scratch/section"
check "README.md has the section" test "$(grep -c '^\$ ' "$scratch/section")" -ge 8
skillgain()
{
    "$SKILLGAIN" "$@"
}
# The lines shown are among those that are said, in their order.
shows()         # SHOWN SAID
{
    awk 'NR == FNR { said[++n] = $0; next }
         { do at++; while (at <= n && said[at] != $0)
           if (at > n) { print "it did not say: " $0; exit 1 } }' "$2" "$1"
}
run_shown()     # COMMAND: what README.md shows of it is in $scratch/shown
{
    case $1 in
    cat\ *.csv) cp "$scratch/shown" "${1#cat }" ;; # the export itself
    esac
    eval "$1" >"$scratch/said" 2>&1 </dev/null
    shows "$scratch/shown" "$scratch/said"
}
command=
while IFS= read -r line || [ -n "$command" ]; do
    case $line in
    '$ '* | '')
        [ -z "$command" ] || check "README.md: $command" in_folder "$scratch/readme" run_shown "$command"
        command=${line#\$ }
        : >"$scratch/shown"
        ;;
    *) printf '%s\n' "$line" >>"$scratch/shown" ;;
    esac
done <"$scratch/section"
check "no name of the roster is in the workspace" bash -c "! grep -rq Madeup '$scratch/readme/my-college' --exclude-dir=inbox --exclude-dir=archive"
finish
