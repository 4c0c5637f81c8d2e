#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Canaries: 40 made-up learners, 10 of them in broken rows, with ids, names, birth dates, addresses and social security numbers that
# nobody else has, in columns that a crosswalk names and in others, in exports of every kind. The program is taken through all
# that it can do with them, and nothing that it writes may hold one: what it says, logs, keeps, publishes or deletes again, whether
# as text, UTF-16, hexadecimal or base64, nor a digest of an id that whoever knows the id could compute.
# shellcheck disable=SC2317,SC2016 # functions are called by their names; private shells expand for themselves
# shellcheck source=tests/e2e/lib.sh
. "$(dirname -- "${BASH_SOURCE[0]}")/lib.sh"
need sqlite3 xxd base64 iconv md5sum sha1sum sha256sum sha512sum b2sum cksum

# ---------------------------------------------------------------- the learners

# N,ID,FIRST,LAST,BIRTH,STREET,SSN. None of it occurs in the sample.
awk 'BEGIN { letters = "abcdefghijklmnopqrstuvwxyz"
    for (i = 1; i <= 40; i++) {
        a = substr(letters, i % 26 + 1, 1) substr(letters, int(i / 2) + 1, 1)
        id = i <= 20 ? sprintf("QX%05dVRN", 71000 + i * 37) : sprintf("9076600%02d", i)
        printf "%d,%s,Quorindel%s,Zyblattor%s,19%d-%02d-%02d,%d Wyvernquay Mews,907-66-%04d\n",
            i, id, a, a, 50 + i % 4, i % 12 + 1, i % 28 + 1, 7100 + i, 3300 + i * 7
    } }' >"$scratch/learners.csv"
check "no two have anything in common" test "$(cut -d, -f2 "$scratch/learners.csv" | sort -u | wc -l)$(cut -d, -f4 "$scratch/learners.csv" | sort -u | wc -l)" = 4040

generate "$scratch/state" --learners 1200 --no-dirt
state=$scratch/state/exports
exports=$scratch/exports
mkdir "$exports"
printf '%s\n' learner_id,service_date,hours,college,component >"$state/service.csv"
printf '%s\n' learner_id,outcome,outcome_date,value,credential_type,college >"$state/outcome.csv"
printf '%s\n' college,program_year,aefla_dollars,faculty_full_time 01,2023,500000,12 >"$state/context.csv"
for i in 1 2 3 4; do
    echo "0000000$i,2024-03-0$i,4.5,01,adult_education" >>"$state/service.csv"
    echo "0000000$i,credential,2024-03-0$i,,industry,01" >>"$state/outcome.csv"
done

