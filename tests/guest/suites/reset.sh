#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Mode full: a reset of the machine, in the middle of the log. It begins anew, with another
# boot id, and with what the machine measures each time; who quotes it has the same key.
# shellcheck source=tests/guest/lib.sh
. /tests/guest/lib.sh
# shellcheck source=tests/guest/listlib.sh
. /tests/guest/listlib.sh
# shellcheck source=tests/guest/toollib.sh
. /tests/guest/toollib.sh
suite reset

KEPT=/var/reset

first_boot() {
	imatee log status >$KEPT.log
	cat "$ASCII" >$KEPT.list
	tee_state boot_id >$KEPT.boot_id
	imatee ak --pem >$KEPT.ak
	start
	load_policy "measure func=FILE_CHECK mask=MAY_READ fowner=6000"
	file /tmp/changing 100 6000
	"$HELPERS/churn" /tmp/changing 250
	cat "$TEE/segments" >$KEPT.segments
	count >$KEPT.count
	sync
	reboot -f
}

second_boot() {
	equal "there was a log before" 251 "$(cat $KEPT.count)"
	matches "the boot ids have a form" "$(cat $KEPT.boot_id)" '^[0-9a-f]{16,}$'
	if [ "$(cat $KEPT.boot_id)" != "$(tee_state boot_id)" ]; then
		ok "the boot id is another"
	else
		not_ok "the boot id is another" "$(tee_state boot_id)"
	fi
	matches "there is a key for quotes" "$(cat $KEPT.ak)" '^-----BEGIN PUBLIC KEY-----$'
	equal "it is the same key" "$(cat $KEPT.ak)" "$(imatee ak --pem)"
	equal "the kernel is the first beside this TEE" 1 "$(tee_state attach_count)"
	equal "one entry" 1 "$(log_field entries)"
	matches "it is boot_aggregate" "$(head -n 1 "$ASCII")" '^10 [0-9a-f]{40} ima-ng .* boot_aggregate$'
	equal "the list is as it was after the first start" "$(cat $KEPT.list)" "$(cat "$ASCII")"
	equal "and so is the TEE's log" "$(cat $KEPT.log)" "$(imatee log status)"
	refused "segments of before the reset" EBADMSG \
		dd if=$KEPT.segments of="$TEE/segments" bs=100k
	start
	load_policy "measure func=FILE_CHECK mask=MAY_READ fowner=6000"
	file "$FILES/after" 100 6000
	works "a file is measured" read_file "$FILES/after"
	equal "it is the second entry" 2 "$(log_field entries)"
	finish
}

if [ -e $KEPT.count ]; then
	second_boot
else
	first_boot
fi
