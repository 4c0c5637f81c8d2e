#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# compare on files that have no good answer: a status and a reason, in each format, soon and in little memory; never a crash, a figure that is
# none or a row that is dropped without a word; and of how many learners each model is.
# shellcheck source=tests/e2e/lib.sh
. "$(dirname -- "${BASH_SOURCE[0]}")/lib.sh"
need sqlite3
seconds=120 # of one comparison, also where sanitizers run on a machine with much to do

answers()       # SENTENCE WORDS FILE-CONTENT ARGUMENT...: each format says it, WORDS (a pattern) among it
{
    local sentence=$1 words=$2 format
    printf '%s' "$3" >"$scratch/edge.csv"
    for format in text csv json; do
        rc=0
        timeout "$seconds" "$SKILLGAIN" compare "$scratch/edge.csv" --format "$format" "${@:4}" >"$scratch/said" 2>&1 </dev/null || rc=$?
        after_run
        expect_code 0 "$sentence: told as $format"
        cp "$scratch/said" "$scratch/as.$format"
    done
    check "$sentence: with the reason" grep -q -- "$words" "$scratch/as.csv"
    check "$sentence: no figure that is none" bash -c '! sed "s/through infinity//" "$@" | grep -iE "(^|[ ,(:])[-+]?(nan|inf(inity)?)([ ,)]|$)"' - \
        "$scratch/as.text" "$scratch/as.csv" "$scratch/as.json"
    check "$sentence: as many rows in each" test "$(estimates json)" = "$(estimates csv)"
    check "$sentence: what can't be estimated has a reason" test "$(speechless)" = 0
}

estimates()     # FORMAT: how many
{
    if [ "$1" = json ]; then
        sqlite3 :memory: "SELECT count(*) FROM json_each(CAST(readfile('$scratch/as.json') AS TEXT), '\$.estimates')"
    else
        rm -f "$scratch/as.db"
        sqlite3 "$scratch/as.db" ".import --csv $scratch/as.csv row" "SELECT count(*) FROM row"
    fi
}

speechless()    # rows without an estimate, a statistic, a p or a word, and estimates beside a status that says there is none
{
    sqlite3 "$scratch/as.db" "SELECT count(*) FROM row WHERE (note = '' AND estimate = '' AND statistic = '' AND p_value = '')
        OR (status = 'not_estimable' AND (note = '' OR estimate <> ''))
        OR status NOT IN ('ok', 'small_sample', 'not_estimable')"
}

refused()       # SENTENCE WORDS FILE-CONTENT ARGUMENT...
{
    printf '%s' "$3" >"$scratch/edge.csv"
    refused_file "$1" "$2" "$scratch/edge.csv" "${@:4}"
}

refused_file()  # SENTENCE WORDS FILE ARGUMENT...
{
    rc=0
    timeout "$seconds" "$SKILLGAIN" compare "$3" --arm a --outcome y "${@:4}" >"$scratch/said" 2>&1 </dev/null || rc=$?
    after_run
    expect_code 2 "$1: refused"
    check "$1: with the words" grep -q -- "$2" "$scratch/said"
    check "$1: in one line" test "$(wc -l <"$scratch/said")" = 1
}

all=(--arm a --outcome y --methods all --replicates 99)
every=("${all[@]}" --covariates 'x,g' --cluster g --group g --strata x)

# ---------------------------------------------------------------- nobody, and too few

answers "no rows" "not_estimable,no learners" $'a,y,x,g\n' "${every[@]}"
answers "one learner" "not_estimable,no comparison learners" $'a,y,x,g\n1,1,2,p\n' "${every[@]}"
answers "two learners" "small_sample" $'a,y,x,g\n1,1,2,p\n0,0,2,p\n' "${every[@]}"
answers "one arm" "not_estimable,no comparison learners" $'a,y,x,g\n1,1,2,p\n1,0,3,q\n1,1,4,p\n' "${every[@]}"
answers "no outcome known" "not_estimable,no learners" $'a,y,x,g\n1,,2,p\n0,NA,2,p\n' "${every[@]}"
check "... and how many were left out" grep -q '^left out: 2 rows whose outcome' "$scratch/as.text"
answers "no cluster known" "not_estimable,no learners" $'a,y,x,g\n1,1,2,\n0,0,2,\n' "${every[@]}"
answers "one college" "small_sample" $'a,y,x,g\n1,1,2,p\n0,0,3,p\n1,0,4,p\n0,1,1,p\n1,1,1,p\n0,0,2,p\n' "${every[@]}"
answers "colleges of one arm each" "not_estimable" $'a,y,x,g\n1,1,2,p\n1,0,3,p\n0,1,4,q\n0,0,1,q\n' "${every[@]}"
check "... whose learners the models leave out, which is told" grep -q '^models leave 4 learners out, in clusters with one arm alone$' "$scratch/as.text"

# ---------------------------------------------------------------- outcomes and covariates without news

rows()          # AWK-ACTION: 60 learners, i from 0; a and y from it
{
    awk "BEGIN { print \"a,y,x,z\"; for (i = 0; i < 60; i++) { a = i % 2; y = (i * 7) % 5 < 2; x = (i * 11) % 6; z = (i * 13) % 4; $1; print a \",\" y \",\" x \",\" z } }"
}

