# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=bash
# wolfSSL with Debian's patches. Debian 12 has an older release.

part_needs=''

# How it is fetched does not matter to what it is.
part_inputs() {
	:
}

part_build() {
	. "$MACHINE/lib/apt.sh"
	. "$MACHINE/lib/source.sh"
	source_fetch wolfssl 5.7.2 "$WORK/download" "$(apt_host_suite)" trixie forky sid
	source_unpack wolfssl "$WORK/download" "$WORK/source"
	# The sources are some percent of it.
	mkdir -p "$OUT/source"
	cp -a "$WORK/source"/{COPYING,wolfcrypt,wolfssl} "$OUT/source/"
	rm -rf "$WORK/download" "$WORK/source"
}
