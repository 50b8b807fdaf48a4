#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Mode verify, a test image, which has a key in .ima and revokes it, and the digest of a
# file: from the start, and with no request. Suite "withdrawn-add" was in the initramfs.
# shellcheck source=tests/guest/lib.sh
. /tests/guest/lib.sh
suite withdrawn

DIGEST=$(echo "a file that is revoked from the start" | sha256sum | cut -d ' ' -f 1)

# FILE: the one whose digest is revoked
bad_file() {
	rm -f "$1"
	echo "a file that is revoked from the start" >"$1"
	chmod 755 "$1"
}

equal "a key and a digest are revoked" \
	"$(printf '%s\n' "bin:$DIGEST builtin" "$(spki_of withdrawn-p256) builtin")" \
	"$(sort "$TEE/revoked")"
equal "the TEE does not hold the key" 0 "$(grep -c 'withdrawn P-256' "$TEE/keys")"
refused "keyctl does not find it" ENOKEY \
	keyctl search "$(ring_serial .ima)" asymmetric "id:$(keyid withdrawn-p256)"

start
appraise_files
signed_file "$FILES/withdrawn" withdrawn-p256 evm-p256
refused_for "a file that it has signed" "$FILES/withdrawn" invalid-signature
signed_file "$FILES/good" ima-p256 evm-p256
works "a file that another key has signed" read_file "$FILES/good"
signed_file "$FILES/late" late-p256 evm-p256
works "a file that the added key has signed" read_file "$FILES/late"
bad_file "$FILES/bad"
ima_sign "$FILES/bad" ima-p256 && evm_sign "$FILES/bad" evm-p256
chown "$OWNER" "$FILES/bad"
refused_for "a file whose digest is revoked, and signed" "$FILES/bad" invalid-signature
bad_file "$FILES/hashed"
quiet_evmctl ima_hash -a sha256 "$FILES/hashed" && evm_sign "$FILES/hashed" evm-p256
chown "$OWNER" "$FILES/hashed"
refused_for "the same with a hash in the place of the signature" "$FILES/hashed" revoked-digest

OWNER=$MODULE_OWNER
load_policy "appraise func=MODULE_CHECK fowner=$OWNER appraise_type=imasig|modsig"
append_signature /modules/imatee_victim.ko "$FILES/withdrawn.ko" "$KEYS/withdrawn-p256.pem" \
	"$KEYS/withdrawn-p256.key"
refused "a module that it has signed" EACCES insmod "$FILES/withdrawn.ko"
append_signature /modules/imatee_victim.ko "$FILES/good.ko" "$KEYS/ima-p256.pem" \
	"$KEYS/ima-p256.key"
works "a module that another key has signed" insmod "$FILES/good.ko"
finish
