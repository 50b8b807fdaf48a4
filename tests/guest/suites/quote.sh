#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Mode full: quotes, and what verifies them: the tool, tpm2-tools and evmctl. What imatee
# prints with --json goes into the output behind "# json ", for tests/guest/json-check.
# shellcheck source=tests/guest/lib.sh
. /tests/guest/lib.sh
# shellcheck source=tests/guest/toollib.sh
. /tests/guest/toollib.sh
suite quote

COUNT=$SECFS/ima/runtime_measurements_count
PLAIN=6000 SIG=6001 OTHER_PCR=6006
AK=/tmp/ak.pem

# In a file, since what "works" runs is in a subshell.
new_nonce() {
	openssl rand -hex 16 >/tmp/nonce
}

nonce() {
	cat /tmp/nonce
}

# DIR [OPTION...]: a quote for a new nonce
new_quote() {
	_dir=$1
	shift
	new_nonce
	rm -rf "$_dir"
	imatee quote --nonce "$(nonce)" -o "$_dir" "$@" 2>/tmp/quote.err
}

# DIR [OPTION...]: this machine has no key of its own
verify() {
	_dir=$1
	shift
	imatee verify-quote --ak $AK --nonce "$(nonce)" --development "$@" "$_dir"
}

# NAME STATUS PATTERN DIR [OPTION...]
verifies() {
	_what=$1 _want=$2 _says=$3
	shift 3
	exits "verify-quote: $_what" "$_want" "$_says" verify "$@"
}

# DIR [KEY]
checkquote() {
	tpm2_checkquote -u "${2:-$AK}" -m "$1/quote.msg" -s "$1/quote.sig" \
		-f "$1/quote.pcrs" -g sha256 -q "$(nonce)"
}

# DIR BANK: a log that was not trimmed
evmctl_takes() {
	quiet_evmctl ima_measurement --pcrs "$2,$1/pcrs" --verify-sig \
		--key "$KEYS/ima-rsa2048.der" "$1/log"
}

# X and Y of the key. Both forms end with them, each behind its size in the second one.
point_of_pem() {
	openssl pkey -pubin -in $AK -outform DER | tail -c 64 | od -An -v -tx1 | tr -d ' \n'
}

point_of_pub() {
	{
		tail -c 66 /tmp/ak.pub | head -c 32
		tail -c 32 /tmp/ak.pub
	} | od -An -v -tx1 | tr -d ' \n'
}

keys_suite() {
	works "ak: the key" imatee ak -o $AK
	equal "ak: the same each time" "$(cat $AK)" "$(imatee ak --pem)"
	imatee ak --csr >/tmp/ak.csr
	works "ak: a request that it has signed" openssl req -in /tmp/ak.csr -verify -noout
	equal "ak: of the same key" "$(cat $AK)" "$(openssl req -in /tmp/ak.csr -pubkey -noout)"
	imatee ak --tpm2b -o /tmp/ak.pub
	works "ak: as tpm2-tools know keys" tpm2_print -t TPM2B_PUBLIC /tmp/ak.pub
	equal "ak: the same point" "$(point_of_pem)" "$(point_of_pub)"
	name=$(tail -c +3 /tmp/ak.pub | sha256sum | cut -d ' ' -f 1)
	matches "ak: its name is that of a TPM" "$(imatee ak --json 2>/dev/null)" "\"name\": \"000b$name\""
	matches "ak: the request's subject has it" "$(openssl req -in /tmp/ak.csr -subject -noout)" \
		"CN *= *imatee $(echo "$name" | cut -c 1-16)\$"
	exits "ak: says that it is anybody's" 0 "DEVELOPMENT" imatee ak
	json ak
}

