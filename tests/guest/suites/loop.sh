#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Mode verify: a hundred thousand verifications, of digest signatures with RSA and
# ECDSA and of appended ones, and thousands that are refused, and no memory is lost for
# it. (In the TEE, a verifier's heap is so small that 16 bytes lost in each of a kind
# would end it.) Each is one call of the TEE. It comes before any policy: the file has no
# security.evm. And who waits for a verifier is served in turn.
# shellcheck source=tests/guest/lib.sh
. /tests/guest/lib.sh
suite loop

# Of each kind; a hundred thousand in all.
RSA=40000 P256=40000 MODSIG=20000
REFUSED=13000 # of each kind of those
PAGES=48 # of 4 KiB: 16 bytes lost in each of the fewest are 50; others take and free up to 30
LENT=4096 # bytes of memory that OP-TEE is to map for a call: one page

stat_of() {
	sed -n "s/^$1: //p" "$TEE/stats"
}

# NAME COUNTER BEFORE COUNT: it counts so many more; each run has 10 to warm up with
grown_by() {
	matches "$1" "$(($(stat_of "$2") - $3 - $4))" '^[0-9]$|^[0-9][0-9]$'
}

# What the kernel has for itself, in pages.
kernel_pages() {
	sync
	echo 3 >/proc/sys/vm/drop_caches
	awk '/^(SUnreclaim|KernelStack|PageTables|VmallocUsed):/ { sum += $2 }
		END { printf "%d\n", sum / 4 }' /proc/meminfo
}

# The same when what is freed late is free: the least within some seconds.
settled_pages() {
	for _try in 1 2 3; do
		sleep 1
		kernel_pages
	done | sort -n | head -n 1
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

# NAME COMMAND...: it works, and the kernel has no less memory then; begins where the last
# one ended
flat() {
	_flat=$1
	works "$@"
	_now=$(settled_pages)
	_grown=$((_now - pages)) pages=$_now
	if [ $_grown -le $PAGES ]; then
		ok "$_flat: the kernel's memory has not grown ($_grown pages)"
	else
		not_ok "$_flat: the kernel's memory has not grown" "by $_grown pages of 4 KiB"
	fi
}

# COUNT: of each kind
rsa() { bench "$1" what=verify sig=/tmp/ima-rsa2048.sig digest=/tmp/digest; }
p256() { bench "$1" what=verify sig=/tmp/ima-p256.sig digest=/tmp/digest; }
modsig() { bench "$1" what=modsig file=/tmp/signed.ko; }
each_kind() { rsa "$1" && p256 "$1" && modsig "$1"; }

# COUNT: that are refused, of each kind; EKEYREJECTED is 129, ENOKEY 126
refusals() {
	bench "$1" want=-129 what=verify sig=/tmp/ima-rsa2048.sig digest=/tmp/other-digest &&
		bench "$1" want=-129 what=verify sig=/tmp/broken.sig digest=/tmp/digest &&
		bench "$1" want=-129 what=modsig file=/tmp/not-signed.ko &&
		bench "$1" want=-126 what=verify sig=/tmp/late-p256.sig digest=/tmp/digest
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
	equal "$_watched: the TEE is called once each time" 100 "$(did call tee)"
	equal "$_watched: and never in mainline's way" 0 "$(did call kernel)"
	_lent=$(did lent tee)
	if [ "$_lent" -gt 0 ] && [ "$_lent" -le $LENT ]; then
		ok "$_watched: a call lends the TEE a page at most ($_lent bytes)"
	else
		not_ok "$_watched: a call lends the TEE a page at most" "$_lent bytes"
	fi
}

# Three threads on each CPU want a verifier. When the first of them has what it wants, none
# has been left behind by those beside it: one that is passed over again and again would be.
# (How fast a CPU is, against the other, is the host's affair.)
fair() {
	_waits=$(stat_of waits)
	works "six threads at two verifiers" insmod /modules/imatee_bench.ko what=parallel \
		threads=6 n=1000 sig=/tmp/ima-p256.sig digest=/tmp/digest
	sed -n 's/^thread //p' /sys/kernel/debug/imatee_bench >/tmp/made
	rmmod imatee_bench
	_waits=$(($(stat_of waits) - _waits))
	matches "they wait for one another ($_waits times)" $_waits '^[1-9]'
	equal "all of them come to their end" 6 "$(wc -l </tmp/made)"
	_behind=$(awk -v cpus="$(nproc)" '
		{ made[NR] = $1; if (most[NR % cpus] < $1) most[NR % cpus] = $1 }
		END { for (i in made) if (made[i] < most[i % cpus] / 2) n++; print n + 0 }' /tmp/made)
	if [ "$_behind" = 0 ]; then
		ok "nobody has made less than half of what another one of this CPU has ($(tr '\n' ' ' </tmp/made))"
	else
		not_ok "nobody is passed over" "$(cat /tmp/made)"
	fi
}

# Signatures of something else, by nobody, or broken.
make_invalid() {
	openssl dgst -sha256 -binary </tmp/digest >/tmp/other-digest
	_size=$(wc -c </tmp/ima-p256.sig)
	{
		head -c $((_size - 1)) /tmp/ima-p256.sig
		tail -c 1 /tmp/ima-p256.sig | tr '\000-\377' '\001-\377\000'
	} >/tmp/broken.sig
	{
		cat /modules/imatee_victim.ko
		echo
	} >/tmp/other.ko
	append_message /tmp/other.ko /tmp/not-signed.ko /tmp/appended.p7
}

start
sign_with late-p256
sign_with ima-rsa2048
sign_with ima-p256
append_signature /modules/imatee_victim.ko /tmp/signed.ko "$KEYS/ima-modsig.pem" "$KEYS/ima-modsig.key"
make_invalid
for key in ima-rsa2048 ima-p256; do
	watched "integrity_digsig_verify, $key" $key what=verify sig=/tmp/$key.sig digest=/tmp/digest
	equal "integrity_digsig_verify, $key: and nothing is allocated" 0 "$(did allocation tee)"
done
# The kernel looks into its own lists of what is revoked as well, for which it allocates.
watched integrity_modsig_verify ima-modsig what=modsig file=/tmp/signed.ko
fair
works "a thousand verifications of each kind" each_kind 1000
before=$(stat_of verifications) pages=$(settled_pages)
flat "RSA, $RSA times" rsa $RSA
flat "P-256, $P256 times" p256 $P256
flat "modsig, $MODSIG times" modsig $MODSIG
grown_by "each of them a call of the TEE" verifications "$before" $((RSA + P256 + MODSIG))
works "some refusals of each kind" refusals 200
refused=$(stat_of verify_refused) no_key=$(stat_of verify_no_key) pages=$(settled_pages)
flat "refusals, $REFUSED of each kind" refusals $REFUSED
grown_by "invalid signatures are refused by the TEE" verify_refused "$refused" $((3 * REFUSED))
grown_by "and for others it has no key" verify_no_key "$no_key" $REFUSED
equal "none failed" 0 "$(stat_of verify_failures)"
works "and valid signatures are still valid" each_kind 1
equal "state" sealed "$(tee_state state)"
finish
