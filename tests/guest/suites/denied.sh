#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Mode full, a test image: the TEE is busy, or has no memory, when something is to be
# measured. Who wants a file is denied, at once, and measured at the next try. What
# nobody can deny the kernel brings again, for a second; then nothing verifies any more.
# shellcheck source=tests/guest/lib.sh
. /tests/guest/lib.sh
# shellcheck source=tests/guest/listlib.sh
. /tests/guest/listlib.sh
# shellcheck source=tests/guest/faultlib.sh
. /tests/guest/faultlib.sh
suite denied

# What a signature with such a key id brings about: see imatee_abi.h.
HASH_ONCE=7e570006 HASH=7e570007
READ=6000 RUN=6001 WRITTEN=6002 MODULE=6003 MMAP=6004 CREDS=6005 RULES=6006 KERNEL=6007
INITRAMFS=6008
IMAGE=/kernel/Image

# NAME FILE COMMAND...: denied as often as the TEE fails; measured, and let through, then
denied() {
	_row=$1 _file=$2
	shift 2
	_had=$(count) _failed=$(stat_of event_failures)
	fails_so_often 3
	for _try in first second third; do
		refused "$_row, $_try try" EACCES "$@"
	done
	equal "$_row: the TEE is asked once a try" 3 $(($(stat_of event_failures) - _failed))
	equal "$_row: nothing is in the list" 0 $(($(count) - _had))
	works "$_row: and then" "$@"
	equal "$_row: one entry is" 1 $(($(count) - _had))
	equal "$_row: it is the file's" 1 "$(grep -c " $_file\$" "$ASCII")"
	equal "$_row: the state" sealed "$(tee_state state)"
}

load_module() {
	insmod "$1" && rmmod imatee_victim
}

files() {
	for failure in $BUSY $OUT_OF_MEMORY; do
		file "$FILES/read$failure" 500 $READ
		denied "failure $failure: open" "$FILES/read$failure" read_file "$FILES/read$failure"
		file "$FILES/long$failure" 1500000 $READ
		denied "failure $failure: open a long file" "$FILES/long$failure" \
			read_file "$FILES/long$failure"
		cp "$HELPERS/hello" "$FILES/run$failure"
		chown $RUN "$FILES/run$failure"
		denied "failure $failure: exec" "$FILES/run$failure" "$FILES/run$failure"
		cp /modules/imatee_victim.ko "$FILES/module$failure"
		chown $MODULE "$FILES/module$failure"
		denied "failure $failure: load a module" "$FILES/module$failure" \
			load_module "$FILES/module$failure"
	done
	matches "the kernel's log has the TEE's result" "$(dmesg)" \
		'imatee: command 16: TEE error 0xffff000[cd]'
	matches "the audit log has the file" "$(dmesg)" \
		"op=add_template_measure cause=not_logged .*name=\"$FILES/read1\".* res=0"
}

# Other hooks that measure a file.
hooks() {
	cp "$HELPERS/hello" "$FILES/mapped"
	chown $MMAP "$FILES/mapped"
	denied "map as a program" "$FILES/mapped" "$HELPERS/mapopen" -x "$FILES/mapped" true
	cp "$HELPERS/hello" "$FILES/creds"
	chown $CREDS "$FILES/creds"
	denied "exec, by its credentials" "$FILES/creds" "$FILES/creds"
	echo "measure func=FILE_CHECK fowner=6999" >"$FILES/rules"
	chown $RULES "$FILES/rules"
	echo "$FILES/rules" >/tmp/rules
	denied "load a policy" "$FILES/rules" dd if=/tmp/rules of="$POLICY"
	chown $KERNEL $IMAGE
	denied "load a kernel" $IMAGE "$HELPERS/kexecload" $IMAGE
	chown 0 $IMAGE
	file "$FILES/initramfs" 5000 $INITRAMFS
	denied "load an initramfs" "$FILES/initramfs" \
		"$HELPERS/kexecload" $IMAGE "one=1" "$FILES/initramfs"
}

# KEYID NUMBER: the verifier gets a signature with it, of a file that has no blocks
trigger() {
	file "$FILES/$1.$2" 100 "$OWNER"
	ima_sign "$FILES/$1.$2" ima-p256 --keyid "$1"
	evm_sign "$FILES/$1.$2" evm-p256
	refused "the file with the key id $1" EACCES read_file "$FILES/$1.$2"
}

# Content is hashed by a verifier, before the event.
blocks() {
	file "$FILES/blocks" 1500000 $READ
	trigger $HASH 1
	_had=$(count) _asked=$(stat_of events) _failed=$(stat_of block_failures)
	for _try in first second third; do
		refused "a block is not hashed, $_try try" EACCES read_file "$FILES/blocks"
	done
	equal "the first block of each try has failed" 3 $(($(stat_of block_failures) - _failed))
	equal "there was no event" 0 $(($(stat_of events) - _asked))
	works "a file without blocks" read_file "$FILES/read1"
	trigger $HASH_ONCE 2
	refused "a block is not hashed once more" EACCES read_file "$FILES/blocks"
	equal "nothing is in the list" 0 $(($(count) - _had))
	works "and then" read_file "$FILES/blocks"
	equal "one entry is" 1 $(($(count) - _had))
	matches "with the right digest" "$(tail -n 1 "$ASCII")" \
		" sha256:$(sha256sum <"$FILES/blocks" | cut -d ' ' -f 1) $FILES/blocks\$"
}

