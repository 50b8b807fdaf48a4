#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Adding certificates to .ima and .evm with the tools that everybody has. In mode
# keys in the initramfs, before the seal (imatee.seal=user); in mode off and on a
# stock kernel whenever, where the same CA is trusted: the last column is what they
# answer, and where it differs it says why.
# shellcheck source=tests/guest/lib.sh
. /tests/guest/lib.sh
suite "add-$(mode)"

CERTS=/helpers/certs
IMA=$(ring_serial .ima)
EVMRING=$(ring_serial .evm)

#	certificate	TEE		mainline
cases() {
	cat <<-'EOT'
	added		ok		ok
	added		EEXIST		ok		# replaces the key by itself
	longest		ok		ok
	too-long	EFBIG		ok		# no limit
	forged		EKEYREJECTED	EINVAL		# RSA: so it calls wrong padding
	intermediate	ENOKEY		ENOKEY
	by-intermediate	ENOKEY		ENOKEY
	no-ca		ok		ok
	by-no-ca	ENOKEY		ENOKEY
	no-digsig	ENOKEY		ENOKEY
	no-skid		EBADMSG		ok		# no id: is found by nobody
	same-id		ENOTUNIQ	ok		# two keys with one id
	rsa1024		ENOPKG		ok		# too short
	ed25519		ENOPKG		ENOPKG
	trailing	EBADMSG		ok		# not looked at
	garbage		EBADMSG		EBADMSG
	empty		EINVAL		EINVAL
	EOT
}

# CERTIFICATE RING
padd() {
	keyctl padd asymmetric "" "$2" <"$CERTS/$1.der"
}

import() {
	evmctl import "$CERTS/$1.der" "$2"
}

# What a refusal must not change.
everything() {
	keyctl rlist "$IMA"
	keyctl rlist "$EVMRING"
	[ ! -e "$TEE/keys" ] || cat "$TEE/keys"
	[ "$(mode)" != keys ] || tee_state epoch
}

# CERTIFICATE EXPECTED
try() {
	before=$(everything)
	if [ "$2" = ok ]; then
		works "$1: added" padd "$1" "$IMA"
	else
		refused "$1" "$2" padd "$1" "$IMA"
		equal "$1: nothing has changed" "$before" "$(everything)"
	fi
}

# NUMBER OF KEYS
fill_evm() {
	n=$1
	while [ "$n" -lt 32 ]; do
		n=$((n + 1))
		padd "fill$n" "$EVMRING" >/dev/null || return
	done
}

case $(mode) in
keys) column=2 ;;
*)
	column=3
	load_keys
	;;
esac

cases | sed 's/#.*//' | awk -v c=$column '{ print $1, $c }' >/tmp/cases
while read -r cert expected; do
	try "$cert" "$expected"
done </tmp/cases

works "evmctl import" import added-evm "$EVMRING"
works "a full ring" fill_evm 3
if [ "$(mode)" = keys ]; then
	before=$(everything)
	refused "one more in a full ring" ENOSPC padd fill1 "$EVMRING"
	refused "one more in a full ring, with evmctl" ENOSPC import fill1 "$EVMRING"
	equal "one more in a full ring: nothing has changed" "$before" "$(everything)"
else
	works "one more" padd fill1 "$EVMRING"
	finish
fi

# --- a name that another key has would take its place
before=$(keyctl rlist "$IMA" | wc -w)
name=$(keyctl rdescribe "$(keyctl search "$IMA" asymmetric "id:$(keyid ima-p256)")" | sed 's/^[^:]*;//')
works "with the name of another key" sh -c \
	"keyctl padd asymmetric '$name' $IMA <$CERTS/fill33.der"
equal "the other key stays" $((before + 1)) "$(keyctl rlist "$IMA" | wc -w)"
matches "and the new one has its own name" "$(keyctl show "$IMA")" 'imatee test fill33: '

# --- the keyrings grow, and that is all
session=$(keyctl newring test @u)
own=$(padd by-intermediate "$session")
before=$(everything)
for ring in "$IMA" "$EVMRING"; do
	name=$(keyctl rdescribe "$ring" | sed 's/.*;//')
	key=$(keyctl rlist "$ring" | cut -d ' ' -f 1)
	refused "$name: another type" EPERM keyctl add user a b "$ring"
	refused "$name: a keyring" EPERM keyctl newring a "$ring"
	refused "$name: link a key" EPERM keyctl link "$own" "$ring"
	refused "$name: move a key in" EPERM keyctl move "$own" "$session" "$ring"
	refused "$name: request a key into it" EPERM keyctl request2 user a b "$ring"
	refused "$name: unlink" EPERM keyctl unlink "$key" "$ring"
	refused "$name: move a key out" EACCES keyctl move "$key" "$ring" "$session"
	refused "$name: clear" EPERM keyctl clear "$ring"
	refused "$name: revoke the keyring" EPERM keyctl revoke "$ring"
	refused "$name: revoke a key" EACCES keyctl revoke "$key"
	refused "$name: invalidate the keyring" EPERM keyctl invalidate "$ring"
	refused "$name: invalidate a key" EPERM keyctl invalidate "$key"
	refused "$name: timeout of the keyring" EACCES keyctl timeout "$ring" 1
	refused "$name: timeout of a key" EACCES keyctl timeout "$key" 1
	refused "$name: setperm the keyring" EACCES keyctl setperm "$ring" 0x3f3f3f3f
	refused "$name: setperm a key" EACCES keyctl setperm "$key" 0x3f3f3f3f
	refused "$name: chown" EACCES keyctl chown "$ring" "$OWNER"
	refused "$name: restrict" EACCES keyctl restrict_keyring "$ring"
	refused "$name: link a key elsewhere" EACCES keyctl link "$key" "$session"
	refused "$name: update a key" EACCES keyctl update "$key" x
done
refused ".platform: padd" EACCES padd added "$(ring_serial .platform)"
equal "nothing has changed" "$before" "$(everything)"

equal "the TEE is open" open "$(tee_state seal)"
matches "the keys are shown as added" "$(cat "$TEE/keys")" "^ima .* added .*imatee test added"
equal "as keys of the TEE" 4 "$(keyctl show "$IMA" | grep -Ec 'imatee test (added|longest|no-ca)|keyring: .ima')"
matches "the log tells what to do" "$(dmesg)" \
	'imatee: no key added to .ima: the certificate must be issued by a CA'
matches "the audit record tells the cause" "$(dmesg)" \
	'audit:.* op=imatee_add_key cause="?certificate-signature"? .*name="\.ima".* errno=-129'
finish
