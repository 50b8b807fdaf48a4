#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# What one more entry costs when IMA's log has so many, what it has taken of memory by
# then, and in mode full, what a quote and the log's status cost. guestlib.sh says what the lines are.
#
#	guest-log.sh COUNT ENTRIES...		COUNT samples at each of these lengths
# shellcheck source=tests/bench/guestlib.sh
. /tests/bench/guestlib.sh

count=$1
shift

secure_bytes() {
	if [ "$(mode)" = full ]; then
		imatee --json log status | sed -n 's/.*"secure_bytes": *\([0-9]*\).*/\1/p'
	else
		echo 0
	fi
}

start
measure_files
# What the first entries make room for counts for none of them.
lengthen 10
begin=$(kernel_bytes)
for entries; do
	append "$entries" n="$count"
	secure=$(secure_bytes) kernel=$(kernel_bytes)
	[ -n "$secure" ] || exit
	echo "$secure" | samples log_append - 1 secure_heap_bytes "$entries"
	echo $((kernel - begin)) | samples log_append - 1 kernel_bytes "$entries"
	ask_log "$entries" "$count"
done
open_files "$entries" "$count"
echo "done - bench"
