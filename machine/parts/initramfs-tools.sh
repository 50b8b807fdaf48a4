# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=bash
# What makes an initramfs, as packages that a test unpacks in the guest.

part_needs=''

part_inputs() {
	input_files "$MACHINE/lib/rootfs.sh" "$MACHINE/initramfs"
}

part_build() {
	. "$MACHINE/lib/apt.sh"
	. "$MACHINE/lib/rootfs.sh"
	rootfs_download "$CACHE/apt/initramfs-tools" "$MACHINE/initramfs/packages"
	sed 's/#.*//' "$MACHINE/initramfs/packages" | while read -r name; do
		[ -z "$name" ] || cp "$CACHE/apt/initramfs-tools/debs/$name"_*.deb "$OUT/"
	done
}
