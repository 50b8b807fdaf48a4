#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Carries out each row of the attack table (README.md) and compares the outcome
# with the column of this mode.
# shellcheck source=tests/guest/lib.sh
. /tests/guest/lib.sh
suite "attack-$(mode)"

TABLE=/tests/attack/README.md
EVIL=$FILES/evil
MODULE=$FILES/evil.ko

# ROW: what the table says for this mode
expected() {
	case $(mode) in
	stock | off) _column=4 ;;
	keys) _column=5 ;;
	verify) _column=6 ;;
	*) _column=7 ;;
	esac
	awk -F'|' -v row="$1" -v column=$_column '
		{ gsub(/ /, "", $2); gsub(/ /, "", $column) }
		$2 == row { print $column }' $TABLE
}

# IMA-KEY EVM-KEY [IMA-KEYID [EVM-KEYID]]: the attacker's program
evil_program() {
	fresh "$EVIL" "$HELPERS/hello"
	ima_sign "$EVIL" "$1" ${3:+--keyid "$3"}
	evm_sign "$EVIL" "$2" ${4:+--keyid "$4"}
}

program() {
	outcome "$EVIL"
}

# The verdict on a module is kept as well: each try takes a new copy.
module() {
	fresh "$MODULE.try" "$MODULE"
	if _out=$(insmod "$MODULE.try" 2>&1); then
		rmmod imatee_victim
		echo runs
	elif printf '%s\n' "$_out" | grep -Fq "$(errno_text EACCES)"; then
		echo refused
	else
		echo "unclear: $_out"
	fi
}

# ROW program|module ARGUMENT...: refused before, as the table says during,
# refused after
row() {
	row=$1 what=$2
	shift 2
	want=$(expected "$row")
	[ "$want" != none ] || return
	equal "$row: refused before" refused "$($what)"
	if ! start_attack "$@" 2>/tmp/attack.err; then
		not_ok "$row: $want" "the attack could not be carried out" \
			"$(cat /tmp/attack.err)" "$(dmesg | tail -n 5)"
		return
	fi
	equal "$row: $want" "$want" "$($what)"
	stop_attack
}

# ROW: after the attack is undone, a new copy, since a verdict may be kept
refused_after() {
	[ "$(expected "$1")" != none ] || return
	mv "$EVIL" "$EVIL.old"
	fresh "$EVIL" "$HELPERS/hello"
	copy_signatures "$EVIL.old" "$EVIL"
	equal "$1: refused after" refused "$(program)"
}

keyring_attacks() {
	ima=$(keyid ima-p256) evm=$(keyid evm-p256)
	cert=$KEYS/attacker-p256.der

	evil_program attacker-p256 evm-p256 "$ima"
	row swap-ima program op=swap ring=.ima id="$ima" cert="$cert"
	refused_after swap-ima
	evil_program ima-p256 attacker-p256 "" "$evm"
	row swap-evm program op=swap ring=.evm id="$evm" cert="$cert"
	refused_after swap-evm

	for how in link ring; do
		evil_program attacker-p256 evm-p256
		row $how-ima program op=$how ring=.ima cert="$cert"
		refused_after $how-ima
		evil_program ima-p256 attacker-p256
		row $how-evm program op=$how ring=.evm cert="$cert"
		refused_after $how-evm
	done
}

# A certificate that has the issuer and serial number of one of the system's,
# which is how PKCS#7 names its signer, and the attacker's key. (Not of the key
# that signs modules: that one CONFIG_MODULE_SIG knows by itself.)
lookalike() {
	issuer=$(openssl x509 -in "$KEYS/ima-rsa2048.pem" -noout -issuer -nameopt compat |
		sed 's/^issuer= *//')
	serial=$(openssl x509 -in "$KEYS/ima-rsa2048.pem" -noout -serial | sed 's/.*=//')
	openssl req -x509 -new -key "$KEYS/attacker-rsa2048.key" -subj "$issuer" \
		-set_serial "0x$serial" -days 30 -config /dev/null -out /tmp/lookalike.pem
}

module_attacks() {
	append_signature /modules/imatee_victim.ko "$MODULE" \
		"$KEYS/attacker-rsa2048.pem" "$KEYS/attacker-rsa2048.key"
	row modsig-link module op=link ring=.ima cert="$KEYS/attacker-rsa2048.der"
	equal "modsig-link: refused after" refused "$(module)"

	works "modsig-swap: a certificate that looks alike" lookalike
	append_signature /modules/imatee_victim.ko "$MODULE" \
		/tmp/lookalike.pem "$KEYS/attacker-rsa2048.key"
	row modsig-swap module op=swap ring=.ima id="$(keyid ima-rsa2048)" \
		cert="$KEYS/attacker-rsa2048.der"
	equal "modsig-swap: refused after" refused "$(module)"

	sign_message /modules/imatee_victim.ko /tmp/victim.p7 \
		"$KEYS/ima-p256.pem" "$KEYS/ima-p256.key"
	{
		cat /modules/imatee_victim.ko
		echo
	} >/tmp/changed.ko
	append_message /tmp/changed.ko "$MODULE" /tmp/victim.p7
	row modsig-crypto module op=crypto
	equal "modsig-crypto: refused after" refused "$(module)"
}

