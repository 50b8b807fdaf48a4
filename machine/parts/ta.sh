# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=bash
# The trusted applications: keeper and verifier.

part_needs='keys optee-devkit'

part_inputs() {
	. "$MACHINE/lib/ta.sh"
	ta_inputs
}

part_build() {
	. "$MACHINE/lib/ta.sh"
	ta_build "$(need optee-devkit)" "$(need keys)" "$WORK" "$OUT" n
}
