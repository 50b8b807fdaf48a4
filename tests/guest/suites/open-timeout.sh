#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Mode keys, imatee.seal=user imatee.seal_timeout=30, in an initramfs that never
# ends: it is sealed all the same.
# shellcheck source=tests/guest/lib.sh
. /tests/guest/lib.sh
suite open-timeout

padd() {
	keyctl padd asymmetric "" "$(ring_serial .ima)" <"/helpers/certs/$1.der"
}

# TEXT: when the kernel's log has it, in seconds
since() {
	dmesg | sed -n "s/^\[ *\([0-9]*\).*imatee: $1.*/\1/p"
}

equal "state" attached "$(tee_state state)"
equal "the TEE is open" open "$(tee_state seal)"
works "a key is added" padd added
n=0
while [ "$(tee_state state)" = attached ] && [ $n -lt 90 ]; do
	sleep 1
	n=$((n + 1))
done
equal "after a while: state" sealed "$(tee_state state)"
equal "by time-out" "sealed by time-out" "$(tee_state reason)"
equal "seal, as the TEE says it" sealed "$(tee_state seal)"
equal "this is still the initramfs" rootfs "$(awk '$2 == "/" { print $1 }' /proc/mounts)"
matches "it took the time-out" $(($(since 'keyrings sealed by') - $(since 'keys may be added'))) \
	'^(29|3[0-9])$'
refused "no more keys" EACCES padd no-ca
equal "the key that came before stays" 1 "$(grep -c ' added ' "$TEE/keys")"
finish
