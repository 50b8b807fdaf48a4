#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# dracut module: brings keyctl, the script that adds and seals, and the
# certificates of /etc/imatee/keys into the initramfs.

check() {
	require_binaries keyctl || return 1
	return 0
}

depends() {
	return 0
}

install() {
	local cert
	inst_multiple keyctl mount
	inst_script /usr/lib/imatee/load-keys
	for cert in "${dracutsysrootdir-}"/etc/imatee/keys/{ima,evm}/*.der; do
		[[ ! -e $cert ]] || inst_simple "${cert#"${dracutsysrootdir-}"}"
	done
	# Before udev starts: see load-keys-hook.sh.
	inst_hook pre-udev 10 "$moddir/load-keys-hook.sh"
}
