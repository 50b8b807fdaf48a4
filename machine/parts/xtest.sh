# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=bash
# OP-TEE's own test suite, with its trusted applications signed by the key of
# this build.

part_needs='keys optee-source optee-devkit'

part_inputs() {
	input_files "$MACHINE/lib/xtest.sh" "$TOP/tests/xtest/resign.py"
}

part_build() {
	. "$MACHINE/lib/apt.sh"
	. "$MACHINE/lib/optee.sh"
	. "$MACHINE/lib/xtest.sh"
	xtest_fetch "$(optee_version "$(need optee-source)/source")" "$WORK/debs" \
		trixie forky sid
	xtest_tree "$WORK/debs" "$(need optee-devkit)" "$(need keys)/private/ta-sign.pem" \
		"$OUT/tree"
	rm -rf "$WORK/debs"
}
