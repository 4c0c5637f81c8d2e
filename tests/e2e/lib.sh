# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=bash disable=SC2034,SC2016,SC2001
# What the end-to-end tests share: workspaces made for a test, runs of the program with what it said, dumps of its database
# that can be compared, and counting. A script ends with `finish`, whose last line tests/run.sh reads.
# The scripts stand in the project's folder and find SKILLGAIN (the program) and SG_BUILD (its build folder) in the environment.
set -u
: "${SKILLGAIN:?is the program under test}" "${SG_BUILD:?is the folder of the build variant}"
SKILLGAIN=$(readlink -f -- "$SKILLGAIN")
SG_BUILD=$(readlink -f -- "$SG_BUILD")
project=$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")/../..
project=$(readlink -f -- "$project")
cd "$project" || exit 1
variant=$(basename -- "$SG_BUILD")
sample=$project/sample-data
export LC_ALL=C TZ=UTC
# A sanitizer's end must not look like one of the program's own exit codes.
export ASAN_OPTIONS=${ASAN_OPTIONS-}:exitcode=99 UBSAN_OPTIONS=${UBSAN_OPTIONS-}:halt_on_error=1:exitcode=99
unset LANG LANGUAGE CDPATH

# A script of very many nights sets scratch_in_memory=1 before it reads this file: they would wait for the disk most of the time.
if [ -n "${scratch_in_memory-}" ] && [ -d /dev/shm ] && [ -w /dev/shm ]; then
    scratch=$(mktemp -d -p /dev/shm) || exit 1
else
    scratch=$(mktemp -d) || exit 1
fi
trap 'chmod -R u+rwx "$scratch" 2>/dev/null; rm -rf -- "$scratch"' EXIT
: >"$scratch/said"  # by the last run
: >"$scratch/log"   # by all runs

passed=0 failed=0 skipped=0 rc=0

# ---------------------------------------------------------------- counting

pass()          # SENTENCE
{
    passed=$((passed + 1))
    echo "ok      $1"
}

fail()          # SENTENCE [DETAIL]
{
    failed=$((failed + 1))
    echo "FAILED  $1"
    [ -z "${2-}" ] || sed 's/^/        | /' <<<"$2"
}

skip()          # SENTENCE REASON
{
    skipped=$((skipped + 1))
    echo "skipped $1: $2"
}

check()         # SENTENCE COMMAND...: passes where the command succeeds; what it prints explains a failure
{
    local sentence=$1 said
    shift
    if said=$("$@" 2>&1); then pass "$sentence"; else fail "$sentence" "$(head -n 20 <<<"$said")"; fi
}

finish()
{
    echo "$passed passed, $failed failed, $skipped skipped"
    [ "$failed" = 0 ] && [ "$passed" -gt 0 ]
    exit
}

need()          # TOOL...: ends the script as skipped where one is missing
{
    local tool
    for tool; do
        command -v "$tool" >/dev/null && continue
        echo "skipped: $tool is not installed"
        exit 77
    done
}

# ---------------------------------------------------------------- the program

# Runs it; the exit code is in rc, both streams in $scratch/said.
run_program()   # ARGUMENT...
{
    rc=0
    "$SKILLGAIN" "$@" >"$scratch/said" 2>&1 </dev/null || rc=$?
    after_run
}

# A sanitizer's report and a death by signal are failures wherever they happen.
after_run()
{
    cat "$scratch/said" >>"$scratch/log"
    if grep -qE 'Sanitizer|runtime error:' "$scratch/said"; then
        fail "the sanitizers have nothing to say" "$(head -n 60 "$scratch/said")"
    elif [ "$rc" -gt 128 ]; then
        fail "the program ends by itself, not by signal $((rc - 128))" "$(cat "$scratch/said")"
    fi
}

expect_exit()   # CODE SENTENCE ARGUMENT...
{
    local code=$1 sentence=$2
    shift 2
    run_program "$@"
    expect_code "$code" "$sentence"
}

expect_code()   # CODE SENTENCE: of the last run
{
    if [ "$rc" = "$1" ]; then
        pass "$2 (exit code $1)"
    else
        fail "$2 (exit code $1)" "it was $rc, with
$(head -n 20 "$scratch/said")"
    fi
}

run_ok()        # SENTENCE ARGUMENT...
{
    expect_exit 0 "$@"
}

expect_message() # SENTENCE TEXT...: the last run said each text
{
    local sentence=$1 text missing=
    shift
    for text; do
        grep -qF -- "$text" "$scratch/said" || missing+="it did not say: $text"$'\n'
    done
    if [ -z "$missing" ]; then
        pass "$sentence"
    else
        fail "$sentence" "$missing$(head -n 20 "$scratch/said")"
    fi
}

# ---------------------------------------------------------------- workspaces

new_workspace() # FOLDER: the sample's configuration and key, nothing in the inbox
{
    run_program init "$1"
    [ "$rc" = 0 ] || fail "a workspace is made" "$(cat "$scratch/said")"
    install -m 644 "$sample/workspace/skillgain.yaml" "$1/skillgain.yaml"
    install -m 600 "$sample/workspace/key" "$1/key"
}

name_agency()   # WORKSPACE as init made it: without a name and a contact there is no edition
{
    sed -i 's/^  name: Adult education system$/  name: Made-up agency/; s/^  contact: ""/  contact: office@example.org/' "$1/skillgain.yaml"
}

