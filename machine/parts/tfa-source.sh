# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=bash
# Trusted Firmware-A with Debian's patches.

part_needs=''

# How it is fetched does not matter to what it is.
part_inputs() {
	:
}

part_build() {
	. "$MACHINE/lib/apt.sh"
	. "$MACHINE/lib/source.sh"
	source_fetch arm-trusted-firmware 2.12 "$WORK/download" "$(apt_host_suite)" trixie forky sid
	source_unpack arm-trusted-firmware "$WORK/download" "$OUT/source"
	rm -rf "$WORK/download"
}
