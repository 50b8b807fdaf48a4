# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=bash
# Debian's Linux 6.12 source, unpacked: what an arm64 virtual machine needs of it.

part_needs=''

part_inputs() {
	input_files "$MACHINE/lib/linux-source.sh"
}

part_build() {
	. "$MACHINE/lib/apt.sh"
	. "$MACHINE/lib/linux-source.sh"
	linux_source_fetch "$WORK/download"
	linux_source_unpack "$WORK/download" "$OUT"
	rm -rf "$WORK/download"
}