append_to() {
	sh -c 'exec 4>>"$0"' "$1"
}

violated() {
	cat "$SECFS/ima/violations"
}

# A file that is measured stands open while somebody wants to write to it.
tomtou() {
	file "$FILES/tomtou" 700 $WRITTEN
	exec 3<"$FILES/tomtou"
	_had=$(count) _violated=$(violated)
	fails_so_often 2
	refused "ToMToU: who wants to write" EACCES append_to "$FILES/tomtou"
	refused "ToMToU: and again" EACCES append_to "$FILES/tomtou"
	equal "ToMToU: nothing is in the list" 0 $(($(count) - _had))
	equal "ToMToU: nothing is counted" 0 $(($(violated) - _violated))
	works "ToMToU: and then" append_to "$FILES/tomtou"
	equal "ToMToU: one entry is" 1 $(($(count) - _had))
	equal "ToMToU: one is counted" 1 $(($(violated) - _violated))
	matches "ToMToU: it is a violation" "$(tail -n 1 "$ASCII")" "^10 0{40} .* $FILES/tomtou\$"
	exec 3<&-
}

# Somebody writes to a file that is to be measured. The file's own entry is another event
# of the same open.
open_writers() {
	file "$FILES/writers" 700 $WRITTEN
	exec 4>>"$FILES/writers"
	_had=$(count) _violated=$(violated)
	fails_so_often 2
	refused "open_writers: who wants to read" EACCES read_file "$FILES/writers"
	equal "open_writers: nothing is in the list" 0 $(($(count) - _had))
	fails_so_often 1
	refused "open_writers: the violation alone is not logged" EACCES read_file "$FILES/writers"
	equal "open_writers: the file is in the list" 1 $(($(count) - _had))
	equal "open_writers: nothing is counted" 0 $(($(violated) - _violated))
	works "open_writers: and then" read_file "$FILES/writers"
	equal "open_writers: so is the violation" 2 $(($(count) - _had))
	equal "open_writers: one is counted" 1 $(($(violated) - _violated))
	works "open_writers: and again" read_file "$FILES/writers"
	equal "open_writers: there is no more" 2 $(($(count) - _had))
	exec 4>&-
}

# NAME COMMAND...: it is not told that the TEE has failed five times
patient() {
	_what=$1
	shift
	_failed=$(stat_of event_failures)
	fails_so_often 5
	entries "$_what: one entry after five failures" 1 "$@"
	equal "$_what: the kernel has asked again" 5 $(($(stat_of event_failures) - _failed))
	equal "$_what: the state" sealed "$(tee_state state)"
}

add_key() {
	keyctl padd asymmetric "" "%:denied" <"$1"
}

# ARGUMENT...
critical() {
	insmod /modules/imatee_critical.ko "$@" && rmmod imatee_critical
}

nobody_told() {
	keyctl newring denied @u >/dev/null
	patient "a key" add_key "$KEYS/late-p256.der"
	patient "critical data" critical name=patient
	trigger $HASH_ONCE 3
	_failed=$(stat_of block_failures)
	entries "much critical data, one entry after a failure" 1 critical name=much size=90000 hash=1
	equal "much critical data: a block was brought again" 1 \
		$(($(stat_of block_failures) - _failed))
}

# The list is what the TEE has, and has each entry once.
whole() {
	equal "the TEE's log is as long" "$(count)" "$(log_field entries)"
	equal "it has as many violations" "$(violated)" "$(log_field violations)"
	same_text "after failures"
	equal "no entry is there twice" "" "$(sort "$ASCII" | uniq -d)"
}

end() {
	file "$FILES/late" 300 $READ
	_had=$(count) _failed=$(stat_of event_failures)
	fails_so_often $FOREVER
	works "critical data that cannot be measured" critical name=lost
	equal "the kernel has asked 20 times" 20 $(($(stat_of event_failures) - _failed))
	is_down lost
	equal "nothing is in the list" 0 $(($(count) - _had))
	refused "a file that is to be measured" EACCES read_file "$FILES/late"
	works "one that was measured before" read_file "$FILES/read1"
	works "one that need not be" read_file "$HELPERS/hello"
}

equal "a test image says so" yes "$(tee_state test_image)"
start
# one CPU, so that all of it meets one verifier
echo 0 >/sys/devices/system/cpu/cpu1/online
appraise_files
load_policy "measure func=FILE_CHECK mask=MAY_READ fowner=$READ" \
	"measure func=FILE_CHECK mask=MAY_READ fowner=$WRITTEN" \
	"measure func=BPRM_CHECK fowner=$RUN" \
	"measure func=MODULE_CHECK fowner=$MODULE" \
	"measure func=MMAP_CHECK fowner=$MMAP" \
	"measure func=CREDS_CHECK fowner=$CREDS" \
	"measure func=POLICY_CHECK fowner=$RULES" \
	"measure func=KEXEC_KERNEL_CHECK fowner=$KERNEL" \
	"measure func=KEXEC_INITRAMFS_CHECK fowner=$INITRAMFS" \
	"measure func=KEY_CHECK keyrings=denied" \
	"measure func=CRITICAL_DATA label=imatee_test"
files
hooks
blocks
tomtou
open_writers
nobody_told
whole
end
finish
