#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# SIGKILL at 50 different moments of a night, half of them spread over its time, half at calls that change files: the next run
# ends with the store and the outputs of an undisturbed night, and nothing is left lying about.
# shellcheck disable=SC2317,SC2034 # functions are called by their names, variables read by lib.sh
scratch_in_memory=1
# shellcheck source=tests/e2e/lib.sh
. "$(dirname -- "${BASH_SOURCE[0]}")/lib.sh"
need sqlite3 timeout

case $variant in asan | tsan | cov) moments=10 ;; *) moments=25 ;; esac

generate "$scratch/small" --learners 200
# The night: a store with yesterday's exports in it, today's in the inbox: rows added, changed and withdrawn.
today=$scratch/today
new_workspace "$today"
# Few dimensions: a shorter night, in which import and outputs take about as long as each other.
echo 'analysis: {dimensions: [race_ethnicity, sex]}' >>"$today/skillgain.yaml"
sed -e '/^.*,ABE6,/s/,TABE_11_12,/,CASAS_GOALS,/' -e '11d;42d' "$scratch/small/exports/enrollment.csv" >"$scratch/enrollment.csv"
sed -e '5d' "$scratch/small/exports/gain.csv" >"$scratch/gain.csv"
deliver "$today" "$scratch/enrollment.csv" "$scratch/gain.csv"
run_ok "a night before comes first" -C "$today" run
deliver "$today" "$scratch/small/exports/enrollment.csv" "$scratch/small/exports/gain.csv"

whole=$scratch/whole
time_of_night() # in microseconds
{
    local start=${EPOCHREALTIME/./} end
    rm -rf "$whole"
    cp -a "$today" "$whole"
    start=${EPOCHREALTIME/./}
    run_program -C "$whole" run
    end=${EPOCHREALTIME/./}
    elapsed=$((end - start))
}
shortest=
for _ in 1 2 3; do
    time_of_night
    [ -n "$shortest" ] && [ "$elapsed" -ge "$shortest" ] || shortest=$elapsed
done
expect_code 0 "an undisturbed night ends well"
names_in "$whole" >"$scratch/whole-names"
dump_store "$whole/skillgain.db" >"$scratch/whole-dump"
check "it changes the store" test "$(query "$whole/skillgain.db" "SELECT count(*) FROM batch")" = 4

# After a kill: the database can be read at once and holds whole batches only; the next run ends as the undisturbed one.
resumes()       # WORKSPACE
{
    local w=$1 said
    [ "$(query "$w/skillgain.db" "PRAGMA integrity_check")" = ok ] || { echo "the database is damaged"; return 1; }
    if [ -L "$w/output/drafts/latest" ] && ! (cd "$w/output/drafts/latest" && sha256sum --check --strict --quiet SHA256SUMS); then
        echo "'latest' is no whole draft"
        return 1
    fi
    said=$("$SKILLGAIN" -C "$w" run 2>&1) || { echo "the next run fails: $said"; return 1; }
    diff "$scratch/whole-dump" <(dump_store "$w/skillgain.db") | cut -c 1-300
    [ "${PIPESTATUS[0]}" = 0 ] || { echo "the store differs"; return 1; }
    same_files "$whole/output" "$w/output" || return 1
    same_files "$whole/archive" "$w/archive" || return 1
    diff "$scratch/whole-names" <(names_in "$w")
}
hits=0
killed_at()     # MOMENT JUDGE WORKSPACE SUBCOMMAND KILLER...: of a copy of the workspace
{
    local moment=$1 judge=$2 workspace=$3 subcommand=$4
    shift 4
    rm -rf "$scratch/killed"
    cp -a "$workspace" "$scratch/killed"
    rc=0
    { "$@" "$SKILLGAIN" -C "$scratch/killed" "$subcommand" >"$scratch/said" 2>&1 </dev/null; } 2>/dev/null || rc=$?
    if [ "$rc" = 137 ]; then
        hits=$((hits + 1))
    elif [ "$rc" != 0 ] && [ "$rc" != 124 ]; then # 124: timeout's own, for a command that ended in that very moment
        fail "killed $moment: it ends by the signal or has ended well before" "exit code $rc: $(head -n 5 "$scratch/said")"
    fi
    check "killed $moment: the next $subcommand ends where an undisturbed one does" "$judge" "$scratch/killed"
}

# A night that ends before its moment shows that nights have become shorter: the moment is tried again.
for ((i = 1; i <= moments; i++)); do
    for _ in 1 2 3 4; do
        before=$hits
        at=$((shortest * i / (moments + 1)))
        killed_at "after $((at / 1000)) of $((shortest / 1000)) ms" resumes "$today" run \
            timeout --foreground -s KILL "$(printf '%d.%06d' $((at / 1000000)) $((at % 1000000)))"
        [ "$hits" = "$before" ] || break
        shortest=$((shortest * 3 / 4))
    done
