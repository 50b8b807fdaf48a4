# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=bash
# What trusted applications are built with: OP-TEE's libraries and headers.

part_needs='keys optee-source'
part_work=optee

part_inputs() {
	input_files "$MACHINE/lib/optee.sh"
	input_tools "${CROSS}gcc" "${CROSS}ld"
}

part_build() {
	. "$MACHINE/lib/optee.sh"
	copy_if_changed "$(need keys)/private/ta-sign.pem" "$WORK/object.sign.pem"
	optee_make "$(need optee-source)/source" "$WORK/object" ta_dev_kit
	cp -a "$WORK/object/export-ta_arm64/." "$OUT/"
}
