#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Stock kernel and mode off: everything that may be compared, on standard
# output. tests/guest/run demands that both say the same.
# shellcheck source=tests/guest/lib.sh
. /tests/guest/lib.sh
suite transcript >/dev/null

section() {
	printf '\n== %s ==\n' "$1"
}

# What differs from boot to boot: time stamps, serial numbers, process ids.
log() {
	dmesg | sed -e 's/^\[[^]]*\] //' |
		grep -Ei 'ima|evm|integrity|x\.?509|keyring|asymmetric|audit|modsig|platform' |
		grep -Evi 'imatee\.mode|command line|machine model|^random' |
		sed -e 's/audit([^)]*)/audit()/' -e 's/pid=[0-9]*/pid=/g' \
			-e 's/ino=[0-9]*/ino=/' -e 's/0x[0-9a-f]*/0x/g' \
			-e 's/[0-9]*K/K/g'
}

keys() {
	awk '{ $1 = ""; $3 = "N"; print }' /proc/keys | sort
}

section "keys at boot"
keys
section "EVM"
cat "$EVM"
echo
start
section "keys after loading"
keys
section "keyctl"
for ring in .ima .evm .platform .ima_blacklist; do
	keyctl rdescribe %keyring:$ring
	keyctl show %keyring:$ring | sed 's/^ *[0-9]* //'
done
section "adding what the CA has not signed"
keyctl padd asymmetric "" %keyring:.ima <"$KEYS/attacker-p256.der" 2>&1
section "verdicts"
appraise_files
for key in ima-rsa2048 ima-p384 late-p256 attacker-p256; do
	signed_file "$FILES/$key" $key evm-p256
	echo "$key $(outcome "$FILES/$key") $(cause_of "$FILES/$key")"
done
fresh "$FILES/unsigned" "$HELPERS/hello"
echo "unsigned $(outcome "$FILES/unsigned") $(cause_of "$FILES/unsigned")"
section "EVM"
cat "$EVM"
echo
sleep 1
# A thread of the kernel's own prints the audit records, so how they stand among
# the others is chance.
section "audit records"
log | grep '^audit: type='
section "kernel's log"
log | grep -v '^audit: type='
