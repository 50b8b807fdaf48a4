#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Mode keys: CPUs go and come, the machine sleeps, and wants to hibernate.
# shellcheck source=tests/guest/lib.sh
. /tests/guest/lib.sh
suite power

CPU=/sys/devices/system/cpu/cpu1/online

# SECONDS: files appraised again and again; the count goes to /tmp/loop
appraise_for() {
	"$HELPERS/openloop" "$1" "$FILES/a" "$FILES/b" >/tmp/loop 2>&1 &
}

start
appraise_files
signed_file "$FILES/a" ima-p256 evm-p256
signed_file "$FILES/b" ima-rsa2048 evm-rsa2048

# --- CPU hotplug with verifications going on
appraise_for 4
loop=$!
appraise_for 4
for round in 1 2 3; do
	works "CPU 1 goes, round $round" sh -c "echo 0 >$CPU"
	works "files are read without it, round $round" read_file "$FILES/a"
	works "CPU 1 comes, round $round" sh -c "echo 1 >$CPU"
done
wait $loop
equal "verification went on throughout" 0 $?
wait
! debug_kernel && many='^[1-9][0-9]+$' || many='^[1-9]'
matches "many times" "$(cat /tmp/loop)" "$many"
equal "none of the lookups failed" 0 "$(sed -n 's/^failures: //p' "$TEE/stats")"

# --- suspend
# STATE: sleep until the clock's alarm, which must not come before the sleep
sleep_in() {
	alarm=3
	! debug_kernel || alarm=20
	echo 0 >/sys/class/rtc/rtc0/wakealarm
	echo "+$alarm" >/sys/class/rtc/rtc0/wakealarm
	echo "$1" >/sys/power/state
}

for state in freeze mem; do
	if ! grep -qw $state /sys/power/state; then
		skip "sleep: $state" "the platform has no such state (PSCI SYSTEM_SUSPEND)"
	elif [ ! -e /sys/class/rtc/rtc0/wakealarm ]; then
		skip "sleep: $state" "no clock that could wake the machine"
	else
		works "sleep: $state" sleep_in $state
		equal "after $state: state" sealed "$(tee_state state)"
		chmod 755 "$FILES/a"
		works "after $state: a signed file is read" read_file "$FILES/a"
	fi
done

# --- hibernation would bring back an old kernel to a TEE that was reset
dd if=/dev/zero of=/swap bs=1M count=64 2>/dev/null
mkswap /swap >/dev/null 2>&1
swapon /swap
refused "hibernation" EPERM sh -c "echo disk >/sys/power/state"
matches "the kernel's log says why" "$(dmesg)" 'imatee: hibernation is refused'
equal "after it: state" sealed "$(tee_state state)"
chmod 755 "$FILES/a"
works "after it: a signed file is read" read_file "$FILES/a"
finish
