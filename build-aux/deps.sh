#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Installs by apt what is missing for a job, and nothing else: deps.sh JOB... (build, lint)
set -u
declare -A PACKAGES=(
    [build]="gcc libc6-dev pkg-config libsqlite3-dev libcsv-dev libgsl-dev libcmocka-dev libjansson-dev libyaml-dev
             libsodium-dev libssl-dev libxml2-dev zlib1g-dev libutf8proc-dev libxlsxwriter-dev sqlite3 unzip"
    [lint]="clang clang-tidy clang-format cppcheck libclang-rt-14-dev"
)

wanted=()
for job in "$@"; do
    read -r -d '' -a list <<<"${PACKAGES[$job]:?}"
    wanted+=("${list[@]}")
done

give_up()   # WHY
{
    {
        echo "skillgain cannot install what it needs: $1"
        echo "needed, by their Debian 12 names: ${wanted[*]}"
        [ ${#missing[@]} = 0 ] || echo "missing here: ${missing[*]}"
        echo "an administrator can type:"
        echo "    apt-get update && apt-get install --no-install-recommends ${missing[*]:-${wanted[*]}}"
    } >&2
    exit 1
}

missing=()
if ! command -v dpkg-query >/dev/null || ! command -v apt-get >/dev/null; then
    # Another system: what counts is whether a build would work.
    if sh "$(dirname -- "${BASH_SOURCE[0]}")/probe.sh" "${CC:-cc}" sqlite3 gsl cmocka jansson yaml-0.1 libsodium libcrypto \
        libxml-2.0 zlib libutf8proc xlsxwriter; then
        exit 0
    fi
    give_up "this system has no apt"
fi

is_installed()  # PACKAGE: itself, or one that provides it (pkgconf for pkg-config)
{
    dpkg-query -W -f '${db:Status-Status} ${Package} ${Provides}\n' 2>/dev/null |
        tr -d ',' | awk -v name="$1" '$1 == "installed" { for (i = 2; i <= NF; i++) if ($i == name) found = 1 }
            END { exit !found }'
}
for package in "${wanted[@]}"; do
    [ "$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null)" = installed ] || is_installed "$package" ||
        missing+=("$package")
done
[ ${#missing[@]} -gt 0 ] || exit 0

as_root=()
if [ "$(id -u)" != 0 ]; then
    command -v sudo >/dev/null || give_up "you are not root, and there is no sudo"
    as_root=(sudo)
    # Without a terminal nobody can type a password: fail rather than wait.
    [ -t 0 ] || as_root+=(-n)
    "${as_root[@]}" true || give_up "you are not root, and sudo does not let you"
fi
as_root+=(env DEBIAN_FRONTEND=noninteractive)
apt=("${as_root[@]}" apt-get -q -y -o DPkg::Lock::Timeout=300)

echo "installing: ${missing[*]}"
"${apt[@]}" update || echo "the package lists could not be renewed; trying with those that are here" >&2
"${apt[@]}" install --no-install-recommends "${missing[@]}" || give_up "apt-get failed; its messages are above"
