# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=bash
# The guest's root file system: Debian 13 arm64 packages, unpacked as they are,
# and our init. No arm64 program runs while it is made.

part_needs=''

part_inputs() {
	input_files "$MACHINE/lib/rootfs.sh" "$MACHINE/lib/dpkg.sh" "$MACHINE/guest/init" \
		"$MACHINE/guest/packages"
	input_tools mke2fs-version
}

mke2fs-version() {
	mke2fs -V 2>&1
}

part_build() {
	. "$MACHINE/lib/apt.sh"
	. "$MACHINE/lib/dpkg.sh"
	. "$MACHINE/lib/rootfs.sh"
	rootfs_download "$CACHE/apt/rootfs" "$MACHINE/guest/packages"
	rootfs_tree "$CACHE/apt/rootfs/debs" "$WORK/tree"
	rootfs_image "$WORK/tree" "$OUT/root.ext4"
	rm -rf "$WORK/tree"
}
