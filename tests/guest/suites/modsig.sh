#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Modes off and keys alike: modules with an appended signature, under IMA's rule
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

append_signature $plain "$FILES/attacker.ko" "$KEYS/attacker-rsa2048.pem" \
	"$KEYS/attacker-rsa2048.key"
refused "signed with an attacker's key" EACCES insmod "$FILES/attacker.ko"
append_signature $plain "$FILES/late.ko" "$KEYS/late-p256.pem" "$KEYS/late-p256.key"
refused "signed with a key that is in no ring" EACCES insmod "$FILES/late.ko"
append_signature $plain "$FILES/evm.ko" "$KEYS/evm-p256.pem" "$KEYS/evm-p256.key"
refused "signed with a key of .evm" EACCES insmod "$FILES/evm.ko"

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
