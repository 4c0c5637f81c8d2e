#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Runs the checks named, all of them, and fails if one did: run.sh CHECK...
set -u
folder=$(dirname -- "${BASH_SOURCE[0]}")
failed=()
for check in "$@"; do
    if bash "$folder/$check.sh"; then
        echo "lint $check: clean"
    else
        echo "lint $check: FAILED"
        failed+=("$check")
    fi
done
[ ${#failed[@]} = 0 ] || echo "lint: ${failed[*]} failed" >&2
[ ${#failed[@]} = 0 ]
