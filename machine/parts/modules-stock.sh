# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=bash
# The modules of the tests, for the stock kernel.

part_needs='keys linux-source linux-stock'
part_work=linux-stock

part_inputs() {
	. "$MACHINE/lib/modules.sh"
	modules_inputs
}

part_build() {
	. "$MACHINE/lib/linux.sh"
	. "$MACHINE/lib/modules.sh"
	modules_build "$WORK" "$(need linux-stock)" "$(need linux-source)" "$(need keys)" \
		"$WORK/test" "$OUT"
}
