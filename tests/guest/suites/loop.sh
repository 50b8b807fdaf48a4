#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Mode verify: a hundred thousand verifications, and no memory is lost for it. (In
# the TEE, a verifier's heap is so small that 4 bytes lost in each would end it.) It
# comes before any policy: the file has no security.evm.
# shellcheck source=tests/guest/lib.sh
. /tests/guest/lib.sh
suite loop

COUNT=100000
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

start
fresh "$FILES/one" "$HELPERS/hello"
ima_sign "$FILES/one" ima-rsa2048
getfattr --only-values -n security.ima "$FILES/one" 2>/dev/null >/tmp/sig
openssl dgst -sha256 -binary <"$FILES/one" >/tmp/digest
bench() {
	insmod /modules/imatee_bench.ko what=verify sig=/tmp/sig digest=/tmp/digest n="$1" &&
		rmmod imatee_bench
}
works "a thousand verifications" bench 1000
pages=$(kernel_pages)
before=$(stat_of verifications)
works "a hundred thousand" bench $COUNT
matches "each of them a call of the TEE" "$(($(stat_of verifications) - before - COUNT))" \
	'^[0-9]$|^[0-9][0-9]$'
equal "none failed" 0 "$(stat_of verify_failures)"
grown=$(awk -v a="$pages" -v b="$(kernel_pages)" 'BEGIN { printf "%d", b - a }')
if [ "$grown" -lt $PAGES ]; then
	ok "the kernel's memory has not grown ($grown pages)"
else
	not_ok "the kernel's memory has not grown" "by $grown pages of 4 KiB"
fi
equal "state" sealed "$(tee_state state)"
finish
