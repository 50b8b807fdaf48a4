# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=bash
# The modules of the tests, for the debug kernel, and those of the kernel's that
# do what it must find.

part_needs='keys linux-source linux-debug'
part_work=linux-debug

part_inputs() {
	. "$MACHINE/lib/modules.sh"
	modules_inputs
}

part_build() {
	. "$MACHINE/lib/linux.sh"
	. "$MACHINE/lib/modules.sh"
	linux_bring "$WORK" "$(need linux-source)" "$(need keys)" debug "$(basename "$(need linux-debug)")"
	modules_build "$WORK" "$(need keys)" "$OUT"
	cp "$WORK"/object/{lib/test_ubsan,mm/kasan/kasan_test_module,samples/kmemleak/kmemleak-test}.ko \
		"$OUT/"
}
