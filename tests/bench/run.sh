#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# The benchmarks of the importer: seconds, processors' seconds and peak memory, beside the peers that are installed. Only the ratios of
# one run mean something, for every round runs the commands in turn. Nothing here passes or fails.
#
#   BENCH_LEARNERS  of the made-up state (100000)     BENCH_ROUNDS  that count (5)
#   BENCH_DATA      a folder with enrollment.csv and msg.csv in the layout of tests/bench/crosswalks, in place of the made-up state
#   BENCH_DUCKDB    a command that takes a database and a file of SQL (duckdb, where it is installed)
set -euo pipefail
cd "$(dirname -- "${BASH_SOURCE[0]}")/../.."
: "${SKILLGAIN:?is the program}" "${SG_BUILD:?is the folder of the build variant}"
learners=${BENCH_LEARNERS:-100000} rounds=${BENCH_ROUNDS:-5}
scratch=$(mktemp -d)
trap 'rm -rf -- "$scratch"' EXIT
measure=$scratch/measure
${CC:-cc} -O2 -o "$measure" tests/bench/measure.c

generate()      # FOLDER LEARNERS
{
    "$SG_BUILD/sample-generate" --output "$1" --learners "$2" --no-dirt >/dev/null
    mv "$1/exports/enrollment.csv" "$1/exports/gain.csv" "$1"
}
new_workspace() # FOLDER
{
    rm -rf -- "$1"
    "$SKILLGAIN" init -q "$1" >/dev/null
    cp tests/bench/crosswalks/*.yaml "$1/crosswalks/"
}
take()          # WORKSPACE DATA: a command that imports it
{
    echo "'$SKILLGAIN' -C '$1' import -q '$2/enrollment.csv' '$2/$gain.csv'"
}
first_load()    # NAME DATA: a command that loads it into a new store
{
    new_workspace "$scratch/$1"
    echo "rm -f '$scratch/$1'/skillgain.db*; rm -rf '$scratch/$1/archive'; $(take "$scratch/$1" "$2")"
}

if [ -n "${BENCH_DATA-}" ]; then
    data=$(readlink -f -- "$BENCH_DATA") gain=msg
else
    data=$scratch/data gain=gain
    generate "$data" "$learners"
fi
echo "data: $(du -ch "$data/enrollment.csv" "$data/$gain.csv" | tail -n 1 | cut -f 1)," \
    "$(cat "$data/enrollment.csv" "$data/$gain.csv" | wc -l) lines"

# ---- peers: the same two files as tables of their own, durable, with the types that the peer finds
peers=() names=
if command -v sqlite3 >/dev/null; then
    printf '.mode csv\n.import %s enrollment\n.import %s gain\n' "$data/enrollment.csv" "$data/$gain.csv" >"$scratch/peer.sqlite"
    names+=", sqlite3"
    peers+=("rm -f '$scratch/peer.db'; sqlite3 '$scratch/peer.db' <'$scratch/peer.sqlite'")
fi
duckdb=${BENCH_DUCKDB:-$(command -v duckdb || true)}
duckdb_load()   # NAME DATA: a command that loads it
{
    local table input=
    for table in enrollment $gain; do
        echo "CREATE TABLE $table AS SELECT * FROM read_csv('$2/$table.csv', header = true, ignore_errors = true);"
    done >"$scratch/$1.sql"
    echo "CHECKPOINT;" >>"$scratch/$1.sql"
    [ "${duckdb##*/}" != duckdb ] || input='<'
    echo "rm -f '$scratch/peer.duckdb'*; $duckdb '$scratch/peer.duckdb' $input '$scratch/$1.sql' >/dev/null"
}
if [ -n "$duckdb" ]; then
    names+=", DuckDB"
    peers+=("$(duckdb_load peer "$data")")
fi
[ ${#peers[@]} -gt 0 ] || echo "no peer is installed (sqlite3, duckdb)"

echo "first load (skillgain$names)"
"$measure" "$rounds" "$(first_load whole "$data")" "${peers[@]}"

# ---- a night on which nothing, or one row in a hundred, is new
mkdir "$scratch/changed"
awk -F, -v OFS=, 'NR == 1 { for (i = 1; i <= NF; i++) if ($i == "contact_hours") hours = i }
    NR > 1 && NR % 100 == 0 && !/"/ && $hours != "" { $hours += 0.5 } 1' "$data/enrollment.csv" >"$scratch/changed/enrollment.csv"
cp "$data/$gain.csv" "$scratch/changed/"
touched="$scratch/same"
mkdir "$touched"
for file in enrollment "$gain"; do { cat "$data/$file.csv"; echo; } >"$touched/$file.csv"; done
sh -c "$(first_load night "$data")"
cp "$scratch/night/skillgain.db" "$scratch/night.db"
again="rm -f '$scratch/night'/skillgain.db*; cp '$scratch/night.db' '$scratch/night/skillgain.db'; rm -rf '$scratch/night/archive'"
echo "a night with the same rows (A), with 1 % of the enrollments changed (B), the first load (C); A and B with a copy of the store"
"$measure" "$rounds" "$again; $(take "$scratch/night" "$touched")" "$again; $(take "$scratch/night" "$scratch/changed")" \
    "$(first_load whole "$data")"
if [ -n "$duckdb" ]; then
    echo "1 % of the enrollments changed, with a copy of the store (A), and DuckDB loading all anew (B)"
    "$measure" "$rounds" "$again; $(take "$scratch/night" "$scratch/changed")" "$(duckdb_load reload "$scratch/changed")"
fi
sh -c "$(first_load known "$data")"
echo "the same bytes again (A), the first load (B)"
"$measure" "$rounds" "rm -rf '$scratch/known/archive'; $(take "$scratch/known" "$data")" "$(first_load whole "$data")"

# ---- the cohort
echo "the cohort beside a bare loop over its rows, seconds of one processor"
"$SG_BUILD/bench_cohort" "$scratch/known" "$rounds"

# ---- the statistics
echo "the statistics: 1.2 million made-up participant-years"
mkdir "$scratch/statistics"
"$SG_BUILD/bench_stats" 1200000 "$scratch/statistics"
if command -v Rscript >/dev/null; then
    Rscript -e 'p <- read.csv(commandArgs(TRUE)[1]); for (v in names(p)[2:7]) p[[v]] <- factor(p[[v]])
        tell <- function(data, by) {
            model <- reformulate(by, quote(cbind(x, n - x)))
            seconds <- median(replicate(3, system.time(glm(model, binomial, data))[3]))
            cat(sprintf("  glm of R on %d patterns, %d terms %24.4f s\n", nrow(data), length(by), seconds))
        }
        by <- c("arm", "level", "sex", "race", "employment", "age")
        tell(p, c(by, "college"))
        tell(aggregate(p[c("n", "x")], p[by], sum), by)' "$scratch/statistics/patterns.csv"
fi
echo "replicates by the number of learners"
for n in 100000 5000000; do
    "$SG_BUILD/bench_stats" "$n" | grep 'participant-years\|replicates'
done

# ---- growth
if [ -z "${BENCH_DATA-}" ]; then
    generate "$scratch/tenth-data" $((learners / 10))
    echo "growth: the whole (A) and a tenth of the learners (B); 10 would be linear"
    "$measure" "$rounds" "$(first_load whole "$data")" "$(first_load tenth "$scratch/tenth-data")"
fi
