# shellcheck shell=sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Helpers for the scripts that measure inside the guest. Each sample is a line:
#
#	NAME ALGORITHM THREADS WAY NANOSECONDS [ENTRIES]
#
# WAY is "kernel" for what an unpatched kernel does, "mode" for what this mode does;
# or it ends in "_bytes", and so does what stands in the place of nanoseconds. ENTRIES
# is the length of IMA's log, where that is what the row is about.
# shellcheck source=tests/guest/lib.sh
. /tests/guest/lib.sh

suite bench

BENCH=/sys/kernel/debug/imatee_bench
# Whose files are measured: those that are appraised have another owner.
MEASURED_OWNER=4245

# NAME ALGORITHM THREADS WAY [ENTRIES], numbers on standard input
samples() {
	sed "s/^/$1 $2 $3 $4 /; s/\$/${5:+ $5}/"
}

# ARGUMENT...: run the module and show its results
bench() {
	insmod /modules/imatee_bench.ko "$@" && cat $BENCH && rmmod imatee_bench
}

# ALGORITHM: until the kernel has done with itself, and until the command runs. Before
# the first nothing is measured but boot_aggregate.
boot_times() {
	dmesg | sed -n 's/^\[ *\([0-9.]*\)\] Run \/sbin\/imatee-init as init.*/\1/p' |
		awk '{ printf "%.0f\n", $1 * 1e9 }' | samples boot_init "$1" 1 mode
	awk '{ printf "%.0f\n", $1 * 1e9 }' /proc/uptime |
		samples boot_command "$1" 1 mode
}

# Rules of IMA's policy add up: what comes after this finds it.
measure_files() {
	load_policy "measure func=FILE_CHECK mask=MAY_READ fowner=$MEASURED_OWNER" \
		"measure func=CRITICAL_DATA label=imatee_bench"
}

# ENTRIES: makes the log that long
lengthen() {
	bench what=append n=1 entries="$1" >/dev/null || exit
}

# ENTRIES ARGUMENT...: appends some to a log that long
append() {
	_entries=$1
	shift
	bench what=append entries="$_entries" "$@" >/tmp/appended || exit
	sed -n 's/^tee //p' /tmp/appended | samples log_append - 1 mode "$_entries"
}

# COUNT [ENTRIES]: quotes, of a log that long
quotes() {
	"$HELPERS/stopwatch" quote "$1" | samples quote ecdsa-p256 1 mode "${2-}"
}

# COUNT: a quote each time when there are as many new entries as a segment has, so that up to
# a whole one is open that no quote has seen
quotes_behind() {
	_left=$1
	while [ "$_left" -gt 0 ]; do
		bench what=append entries=10 n=120 >/dev/null || exit
		"$HELPERS/stopwatch" quote 1
		_left=$((_left - 1))
	done | samples quote_behind ecdsa-p256 1 mode
}

# ENTRIES COUNT: what is asked of the TEE about a log that long
ask_log() {
	[ "$(mode)" = full ] || return 0
	# The first quote of a boot makes the key.
	"$HELPERS/stopwatch" quote 1 >/dev/null
	quotes "$2" "$1"
	"$HELPERS/stopwatch" log "$2" | samples log_status - 1 mode "$1"
}

# PREFIX COUNT OWNER: files of 4 KiB, which nobody has opened
small_files() {
	_i=0
	while [ "$_i" -lt "$2" ]; do
		head -c 4096 /dev/urandom >"$FILES/$1$_i"
		chown "$3" "$FILES/$1$_i"
		_i=$((_i + 1))
	done
	sync
}

# ENTRIES COUNT: files of 4 KiB, which are measured once, with a log that long
open_files() {
	_entries=$1
	small_files measured "$2" $MEASURED_OWNER
	set -- "$FILES/measured"*
	"$HELPERS/stopwatch" open "$@" | samples open_measured sha256 1 mode "$_entries"
	"$HELPERS/stopwatch" open "$@" | samples open_cached sha256 1 mode "$_entries"
	rm "$@"
}

# COUNT: a file of 16 MiB that is in memory, and changes each time
hash_file() {
	head -c 16777216 /dev/urandom >"$FILES/large"
	chown $MEASURED_OWNER "$FILES/large"
	sync
	_i=0 _count=$1
	set --
	while [ "$_i" -lt "$_count" ]; do
		set -- "$@" "$FILES/large"
		_i=$((_i + 1))
	done
	"$HELPERS/stopwatch" changed "$@" | samples file_hash sha256 1 mode
}
