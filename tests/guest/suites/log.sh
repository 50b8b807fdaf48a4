#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Mode full: the tool's side of the log. What it prints with --json goes into the output
# behind "# json ", for tests/guest/json-check.
# shellcheck source=tests/guest/lib.sh
. /tests/guest/lib.sh
# shellcheck source=tests/guest/toollib.sh
. /tests/guest/toollib.sh
# shellcheck source=tests/guest/listlib.sh
. /tests/guest/listlib.sh
suite log

PLAIN=6000 SIG=6001 IMA=6004 OTHER_PCR=6006

# NAME LIST [OPTION...]
evmctl_refuses() {
	_what=$1
	shift
	if evmctl_takes "$@" 2>/dev/null; then
		not_ok "evmctl: $_what: refused" "$(cat /tmp/evmctl.log)"
	else
		ok "evmctl: $_what: refused"
	fi
}

status_suite() {
	json log status
	equal "status: as many entries as the kernel has" "$(cat "$COUNT")" "$(log_field entries)"
	equal "status: as many violations" "$(cat $SECFS/ima/violations)" "$(log_field violations)"
	matches "status: where the open segment begins" "$(log_field 'open segment')" \
		'^from entry [0-9]+ on, [0-9]+ entries, [0-9]+ bytes$'
	matches "status: secure memory" "$(log_field 'secure memory')" '^[1-9][0-9]+ bytes$'
	for pcr in 10 11; do
		matches "status: PCR $pcr, sha1" "$(log_field "PCR $pcr, sha1")" '^[0-9a-f]{40}$'
		matches "status: PCR $pcr, sha256" "$(log_field "PCR $pcr, sha256")" '^[0-9a-f]{64}$'
		matches "status: PCR $pcr, sha384" "$(log_field "PCR $pcr, sha384")" '^[0-9a-f]{96}$'
	done
	equal "status: no other PCR" 6 "$(imatee log status | grep -c '^PCR ')"
	before=$(log_field "PCR 10, sha256")
	measured "$FILES/one-more" $PLAIN
	equal "status: the next entry" "$(cat "$COUNT")" "$(log_field entries)"
	if [ "$before" != "$(log_field "PCR 10, sha256")" ]; then
		ok "status: the PCR is another"
	else
		not_ok "status: the PCR is another" "$before"
	fi
}

show_suite() {
	same_text "some entries"
	imatee log show >/tmp/shown
	works "show: as the list without a bank in its name" cmp /tmp/shown "$ASCII"
	matches "show: a file" "$(cat /tmp/shown)" "^10 [0-9a-f]{40} ima-ng sha256:[0-9a-f]{64} $FILES/a\$"
	json log show
	json log show --bank sha384
	exits "show: full disk" 9 "No space left" sh -c "imatee log show >/dev/full"
}

export_suite() {
	works "export: list and PCRs" export_all
	works "export: the kernel's list" cmp /tmp/list "$BINARY"
	equal "export: for its owner alone" "600 600" "$(stat -c %a /tmp/list /tmp/pcrs-1 | xargs)"
	equal "export: PCRs from 0 to 23" 24 "$(grep -Ec '^PCR-[0-9]{2}: [0-9a-f]{64}$' /tmp/pcrs-256)"
	equal "export: PCR 10" "PCR-10: $(log_field "PCR 10, sha1")" "$(grep PCR-10 /tmp/pcrs-1)"
	works "evmctl: takes it" evmctl_takes /tmp/list
	matches "evmctl: PCRs are the list's" "$(cat /tmp/evmctl.log)" '^Matched per TPM bank'
	size=$(wc -c </tmp/list)
	# the number of a PCR, a digest, the last file's name, its digest
	for offset in 0 4 $((size - 2)) $((size - 20)); do
		change /tmp/list "$offset"
		evmctl_refuses "byte $offset of $size changed" /tmp/changed
	done
	cp /tmp/list /tmp/before
	measured "$FILES/after" $PLAIN
	works "export: one more entry" export_all
	works "evmctl: takes that, too" evmctl_takes /tmp/list
	evmctl_refuses "a list before its PCRs" /tmp/before
	imatee log export >/tmp/piped
	works "export: to standard output" cmp /tmp/piped "$BINARY"
	imatee log export -b sha384 --pcrs /tmp/pcrs-384 -o /tmp/list384
	works "export: of another bank" cmp /tmp/list384 "${BINARY}_sha384"
	equal "export: PCRs of the list's bank" 24 "$(grep -c '^PCR-[0-9]*: [0-9a-f]\{96\}$' /tmp/pcrs-384)"
	json log export --output /tmp/list
	exits "export: no such directory" 9 "No such file" imatee log export -o /none/x
	exits "export: full disk" 9 "No space left" imatee log export -o /dev/full
}

# LIST KEY: what evmctl says of the only signature in a list
signature_is() {
	evmctl ima_measurement -v --verify-sig -k "$KEYS/$2.der" --pcrs sha1,/tmp/pcrs-1 "$1" 2>&1 |
		sed -n "s|^$FILES/signed: verification \\([a-zA-Z ]*\\).*|\\1|p"
}

file_signatures() {
	equal "evmctl: a signature in the list" "is OK" "$(signature_is /tmp/list ima-rsa2048)"
	equal "evmctl: by a key that it does not have" "failed" "$(signature_is /tmp/list ima-rsa4096)"
	_sig=$(getfattr --only-values -n security.ima "$FILES/signed" | od -An -v -tx1 | tr -d ' \n')
	_at=$(od -An -v -tx1 /tmp/list | tr -d ' \n' |
		awk -v sig="$_sig" '{ print int(index($0, sig) / 2) }')
	matches "export: the signature of the file" "$_at" "^[1-9]"
	change /tmp/list $((_at + 20))
	equal "evmctl: a signature that was changed" "failed" "$(signature_is /tmp/changed ima-rsa2048)"
}

