#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Mode verify: a hundred thousand verifications, of digest signatures with RSA and
# ECDSA and of appended ones, and no memory is lost for it. (In the TEE, a verifier's
# heap is so small that 16 bytes lost in each of a kind would end it.) It
# comes before any policy: the file has no security.evm.
# shellcheck source=tests/guest/lib.sh
. /tests/guest/lib.sh
suite loop

# Of each kind; a hundred thousand in all.
RSA=40000 P256=40000 MODSIG=20000
PAGES=2048 # of 4 KiB: what the rest of the system may take meanwhile

stat_of() {
	sed -n "s/^$1: //p" "$TEE/stats"
}

# What the kernel has for itself, in pages.
kernel_pages() {
	sync
	echo 3 >/proc/sys/vm/drop_caches
	awk '/^(SUnreclaim|KernelStack|PageTables|VmallocUsed):/ { sum += $2 }
		END { print sum / 4 }' /proc/meminfo
}

# KEY: a signature and what it is over, as integrity_digsig_verify() gets them
sign_with() {
	fresh "$FILES/one" "$HELPERS/hello"
	ima_sign "$FILES/one" "$1"
	getfattr --only-values -n security.ima "$FILES/one" 2>/dev/null >"/tmp/$1.sig"
	openssl dgst -sha256 -binary <"$FILES/one" >/tmp/digest
}

# COUNT ARGUMENT...
bench() {
	_n=$1
	shift
	insmod /modules/imatee_bench.ko n="$_n" "$@" && rmmod imatee_bench
}

# RSA P256 MODSIG: so many of each
verifications() {
	bench "$1" what=verify sig=/tmp/ima-rsa2048.sig digest=/tmp/digest &&
		bench "$2" what=verify sig=/tmp/ima-p256.sig digest=/tmp/digest &&
		bench "$3" what=modsig file=/tmp/signed.ko
}

start
sign_with ima-rsa2048
sign_with ima-p256
append_signature /modules/imatee_victim.ko /tmp/signed.ko "$KEYS/ima-modsig.pem" "$KEYS/ima-modsig.key"
works "a thousand verifications of each kind" verifications 1000 1000 1000
pages=$(kernel_pages)
before=$(stat_of verifications)
works "a hundred thousand in all" verifications $RSA $P256 $MODSIG
matches "each of them a call of the TEE" \
	"$(($(stat_of verifications) - before - RSA - P256 - MODSIG))" '^[0-9]$|^[0-9][0-9]$'
equal "none failed" 0 "$(stat_of verify_failures)"
grown=$(awk -v a="$pages" -v b="$(kernel_pages)" 'BEGIN { printf "%d", b - a }')
if [ "$grown" -lt $PAGES ]; then
	ok "the kernel's memory has not grown ($grown pages)"
else
	not_ok "the kernel's memory has not grown" "by $grown pages of 4 KiB"
fi
equal "state" sealed "$(tee_state state)"
finish
