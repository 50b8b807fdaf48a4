#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Mode verify, a test image: the TEE is busy, has no memory, a verifier panics, a
# caller is killed. What was asked is refused, nothing else is; but a panic is final.
# shellcheck source=tests/guest/lib.sh
. /tests/guest/lib.sh
suite faults

# What a signature with such a key id brings about: see imatee_abi.h.
BUSY=7e570001 OUT_OF_MEMORY=7e570002 PANIC=7e570003

stat_of() {
	sed -n "s/^$1: //p" "$TEE/stats"
}

# NAME KEYID: a file whose security.ima has that key id
trigger() {
	fresh "$FILES/$1" "$HELPERS/hello"
	ima_sign "$FILES/$1" ima-p256 --keyid "$2"
	evm_sign "$FILES/$1" evm-p256
}

load() {
	insmod "$1" && rmmod imatee_victim
}

equal "a test image says so" yes "$(tee_state test_image)"
start
appraise_files
load_policy "appraise func=MODULE_CHECK fowner=$MODULE_OWNER appraise_type=imasig|modsig"
append_signature /modules/imatee_victim.ko "$FILES/signed.ko" "$KEYS/ima-modsig.pem" \
	"$KEYS/ima-modsig.key"
chown "$MODULE_OWNER" "$FILES/signed.ko"
works "a module with an appended signature" load "$FILES/signed.ko"
# one CPU, so that all of it meets one verifier
echo 0 >/sys/devices/system/cpu/cpu1/online

for fault in "busy $BUSY 0xffff000d" "out-of-memory $OUT_OF_MEMORY 0xffff000c"; do
	# shellcheck disable=SC2086 # a name, a key id and a TEE_Result
	set -- $fault
	signed_file "$FILES/good-$1" ima-p256 evm-p256
	trigger "$1" "$2"
	before=$(stat_of verify_failures)
	refused "$1: the file that brings it" EACCES read_file "$FILES/$1"
	refused "$1: the next file" EACCES read_file "$FILES/good-$1"
	equal "$1: one verification failed" 1 "$(($(stat_of verify_failures) - before))"
	matches "$1: the kernel's log has the TEE's result" "$(dmesg)" \
		"imatee: command 11: TEE error $3"
	# the verdict on the file is kept with its inode
	chmod 755 "$FILES/good-$1"
	works "$1: and then it is read" read_file "$FILES/good-$1"
	# no attribute is verified for a module, so it is the next
	before=$(stat_of verify_failures)
	chmod 755 "$FILES/signed.ko"
	refused "$1: the file that brings it, again" EACCES read_file "$FILES/$1"
	refused "$1: the module" EACCES insmod "$FILES/signed.ko"
	equal "$1: its verification failed" 1 "$(($(stat_of verify_failures) - before))"
	works "$1: and then it is loaded" load "$FILES/signed.ko"
	equal "$1: state" sealed "$(tee_state state)"
done

# --- callers that are killed, in a call or while they wait for it
echo 1 >/sys/devices/system/cpu/cpu1/online
signed_file "$FILES/a" ima-p521 evm-p256
round=0 killed=0 busy=0
while [ $round -lt 20 ]; do
	before=$(stat_of verifications)
	"$HELPERS/openloop" 60 "$FILES/a" >/dev/null 2>&1 &
	one=$!
	"$HELPERS/openloop" 60 "$FILES/a" >/dev/null 2>&1 &
	two=$!
	"$HELPERS/openloop" 60 "$FILES/a" >/dev/null 2>&1 &
	three=$!
	usleep 50000
	tries=200
	while [ "$(stat_of verifications)" -le "$before" ] && [ $tries != 0 ]; do
		tries=$((tries - 1))
		usleep 10000
	done
	kill -9 $one $two $three
	for pid in $one $two $three; do
		wait "$pid"
		[ $? != 137 ] || killed=$((killed + 1))
	done
	[ "$(stat_of verifications)" -le "$before" ] || busy=$((busy + 1))
	round=$((round + 1))
done
equal "60 callers were killed, and none had come to its end" 60 $killed
equal "each time some of them had verified" 20 $busy
equal "after 60 callers were killed: state" sealed "$(tee_state state)"
chmod 755 "$FILES/a"
works "a file is read" read_file "$FILES/a"

# --- the end
trigger panic $PANIC
refused "a verifier panics: the file that brings it" EACCES read_file "$FILES/panic"
equal "state" dead "$(tee_state state)"
matches "state says why" "$(tee_state reason)" panicked
nothing_verifies faults
works "the machine goes on" sh -c 'true | cat'
finish
