# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=bash
# The modules of the tests, for the stock kernel.

part_needs='keys linux-source linux-stock'
part_work=linux

part_inputs() {
	. "$MACHINE/lib/modules.sh"
	modules_inputs
}

part_build() {
	. "$MACHINE/lib/linux.sh"
	. "$MACHINE/lib/modules.sh"
	linux_bring "$WORK" "$(need linux-source)" "$(need keys)" stock "$(basename "$(need linux-stock)")"
	modules_build "$WORK" "$(need keys)" "$OUT"
}
