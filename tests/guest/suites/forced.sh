#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# A kernel built with IMATEE_FORCE_MODE="verify" and booted with imatee.mode=off. One
# key of the TEE is on its .blacklist.
# shellcheck source=tests/guest/lib.sh
. /tests/guest/lib.sh
suite forced

stat_of() {
	sed -n "s/^$1: //p" "$TEE/stats"
}

matches "the command line says off" "$(cat /proc/cmdline)" "imatee.mode=off"
equal "mode" verify "$(cat "$TEE/mode")"
equal "state" sealed "$(tee_state state)"
matches "the kernel's log says so" "$(dmesg)" \
	'imatee.mode=off ignored, the kernel is built for verify'
refused "no key comes into .ima" EACCES sh -c \
	"keyctl padd asymmetric '' %keyring:.ima <$KEYS/late-p256.der"

equal "a key on .blacklist is held by the TEE" 1 "$(grep -c 'IMA RSA-3072' "$TEE/keys")"
equal "but not shown" "" "$(keyctl rdescribe %:.ima >/dev/null; keyctl show %:.ima | grep 'IMA RSA-3072')"
matches "and the kernel's log says why" "$(dmesg)" 'imatee: key [0-9]+ of ring 1 is not shown: -129'
start
appraise_files
signed_file "$FILES/good" ima-p256 evm-p256
signed_file "$FILES/barred" ima-rsa3072 evm-p256
verifications=$(stat_of verifications) lookups=$(stat_of lookups)
works "a file signed by another key is read" read_file "$FILES/good"
equal "it is the TEE that has verified both signatures" 2 \
	"$(($(stat_of verifications) - verifications))"
equal "and no key has left it for that" "$lookups" "$(stat_of lookups)"
tampered "$FILES/good" "$FILES/changed"
refused_for "the same, changed" "$FILES/changed" invalid-signature
refused "a file signed by the key on .blacklist" EACCES read_file "$FILES/barred"
matches "the kernel's log says so" "$(dmesg)" "imatee: key id:[0-9a-f]{8} is on the kernel's .blacklist"

OWNER=$MODULE_OWNER
load_policy "appraise func=MODULE_CHECK fowner=$OWNER appraise_type=imasig|modsig"
for key in ima-modsig ima-rsa3072; do
	append_signature /modules/imatee_victim.ko "$FILES/$key.ko" "$KEYS/$key.pem" "$KEYS/$key.key"
	chown "$OWNER" "$FILES/$key.ko"
done
works "a module signed by another key is loaded" insmod "$FILES/ima-modsig.ko"
rmmod imatee_victim
refused "one signed by the key on .blacklist" EACCES insmod "$FILES/ima-rsa3072.ko"
append_signature /modules/imatee_victim.ko "$FILES/both.ko" \
	"$KEYS/ima-rsa3072.pem" "$KEYS/ima-rsa3072.key" -noattr -nocerts -nosmimecap -md sha256 \
	-signer "$KEYS/ima-modsig.pem" -inkey "$KEYS/ima-modsig.key"
chown "$OWNER" "$FILES/both.ko"
works "one signed by both is loaded, for the other's sake" insmod "$FILES/both.ko"
rmmod imatee_victim
finish
