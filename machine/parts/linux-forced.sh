# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=bash
# The same kernel as linux, with more of it decided at build time.

part_needs='keys linux-source'
part_work=linux

part_inputs() {
	. "$MACHINE/lib/linux.sh"
	linux_inputs forced
}

part_build() {
	. "$MACHINE/lib/linux.sh"
	linux_bring "$WORK" "$(need linux-source)" "$(need keys)" forced "$(basename "$OUT" .new)"
	linux_install "$WORK/object" "$OUT"
}
