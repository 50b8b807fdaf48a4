# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=bash
# OP-TEE OS without our trusted applications.

part_needs='keys optee-source'
part_work=optee

part_inputs() {
	input_files "$MACHINE/lib/optee.sh"
	input_tools "${CROSS}gcc" "${CROSS}ld"
}

part_build() {
	. "$MACHINE/lib/optee.sh"
	optee_image "$(need optee-source)/source" "$WORK/object" "$(need keys)" "$OUT"
}
