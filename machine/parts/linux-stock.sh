# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=bash
# The same kernel without our files and patches, to compare with.

part_needs='keys linux-source'
part_work=linux

part_inputs() {
	. "$MACHINE/lib/linux.sh"
	linux_inputs stock
}

part_build() {
	. "$MACHINE/lib/linux.sh"
	linux_bring "$WORK" "$(need linux-source)" "$(need keys)" stock "$(basename "$OUT" .new)"
	linux_install "$WORK/object" "$OUT"
}
