#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Mode keys, imatee.seal=user: kexec out of the initramfs, with the TEE open. The
# next kernel finds it sealed, with the keys that were added.
#
#   in the initramfs, and once more in the second kernel, on the real root
# shellcheck source=tests/guest/lib.sh
. /tests/guest/lib.sh

ME=/tests/guest/suites/open-kexec.sh

first_kernel() {
	keyctl padd asymmetric "" %:.ima </helpers/certs/added.der >/dev/null
	mount -t ext4 /dev/vda /mnt
	tar -x -f /dev/vdb -C /mnt
	tee_state seal >/mnt/open-kexec
	umount /mnt
	kexec -s -l /kernel/Image --append="$(cat /proc/cmdline) imatee.resume=$ME"
	exec kexec -e
}

second_kernel() {
	suite open-kexec
	equal "the first kernel left it open" open "$(cat /open-kexec)"
	equal "second kernel: state" sealed "$(tee_state state)"
	equal "second kernel: why" "found sealed" "$(tee_state reason)"
	equal "second kernel: attach" 2 "$(tee_state attach_count)"
	matches "second kernel: the key is there" "$(cat "$TEE/keys")" ' added .*imatee test added'
	matches "second kernel: and shown" "$(keyctl show %:.ima)" 'imatee test added: '
	refused "second kernel: no key comes in" EACCES sh -c \
		"keyctl padd asymmetric '' %:.ima </helpers/certs/no-ca.der"
	finish
}

if [ -e /open-kexec ]; then
	second_kernel
else
	first_kernel
fi
