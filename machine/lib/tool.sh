# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=bash
# Building libimatee and the tool for the guest.

TOOL_LIBDIR=/usr/lib/aarch64-linux-gnu
TOOL_TREES=(abi lib tools/imatee)
TOOL_VERSION=ta/src/version.h

tool_inputs() {
	local tree
	for tree in "${TOOL_TREES[@]}" $TOOL_VERSION; do
		input_files "$TOP/$tree"
	done
	input_tools "${CROSS}gcc" "${CROSS}ld"
}

# tool_version: of this release.
tool_version() {
	sed -n 's/^#define IMATEE_VERSION "\(.*\)"/\1/p' "$TOP/$TOOL_VERSION"
}

# tool_build SYSROOT WORK OUT: as they are installed, below OUT.
tool_build() {
	local sysroot=$1 work=$2 out=$3 tree common
	common=(CROSS_COMPILE="$CROSS" SYSROOT="$sysroot" LIBDIR="$TOOL_LIBDIR" DESTDIR="$out")
	for tree in "${TOOL_TREES[@]}"; do
		mkdir -p "$work/tree/$(dirname "$tree")"
		sync_tree "$TOP/$tree" "$work/tree/$tree"
	done
	mkdir -p "$work/tree/$(dirname $TOOL_VERSION)"
	copy_if_changed "$TOP/$TOOL_VERSION" "$work/tree/$TOOL_VERSION"
	make -C "$work/tree/lib" -j"$JOBS" O="$work/lib" "${common[@]}" install
	make -C "$work/tree/tools/imatee" -j"$JOBS" O="$work/imatee" LIB="$work/lib" \
		"${common[@]}" install
	"${CROSS}strip" --strip-unneeded "$out/usr/bin/imatee" "$out$TOOL_LIBDIR"/libimatee.so.0
	"${CROSS}strip" --strip-debug --enable-deterministic-archives "$out$TOOL_LIBDIR"/libimatee.a
}
