#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# In mode keys: OP-TEE's own regression suite, and all the while files are
# appraised by keys in the TEE, and the keeper is asked for its state. It must
# not notice what else the TEE has to do.
#
#   guest.sh [XTEST-ARGUMENT...]	only these cases
# shellcheck source=tests/guest/lib.sh
. /tests/guest/lib.sh
suite xtest

STATUS=/tmp/status

stat_of() {
	sed -n "s/^$1: //p" "$TEE/stats"
}

# Appraise until told to stop, or until the first refusal.
appraise_on() {
	exec "$HELPERS/openloop" 86400 "$@" >/tmp/appraised 2>&1
}

# Ask the keeper until there is /tmp/stop; its answer never changes.
ask_on() {
	asked=0
	while [ ! -e /tmp/stop ]; do
		"$HELPERS/teecall" status >$STATUS.now 2>&1
		cmp -s $STATUS $STATUS.now || return
		asked=$((asked + 1))
		usleep 100000
	done
	echo "# the keeper was asked $asked times"
}

start
appraise_files
files=
for key in rsa2048 rsa4096 p256 p384; do
	signed_file "$FILES/$key" ima-$key evm-p256
	files="$files $FILES/$key"
done
boot_id=$(tee_state boot_id)
cat "$TEE/keys" >/tmp/keys
"$HELPERS/teecall" status >$STATUS
matches "before it: sealed" "$(cat $STATUS)" '^seal 2$'
lookups=$(stat_of lookups)

/usr/sbin/tee-supplicant &
supplicant=$!
# shellcheck disable=SC2086 # a list of names
appraise_on $files &
loop=$!
renice -n 10 -p $loop >/dev/null
ask_on &
asking=$!

LD_LIBRARY_PATH=/xtest /xtest/xtest -l 0 -t regression "$@" 2>&1 |
	tee /tmp/xtest.log |
	awk -v whole=$((!$#)) -f /tests/xtest/judge.awk /tests/xtest/README.md - |
	tee /tmp/results
failed=$(grep -c '^not ok' /tmp/results)
passed=$(grep -c '^ok' /tmp/results)

works "files were appraised all the while" kill -0 $loop
kill $loop
sed 's/^/# /' /tmp/appraised
: >/tmp/stop
wait $asking
equal "the keeper answered all the while, and the same" "" \
	"$(diff $STATUS $STATUS.now)"
works "the supplicant is alive" kill -0 $supplicant
equal "after it: sealed" sealed "$(tee_state state)"
equal "the same keeper" "$boot_id" "$(tee_state boot_id)"
equal "the same keys" "$(cat /tmp/keys)" "$(cat "$TEE/keys")"
equal "no lookup failed" "0 0" "$(stat_of failures) $(stat_of no_key)"
echo "# $(($(stat_of lookups) - lookups)) lookups, $(stat_of mean_ns) ns on average, $(stat_of max_ns) at most"
matches "there were some" "$(($(stat_of lookups) - lookups))" '^[1-9][0-9][0-9]'
finish
