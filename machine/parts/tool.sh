# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=bash
# The tool imatee and libimatee, as they are installed.

part_needs='sysroot'

part_inputs() {
	. "$MACHINE/lib/tool.sh"
	input_files "$MACHINE/lib/tool.sh"
	tool_inputs
}

part_build() {
	. "$MACHINE/lib/tool.sh"
	tool_build "$(need sysroot)/root" "$WORK" "$OUT"
}
