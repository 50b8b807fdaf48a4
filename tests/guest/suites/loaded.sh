#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Mode verify, a kernel with IMA_LOAD_X509 and EVM_LOAD_X509: the certificates that
# it loads by itself went to the TEE, before the seal.
#
#	loaded.sh taken | refused
# shellcheck source=tests/guest/lib.sh
. /tests/guest/lib.sh
suite "loaded-$1"

CERTS=/helpers/certs

equal "state" sealed "$(tee_state state)"
equal "before init" "sealed before init" "$(tee_state reason)"
start
appraise_files
signed_file "$FILES/good" ima-p256 evm-p256
works "the built-in keys verify" read_file "$FILES/good"
cp "$CERTS/leaf.key" "$KEYS/added.key"
cp "$CERTS/evm.key" "$KEYS/added-evm.key"
signed_file "$FILES/loaded" added added-evm

if [ "$1" = taken ]; then
	equal "the TEE has the key of x509_ima.der" 1 \
		"$(grep -c '^ima .* added .*imatee test added' "$TEE/keys")"
	equal "and that of x509_evm.der" 1 \
		"$(grep -c '^evm .* added .*imatee test added-evm' "$TEE/keys")"
	matches "keyctl shows the one" "$(keyctl show %keyring:.ima)" 'imatee test added: '
	matches "and the other" "$(keyctl show %keyring:.evm)" 'imatee test added-evm: '
	matches "EVM checks with it" "$(cat "$EVM")" '^[2-7]$'
	works "a file signed with both is read" read_file "$FILES/loaded"
	equal "and runs" runs "$(outcome "$FILES/loaded")"
else
	equal "the TEE has neither key" 0 "$(grep -c ' added ' "$TEE/keys")"
	matches "mainline's message, with its errno" "$(dmesg)" \
		'integrity: Problem loading X.509 certificate -129'
	matches "and what to do" "$(dmesg)" 'imatee: no key added to .evm: .* built into the TEE'
	refused_for "a file whose attributes the one has signed" "$FILES/loaded" \
		invalid-fail-immutable
	signed_file "$FILES/ima-only" added evm-p256
	refused_for "a file that the other has signed" "$FILES/ima-only" invalid-signature
fi
finish