deliver()       # WORKSPACE FILE...
{
    local folder=$1
    shift
    install -m 644 -t "$folder/inbox" -- "$@"
}

full_sample()   # WORKSPACE: tonight's exports of the sample
{
    deliver "$1" "$sample/exports/enrollment.csv" "$sample/exports/gain.csv"
}

# Fewer learners of the same state, without dirt, where many runs are needed: exports in FOLDER/exports.
generate()      # FOLDER [OPTION...]
{
    local folder=$1
    shift
    mkdir -p "$folder"
    "$SG_BUILD/sample-generate" --output "$folder" "$@" >"$scratch/generated" 2>&1 && return
    fail "the sample's generator runs ($SG_BUILD/sample-generate, make sample)" "$(cat "$scratch/generated")"
    finish
}

# ---------------------------------------------------------------- databases

# To look at a database without touching it: even a reader may finish what a killed writer began.
copy_store()    # DATABASE COPY
{
    local suffix
    for suffix in '' -wal -journal; do
        [ ! -e "$1$suffix" ] || cp -- "$1$suffix" "$2$suffix"
    done
}

# What a database holds, a line a row, sorted. Left out is what two equal nights differ in: the moments they happened at
# (so that a night recorded twice is one line). With `delivery` also what two layouts of the same facts differ in: files,
# their digests and those of their lines, crosswalks, lines of findings and column names. With `content` also what follows from
# rows that come in another order, or several in a line: their ids, those of scopes, and how many lines were read and dropped.
dump_store()    # DATABASE [delivery|content]
{
    local kind copy scope left_out="'seen.*','run.id','run.unix_seconds','batch.imported_on'"
    copy=$(mktemp -d -p "$scratch")/store.db
    copy_store "$1" "$copy"
    if [ -n "${2-}" ]; then
        left_out+=",'batch.file_name','batch.sha256','batch.bytes','batch.crosswalk','batch.crosswalk_sha256','batch.records'"
        left_out+=",'finding.line','finding.column_name','verdict_finding.*','run.draft','run.input_sha256'"
        for kind in enrollment gain test service outcome program context; do
            left_out+=",'$kind.raw','$kind.verdict','$kind.line'"
        done
    fi
    if [ "${2-}" = content ]; then
        left_out+=",'scope.id','batch.n_read','batch.n_dropped','finding.ordinal'"
        for kind in enrollment gain test service outcome program context; do
            left_out+=",'$kind.id'"
        done
        scope='(SELECT quote(s.kind) || quote(s.program_year) || quote(s.college) FROM scope s WHERE s.id = scope)'
    fi
    sqlite3 "$copy" "
        WITH kept(name, line) AS (
            SELECT m.name, '''' || m.name || '''' || group_concat(' || ''|'' || ' || quote(c.name || '=') || ' || ' ||
                CASE WHEN c.name = 'scope' AND '${scope-}' <> '' THEN '${scope-}' ELSE 'quote(\"' || c.name || '\")' END, '')
            FROM sqlite_schema m, pragma_table_info(m.name) c
            WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%' AND m.name || '.*' NOT IN ($left_out)
              AND m.name || '.' || c.name NOT IN ($left_out)
            GROUP BY m.name)
        SELECT 'SELECT DISTINCT ' || line || ' FROM \"' || name || '\";' FROM kept ORDER BY name;" >"$copy.sql" &&
        sqlite3 "$copy" <"$copy.sql" | sort
    rm -rf -- "$(dirname -- "$copy")"
}

# Current rows, for a WHERE: row_end names kinds by their places.
is_current()    # KIND
{
    local kinds=(enrollment gain test service outcome program context) i
    for i in "${!kinds[@]}"; do
        [ "${kinds[i]}" != "$1" ] || echo "id NOT IN (SELECT row FROM row_end WHERE kind = $i)"
    done
}

query()         # DATABASE SQL
{
    local copy
    copy=$(mktemp -d -p "$scratch")/store.db
    copy_store "$1" "$copy"
    sqlite3 "$copy" "$2"
    rm -rf -- "$(dirname -- "$copy")"
}

same_store()    # DATABASE DATABASE [delivery|content]
{
    dump_store "$1" "${3-}" >"$scratch/dump.one" || return 1
    dump_store "$2" "${3-}" >"$scratch/dump.two" || return 1
    [ -s "$scratch/dump.one" ] || { echo "the dump is empty"; return 1; }
    diff "$scratch/dump.one" "$scratch/dump.two" | cut -c 1-400
    cmp -s "$scratch/dump.one" "$scratch/dump.two"
}

# ---------------------------------------------------------------- outputs

same_files()    # FOLDER FOLDER: the same names, contents and links
{
    diff -r --no-dereference "$1" "$2" | cut -c 1-400
    diff -rq --no-dereference "$1" "$2" >/dev/null
}

in_folder()     # FOLDER COMMAND...
{
    (cd "$1" && shift && "$@")
}

latest_of()     # WORKSPACE: the name of its newest good draft, or nothing
{
    readlink "$1/output/drafts/latest"
}

# Names of everything below, hidden files too: what a killed run leaves behind shows here.
names_in()      # FOLDER
{
    (cd "$1" && find . | sort)
}

# Does private mounting work here? Tests of read-only and full disks need it.
can_mount()
{
    unshare --mount --propagation private bash -c 'mount -t tmpfs -o size=64k none "$1"' - "$scratch" 2>/dev/null
}
