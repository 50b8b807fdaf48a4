# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=bash
# OP-TEE OS with our patches on top of Debian's; for a board with the user's on top.

part_needs=optee-source
part_platforms=y

part_inputs() {
	input_files "$MACHINE/lib/optee-patches.sh" "$TOP/optee/patches"
	[ -z "$part_platform" ] || input_value "${OPTEE_UNPATCHED:-}"
	[ -z "$part_platform" ] || input_files "$OPTEE_PATCHES"
}

part_build() {
	. "$MACHINE/lib/optee-patches.sh"
	# patch replaces a file instead of writing to it, so hard links do.
	cp -al "$(need optee-source)/source" "$OUT/source"
	if [ -z "$part_platform" ] || [ "${OPTEE_UNPATCHED:-}" != y ]; then
		optee_patch "$OUT/source"
	fi
	[ -z "$part_platform" ] || optee_patch_user "$OUT/source"
}
