#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Writes the second made-up state from tricky.txt: make_second_state.sh [FOLDER] (default: where it is committed)
set -eu
here=$(cd "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)/second_state
to=${1-$here}
export LC_ALL=C
terms=$(sed -n 's/^ *terms: \[\(.*\)\]$/\1/p' "$here/workspace/skillgain.yaml" | tr -d ,)
for part in enrollment gain service program expected levels; do
    awk -v part="$part" -v terms="$terms" -f "$here/../draw.awk" -f "$here/make.awk" "$here/tricky.txt" >"$to/$part.csv"
done
awk -v part=readme -v terms="$terms" -f "$here/../draw.awk" -f "$here/make.awk" "$here/tricky.txt" >"$to/README.md"
