#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# clang-format agrees with each file; `make format` is the remedy.
# shellcheck source=tests/lint/lib.sh
. "$(dirname -- "${BASH_SOURCE[0]}")/lib.sh"

if ! command -v clang-format >/dev/null; then
    finding "clang-format is not installed; type 'make deps-lint'"
    finish
fi
while IFS= read -r file; do
    # shellcheck disable=SC2016 # no expansion is meant
    clang-format --dry-run -Werror "$file" >/dev/null 2>&1 ||
        finding "$file:$(clang-format "$file" | diff "$file" - | sed -nE '1s/^([0-9]+).*/\1/p'): not as clang-format has it"
done < <(c_files include src tests sample-data)
finish
