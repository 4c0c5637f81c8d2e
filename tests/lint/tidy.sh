#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# clang-tidy with the checks of .clang-tidy, TEST_JOBS files at a time, under the flags TIDY_CFLAGS.
# shellcheck source=tests/lint/lib.sh
. "$(dirname -- "${BASH_SOURCE[0]}")/lib.sh"

if ! command -v clang-tidy >/dev/null; then
    finding "clang-tidy is not installed; type 'make deps-lint'"
    finish
fi
export TIDY_CFLAGS=${TIDY_CFLAGS:?}
# shellcheck disable=SC2016 # expanded by the shell that xargs starts
findings_of < <(c_files src | grep '\.c$' | tr '\n' '\0' |
    xargs -0 -n 1 -P "${TEST_JOBS:-2}" bash -c 'clang-tidy --quiet "$1" -- $TIDY_CFLAGS 2>/dev/null' _ |
    grep -E '(warning|error):')
finish
