#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Modes keys and verify: each way in which a stock kernel ends up accepting what the
# TEE has not said yes to. The suite "failopen-off" shows that they are ways.
# shellcheck source=tests/guest/lib.sh
. /tests/guest/lib.sh
suite "failopen-$(mode)"

# --- EVM accepts everything until a key is loaded, so it must be on already
equal "EVM is on before anyone says so" 2 "$(cat "$EVM")"

# --- an HMAC key would come from kernel memory
keyctl add user kmk "$(head -c 16 /dev/urandom | od -An -tx1 | tr -d ' \n')" @u >/dev/null
works "an encrypted key can be made" keyctl add encrypted evm-key "new user:kmk 64" @u
refused "but EVM does not take it" EPERM sh -c "echo 1 >$EVM"
equal "EVM is on for signatures only" 2 "$(cat "$EVM")"
start

# --- the kernel's build certificate enters .ima past the restriction
equal "nothing in .ima but the TEE's keys" 7 "$(keyctl rlist %keyring:.ima | wc -w)"
keyctl rlist %keyring:.ima | tr ' ' '\n' | grep . >/tmp/ima
while read -r key; do
	matches "a key of the TEE: $key" "$(grep -i "^$(printf %08x "$key") " /proc/keys)" ' TEE\.'
done </tmp/ima

# --- KEXEC_KERNEL_CHECK falls back to the kernel's .platform keyring
load_policy "appraise func=KEXEC_KERNEL_CHECK fowner=$OWNER appraise_type=imasig"

# FILE KEY [OPTION...]
kexec_image() {
	file=$1 key=$2
	shift 2
	fresh "$file" /kernel/Image
	ima_sign "$file" "$key" "$@"
	evm_sign "$file" evm-p256
}

load_image() {
	"$HELPERS/kexecload" "$1"
}

kexec_image "$FILES/Image" platform-p256
works "an image signed by a key of the TEE's platform ring" load_image "$FILES/Image"
kexec_image "$FILES/Image" ima-p256
works "an image signed by a key of the TEE's ima ring" load_image "$FILES/Image"
kexec_image "$FILES/Image" attacker-p256
refused "an attacker's image" EACCES load_image "$FILES/Image"
works "attack: a key linked into the kernel's .platform" start_attack \
	op=link ring=.platform cert="$KEYS/attacker-p256.der"
refused "the attacker's image, still" EACCES load_image "$FILES/Image"
stop_attack

# --- IMA takes "unknown" from EVM for a pass
appraise_files
fresh "$FILES/noevm" "$HELPERS/hello"
ima_sign "$FILES/noevm" ima-p256
refused_for "a file without security.evm" "$FILES/noevm" missing-HMAC

# --- version 1 signatures: their keys are no certificates
fresh "$FILES/v1" "$HELPERS/hello"
signed_file "$FILES/v2" ima-p256 evm-p256
value=$(signatures "$FILES/v2" | sed -n 's/^security.ima=0x03//p')
setfattr -n security.ima -v "0x0301${value#02}" "$FILES/v1"
evm_sign "$FILES/v1" evm-p256
refused_for "a version 1 signature" "$FILES/v1" invalid-signature
matches "the audit log says which version it was" "$(dmesg)" \
	'op=imatee cause=v1-signature-refused .*res=0'

# --- a key on the kernel's own blacklist stays refused, whatever the TEE says
signed_file "$FILES/black" ima-p384 evm-p256
works "before its key is blacklisted" read_file "$FILES/black"
works "a key is blacklisted" sh -c \
	"keyctl padd asymmetric '' %keyring:.ima_blacklist <$KEYS/ima-p384.der"
fresh "$FILES/black2" "$FILES/black" && copy_signatures "$FILES/black" "$FILES/black2"
refused_for "after its key is blacklisted" "$FILES/black2" invalid-signature
finish
