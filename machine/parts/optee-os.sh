# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=bash
# OP-TEE OS with our trusted applications linked in.

part_needs='keys optee-source ta'
part_work=optee

part_inputs() {
	input_files "$MACHINE/lib/optee.sh"
	input_tools "${CROSS}gcc" "${CROSS}ld"
}

part_build() {
	. "$MACHINE/lib/optee.sh"
	optee_image "$(need optee-source)/source" "$WORK/object" "$(need keys)" "$OUT" \
		"$(need ta)"/*.stripped.elf
}