done
check "$moments kills spread over the time came before the end ($hits)" test "$hits" -ge $((moments * 9 / 10))

# ---------------------------------------------------------------- at calls

calls=openat,write,pwrite64,fsync,fdatasync,ftruncate,close,mmap,mkdir,mkdirat,rename,renameat,renameat2,unlink,unlinkat,symlinkat,linkat,fchmod,flock
if ! command -v strace >/dev/null || ! strace -qq -o /dev/null true 2>/dev/null; then
    skip "kills at calls" "strace is not installed or not allowed"
    finish
fi
ASAN_OPTIONS+=:detect_leaks=0 # the leak check cannot work beside strace
# Of the first thread, which alone changes files: each call and the how-manieth of its name it is, from the configuration on.
trace_places()  # ARGUMENT...: of the program; into $scratch/places
{
    strace -f -qq -e trace="$calls" -e signal=none -o "$scratch/calls" "$SKILLGAIN" "$@" >"$scratch/said" 2>&1 </dev/null
    awk 'NR == 1 { pid = $1 } $1 != pid { next }
         { name = $2; sub(/\(.*/, "", name) } name !~ /^[a-z]/ { next }
         { seen[name]++; if (/skillgain\.yaml/) started = 1; if (/output\//) writing = 1
           if (started) print name, seen[name], writing ? "output" : "store" }' "$scratch/calls" >"$scratch/places"
    n_places=$(wc -l <"$scratch/places")
}
place()         # I N [PART]: the I-th of N places spread over all calls, or over those of a part; into name and count
{
    local part
    part=$(grep -e "${3-}\$" "$scratch/places")
    read -r name count _ < <(sed -n "$(($(wc -l <<<"$part") * $1 / ($2 + 1) + 1))p" <<<"$part")
}
rm -rf "$scratch/killed"
cp -a "$today" "$scratch/killed"
trace_places -C "$scratch/killed" run
check "a night makes more than 100 calls that could change files" test "$n_places" -gt 100
hits=0
for ((i = 1; i <= moments; i++)); do
    # Taking in makes fewer calls than writing out, and has as much to lose.
    if [ $((i % 2)) = 0 ]; then place "$i" "$moments" store; else place "$i" "$moments" output; fi
    killed_at "at $name $count" resumes "$today" run \
        strace -f -qq -o /dev/null -e trace="$name" -e signal=none -e inject="$name:signal=KILL:when=$count"
done
check "$moments kills at calls came before the end ($hits)" test "$hits" -ge $((moments * 9 / 10))

# ---------------------------------------------------------------- a release

# Of more learners, without which nothing may be published.
generate "$scratch/larger" --learners 1500
night=$scratch/night
new_workspace "$night"
echo 'analysis: {dimensions: [race_ethnicity, sex]}' >>"$night/skillgain.yaml"
deliver "$night" "$scratch/larger/exports/enrollment.csv" "$scratch/larger/exports/gain.csv"
run_ok "a larger night ends well" -C "$night" run
cp -a "$night" "$scratch/released"
run_ok "an undisturbed release ends well" -C "$scratch/released" release
dump_store "$scratch/released/skillgain.db" >"$scratch/released-dump"
names_in "$scratch/released" >"$scratch/released-names"
rm -rf "$scratch/killed"
cp -a "$night" "$scratch/killed"
trace_places -C "$scratch/killed" release
# Killed before it was done, a release is done by the next; after that, the next says that it is done (exit code 5).
releases()      # WORKSPACE
{
    local w=$1 said code=0
    if [ -e "$w/output/editions/2024-1" ] && ! same_files "$scratch/released/output/editions/2024-1" "$w/output/editions/2024-1"; then
        echo "an edition is there and not whole"
        return 1
    fi
    [ ! -e "$w/output/editions/2024-1" ] || code=5
    rc=0
    said=$("$SKILLGAIN" -C "$w" release 2>&1) || rc=$?
    [ "$rc" = "$code" ] || { echo "the next release ends with $rc, not $code: $said"; return 1; }
    diff "$scratch/released-dump" <(dump_store "$w/skillgain.db") || return 1
    same_files "$scratch/released/output" "$w/output" || return 1
    [ "$code" = 5 ] || diff "$scratch/released-names" <(names_in "$w")
}
moments=$((moments / 3))
for ((i = 1; i <= moments; i++)); do
    place "$i" "$moments"
    killed_at "in the release at $name $count" releases "$night" release \
        strace -f -qq -o /dev/null -e trace="$name" -e signal=none -e inject="$name:signal=KILL:when=$count"
done
finish