violations() {
	new_file "$FILES/violated" $PLAIN
	exec 3<"$FILES/violated"
	exec 4>>"$FILES/violated"
	exec 4>&- 3<&-
	matches "show: a violation" "$(imatee log show | tail -n 1)" "^10 0{40} ima-ng .* $FILES/violated\$"
	same_text "a violation"
	json log show
	works "export: with a violation" export_all
	works "evmctl: takes it, if it is to ignore violations" \
		evmctl_takes /tmp/list --ignore-violations
	evmctl_refuses "a violation" /tmp/list
}

# What follows is for evmctl no more: it takes no list with the template ima among others.
ima_template() {
	measured "$FILES/ima" $IMA
	same_text "the template ima"
}

odd_names() {
	lines=$(imatee log show | wc -l)
	measured "$FILES/x
10 0000000000000000000000000000000000000000 ima-ng sha256:00 good" $PLAIN
	equal "show: a name of two lines is one line" $((lines + 1)) "$(imatee log show | wc -l)"
	matches "show: the line feed is a question mark" "$(imatee log show | tail -n 1)" \
		" $FILES/x\\?10_0{40}_ima-ng_sha256:00_good\$"
	json log show
}

busy() {
	while [ ! -e /tmp/enough ]; do
		measured "$FILES/busy" $PLAIN
	done &
	wrong=0
	for i in 1 2 3 4 5 6 7 8 9 10; do
		export_all >/tmp/out 2>&1 || wrong=$((wrong + 1))
	done
	: >/tmp/enough
	wait
	equal "export: while files are measured" 0 $wrong
	[ $wrong = 0 ] || cat /tmp/out
	matches "export: there were some" "$(imatee log show | grep -c "$FILES/busy\$")" '[0-9]{2}'
}

# NAME PATTERN LIST: shown by the kernel in the place of its own
lies() {
	mount -o bind "$3" "${BINARY}_sha256" || not_ok "$1: a mount"
	exits "show: $1" 8 "$2" imatee log show -b sha256
	rm -f /tmp/none
	exits "export: $1" 8 "$2" imatee log export -b sha256 -o /tmp/none
	equal "export: $1: writes nothing" no "$([ -e /tmp/none ] && echo yes || echo no)"
	json log show -b sha256
	umount "${BINARY}_sha256"
}

changed_lists() {
	imatee log export -b sha256 -o /tmp/old
	measured "$FILES/last" $PLAIN
	imatee log export -b sha256 -o /tmp/new
	lies "the last entry is missing" "list has [0-9]+ entries, the TEE's log [0-9]+" /tmp/old
	: >/tmp/empty
	lies "no list" "list has 0 entries" /tmp/empty
	change /tmp/new 4
	lies "a digest was changed" "entry 0 .* digest of what it says" /tmp/changed
	change /tmp/new 0
	lies "the PCR's number was changed" "not the TEE's log" /tmp/changed
	change /tmp/new 36
	lies "a length was changed" "^imatee: entry [0-9]+ of the kernel's list" /tmp/changed
	dd if=/dev/urandom of=/tmp/changed bs=1k count=100 2>/dev/null
	lies "noise" "entry 0 .* none that IMA makes" /tmp/changed
	exits "show: the kernel's own list again" 0 "$FILES/last\$" imatee log show -b sha256
}

usage() {
	exits "usage: unknown bank" 2 "no such bank: md5" imatee log show --bank md5
	exits "usage: PCRs of an unknown bank" 2 "no such bank in" imatee log export --pcrs md5,/tmp/x
	exits "usage: PCRs of a bank twice" 2 "names the bank sha1 twice" \
		imatee log export --pcrs sha1,/tmp/x --pcrs /tmp/y
	exits "usage: PCRs of more banks" 2 "not as many banks" \
		imatee log export --pcrs a --pcrs b --pcrs c --pcrs d
	exits "usage: JSON and the list" 2 "output is wanted" imatee log export --json
	exits "usage: status has no bank" 2 "not for the command" imatee log status --bank sha1
	exits "usage: half a command" 2 "no such command: log" imatee log
}

nobody() {
	exits "nobody: may not open the TEE" 5 "run as root" as_nobody imatee log status
	chmod 666 /dev/tee0
	exits "nobody: the TEE tells its PCRs" 0 "^PCR 10, sha256: " as_nobody imatee log status
	exits "nobody: may not read the list" 5 "run as root" as_nobody imatee log show
	chmod 600 /dev/tee0
}

start
load_policy \
	"measure func=FILE_CHECK mask=MAY_READ fowner=$PLAIN" \
	"measure func=FILE_CHECK mask=MAY_READ fowner=$SIG template=ima-sig" \
	"measure func=FILE_CHECK mask=MAY_READ fowner=$IMA template=ima" \
	"measure func=FILE_CHECK mask=MAY_READ fowner=$OTHER_PCR pcr=11" ||
	not_ok "the policy is loaded"
measured "$FILES/a" $PLAIN
measured "$FILES/other" $OTHER_PCR
new_file "$FILES/signed" 0
quiet_evmctl ima_sign -a sha256 -k "$KEYS/ima-rsa2048.key" "$FILES/signed"
chown $SIG "$FILES/signed"
cat "$FILES/signed" >/dev/null
measured "$FILES/b" $PLAIN

status_suite
show_suite
export_suite
file_signatures
violations
ima_template
odd_names
busy
changed_lists
usage
nobody
works "securityfs is unmounted" umount "$SECFS"
exits "show: without securityfs" 1 "securityfs is not mounted" imatee log show
finish
