#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# initramfs-tools takes up the hook of the package imatee-initramfs. The initramfs
# goes out behind "# initrd ", in base64, for the next boot.
# shellcheck source=tests/guest/lib.sh
. /tests/guest/lib.sh
suite mkinitramfs

works "install" /usr/bin/dpkg -i /debs/imatee-initramfs_*.deb
mkdir -p /etc/imatee/keys/ima /etc/imatee/keys/evm
cp "$KEYS/late-p256.der" /etc/imatee/keys/ima/late.der
cp "$KEYS/attacker-p256.der" /etc/imatee/keys/evm/attacker.der
for deb in /initramfs-tools/*.deb; do
	/usr/bin/dpkg-deb -x "$deb" / || not_ok "unpack $deb"
done
# mkinitramfs wants find and others as they are in the packages, not the applets
ln -sf bash /usr/bin/sh
mkdir -p "/lib/modules/$(uname -r)" /etc/initramfs-tools/conf.d
printf 'MODULES=list\nCOMPRESS=gzip\n' >/etc/initramfs-tools/conf.d/test
works "make an initramfs" mkinitramfs -o /tmp/initrd "$(uname -r)"
mkdir -p /tmp/unpacked
works "unpack it" unmkinitramfs /tmp/initrd /tmp/unpacked
for file in usr/bin/keyctl usr/lib/imatee/load-keys scripts/init-premount/imatee; do
	works "the initramfs has $file" test -x /tmp/unpacked/$file
done
works "and the certificates" sh -c \
	'cmp /tmp/unpacked/etc/imatee/keys/ima/late.der /etc/imatee/keys/ima/late.der &&
	cmp /tmp/unpacked/etc/imatee/keys/evm/attacker.der /etc/imatee/keys/evm/attacker.der'
matches "and runs the script" "$(cat /tmp/unpacked/scripts/init-premount/ORDER)" \
	'^/scripts/init-premount/imatee '
ln -sf busybox /usr/bin/sh
matches "keyctl runs in it" "$(chroot /tmp/unpacked /usr/bin/keyctl --version 2>&1)" 'keyctl from'

base64 /tmp/initrd | sed 's/^/# initrd /'
finish
