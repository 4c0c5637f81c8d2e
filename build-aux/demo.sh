#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# A night on the sample data, in a workspace made anew: demo.sh PROGRAM FOLDER. Ends with a draft and an edition.
set -u
cd "$(dirname -- "${BASH_SOURCE[0]}")/.." || exit 1
program=$1
folder=$2
case $program in */*) ;; *) program=./$program ;; esac

step()      # WHAT COMMAND...
{
    local what=$1 rc=0
    shift
    echo "== $what"
    echo "   $*"
    "$@" || rc=$?
    if [ "$rc" != 0 ]; then
        echo "the demo stopped at: $what (exit code $rc)" >&2
        exit "$rc"
    fi
}

# Only a folder that is a workspace, or empty, is emptied: nobody's own files.
if [ -e "$folder" ] && [ ! -e "$folder/skillgain.yaml" ] && [ -n "$(ls -A "$folder")" ]; then
    echo "'$folder' is not a workspace of the demo; remove it, or name another by BUILD_ROOT" >&2
    exit 2
fi
rm -rf -- "$folder" || exit 1
mkdir -p -- "$(dirname -- "$folder")" || exit 1

step "a new workspace" "$program" init "$folder"
step "the sample state's configuration" install -m 644 sample-data/workspace/skillgain.yaml "$folder/skillgain.yaml"
step "the sample state's key (made up and public)" install -m 600 sample-data/workspace/key "$folder/key"
step "the register of IET programs" "$program" -C "$folder" import --cutoff 2026-01-15 sample-data/exports/program.csv
step "tonight's exports" install -m 644 sample-data/exports/{enrollment,gain,test}.csv "$folder/inbox/"
step "the night: import, analyse, draft" "$program" -C "$folder" run
step "an edition for publication" "$program" -C "$folder" release

draft=$folder/output/drafts/latest/brief.html
edition=$(find "$folder/output/editions" -mindepth 1 -maxdepth 1 -type d ! -name '.*' | sort -V | tail -n 1)/brief.html
for brief in "$draft" "$edition"; do
    if [ ! -s "$brief" ]; then
        echo "the demo ended, but '$brief' is not there" >&2
        exit 1
    fi
done
echo
echo "the draft's brief (restricted: every count):       $draft"
echo "the edition's brief (fit for publication):         $edition"
for brief in "$draft" "$edition"; do
    echo "its tables and charts for a spreadsheet, beside it: ${brief%/*}/workbook.xlsx"
done