files_suite() {
	works "quote: some entries" new_quote /tmp/q
	matches "quote: says that it proves nothing" "$(cat /tmp/quote.err)" "DEVELOPMENT"
	equal "quote: its files" "ak.pem ak.pub base binding checkpoint log pcrs quote.json quote.msg quote.pcrs quote.sig" \
		"$(cd /tmp/q && echo *)"
	equal "quote: for its owner alone" "600 700" \
		"$(stat -c %a /tmp/q/* /tmp/q | sort -u | xargs)"
	equal "quote: the key is the key" "$(cat $AK)" "$(cat /tmp/q/ak.pem)"
	works "quote: the list is the kernel's" cmp /tmp/q/log $SECFS/ima/binary_runtime_measurements
	matches "quote: the object" "$(cat /tmp/q/quote.json)" "^ *\"entries\": $(cat "$COUNT"),"
	json quote --nonce "$(nonce)" -o /tmp/json
	verifies "takes it" 0 "^entries: +$(cat "$COUNT"), verified from entry 0 on" /tmp/q
	checkquote /tmp/q >/tmp/checkquote.log 2>&1
	equal "tpm2_checkquote: takes it" 0 $?
	sed 's/^/# tpm2_checkquote: /' /tmp/checkquote.log
	works "evmctl: takes it" evmctl_takes /tmp/q sha256
	sed 's/^/# evmctl: /' /tmp/evmctl.log
	matches "evmctl: PCRs are the list's" "$(cat /tmp/evmctl.log)" '^Matched per TPM bank'
	echo "# $(evmctl --version 2>&1 | tail -n 1), $(tpm2_checkquote --version)"
	json verify-quote --ak $AK --nonce "$(nonce)" --development /tmp/q
	json verify-quote --ak $AK --nonce 00 --development /tmp/q
}

banks_suite() {
	for bank in sha1 sha384; do
		works "quote: $bank" new_quote /tmp/b --bank $bank
		verifies "takes $bank" 0 "^seal: +sealed" /tmp/b --bank $bank
		works "tpm2_checkquote: takes $bank" checkquote /tmp/b
	done
	new_quote /tmp/b --bank sha1
	works "evmctl: takes sha1" evmctl_takes /tmp/b sha1
	verifies "not sha1, unless it is wanted" 1 "rests on SHA-1" /tmp/b
}

refusals_suite() {
	exits "verify-quote: development" 1 "no key of its own" \
		imatee verify-quote --ak $AK --nonce "$(nonce)" --bank sha1 /tmp/b
	new_quote /tmp/q
	cp /tmp/nonce /tmp/good
	new_nonce
	verifies "another nonce" 1 "another nonce" /tmp/q
	refuses_quietly "tpm2_checkquote: another nonce" checkquote /tmp/q
	mv /tmp/good /tmp/nonce
	openssl ecparam -name prime256v1 -genkey -noout | openssl ec -pubout -out /tmp/other.pem 2>/dev/null
	exits "verify-quote: another key" 1 "has not signed" imatee verify-quote --ak /tmp/other.pem \
		--nonce "$(nonce)" --development /tmp/q
	refuses_quietly "tpm2_checkquote: another key" checkquote /tmp/q /tmp/other.pem
	# Byte 28 of the list is in the name of a template, of which no PCR knows.
	for case in "log 60 8 list" "log 4 8 list" "log 28 8 logged" "binding 24 1 binding" \
		"base 5 1 base" "quote.msg 70 1 signed" "quote.sig 40 1 signed" "quote.pcrs 145 1 PCRs"; do
		# shellcheck disable=SC2086 # words
		set -- $case
		rm -rf /tmp/c
		cp -r /tmp/q /tmp/c
		change "/tmp/q/$1" "$2"
		cp /tmp/changed "/tmp/c/$1"
		verifies "byte $2 of $1 changed" "$3" "$4" /tmp/c
	done
	verifies "the quote as it was" 0 "^kernel's mode: +full" /tmp/q
}

# NAME COMMAND...
refuses_quietly() {
	_name=$1
	shift
	if _out=$("$@" 2>&1); then
		not_ok "$_name: refused" "$_out"
	else
		ok "$_name: refused"
	fi
}

# MEMBER: of the verifier's state
state_has() {
	sed -n "s/^ *\"$1\": \"*\([0-9a-f]*\).*/\1/p" /tmp/state
}

# Quotes while files are measured; the verifier remembers.
busy() {
	rm -f /tmp/enough
	while [ ! -e /tmp/enough ]; do
		measured "$FILES/busy" $PLAIN
	done &
	wrong=0 first=0
	for i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
		if ! new_quote /tmp/busy || ! verify /tmp/busy --state /tmp/state >/tmp/out 2>&1; then
			wrong=$((wrong + 1))
			cat /tmp/quote.err /tmp/out
		fi
		[ $i != 20 ] || first=$(sed -n 's/.*verified from entry \([0-9]*\) on/\1/p' /tmp/out)
	done
	: >/tmp/enough
	wait
	equal "quote: 20 times while files are measured" 0 $wrong
	matches "verify-quote: only what is new" "$first" '^[1-9][0-9]+$'
	works "tpm2_checkquote: the last of them" checkquote /tmp/busy
	[ -n "${was_trimmed-}" ] || works "evmctl: the last of them" evmctl_takes /tmp/busy sha256
	new_quote /tmp/later
	verifies "goes on" 0 "verified from entry [1-9]" /tmp/later --state /tmp/state
	from=$(state_has boot_id):$(state_has entries)
	new_quote /tmp/part --from "$from"
	verifies "without the state, not a list of what is new" 11 "are missing" /tmp/part --state /tmp/none
	verifies "with it" 0 "verified from entry ${from#*:} on" /tmp/part --state /tmp/state
	new_quote /tmp/later
	cp /tmp/busy/log /tmp/later/log
	verifies "a list that ends too early" 11 "are missing|not in the list" /tmp/later --state /tmp/none
}

