# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=bash
# Our kernel with the kernel's own checkers and tests, for tests only.

part_needs='keys linux-source'

part_inputs() {
	. "$MACHINE/lib/linux.sh"
	linux_inputs debug
}

part_build() {
	. "$MACHINE/lib/linux.sh"
	linux_bring "$WORK" "$(need linux-source)" "$(need keys)" debug "$(basename "$OUT" .new)"
	linux_install "$WORK/object" "$OUT"
}
