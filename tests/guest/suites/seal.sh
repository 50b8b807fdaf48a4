#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# All modes but off, after the seal: no system call of root changes the keyrings. The
# errno tells which wall stopped it:
#   EACCES  the keyring has no write (or setattr) permission, for anyone
#   EPERM   KEY_FLAG_KEEP: KEYCTL_INVALIDATE asks for search permission only; or
#           there is no authority to instantiate, which nobody ever gets
# shellcheck source=tests/guest/lib.sh
. /tests/guest/lib.sh
suite seal

late=$KEYS/late-p256.der

padd() {
	keyctl padd asymmetric "" "$1" <"$late"
}

import() {
	evmctl import "$late" "$1"
}

session=$(keyctl newring test @u)
own=$(padd "$session")

for name in .ima .evm .platform; do
	ring=$(ring_serial $name)
	key=$(keyctl rlist "$ring" | cut -d ' ' -f 1)
	before=$(keyctl rlist "$ring")
	refused "$name: padd" EACCES padd "$ring"
	refused "$name: evmctl import" EACCES import "$ring"
	refused "$name: a key of another type" EACCES keyctl add user a b "$ring"
	refused "$name: a keyring" EACCES keyctl newring a "$ring"
	refused "$name: request a key into it" EACCES keyctl request2 user a b "$ring"
	refused "$name: link" EACCES keyctl link "$own" "$ring"
	refused "$name: unlink" EACCES keyctl unlink "$key" "$ring"
	refused "$name: clear" EACCES keyctl clear "$ring"
	refused "$name: revoke the keyring" EACCES keyctl revoke "$ring"
	refused "$name: revoke a key" EACCES keyctl revoke "$key"
	refused "$name: invalidate the keyring" EPERM keyctl invalidate "$ring"
	refused "$name: invalidate a key" EPERM keyctl invalidate "$key"
	refused "$name: setperm the keyring" EACCES keyctl setperm "$ring" 0x3f3f3f3f
	refused "$name: setperm a key" EACCES keyctl setperm "$key" 0x3f3f3f3f
	refused "$name: chown the keyring" EACCES keyctl chown "$ring" "$OWNER"
	refused "$name: chgrp a key" EACCES keyctl chgrp "$key" "$OWNER"
	refused "$name: restrict" EACCES keyctl restrict_keyring "$ring"
	refused "$name: timeout of the keyring" EACCES keyctl timeout "$ring" 1
	refused "$name: timeout of a key" EACCES keyctl timeout "$key" 1
	refused "$name: move a key in" EACCES keyctl move "$own" "$session" "$ring"
	refused "$name: move a key out" EACCES keyctl move "$key" "$ring" "$session"
	refused "$name: link a key elsewhere" EACCES keyctl link "$key" "$session"
	refused "$name: update a key" EACCES keyctl update "$key" x
	refused "$name: instantiate a key" EPERM keyctl instantiate "$key" x "$ring"
	refused "$name: reject a key" EPERM keyctl reject "$key" 10 rejected "$ring"
	equal "$name is as it was" "$before" "$(keyctl rlist "$ring")"
done

start
appraise_files
signed_file "$FILES/late" late-p256 evm-p256
refused_for "the key that did not get in verifies nothing" "$FILES/late" invalid-signature
signed_file "$FILES/good" ima-p256 evm-p256
works "the keys that are in still verify" read_file "$FILES/good"
finish
