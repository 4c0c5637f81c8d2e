# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=bash
# The example: what a night on the sample and a release of it write.

write_example() # FOLDER: anew, by SKILLGAIN
{
    local folder=$1 night
    night=$(mktemp -d) || return 1
    "$SKILLGAIN" init "$night/w" &&
        install -m 644 sample-data/workspace/skillgain.yaml "$night/w/skillgain.yaml" &&
        install -m 600 sample-data/workspace/key "$night/w/key" &&
        "$SKILLGAIN" -C "$night/w" import --cutoff 2026-01-15 sample-data/exports/program.csv &&
        install -m 644 -t "$night/w/inbox" sample-data/exports/{enrollment,gain,test}.csv &&
        "$SKILLGAIN" -C "$night/w" run && "$SKILLGAIN" -C "$night/w" release &&
        rm -rf -- "$folder" && mkdir -p -- "$folder" &&
        cp -rL "$night/w/output/drafts/latest" "$folder/draft" &&
        rm -- "$folder/draft/results.json" &&
        cp -r "$night/w/output/editions/2024-1" "$folder/edition" &&
        without_workbook "$folder/draft" && without_workbook "$folder/edition" &&
        write_example_readme "$folder/README.md" && chmod -R u=rwX,go=rX "$folder"
    local rc=$?
    rm -rf -- "$night"
    return "$rc"
}

# Its bytes depend on the versions of the libraries that write and pack it; tests/e2e/workbook.sh holds its cells against the other files.
without_workbook() # FOLDER
{
    rm -- "$1/workbook.xlsx" && sed -i '/  workbook\.xlsx$/d' "$1/SHA256SUMS"
}

write_example_readme() # FILE
{
    cat >"$1" <<'TEXT'
# An example of the output

**Everything here is about a made-up state.** No learner, college, program or figure in it is real; sample-data/README.md tells how it
was made and which differences were planted.

- `draft/` is what `skillgain run` writes for the exports in sample-data/. A draft shows every count, small groups too; a real one is for
  its agency alone. It can stand here because nobody is in it. Its results.json (10 MB, the content of results.csv and all counts) is
  left out; SHA256SUMS has its digest, which the test compares.
- `edition/` is what `skillgain release` makes of that draft for publication: small groups, and what they could be worked out from, are hidden.

- Each has a `workbook.xlsx`, which is left out here, with its line of SHA256SUMS: its bytes depend on the versions of the libraries that
  write it. It holds what tables/ and nrs/ hold; `make demo` makes one to look at.

Begin with `index.html` or `brief.md` of either. `make golden-accept` writes this folder anew; a test compares it byte for byte.
TEXT
}
