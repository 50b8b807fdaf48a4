#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Mode keys, after the seal: what callers inside the kernel can do to the TEE's
# keyrings. What returns an error returns EPERM; what returns nothing does nothing.
# (An attacker in the kernel needs no such interface: that is what tests/attack is
# about.)
# shellcheck source=tests/guest/lib.sh
. /tests/guest/lib.sh
suite caller

# RING KEY
call() {
	insmod /modules/imatee_caller.ko ring="$1" id="$(keyid "$2")" \
		cert="$KEYS/late-p256.der" && rmmod imatee_caller
}

# RING CALL: what the module has told of it
result() {
	dmesg | sed -n "s/.*caller: $1 $2 //p" | tail -n 1
}

EPERM=-1 EBADMSG=-74
for pair in .ima:ima-p256 .evm:evm-p256 .platform:platform-p256; do
	ring=${pair%:*}
	key=${pair#*:}
	before=$(keyctl show "%keyring:$ring")
	works "$ring: a caller" call "$ring" "$key"
	for name in key_create_or_update key_create key_create,bypass key_create,user \
		key_link key_link,same key_move,in key_move,out key_unlink \
		keyring_clear keyring_restrict; do
		equal "$ring: $name" $EPERM "$(result "$ring" $name)"
	done
	# not a write to the keyring: these two never come so far
	equal "$ring: key_update" -13 "$(result "$ring" key_update)"
	equal "$ring: key_instantiate_and_link" $EBADMSG "$(result "$ring" key_instantiate_and_link)"
	for name in key_set_timeout key_revoke key_invalidate key_revoke,ring key_invalidate,ring; do
		equal "$ring: $name" void "$(result "$ring" $name)"
	done
	sleep 2
	equal "$ring is as it was" "$before" "$(keyctl show "%keyring:$ring")"
done
equal "the keys are as they were" 10 "$(grep -c ' TEE\.' /proc/keys)"

start
appraise_files
signed_file "$FILES/good" ima-p256 evm-p256
works "the keys verify as ever" read_file "$FILES/good"
signed_file "$FILES/late" late-p256 evm-p256
refused_for "the caller's key verifies nothing" "$FILES/late" invalid-signature
finish
