# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=bash
# OP-TEE OS with Debian's patches. 4.10 is the oldest release here: the keeper
# counts on TA_FLAG_INSTANCE_KEEP_CRASHED, which older ones ignore.

part_needs=''

# How it is fetched does not matter to what it is.
part_inputs() {
	:
}

part_build() {
	. "$MACHINE/lib/apt.sh"
	. "$MACHINE/lib/source.sh"
	source_fetch optee-os 4.10 "$WORK/download" "$(apt_host_suite)" trixie forky sid
	source_unpack optee-os "$WORK/download" "$OUT/source"
	rm -rf "$WORK/download"
}
