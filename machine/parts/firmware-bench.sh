# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=bash
# The flash image with the trusted applications of "make bench-crypto".

part_needs='tfa-source optee-os-bench'
part_work=tfa

part_inputs() {
	input_files "$MACHINE/lib/tfa.sh" /usr/lib/u-boot/qemu_arm64/u-boot.bin
	input_tools "${CROSS}gcc" "${CROSS}ld"
}

part_build() {
	. "$MACHINE/lib/tfa.sh"
	tfa_flash "$(need tfa-source)/source" "$WORK" "$(need optee-os-bench)" "$OUT"
}
