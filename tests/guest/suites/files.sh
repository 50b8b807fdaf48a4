#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# All modes alike: what is read and run, what is refused, and why.
# shellcheck source=tests/guest/lib.sh
. /tests/guest/lib.sh
suite "files-$(mode)"

start
appraise_files
good=$FILES/good
signed_file "$good" ima-p256 evm-p256
works "signed file is read" read_file "$good"
equal "signed program runs" runs "$(outcome "$good")"
refused "signed file is not written to" EACCES dd if=/dev/null of="$good" conv=notrunc

for key in ima-rsa2048 ima-rsa3072 ima-rsa4096 ima-p384 ima-p521; do
	signed_file "$FILES/$key" $key evm-rsa2048
	works "signed with $key" read_file "$FILES/$key"
done

tampered "$good" "$FILES/tampered"
refused_for "contents changed" "$FILES/tampered" invalid-signature
equal "program with its contents changed" refused "$(outcome "$FILES/tampered")"

signed_file "$FILES/unknown" late-p256 evm-p256
refused_for "security.ima by an unknown key" "$FILES/unknown" invalid-signature
signed_file "$FILES/ring" evm-p256 evm-p256
refused_for "security.ima by a key of .evm" "$FILES/ring" invalid-signature
fresh "$FILES/forged" "$HELPERS/hello"
ima_sign "$FILES/forged" attacker-p256 --keyid "$(keyid ima-p256)"
evm_sign "$FILES/forged" evm-p256
refused_for "security.ima by a key with another's id" "$FILES/forged" invalid-signature

fresh "$FILES/unsigned" "$HELPERS/hello"
refused_for "no signature" "$FILES/unsigned" IMA-signature-required
fresh "$FILES/noevm" "$HELPERS/hello"
ima_sign "$FILES/noevm" ima-p256
refused_for "no security.evm" "$FILES/noevm" missing-HMAC
signed_file "$FILES/evmkey" ima-p256 late-p256
refused_for "security.evm by an unknown key" "$FILES/evmkey" invalid-fail-immutable
signed_file "$FILES/evmring" ima-p256 ima-p256
refused_for "security.evm by a key of .ima" "$FILES/evmring" invalid-fail-immutable
fresh "$FILES/mode" "$HELPERS/hello"
chmod 700 "$FILES/mode"
copy_signatures "$good" "$FILES/mode"
refused_for "file mode is not the signed one" "$FILES/mode" invalid-fail-immutable
finish
