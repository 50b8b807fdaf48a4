#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Measures in one boot, in the mode that it runs in. guestlib.sh says what the lines are.
#
#	guest.sh VERIFICATIONS FILES	all
#	guest.sh VERIFICATIONS		what takes the same instructions each time, or nearly
# shellcheck source=tests/bench/guestlib.sh
. /tests/bench/guestlib.sh

n=$1 files=${2:-0}
settle=1
# Where a call makes keyrings, each has a serial number at random, and a place in a
# tree by it: what it takes is known as a mean only.
means='n=16 each=8'
if [ "$files" != 0 ]; then
	settle=0
	means=
fi

# KEY: /tmp/sig and /tmp/digest, as integrity_digsig_verify() gets them
sign_one() {
	fresh "$FILES/one" "$HELPERS/hello"
	ima_sign "$FILES/one" "$1"
	getfattr --only-values -n security.ima "$FILES/one" 2>/dev/null >/tmp/sig
	openssl dgst -sha256 -binary <"$FILES/one" >/tmp/digest
}

# ARGUMENT...: as many calls as were asked for
calls_of() {
	bench n="$n" settle=$settle "$@"
}

# ALGORITHM: its test key
key_of() {
	case $1 in
	rsa-*) echo "ima-rsa${1#rsa-}" ;;
	*) echo "ima-${1#ecdsa-}" ;;
	esac
}

# And, where time is measured, each behind one of the other way: with cold caches.
verifications() {
	for algorithm in rsa-2048 rsa-3072 rsa-4096 ecdsa-p256 ecdsa-p384 ecdsa-p521; do
		key=$(key_of $algorithm)
		sign_one "$key"
		set -- what=verify cert="$KEYS/$key.der" sig=/tmp/sig digest=/tmp/digest
		calls_of "$@" | sed "s/^tee/mode/; s/^/digsig_verify $algorithm 1 /"
		[ "$files" != 0 ] || continue
		bench n=$(((n + 5) / 6)) block=1 "$@" |
			sed "s/^tee/mode/; s/^/digsig_verify_cold $algorithm 1 /"
	done
}

modsigs() {
	for algorithm in rsa-2048 ecdsa-p256; do
		key=$(key_of $algorithm)
		append_signature /modules/imatee_victim.ko /tmp/signed.ko \
			"$KEYS/$key.pem" "$KEYS/$key.key"
		# shellcheck disable=SC2086 # more than one argument, or none
		calls_of what=modsig cert="$KEYS/$key.der" file=/tmp/signed.ko $means |
			sed "s/^tee/mode/; s/^/modsig_verify $algorithm 1 /"
	done
}

calls() {
	calls_of what=empty | sed "s/^tee/mode/; s/^/empty_call - 1 /"
	"$HELPERS/stopwatch" call "$n" | samples empty_call_user - 1 mode
}

# What a call that does nothing costs an open, which finds less of its code in the caches
# of the CPU behind a call, or in QEMU. open_measured has such a call.
calls_in_opens() {
	small_files plain $((files + 10)) 0
	bench what=empty n="$files" before="$FILES/plain" whole=1 >/tmp/opens || exit
	sed -n 's/^kernel //p' /tmp/opens | samples open_plain - 1 mode
	sed -n 's/^tee //p' /tmp/opens | samples open_and_call - 1 mode
	rm "$FILES/plain"*
}

# ALGORITHM: verifications of each thread. With ECDSA the kernel takes so long for one
# that as many as the TEE makes were minutes; these are some seconds.
parallel_count() {
	case $(mode),$1 in
	off,ecdsa-* | keys,ecdsa-*) echo $(((n + 19) / 20)) ;;
	*) echo "$n" ;;
	esac
}

# Nanoseconds until all threads were through, divided by the verifications of one
# thread: threads / sample is how many all of them made in a nanosecond.
parallel() {
	for algorithm in rsa-2048 ecdsa-p256 ecdsa-p521; do
		count=$(parallel_count $algorithm)
		sign_one "$(key_of $algorithm)"
		for round in 1 2 3 4 5; do
			for threads in 1 2; do
				bench what=parallel n="$count" threads=$threads \
					sig=/tmp/sig digest=/tmp/digest |
					sed -n 's/^all //p' |
					awk -v n="$count" '{ printf "%.0f\n", $1 / n }' |
					samples verify_parallel $algorithm $threads mode
			done
		done
	done
}

# COUNT: files that a rule appraises, and nobody has opened
files_to_appraise() {
	appraise_files
	signed_file "$FILES/first" ima-p256 evm-p256
	i=0
	while [ $i -lt "$1" ]; do
		fresh "$FILES/file$i" "$HELPERS/hello"
		copy_signatures "$FILES/first" "$FILES/file$i"
		i=$((i + 1))
	done
	sync
}

# For the first time, and again.
files() {
	files_to_appraise "$files"
	set -- "$FILES/file"*
	"$HELPERS/stopwatch" open "$@" | samples open_first ecdsa-p256 1 mode
	for file; do
		fresh "$file" "$HELPERS/hello"
		copy_signatures "$FILES/first" "$file"
	done
	sync
	"$HELPERS/stopwatch" exec "$@" | samples exec_first ecdsa-p256 1 mode
	exec_again
}

exec_again() {
	"$HELPERS/stopwatch" exec "$FILES/file"* "$FILES/file"* |
		samples exec_cached ecdsa-p256 1 mode
}

# That of the first time is another one each time.
exec_instructions() {
	files_to_appraise 20
	"$HELPERS/stopwatch" exec "$FILES/file"* >/dev/null
	exec_again
}

modules() {
	OWNER=$MODULE_OWNER
	load_policy "appraise func=MODULE_CHECK fowner=$OWNER appraise_type=imasig|modsig"
	append_signature /modules/imatee_victim.ko "$FILES/signed.ko" \
		"$KEYS/ima-modsig.pem" "$KEYS/ima-modsig.key"
	i=0
	set --
	while [ $i -lt "$files" ]; do
		fresh "$FILES/module$i.ko" "$FILES/signed.ko"
		set -- "$@" "$FILES/module$i.ko"
		i=$((i + 1))
	done
	"$HELPERS/stopwatch" insmod "$@" | samples module_load rsa-2048 1 mode
}

# Modes that differ in who measures.
measures() {
	[ "$(mode)" = off ] || [ "$(mode)" = full ]
}

# What a rule of the policy measures: in the kernel, or in the TEE.
measured() {
	measure_files
	for entries in 10 10000; do
		lengthen $entries
		[ "$(mode)" = off ] || calls_in_opens
		open_files $entries "$files"
	done
	hash_file 10
}

measured_instructions() {
	measure_files
	for entries in 10 1000; do
		append $entries n="$n" settle=1
		ask_log $entries "$n"
		open_files $entries "$n"
	done
	hash_file 3
}

[ "$files" = 0 ] || boot_times -
start
verifications
modsigs
[ "$(mode)" = off ] || calls
if [ "$files" = 0 ]; then
	exec_instructions
	! measures || measured_instructions
else
	parallel
	files
	modules
	! measures || measured
fi
# The first one makes the key.
if [ "$(mode)" = full ]; then
	"$HELPERS/stopwatch" quote 1 >/dev/null
	quotes "$n"
	quotes_behind 20
fi
echo "done - bench"
