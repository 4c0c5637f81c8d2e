#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Says in plain words what a build lacks: probe.sh COMPILER PACKAGE...
set -u
compiler=$1
shift
lacks()
{
    echo "cannot build: $1" >&2
    echo "type 'make deps', which installs what is missing on Debian and its kin" >&2
    exit 1
}

command -v "${compiler%% *}" >/dev/null || lacks "the compiler '$compiler' is not installed"
command -v ar >/dev/null || lacks "'ar' is not installed (package binutils)"
command -v pkg-config >/dev/null || lacks "'pkg-config' is not installed"
for package in "$@"; do
    pkg-config --exists "$package" || lacks "the library '$package' or its headers are not installed"
done
# libcsv has no pkg-config file: it is there if a call of it compiles and links.
folder=$(mktemp -d) || exit 1
trap 'rm -rf "$folder"' EXIT
printf '#include <csv.h>\nint main(void)\n{\n    struct csv_parser p;\n    return csv_init(&p, 0);\n}\n' >"$folder/probe.c"
# shellcheck disable=SC2086 # the compiler may come with words of its own
$compiler -o "$folder/probe" "$folder/probe.c" -lcsv 2>"$folder/log" ||
    lacks "a program that uses libcsv does not compile (package libcsv-dev)"
