#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# The example in reports/example/ is what the program writes for the sample, byte for byte. Where a change was meant, take it
# with `make golden-accept` and read the difference.
# shellcheck disable=SC2317 # functions are called by their names
# shellcheck source=tests/e2e/lib.sh
. "$(dirname -- "${BASH_SOURCE[0]}")/lib.sh"
# shellcheck source=tests/golden/example.sh
. "$project/tests/golden/example.sh"

check "the sample's night and release end well" write_example "$scratch/example"
for name in draft edition README.md; do
    check "reports/example/$name is what the program writes" same_files "$project/reports/example/$name" "$scratch/example/$name"
done
check "the example is not larger than 8 MB" test "$(du -s --apparent-size -k "$project/reports/example" | cut -f 1)" -le 8000
finish
