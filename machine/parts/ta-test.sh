# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=bash
# The trusted applications as a test image, which can be told to panic.

part_needs='keys optee-devkit wolfssl-ta'

part_inputs() {
	. "$MACHINE/lib/ta.sh"
	ta_inputs
}

part_build() {
	. "$MACHINE/lib/ta.sh"
	ta_build "$(need optee-devkit)" "$(need wolfssl-ta)" "$(need keys)" "$WORK" "$OUT" y
}
