# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=bash
# OP-TEE OS for a board, with the user's patches on top of Debian's.

part_needs=optee-source
part_platforms=y

part_inputs() {
	input_files "$OPTEE_PATCHES"
}

part_build() {
	. "$MACHINE/lib/board.sh"
	board_patch "$(need optee-source)/source" "$OUT/source"
}
