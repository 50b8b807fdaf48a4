# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=bash
# OP-TEE OS without our trusted applications.

. "$MACHINE/lib/optee-patches.sh"
part_source=$(optee_source_part)
part_needs="keys $part_source"
part_work=optee${part_platform:+-$part_platform}
part_platforms=y

part_inputs() {
	. "$MACHINE/lib/optee.sh"
	optee_inputs
	board_sign_inputs
}

part_build() {
	. "$MACHINE/lib/optee.sh"
	optee_image "$(need "$part_source")/source" "$WORK/object" "$(need keys)" "$OUT"
}
