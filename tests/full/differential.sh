#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Do the program and the SQL of tests/independent count drawn states alike, whatever their settings and deliveries? A state is made up
# from its number alone (tests/independent/nasty.awk), so that one that differs can be looked at again.
#   STATES=24          how many                FIRST=1            the number of the first
#   KEEP=FOLDER        keeps the states that differ there, with the database of both counts
# shellcheck disable=SC2317,SC2154 # functions are called by their names; settings come from the state's file
scratch_in_memory=1
# shellcheck source=tests/e2e/lib.sh
. "$(dirname -- "${BASH_SOURCE[0]}")/../e2e/lib.sh"
need sqlite3 awk
independent=$project/tests/independent
first=${FIRST-1} states=${STATES-24}
batches=0 estimates=0 cells=0 steps=0

crosswalk()     # KIND FILE: one for each column of the file, by the state's settings
{
    printf 'name: drawn-%s\nkind: %s\ndelivery: %s\n' "$1" "$1" "$([ "$1" = enrollment ] && echo "$delivery" || echo full)"
    [ "$1" = program ] || printf 'learner_scope: %s\n' "$learner_scope"
    printf 'dates: ["%%Y-%%m-%%d"]\ncolumns:\n'
    head -n 1 "$2" | tr ',' '\n' | sed '/^delivery$/d; /^cutoff$/d; s/.*/  &: &/'
}

configure()
{
    cat <<END
agency:
  name: "A drawn example system (made-up data)"
cohort:
  participant_hours: $participant_hours
  exit_gap_days: $exit_gap_days
  iet: [$grades]
  terms: [${terms// /, }]
  entry_days: $entry_days
  landmark_days: $landmark_days
  follow_up_days: $follow_up_days
  gain_grace_days: $gain_grace_days
analysis:
  outcomes: [msg_common, msg]
  common_types: [$common]
quality: {max_quarantined: 1}     # bad rows are what these states are about
END
}

# Takes a delivery in; one that is held is accepted, as what it withdraws is meant.
take()          # KIND FILE CUTOFF
{
    batches=$((batches + 1))
    run_program -C "$w" import --crosswalk "$w/crosswalks/drawn-$1.yaml" --cutoff "$3" "$2"
    [ "$rc" != 4 ] || { cp "$2" "$w/inbox/" && run_program -C "$w" import --accept "$batches"; }
    [ "$rc" = 0 ] || { echo "$1 by $3: exit $rc"; cat "$scratch/said"; return 1; }
}

by_program()
{
    local at order cut=()
    read -ra cut <<<"$cuts"
    run_program init "$w"
    configure >"$w/skillgain.yaml"
    for kind in enrollment gain service program; do
        [ ! -e "$state/$kind.csv" ] || crosswalk $kind "$state/$kind.csv" >"$w/crosswalks/drawn-$kind.yaml"
    done
    batches=0
    order=$(seq ${#cut[@]})
    [ $((number % 2)) = 0 ] || order=$(tac <<<"$order")
    for at in $order; do
        take enrollment "$state/enrollment-$at.csv" "${cut[at - 1]}" || return
    done
    take gain "$state/gain-1.csv" "$gain_cut" || return
    [ ! -e "$state/service.csv" ] || take service "$state/service.csv" "$service_cut" || return
    take program "$state/program.csv" "${cut[-1]}" || return
    run_program -C "$w" report --only outcomes --format csv,json --output "$state/draft" ${asof:+--as-of "$asof"}
    [ "$rc" = 0 ] || { echo "report: exit $rc"; cat "$scratch/said"; return 1; }
}

by_sql()
{
    ASOF=$asof CUTOFF_SERVICE=$service_cut TERMS=$terms GRADES=${grades//,/ } COMMON=${common//,/ } LEARNER_SCOPE=$learner_scope \
        SETTINGS=$(printf '%s=%s ' participant_hours "$participant_hours" exit_gap_days "$exit_gap_days" landmark_days "$landmark_days" \
            follow_up_days "$follow_up_days" gain_grace_days "$gain_grace_days" entry_days "$entry_days") \
        "$independent/count.sh" "$state" "${cuts##* }" "$gain_cut" "$state/count.db" >"$state/said.csv" || return
    awk -f "$independent/intervals.awk" "$state/said.csv" >"$state/said.intervals"
}

hold()          # prints what differs; sets what was compared
{
    sqlite3 -bail "$state/compare.db" <<SQL || return
.import --csv $state/said.intervals said
.import --csv $state/draft/results.csv result
CREATE TABLE results AS SELECT CAST(readfile('$state/draft/results.json') AS TEXT) AS json;
ATTACH '$state/count.db' AS counted;
.read $independent/compare.sql
SQL
    sqlite3 "$state/compare.db" "SELECT what, place, 'SQL ' || expected, 'program ' || found FROM difference ORDER BY what, place LIMIT 20"
}

for ((number = first; number < first + states; number++)); do
    state=$scratch/state w=$scratch/state/workspace
    rm -rf "$state"
    mkdir "$state"
    awk -v seed="$number" -v to="$state" -f "$independent/draw.awk" -f "$independent/nasty.awk"
    # shellcheck source=/dev/null
    . "$state/settings"
    said=$(by_program 2>&1 && by_sql 2>&1 && hold 2>&1)
    told="state $number: $(tr '\n' ' ' <"$state/settings")"
    if [ -z "$said" ] && [ -s "$state/compare.db" ]; then
        pass "$told"
        IFS='|' read -r n_estimates n_cells n_steps < <(sqlite3 "$state/compare.db" "SELECT * FROM compared")
        estimates=$((estimates + n_estimates)) cells=$((cells + n_cells)) steps=$((steps + n_steps))
    else
        fail "$told" "$said"
        [ -z "${KEEP-}" ] || { mkdir -p "$KEEP" && rm -rf "${KEEP:?}/$number" && cp -R "$state" "$KEEP/$number"; }
    fi
done

echo "        compared: $estimates estimates, $cells cells, $steps steps of the flow"
check "there is enough to compare" test "$estimates" -ge $((200 * states)) -a "$cells" -ge $((500 * states)) -a "$steps" -ge $((20 * states))
finish
