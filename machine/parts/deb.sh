# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=bash
# Debian 13 packages: imatee, libimatee0, libimatee-dev, imatee-initramfs.

part_needs='sysroot tool'

part_inputs() {
	input_files "$MACHINE/lib/deb.sh" "$MACHINE/lib/dpkg.sh" "$MACHINE/lib/tool.sh" "$TOP/docs/man" \
		"$TOP/docs/initramfs.md" "$TOP/integration" "$TOP/ta/src/version.h"
	input_tools dpkg-deb
}

part_build() {
	. "$MACHINE/lib/dpkg.sh"
	. "$MACHINE/lib/tool.sh"
	. "$MACHINE/lib/deb.sh"
	deb_build "$(need tool)" "$(need sysroot)" "$WORK" "$OUT"
}
