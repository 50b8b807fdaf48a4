#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Mode verify: a hundred thousand verifications, of digest signatures with RSA and
# ECDSA and of appended ones, and no memory is lost for it. (In the TEE, a verifier's
# heap is so small that 16 bytes lost in each of a kind would end it.) It
# comes before any policy: the file has no security.evm. And who waits for a verifier
# is served in turn.
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

# WHAT SIDE: how often, in so many calls
did() {
	awk -v what="$1" -v side="$2" '$1 == "watch" && $2 == side && $3 == what { sum += $5 }
		END { print sum + 0 }' /tmp/watched
}

# NAME KEY ARGUMENT...: beside the kernel's own verification, for which much is allocated
watched() {
	_watched=$1 _key=$2
	shift 2
	works "$_watched: is watched" insmod /modules/imatee_bench.ko watch=1 n=100 \
		"cert=$KEYS/$_key.der" "$@"
	cat /sys/kernel/debug/imatee_bench >/tmp/watched
	rmmod imatee_bench
	matches "$_watched: the kernel allocates for it" "$(did allocation kernel)" '^[1-9][0-9]{2}'
	equal "$_watched: by the TEE, no memory is registered for it" 0 "$(did registration tee)"
	equal "$_watched: and user space is asked for nothing" 0 "$(did request tee)"
}

# Three threads on each CPU want a verifier: if one of them were served first, it would
# be through when a third of the time is over.
fair() {
	works "six threads at two verifiers" insmod /modules/imatee_bench.ko what=parallel \
		threads=6 n=1000 sig=/tmp/ima-p256.sig digest=/tmp/digest
	sed -n 's/^thread //p' /sys/kernel/debug/imatee_bench | sort -n >/tmp/through
	rmmod imatee_bench
	equal "all of them come to their end" 6 "$(wc -l </tmp/through)"
	share=$(($(head -n 1 /tmp/through) * 100 / $(tail -n 1 /tmp/through)))
	if [ $share -ge 60 ]; then
		ok "the first one is through after $share percent of the last one's time"
	else
		not_ok "nobody is served first" "$(cat /tmp/through)"
	fi
}

start
sign_with ima-rsa2048
sign_with ima-p256
append_signature /modules/imatee_victim.ko /tmp/signed.ko "$KEYS/ima-modsig.pem" "$KEYS/ima-modsig.key"
for key in ima-rsa2048 ima-p256; do
	watched "integrity_digsig_verify, $key" $key what=verify sig=/tmp/$key.sig digest=/tmp/digest
	equal "integrity_digsig_verify, $key: and nothing is allocated" 0 "$(did allocation tee)"
done
# The kernel looks into its own lists of what is revoked as well, for which it allocates.
watched integrity_modsig_verify ima-modsig what=modsig file=/tmp/signed.ko
fair
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
