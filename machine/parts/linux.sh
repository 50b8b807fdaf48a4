# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=bash
# The kernel, with our files and patches.

part_needs='keys linux-source'

part_inputs() {
	. "$MACHINE/lib/linux.sh"
	linux_inputs patched
}

part_build() {
	. "$MACHINE/lib/linux.sh"
	linux_bring "$WORK" "$(need linux-source)" "$(need keys)" patched "$(basename "$OUT" .new)"
	linux_install "$WORK/object" "$OUT"
}
