#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Mode keys, imatee.seal=user, in the initramfs: code of the real root is mapped by
# a program of the initramfs, without an exec that shows it.
# shellcheck source=tests/guest/lib.sh
. /tests/guest/lib.sh
suite open-map

root=$(sed 's/.*\<root=\([^ ]*\).*/\1/' /proc/cmdline)
loader=/lib/ld-linux-aarch64.so.1

works "the real root is mounted" mount -o ro -t ext4 "$root" /mnt
works "a program of it is read" sh -c 'cat /mnt/usr/bin/keyctl | wc -c'
equal "state" attached "$(tee_state state)"
works "a loader of the initramfs runs that program" $loader /mnt/usr/bin/keyctl --version
equal "state" sealed "$(tee_state state)"
equal "by that" "sealed at switch-root" "$(tee_state reason)"
refused "no more keys" EACCES sh -c "keyctl padd asymmetric '' %:.ima </helpers/certs/added.der"
umount /mnt
finish
