# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=bash
# The trusted applications of "make bench-crypto": one crypto library each.

part_needs='optee-devkit crypto-ta'

part_inputs() {
	input_files "$TOP/tests/bench/ta" "$TOP/ta" "$TOP/abi"
	input_tools "${CROSS}gcc" "${CROSS}ld"
}

part_build() {
	local tree
	for tree in tests/bench/ta ta abi; do
		mkdir -p "$WORK/tree/$tree"
		sync_tree "$TOP/$tree" "$WORK/tree/$tree"
	done
	make -C "$WORK/tree/tests/bench/ta" TA_DEV_KIT_DIR="$(need optee-devkit)" \
		CRYPTO_DIR="$(need crypto-ta)" O="$WORK/object" CROSS_COMPILE="$CROSS" \
		PYTHON3=/usr/bin/python3 -j"$JOBS"
	cp "$WORK/object/"*.stripped.elf "$WORK/object/"*.map "$OUT/"
}