# An export of the state with further columns that no crosswalk names, and the learners' rows behind it: each the export's
# first row with what is theirs.
plant()         # KIND
{
    awk -F, -v OFS=, -v kind="$1" -v quote='"' '
        function set(name, value) { if (name in place) $(place[name]) = value }
        function put() { print $0, first " " last, ssn, street, birth, "/home/" last }
        function begin(   i) { $0 = pattern; set("learner_id", id); set("birth_date", birth); set("enrollment_id", "E-" kind n)
            if (kind == "program") set("iet_program_id", "IET-99-" n)
            if (kind == "context") { set("college", sprintf("%02d", 20 + n)); } }
        NR == FNR { learners[FNR] = $0; next }
        FNR == 1 { for (i = 1; i <= NF; i++) place[$i] = i; print $0, "full_name", "ssn", "street", "born", "folder"; next }
        FNR == 2 { pattern = $0; gsub(/"[^"]*"/, "Reading", pattern) }
        { print $0, "", "", "", "", "" }
        END {
            for (l = 1; l <= 40; l++) {
                split(learners[l], f); n = f[1]; id = f[2]; first = f[3]; last = f[4]; birth = f[5]; street = f[6]; ssn = f[7]
                begin()
                # A value in a column that is another: told as unknown, never what it was.
                if (l > 20 && l <= 30) { set("sex", first); set("pre_test_score", ssn); set("scale_score", ssn); set("value", ssn)
                    set("employment_status", last); set("intensity", last); set("level_from", first); set("aefla_dollars", ssn) }
                if (l <= 30) { put(); continue }
                if (l == 31) { put(); $1 = quote first quote " " last; put() }                # quotes broken
                if (l == 32) { $1 = $1 "," last "," street; put() }                          # too many fields
                if (l == 33) { print id, last, ssn, birth }                                  # too few
                if (l == 34) { set("start_date", last); set("gain_date", birth "T"); set("test_date", first); set("service_date", last)
                    set("outcome_date", last); set("program_year", last); set("approved_from", last); put() }   # no dates
                if (l == 35) { set("college", last "\377\376"); put() }                      # bytes that are no text
                if (l == 36) { $1 = "=" quote id quote; put() }                              # a formula
                if (l == 37) { print quote id, "x"; put(); put(); print last, ssn, "x" quote }    # rows swallowed by a quote
                if (l == 38) { set("contact_hours", ssn); set("hours", ssn); set("gain_type", last); set("instrument", "")
                    set("outcome", last); set("college", ""); put() }                        # hours and codes that are none
                if (l == 39) { $1 = id "\342\200\213"; put() }                               # an invisible character
                if (l == 40 && "learner_id" in place) { $1 = id "-" id "-" id "-" last "-" last "-" last "-" last "-" last; put()   # an id too long
                    begin(); set("iet", last); set("birth_date", "2023-01-01"); put() }
            }
        }' "$scratch/learners.csv" "$state/$1.csv" >"$exports/$1.csv"
}
kinds=(enrollment gain test service outcome program context)
for kind in "${kinds[@]}"; do plant "$kind"; done
# What is refused whole: no header but a learner's row, and a quote that is never closed.
tail -n 1 "$exports/gain.csv" >"$exports/headless.csv"
{ sed -n 1,3p "$exports/gain.csv"; awk -F, '{ print "\"" $2 "," $3 "," $4 "," $7 }' "$scratch/learners.csv"; } >"$exports/open-quote.csv"
# What is held: most of its rows are broken.
{ head -n 6 "$exports/enrollment.csv"; tail -n 14 "$exports/enrollment.csv"; } >"$exports/broken.csv"

# ---------------------------------------------------------------- the search

# What is looked for, in hexadecimal, a line each: each value as it is, in small and in capital letters, as bytes, UTF-16 (of both
# orders: what stands between the first and the last byte is the same), hexadecimal digits, and base64 in its three positions.
awk -F, '
    function hex(s,   i, out) { for (i = 1; i <= length(s); i++) out = out sprintf("%02x", ord[substr(s, i, 1)]); return out }
    function utf16(s,   h) { h = hex(s); gsub(/../, "&00", h); return substr(h, 1, length(h) - 2) }
    function base64(s, skipped,   i, bits, out) {
        for (i = 1; i <= length(s); i++) bits = bits binary[substr(s, i, 1)]
        for (i = (6 - skipped * 8 % 6) % 6 + 1; i + 5 <= length(bits); i += 6) out = out digit[substr(bits, i, 6)]
        return hex(out) }
    function forms(s) { print hex(s); print utf16(s); print hex(hex(s)); print hex(toupper(hex(s)))
        print base64(s, 0); print base64(s, 1); print base64(s, 2) }
    function look_for(s) { forms(s); if (tolower(s) != s) forms(tolower(s)); if (toupper(s) != s) forms(toupper(s)) }
    BEGIN {
        for (i = 1; i < 256; i++) { c = sprintf("%c", i); ord[c] = i; b = ""; for (k = 128; k >= 1; k /= 2) b = b (int(i / k) % 2); binary[c] = b }
        all = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
        for (i = 0; i < 64; i++) { b = ""; for (k = 32; k >= 1; k /= 2) b = b (int(i / k) % 2); digit[b] = substr(all, i + 1, 1) } }
    { ssn = $7; gsub(/-/, "", ssn); split($5, d, "-")
      look_for($2); look_for($3); look_for($4); look_for($5); look_for(d[2] "/" d[3] "/" d[1])
      look_for($6); look_for($7); look_for(ssn) }' "$scratch/learners.csv" >"$scratch/needles"

# Digests of the ids that need no key: their first 64 bits as bytes, and as digits of both cases; of CRC-32 only the digits.
mkdir "$scratch/ids"
while IFS=, read -r n id _; do printf %s "$id" >"$scratch/ids/$n"; done <"$scratch/learners.csv"
digests()       # DIGITS...: of all ids, a line each
{
    (
        cd "$scratch/ids" || exit
        md5sum -- *; sha1sum -- *; sha256sum -- *; sha512sum -- *; b2sum -- *; b2sum -l 128 -- *; b2sum -l 256 -- *
        command -v sha224sum >/dev/null && sha224sum -- *
        command -v sha384sum >/dev/null && sha384sum -- *
        if command -v openssl >/dev/null; then
            for name in sha3-256 sha3-512 sha3-224 blake2s256; do openssl dgst "-$name" -r -- * 2>/dev/null; done
        fi
    ) | cut -d' ' -f1
}
digests >"$scratch/digests"
check "there are digests of eight kinds at least" test "$(wc -l <"$scratch/digests")" -ge 320
while read -r digits; do
    cut -c 1-16 <<<"$digits"
    cut -c 1-16 <<<"$digits" | tr -d '\n' | xxd -p -c 0
    cut -c 1-16 <<<"${digits^^}" | tr -d '\n' | xxd -p -c 0
done <"$scratch/digests" >>"$scratch/needles"
# gzip ends with the CRC-32 of what it holds, the lowest byte first
for file in "$scratch/ids"/*; do
    crc=$(gzip -nc "$file" | tail -c 8 | xxd -p -c 0 | sed -E 's/^(..)(..)(..)(..).*/\4\3\2\1/')
    printf %s "$crc" | xxd -p -c 0
    printf %s "${crc^^}" | xxd -p -c 0
done >>"$scratch/needles"
sort -u -o "$scratch/needles" "$scratch/needles"
check "no word that is looked for is so short that chance could find it" test "$(awk '{ print length($0) }' "$scratch/needles" | sort -n | head -n 1)" -ge 16

in_lines()      # of "FILE HEXADECIMAL" from standard input: the files that hold one
{
    grep -Ff "$scratch/needles" | cut -d' ' -f1
}
in_files()      # FOLDER...: files below
{
    local file
    find "$@" -type f -print0 | while IFS= read -r -d '' file; do
        printf '%s ' "$file"
        xxd -p -c 0 "$file"
        echo
    done | in_lines
}
in_calls()      # TRACE...: those in whose calls a buffer or a name holds one; strings of a trace are all hexadecimal
{
    local file
    for file; do
        printf '%s ' "$file"
        tr '\n' ' ' <"$file" | sed 's/\\x//g'
        echo
    done | in_lines
}
none_in()       # FOLDER...
{
    in_files "$@" >"$scratch/found"
    cat "$scratch/found"
    [ ! -s "$scratch/found" ]
}

# ---- it finds what is there
probe=$scratch/probe
mkdir "$probe"
IFS=, read -r _ id first last birth street ssn < <(sed -n 7p "$scratch/learners.csv")
hides()         # NAME: from standard input, behind two bytes
{
    { printf xy; cat; printf z; } >"$probe/$1"
}
i=0
for value in "$id" "$first" "$last" "$birth" "$street" "$ssn"; do
    i=$((i + 1))
    printf %s "$value" | hides "$i"
    printf %s "$value" | tr '[:upper:]' '[:lower:]' | hides "$i-small"
    printf %s "$value" | iconv -t UTF-16LE | hides "$i-utf-16le"
    printf %s "$value" | iconv -t UTF-16BE | hides "$i-utf-16be"
    printf %s "$value" | xxd -p | hides "$i-hexadecimal"
    for before in '' a ab; do printf %s "$before$value and more" | base64 -w 0 | hides "$i-base64-behind-${#before}"; done
done
printf %s "$id" | sha256sum | cut -d' ' -f1 | xxd -r -p | hides "digest-as-bytes"
printf %s "$id" | md5sum | tr a-f A-F | hides "digest-as-digits"
printf %s "$id" | gzip -nc | tail -c 8 | xxd -p -c 0 | sed -E 's/^(..)(..)(..)(..).*/\4\3\2\1/' | hides "crc-as-digits"
check "the search finds each in each form" diff <(in_files "$probe" | sort) <(find "$probe" -type f | sort)
check "that are many" test "$(find "$probe" -type f | wc -l)" = 51
rm -r "$probe"
mkdir "$probe"
printf 'nobody is here' | hides none
check "it finds nothing where nothing is" none_in "$probe"
check "each export has what is looked for" test "$(in_files "$exports" | wc -l)" = "$(find "$exports" -name '*.csv' | wc -l)"

# ---------------------------------------------------------------- all that the program does

said=$scratch/says calls=$scratch/calls snapshots=$scratch/snapshots
mkdir "$said" "$calls" "$snapshots"
tracing=
if command -v strace >/dev/null && strace -qq -o /dev/null true 2>/dev/null; then
    tracing=yes
    ASAN_OPTIONS+=:detect_leaks=0 # the leak check cannot work beside strace
    tracer=(strace -f -qq -xx -s 100000000 -e signal=none)
    ! strace --seccomp-bpf -f -qq -o /dev/null true 2>/dev/null || tracer+=(--seccomp-bpf) # stops at these calls only
fi
writes=write,pwrite64,writev,pwritev,pwritev2,sendto,sendmsg,openat,rename,renameat,renameat2,link,linkat,symlinkat,mkdir,mkdirat,prctl,execve
step=0
: >"$scratch/input"
does()          # CODE SENTENCE ARGUMENT...: whatever is said is kept; standard input comes from $scratch/input
{
    local code=$1 sentence=$2 before=()
    shift 2
    step=$((step + 1))
    [ -z "$tracing" ] || before=("${tracer[@]}" -e "trace=$writes" -o "$calls/$step")
    rc=0
    "${before[@]}" "$SKILLGAIN" "$@" >"$said/$step.out" 2>"$said/$step.err" <"$scratch/input" || rc=$?
    cat "$said/$step.out" "$said/$step.err" >"$scratch/said"
    after_run
    expect_code "$code" "$sentence"
}
watched()       # COMMAND...: while it runs, what lies in the workspace is copied, again and again
{
    local i=0 done_file=$scratch/done
    rm -f "$done_file"
    (
        while [ ! -e "$done_file" ]; do
            i=$((i + 1))
            mkdir -p "$snapshots/$step.$i"
            cp -- "$w"/skillgain.db-* "$w"/.[a-z]* "$snapshots/$step.$i/" 2>/dev/null
            [ $((i % 8)) != 4 ] || cp -- "$w"/skillgain.db "$snapshots/$step.$i/" 2>/dev/null
            sleep 0.05
        done
    ) &
    "$@"
    : >"$done_file"
    wait $!
}

goes_through()  # WORKSPACE: everything
{
    local all=("$exports"/{enrollment,gain,test,service,outcome,program,context}.csv) batch
    w=$1
    does 0 "check, as text" -v -C "$w" check "${all[@]}"
    does 0 "check, as CSV, logged as JSON" -v --log-format json -C "$w" check --csv "${all[@]}"
    does 0 "check, as JSON" -C "$w" check --format json "${all[@]}"
    does 3 "check on what is refused whole" -v -C "$w" check "$exports/headless.csv" "$exports/open-quote.csv"
    watched does 0 "import of five kinds" -v -C "$w" --jobs 2 import "${all[@]:2}"
    does 3 "import of what is refused whole" -v --log-format json -C "$w" import "$exports/headless.csv" "$exports/open-quote.csv"
    deliver "$w" "$exports/enrollment.csv" "$exports/gain.csv"
    does 0 "run, tried" -v -C "$w" run --dry-run
    watched does 0 "run" -v -C "$w" run
    does 0 "report" -v --log-format json -C "$w" report
    does 0 "release, tried" -v -C "$w" release --dry-run
    watched does 0 "release" -v -C "$w" release
    sed '/907660023/d; s/,ABE2,/,ABE3,/' "$exports/enrollment.csv" >"$w/inbox/enrollment.csv"
    watched does 0 "another night" -v --log-format json -C "$w" run
    batch=$(query "$w/skillgain.db" "SELECT max(id) FROM batch")
    watched does 0 "a batch taken back" -v -C "$w" import --undo "$batch"
    cp "$exports/broken.csv" "$w/inbox/enrollment.csv"
    does 4 "a night with a file that is held" -v -C "$w" run
    batch=$(query "$w/skillgain.db" "SELECT max(id) FROM batch")
    does 0 "the held file, accepted" -v -C "$w" import --accept "$batch"
    does 0 "status" -v -C "$w" status
    does 0 "status as JSON" -C "$w" status --json
    does 0 "quarantine" -v -C "$w" quarantine
    does 0 "quarantine as CSV" -C "$w" quarantine --csv
    does 0 "quarantine of everything" -v --log-format json -C "$w" quarantine --all
    does 0 "rules" -C "$w" rules
    cut -d, -f2 "$scratch/learners.csv" | head -n 5 >"$scratch/input"
    watched does 0 "forget" -v -C "$w" forget
    : >"$scratch/input"
    does 0 "report after it" -v -C "$w" report
}

# The same rows under other names and codes, so that crosswalks are written from what stands in the columns.
guessed=$scratch/guessed
mkdir "$guessed"
for kind in enrollment gain; do
    sed -E '1s/learner_id/Student Number/; 1s/start_date/Class Start/; 1s/gain_date/Gain Day/; 1s/sex/Gender/; 1s/iet/IET Participant/
        s/,female,/,F,/; s/,male,/,M,/; s/,(efl)?_?test,/,EFL Gain,/' "$exports/$kind.csv" >"$scratch/roster-$kind.csv"
done
does 0 "init from exports" -v init "$guessed/w" --from "$scratch/roster-enrollment.csv" --from "$scratch/roster-gain.csv"
check "codes are in the crosswalk, and how many were left out" grep -q "\"F\": female" -r "$guessed/w/crosswalks"
check "the names among them are not" grep -q 'more, of .* too rare' -r "$guessed/w/crosswalks"

w=$scratch/w
does 0 "init" -v init "$w"
name_agency "$w"
sed -i 's/^  max_quarantined:.*/  max_quarantined: 0.5/' "$w/skillgain.yaml"
sed -i '/^  dimensions:/,/single_parent\]/c\  dimensions: [race_ethnicity, sex]' "$w/skillgain.yaml"
goes_through "$w"
"$SKILLGAIN" -C "$w" quarantine --csv >"$scratch/refused.csv"
classes=$(awk -F, 'NR > 1 { print $4 }' "$scratch/refused.csv" | sort -u | tr '\n' ' ')
has_classes() { local rule; for rule in R101 R102 R103 R104 R201 R202 R203 R205 R207 R209 R210 R211; do [[ " $classes" = *" $rule "* ]] || { echo "no $rule in: $classes"; return 1; }; done; }
check "rows were refused for each kind of reason" has_classes
check "the learners of sound rows are in the store" test "$(query "$w/skillgain.db" "SELECT count(DISTINCT learner) FROM gain WHERE batch = (SELECT max(id) FROM batch WHERE kind = 'gain')")" -gt 30

# ---- an id is in no argument, environment or name of a process, while it is worked on
mkfifo "$scratch/pipe"
"$SKILLGAIN" -C "$w" forget <"$scratch/pipe" >"$said/forget.out" 2>"$said/forget.err" &
pid=$!
exec 9>"$scratch/pipe"
sed -n 6p "$scratch/learners.csv" | cut -d, -f2 >&9
mkdir "$scratch/process"
cat "/proc/$pid/cmdline" >"$scratch/process/cmdline"
cat "/proc/$pid/environ" >"$scratch/process/environ" 2>/dev/null
cat "/proc/$pid"/task/*/comm >"$scratch/process/comm"
exec 9>&-
wait "$pid"
check "the process was seen" grep -qa forget "$scratch/process/cmdline"
check "its arguments, environment and name hold no canary" none_in "$scratch/process"

# ---------------------------------------------------------------- nothing of it anywhere

check "something was said at every step" test "$(find "$said" -type f -size +0 | wc -l)" -ge 20
check "what was said and logged holds no canary" none_in "$said"
check "the workspace holds none: database, log, configuration, drafts, editions" \
    none_in "$w" -path "$w/inbox" -prune -o -path "$w/archive" -prune -o
check "nor does the one whose crosswalks were guessed" none_in "$guessed"
check "the archive holds the exports as they came" test -n "$(in_files "$w/archive")"
check "there are copies of a database in use, with its log" test -n "$(find "$snapshots" -name 'skillgain.db-wal' -o -name 'skillgain.db-journal')"
check "no copy that was taken meanwhile holds one" none_in "$snapshots"
names() { (cd "$w" && find . -path ./inbox -prune -o -path ./archive -prune -o -print) >"$scratch/names/all"; }
mkdir "$scratch/names"
names
check "no name of a file is one" none_in "$scratch/names"
days_of_birth() # as the store would have them, in any column of any table
{
    local day
    dump_store "$w/skillgain.db" >"$scratch/dump"
    [ -s "$scratch/dump" ] || return 1
    cut -d, -f5 "$scratch/learners.csv" | while read -r birth; do
        day=$(($(date -u -d "$birth" +%s) / 86400))
        grep -qE "=$day(\||\$)" "$scratch/dump" && echo "$birth is in the store"
    done | grep . && return 1
    return 0
}
check "the store has no birth date as a number of a day" days_of_birth

if [ -n "$tracing" ]; then
    "${tracer[@]}" -e trace=write -o "$calls/probe" \
        bash -c 'printf "%s" "$1" >"$2"; rm "$2"' - "$last" "$scratch/gone"
    check "the search finds what was written and removed again" test "$(in_calls "$calls/probe")" = "$calls/probe"
    rm "$calls/probe"
    check "every step was traced, with what it wrote" test "$(grep -lE '(write|pwrite64)\(' "$calls"/* | wc -l)" = "$step"
    check "no call wrote one, to no file or stream, also to none that is gone, nor named one" test -z "$(in_calls "$calls"/*)"
else
    skip "what was written and removed again" "strace is not installed or not allowed"
fi
finish
