# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=bash
# What a board's boot firmware needs: OP-TEE with our trusted applications, these
# themselves, signed, and their sizes.

part_needs="keys optee-devkit$part_for ta$part_for optee-os$part_for optee-os-plain$part_for"
part_platforms=y

part_inputs() {
	. "$MACHINE/lib/platform.sh"
	. "$MACHINE/lib/board.sh"
	input_files "$MACHINE/lib/board.sh" "$MACHINE/board-report"
	[ -z "$part_platform" ] || board_inputs
	board_sign_inputs
	input_value "${TA_PUBLIC_KEY:+signed elsewhere}"
}

part_build() {
	. "$MACHINE/lib/platform.sh"
	. "$MACHINE/lib/board.sh"
	cp "$(need "optee-os$part_for")"/{tee*,conf.mk} "$(need "ta$part_for")"/*.stripped.elf "$OUT/"
	if [ -n "$part_platform" ]; then
		board_public_key "$(need keys)" >"$OUT/ta-sign.pub.pem"
	else
		openssl rsa -in "$(need keys)/private/ta-sign.pem" -pubout -out "$OUT/ta-sign.pub.pem"
	fi
	board_sign_tas "$(need "optee-devkit$part_for")" "$(need keys)" "$OUT"
	/usr/bin/python3 "$MACHINE/board-report" "${part_platform:-$REFERENCE_PLATFORM}" \
		"$OUT" "$(need "optee-os-plain$part_for")" >"$OUT/sizes"
}
