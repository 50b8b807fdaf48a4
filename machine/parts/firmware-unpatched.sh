# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=bash
# The flash image with an OP-TEE that has none of our patches.

part_needs='tfa-source optee-os-unpatched'
part_work=tfa

part_inputs() {
	input_files "$MACHINE/lib/tfa.sh" /usr/lib/u-boot/qemu_arm64/u-boot.bin
	input_tools "${CROSS}gcc" "${CROSS}ld"
}

part_build() {
	. "$MACHINE/lib/tfa.sh"
	tfa_flash "$(need tfa-source)/source" "$WORK" "$(need optee-os-unpatched)" "$OUT"
}
