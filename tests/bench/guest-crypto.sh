#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Crypto libraries, each in a trusted application of its own, and the kernel: they take
# turns in one boot. Each figure is a line:
#
#	ALGORITHM LIBRARY time|key|heap|stack NUMBER
#
#	guest-crypto.sh ROUNDS LIBRARY=UUID...
# shellcheck source=tests/guest/lib.sh
. /tests/guest/lib.sh

suite bench-crypto

rounds=$1
shift

# ALGORITHM: a signature without any header, and what verifies it
prepare() {
	case $1 in
	rsa-*) key=ima-rsa${1#rsa-} ;;
	*) key=ima-${1#ecdsa-} ;;
	esac
	openssl x509 -in "$KEYS/$key.pem" -noout -pubkey |
		openssl pkey -pubin -outform DER -out /tmp/info &&
		openssl dgst -sha256 -binary -out /tmp/digest "$HELPERS/hello" &&
		openssl dgst -sha256 -sign "$KEYS/$key.key" -out /tmp/sig "$HELPERS/hello"
}

# The module also looks whether a flipped bit is refused.
by_kernel() {
	insmod /modules/imatee_bench.ko what=key n=20 cert="$KEYS/$key.der" sig=/tmp/sig \
		digest=/tmp/digest && sed 's/ / time /' /sys/kernel/debug/imatee_bench &&
		rmmod imatee_bench
}

# All of it, or the run has failed. ARGUMENT...: the libraries
measure() {
	for algorithm in rsa-2048 rsa-3072 rsa-4096 ecdsa-p256 ecdsa-p384 ecdsa-p521; do
		prepare $algorithm || return
		"$HELPERS/cryptobench" check /tmp/info /tmp/digest /tmp/sig "$@" \
			>/tmp/lines || return
		round=0
		while [ $round -lt "$rounds" ]; do
			by_kernel >>/tmp/lines || return
			"$HELPERS/cryptobench" time /tmp/info /tmp/digest /tmp/sig "$@" \
				>>/tmp/lines || return
			round=$((round + 1))
		done
		sed "s/^/$algorithm /" /tmp/lines
	done
	echo "done - bench-crypto"
}

measure "$@"
