# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=bash
# Where things are, and how messages look. Sourced by every script here.

TOP=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
MACHINE=$TOP/machine
BUILD=$TOP/build
CROSS=aarch64-linux-gnu-

# The cache holds what other clones of the tree can use as it is. It is never
# needed: IMATEE_CACHE=none keeps everything inside the tree.
if [ "${IMATEE_CACHE:-}" = none ]; then
	CACHE=$BUILD/cache
else
	CACHE=${IMATEE_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/imatee}
fi
JOBS=${IMATEE_JOBS:-$(nproc)}

# Tools must speak one language, and a build must not see its caller's make.
export LC_ALL=C.UTF-8
unset MAKEFLAGS MFLAGS MAKELEVEL MAKEOVERRIDES

say() {
	printf '%s\n' "$*" >&2
}

die() {
	printf 'error: %s\n' "$*" >&2
	exit 1
}

# elapsed SECONDS: as minutes and seconds.
elapsed() {
	printf '%d:%02d' $(($1 / 60)) $(($1 % 60))
}
