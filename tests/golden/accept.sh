#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Takes the present output for the sample as the expected one: writes reports/example/ anew. Read the difference before you keep it.
set -u
cd "$(dirname -- "${BASH_SOURCE[0]}")/../.." || exit 1
: "${SKILLGAIN:?is the program whose output is taken}"
export LC_ALL=C TZ=UTC
# shellcheck source=tests/golden/example.sh
. tests/golden/example.sh
write_example reports/example || { echo "the example could not be made; reports/example is as it was" >&2; exit 1; }
echo "reports/example: $(find reports/example -type f | wc -l) files, $(du -s --apparent-size -k reports/example | cut -f 1) KiB"
