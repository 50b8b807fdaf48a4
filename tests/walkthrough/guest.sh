#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# The walk-through, as it runs in the guest: the same steps in each mode. Lines
# for the summary begin with "@"; tests/walkthrough/run turns them into a table.
# shellcheck source=tests/guest/lib.sh
. /tests/guest/lib.sh

step=0
mode=$(mode)
wrong=0

title() {
	step=$((step + 1))
	printf '\n%d. %s\n' "$step" "$1"
}

say() {
	printf '   %s\n' "$*"
}

# COMMAND...: show it with what it prints
show() {
	printf '   # %s\n' "$*"
	"$@" 2>&1 | sed 's/^/   | /'
}

# LABEL OUTCOME EXPECTED
record() {
	if [ "$2" = "$3" ]; then
		say "=> $2, as expected"
		echo "@$1|$2|ok"
	else
		say "=> $2, BUT EXPECTED: $3"
		echo "@$1|$2, expected $3|wrong"
		wrong=$((wrong + 1))
	fi
}

# EXPECTED-IN-OFF EXPECTED-IN-KEYS
by_mode() {
	case $mode in
	off | stock) echo "$1" ;;
	*) echo "$2" ;;
	esac
}

# FILE: run it and show what happened; sets $result
try() {
	result=$(outcome "$1")
	printf '   # %s\n' "$1"
	case $result in
	runs) say "| $("$1")" ;;
	refused) say "| Permission denied ($(cause_of "$1"))" ;;
	*) say "| $result" ;;
	esac
}

# FILE IMA-KEY EVM-KEY [IMA-KEYID EVM-KEYID]: copy "hello" and sign it
sign_program() {
	fresh "$1" "$HELPERS/hello"
	ima_sign "$1" "$2" ${4:+--keyid "$4"}
	evm_sign "$1" "$3" ${5:+--keyid "$5"}
}

show_keys() {
	title "The keys"
	if [ "$mode" != keys ]; then
		say "Stock Linux: an administrator loads certificates into kernel keyrings."
		load_keys || wrong=$((wrong + 1))
	else
		say "They are built into the TEE. The kernel shows them, and has none of them:"
		show grep -E '^(state|reason|attach_count|keys|version)' "$TEE/state"
	fi
	start_evm
	show keyctl show %keyring:.ima
	show keyctl show %keyring:.evm
	ima=$(keyctl rlist %keyring:.ima | wc -w)
	evm=$(keyctl rlist %keyring:.evm | wc -w)
	tee=$(grep -c 'asymmetri.*TEE\.' /proc/keys)
	say "$ima keys for IMA, $evm for EVM; $tee of the kernel's keys live in the TEE"
	record "keyctl shows the keys" "$ima + $evm keys" "7 + 2 keys"
}

run_files() {
	title "Programs are appraised"
	say "IMA policy: what belongs to user $OWNER runs with a valid signature only."
	load_policy "appraise func=BPRM_CHECK fowner=$OWNER appraise_type=imasig"
	show cat "$POLICY"

	title "A program signed with evmctl (security.ima and a portable security.evm)"
	sign_program "$FILES/signed" ima-p256 evm-p256
	try "$FILES/signed"
	record "signed program" "$result" runs

	title "The same program, one byte changed"
	tampered "$FILES/signed" "$FILES/tampered"
	try "$FILES/tampered"
	record "tampered program" "$result" refused

	title "Signed by a key that no keyring holds"
	sign_program "$FILES/unknown" late-p256 evm-p256
	try "$FILES/unknown"
	record "program of an unknown key" "$result" refused

	title "Not signed at all"
	fresh "$FILES/unsigned" "$HELPERS/hello"
	try "$FILES/unsigned"
	record "unsigned program" "$result" refused
}

add_key() {
	title "Adding a key to the running system"
	say "The test CA has signed this key's certificate, so stock Linux takes it."
	printf '   # keyctl padd asymmetric "" %%keyring:.ima < late-p256.der\n'
	if out=$(keyctl padd asymmetric "" %keyring:.ima <"$KEYS/late-p256.der" 2>&1); then
		result=added
	else
		result=refused
	fi
	say "| $out"
	record "adding a key" "$result" "$(by_mode added refused)"
	say "The program signed by it:"
	fresh "$FILES/late" "$FILES/unknown" && copy_signatures "$FILES/unknown" "$FILES/late"
	try "$FILES/late"
	record "program of that key" "$result" "$(by_mode runs refused)"
}

# LABEL ARGUMENT...: attack, run the attacker's program, undo the attack
attack() {
	label=$1
	shift
	printf '   # insmod imatee_attack.ko %s\n' "$*"
	if ! out=$(start_attack "$@" 2>&1); then
		record "$label" "attack failed: $out" "$(by_mode runs refused)"
		return
	fi
	try "$FILES/evil"
	stop_attack
	record "$label" "$result" "$(by_mode runs refused)"
}

attacks() {
	p256=$(keyid ima-p256)
	evm=$(keyid evm-p256)

	title "The attacker's program, before the attack"
	say "Signed with the attacker's key, which claims the ids $p256 and $evm."
	sign_program "$FILES/evil" attacker-p256 attacker-p256 "$p256" "$evm"
	try "$FILES/evil"
	record "attacker's program, no attack" "$result" refused

	title "Attack: write kernel memory, put the attacker's key into the keys with these ids"
	attack "attack: key material swapped" op=swap ring=.ima,.evm id="$p256,$evm" \
		cert="$KEYS/attacker-p256.der,$KEYS/attacker-p256.der"

	title "Attack: write kernel memory, link the attacker's key past the restriction"
	sign_program "$FILES/evil" attacker-p256 attacker-p256
	attack "attack: key linked into keyring" op=link ring=.ima,.evm \
		cert="$KEYS/attacker-p256.der,$KEYS/attacker-p256.der"

	title "Afterwards, the signed program"
	fresh "$FILES/again" "$FILES/signed" && copy_signatures "$FILES/signed" "$FILES/again"
	try "$FILES/again"
	record "signed program, afterwards" "$result" runs
}

suite walkthrough
printf '%s\n' "--- imatee.mode=$mode, Linux $(uname -r), ima_appraise=enforce ---"
show_keys
run_files
add_key
attacks
echo "@end|$wrong|$([ "$wrong" = 0 ] && echo ok || echo wrong)"
[ "$wrong" = 0 ]
