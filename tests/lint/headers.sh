#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Each header compiles alone, under the flags of the build (HEADER_CFLAGS) by the compiler of the build (CC).
# shellcheck source=tests/lint/lib.sh
. "$(dirname -- "${BASH_SOURCE[0]}")/lib.sh"

while IFS= read -r file; do
    # shellcheck disable=SC2086 # the flags are words
    if ! log=$(printf '#include "%s"\nextern int not_empty;\n' "${file#*/}" |
        ${CC:-cc} ${HEADER_CFLAGS:?} -fsyntax-only -x c - 2>&1); then
        finding "$file:1: does not compile alone:"
        head -n 10 <<<"$log"
    fi
done < <(c_files include src tests | grep '\.h$')
finish
