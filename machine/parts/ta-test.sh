# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=bash
# The trusted applications as a test image, which can be told to panic, and has something
# that is revoked from the start.

part_needs='keys optee-devkit crypto-ta'

part_inputs() {
	. "$MACHINE/lib/ta.sh"
	ta_inputs
}

part_build() {
	. "$MACHINE/lib/ta.sh"
	rm -rf "$WORK/with-revoked"
	mkdir "$WORK/with-revoked"
	cp -r "$(need keys)/tee" "$WORK/with-revoked/tee"
	cp -r "$(need keys)/test-image/." "$WORK/with-revoked/tee/"
	ta_build "$(need optee-devkit)" "$(need crypto-ta)" "$WORK/with-revoked" "$WORK" "$OUT" y
}