# A write that faults is an attack that fails before it begins.
mode_attacks() {
	[ "$(expected mode)" != none ] || return
	refused "mode: the page is read-only" EFAULT start_attack op=mode
	refused "way: the pages are read-only" EFAULT start_attack op=way
	evil_program attacker-p256 evm-p256
	row mode-alias program op=mode-alias,link ring=.ima cert="$KEYS/attacker-p256.der"
	refused_after mode-alias
}

other_attacks() {
	evil_program attacker-p256 evm-p256 "$(keyid ima-p256)"
	row race program op=race cert="$KEYS/attacker-p256.der"
	refused_after race
	row crypto program op=crypto
	refused_after crypto
	row appraise program op=appraise
	refused_after appraise
	row verdict program op=verdict file="$EVIL"
	refused_after verdict
}

LIST=$SECFS/ima/ascii_runtime_measurements
COUNT=$SECFS/ima/runtime_measurements_count
MEASURED=6000

# PATTERN: that has the kernel's log said of the list, and nothing else
said() {
	[ -n "$_said" ] && ! printf '%s\n' "$_said" | grep -Evxq "$1"
}

# PATTERN: what became of the entry, and "genuine" if nothing did. If the kernel's log
# has to say something of it, it is this.
entry() {
	dmesg -c >/dev/null
	cat $LIST >/tmp/list 2>/tmp/list.err
	_status=$?
	_said=$(dmesg | sed -n 's/.*measurement list: //p')
	if [ $_status != 0 ]; then
		grep -q "$(errno_text EBADMSG)" /tmp/list.err && said "$1" &&
			echo noticed || echo "unclear: $(cat /tmp/list.err) $_said"
	elif grep -q " $FILES/innocent\$" /tmp/list; then
		echo shown
	elif grep -q " $FILES/attacked\$" /tmp/list; then
		[ -z "$_said" ] && echo genuine || echo "unclear: $_said"
	else
		[ -z "$_said" ] && echo hidden || echo "unclear: $_said"
	fi
}

# NAME...: files of that name and content, which are measured
measure() {
	(
		cd "$FILES" || exit
		for name; do
			echo "$name" >"$name"
		done
		chown $MEASURED "$@"
		cat "$@" >/dev/null
	)
}

# ROW PATTERN: before, as the table says during, and after
list_row() {
	want=$(expected "$1")
	[ "$want" != none ] || return
	equal "$1: before" genuine "$(entry "$2")"
	works "$1: is carried out" start_attack op="$1"
	equal "$1: $want" "$want" "$(entry "$2")"
	equal "$1: $want, and again" "$want" "$(entry "$2")"
	stop_attack
	equal "$1: after" genuine "$(entry "$2")"
}

# Few entries are in the open segment; then there are enough for the first ones to be in
# one that is closed.
log_attacks() {
	measure attacked
	last=$(($(cat $COUNT) - 1))
	list_row log-open "entries 0 to $last were changed"
	list_row log-tail "entries $last to $last are missing"
	i=0
	set --
	while [ $i -lt 300 ]; do
		set -- "$@" "entry$i"
		i=$((i + 1))
	done
	measure "$@"
	list_row log 'entries [0-9]+ to [0-9]+ were changed'
	list_row log-head 'entries 0 to [0-9]+ are missing'
}

# CONTENT: measures the file to, which has it; whose digest is in the list?
logged() {
	cat "$FILES/to" >/dev/null
	_entry=$(tail -n 1 $LIST)
	for _row in "genuine $1" "shown from"; do
		_digest=$(echo "${_row#* }" | sha256sum | cut -d ' ' -f 1)
		case $_entry in
		*" sha256:$_digest $FILES/to")
			echo "${_row% *}"
			return
			;;
		esac
	done
	echo "unclear: $_entry"
}

# To IMA the file is not new, but has changed.
ticket_attack() {
	measure from to
	echo changed >"$FILES/to"
	equal "ticket: before" genuine "$(logged changed)"
	echo again >"$FILES/to"
	works "ticket: is carried out" start_attack op=ticket from="$FILES/from" file="$FILES/to"
	equal "ticket: $(expected ticket)" "$(expected ticket)" "$(logged again)"
	stop_attack
	echo after >"$FILES/to"
	equal "ticket: after" genuine "$(logged after)"
}

start
load_policy "appraise func=BPRM_CHECK fowner=$OWNER appraise_type=imasig" \
	"appraise func=MODULE_CHECK fowner=$OWNER appraise_type=imasig|modsig"
keyring_attacks
module_attacks
mode_attacks
other_attacks
load_policy "measure func=FILE_CHECK mask=MAY_READ fowner=$MEASURED"
log_attacks
ticket_attack

signed_file "$FILES/good" ima-p256 evm-p256
equal "afterwards a signed program still runs" runs "$(outcome "$FILES/good")"
finish
