#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Modes keys and full: a trusted application sits in tee-supplicant, and the files that
# the supplicant needs are appraised, by keys in the very same TEE, or measured there.
# Nothing may wait for the other in a circle.
# shellcheck source=tests/guest/lib.sh
. /tests/guest/lib.sh
suite supplicant

UUID=aaaaaaaa-0000-4000-8000-000000000001
TADIR=/usr/lib/optee_armtz

# SECONDS COMMAND...: 124 if it takes longer
within() {
	timeout "$@"
}

# More than the TEE has threads for: all but the kernel's wait for the supplicant, and
# that one for the verdict on its file, in mode full for the keeper, too.
crowd() {
	[ "$(mode)" != full ] ||
		load_policy "measure func=FILE_CHECK mask=MAY_READ fowner=$OWNER"
	kill -STOP $supplicant
	crowd=
	for n in 1 2 3 4 5 6 7 8 9 10; do
		"$HELPERS/teecall" load $UUID >"/tmp/load$n" &
		crowd="$crowd $!"
	done
	sleep 2
	# one more call of anybody's waits: they have all threads that anybody may have
	"$HELPERS/teecall" status >/tmp/status &
	crowd="$crowd $!"
	sleep 2
	equal "a crowd: no thread is left for others" "" "$(cat /tmp/status)"
	signed_file "$TADIR/$UUID.ta" ima-p384 evm-p256
	kill -CONT $supplicant
	# shellcheck disable=SC2086 # a list
	wait $crowd
	equal "a crowd: all of them go on" 10 "$(cat /tmp/load?* | grep -c '^tee_result 0xffff')"
	matches "a crowd: and so does who waited" "$(cat /tmp/status)" '^error 0$'
	[ "$(mode)" = full ] || return
	matches "a crowd: the file was measured" "$(cat "$SECFS/ima/ascii_runtime_measurements")" \
		" $TADIR/$UUID.ta\$"
}

start
appraise_files
signed_file "$FILES/a" ima-p256 evm-p256
signed_file "$FILES/b" ima-rsa2048 evm-rsa2048

# A file that the supplicant reads when this application is asked for. It is no
# application, which OP-TEE says after the supplicant has delivered it.
mkdir -p $TADIR
signed_file "$TADIR/$UUID.ta" ima-p384 evm-p256

/usr/sbin/tee-supplicant &
supplicant=$!
sleep 1
matches "the supplicant serves" "$(within 20 "$HELPERS/teecall" load $UUID)" '^tee_result 0xffff'
equal "the file that it read was appraised" "" "$(cause_of "$TADIR/$UUID.ta")"

# --- the supplicant stands still with a request in it
kill -STOP $supplicant
"$HELPERS/teecall" load $UUID >/tmp/load &
loader=$!
sleep 1
works "the application is stuck" kill -0 $loader
works "meanwhile files are appraised" within 20 "$HELPERS/openloop" 2 "$FILES/a" "$FILES/b"
works "and state is told" within 10 cat "$TEE/state"
works "and the keeper answers user space" within 10 "$HELPERS/teecall" status

# --- it goes on and reads its file, appraised, while others are as well
"$HELPERS/openloop" 3 "$FILES/a" "$FILES/b" >/tmp/loop &
loop=$!
chmod 755 "$TADIR/$UUID.ta"
kill -CONT $supplicant
wait $loader
matches "the application goes on" "$(cat /tmp/load)" '^tee_result 0xffff'
wait $loop
equal "so did the others" 0 $?

crowd

# --- its file is not signed: refused to the supplicant, no deadlock either
fresh "$TADIR/$UUID.ta" "$HELPERS/hello"
matches "an unsigned file is refused to the supplicant" \
	"$(within 20 "$HELPERS/teecall" load $UUID)" '^tee_result 0xffff'
equal "for want of a signature" IMA-signature-required "$(cause_of "$TADIR/$UUID.ta")"
kill $supplicant
equal "none of the lookups failed" 0 "$(sed -n 's/^failures: //p' "$TEE/stats")"
finish
