#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Words that promise later work, paths of one machine, sources without a licence line.
# shellcheck source=tests/lint/lib.sh
. "$(dirname -- "${BASH_SOURCE[0]}")/lib.sh"

# Written so that this file does not find itself.
promises='T[O]DO|F[I]XME|X[X]X|H[A]CK'
unfinished='not[ ]implemented|s[t]ub|for[ ]now'
machine='(^|[^A-Za-z0-9_.-])/([w]ork|[r]oot|home/[a-z]+|[t]mp/bash[_a-z]*)(/|[^A-Za-z0-9_-]|$)'

while IFS= read -r file; do
    case $file in LICENSE | tests/oracles/data/* | *.csv | *.png) continue ;; esac
    grep -Iq . "$file" || continue
    findings_of < <(grep -nwE "$promises" "$file" | sed "s,^\([0-9]*\):.*,$file:\1: a word that promises later work,")
    findings_of < <(grep -nE "$machine" "$file" | sed "s,^\([0-9]*\):.*,$file:\1: a path of one machine,")
    case $file in
    src/*.[ch] | include/*.h)
        findings_of < <(grep -nwiE "$unfinished" "$file" |
            sed "s,^\([0-9]*\):.*,$file:\1: a word that speaks of unfinished code,")
        ;;
    esac
    case $file in
    *.[ch] | *.sh | *.awk | Makefile | .ci/run)
        head -n 2 "$file" | grep -q 'SPDX-License-Identifier: GPL-3.0-or-later' ||
            finding "$file:1: no licence line (SPDX) in the first two lines"
        ;;
    esac
done < <(files)
finish
