#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Other definitions of IET: what a draft says of them is what a workspace says that is configured so. And the groups that the mission
# names, which overlap: a learner may be in several, and an edition shows none of them.
# shellcheck source=tests/e2e/lib.sh
. "$(dirname -- "${BASH_SOURCE[0]}")/lib.sh"
need sqlite3

w=$scratch/w
new_workspace "$w"
full_sample "$w"
run_ok "the register is taken in" -C "$w" import --cutoff 2026-01-15 "$sample/exports/program.csv"
sed -i 's/^colleges:/analysis:\n  dimensions: [sex, justice_involved, english_learner, refugee, internationally_trained, race_ethnicity, mission_group]\ncolleges:/' "$w/skillgain.yaml"
run_ok "the night ends well" -C "$w" run
latest=$w/output/drafts/latest

differences()   # DRAFT VARIANT: n and x of both arms, by year and outcome
{
    sqlite3 :memory: ".mode csv" ".import '$1/results.csv' r" "SELECT program_year, outcome, n_iet, x_iet, n_comparison, x_comparison FROM r
        WHERE estimand = 'risk_difference' AND dimension = 'all' AND variant = '$2' ORDER BY 1, 2"
}
for grades in confirmed confirmed+supported; do
    differences "$latest" "landmark,iet:$grades" >"$scratch/variant.csv"
    sed "s/^colleges:/cohort:\n  iet: [${grades/+/, }]\ncolleges:/" "$w/skillgain.yaml" >"$scratch/other.yaml"
    cp "$w/skillgain.yaml" "$scratch/own.yaml"
    cp "$scratch/other.yaml" "$w/skillgain.yaml"
    run_ok "a draft where IET is $grades" -C "$w" report --output "$scratch/$grades"
    cp "$scratch/own.yaml" "$w/skillgain.yaml"
    differences "$scratch/$grades" landmark >"$scratch/configured.csv"
    check "there is something to compare" test -s "$scratch/variant.csv"
    check "IET as $grades counts the same as a variant and as configured" cmp "$scratch/variant.csv" "$scratch/configured.csv"
done
check "fewer are confirmed than are claimed" test "$(differences "$latest" "landmark,iet:confirmed" | awk -F, '{ n += $3 } END { print n }')" \
    -lt "$(differences "$latest" landmark | awk -F, '{ n += $3 } END { print n }')"

cells()         # SQL
{
    sqlite3 :memory: "SELECT $1 FROM json_each(readfile('$latest/results.json'), '\$.cells') AS c
        WHERE c.value ->> 'variant' = 'naive' AND c.value ->> 'outcome' = '' AND c.value ->> 'arm' = 'all' AND c.value ->> 'measure' = 'n'
            AND c.value ->> 'program_year' = 2024 $2"
}
of()            # DIMENSION LEVEL: how many
{
    cells "c.value ->> 'count'" "AND c.value ->> 'dimension' = '$1' AND c.value ->> 'level' = '$2'"
}
check "the cells can be read" test -n "$(of all all)"
for group in justice_involved english_learner refugee internationally_trained; do
    check "the group $group is that of its own dimension" test "$(of mission_group $group)" = "$(of $group yes)"
done
check "its groups overlap: together they are more than everyone" test \
    "$(cells "sum(c.value ->> 'count')" "AND c.value ->> 'dimension' = 'mission_group'")" -gt "$(of all all)"

run_ok "an edition is made of it, and passes its audit" -C "$w" release
shown_of()      # DIMENSION: lines of the edition's results.csv with a figure
{
    awk -F, -v d="$1" 'NR > 1 && index($0, "," d ",") && !/,suppressed,/' "$w"/output/editions/2024-1/results.csv
}
check "an edition shows nothing of groups that overlap" test -z "$(shown_of mission_group)"
check "and shows other groups" test -n "$(shown_of sex)"
finish
