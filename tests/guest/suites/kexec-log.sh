#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Mode full: another kernel takes over, when nothing is measured or while much is. The log
# goes on in the TEE; what is missing in the new kernel's list is named, and comes back by a
# file, as far as that has it: one that root has written, or the one that it is stored in.
#
#	kexec-log.sh idle|load|store	in the first kernel
#	kexec-log.sh			in the second
# shellcheck source=tests/guest/lib.sh
. /tests/guest/lib.sh
# shellcheck source=tests/guest/listlib.sh
. /tests/guest/listlib.sh
# shellcheck source=tests/guest/toollib.sh
. /tests/guest/toollib.sh

KEPT=/var/kexec-log

policy() {
	start
	load_policy "measure func=FILE_CHECK mask=MAY_READ fowner=6000"
}

keep() {
	cat "$TEE/segments" >$KEPT.segments
	if [ "$(cat $KEPT.how)" = store ]; then
		echo $KEPT.stored >"$TEE/store"
		matches "all is stored in a file" "$(cat "$TEE/store")" '^segments_in_memory: 0$'
	fi
	cat "$ASCII" >$KEPT.list
}

# Measures until the machine goes down, on all CPUs; there are segments that are closed
# after the others were kept.
load() {
	for n in 1 2 3; do
		file /tmp/changing$n 100 6000
		"$HELPERS/churn" /tmp/changing$n 0 >/dev/null 2>&1 &
	done
	sleep 1
	keep
	enough=$(($(count) + 800))
	while [ "$(count)" -lt $enough ]; do
		usleep 10000
	done
}

first_kernel() {
	suite "kexec-log-$1"
	echo "$1" >$KEPT.how
	policy
	file /tmp/changing 100 6000
	"$HELPERS/churn" /tmp/changing 300 >/dev/null
	keep
	tee_state boot_id >$KEPT.boot_id
	kexec -s -l /kernel/Image --append="$(cat /proc/cmdline) \
imatee.resume=/tests/guest/suites/kexec-log.sh" || not_ok "load the second kernel"
	[ "$1" != load ] || load
	count >$KEPT.count
	sync
	exec kexec -e
}

# The TEE's open segment goes along; before it, all is missing.
second_kernel() {
	suite "kexec-log-$(cat $KEPT.how)"
	equal "the same TEE" "$(cat $KEPT.boot_id)" "$(tee_state boot_id)"
	matches "the kernel says what is missing" "$(dmesg)" \
		'entries 0 to [0-9]+ of the log are of a kernel before this one'
	missing=$(($(dmesg | sed -n 's/.*entries 0 to \([0-9]*\) of the log.*/\1/p') + 1))
	shown=$(wc -l <"$ASCII")
	equal "what is missing and what is shown is all that the TEE has" "$(log_field entries)" \
		$((missing + shown))
	equal "so many are counted" "$shown" "$(count)"
	if [ "$(cat $KEPT.count)" -lt $((missing + shown)) ]; then
		ok "nothing that was measured is lost"
	else
		not_ok "nothing that was measured is lost" "$(cat $KEPT.count) entries"
	fi
	matches "at the end there is another boot_aggregate" "$(tail -n 1 "$ASCII")" \
		' boot_aggregate$'
	dmesg -c >/dev/null
	cat "$ASCII" >/dev/null
	matches "who reads the list again is told, too" "$(dmesg)" \
		"measurement list: entries 0 to $((missing - 1)) are missing"
	exits "the tool knows why" 8 "of a kernel before kexec are not in it" imatee log show
	restore
	"second_$(cat $KEPT.how)"
	policy
	file "$FILES/new" 100 6000
	entries "a file is measured" 1 read_file "$FILES/new"
	equal "it is the next entry" $((missing + shown + 1)) "$(log_field entries)"
	finish
}

restore() {
	if [ "$(cat $KEPT.how)" = store ]; then
		works "the file is taken" sh -c "echo $KEPT.stored >$TEE/store"
		matches "nothing is in memory" "$(cat "$TEE/store")" '^segments_in_memory: 0$'
		restored=$(($(count) - shown))
		return
	fi
	cp $KEPT.segments /tmp/changed
	printf X | dd of=/tmp/changed bs=1 seek=500 conv=notrunc 2>/dev/null
	refused "segments that were changed" EBADMSG dd if=/tmp/changed of="$TEE/segments" bs=100k
	works "the segments are taken" dd if=$KEPT.segments of="$TEE/segments" bs=7777
	restored=$(($(count) - shown))
}

second_store() {
	second_idle
}

# All closed segments were kept.
second_idle() {
	equal "no entry is missing now" "$missing" "$restored"
	cat $KEPT.list >/tmp/all
	tail -n 1 "$ASCII" >>/tmp/all
	works "the list is that of the first kernel, and goes on" cmp /tmp/all "$ASCII"
	works "it leads to the TEE's PCRs" imatee log show
}

# Some were closed later.
second_load() {
	matches "entries are missing still" $((missing - restored)) '^[1-9][0-9]+$'
	refused "who comes to them, is told so" EBADMSG read_file "$ASCII"
	range="entries $restored to $((missing - 1)) are missing"
	matches "so is the kernel's log" "$(dmesg)" "measurement list: $range"
	matches "and that of the audit" "$(dmesg)" "op=imatee_list cause=.?$range"
	cat "$ASCII" >/tmp/list 2>/dev/null
	head -n "$restored" $KEPT.list >/tmp/kept
	works "until there, the list is that of the first kernel" cmp /tmp/kept /tmp/list
	exits "the tool shows none" 8 "its log .* says which entries" imatee log show
}

case ${1-} in
"") second_kernel ;;
*) first_kernel "$1" ;;
esac
