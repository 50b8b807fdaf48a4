#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Mode full, a test image: what nobody can deny is not in the log, for the TEE takes no
# event, or the event is too large for IMA. Nothing verifies, and no other kernel goes on
# with that log.
#
#	unlogged.sh key|cmdline|huge
# shellcheck source=tests/guest/lib.sh
. /tests/guest/lib.sh
# shellcheck source=tests/guest/listlib.sh
. /tests/guest/listlib.sh
# shellcheck source=tests/guest/faultlib.sh
. /tests/guest/faultlib.sh
suite "unlogged-$1"

IMAGE=/kernel/Image

key() {
	event=unlogged
	keyctl newring unlogged @u >/dev/null
	fails_so_often $FOREVER
	works "a key that cannot be measured" sh -c \
		"keyctl padd asymmetric '' %:unlogged <$KEYS/late-p256.der"
}

cmdline() {
	event=kexec-cmdline
	_failed=$(stat_of event_failures)
	fails_so_often 5
	entries "a command line is brought again" 1 "$HELPERS/kexecload" $IMAGE "one=1"
	equal "until it is measured" 5 $(($(stat_of event_failures) - _failed))
	equal "all is well" sealed "$(tee_state state)"
	fails_so_often $FOREVER
	works "one that cannot be measured: the kernel is loaded" \
		kexec -s -l $IMAGE --append="$(cat /proc/cmdline)"
}

# Beyond INT_MAX IMA would have a part of it for the whole, or a negative number.
huge() {
	event=huge error=27
	works "data that no rule is for are not measured" insmod /modules/imatee_critical.ko \
		label=other name=other claim=4294967396
	rmmod imatee_critical
	equal "and nothing is lost" sealed "$(tee_state state)"
	works "data of 4 GiB" insmod /modules/imatee_critical.ko name=huge claim=4294967396
}

error=5
start
load_policy "measure func=CRITICAL_DATA label=imatee_test" \
	"measure func=KEY_CHECK keyrings=unlogged" "measure func=KEXEC_CMDLINE" \
	"measure func=FILE_CHECK mask=MAY_READ fowner=6000"
file "$FILES/after" 100 6000
signed_file "$FILES/signed" ima-p256 evm-p256
appraise_files
"$1"
is_down "$event" $error
refused "a file that is to be measured" EACCES read_file "$FILES/after"
refused "a signed file" EACCES read_file "$FILES/signed"
[ "$1" = cmdline ] || finish
# the TEE is well: its next kernel would measure, and find nothing wrong
(finish)
sleep 2
kexec -e
