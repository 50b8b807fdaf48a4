# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=bash
# OP-TEE OS with the trusted applications of "make bench-crypto", and none of ours.

part_needs='keys optee-patched ta-bench'
part_work=optee

part_inputs() {
	. "$MACHINE/lib/optee.sh"
	optee_inputs
}

part_build() {
	. "$MACHINE/lib/optee.sh"
	optee_image "$(need optee-patched)/source" "$WORK/object" "$(need keys)" "$OUT" \
		"$(need ta-bench)"/*.stripped.elf
}
