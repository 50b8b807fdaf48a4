#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Mode keys, imatee.seal=user, in the initramfs: root seals by hand.
# shellcheck source=tests/guest/lib.sh
. /tests/guest/lib.sh
suite open-request

padd() {
	keyctl padd asymmetric "" "$(ring_serial .ima)" <"/helpers/certs/$1.der"
}

# TEXT: in one write, by a program that tells its error
put() {
	# shellcheck disable=SC2059 # the format is the text
	printf "$1" >/tmp/put
	cat /tmp/put >"$TEE/seal"
}

equal "for root only, and only to write" 200 "$(stat -c %a "$TEE/seal")"
for text in 0 2 11 y '1\n\n' '1 ' ' 1' '\n' yes; do
	refused "writing '$text'" EINVAL put "$text"
done
equal "state" attached "$(tee_state state)"
works "a key is added" padd added
works "writing 1" put 1
equal "state" sealed "$(tee_state state)"
equal "on request" "sealed on request" "$(tee_state reason)"
equal "seal, as the TEE says it" sealed "$(tee_state seal)"
refused "no more keys" EACCES padd no-ca
works "writing 1 again" put '1\n'
refused "writing 0" EINVAL put 0
equal "the key that came before stays" 1 "$(grep -c ' added ' "$TEE/keys")"
finish
