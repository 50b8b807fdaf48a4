# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=bash
# An initramfs for the guest, whose init runs a script before it goes over to the
# root file system. No arm64 program runs while it is made.

part_needs='rootfs'

part_inputs() {
	input_files "$MACHINE/lib/initramfs.sh" "$MACHINE/lib/rootfs.sh" "$MACHINE/guest/initramfs"
	input_tools "${CROSS}readelf"
}

part_build() {
	. "$MACHINE/lib/rootfs.sh"
	. "$MACHINE/lib/initramfs.sh"
	initramfs_tree "$(need rootfs)/root.ext4" "$WORK/root" "$WORK/tree"
	initramfs_archive "$WORK/tree" "$OUT/initramfs.cpio"
	rm -rf "$WORK/root" "$WORK/tree"
}
