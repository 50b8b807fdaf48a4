# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=bash
# Headers and libraries of the guest's architecture, to build its programs with:
# Debian 13 packages, unpacked below root/; debs/ keeps the packages themselves.

part_needs=''

part_inputs() {
	input_files "$MACHINE/lib/rootfs.sh" "$MACHINE/sysroot"
}

part_build() {
	. "$MACHINE/lib/apt.sh"
	. "$MACHINE/lib/rootfs.sh"
	local deb
	rootfs_download "$CACHE/apt/sysroot" "$MACHINE/sysroot/packages"
	# Not into OUT itself, which would take on the time of a package.
	mkdir "$OUT/root" "$OUT/debs"
	for deb in "$CACHE/apt/sysroot/debs"/*.deb; do
		dpkg-deb -x "$deb" "$OUT/root"
		cp "$deb" "$OUT/debs/"
	done
}
