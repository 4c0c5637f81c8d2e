#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# verify: the set in the program, a set in a folder, and what is off is seen and told.
# shellcheck disable=SC2317 # functions are called by their names
# shellcheck source=tests/e2e/lib.sh
. "$(dirname -- "${BASH_SOURCE[0]}")/lib.sh"

unclaimed=tests/oracles/unclaimed.txt

verify()        # [DIR]: its exit code in rc, what it said in said and log
{
    rc=0
    "$SKILLGAIN" verify "$@" >"$scratch/said" 2>"$scratch/log" || rc=$?
}

only_unclaimed_disagree()
{
    local left
    left=$(grep '^disagrees ' "$scratch/said" | grep -v ': no function claims its method$')
    [ -z "$left" ] || { echo "$left"; return 1; }
}

as_it_should_end()
{
    if [ -s "$unclaimed" ]; then [ "$rc" = 1 ]; else [ "$rc" = 0 ]; fi
}

one_wilson()    # P: a set with one entry, 8 of 20
{
    mkdir -p "$scratch/set/data"
    cat >"$scratch/set/expected.json" <<EOF
{"entries": [{"id": "made", "method": "1.1 Wilson score interval", "dataset": "inline", "params": {"x": 8, "n": 20},
 "expect": {"p": $1}, "tol_abs": 1e-12, "tol_rel": 1e-10}]}
EOF
}

verify
check "every entry of the program's own set that is computed agrees" only_unclaimed_disagree
check "the exit code says whether all are" as_it_should_end
check "each section is told" grep -qE '^1\.2 +11 +11 +33 ' "$scratch/said"
check "the sum is told" grep -qE '^[0-9]+ of 401 entries agree, [0-9]+ values compared$' "$scratch/said"
cp "$scratch/said" "$scratch/own"
verify tests/oracles
check "the same set in a folder gives the same" cmp "$scratch/own" "$scratch/said"
one_wilson 0.4
verify "$scratch/set"
check "a set that agrees ends with 0" test "$rc" = 0
one_wilson 0.41
verify "$scratch/set"
check "a set that does not ends with 1" test "$rc" = 1
check "and the value is told" grep -q '^disagrees made (1.1 Wilson score interval): p\[0\] is 0.4[0-9]*, not 0.4[0-9]* (.* tolerances)$' "$scratch/said"
verify "$scratch/nowhere"
check "a folder that is not there ends with 1" test "$rc" = 1
verify a b
check "two folders are a mistake of usage" test "$rc" = 2
finish
