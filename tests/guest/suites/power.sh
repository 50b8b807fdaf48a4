#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Modes keys and verify: in the midst of verifications CPUs go and come, and the
# machine sleeps; then it wants to hibernate. No verification is refused or allowed
# for it that would not be without.
# shellcheck source=tests/guest/lib.sh
. /tests/guest/lib.sh
suite "power-$(mode)"

CPU=/sys/devices/system/cpu/cpu1/online
CPU1=2 # as a mask

case $(mode) in
verify) calls=verifications failures=verify_failures no_key=verify_no_key ;;
*) calls=lookups failures=failures no_key=no_key ;;
esac

stat_of() {
	sed -n "s/^$1: //p" "$TEE/stats"
}

# Three processes go on until "end_all": two have files appraised that are read each
# time, the second of them on CPU 1 as long as there is one, so that its calls go to
# the verifier of that CPU; the third one a file that is refused each time.
begin_all() {
	refused_before=$(stat_of verify_refused)
	"$HELPERS/openloop" 900 "$FILES/a" "$FILES/b" >/tmp/loop1 2>&1 &
	one=$!
	taskset $CPU1 "$HELPERS/openloop" 900 "$FILES/b" "$FILES/c" >/tmp/loop2 2>&1 &
	two=$!
	"$HELPERS/openloop" -r 900 "$FILES/changed" >/tmp/loop3 2>&1 &
	three=$!
}

# NAME: all of them have done their work, and what the TEE did is counted
end_all() {
	kill $one $two $three
	wait $one
	equal "$1: files are read, each time" 0 $?
	wait $two
	equal "$1: so are those of the other process" 0 $?
	wait $three
	equal "$1: a changed file is refused, each time" 0 $?
	! debug_kernel && many='^[1-9][0-9]+$' || many='^[1-9]'
	matches "$1: many times" "$(cat /tmp/loop1)" "$many"
	matches "$1: by the other, too" "$(cat /tmp/loop2)" "$many"
	matches "$1: and the changed file" "$(cat /tmp/loop3)" '^[1-9]'
	equal "$1: the TEE has given every answer" 0 "$(stat_of $failures)"
	equal "$1: no key was missing" 0 "$(stat_of $no_key)"
	[ "$(mode)" != verify ] ||
		equal "$1: it has refused the changed file, and nothing else" "$(cat /tmp/loop3)" \
			"$(($(stat_of verify_refused) - refused_before))"
}

# NAME: more is verified from here on
goes_on() {
	_calls=$(stat_of $calls) _tries=300
	while [ $_tries != 0 ] && [ "$(stat_of $calls)" -lt $((_calls + 10)) ]; do
		_tries=$((_tries - 1))
		usleep 100000
	done
	matches "$1: verifications go on" $_tries '^[1-9]'
}

start
appraise_files
signed_file "$FILES/a" ima-p521 evm-p256
signed_file "$FILES/b" ima-rsa4096 evm-rsa2048
signed_file "$FILES/c" ima-p256 evm-p256
tampered "$FILES/a" "$FILES/changed"
equal "the machine has two verifiers" 2 "$(tee_state verifiers)"
state=$(cat "$TEE/state")

# --- CPU hotplug
begin_all
for round in 1 2 3; do
	# where it was before, it is not put again when the CPU comes back
	taskset -p $CPU1 $two >/dev/null
	goes_on "round $round"
	works "CPU 1 goes, round $round" sh -c "echo 0 >$CPU"
	goes_on "round $round, without CPU 1"
	works "CPU 1 comes, round $round" sh -c "echo 1 >$CPU"
done
end_all hotplug
equal "hotplug: state" "$state" "$(cat "$TEE/state")"

# --- sleep
# STATE: sleep until the clock's alarm, which must not come before the sleep
sleep_in() {
	alarm=6
	! debug_kernel || alarm=20
	echo 0 >/sys/class/rtc/rtc0/wakealarm
	echo "+$alarm" >/sys/class/rtc/rtc0/wakealarm
	echo "$1" >/sys/power/state
}

# STATE
sleeps() {
	begin_all
	goes_on "before $1"
	works "sleep: $1" sleep_in "$1"
	equal "sleep: $1: until the alarm" "" "$(cat /sys/class/rtc/rtc0/wakealarm)"
	goes_on "after $1"
	end_all "$1"
	equal "after $1: state" "$state" "$(cat "$TEE/state")"
	signed_file "$FILES/new" ima-rsa2048 evm-p256
	works "after $1: a file signed now is read" read_file "$FILES/new"
	tampered "$FILES/new" "$FILES/new-changed"
	refused_for "after $1: the same, changed" "$FILES/new-changed" invalid-signature
}

sleeps freeze
insmod /modules/imatee_sleep.ko
matches "suspend to RAM is more than freeze" "$(cat /sys/power/mem_sleep)" '\[deep\]'
sleeps mem
matches "it took all CPUs but one" "$(dmesg)" 'Disabling non-boot CPUs'
equal "and gave them back" 1 "$(cat $CPU)"

# --- hibernation would bring back an old kernel to a TEE that was reset
dd if=/dev/zero of=/swap bs=1M count=64 2>/dev/null
mkswap /swap >/dev/null 2>&1
swapon /swap
refused "hibernation" EPERM sh -c "echo disk >/sys/power/state"
matches "the kernel's log says why" "$(dmesg)" 'imatee: hibernation is refused'
equal "after it: state" "$state" "$(cat "$TEE/state")"
chmod 755 "$FILES/a"
works "after it: a signed file is read" read_file "$FILES/a"
finish
