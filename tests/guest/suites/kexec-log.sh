#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Mode full: another kernel takes over. The log goes on in the TEE; what is missing in the
# new kernel's list is named, and comes back by a file.
#
#	kexec-log.sh first	in the first kernel
#	kexec-log.sh		in the second
# shellcheck source=tests/guest/lib.sh
. /tests/guest/lib.sh
suite kexec-log

LIST=$SECFS/ima/ascii_runtime_measurements
KEPT=/var/kexec-log

policy() {
	start
	load_policy "measure func=FILE_CHECK mask=MAY_READ fowner=6000"
}

first_kernel() {
	policy
	i=0
	while [ $i -lt 300 ]; do
		echo $i >"$FILES/kept$i"
		chown 6000 "$FILES/kept$i"
		i=$((i + 1))
	done
	cat "$FILES"/kept* >/dev/null
	cat "$TEE/segments" >$KEPT.segments
	cat "$LIST" >$KEPT.list
	tee_state boot_id >$KEPT.boot_id
	kexec -s -l /kernel/Image --append="$(cat /proc/cmdline) \
imatee.resume=/tests/guest/suites/kexec-log.sh" || not_ok "load the second kernel"
	sync
	exec kexec -e
}

second_kernel() {
	equal "the same TEE" "$(cat $KEPT.boot_id)" "$(tee_state boot_id)"
	matches "the kernel says what is missing" "$(dmesg)" \
		'entries 0 to [0-9]+ of the log are of a kernel before this one'
	missing=$(dmesg | sed -n 's/.*entries 0 to \([0-9]*\) of the log.*/\1/p')
	sed "1,$((missing + 1))d" $KEPT.list >/tmp/rest
	lines=$(wc -l </tmp/rest)
	equal "what the TEE still had is shown" "$(cat /tmp/rest)" "$(head -n "$lines" "$LIST")"
	matches "then comes another boot_aggregate" "$(sed -n "$((lines + 1))p" "$LIST")" \
		' boot_aggregate$'
	cp $KEPT.segments /tmp/changed
	printf X | dd of=/tmp/changed bs=1 seek=500 conv=notrunc 2>/dev/null
	refused "segments that were changed" EBADMSG dd if=/tmp/changed of="$TEE/segments" bs=100k
	works "the segments are taken" dd if=$KEPT.segments of="$TEE/segments" bs=7777
	all=$(wc -l <$KEPT.list)
	equal "the list is that of the first kernel" "$(cat $KEPT.list)" "$(head -n "$all" "$LIST")"
	matches "and goes on" "$(sed -n "$((all + 1))p" "$LIST")" ' boot_aggregate$'
	policy
	echo new >"$FILES/new"
	chown 6000 "$FILES/new"
	works "a file is measured" read_file "$FILES/new"
	matches "it is the last entry" "$(tail -n 1 "$LIST")" " $FILES/new\$"
	finish
}

case ${1-} in
first) first_kernel ;;
*) second_kernel ;;
esac
