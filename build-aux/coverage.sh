#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Lines and branches that the tests ran, by part and below 80 % by file: coverage.sh FOLDER-OF-THE-COV-VARIANT
set -u
folder=$1
find "$folder/obj/src" -name '*.gcda' -print0 | LC_ALL=C sort -z |
    xargs -0 -r gcov -b -n 2>/dev/null |
    awk '
    /^File / { file = $2; gsub("\047", "", file) }
    file !~ /^src\// { next }
    /^Lines executed:/ { split($0, a, /[:% ]+/); percent = a[3]; lines[file] = $NF; hit[file] = percent * $NF / 100 }
    /^Taken at least once:/ { split($0, a, /[:% ]+/); branches[file] = $NF; taken[file] = a[5] * $NF / 100 }
    END {
        for (file in lines) {
            split(file, path, "/"); part = path[2]
            n[part] += lines[file]; h[part] += hit[file]; b[part] += branches[file]; t[part] += taken[file]
            n["~all"] += lines[file]; h["~all"] += hit[file]; b["~all"] += branches[file]; t["~all"] += taken[file]
            if (lines[file] > 0 && hit[file] / lines[file] < 0.8)
                printf "  %-44s %5.1f %% of %d lines\n", file, 100 * hit[file] / lines[file], lines[file]
        }
        for (part in n)
            printf "%-12s lines %5.1f %% of %6d   branches %5.1f %% of %6d\n", part,
                n[part] ? 100 * h[part] / n[part] : 0, n[part], b[part] ? 100 * t[part] / b[part] : 0, b[part]
    }' | LC_ALL=C sort | sed 's/^~all/all /'
