# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=bash
# OP-TEE OS as Debian has it, with our trusted applications linked in.

part_needs='keys optee-source ta'

part_inputs() {
	. "$MACHINE/lib/optee.sh"
	optee_inputs
}

part_build() {
	. "$MACHINE/lib/optee.sh"
	optee_image "$(need optee-source)/source" "$WORK/object" "$(need keys)" "$OUT" \
		"$(need ta)"/*.stripped.elf
}
