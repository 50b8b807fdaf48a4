# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=bash
# Building TF-A and the flash image.

UBOOT=/usr/lib/u-boot/qemu_arm64/u-boot.bin
FLASH_SIZE=64M
FLASH_FIP_KIB=256

# tfa_part PART: makes the part that is loaded one of flash images, with the OP-TEE of
# that part.
tfa_part() {
	tfa_optee=$1
	part_needs="tfa-source $tfa_optee"
	part_work=tfa

	part_inputs() {
		input_files "$MACHINE/lib/tfa.sh" "$UBOOT"
		input_tools "${CROSS}gcc" "${CROSS}ld"
	}

	part_build() {
		tfa_flash "$(need tfa-source)/source" "$WORK" "$(need "$tfa_optee")" "$OUT"
	}
}

# tfa_flash SOURCE WORK OPTEE OUT
tfa_flash() {
	local source=$1 work=$2 optee=$3 out=$4 plat=$2/object/qemu/release
	# TF-A builds its tools inside its source.
	if [ "$(cat "$work/pristine" 2>/dev/null)" != "$source" ]; then
		rm -rf "$work/source" "$work/object"
		cp -a "$source" "$work/source"
		echo "$source" >"$work/pristine"
	fi
	rm -rf "$work/bl32"
	cp -r "$optee" "$work/bl32"
	make -C "$work/source" -j"$JOBS" BUILD_BASE="$work/object" CROSS_COMPILE="$CROSS" \
		PLAT=qemu SPD=opteed QEMU_USE_GIC_DRIVER=QEMU_GICV3 BL32_RAM_LOCATION=tdram \
		BL32="$work/bl32/tee-header_v2.bin" \
		BL32_EXTRA1="$work/bl32/tee-pager_v2.bin" \
		BL32_EXTRA2="$work/bl32/tee-pageable_v2.bin" \
		BL33=$UBOOT all fip
	cp "$plat/bl1.bin" "$out/flash.bin"
	dd if="$plat/fip.bin" of="$out/flash.bin" bs=1K seek=$FLASH_FIP_KIB status=none
	truncate -s $FLASH_SIZE "$out/flash.bin"
}
