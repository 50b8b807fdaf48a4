#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Mode full: a long log. All of it is read back and leads to the TEE's PCRs, and the TEE
# takes as much memory for it as for a short one; so does the kernel, if the log has a file.
#
#	long-log.sh ENTRIES [FILE]
# shellcheck source=tests/guest/lib.sh
. /tests/guest/lib.sh
# shellcheck source=tests/guest/listlib.sh
. /tests/guest/listlib.sh
suite long-log

SECURE_MAX=524288

secure_bytes() {
	imatee log status | sed -n 's/^secure memory: *\([0-9]*\) bytes$/\1/p'
}

# So that it is looked at again.
write_again() {
	cp "$FILES/first" /tmp/first
	cat /tmp/first >"$FILES/first"
}

start
load_policy "measure func=FILE_CHECK mask=MAY_READ fowner=6000"
file "$FILES/first" 1000 6000
entries "a file" 1 read_file "$FILES/first"
write_again
entries "the same again" 0 read_file "$FILES/first"
secure=$(secure_bytes)
file /tmp/changing 100 6000
[ -z "${2-}" ] || works "the log has a file" sh -c "echo $2 >$TEE/store"
kernel=$(kernel_bytes)
begin=$(date +%s)
entries "$1 entries" "$1" "$HELPERS/churn" /tmp/changing "$1"
echo "# $(($(date +%s) - begin)) s"
equal "the TEE has as many entries as the kernel" "$(count)" "$(log_field entries)"
# That is the size of a structure. That nothing else grows, this shows: with all entries the
# keeper's heap, of 496 KiB for everything, was enough (and host test long_log counts).
equal "it says that it takes no more memory for them" "$secure" "$(secure_bytes)"
if [ "$secure" -gt 0 ] && [ "$secure" -le $SECURE_MAX ]; then
	ok "that is no more than $SECURE_MAX bytes ($secure)"
else
	not_ok "that is no more than $SECURE_MAX bytes" "$secure"
fi
if [ -n "${2-}" ]; then
	equal "nothing of it is in memory" 0 "$(sed -n 's/^segments_in_memory: //p' "$TEE/store")"
	kernel=$(($(kernel_bytes) - kernel))
	if [ $kernel -lt $((500000 + $1 * 5)) ]; then
		ok "the kernel takes half a megabyte and five bytes an entry, or less ($kernel in all)"
	else
		not_ok "the kernel takes half a megabyte and five bytes an entry, or less" "$kernel in all"
	fi
fi
equal "as many lines" "$(count)" "$(wc -l <"$ASCII")"
same_text "a long log"
works "export: list and PCRs" export_all
works "export: the kernel's list" cmp /tmp/list "$BINARY"
works "evmctl: takes it" evmctl_takes /tmp/list
matches "evmctl: PCRs are the list's" "$(cat /tmp/evmctl.log)" '^Matched per TPM bank'
rm -f /tmp/list /tmp/shown
# linux/README.md: mainline would remember it
write_again
entries "the first file again, after more than 4096 others" 1 read_file "$FILES/first"
finish