models=("${all[@]}" --covariates 'x,z')
answers "none with the outcome" "none with the outcome" "$(rows 'y = 0')" "${models[@]}"
answers "all with the outcome" "all with the outcome" "$(rows 'y = 1')" "${models[@]}"
answers "outcomes that a covariate separates" "outcomes are separated" "$(rows 'y = x > 2')" "${models[@]}"
answers "outcomes that the arm separates" "outcomes are separated" "$(rows 'y = a')" "${models[@]}"
answers "arms that a covariate separates" "hardly overlap" "$(rows 'x = 10 * a + i % 3')" "${models[@]}"
answers "two covariates that are the same" "determined by the others" "$(rows 'z = x')" "${models[@]}"
answers "a covariate that the arm determines" "determined by the others" "$(rows 'z = 3 - 2 * a')" "${models[@]}"
answers "a covariate that is constant" "determined by the others" "$(rows 'z = 5')" "${models[@]}"
answers "one pattern" "determined by the others" "$(rows 'x = 1; z = 5')" "${models[@]}"
answers "a covariate that is all missing" "balance" "$(rows 'z = "NaN"')" "${models[@]}"
check "... which is left out, and that is told" grep -q "^covariate 'z': 100.0 % missing, too much: it is left out$" "$scratch/as.text"
answers "a covariate that is half missing" "balance" "$(rows 'if (int(i / 2) % 2) z = "-nan"')" "${models[@]}"
check "... likewise" grep -q "^covariate 'z': 50.0 % missing, too much: it is left out$" "$scratch/as.text"

names='a,y' values='' list=''
for i in {1..12}; do
    names+=",x$i"
    values+=,
    list+=,x$i
done
printf '%s\n%s\n%s\n%s\n' "$names" "1,1$values" "0,0$values" "1,0${values//,/,3}" >"$scratch/edge.csv"
run_ok "twelve covariates that are missing" compare "$scratch/edge.csv" --arm a --outcome y --covariates "${list#,}"
check "... are named, each" test "$(grep -c '^covariate ' "$scratch/said")" = 12

# ---------------------------------------------------------------- how many learners a model is of

answers "a model" "gcomp" "$(rows 'if (i < 3) y = "NA"')" "${models[@]}"
check "... is of so many learners" grep -q '^models are of 57 learners, 29 in IET and 28 others$' "$scratch/as.text"
check "... and so is each of its rows" test "$(sqlite3 "$scratch/as.db" "SELECT count(*) > 20 AND min(n_iet) = '29' AND max(n_comparison) = '28' FROM row
    WHERE covariates <> ''")" = 1

# ---------------------------------------------------------------- numbers that are none

usual=(--covariates x)
refused "an infinite covariate" "column 'x', line 3: an infinite number" $'a,y,x\n1,1,2\n0,0,-Infinity\n' "${usual[@]}"
refused "a number that no double holds" "column 'x', line 2: an infinite number, or one too large" $'a,y,x\n1,1,1e400\n0,0,2\n' "${usual[@]}"
refused "a number whose square no double holds" "column 'x', line 3: an infinite number, or one too large" $'a,y,x\n1,1,1\n0,0,-1e200\n' "${usual[@]}"
refused "an infinite time" "column 't', line 3: an infinite number" $'a,y,t\n1,1,2\n0,0,inf\n' --time t
refused "an infinite amount" "column 'y', line 3: an infinite number" $'a,y\n1,5\n0,Inf\n1,7\n'
refused "an infinite level" "column 'x', line 3: an infinite number" $'a,y,x\n1,1,2\n0,0,inf\n' --group x
answers "times below 0" "a time that cannot be" $'a,y,t\n1,1,-2\n0,0,3\n1,0,4\n0,1,2\n' "${all[@]}" --time t

# ---------------------------------------------------------------- very many levels

awk 'BEGIN { print "a,y,g,x,h"; for (i = 0; i < 100000; i++) print i % 2 "," ((i * 7) % 3 == 0) ",id" i "," (i * 13) % 17 "," i }' >"$scratch/many.csv"
for option in group covariates cluster; do
    refused_file "--$option with 100,000 levels" "'g' has 100000 different values, more than 1000" "$scratch/many.csv" --covariates x "--$option" g
done
refused_file "numbers as 100,000 levels" "'factor(h)' has 100000 different values, more than 1000\|'h' has 100000 different values, more than 1000" \
    "$scratch/many.csv" --covariates 'factor(h)'
refused_file "a number a learner as group" "'h' has 100000 different values" "$scratch/many.csv" --group h
answers_file()  # 100,000 strata: each learner one of its own
{
    rc=0
    (ulimit -v 1500000 && timeout "$seconds" "$SKILLGAIN" compare "$scratch/many.csv" --arm a --outcome y --strata g --covariates x --format csv) \
        >"$scratch/said" 2>&1 </dev/null || rc=$?
}
if [ "$variant" = release ] || [ "$variant" = debug ]; then
    answers_file
    after_run
    expect_code 0 "100,000 strata: told, in little memory"
    check "... with the reason" grep -q 'risk_difference,mh,.*not_estimable,no stratum has both arms' "$scratch/said"
else
    skip "100,000 strata in little memory" "sanitizers take memory of their own"
fi
finish
