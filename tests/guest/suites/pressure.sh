#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Mode verify: callers that are stopped again and again, wherever they are, or killed while
# they wait for a verifier, and a machine that has no memory left. Nobody else waits for
# the first, the second do not wait any longer, and the last makes nothing valid.
# shellcheck source=tests/guest/lib.sh
. /tests/guest/lib.sh
suite pressure

stat_of() {
	sed -n "s/^$1: //p" "$TEE/stats"
}

start
appraise_files
for name in a b c; do
	signed_file "$FILES/$name" ima-p521 evm-p256
done
tampered "$FILES/a" "$FILES/changed"

# --- callers that are stopped and go on
"$HELPERS/openloop" 30 "$FILES/a" >/tmp/loop1 2>&1 &
one=$!
"$HELPERS/openloop" 30 "$FILES/b" >/tmp/loop2 2>&1 &
two=$!
round=0 read=0 slow=0
while [ $round -lt 40 ]; do
	usleep $((10000 + round * 500))
	kill -STOP $one $two
	chmod 755 "$FILES/c"
	before=$(cut -d . -f 1 /proc/uptime)
	read_file "$FILES/c" && read=$((read + 1))
	[ $(($(cut -d . -f 1 /proc/uptime) - before)) -lt 5 ] || slow=$((slow + 1))
	kill -CONT $one $two
	round=$((round + 1))
done
equal "beside 40 times two stopped callers a file is read" 40 $read
equal "and at once" 0 $slow
kill -STOP $one $two
refused "beside them a changed file" EACCES read_file "$FILES/changed"
kill -CONT $one $two
wait $one
equal "the one goes on to its end" 0 $?
wait $two
equal "so does the other" 0 $?
matches "it has done something" "$(cat /tmp/loop1)" '^[1-9][0-9]*$'
equal "no verification failed" 0 "$(stat_of verify_failures)"

# --- no verifier is free: who waits for one can be killed
hundredths() {
	cut -d ' ' -f 1 /proc/uptime | tr -d .
}

# COMMAND...: it succeeds in time
soon() {
	_tries=100
	while [ "$_tries" != 0 ]; do
		"$@" && return
		_tries=$((_tries - 1))
		usleep 50000
	done
	return 1
}

all_held() {
	dmesg | grep -q 'hold: 2 verifiers$'
}

# PID
waits() {
	grep -q imatee_channel_lock "/proc/$1/wchan"
}

# no verdict is kept
chmod 755 "$FILES/a" "$FILES/b"
/usr/sbin/insmod /modules/imatee_hold.ko seconds=120 &
hold=$!
works "somebody takes all verifiers" soon all_held
before=$(stat_of waits)
cat "$FILES/a" >/dev/null 2>&1 &
one=$!
cat "$FILES/b" >/dev/null 2>&1 &
two=$!
works "who opens a file waits" soon waits $one
works "so does another" soon waits $two
equal "both are counted" 2 $(($(stat_of waits) - before))
before=$(hundredths)
kill -9 $one
wait $one
equal "the one is killed" 137 $?
matches "within ten seconds, of two minutes" $(($(hundredths) - before)) '^[0-9]{1,3}$'
works "the other waits still" waits $two
equal "while they are taken: state" sealed "$(tee_state state)"
kill $hold
wait $hold
wait $two
equal "they are given back: the other reads its file" 0 $?
works "so does anybody the file of the one that was killed" read_file "$FILES/a"
equal "state, then" sealed "$(tee_state state)"
works "the module goes" rmmod imatee_hold

# --- no memory: what is killed for it is the one that takes it
echo -1000 >/proc/self/oom_score_adj
hog() {
	echo 1000 >/proc/self/oom_score_adj
	exec awk 'BEGIN { while (1) a[i++] = sprintf("%01000000d", i) }'
}
killed=0 passed_on=0 refusals=0 wrong=0 round=0
while [ $round -lt 3 ]; do
	(hog) >/dev/null 2>&1 &
	hog=$!
	while kill -0 $hog 2>/dev/null; do
		chmod 755 "$FILES/a" "$FILES/changed" 2>/dev/null
		if read_file "$FILES/a" 2>/dev/null; then
			passed_on=$((passed_on + 1))
		else
			refusals=$((refusals + 1))
		fi
		! read_file "$FILES/changed" 2>/dev/null || wrong=$((wrong + 1))
	done
	wait $hog 2>/dev/null
	[ $? != 137 ] || killed=$((killed + 1))
	round=$((round + 1))
done
echo "# of $((passed_on + refusals)) readings of a signed file $refusals were refused"
# Of the kernel's messages the last one is left: audit's push out what came before.
equal "memory ran out, thrice" 3 $killed
matches "as the kernel says" "$(dmesg)" 'Out of memory: Killed process'
matches "meanwhile a signed file was read" $passed_on '^[1-9]'
equal "and a changed one never" 0 $wrong
equal "state" sealed "$(tee_state state)"
chmod 755 "$FILES/a" "$FILES/changed"
works "afterwards a signed file is read" read_file "$FILES/a"
refused "and a changed one is not" EACCES read_file "$FILES/changed"
finish
