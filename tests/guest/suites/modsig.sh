#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# All modes alike: modules with an appended signature, under IMA's rule
# for them. (CONFIG_MODULE_SIG's own check is another matter, and not enforced
# on this machine.)
# shellcheck source=tests/guest/lib.sh
. /tests/guest/lib.sh
suite "modsig-$(mode)"

OWNER=$MODULE_OWNER
plain=/modules/imatee_victim.ko

load() {
	insmod "$1" && rmmod imatee_victim
}

start
load_policy "appraise func=MODULE_CHECK fowner=$OWNER appraise_type=imasig|modsig"

append_signature $plain "$FILES/good.ko" "$KEYS/ima-modsig.pem" "$KEYS/ima-modsig.key"
works "signed with ima-modsig" load "$FILES/good.ko"
append_signature $plain "$FILES/p384.ko" "$KEYS/ima-p384.pem" "$KEYS/ima-p384.key"
works "signed with ima-p384" load "$FILES/p384.ko"

# NAME KEY OPENSSL-OPTION...
signed() {
	_ko=$FILES/$1.ko _signer=$2
	shift 2
	append_signature $plain "$_ko" "$KEYS/$_signer.pem" "$KEYS/$_signer.key" "$@"
}

for key in ima-rsa2048 ima-rsa3072 ima-rsa4096 ima-p256 ima-p521; do
	for hash in sha256 sha512; do
		signed "$key-$hash" $key -noattr -nocerts -nosmimecap -md $hash
		works "signed with $key and $hash" load "$FILES/$key-$hash.ko"
	done
done
signed by-keyid ima-p256 -noattr -nocerts -nosmimecap -md sha256 -keyid
works "the signer named by key identifier" load "$FILES/by-keyid.ko"
signed with-cert ima-p256 -noattr -nosmimecap -md sha256
works "with the signer's certificate in the message" load "$FILES/with-cert.ko"
signed attributes ima-p256 -nocerts -nosmimecap -md sha256
refused "with signed attributes" EACCES insmod "$FILES/attributes.ko"
signed stranger attacker-p256 -noattr -nosmimecap -md sha256
refused "with an attacker's certificate in the message" EACCES insmod "$FILES/stranger.ko"
signed two ima-p256 -noattr -nocerts -nosmimecap -md sha256 \
	-signer "$KEYS/ima-rsa2048.pem" -inkey "$KEYS/ima-rsa2048.key"
works "with two signers" load "$FILES/two.ko"

# NAME KEY HASH KEY HASH [FILE]: by the second over another file, if there is one
by_two() {
	sign_message $plain /tmp/one.p7 "$KEYS/$2.pem" "$KEYS/$2.key" \
		-noattr -nocerts -nosmimecap -md "$3"
	sign_message "${6:-$plain}" /tmp/other.p7 "$KEYS/$4.pem" "$KEYS/$4.key" \
		-noattr -nocerts -nosmimecap -md "$5"
	merge_messages /tmp/one.p7 /tmp/other.p7 >/tmp/both.p7
	append_message $plain "$FILES/$1.ko" /tmp/both.p7
}

by_two hashes ima-p256 sha256 ima-rsa2048 sha512
works "with two signers, each with a hash of its own" load "$FILES/hashes.ko"
by_two unknown ima-p256 sha384 late-p256 sha256
works "with two signers, of whom one is unknown" load "$FILES/unknown.ko"
by_two nobody attacker-p256 sha256 late-p256 sha512
refused "with two signers that are unknown" EACCES insmod "$FILES/nobody.ko"
by_two broken ima-p256 sha256 ima-rsa2048 sha512 /bin/busybox
refused "with two signers, of whom one has signed something else" EACCES \
	insmod "$FILES/broken.ko"
fresh "$FILES/sign-file.ko" /modules/imatee_victim.signed
works "signed with the kernel's sign-file" load "$FILES/sign-file.ko"
for key in ima-rsa2048 ima-rsa3072 ima-rsa4096 ima-p256 ima-p384 ima-p521; do
	for name in $key $key-keyid; do
		fresh "$FILES/sign-file.ko" /modules/imatee_victim."$name"-signed
		works "signed with the kernel's sign-file and $name" load "$FILES/sign-file.ko"
	done
done
for name in late-p256 late-p256-keyid; do
	fresh "$FILES/sign-file.ko" /modules/imatee_victim."$name"-signed
	refused "signed with the kernel's sign-file and $name" EACCES insmod "$FILES/sign-file.ko"
done
case $(mode) in
verify | full)
	matches "the TEE was asked for each" "$(sed -n 's/^verifications: //p' "$TEE/stats")" \
		'^[1-9][0-9]+$'
	;;
esac

append_signature $plain "$FILES/attacker.ko" "$KEYS/attacker-rsa2048.pem" \
	"$KEYS/attacker-rsa2048.key"
refused "signed with an attacker's key" EACCES insmod "$FILES/attacker.ko"
append_signature $plain "$FILES/late.ko" "$KEYS/late-p256.pem" "$KEYS/late-p256.key"
refused "signed with a key that is in no ring" EACCES insmod "$FILES/late.ko"
append_signature $plain "$FILES/evm.ko" "$KEYS/evm-p256.pem" "$KEYS/evm-p256.key"
refused "signed with a key of .evm" EACCES insmod "$FILES/evm.ko"
append_signature $plain "$FILES/platform.ko" "$KEYS/platform-p256.pem" "$KEYS/platform-p256.key"
refused "signed with a key of .platform" EACCES insmod "$FILES/platform.ko"

fresh "$FILES/unsigned.ko" $plain
refused "not signed" EACCES insmod "$FILES/unsigned.ko"

cp $plain /tmp/changed.ko
printf X | dd of=/tmp/changed.ko bs=1 seek=1000 conv=notrunc 2>/dev/null
size=$(wc -c <$plain)
tail -c +$((size + 1)) "$FILES/good.ko" | cat /tmp/changed.ko - >"$FILES/changed.ko"
chown "$OWNER" "$FILES/changed.ko"
refused "changed after it was signed" EACCES insmod "$FILES/changed.ko"

# No appended signature but security.ima and security.evm
fresh "$FILES/imasig.ko" $plain
ima_sign "$FILES/imasig.ko" ima-p256
evm_sign "$FILES/imasig.ko" evm-p256
works "signed with evmctl" load "$FILES/imasig.ko"

# A key that IMA does not know makes it look at the appended signature.
fresh "$FILES/both.ko" "$FILES/good.ko"
ima_sign "$FILES/both.ko" late-p256
evm_sign "$FILES/both.ko" evm-p256
works "signed with evmctl by an unknown key, and with ima-modsig" load "$FILES/both.ko"
fresh "$FILES/noevm.ko" "$FILES/good.ko"
ima_sign "$FILES/noevm.ko" late-p256
refused "the same without security.evm" EACCES insmod "$FILES/noevm.ko"
finish
