# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=bash
# What makes an initramfs, as packages that a test installs in the guest.

part_needs=''

part_inputs() {
	input_files "$MACHINE/lib/rootfs.sh" "$MACHINE/initramfs"
}

part_build() {
	. "$MACHINE/lib/apt.sh"
	. "$MACHINE/lib/rootfs.sh"
	rootfs_download "$CACHE/apt/initramfs-tools" "$MACHINE/initramfs/packages"
	cp "$CACHE/apt/initramfs-tools/debs"/*.deb "$OUT/"
}
