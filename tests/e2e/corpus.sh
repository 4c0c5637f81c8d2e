#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# The exports that go wrong are what their script makes of the cases, and what the program prints of a few adds up.
# shellcheck source=tests/e2e/lib.sh
. "$(dirname -- "${BASH_SOURCE[0]}")/lib.sh"
need iconv sqlite3

check "the script makes the committed files and the table anew" bash tests/corpus/make.sh "$scratch/made"
check "the files are the same to the byte" same_files "$scratch/made/exports" tests/corpus/exports
check "the table is the same" cmp "$scratch/made/expected.csv" tests/corpus/expected.csv
check "there are 300 of them and more" test "$(find tests/corpus/exports -type f | wc -l)" -ge 300

# Expected of a file, by the name of a column.
expected()      # FILE
{
    grep "^\"$1\"," tests/corpus/expected.csv
}

w=$scratch/office
new_workspace "$w"
cp tests/corpus/crosswalks/*.yaml "$w/crosswalks/"
sed -i '/^quality:/,/^[a-z]/ s/max_quarantined:.*/max_quarantined: 1/' "$w/skillgain.yaml"
grep -q '^quality:' "$w/skillgain.yaml" || echo 'quality: {max_quarantined: 1}' >>"$w/skillgain.yaml"

# In the database: read, stored, repeated, replaced, refused, dropped, of the newest batch of this name.
counts_kept()   # FILE
{
    query "$w/skillgain.db" "SELECT '\"' || n_read || '\",\"' || n_stored || '\",\"' || n_repeated || '\",\"' || n_replaced ||
        '\",\"' || n_quarantined || '\",\"' || n_dropped || '\"' FROM batch WHERE file_name = '$1' ORDER BY id DESC LIMIT 1"
}
for file in rows-replaced.csv lines-mixed.csv header-repeated.csv shape-ragged.csv quote-swallows-rows.csv id-missing-words.csv \
    file-packed-bad-row.csv.gz lines-blank-between.csv number-nan.csv code-iet-letter.csv; do
    run_program -C "$w" import "tests/corpus/exports/$file"
    kept=$(counts_kept "$file")
    check "$file: the database keeps the counts of the table" test -n "$kept"
    check "$file: and they are those of the table" grep -qF -- "$kept" <(expected "$file")
done
for file in file-workbook.csv file-zip.csv file-open-document.csv file-old-workbook.csv; do
    rm -f "$w"/inbox/*
    deliver "$w" "tests/corpus/exports/$file"
    expect_exit 3 "$file in the inbox is refused" -C "$w" run
    expect_message "$file: in plain words" "$file" "not text in columns" "save or unpack it as CSV"
done
finish
