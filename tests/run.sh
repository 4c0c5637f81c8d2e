#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Runs tests, TEST_JOBS at a time (2), and counts: run.sh [unit PROGRAM...] [e2e SCRIPT...] [fuzz PROGRAM...] [full SCRIPT...]
#
# unit  a cmocka program; each of its test cases counts
# e2e, full  a script that ends with 0, 77 (skipped) or anything else (failed); where its last line reads
#       "N passed, N failed, N skipped" these count, else it counts as one
# fuzz  a replay program, run over tests/fuzz/corpus/NAME; counts as one
#
# Each test runs in the project's folder, with a private TMPDIR and HOME, in the C locale, in UTC. What a failing one
# printed is shown; all of it stays in SG_BUILD/test-logs. The last line is the sum.
set -u
declare -A LIMIT=([unit]=900 [e2e]=900 [fuzz]=300 [full]=7200)
self=$(readlink -f -- "${BASH_SOURCE[0]}")
cd "$(dirname -- "$self")/.." || exit 1

count_unit()    # LOG: cases of a cmocka program; one planned and not told of has failed
{
    awk '/^1\.\.[0-9]+$/ { planned += substr($0, 4) }
         /^(not )?ok [0-9]+ # SKIP/ || /^ok [0-9]+ .*# SKIP/ { skipped++; next }
         /^ok [0-9]+ - / { passed++; next }
         /^not ok [0-9]+ - / { failed++ }
         END { missing = planned - passed - failed - skipped
               print passed + 0, failed + (missing > 0 ? missing : 0), skipped + 0 }' "$1"
}

count_script()  # LOG RC
{
    local line pattern='^([0-9]+) passed, ([0-9]+) failed, ([0-9]+) skipped$'
    line=$(grep -v '^[[:space:]]*$' "$1" | tail -n 1)
    if [[ $line =~ $pattern ]]; then
        echo "${BASH_REMATCH[1]} ${BASH_REMATCH[2]} ${BASH_REMATCH[3]}"
    else
        case $2 in 0) echo "1 0 0" ;; 77) echo "0 0 1" ;; *) echo "0 1 0" ;; esac
    fi
}

run_one()       # KIND PATH
{
    local kind=$1 path=$2 name log rc=0 started=$SECONDS passed failed skipped command word=ok
    name=$(basename -- "$path" .sh)
    log=$LOGS/$kind-$name.log
    export TMPDIR=$SCRATCH/$kind-$name
    export HOME=$TMPDIR
    mkdir -m 700 "$TMPDIR" || exit 1
    command=("$path")
    case $path in */*) ;; *) command=("./$path") ;; esac
    if [ "$kind" = fuzz ]; then
        command+=("tests/fuzz/corpus/${name#replay_}")
    fi
    timeout -k 10 "${LIMIT[$kind]}" "${command[@]}" >"$log" 2>&1 </dev/null || rc=$?
    if [ "$kind" = unit ]; then
        read -r passed failed skipped < <(count_unit "$log")
    else
        read -r passed failed skipped < <(count_script "$log" "$rc")
    fi
    # An exit code that the counts do not explain is a failure of its own; so is a test that tests nothing.
    [ "$rc" = 0 ] || [ "$rc" = 77 ] || [ "$failed" -gt 0 ] || failed=1
    [ $((passed + failed + skipped)) -gt 0 ] || failed=1
    [ "$failed" = 0 ] || word=FAILED
    echo "$passed $failed $skipped" >"$LOGS/$kind-$name.count"
    (
        flock 9
        printf '%-6s %s %s: %d passed, %d failed, %d skipped (%d s)\n' \
            "$word" "$kind" "$name" "$passed" "$failed" "$skipped" $((SECONDS - started))
        if [ "$word" != ok ]; then
            echo "  exit code $rc$([ "$rc" != 124 ] || echo ", stopped after ${LIMIT[$kind]} s"); its output:"
            tail -n 200 "$log" | sed 's/^/  | /'
        elif [ "$skipped" -gt 0 ]; then
            grep -i 'skip' "$log" | head -n 20 | sed 's/^/  | /'
        fi
    ) 9>"$LOGS/lock"
    chmod -R u+rwx "$TMPDIR" 2>/dev/null
    rm -rf -- "$TMPDIR"
}

if [ "${1-}" = --one ]; then
    run_one "$2" "$3"
    exit 0
fi

: "${SG_BUILD:?is the folder of the build variant}"
LOGS=$SG_BUILD/test-logs
rm -rf -- "$LOGS" && mkdir -p "$LOGS" || exit 1
SCRATCH=$(mktemp -d) || exit 1
trap 'chmod -R u+rwx "$SCRATCH" 2>/dev/null; rm -rf -- "$SCRATCH"' EXIT
export LOGS SCRATCH SG_BUILD SKILLGAIN=${SKILLGAIN-} LC_ALL=C TZ=UTC CMOCKA_MESSAGE_OUTPUT=tap
export UBSAN_OPTIONS=print_stacktrace=1:halt_on_error=1
unset LANG LANGUAGE CDPATH MAKEFLAGS MFLAGS MAKELEVEL

kind='' list=()
for argument in "$@"; do
    if [ -n "${LIMIT[$argument]-}" ]; then
        kind=$argument
    elif [ "$kind" = e2e ] || [ "$kind" = full ]; then
        # a file without the right to run is a library of the scripts
        [ ! -x "$argument" ] || list+=("$kind" "$argument")
    else
        list+=("$kind" "$argument")
    fi
done
[ ${#list[@]} = 0 ] || printf '%s\0' "${list[@]}" | xargs -0 -n 2 -P "${TEST_JOBS:-2}" bash "$self" --one

passed=0 failed=0 skipped=0 told=0
for count in "$LOGS"/*.count; do
    [ -e "$count" ] || continue
    read -r p f s <"$count"
    passed=$((passed + p)) failed=$((failed + f)) skipped=$((skipped + s)) told=$((told + 1))
done
if [ "$told" != $((${#list[@]} / 2)) ]; then
    echo "of $((${#list[@]} / 2)) tests only $told told how they ended"
    failed=$((failed + ${#list[@]} / 2 - told))
fi
[ $((passed + failed + skipped)) -gt 0 ] || echo "there are no tests to run"
echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" = 0 ] && [ "$passed" -gt 0 ]
