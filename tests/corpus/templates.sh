# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=bash disable=SC2034,SC2154
# What the cases are made of, for make.sh: templates (a header, three good rows, a spare row that a case changes in one column)
# and exports that no template can give. Texts are as printf %b reads them.

declare -A head_of good_of row_of

template()      # NAME HEADER ROW: three good rows 001 to 003, the spare one 100; @ stands for the number
{
    local n
    head_of[$1]=$2
    good_of[$1]=
    for n in 001 002 003; do good_of[$1]+=${3//@/$n}'\n'; done
    row_of[$1]=${3//@/100}
}

# By the canonical crosswalks
template enr learner_id,college,start_date,end_date,contact_hours,iet,entering_level,sex @,01,2024-09-02,2024-12-13,40,no,ABE3,female
template note "${head_of[enr]},note" "@,01,2024-09-02,2024-12-13,40,no,ABE3,female,"
template ins "${head_of[enr]},section_id,instrument" "@,01,2024-09-02,2024-12-13,40,no,ABE3,female,S1,CASAS"
template birth "${head_of[enr]},birth_date" "@,01,2024-09-02,2024-12-13,40,no,ABE3,female,1990-05-17"
template age "${head_of[enr]},age" "@,01,2024-09-02,2024-12-13,40,no,ABE3,female,34"
template code "${head_of[enr]},low_income,race,employment_status,exit_reason,component" \
    "@,01,2024-09-02,2024-12-13,40,no,ABE3,female,no,white,employed,00,adult_education"
template gain learner_id,gain_date,gain_type,college,post_score,program_year @,2024-11-05,diploma,01,,2024
template test learner_id,test_date,instrument,form,subject,scale_score,level,college @,2024-11-05,TABE_11_12,13M,Reading,520,ABE3,01
template service learner_id,service_date,month,hours,college @,2024-11-05,,3,01
template outcome learner_id,outcome,outcome_date,quarter,value,credential_type,college @,employed_q2,,2024Q3,,,01
template program iet_program_id,college,name,start_date,end_date,seats,approved_from,intensity,research_based,occupational_materials,single_objectives,career_pathway,content_standards \
    W@,01,Welding,2024-09-02,2025-06-30,12,2024-08-01,yes,yes,yes,yes,yes,yes
template context college,program_year,labor_force @,2024,1000
# By the crosswalks in the manner of a vendor: US dates
template us "Site,Student ID,MSG Date,MSG Type" ALD,@,11/05/2024,HSE
template usenr "Site,Student ID,Class Start,Class End,Attendance Hours,IETP,Entry NRS Level,Gender" \
    "ALD,@,09/02/2024,12/13/2024,40,None,ABE Level 3,F"
# By those of tests/corpus/crosswalks
template eu Kennung,Kolleg,Beginn,Stand,Kurs @,01,02/09/2024,30/11/2024,A
template serial Identifiant,Ecole,Debut,Fin @,01,45537,45639
template stamp Alumno,Sede,Inicio "@,01,2024-09-02 00:00:00"
template minutes Schluessel,Tag,Minuten @,2024-11-05,180
template clock Schluessel,Tag,Dauer @,2024-11-05,3:00
template races "Student ID,Campus Code,Enroll Date,Race Codes" @,01,2024-09-02,A1
template named Nummer,Standort,Starttag @,01,2024-09-02

# ---------------------------------------------------------------- whole files

plain_export()
{
    printf '%s\n' "${head_of[enr]}"
    printf '%b' "${good_of[enr]}"
}

as_encoding()   # NAME: of standard input
{
    iconv -f UTF-8 -t "$1"
}

repeat()        # COUNT TEXT
{
    local once=$2 all='' n=$1
    for (( ; n > 0; n >>= 1)); do
        ((n & 1)) && all+=$once
        once+=$once
    done
    printf '%b' "$all"
}

little_endian() # NUMBER BYTES
{
    local i
    for ((i = 0; i < $2; i++)); do printf '%b' "\\x$(printf %02x $(($1 >> 8 * i & 255)))"; done
}

# Standard input as one member of a gzip file, stored and not compressed, so that no version of a compressor matters (RFC 1952).
as_gzip()
{
    local bytes byte crc=$((0xffffffff)) n=0 bit octal='' one
    bytes=$(od -An -v -tu1)
    for byte in $bytes; do
        printf -v one '\\0%o' "$byte"
        n=$((n + 1)) crc=$((crc ^ byte)) octal+=$one
        for bit in 1 2 3 4 5 6 7 8; do crc=$((crc & 1 ? crc >> 1 ^ 0xedb88320 : crc >> 1)); done
    done
    printf '\x1f\x8b\x08\0\0\0\0\0\0\x03\x01'
    little_endian $n 2
    little_endian $((n ^ 65535)) 2
    printf '%b' "$octal"
    little_endian $((crc ^ 0xffffffff)) 4
    little_endian $n 4
}

make_utf16_le() { printf '\xff\xfe'; plain_export | as_encoding UTF-16LE; }
make_utf16_be() { printf '\xfe\xff'; plain_export | sed 's/$/\r/' | as_encoding UTF-16BE; }
make_utf16_le_text() { printf '\xff\xfe'; { plain_export; printf 'M\xc3\xbcller\xf0\x9f\x8c\xb1,01,2024-09-02,2024-12-13,40,no,ABE3,female\n'; } | as_encoding UTF-16LE; }
make_utf16_le_no_mark() { plain_export | as_encoding UTF-16LE; }
make_utf16_be_no_mark() { plain_export | as_encoding UTF-16BE; }
make_utf16_odd() { make_utf16_le | head -c -1; }
make_utf16_cut_in_pair() { make_utf16_le; printf '\x3c\xd8'; }
make_utf16_lone_surrogate() { make_utf16_le; printf '\x00\xd8'; printf '4,01,2024-09-02,,40,no,ABE3,female\n' | as_encoding UTF-16LE; }
make_utf16_wrong_mark() { printf '\xfe\xff'; plain_export | as_encoding UTF-16LE; }
make_utf16_declared() { printf 'Kennzeichen,Datum,Zugewinn\n1,2024-11-05,Abschluss\n2,2024-11-05,Abschluss\n3,2024-11-05,Pr\xc3\xbcfung\n' | as_encoding UTF-16LE; }
make_utf32_le() { printf '\xff\xfe\0\0'; plain_export | as_encoding UTF-32LE; }
make_utf32_be() { printf '\0\0\xfe\xff'; plain_export | as_encoding UTF-32BE; }
make_ebcdic() { plain_export | as_encoding EBCDIC-US; }
make_shift_jis() { plain_export; printf '\x93\x8c\x8b\x9e,01,2024-09-02,2024-12-13,40,no,ABE3,female\n'; }
make_line_separators() { plain_export | sed -z 's/\n/\xe2\x80\xa8/g'; }
make_next_lines() { plain_export | sed -z 's/\n/\xc2\x85/g'; }
make_vertical_tabs() { plain_export | tr '\n' '\v'; }
make_lf_cr() { plain_export | sed -z 's/\n/\n\r/g'; }
make_cr_cr_lf() { plain_export | sed -z 's/\n/\r\r\n/g'; }
make_nul_padded() { plain_export; repeat 16 '\0'; }

make_gzip() { plain_export | as_gzip; }
make_gzip_members() { plain_export | head -n 2 | as_gzip; plain_export | tail -n 2 | as_gzip; }
make_gzip_bad_row() { { plain_export; printf '100,01,2024-02-30,,40,no,ABE3,female\n'; } | as_gzip; }
make_gzip_cut() { make_gzip | head -c 160; }
make_gzip_cut_in_trailer() { make_gzip | head -c -3; }
make_gzip_damaged() { make_gzip | sed '2s/female/femal\xff/'; }
make_gzip_damaged_block() { make_gzip | head -c 10; printf '\x07rest of it'; }
make_gzip_trailing_text() { make_gzip; printf 'more\n'; }
make_gzip_of_nothing() { : | as_gzip; }
make_gzip_of_gzip() { make_gzip | as_gzip; }
make_gzip_of_workbook() { make_workbook | as_gzip; }
make_gzip_header_only() { printf '\x1f\x8b\x08\0\0\0\0\0\0\x03'; }
make_gzip_two_bytes() { printf '\x1f\x8b'; }

# The first local header of a zip file named FILE, stored (APPNOTE.TXT 4.3.7), and some bytes of its content.
zip_of()        # FILE
{
    printf 'PK\x03\x04\x14\0\0\0\0\0\0\0\x21\x5a\0\0\0\0\x08\0\0\0\x08\0\0\0'
    little_endian ${#1} 2
    printf '\0\0%s<?xml ?>' "$1"
}
make_workbook() { zip_of '[Content_Types].xml'; }
make_open_document() { zip_of mimetype; }
make_zip() { zip_of enrollment.csv; plain_export; }
make_old_workbook() { printf '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1'; repeat 56 '\0'; }
make_tar()
{
    printf enrollment.csv; repeat 86 '\0'
    printf '0000644\0000000000\0000000000\000'
    printf '00000000600\00000000000000\000'
    repeat 101 ' '
    printf 'ustar'; repeat 250 '\0'
    plain_export
}

make_columns_2000() { wide_export 1992; }
make_columns_2001() { wide_export 1993; }
wide_export()   # COLUMNS: so many more than the template's
{
    local i row names=
    for ((i = 1; i <= $1; i++)); do names+=,x$i; done
    printf '%s%s\n' "${head_of[enr]}" "$names"
    for row in 001 002 003; do
        printf '%s' "${row_of[enr]/100/$row}"
        repeat "$1" ','
        printf '\n'
    done
}
field_export()  # BYTES: of a field in a column that nothing reads
{
    printf '%s,note\n' "${head_of[enr]}"
    printf '%b' "${good_of[note]}"
    printf '%s,' "${row_of[enr]}"
    repeat "$1" x
    printf '\n'
}
make_field_64k() { field_export 65536; }
make_field_64k_and_1() { field_export 65537; }
make_rows_1000() { plain_export; repeat 1000 '001,01,2024-09-02,2024-12-13,40,no,ABE3,female\n'; }
make_bad_rows_500() { plain_export; repeat 500 '100,01,2024-02-30,,40,no,ABE3,female\n'; }
make_blank_lines_1000() { plain_export; repeat 1000 '\n'; }
make_header_after_300_blank_lines() { repeat 300 '\n'; plain_export; }
make_long_header() { printf '%s' "${head_of[enr]}"; repeat 400 ',"a column with a long name that nobody asked for"'; printf '\n'; }