# What could not be hashed must not pass for allowed.
verifies_zeros() {
	echo "{\"policy\": 1, \"digests\": [\"sha256:$(printf %064d 0)\"]}" >/tmp/policy
	verifies "zeros are no digest" 9 "zeros" /tmp/q --policy /tmp/policy
}

policies() {
	new_quote /tmp/q
	cp "$KEYS/ima-rsa2048.pem" /tmp/signer.pem
	echo '{"policy": 1, "signers": ["signer.pem"], "pcrs": [11]}' >/tmp/policy
	verifies "a policy for a PCR" 10 "no signature" /tmp/q --policy /tmp/policy
	# as imatee-json(5) has it
	digests=$(imatee log show | grep -oE '(verity:)?sha256:[0-9a-f]*' | grep -v ':0*$' |
		sort -u | sed 's/.*/"&"/' | paste -sd , -)
	verifies_zeros
	echo "{\"policy\": 1, \"digests\": [$digests]}" >/tmp/policy
	verifies "all digests are allowed" 0 "^violations: +0" /tmp/q --policy /tmp/policy
	new_file "$FILES/signed-later" 0
	quiet_evmctl ima_sign -a sha256 -k "$KEYS/ima-rsa2048.key" "$FILES/signed-later"
	chown $SIG "$FILES/signed-later"
	cat "$FILES/signed-later" >/dev/null
	new_quote /tmp/q
	verifies "a file that is not" 10 "nor is its signer" /tmp/q --policy /tmp/policy
	echo "{\"policy\": 1, \"digests\": [$digests], \"signers\": [\"signer.pem\"]}" >/tmp/policy
	verifies "its signer is" 0 "^violations: +0" /tmp/q --policy /tmp/policy
	new_file "$FILES/violated" $PLAIN
	exec 3<"$FILES/violated"
	exec 4>>"$FILES/violated"
	exec 4>&- 3<&-
	new_quote /tmp/q
	verifies "a violation" 10 "a violation" /tmp/q --policy /tmp/policy
	verifies "without a policy" 0 "^violations: +1" /tmp/q
	# It is the last entry, and ends with the name of the file and a NUL. No PCR knows of it.
	change /tmp/q/log $(($(wc -c </tmp/q/log) - 2))
	rm -rf /tmp/c
	cp -r /tmp/q /tmp/c
	cp /tmp/changed /tmp/c/log
	verifies "a violation that names another file" 8 "is not what was logged" /tmp/c
}

# Trims what it has just quoted, until there is /tmp/enough.
trims_on() {
	while [ ! -e /tmp/enough ]; do
		measured "$FILES/trims-on" $PLAIN
		rm -rf /tmp/by-trimmer
		imatee quote --nonce 11 -o /tmp/by-trimmer &&
			imatee verify-quote --ak $AK --nonce 11 --development --receipt /tmp/its-receipt \
				--sign-key "$KEYS/receipt-p256.key" /tmp/by-trimmer &&
			imatee log trim /tmp/its-receipt && echo trimmed >>/tmp/trims
	done >/dev/null 2>&1
}

# The kernel answers ESTALE to who reads its list then, and the tool reads it again.
busy_trims() {
	rm -f /tmp/enough
	: >/tmp/trims
	trims_on &
	wrong=0
	for i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
		if ! new_quote /tmp/busy || ! verify /tmp/busy >/tmp/out 2>&1; then
			wrong=$((wrong + 1))
			echo "# quote $i: $(cat /tmp/quote.err /tmp/out)"
		fi
		if ! imatee log show >/tmp/shown 2>/tmp/out; then
			wrong=$((wrong + 1))
			echo "# log show $i: $(cat /tmp/out)"
		fi
	done
	: >/tmp/enough
	wait
	equal "quote, log show: 20 times while the log is trimmed" 0 $wrong
	matches "which it was meanwhile" "$(wc -l </tmp/trims)" '^ *([2-9]|[1-9][0-9]+)$'
}

trimmed() {
	new_quote /tmp/q
	works "a receipt" verify /tmp/q --state /tmp/state --receipt /tmp/receipt \
		--sign-key "$KEYS/receipt-p256.key"
	before=$(imatee log status | sed -n 's/^entries: *//p')
	exits "log trim" 0 "begins at entry $before, before it was 0" imatee log trim /tmp/receipt
	json log trim /tmp/receipt
	exits "log trim: once more" 0 "as before" imatee log trim /tmp/receipt
	measured "$FILES/after-trim" $PLAIN
	exits "log status: where it begins" 0 "^begins at entry: +$before\$" imatee log status
	equal "log show: what is left" 1 "$(imatee log show | wc -l)"
	works "log export: what is left" imatee log export -o /tmp/list
	json log status
	json log show
	new_quote /tmp/t
	verifies "goes on behind" 0 "verified from entry $before on" /tmp/t --state /tmp/state
	verifies "without a state" 0 "were trimmed" /tmp/t
	verifies "a state that never was" 11 "are missing" /tmp/t --state /tmp/none
	change /tmp/receipt 20
	exits "log trim: a receipt with another boot id" 1 "of another boot's log" imatee log trim /tmp/changed
	change /tmp/receipt $(($(wc -c </tmp/receipt) - 1))
	exits "log trim: a changed signature" 1 "no key .* for receipts" imatee log trim /tmp/changed
	verify /tmp/t --receipt /tmp/by-other --sign-key "$KEYS/ima-rsa2048.key" >/dev/null 2>&1
	exits "log trim: by somebody else" 1 "no key .* for receipts" imatee log trim /tmp/by-other
	head -c 2700 /dev/zero >/tmp/zeros
	exits "log trim: zeros" 1 "no receipt" imatee log trim /tmp/zeros
	exits "log trim: another file" 1 "no receipt" imatee log trim $AK
	json log trim /tmp/zeros
	was_trimmed=yes
	exits "log trim: nobody" 5 "run as root" as_nobody sh -c "imatee log trim $AK; imatee log show"
	busy
	busy_trims
}

usage() {
	mkdir -p /tmp/full/x
	exits "quote: a directory with something in it" 9 "not empty|exists" \
		imatee quote --nonce 00 -o /tmp/full
	equal "quote: and nothing else then" x "$(ls /tmp/full)"
	mkdir /tmp/empty.d
	exits "quote: an empty one" 0 "DEVELOPMENT" imatee quote --nonce 00 -o /tmp/empty.d/
	exits "quote: no such directory" 9 "No such file" imatee quote --nonce 00 -o /none/x
	exits "quote: no nonce" 2 "nonce is wanted" imatee quote -o /tmp/x
	exits "quote: no directory" 2 "output is wanted" imatee quote --nonce 00
	exits "quote: from nowhere" 2 "BOOT_ID:N" imatee quote --nonce 00 -o /tmp/x --from 5
	exits "quote: a long nonce" 2 "1 to 64 bytes" imatee quote -o /tmp/x --nonce "$(printf '%0130d' 0)"
	exits "ak: two forms" 2 "only one" imatee ak --pem --csr
}

# One quote and the key go to the host, as "# tar " and "# nonce ".
take_along() {
	new_quote /tmp/along
	cp $AK /tmp/along/the-key.pem
	tar -C /tmp -cz along | base64 | sed 's/^/# tar /'
	echo "# nonce $(nonce)"
}

start
load_policy \
	"measure func=FILE_CHECK mask=MAY_READ fowner=$PLAIN" \
	"measure func=FILE_CHECK mask=MAY_READ fowner=$SIG template=ima-sig" \
	"measure func=FILE_CHECK mask=MAY_READ fowner=$OTHER_PCR pcr=11" ||
	not_ok "the policy is loaded"
measured "$FILES/a" $PLAIN
measured "$FILES/other" $OTHER_PCR
new_file "$FILES/signed" 0
quiet_evmctl ima_sign -a sha256 -k "$KEYS/ima-rsa2048.key" "$FILES/signed"
chown $SIG "$FILES/signed"
cat "$FILES/signed" >/dev/null

keys_suite
files_suite
banks_suite
refusals_suite
busy
take_along
policies
[ ! -e "$TEE/trim" ] || trimmed
usage
finish
